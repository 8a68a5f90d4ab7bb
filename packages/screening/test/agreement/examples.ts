/** The worked examples of a package as batches: one for each entity, day, choice of readings and
 *  set of given decisions. */
import type { ExampleCase, FactRecord, FactValue, RuleSet } from '@zhida/rules';
import type { Batch } from './compare.ts';
import type { Law } from './package.ts';
import type { CaseSubject } from './store.ts';

function textOf(value: FactValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Gives every record an identity of its own: the examples name only what they are about. A record
 *  that has got one keeps it, so that many can refer to it. */
export class Identities {
  readonly #ruleSet: RuleSet;
  readonly #named = new WeakSet<FactRecord>();
  #count = 0;

  constructor(ruleSet: RuleSet) {
    this.#ruleSet = ruleSet;
  }

  record(entity: string, facts: FactRecord): FactRecord {
    if (this.#named.has(facts)) return facts;
    const found = this.#ruleSet.entities.find((e) => e.name === entity);
    if (found === undefined) throw new Error(`there is no entity ${entity}`);
    this.#count += 1;
    const result: { [name: string]: FactValue | undefined } = { ...facts };
    result[found.identity] = `${textOf(facts[found.identity])}#${this.#count}`;
    for (const { name, type } of found.facts) {
      const value = facts[name];
      if (typeof value !== 'object' || value === null) continue;
      if (type.t === 'entity') result[name] = this.record(type.entity, value as FactRecord);
      if (type.t === 'rows')
        result[name] = (value as readonly FactRecord[]).map((r) => this.record(type.entity, r));
    }
    this.#named.add(result);
    return result;
  }

  /** `facts` of `entity` as a subject. */
  subject(entity: string, facts: FactRecord, given?: CaseSubject['given']): CaseSubject {
    const identity = this.#ruleSet.entities.find((e) => e.name === entity)?.identity ?? '';
    const own = this.record(entity, facts);
    const id = textOf(own[identity]);
    return given === undefined ? { id, facts: own } : { id, facts: own, given };
  }
}

function groupOf(c: ExampleCase): string {
  return JSON.stringify([
    c.item.entity,
    c.asOf,
    [...c.engine.readings],
    [...c.given.keys()].toSorted(),
  ]);
}

export function exampleBatches({ ruleSet, cases }: Law): readonly Batch[] {
  const identities = new Identities(ruleSet);
  const groups = Map.groupBy(cases, groupOf);
  return [...groups.values()].flatMap((group): Batch[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { engine, asOf } = first;
    const { entity } = first.item;
    const subjects = group.map((c) => identities.subject(entity, c.facts, c.given));
    const items = [...new Set(group.map((c) => c.item.name))];
    const given = [...first.given.keys()].toSorted();
    return [{ engine, entity, asOf, items, given, subjects, tight: false }];
  });
}
