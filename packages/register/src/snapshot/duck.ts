/** DuckDB as both halves of the register use it: quoting, types, and a bounded amount of memory. */
import { mkdirSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { SqlType } from '@zhida/rules';

export const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A list of files as an argument of `read_parquet`. */
export const fileList = (files: readonly string[]): string => `[${files.map(literal).join(', ')}]`;

/** How each kind of column is stored. Money and all other numbers are whole: never DOUBLE. */
export const DUCK_TYPE: Readonly<Record<SqlType, string>> = {
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  text: 'VARCHAR',
  date: 'DATE',
};

export interface DuckOptions {
  /** Memory that DuckDB may take before it writes to `temp`, as `1GB`. */
  readonly memory?: string;
  readonly temp: string;
  readonly threads?: number;
}

export interface Duck {
  readonly connection: DuckDBConnection;
  /** Another connection to the same memory, with temporary tables of its own. */
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

/** An in-memory database. What does not fit into memory goes to files in `temp`. */
export async function openDuck({ memory = '1500MB', temp, threads }: DuckOptions): Promise<Duck> {
  mkdirSync(temp, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    temp_directory: temp,
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const connection = await instance.connect();
  return {
    connection,
    connect: () => instance.connect(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export type Row = Readonly<Record<string, DuckDBValue>>;

export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjects();
}

/** The only row of `sql`. */
export async function rowOf(connection: DuckDBConnection, sql: string): Promise<Row> {
  const [row] = await rowsOf(connection, sql);
  if (row === undefined) throw new Error(`no row: ${sql}`);
  return row;
}

/** A whole number as DuckDB gave it; null stays null. */
export function whole(value: DuckDBValue | undefined): bigint | null {
  if (value === null || value === undefined) return null;
  return BigInt(value as bigint | number);
}

/** A count of rows; they are far below 2^53. */
export const countOf = (value: DuckDBValue | undefined): number => Number(whole(value) ?? 0n);
