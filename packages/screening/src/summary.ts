/** Everything that a run over the register says, as plain data: who is owed what, who is not and by
 *  how much, who cannot be decided and which missing data would settle it.
 *
 *  Units: a field that ends in `Fen` is 分 (bigint); one that ends in `Scaled` is a bigint × 10^-scale
 *  in the unit beside it; every other number counts subjects, rows or milliseconds. Words of the law
 *  are in Chinese, with the package's English beside them. */
import type { Comparison } from './change.ts';
import type { AmountKind, Bilingual, RunHead, Verdict } from './run-head.ts';

/** District or unit that is not known. */
export const UNKNOWN: Bilingual = { zh: '未知', en: 'unknown' };

/** Counts of subjects by verdict; their sum is everybody. */
export interface Verdicts {
  readonly 满足: number;
  readonly 待认定: number;
  readonly 资料不足: number;
  readonly 不满足: number;
}

/** One condition of the funnel: `entering` = `failed` + `unknown` + who enters the next step. A subject
 *  leaves at the first condition that fails or is not known; `otherwise` says how many of the unknown
 *  leave for a later condition that fails all the same. */
export interface FunnelStep {
  readonly condition: string;
  readonly en: string;
  readonly entering: number;
  readonly failed: number;
  readonly unknown: number;
  /** Of `unknown`: refused by a later condition, whatever the missing fact turns out to be. */
  readonly otherwise: number;
}

/** From everybody to the amount. Exits + unknown + remaining = total. */
export interface Funnel {
  readonly total: number;
  readonly steps: readonly FunnelStep[];
  /** All conditions hold. */
  readonly remaining: number;
  /** Of `remaining`: amount not known, amount nothing, granted. */
  readonly amountUnknown: number;
  readonly amountNothing: number;
  readonly granted: number;
}

/** A part of an item's money: count of the granted, and of the undecided with what they could bring. */
export interface Slice {
  /** District, payer or fund; `UNKNOWN` where it is not known. */
  readonly name: Bilingual;
  readonly granted: number;
  readonly amountFen: bigint;
  readonly undecided: number;
  readonly potentialFen: bigint;
}

/** Subjects whose number lies in `[from, to)`; null: without end on this side. */
export interface Bin {
  readonly fromScaled: bigint | null;
  readonly toScaled: bigint | null;
  readonly count: number;
}

/** Counts just below and just at or above a threshold, within `percent` of it: `[t − p, t)`, `[t, t + p]`. */
export interface Bunching {
  readonly thresholdScaled: bigint;
  readonly within: readonly {
    readonly percent: number;
    readonly below: number;
    readonly above: number;
  }[];
}

/** The number that a condition measures, over everybody who has one. */
export interface Distribution {
  readonly condition: string;
  readonly en: string;
  /** Unit and scale of the numbers; unit empty and scale ≥ 2: a share, 0.055 is 5.5 %. */
  readonly unit: string;
  readonly scale: number;
  readonly relation: string;
  readonly thresholdsScaled: readonly bigint[];
  readonly known: number;
  readonly unknown: number;
  /** Ascending, without gap; every threshold is an end of a bin. */
  readonly bins: readonly Bin[];
  readonly bunching: readonly Bunching[];
}

export interface ItemSummary {
  readonly item: string;
  readonly en: string;
  /** Number of the provision: 3.3. Two items can have one. */
  readonly itemId: string;
  readonly entity: string;
  readonly kind: AmountKind;
  /** Contingent on funds still to be obtained (争取). */
  readonly contingent: boolean;
  /** 免申即享, 快申快享, 申报制; empty for a right. */
  readonly mode: string;
  readonly fund: Bilingual;
  readonly payer: Bilingual;
  /** The words of the law. */
  readonly sentence: string;
  readonly verdicts: Verdicts;
  /** Sum of the amounts of the granted, in its kind; null where the item has none. */
  readonly amountFen: bigint | null;
  /** Of a soft ceiling, the sum of the hard limits above it. */
  readonly hardFen: bigint | null;
  /** Sum of what the undecided could still bring at most. */
  readonly potentialFen: bigint;
  /** Undecided whose potential has no upper end or does not depend on their facts. */
  readonly potentialUnbounded: number;
  readonly funnel: Funnel;
  readonly districts: readonly Slice[];
  readonly distributions: readonly Distribution[];
  /** Refused by one numeric condition that misses by at most a fifth of its threshold. */
  readonly nearMisses: number;
  /** Some conditions were missed by too many to measure each: there are more. */
  readonly nearMissesAtLeast: boolean;
}

/** A sum over items, kept apart by kind of amount: kinds are never added up. */
export interface Money {
  readonly exactlyFen: bigint;
  readonly atMostFen: bigint;
  readonly atLeastFen: bigint;
  readonly softAtMostFen: bigint;
  readonly potentialFen: bigint;
}

/** One slice of everybody's money, over all items. `granted` and `undecided` count decisions: a
 *  subject under two items counts twice. */
export interface MoneySlice {
  readonly name: Bilingual;
  readonly granted: number;
  readonly undecided: number;
  readonly money: Money;
}

/** Awards under one key of a cap. 预演: which award gives way is the ledger's to say. */
export interface CapKeyUse {
  readonly key: readonly string[];
  readonly awards: number;
  readonly wantedFen: bigint;
  readonly limitFen: bigint;
  /** wanted − limit, above 0. */
  readonly overFen: bigint;
  /** What each award would be left with, in the order of ids. */
  readonly lines: readonly {
    readonly item: string;
    readonly subject: string;
    readonly name: string;
    readonly wantedFen: bigint;
    readonly allowedFen: bigint;
  }[];
}

export interface CapUse {
  readonly cap: string;
  readonly en: string;
  readonly items: readonly string[];
  /** What the parts of a key are: 首店.载体, 年. */
  readonly labels: readonly string[];
  readonly keys: number;
  readonly wantedFen: bigint;
  readonly overKeys: number;
  readonly overFen: bigint;
  /** Awards with a part of their key not known: under no key, counted in no sum above. */
  readonly unkeyed: number;
  /** Order in which the package trims: 先到先得, 按比例. */
  readonly order: string;
  /** The most over-subscribed keys, greatest excess first. */
  readonly over: readonly CapKeyUse[];
}

/** A row of the 缺数清单: a fact (of one month, for a monthly one) or a judgement that decisions wait for.
 *  A wait is one subject under one item. */
export interface MissingRow {
  readonly kind: 'fact' | 'gate';
  /** 企业.从业人员, 首店.载体; for a judgement its name. */
  readonly path: string;
  readonly en: string;
  /** `YYYY-MM`, or empty. */
  readonly month: string;
  /** Unit that holds the fact or judges. */
  readonly source: string;
  /** Different subjects that wait for it, and their waits with what these could bring at most. */
  readonly subjects: number;
  readonly waits: number;
  readonly potentialFen: bigint;
  /** Of these, the ones that wait for nothing else. */
  readonly aloneSubjects: number;
  readonly aloneWaits: number;
  readonly aloneFen: bigint;
  readonly items: readonly {
    readonly item: string;
    readonly itemId: string;
    readonly entity: string;
    readonly waits: number;
    readonly aloneWaits: number;
    readonly potentialFen: bigint;
    readonly aloneFen: bigint;
  }[];
}

/** What one unit holds back: its rows of the 缺数清单 together. A wait for two facts of one unit
 *  counts once. */
export interface SourceRow {
  readonly source: string;
  readonly facts: number;
  readonly waits: number;
  readonly potentialFen: bigint;
  /** Waits for this unit and no other. */
  readonly aloneWaits: number;
  readonly aloneFen: bigint;
}

/** Somebody who waits, for the list behind a row of the 缺数清单. */
export interface Waiting {
  readonly entity: string;
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly item: string;
  readonly alone: boolean;
  readonly potentialFen: bigint | null;
}

/** Refused by one numeric condition alone, and by at most a fifth of its threshold. */
export interface NearMiss {
  readonly entity: string;
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly item: string;
  readonly itemId: string;
  readonly condition: string;
  readonly en: string;
  readonly valueScaled: bigint;
  readonly thresholdScaled: bigint;
  readonly gapScaled: bigint;
  /** `>=`, `<`: how the value must stand to the threshold. */
  readonly relation: string;
  readonly unit: string;
  readonly scale: number;
  /** gap ÷ threshold in hundredths of a percent, rounded up: 1050 is 10.5 %. */
  readonly share: number;
  /** The numbers as people write them. */
  readonly yours: Bilingual;
  readonly needs: Bilingual;
  readonly gap: Bilingual;
  /** Words of the law behind the condition, and the units that hold its facts. */
  readonly sentence: string;
  readonly sources: readonly string[];
}

export interface RunSummary {
  readonly format: 1;
  readonly run: RunHead;
  readonly money: Money;
  /** Decisions by verdict, over all items. */
  readonly verdicts: Verdicts;
  readonly items: readonly ItemSummary[];
  readonly districts: readonly MoneySlice[];
  readonly payers: readonly MoneySlice[];
  readonly funds: readonly MoneySlice[];
  readonly caps: readonly CapUse[];
  /** The 缺数清单: greatest possible amount first. */
  readonly missing: readonly MissingRow[];
  readonly sources: readonly SourceRow[];
  /** The nearest ones of each item; `ItemSummary.nearMisses` counts all. */
  readonly nearMisses: readonly NearMiss[];
  readonly comparison: Comparison | null;
}

/** One decision of a run with its words: a row of the officer's sheet for the item. */
export interface ResultRow {
  readonly entity: string;
  readonly id: string;
  /** Fact 名称 of the subject; empty where the register has none. */
  readonly name: string;
  readonly district: string;
  /** Who is paid. */
  readonly payee: string;
  readonly payeeName: string;
  readonly item: string;
  readonly itemId: string;
  readonly verdict: Verdict;
  /** When 满足; null where the item has no amount. */
  readonly amountFen: bigint | null;
  readonly hardFen: bigint | null;
  /** When undecided; null without upper end. */
  readonly potentialFen: bigint | null;
  /** In the order of the item's conditions: holds, fails, not known. */
  readonly conditions: readonly (boolean | null)[];
  readonly missing: readonly {
    readonly path: string;
    readonly month: string;
    readonly source: string;
  }[];
  readonly pending: readonly string[];
  readonly caps: readonly {
    readonly cap: string;
    readonly key: readonly string[];
    readonly limitFen: bigint | null;
  }[];
  /** In the language that was asked for: 「行业」不符合; 缺 从业人员（市统计局）. */
  readonly reasons: readonly string[];
}
