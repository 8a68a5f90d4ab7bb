/** Numbers, dates and counts of a Chinese policy text, each with the keys by which a rule's literal
 *  can match it. Source of the forms: the grammar of amounts in `docs/amounts.md`. */
import { decimalText, parseDecimal } from './scaled.ts';
import type { Scaled } from './scaled.ts';
import type { Span } from './text.ts';
import { quantity, unitWordAt } from './unit.ts';

export interface TextNumber extends Span {
  readonly text: string;
  readonly kind: 'quantity' | 'year' | 'month' | 'day' | 'chinese';
  /** Value key; a literal with the same key implements the number. Empty: any citation binds it. */
  readonly key: string;
}

/** Key of a quantity: its value and the unit over which a rate is paid is left out (1.2万元/亩). */
export function quantityKey(value: Scaled, unit: string): string {
  return `${decimalText(value)} ${unit.split('/')[0] ?? ''}`;
}

/** Keys of a calendar date: year, month and day as the text would write them. */
export function dateKeys(date: string): readonly string[] {
  return [`Y${date.slice(0, 4)}`, `M${Number(date.slice(5, 7))}`, `D${Number(date.slice(8, 10))}`];
}

const ARABIC = /[\d０-９]+(?:[.．][\d０-９]+)?/gu;
// Capital numerals alone are ordinary words (陆 is land too): two of them, or one before 万亿元.
const CHINESE =
  /[一二三四五六七八九〇十百千半首两]+|[壹贰叁肆伍陆柒捌玖拾佰仟]{2,}|[壹贰叁肆伍陆柒捌玖拾](?=[万亿元])|多(?=子女)|(?<![\d.万])亿(?=元)/gu;

/** Full-width digits and points as the plain ones. */
function plainDigits(text: string): string {
  return text.replace(/[０-９．]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** Words in which a numeral character counts nothing. */
const NO_NUMERAL = [
  '一带一路',
  '平急两用',
  '进一步',
  '统一',
  '一体',
  '一定',
  '一致',
  '一并',
  '一律',
  '一般',
  '唯一',
  '同一',
  '第三方',
  '千方百计',
  '十分',
];

function arabic(norm: string, start: number, written: string): TextNumber {
  const digits = plainDigits(written);
  const end = start + written.length;
  const after = norm.charAt(end);
  const plain = /^\d+$/u.test(digits);
  const at = { start, end, text: digits };
  if (plain && digits.length === 4 && after === '年')
    return { ...at, kind: 'year', key: `Y${digits}` };
  if (plain && after === '月' && norm.charAt(end + 1) !== '份') {
    return { ...at, kind: 'month', key: `M${Number(digits)}` };
  }
  if (plain && after === '日' && norm.slice(0, start).endsWith('月')) {
    return { ...at, kind: 'day', key: `D${Number(digits)}` };
  }
  const word = unitWordAt(norm, end);
  const value = parseDecimal(digits) ?? { n: 0n, s: 0 };
  const q = quantity(value, word === undefined ? [] : [word]);
  const text = `${digits}${word ?? ''}`;
  return { ...at, text, kind: 'quantity', key: q === undefined ? '' : quantityKey(q, q.unit) };
}

function inNoNumeral(norm: string, start: number, end: number): boolean {
  return NO_NUMERAL.some((word) => {
    const near = norm.slice(Math.max(0, end - word.length), start + word.length);
    return near.includes(word);
  });
}

/** A number as the text shows it: with the 年, 月 or 日 of a date. */
export function numberText(norm: string, n: TextNumber): string {
  const dated = n.kind === 'year' || n.kind === 'month' || n.kind === 'day';
  return dated ? `${n.text}${norm.charAt(n.end)}` : n.text;
}

/** All numbers of a normalised text in its order. */
export function textNumbers(norm: string): readonly TextNumber[] {
  const found: TextNumber[] = [];
  for (const m of norm.matchAll(ARABIC)) found.push(arabic(norm, m.index, m[0]));
  for (const m of norm.matchAll(CHINESE)) {
    const end = m.index + m[0].length;
    if (inNoNumeral(norm, m.index, end)) continue;
    const bare = m[0] === '亿' ? quantityKey({ n: 1n, s: -8 }, '元') : '';
    const text = bare === '' ? m[0] : '亿元';
    found.push({ start: m.index, end, text, kind: 'chinese', key: bare });
  }
  return found.toSorted((a, b) => a.start - b.start);
}
