/** What a run compiles: one SELECT for each entity that the package pays, and its stored layout. */
import type { Snapshot } from '@zhida/register';
import { PERSON, canonical, compileSql, tablesOf } from '@zhida/rules';
import type { Item, RuleSet, SqlPlan, SqlTable } from '@zhida/rules';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { RunError, sha256 } from './run-folder.ts';
import type { AmountKind, RunHead } from './run-head.ts';
import { engineVersion } from './duck.ts';

/** Facts by which lists name and group subjects; an entity without them has no name, no district. */
export interface Labels {
  readonly name: string;
  readonly district: string;
}

export const LABELS: Labels = { name: '名称', district: '县区' };

/** What is decided: of a package, over a snapshot, for a day, under readings. */
export interface Question {
  readonly ruleSet: RuleSet;
  readonly snapshot: Snapshot;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Readings that differ from the package's: id → key. */
  readonly readings?: ReadonlyMap<string, string>;
  /** Names of items; all when left out. */
  readonly items?: readonly string[];
}

export interface EntityPlan {
  readonly entity: string;
  readonly en: string;
  readonly plan: SqlPlan;
  readonly layout: Layout;
  /** SHA-256 of the SELECT. */
  readonly sha256: string;
  /** Subjects refer to others of their kind, so that all must be at hand for each. */
  readonly whole: boolean;
}

const KINDS: Readonly<Record<NonNullable<Item['nature']>, AmountKind>> = {
  定额: 'exactly',
  上限: 'atMost',
  下限: 'atLeast',
  软上限: 'softAtMost',
  参照: 'elsewhere',
  未量化: 'unstated',
};

export function kindOf(item: Item): AmountKind {
  return item.nature === null ? 'none' : KINDS[item.nature];
}

/** The items asked for, in the order of the package; without those for persons, who are never
 *  screened. Throws RunError on an unknown name and on an item for persons. */
export function itemsOf({ ruleSet, items }: Question): readonly Item[] {
  const open = ruleSet.items.filter((i) => i.entity !== PERSON);
  if (items === undefined) return open;
  const known = open.map((i) => i.name);
  for (const item of items) {
    if (known.includes(item)) continue;
    if (ruleSet.items.some((i) => i.name === item)) throw new RunError('person', { item });
    throw new RunError('no-item', { item, known: known.join('、') });
  }
  return open.filter((i) => items.includes(i.name));
}

/** Table of the subjects of `entity` with every column. */
export function subjectsOf(ruleSet: RuleSet, entity: string): SqlTable {
  const found = tablesOf(ruleSet).find((t) => t.entity === entity && t.parent === '');
  if (found === undefined) throw new Error(`entity ${entity} is not in the package`);
  return found;
}

/** True when a subject's facts can lie with another subject of the same entity. */
function refersToItself(ruleSet: RuleSet, plan: SqlPlan): boolean {
  return plan.reads.some(({ entity, columns }) => {
    const facts = ruleSet.entities.find((e) => e.name === entity)?.facts ?? [];
    return columns.some(({ role, of }) => {
      const type = role === 'fact' ? facts.find((f) => f.name === of)?.type : undefined;
      return type?.t === 'entity' && type.entity === plan.entity;
    });
  });
}

function entityPlan(
  q: Question,
  entity: string,
  items: readonly Item[],
  labels: Labels,
): EntityPlan {
  const { ruleSet, snapshot, asOf, readings } = q;
  const own = items.filter((i) => i.entity === entity).map((i) => i.name);
  const has = subjectsOf(ruleSet, entity).columns.some(
    (c) => c.role === 'fact' && c.label === labels.district,
  );
  const plan = compileSql(ruleSet, entity, {
    asOf,
    items: own,
    magnitudes: snapshot.magnitudes(),
    carry: has ? [labels.district] : [],
    ...(readings === undefined ? {} : { readings }),
  });
  return {
    entity,
    en: ruleSet.entities.find((e) => e.name === entity)?.en ?? '',
    plan,
    layout: layoutOf(plan),
    sha256: sha256(plan.sql),
    whole: refersToItself(ruleSet, plan),
  };
}

/** Plans of all entities that have an item, in the order of the package's items. Throws RunError when
 *  the snapshot knows none of them. */
export function plansOf(q: Question, labels: Labels): readonly EntityPlan[] {
  const items = itemsOf(q);
  const entities = [...new Set(items.map((i) => i.entity))];
  const known = q.snapshot.manifest.tables.map((t) => t.table);
  if (!entities.some((e) => known.includes(e))) {
    throw new RunError('no-table', { wanted: entities.join('、') });
  }
  return entities.map((e) => entityPlan(q, e, items, labels));
}

/** Readings that differ from the package's own, in the order of their ids. */
function switched({ ruleSet, readings = new Map() }: Question): RunHead['readings'] {
  const own = new Map(ruleSet.interpretations.map((i) => [i.id, i.chosen]));
  return [...readings]
    .filter(([id, key]) => own.get(id) !== key)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, key]) => ({ id, key }));
}

/** The name of a run: what makes it the same run. The SELECTs are a part of it, so that a corrected
 *  compiler or another DuckDB never answers with the result of its predecessor. */
export function runId(q: Question, plans: readonly EntityPlan[], mark: RunHead['mark']): string {
  const said = {
    format: 1,
    package: q.ruleSet.hash,
    snapshot: q.snapshot.hash,
    asOf: q.asOf,
    readings: switched(q),
    items: itemsOf(q).map((i) => i.name),
    plans: plans.map((p) => p.sha256),
    engine: engineVersion(),
    mark,
  };
  return sha256(canonical(said)).slice(0, 16);
}

export function headOf(
  q: Question,
  plans: readonly EntityPlan[],
  rows: readonly number[],
  mark: RunHead['mark'],
): Omit<RunHead, 'started' | 'finished' | 'parts'> {
  const { manifest, hash } = q.ruleSet;
  return {
    id: runId(q, plans, mark),
    package: {
      id: manifest.id,
      hash,
      number: manifest.number,
      title: { zh: manifest.title, en: manifest.titleEn },
      version: manifest.version,
    },
    snapshot: q.snapshot.hash,
    asOf: q.asOf,
    readings: switched(q),
    items: itemsOf(q).map((i) => i.name),
    rows: rows.reduce((a, b) => a + b, 0),
    entities: plans.map((p, n) => ({
      entity: p.entity,
      en: p.en,
      rows: rows[n] ?? 0,
      plan: p.sha256,
    })),
    engine: { name: 'DuckDB', version: engineVersion(), dialect: plans[0]?.plan.dialect ?? '' },
    mark,
  };
}
