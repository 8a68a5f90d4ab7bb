/** How a run keeps what a plan computes: which columns of a plan become which columns of the stored
 *  result, and back. Nothing else in this package knows the packing.
 *
 *  For each item one or more states (integers of 2-bit fields: the verdict, then the conditions in
 *  order), one column of money (the amount of the granted, the potential of the undecided: a subject
 *  is never both), the bitmaps of what is missing and pending, and for the granted the keys of caps. */
import type { SqlPlan } from '@zhida/rules';
import type { Verdict } from './run-head.ts';
import { quoteName } from './duck.ts';

/** Verdicts by the code that a plan gives. */
export const VERDICTS: readonly Verdict[] = ['不满足', '资料不足', '待认定', '满足'];
export const REFUSED = 0;
export const LACKING = 1;
export const PENDING = 2;
export const GRANTED = 3;

/** Fields of a state: 0 fails, 1 holds, 2 not known. */
const FIELD = 2;
/** Fields in one state: 62 bits, so that it stays a positive BIGINT. */
const FIELDS = 31;

export interface StoredBits<T> {
  readonly column: string;
  readonly bits: readonly T[];
}

export interface StoredFact {
  readonly path: string;
  readonly month: string;
  readonly source: string;
}

export interface StoredCap {
  readonly cap: string;
  readonly keys: readonly string[];
  readonly limit: string;
}

export interface StoredItem {
  readonly item: string;
  readonly itemId: string;
  readonly conditions: readonly string[];
  readonly states: readonly string[];
  /** BIGINT 分; null: the item has neither amount nor potential. */
  readonly money: string | null;
  readonly hard: string | null;
  readonly missing: readonly StoredBits<StoredFact>[];
  readonly pending: readonly StoredBits<string>[];
  readonly payee: string | null;
  readonly caps: readonly StoredCap[];
}

/** The stored result of one entity; written into the manifest, so that old runs stay readable. */
export interface Layout {
  readonly entity: string;
  /** The subject's own district is stored. */
  readonly district: boolean;
  readonly items: readonly StoredItem[];
}

/** `plan` carries at most one column: the district. */
export function layoutOf(plan: SqlPlan): Layout {
  const items = plan.items.map((item, at): StoredItem => {
    const own = (letter: string, n?: number): string =>
      `${letter}${at + 1}${n === undefined ? '' : `_${n + 1}`}`;
    return {
      item: item.item,
      itemId: item.itemId,
      conditions: item.conditions.map((c) => c.condition),
      states: item.state.map((_, n) => own('s', n)),
      money: item.money === null ? null : own('m'),
      hard: item.hard === null ? null : own('h'),
      missing: item.missing.map(({ bits }, n) => ({ column: own('x', n), bits })),
      pending: item.pending.map(({ bits }, n) => ({ column: own('w', n), bits })),
      payee: item.payee === null ? null : own('p'),
      caps: item.caps.map((c, n) => ({
        cap: c.cap,
        keys: c.keys.map((_, k) => own(`k${n + 1}_`, k)),
        limit: own('l', n),
      })),
    };
  });
  return { entity: plan.entity, district: plan.carried.size > 0, items };
}

function itemColumns(stored: StoredItem, item: SqlPlan['items'][number]): readonly string[] {
  const of = (column: string): string => `r.${quoteName(column)}`;
  const columns = item.state.map((part, n) => `${of(part.column)} AS ${stored.states[n]}`);
  if (stored.money !== null && item.money !== null)
    columns.push(`${of(item.money)} AS ${stored.money}`);
  if (stored.hard !== null && item.hard !== null)
    columns.push(`${of(item.hard)} AS ${stored.hard}`);
  stored.missing.forEach((b, n) =>
    columns.push(`${of(item.missing[n]?.column ?? '')} AS ${b.column}`),
  );
  stored.pending.forEach((b, n) =>
    columns.push(`${of(item.pending[n]?.column ?? '')} AS ${b.column}`),
  );
  if (stored.payee !== null && item.payee !== null)
    columns.push(`${of(item.payee)} AS ${stored.payee}`);
  stored.caps.forEach((cap, n) => {
    const from = item.caps[n];
    // NULL for who is not granted: the plan says so.
    cap.keys.forEach((k, i) => columns.push(`${of(from?.keys[i] ?? '')} AS ${k}`));
    columns.push(`${of(from?.limit ?? '')} AS ${cap.limit}`);
  });
  return columns;
}

/** The columns to store, over a relation `r` with the columns of the plan. */
export function packed(layout: Layout, plan: SqlPlan): string {
  const columns = layout.items.flatMap((stored, n) => {
    const item = plan.items[n];
    return item === undefined ? [] : itemColumns(stored, item);
  });
  const district = [...plan.carried.values()].map((c) => `r.${quoteName(c)} AS district`);
  return ['r.id', ...district, ...columns].join(',\n  ');
}

/** SQL of a stored item's verdict code. */
export function verdictSql({ states: [first = ''] }: StoredItem): string {
  return `(${first} & 3)`;
}

/** SQL of the code of condition `at`: 0 fails, 1 holds, 2 not known. */
export function conditionSql({ states }: StoredItem, at: number): string {
  const field = at + 1;
  const column = states[Math.floor(field / FIELDS)] ?? '';
  return `((${column} >> ${(field % FIELDS) * FIELD}) & 3)`;
}

/** Verdict and conditions out of the states of one row. */
export function unpacked(
  { conditions }: StoredItem,
  states: readonly bigint[],
): { readonly verdict: number; readonly conditions: readonly (boolean | null)[] } {
  const field = (at: number): number =>
    Number(((states[Math.floor(at / FIELDS)] ?? 0n) >> BigInt((at % FIELDS) * FIELD)) & 3n);
  const state = [false, true, null];
  return {
    verdict: field(0),
    conditions: conditions.map((_, n) => state[field(n + 1)] ?? null),
  };
}

/** What the set bits of bitmaps stand for. */
export function bitsOf<T>(maps: readonly StoredBits<T>[], values: readonly bigint[]): readonly T[] {
  return maps.flatMap(({ bits }, n) => {
    const value = values[n] ?? 0n;
    return bits.filter((_, b) => ((value >> BigInt(b)) & 1n) === 1n);
  });
}
