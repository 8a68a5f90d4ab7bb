// Goal: the two executions agree on what nobody thought of. Method: random subjects under the rules of
// both packages on several days and under random readings; and under invented rules, which use every
// construct of the middle form. A million and more: node bench/agreement.ts (docs/agreement.md).
import { DuckDBInstance } from '@duckdb/node-api';
import { compileSql } from '@zhida/rules';
import { expect, it } from 'vitest';
import { compareAll, newTally } from './agreement/compare.ts';
import type { Batch, Tally } from './agreement/compare.ts';
import { randomBatches } from './agreement/draw.ts';
import { Names, rootsOf } from './agreement/expression.ts';
import { inventedLaw } from './agreement/invented.ts';
import { inventedBatches } from './agreement/invented-batches.ts';
import { lawOf, PACKAGES } from './agreement/package.ts';
import { differenceText } from './agreement/shrink.ts';

async function compared(batches: Iterable<Batch>): Promise<Tally> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const tally = newTally();
  await compareAll(connection, batches, compileSql, tally);
  connection.closeSync();
  expect(tally.shown.map(differenceText)).toEqual([]);
  expect(tally.differences).toBe(0);
  return tally;
}

// On a machine that is busy with other tests.
const TIME_LIMIT = 240_000;

it.each(PACKAGES)(
  'says the same of random subjects of %s',
  { timeout: TIME_LIMIT },
  async (name) => {
    const batches = randomBatches(lawOf(name), { subjects: 12_000, batch: 1500, seed: 2 });
    const tally = await compared(batches);
    expect(tally.subjects).toBeGreaterThanOrEqual(12_000);
    expect(tally.verdicts.size).toBe(4);
    const share = tally.unknown / tally.cells;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.7);
  },
);

const INVENTED = { from: 1, rules: 20, subjects: 200 };

it('says the same under invented rules', { timeout: TIME_LIMIT }, async () => {
  const tally = await compared(inventedBatches(compileSql, INVENTED));
  expect(tally.subjects).toBeGreaterThan(INVENTED.rules * INVENTED.subjects * 0.9);
  expect(tally.verdicts.size).toBe(4);
});

it('invents every construct of the middle form', () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 40; seed++) {
    const { ruleSet } = inventedLaw(seed);
    const roots = ruleSet.items.flatMap((item) => rootsOf(item, ruleSet));
    for (const n of new Names(ruleSet, new Map()).reached(roots)) {
      kinds.add(n.k);
      if (n.k === 'table') kinds.add(n.hit);
      if (n.k === 'round') kinds.add(n.mode);
      if (n.k === 'over') kinds.add(n.fn);
    }
  }
  const nodes =
    'literal asOf fact gate decision reading parameter months scale add subtract multiply min max ' +
    'compare in and or not if ratio round year days over hits table sum count ' +
    '唯一 首个 求和 最大 最小';
  const modes = ['half up', 'half down', 'half even', 'floor', 'ceiling'];

  expect([...nodes.split(' '), ...modes].filter((k) => !kinds.has(k))).toEqual([]);
});
