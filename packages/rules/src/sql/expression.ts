/** Middle form → terms of SQL: the same values as `evaluate` computes, unknowns included. */
import type { Expr, Parameter, TableExpr, Test } from '../ir.ts';
import { pow10 } from '../scaled.ts';
import type { Columns } from './columns.ts';
import { kindOf } from './meaning.ts';
import type { Meaning, RatioTerm, Reader } from './meaning.ts';
import { rounded } from './rounding.ts';
import { hitsTerm, tableTerm } from './table.ts';
import type { Kind, Term } from './term.ts';
import { isPlain } from './term.ts';

export class Expressions implements Reader {
  readonly columns: Columns;
  readonly meaning: Meaning;
  readonly #terms = new Map<Expr, Term>();
  readonly #named = new Map<string, Term>();
  readonly #within = new Map<Columns, Expressions>();
  readonly #namedRatios = new Map<string, RatioTerm>();

  constructor(columns: Columns, meaning: Meaning) {
    this.columns = columns;
    this.meaning = meaning;
  }

  /** The same names over the rows of a list. */
  within(columns: Columns): Expressions {
    const known = this.#within.get(columns);
    if (known !== undefined) return known;
    const made = new Expressions(columns, this.meaning);
    this.#within.set(columns, made);
    return made;
  }

  term(e: Expr): Term {
    const known = this.#terms.get(e);
    if (known !== undefined) return known;
    const made = this.#make(e);
    this.#terms.set(e, made);
    return made;
  }

  /** A name for what is said more than once. */
  shared(e: Expr): Term {
    const term = this.term(e);
    if (isPlain(term)) return term;
    const named = this.columns.share(term);
    this.#terms.set(e, named);
    return named;
  }

  literal(e: Expr & { k: 'literal' }): Term {
    const t = this.columns.terms;
    if (typeof e.value === 'boolean') return t.boolean(e.value);
    if (e.type.t === 'number') return t.integer(BigInt(e.value));
    return e.type.t === 'date' ? t.day(e.value) : t.text(e.value);
  }

  #make(e: Expr): Term {
    const { columns } = this;
    switch (e.k) {
      case 'literal':
        return this.literal(e);
      case 'asOf':
        return columns.terms.day(this.meaning.asOf);
      case 'fact':
        return columns.fact(e.path, e.row);
      case 'gate':
        return columns.gate(e.path, e.gate);
      case 'decision':
        return this.#decision(e.name, kindOf(e));
      case 'reading':
        return this.term(this.meaning.reading(e.id));
      case 'parameter':
        return this.#parameter(e);
      case 'months':
        return this.#months(e);
      case 'table':
        return tableTerm(this, e);
      case 'hits':
        return this.#hits(e.table);
      case 'over':
        return this.#over(e);
      default:
        return this.#operator(e);
    }
  }

  #operator(e: Expr): Term {
    const t = this.columns.terms;
    switch (e.k) {
      case 'scale':
        return t.multiply(this.term(e.a), t.integer(pow10(e.by)));
      case 'add':
      case 'subtract':
      case 'multiply':
        return t[e.k](this.term(e.a), this.term(e.b));
      case 'min':
      case 'max':
        return this.#extreme(e.k, e.items);
      case 'compare':
        return this.#compare(e);
      case 'in':
        return this.tests(e.a, e.tests, true);
      case 'and':
        return t.and(e.items.map((i) => this.term(i)));
      case 'or':
        return t.or(e.items.map((i) => this.term(i)));
      case 'not':
        return t.not(this.term(e.a));
      case 'if':
        return this.choice(this.term(e.test), this.term(e.yes), this.term(e.no));
      case 'round':
        return this.#round(e);
      case 'year': {
        const a = this.term(e.a);
        return { ...a, kind: 'integer', sql: t.dialect.year(a.sql), lo: 1n, hi: 9999n };
      }
      case 'days':
        return this.#days(e);
      default:
        throw new Error(`no SQL for ${e.k}`);
    }
  }

  /** `if`: unknown while its test is. */
  choice(test: Term, yes: Term, no: Term): Term {
    const t = this.columns.terms;
    if (test.literal === null) return t.nothing(yes.kind);
    if (test.known) return t.choose([[test, yes]], no);
    const named = isPlain(test) ? test : this.columns.share(test);
    const nothing = t.nothing(yes.kind);
    return t.choose(
      [
        [named, yes],
        [t.not(named), no],
      ],
      nothing,
    );
  }

  #decision(name: string, kind: Kind): Term {
    if (this.meaning.given.has(name)) return this.columns.given(name, kind);
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const made = this.shared(this.meaning.decision(name));
    this.#named.set(name, made);
    return made;
  }

  /** The two terms of an exact ratio. */
  ratio(e: Expr): RatioTerm {
    const t = this.columns.terms;
    switch (e.k) {
      case 'ratio':
        return { n: this.term(e.a), d: this.term(e.b) };
      case 'reading':
        return this.ratio(this.meaning.reading(e.id));
      case 'decision':
        return this.#namedRatio(e.name);
      case 'scale': {
        const { n, d } = this.ratio(e.a);
        return { n: t.multiply(n, t.integer(pow10(e.by))), d };
      }
      case 'if': {
        const test = this.shared(e.test);
        const [yes, no] = [this.ratio(e.yes), this.ratio(e.no)];
        return { n: this.choice(test, yes.n, no.n), d: this.choice(test, yes.d, no.d) };
      }
      default:
        throw new Error(`no ratio in SQL for ${e.k}`);
    }
  }

  #namedRatio(name: string): RatioTerm {
    if (this.meaning.given.has(name)) throw new Error(`${name} is a ratio and cannot be given`);
    const known = this.#namedRatios.get(name);
    if (known !== undefined) return known;
    const { n, d } = this.ratio(this.meaning.decision(name));
    const share = (x: Term): Term => (isPlain(x) ? x : this.columns.share(x));
    const made = { n: share(n), d: share(d) };
    this.#namedRatios.set(name, made);
    return made;
  }

  /** True where `e`, a ratio or not, has no value. */
  isNull(e: Expr): Term {
    const t = this.columns.terms;
    if (e.type.t !== 'ratio') return t.isNull(this.term(e));
    const { n, d } = this.ratio(e);
    const sound = t.surely(t.compare('>', d, t.integer(0n)));
    return t.or([t.isNull(n), t.not(sound)]);
  }

  #months(e: Expr & { k: 'months' }): Term {
    const t = this.columns.terms;
    const sum = this.monthColumns(e).reduce((all, m) => t.add(all, m));
    return isPlain(sum) ? sum : this.columns.share(sum);
  }

  monthColumns(e: Expr & { k: 'months' }): readonly Term[] {
    const { series } = e;
    if (series.k !== 'fact') throw new Error('a monthly amount is no fact');
    return e.months.map((m) => this.columns.month(series.path, series.row, m));
  }

  #extreme(k: 'min' | 'max', items: readonly Expr[]): Term {
    const all = items.map((i) => this.shared(i));
    return all.reduce((a, b) => this.lesser(k, a, b));
  }

  /** The lesser (`min`) or greater of two; unknown while one is. */
  lesser(k: 'min' | 'max', a: Term, b: Term): Term {
    const t = this.columns.terms;
    const [x, y] = [a, b].map((v) => (isPlain(v) ? v : this.columns.share(v)));
    if (x === undefined || y === undefined) return a;
    const first = t.compare(k === 'min' ? '<=' : '>=', x, y);
    const second = t.compare(k === 'min' ? '<' : '>', y, x);
    const chosen = t.choose([[first, x]], t.choose([[second, y]], t.nothing('integer')));
    // Bounds of the result are tighter than those of both.
    const pick = (p: bigint, q: bigint): bigint => ((k === 'min') === p < q ? p : q);
    const both = x.known && y.known;
    const plain = both ? t.choose([[first, x]], y) : chosen;
    return { ...plain, lo: pick(x.lo, y.lo), hi: pick(x.hi, y.hi) };
  }

  #compare(e: Expr & { k: 'compare' }): Term {
    const t = this.columns.terms;
    if (e.a.type.t !== 'ratio') return t.compare(e.op, this.term(e.a), this.term(e.b));
    const { n, d } = this.ratio(e.a);
    const scale = e.b.type.t === 'number' ? e.b.type.scale : 0;
    const left = t.multiply(n, t.integer(pow10(Math.max(0, scale))));
    const right = t.multiply(this.term(e.b), d);
    return this.#overPositive(d, t.compare(e.op, left, right));
  }

  /** A comparison of a ratio is unknown where its divisor is not above zero. */
  #overPositive(d: Term, holds: Term): Term {
    const t = this.columns.terms;
    return t.choose([[t.compare('>', d, t.integer(0n)), holds]], t.nothing('boolean'));
  }

  #round(e: Expr & { k: 'round' }): Term {
    const t = this.columns.terms;
    const up = t.integer(pow10(Math.max(0, e.by)));
    const down = t.integer(pow10(Math.max(0, -e.by)));
    const share = (x: Term): Term => (isPlain(x) ? x : this.columns.share(x));
    const d = e.den === null ? t.integer(1n) : share(this.term(e.den));
    const value = rounded(t, share, t.multiply(this.term(e.num), up), t.multiply(d, down), e.mode);
    return d.known ? value : { ...value, known: false };
  }

  #days(e: Expr & { k: 'days' }): Term {
    const t = this.columns.terms;
    const [from, to] = [this.term(e.a), this.term(e.b)];
    const most = 3_660_000n;
    return {
      kind: 'integer',
      sql: t.dialect.days(from.sql, to.sql),
      level: Math.max(from.level, to.level),
      known: from.known && to.known,
      lo: -most,
      hi: most,
      wide: false,
    };
  }

  /** Whether a value passes one of `tests`; `all`: a test that always holds still needs a value. */
  tests(e: Expr, tests: readonly Test[], all: boolean): Term {
    const t = this.columns.terms;
    if (tests.some((x) => x.k === 'any')) {
      if (!all) return t.boolean(true);
      return t.choose([[t.not(this.isNull(e)), t.boolean(true)]], t.nothing('boolean'));
    }
    if (e.type.t === 'ratio') {
      const { n, d } = this.ratio(e);
      const each = tests.map((x) => this.#ends(x, n, (end) => t.multiply(t.integer(end), d)));
      return this.#overPositive(d, t.or(each));
    }
    const a = this.shared(e);
    return t.or(tests.map((x) => this.test(a, x)));
  }

  /** One test on a value that is no ratio. */
  test(a: Term, x: Test): Term {
    const t = this.columns.terms;
    switch (x.k) {
      case 'any':
        return t.boolean(true);
      case 'bool':
        return x.value ? a : t.not(a);
      case 'set':
        return t.isIn(
          a,
          x.values.map((v) => (a.kind === 'date' ? t.day(v) : t.text(v))),
        );
      case 'interval':
        return this.#ends(x, a, (end) => t.integer(end));
    }
  }

  #ends(x: Test, a: Term, number: (end: bigint) => Term): Term {
    const t = this.columns.terms;
    if (x.k !== 'interval') throw new Error(`no test ${x.k} on a number`);
    const end = (text: string): Term =>
      a.kind === 'date' ? t.day(text) : a.kind === 'text' ? t.text(text) : number(BigInt(text));
    const ends: Term[] = [];
    if (x.lo !== null) ends.push(t.compare(x.loOpen ? '>' : '>=', a, end(x.lo)));
    if (x.hi !== null) ends.push(t.compare(x.hiOpen ? '<' : '<=', a, end(x.hi)));
    if (ends.length > 0) return t.and(ends);
    return t.choose([[t.isKnown(a), t.boolean(true)]], t.nothing('boolean'));
  }

  #hits(name: string): Term {
    const t = this.columns.terms;
    if (this.meaning.given.has(name)) {
      const found = this.meaning.decision(name);
      const given = this.columns.given(name, kindOf(found));
      return t.choose([[t.isKnown(given), t.boolean(true)]], t.nothing('boolean'));
    }
    return hitsTerm(this, this.table(name));
  }

  table(name: string): TableExpr {
    const found = this.meaning.decision(name);
    if (found.k !== 'table') throw new Error(`${name} is no table`);
    return found;
  }

  #parameter(e: Expr & { k: 'parameter' }): Term {
    const t = this.columns.terms;
    const p = this.meaning.ruleSet.parameters.find((x) => x.name === e.name);
    if (p === undefined) throw new Error(`parameter ${e.name} is not in the rule set`);
    const date = this.shared(e.date);
    const [key] = e.keys;
    if (key === undefined) return this.#dated(p, 0, date);
    const k = this.shared(key);
    const branches = p.keys.map((name, n): readonly [Term, Term] => [
      t.compare('=', k, t.text(name)),
      this.#dated(p, n, date),
    ]);
    return t.choose(branches, t.nothing('integer'));
  }

  /** The value of the last row that holds on `date`. */
  #dated(p: Parameter, column: number, date: Term): Term {
    const t = this.columns.terms;
    const rows = p.rows.toReversed().map((r): readonly [Term, Term] => {
      const value = r.values[column];
      const term = value === undefined ? t.nothing('integer') : t.integer(BigInt(value));
      return [t.compare('>=', date, t.day(r.from)), term];
    });
    return t.choose(rows, t.nothing('integer'));
  }

  /** Sums up child rows; one unknown row makes the whole unknown. */
  #over(e: Expr & { k: 'over' }): Term {
    const t = this.columns.terms;
    if (e.list.k !== 'fact') throw new Error('a list is no fact');
    const list = this.columns.list(e.list.path, e.list.row, e.variable);
    const body = this.within(list.columns).term(e.body);
    const whole = list.allKnown(body);
    const nothing = t.nothing('integer');
    const known = t.isKnown(list.count);
    if (e.fn === 'min' || e.fn === 'max') {
      return t.choose([[t.and([known, t.surely(whole)]), list.extreme(e.fn, body)]], nothing);
    }
    const one = e.fn === 'count' ? t.choose([[body, t.integer(1n)]], t.integer(0n)) : body;
    const sum = { ...list.total(one), known: false };
    return t.choose(
      [
        [t.and([known, t.isNull(whole)]), t.integer(0n)],
        [t.and([known, t.surely(whole)]), sum],
      ],
      nothing,
    );
  }
}
