// Three-valued conditions and hundredths as bigint, for the exact calculation. Null is unknown.
import type { Value } from './subject.ts';

export type Known = boolean | null;

export function text(value: Value | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function flag(value: Value | undefined): Known {
  return typeof value === 'boolean' ? value : null;
}

/** Hundredths: 分 of 元, or hundredths of a 亩 or head. */
export function cents(value: Value | undefined): bigint | null {
  if (typeof value !== 'string') return null;
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
}

export function map<A, B>(value: A | null, f: (value: A) => B): B | null {
  return value === null ? null : f(value);
}

export function both(a: bigint | null, b: bigint | null, f: (a: bigint, b: bigint) => bigint) {
  return a === null || b === null ? null : f(a, b);
}

export function or(...items: readonly Known[]): Known {
  if (items.includes(true)) return true;
  return items.includes(null) ? null : false;
}

export function and(...items: readonly Known[]): Known {
  if (items.includes(false)) return false;
  return items.includes(null) ? null : true;
}

export const not = (value: Known): Known => map(value, (v) => !v);
export const oneOf = (value: Value | undefined, ...names: readonly string[]): Known =>
  map(text(value), (v) => names.includes(v));
export const atLeast = (value: bigint | null, n: bigint): Known => map(value, (v) => v >= n);
export const positive = (value: bigint | null): Known => atLeast(value, 1n);
export const since = (value: Value | undefined, day: string): Known =>
  map(text(value), (v) => v >= day);
export const until = (value: Value | undefined, day: string): Known =>
  map(text(value), (v) => v <= day);
export const least = (...all: readonly (bigint | null)[]): bigint | null =>
  all.reduce((a, b) => both(a, b, (x, y) => (x < y ? x : y)));
export const sum = (...all: readonly (bigint | null)[]): bigint | null =>
  all.reduce((a, b) => both(a, b, (x, y) => x + y), 0n);

/** Half away from zero. */
export function rounded(n: bigint, d: bigint): bigint {
  return n < 0n ? -rounded(-n, d) : (2n * n + d) / (2n * d);
}

export const share = (value: bigint | null, n: bigint, d: bigint): bigint | null =>
  map(value, (v) => rounded(v * n, d));
/** Of a ceiling no fraction is given: cut to whole 分. Nothing here is below zero. */
export const cut = (value: bigint | null, n: bigint, d: bigint): bigint | null =>
  map(value, (v) => (v * n) / d);
