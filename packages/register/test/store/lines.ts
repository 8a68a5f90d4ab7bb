/** Readings without files: rows written in the test. */
import { createHash } from 'node:crypto';
import type { CellValue, CheckedRow, FileReading, SourceNote } from '../../src/record.ts';

export type Values = Readonly<Record<string, CellValue | null>>;

/** `[table, id, values]`, or `[table, [parent, id], values]` for a row of a list. */
export type Line = readonly [string, string | readonly [string, string], Values];

export function reading(
  name: string,
  lines: readonly Line[],
  note: Partial<SourceNote> = {},
): FileReading {
  const rows = lines.map(([table, key, values], n): CheckedRow => {
    const [parent, id] = typeof key === 'string' ? ['', key] : key;
    const map = new Map(Object.entries(values));
    return { sheet: '表1', row: n + 4, table, id, parent, values: map };
  });
  const columns = new Map<string, string[]>();
  for (const [table, , values] of lines) {
    columns.set(table, [...new Set([...(columns.get(table) ?? []), ...Object.keys(values)])]);
  }
  const text = JSON.stringify(lines, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
  return {
    source: {
      unit: '市统计局',
      name,
      period: '2022年',
      asOf: '2023-01-31',
      file: `${name}.xlsx`,
      sha256: createHash('sha256').update(text).digest('hex'),
      ...note,
    },
    columns,
    batches: (async function* () {
      for (let n = 0; n < rows.length; n += 3) yield rows.slice(n, n + 3);
    })(),
    report: { rows: rows.length, good: rows.length, bad: 0, skipped: 0, problems: [] },
  };
}
