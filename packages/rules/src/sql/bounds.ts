/** What a number can still become, as terms: the counterpart of `evaluate/bounds.ts`, with the same
 *  ends for every subject. NULL is unbounded. */
import type { Expr, RuleSet, TableExpr, Test } from '../ir.ts';
import { pow10 } from '../scaled.ts';
import type { Expressions } from './expression.ts';
import { rounded } from './rounding.ts';
import { isPlain } from './term.ts';
import type { Term } from './term.ts';

/** Both ends; computed when asked for, since most callers want one. */
export interface RangeTerm {
  readonly lo: () => Term;
  readonly hi: () => Term;
}

type Side = 'lo' | 'hi';

/** A text beyond this many characters gets a name: below it, what stands within the answer for the
 *  undecided costs nobody else. */
const LONG = 2000;

/** No value of it is below zero; it may be NULL. */
function isNegativeNever(term: Term): boolean {
  return term.literal !== null && term.lo >= 0n;
}

export class BoundTerms {
  readonly #x: Expressions;
  readonly #nonNegative: ReadonlySet<string>;
  readonly #known = new Map<Expr, RangeTerm>();
  readonly #share: (term: Term) => Term;

  /** `share` names what stands several times, for those subjects at least whose ends are asked for. */
  constructor(x: Expressions, ruleSet: RuleSet, share: (term: Term) => Term) {
    this.#x = x;
    this.#share = share;
    this.#nonNegative = new Set(
      ruleSet.entities.flatMap((e) => e.facts.filter((f) => !f.negative).map((f) => f.name)),
    );
  }

  get #all(): RangeTerm {
    const nothing = this.#x.columns.terms.nothing('integer');
    return { lo: () => nothing, hi: () => nothing };
  }

  /** The ends of `e`: its value where it has one. */
  of(e: Expr): RangeTerm {
    const known = this.#known.get(e);
    if (known !== undefined) return known;
    const made = this.#made(e);
    this.#known.set(e, made);
    return made;
  }

  #made(e: Expr): RangeTerm {
    if (e.type.t !== 'number') return this.#all;
    const t = this.#x.columns.terms;
    const value = this.#x.term(e);
    if (value.known) return { lo: () => value, hi: () => value };
    const open = this.#open(e);
    const tight = this.#isTight(e);
    const once = (side: Side): (() => Term) => {
      let kept: Term | undefined;
      return () => (kept ??= this.#short(tight ? open[side]() : t.either(value, open[side]())));
    };
    return { lo: once('lo'), hi: once('hi') };
  }

  /** Whether both ends of `e` are its value where it has one, without asking for it: so it is for sums
   *  and differences of what has a value, and for a choice once its test has one. */
  #isTight(e: Expr): boolean {
    switch (e.k) {
      case 'add':
      case 'subtract':
      case 'scale':
      case 'reading':
      case 'min':
      case 'max':
      case 'if':
        return true;
      case 'decision':
        return !this.#x.meaning.given.has(e.name);
      case 'months':
        return e.series.k === 'fact' && this.#nonNegative.has(e.series.path.at(-1) ?? '');
      case 'multiply':
        return [e.a, e.b].some((x) => this.#x.term(x).lo >= 0n && isNegativeNever(this.of(x).lo()));
      default:
        return false;
    }
  }

  /** The ends while `e` has no value. */
  #open(e: Expr): RangeTerm {
    const t = this.#x.columns.terms;
    switch (e.k) {
      case 'fact':
        return this.#nonNegative.has(e.path.at(-1) ?? '') ? this.#fromZero() : this.#all;
      case 'months':
        return this.#months(e);
      case 'decision': {
        const found = this.#x.meaning.decision(e.name);
        if (this.#x.meaning.given.has(e.name) && found.k !== 'table') return this.#all;
        return this.of(found);
      }
      case 'reading':
        return this.of(this.#x.meaning.reading(e.id));
      case 'scale': {
        const r = this.of(e.a);
        const up = t.integer(pow10(e.by));
        return { lo: () => t.multiply(r.lo(), up), hi: () => t.multiply(r.hi(), up) };
      }
      case 'add': {
        const [a, b] = [this.of(e.a), this.of(e.b)];
        return { lo: () => t.add(a.lo(), b.lo()), hi: () => t.add(a.hi(), b.hi()) };
      }
      case 'subtract': {
        const [a, b] = [this.of(e.a), this.of(e.b)];
        return { lo: () => t.subtract(a.lo(), b.hi()), hi: () => t.subtract(a.hi(), b.lo()) };
      }
      case 'multiply':
        return this.#times(this.of(e.a), this.of(e.b));
      default:
        return this.#other(e);
    }
  }

  #other(e: Expr): RangeTerm {
    const t = this.#x.columns.terms;
    switch (e.k) {
      case 'min':
      case 'max': {
        const parts = e.items.map((i) => this.of(i));
        return this.#sides((side) => this.#extreme(e.k, parts, side));
      }
      case 'if': {
        const test = this.#plain(this.#x.term(e.test));
        const [yes, no] = [this.of(e.yes), this.of(e.no)];
        return this.#sides((side) =>
          t.choose(
            [
              [test, yes[side]()],
              [t.not(test), no[side]()],
            ],
            this.#strict(side === 'lo' ? 'min' : 'max', yes[side](), no[side]()),
          ),
        );
      }
      case 'round':
        return this.#round(e);
      case 'parameter':
        return this.#parameter(e.name);
      case 'over':
        return this.#over(e);
      case 'table':
        return this.#table(e);
      default:
        return this.#all;
    }
  }

  #sides(make: (side: Side) => Term): RangeTerm {
    return { lo: () => make('lo'), hi: () => make('hi') };
  }

  #fromZero(): RangeTerm {
    const t = this.#x.columns.terms;
    return { lo: () => t.integer(0n), hi: () => t.nothing('integer') };
  }

  #plain(term: Term): Term {
    return isPlain(term) ? term : this.#share(term);
  }

  #short(term: Term): Term {
    return term.sql.length > LONG ? this.#plain(term) : term;
  }

  /** NULL while one is. */
  #strict(k: 'min' | 'max', a: Term, b: Term): Term {
    const t = this.#x.columns.terms;
    if (a.literal === null || b.literal === null) return t.nothing('integer');
    return this.#x.lesser(k, this.#plain(a), this.#plain(b));
  }

  /** The other where one is NULL. */
  #lenient(k: 'min' | 'max', a: Term, b: Term): Term {
    const t = this.#x.columns.terms;
    if (a.literal === null) return b;
    if (b.literal === null) return a;
    const [x, y] = [this.#plain(a), this.#plain(b)];
    return t.choose(
      [
        [t.isNull(x), y],
        [t.isNull(y), x],
        [t.compare(k === 'min' ? '<=' : '>=', x, y), x],
      ],
      y,
    );
  }

  /** min is bounded above by any bounded operand, below only when all are; max the other way. */
  #extreme(k: 'min' | 'max', parts: readonly RangeTerm[], side: Side): Term {
    const lenient = (k === 'max') === (side === 'lo');
    const ends = parts.map((p) => p[side]());
    return ends.reduce((a, b) => (lenient ? this.#lenient(k, a, b) : this.#strict(k, a, b)));
  }

  /** Known months count; an open one can bring any amount, unless the fact may be negative. */
  #months(e: Expr & { k: 'months' }): RangeTerm {
    const t = this.#x.columns.terms;
    if (e.series.k === 'fact' && !this.#nonNegative.has(e.series.path.at(-1) ?? '')) {
      return this.#all;
    }
    const zero = t.integer(0n);
    const known = (): Term =>
      this.#x.monthColumns(e).reduce<Term>((sum, m) => t.add(sum, t.either(m, zero)), zero);
    // The sum itself has an end above where it has a value.
    return { lo: known, hi: () => this.#x.term(e) };
  }

  /** The upper end of a product with a factor that is not below zero: a positive end takes the factor's
   *  far side, a negative one its near side. */
  #scaledEnd(end: Term, factor: RangeTerm): Term {
    const t = this.#x.columns.terms;
    const zero = t.integer(0n);
    const nothing = t.nothing('integer');
    const hi = factor.hi();
    if (isNegativeNever(end)) {
      const product = t.multiply(end, hi);
      if (end.lo > 0n && hi.lo > 0n) return product;
      // Nothing times anything is nothing, even times what has no end.
      const [e, h] = [this.#plain(end), this.#plain(hi)];
      const none = t.or([t.compare('=', e, zero), t.compare('=', h, zero)]);
      return t.choose([[none, zero]], t.multiply(e, h));
    }
    const [e, h] = [this.#plain(end), this.#plain(hi)];
    const lo = this.#plain(t.either(factor.lo(), zero));
    return t.choose(
      [
        [t.isNull(e), t.choose([[t.compare('=', h, zero), zero]], nothing)],
        [t.compare('=', e, zero), zero],
        [t.compare('>', e, zero), t.multiply(e, h)],
      ],
      t.multiply(e, lo),
    );
  }

  /** Product of two of which `factor` is not below zero. */
  #byFactor(x: RangeTerm, factor: RangeTerm): RangeTerm {
    const t = this.#x.columns.terms;
    const zero = t.integer(0n);
    const lo = (): Term => {
      const near = t.either(factor.lo(), zero);
      if (isNegativeNever(x.lo())) return t.multiply(x.lo(), near);
      const [xLo, fLo] = [this.#plain(x.lo()), this.#plain(near)];
      const least = t.choose(
        [[t.compare('>=', xLo, zero), t.multiply(xLo, fLo)]],
        t.multiply(xLo, this.#plain(factor.hi())),
      );
      return t.choose([[t.isKnown(xLo), least]], t.nothing('integer'));
    };
    return { lo, hi: () => this.#scaledEnd(x.hi(), factor) };
  }

  /** Product of ranges of which one is not below zero; else unbounded. */
  #times(a: RangeTerm, b: RangeTerm): RangeTerm {
    const t = this.#x.columns.terms;
    const [aLo, bLo] = [a.lo(), b.lo()];
    if (bLo.known && isNegativeNever(bLo)) return this.#byFactor(a, b);
    const isFactor = (lo: Term): Term =>
      lo.known && isNegativeNever(lo)
        ? t.boolean(true)
        : t.surely(t.compare('>=', this.#plain(lo), t.integer(0n)));
    return this.#sides((side) =>
      t.choose(
        [
          [isFactor(bLo), this.#byFactor(a, b)[side]()],
          [isFactor(aLo), this.#byFactor(b, a)[side]()],
        ],
        t.nothing('integer'),
      ),
    );
  }

  #round(e: Expr & { k: 'round' }): RangeTerm {
    const t = this.#x.columns.terms;
    const zero = t.integer(0n);
    const up = t.integer(pow10(Math.max(0, e.by)));
    const down = t.integer(pow10(Math.max(0, -e.by)));
    const n = this.of(e.num);
    const one = t.integer(1n);
    const d = e.den === null ? { lo: () => one, hi: () => one } : this.of(e.den);
    const share = (x: Term): Term => this.#plain(x);
    return this.#sides((side) => {
      const [dLo, dHi] = [share(d.lo()), share(d.hi())];
      const settled = t.surely(t.and([t.compare('>', dLo, zero), t.compare('=', dLo, dHi)]));
      const num = t.multiply(n[side](), up);
      const value = rounded(t, share, num, t.multiply(dLo, down), e.mode);
      const nLo = share(n.lo());
      const otherwise =
        side === 'hi'
          ? t.nothing('integer')
          : t.choose([[t.surely(t.compare('>=', nLo, zero)), zero]], t.nothing('integer'));
      return t.choose([[settled, value]], otherwise);
    });
  }

  /** Any value it ever had: the date may be open. */
  #parameter(name: string): RangeTerm {
    const t = this.#x.columns.terms;
    const p = this.#x.meaning.ruleSet.parameters.find((x) => x.name === name);
    const values = (p?.rows ?? []).flatMap((r) => r.values.map((v) => BigInt(v)));
    const [first] = values;
    if (first === undefined) return this.#all;
    const end = (pick: (a: bigint, b: bigint) => boolean): Term =>
      t.integer(values.reduce((a, b) => (pick(b, a) ? b : a), first));
    return { lo: () => end((b, a) => b < a), hi: () => end((b, a) => b > a) };
  }

  #over(e: Expr & { k: 'over' }): RangeTerm {
    if (e.fn === 'count' || e.list.k !== 'fact') return this.#fromZero();
    const { fn } = e;
    const t = this.#x.columns.terms;
    const list = this.#x.columns.list(e.list.path, e.list.row, e.variable);
    const share = (term: Term): Term => list.columns.share(term);
    const within = new BoundTerms(this.#x.within(list.columns), this.#x.meaning.ruleSet, share);
    const body = within.of(e.body);
    const unknown = t.isNull(list.count);
    return this.#sides((side) => {
      const end = body[side]();
      const nothing = t.nothing('integer');
      const unlisted = side === 'lo' ? t.integer(0n) : nothing;
      if (end.literal === null) return t.choose([[unknown, unlisted]], nothing);
      const lenient = fn !== 'sum' && (fn === 'max') === (side === 'lo');
      const whole = lenient ? t.boolean(true) : t.surely(list.allKnown(end));
      const value = fn === 'sum' ? list.total(end) : list.extreme(fn, end);
      return t.choose(
        [
          [unknown, unlisted],
          [whole, value],
        ],
        nothing,
      );
    });
  }

  #table(t: TableExpr): RangeTerm {
    const terms = this.#x.columns.terms;
    const zero = terms.integer(0n);
    const paying = (): readonly { readonly can: Term; readonly out: RangeTerm }[] => [
      ...t.rows.flatMap((r) =>
        r.out === null
          ? []
          : [
              {
                can: terms.and(t.inputs.map((i, n) => this.#possible(i, r.tests[n] ?? []))),
                out: this.of(r.out),
              },
            ],
      ),
      ...(t.rest === undefined || t.rest === null
        ? []
        : [{ can: terms.boolean(true), out: this.of(t.rest) }]),
    ];
    return this.#sides((side) => {
      const [input] = t.inputs;
      if (input?.type.t === 'number' && t.inputs.length === 1 && t.hit !== '求和') {
        return this.#bands(t, input, side);
      }
      const parts = paying().map(({ can, out }) => ({ can, end: out[side]() }));
      if (t.hit === '求和') {
        if (side === 'lo') return zero;
        return parts.reduce<Term>(
          (sum, { can, end }) => terms.add(sum, terms.choose([[can, end]], zero)),
          zero,
        );
      }
      return this.#hull(parts, side);
    });
  }

  /** A table over one number: which rows it can reach while it is open, or passes when it is known. */
  #bands(t: TableExpr, input: Expr, side: Side): Term {
    const terms = this.#x.columns.terms;
    const value = this.#plain(this.#x.term(input));
    const ends = this.of(input);
    const range = { lo: this.#plain(ends.lo()), hi: this.#plain(ends.hi()) };
    const rest = t.rest === undefined || t.rest === null ? [] : [this.of(t.rest)[side]()];
    const hull = (can: (test: Test) => Term): Term =>
      this.#hull(
        [
          ...t.rows.flatMap((r) =>
            r.out === null
              ? []
              : [{ can: terms.or((r.tests[0] ?? []).map(can)), end: this.of(r.out)[side]() }],
          ),
          ...rest.map((end) => ({ can: terms.boolean(true), end })),
        ],
        side,
      );
    const open = hull((test) => this.#reachable(range, test));
    const literal = t.rows.every((r) => r.out === null || r.out.k === 'literal');
    if (!value.known && t.hit === '唯一' && literal) {
      // A known number that gives nothing passes no row that gives something.
      const known = rest.map((end) => ({ can: terms.boolean(true), end }));
      return terms.choose([[terms.isNull(value), open]], this.#hull(known, side));
    }
    if (value.known) return hull((test) => terms.surely(this.#x.test(value, test)));
    return terms.choose(
      [[terms.isNull(value), open]],
      hull((test) => terms.surely(this.#x.test(value, test))),
    );
  }

  /** Whether a number within `range` could pass; a NULL end is no end. */
  #reachable(range: { readonly lo: Term; readonly hi: Term }, x: Test): Term {
    const t = this.#x.columns.terms;
    if (x.k !== 'interval') return t.boolean(true);
    // As texts of a condition a comparison that is unknown excludes nothing.
    const above = x.lo === null ? [] : [t.compare('<', range.hi, t.integer(BigInt(x.lo)))];
    const below = x.hi === null ? [] : [t.compare('>', range.lo, t.integer(BigInt(x.hi)))];
    const out = [...above, ...below].filter((c) => c.literal !== null);
    return t.not(t.surely(t.or(out)));
  }

  /** The outermost end of those that can be; nothing can: zero. One without end: none. */
  #hull(parts: readonly { readonly can: Term; readonly end: Term }[], side: Side): Term {
    const t = this.#x.columns.terms;
    const nothing = t.nothing('integer');
    const amounts = parts.map((p) => p.end.literal);
    if (amounts.every((a) => typeof a === 'bigint')) {
      const order = (a: Term, b: Term): number => (a.lo === b.lo ? 0 : a.lo < b.lo ? -1 : 1);
      const sorted = parts.toSorted((a, b) => order(a.end, b.end) * (side === 'lo' ? 1 : -1));
      return t.choose(
        sorted.map(({ can, end }) => [can, end]),
        t.integer(0n),
      );
    }
    const endless = t.or(parts.map(({ can, end }) => t.and([can, t.isNull(end)])));
    const folded = parts.reduce<Term>(
      (best, { can, end }) =>
        this.#lenient(
          side === 'lo' ? 'min' : 'max',
          best,
          this.#plain(t.choose([[can, end]], nothing)),
        ),
      nothing,
    );
    return t.choose([[endless, nothing]], t.either(folded, t.integer(0n)));
  }

  /** Whether the value of an input, or any that it can still have, could pass. */
  #possible(input: Expr, tests: readonly Test[]): Term {
    const t = this.#x.columns.terms;
    if (tests.some((x) => x.k === 'any')) return t.boolean(true);
    // A known ratio or date is not held against an interval: wide, never too narrow.
    if (input.type.t === 'ratio') return t.boolean(true);
    const value = this.#plain(this.#x.term(input));
    if (value.kind === 'date' && tests.some((x) => x.k === 'interval')) return t.boolean(true);
    const range = this.of(input);
    return t.or(tests.map((x) => this.#possibleOne(value, range, x)));
  }

  #possibleOne(value: Term, range: RangeTerm, x: Test): Term {
    const t = this.#x.columns.terms;
    if (x.k !== 'interval' || value.kind !== 'integer') {
      return t.or([t.isNull(value), t.surely(this.#x.test(value, x))]);
    }
    const below =
      x.hi === null ? [] : [t.surely(t.compare('>', range.lo(), t.integer(BigInt(x.hi))))];
    const above =
      x.lo === null ? [] : [t.surely(t.compare('<', range.hi(), t.integer(BigInt(x.lo))))];
    const reachable = t.and([...below, ...above].map((c) => t.not(c)));
    return t.choose([[t.isNull(value), reachable]], t.surely(this.#x.test(value, x)));
  }
}
