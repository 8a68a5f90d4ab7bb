// Goal: the quick answer to "what if" is the answer of a whole new run. Method: every alternative of every
// reading of Benxi and one parameter, over the sample and variations of it, beside the rules engine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuleSet, Subject } from '@zhida/rules';
import { WhatIf } from '@zhida/screening';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crowd } from './crowd.ts';
import { AS_OF, decideAll } from './naive.ts';
import type { Decided } from './naive.ts';
import { loadPackage, snapshotOf } from './register.ts';

let folder: string;
let ruleSet: RuleSet;
let subjects: readonly Subject[];
let whatIf: WhatIf;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'what-if-'));
  ruleSet = loadPackage('benxi-2023-10');
  subjects = crowd(ruleSet, 4, 3);
  const snapshot = await snapshotOf(ruleSet, subjects, join(folder, 'snapshots'));
  whatIf = await WhatIf.open({ ruleSet, snapshot, asOf: AS_OF, spill: join(folder, 'spill') });
});

afterAll(() => {
  whatIf?.close();
  rmSync(folder, { recursive: true, force: true });
});

function totals(all: readonly Decided[]): ReadonlyMap<string, { granted: number; fen: bigint }> {
  const sums = new Map(ruleSet.items.map((i) => [i.name, { granted: 0, fen: 0n }]));
  for (const { item, decision } of all) {
    const sum = sums.get(item.name);
    if (sum === undefined || decision.verdict !== '满足') continue;
    sum.granted += 1;
    sum.fen += decision.amount?.fen ?? 0n;
  }
  return sums;
}

describe('what if', () => {
  it('begins with the totals of the question itself', () => {
    const sums = totals(decideAll(ruleSet, subjects).all);
    for (const [item, total] of whatIf.base) {
      expect(total.granted, item).toBe(sums.get(item)?.granted);
      expect(total.amountFen ?? 0n).toBe(sums.get(item)?.fen);
    }
  });

  it('answers for each reading as the engine does, and names every item that moves', async () => {
    const base = totals(decideAll(ruleSet, subjects).all);
    let moved = 0;
    for (const { id, chosen, alternatives } of ruleSet.interpretations) {
      for (const { key, expr } of alternatives) {
        if (expr === null || key === chosen) continue;
        const readings = new Map([[id, key]]);
        const sums = totals(decideAll(ruleSet, subjects, readings).all);
        const { items } = await whatIf.ask({ readings });
        for (const item of ruleSet.items) {
          const found = items.find((i) => i.item === item.name);
          const [was, is] = [base.get(item.name), sums.get(item.name)];
          const after = found?.after ?? whatIf.base.get(item.name);
          if (after === undefined) continue;
          expect(after.granted, `${id} ${key} ${item.name}`).toBe(is?.granted);
          expect(after.amountFen ?? 0n).toBe(is?.fen);
          if (was?.fen !== is?.fen) moved += 1;
        }
      }
    }
    expect(moved).toBeGreaterThan(20);
  });

  it('answers for a parameter: a rate of nothing pays no interest', async () => {
    const { items } = await whatIf.ask({
      parameters: [
        { name: 'LPR', key: '1Y', valueScaled: 0n },
        { name: 'LPR', key: '5Y+', valueScaled: 0n },
      ],
    });
    expect(items.map((i) => i.item)).toEqual(['设施农业贷款贴息', '技改贷款贴息']);
    const loan = items.find((i) => i.item === '技改贷款贴息');
    expect(loan?.before.granted).toBeGreaterThan(0);
    expect(loan?.after.granted).toBe(0);
    expect(loan?.differenceFen).toBe(-(loan?.before.amountFen ?? 0n));
  });

  it('says what there is when it is asked for what there is not', async () => {
    await expect(whatIf.ask({ readings: new Map([['9.9#9', '乙']]) })).rejects.toThrow('9.9#9');
    const wrong = whatIf.ask({ parameters: [{ name: '无', valueScaled: 0n }] });
    await expect(wrong).rejects.toThrow('there are: LPR');
  });
});
