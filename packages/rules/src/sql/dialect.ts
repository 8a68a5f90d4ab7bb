/** What engines write differently. One default, standard SQL; an engine is a small object over it. */

export interface Dialect {
  readonly name: string;
  /** 64-bit integers; an overflow must be an error. */
  readonly bigint: string;
  /** At least 38 decimal digits, whole. */
  readonly wide: string;
  readonly small: string;
  readonly text: string;
  readonly date: string;
  readonly boolean: string;
  /** Whole part of a ÷ b for a ≥ 0, b > 0, both integers. */
  idiv(a: string, b: string): string;
  /** The day itself: `DATE '2023-12-15'`. */
  day(text: string): string;
  year(date: string): string;
  /** Days from `from` to `to`, an integer. */
  days(from: string, to: string): string;
  /** Whether text `a` is one of `values`, all quoted; unknown where `a` is. */
  among(a: string, values: readonly string[]): string;
  /** True when `condition` holds for one row of a group. */
  anyOf(condition: string): string;
}

const standard: Dialect = {
  name: 'standard',
  bigint: 'BIGINT',
  wide: 'DECIMAL(38,0)',
  small: 'SMALLINT',
  text: 'VARCHAR',
  date: 'DATE',
  boolean: 'BOOLEAN',
  idiv: (a, b) => `DIV(${a}, ${b})`,
  day: (text) => `DATE '${text}'`,
  year: (date) => `CAST(EXTRACT(YEAR FROM ${date}) AS BIGINT)`,
  days: (from, to) => `(${to} - ${from})`,
  among: (a, values) =>
    values.length === 1 ? `(${a} = ${values.join('')})` : `(${a} IN (${values.join(', ')}))`,
  anyOf: (condition) => `MAX(CASE WHEN ${condition} THEN 1 ELSE 0 END) = 1`,
};

/** DuckDB 1.5. `//` is exact on integers; on DECIMAL it gives DOUBLE, so wide is HUGEINT. */
const duckdb: Dialect = {
  ...standard,
  name: 'duckdb',
  wide: 'HUGEINT',
  idiv: (a, b) => `(${a} // ${b})`,
  // A function of one dictionary column runs once for each of its entries: docs/bench.md.
  among: (a, values) => `list_contains([${values.join(', ')}], ${a})`,
  anyOf: (condition) => `BOOL_OR(${condition})`,
};

/** Spark SQL with ANSI mode on. Text only: it has not been run. */
const spark: Dialect = {
  ...standard,
  name: 'spark',
  text: 'STRING',
  idiv: (a, b) => `(${a} DIV ${b})`,
  days: (from, to) => `CAST(DATEDIFF(${to}, ${from}) AS BIGINT)`,
};

export const dialects: Readonly<Record<string, Dialect>> = { duckdb, spark };
