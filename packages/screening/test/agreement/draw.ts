/** Random subjects: worked examples with some values changed, and whole ones drawn value by value,
 *  at and around the bounds of the rules, with unknowns, wrong references and odd lists. */
import { prepare } from '@zhida/rules';
import type { FactRecord, FactValue, Item } from '@zhida/rules';
import { basesOf, drawn, withRecords } from './base.ts';
import { readingRounds, usualDay } from './boundaries.ts';
import type { Batch } from './compare.ts';
import { Identities } from './examples.ts';
import { changed, leafName, withLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import type { Law } from './package.ts';
import type { CaseSubject } from './store.ts';
import { Random } from './random.ts';
import { askedBy, datesAt, dayBy, numbersAt } from './turning.ts';
import type { Asked } from './turning.ts';

/** Records of another entity that many subjects refer to. */
const SHARED = 64;
const NAMES = ['', 'O’Brien', "'; --", '𠮷野家', '甲 乙', '?', 'NULL', '"'];

/** What all items of one entity ask, under all alternatives of all readings. */
interface World {
  readonly entity: string;
  readonly asked: Asked;
  readonly starts: readonly FactRecord[];
  /** Values at which some rule turns, by name of the leaf. */
  readonly turning: ReadonlyMap<string, readonly bigint[]>;
  readonly days: readonly string[];
  /** How much there is to go wrong: number of tests and leaves. */
  readonly weight: number;
}

function worldOf(law: Law, entity: string, items: readonly Item[], random: Random): World {
  const leaves = new Map<string, Leaf>();
  const turning = new Map<string, Set<bigint>>();
  const starts = law.cases
    .filter((c) => c.item.entity === entity && c.given.size === 0)
    .map((c) => c.facts);
  const days = new Set<string>();
  let weight = 1;
  let whole: Asked | undefined;
  for (const readings of readingRounds(law)) {
    const engine = prepare(law.ruleSet, readings);
    for (const item of items) {
      const asked = askedBy(engine, item, law.far);
      const asOf = usualDay(law, item);
      days.add(asOf);
      for (const l of asked.leaves) leaves.set(leafName(l), l);
      weight += asked.turns.length + asked.leaves.length;
      const bases = basesOf(engine, asked, law.cases, asOf, 2, random);
      starts.push(...bases);
      for (const base of bases)
        for (const leaf of asked.leaves) {
          if (leaf.kind !== 'number' && leaf.kind !== 'month') continue;
          const at = turning.get(leafName(leaf)) ?? new Set();
          for (const v of numbersAt(engine, asOf, asked, base, leaf)) at.add(v);
          turning.set(leafName(leaf), at);
        }
      const dates = [...new Set([...(whole?.dates ?? []), ...asked.dates])];
      whole = { ...asked, nodes: [...(whole?.nodes ?? []), ...asked.nodes], dates };
    }
  }
  if (whole === undefined) throw new Error(`${entity} has no item`);
  const pools = new Map([...turning].map(([name, at]) => [name, [...at]]));
  const asked = { ...whole, leaves: [...leaves.values()] };
  return { entity, asked, starts, turning: pools, days: [...days], weight };
}

/** Draws the subjects of one batch. */
class Draw {
  readonly #world: World;
  readonly #random: Random;
  readonly #identities: Identities;
  readonly #asOf: string;
  readonly #dates: readonly string[];
  readonly #shared = new Map<string, readonly FactRecord[]>();

  constructor(world: World, identities: Identities, asOf: string, random: Random) {
    this.#world = world;
    this.#random = random;
    this.#identities = identities;
    this.#asOf = asOf;
    this.#dates = datesAt(world.asked, asOf);
    for (const { kind, names, entity } of world.asked.leaves) {
      if (kind !== 'reference' || this.#shared.has(entity)) continue;
      const inner = world.asked.leaves.filter((l) => l.names[0] === names[0] && l.list === null);
      const records = Array.from({ length: SHARED }, () => this.#referred(entity, inner));
      this.#shared.set(entity, records);
    }
  }

  #referred(entity: string, leaves: readonly Leaf[]): FactRecord {
    const unknown = this.#random.pick([0, 0.1, 0.3, 0.7]);
    let facts: FactRecord = {};
    for (const leaf of leaves) {
      if (leaf.names.length < 2 || leaf.kind === 'reference') continue;
      const inner = { ...leaf, names: leaf.names.slice(1) };
      if (!this.#random.chance(unknown)) facts = withLeaf(facts, inner, this.#value(leaf));
    }
    return this.#identities.record(entity, facts);
  }

  #number(leaf: Leaf): bigint {
    const r = this.#random;
    const pool = this.#world.turning.get(leafName(leaf)) ?? [];
    const far = this.#world.asked.far(leaf);
    const at = r.next();
    let value = r.size(far);
    if (at < 0.55 && pool.length > 0) value = r.pick(pool);
    else if (at < 0.65) value = 0n;
    else if (at < 0.7) value = far - BigInt(r.below(3));
    else if (at < 0.85) value = drawn(this.#world.asked, leaf, this.#asOf, r) as bigint;
    if (value > far) value = far;
    if (leaf.negative && r.chance(0.3)) return -value;
    return value < 0n && !leaf.negative ? -value : value;
  }

  /** A value that is known. */
  #value(leaf: Leaf): FactValue {
    const r = this.#random;
    switch (leaf.kind) {
      case 'number':
      case 'month':
        return this.#number(leaf);
      case 'date':
        return r.chance(0.3) ? dayBy(r.pick(this.#dates), r.below(800) - 400) : r.pick(this.#dates);
      case 'reference':
        return this.#reference(leaf);
      case 'list':
        return this.#rows(leaf);
      default:
        return drawn(this.#world.asked, leaf, this.#asOf, r);
    }
  }

  #reference(leaf: Leaf): FactValue {
    const r = this.#random;
    if (r.chance(0.1)) return `查无此号 ${r.pick(NAMES)}`;
    return r.pick(this.#shared.get(leaf.entity) ?? [{}]);
  }

  #rows(leaf: Leaf): FactValue {
    const r = this.#random;
    const inner = this.#world.asked.leaves.filter(
      (l) => l.list !== null && l.list.join('.') === leaf.names.join('.'),
    );
    const count = r.pick([0, 1, 1, 2, 3, 5, 12]);
    const unknown = r.pick([0, 0, 0.05, 0.3]);
    return Array.from({ length: count }, () => {
      let row: FactRecord = {};
      for (const l of inner) if (!r.chance(unknown)) row = changed(row, l.names, this.#value(l));
      return row;
    });
  }

  /** A worked example with one to five values changed. */
  #nearStart(): FactRecord {
    const r = this.#random;
    const { starts, asked } = this.#world;
    let facts = r.pick(starts);
    if (r.chance(0.5)) facts = withRecords(asked, facts);
    for (let i = r.below(6); i > 0; i--) {
      const leaf = r.pick(asked.leaves);
      facts = withLeaf(facts, leaf, r.chance(0.25) ? null : this.#value(leaf));
    }
    return facts;
  }

  #whole(): FactRecord {
    const r = this.#random;
    const unknown = r.pick([0, 0.05, 0.3, 0.3, 0.5, 0.8]);
    const facts: { [name: string]: FactValue | undefined } = {};
    for (const leaf of this.#world.asked.leaves) {
      const [name = '', second] = leaf.names;
      if (leaf.list !== null || second !== undefined || r.chance(unknown)) continue;
      if (leaf.kind !== 'month') facts[name] = this.#value(leaf);
      else facts[name] = { ...(facts[name] as FactRecord), [leaf.month]: this.#value(leaf) };
    }
    return facts;
  }

  subject(): CaseSubject {
    const facts = this.#random.chance(0.5) ? this.#nearStart() : this.#whole();
    return this.#identities.subject(this.#world.entity, facts);
  }
}

export interface Randoms {
  /** How many subjects in all, and in one batch. */
  readonly subjects: number;
  readonly batch: number;
  readonly seed: number;
}

function someReadings(law: Law, random: Random): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  if (random.chance(0.25)) return chosen;
  for (const { id, alternatives } of law.ruleSet.interpretations) {
    const keys = alternatives.filter((a) => a.expr !== null).map((a) => a.key);
    if (keys.length > 1 && random.chance(0.5)) chosen.set(id, random.pick(keys));
  }
  return chosen;
}

/** Random subjects of every entity that an item decides, until there are enough. Each batch has its
 *  own day and its own choice of readings. */
export function* randomBatches(law: Law, { subjects, batch, seed }: Randoms): Generator<Batch> {
  const random = new Random(seed);
  const entities = Map.groupBy(law.ruleSet.items, (i) => i.entity);
  const worlds = [...entities].map(([entity, items]) => worldOf(law, entity, items, random));
  const whole = worlds.reduce((sum, w) => sum + w.weight, 0);
  const { effective } = law.ruleSet.manifest;
  const anyDay = [dayBy(effective, -1), effective, '2023-12-31', '2024-12-31', '2031-01-01'];
  for (const world of worlds) {
    let left = Math.ceil((subjects * world.weight) / whole);
    while (left > 0) {
      const asOf = random.chance(0.7) ? random.pick(world.days) : random.pick(anyDay);
      // Identities start anew with each batch: its tables hold nothing else.
      const draw = new Draw(world, new Identities(law.ruleSet), asOf, random);
      const list = Array.from({ length: Math.min(left, batch) }, () => draw.subject());
      const engine = prepare(law.ruleSet, someReadings(law, random));
      const tight = random.chance(0.5);
      yield { engine, entity: world.entity, asOf, given: [], subjects: list, tight };
      left -= list.length;
    }
  }
}
