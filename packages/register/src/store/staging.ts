/** The rows of a file → a Parquet file for each table, sorted, in a folder that is not yet part of
 *  the register. Memory is bounded by a batch. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import {
  BIGINT,
  BOOLEAN,
  DuckDBDataChunk,
  INTEGER,
  LIST,
  VARCHAR,
  listValue,
} from '@duckdb/node-api';
import type { DuckDBAppender, DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import type { CheckedRow, FileReading } from '../record.ts';
import { decimalOf } from '../snapshot/decimal.ts';
import { DUCK_TYPE, countOf, fileList, ident, literal, rowOf, whole } from '../snapshot/duck.ts';
import { fileHash, remove } from '../snapshot/folder.ts';
import { isMoney } from '../snapshot/statistics.ts';
import { keyOf } from '../snapshot/write.ts';
import type { ImportColumn, ImportTable } from './entry.ts';
import { columnIn, isKey, tableIn, tablesWith } from './layout.ts';

/** A row of a derived fact brings the figures it was derived from, as text. */
export interface StagedRow extends CheckedRow {
  readonly basis?: string;
}

/** Columns beside the facts: place in the file, order, what is taken back, grounds of a derivation. */
export const OWN = {
  order: '#n',
  sheet: '#sheet',
  row: '#row',
  withdrawn: '#withdrawn',
  basis: '#basis',
} as const;

function withdrawnLabels({ values }: StagedRow): DuckDBValue {
  let labels: string[] | undefined;
  for (const [label, value] of values) {
    if (value === null) (labels ??= []).push(label);
  }
  return labels === undefined ? null : listValue(labels);
}

const CHUNK = 2048;
/** Rows held in memory before they go to a file. */
const HELD = 1 << 18;
const OWN_TYPES = 'BIGINT, VARCHAR, INTEGER, VARCHAR[], VARCHAR'.split(', ');
const OWN_DUCK: readonly DuckDBType[] = [BIGINT, VARCHAR, INTEGER, LIST(VARCHAR), VARCHAR];

/** Dates arrive as text and are cast when the Parquet file is written. */
const stagedType = ({ type }: SqlColumn): DuckDBType =>
  type === 'integer' ? BIGINT : type === 'boolean' ? BOOLEAN : VARCHAR;
const stagedName = (column: SqlColumn): string =>
  column.type === 'date' ? 'VARCHAR' : DUCK_TYPE[column.type];

/** The rows of one table on their way to its Parquet file. Columns are added as they come. */
class TableStage {
  readonly #connection: DuckDBConnection;
  readonly #name: string;
  #appender: DuckDBAppender | undefined;
  #chunk: DuckDBDataChunk | undefined;
  #rows: StagedRow[] = [];
  #count = 0n;
  #held = 0;
  readonly #pieces: string[] = [];
  readonly #file: string;
  readonly #declared: Set<string>;
  table: SqlTable;
  columns: readonly SqlColumn[];

  constructor(connection: DuckDBConnection, table: SqlTable, name: string, folder: string) {
    this.#connection = connection;
    this.#file = join(folder, `${table.label}.parquet`);
    this.table = table;
    this.#name = name;
    this.columns = [];
    this.#declared = new Set(table.columns.filter(isKey).map((c) => c.label));
  }

  /** Labels of the row that the stage has no column for yet. */
  fresh({ values }: StagedRow): readonly string[] {
    const found: string[] = [];
    for (const label of values.keys()) if (!this.#declared.has(label)) found.push(label);
    return found;
  }

  async create(): Promise<void> {
    const own = Object.values(OWN).map((name, n) => `${ident(name)} ${OWN_TYPES[n] ?? ''}`);
    const keys = this.table.columns.filter(isKey).map((c) => `${ident(c.label)} VARCHAR`);
    const rest = this.columns.map((c) => `${ident(c.label)} ${stagedName(c)}`);
    const list = [...own, ...keys, ...rest].join(', ');
    await this.#connection.run(`CREATE OR REPLACE TEMP TABLE ${this.#name} (${list})`);
  }

  async #grow(column: SqlColumn): Promise<void> {
    this.#close();
    const sql = `ALTER TABLE ${this.#name} ADD COLUMN ${ident(column.label)} ${stagedName(column)}`;
    await this.#connection.run(sql);
    this.columns = [...this.columns, column];
    this.#declared.add(column.label);
  }

  async declare(labels: Iterable<string>): Promise<void> {
    for (const label of labels) {
      const column = columnIn(this.table, label);
      if (!this.#declared.has(column.label)) await this.#grow(column);
    }
  }

  async push(row: StagedRow): Promise<void> {
    this.#rows.push(row);
    if (this.#rows.length >= CHUNK) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#appender ??= await this.#connection.createAppender(this.#name, 'main', 'temp');
    const keys = this.table.columns.filter(isKey);
    // One chunk for all: memory outside of JavaScript would wait for the garbage collector.
    this.#chunk ??= DuckDBDataChunk.create([
      ...OWN_DUCK,
      ...keys.map(() => VARCHAR),
      ...this.columns.map(stagedType),
    ]);
    this.#chunk.reset();
    this.#chunk.rowCount = rows.length;
    this.#chunk.setColumns([
      ...this.#ownValues(rows),
      ...keys.map((c) => rows.map((r) => (c.role === 'parent' ? r.parent : r.id))),
      ...this.columns.map(({ label }) => rows.map((r) => r.values.get(label) ?? null)),
    ]);
    this.#appender.appendDataChunk(this.#chunk);
    this.#rows = [];
    this.#held += rows.length;
    if (this.#held >= HELD) await this.#spill();
  }

  #ownValues(rows: readonly StagedRow[]): readonly (readonly DuckDBValue[])[] {
    const first = this.#count;
    this.#count += BigInt(rows.length);
    return [
      rows.map((_, n) => first + BigInt(n)),
      rows.map((r) => r.sheet),
      rows.map((r) => r.row),
      rows.map(withdrawnLabels),
      rows.map((r) => r.basis ?? null),
    ];
  }

  #close(): void {
    this.#appender?.closeSync();
    this.#appender = undefined;
    this.#chunk = undefined;
  }

  #copy(from: string, file: string): string {
    const order = [...keyOf(this.table), OWN.order].map(ident).join(', ');
    const own = [...Object.values(OWN), ...keyOf(this.table)].map(ident);
    const list = [...own, ...this.columns.map(({ label }) => ident(label))].join(', ');
    return `COPY (SELECT ${list} FROM ${from} ORDER BY ${order}) TO ${literal(file)}
      (FORMAT parquet, COMPRESSION zstd)`;
  }

  /** Moves the rows held in memory to a file of their own. */
  async #spill(): Promise<void> {
    this.#close();
    const cast = this.columns
      .filter((c) => c.type === 'date')
      .map((c) => `CAST(${ident(c.label)} AS DATE) AS ${ident(c.label)}`);
    const replace = cast.length === 0 ? '' : ` REPLACE (${cast.join(', ')})`;
    const piece = `${this.#file}.${this.#pieces.length}`;
    this.#pieces.push(piece);
    await this.#connection.run(this.#copy(`(SELECT *${replace} FROM ${this.#name})`, piece));
    this.#held = 0;
    await this.create();
  }

  /** Writes the Parquet file; undefined when there is no row. */
  async finish(): Promise<ImportTable | undefined> {
    await this.flush();
    if (this.#count === 0n) return undefined;
    if (this.#held > 0) await this.#spill();
    await this.drop();
    const [first = ''] = this.#pieces;
    if (this.#pieces.length === 1) {
      renameSync(first, this.#file);
    } else {
      const all = `read_parquet(${fileList(this.#pieces)}, union_by_name = true)`;
      await this.#connection.run(this.#copy(all, this.#file));
      this.#pieces.forEach(remove);
    }
    return this.#note(this.#file);
  }

  async drop(): Promise<void> {
    this.#close();
    await this.#connection.run(`DROP TABLE IF EXISTS ${this.#name}`);
  }

  async #note(file: string): Promise<ImportTable> {
    const keys = keyOf(this.table).map(ident);
    const key = keys.length === 1 ? (keys[0] ?? '') : `(${keys.join(', ')})`;
    const aggregates = this.columns.flatMap((c, n) => [
      `count(${ident(c.label)}) known_${n}`,
      `count(*) FILTER (list_contains(${ident(OWN.withdrawn)}, ${literal(c.label)})) taken_${n}`,
      ...(isMoney(c) ? [`sum(${ident(c.label)})::HUGEINT sum_${n}`] : []),
    ]);
    const row = await rowOf(
      this.#connection,
      `SELECT count(*) all_rows, count(*) FILTER (k IS DISTINCT FROM previous) subjects
         ${aggregates.map((a) => `, ${a}`).join('')}
       FROM (SELECT *, ${key} k, lag(${key}) OVER () previous FROM read_parquet(${literal(file)}))`,
    );
    const columns = this.columns.map(({ label, type, scale, unit }, n): ImportColumn => {
      const sum = isMoney({ type, unit }) ? decimalOf(whole(row[`sum_${n}`]) ?? 0n, scale) : null;
      const known = countOf(row[`known_${n}`]);
      return { label, type, scale, unit, known, withdrawn: countOf(row[`taken_${n}`]), sum };
    });
    return {
      table: this.table.label,
      file: `${this.table.label}.parquet`,
      rows: countOf(row['all_rows']),
      subjects: countOf(row['subjects']),
      sha256: await fileHash(file),
      columns,
    };
  }
}

export interface StagingInput {
  readonly connection: DuckDBConnection;
  readonly ruleSet: RuleSet;
  readonly reading: FileReading;
  /** Where the Parquet files go. */
  readonly folder: string;
  /** Told after each batch: rows staged until now. */
  readonly onRows?: (rows: number) => void;
}

/** Drains the reading. Refusals: `table-unknown`, `column-unknown`. */
export async function stageRows(input: StagingInput): Promise<readonly ImportTable[]> {
  const { connection, ruleSet, reading, folder, onRows } = input;
  const seen = new Set([...reading.columns.values()].flat());
  let tables = tablesWith(ruleSet, seen);
  const stages = new Map<string, TableStage>();
  const stageOf = async (label: string): Promise<TableStage> => {
    const existing = stages.get(label);
    if (existing !== undefined) return existing;
    const made = new TableStage(connection, tableIn(tables, label), `stage_${stages.size}`, folder);
    stages.set(label, made);
    await made.create();
    await made.declare(reading.columns.get(label) ?? []);
    return made;
  };
  /** A column that was not announced: a month that only a later row has. */
  const grow = async (stage: TableStage, labels: readonly string[]): Promise<void> => {
    await stage.flush();
    labels.forEach((label) => seen.add(label));
    tables = tablesWith(ruleSet, seen);
    for (const s of stages.values()) s.table = tableIn(tables, s.table.label);
    await stage.declare(labels);
  };
  let rows = 0;
  try {
    for await (const batch of reading.batches) {
      for (const row of batch) {
        const stage = await stageOf(row.table);
        const fresh = stage.fresh(row);
        if (fresh.length > 0) await grow(stage, fresh);
        await stage.push(row);
      }
      rows += batch.length;
      onRows?.(rows);
    }
    const notes: ImportTable[] = [];
    for (const [, stage] of [...stages].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const note = await stage.finish();
      if (note !== undefined) notes.push(note);
    }
    return notes;
  } finally {
    for (const stage of stages.values()) await stage.drop();
  }
}
