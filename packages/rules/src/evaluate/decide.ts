/** Prepared rules: decides one subject under one item, with or without a trace. */
import type { Cap, Expr, Item, RuleSet } from '../ir.ts';
import { Bounds } from './bounds.ts';
import { Compiler } from './compile.ts';
import { KIND_OF } from './decision.ts';
import type { Amount, AmountKind, CapKey, Decision, Failure, Verdict } from './decision.ts';
import { Missing, sourceOf } from './missing.ts';
import { prepareItem } from './prepare.ts';
import type { Prepared, PreparedCap, PreparedCondition } from './prepare.ts';
import type { Env, FactRecord, RawStep, Value } from './value.ts';

/** Someone or something to decide about. */
export interface Subject {
  readonly entity: string;
  readonly id: string;
  readonly facts: FactRecord;
}

/** A condition as it stands for one subject. */
export interface ConditionState extends Failure {
  readonly holds: boolean | null;
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
  /** Every condition of the item with its state and, where it compares, both numbers. */
  measures(item: Item, subject: Subject, asOf: string): readonly ConditionState[];
  /** Which award is trimmed first at a cap: the text that the package's reading says. */
  capOrder(cap: Cap): string;
  /** The alternative of a reading in force. */
  inForce(id: string): string;
  /** Truth of a duty's formula over `facts`; null while unknown. */
  holds(formula: Expr, facts: FactRecord, asOf: string): boolean | null;
}

const NONE: readonly never[] = [];
const NO_ROWS = {};

/** One item for one subject, while it is being decided. */
interface Case {
  readonly p: Prepared;
  readonly subject: Subject;
  readonly env: Env;
  readonly steps: readonly RawStep[];
}

/** What a verdict brings with it; the rest of the decision is empty. */
type Outcome = Partial<
  Pick<Decision, 'failed' | 'missing' | 'pending' | 'amount' | 'potentialFen' | 'limits'>
>;

function amountOf(p: Prepared, kind: AmountKind, fen: bigint | null, env: Env): Amount {
  let hardFen: bigint | null = null;
  for (const { limit, when } of p.hard) {
    if (when !== null && when(env) !== true) continue;
    const v = limit(env) as bigint | null;
    if (v !== null && (hardFen === null || v < hardFen)) hardFen = v;
  }
  return { kind, fen, hardFen, contingent: p.item.contingent };
}

/** The caps that hold for the subject, each with the key under which it counts. */
function limitsOf(caps: readonly PreparedCap[], env: Env): readonly CapKey[] {
  const limits: CapKey[] = [];
  for (const { cap, keys, limit, when } of caps) {
    if (when !== null && when(env) === false) continue;
    const key = keys.map((k) => k.identify(k.run(env)));
    limits.push({ cap: cap.name, key, capFen: limit(env) as bigint | null, cite: cap.cite });
  }
  return limits;
}

class RuleEngine implements Engine {
  readonly ruleSet: RuleSet;
  readonly readings: ReadonlyMap<string, string>;
  readonly #compiler: Compiler;
  readonly #bounds: Bounds;
  readonly #prepared = new Map<string, Prepared>();
  readonly #sources = new Map<string, string>();
  readonly #gateUnits: ReadonlyMap<string, string>;
  #serial = 0;

  constructor(ruleSet: RuleSet, readings: ReadonlyMap<string, string>) {
    this.ruleSet = ruleSet;
    this.readings = readings;
    this.#compiler = new Compiler(ruleSet, readings);
    this.#bounds = new Bounds(this.#compiler, ruleSet);
    this.#gateUnits = new Map(ruleSet.gates.map((g) => [g.name, g.unit]));
  }

  /** Items are prepared when first decided: a run over one item pays for one. */
  #preparedFor(item: Item): Prepared {
    const known = this.#prepared.get(item.name);
    if (known !== undefined) return known;
    const own = this.ruleSet.items.find((i) => i.name === item.name);
    if (own === undefined) throw new Error(`item ${item.name} is not in the rule set`);
    const made = prepareItem(own, this.#compiler, this.readings);
    this.#prepared.set(item.name, made);
    return made;
  }

  #env(facts: FactRecord, asOf: string, { given, trace }: DecideOptions = {}): Env {
    this.#serial += 1;
    return {
      root: facts,
      asOf,
      serial: this.#serial,
      rows: NO_ROWS,
      given: given ?? null,
      trace: trace === true ? [] : null,
    };
  }

  decide(item: Item, subject: Subject, asOf: string, options?: DecideOptions): Decision {
    const p = this.#preparedFor(item);
    const env = this.#env(subject.facts, asOf, options);
    const { trace } = env;
    let failing: PreparedCondition[] | null = null;
    let open: PreparedCondition[] | null = null;
    for (const condition of p.conditions) {
      const value = condition.run(env);
      if (trace !== null) trace.push({ about: condition.about, value, inputs: null, row: -1 });
      if (value === false) (failing ??= []).push(condition);
      else if (value === null) (open ??= []).push(condition);
    }
    let fen: bigint | null = null;
    if (p.amount !== null && failing === null) {
      fen = p.amount.run(env) as bigint | null;
      const { about } = p.amount;
      if (trace !== null) trace.push({ about, value: fen, inputs: null, row: -1 });
    }
    const one: Case = { p, subject, env, steps: trace ?? NONE };
    // What follows evaluates again: the numbers beside a refusal, what is missing, the caps.
    env.trace = null;
    if (failing !== null) return this.#refused(one, failing);
    if (open !== null || (p.amount !== null && fen === null)) return this.#open(one, open ?? NONE);
    if (p.varies && fen !== null && fen <= 0n) return this.#nothing(one, fen);
    return this.#granted(one, fen);
  }

  measures(item: Item, subject: Subject, asOf: string): readonly ConditionState[] {
    const env = this.#env(subject.facts, asOf);
    return this.#preparedFor(item).conditions.map(({ failure, run }) => ({
      ...failure(env),
      holds: run(env) as boolean | null,
    }));
  }

  capOrder(cap: Cap): string {
    if (cap.order === null) return '';
    const value = this.#compiler.run(cap.order)(this.#env({}, ''));
    return typeof value === 'string' ? value : '';
  }

  inForce(id: string): string {
    const found = this.ruleSet.interpretations.find((i) => i.id === id);
    return this.readings.get(id) ?? found?.chosen ?? '';
  }

  holds(formula: Expr, facts: FactRecord, asOf: string): boolean | null {
    return this.#compiler.run(formula)(this.#env(facts, asOf)) as boolean | null;
  }

  #decision({ p, subject, env, steps }: Case, verdict: Verdict, found: Outcome): Decision {
    return {
      item: p.item.name,
      itemId: p.item.id,
      entity: p.item.entity,
      subject: subject.id,
      payee: p.payee === null ? subject.id : p.payee(subject.facts),
      asOf: env.asOf,
      packageHash: this.ruleSet.hash,
      readings: p.readings,
      verdict,
      failed: found.failed ?? NONE,
      missing: found.missing ?? NONE,
      pending: found.pending ?? NONE,
      amount: found.amount ?? null,
      potentialFen: found.potentialFen ?? null,
      limits: found.limits ?? NONE,
      steps,
    };
  }

  #refused(one: Case, failing: readonly PreparedCondition[]): Decision {
    const failed = failing.map(({ failure }) => failure(one.env));
    return this.#decision(one, '不满足', { failed });
  }

  /** All conditions hold and the amount is nothing: refused by the amount itself. */
  #nothing(one: Case, fen: bigint): Decision {
    const failure: Failure = {
      condition: '应得金额',
      en: 'Amount due',
      cite: one.p.amount?.expr.cite ?? one.p.item.cite,
      value: fen,
      threshold: 0n,
      relation: '>',
      type: { t: 'number', unit: '元', scale: 2 },
    };
    return this.#decision(one, '不满足', { failed: [failure] });
  }

  #open(one: Case, open: readonly PreparedCondition[]): Decision {
    const { p, env } = one;
    const missing = new Missing(this.#compiler);
    for (const { condition } of open) missing.collect(condition.expr, env);
    if (p.amount !== null) missing.collect(p.amount.expr, env);
    const { facts, gates } = missing.wanted;
    // A floor has no upper end: what is given above it is decided elsewhere.
    const bounded = p.amount !== null && p.item.nature !== '下限';
    const potential = bounded ? this.#bounds.of(p.amount.expr, env).hi : null;
    return this.#decision(one, facts.size > 0 || gates.size === 0 ? '资料不足' : '待认定', {
      missing: [...facts].map(([path, months]) => ({
        path,
        months,
        source: this.#sourceOf(path),
      })),
      pending: [...gates].map((gate) => ({ gate, unit: this.#gateUnits.get(gate) ?? '' })),
      potentialFen: potential !== null && potential < 0n ? 0n : potential,
    });
  }

  #sourceOf(path: string): string {
    const known = this.#sources.get(path);
    if (known !== undefined) return known;
    const found = sourceOf(this.ruleSet, path);
    this.#sources.set(path, found);
    return found;
  }

  #granted(one: Case, fen: bigint | null): Decision {
    const { p, env } = one;
    const { nature } = p.item;
    return this.#decision(one, '满足', {
      amount: nature === null ? null : amountOf(p, KIND_OF[nature], fen, env),
      potentialFen: nature === '下限' ? null : fen,
      limits: p.caps.length === 0 ? NONE : limitsOf(p.caps, env),
    });
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
