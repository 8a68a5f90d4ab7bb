/** Subjects by a part of their name or code. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RuleSet, SqlTable } from '@zhida/rules';
import { ident, literal, rowsOf } from '../snapshot/duck.ts';
import { keyOf } from '../snapshot/write.ts';
import { labelsIn } from './dry-run.ts';
import type { Entry } from './entry.ts';
import { fileOf, saidOf } from './known.ts';
import { tablesWith } from './layout.ts';
import { knownTable } from './view.ts';
import type { Tables } from './view.ts';

export interface Found {
  readonly entity: string;
  readonly id: string;
  /** Empty when the name is not known. */
  readonly name: string;
}

export interface FindOptions {
  /** Only subjects of this entity. */
  readonly entity?: string;
  /** At most this many of each entity; 20 when left out. */
  readonly limit?: number;
}

const NAME = '名称';

async function findIn(
  connection: DuckDBConnection,
  tables: Tables,
  entries: readonly Entry[],
  table: SqlTable,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<readonly Found[]> {
  const known = knownTable(tables, entries, table);
  if (known === undefined) return [];
  const name = known.columns.find((c) => c.label === NAME);
  const key = ident(keyOf(table)[0] ?? '');
  const within = (c: string): string => `contains(lower(${c}), lower(${literal(text)}))`;
  const ids = saidOf(entries, table.label).map((said) => {
    const named = said.note.columns.some((c) => c.label === NAME);
    const match = [key, ...(named ? [ident(NAME)] : [])].map(within).join(' OR ');
    return `SELECT ${key} FROM ${fileOf(said)} WHERE ${match}`;
  });
  const facts = known.sql(name === undefined ? [] : [name], `${key} IN (${ids.join(' UNION ')})`);
  const shown = name === undefined ? "''" : `coalesce(${ident(NAME)}, '')`;
  const rows = await rowsOf(
    connection,
    `SELECT * FROM (SELECT ${key} AS id, ${shown} AS named FROM (${facts}))
     WHERE ${within('id')} OR ${within('named')} ORDER BY id LIMIT ${limit}`,
  );
  return rows.map((r) => ({ entity: table.label, id: String(r['id']), name: String(r['named']) }));
}

/** Subjects whose code or name, as known, contains `text`. */
export async function findSubjects(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  entries: readonly Entry[],
  text: string,
  { entity, limit = 20 }: FindOptions = {},
): Promise<readonly Found[]> {
  const tables = tablesWith(ruleSet, labelsIn(entries));
  const found: Found[] = [];
  for (const table of tables.values()) {
    if (table.list !== '' || (entity !== undefined && table.label !== entity)) continue;
    found.push(...(await findIn(connection, tables, entries, table, { text, limit })));
  }
  return found;
}
