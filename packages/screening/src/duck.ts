/** A DuckDB of one's own: bounded memory, spill to a folder, cancellable at once. */
import { DuckDBInstance, version } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';

export interface DuckOptions {
  /** Folder for what does not fit into memory. */
  readonly spill: string;
  /** `3GB`; the engine spills beyond it. */
  readonly memory?: string;
  readonly threads?: number;
  readonly signal?: AbortSignal;
}

/** A row by column name. Integers arrive as bigint, counts too. */
export type Row = Readonly<Record<string, DuckDBValue>>;

/** The run was stopped on request: nothing is wrong, and nothing half-done is left to be read. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Version of the engine; stands in every run. */
export function engineVersion(): string {
  return version();
}

export class Duck {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #signal: AbortSignal | undefined;
  readonly #interrupt: () => void;

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    signal?: AbortSignal,
  ) {
    this.#instance = instance;
    this.#connection = connection;
    this.#signal = signal;
    this.#interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', this.#interrupt);
  }

  static async open({ spill, memory = '3GB', threads, signal }: DuckOptions): Promise<Duck> {
    const instance = await DuckDBInstance.create(':memory:', {
      memory_limit: memory,
      temp_directory: spill,
      // One order of rows for one input: a run gives the same bytes however many threads it has.
      preserve_insertion_order: 'true',
      ...(threads === undefined ? {} : { threads: String(threads) }),
    });
    return new Duck(instance, await instance.connect(), signal);
  }

  /** Throws `Cancelled` as soon as the caller's signal fires. */
  async run(sql: string): Promise<void> {
    await this.#guard(() => this.#connection.run(sql));
  }

  async rows(sql: string): Promise<readonly Row[]> {
    const reader = await this.#guard(() => this.#connection.runAndReadAll(sql));
    return reader.getRowObjects();
  }

  /** Rows as they come, some thousands at a time. */
  async *batches(sql: string): AsyncGenerator<readonly Row[]> {
    const result = await this.#guard(() => this.#connection.stream(sql));
    const names = result.deduplicatedColumnNames();
    for (;;) {
      const chunk = await this.#guard(() => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk.getRowObjects(names);
    }
  }

  async one(sql: string): Promise<Row> {
    const [row] = await this.rows(sql);
    if (row === undefined) throw new Error('a query for one row gave none');
    return row;
  }

  /** How far the statement in hand is, 0 to 100; below 0: not known. */
  get percent(): number {
    return this.#connection.progress.percentage;
  }

  close(): void {
    this.#signal?.removeEventListener('abort', this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    this.#stopIfAsked();
    try {
      return await work();
    } catch (e) {
      this.#stopIfAsked();
      throw e;
    }
  }

  #stopIfAsked(): void {
    if (this.#signal?.aborted === true) throw new Cancelled('cancelled');
  }
}

/** A count as a plain number. Throws beyond 2^53: no register has as many rows. */
export function count(value: DuckDBValue | undefined): number {
  const n = Number(value ?? 0);
  if (!Number.isSafeInteger(n)) throw new Error(`not a count: ${String(value)}`);
  return n;
}

export function bigOrNull(value: DuckDBValue | undefined): bigint | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new Error(`not an integer: ${String(value)}`);
}

export function big(value: DuckDBValue | undefined): bigint {
  return bigOrNull(value) ?? 0n;
}

export function text(value: DuckDBValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
