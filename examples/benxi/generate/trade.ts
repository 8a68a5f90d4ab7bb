/** Monthly figures of above-quota trade: retail sales, sales of goods, turnover of hotels and caterers. */
import type { Chance } from './random.ts';
import { thousand } from './register.ts';
import type { Fact, Facts } from './register.ts';

/** The months of 2023 that forms report. */
export const SUMMER: readonly string[] = ['2023-06', '2023-07', '2023-08'];
export const AUTUMN: readonly string[] = ['2023-09', '2023-10', '2023-11'];

/** 2023-09 → 2022-09. */
export function yearBefore(month: string): string {
  return `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
}

export const isTrade = (industry: Fact | undefined): boolean =>
  industry === '批发业' || industry === '零售业';
export const isLodging = (industry: Fact | undefined): boolean =>
  industry === '住宿业' || industry === '餐饮业';

/** Months a firm reports, in thousands of yuan: `grown` percent of the same month of 2022. */
function series(c: Chance, monthly: number, grown: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const month of [...SUMMER, ...AUTUMN]) {
    const before = Math.max(1, Math.trunc((monthly * c.between(82, 118)) / 100));
    found.set(yearBefore(month), before);
    found.set(month, Math.max(0, Math.trunc((before * (grown + c.between(-6, 6))) / 100)));
  }
  return found;
}

/** Percent of the same month of 2022. The large traders make the increase of the city. */
function growth(c: Chance, monthly: number): number {
  if (monthly >= 15_000) return c.between(100, 230);
  return c.weighted([
    [c.between(70, 99), 30],
    [c.between(100, 115), 40],
    [c.between(115, 150), 22],
    [c.between(150, 225), 10],
  ]);
}

/** Adds the months of an above-quota firm to its facts. */
export function addTrade(c: Chance, facts: Facts): void {
  const revenue = facts['营业收入'];
  if (facts['限额以上'] !== true || typeof revenue !== 'bigint') return;
  const monthly = Number(revenue / thousand(1)) / 12;
  const industry = facts['行业'];
  const grown = growth(c, monthly);
  // Hotels earn rooms beside meals; wholesalers sell little by retail.
  const retail =
    industry === '批发业'
      ? c.between(8, 45)
      : industry === '住宿业'
        ? c.between(35, 60)
        : c.between(85, 99);
  const all = isLodging(industry) ? '月营业额' : '月销售额';
  const entered =
    typeof facts['限上入库年月'] === 'string' ? facts['限上入库年月'].slice(0, 7) : '';
  for (const [month, value] of series(c, monthly, grown)) {
    // Who entered the base in 2023 has no figures of the year before.
    if (month < '2023-01' && entered > '2022-11') continue;
    facts[`${all} ${month}`] = thousand(value);
    facts[`月限上零售额 ${month}`] = thousand(Math.trunc((value * retail) / 100));
  }
  if (c.chance(35)) delete facts[`月限上零售额 ${c.pick(AUTUMN)}`];
  if (c.chance(15)) delete facts[`月限上零售额 ${yearBefore(c.pick(AUTUMN))}`];
}
