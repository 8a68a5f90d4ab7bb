/** What a number can still become while facts are open: interval arithmetic over the middle form.
 *  A null end is unbounded. Sound (never too narrow), not always tight. */
import type { Expr, RuleSet, TableExpr, Test } from '../ir.ts';
import { divide, pow10 } from '../scaled.ts';
import type { Compiler } from './compile.ts';
import type { Env, FactRecord, MonthValues, Value } from './value.ts';

export interface Range {
  readonly lo: bigint | null;
  readonly hi: bigint | null;
}

const ALL: Range = { lo: null, hi: null };

function add(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? null : a + b;
}

function hull(ranges: readonly Range[]): Range {
  const [first, ...rest] = ranges;
  if (first === undefined) return ALL;
  return rest.reduce<Range>(
    (h, r) => ({
      lo: h.lo === null || r.lo === null ? null : h.lo < r.lo ? h.lo : r.lo,
      hi: h.hi === null || r.hi === null ? null : h.hi > r.hi ? h.hi : r.hi,
    }),
    first,
  );
}

/** The end of a product with a factor that is not below zero: a positive end takes the factor's
 *  far side, a negative one its near side. */
function scaledEnd(end: bigint | null, factor: Range): bigint | null {
  if (end === null) return factor.hi === 0n ? 0n : null;
  if (end === 0n) return 0n;
  const upper = end > 0n ? factor.hi : (factor.lo ?? 0n);
  return upper === null ? null : end * upper;
}

/** Product of ranges of which one is not below zero; else unbounded. */
function times(a: Range, b: Range): Range {
  const [x, factor] = (b.lo ?? -1n) >= 0n ? [a, b] : [b, a];
  if ((factor.lo ?? -1n) < 0n) return ALL;
  const hi = scaledEnd(x.hi, factor);
  if (x.lo === null) return { lo: null, hi };
  if (x.lo >= 0n) return { lo: x.lo * (factor.lo ?? 0n), hi };
  return { lo: factor.hi === null ? null : x.lo * factor.hi, hi };
}

export class Bounds {
  readonly #compiler: Compiler;
  readonly #nonNegative: ReadonlySet<string>;
  /** Ranges of named rules under the serial `#knownIn`. */
  readonly #known = new Map<Expr, Range>();
  #knownIn = -1;
  readonly #parameters = new Map<string, Range>();
  readonly #tables = new Map<TableExpr, readonly (readonly Possible[])[]>();

  constructor(compiler: Compiler, ruleSet: RuleSet) {
    this.#compiler = compiler;
    this.#nonNegative = new Set(
      ruleSet.entities.flatMap((e) => e.facts.filter((f) => !f.negative).map((f) => f.name)),
    );
  }

  of(e: Expr, env: Env): Range {
    const v = this.#compiler.run(e)(env);
    if (typeof v === 'bigint') return { lo: v, hi: v };
    switch (e.k) {
      case 'fact':
        return this.#nonNegative.has(e.path.at(-1) ?? '') ? { lo: 0n, hi: null } : ALL;
      case 'months':
        return this.#months(e, env);
      case 'decision': {
        const found = this.#compiler.decision(e.name);
        if (found === undefined) return ALL;
        // A table given as unknown still has its rows; another decision can become anything.
        if (env.given?.has(e.name) === true && found.k !== 'table') return ALL;
        return this.#once(found, env);
      }
      case 'reading': {
        const chosen = this.#compiler.reading(e.id);
        return chosen === undefined ? ALL : this.#once(chosen, env);
      }
      case 'scale': {
        const r = this.of(e.a, env);
        const up = pow10(e.by);
        return { lo: r.lo === null ? null : r.lo * up, hi: r.hi === null ? null : r.hi * up };
      }
      case 'add': {
        const [a, b] = [this.of(e.a, env), this.of(e.b, env)];
        return { lo: add(a.lo, b.lo), hi: add(a.hi, b.hi) };
      }
      case 'subtract': {
        const [a, b] = [this.of(e.a, env), this.of(e.b, env)];
        const minus = (x: bigint | null): bigint | null => (x === null ? null : -x);
        return { lo: add(a.lo, minus(b.hi)), hi: add(a.hi, minus(b.lo)) };
      }
      case 'multiply':
        return times(this.of(e.a, env), this.of(e.b, env));
      default:
        return this.#other(e, env);
    }
  }

  /** A named rule has one range per evaluation, however often it is named. */
  #once(named: Expr, env: Env): Range {
    if (this.#knownIn !== env.serial) this.#known.clear();
    this.#knownIn = env.serial;
    const range = this.#known.get(named) ?? this.of(named, env);
    this.#known.set(named, range);
    return range;
  }

  /** Known months count; an open one can bring any amount, unless the fact may be negative. */
  #months(e: Expr & { k: 'months' }, env: Env): Range {
    const series = this.#compiler.run(e.series)(env) as MonthValues | null;
    if (e.series.k === 'fact' && !this.#nonNegative.has(e.series.path.at(-1) ?? '')) return ALL;
    const known = e.months.reduce((sum, m) => sum + (series?.[m] ?? 0n), 0n);
    return { lo: known, hi: null };
  }

  #other(e: Expr, env: Env): Range {
    switch (e.k) {
      case 'min':
      case 'max':
        return this.#extreme(
          e.k,
          e.items.map((i) => this.of(i, env)),
        );
      case 'if': {
        const test = this.#compiler.run(e.test)(env);
        if (test !== null) return this.of(test === true ? e.yes : e.no, env);
        return hull([this.of(e.yes, env), this.of(e.no, env)]);
      }
      case 'round': {
        const n = this.of(e.num, env);
        const d = e.den === null ? { lo: 1n, hi: 1n } : this.of(e.den, env);
        if (d.lo === null || d.lo <= 0n || d.lo !== d.hi)
          return { lo: (n.lo ?? -1n) < 0n ? null : 0n, hi: null };
        const by = d.lo;
        const round = (x: bigint | null): bigint | null => {
          if (x === null) return null;
          return divide(x * pow10(Math.max(0, e.by)), by * pow10(Math.max(0, -e.by)), e.mode);
        };
        return { lo: round(n.lo), hi: round(n.hi) };
      }
      case 'parameter':
        return this.#parameter(e.name);
      case 'over':
        return this.#over(e, env);
      case 'table':
        return this.#table(e, env);
      case 'days':
        return ALL;
      default:
        return ALL;
    }
  }

  /** Any value it ever had: the date may be open. */
  #parameter(name: string): Range {
    const known = this.#parameters.get(name);
    if (known !== undefined) return known;
    const p = this.#compiler.ruleSet.parameters.find((x) => x.name === name);
    const values = (p?.rows ?? []).flatMap((r) => r.values.map((v) => BigInt(v)));
    const range = hull(values.map((v) => ({ lo: v, hi: v })));
    this.#parameters.set(name, range);
    return range;
  }

  #extreme(k: 'min' | 'max', ranges: readonly Range[]): Range {
    const pick = (side: 'lo' | 'hi', ignoreNull: boolean): bigint | null => {
      const values = ranges.map((r) => r[side]);
      if (!ignoreNull && values.includes(null)) return null;
      const known = values.filter((v) => v !== null);
      const [first, ...rest] = known;
      if (first === undefined) return null;
      return rest.reduce((a, b) => ((k === 'min') === b < a ? b : a), first);
    };
    // min is bounded above by any bounded operand, below only when all are; max the other way.
    return { lo: pick('lo', k === 'max'), hi: pick('hi', k === 'min') };
  }

  #over(e: Expr & { k: 'over' }, env: Env): Range {
    const rows = this.#compiler.run(e.list)(env) as readonly FactRecord[] | null;
    if (rows === null || e.fn === 'count') return { lo: 0n, hi: null };
    const outer = env.rows;
    const parts = rows.map((row) => {
      env.rows = { ...outer, [e.variable]: row };
      return this.of(e.body, env);
    });
    env.rows = outer;
    if (e.fn !== 'sum') return this.#extreme(e.fn, parts);
    return parts.reduce<Range>((a, b) => ({ lo: add(a.lo, b.lo), hi: add(a.hi, b.hi) }), {
      lo: 0n,
      hi: 0n,
    });
  }

  #table(t: TableExpr, env: Env): Range {
    const values = t.inputs.map((i) => this.#compiler.run(i)(env));
    const ranges = t.inputs.map((i, n) =>
      values[n] === null && i.type.t === 'number' ? this.of(i, env) : ALL,
    );
    const rows = this.#possibleRows(t);
    const outs = t.rows.flatMap((r, n) => {
      const can = rows[n]?.every((test, i) => test(values[i] ?? null, ranges[i] ?? ALL)) === true;
      return r.out === null || !can ? [] : [this.of(r.out, env)];
    });
    if (t.rest !== undefined && t.rest !== null) outs.push(this.of(t.rest, env));
    if (t.hit !== '求和') return outs.length === 0 ? { lo: 0n, hi: 0n } : hull(outs);
    return outs.reduce<Range>((a, b) => ({ lo: 0n, hi: add(a.hi, b.hi) }), { lo: 0n, hi: 0n });
  }

  #possibleRows(t: TableExpr): readonly (readonly Possible[])[] {
    const known = this.#tables.get(t);
    if (known !== undefined) return known;
    const made = t.rows.map((r) => r.tests.map(possible));
    this.#tables.set(t, made);
    return made;
  }
}

/** Whether a value, or any value of a range while it is unknown, could pass. */
type Possible = (value: Value, range: Range) => boolean;

function possible(tests: readonly Test[]): Possible {
  const one = tests.map(possibleOne);
  return (value, range) => one.some((test) => test(value, range));
}

function possibleOne(t: Test): Possible {
  switch (t.k) {
    case 'any':
      return () => true;
    case 'set':
      return (value) => value === null || t.values.includes(value as string);
    case 'bool':
      return (value) => value === null || value === t.value;
    case 'interval':
      return possibleInterval(t);
  }
}

function possibleInterval(t: Test & { k: 'interval' }): Possible {
  const dated = t.lo?.charAt(4) === '-' || t.hi?.charAt(4) === '-';
  const end = (x: string | null): bigint | null => (x === null || dated ? null : BigInt(x));
  const [lo, hi] = [end(t.lo), end(t.hi)];
  return (value, range) => {
    if (value === null) {
      const below = hi !== null && range.lo !== null && range.lo > hi;
      const above = lo !== null && range.hi !== null && range.hi < lo;
      return !below && !above;
    }
    if (typeof value !== 'bigint') return true;
    const high = lo === null || (t.loOpen ? value > lo : value >= lo);
    return high && (hi === null || (t.hiOpen ? value < hi : value <= hi));
  };
}
