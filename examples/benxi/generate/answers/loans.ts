/** Interest subsidies over the loans of a project, in 分. */
import type { Facts, Register } from '../register.ts';

/** One-year and over-five-year prime rates in hundredths of a percent, from the day of publication.
 *  Source: 全国银行间同业拆借中心; only the days on which a rate changed. */
const RATES: readonly (readonly [from: string, one: bigint, five: bigint])[] = [
  ['2021-12-20', 380n, 465n],
  ['2022-01-20', 370n, 460n],
  ['2022-05-20', 370n, 445n],
  ['2022-08-22', 365n, 430n],
  ['2023-06-20', 355n, 420n],
  ['2023-08-21', 345n, 420n],
];

/** The rates in force on `day`. */
function ratesOn(day: string): readonly [one: bigint, five: bigint] | undefined {
  const found = RATES.findLast(([from]) => from <= day);
  return found === undefined ? undefined : [found[1], found[2]];
}

const loansOf = (register: Register, table: string, parent: string): Facts[] =>
  [...(register.get(table)?.values() ?? [])].filter((loan) => loan['上级'] === parent);

const whole = (value: unknown): bigint | undefined =>
  typeof value === 'bigint' ? value : undefined;

/** Principal × days × rate over all loans; the rate of a loan in millionths. Unknown without loans. */
function weighted(
  loans: readonly Facts[],
  rateOf: (loan: Facts) => bigint | undefined,
): bigint | undefined {
  if (loans.length === 0) return undefined;
  let total = 0n;
  for (const loan of loans) {
    const principal = whole(loan['本金']);
    const days = whole(loan['计息天数']);
    const rate = rateOf(loan);
    if (principal === undefined || days === undefined || rate === undefined) return undefined;
    total += principal * days * rate;
  }
  return total;
}

const ratesOf = (loan: Facts): readonly [bigint, bigint] | undefined =>
  typeof loan['合同日期'] === 'string' ? ratesOn(loan['合同日期']) : undefined;

/** Over all loans, a year of 360 days, the fraction of a 分 dropped once (口径 10.2#4, #10; 12.4#4, 12.3#4). */
const overYear = (total: bigint | undefined): bigint | undefined =>
  total === undefined ? undefined : total / 360n / 1_000_000n;

/** 「不高于……LPR的 70%且不超过 2%」: both are yearly rates, the lower counts (口径 10.2#1); up to 60 months the
 *  one-year rate (10.2#7) of the day of the contract (10.2#2). */
export function farmInterest(register: Register, project: string): bigint | undefined {
  const loans = loansOf(register, '设施农业项目.贷款', project);
  const total = weighted(loans, (loan) => {
    const rates = ratesOf(loan);
    const term = whole(loan['期限']);
    if (rates === undefined || term === undefined) return undefined;
    const share = (term <= 60n ? rates[0] : rates[1]) * 70n;
    return share < 20_000n ? share : 20_000n;
  });
  return overYear(total);
}

/** 「贴息率不超过同期……一年期贷款市场报价利率」, of the day of the contract (口径 12.4#1). */
export function upgradeInterest(register: Register, project: string): bigint | undefined {
  const loans = loansOf(register, '技改项目.贷款', project);
  const total = weighted(loans, (loan) => {
    const rates = ratesOf(loan);
    return rates === undefined ? undefined : rates[0] * 100n;
  });
  return overYear(total);
}
