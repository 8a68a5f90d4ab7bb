// Goal: the examples of a package hold its rules: a slip in any rule makes an example fail.
// Method: change every comparison, number, date, window, set, rounding, condition, cap, nature and
// reading of the middle form in turn, and run the examples of the items that the change reaches.
// Not changed, as examples have no column for them: payee, 一次性, 互斥组, 分担 and 分期.
import { describe, expect, it } from 'vitest';
import { soundPackage } from './mutants/package.ts';
import { mutantsOf } from './mutants/provision.ts';
import { runMutants } from './mutants/run.ts';
import type { Outcome } from './mutants/run.ts';
import { survivors } from './mutants/survivors.ts';

const FEWEST_KILLED_PERCENT = 95;
const TIME_LIMIT = 240_000;

function report(name: string, o: Outcome): string {
  const share = ((100 * o.killed) / o.mutants).toFixed(2);
  const rows = o.byOperator.map(({ operator, mutants, killed }) => {
    return `  ${String(killed).padStart(5)} of ${String(mutants).padStart(4)}  ${operator}`;
  });
  const head = `${name}: ${o.killed} of ${o.mutants} mutants killed by examples (${share} %)`;
  return `${[head, ...rows].join('\n')}\n`;
}

describe('mutants', () => {
  it.each(['benxi-2023-10', 'example-city'])(
    'of %s are killed by its examples',
    (name) => {
      const reading = soundPackage(name);
      const mutants = mutantsOf(reading.ruleSet);
      expect(new Set(mutants.map((m) => m.id)).size).toBe(mutants.length);
      const outcome = runMutants(reading, mutants);
      process.stdout.write(report(name, outcome));
      expect(outcome.mutants).toBeGreaterThan(500);
      const listed = (survivors[name] ?? []).flatMap((group) => group.mutants);
      expect(outcome.survivors.map((s) => s.id).toSorted()).toEqual(listed.toSorted());
      expect((100 * outcome.killed) / outcome.mutants).toBeGreaterThan(FEWEST_KILLED_PERCENT);
    },
    TIME_LIMIT,
  );

  it('survive when the examples of their items are taken away', () => {
    const reading = soundPackage('example-city');
    const mutants = mutantsOf(reading.ruleSet).filter((m) => m.owner === '待遇 扩岗补贴');
    expect(runMutants(reading, mutants).killed).toBe(mutants.length);
    const examples = reading.examples.filter((b) => b.item !== '扩岗补贴');
    expect(runMutants({ ...reading, examples }, mutants).killed).toBe(0);
  });

  it('have each survivor explained', () => {
    const groups = Object.values(survivors).flat();
    expect(groups.filter((g) => g.reason === '' || g.mutants.length === 0)).toEqual([]);
  });
});
