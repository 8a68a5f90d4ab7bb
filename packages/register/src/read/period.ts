/** Periods and days in the words of a form. */

export interface Period {
  /** As the form says it: 2023年9月, 2022年度; empty when it says none. */
  readonly text: string;
  readonly year: number;
  /** `YYYY-MM`: its only or its last month; empty for a year. */
  readonly month: string;
  /** Its last day, `YYYY-MM-DD`. */
  readonly end: string;
}

export const NO_PERIOD: Period = { text: '', year: 0, month: '', end: '' };

const two = (n: number): string => String(n).padStart(2, '0');

export function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function ofMonth(text: string, year: number, month: number): Period {
  if (month < 1 || month > 12) return NO_PERIOD;
  const key = `${year}-${two(month)}`;
  return { text, year, month: key, end: `${key}-${two(daysOf(year, month))}` };
}

const QUARTERS: Readonly<Record<string, number>> = { 一: 3, 二: 6, 三: 9, 四: 12 };

/** The first period that `text` names: a span of months, a month, a quarter, half a year, a year.
 *  A full date (2023年10月8日) names none. */
export function periodIn(text: string): Period {
  const t = text.normalize('NFKC').replaceAll(/\s/gu, '');
  const span = /(20\d\d)年(\d{1,2})(?:月份?)?[-–—~至](?:\1年)?(\d{1,2})月/u.exec(t);
  if (span !== null) return ofMonth(span[0], Number(span[1]), Number(span[3]));
  const month = /(20\d\d)年(\d{1,2})月份?(?!\d{1,2}日)/u.exec(t);
  if (month !== null) return ofMonth(month[0], Number(month[1]), Number(month[2]));
  const quarter = /(20\d\d)年(?:度)?第?([一二三四1-4])季度/u.exec(t);
  if (quarter !== null) {
    const n = QUARTERS[quarter[2] ?? ''] ?? Number(quarter[2]) * 3;
    return { ...ofMonth(quarter[0], Number(quarter[1]), n), month: '' };
  }
  const half = /(20\d\d)年([上下])半年/u.exec(t);
  if (half !== null) {
    return { ...ofMonth(half[0], Number(half[1]), half[2] === '上' ? 6 : 12), month: '' };
  }
  const short = /(?<!\d)(20\d\d)[-.]?(0[1-9]|1[0-2])(?!\d|[-./]\d)/u.exec(t);
  if (short !== null) {
    const [year, n] = [Number(short[1]), Number(short[2])];
    return ofMonth(`${year}年${n}月`, year, n);
  }
  const year = /(20\d\d)年度?(?!\d{1,2}月)/u.exec(t);
  if (year === null) return NO_PERIOD;
  return { text: year[0], year: Number(year[1]), month: '', end: `${year[1]}-12-31` };
}

/** The same month a year before. */
export function yearBefore(month: string): string {
  return `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
}

/** The month that a heading names: 9月, 2023年9月, 2023-09, 202309; without a year in `year`.
 *  Undefined when it is no month, or no year is known. */
export function monthNamed(text: string, year: number): string | undefined {
  const m =
    /^(?:(20\d\d)年)?(\d{1,2})月份?$/u.exec(text) ?? /^(20\d\d)[-./年]?(\d{2})$/u.exec(text);
  if (m === null) return undefined;
  const [y, n] = [Number(m[1] ?? year), Number(m[2])];
  return y === 0 || n < 1 || n > 12 ? undefined : `${y}-${two(n)}`;
}

/** The day of 「填报日期：2023年10月8日」 and its like; empty when there is none. */
export function filingDay(text: string): string {
  const t = text.normalize('NFKC').replaceAll(/\s/gu, '');
  const word = '(?:填报|报出|制表|报送|上报|导出|统计|截止|截至)(?:日期|时间|日)?';
  const m = new RegExp(`${word}[:为]?(20\\d\\d)[-./年](\\d{1,2})[-./月](\\d{1,2})`, 'u').exec(t);
  if (m === null) return '';
  const [y, n, d] = [Number(m[1]), Number(m[2]), Number(m[3])];
  return n < 1 || n > 12 || d < 1 || d > daysOf(y, n) ? '' : `${y}-${two(n)}-${two(d)}`;
}
