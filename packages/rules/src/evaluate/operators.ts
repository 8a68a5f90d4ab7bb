/** Closures of operators: arithmetic, comparison and three-valued logic. Unknown in, unknown out,
 *  unless the known operands settle the matter. */
import type { Compare, Expr } from '../ir.ts';
import { divide, pow10 } from '../scaled.ts';
import type { FactRecord, Ratio, Run, StepNode, Value } from './value.ts';

export function fold(fn: 'sum' | 'min' | 'max', total: bigint | null, v: bigint): bigint {
  if (total === null) return v;
  if (fn === 'sum') return total + v;
  return (fn === 'min') === v < total ? v : total;
}

/** The same for every subject; what is made from it alone is computed once. */
export function constantRun(value: Value): Run {
  const run = (): Value => value;
  return value === null ? run : Object.assign(run, { constant: value });
}

export function lift(a: Run, f: (v: NonNullable<Value>) => Value): Run {
  if (a.constant !== undefined) return constantRun(f(a.constant));
  return (env) => {
    const v = a(env);
    return v === null ? null : f(v);
  };
}

/** Both operands known. */
export function liftBoth(
  a: Run,
  b: Run,
  f: (x: NonNullable<Value>, y: NonNullable<Value>) => Value,
): Run {
  const { constant } = b;
  if (constant !== undefined) return lift(a, (x) => f(x, constant));
  return (env) => {
    const x = a(env);
    const y = b(env);
    return x === null || y === null ? null : f(x, y);
  };
}

export function scaleRun(a: Run, by: bigint): Run {
  return lift(a, (v) =>
    typeof v === 'bigint' ? v * by : { n: (v as Ratio).n * by, d: (v as Ratio).d },
  );
}

export function arithmeticRun(k: 'add' | 'subtract' | 'multiply', a: Run, b: Run): Run {
  switch (k) {
    case 'add':
      return liftBoth(a, b, (x, y) => (x as bigint) + (y as bigint));
    case 'subtract':
      return liftBoth(a, b, (x, y) => (x as bigint) - (y as bigint));
    case 'multiply':
      return liftBoth(a, b, (x, y) => (x as bigint) * (y as bigint));
  }
}

export function extremeRun(k: 'min' | 'max', items: readonly Run[]): Run {
  return (env) => {
    let best: bigint | null = null;
    for (const item of items) {
      const v = item(env) as bigint | null;
      if (v === null) return null;
      best = fold(k, best, v);
    }
    return best;
  };
}

/** Three-valued `and` (false decides) and `or` (true decides): unknown only while nothing decides.
 *  Operands that are the same for every subject are settled here, once. */
function logicRun(all: readonly Run[], decides: boolean): Run {
  if (all.some((i) => i.constant === decides)) return constantRun(decides);
  const items = all.filter((i) => i.constant === undefined);
  if (items.length === 0) return constantRun(!decides);
  return (env) => {
    let result: boolean | null = !decides;
    for (const item of items) {
      const v = item(env);
      if (v === decides) return decides;
      if (v === null) result = null;
    }
    return result;
  };
}

export function andRun(items: readonly Run[]): Run {
  return logicRun(items, false);
}

export function orRun(items: readonly Run[]): Run {
  return logicRun(items, true);
}

export function ifRun(test: Run, yes: Run, no: Run): Run {
  if (test.constant !== undefined) return test.constant === true ? yes : no;
  return (env) => {
    const t = test(env);
    return t === null ? null : t === true ? yes(env) : no(env);
  };
}

/** A ratio over nothing is not zero and not infinite: it is not known. */
export function ratioRun(a: Run, b: Run): Run {
  return liftBoth(a, b, (n, d) =>
    (d as bigint) <= 0n ? null : { n: n as bigint, d: d as bigint },
  );
}

export function roundRun(e: Expr & { k: 'round' }, num: Run, den: Run | undefined): Run {
  const up = e.by > 0 ? pow10(e.by) : 1n;
  const down = e.by < 0 ? pow10(-e.by) : 1n;
  return (env) => {
    const n = num(env) as bigint | null;
    const d = den === undefined ? 1n : (den(env) as bigint | null);
    if (n === null || d === null || d <= 0n) return null;
    return divide(n * up, d * down, e.mode);
  };
}

type Holds<T> = Readonly<Record<Compare, (x: T, y: T) => boolean>>;

// One table per kind of value: a comparison that only ever sees numbers is a fast one.
const NUMBERS: Holds<bigint> = {
  '=': (x, y) => x === y,
  '!=': (x, y) => x !== y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
};
const TEXTS: Holds<string> = {
  '=': (x, y) => x === y,
  '!=': (x, y) => x !== y,
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
};

function plainHolds(e: Expr & { k: 'compare' }): (x: Value, y: Value) => boolean {
  const table = e.a.type.t === 'number' ? NUMBERS : TEXTS;
  return (table as Holds<Value>)[e.op];
}

function ratioHolds(e: Expr & { k: 'compare' }): (x: Value, y: Value) => boolean {
  const scale = e.b.type.t === 'number' ? e.b.type.scale : 0;
  const holds = NUMBERS[e.op];
  const up = pow10(Math.max(0, scale));
  return (x, y) => holds((x as Ratio).n * up, (y as bigint) * (x as Ratio).d);
}

/** Compares, and shows both sides in the trace. A side that is constant is not asked again, and a
 *  comparison of two constants, such as of a reading with its choices, is no step at all: the
 *  decision names the readings it used. */
export function compareRun(e: Expr & { k: 'compare' }, a: Run, b: Run): Run {
  const about: StepNode = { kind: 'compare', label: e.op, node: e };
  const holds = e.a.type.t === 'ratio' ? ratioHolds(e) : plainHolds(e);
  const left = a.constant;
  const right = b.constant;
  if (left !== undefined && right !== undefined) return constantRun(holds(left, right));
  return (env) => {
    const x = a(env);
    const y = right ?? b(env);
    const v = x === null || y === null ? null : holds(x, y);
    if (env.trace !== null) env.trace.push({ about, value: v, inputs: [x, y], row: -1 });
    return v;
  };
}

/** Over child rows; one unknown row makes the whole unknown. */
export function overRun(e: Expr & { k: 'over' }, list: Run, body: Run): Run {
  const { variable, fn } = e;
  return (env) => {
    const rows = list(env) as readonly FactRecord[] | null;
    if (rows === null) return null;
    const outer = env.rows;
    let total: bigint | null = fn === 'sum' || fn === 'count' ? 0n : null;
    for (const row of rows) {
      env.rows = { ...outer, [variable]: row };
      const v = body(env);
      if (v === null) {
        env.rows = outer;
        return null;
      }
      if (fn === 'count') total = (total ?? 0n) + (v === true ? 1n : 0n);
      else total = fold(fn, total, v as bigint);
    }
    env.rows = outer;
    return total;
  };
}
