/** Registers in temporary folders, and what their snapshots hold. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDuck, rowsOf } from '../../src/snapshot/duck.ts';
import { Refusal } from '../../src/snapshot/refusal.ts';
import type { Snapshot } from '../../src/snapshot/open.ts';
import { openRegister } from '../../src/store/register.ts';
import type { Register } from '../../src/store/register.ts';
import { ruleSet } from '../snapshot/policy.ts';
import { reading } from './lines.ts';
import type { Line } from './lines.ts';

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

const reader = openDuck({ temp: join(tmpdir(), 'register-rows') });

/** The rows of one table of a snapshot, dates as text. */
export async function tableRows(
  snapshot: Snapshot,
  table: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const note = snapshot.manifest.tables.find((t) => t.table === table);
  if (note === undefined) return [];
  const duck = await reader;
  const list = note.columns.map(({ label, type }) =>
    type === 'date' ? `"${label}"::VARCHAR AS "${label}"` : `"${label}"`,
  );
  const file = join(snapshot.folder, note.file);
  return rowsOf(duck.connection, `SELECT ${list.join(', ')} FROM '${file}'`);
}

export async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await work.then(
    () => undefined,
    (e: unknown) => e,
  );
  if (!(error instanceof Refusal)) throw new Error('not refused', { cause: error });
  return error;
}
