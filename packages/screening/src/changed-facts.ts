/** Whose facts differ between two snapshots: in their own row, in the rows that they keep, or with
 *  somebody whom they refer to. Only the columns that one of the runs read count. */
import type { Snapshot } from '@zhida/register';
import { tablesOf, valueText } from '@zhida/rules';
import type { RuleSet, SqlColumn, SqlTable, Subject } from '@zhida/rules';
import { quoteName } from './duck.ts';
import type { Duck } from './duck.ts';
import type { Change } from './change.ts';
import { makeViews } from './views.ts';

/** Two snapshots in one database, under the tables of one package. */
export interface TwoSnapshots {
  readonly duck: Duck;
  readonly ruleSet: RuleSet;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

const BEFORE = 'before_';
const AFTER = 'after_';
const MAX_DEPTH = 4;

const isKey = (c: SqlColumn): boolean => c.role === 'identity' || c.role === 'parent';

export class ChangedFacts {
  readonly #two: TwoSnapshots;
  readonly #tables: readonly SqlTable[];

  private constructor(two: TwoSnapshots, tables: readonly SqlTable[]) {
    this.#two = two;
    this.#tables = tables;
  }

  /** `read`: labels of the columns that matter, by label of the table. */
  static async open(
    two: TwoSnapshots,
    read: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<ChangedFacts> {
    const tables = tablesOf(two.ruleSet).flatMap((t): SqlTable[] => {
      const labels = read.get(t.label);
      if (labels === undefined) return [];
      return [{ ...t, columns: t.columns.filter((c) => isKey(c) || labels.has(c.label)) }];
    });
    await makeViews(two.duck, two.before, tables, { prefix: BEFORE });
    await makeViews(two.duck, two.after, tables, { prefix: AFTER });
    return new ChangedFacts(two, tables);
  }

  /** SELECT of the identities `id` of `entity` whose facts differ. */
  subjectsSql(entity: string, depth = 0): string {
    const none = "SELECT CAST('' AS VARCHAR) AS id WHERE false";
    const table = this.#tables.find((t) => t.entity === entity && t.parent === '');
    if (table === undefined || depth > MAX_DEPTH) return none;
    const lists = this.#tables.filter((t) => t.parent === entity);
    const parts = [
      this.#different(table, 'id'),
      ...this.#referring(table, 'id', depth),
      ...lists.map((t) => this.#different(t, 'up')),
      ...lists.flatMap((t) => this.#referring(t, 'up', depth)),
    ];
    return parts.join(' UNION ');
  }

  /** Rows that only one of the snapshots has, under their key. */
  #different(table: SqlTable, key: 'id' | 'up'): string {
    const columns = table.columns.map((c) => quoteName(c.name)).join(', ');
    const of = (prefix: string): string =>
      `SELECT ${columns} FROM ${quoteName(`${prefix}${table.name}`)}`;
    const less = (a: string, b: string): string =>
      `SELECT ${key} AS id FROM (${of(a)} EXCEPT ALL ${of(b)})`;
    return `${less(AFTER, BEFORE)} UNION ${less(BEFORE, AFTER)}`;
  }

  #referring(table: SqlTable, key: 'id' | 'up', depth: number): readonly string[] {
    const facts = this.#two.ruleSet.entities.find((e) => e.name === table.entity)?.facts ?? [];
    return table.columns.flatMap((c) => {
      const type = c.role === 'fact' ? facts.find((f) => f.name === c.of)?.type : undefined;
      if (type?.t !== 'entity') return [];
      const others = this.subjectsSql(type.entity, depth + 1);
      return [BEFORE, AFTER].map(
        (prefix) => `SELECT t.${key} AS id FROM ${quoteName(`${prefix}${table.name}`)} t
          SEMI JOIN (${others}) x ON x.id = t.${quoteName(c.name)}`,
      );
    });
  }
}

type Facts = Subject['facts'];
type Fact = Facts[string];
type FactChange = Change['facts'][number];
type Type = RuleSet['entities'][number]['facts'][number]['type'];

const isFacts = (v: Fact): v is Facts => typeof v === 'object' && v !== null && !Array.isArray(v);

function shown(value: Fact, type: Type): string {
  return value === null || value === undefined ? '' : valueText(value, type);
}

function monthChanges(path: string, before: Fact, after: Fact): readonly FactChange[] {
  const [old, now] = [before, after].map((v) => (isFacts(v) ? v : {}));
  const months = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].toSorted();
  const type = { t: 'number', unit: '元', scale: 2 } as const;
  return months
    .filter((m) => old?.[m] !== now?.[m])
    .map((m) => ({
      path: `${path} ${m}`,
      before: shown(old?.[m], type),
      after: shown(now?.[m], type),
    }));
}

function rowChanges(
  ruleSet: RuleSet,
  entity: string,
  path: string,
  before: Fact,
  after: Fact,
): readonly FactChange[] {
  const identity = ruleSet.entities.find((e) => e.name === entity)?.identity ?? '';
  const byId = (rows: Fact): ReadonlyMap<string, Facts> =>
    new Map(
      (Array.isArray(rows) ? (rows as readonly Facts[]) : []).map((r, n) => {
        const id = r[identity];
        return [typeof id === 'string' ? id : String(n + 1), r];
      }),
    );
  const [old, now] = [byId(before), byId(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return ids.flatMap((id) =>
    factChanges(ruleSet, entity, old.get(id) ?? {}, now.get(id) ?? {}, `${path}[${id}]`),
  );
}

/** The facts of `entity` that differ between two records, each with both values as text. */
export function factChanges(
  ruleSet: RuleSet,
  entity: string,
  before: Facts,
  after: Facts,
  path: string = entity,
): readonly FactChange[] {
  const declared = ruleSet.entities.find((e) => e.name === entity)?.facts ?? [];
  const gates = ruleSet.gates.filter((g) => g.entity === entity).map((g) => `认定 ${g.name}`);
  const types = new Map<string, Type>([
    ...declared.map((f) => [f.name, f.type] as const),
    ...gates.map((g) => [g, { t: 'bool' }] as const),
  ]);
  return [...types].flatMap(([name, type]): readonly FactChange[] => {
    const [old, now] = [before[name] ?? null, after[name] ?? null];
    const at = `${path}.${name}`;
    if (type.t === 'months') return monthChanges(at, old, now);
    if (type.t === 'rows') return rowChanges(ruleSet, type.entity, at, old, now);
    if (type.t === 'entity' && isFacts(old) && isFacts(now)) {
      return factChanges(ruleSet, type.entity, old, now, at);
    }
    const text = (v: Fact): string => (isFacts(v) ? identityOf(ruleSet, type, v) : shown(v, type));
    return text(old) === text(now) ? [] : [{ path: at, before: text(old), after: text(now) }];
  });
}

function identityOf(ruleSet: RuleSet, type: Type, facts: Facts): string {
  const entity = type.t === 'entity' ? type.entity : '';
  const id = facts[ruleSet.entities.find((e) => e.name === entity)?.identity ?? ''];
  return typeof id === 'string' ? id : '';
}
