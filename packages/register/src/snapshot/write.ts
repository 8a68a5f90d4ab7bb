/** Facts in SQL → a snapshot: a Parquet file for each table, sorted, with a manifest. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import { DUCK_TYPE, countOf, fileList, ident, literal, rowOf, rowsOf } from './duck.ts';
import { fileHash, publish, remove, replaceFile, unfinishedFolder } from './folder.ts';
import { MANIFEST, TAKINGS, jsonText, manifestOf, readTakings } from './manifest.ts';
import type { SnapshotTableNote, Taking } from './manifest.ts';
import { danglingReferences } from './reference.ts';
import { Refusal } from './refusal.ts';
import { statistics } from './statistics.ts';

/** One table of a snapshot, as SELECTs on the connection. */
export interface SnapshotInput {
  readonly table: SqlTable;
  /** SELECTs whose columns bear labels of the table (`SqlColumn.label`), the identity and, in a
   *  table of rows, the parent among them; columns that nobody has are left out. Several parts are
   *  written one after the other: every identity of a part comes before those of the next. */
  readonly parts: readonly string[];
  /** The rows of each part come in order of (parent and) identity, so they need no sorting. */
  readonly sorted?: boolean;
}

const PARQUET = '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)';

/** Labels of the columns that order a table: the parent of a row, then the identity. */
export function keyOf(table: SqlTable): readonly string[] {
  const of = (role: SqlColumn['role']): readonly string[] =>
    table.columns.filter((c) => c.role === role).map((c) => c.label);
  return [...of('parent'), ...of('identity')];
}

const INTEGERS = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UINTEGER', 'UBIGINT']);

/** Only a lossless cast is done: a DOUBLE must not become money by rounding. */
function castable(found: string, column: SqlColumn): boolean {
  if (found === DUCK_TYPE[column.type] || found === '"NULL"') return true;
  if (column.type === 'integer') return INTEGERS.has(found) || found === 'HUGEINT';
  return column.type === 'text' && found.startsWith('ENUM');
}

/** The columns of the table that the SELECT brings, in the order of the table. */
async function brought(
  connection: DuckDBConnection,
  { table, parts }: SnapshotInput,
): Promise<readonly SqlColumn[]> {
  const described = await rowsOf(connection, `DESCRIBE ${parts[0] ?? ''}`);
  const found = new Map(
    described.map((r) => [String(r['column_name']), String(r['column_type'])] as const),
  );
  for (const [label, type] of found) {
    const column = table.columns.find((c) => c.label === label);
    const place = { table: table.label, column: label };
    if (column === undefined) throw new Refusal('column-unknown', place);
    if (!castable(type, column)) {
      const wanted = DUCK_TYPE[column.type];
      throw new Refusal('column-type', { ...place, found: type, wanted });
    }
  }
  return table.columns.filter((c) => found.has(c.label));
}

function copy(select: string, file: string): string {
  return `COPY (${select}) TO ${literal(file)} ${PARQUET}`;
}

/** Writes the rows of a table, in order. Row groups are cut by position alone, so that the same
 *  rows give the same bytes whatever the number of threads. */
async function writeTable(
  connection: DuckDBConnection,
  input: SnapshotInput,
  columns: readonly SqlColumn[],
  folder: string,
): Promise<string> {
  const { table, parts, sorted = false } = input;
  const list = columns.map(
    (c) => `CAST(${ident(c.label)} AS ${DUCK_TYPE[c.type]}) ${ident(c.label)}`,
  );
  const order = sorted ? '' : ` ORDER BY ${keyOf(table).map(ident).join(', ')}`;
  const file = join(folder, `${table.label}.parquet`);
  const select = (part: string): string => `SELECT ${list.join(', ')} FROM (${part})${order}`;
  if (parts.length === 1) {
    await connection.run(copy(select(parts[0] ?? ''), file));
    return file;
  }
  const pieces: string[] = [];
  for (const [n, part] of parts.entries()) {
    pieces.push(join(folder, `${table.label}.part-${n}`));
    await connection.run(copy(select(part), pieces.at(-1) ?? ''));
  }
  await connection.run(copy(`SELECT * FROM read_parquet(${fileList(pieces)})`, file));
  pieces.forEach(remove);
  return file;
}

/** Every row has an identity, and none stands twice. */
async function checkKey(
  connection: DuckDBConnection,
  table: SqlTable,
  file: string,
): Promise<void> {
  const key = keyOf(table).map(ident);
  const whole = key.length === 1 ? (key[0] ?? '') : `(${key.join(', ')})`;
  const empty = key.map((k) => `${k} IS NULL OR ${k} = ''`).join(' OR ');
  const row = await rowOf(
    connection,
    `SELECT count(*) FILTER (${empty}) empty, count(*) FILTER (k <= previous) wrong FROM
     (SELECT *, ${whole} k, lag(${whole}) OVER () previous FROM read_parquet(${literal(file)}))`,
  );
  const place = { table: table.label };
  if (countOf(row['empty']) > 0) {
    throw new Refusal('identity-missing', { ...place, rows: String(countOf(row['empty'])) });
  }
  if (countOf(row['wrong']) > 0) {
    throw new Refusal('identity-order', { ...place, rows: String(countOf(row['wrong'])) });
  }
}

async function tableNote(
  connection: DuckDBConnection,
  input: SnapshotInput,
  folder: string,
): Promise<SnapshotTableNote> {
  const { table } = input;
  const columns = await brought(connection, input);
  const file = await writeTable(connection, input, columns, folder);
  await checkKey(connection, table, file);
  const { rows, notes } = await statistics(connection, file, columns);
  return {
    table: table.label,
    file: `${table.label}.parquet`,
    rows,
    bytes: statSync(file).size,
    sha256: await fileHash(file),
    columns: notes,
  };
}

/** Writes a snapshot into a folder of `snapshots` that bears its hash, and gives the path. The same
 *  facts give the same folder; then only the taking is added to it.
 *  Refusals: `column-unknown`, `column-type`, `identity-missing`, `identity-order`. */
export async function writeSnapshot(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  snapshots: string,
  inputs: readonly SnapshotInput[],
  taking: Taking,
): Promise<string> {
  const unfinished = unfinishedFolder(snapshots);
  try {
    const tables: SnapshotTableNote[] = [];
    for (const input of inputs.toSorted((a, b) => (a.table.label < b.table.label ? -1 : 1))) {
      tables.push(await tableNote(connection, input, unfinished));
    }
    const dangling = await danglingReferences(connection, ruleSet, unfinished, tables);
    const manifest = manifestOf({ format: 1, tables, dangling });
    replaceFile(join(unfinished, MANIFEST), jsonText(manifest));
    replaceFile(join(unfinished, TAKINGS), jsonText([taking]));
    const folder = join(snapshots, manifest.hash);
    if (!publish(unfinished, folder)) addTaking(folder, taking);
    return folder;
  } finally {
    remove(unfinished);
  }
}

function addTaking(folder: string, taking: Taking): void {
  const takings = readTakings(folder);
  const same = ({ knownOn, imports }: Taking): boolean =>
    knownOn === taking.knownOn && imports.join() === taking.imports.join();
  if (takings.some(same)) return;
  replaceFile(join(folder, TAKINGS), jsonText([...takings, taking]));
}
