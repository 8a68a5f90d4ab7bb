// Goal: two executions, one meaning (design, property 9): the compiled SELECTs in DuckDB say of every
// worked example, and of every boundary of every rule under every reading, what `decide` says.
// Method: subjects are written to tables, decided by one SELECT an entity, and each column is held
// against the decision: verdict, conditions, amount, hard limit, potential, missing facts and months,
// judgements, caps with their keys, payee. docs/agreement.md
import { DuckDBInstance } from '@duckdb/node-api';
import { compileSql } from '@zhida/rules';
import { describe, expect, it } from 'vitest';
import { boundaryBatches, readingRounds } from './agreement/boundaries.ts';
import { compareAll, itemsOf, newTally } from './agreement/compare.ts';
import type { Batch, Tally } from './agreement/compare.ts';
import { exampleBatches } from './agreement/examples.ts';
import { lawOf, PACKAGES } from './agreement/package.ts';
import { differenceText } from './agreement/shrink.ts';
import { askedBy } from './agreement/turning.ts';

// On a machine that is busy with other tests.
const TIME_LIMIT = 240_000;
const VERDICTS = ['不满足', '待认定', '满足', '资料不足'];

async function compared(batches: Iterable<Batch>): Promise<Tally> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const tally = newTally();
  await compareAll(connection, batches, compileSql, tally);
  connection.closeSync();
  expect(tally.shown.map(differenceText)).toEqual([]);
  expect(tally.differences).toBe(0);
  return tally;
}

describe.each(PACKAGES.map((name) => ({ name, law: lawOf(name) })))('$name', ({ law }) => {
  it('says the same of every worked example', { timeout: TIME_LIMIT }, async () => {
    const tally = await compared(exampleBatches(law));
    expect(tally.subjects).toBe(law.cases.length);
    expect([...tally.verdicts.keys()].toSorted()).toEqual(VERDICTS.toSorted());
  });

  // The others lie within rows, where they cannot be asked alone, or no fact can reach them: 0 元 or more.
  it('has boundary cases on both sides of at least four bounds in five', () => {
    const sides = new Map<string, Set<boolean | null>>();
    for (const batch of boundaryBatches(law, { bases: 1, seed: 1 }))
      for (const item of itemsOf(batch))
        for (const { turn } of askedBy(batch.engine, item, law.far).turns) {
          const key = `${item.name} ${JSON.stringify(turn)}`;
          const seen = sides.get(key) ?? new Set();
          sides.set(key, seen);
          for (const { facts } of seen.size === 3 ? [] : batch.subjects)
            seen.add(batch.engine.holds(turn, facts, batch.asOf));
        }
    const both = [...sides.values()].filter((seen) => seen.has(true) && seen.has(false)).length;
    expect(sides.size).toBeGreaterThanOrEqual(50);
    expect(both / sides.size).toBeGreaterThan(0.8);
  });

  it('says the same at every boundary, under every reading', { timeout: TIME_LIMIT }, async () => {
    const rounds = readingRounds(law);
    const switched = new Set(rounds.flatMap((r) => [...r].map(([id, key]) => `${id} ${key}`)));
    const others = law.ruleSet.interpretations.flatMap(({ id, chosen, alternatives }) =>
      alternatives.filter((a) => a.expr !== null && a.key !== chosen).map((a) => `${id} ${a.key}`),
    );
    expect(others.filter((o) => !switched.has(o))).toEqual([]);
    const tally = await compared(boundaryBatches(law, { bases: 1, seed: 1 }));
    expect(tally.subjects).toBeGreaterThan(2000);
    expect([...tally.verdicts.keys()].toSorted()).toEqual(VERDICTS.toSorted());
  });
});
