/** Loan prime rate and size classes from their published tables, read by the oracle itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sight } from './case.ts';
import { exact, order, wan } from './exact.ts';
import type { Exact } from './exact.ts';

function table(name: string): readonly (readonly string[])[] {
  const file = join(import.meta.dirname, '../fixtures', name);
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => line.split(','));
}

const lpr = table('lpr.csv').map(([date = '', tenor = '', rate = '']) => {
  return { date, tenor, rate: exact(BigInt(rate.replace('.', '')), 10_000) };
});

/** The rate in force on `date`: the last one published by then. Unknown before the first. */
export function lprOn(tenor: '1Y' | '5Y+', date: string | undefined): Exact | undefined {
  if (date === undefined) return undefined;
  return lpr.findLast((r) => r.tenor === tenor && r.date <= date)?.rate;
}

interface Bound {
  readonly indicator: string;
  readonly least: readonly string[];
}

const bounds = new Map<string, Bound[]>();
for (const [industry = '', indicator = '', , large = '', medium = '', small = ''] of table(
  'enterprise-size-2017.csv',
)) {
  const name = industry.replaceAll('、', '');
  const list = bounds.get(name) ?? [];
  list.push({ indicator, least: [large, medium, small] });
  bounds.set(name, list);
}

/** Classes of 统计上大中小微型企业划分办法（2017）: the first whose bounds are all reached. Unknown
 *  when a bound that matters cannot be judged. */
function classOf(s: Sight, list: readonly Bound[]): string | undefined {
  for (const [i, size] of ['大型', '中型', '小型'].entries()) {
    const reached = list.map(({ indicator, least }) => {
      const value = indicator === '从业人员' ? s.number(indicator, 1) : s.yuan(indicator);
      const bound = Number(least[i]);
      const needed = indicator === '从业人员' ? exact(bound) : wan(bound);
      return value === undefined ? undefined : order(value, needed) >= 0;
    });
    if (reached.includes(false)) continue;
    return reached.includes(undefined) ? undefined : size;
  }
  return '微型';
}

/** The class of a firm; where its industry is unknown only that of a firm small in all of them. */
export function sizeOf(s: Sight): string | undefined {
  const industry = s.word('行业');
  const list = bounds.get(industry ?? '');
  if (list !== undefined) return classOf(s, list);
  const tiny = [...bounds.values()].every((one) => classOf(s, one) === '微型');
  return industry === undefined && tiny ? '微型' : undefined;
}
