/** The number line (or the calendar) cut by the ends of table rows. A cut is a value with a side:
 *  just before it (0) or just after it (1); an interval runs from cut to cut. */
import type { Interval, Test, Type } from '../ir.ts';

/** `at` undefined: minus infinity as a start, plus infinity as an end. */
export interface Cut {
  readonly at: string | undefined;
  readonly side: 0 | 1;
}

export interface Stretch {
  readonly from: Cut;
  readonly to: Cut;
}

export type Order = (a: string, b: string) => number;

export function orderOf(type: Type): Order {
  if (type.t === 'date') return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  return (a, b) => {
    const [x, y] = [BigInt(a), BigInt(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

export function stretchOf(i: Interval): Stretch {
  return {
    from: { at: i.lo ?? undefined, side: i.lo !== null && i.loOpen ? 1 : 0 },
    to: { at: i.hi ?? undefined, side: i.hi !== null && !i.hiOpen ? 1 : 0 },
  };
}

export const EVERYTHING: Stretch = {
  from: { at: undefined, side: 0 },
  to: { at: undefined, side: 1 },
};

/** Compares a start cut with an end cut and the like; `start` tells which infinity `undefined` is. */
function compareCuts(a: Cut, aStart: boolean, b: Cut, bStart: boolean, order: Order): number {
  if (a.at === undefined || b.at === undefined) {
    const rank = (c: Cut, start: boolean): number => (c.at !== undefined ? 0 : start ? -1 : 1);
    return rank(a, aStart) - rank(b, bStart);
  }
  return order(a.at, b.at) || a.side - b.side;
}

export function overlap(a: Stretch, b: Stretch, order: Order): Stretch | undefined {
  const from = compareCuts(a.from, true, b.from, true, order) >= 0 ? a.from : b.from;
  const to = compareCuts(a.to, false, b.to, false, order) <= 0 ? a.to : b.to;
  return compareCuts(from, true, to, false, order) < 0 ? { from, to } : undefined;
}

/** A value inside a stretch: its closed start, else one step in, else its end less one step. */
export function sample(s: Stretch, type: Type): string {
  const step = (text: string, by: bigint): string =>
    type.t === 'date' ? text : String(BigInt(text) + by);
  if (s.from.at !== undefined) return s.from.side === 0 ? s.from.at : step(s.from.at, 1n);
  if (s.to.at !== undefined) return s.to.side === 1 ? s.to.at : step(s.to.at, -1n);
  return type.t === 'date' ? '2023-01-01' : '0';
}

export function testStretches(tests: readonly Test[]): readonly Stretch[] {
  return tests.flatMap((t) => {
    if (t.k === 'any') return [EVERYTHING];
    return t.k === 'interval' ? [stretchOf(t)] : [];
  });
}
