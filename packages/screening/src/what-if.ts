/** "What if this reading or this parameter were another": the register stays in memory, with the columns
 *  that rules read and no others; only the items that the change can reach are computed again. */
import { compileSql } from '@zhida/rules';
import type { Item, RuleSet, SqlColumn, SqlPlan, SqlTable } from '@zhida/rules';
import type { Snapshot } from '@zhida/register';
import { GRANTED, LACKING, PENDING } from './layout.ts';
import { itemsOf, kindOf } from './plans.ts';
import type { Question } from './plans.ts';
import { RunError } from './run-folder.ts';
import { Duck, big, bigOrNull, count, quoteName } from './duck.ts';
import type { AmountKind } from './run-head.ts';
import { makeViews } from './views.ts';

/** A parameter's value from `from` on: the integer that the package has for `key` (the first column when
 *  it is left out) becomes `valueScaled`. */
export interface ParameterChange {
  readonly name: string;
  readonly key?: string;
  /** Of several dated rows, the one from this day; all when left out. */
  readonly from?: string;
  readonly valueScaled: bigint;
}

export interface Change {
  /** Readings on top of those of the question: id → key. */
  readonly readings?: ReadonlyMap<string, string>;
  readonly parameters?: readonly ParameterChange[];
}

export interface ItemTotal {
  readonly granted: number;
  readonly undecided: number;
  readonly amountFen: bigint | null;
}

export interface Difference {
  readonly item: string;
  readonly itemId: string;
  readonly kind: AmountKind;
  readonly before: ItemTotal;
  readonly after: ItemTotal;
  readonly differenceFen: bigint;
}

export interface WhatIfAnswer {
  /** Items that the change can reach, in the order of the package; others stay as they were. */
  readonly items: readonly Difference[];
  readonly milliseconds: number;
}

const WITHOUT = ['conditions', 'missing', 'potential', 'caps', 'measured'] as const;

/** Every reading and parameter that an item can depend on, under whatever alternative. */
function dependencies(ruleSet: RuleSet, item: Item): ReadonlySet<string> {
  const found = new Set<string>();
  const stack: unknown[] = [item.conditions, item.amount, item.hard];
  const enter = (key: string, next: unknown): void => {
    if (found.has(key)) return;
    found.add(key);
    stack.push(next);
  };
  for (let at = stack.pop(); stack.length > 0 || at !== undefined; at = stack.pop()) {
    if (typeof at !== 'object' || at === null) continue;
    const { k, id, name, table } = at as Readonly<Record<string, unknown>>;
    if (k === 'reading') {
      const i = ruleSet.interpretations.find((x) => x.id === id);
      enter(`reading ${String(id)}`, i?.alternatives);
    }
    if (k === 'decision' || k === 'hits') {
      const called = k === 'hits' ? table : name;
      const d = ruleSet.decisions.find((x) => x.name === called);
      enter(`decision ${String(called)}`, d?.expr);
    }
    if (k === 'parameter') found.add(`parameter ${String(name)}`);
    stack.push(...Object.values(at));
  }
  return found;
}

/** The package with other parameters. Throws RunError on an unknown one. */
function withParameters(ruleSet: RuleSet, changes: readonly ParameterChange[]): RuleSet {
  if (changes.length === 0) return ruleSet;
  const known = ruleSet.parameters.map((p) => p.name).join('、');
  for (const { name } of changes) {
    if (!ruleSet.parameters.some((p) => p.name === name)) {
      throw new RunError('no-parameter', { name, known });
    }
  }
  const parameters = ruleSet.parameters.map((p) => {
    const own = changes.filter((c) => c.name === p.name);
    const rows = p.rows.map((row) => {
      const values = [...row.values];
      for (const { key, from, valueScaled } of own) {
        if (from !== undefined && from !== row.from) continue;
        values[key === undefined ? 0 : p.keys.indexOf(key)] = valueScaled.toString();
      }
      return { ...row, values };
    });
    return { ...p, rows };
  });
  return { ...ruleSet, parameters };
}

const isId = (c: SqlColumn): boolean => c.role === 'identity' || c.role === 'parent';

/** Tables with the columns of all plans together. */
function union(all: readonly SqlPlan[]): readonly SqlTable[] {
  const tables = new Map<string, SqlTable>();
  for (const table of all.flatMap((p) => p.reads)) {
    const known = tables.get(table.name)?.columns ?? [];
    const more = table.columns.filter((c) => !known.some((k) => k.name === c.name));
    tables.set(table.name, { ...table, columns: [...known, ...more] });
  }
  return [...tables.values()];
}

export interface WhatIfOptions extends Question {
  /** Folder for what does not fit into memory. */
  readonly spill: string;
  readonly memory?: string;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

export class WhatIf {
  readonly #o: WhatIfOptions;
  readonly #duck: Duck;
  readonly #items: readonly Item[];
  readonly #reach = new Map<string, ReadonlySet<string>>();
  readonly #base = new Map<string, ItemTotal>();
  readonly #magnitudes: ReadonlyMap<string, bigint>;

  private constructor(o: WhatIfOptions, duck: Duck) {
    this.#o = o;
    this.#duck = duck;
    this.#items = itemsOf(o);
    this.#magnitudes = o.snapshot.magnitudes();
    for (const item of this.#items) this.#reach.set(item.name, dependencies(o.ruleSet, item));
  }

  /** Loads what the rules read, under any of their readings, and decides everybody once. */
  static async open(o: WhatIfOptions): Promise<WhatIf> {
    const { spill, memory, threads, signal } = o;
    const duck = await Duck.open({
      spill,
      ...(memory === undefined ? {} : { memory }),
      ...(threads === undefined ? {} : { threads }),
      ...(signal === undefined ? {} : { signal }),
    });
    const made = new WhatIf(o, duck);
    await made.#load();
    const totals = await made.#totals(made.#items, o.ruleSet, o.readings ?? new Map());
    for (const [item, total] of totals) made.#base.set(item, total);
    return made;
  }

  close(): void {
    this.#duck.close();
  }

  /** Totals as the question has them. */
  get base(): ReadonlyMap<string, ItemTotal> {
    return this.#base;
  }

  /** New totals of the items that the change can reach. Throws RunError on an unknown reading,
   *  alternative or parameter. */
  async ask({ readings = new Map(), parameters = [] }: Change): Promise<WhatIfAnswer> {
    const began = performance.now();
    this.#check(readings);
    const ruleSet = withParameters(this.#o.ruleSet, parameters);
    const changed = [
      ...[...readings.keys()].map((id) => `reading ${id}`),
      ...parameters.map((p) => `parameter ${p.name}`),
    ];
    const items = this.#items.filter((i) => changed.some((c) => this.#reach.get(i.name)?.has(c)));
    const all = new Map([...(this.#o.readings ?? []), ...readings]);
    const totals = await this.#totals(items, ruleSet, all);
    return {
      items: items.flatMap((i) => this.#difference(i, totals.get(i.name)) ?? []),
      milliseconds: Math.round(performance.now() - began),
    };
  }

  #check(readings: ReadonlyMap<string, string>): void {
    for (const [id, key] of readings) {
      const found = this.#o.ruleSet.interpretations.find((i) => i.id === id);
      const keys = found?.alternatives.filter((a) => a.expr !== null).map((a) => a.key) ?? [];
      if (!keys.includes(key))
        throw new RunError('no-reading', { id, key, known: keys.join('、') });
    }
  }

  #difference(item: Item, after: ItemTotal | undefined): Difference | undefined {
    const before = this.#base.get(item.name);
    if (before === undefined || after === undefined) return undefined;
    const differenceFen = (after.amountFen ?? 0n) - (before.amountFen ?? 0n);
    return { item: item.name, itemId: item.id, kind: kindOf(item), before, after, differenceFen };
  }

  #compile(
    entity: string,
    items: readonly Item[],
    ruleSet: RuleSet,
    readings: ReadonlyMap<string, string>,
  ): SqlPlan {
    return compileSql(ruleSet, entity, {
      asOf: this.#o.asOf,
      items: items.map((i) => i.name),
      readings,
      without: WITHOUT,
      magnitudes: this.#magnitudes,
    });
  }

  /** One table in memory for each that a plan can read. */
  async #load(): Promise<void> {
    const { ruleSet, snapshot, readings = new Map<string, string>() } = this.#o;
    const known = snapshot.manifest.tables.map((t) => t.table);
    const plans: SqlPlan[] = [];
    for (const entity of new Set(this.#items.map((i) => i.entity))) {
      if (!known.includes(entity)) continue;
      const own = this.#items.filter((i) => i.entity === entity);
      plans.push(this.#compile(entity, own, ruleSet, readings));
      for (const i of ruleSet.interpretations) {
        const reached = own.filter((item) => this.#reach.get(item.name)?.has(`reading ${i.id}`));
        if (reached.length === 0) continue;
        for (const { key, expr } of i.alternatives) {
          if (expr === null) continue;
          plans.push(this.#compile(entity, reached, ruleSet, new Map([...readings, [i.id, key]])));
        }
      }
    }
    await this.#resident(snapshot, union(plans));
  }

  async #resident(snapshot: Snapshot, tables: readonly SqlTable[]): Promise<void> {
    // Compressed, so that ten million subjects stay well below the limit.
    await this.#duck.run("ATTACH ':memory:' AS resident (COMPRESS)");
    await this.#duck.run('USE resident');
    await makeViews(this.#duck, snapshot, tables, { prefix: 'file_' });
    const named = new Set(
      tables.flatMap((t) => (t.parent === '' ? [] : [t.parent])).concat(this.#targets()),
    );
    for (const table of tables) {
      // An identity that nobody asks for is the longest column of all: it stays on the disk.
      const keep = table.parent !== '' || named.has(table.entity);
      const columns = table.columns.map((c) =>
        isId(c) && !keep ? `CAST('' AS VARCHAR) AS ${c.name}` : quoteName(c.name),
      );
      const from = quoteName(`file_${table.name}`);
      await this.#duck.run(
        `CREATE OR REPLACE TABLE ${quoteName(table.name)} AS SELECT ${columns.join(', ')} FROM ${from}`,
      );
    }
  }

  /** Entities that others refer to, or whose identity a rule reads. */
  #targets(): readonly string[] {
    const { entities } = this.#o.ruleSet;
    const text = JSON.stringify([this.#o.ruleSet.decisions, this.#o.ruleSet.items]);
    return entities
      .filter(
        (e) =>
          entities.some((x) =>
            x.facts.some((f) => f.type.t === 'entity' && f.type.entity === e.name),
          ) || text.includes(JSON.stringify([e.name, e.identity])),
      )
      .map((e) => e.name);
  }

  async #totals(
    items: readonly Item[],
    ruleSet: RuleSet,
    readings: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, ItemTotal>> {
    const totals = new Map<string, ItemTotal>();
    const known = this.#o.snapshot.manifest.tables.map((t) => t.table);
    for (const entity of new Set(items.map((i) => i.entity))) {
      if (!known.includes(entity)) continue;
      const plan = this.#compile(
        entity,
        items.filter((i) => i.entity === entity),
        ruleSet,
        readings,
      );
      const columns = plan.items.flatMap((i, n) => [
        `count(*) FILTER (WHERE ${i.verdict} = ${GRANTED}) AS g${n}`,
        `count(*) FILTER (WHERE ${i.verdict} IN (${LACKING}, ${PENDING})) AS u${n}`,
        `CAST(${i.amount === null ? 'NULL' : `sum(${i.amount})`} AS HUGEINT) AS a${n}`,
      ]);
      const row = await this.#duck.one(`SELECT ${columns.join(', ')} FROM (${plan.sql})`);
      plan.items.forEach((i, n) => {
        totals.set(i.item, {
          granted: count(row[`g${n}`]),
          undecided: count(row[`u${n}`]),
          amountFen: i.amount === null ? null : (bigOrNull(row[`a${n}`]) ?? big(0n)),
        });
      });
    }
    return totals;
  }
}
