/** Subjects as rows: facts in the tables of a rule set, in a DuckDB in memory. */
import { DuckDBDataChunk, DuckDBDateValue, BIGINT, BOOLEAN, DATE, VARCHAR } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { FactRecord, FactValue, RuleSet, SqlColumn, SqlTable, Value } from '@zhida/rules';

/** A subject with its identity among its facts, and decisions that are given to it. */
export interface CaseSubject {
  readonly id: string;
  readonly facts: FactRecord;
  readonly given?: ReadonlyMap<string, Value>;
}

const TYPES: Readonly<Record<SqlColumn['type'], DuckDBType>> = {
  integer: BIGINT,
  boolean: BOOLEAN,
  text: VARCHAR,
  date: DATE,
};
const WORDS: Readonly<Record<SqlColumn['type'], string>> = {
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  text: 'VARCHAR',
  date: 'DATE',
};
const ROWS_OF_A_CHUNK = 2048;

/** Rows of one table, column by column. */
interface Filling {
  readonly table: SqlTable;
  readonly columns: DuckDBValue[][];
  readonly identities: Map<string, FactRecord>;
}

const dates = new Map<string, DuckDBDateValue>();

function dateOf(text: string): DuckDBDateValue {
  const known = dates.get(text);
  if (known !== undefined) return known;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const made = DuckDBDateValue.fromParts({ year, month, day });
  dates.set(text, made);
  return made;
}

function isRows(v: FactValue | undefined): v is readonly FactRecord[] {
  return Array.isArray(v);
}

function cell(c: SqlColumn, facts: FactRecord, identity: (of: string) => string): DuckDBValue {
  const value = facts[c.label] ?? facts[c.of] ?? null;
  if (c.role === 'rows') return isRows(value) ? BigInt(value.length) : null;
  if (c.role === 'month') {
    const months = facts[c.of];
    if (typeof months !== 'object' || months === null) return null;
    return ((months as FactRecord)[c.month] as bigint | null | undefined) ?? null;
  }
  if (value === null) return null;
  if (c.type === 'date') return dateOf(value as string);
  if (typeof value === 'object') return (value as FactRecord)[identity(c.of)] as string;
  return value;
}

/** Tables of facts in one connection: filled, then read by compiled SELECTs. */
export class FactStore {
  readonly #connection: DuckDBConnection;
  readonly #ruleSet: RuleSet;
  readonly #given: readonly SqlColumn[];
  readonly #subjects: string;
  readonly #fillings = new Map<string, Filling>();
  /** Facts of all rows, and how many of them are unknown. */
  cells = 0;
  unknown = 0;

  /** `tables`: those to fill, with the columns to fill; `given`: decisions that are columns of the
   *  subjects' table, in their order; `entity`: of the subjects. */
  constructor(
    connection: DuckDBConnection,
    ruleSet: RuleSet,
    tables: readonly SqlTable[],
    entity: string,
    given: readonly string[],
  ) {
    this.#connection = connection;
    this.#ruleSet = ruleSet;
    this.#subjects = entity;
    this.#given = given.map((name, i) => this.#givenColumn(name, i));
    for (const table of tables) {
      const columns = this.#columnsOf(table).map(() => []);
      this.#fillings.set(table.label, { table, columns, identities: new Map() });
    }
  }

  #givenColumn(of: string, at: number): SqlColumn {
    const type = this.#ruleSet.decisions.find((d) => d.name === of)?.expr.type;
    const sql = type?.t === 'number' ? 'integer' : type?.t === 'bool' ? 'boolean' : 'text';
    const name = `d_${String(at + 1).padStart(3, '0')}`;
    const rest = { role: 'fact', month: '', scale: 0, unit: '', negative: true } as const;
    return { name, label: of, of, type: type?.t === 'date' ? 'date' : sql, ...rest };
  }

  #columnsOf(table: SqlTable): readonly SqlColumn[] {
    const own = table.list === '' && table.entity === this.#subjects;
    return own ? [...table.columns, ...this.#given] : table.columns;
  }

  #identity(entity: string, fact: string): string {
    const type = this.#ruleSet.entities
      .find((e) => e.name === entity)
      ?.facts.find((f) => f.name === fact)?.type;
    const of = type?.t === 'entity' ? type.entity : '';
    return this.#ruleSet.entities.find((e) => e.name === of)?.identity ?? '';
  }

  /** Adds one subject with all that it refers to. Throws when two records share an identity. */
  add({ facts, given }: CaseSubject): void {
    this.#record(this.#subjects, facts, given);
  }

  #record(entity: string, facts: FactRecord, given?: CaseSubject['given']): void {
    const filling = this.#fillings.get(entity);
    const identity = this.#ruleSet.entities.find((e) => e.name === entity)?.identity ?? '';
    const id = facts[identity];
    if (typeof id !== 'string') throw new Error(`a record of ${entity} has no identity`);
    if (filling !== undefined) {
      const known = filling.identities.get(id);
      if (known === facts) return;
      if (known !== undefined) throw new Error(`two records of ${entity} are called ${id}`);
      filling.identities.set(id, facts);
      this.#row(filling, facts, '', given);
    }
    this.#referred(entity, entity, facts, id);
  }

  /** What a record refers to, and its rows. */
  #referred(entity: string, label: string, facts: FactRecord, id: string): void {
    for (const fact of this.#ruleSet.entities.find((e) => e.name === entity)?.facts ?? []) {
      const value = facts[fact.name];
      if (typeof value !== 'object' || value === null) continue;
      if (fact.type.t === 'entity') this.#record(fact.type.entity, value as FactRecord);
      if (fact.type.t !== 'rows' || !isRows(value)) continue;
      const rows = this.#fillings.get(`${label}.${fact.name}`);
      for (const row of value) {
        if (rows !== undefined) this.#row(rows, row, id);
        this.#referred(fact.type.entity, '', row, id);
      }
    }
  }

  #row(filling: Filling, facts: FactRecord, up: string, given?: CaseSubject['given']): void {
    const { table, columns } = filling;
    const identity = (of: string): string => this.#identity(table.entity, of);
    table.columns.forEach((c, i) => {
      const value = c.role === 'parent' ? up : cell(c, facts, identity);
      columns[i]?.push(value);
      if (c.role === 'parent' || c.role === 'identity') return;
      this.cells += 1;
      if (value === null) this.unknown += 1;
    });
    if (columns.length === table.columns.length) return;
    const values = Object.fromEntries(given ?? []) as FactRecord;
    this.#given.forEach((c, i) => {
      columns[table.columns.length + i]?.push(cell(c, values, identity));
    });
  }

  /** Largest magnitude of each numeric column, by `table.column` labels. */
  magnitudes(): ReadonlyMap<string, bigint> {
    const found = new Map<string, bigint>();
    for (const { table, columns } of this.#fillings.values()) {
      table.columns.forEach((c, i) => {
        if (c.type !== 'integer') return;
        const largest = (columns[i] ?? []).reduce<bigint>((most, v) => {
          const size = typeof v === 'bigint' ? (v < 0n ? -v : v) : 0n;
          return size > most ? size : most;
        }, 0n);
        found.set(`${table.label}.${c.label}`, largest);
      });
    }
    return found;
  }

  /** Creates the tables anew and fills them. */
  async write(): Promise<void> {
    for (const { table, columns } of this.#fillings.values()) {
      const all = this.#columnsOf(table);
      const declared = all.map((c) => `${c.name} ${WORDS[c.type]}`).join(', ');
      await this.#connection.run(`CREATE OR REPLACE TABLE ${table.name} (${declared})`);
      const rows = columns[0]?.length ?? 0;
      if (rows === 0) continue;
      const appender = await this.#connection.createAppender(table.name);
      for (let from = 0; from < rows; from += ROWS_OF_A_CHUNK) {
        const chunk = DuckDBDataChunk.create(all.map((c) => TYPES[c.type]));
        chunk.setColumns(columns.map((c) => c.slice(from, from + ROWS_OF_A_CHUNK)));
        appender.appendDataChunk(chunk);
      }
      appender.closeSync();
    }
  }
}
