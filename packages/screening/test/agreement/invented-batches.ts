/** Random subjects under invented rules. */
import type { Item } from '@zhida/rules';
import { itemsOf, said } from './compare.ts';
import type { Batch, CompileSql } from './compare.ts';
import { randomBatches } from './draw.ts';
import { inventedLaw } from './invented.ts';

/** Nested choices and products are spelled out in SQL: beyond this a plan only costs time. */
const LONGEST_PLAN = 60_000;
const WIDEST_FEN = 2n ** 63n - 1n;

/** Whether the compiler takes the item; that a product could pass 38 digits is a refusal it owes. */
function compiles(compile: CompileSql, { engine, entity, asOf }: Batch, item: Item): boolean {
  const options = { asOf, readings: engine.readings, items: [item.name] };
  try {
    return compile(engine.ruleSet, entity, options).sql.length <= LONGEST_PLAN;
  } catch (e) {
    if (e instanceof RangeError && e.message.includes('38 digits')) return false;
    throw e;
  }
}

/** Whether everything that is said of the subjects fits a column of 64 bits. */
function fits(batch: Batch, item: Item): boolean {
  return batch.subjects.every((s) => {
    const { amount, potentialFen, limits } = said(batch, item, s).decision;
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
    for (const batch of randomBatches(inventedLaw(seed), size)) {
      const items = itemsOf(batch)
        .filter((i) => compiles(compile, batch, i) && fits(batch, i))
        .map((i) => i.name);
      if (items.length > 0) yield { ...batch, items };
    }
  }
}
