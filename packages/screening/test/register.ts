/** Facts as a snapshot on disk: the records of the rules engine become tables. Nested records (the
 *  carrier of a store) become subjects of their own. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDuck, openSnapshot, writeSnapshot } from '@zhida/register';
import type { Snapshot } from '@zhida/register';
import { readFacts, readPackage, tablesOf } from '@zhida/rules';
import type { Plain, RuleSet, SqlColumn, SqlTable, Subject } from '@zhida/rules';

const root = resolve(import.meta.dirname, '../../..');

export function loadPackage(name: string): RuleSet {
  const folder = join(root, 'policies', name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((p) => /\.(?:md|yaml|txt)$/u.test(p))
    .toSorted();
  const files = paths.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
  return readPackage(files).ruleSet;
}

type Facts = Subject['facts'];
type Record_ = Readonly<Record<string, unknown>>;

/** Subjects out of plain facts by entity, as examples/benxi/sample.json has them. */
export function subjectsFrom(
  ruleSet: RuleSet,
  plain: Readonly<Record<string, readonly { readonly [k: string]: Plain }[]>>,
): readonly Subject[] {
  return ruleSet.entities.flatMap(({ name, identity }) =>
    (plain[name] ?? []).map((p, i): Subject => {
      const at = { file: 'facts', line: 1, column: 1, clause: '' };
      const { facts, problems } = readFacts(ruleSet, name, p, at);
      if (problems.length > 0) throw new Error(JSON.stringify(problems[0]));
      const id = facts[identity];
      return { entity: name, id: typeof id === 'string' ? id : `${i + 1}`, facts };
    }),
  );
}

export function sample(ruleSet: RuleSet): readonly Subject[] {
  const path = join(root, 'examples/benxi/sample.json');
  return subjectsFrom(ruleSet, JSON.parse(readFileSync(path, 'utf8')) as never);
}

type Rows = Map<string, Map<string, Map<string, unknown>>>;

const isRecord = (v: unknown): v is Record_ =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

class Tables {
  readonly rows: Rows = new Map();
  readonly #ruleSet: RuleSet;
  readonly #tables: readonly SqlTable[];
  #rowsMade = 0;

  constructor(ruleSet: RuleSet) {
    this.#ruleSet = ruleSet;
    this.#tables = tablesOf(ruleSet);
  }

  add(entity: string, id: string, facts: Facts | Record_): void {
    const table = this.#tables.find((t) => t.entity === entity && t.parent === '');
    if (table !== undefined) this.#put(table, id, '', facts);
  }

  #put(table: SqlTable, id: string, up: string, facts: Facts | Record_): void {
    const row = new Map<string, unknown>();
    for (const column of table.columns)
      row.set(column.label, this.#cell(table, column, facts, id, up));
    const own = this.rows.get(table.label) ?? new Map<string, Map<string, unknown>>();
    const known = own.get(`${up} ${id}`);
    for (const [k, v] of known ?? []) if ((row.get(k) ?? null) === null) row.set(k, v);
    own.set(`${up} ${id}`, row);
    this.rows.set(table.label, own);
  }

  #cell(table: SqlTable, c: SqlColumn, facts: Facts | Record_, id: string, up: string): unknown {
    if (c.role === 'identity') return id;
    if (c.role === 'parent') return up;
    const value: unknown = c.role === 'gate' ? facts[c.label] : facts[c.of];
    if (c.role === 'month') return isRecord(value) ? value[c.month] : null;
    if (c.role === 'rows') return Array.isArray(value) ? this.#list(table, c, value, id) : null;
    return isRecord(value) ? this.#reference(table, c, value) : value;
  }

  #identity(entity: string, facts: Record_): string {
    const own = this.#ruleSet.entities.find((e) => e.name === entity)?.identity ?? '';
    const id = facts[own];
    return typeof id === 'string' ? id : `no-${++this.#rowsMade}`;
  }

  #list(table: SqlTable, c: SqlColumn, rows: readonly unknown[], id: string): bigint {
    const child = this.#tables.find((t) => t.parent === table.entity && t.list === c.of);
    for (const row of rows) {
      if (child !== undefined && isRecord(row))
        this.#put(child, this.#identity(child.entity, row), id, row);
    }
    return BigInt(rows.length);
  }

  #reference(table: SqlTable, c: SqlColumn, value: Record_): string {
    const facts = this.#ruleSet.entities.find((e) => e.name === table.entity)?.facts ?? [];
    const type = facts.find((f) => f.name === c.of)?.type;
    const entity = type?.t === 'entity' ? type.entity : '';
    const id = this.#identity(entity, value);
    this.add(entity, id, value);
    return id;
  }
}

const TYPES = { integer: 'BIGINT', boolean: 'BOOLEAN', text: 'VARCHAR', date: 'DATE' } as const;
const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'bigint' || typeof value === 'boolean') return value.toString();
  throw new Error(`no cell for ${typeof value}`);
}

function selectOf(table: SqlTable, rows: readonly Map<string, unknown>[]): string {
  const columns = table.columns.map((c) => name(c.label));
  const cells = (row: Map<string, unknown>): string =>
    table.columns.map((c) => `CAST(${literal(row.get(c.label))} AS ${TYPES[c.type]})`).join(', ');
  const values = rows.map((row) => `(${cells(row)})`).join(',\n');
  return `SELECT * FROM (VALUES ${values}) AS t(${columns.join(', ')})`;
}

/** Writes `subjects` as a snapshot under `folder`, and opens it. */
export async function snapshotOf(
  ruleSet: RuleSet,
  subjects: readonly Subject[],
  folder: string,
): Promise<Snapshot> {
  const tables = new Tables(ruleSet);
  for (const { entity, id, facts } of subjects) tables.add(entity, id, facts);
  const inputs = tablesOf(ruleSet).flatMap((table) => {
    const rows = [...(tables.rows.get(table.label)?.values() ?? [])];
    return rows.length === 0 ? [] : [{ table, parts: [selectOf(table, rows)] }];
  });
  const duck = await openDuck({ temp: join(folder, 'temp') });
  try {
    const taking = { knownOn: '', at: '', imports: [] };
    return await openSnapshot(
      await writeSnapshot(duck.connection, ruleSet, folder, inputs, taking),
    );
  } finally {
    duck.close();
  }
}
