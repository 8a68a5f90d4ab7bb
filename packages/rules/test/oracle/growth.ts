/** Monthly figures whose growth lands on, beside or far from the thresholds of a rule. */
import type { Draw } from './case.ts';

export function monthsOf(year: number, first: number, last: number): readonly string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, i) => `${year}-${String(first + i).padStart(2, '0')}`,
  );
}

const sum = (list: readonly bigint[]): bigint => list.reduce((a, b) => a + b, 0n);

/** Figures of 2022 and 2023 by month. `period` grows over `base` by about one of `thresholds`
 *  (分); over nothing when `base` is undefined; month by month when `onlyGrowing`. */
export function drawGrowth(
  d: Draw,
  name: string,
  rule: {
    readonly period: readonly string[];
    readonly base: readonly string[] | undefined;
    readonly onlyGrowing: boolean;
    readonly thresholds: readonly bigint[];
  },
): void {
  const { random } = d;
  const figures = new Map<string, bigint>();
  for (const year of [2022, 2023]) {
    for (const m of monthsOf(year, 1, 12)) figures.set(m, random.size(5_000_000_000n));
  }
  const target = random.near(rule.thresholds) * (random.chance(0.06) ? -1n : 1n);
  const [last = '', ...others] = [...rule.period].toReversed();
  const at = (m: string): bigint => figures.get(m) ?? 0n;
  const before = (m: string): string => m.replace('2023', '2022');
  const grown = others.map((m) => at(m) - at(before(m))).filter((x) => x > 0n);
  const needed = rule.onlyGrowing
    ? at(before(last)) + target - sum(grown)
    : sum((rule.base ?? []).map(at)) + target - sum(others.map(at));
  // Too large a part in the other months: they shrink until the last one can make up the rest.
  if (needed < 0n) {
    for (const m of others) figures.set(m, rule.onlyGrowing ? at(before(m)) : 0n);
    const rest = rule.onlyGrowing ? at(before(last)) : sum((rule.base ?? []).map(at));
    figures.set(last, rest + target < 0n ? 0n : rest + target);
  } else figures.set(last, needed);
  d.months(name, figures);
}
