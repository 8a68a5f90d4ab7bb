/** Files of records whose columns have names: JSON lines and Parquet. */
import { DuckDBInstance } from '@duckdb/node-api';
import { createReadStream } from 'node:fs';
import { LONGEST_CELL, MOST_COLUMNS, MOST_ROWS } from './grid.ts';
import type { Cell, RawRow, RawSheet } from './grid.ts';
import { ImportRefusal, refuse } from './problem.ts';

const BATCH = 1_000;

type Source = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

class Digits {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A number of JSON keeps its digits: as a double, 0.1 and long codes would lose theirs. */
const keepDigits: Source = (_, value, context) =>
  typeof value === 'number' ? new Digits(context.source ?? String(value)) : value;

function jsonCell(value: unknown): Cell | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (value instanceof Digits) return { kind: 'decimal', text: value.text };
  if (typeof value === 'boolean') return { kind: 'logic', text: value ? '1' : '0' };
  return { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
}

type Entries = ReadonlyMap<string, Cell | undefined>;

function jsonRecord(text: string, line: number): Entries {
  let value: unknown;
  try {
    value = JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
  } catch {
    return refuse('json-line', { line: String(line) });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('json-line', { line: String(line) });
  }
  if (value instanceof Digits) return refuse('json-line', { line: String(line) });
  return new Map(Object.entries(value).map(([key, v]) => [key, jsonCell(v)]));
}

async function* jsonRecords(
  path: string,
): AsyncGenerator<{ readonly line: number; readonly of: Entries }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let line = 0;
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      return refuse('text-encoding', { line: String(line + 1) });
    }
  };
  const record = (text: string): { readonly line: number; readonly of: Entries } | undefined => {
    line++;
    if (line > MOST_ROWS) refuse('rows-many', { limit: String(MOST_ROWS) });
    return text.trim() === '' ? undefined : { line, of: jsonRecord(text, line) };
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const lines = (rest + decode(chunk as Buffer)).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > 16 * LONGEST_CELL) {
      refuse('cell-huge', { row: String(line + 1), limit: String(LONGEST_CELL) });
    }
    for (const text of lines) {
      const found = record(text);
      if (found !== undefined) yield found;
    }
  }
  const found = record(rest + decode(undefined));
  if (found !== undefined) yield found;
}

function rowFrom(line: number, of: Entries, headings: readonly string[]): RawRow {
  for (const [, cell] of of) {
    if ((cell?.text.length ?? 0) > LONGEST_CELL) {
      refuse('cell-huge', { row: String(line), limit: String(LONGEST_CELL) });
    }
  }
  return { row: line, cells: headings.map((h) => of.get(h)) };
}

/** A file of JSON objects, one a line; every key of any of them is a column. Reads it once. Throws
 *  ImportRefusal. */
export async function openJsonLines(path: string): Promise<RawSheet> {
  const keys = new Set<string>();
  for await (const { line, of } of jsonRecords(path)) {
    for (const key of of.keys()) keys.add(key);
    if (keys.size > MOST_COLUMNS) {
      const limit = String(MOST_COLUMNS);
      refuse('columns-many', { row: String(line), count: `> ${limit}`, limit });
    }
  }
  const headings = [...keys];
  async function* rows(): AsyncGenerator<readonly RawRow[], void, undefined> {
    let batch: RawRow[] = [];
    for await (const { line, of } of jsonRecords(path)) {
      batch.push(rowFrom(line, of, headings));
      if (batch.length >= BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }
  return { ...plain(headings), rows };
}

function plain(headings: readonly string[]): Omit<RawSheet, 'rows'> {
  const width = (): number => headings.length;
  return { name: '', hidden: false, merges: [], from1904: false, headings, width };
}

const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function kindOf(type: string): Cell['kind'] {
  if (/^(?:DOUBLE|FLOAT)$/u.test(type)) return 'number';
  if (/INT|DECIMAL/u.test(type)) return 'decimal';
  return type === 'BOOLEAN' ? 'logic' : 'text';
}

const why = (e: unknown): string =>
  (e instanceof Error ? e.message : String(e)).split('\n')[0] ?? '';

/** The rows of a Parquet file, in its order. Throws ImportRefusal. */
export async function openParquet(
  path: string,
): Promise<RawSheet & { close: () => Promise<void> }> {
  const options = { threads: '2', memory_limit: '512MB', enable_external_access: 'true' };
  const instance = await DuckDBInstance.create(':memory:', options);
  const connection = await instance.connect();
  // The name of a file is no pattern.
  const name = path.replaceAll(/[*?[]/gu, '[$&]');
  const from = `read_parquet(${sqlText(name)}, hive_partitioning=false, file_row_number=false)`;
  try {
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
    const columns = described.getRows().map((r) => ({ name: String(r[0]), type: String(r[1]) }));
    if (columns.length > MOST_COLUMNS) {
      const limit = String(MOST_COLUMNS);
      refuse('columns-many', { row: '1', count: String(columns.length), limit });
    }
    const list = columns.map((c) => `CAST(${sqlName(c.name)} AS VARCHAR)`).join(', ');
    const kinds = columns.map((c) => kindOf(c.type));
    const rows = async function* (): AsyncGenerator<readonly RawRow[], void, undefined> {
      try {
        const result = await connection.stream(`SELECT ${list} FROM ${from}`);
        let row = 0;
        for (;;) {
          const chunk = await result.fetchChunk();
          if (chunk === null || chunk.rowCount === 0) return;
          yield chunk.getRows().map((values) => ({ row: ++row, cells: values.map(cellAt(kinds)) }));
        }
      } catch (e) {
        if (e instanceof ImportRefusal) throw e;
        refuse('parquet-broken', { why: why(e) });
      }
    };
    let open = true;
    const close = async (): Promise<void> => {
      if (!open) return;
      open = false;
      connection.closeSync();
      instance.closeSync();
    };
    return { ...plain(columns.map((c) => c.name)), rows, close };
  } catch (e) {
    connection.closeSync();
    instance.closeSync();
    if (e instanceof ImportRefusal) throw e;
    return refuse('parquet-broken', { why: why(e) });
  }
}

const cellAt =
  (kinds: readonly Cell['kind'][]) =>
  (value: unknown, at: number): Cell | undefined => {
    if (value === null || value === '') return undefined;
    const kind = kinds[at] ?? 'text';
    const text = typeof value === 'string' ? value : '';
    if (kind === 'logic') return { kind, text: text === 'true' ? '1' : '0' };
    return { kind, text };
  };
