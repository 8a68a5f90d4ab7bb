/** Random subjects under invented rules. */
import type { Item, Value } from '@zhida/rules';
import { itemsOf, said } from './compare.ts';
import type { Batch, CompileSql } from './compare.ts';
import { randomBatches } from './draw.ts';
import { inventedLaw } from './invented.ts';
import { Random } from './random.ts';

/** Nested choices and products are spelled out in SQL: beyond this a plan only costs time. */
const LONGEST_PLAN = 60_000;
const WIDEST_FEN = 2n ** 63n - 1n;

/** What the compiler owes no plan for: a product of more than 38 digits, and within rows a decision
 *  that is given. */
const REFUSALS = ['more than 38 digits', 'is given, and rows cannot see it'];

/** Whether the compiler takes the item. */
function compiles(compile: CompileSql, batch: Batch, item: Item): boolean {
  const { engine, entity, asOf, given } = batch;
  const options = { asOf, readings: engine.readings, items: [item.name], given };
  try {
    return compile(engine.ruleSet, entity, options).sql.length <= LONGEST_PLAN;
  } catch (e) {
    if (!(e instanceof Error) || !REFUSALS.some((r) => e.message.includes(r))) throw e;
    return false;
  }
}

/** `batch` with up to two decisions given to its subjects instead of computed. */
function withGiven(batch: Batch, seed: number): Batch {
  const random = new Random(seed);
  const { decisions } = batch.engine.ruleSet;
  const fitting = decisions.filter(({ expr }) => expr.type.t !== 'ratio');
  const given = fitting.filter(() => random.chance(0.3)).map((d) => d.name);
  if (given.length === 0) return batch;
  const value = (name: string): Value => {
    const type = decisions.find((d) => d.name === name)?.expr.type.t;
    if (random.chance(0.3)) return null;
    if (type === 'bool') return random.chance(0.5);
    if (type === 'text') return random.pick(['子', '丑', '寅']);
    return random.size(10n ** 6n) * (random.chance(0.2) ? -1n : 1n);
  };
  const subjects = batch.subjects.map((s) => {
    return { ...s, given: new Map(given.map((name) => [name, value(name)])) };
  });
  return { ...batch, given, subjects };
}

/** Whether everything that is said of the subjects fits a column of 64 bits. */
function fits(batch: Batch, item: Item): boolean {
  return batch.subjects.every((s) => {
    const { amount, potentialFen, limits } = said(batch, item, s, 1).decision;
    const all = [amount?.fen, amount?.hardFen, potentialFen, ...limits.map((l) => l.capFen)];
    return all.every((v) => v === null || v === undefined || (v <= WIDEST_FEN && v >= -WIDEST_FEN));
  });
}

export interface Inventions {
  readonly from: number;
  readonly rules: number;
  /** Under each rule set. */
  readonly subjects: number;
}

export function* inventedBatches(compile: CompileSql, all: Inventions): Generator<Batch> {
  const { from, rules, subjects } = all;
  for (let seed = from; seed < from + rules; seed++) {
    const size = { subjects, batch: Math.ceil(subjects / 2), seed };
    for (const drawn of randomBatches(inventedLaw(seed), size)) {
      const batch = seed % 3 === 0 ? withGiven(drawn, seed) : drawn;
      const items = itemsOf(batch)
        .filter((i) => compiles(compile, batch, i) && fits(batch, i))
        .map((i) => i.name);
      if (items.length > 0) yield { ...batch, items };
    }
  }
}
