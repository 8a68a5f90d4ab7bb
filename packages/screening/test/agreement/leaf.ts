/** The single values that an item asks of a subject, and facts with one of them changed. */
import type { FactRecord, FactValue, RuleSet } from '@zhida/rules';
import type { Expr } from './expression.ts';

type Fact = RuleSet['entities'][number]['facts'][number];

/** A value that can be changed by itself. */
export interface Leaf {
  /** Names from the subject (or from the row) to the value. */
  readonly names: readonly string[];
  /** Names to the list of rows in which the value stands, or null. */
  readonly list: readonly string[] | null;
  readonly kind: 'number' | 'boolean' | 'text' | 'date' | 'month' | 'reference' | 'list';
  /** `YYYY-MM` of a month, else empty. */
  readonly month: string;
  readonly unit: string;
  readonly scale: number;
  readonly negative: boolean;
  readonly options: readonly string[];
  /** Of a reference or a list: whose records. */
  readonly entity: string;
}

const PLAIN = { month: '', unit: '', scale: 0, negative: false, options: [], entity: '' } as const;

export function factOf(
  ruleSet: RuleSet,
  entity: string,
  names: readonly string[],
): Fact | undefined {
  let here = entity;
  let found: Fact | undefined;
  for (const name of names) {
    found = ruleSet.entities.find((e) => e.name === here)?.facts.find((f) => f.name === name);
    const type = found?.type;
    here = type?.t === 'entity' || type?.t === 'rows' ? type.entity : '';
  }
  return found;
}

/** Everything stored has an identity: it is no value that could be unknown or another. */
function identifies(ruleSet: RuleSet, fact: Fact): boolean {
  return ruleSet.entities.some((e) => e.identity === fact.name && e.facts.includes(fact));
}

/** Leaves of one declared fact; a monthly one has a leaf for each of `months`. */
export function leavesOfFact(
  fact: Fact,
  names: readonly string[],
  list: readonly string[] | null,
  months: readonly string[],
): readonly Leaf[] {
  const { type, negative } = fact;
  const base = { ...PLAIN, names, list };
  switch (type.t) {
    case 'number':
      return [{ ...base, kind: 'number', unit: type.unit, scale: type.scale, negative }];
    case 'bool':
      return [{ ...base, kind: 'boolean' }];
    case 'text':
      return [{ ...base, kind: 'text', options: type.options ?? [] }];
    case 'date':
      return [{ ...base, kind: 'date' }];
    case 'entity':
      return [{ ...base, kind: 'reference', entity: type.entity }];
    case 'rows':
      return [{ ...base, kind: 'list', entity: type.entity }];
    case 'months':
      return months.map((month) => ({
        ...base,
        kind: 'month',
        month,
        unit: '元',
        scale: 2,
        negative,
      }));
    default:
      return [];
  }
}

/** What the reached `nodes` of an item of `entity` read, without doubles. */
export function leavesOf(
  ruleSet: RuleSet,
  entity: string,
  nodes: readonly Expr[],
): readonly Leaf[] {
  const found = new Map<string, Leaf>();
  const lists = new Map<string, { names: readonly string[]; entity: string }>();
  const add = (leaves: readonly Leaf[]): void => {
    for (const l of leaves)
      found.set([l.list?.join('.') ?? '', l.names.join('.'), l.month].join('|'), l);
  };
  const along = (names: readonly string[], months: readonly string[]): void => {
    names.forEach((_, i) => {
      const path = names.slice(0, i + 1);
      const fact = factOf(ruleSet, entity, path);
      if (fact !== undefined && !identifies(ruleSet, fact))
        add(leavesOfFact(fact, path, null, months));
    });
  };
  for (const n of nodes) {
    if (n.k !== 'over' || n.list.k !== 'fact') continue;
    const { type, path } = n.list;
    if (type.t === 'rows') lists.set(n.variable, { names: path.slice(1), entity: type.entity });
  }
  for (const n of nodes) {
    if (n.k === 'months' && n.series.k === 'fact') along(n.series.path.slice(1), n.months);
    if (n.k === 'fact' && n.row === undefined) along(n.path.slice(1), []);
    if (n.k === 'gate') {
      const names = [...n.path.slice(1), `认定 ${n.gate}`];
      along(names.slice(0, -1), []);
      add([{ ...PLAIN, names, list: null, kind: 'boolean' }]);
    }
    if (n.k !== 'fact' || n.row === undefined) continue;
    const of = lists.get(n.row);
    const fact = of === undefined ? undefined : factOf(ruleSet, of.entity, n.path);
    if (of !== undefined && fact !== undefined && !identifies(ruleSet, fact))
      add(leavesOfFact(fact, n.path, of.names, []));
  }
  return [...found.values()];
}

type Record_ = { [name: string]: FactValue | undefined };

function isRecord(v: FactValue | undefined): v is FactRecord {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

/** `facts` with the value at `names` replaced. A reference that is not a record stays as it is. */
export function changed(
  facts: FactRecord,
  names: readonly string[],
  value: FactValue | undefined,
): FactRecord {
  const [name = '', ...rest] = names;
  if (rest.length === 0) return { ...facts, [name]: value };
  const inner = facts[name];
  if (!isRecord(inner)) return facts;
  return { ...facts, [name]: changed(inner, rest, value) };
}

export function valueAt(facts: FactRecord, names: readonly string[]): FactValue {
  let here: FactValue | undefined = facts;
  for (const name of names) {
    if (!isRecord(here)) return null;
    here = here[name];
  }
  return here ?? null;
}

/** `facts` with the value of `leaf` replaced; in a list, that of row `row` (there is one). */
export function withLeaf(
  facts: FactRecord,
  leaf: Leaf,
  value: FactValue | undefined,
  row = 0,
): FactRecord {
  if (leaf.list !== null) {
    const rows = valueAt(facts, leaf.list);
    if (!Array.isArray(rows)) return facts;
    const list = (rows as readonly FactRecord[]).map((r, i) =>
      i === row ? changed(r, leaf.names, value) : r,
    );
    return changed(facts, leaf.list, list);
  }
  if (leaf.month === '') return changed(facts, leaf.names, value);
  const known = valueAt(facts, leaf.names);
  const months: Record_ = isRecord(known) ? { ...known } : {};
  months[leaf.month] = value;
  return changed(facts, leaf.names, months);
}

export function leafValue(facts: FactRecord, leaf: Leaf): FactValue {
  if (leaf.list !== null) {
    const rows = valueAt(facts, leaf.list);
    const [first] = Array.isArray(rows) ? (rows as readonly FactRecord[]) : [];
    return first === undefined ? null : valueAt(first, leaf.names);
  }
  const value = valueAt(facts, leaf.names);
  return leaf.month === '' || !isRecord(value) ? value : (value[leaf.month] ?? null);
}

/** In words: 企业.月限上零售额 2023-09. */
export function leafName(leaf: Leaf): string {
  const path = [...(leaf.list ?? []), ...leaf.names].join('.');
  return leaf.month === '' ? path : `${path} ${leaf.month}`;
}
