/** "Why not me": the reader's number beside the threshold, and how far off it is. */
import type { Compare, Condition, Expr, Interval, TableExpr } from '../ir.ts';
import type { Compiler } from './compile.ts';
import type { Failure } from './decision.ts';
import type { Env, Value } from './value.ts';

type Measured = Partial<
  Pick<Failure, 'cite' | 'value' | 'threshold' | 'type' | 'relation' | 'gap'>
>;

function gapOf(op: Compare, value: bigint, threshold: bigint): bigint | undefined {
  switch (op) {
    case '>=':
      return threshold - value;
    case '>':
      return threshold - value + 1n;
    case '<=':
      return value - threshold;
    case '<':
      return value - threshold + 1n;
    default:
      return undefined;
  }
}

function compared(e: Expr & { k: 'compare' }, env: Env, c: Compiler): Measured {
  const [value, threshold] = [c.run(e.a)(env), c.run(e.b)(env)];
  const type = e.a.type.t === 'ratio' ? e.b.type : e.a.type;
  const gap =
    typeof value === 'bigint' && typeof threshold === 'bigint'
      ? gapOf(e.op, value, threshold)
      : undefined;
  return { value, threshold, type, relation: e.op, ...(gap === undefined ? {} : { gap }) };
}

function contains(i: Interval, value: bigint): boolean {
  const above = i.lo === null || (i.loOpen ? value > BigInt(i.lo) : value >= BigInt(i.lo));
  return above && (i.hi === null || (i.hiOpen ? value < BigInt(i.hi) : value <= BigInt(i.hi)));
}

/** The bound of the interval that the value has passed. */
function insideOf(i: Interval, value: bigint, type: Expr['type']): Measured {
  if (i.lo !== null) {
    return { value, type, threshold: BigInt(i.lo), relation: i.loOpen ? '>' : '>=' };
  }
  if (i.hi === null) return { value, type };
  return { value, type, threshold: BigInt(i.hi), relation: i.hiOpen ? '<' : '<=' };
}

/** Distance to the nearest interval that would do. */
function toIntervals(intervals: readonly Interval[], value: Value, type: Expr['type']): Measured {
  if (typeof value !== 'bigint') return { value, type };
  const inside = intervals.find((i) => contains(i, value));
  if (inside !== undefined) return insideOf(inside, value, type);
  let best: Measured | undefined;
  const offer = (op: Compare, end: string): void => {
    const threshold = BigInt(end);
    const gap = gapOf(op, value, threshold) ?? 0n;
    if (gap > 0n && (best?.gap === undefined || gap < best.gap)) {
      best = { value, threshold, type, relation: op, gap };
    }
  };
  for (const i of intervals) {
    if (i.lo !== null) offer(i.loOpen ? '>' : '>=', i.lo);
    if (i.hi !== null) offer(i.hiOpen ? '<' : '<=', i.hi);
  }
  return best ?? { value, type };
}

function bandGap(t: TableExpr, env: Env, c: Compiler): Measured {
  const [input] = t.inputs;
  if (input === undefined || t.inputs.length > 1) return {};
  const value = c.run(input)(env);
  const bands = t.rows
    .filter((r) => r.out !== null)
    .map((r) => {
      const intervals = (r.tests[0] ?? []).filter((x) => x.k === 'interval');
      return { cite: r.cite, ...toIntervals(intervals, value, input.type) };
    });
  const [first] = bands;
  if (first === undefined) return {};
  // The band the value is in, else the nearest: its words are the ones to read.
  const inside = bands.find((b) => b.threshold !== undefined && b.gap === undefined);
  const nearest = bands.reduce((a, b) => ((b.gap ?? 0n) < (a.gap ?? 0n) ? b : a), first);
  return inside ?? nearest;
}

function measure(e: Expr, env: Env, c: Compiler): Measured {
  switch (e.k) {
    case 'compare':
      return compared(e, env, c);
    case 'in': {
      const wanted = e.tests.flatMap((t) => (t.k === 'set' ? t.values : []));
      const value = c.run(e.a)(env);
      if (wanted.length > 0) {
        return { value, type: e.a.type, relation: 'in', threshold: wanted.join('、') };
      }
      const intervals = e.tests.filter((t) => t.k === 'interval');
      return toIntervals(intervals, value, e.a.type);
    }
    case 'hits': {
      const t = c.table(e.table);
      return t === undefined ? {} : bandGap(t, env, c);
    }
    case 'decision': {
      const found = c.decision(e.name);
      return found === undefined || found.k === 'literal' ? {} : measure(found, env, c);
    }
    case 'reading': {
      const chosen = c.reading(e.id);
      return chosen === undefined ? {} : measure(chosen, env, c);
    }
    case 'and': {
      const first = e.items.find((i) => c.run(i)(env) === false);
      return first === undefined ? {} : measure(first, env, c);
    }
    case 'or': {
      // Every alternative fails; the last that compares numbers says most.
      const all = e.items.map((i) => measure(i, env, c));
      return all.findLast((m) => m.threshold !== undefined && m.value !== null) ?? {};
    }
    case 'fact':
    case 'gate':
      return { value: c.run(e)(env), type: e.type };
    case 'not':
      return { value: c.run(e.a)(env), type: e.a.type };
    default:
      return {};
  }
}

export function failureOf(condition: Condition, env: Env, c: Compiler): Failure {
  const { name, en, expr } = condition;
  return { condition: name, en, cite: expr.cite, ...measure(expr, env, c) };
}
