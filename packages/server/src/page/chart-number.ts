/** Numbers of the page: exact in tables, short beside bars, and as parts of ten thousand for lengths. No
 *  amount passes through a floating-point value. */
import type { Language } from '@zhida/rules';

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/** `n` × 10^-scale with thousands separators and all decimals: `-1,234.50`. */
export function exact(n: bigint, scale: number): string {
  const digits = abs(n)
    .toString()
    .padStart(scale + 1, '0');
  const whole = scale === 0 ? digits : digits.slice(0, -scale);
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/gu, ',');
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  return `${n < 0n ? '-' : ''}${grouped}${fraction}`;
}

/** 分 as 元: `1,234,567.80`. */
export function yuan(fen: bigint): string {
  return exact(fen, 2);
}

export function count(n: number): string {
  return exact(BigInt(n), 0);
}

interface Step {
  readonly power: number;
  readonly word: string;
}

const STEPS: Readonly<Record<Language, readonly Step[]>> = {
  zh: [
    { power: 12, word: '万亿' },
    { power: 8, word: '亿' },
    { power: 4, word: '万' },
  ],
  en: [
    { power: 12, word: 'tn' },
    { power: 9, word: 'bn' },
    { power: 6, word: 'm' },
    { power: 3, word: 'k' },
  ],
};

/** `exact` without zeros at its end. */
export function trimmed(n: bigint, scale: number): string {
  const text = exact(n, scale);
  return text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}

/** `n` × 10^-scale in a few digits: `1.23亿`, `≈4.57万`, `30万`. With ≈ where digits were left out. */
export function short(n: bigint, scale: number, language: Language): string {
  const step = STEPS[language].find((s) => abs(n) >= 10n ** BigInt(s.power + scale));
  if (step === undefined) return trimmed(n, scale);
  const unit = 10n ** BigInt(step.power + scale);
  const hundredths = (abs(n) * 100n + unit / 2n) / unit;
  const about = hundredths * unit === abs(n) * 100n ? '' : '≈';
  return `${about}${n < 0n ? '-' : ''}${trimmed(hundredths, 2)}${step.word}`;
}

/** 分 as 元 in a few digits: `≈1.23亿元`, `≈¥123.46m`. */
export function shortYuan(fen: bigint, language: Language): string {
  const text = short(fen, 2, language);
  return language === 'zh' ? `${text}元` : text.replace(/^(≈?)(-?)/u, '$1$2¥');
}

/** All of a length. */
export const WHOLE = 10_000;
/** What is there can be seen. */
const LEAST = 40;

/** `part` of `whole` in ten thousandths, for a length; whatever is above 0 has a length. */
export function lengthOf(part: bigint, whole: bigint): number {
  if (part <= 0n || whole <= 0n) return 0;
  const length = Number((part * BigInt(WHOLE)) / whole);
  return Math.min(WHOLE, Math.max(LEAST, length));
}

export function largest(numbers: readonly bigint[]): bigint {
  return numbers.reduce((most, n) => (n > most ? n : most), 0n);
}
