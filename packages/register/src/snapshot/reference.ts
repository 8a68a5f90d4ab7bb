/** References between tables, and those that lead nowhere. */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { tablesOf } from '@zhida/rules';
import type { RuleSet, SqlTable } from '@zhida/rules';
import { countOf, ident, literal, rowOf } from './duck.ts';
import type { DanglingReference, SnapshotTableNote } from './manifest.ts';

const SAMPLE = 10;

export interface Reference {
  readonly table: string;
  /** Label of the column that holds the identity of the other. */
  readonly column: string;
  /** Whose identity that is. */
  readonly entity: string;
}

/** The columns of a table that name a subject of another: references, and whose a row is. */
export function referencesOf(ruleSet: RuleSet, table: SqlTable): readonly Reference[] {
  const facts = ruleSet.entities.find((e) => e.name === table.entity)?.facts ?? [];
  return table.columns.flatMap((c): readonly Reference[] => {
    if (c.role === 'parent') {
      return [{ table: table.label, column: c.label, entity: table.parent }];
    }
    const type = c.role === 'fact' ? facts.find((f) => f.name === c.of)?.type : undefined;
    return type?.t === 'entity'
      ? [{ table: table.label, column: c.label, entity: type.entity }]
      : [];
  });
}

async function dangling(
  connection: DuckDBConnection,
  reference: Reference,
  from: string,
  to: { readonly file: string; readonly identity: string } | undefined,
): Promise<readonly DanglingReference[]> {
  const c = ident(reference.column);
  const found =
    to === undefined
      ? ''
      : ` AND ${c} NOT IN (SELECT ${ident(to.identity)} FROM read_parquet(${literal(to.file)}))`;
  const row = await rowOf(
    connection,
    `WITH lost AS (SELECT ${c} id, count(*) n FROM read_parquet(${literal(from)})
       WHERE ${c} IS NOT NULL${found} GROUP BY ALL)
     SELECT count(*) subjects, sum(n) "rows",
       array_to_string(list_slice(list_sort(list(id)), 1, ${SAMPLE}), chr(10)) AS listed FROM lost`,
  );
  const subjects = countOf(row['subjects']);
  if (subjects === 0) return [];
  const sample = String(row['listed']).split('\n');
  return [{ ...reference, rows: countOf(row['rows']), subjects, sample }];
}

/** The references of the files in `folder` that lead to nobody. They are no error: the rules treat
 *  such a subject as one of whom nothing is known. */
export async function danglingReferences(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  folder: string,
  notes: readonly SnapshotTableNote[],
): Promise<readonly DanglingReference[]> {
  const identity = new Map(ruleSet.entities.map((e) => [e.name, e.identity]));
  const found: DanglingReference[] = [];
  const tables = new Map(tablesOf(ruleSet).map((t) => [t.label, t]));
  for (const note of notes) {
    const table = tables.get(note.table);
    if (table === undefined) continue;
    for (const reference of referencesOf(ruleSet, table)) {
      if (!note.columns.some((c) => c.label === reference.column)) continue;
      const other = notes.find((n) => n.table === reference.entity);
      const to = other && {
        file: join(folder, other.file),
        identity: identity.get(reference.entity) ?? '',
      };
      found.push(...(await dangling(connection, reference, join(folder, note.file), to)));
    }
  }
  return found;
}
