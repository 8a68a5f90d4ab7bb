/** Prepared rules: decides one subject under one item, with or without a trace. */
import type { Cap, Expr, Item, RuleSet } from '../ir.ts';
import { reach } from '../lower/walk.ts';
import { Bounds } from './bounds.ts';
import { Compiler } from './compile.ts';
import { KIND_OF } from './decision.ts';
import type { Amount, CapKey, Decision, Failure, ReadingUsed, Verdict } from './decision.ts';
import { Missing, sourceOf } from './missing.ts';
import { failureOf } from './shortfall.ts';
import type { Env, FactRecord, FactValue, RawStep, Run, StepNode, Value } from './value.ts';
import { valueText } from '../explain/value.ts';

/** Someone or something to decide about. */
export interface Subject {
  readonly entity: string;
  readonly id: string;
  readonly facts: FactRecord;
}

export interface DecideOptions {
  readonly trace?: boolean;
  /** Decisions taken as given, by name; null means unknown. For worked examples. */
  readonly given?: ReadonlyMap<string, Value>;
}

export interface Engine {
  readonly ruleSet: RuleSet;
  readonly readings: ReadonlyMap<string, string>;
  /** Decides `subject` under `item` on the date `asOf` (`YYYY-MM-DD`). */
  decide(item: Item, subject: Subject, asOf: string, options?: DecideOptions): Decision;
  /** Truth of a duty's formula over `facts`; null while unknown. */
  holds(formula: Expr, facts: FactRecord, asOf: string): boolean | null;
}

interface Prepared {
  readonly item: Item;
  readonly conditions: readonly Run[];
  readonly abouts: readonly StepNode[];
  readonly amount: Run | null;
  readonly amountAbout: StepNode | null;
  readonly readings: readonly ReadingUsed[];
  readonly caps: readonly PreparedCap[];
  /** The amount can turn out to be nothing, and is then a failed condition. */
  readonly varies: boolean;
}

interface PreparedCap {
  readonly cap: Cap;
  readonly keys: readonly Run[];
  readonly limit: Run;
  readonly when: Run | null;
}

const EMPTY: ReadonlySet<number> = new Set();

function identity(v: Value, type: Expr['type'], ruleSet: RuleSet): string {
  if (type.t === 'entity' && typeof v === 'object' && v !== null) {
    const name = ruleSet.entities.find((e) => e.name === type.entity)?.identity ?? '';
    const id = (v as FactRecord)[name];
    return typeof id === 'string' ? id : '?';
  }
  if (v === null) return '?';
  return typeof v === 'bigint' ? String(v) : valueText(v, type);
}

class RuleEngine implements Engine {
  readonly ruleSet: RuleSet;
  readonly readings: ReadonlyMap<string, string>;
  readonly #compiler: Compiler;
  readonly #bounds: Bounds;
  readonly #prepared = new Map<string, Prepared>();

  constructor(ruleSet: RuleSet, readings: ReadonlyMap<string, string>) {
    this.ruleSet = ruleSet;
    this.readings = readings;
    this.#compiler = new Compiler(ruleSet, readings);
    this.#bounds = new Bounds(this.#compiler, ruleSet);
  }

  /** Items are prepared when first decided: a run over one item pays for one. */
  #preparedFor(item: Item): Prepared {
    const known = this.#prepared.get(item.name);
    if (known !== undefined) return known;
    const own = this.ruleSet.items.find((i) => i.name === item.name);
    if (own === undefined) throw new Error(`item ${item.name} is not in the rule set`);
    const made = this.#prepare(own);
    this.#prepared.set(item.name, made);
    return made;
  }

  #prepare(item: Item): Prepared {
    const c = this.#compiler;
    const caps = this.ruleSet.caps.filter((cap) => cap.items.includes(item.name));
    const roots = [
      ...item.conditions.map((x) => x.expr),
      ...(item.amount === null ? [] : [item.amount]),
      ...caps.flatMap((cap) => [
        ...cap.keys.map((k) => k.expr),
        cap.limit,
        ...((cap.when ?? cap.order) ? [cap.when, cap.order].flatMap((x) => x ?? []) : []),
      ]),
    ];
    return {
      item,
      conditions: item.conditions.map((x) => c.run(x.expr)),
      abouts: item.conditions.map((x) => ({ kind: 'condition', label: x.name, node: x.expr })),
      amount: item.amount === null ? null : c.run(item.amount),
      amountAbout:
        item.amount === null ? null : { kind: 'amount', label: item.name, node: item.amount },
      readings: this.#readingsOf(roots, item),
      caps: caps.map((cap) => ({
        cap,
        keys: cap.keys.map((k) => c.run(k.expr)),
        limit: c.run(cap.limit),
        when: cap.when === null ? null : c.run(cap.when),
      })),
      varies: item.amount !== null && item.amount.k !== 'literal',
    };
  }

  /** Readings that the item's rules refer to, in force or only in words, by their order. */
  #readingsOf(roots: readonly Expr[], item: Item): ReadingUsed[] {
    const c = this.#compiler;
    const nodes = reach(roots, {
      decision: (name) => c.decision(name)?.expr,
      reading: (id) => [c.reading(id)].flatMap((x) => x ?? []),
    });
    const ids = new Set(item.openQuestions);
    for (const n of nodes) {
      if (n.k === 'reading') ids.add(n.id);
      for (const id of this.ruleSet.cites[n.cite]?.readings ?? []) ids.add(id);
    }
    return this.ruleSet.interpretations
      .filter((i) => ids.has(i.id))
      .map((i) => ({ id: i.id, key: this.readings.get(i.id) ?? i.chosen }));
  }

  #env(facts: FactRecord, asOf: string, options: DecideOptions): Env {
    const memo: (Value | undefined)[] = Array.from({ length: this.ruleSet.decisions.length });
    let given = EMPTY;
    if (options.given !== undefined) {
      const indices = new Set<number>();
      for (const [name, value] of options.given) {
        const found = this.#compiler.decision(name);
        if (found === undefined) continue;
        memo[found.index] = value;
        indices.add(found.index);
      }
      given = indices;
    }
    const trace: RawStep[] | null = options.trace === true ? [] : null;
    return { root: facts, asOf, memo, seen: [], rows: {}, given, trace };
  }

  decide(item: Item, subject: Subject, asOf: string, options: DecideOptions = {}): Decision {
    const p = this.#preparedFor(item);
    const env = this.#env(subject.facts, asOf, options);
    const failing: number[] = [];
    const open: number[] = [];
    for (let i = 0; i < p.conditions.length; i++) {
      const run = p.conditions[i];
      const about = p.abouts[i];
      if (run === undefined || about === undefined) continue;
      const v = run(env);
      if (env.trace !== null) env.trace.push({ about, value: v, inputs: null, row: -1 });
      if (v === false) failing.push(i);
      else if (v === null) open.push(i);
    }
    if (failing.length > 0) return this.#refused(p, subject, env, failing);
    const fen = p.amount === null ? null : (p.amount(env) as bigint | null);
    if (env.trace !== null && p.amountAbout !== null) {
      env.trace.push({ about: p.amountAbout, value: fen, inputs: null, row: -1 });
    }
    const unknown = open.length > 0 || (p.amount !== null && fen === null);
    if (unknown) return this.#open(p, subject, env, open);
    if (p.varies && fen !== null && fen <= 0n) return this.#nothing(p, subject, env, fen);
    return this.#granted(p, subject, env, fen);
  }

  holds(formula: Expr, facts: FactRecord, asOf: string): boolean | null {
    return this.#compiler.run(formula)(this.#env(facts, asOf, {})) as boolean | null;
  }

  #base(p: Prepared, subject: Subject, env: Env, verdict: Verdict): Decision {
    return {
      item: p.item.name,
      itemId: p.item.id,
      entity: p.item.entity,
      subject: subject.id,
      payee: this.#payee(p.item, subject),
      asOf: env.asOf,
      packageHash: this.ruleSet.hash,
      readings: p.readings,
      verdict,
      failed: [],
      missing: [],
      pending: [],
      amount: null,
      potentialFen: null,
      limits: [],
      steps: env.trace ?? [],
    };
  }

  #payee(item: Item, subject: Subject): string {
    if (item.payee.length === 0) return subject.id;
    let here: FactValue | undefined = subject.facts;
    let entity = item.entity;
    for (const name of item.payee) {
      here = (here as FactRecord | null | undefined)?.[name];
      const fact = this.ruleSet.entities
        .find((e) => e.name === entity)
        ?.facts.find((f) => f.name === name);
      if (fact?.type.t === 'entity') entity = fact.type.entity;
    }
    return identity(here ?? null, { t: 'entity', entity }, this.ruleSet);
  }

  #refused(p: Prepared, subject: Subject, env: Env, failing: readonly number[]): Decision {
    const failed = failing.flatMap((i) => {
      const condition = p.item.conditions[i];
      return condition === undefined ? [] : [failureOf(condition, env, this.#compiler)];
    });
    return { ...this.#base(p, subject, env, '不满足'), failed };
  }

  /** All conditions hold and the amount is nothing: refused by the amount itself. */
  #nothing(p: Prepared, subject: Subject, env: Env, fen: bigint): Decision {
    const node = p.item.amount;
    const failure: Failure = {
      condition: '应得金额',
      en: 'Amount due',
      cite: node?.cite ?? p.item.cite,
      value: fen,
      threshold: 0n,
      relation: '>',
      type: { t: 'number', unit: '元', scale: 2 },
    };
    return { ...this.#base(p, subject, env, '不满足'), failed: [failure] };
  }

  #open(p: Prepared, subject: Subject, env: Env, open: readonly number[]): Decision {
    // Looking for what is missing evaluates again; it must not add to the trace.
    const quiet: Env = { ...env, trace: null };
    const missing = new Missing(this.#compiler);
    for (const i of open) {
      const condition = p.item.conditions[i];
      if (condition !== undefined) missing.collect(condition.expr, quiet);
    }
    if (p.item.amount !== null) missing.collect(p.item.amount, quiet);
    const { facts, gates } = missing.wanted;
    // A floor has no upper end: what is given above it is decided elsewhere.
    const bounded = p.item.amount !== null && p.item.nature !== '下限';
    const potential = bounded ? this.#bounds.of(p.item.amount, quiet).hi : null;
    return {
      ...this.#base(p, subject, env, facts.size > 0 ? '资料不足' : '待认定'),
      missing: [...facts].map(([path, months]) => ({
        path,
        months: [...months].toSorted(),
        source: sourceOf(this.ruleSet, path),
      })),
      pending: [...gates].map((gate) => ({
        gate,
        unit: this.ruleSet.gates.find((g) => g.name === gate)?.unit ?? '',
      })),
      potentialFen: potential !== null && potential < 0n ? 0n : potential,
    };
  }

  #granted(p: Prepared, subject: Subject, env: Env, fen: bigint | null): Decision {
    const { item } = p;
    const quiet: Env = { ...env, trace: null };
    return {
      ...this.#base(p, subject, env, '满足'),
      amount: item.nature === null ? null : this.#amount(item, fen, quiet),
      potentialFen: item.nature === '下限' ? null : fen,
      limits: p.caps.flatMap((c) => this.#limit(c, quiet)),
    };
  }

  #amount(item: Item, fen: bigint | null, env: Env): Amount {
    const hard = item.hard
      .filter((h) => h.when === null || this.#compiler.run(h.when)(env) === true)
      .map((h) => this.#compiler.run(h.limit)(env) as bigint | null)
      .filter((v) => v !== null);
    const least = hard.reduce<bigint | null>((a, b) => (a === null || b < a ? b : a), null);
    return {
      kind: item.nature === null ? 'unstated' : KIND_OF[item.nature],
      fen,
      hardFen: least,
      contingent: item.contingent,
    };
  }

  #limit(c: PreparedCap, env: Env): CapKey[] {
    if (c.when !== null && c.when(env) === false) return [];
    const key = c.cap.keys.map((k, i) =>
      identity(c.keys[i]?.(env) ?? null, k.expr.type, this.ruleSet),
    );
    return [{ cap: c.cap.name, key, capFen: c.limit(env) as bigint | null, cite: c.cap.cite }];
  }
}

/** Prepares a rule set for deciding. `readings` switches recorded readings, for example
 *  `new Map([['3.3#1', '乙']])`; the others are as the package says. */
export function prepare(
  ruleSet: RuleSet,
  readings: ReadonlyMap<string, string> = new Map(),
): Engine {
  return new RuleEngine(ruleSet, readings);
}
