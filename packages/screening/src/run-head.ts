/** What was run over what: the head of every result. */

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** Answers of the rules for one subject under one item. */
export type Verdict = '不满足' | '资料不足' | '待认定' | '满足';

/** What an amount means. An item has one kind for everybody; `none`: a right, which pays nothing. */
export type AmountKind =
  | 'exactly'
  | 'atMost'
  | 'atLeast'
  | 'softAtMost'
  | 'elsewhere'
  | 'unstated'
  | 'none';

/** What was run over what. */
export interface RunHead {
  /** First 16 hex digits of SHA-256 over package, snapshot, day, readings, items, SELECTs and engine. */
  readonly id: string;
  readonly package: {
    readonly id: string;
    readonly hash: string;
    /** 本政规〔2023〕10号. */
    readonly number: string;
    readonly title: Bilingual;
    readonly version: string;
  };
  /** Hash of the snapshot. */
  readonly snapshot: string;
  /** `YYYY-MM-DD`: the day for which everybody was decided. */
  readonly asOf: string;
  /** Readings that differ from the package's own. */
  readonly readings: readonly { readonly id: string; readonly key: string }[];
  /** Names of the items, in the order of the package. */
  readonly items: readonly string[];
  /** Subjects decided, of all entities. */
  readonly rows: number;
  readonly entities: readonly {
    readonly entity: string;
    readonly en: string;
    readonly rows: number;
    /** SHA-256 of the SELECT. */
    readonly plan: string;
  }[];
  /** Times as given by the caller, ISO 8601; empty when none was given. */
  readonly started: string;
  readonly finished: string;
  readonly engine: { readonly name: string; readonly version: string; readonly dialect: string };
  /** `trial` (试算): nothing proved this engine equal to the rules for this package; such a run opens
   *  no case. */
  readonly mark: 'trial' | 'certified';
  readonly parts: readonly { readonly part: string; readonly milliseconds: number }[];
}
