/** Exact decimals of cells: n × 10^-s, s ≥ 0. */

export interface Decimal {
  readonly n: bigint;
  readonly s: number;
}

const MOST_DIGITS = 40;

const POWERS: readonly bigint[] = Array.from({ length: 64 }, (_, i) => 10n ** BigInt(i));

export function pow10(e: number): bigint {
  return POWERS[e] ?? 10n ** BigInt(e);
}

/** Reads `-12.50` and `1.5e-7`; undefined when it is no decimal, or longer than 40 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const m = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/iu.exec(text);
  if (m === null) return undefined;
  const fraction = m[3] ?? '';
  const digits = `${m[2] ?? ''}${fraction}`;
  if (digits === '' || digits.length > MOST_DIGITS) return undefined;
  const value = m[1] === '-' ? -BigInt(digits) : BigInt(digits);
  const s = fraction.length - Number(m[4] ?? 0);
  if (Math.abs(s) > MOST_DIGITS) return undefined;
  return s >= 0 ? { n: value, s } : { n: value * pow10(-s), s: 0 };
}

/** `v` × num ÷ den as an integer at scale `scale`; undefined when digits would be lost. */
export function atScale(v: Decimal, scale: number, num = 1n, den = 1n): bigint | undefined {
  const top = v.n * num * (scale > v.s ? pow10(scale - v.s) : 1n);
  const bottom = den * (v.s > scale ? pow10(v.s - scale) : 1n);
  return top % bottom === 0n ? top / bottom : undefined;
}

/** Rounded half away from zero to `digits` decimals. */
export function rounded(v: Decimal, digits: number): Decimal {
  if (v.s <= digits) return v;
  const d = pow10(v.s - digits);
  const half = v.n < 0n ? -d : d;
  return { n: (v.n * 2n + half) / (d * 2n), s: digits };
}

/** Plain decimal text; trailing zeros behind the point are dropped. */
export function decimalText(v: Decimal): string {
  const negative = v.n < 0n;
  const digits = String(negative ? -v.n : v.n).padStart(v.s + 1, '0');
  const whole = digits.slice(0, digits.length - v.s);
  const fraction = digits.slice(digits.length - v.s).replace(/0+$/u, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The integer `value` of scale `scale` in a unit of num ÷ den base units, as text for people;
 *  exact where the quotient ends, else to 6 decimals. */
export function inUnit(value: bigint, scale: number, num: bigint, den: bigint): string {
  const extra = 8;
  const n = (value * den * pow10(extra)) / num;
  const text = rounded({ n, s: scale + extra }, 6);
  return decimalText(text);
}
