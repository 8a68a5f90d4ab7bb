/** Which facts and judgements would settle an undecided subject, as tests: the counterpart of
 *  `evaluate/missing.ts`, with the same answer for every subject. */
import type { Expr, TableExpr } from '../ir.ts';
import { children, reach } from '../lower/walk.ts';
import type { Expressions } from './expression.ts';
import { rowTerm } from './table.ts';
import type { Term } from './term.ts';

/** What is said to be missing, each with the test of when it is. */
export interface Wanted {
  readonly facts: Map<string, { readonly path: string; readonly month: string; when: Term }>;
  readonly gates: Map<string, Term>;
}

/** In place of the number of a row: none is sure to hit. Beyond every row. */
const NONE = 1_000_000;

/** Tests that all hold where a node is looked into. */
type Guard = readonly Term[];

export class MissingTests {
  readonly wanted: Wanted = { facts: new Map(), gates: new Map() };
  readonly #x: Expressions;
  /** Where named rules are looked into; each is walked once, after all who name it. */
  readonly #named = new Map<string, Term>();
  readonly #share: (term: Term) => Term;

  /** `share` names what stands several times, for undecided subjects at least. */
  constructor(x: Expressions, share: (term: Term) => Term) {
    this.#x = x;
    this.#share = share;
  }

  /** Adds what the expressions of `roots` wait for. */
  collect(roots: readonly Expr[]): void {
    for (const e of roots) this.#walk(e, []);
    for (const name of this.#order(roots)) {
      const when = this.#named.get(name);
      const found = this.#x.meaning.decision(name);
      if (when !== undefined) this.#walk(found, [when]);
    }
  }

  /** Named rules, each after those that name it. */
  #order(roots: readonly Expr[]): readonly string[] {
    const seen = new Set<string>();
    const done: string[] = [];
    const visit = (e: Expr): void => {
      if (e.k === 'reading') visit(this.#x.meaning.reading(e.id));
      if (e.k === 'decision' && !seen.has(e.name)) {
        seen.add(e.name);
        visit(this.#x.meaning.decision(e.name));
        done.push(e.name);
      }
      if (e.k === 'hits') visit(this.#x.table(e.table));
      children(e).forEach(visit);
    };
    roots.forEach(visit);
    return done.toReversed();
  }

  #want(path: string, month: string, guard: Guard): void {
    const t = this.#x.columns.terms;
    const when = t.and(guard);
    if (when.literal === false) return;
    const key = `${path} ${month}`;
    const known = this.wanted.facts.get(key);
    if (known === undefined) this.wanted.facts.set(key, { path, month, when });
    else known.when = t.or([known.when, when]);
  }

  #wantGate(gate: string, guard: Guard): void {
    const t = this.#x.columns.terms;
    const when = t.and(guard);
    const known = this.wanted.gates.get(gate);
    this.wanted.gates.set(gate, known === undefined ? when : t.or([known, when]));
  }

  /** Looks into `e` where it has no value and `guard` holds. */
  #walk(e: Expr, guard: Guard): void {
    const t = this.#x.columns.terms;
    const open = this.#x.isNull(e);
    if (open.literal === false) return;
    const here = [...guard, open];
    switch (e.k) {
      case 'fact':
        this.#fact(e, here);
        return;
      case 'gate':
        this.#wantGate(e.gate, here);
        return;
      case 'decision':
        // What a name stands for says itself when it has no value.
        if (this.#x.meaning.given.has(e.name)) this.#want(e.name, '', here);
        else this.#decision(e.name, guard);
        return;
      case 'reading':
        this.#walk(this.#x.meaning.reading(e.id), guard);
        return;
      case 'months':
        this.#months(e, guard);
        return;
      case 'if': {
        const test = this.#x.term(e.test);
        this.#walk(e.test, here);
        this.#walk(e.yes, [...here, t.surely(test)]);
        this.#walk(e.no, [...here, t.surely(t.not(test))]);
        return;
      }
      case 'table':
        this.#table(e, e, here);
        return;
      case 'hits':
        this.#table(e, this.#x.table(e.table), here);
        return;
      case 'over':
        this.#rows(e, here);
        return;
      case 'parameter':
        this.#parameter(e, guard);
        return;
      case 'ratio':
        this.#quotient([e.a, e.b], e.b, here);
        return;
      case 'round':
        this.#quotient(children(e), e.den, here);
        return;
      case 'and':
      case 'or':
        for (const c of children(e)) this.#walk(c, here);
        return;
      default:
        // A known whole has no unknown part: the part says it alone.
        for (const c of children(e)) this.#walk(c, guard);
    }
  }

  #fact(e: Expr & { k: 'fact' }, guard: Guard, month = ''): void {
    for (const { label, when } of this.#x.columns.places(e.path, e.row)) {
      this.#want(label, month, [...guard, when]);
    }
  }

  #decision(name: string, guard: Guard): void {
    const t = this.#x.columns.terms;
    const when = t.and(guard);
    const known = this.#named.get(name);
    this.#named.set(name, known === undefined ? when : t.or([known, when]));
  }

  #months(e: Expr & { k: 'months' }, guard: Guard): void {
    const t = this.#x.columns.terms;
    const { series } = e;
    if (series.k !== 'fact') return;
    this.#x.monthColumns(e).forEach((column, n) => {
      this.#fact(series, [...guard, t.isNull(column)], e.months[n] ?? '');
    });
  }

  #table(e: Expr, t: TableExpr, guard: Guard): void {
    if (this.#x.meaning.given.has(t.name)) {
      this.#want(t.name, '', guard);
      return;
    }
    const terms = this.#x.columns.terms;
    const open = t.inputs.map((i) => this.#x.isNull(i));
    const rows = t.rows.map((r) => rowTerm(this.#x, t, r));
    const sure = (): Term =>
      this.#share(
        terms.choose(
          rows.map((r, n) => [r, terms.integer(BigInt(n))]),
          terms.integer(BigInt(NONE)),
        ),
      );
    if (e.k === 'table') this.#outputs(t, sure, [...guard, ...open.map((o) => terms.not(o))]);
    t.inputs.forEach((input, i) => {
      this.#walk(input, [...guard, this.#waitedFor(t, { rows, open, sure }, i)]);
    });
  }

  /** With every input known: the output of the row that is sure to hit, or that there is none. */
  #outputs(t: TableExpr, sure: () => Term, guard: Guard): void {
    const terms = this.#x.columns.terms;
    const outs = [...t.rows.map((r) => r.out), t.rest ?? null];
    const given = outs.filter((out) => out !== null);
    if (given.every((out) => this.#x.term(out).known)) {
      // Nothing that it could give is unknown: then it gives nothing, where it can.
      if (given.length < outs.length) this.#want(`${t.name}（未列）`, '', guard);
      return;
    }
    const at = (n: number): Term => terms.compare('=', sure(), terms.integer(BigInt(n)));
    const nowhere: Term[] = [];
    const reached = (out: Expr | null | undefined, n: number): void => {
      if (out === undefined || out === null) nowhere.push(at(n));
      else this.#walk(out, [...guard, at(n)]);
    };
    t.rows.forEach((row, n) => {
      reached(row.out, n);
    });
    reached(t.rest, NONE);
    this.#want(`${t.name}（未列）`, '', [...guard, terms.or(nowhere)]);
  }

  /** Input `i` is open, and some row that tests it may still hit. */
  #waitedFor(
    t: TableExpr,
    { rows, open, sure }: { rows: readonly Term[]; open: readonly Term[]; sure: () => Term },
    i: number,
  ): Term {
    const terms = this.#x.columns.terms;
    const waiting = t.rows.flatMap((row, n) => {
      if (!(row.tests[i] ?? []).some((test) => test.k !== 'any')) return [];
      // Under 首个 a row after one that is sure to hit has no say.
      const before = t.hit === '首个' ? [terms.compare('>', sure(), terms.integer(BigInt(n)))] : [];
      return [terms.and([...before, terms.isNull(rows[n] ?? terms.boolean(true))])];
    });
    return terms.and([open[i] ?? terms.boolean(false), terms.or(waiting)]);
  }

  /** What single rows wait for, summed up over the list; or the list itself. */
  #rows(e: Expr & { k: 'over' }, guard: Guard): void {
    const t = this.#x.columns.terms;
    if (e.list.k !== 'fact') return;
    const list = this.#x.columns.list(e.list.path, e.list.row, e.variable);
    const unknown = t.isNull(list.count);
    this.#fact(e.list, [...guard, t.or([unknown, list.isEmpty()])]);
    const share = (term: Term): Term => list.columns.share(term);
    const within = new MissingTests(this.#x.within(list.columns), share);
    within.#walk(e.body, []);
    const listed = [...guard, t.not(unknown)];
    for (const { path, month, when } of within.wanted.facts.values()) {
      this.#want(path, month, [...listed, list.some(when)]);
    }
    for (const [gate, when] of within.wanted.gates) {
      this.#wantGate(gate, [...listed, list.some(when)]);
    }
    for (const [name, when] of within.#named) this.#decision(name, [...listed, list.some(when)]);
  }

  #parameter(e: Expr & { k: 'parameter' }, guard: Guard): void {
    const t = this.#x.columns.terms;
    const open = children(e).map((c) => this.#x.isNull(c));
    for (const c of children(e)) this.#walk(c, guard);
    const settled = open.map((o) => t.not(o));
    this.#want(`${e.name}（参数）`, '', [...guard, t.isNull(this.#x.term(e)), ...settled]);
  }

  /** Its parts; and where these are known, the facts behind a divisor that is nothing. */
  #quotient(parts: readonly Expr[], divisor: Expr | null, here: Guard): void {
    const t = this.#x.columns.terms;
    for (const p of parts) this.#walk(p, here);
    if (divisor === null) return;
    const settled = parts.map((p) => t.not(this.#x.isNull(p)));
    const guard = [...here, ...settled];
    if (t.and(guard).literal === false) return;
    const { meaning } = this.#x;
    const nodes = reach([divisor], {
      decision: (name) => meaning.decision(name),
      reading: (id) => [meaning.reading(id)],
    });
    // Rows that the divisor itself runs over, by the name of their variable.
    const lists = new Map<string, string>();
    for (const n of nodes) {
      if (n.k === 'over' && n.list.k === 'fact') lists.set(n.variable, n.list.path.join('.'));
      if (n.k !== 'fact') continue;
      const list = n.row === undefined ? undefined : lists.get(n.row);
      if (list === undefined) this.#fact(n, guard);
      else this.#want([list, ...n.path].join('.'), '', guard);
    }
  }
}
