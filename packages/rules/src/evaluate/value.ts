/** Values at run time. Numbers are bigint at the scale of their type; null is unknown. */
import type { Expr } from '../ir.ts';

/** An exact ratio n ÷ d, d > 0. */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

/** The facts of one entity. Numbers are scaled bigint; a reference is another record or its id. */
export interface FactRecord {
  readonly [name: string]: FactValue | undefined;
}

export type FactValue =
  | bigint
  | boolean
  | string
  | null
  | MonthValues
  | FactRecord
  | readonly FactRecord[];

/** Amounts in 分 by month `YYYY-MM`. */
export interface MonthValues {
  readonly [month: string]: bigint | undefined;
}

export type Value = Ratio | FactValue;

/** What one evaluation works on. */
export interface Env {
  readonly root: FactRecord;
  readonly asOf: string;
  /** Counts the evaluations of an engine: what a closure remembers holds under one serial only. */
  readonly serial: number;
  rows: Readonly<Record<string, FactRecord>>;
  /** Decisions whose value was given from outside, by name. */
  readonly given: ReadonlyMap<string, Value> | null;
  /** Where steps go; null when nobody asked, and once the amount is known. */
  trace: RawStep[] | null;
}

/** A compiled expression. */
export interface Run {
  (env: Env): Value;
  /** Present when the value is the same for every subject and takes no step of the trace. */
  readonly constant?: NonNullable<Value>;
}

/** What a trace step is about; made once when the rules are prepared. */
export interface StepNode {
  readonly kind:
    | 'fact'
    | 'compare'
    | 'decision'
    | 'table'
    | 'parameter'
    | 'reading'
    | 'condition'
    | 'amount'
    | 'gate';
  readonly label: string;
  readonly node: Expr;
}

export interface RawStep {
  readonly about: StepNode;
  readonly value: Value;
  /** Compare: left and right. Table: inputs. Parameter: the row's date and index. */
  readonly inputs: readonly Value[] | null;
  /** Table: index of the row that hit, -1 for 其余. */
  readonly row: number;
}

export function isRatio(v: Value): v is Ratio {
  return typeof v === 'object' && v !== null && 'n' in v && 'd' in v && typeof v.d === 'bigint';
}
