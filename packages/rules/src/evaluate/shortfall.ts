/** "Why not me": the reader's number beside the threshold, and how far off it is. */
import type { Compare, Condition, Expr, TableExpr, Test } from '../ir.ts';
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

/** Measures one condition; made once, when its item is prepared. */
type Measure = (env: Env) => Measured;

function comparedBy(e: Expr & { k: 'compare' }, c: Compiler): Measure {
  const [left, right] = [c.run(e.a), c.run(e.b)];
  const type = e.a.type.t === 'ratio' ? e.b.type : e.a.type;
  const relation = e.op;
  return (env) => {
    const [value, threshold] = [left(env), right(env)];
    const numbers = typeof value === 'bigint' && typeof threshold === 'bigint';
    const gap = numbers ? gapOf(e.op, value, threshold) : undefined;
    if (gap === undefined) return { value, threshold, type, relation };
    return { value, threshold, type, relation, gap };
  };
}

/** An interval of numbers with its ends read. */
interface Band {
  readonly lo: bigint | null;
  readonly hi: bigint | null;
  readonly above: '>' | '>=';
  readonly below: '<' | '<=';
}

/** The intervals among the tests on a number; what is no number is not measured. */
function bandsOf(tests: readonly Test[], type: Expr['type']): readonly Band[] {
  if (type.t !== 'number') return [];
  const end = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return tests
    .filter((t) => t.k === 'interval')
    .map((t) => ({
      lo: end(t.lo),
      hi: end(t.hi),
      above: t.loOpen ? '>' : '>=',
      below: t.hiOpen ? '<' : '<=',
    }));
}

function contains({ lo, hi, above, below }: Band, value: bigint): boolean {
  const over = lo === null || (above === '>' ? value > lo : value >= lo);
  return over && (hi === null || (below === '<' ? value < hi : value <= hi));
}

/** The bound of the band that the value has passed. */
function insideOf({ lo, hi, above, below }: Band, value: bigint, type: Expr['type']): Measured {
  if (lo !== null) return { value, type, threshold: lo, relation: above };
  return hi === null ? { value, type } : { value, type, threshold: hi, relation: below };
}

/** Distance to the nearest band that would do. */
function toBands(bands: readonly Band[], value: Value, type: Expr['type']): Measured {
  if (typeof value !== 'bigint') return { value, type };
  const inside = bands.find((b) => contains(b, value));
  if (inside !== undefined) return insideOf(inside, value, type);
  let best: Measured | undefined;
  const offer = (relation: Compare, threshold: bigint): void => {
    const gap = gapOf(relation, value, threshold) ?? 0n;
    if (gap > 0n && (best?.gap === undefined || gap < best.gap)) {
      best = { value, threshold, type, relation, gap };
    }
  };
  for (const { lo, hi, above, below } of bands) {
    if (lo !== null) offer(above, lo);
    if (hi !== null) offer(below, hi);
  }
  return best ?? { value, type };
}

function payingBands(t: TableExpr, c: Compiler): Measure {
  const [input] = t.inputs;
  const rows = t.rows.filter((r) => r.out !== null);
  if (input === undefined || t.inputs.length > 1 || rows.length === 0) return nothing;
  const { type } = input;
  const run = c.run(input);
  const paying = rows.map((r) => ({ cite: r.cite, bands: bandsOf(r.tests[0] ?? [], type) }));
  return (env) => {
    const value = run(env);
    const measured = paying.map(({ cite, bands }) => ({ cite, ...toBands(bands, value, type) }));
    // The band the value is in, else the nearest: its words are the ones to read.
    const inside = measured.find((b) => b.threshold !== undefined && b.gap === undefined);
    return inside ?? measured.reduce((a, b) => ((b.gap ?? 0n) < (a.gap ?? 0n) ? b : a));
  };
}

function memberOf(e: Expr & { k: 'in' }, c: Compiler): Measure {
  const run = c.run(e.a);
  const { type } = e.a;
  const wanted = e.tests.flatMap((t) => (t.k === 'set' ? t.values : []));
  if (wanted.length === 0) {
    const bands = bandsOf(e.tests, type);
    return (env) => toBands(bands, run(env), type);
  }
  const threshold = wanted.join('、');
  return (env) => ({ value: run(env), type, relation: 'in', threshold });
}

/** The first that fails says why. */
function firstOf(all: readonly Expr[], c: Compiler): Measure {
  const items = all.map((i) => ({ run: c.run(i), measure: measureOf(i, c) }));
  return (env) => items.find(({ run }) => run(env) === false)?.measure(env) ?? {};
}

/** Every alternative fails; the last that compares numbers says most. */
function lastOf(all: readonly Expr[], c: Compiler): Measure {
  const items = all.map((i) => measureOf(i, c));
  return (env) =>
    items
      .map((measure) => measure(env))
      .findLast((m) => m.threshold !== undefined && m.value !== null) ?? {};
}

const nothing: Measure = () => ({});

function measureOf(e: Expr, c: Compiler): Measure {
  switch (e.k) {
    case 'compare':
      return comparedBy(e, c);
    case 'in':
      return memberOf(e, c);
    case 'hits': {
      const t = c.table(e.table);
      return t === undefined ? nothing : payingBands(t, c);
    }
    case 'decision': {
      const found = c.decision(e.name);
      return found === undefined || found.k === 'literal' ? nothing : measureOf(found, c);
    }
    case 'reading': {
      const chosen = c.reading(e.id);
      return chosen === undefined ? nothing : measureOf(chosen, c);
    }
    case 'and':
      return firstOf(e.items, c);
    case 'or':
      return lastOf(e.items, c);
    case 'fact':
    case 'gate': {
      const run = c.run(e);
      return (env) => ({ value: run(env), type: e.type });
    }
    case 'not': {
      const run = c.run(e.a);
      return (env) => ({ value: run(env), type: e.a.type });
    }
    default:
      return nothing;
  }
}

/** A condition as it stands for one subject, to be shown when it fails. */
export function failureOf({ name, en, expr }: Condition, c: Compiler): (env: Env) => Failure {
  const measure = measureOf(expr, c);
  return (env) => ({ condition: name, en, cite: expr.cite, ...measure(env) });
}
