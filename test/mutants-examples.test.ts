// Goal: the examples of a package are complete: each condition of each item fails in one, each fact
// that decides is unknown in one, each gate is unjudged in one, and each threshold has examples at
// it, one smallest step below and one above.
// Method: read the expected results of the examples; for thresholds, probes, that is rules that err
// at one single value, which only an example standing there can notice. A ratio has no smallest step
// and is left to the numbers it is made of.
import { describe, expect, it } from 'vitest';
import { missingOf } from './mutants/complete.ts';
import { impossible } from './mutants/impossible.ts';
import { soundPackage } from './mutants/package.ts';
import { probesOf } from './mutants/probe.ts';
import { runMutants } from './mutants/run.ts';

const TIME_LIMIT = 240_000;

describe('examples', () => {
  it.each([
    ['benxi-2023-10', 300],
    ['example-city', 50],
  ])(
    'of %s miss no condition, fact, gate or threshold',
    (name, fewestProbes) => {
      const reading = soundPackage(name);
      const { items } = reading.ruleSet;
      const missing = items.flatMap((item) => missingOf(reading, item));
      const probes = probesOf(reading.ruleSet);
      expect(probes.length).toBeGreaterThan(fewestProbes);
      expect(new Set(probes.map((p) => p.id)).size).toBe(probes.length);
      const outcome = runMutants(reading, probes);
      const seen = `${outcome.killed} of ${outcome.mutants} places at thresholds`;
      process.stdout.write(`${name}: examples of ${items.length} items, ${seen}\n`);
      const found = [...missing, ...outcome.survivors.map((s) => s.id)];
      const listed = (impossible[name] ?? []).flatMap((group) => group.mutants);
      expect(found.toSorted()).toEqual(listed.toSorted());
    },
    TIME_LIMIT,
  );

  it('are found to be missing when they are taken away', () => {
    const reading = soundPackage('example-city');
    const item = reading.ruleSet.items.find((i) => i.name === '技术改造补助');
    if (item === undefined) throw new Error('the item is gone');
    expect(missingOf(reading, item)).toEqual([]);
    const examples = reading.examples.filter((b) => b.item !== item.name);
    expect(missingOf({ ...reading, examples }, item)).toEqual([
      '技术改造补助: 投资额 never fails',
      '技术改造补助: 技改验收合格 never fails',
      '技术改造补助: 已施行 never fails',
      '技术改造补助: 未到期 never fails',
      '技术改造补助: 投资额 never unknown',
      '技术改造补助: 技改验收合格 never unjudged',
    ]);
    const probes = probesOf(reading.ruleSet).filter((p) => p.owner === '待遇 技术改造补助');
    expect(runMutants({ ...reading, examples }, probes).killed).toBe(0);
  });
});
