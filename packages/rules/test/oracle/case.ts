/** One case of the oracle: what is known about a subject, and what the law says about it. */
import { ZERO, exact, fenOf, order, plus } from './exact.ts';
import type { Exact } from './exact.ts';
import type { Random } from './random.ts';
import { all, when } from './truth.ts';
import type { Truth } from './truth.ts';

export type Fact = bigint | boolean | string | null | Facts | readonly Facts[];
/** Facts by their names in the package; null or absent is unknown. */
export interface Facts {
  readonly [name: string]: Fact | undefined;
}

/** Key of the alternative in force by id of the reading; those not named are 甲. */
export type Choice = ReadonlyMap<string, string>;

/** What the oracle may look at. Money comes in 元, area in 亩. */
export class Sight {
  readonly #facts: Facts;
  readonly today: string;
  readonly #choice: Choice;

  constructor(facts: Facts, today: string, choice: Choice) {
    this.#facts = facts;
    this.today = today;
    this.#choice = choice;
  }

  /** The reading in force of an open question. */
  reads(id: string): string {
    return this.#choice.get(id) ?? '甲';
  }

  #known(name: string): Exclude<Fact, null> | undefined {
    return this.#facts[name] ?? undefined;
  }

  holds(name: string): Truth {
    return (this.#known(name) as boolean | undefined) ?? 'no fact';
  }

  judged(gate: string): Truth {
    return (this.#known(`认定 ${gate}`) as boolean | undefined) ?? 'no judgement';
  }

  word(name: string): string | undefined {
    return this.#known(name) as string | undefined;
  }

  oneOf(name: string, ...words: readonly string[]): Truth {
    return when(this.word(name), (w) => words.includes(w));
  }

  /** A number whose last digit stands for 1 ÷ `parts`. */
  number(name: string, parts: number): Exact | undefined {
    const n = this.#known(name) as bigint | undefined;
    return n === undefined ? undefined : exact(n, parts);
  }

  yuan(name: string): Exact | undefined {
    return this.number(name, 100);
  }

  /** Sum over months `2023-09`, `2023-10`, …; unknown while one month is. */
  months(name: string, ...months: readonly string[]): Exact | undefined {
    const series = this.#known(name) as Facts | undefined;
    if (series === undefined) return undefined;
    return plus(
      ...months.map((m) => {
        const fen = series[m];
        return typeof fen === 'bigint' ? exact(fen, 100) : undefined;
      }),
    );
  }

  rows(name: string): readonly Sight[] | undefined {
    const list = this.#known(name) as readonly Facts[] | undefined;
    return list?.map((row) => new Sight(row, this.today, this.#choice));
  }
}

/** What the law says, condition by condition; `amount` in 元. */
export interface Judged {
  readonly conditions: Readonly<Record<string, Truth>>;
  readonly amount: Exact | undefined;
  /** Limit of an amount that may be exceeded with a reason: the law's absolute limit. */
  readonly hard?: Exact;
}

export type Kind = 'exactly' | 'atMost' | 'atLeast' | 'softAtMost';

export interface Scheme {
  /** Name of the item in the package, and of the entity it looks at. */
  readonly item: string;
  readonly entity: string;
  readonly kind: Kind;
  readonly contingent: boolean;
  /** Readings that can be switched, with the keys of their alternatives. */
  readonly readings: Readonly<Record<string, string>>;
  judge(s: Sight): Judged;
  draw(d: Draw): void;
}

export interface Outcome {
  readonly verdict: '不满足' | '资料不足' | '待认定' | '满足';
  readonly failed: readonly string[];
  readonly fen: bigint | null;
  readonly hardFen: bigint | null;
}

/** P.11: measures hold from the day of issue. */
export function inForce(s: Sight): Truth {
  return s.today >= '2023-11-22';
}

function fen(amount: Exact): bigint {
  const whole = fenOf(amount);
  if (whole === undefined) throw new Error('the oracle left a fraction of a 分');
  return whole;
}

export function outcome(scheme: Scheme, s: Sight): Outcome {
  const judged = scheme.judge(s);
  const conditions: Judged['conditions'] = { ...judged.conditions, 已施行: inForce(s) };
  const failed = Object.keys(conditions).filter((name) => conditions[name] === false);
  const nothing = { fen: null, hardFen: null };
  if (failed.length > 0) return { verdict: '不满足', failed, ...nothing };
  const state = all(...Object.values(conditions), judged.amount === undefined ? 'no fact' : true);
  if (state === 'no fact') return { verdict: '资料不足', failed, ...nothing };
  if (state === 'no judgement') return { verdict: '待认定', failed, ...nothing };
  const amount = judged.amount ?? ZERO;
  if (order(amount, ZERO) <= 0) throw new Error(`${scheme.item} grants nothing`);
  const hardFen = judged.hard === undefined ? null : fen(judged.hard);
  return { verdict: '满足', failed, fen: fen(amount), hardFen };
}

/** Fills the facts of one case; some stay unknown. */
export class Draw {
  readonly random: Random;
  readonly facts: Record<string, Fact> = {};
  readonly #unknown: number;
  readonly #choice: Choice;

  constructor(random: Random, choice: Choice, unknown: number) {
    this.random = random;
    this.#choice = choice;
    this.#unknown = unknown;
  }

  reads(id: string): string {
    return this.#choice.get(id) ?? '甲';
  }

  /** Facts of a child row, with unknowns of their own. */
  row(): Draw {
    return new Draw(this.random, this.#choice, this.#unknown);
  }

  #put(name: string, value: Fact): void {
    if (!this.random.chance(this.#unknown)) this.facts[name] = value;
    else if (this.random.chance(0.5)) this.facts[name] = null;
  }

  /** True most of the time, so that later conditions are reached. */
  likely(...names: readonly string[]): void {
    for (const name of names) this.#put(name, this.random.chance(0.9));
  }

  unlikely(...names: readonly string[]): void {
    for (const name of names) this.#put(name, this.random.chance(0.1));
  }

  evenly(...names: readonly string[]): void {
    for (const name of names) this.#put(name, this.random.chance(0.5));
  }

  gate(name: string): void {
    if (!this.random.chance(0.2)) this.facts[`认定 ${name}`] = this.random.chance(0.85);
  }

  /** One of the good words most of the time. */
  word(name: string, good: readonly string[], other: readonly string[]): void {
    this.#put(name, this.random.pick(other.length > 0 && this.random.chance(0.15) ? other : good));
  }

  number(name: string, thresholds: readonly bigint[]): void {
    this.#put(name, this.random.near(thresholds));
  }

  date(name: string, ...dates: readonly string[]): void {
    this.#put(name, this.random.date(...dates));
  }

  value(name: string, value: Fact): void {
    this.#put(name, value);
  }

  /** Monthly figures, some of them unknown. */
  months(name: string, figures: ReadonlyMap<string, bigint>): void {
    const known = [...figures].filter(() => !this.random.chance(this.#unknown / 4));
    this.#put(name, Object.fromEntries(known));
  }
}
