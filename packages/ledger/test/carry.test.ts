/** The ledger and its chains, carried to another database: equal, provable by the same copied roots, and
 *  able to go on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportDatabase, importDatabase } from '@zhida/database';
import {
  accounts,
  append,
  post,
  readAudit,
  reconcile,
  recover,
  reserve,
  seal,
  verifyAudit,
} from '../src/index.ts';
import { everything } from './model/real.ts';
import { budgetOf, play } from './play.ts';
import type { Play } from './play.ts';

const root = mkdtempSync(join(tmpdir(), 'zhida-carry-'));
let here: Play;
beforeAll(async () => {
  here = await play();
});
afterAll(async () => {
  await here.end();
  rmSync(root, { recursive: true, force: true });
});

test('carried: the same rows, the same chains, the same answer to a request', async () => {
  const { app, database } = here;
  const budget = await budgetOf(app, '资金', 1_000n);
  const asking = (request: string): { actor: string; request: string } => ({ actor: 'a', request });
  const what = { award: '甲', accounts: [budget], fen: 300n };
  const first = await reserve(app, asking('1'), what);
  await append(app, '甲', '{"步骤":"占用","说明":"行\u2028分隔"}');
  const root1 = await seal(app);
  const line = 'line' in first ? first.line : 0n;
  const held = await post(app, asking('2'), line, 200n);
  const spent = await post(app, asking('3'), 'line' in held ? (held.line ?? 0n) : 0n, 200n);
  const paid = 'line' in spent ? (spent.line ?? 0n) : 0n;
  await recover(app, asking('4'), { line: paid, fen: 50n, refill: true, basis: '追回1号' });
  await append(app, '甲', '{"步骤":"支出"}');
  const copies = [root1, await seal(app)];
  const before = await everything(app);
  const rows = await accounts(app);
  await exportDatabase(database.owner, join(root, 'export'));

  const other = await here.beside('other');
  await importDatabase(other.owner, join(root, 'export'));
  const there = other.as('app');
  expect(await everything(there)).toEqual(before);
  expect(await accounts(there)).toEqual(rows);
  expect(await reconcile(there)).toEqual([]);
  expect(verifyAudit(await readAudit(there), copies)).toEqual({ records: 2, seals: 2, proved: 2 });
  expect(await reserve(there, asking('1'), what)).toEqual({ ...first, repeated: true });
  const next = await reserve(there, asking('5'), what);
  expect('line' in next && next.line > paid).toBe(true);
  expect((await append(there, '甲', '{}')).n).toBe(3n);
  const { number } = await seal(there);
  expect(number).toBe(3n);
  expect(verifyAudit(await readAudit(there), copies).broken).toBeUndefined();
  await other.as('app').close();
});
