/** The middle form as a tree: its nodes with their paths, and copies with one place changed. */
import type { RuleSet } from '@zhida/rules';

export type Expr = RuleSet['decisions'][number]['expr'];
export type Node<K extends Expr['k']> = Extract<Expr, { readonly k: K }>;
export type TableRow = Node<'table'>['rows'][number];
export type Test = TableRow['tests'][number][number];
export type Interval = Extract<Test, { readonly k: 'interval' }>;
export type Key = string | number;
export type Path = readonly Key[];

/** Where rules begin in a rule set; mutants are looked for under these and run by their owner. */
export interface Root {
  /** For example `决策 裁员率上限` or `待遇 批零增量奖励`. */
  readonly owner: string;
  /** Which part of the block: a condition's name, 金额, an alternative; empty for the whole. */
  readonly part: string;
  readonly path: Path;
  readonly expr: Expr;
}

export interface Found {
  readonly path: Path;
  readonly node: Expr;
}

function isExpr(value: object): value is Expr {
  return 'k' in value && 'type' in value && 'cite' in value;
}

/** Every expression under `value`, itself included, with its path. */
export function nodes(value: unknown, path: Path): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = !Array.isArray(value) && isExpr(value) ? [{ path, node: value }] : [];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    nodes(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [...own, ...inner];
}

/** A copy of `tree` in which the place `path` holds `value`; all else is the same object. */
export function replaceAt<T>(tree: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  if (Array.isArray(tree)) {
    return tree.map((x: unknown, i) => (i === key ? replaceAt(x, rest, value) : x)) as T;
  }
  const old = (tree as Readonly<Record<string, unknown>>)[String(key)];
  return { ...tree, [key]: replaceAt(old, rest, value) };
}

/** The list without the element `index`. */
export function without<T>(list: readonly T[], index: number): readonly T[] {
  return list.filter((_, i) => i !== index);
}

export function literal(like: Expr, value: string | boolean, type: Expr['type']): Expr {
  return { k: 'literal', value, type, cite: like.cite };
}

const DAY = 86_400_000;

/** `YYYY-MM-DD`, whole days later or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The same day some years later or earlier; 29 February becomes 28 February. */
export function addYears(date: string, years: number): string {
  const year = String(Number(date.slice(0, 4)) + years).padStart(4, '0');
  const rest = date.slice(4) === '-02-29' ? '-02-28' : date.slice(4);
  return `${year}${rest}`;
}

/** `YYYY-MM`, whole months later or earlier. */
export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  const two = String((index % 12) + 1).padStart(2, '0');
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${two}`;
}
