/** Headings: made comparable, and compared with the patterns of a mapping. */
import { monthNamed, yearBefore } from './period.ts';
import type { Period } from './period.ts';
import { formUnit } from './unit.ts';

/** The heading under which errors come back; it is never data. */
export const REASON_HEADINGS: Readonly<Record<'zh' | 'en', string>> = {
  zh: '错误原因',
  en: 'Reason of error',
};

const reasons = new Set(Object.values(REASON_HEADINGS).map((h) => plain(h)));

export function isReason(heading: string): boolean {
  return reasons.has(plain(heading));
}

/** Without spaces and breaks, full-width as half-width, dashes alike. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\u200b-\u200f\ufeff]/gu, '')
    .replaceAll(/[–—~―]/gu, '-')
    .replaceAll('至', '-');
}

export interface PlainHeading {
  /** Comparable text, units in brackets left out. */
  readonly text: string;
  /** The unit word it names; empty when it names none. */
  readonly unit: string;
}

/** `零售额 （千元）` → 零售额 in 千元. A last part that is a unit word and nothing else is the unit. */
export function plainHeading(heading: string): PlainHeading {
  let unit = '';
  const parts = plain(heading).split('/');
  const kept = parts.map((part) =>
    part.replaceAll(/\((?:计量)?(?:单位:?)?([^()]{1,8})\)|\[([^\]]{1,8})\]/gu, (all, a, b) => {
      const word = formUnit(String(a ?? b))?.word;
      if (word === undefined) return all;
      unit = word;
      return '';
    }),
  );
  const last = kept.at(-1) ?? '';
  if (kept.length > 1 && formUnit(last) !== undefined) {
    unit = last;
    kept.pop();
  }
  return { text: kept.filter((p) => p !== '').join('/'), unit };
}

const MONTH = String.raw`((?:20\d\d年)?\d{1,2}月份?|20\d\d[-.年]?\d{2})`;

const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  let made = patterns.get(pattern);
  if (made === undefined) {
    const escaped = plainHeading(pattern).text.replaceAll(/[\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
    const text = escaped
      .replaceAll(String.raw`\{n\}`, String.raw`\d{1,2}`)
      .replaceAll(String.raw`\{某月\}`, MONTH);
    made = new RegExp(`^${text}$`, 'u');
    patterns.set(pattern, made);
  }
  return made;
}

/** Whether `heading` is what `pattern` says. `month`: the month that {某月} stands for. */
export function fits(
  pattern: string,
  heading: PlainHeading,
  period: Period,
): { readonly month: string } | undefined {
  if (!pattern.includes('{')) {
    return plainHeading(pattern).text === heading.text ? { month: '' } : undefined;
  }
  const m = patternOf(pattern).exec(heading.text);
  if (m === null) return undefined;
  return { month: m[1] === undefined ? '' : (monthNamed(m[1], period.year) ?? '') };
}

/** The label with its months filled in; undefined when a month it needs is not known. */
export function labelFor(label: string, period: Period, named: string): string | undefined {
  let missing = false;
  const text = label.replaceAll(/\{(月|上年同月|某月|某月上年)\}/gu, (_, word: string) => {
    const month = word.startsWith('某月') ? named : period.month;
    if (month === '') missing = true;
    return word === '月' || word === '某月' ? month : month === '' ? '' : yearBefore(month);
  });
  return missing ? undefined : text;
}

function pairs(text: string): ReadonlySet<string> {
  const t = text.replaceAll(/[/()-]/gu, '');
  const found = new Set<string>();
  for (let i = 0; i + 1 < t.length; i++) found.add(t.slice(i, i + 2));
  if (t.length === 1) found.add(t);
  return found;
}

/** How alike two headings are, in percent: pairs of neighbouring characters they have in common. */
export function alike(a: string, b: string): number {
  const [x, y] = [pairs(a), pairs(b)];
  if (x.size + y.size === 0) return 0;
  let both = 0;
  for (const pair of x) if (y.has(pair)) both++;
  return Math.floor((200 * both) / (x.size + y.size));
}
