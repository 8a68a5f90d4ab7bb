/** Calendar dates as `YYYY-MM-DD` texts (proleptic Gregorian, no zone): they compare as texts. */

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

export function isDate(text: string): boolean {
  const m = FORM.exec(text);
  if (m === null) return false;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function parts(date: string): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function text(year: number, month: number, day: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** Days since 1970-01-01, for differences and for columns that hold dates as integers. */
export function dayNumber(date: string): number {
  const [y0, m, d] = parts(date);
  const y = m <= 2 ? y0 - 1 : y0;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** The day after (`by` 1) or before (-1). */
export function neighbourDay(date: string, by: 1 | -1): string {
  const [y, m, d] = parts(date);
  const day = d + by;
  if (day >= 1 && day <= daysInMonth(y, m)) return text(y, m, day);
  const [year, month] =
    by > 0 ? (m === 12 ? [y + 1, 1] : [y, m + 1]) : m === 1 ? [y - 1, 12] : [y, m - 1];
  return text(year, month, by > 0 ? 1 : daysInMonth(year, month));
}

/** Whole months later (or earlier); the last day of a month stays a last day. */
export function addMonths(date: string, months: number): string {
  const [y, m, d] = parts(date);
  const index = y * 12 + (m - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  const last = daysInMonth(year, month);
  return text(year, month, d === daysInMonth(y, m) ? last : Math.min(d, last));
}

/** The months `YYYY-MM` of a period of whole months, or undefined when an end cuts a month. */
export function wholeMonths(from: string, to: string): readonly string[] | undefined {
  const [y1, m1, d1] = parts(from);
  const [y2, m2, d2] = parts(to);
  const count = y2 * 12 + m2 - (y1 * 12 + m1) + 1;
  if (d1 !== 1 || d2 !== daysInMonth(y2, m2) || count < 1 || count > 1200) return undefined;
  return Array.from({ length: count }, (_, i) => addMonths(from, i).slice(0, 7));
}
