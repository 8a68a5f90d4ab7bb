/** Imports → the facts as they say them together, as SQL: of each fact the last word, where a blank
 *  says nothing and a fact taken back is unknown again; of each list the rows of the last import that
 *  brings one. */
import { join } from 'node:path';
import type { SqlColumn, SqlTable } from '@zhida/rules';
import { DUCK_TYPE, ident, literal } from '../snapshot/duck.ts';
import { Refusal } from '../snapshot/refusal.ts';
import { keyOf } from '../snapshot/write.ts';
import type { Entry, ImportColumn, ImportTable } from './entry.ts';
import { countColumn, isKey } from './layout.ts';
import { OWN } from './staging.ts';

/** The rows of one table in one import. `rank` orders the imports. */
export interface Said {
  readonly rank: number;
  readonly id: string;
  readonly folder: string;
  readonly note: ImportTable;
}

/** Which imports say something of a table, oldest first. */
export function saidOf(entries: readonly Entry[], table: string): readonly Said[] {
  return entries.flatMap(({ manifest, folder }, rank) =>
    manifest.tables
      .filter((note) => note.table === table)
      .map((note) => ({ rank, id: manifest.id, folder, note })),
  );
}

/** The labels that any of the imports brings, in the order of the table, keys left out. */
export function broughtColumns(table: SqlTable, said: readonly Said[]): readonly SqlColumn[] {
  const labels = new Set(said.flatMap((s) => s.note.columns.map((c) => c.label)));
  return table.columns.filter((c) => !isKey(c) && labels.has(c.label));
}

export const fileOf = ({ folder, note }: Said): string =>
  `read_parquet(${literal(join(folder, note.file))})`;

/** A column as an import has it, at the scale of the package. Refusals: `scale-finer`, `column-type`. */
export function storedSql(table: SqlTable, column: SqlColumn, said: Said): string {
  const stored = said.note.columns.find((c) => c.label === column.label);
  if (stored === undefined) return `CAST(NULL AS ${DUCK_TYPE[column.type]})`;
  const c = ident(column.label);
  const by = scaleBy(table, column, stored, said.id);
  return by === 0 ? c : `${c} * ${10n ** BigInt(by)}::BIGINT`;
}

/** How many decimals the package has more than the import. */
export function scaleBy(
  table: SqlTable,
  column: SqlColumn,
  stored: ImportColumn,
  id: string,
): number {
  const place = { id, table: table.label, column: column.label };
  if (stored.type !== column.type || stored.unit !== column.unit) {
    const [found, wanted] = [stored, column].map((c) => `${c.type} ${c.unit}`.trim());
    throw new Refusal('column-type', { ...place, found: found ?? '', wanted: wanted ?? '' });
  }
  if (stored.scale > column.scale) throw new Refusal('scale-finer', place);
  return column.scale - stored.scale;
}

const RANK = '#rank';
/** Rows in order of import, then of their place in the file: below 2^40 rows a file. */
const ORDER = '#order';

function saidSql(
  table: SqlTable,
  columns: readonly SqlColumn[],
  said: readonly Said[],
  where: string,
): string {
  const keys = keyOf(table).map(ident);
  return said
    .map((s) => {
      const list = [
        `${s.rank}::BIGINT AS ${ident(RANK)}`,
        `(${s.rank}::BIGINT << 40) + ${ident(OWN.order)} AS ${ident(ORDER)}`,
        ident(OWN.withdrawn),
        ...keys,
        ...columns.map((c) => `${storedSql(table, c, s)} AS ${ident(c.label)}`),
      ];
      return `SELECT ${list.join(', ')} FROM ${fileOf(s)} WHERE ${where}`;
    })
    .join('\nUNION ALL ');
}

/** The last word on a column: one aggregate over the rows of a subject. */
function lastWord(column: SqlColumn, said: readonly Said[]): string {
  const { label } = column;
  const c = ident(label);
  const notes = said.flatMap((s) =>
    s.note.columns.filter((n) => n.label === label).map((n) => ({ ...n, note: s.note })),
  );
  const taken = notes.some((n) => n.withdrawn > 0);
  if (!taken && notes.length === 1 && notes[0]?.note.rows === notes[0]?.note.subjects) {
    return `any_value(${c})`;
  }
  const last = `arg_max(${c}, ${ident(ORDER)})`;
  if (!taken) return last;
  return `CASE WHEN ${takenBack(column)} THEN NULL ELSE ${last} END`;
}

/** True when the last row that speaks of the column takes it back. */
export function takenBack({ label }: SqlColumn): string {
  const order = ident(ORDER);
  const said = `max(${order}) FILTER (${ident(label)} IS NOT NULL)`;
  const taken = `max(${order}) FILTER (list_contains(${ident(OWN.withdrawn)}, ${literal(label)}))`;
  return `coalesce(${taken}, -1) > coalesce(${said}, -1)`;
}

export interface KnownQuery {
  readonly table: SqlTable;
  /** Columns wanted, keys left out. */
  readonly columns: readonly SqlColumn[];
  readonly said: readonly Said[];
  /** Condition on the key columns, in SQL. */
  readonly where?: string;
  /** Further aggregates over the rows of a subject. */
  readonly more?: readonly string[];
}

/** One row a subject with the last word on each column. The imports must not be none. */
export function factsSql({ table, columns, said, where = 'true', more = [] }: KnownQuery): string {
  const keys = keyOf(table).map(ident);
  const list = [
    ...keys,
    ...columns.map((c) => `${lastWord(c, said)} AS ${ident(c.label)}`),
    ...more,
  ];
  return `SELECT ${list.join(', ')} FROM (${saidSql(table, columns, said, where)})
    GROUP BY ${keys.join(', ')}`;
}

/** True when one row is one subject, already in order. */
export const isPlain = (said: readonly Said[]): boolean =>
  said.length === 1 && said.every(({ note }) => note.rows === note.subjects);

/** Within an import, rows of a list are stronger than any count. */
const BROUGHT = '(1::BIGINT << 40)';

/** Every statement about a list: by parent (`up`), the import and how many rows it has. Rows bring a
 *  list; a count of 0 says that it is empty; a count taken back says that it is unknown. */
function listStatements(
  list: SqlTable,
  rows: readonly Said[],
  parent: SqlTable | undefined,
  parents: readonly Said[],
): string {
  const [up = '', id = ''] = keyOf(list).map(ident);
  const brought = rows.map(
    (s) => `SELECT ${up} AS up, ${s.rank}::BIGINT AS said, ${BROUGHT} AS place,
      count(DISTINCT ${id}) AS n FROM ${fileOf(s)} GROUP BY ${up}`,
  );
  const column = countColumn(list, parent);
  const counted =
    parent === undefined || column === undefined
      ? []
      : parents
          .filter((s) => s.note.columns.some((c) => c.label === column.label))
          .map((s) => {
            const key = ident(keyOf(parent)[0] ?? '');
            const taken = `list_contains(${ident(OWN.withdrawn)}, ${literal(column.label)})`;
            return `SELECT ${key} AS up, ${s.rank}::BIGINT AS said, ${ident(OWN.order)} AS place,
              CASE WHEN ${taken} THEN NULL ELSE 0 END AS n
              FROM ${fileOf(s)} WHERE ${ident(column.label)} = 0 OR ${taken}`;
          });
  return [...brought, ...counted].join('\nUNION ALL ');
}

export interface ListQuery {
  readonly list: SqlTable;
  readonly rows: readonly Said[];
  readonly parent: SqlTable | undefined;
  readonly parents: readonly Said[];
}

/** By parent (`up`): the import that has the last word on its list (`said`) and the number of rows
 *  (`n`; null: taken back). Undefined when no import speaks of the list. */
export function listSql({ list, rows, parent, parents }: ListQuery): string | undefined {
  const statements = listStatements(list, rows, parent, parents);
  if (statements === '') return undefined;
  return `SELECT up, max(said) AS said, arg_max_null(n, (said << 41) + place) AS n
    FROM (${statements}) GROUP BY up`;
}

/** The rows of the lists in force: those of the import with the last word on each parent's list. */
export function listRowsSql(
  query: ListQuery,
  columns: readonly SqlColumn[],
  where = 'true',
): string | undefined {
  const { list, rows } = query;
  const last = listSql(query);
  if (last === undefined || rows.length === 0) return undefined;
  const keys = keyOf(list).map(ident);
  const values = columns.map((c) => `${lastWord(c, rows)} AS ${ident(c.label)}`);
  return `SELECT ${[...keys, ...values].join(', ')}
    FROM (${saidSql(list, columns, rows, where)}) AS r
    JOIN (${last}) AS l ON r.${keys[0] ?? ''} = l.up AND r.${ident(RANK)} = l.said
    GROUP BY ${keys.join(', ')}`;
}
