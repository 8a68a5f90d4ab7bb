/** A large table in parts that fit into memory one at a time. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { ident, literal, rowsOf } from '../snapshot/duck.ts';
import type { SnapshotInput } from '../snapshot/write.ts';
import { keyOf } from '../snapshot/write.ts';
import { fileOf } from './known.ts';
import type { Said } from './known.ts';
import type { KnownTable } from './view.ts';

/** Cells (rows × columns) that are put together and sorted at once. */
const CELLS = 20_000_000;
const SAMPLED = 20_000;

/** Identities that cut the table into about `parts` equal parts, ascending. */
async function cuts(
  connection: DuckDBConnection,
  key: string,
  said: readonly Said[],
  parts: number,
): Promise<readonly string[]> {
  const all = said.map((s) => `SELECT ${key} AS id FROM ${fileOf(s)}`).join(' UNION ALL ');
  const rows = await rowsOf(
    connection,
    `SELECT DISTINCT id FROM (FROM (${all}) USING SAMPLE reservoir(${SAMPLED} ROWS) REPEATABLE (1))
     ORDER BY id`,
  );
  const step = Math.ceil(rows.length / parts);
  return rows.flatMap((row, n) => (n > 0 && n % step === 0 ? [String(row['id'])] : []));
}

/** The SELECTs of a table for a snapshot. What the parts are has no influence on the bytes. */
export async function snapshotInput(
  connection: DuckDBConnection,
  known: KnownTable,
  said: readonly Said[],
  cells: number = CELLS,
): Promise<SnapshotInput> {
  const { table, columns, rows, sorted } = known;
  const parts = Math.ceil((rows * (columns.length + 1)) / cells);
  if (sorted || parts <= 1) return { table, parts: [known.sql()], sorted };
  const key = ident(keyOf(table)[0] ?? '');
  const at = await cuts(connection, key, said, parts);
  const wheres = [...at, undefined].map((hi, n) => {
    const low = n === 0 ? [] : [`${key} >= ${literal(at[n - 1] ?? '')}`];
    const high = hi === undefined ? [] : [`${key} < ${literal(hi)}`];
    return [...low, ...high].join(' AND ') || 'true';
  });
  return { table, parts: wheres.map((where) => known.sql(columns, where)) };
}
