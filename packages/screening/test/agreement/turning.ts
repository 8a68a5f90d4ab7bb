/** Values at which a rule changes its mind, found by asking the engine: for every bound of every
 *  test that an item reaches, the value of one fact at which the test turns. */
import type { Engine, FactRecord, FactValue, Item } from '@zhida/rules';
import { datesIn, Names, numbersIn, rootsOf, turnsOf } from './expression.ts';
import type { Expr } from './expression.ts';
import { leafName, leafValue, leavesOf, withLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';

/** The largest magnitude that is tried of a number. */
export type Far = (leaf: Leaf) => bigint;

/** What compiled plans promise to carry when nobody says how large the data is. */
export const farthest: Far = (leaf) => (leaf.unit === '元' ? 10n ** 15n : 10n ** 12n);

/** What one item asks, under one choice of readings. */
export interface Asked {
  readonly item: Item;
  readonly leaves: readonly Leaf[];
  readonly nodes: readonly Expr[];
  /** Yes-or-no expressions that turn at a bound, with the leaves that can turn them. */
  readonly turns: readonly { readonly turn: Expr; readonly by: ReadonlySet<string> }[];
  readonly dates: readonly string[];
  readonly far: Far;
}

export function askedBy(engine: Engine, item: Item, far: Far = farthest): Asked {
  const { ruleSet, readings } = engine;
  const names = new Names(ruleSet, readings);
  const nodes = names.reached(rootsOf(item, ruleSet));
  const byOf = (turn: Expr): ReadonlySet<string> =>
    new Set(leavesOf(ruleSet, item.entity, names.reached([turn])).map(leafName));
  const parameters = new Set(nodes.flatMap((n) => (n.k === 'parameter' ? [n.name] : [])));
  const from = ruleSet.parameters
    .filter((p) => parameters.has(p.name))
    .flatMap((p) => p.rows.map((r) => r.from));
  const turns = new Map(nodes.flatMap(turnsOf).map((t) => [JSON.stringify(t), t]));
  return {
    item,
    leaves: leavesOf(ruleSet, item.entity, nodes),
    nodes,
    turns: [...turns.values()].map((turn) => ({ turn, by: byOf(turn) })),
    dates: [...new Set([...datesIn(nodes), ...from])].toSorted(),
    far,
  };
}

function probes(leaf: Leaf, far: bigint, now: FactValue): readonly bigint[] {
  const found = new Set([0n, 1n, far]);
  for (let p = 10n; p < far; p *= 10n) found.add(p).add(p * 3n);
  if (typeof now === 'bigint') found.add(now);
  const mirrored = leaf.negative ? [...found].map((p) => -p) : [];
  return [...new Set([...found, ...mirrored])].toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Between which neighbours `turn` changes as the leaf grows: the value below the change. */
function turningPoints(holds: (v: bigint) => boolean | null, at: readonly bigint[]): bigint[] {
  const found: bigint[] = [];
  let before = at[0] ?? 0n;
  let was = holds(before);
  for (const value of at.slice(1)) {
    const is = holds(value);
    if (is !== null && was !== null && is !== was) {
      let [low, high] = [before, value];
      while (high - low > 1n) {
        const middle = (low + high) / 2n;
        if (holds(middle) === was) low = middle;
        else high = middle;
      }
      found.push(low);
    }
    [before, was] = [value, is];
  }
  return found;
}

/** Around each value of `leaf` at which a rule turns, when the other facts are those of `facts`. */
export function numbersAt(
  engine: Engine,
  asOf: string,
  asked: Asked,
  facts: FactRecord,
  leaf: Leaf,
): readonly bigint[] {
  const at = probes(leaf, asked.far(leaf), leafValue(facts, leaf));
  const found = new Set<bigint>([0n, 1n, asked.far(leaf)]);
  const now = leafValue(facts, leaf);
  if (typeof now === 'bigint') found.add(now - 1n).add(now + 1n);
  if (leaf.negative) found.add(-1n).add(-asked.far(leaf));
  for (const { turn, by } of asked.turns) {
    if (!by.has(leafName(leaf))) continue;
    const holds = (v: bigint): boolean | null => engine.holds(turn, withLeaf(facts, leaf, v), asOf);
    for (const p of turningPoints(holds, at)) for (const d of [-1n, 0n, 1n, 2n]) found.add(p + d);
  }
  // A row's own bounds cannot be asked alone; their figures are tried as they stand.
  if (leaf.list !== null)
    for (const { n, scale, unit } of numbersIn(asked.nodes))
      if (unit === leaf.unit && scale === leaf.scale)
        for (const by of [-1n, 0n, 1n]) found.add(n + by);
  const far = asked.far(leaf);
  const inside = (v: bigint): boolean => v <= far && v >= -far && (leaf.negative || v >= 0n);
  return [...found].filter(inside).toSorted((a, b) => (a < b ? -1 : 1));
}

/** The day `by` days later; at the ends of the calendar the day itself. */
export function dayBy(date: string, by: number): string {
  if (date > '9990') return date;
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return day.toISOString().slice(0, 10);
}

/** Each date that the rules name, the days beside it, and the ends of the calendar. */
export function datesAt(asked: Asked, asOf: string): readonly string[] {
  const named = [...asked.dates, asOf];
  const near = named.flatMap((d) => [dayBy(d, -1), d, dayBy(d, 1)]);
  return [...new Set([...near, '1900-01-01', '2024-02-29', '9999-12-30'])];
}
