/** Readings without files: rows written in the test. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDuck, rowsOf } from '../../src/snapshot/duck.ts';
import { Refusal } from '../../src/snapshot/refusal.ts';
import type { Snapshot } from '../../src/snapshot/open.ts';
import { openRegister } from '../../src/store/register.ts';
import type { Register } from '../../src/store/register.ts';
import type { CellValue, CheckedRow, FileReading, SourceNote } from '../../src/record.ts';
import { ruleSet } from '../snapshot/policy.ts';

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

export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'register-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function newRegister(folder: string = temporary()): Promise<Register> {
  const register = await openRegister(folder, ruleSet, { memory: '300MB' });
  onTestFinished(() => register.close());
  return register;
}

/** Stages and commits at once; gives the id of the import. */
export async function bring(
  register: Register,
  name: string,
  lines: readonly Line[],
  on = '2023-12-01',
): Promise<string> {
  const dry = await register.stage(reading(name, lines));
  return (await dry.commit({ by: '张三', on })).id;
}

/** The rows of one table of a snapshot, dates as text. */
export async function tableRows(
  snapshot: Snapshot,
  table: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const note = snapshot.manifest.tables.find((t) => t.table === table);
  if (note === undefined) return [];
  const duck = await openDuck({ temp: join(tmpdir(), 'register-rows') });
  const list = note.columns.map(({ label, type }) =>
    type === 'date' ? `"${label}"::VARCHAR AS "${label}"` : `"${label}"`,
  );
  const file = join(snapshot.folder, note.file);
  const rows = await rowsOf(duck.connection, `SELECT ${list.join(', ')} FROM '${file}'`);
  duck.close();
  return rows;
}

export async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
  return error;
}
