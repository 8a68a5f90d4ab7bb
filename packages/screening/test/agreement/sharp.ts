/** A small set of cases that is sharp enough to notice a wrong compiler: subjects that lie in tables
 *  once, with what `decide` says of them, under several plans. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compileSql, prepare, tablesOf } from '@zhida/rules';
import type { Engine, FactRecord } from '@zhida/rules';
import { boundaryBatches, readingRounds } from './boundaries.ts';
import { compare, itemsOf, newTally, planOf, said } from './compare.ts';
import type { Batch, CompileSql, Said, Tally } from './compare.ts';
import { randomBatches } from './draw.ts';
import { exampleBatches, Identities } from './examples.ts';
import { inventedBatches } from './invented-batches.ts';
import { lawOf, PACKAGES } from './package.ts';
import type { Law } from './package.ts';
import { Random } from './random.ts';
import { FactStore } from './store.ts';
import type { CaseSubject } from './store.ts';

/** Subjects in tables of their own, with one or more plans over them. */
interface Place {
  readonly connection: DuckDBConnection;
  readonly magnitudes: ReadonlyMap<string, bigint>;
  readonly plans: readonly { readonly batch: Batch; readonly said: readonly (readonly Said[])[] }[];
}

/** How many subjects of an entity are taken from each batch of examples, boundaries, random ones. */
const TAKEN = { examples: 30, boundaries: 80, random: 30 } as const;

/** Invented rule sets that notice much for little. */
const SHARP = [
  2, 54, 34, 50, 17, 28, 30, 58, 24, 53, 14, 22, 60, 6, 44, 133, 107, 149, 11,
] as const;

async function place(batches: readonly Batch[]): Promise<Place> {
  const [first] = batches;
  if (first === undefined) throw new Error('no batch');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const { engine, entity, given, subjects } = first;
  const store = new FactStore(connection, engine.ruleSet, tablesOf(engine.ruleSet), entity, given);
  for (const s of subjects) store.add(s);
  await store.write();
  const plans = batches.map((batch) => {
    const items = itemsOf(batch);
    return { batch, said: batch.subjects.map((s, n) => items.map((i) => said(batch, i, s, n))) };
  });
  return { connection, magnitudes: store.magnitudes(), plans };
}

/** Every `step`-th of the subjects, so that all kinds of neighbours are among them. */
function some(all: readonly FactRecord[], most: number, random: Random): readonly FactRecord[] {
  if (all.length <= most) return all;
  const left = [...all];
  return Array.from({ length: most }, () => left.splice(random.below(left.length), 1)[0] ?? {});
}

interface Gathered {
  readonly facts: readonly FactRecord[];
  readonly asOf: string;
}

function gathered(law: Law, random: Random): ReadonlyMap<string, Gathered> {
  const found = new Map<string, { facts: FactRecord[]; asOf: string }>();
  const add = (batch: Batch, most: number): void => {
    const facts = batch.subjects.map((s) => s.facts);
    const known = found.get(batch.entity) ?? { facts: [], asOf: batch.asOf };
    known.facts.push(...some(facts, most, random));
    found.set(batch.entity, known);
  };
  for (const batch of exampleBatches(law)) if (batch.given.length === 0) add(batch, TAKEN.examples);
  for (const batch of boundaryBatches(law, { bases: 1, seed: 5 })) add(batch, TAKEN.boundaries);
  const drawn = { subjects: 1500, batch: 120, seed: 5 };
  for (const batch of randomBatches(law, drawn)) add(batch, TAKEN.random);
  return found;
}

async function placesOf(law: Law): Promise<readonly Place[]> {
  const random = new Random(17);
  const rounds = readingRounds(law).slice(0, 2);
  const engines = rounds.map((r) => prepare(law.ruleSet, r));
  const places: Promise<Place>[] = [];
  for (const [entity, { facts, asOf }] of gathered(law, random)) {
    const identities = new Identities(law.ruleSet);
    const subjects: readonly CaseSubject[] = facts.map((f) => identities.subject(entity, f));
    const under = (engine: Engine, n: number): Batch => {
      return { engine, entity, asOf, given: [], subjects, tight: n % 2 === 1 };
    };
    places.push(place(engines.map(under)));
  }
  // Decisions that are given, by their worked examples.
  for (const batch of exampleBatches(law)) if (batch.given.length > 0) places.push(place([batch]));
  return Promise.all(places);
}

/** The places of both packages and of some invented rule sets. */
export async function sharpPlaces(): Promise<readonly Place[]> {
  const invented: Promise<Place>[] = [];
  for (const from of SHARP)
    for (const batch of inventedBatches(compileSql, { from, rules: 1, subjects: 120 }))
      invented.push(place([batch]));
  const laws = PACKAGES.toReversed().map((name) => placesOf(lawOf(name)));
  const [small = [], large = []] = await Promise.all(laws);
  return [...(await Promise.all(invented)), ...small, ...large];
}

/** Runs every plan, as `compile` makes it, until one says something else than `decide`: that one's
 *  tally, or the sum of all. An exception of the compiler or of DuckDB is thrown. */
export async function compareSharp(places: readonly Place[], compile: CompileSql): Promise<Tally> {
  const tally = newTally(3);
  for (const { connection, magnitudes, plans } of places) {
    for (const { batch, said } of plans) {
      const plan = planOf(compile, batch, batch.tight ? { magnitudes } : {});
      await compare(connection, batch, plan, tally, (s, i) => said[s]?.[i] as Said);
      if (tally.differences > 0) return tally;
    }
  }
  return tally;
}
