// The form of the peer: rules as an expert writes them by hand in DuckDB's SQL, straight over the Parquet
// files. Stages are nested SELECTs (each a projection, none stored); what stands in `items` is over the
// columns of the last one. Which formulations are fast was measured: docs/bench.md.

export interface HandItem {
  /** Name of the item in the package. */
  readonly item: string;
  /** Three-valued: whether it is owed. */
  readonly owed: string;
  /** Three-valued, in the order of the package; `true` where it holds for everyone on the day. */
  readonly conditions: readonly string[];
  /** 分, for whom it is owed. */
  readonly amount?: string;
  /** 分, the most that can still become of it. */
  readonly potential?: string;
  /** For the undecided: what is missing, by path and month, and when. */
  readonly missing: readonly (readonly [fact: string, test: string])[];
  readonly pending?: readonly (readonly [gate: string, test: string])[];
  readonly payee?: string;
  /** Keys and limit in 分 of each cap, for whom it is owed. */
  readonly caps?: readonly { readonly keys: readonly string[]; readonly limit: string }[];
}

export interface Hand {
  readonly entity: string;
  /** SELECT with the column `id` and what the items need; `{企业}` stands for the file of that table. */
  readonly stages: string;
  readonly items: readonly HandItem[];
}

/** A test for each fact that is decisive as soon as it is unknown. */
export function unknowns(
  facts: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(facts).map(([column, fact]) => [fact, `${column} IS NULL`]);
}
