// The layouts in which a result can be kept, over the compiled plan and over the peer alike. Each gives the
// same for both: verdict, every condition, amount, what is still possible, what is missing, whom and which
// caps it concerns.
import type { SqlPlan } from '@zhida/rules';
import type { Hand, HandItem } from './hand/hand.ts';

export const LAYOUTS = ['wide', 'packed', 'long', 'totals'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** An item as expressions over the columns of `Source.from`. */
interface Shape {
  readonly verdict: string;
  readonly conditions: readonly string[];
  readonly amount: string | undefined;
  readonly potential: string | undefined;
  /** Verdict and conditions in one integer, 2 bits each: 0 fails, 1 holds, 2 unknown. */
  readonly state: string;
  /** Amount of the granted, potential of the undecided. */
  readonly money: string | undefined;
  /** Bitmaps of what is missing and what it waits for. */
  readonly bits: readonly string[];
  /** Who is paid, and keys and limits of caps. */
  readonly whom: readonly string[];
}

export interface Source {
  readonly from: string;
  readonly shapes: readonly Shape[];
}

// Verdicts as `VERDICTS` of the plan counts them.
const REFUSED = 0;
const LACKING = 1;
const WAITING = 2;
const OWED = 3;

function bitmap(tests: readonly (readonly [string, string])[]): string {
  return tests.map(([, test], n) => `CASE WHEN ${test} THEN ${2 ** n} ELSE 0 END`).join(' + ');
}

function field(condition: string, place: number): string {
  return condition === 'true'
    ? String(place)
    : `CASE WHEN ${condition} THEN ${place} WHEN NOT ${condition} THEN 0 ELSE ${2 * place} END`;
}

/** Where one condition decides, one choice gives the whole; else fields are added up, which is faster than
 *  choosing first whether to. */
function stateOf(i: HandItem, verdict: string, open: string): string {
  const places = i.conditions.map((_, n) => 4 ** (n + 1));
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  const same = sum(places.filter((_, n) => i.conditions[n] === 'true'));
  const varying = i.conditions.flatMap((c, n) =>
    c === 'true' ? [] : [{ c, place: places[n] ?? 0 }],
  );
  const [only, ...others] = varying;
  if (only === undefined) return `${OWED + same}::BIGINT`;
  if (others.length === 0) {
    const { c, place } = only;
    const [met, unmet, unknown] = [OWED + same + place, same, same + 2 * place];
    return `CASE WHEN ${c} THEN ${met} WHEN NOT ${c} THEN ${unmet} ELSE ${open} + ${unknown} END::BIGINT`;
  }
  const fields = varying.map(({ c, place }) => field(c, place));
  return `(${[`${verdict}::INTEGER`, String(same), ...fields].join(' + ')})::BIGINT`;
}

function handShape(i: HandItem): Shape {
  const pending = i.pending ?? [];
  const waits = `(${i.missing.map(([, test]) => `(${test})`).join(' OR ')})`;
  const open =
    pending.length === 0
      ? String(LACKING)
      : `CASE WHEN ${waits} THEN ${LACKING} ELSE ${WAITING} END`;
  const verdict = `CASE WHEN ${i.owed} THEN ${OWED} WHEN NOT (${i.owed}) THEN ${REFUSED} ELSE ${open} END::SMALLINT`;
  const potential = i.potential ?? 'NULL::BIGINT';
  const bits = (tests: readonly (readonly [string, string])[]): string =>
    `CASE WHEN (${i.owed}) IS NULL THEN ${bitmap(tests)} ELSE 0 END::BIGINT`;
  const caps = (i.caps ?? []).flatMap(({ keys, limit }) => [
    ...keys.map((k) => `CASE WHEN ${i.owed} THEN ${k} END`),
    `CASE WHEN ${i.owed} THEN ${limit} END`,
  ]);
  return {
    verdict,
    conditions: i.conditions.map((c) => `(${c})::SMALLINT`),
    amount: i.amount === undefined ? undefined : `CASE WHEN ${i.owed} THEN ${i.amount} END`,
    potential:
      i.potential === undefined ? undefined : `CASE WHEN (${i.owed}) IS NULL THEN ${potential} END`,
    state: stateOf(i, verdict, open),
    money:
      i.amount === undefined
        ? undefined
        : `CASE WHEN ${i.owed} THEN ${i.amount} WHEN (${i.owed}) IS NULL THEN ${potential} END`,
    bits: [i.missing, pending].filter((tests) => tests.length > 0).map(bits),
    whom: [...(i.payee === undefined ? [] : [i.payee]), ...caps],
  };
}

export function handSource(hand: Hand, file: (table: string) => string): Source {
  const from = hand.stages.replaceAll(/\{([^}]+)\}/gu, (_, table: string) => file(table));
  return { from, shapes: hand.items.map(handShape) };
}

export function compiledSource(plan: SqlPlan): Source {
  const shapes = plan.items.map((i): Shape => ({
    verdict: i.verdict,
    conditions: i.conditions.map((c) => c.column),
    amount: i.amount ?? undefined,
    potential: i.potential ?? undefined,
    state: i.state[0]?.column ?? i.verdict,
    money: i.money ?? undefined,
    bits: [...i.missing, ...i.pending].map((m) => m.column),
    whom: [...(i.payee === null ? [] : [i.payee]), ...i.caps.flatMap((c) => [...c.keys, c.limit])],
  }));
  return { from: plan.sql, shapes };
}

function named(
  columns: readonly (string | undefined)[],
  n: number,
  letter: string,
): readonly string[] {
  return columns.flatMap((c, k) => (c === undefined ? [] : [`${c} AS o${letter}${n}_${k}`]));
}

function wide({ from, shapes }: Source): string {
  const columns = shapes.flatMap((s, n) => [
    ...named([s.verdict], n, 'v'),
    ...named(s.conditions, n, 'c'),
    ...named([s.amount, s.potential], n, 'a'),
    ...named(s.bits, n, 'm'),
    ...named(s.whom, n, 'w'),
  ]);
  return `SELECT id, ${columns.join(',\n')}\nFROM (${from}) source`;
}

function packed({ from, shapes }: Source): string {
  const columns = shapes.flatMap((s, n) => [
    ...named([s.state], n, 's'),
    ...named([s.money], n, 'a'),
    ...named(s.bits, n, 'm'),
    ...named(s.whom, n, 'w'),
  ]);
  return `SELECT id, ${columns.join(',\n')}\nFROM (${from}) source`;
}

/** A row for each item that a subject is owed or that waits. */
function long(source: Source): string {
  const rows = source.shapes.map((s, n) => {
    const money = s.money === undefined ? 'NULL::BIGINT' : `oa${n}_0`;
    const missing = s.bits.length === 0 ? '0::BIGINT' : `om${n}_0`;
    return (
      `SELECT id, ${n}::UTINYINT AS item, (os${n}_0 & 3)::UTINYINT AS verdict, ${money} AS money,` +
      ` os${n}_0 AS state, ${missing} AS missing FROM p WHERE os${n}_0 & 3 > 0`
    );
  });
  return `WITH p AS (${packed(source)}) ${rows.join('\nUNION ALL ')}`;
}

/** Nothing kept: subjects by verdict, and the money of each item. */
function totals({ from, shapes }: Source): string {
  const columns = shapes.flatMap((s, n) => [`${s.verdict} AS v${n}`, ...named([s.amount], n, 'a')]);
  const sums = shapes.flatMap((s, n) => [
    ...[REFUSED, LACKING, WAITING, OWED].map((v) => `count(*) FILTER (v${n} = ${v}) AS n${n}_${v}`),
    ...(s.amount === undefined ? [] : [`sum(oa${n}_0) AS s${n}`]),
  ]);
  return `SELECT ${sums.join(', ')} FROM (SELECT ${columns.join(', ')} FROM (${from}) source)`;
}

export function layoutSql(layout: Layout, source: Source): string {
  return { wide, packed, long, totals }[layout](source);
}
