/** Exact rational numbers for the oracle: n ÷ d with d > 0, never reduced, never rounded unless a
 *  rule says so. Independent of the engine's scaled integers. */

export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
}

export function exact(n: bigint | number, d: bigint | number = 1n): Exact {
  return { n: BigInt(n), d: BigInt(d) };
}

export const ZERO: Exact = exact(0);

/** `wan(100)` is 100万元 in 元. */
export function wan(n: number): Exact {
  return exact(n * 10_000);
}

/** `percent(55, 10)` is 5.5 %. */
export function percent(n: number, tenths = 1): Exact {
  return exact(n, 100 * tenths);
}

/** Combines two numbers of which either may be unknown: then the result is unknown. */
function both(
  a: Exact | undefined,
  b: Exact | undefined,
  f: (a: Exact, b: Exact) => Exact,
): Exact | undefined {
  return a === undefined || b === undefined ? undefined : f(a, b);
}

type Maybe = Exact | undefined;

export function plus(...list: readonly Maybe[]): Maybe {
  return list.reduce((x, y) => both(x, y, (a, b) => exact(a.n * b.d + b.n * a.d, a.d * b.d)), ZERO);
}

export function minus(x: Maybe, y: Maybe): Maybe {
  return both(x, y, (a, b) => exact(a.n * b.d - b.n * a.d, a.d * b.d));
}

export function times(x: Maybe, ...list: readonly Maybe[]): Maybe {
  return list.reduce((p, y) => both(p, y, (a, b) => exact(a.n * b.n, a.d * b.d)), x);
}

/** x ÷ y; unknown over nothing. */
export function over(x: Maybe, y: Maybe): Maybe {
  if (y !== undefined && y.n <= 0n) return undefined;
  return both(x, y, (a, b) => exact(a.n * b.d, a.d * b.n));
}

/** Below zero, zero, above zero: how a stands to b. */
export function order(a: Exact, b: Exact): number {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function least(x: Maybe, y: Maybe): Maybe {
  return both(x, y, (a, b) => (order(a, b) <= 0 ? a : b));
}

export function most(x: Maybe, y: Maybe): Maybe {
  return both(x, y, (a, b) => (order(a, b) >= 0 ? a : b));
}

function wholeBelow(n: bigint, d: bigint): bigint {
  const q = n / d;
  return n < 0n && q * d !== n ? q - 1n : q;
}

/** 元 cut down to whole 分: what a ceiling allows. */
export function downToFen(x: Maybe): Maybe {
  return x === undefined ? undefined : exact(wholeBelow(x.n * 100n, x.d), 100n);
}

/** 元 to the nearest 分, halves away from zero. */
export function nearestFen(x: Maybe): Maybe {
  if (x === undefined) return undefined;
  const size = x.n < 0n ? -x.n : x.n;
  const whole = wholeBelow(size * 100n * 2n + x.d, 2n * x.d);
  return exact(x.n < 0n ? -whole : whole, 100n);
}

/** Whole units only. */
export function wholeOf(x: Maybe): Maybe {
  return x === undefined ? undefined : exact(wholeBelow(x.n, x.d));
}

/** 元 as 分; undefined when it is no whole number of them. */
export function fenOf(x: Exact): bigint | undefined {
  return (x.n * 100n) % x.d === 0n ? (x.n * 100n) / x.d : undefined;
}
