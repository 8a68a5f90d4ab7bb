// Goal: a process that is killed at any moment leaves no half import and no half snapshot, and the
// next one goes on. Method: a child that imports without end is killed at several moments; each time
// the store is opened again and everything in it is compared with its hashes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { fileHash } from '../../src/snapshot/folder.ts';
import { openSnapshot } from '../../src/snapshot/open.ts';
import type { Register } from '../../src/store/register.ts';
import { bring, newRegister, temporary } from './temporary.ts';

const script = fileURLToPath(new URL('killed.ts', import.meta.url));

/** Kills a child `delay` ms after it said `word`; gives how many imports it said were committed. */
async function killAfter(store: string, word: string, delay: number): Promise<number> {
  const child = spawn(process.execPath, [script, store], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  const ended = once(child, 'close');
  while (!said.includes(word) && child.exitCode === null)
    await Promise.race([once(child.stdout, 'data'), ended]);
  await pause(delay);
  child.kill('SIGKILL');
  await ended;
  expect(child.signalCode).toBe('SIGKILL');
  return Number(/committed (\d+)\n[^\n]*$/u.exec(said)?.[1] ?? 0);
}

const MOMENTS = [
  ['ready', 1],
  ['ready', 70],
  ['committed', 0],
  ['committed', 40],
  ['committed', 130],
] as const;

async function isWhole(register: Register): Promise<void> {
  const { folder } = register;
  const imports = join(folder, 'imports');
  expect(readdirSync(imports)).toEqual(register.imports().map((e) => e.id));
  for (const { id, tables } of register.imports()) {
    expect(readdirSync(join(imports, id)).toSorted()).toEqual(['manifest.json', '企业.parquet']);
    for (const t of tables) expect(await fileHash(join(imports, id, t.file))).toBe(t.sha256);
  }
  for (const name of readdirSync(join(folder, 'snapshots'))) {
    expect((await openSnapshot(join(folder, 'snapshots', name))).hash).toBe(name);
  }
  expect(readdirSync(folder).filter((n) => !['imports', 'snapshots', 'lock'].includes(n))).toEqual(
    [],
  );
}

it('survives being killed at any moment', async () => {
  const store = temporary();
  let committed = 0;
  for (const [word, delay] of MOMENTS) {
    committed = Math.max(committed, await killAfter(store, word, delay));
    const register = await newRegister(store);
    await isWhole(register);
    expect(register.imports().length).toBeGreaterThanOrEqual(committed);
  }
  expect(committed).toBeGreaterThan(2);
  const register = await newRegister(store);
  await bring(register, '月报', [['企业', 'A', { 从业人员: 1n }]]);
  expect((await register.snapshot({ at: 'now' })).manifest.tables[0]?.rows).toBe(3001);
});
