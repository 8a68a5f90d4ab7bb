/** What a manifest says of each column: how many values are known, their bounds and their sum. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlColumn } from '@zhida/rules';
import { decimalOf } from './decimal.ts';
import { countOf, ident, literal, rowOf, whole } from './duck.ts';
import type { Row } from './duck.ts';
import type { SnapshotColumn } from './manifest.ts';

export const isMoney = (c: { readonly type: string; readonly unit: string }): boolean =>
  c.type === 'integer' && c.unit === '元';

function aggregates(column: SqlColumn, n: number): readonly string[] {
  const c = ident(column.label);
  const bounded = column.type === 'integer' || column.type === 'date';
  return [
    `count(${c}) known_${n}`,
    ...(bounded ? [`min(${c})::VARCHAR min_${n}`, `max(${c})::VARCHAR max_${n}`] : []),
    ...(isMoney(column) ? [`sum(${c})::HUGEINT sum_${n}`] : []),
  ];
}

function noteOf(column: SqlColumn, n: number, row: Row): SnapshotColumn {
  const { label, type, scale, unit } = column;
  const bound = (name: string): string | null => {
    const text = row[`${name}_${n}`];
    if (typeof text !== 'string') return null;
    return type === 'integer' ? decimalOf(BigInt(text), scale) : text;
  };
  const sum = isMoney(column) ? decimalOf(whole(row[`sum_${n}`]) ?? 0n, scale) : null;
  const known = countOf(row[`known_${n}`]);
  return { label, type, scale, unit, known, min: bound('min'), max: bound('max'), sum };
}

/** One pass over the file. */
export async function statistics(
  connection: DuckDBConnection,
  file: string,
  columns: readonly SqlColumn[],
): Promise<{ readonly rows: number; readonly notes: readonly SnapshotColumn[] }> {
  const list = ['count(*) AS "rows"', ...columns.flatMap(aggregates)].join(', ');
  const row = await rowOf(connection, `SELECT ${list} FROM read_parquet(${literal(file)})`);
  return { rows: countOf(row['rows']), notes: columns.map((c, n) => noteOf(c, n, row)) };
}
