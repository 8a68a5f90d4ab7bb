/** What a database holds, read from its catalog: tables, columns, sequences, and how it was made. */
import type { Row, Statements } from '../connection.ts';

export interface Column {
  readonly name: string;
  /** As PostgreSQL writes it: `bigint`, `text[]`. */
  readonly type: string;
}

export interface Table {
  /** Schema and name, quoted where they must be. */
  readonly table: string;
  readonly columns: readonly Column[];
}

export interface Sequence {
  readonly sequence: string;
  /** The last number given; null when none was. */
  readonly last: string | null;
}

/** What must be the same on both sides. */
export interface Made {
  readonly kind: string;
  readonly migrations: readonly { readonly name: string; readonly hash: string }[];
}

const OURS = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
/** They say how the database was made; opening it has filled them. */
const OWN = "NOT (n.nspname = 'public' AND c.relname IN ('migration', 'stamp'))";

const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS table, a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  JOIN pg_attribute AS a ON a.attrelid = c.oid
  WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    AND ${OURS} AND ${OWN}
  ORDER BY format('%I.%I', n.nspname, c.relname) COLLATE "C", a.attnum`;

const KEYS = `
  SELECT format('t.%I', a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END AS key
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)`;

const SEQUENCES = `
  SELECT format('%I.%I', schemaname, sequencename) AS sequence, last_value::text AS last
  FROM pg_sequences ORDER BY format('%I.%I', schemaname, sequencename) COLLATE "C"`;

export async function tablesOf(on: Statements): Promise<readonly Table[]> {
  const rows = await on.rows<Row & Column & { table: string }>(TABLES);
  const groups = Map.groupBy(rows, (r) => r.table);
  return [...groups].map(([table, columns]) => ({
    table,
    columns: columns.map(({ name, type }) => ({ name, type })),
  }));
}

export async function sequencesOf(on: Statements): Promise<readonly Sequence[]> {
  return on.rows<Row & Sequence>(SEQUENCES);
}

export async function madeOf(on: Statements): Promise<Made> {
  const { kind } = await on.row<{ kind: string }>('SELECT kind FROM public.stamp');
  const migrations = await on.rows<{ name: string; hash: string }>(
    'SELECT name, hash FROM public.migration ORDER BY number',
  );
  return { kind, migrations: migrations.map(({ name, hash }) => ({ name, hash })) };
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** SELECT of every row as a JSON list of texts, in the order of the primary key and of bytes: the same rows
 *  give the same lines on every server. */
export async function linesQuery(on: Statements, { table, columns }: Table): Promise<string> {
  const keys = await on.rows<{ key: string }>(KEYS, [table]);
  const texts = columns.map(({ name }) => `t.${quoted(name)}::text`).join(', ');
  const line = `to_json(ARRAY[${texts}])::text`;
  const order = keys.length === 0 ? `${line} COLLATE "C"` : keys.map((k) => k.key).join(', ');
  return `SELECT ${line} AS line FROM ${table} AS t ORDER BY ${order}`;
}
