/** A table as the imports in force say it together. */
import type { SqlColumn, SqlTable } from '@zhida/rules';
import { ident } from '../snapshot/duck.ts';
import { keyOf } from '../snapshot/write.ts';
import type { Entry } from './entry.ts';
import { broughtColumns, factsSql, fileOf, isPlain, listRowsSql, listSql } from './known.ts';
import { saidOf, storedSql } from './known.ts';
import type { ListQuery } from './known.ts';
import { listsOf } from './layout.ts';

export interface KnownTable {
  readonly table: SqlTable;
  /** Columns that some import brings, keys left out, in the order of the table. */
  readonly columns: readonly SqlColumn[];
  /** The rows come in order of their keys. */
  readonly sorted: boolean;
  /** Rows of all imports together: what a query has to read. */
  readonly rows: number;
  /** A SELECT of the keys and of `columns` (all when left out), of the subjects where the condition
   *  on the keys holds. */
  sql(columns?: readonly SqlColumn[], where?: string): string;
}

export type Tables = ReadonlyMap<string, SqlTable>;

export function listQuery(tables: Tables, entries: readonly Entry[], list: SqlTable): ListQuery {
  const rows = saidOf(entries, list.label);
  const parents = saidOf(entries, list.parent);
  return { list, rows, parent: tables.get(list.parent), parents };
}

const rowsIn = (said: ReturnType<typeof saidOf>): number =>
  said.reduce((sum, s) => sum + s.note.rows, 0);

function knownList(
  tables: Tables,
  entries: readonly Entry[],
  list: SqlTable,
): KnownTable | undefined {
  const query = listQuery(tables, entries, list);
  if (query.rows.length === 0) return undefined;
  const columns = broughtColumns(list, query.rows);
  const sql = (wanted = columns, where = 'true'): string => listRowsSql(query, wanted, where) ?? '';
  return { table: list, columns, sorted: false, rows: rowsIn(query.rows), sql };
}

/** The tables' own facts, and how many rows each list has. */
function knownSubjects(
  tables: Tables,
  entries: readonly Entry[],
  table: SqlTable,
): KnownTable | undefined {
  const said = saidOf(entries, table.label);
  const [only] = said;
  if (only === undefined) return undefined;
  const facts = broughtColumns(table, said).filter((c) => c.role !== 'rows');
  const counts = new Map(
    listsOf(tables, table.label).flatMap((list) => {
      const sql = listSql(listQuery(tables, entries, list));
      const column = table.columns.find((c) => c.role === 'rows' && c.of === list.list);
      return sql === undefined || column === undefined ? [] : [[column, sql] as const];
    }),
  );
  const columns = table.columns.filter((c) => facts.includes(c) || counts.has(c));
  const key = ident(keyOf(table)[0] ?? '');
  const plain = isPlain(said) && only.note.columns.every((c) => c.withdrawn === 0);
  const own = (wanted: readonly SqlColumn[], where: string): string => {
    if (!plain) return factsSql({ table, columns: wanted, said, where });
    const list = wanted.map((c) => `${storedSql(table, c, only)} AS ${ident(c.label)}`);
    return `SELECT ${[key, ...list].join(', ')} FROM ${fileOf(only)} WHERE ${where}`;
  };
  const sql = (wanted = columns, where = 'true'): string => {
    const base = own(
      wanted.filter((c) => facts.includes(c)),
      where,
    );
    const joined = wanted.filter((c) => counts.has(c));
    if (joined.length === 0) return base;
    const list = wanted.map((c) =>
      counts.has(c) ? `l${joined.indexOf(c)}.n AS ${ident(c.label)}` : `f.${ident(c.label)}`,
    );
    const joins = joined.map(
      (c, n) => `LEFT JOIN (${counts.get(c) ?? ''}) AS l${n} ON f.${key} = l${n}.up`,
    );
    return `SELECT ${[`f.${key}`, ...list].join(', ')} FROM (${base}) AS f ${joins.join(' ')}`;
  };
  return { table, columns, sorted: plain && counts.size === 0, rows: rowsIn(said), sql };
}

/** Undefined when no import brings the table. */
export function knownTable(
  tables: Tables,
  entries: readonly Entry[],
  table: SqlTable,
): KnownTable | undefined {
  return table.list === ''
    ? knownSubjects(tables, entries, table)
    : knownList(tables, entries, table);
}
