/** Subjects of a snapshot as the rules engine takes them: facts by name, references as records, lists as
 *  rows. For the few that are looked at one by one; everybody is decided as a set. */
import type { DuckDBValue } from '@duckdb/node-api';
import type { Snapshot } from '@zhida/register';
import { tablesOf } from '@zhida/rules';
import type { RuleSet, SqlColumn, SqlTable, Subject } from '@zhida/rules';
import type { Labels } from './plans.ts';
import { makeViews } from './views.ts';
import { quoteName, quoteText, text } from './duck.ts';
import type { Row, Duck } from './duck.ts';

type Facts = Subject['facts'];
type Fact = Facts[string];
type MutableFacts = Record<string, Fact>;

const PREFIX = 'subject_';
/** Identities in one query. */
const AT_ONCE = 2000;
/** References in references: a store in a carrier; a register that goes round in a circle ends here. */
const MAX_DEPTH = 8;

function valueOf(
  column: SqlColumn,
  value: DuckDBValue | undefined,
): bigint | boolean | string | null {
  if (value === null || value === undefined) return null;
  switch (column.type) {
    case 'integer':
      return BigInt(value as bigint | number);
    case 'boolean':
      return value === true;
    default:
      return typeof value === 'string' ? value : null;
  }
}

/** Reads subjects out of one snapshot, through one database. */
export class Subjects {
  readonly #duck: Duck;
  readonly #ruleSet: RuleSet;
  readonly #snapshot: Snapshot;
  readonly #prefix: string;
  readonly #tables: readonly SqlTable[];
  #ready = false;

  /** `prefix` keeps two snapshots, or two choices of tables, in one database apart. `tables`: what to
   *  read; without it everything. */
  constructor(
    duck: Duck,
    ruleSet: RuleSet,
    snapshot: Snapshot,
    prefix: string = PREFIX,
    tables: readonly SqlTable[] = tablesOf(ruleSet),
  ) {
    this.#duck = duck;
    this.#ruleSet = ruleSet;
    this.#snapshot = snapshot;
    this.#prefix = prefix;
    this.#tables = tables;
  }

  /** The subjects `ids` of `entity` with all their facts. Who is not in the snapshot is left out. */
  async read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, Subject>> {
    const facts = await this.#records(entity, ids, 0);
    return new Map([...facts].map(([id, f]) => [id, { entity, id, facts: f }]));
  }

  async #rows(table: SqlTable, key: 'id' | 'up', ids: readonly string[]): Promise<readonly Row[]> {
    if (!this.#ready) {
      await makeViews(this.#duck, this.#snapshot, this.#tables, { prefix: this.#prefix });
      this.#ready = true;
    }
    const columns = table.columns.map((c) =>
      c.type === 'date' ? `CAST(${c.name} AS VARCHAR) AS ${c.name}` : c.name,
    );
    const view = quoteName(`${this.#prefix}${table.name}`);
    const found: Row[] = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const list = ids
        .slice(at, at + AT_ONCE)
        .map(quoteText)
        .join(', ');
      const sql = `SELECT ${columns.join(', ')} FROM ${view} WHERE ${key} IN (${list})`;
      found.push(...(await this.#duck.rows(`${sql} ORDER BY ${key}, id`)));
    }
    return found;
  }

  async #records(
    entity: string,
    ids: readonly string[],
    depth: number,
  ): Promise<Map<string, MutableFacts>> {
    const table = this.#tables.find((t) => t.entity === entity && t.parent === '');
    const known = new Map<string, MutableFacts>();
    if (table === undefined || ids.length === 0 || depth > MAX_DEPTH) return known;
    const rows = await this.#rows(table, 'id', [...new Set(ids)]);
    for (const row of rows) known.set(text(row['id']), this.#own(table, row));
    await this.#follow(table, [...known.values()], depth);
    for (const list of this.#tables.filter((t) => t.parent === entity)) {
      await this.#list(list, known, depth);
    }
    return known;
  }

  /** What stands in the row itself. A list whose number is known begins empty. */
  #own(table: SqlTable, row: Row): MutableFacts {
    const facts: MutableFacts = {};
    for (const column of table.columns) {
      const value = valueOf(column, row[column.name]);
      if (value === null || column.role === 'parent') continue;
      if (column.role === 'month' && typeof value === 'bigint') {
        const months = (facts[column.of] ?? {}) as Record<string, bigint>;
        facts[column.of] = { ...months, [column.month]: value };
      } else if (column.role === 'rows') facts[column.of] = [];
      else facts[column.label] = value;
    }
    return facts;
  }

  /** References that lead to somebody become their records; others stay identities. */
  async #follow(table: SqlTable, records: readonly MutableFacts[], depth: number): Promise<void> {
    const declared = this.#ruleSet.entities.find((e) => e.name === table.entity)?.facts ?? [];
    for (const { name, type } of declared) {
      if (type.t !== 'entity') continue;
      const wanted = records.flatMap((r) => (typeof r[name] === 'string' ? [r[name]] : []));
      const found = await this.#records(type.entity, wanted, depth + 1);
      for (const r of records) {
        const id = r[name];
        const record = typeof id === 'string' ? found.get(id) : undefined;
        if (record !== undefined) r[name] = record;
      }
    }
  }

  async #list(
    table: SqlTable,
    parents: ReadonlyMap<string, MutableFacts>,
    depth: number,
  ): Promise<void> {
    const open = [...parents].filter(([, facts]) => Array.isArray(facts[table.list]));
    const rows = await this.#rows(
      table,
      'up',
      open.map(([id]) => id),
    );
    const records = rows.map((row) => ({ up: text(row['up']), facts: this.#own(table, row) }));
    await this.#follow(
      table,
      records.map((r) => r.facts),
      depth,
    );
    for (const { up, facts } of records) {
      const parent = parents.get(up);
      if (parent === undefined) continue;
      parent[table.list] = [...(parent[table.list] as readonly Facts[]), facts];
    }
  }
}

/** Facts by which a list names a subject. */
export function labelled(
  { facts }: Subject,
  labels: Labels,
): { readonly name: string; readonly district: string } {
  const word = (fact: string): string => {
    const value = facts[fact];
    return typeof value === 'string' ? value : '';
  };
  return { name: word(labels.name), district: word(labels.district) };
}
