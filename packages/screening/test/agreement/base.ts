/** Subjects that satisfy an item: where the boundary cases start from. */
import type { ExampleCase, Engine, FactRecord, FactValue } from '@zhida/rules';
import { numbersIn } from './expression.ts';
import { changed, valueAt, withLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import type { Random } from './random.ts';
import { datesAt } from './turning.ts';
import type { Asked } from './turning.ts';

const CLIMB = 1500;

interface Pools {
  readonly dates: readonly string[];
  /** Figures of the rules by unit. */
  readonly numbers: ReadonlyMap<string, readonly { readonly n: bigint; readonly scale: number }[]>;
}

const pools = new WeakMap<Asked, Map<string, Pools>>();

function poolsOf(asked: Asked, asOf: string): Pools {
  const byDay = pools.get(asked) ?? new Map<string, Pools>();
  pools.set(asked, byDay);
  const known = byDay.get(asOf);
  if (known !== undefined) return known;
  const positive = numbersIn(asked.nodes).filter((n) => n.n > 0n);
  const made = {
    dates: datesAt(asked, asOf),
    numbers: Map.groupBy(positive, (n) => n.unit),
  };
  byDay.set(asOf, made);
  return made;
}

/** A number at or near one that the rules name, or of any size. */
function drawnNumber(asked: Asked, leaf: Leaf, asOf: string, random: Random): bigint {
  const most = asked.far(leaf);
  const same = poolsOf(asked, asOf).numbers.get(leaf.unit) ?? [];
  if (same.length === 0 || random.chance(0.3)) return random.size(most);
  const { n, scale } = random.pick(same);
  const near = scale > leaf.scale ? n / 10n ** BigInt(scale - leaf.scale) : n;
  const value = near * random.pick([0n, 1n, 1n, 2n, 10n]) + random.pick([0n, 0n, 1n, 37n]);
  return value > most ? most : value;
}

/** One value for a leaf, drawn without looking at the others. */
export function drawn(asked: Asked, leaf: Leaf, asOf: string, random: Random): FactValue {
  switch (leaf.kind) {
    case 'boolean':
      return random.chance(0.5);
    case 'text':
      return leaf.options.length === 0 ? '甲' : random.pick(leaf.options);
    case 'date':
      return random.pick(poolsOf(asked, asOf).dates);
    case 'number':
    case 'month':
      return drawnNumber(asked, leaf, asOf, random);
    case 'reference':
      return {};
    case 'list':
      return [{}];
  }
}

/** `facts` with a record behind every reference and a row in every list, so that all leaves can be
 *  set. */
export function withRecords(asked: Asked, facts: FactRecord): FactRecord {
  let full = facts;
  for (const leaf of asked.leaves) {
    const known = valueAt(full, leaf.names);
    if (leaf.kind === 'reference' && (typeof known !== 'object' || known === null))
      full = changed(full, leaf.names, {});
    if (leaf.kind === 'list' && (!Array.isArray(known) || known.length === 0))
      full = changed(full, leaf.names, [{}]);
  }
  return full;
}

/** How far the subject gets: all conditions it holds, and more when it is granted something. */
function score(engine: Engine, asked: Asked, facts: FactRecord, asOf: string): number {
  const { item } = asked;
  const subject = { entity: item.entity, id: 'x', facts };
  const { verdict } = engine.decide(item, subject, asOf);
  if (verdict === '满足') return 1000;
  let sum = 0;
  for (const { expr } of item.conditions) {
    const state = engine.holds(expr, facts, asOf);
    sum += state === true ? 2 : state === null ? 1 : 0;
  }
  return sum;
}

/** Changes one leaf after the other until the item is granted; the best that was found. */
function climbed(
  engine: Engine,
  asked: Asked,
  start: FactRecord,
  asOf: string,
  random: Random,
): FactRecord {
  let best = withRecords(asked, start);
  let reached = score(engine, asked, best, asOf);
  const { leaves } = asked;
  for (let i = 0; i < CLIMB && reached < 1000 && leaves.length > 0; i++) {
    const leaf = random.pick(leaves);
    const next = withRecords(asked, withLeaf(best, leaf, drawn(asked, leaf, asOf, random)));
    const gets = score(engine, asked, next, asOf);
    if (gets >= reached) [best, reached] = [next, gets];
  }
  return best;
}

/** Unknown leaves are filled as long as the item stays granted. */
function filled(
  engine: Engine,
  asked: Asked,
  facts: FactRecord,
  asOf: string,
  random: Random,
): FactRecord {
  let full = withRecords(asked, facts);
  for (const leaf of asked.leaves) {
    for (let tries = 0; tries < 6; tries++) {
      const next = withLeaf(full, leaf, drawn(asked, leaf, asOf, random));
      const isKnown = valueAt(full, leaf.list ?? leaf.names) !== null && leaf.list === null;
      if (isKnown && leaf.month === '') break;
      if (score(engine, asked, next, asOf) < 1000) continue;
      full = next;
      break;
    }
  }
  return full;
}

/** Up to `most` different subjects that the item grants something on `asOf`; when none is found, the
 *  nearest to it. */
export function basesOf(
  engine: Engine,
  asked: Asked,
  cases: readonly ExampleCase[],
  asOf: string,
  most: number,
  random: Random,
): readonly FactRecord[] {
  const own = cases.filter((c) => c.item.name === asked.item.name);
  const full = own.filter((c) => c.given.size === 0).map((c) => withRecords(asked, c.facts));
  const granted = full.filter((facts) => score(engine, asked, facts, asOf) === 1000);
  const amounts = new Map<string, FactRecord>();
  for (const facts of granted) {
    const subject = { entity: asked.item.entity, id: 'x', facts };
    const { amount } = engine.decide(asked.item, subject, asOf);
    const kinds = Object.keys(facts).toSorted().join();
    amounts.set(`${String(amount?.fen)} ${kinds}`, facts);
  }
  const chosen = [...amounts.values()];
  while (chosen.length > most) chosen.splice(random.below(chosen.length), 1);
  if (chosen.length > 0) return chosen.map((f) => filled(engine, asked, f, asOf, random));
  const [start = {}] = own.map((c) => c.facts);
  return [climbed(engine, asked, start, asOf, random)];
}
