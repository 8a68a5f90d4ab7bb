/** What compiling gives: one SELECT over the subjects of one entity, and what its columns mean. */
import type { SqlTable } from './layout.ts';

/** A bitmap column: bit n (value 2^n) stands for `bits[n]`. Never null. At most 62 bits. */
export interface BitColumn<T> {
  readonly column: string;
  readonly bits: readonly T[];
}

/** A fact that can be missing: path as a decision names it, and the month of a monthly fact. */
export interface MissingBit {
  readonly path: string;
  /** `YYYY-MM`, or empty. */
  readonly month: string;
  /** Unit that holds the fact. */
  readonly source: string;
}

export interface ConditionColumn {
  /** Name of the condition in the package. */
  readonly condition: string;
  readonly en: string;
  readonly cite: number;
  /** SMALLINT 1 holds, 0 fails, NULL unknown. */
  readonly column: string;
  /** For a condition on one number: columns of the number and, where it is not the same for
   *  everyone, of the threshold. */
  readonly measured: {
    readonly value: string;
    /** Thresholds that are the same for everyone (band bounds), scaled like the value, ascending. */
    readonly thresholds: readonly bigint[];
    readonly relation: string;
    readonly unit: string;
    readonly scale: number;
  } | null;
}

export interface CapColumns {
  readonly cap: string;
  readonly en: string;
  readonly cite: number;
  /** Text columns; `?` where a part of the key is not known. */
  readonly keys: readonly string[];
  /** BIGINT 分. NULL where the cap does not hold for the subject or its limit is not known. */
  readonly limit: string;
}

/** Part of a state: fields of 2 bits, least first, 31 to a column. Over all columns of an item the first
 *  field is its verdict, then come its conditions: 0 fails, 1 holds, 2 not known. */
export interface StateColumn {
  /** BIGINT, never NULL. */
  readonly column: string;
  readonly fields: number;
}

/** Verdicts as the code of column `verdict`. */
export const VERDICTS = ['不满足', '资料不足', '待认定', '满足'] as const;

/** The columns of one item. All are there for every subject. */
export interface ItemColumns {
  readonly item: string;
  readonly itemId: string;
  /** SMALLINT: index into `VERDICTS`. */
  readonly verdict: string;
  readonly conditions: readonly ConditionColumn[];
  /** BIGINT 分 when 满足, else NULL; null when the item has no amount of its own. */
  readonly amount: string | null;
  /** BIGINT 分: hard limit above a soft ceiling, when 满足. */
  readonly hard: string | null;
  /** BIGINT 分: largest amount still possible when 资料不足 or 待认定, else NULL. */
  readonly potential: string | null;
  /** Verdict and conditions packed, for keeping; empty without conditions. */
  readonly state: readonly StateColumn[];
  /** BIGINT 分: amount of the granted, potential of the undecided, in one column for keeping; null where
   *  the item has neither. */
  readonly money: string | null;
  /** Facts that would settle an undecided subject; 0 when decided. */
  readonly missing: readonly BitColumn<MissingBit>[];
  /** Gates that an undecided subject waits for. */
  readonly pending: readonly BitColumn<string>[];
  /** Text column: identity of who is paid; null when it is the subject. */
  readonly payee: string | null;
  readonly caps: readonly CapColumns[];
}

/** One SELECT for the items of one entity. */
export interface SqlPlan {
  readonly dialect: string;
  readonly packageHash: string;
  readonly asOf: string;
  /** Readings that differ from the package's own: id → key. */
  readonly readings: readonly (readonly [string, string])[];
  readonly entity: string;
  /** Tables and columns that the SELECT reads: the subjects first. Columns that no rule needs are
   *  left out. */
  readonly reads: readonly SqlTable[];
  readonly items: readonly ItemColumns[];
  /** Facts of the subject that go through as they are: label → column. */
  readonly carried: ReadonlyMap<string, string>;
  /** The SELECT: column `id` (text), then the columns of `items`; one row a subject, in no order. */
  readonly sql: string;
}

export interface CompileOptions {
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Names of the items of one entity; all of that entity when left out. */
  readonly items?: readonly string[];
  /** Readings that differ from the package's: id → key. */
  readonly readings?: ReadonlyMap<string, string>;
  /** Parts to leave out: what nobody reads need not be computed. */
  readonly without?: readonly ('conditions' | 'missing' | 'potential' | 'caps' | 'measured')[];
  /** Labels of the subjects' own columns to hand on as they are, such as 县区. */
  readonly carry?: readonly string[];
  /** Largest magnitude of each numeric column in the data, by table and column label; columns that are
   *  not named have the default of their unit. A value beyond it must not reach the SELECT. */
  readonly magnitudes?: ReadonlyMap<string, bigint>;
  /** Decisions that are given as columns of the subjects' table `d_001` …, not computed: by name. */
  readonly given?: readonly string[];
  readonly dialect?: string;
}
