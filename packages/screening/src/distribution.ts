/** Where the numbers lie that conditions measure: bins whose ends meet the thresholds, and how many are
 *  just below and just above each threshold. */
import type { SqlPlan } from '@zhida/rules';
import { bigOrNull, count, quoteName } from './duck.ts';
import type { Duck } from './duck.ts';
import type { Bin, Bunching, Distribution } from './summary.ts';

type Item = SqlPlan['items'][number];
type Condition = Item['conditions'][number];

/** A condition with the number that it measures. */
export interface Measured {
  readonly item: string;
  readonly condition: string;
  readonly en: string;
  readonly column: string;
  readonly thresholds: readonly bigint[];
  readonly relation: string;
  readonly unit: string;
  readonly scale: number;
}

/** Distances from a threshold, in percent of it. */
export const NEAR: readonly bigint[] = [2n, 5n, 10n];
/** Bins below the first threshold, and as many above the last. */
const BINS = 10n;
const MOST = 9_223_372_036_854_775_807n;

export function measuredOf({ items }: Pick<SqlPlan, 'items'>): readonly Measured[] {
  return items.flatMap((item) =>
    item.conditions.flatMap(({ condition, en, measured }: Condition): Measured[] => {
      if (measured === null) return [];
      const { value, ...rest } = measured;
      return [{ item: item.item, condition, en, column: value, ...rest }];
    }),
  );
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** `to − from` cut into at most `parts` whole steps; both ends included. */
function steps(from: bigint, to: bigint, parts: bigint): readonly bigint[] {
  const width = to - from;
  const n = width < parts ? width : parts;
  const cuts: bigint[] = [];
  for (let i = 0n; i <= n; i++) cuts.push(from + (width * i) / (n === 0n ? 1n : n));
  return cuts;
}

/** 1, 2 or 5 times a power of ten, at least `n`. */
function round(n: bigint): bigint {
  for (let power = 1n; ; power *= 10n) {
    for (const digit of [1n, 2n, 5n]) if (digit * power >= n) return digit * power;
  }
}

/** Ends of the bins. `spread`: nine of ten numbers lie within it on either side of 0; used where no
 *  threshold says how wide the picture is. */
export function endsOf(thresholds: readonly bigint[], spread: bigint): readonly bigint[] {
  const sorted = [...thresholds].toSorted(ascending);
  const first = sorted[0] ?? 0n;
  const last = sorted.at(-1) ?? 0n;
  const reach = abs(last) > abs(first) ? abs(last) : abs(first);
  const width = reach === 0n ? round(spread < BINS ? BINS : spread) : reach;
  const from = first > 0n ? 0n : first - width;
  const middle = sorted.slice(1).flatMap((t, i) => steps(sorted[i] ?? t, t, 5n));
  const ends = [...steps(from, first, BINS), ...middle, ...steps(last, last + width, BINS)];
  return [...new Set(ends)].toSorted(ascending);
}

function nearCuts(t: bigint): readonly bigint[] {
  if (t === 0n) return [0n];
  return [t, ...NEAR.flatMap((p) => [t - (abs(t) * p) / 100n, t + (abs(t) * p) / 100n + 1n])];
}

/** Every place at which something is counted: the ends of bins, and those around the thresholds. */
function cutsOf(m: Measured, ends: readonly bigint[]): readonly bigint[] {
  return [...new Set([...ends, ...m.thresholds.flatMap(nearCuts)])].toSorted(ascending);
}

/** Rows between two cuts, by the upper cut; `MOST`: above the last. */
type Cells = ReadonlyMap<bigint, number>;

/** Rows with `from` <= number < `to`, both of them cuts. */
function between(cells: Cells, from: bigint | null, to: bigint | null): number {
  let sum = 0;
  for (const [upper, rows] of cells) {
    const over = from === null || upper > from;
    if (over && (to === null ? true : upper <= to)) sum += rows;
  }
  return sum;
}

function binsOf(cells: Cells, ends: readonly bigint[]): readonly Bin[] {
  const all = [null, ...ends, null];
  return all.slice(1).map((to, i): Bin => {
    const from = all[i] ?? null;
    return { fromScaled: from, toScaled: to, count: between(cells, from, to) };
  });
}

function bunchingOf(cells: Cells, t: bigint): Bunching {
  const within = NEAR.map((p) => {
    const distance = (abs(t) * p) / 100n;
    const below = between(cells, t - distance, t);
    return { percent: Number(p), below, above: between(cells, t, t + distance + 1n) };
  });
  return { thresholdScaled: t, within: t === 0n ? [] : within };
}

/** For each condition without a threshold above or below 0: nine tenths of the numbers lie within. */
async function spreadsOf(
  duck: Duck,
  from: string,
  all: readonly Measured[],
): Promise<ReadonlyMap<string, bigint>> {
  const wanted = [
    ...new Set(all.filter((m) => m.thresholds.every((t) => t === 0n)).map((m) => m.column)),
  ];
  if (wanted.length === 0) return new Map();
  const columns = wanted.map((c, n) => `quantile_disc(abs(${quoteName(c)}), 0.9) AS q${n}`);
  const row = await duck.one(`SELECT ${columns.join(', ')} FROM ${from}`);
  return new Map(wanted.map((c, n) => [c, bigOrNull(row[`q${n}`]) ?? 0n]));
}

interface Entry {
  readonly entries: readonly { readonly key: bigint; readonly value: bigint }[];
}

/** Distributions of all conditions of an entity that measure a number, in two passes over `from`, a
 *  relation with the columns of the plan. */
export async function distributionsOf(
  duck: Duck,
  from: string,
  all: readonly Measured[],
): Promise<readonly { readonly item: string; readonly distribution: Distribution }[]> {
  if (all.length === 0) return [];
  const spreads = await spreadsOf(duck, from, all);
  const ends = all.map((m) => endsOf(m.thresholds, spreads.get(m.column) ?? 0n));
  // `histogram` counts up to and including a bound; the numbers are whole, so the bound is cut − 1.
  const columns = all.flatMap((m, n) => {
    const cuts = [...cutsOf(m, ends[n] ?? []).map((c) => c - 1n), MOST];
    const list = cuts.map((c) => `CAST(${c} AS BIGINT)`).join(', ');
    const value = quoteName(m.column);
    return [`histogram(${value}, [${list}]) AS h${n}`, `count(${value}) AS k${n}`];
  });
  const row = await duck.one(`SELECT count(*) AS n, ${columns.join(', ')} FROM ${from}`);
  return all.map((m, n) => {
    const entries = (row[`h${n}`] as unknown as Entry | null)?.entries ?? [];
    const cells = new Map(
      entries.map((e) => [e.key === MOST ? MOST : e.key + 1n, Number(e.value)]),
    );
    const known = count(row[`k${n}`]);
    const distribution: Distribution = {
      condition: m.condition,
      en: m.en,
      unit: m.unit,
      scale: m.scale,
      relation: m.relation,
      thresholdsScaled: m.thresholds,
      known,
      unknown: count(row['n']) - known,
      bins: binsOf(cells, ends[n] ?? []),
      bunching: m.thresholds.map((t) => bunchingOf(cells, t)),
    };
    return { item: m.item, distribution };
  });
}
