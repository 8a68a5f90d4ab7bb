/** The expiry job on several connections: what is due is given back once, what is not due stays. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expireDue, post, reserve } from '../src/index.ts';
import { budgetOf, play, reservedOn } from './play.ts';
import type { Play } from './play.ts';

let here: Play;
beforeAll(async () => {
  here = await play();
});
afterAll(() => here.end());

let number = 0;
const asking = (): { actor: string; request: string } => ({
  actor: 'test',
  request: `request ${(number += 1)}`,
});

/** Lines of 1 fen each on a new budget; their numbers. */
async function lines(name: string, count: number, expires?: string): Promise<[bigint, bigint[]]> {
  const { app } = here;
  const budget = await budgetOf(app, name, 10_000n);
  const what = { award: name, accounts: [budget], fen: 1n, ...(expires && { expires }) };
  const made: bigint[] = [];
  for (let i = 0; i < count; i += 1) {
    const answer = await reserve(app, asking(), what);
    if ('line' in answer) made.push(answer.line);
  }
  return [budget, made];
}

test('a line lives through its last day; one without a day stays', async () => {
  const { app } = here;
  const [due] = await lines('到期', 3, '2024-06-30');
  const [later] = await lines('未到期', 2, '2024-07-01');
  const [never] = await lines('无期限', 1);
  expect(await expireDue(app, '2024-06-30')).toEqual({ released: 0, fen: 0n });
  expect(await expireDue(app, '2024-07-01')).toEqual({ released: 3, fen: 3n });
  expect(await expireDue(app, '2024-07-01')).toEqual({ released: 0, fen: 0n });
  expect(await reservedOn(app, due)).toBe(0n);
  expect(await reservedOn(app, later)).toBe(2n);
  expect(await reservedOn(app, never)).toBe(1n);
});

test('several chunks, two jobs and a person who posts at once: each line has one end', async () => {
  const { app } = here;
  const [budget, made] = await lines('争抢', 620, '2024-01-01');
  const posted = made.filter((_, i) => i % 50 === 7);
  const [first, second, ...posts] = await Promise.all([
    expireDue(app, '2024-06-01'),
    expireDue(app, '2024-06-01'),
    ...posted.map((line) => post(app, asking(), line, 1n)),
  ]);
  const inTime = posts.filter((p) => !('refused' in p)).length;
  expect(first.released + second.released).toBe(620 - inTime);
  expect(await reservedOn(app, budget)).toBe(0n);
  const ends = await app.rows('SELECT FROM ledger.resolution WHERE line = ANY ($1)', [made]);
  expect(ends).toHaveLength(620);
  expect(await expireDue(app, '2024-06-01')).toEqual({ released: 0, fen: 0n });
});
