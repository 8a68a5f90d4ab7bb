/** What differs between two runs, and why. Units as in `summary.ts`. */
import type { AmountKind, RunHead, Verdict } from './run-head.ts';

/** How one decision stands. */
export interface Standing {
  readonly verdict: Verdict;
  readonly amountFen: bigint | null;
}

/** - `entered`: granted now, not before. `left`: the other way round.
 *  - `amount`: granted in both, another amount. `verdict`: granted in neither, another verdict. */
export type ChangeKind = 'entered' | 'left' | 'amount' | 'verdict';

/** Why a decision changed: the subject's facts, the package, readings or day, or both at once;
 *  `register`: the subject is in one of the snapshots only. */
export type Cause = 'facts' | 'rules' | 'both' | 'register';

export interface Change {
  readonly entity: string;
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly item: string;
  readonly itemId: string;
  readonly kind: ChangeKind;
  readonly cause: Cause;
  /** null: not in that register, or the item not in that run. */
  readonly before: Standing | null;
  readonly after: Standing | null;
  /** Facts that differ, each as text in both snapshots; empty text: not known. */
  readonly facts: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string;
  }[];
}

export interface Comparison {
  readonly previous: RunHead;
  /** What differs between the runs besides facts. */
  readonly rules: readonly ('package' | 'readings' | 'day' | 'items')[];
  readonly sameSnapshot: boolean;
  readonly items: readonly {
    readonly item: string;
    readonly itemId: string;
    readonly entity: string;
    readonly kind: AmountKind;
    readonly beforeFen: bigint | null;
    readonly afterFen: bigint | null;
    /** Changes of a kind with a cause, with the difference they make to the sum of the item. */
    readonly changes: readonly {
      readonly kind: ChangeKind;
      readonly cause: Cause;
      readonly count: number;
      readonly differenceFen: bigint;
    }[];
  }[];
  readonly total: number;
  /** The changes that move most money, greatest first; all of them on demand. */
  readonly listed: readonly Change[];
}
