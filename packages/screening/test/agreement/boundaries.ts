/** Boundary cases: around subjects that satisfy an item, each value one step below, at and above
 *  each bound, each fact unknown, each judgement in its three states. */
import { prepare } from '@zhida/rules';
import type { Engine, FactRecord, FactValue, Item } from '@zhida/rules';
import { basesOf, drawn } from './base.ts';
import type { Batch } from './compare.ts';
import { Identities } from './examples.ts';
import { valueAt, withLeaf } from './leaf.ts';
import type { Leaf } from './leaf.ts';
import type { Law } from './package.ts';
import { Random } from './random.ts';
import { askedBy, datesAt, dayBy, numbersAt } from './turning.ts';
import type { Asked } from './turning.ts';

/** Everything that one leaf of a subject can be. */
function choices(
  engine: Engine,
  asked: Asked,
  facts: FactRecord,
  asOf: string,
  leaf: Leaf,
): readonly FactValue[] {
  switch (leaf.kind) {
    case 'boolean':
      return [null, true, false];
    case 'text':
      return [null, ...leaf.options];
    case 'date':
      return [null, ...datesAt(asked, asOf)];
    case 'number':
    case 'month':
      return [null, ...numbersAt(engine, asOf, asked, facts, leaf)];
    case 'reference':
      return [null, '查无此号', {}];
    case 'list': {
      const rows = valueAt(facts, leaf.names);
      const [row = {}] = Array.isArray(rows) ? (rows as readonly FactRecord[]) : [];
      return [null, [], [row], [row, row], [row, {}], [{}]];
    }
  }
}

/** The neighbours of one base: one leaf changed, and for some a second one unknown. */
function neighbours(
  engine: Engine,
  asked: Asked,
  base: FactRecord,
  asOf: string,
  random: Random,
): readonly FactRecord[] {
  const found = [base];
  for (const leaf of asked.leaves) {
    for (const value of choices(engine, asked, base, asOf, leaf)) {
      const one = withLeaf(base, leaf, value);
      found.push(one);
      const other = random.pick(asked.leaves);
      if (other === leaf) continue;
      found.push(withLeaf(one, other, null));
      if (random.chance(0.5)) found.push(withLeaf(one, other, drawn(asked, other, asOf, random)));
    }
  }
  return found;
}

/** Choices of readings that together switch every recorded reading to each of its alternatives;
 *  the first is the package's own. */
export function readingRounds(law: Law): readonly ReadonlyMap<string, string>[] {
  const switchable = law.ruleSet.interpretations.flatMap(({ id, chosen, alternatives }) => {
    const keys = alternatives.filter((a) => a.expr !== null).map((a) => a.key);
    return keys.length < 2 ? [] : [{ id, keys: [chosen, ...keys.filter((k) => k !== chosen)] }];
  });
  const rounds = Math.max(1, ...switchable.map((s) => s.keys.length));
  return Array.from(
    { length: rounds },
    (_, round) =>
      new Map(
        round === 0
          ? []
          : switchable.map(({ id, keys }) => [id, keys[round % keys.length] as string] as const),
      ),
  );
}

/** The day on which most examples of an item that grants something are decided. */
export function usualDay(law: Law, item: Item): string {
  const days = new Map<string, number>();
  for (const c of law.cases) {
    const counts = c.example.verdict.startsWith('满足') ? 1000 : 1;
    if (c.item.name === item.name) days.set(c.asOf, (days.get(c.asOf) ?? 0) + counts);
  }
  const [most] = [...days].toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? law.ruleSet.manifest.effective;
}

/** The items of each entity and usual day. */
function sameDay(law: Law): readonly { readonly day: string; readonly items: readonly Item[] }[] {
  const groups = Map.groupBy(law.ruleSet.items, (i) => `${i.entity} ${usualDay(law, i)}`);
  return [...groups.values()].map((items) => ({ day: usualDay(law, items[0] as Item), items }));
}

export interface Bounds {
  /** Subjects around which is looked, for each item and choice of readings. */
  readonly bases: number;
  readonly seed: number;
}

/** The boundary cases of a package: for each choice of readings, each entity and usual day one
 *  batch, in which every item of the entity decides the neighbours of all. */
export function* boundaryBatches(law: Law, { bases, seed }: Bounds): Generator<Batch> {
  const random = new Random(seed);
  const identities = new Identities(law.ruleSet);
  for (const [round, readings] of readingRounds(law).entries()) {
    const engine = prepare(law.ruleSet, readings);
    for (const { day, items } of sameDay(law)) {
      const facts = items.flatMap((item) => {
        const asked = askedBy(engine, item, law.far);
        return basesOf(engine, asked, law.cases, day, bases, random).flatMap((base) =>
          neighbours(engine, asked, base, day, random),
        );
      });
      const entity = items[0]?.entity ?? '';
      const subjects = facts.map((f) => identities.subject(entity, f));
      yield { engine, entity, asOf: day, given: [], subjects, tight: round % 2 === 1 };
      if (round > 0) continue;
      // The day before the text holds, and its first: everything else as it is.
      const few = facts.filter((_, i) => i % 7 === 0);
      const { effective } = law.ruleSet.manifest;
      for (const asOf of [dayBy(effective, -1), effective, dayBy(effective, 1)]) {
        const again = few.map((f) => identities.subject(entity, f));
        yield { engine, entity, asOf, given: [], subjects: again, tight: false };
      }
    }
  }
}
