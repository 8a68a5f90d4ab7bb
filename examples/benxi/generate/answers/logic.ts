/** What is known of a condition, and what the conditions of an item come to together. Written from the words
 *  「不满足 > 资料不足 > 待认定 > 满足」, without a line of the rules engine. */
import type { Fact, Facts } from '../register.ts';
import type { Verdict } from '../planted/planted.ts';

/** `fact`: a fact is missing; `gate`: only a judgement is. */
export type State = 'yes' | 'no' | 'fact' | 'gate';

/** The worst of all: a refusal stands whatever else is unknown. */
export function all(...states: readonly State[]): State {
  if (states.includes('no')) return 'no';
  if (states.includes('fact')) return 'fact';
  return states.includes('gate') ? 'gate' : 'yes';
}

/** One is enough. */
export function any(...states: readonly State[]): State {
  if (states.includes('yes')) return 'yes';
  if (states.every((s) => s === 'no')) return 'no';
  return states.includes('fact') ? 'fact' : 'gate';
}

export function not(state: State): State {
  if (state === 'yes') return 'no';
  return state === 'no' ? 'yes' : state;
}

const of = (holds: boolean): State => (holds ? 'yes' : 'no');

/** A yes-or-no fact. */
export function is(facts: Facts, label: string): State {
  const value = facts[label];
  return value === undefined ? 'fact' : of(value === true);
}

/** A judgement of a unit. */
export function judged(facts: Facts, gate: string): State {
  const value = facts[`认定 ${gate}`];
  return value === undefined ? 'gate' : of(value === true);
}

/** A fact that is one of some words. */
export function among(facts: Facts, label: string, words: readonly string[]): State {
  const value = facts[label];
  return value === undefined ? 'fact' : of(words.includes(String(value)));
}

/** A fact, or a figure from facts, that must fulfil `test`; undefined is unknown. */
export function holds<T extends Fact>(value: T | undefined, test: (value: T) => boolean): State {
  return value === undefined ? 'fact' : of(test(value));
}

export const money = (facts: Facts, label: string): bigint | undefined => {
  const value = facts[label];
  return typeof value === 'bigint' ? value : undefined;
};

export const day = (facts: Facts, label: string): string | undefined => {
  const value = facts[label];
  return typeof value === 'string' ? value : undefined;
};

/** The sum; unknown when any part is. */
export function sum(values: readonly (bigint | undefined)[]): bigint | undefined {
  let total = 0n;
  for (const value of values) {
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}

export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** value × part ÷ whole, half up; for amounts that are not below zero. */
export function halfUp(value: bigint, part: bigint, whole: bigint): bigint {
  const product = value * part * 2n + whole;
  const divisor = whole * 2n;
  const quotient = product / divisor;
  return product < 0n && product % divisor !== 0n ? quotient - 1n : quotient;
}

export interface Answer {
  readonly verdict: Verdict;
  /** 分; undefined for a refusal, an open case, or an item without an amount. */
  readonly fen?: bigint | undefined;
}

const VERDICTS: Readonly<Record<State, Verdict>> = {
  yes: '满足',
  no: '不满足',
  fact: '资料不足',
  gate: '待认定',
};

/** The verdict of `state`, with the amount where it is 满足. */
export function answer(state: State, fen?: bigint): Answer {
  return state === 'yes' && fen !== undefined
    ? { verdict: '满足', fen }
    : { verdict: VERDICTS[state] };
}
