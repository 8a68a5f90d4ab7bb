/** The ledger on a real PostgreSQL, several connections at once: no cap and no budget is exceeded. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Connector, Database } from '@zhida/database';
import {
  accounts,
  allow,
  openAccount,
  post,
  reconcile,
  recover,
  release,
  reserve,
  resume,
} from '../src/index.ts';
import { play } from './play.ts';
import type { Play } from './play.ts';

let here: Play;
let database: Database;
let app: Connector;
let number = 0;
const asking = (request = `request ${(number += 1)}`): { actor: string; request: string } => ({
  actor: 'test',
  request,
});

beforeAll(async () => {
  here = await play();
  ({ app, database } = here);
});

afterAll(() => here.end());

let budget = 0n;
let cap = 0n;
beforeEach(async () => {
  number += 1;
  const basis = '本财指〔2023〕1号';
  const key = [String(number)];
  const most = 1_000_000n;
  budget = await openAccount(app, 'test', { kind: 'budget', name: '资金', key }, { most, basis });
  cap = await openAccount(
    app,
    'test',
    { kind: 'cap', name: '限额', key },
    { most: 600_000n, basis },
  );
});

const lineOf = (answer: object): bigint => {
  if (!('line' in answer) || typeof answer.line !== 'bigint')
    throw new Error(JSON.stringify(answer));
  return answer.line;
};

test('an amount goes from free to reserved, held and spent; what is not posted is free again', async () => {
  const first = await reserve(app, asking(), {
    award: 'A',
    accounts: [budget, cap],
    fen: 500_000n,
  });
  const held = await post(app, asking(), lineOf(first), 400_000n);
  expect(held).toMatchObject({ released: 100_000n, repeated: false });
  await post(app, asking(), lineOf(held), 400_000n);
  const [b, c] = await accounts(app, [budget, cap]);
  expect(b).toMatchObject({ reserved: 0n, held: 0n, spent: 400_000n, left: 600_000n });
  expect(c).toMatchObject({ spent: 400_000n, left: 200_000n });
  expect(await reconcile(app)).toEqual([]);
});

test('the account with too little says what is left, and nothing was reserved on the other', async () => {
  const answer = await reserve(app, asking(), {
    award: 'A',
    accounts: [budget, cap],
    fen: 600_001n,
  });
  expect(answer).toMatchObject({ refused: 'too-little', account: cap, left: 600_000n });
  expect((await accounts(app, [budget]))[0]?.reserved).toBe(0n);
});

test('the same request has one effect and one answer; another content is an error', async () => {
  const key = asking();
  const what = { award: 'A', accounts: [budget], fen: 5n };
  const first = await reserve(app, key, what);
  const again = await reserve(app, key, what);
  expect(again).toEqual({ ...first, repeated: true });
  expect((await accounts(app, [budget]))[0]?.reserved).toBe(5n);
  await expect(reserve(app, key, { ...what, fen: 6n })).rejects.toThrow('another content');
});

test('a line counts against one budget at most, and against something', async () => {
  const basis = '试';
  const other = { kind: 'budget', name: '资金', key: [`${number} 另`] } as const;
  const second = await openAccount(app, 'test', other, { most: 10n, basis });
  for (const accounts of [[], [budget, second]]) {
    const both = reserve(app, asking(), { award: 'A', accounts, fen: 1n });
    await expect(both).rejects.toThrow('one budget at most');
  }
  const twice = reserve(app, asking(), { award: 'A', accounts: [cap, cap], fen: 1n });
  await expect(twice).rejects.toThrow('stands twice');
  const nothing = reserve(app, asking(), { award: 'A', accounts: [cap], fen: 0n });
  await expect(nothing).rejects.toThrow('lies between');
});

test('a line is resolved once, whoever is first', async () => {
  const line = lineOf(
    await reserve(app, asking(), { award: 'A', accounts: [budget, cap], fen: 10n }),
  );
  const answers = await Promise.all([
    post(app, asking(), line, 10n),
    release(app, asking(), line, 'void'),
    release(app, asking(), line, 'expire'),
  ]);
  expect(answers.filter((a) => !('refused' in a))).toHaveLength(1);
  expect(answers.filter((a) => 'refused' in a && a.refused === 'resolved')).toHaveLength(2);
  expect(await reconcile(app)).toEqual([]);
});

test('no allowance goes below what is used', async () => {
  await reserve(app, asking(), { award: 'A', accounts: [cap], fen: 100n });
  const basis = '本财指〔2023〕2号';
  expect(await allow(app, asking(), cap, { most: 99n, basis })).toMatchObject({
    refused: 'below-use',
    used: 100n,
  });
  expect(await allow(app, asking(), cap, { most: 100n, basis })).toMatchObject({ allowed: 100n });
  expect(await allow(app, asking(), budget, { most: 2_000_000n, basis })).toMatchObject({
    allowed: 2_000_000n,
  });
  expect(await reconcile(app)).toEqual([]);
});

test('at most what was spent comes back, and refills only when that is said', async () => {
  const line = lineOf(
    await reserve(app, asking(), { award: 'A', accounts: [budget, cap], fen: 50n }),
  );
  const held = lineOf(await post(app, asking(), line, 50n));
  const paid = lineOf(await post(app, asking(), held, 50n));
  const basis = '追回决定1号';
  expect(await recover(app, asking(), { line: held, fen: 1n, refill: false, basis })).toMatchObject(
    {
      refused: 'not-possible',
    },
  );
  await recover(app, asking(), { line: paid, fen: 20n, refill: false, basis });
  expect((await accounts(app, [budget]))[0]?.spent).toBe(50n);
  await recover(app, asking(), { line: paid, fen: 30n, refill: true, basis });
  expect((await accounts(app, [budget]))[0]?.spent).toBe(20n);
  expect(await recover(app, asking(), { line: paid, fen: 1n, refill: true, basis })).toMatchObject({
    refused: 'not-possible',
    left: 0n,
  });
  expect(await reconcile(app)).toEqual([]);
});

test('32 connections at one cap and one budget: never above, no deadlock', async () => {
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      openAccount(
        app,
        'test',
        { kind: 'cap', name: '多限额', key: [String(number), String(n)] },
        { most: 200_000n, basis: '试' },
      ),
    ),
  );
  const crowd = Array.from({ length: 32 }, (_, n) => n);
  const answers = await Promise.all(
    crowd.map(async (who) => {
      const own: Awaited<ReturnType<typeof reserve>>[] = [];
      for (let i = 0; i < 20; i++) {
        // Given in any order, with some caps of its own choice.
        const picked = [all[(who + i) % 8] ?? 0n, all[(who * 3 + i * 5 + 1) % 8] ?? 0n];
        const ids = [...new Set([cap, ...picked.toReversed(), budget])];
        const fen = BigInt(500 + ((who * 37 + i * 91) % 4000));
        own.push(
          await reserve(app, asking(`crowd ${number} ${who} ${i}`), {
            award: `${who}`,
            accounts: ids,
            fen,
          }),
        );
      }
      return own;
    }),
  );
  const granted = answers.flat().filter((a) => 'line' in a).length;
  expect(granted).toBeGreaterThan(100);
  expect(granted).toBeLessThan(640);
  for (const a of await accounts(app)) expect(a.left, a.name).toBeGreaterThanOrEqual(0n);
  expect(await reconcile(app)).toEqual([]);
});

test('the application cannot write what only transfers write', async () => {
  for (const sql of [
    'UPDATE ledger.account SET reserved = 0',
    'DELETE FROM ledger.line',
    "INSERT INTO ledger.halt (reason, made) VALUES ('x', now())",
    'SELECT ledger.write_journal(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)',
    'UPDATE ledger.halt SET ended = now()',
  ]) {
    await expect(app.run(sql), sql).rejects.toThrow('permission denied');
  }
  await expect(database.owner.run('UPDATE ledger.line SET amount = 1')).rejects.toThrow(
    'only added',
  );
  await expect(database.owner.run('TRUNCATE ledger.entry')).rejects.toThrow('only added');
  const part =
    "INSERT INTO ledger.resolution SELECT id, 'post', 1, 0, now(), 'x' FROM ledger.line AS l " +
    'WHERE amount > 1 AND NOT EXISTS (SELECT FROM ledger.resolution AS r WHERE r.line = l.id)';
  await expect(database.owner.run(part)).rejects.toThrow('not resolved as a whole');
});

test('a counter that differs from its lines stops all money until it is mended', async () => {
  await reserve(app, asking(), { award: 'A', accounts: [budget, cap], fen: 7n });
  await database.owner.run(`UPDATE ledger.account SET reserved = reserved - 1 WHERE id = ${cap}`);
  expect(await reconcile(app)).toEqual([
    { account: cap, what: 'reserved', counter: 6n, lines: 7n },
  ]);
  const more = { award: 'B', accounts: [budget], fen: 1n };
  await expect(reserve(app, asking(), more)).rejects.toThrow('halted');
  expect(await resume(app, 'auditor', '已核对')).toBe(false);
  await database.owner.run(`UPDATE ledger.account SET reserved = reserved + 1 WHERE id = ${cap}`);
  expect(await resume(app, 'auditor', '已核对')).toBe(true);
  expect(await reserve(app, asking(), more)).toHaveProperty('line');
});

test('without its bound an account is overrun: the test of the crowd would notice', async () => {
  await database.owner.run('ALTER TABLE ledger.account DROP CONSTRAINT within_most');
  const { source } = await database.owner.row<{ source: string }>(
    "SELECT pg_get_functiondef(oid) AS source FROM pg_proc WHERE proname = 'reserve'",
  );
  await database.owner.run(source.replace('+ p_amount > most', '+ p_amount > most + 1000000'));
  await reserve(app, asking(), { award: 'A', accounts: [cap], fen: 600_001n });
  expect((await accounts(app, [cap]))[0]?.left).toBe(-1n);
  await database.owner.run(source);
});
