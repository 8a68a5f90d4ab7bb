/** The number line (or the calendar) cut by the ends of table rows. A cut is a value with a side:
 *  just before it (0) or just after it (1); an interval runs from cut to cut. */
import { neighbourDay } from '../date.ts';
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

/** The whole line; of what is never below zero, the half from 0. */
export function domain(type: Type, fromZero: boolean): Stretch {
  const half = fromZero && type.t === 'number';
  return half ? { from: { at: '0', side: 0 }, to: EVERYTHING.to } : EVERYTHING;
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

/** Values that can be counted (scaled whole numbers, days): the next one. A ratio has none. */
function next(at: string, type: Type, by: 1 | -1): string {
  if (type.t === 'date') return neighbourDay(at, by);
  return String(BigInt(at) + BigInt(by));
}

/** A cut just behind a value is a cut just before the next: `<= 9人` and `>= 10人` leave no gap. */
export function counted(cut: Cut, type: Type): Cut {
  if (cut.at === undefined || cut.side === 0 || type.t === 'ratio') return cut;
  return { at: next(cut.at, type, 1), side: 0 };
}

/** A value inside a stretch: its closed start, else one step in, else its end less one step. */
export function sample(s: Stretch, type: Type): string {
  if (s.from.at !== undefined) return s.from.side === 0 ? s.from.at : next(s.from.at, type, 1);
  if (s.to.at !== undefined) return s.to.side === 1 ? s.to.at : next(s.to.at, type, -1);
  return type.t === 'date' ? '2023-01-01' : '0';
}

/** Where tests of a value of `type` hold. */
export function testStretches(tests: readonly Test[], type: Type): readonly Stretch[] {
  return tests.flatMap((t) => {
    if (t.k === 'any') return [EVERYTHING];
    if (t.k !== 'interval') return [];
    const { from, to } = stretchOf(t);
    return [{ from: counted(from, type), to: counted(to, type) }];
  });
}
