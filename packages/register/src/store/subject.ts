/** One subject: every fact with its source, in the form that `readFacts` of `rules` reads, and every
 *  value that was ever said. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Plain, RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import { Refusal } from '../snapshot/refusal.ts';
import { keyOf } from '../snapshot/write.ts';
import { labelsIn } from './dry-run.ts';
import { inForce } from './entry.ts';
import type { Entry } from './entry.ts';
import { countColumn, listsOf, tableIn, tablesWith, textOf } from './layout.ts';
import { subjectRows } from './statement.ts';
import type { SubjectRow } from './statement.ts';
import type { Tables } from './view.ts';

/** Who said a value, and where it stands. */
export interface FactSource {
  /** Id of the import. */
  readonly import: string;
  readonly kind: '导入' | '推导' | '撤回';
  readonly unit: string;
  /** Name of the source: 市统计局 批发零售月报. */
  readonly name: string;
  readonly asOf: string;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  /** Since when the register knows it, and who committed it. */
  readonly on: string;
  readonly by: string;
  /** Grounds of a derived value, as text; else empty. */
  readonly basis: string;
}

export interface KnownFact {
  /** `企业.营业收入`, `企业.月销售额.2023-09`, `设施农业项目.贷款[1].本金`. */
  readonly path: string;
  /** As people write it. */
  readonly value: string;
  readonly source: FactSource;
}

export interface Statement {
  /** null: what was said before was taken back. */
  readonly value: string | null;
  readonly source: FactSource;
  /** False when the import was undone. */
  readonly holds: boolean;
}

export interface FactHistory {
  /** `企业.营业收入`; of a list its number of rows: `设施农业项目.贷款 个数`. */
  readonly path: string;
  /** Oldest first. */
  readonly said: readonly Statement[];
}

export interface SubjectFacts {
  readonly entity: string;
  readonly id: string;
  /** For `readFacts`. What a subject refers to stands in it with its own facts, or by its identity
   *  when nothing is known of it. */
  readonly facts: { readonly [name: string]: Plain };
  readonly known: readonly KnownFact[];
  readonly history: readonly FactHistory[];
}

/** References are followed this far: a store, its carrier, whom that refers to. */
const DEPTH = 3;

type Mutable = { [name: string]: Plain };

function sourceOf({ entry, sheet, row, basis }: SubjectRow): FactSource {
  const { id, kind, on, by, source } = entry.manifest;
  const { unit, name, asOf, file } = source;
  return { import: id, kind, unit, name, asOf, file, sheet, row, on, by, basis };
}

/** File, sheet and row, for people. */
const documentOf = ({ file, name, sheet, row }: FactSource): string =>
  [file === '' ? name : file, sheet, row === 0 ? '' : String(row)]
    .filter((part) => part !== '')
    .join(' / ');

/** The last word on each column among rows in order; taken back means no word. */
function lastWords(rows: readonly SubjectRow[]): ReadonlyMap<SqlColumn, SubjectRow> {
  const last = new Map<SqlColumn, SubjectRow>();
  for (const row of rows) {
    for (const [column, value] of row.values) {
      if (value === null) last.delete(column);
      else last.set(column, row);
    }
  }
  return last;
}

class SubjectReader {
  readonly #connection: DuckDBConnection;
  readonly #ruleSet: RuleSet;
  readonly #tables: Tables;
  readonly #entries: readonly Entry[];
  readonly #held: ReadonlySet<Entry>;

  constructor(connection: DuckDBConnection, ruleSet: RuleSet, entries: readonly Entry[]) {
    this.#connection = connection;
    this.#ruleSet = ruleSet;
    this.#entries = entries;
    this.#tables = tablesWith(ruleSet, labelsIn(entries));
    this.#held = new Set(inForce(entries));
  }

  async read(entity: string, id: string): Promise<SubjectFacts> {
    const table = tableIn(this.#tables, entity);
    const rows = await this.#rows(table, id);
    if (rows.length === 0) throw new Refusal('subject-unknown', { entity, id });
    const known: KnownFact[] = [];
    const facts = await this.#record(table, rows, { id, path: entity, depth: 0, known });
    return { entity, id, facts, known, history: await this.#history(table, id, rows) };
  }

  #rows(table: SqlTable, id: string): Promise<readonly SubjectRow[]> {
    return subjectRows(this.#connection, table, this.#entries, id);
  }

  /** The facts of one subject, or of one row of a list. */
  async #record(
    table: SqlTable,
    rows: readonly SubjectRow[],
    at: {
      readonly id: string;
      readonly path: string;
      readonly depth: number;
      readonly known: KnownFact[];
    },
  ): Promise<{ readonly [name: string]: Plain }> {
    const facts: Mutable = { [keyOf(table).at(-1) ?? '']: at.id };
    const months = new Map<string, { readonly [month: string]: KnownFact }>();
    const last = lastWords(rows.filter((r) => this.#held.has(r.entry)));
    for (const column of table.columns) {
      const row = last.get(column);
      const value = row?.values.get(column);
      if (row === undefined || value === undefined || value === null) continue;
      if (column.role === 'rows') continue;
      const text = textOf(this.#ruleSet, table, column, value);
      const path = [at.path, column.role === 'gate' ? column.label : column.of, column.month];
      const fact = { path: path.join('.').replace(/\.$/u, ''), value: text, source: sourceOf(row) };
      at.known.push(fact);
      if (column.role === 'month') {
        months.set(column.of, { ...months.get(column.of), [column.month]: fact });
        continue;
      }
      const other = this.#referred(table, column);
      facts[column.role === 'gate' ? column.label : column.of] =
        other === undefined
          ? sourced(text, [fact])
          : await this.#reference(other, text, { ...at, path: fact.path });
    }
    for (const [name, said] of months) {
      const values = Object.fromEntries(Object.entries(said).map(([m, f]) => [m, f.value]));
      facts[name] = sourced(values, Object.values(said));
    }
    if (table.list === '') Object.assign(facts, await this.#lists(table, rows, at));
    return facts;
  }

  #referred(table: SqlTable, column: SqlColumn): SqlTable | undefined {
    const entity = this.#ruleSet.entities.find((e) => e.name === table.entity);
    const type = entity?.facts.find((f) => f.name === column.of)?.type;
    return column.role === 'fact' && type?.t === 'entity'
      ? this.#tables.get(type.entity)
      : undefined;
  }

  async #reference(
    table: SqlTable,
    id: string,
    at: { readonly path: string; readonly depth: number; readonly known: KnownFact[] },
  ): Promise<Plain> {
    if (at.depth >= DEPTH) return id;
    const rows = (await this.#rows(table, id)).filter((r) => this.#held.has(r.entry));
    if (rows.length === 0) return id;
    return this.#record(table, rows, { ...at, id, depth: at.depth + 1 });
  }

  /** Lists that are known: `[]` when known to be empty. */
  async #lists(
    table: SqlTable,
    rows: readonly SubjectRow[],
    at: {
      readonly id: string;
      readonly path: string;
      readonly depth: number;
      readonly known: KnownFact[];
    },
  ): Promise<Mutable> {
    const lists: Mutable = {};
    for (const list of listsOf(this.#tables, table.label)) {
      const last = (await this.#listSaid(list, table, at.id, rows)).findLast((s) => s.holds);
      if (last === undefined || last.rows === null) continue;
      const items: Plain[] = [];
      for (const id of [...new Set(last.rows.map((r) => r.id))].toSorted()) {
        const own = last.rows.filter((r) => r.id === id);
        const path = `${at.path}.${list.list}[${items.length + 1}]`;
        items.push(await this.#record(list, own, { ...at, id, path }));
      }
      lists[list.list] = sourced(items, [{ source: last.source }]);
    }
    return lists;
  }

  /** What each import said of a list: its rows, none, or (null) that it is not known. */
  async #listSaid(
    list: SqlTable,
    parent: SqlTable,
    id: string,
    parents: readonly SubjectRow[],
  ): Promise<readonly ListSaid[]> {
    const rows = await this.#rows(list, id);
    const count = countColumn(list, parent);
    return this.#entries.flatMap((entry): readonly ListSaid[] => {
      const holds = this.#held.has(entry);
      const own = rows.filter((r) => r.entry === entry);
      const [first] = own;
      if (first !== undefined) return [{ rows: own, source: sourceOf(first), holds }];
      const said = parents.findLast(
        (r) => r.entry === entry && count !== undefined && isCount(r.values.get(count)),
      );
      if (said === undefined || count === undefined) return [];
      const none = said.values.get(count) === null ? null : [];
      return [{ rows: none, source: sourceOf(said), holds }];
    });
  }

  async #history(
    table: SqlTable,
    id: string,
    rows: readonly SubjectRow[],
  ): Promise<readonly FactHistory[]> {
    const ofColumn = (column: SqlColumn): readonly Statement[] =>
      rows.flatMap((row) => {
        const value = row.values.get(column);
        if (value === undefined) return [];
        const text = value === null ? null : textOf(this.#ruleSet, table, column, value);
        return [{ value: text, source: sourceOf(row), holds: this.#held.has(row.entry) }];
      });
    const facts = table.columns
      .filter((c) => c.role !== 'rows')
      .map((c) => ({ path: `${table.label}.${c.label}`, said: ofColumn(c) }));
    const lists: FactHistory[] = [];
    for (const list of listsOf(this.#tables, table.label)) {
      const said = (await this.#listSaid(list, table, id, rows)).map((s) => ({
        value: s.rows === null ? null : String(new Set(s.rows.map((r) => r.id)).size),
        source: s.source,
        holds: s.holds,
      }));
      lists.push({ path: `${table.label}.${list.list} 个数`, said });
    }
    return [...facts, ...lists].filter((h) => h.said.length > 0);
  }
}

interface ListSaid {
  readonly rows: readonly SubjectRow[] | null;
  readonly source: FactSource;
  readonly holds: boolean;
}

/** A count speaks of a list only when it says that there is none, or is taken back. */
const isCount = (value: unknown): boolean => value === 0n || value === null;

/** A value with its provenance beside it, as `readFacts` takes it. */
function sourced(value: Plain, said: readonly Pick<KnownFact, 'source'>[]): Plain {
  const all = (of: (s: FactSource) => string): string =>
    [...new Set(said.map((s) => of(s.source)))].filter((t) => t !== '').join('、');
  return {
    value,
    source: all((s) => s.unit),
    asOf:
      said
        .map((s) => s.source.asOf)
        .toSorted()
        .at(-1) ?? '',
    document: all(documentOf),
  };
}

/** Refusals: `subject-unknown`, `table-unknown`. */
export function readSubject(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  entries: readonly Entry[],
  entity: string,
  id: string,
): Promise<SubjectFacts> {
  return new SubjectReader(connection, ruleSet, entries).read(entity, id);
}
