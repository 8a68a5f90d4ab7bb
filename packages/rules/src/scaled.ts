/** Exact decimals: an integer `n` and a scale `s`; the value is n × 10^-s. `s` may be negative
 *  (1.2万元 is 12 × 10^3: n = 12, s = -3), which is how "provably whole 分" is inferred. */

export interface Scaled {
  readonly n: bigint;
  readonly s: number;
}

const MAX_DIGITS = 30;

export function pow10(e: number): bigint {
  return 10n ** BigInt(e);
}

/** Without trailing zeros: the smallest scale that holds the value. Zero has scale 0. */
export function reduce(v: Scaled): Scaled {
  if (v.n === 0n) return { n: 0n, s: 0 };
  let { n, s } = v;
  while (n % 10n === 0n) {
    n /= 10n;
    s -= 1;
  }
  return { n, s };
}

/** Reads `-12.50`; undefined when it is no plain decimal or longer than 30 digits. */
export function parseDecimal(text: string): Scaled | undefined {
  const m = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (m === null) return undefined;
  const fraction = m[3] ?? '';
  const digits = `${m[2]}${fraction}`;
  if (digits.length > MAX_DIGITS) return undefined;
  const n = BigInt(digits);
  return { n: m[1] === '-' ? -n : n, s: fraction.length };
}

/** `v` at scale `s`; undefined when digits would be lost. */
export function atScale(v: Scaled, s: number): bigint | undefined {
  if (s >= v.s) return v.n * pow10(s - v.s);
  const d = pow10(v.s - s);
  return v.n % d === 0n ? v.n / d : undefined;
}

/** Plain decimal text without exponent, for example `-0.05`; trailing zeros are dropped. */
export function decimalText(v: Scaled): string {
  const { n, s } = reduce(v);
  if (s <= 0) return String(n * pow10(-s));
  const negative = n < 0n;
  const digits = String(negative ? -n : n).padStart(s + 1, '0');
  const cut = digits.length - s;
  return `${negative ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

export function compare(a: Scaled, b: Scaled): number {
  const s = Math.max(a.s, b.s);
  const x = a.n * pow10(s - a.s);
  const y = b.n * pow10(s - b.s);
  return x < y ? -1 : x > y ? 1 : 0;
}

export type Rounding = 'half up' | 'half down' | 'half even' | 'floor' | 'ceiling';

/** n ÷ d (d > 0) to a whole number; halves as named. `half up` and `half down` are symmetric about
 *  zero (away from it, towards it), as DMN 1.4 defines them; floor and ceiling go to ∓∞. */
export function divide(n: bigint, d: bigint, mode: Rounding): bigint {
  let q = n / d;
  const r = n % d;
  if (r === 0n) return q;
  const sign = n < 0n ? -1n : 1n;
  if (mode === 'floor') return n < 0n ? q - 1n : q;
  if (mode === 'ceiling') return n < 0n ? q : q + 1n;
  const twice = 2n * (r < 0n ? -r : r);
  const up =
    twice > d || (twice === d && (mode === 'half up' || (mode === 'half even' && q % 2n !== 0n)));
  if (up) q += sign;
  return q;
}
