/** The shape of a decision: plain data, amounts in 分. */
import type { Nature, Type } from '../ir.ts';
import type { RawStep, Value } from './value.ts';

export type Verdict = '不满足' | '资料不足' | '待认定' | '满足';

/** A condition that fails, with the reader's own number beside the threshold where it is one. */
export interface Failure {
  readonly condition: string;
  readonly en: string;
  readonly cite: number;
  readonly value?: Value;
  readonly threshold?: Value;
  /** Type of value, threshold and gap. */
  readonly type?: Type;
  /** How the value must stand to the threshold: `>=`, `<`, … */
  readonly relation?: string;
  /** Smallest change that would fulfil the condition, scaled like the value. */
  readonly gap?: bigint;
}

/** A fact (or a decision given as unknown) that would settle the matter. */
export interface Missing {
  readonly path: string;
  /** Months without a figure, for monthly facts. */
  readonly months: readonly string[];
  readonly source: string;
}

export interface Pending {
  readonly gate: string;
  readonly unit: string;
}

export type AmountKind = 'exactly' | 'atMost' | 'atLeast' | 'softAtMost' | 'elsewhere' | 'unstated';

export const KIND_OF: Readonly<Record<Nature, AmountKind>> = {
  定额: 'exactly',
  上限: 'atMost',
  下限: 'atLeast',
  软上限: 'softAtMost',
  参照: 'elsewhere',
  未量化: 'unstated',
};

export interface Amount {
  readonly kind: AmountKind;
  /** 分; null for elsewhere and unstated. */
  readonly fen: bigint | null;
  /** For softAtMost: the limit above which no reason helps, in 分. */
  readonly hardFen: bigint | null;
  /** Contingent on funds still to be obtained (争取). */
  readonly contingent: boolean;
}

/** What the ledger must hold: the sum of awards under `key` stays within `capFen`. */
export interface CapKey {
  readonly cap: string;
  readonly key: readonly string[];
  readonly capFen: bigint | null;
  readonly cite: number;
}

export interface ReadingUsed {
  readonly id: string;
  readonly key: string;
}

export interface Decision {
  readonly item: string;
  readonly itemId: string;
  readonly entity: string;
  readonly subject: string;
  readonly payee: string;
  readonly asOf: string;
  readonly packageHash: string;
  readonly readings: readonly ReadingUsed[];
  readonly verdict: Verdict;
  readonly failed: readonly Failure[];
  readonly missing: readonly Missing[];
  readonly pending: readonly Pending[];
  /** Present when 满足 (rights have none). */
  readonly amount: Amount | null;
  /** Largest amount still possible, 分; null when unbounded, unknown by nature, or refused. */
  readonly potentialFen: bigint | null;
  readonly limits: readonly CapKey[];
  /** The trace; empty when it was not asked for. */
  readonly steps: readonly RawStep[];
}
