/** Which facts and judgements would settle an undecided expression: only those that still matter. */
import type { Expr, RuleSet } from '../ir.ts';
import { children, reach } from '../lower/walk.ts';
import type { Compiler } from './compile.ts';
import type { Env, FactRecord, MonthValues, Value } from './value.ts';

export interface Wanted {
  /** Paths, each with the months that have no figure. */
  readonly facts: Map<string, readonly string[]>;
  readonly gates: Set<string>;
}

const NO_MONTHS: readonly string[] = [];

function want(w: Wanted, path: string, months: readonly string[] = NO_MONTHS): void {
  const known = w.facts.get(path) ?? NO_MONTHS;
  const all = months.length === 0 ? known : [...new Set([...known, ...months])].toSorted();
  w.facts.set(path, all);
}

export class Missing {
  readonly #compiler: Compiler;
  readonly #wanted: Wanted = { facts: new Map(), gates: new Set() };
  /** Decisions and readings looked into: each waits for the same however often it is named. */
  readonly #seen = new Set<Expr>();
  /** Path of the list that a row variable runs over. */
  readonly #lists = new Map<string, string>();

  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  get wanted(): Wanted {
    return this.#wanted;
  }

  /** Adds what `e` waits for; nothing when it is known. */
  collect(e: Expr, env: Env): void {
    if (this.#compiler.run(e)(env) !== null) return;
    switch (e.k) {
      case 'fact':
        want(this.#wanted, this.#factPath(e, env));
        return;
      case 'gate':
        this.#wanted.gates.add(e.gate);
        return;
      case 'decision':
        this.#decision(e.name, env);
        return;
      case 'reading': {
        const chosen = this.#compiler.reading(e.id);
        if (chosen !== undefined && this.#first(chosen)) this.collect(chosen, env);
        return;
      }
      case 'months':
        this.#months(e, env);
        return;
      case 'if':
        this.#choice(e, env);
        return;
      case 'table':
      case 'hits':
        this.#table(e, env);
        return;
      case 'over':
        this.#rows(e, env);
        return;
      case 'parameter':
        this.#parameter(e, env);
        return;
      case 'ratio':
        this.#ratio(e, env);
        return;
      case 'round':
        this.#quotient(e, env);
        return;
      default:
        for (const c of children(e)) this.collect(c, env);
    }
  }

  /** The first unknown step of a path: of 首店.载体.县区 perhaps 首店.载体. */
  #factPath(e: Expr & { k: 'fact' }, env: Env): string {
    const { path, row } = e;
    if (row !== undefined) return [this.#lists.get(row) ?? row, ...path].join('.');
    let here: Value | undefined = env.root;
    let label = path[0] ?? '';
    for (let i = 1; i < path.length; i++) {
      const name = path[i] ?? '';
      here = (here as FactRecord)[name] ?? null;
      label += `.${name}`;
      if (here === null) return label;
      if (typeof here !== 'object') return path.join('.');
    }
    return label;
  }

  #first(named: Expr): boolean {
    const first = !this.#seen.has(named);
    this.#seen.add(named);
    return first;
  }

  #decision(name: string, env: Env): void {
    const found = this.#compiler.decision(name);
    if (found === undefined) return;
    if (env.given?.has(name) === true) want(this.#wanted, name);
    else if (this.#first(found)) this.collect(found, env);
  }

  #months(e: Expr & { k: 'months' }, env: Env): void {
    const series = this.#compiler.run(e.series)(env) as MonthValues | null;
    const path = e.series.k === 'fact' ? this.#factPath(e.series, env) : '';
    const open = e.months.filter((m) => (series?.[m] ?? null) === null);
    want(this.#wanted, path, open);
  }

  /** An undecided choice waits for its test only, a decided one for its branch. */
  #choice(e: Expr & { k: 'if' }, env: Env): void {
    const test = this.#compiler.run(e.test)(env);
    if (test === null) this.collect(e.test, env);
    else this.collect(test === true ? e.yes : e.no, env);
  }

  #table(e: Expr & { k: 'table' | 'hits' }, env: Env): void {
    const t = e.k === 'table' ? e : this.#compiler.table(e.table);
    if (t === undefined) return;
    if (env.given?.has(t.name) === true) {
      want(this.#wanted, t.name);
      return;
    }
    const values = t.inputs.map((i) => this.#compiler.run(i)(env));
    if (e.k === 'table' && !values.includes(null)) {
      const row = this.#compiler.hitRow(t)(values);
      const out = row === null ? undefined : row < 0 ? t.rest : t.rows[row]?.out;
      if (out !== undefined && out !== null) this.collect(out, env);
      else want(this.#wanted, `${t.name}（未列）`);
    }
    const waiting = this.#compiler.waitingRows(t)(values);
    t.inputs.forEach((input, i) => {
      if (values[i] !== null) return;
      const matters = waiting.some((r) => (r.tests[i] ?? []).some((x) => x.k !== 'any'));
      if (matters) this.collect(input, env);
    });
  }

  #rows(e: Expr & { k: 'over' }, env: Env): void {
    const rows = this.#compiler.run(e.list)(env) as readonly FactRecord[] | null;
    if (rows === null) {
      this.collect(e.list, env);
      return;
    }
    const outer = env.rows;
    if (e.list.k === 'fact') this.#lists.set(e.variable, this.#factPath(e.list, env));
    for (const row of rows) {
      env.rows = { ...outer, [e.variable]: row };
      this.collect(e.body, env);
    }
    env.rows = outer;
    if (rows.length === 0 && e.list.k === 'fact') want(this.#wanted, this.#factPath(e.list, env));
  }

  #parameter(e: Expr & { k: 'parameter' }, env: Env): void {
    const open = children(e).filter((c) => this.#compiler.run(c)(env) === null);
    for (const c of open) this.collect(c, env);
    if (open.length === 0) want(this.#wanted, `${e.name}（参数）`);
  }

  /** A ratio over zero waits for a positive denominator. */
  #ratio(e: Expr & { k: 'ratio' }, env: Env): void {
    const open = [e.a, e.b].filter((x) => this.#compiler.run(x)(env) === null);
    for (const x of open) this.collect(x, env);
    if (open.length === 0) this.#divisor(e.b, env);
  }

  #quotient(e: Expr & { k: 'round' }, env: Env): void {
    const open = children(e).filter((x) => this.#compiler.run(x)(env) === null);
    for (const x of open) this.collect(x, env);
    if (open.length === 0 && e.den !== null) this.#divisor(e.den, env);
  }

  /** The facts behind a divisor that is nothing: one of them must be another. */
  #divisor(divisor: Expr, env: Env): void {
    const nodes = reach([divisor], {
      decision: (name) => this.#compiler.decision(name),
      reading: (id) => [this.#compiler.reading(id)].flatMap((x) => x ?? []),
    });
    // Rows that the divisor itself runs over, by the name of their variable.
    const lists = new Map<string, string>();
    for (const n of nodes) {
      if (n.k === 'over' && n.list.k === 'fact') lists.set(n.variable, n.list.path.join('.'));
      if (n.k !== 'fact') continue;
      const list = n.row === undefined ? undefined : lists.get(n.row);
      want(this.#wanted, list === undefined ? this.#factPath(n, env) : [list, ...n.path].join('.'));
    }
  }
}

/** The unit that holds a fact, by its declaration. */
export function sourceOf(ruleSet: RuleSet, path: string): string {
  const parameter = ruleSet.parameters.find((p) => `${p.name}（参数）` === path);
  if (parameter !== undefined) return parameter.source;
  const [head = '', ...names] = path.split('.');
  let entity = ruleSet.entities.find((e) => e.name === head);
  let source = '';
  for (const name of names) {
    const fact = entity?.facts.find((f) => f.name === name);
    if (fact === undefined) return source;
    source = fact.source;
    const { type } = fact;
    if (type.t === 'entity' || type.t === 'rows') {
      entity = ruleSet.entities.find((e) => e.name === type.entity);
    }
  }
  return source;
}
