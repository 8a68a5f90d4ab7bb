/** Carries a whole installation from one database to another: to a folder of lines of JSON with hashes, and
 *  from it. Embedded or served, and over versions of PostgreSQL; never over versions of our schema. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connector, Statements } from '../connection.ts';
import { linesQuery, madeOf, quoted, sequencesOf, tablesOf } from './tables.ts';
import type { Made, Sequence, Table } from './tables.ts';

/** What cannot be carried; says why and what to do. */
export class CarryError extends Error {}

export interface CarriedTable extends Table {
  readonly rows: number;
  /** SHA-256 of the table's file. */
  readonly sha256: string;
}

/** `manifest.json` of an export. */
export interface Manifest extends Made {
  readonly format: 1;
  readonly tables: readonly CarriedTable[];
  readonly sequences: readonly Sequence[];
}

const FORMAT = 1;
const CHUNK = 1_000;

/** Values as texts mean the same on both sides. */
const WRITING = ["TimeZone = 'UTC'", "DateStyle = 'ISO, YMD'", "bytea_output = 'hex'"];

async function inOneWriting(on: Statements): Promise<void> {
  for (const setting of [...WRITING, "IntervalStyle = 'postgres'", 'extra_float_digits = 1']) {
    await on.run(`SET LOCAL ${setting}`);
  }
}

function fileOf({ table }: Table): string {
  return `${table.replaceAll('"', '')}.jsonl`;
}

/** Gives the rows of a table to `take`, some at a time; how many there were and their hash. */
async function readTable(
  on: Statements,
  table: Table,
  take: (text: string) => Promise<unknown>,
): Promise<CarriedTable> {
  const hash = createHash('sha256');
  let rows = 0;
  await on.run(`DECLARE carried NO SCROLL CURSOR FOR ${await linesQuery(on, table)}`);
  for (;;) {
    const found = await on.rows<{ line: string }>(`FETCH ${CHUNK} FROM carried`);
    if (found.length === 0) break;
    const text = found.map((r) => `${r.line}\n`).join('');
    hash.update(text);
    rows += found.length;
    await take(text);
  }
  await on.run('CLOSE carried');
  return { ...table, rows, sha256: hash.digest('hex') };
}

async function writeTable(on: Statements, table: Table, folder: string): Promise<CarriedTable> {
  const file = await open(join(folder, fileOf(table)), 'wx');
  try {
    return await readTable(on, table, (text) => file.writeFile(text));
  } finally {
    await file.close();
  }
}

/** Writes everything that one moment of the database holds to `folder`, which must not exist: it is whole or
 *  not there. Others may go on working. */
export async function exportDatabase(owner: Connector, folder: string): Promise<Manifest> {
  const there = await stat(folder).catch(() => undefined);
  if (there !== undefined) throw new CarryError(`${folder} exists: name a new folder`);
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true, mode: 0o700 });
  const manifest = await owner.transact(async (on) => {
    await on.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await inOneWriting(on);
    const tables: CarriedTable[] = [];
    for (const table of await tablesOf(on)) tables.push(await writeTable(on, table, part));
    return {
      format: FORMAT,
      ...(await madeOf(on)),
      tables,
      sequences: await sequencesOf(on),
    } as const;
  });
  await writeFile(join(part, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  await rename(part, folder);
  return manifest;
}

async function manifestIn(folder: string): Promise<Manifest> {
  const file = join(folder, 'manifest.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new CarryError(`${folder} holds no export: manifest.json is missing`);
  const manifest = JSON.parse(text) as Manifest;
  // What another version wrote need not be of this type.
  if ((manifest.format as number) !== FORMAT) {
    throw new CarryError(
      `${file} has format ${String(manifest.format)}, this version reads ${FORMAT}`,
    );
  }
  return manifest;
}

/** Why this export cannot go into this database. */
function mismatch(manifest: Manifest, made: Made, tables: readonly Table[]): string | undefined {
  if (manifest.kind !== made.kind) {
    return `the export is of a ${manifest.kind} database, this one is ${made.kind}`;
  }
  const names = (m: Made): string => JSON.stringify(m.migrations);
  if (names(manifest) !== names(made)) {
    const at = manifest.migrations.findIndex(
      ({ name, hash }, n) => made.migrations[n]?.name !== name || made.migrations[n].hash !== hash,
    );
    const step = manifest.migrations[at] ?? made.migrations[manifest.migrations.length];
    return `step ${step?.name ?? ''} of the schema differs: import with the version that exported`;
  }
  const shape = (all: readonly Table[]): string =>
    JSON.stringify(all.map(({ table, columns }) => [table, columns]));
  return shape(manifest.tables) === shape(tables) ? undefined : 'the tables differ';
}

/** Lines between line feeds; `readline` would also cut at U+2028, which JSON allows in a text. */
async function* linesIn(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** Loads one file; throws when it is not what the manifest says. */
async function loadTable(on: Statements, table: CarriedTable, folder: string): Promise<void> {
  const path = join(folder, fileOf(table));
  const names = table.columns.map(({ name }) => quoted(name)).join(', ');
  const values = table.columns.map(({ type }, n) => `(r ->> ${n})::${type}`).join(', ');
  const insert =
    `INSERT INTO ${table.table} (${names}) OVERRIDING SYSTEM VALUE ` +
    `SELECT ${values} FROM json_array_elements($1::json) AS r`;
  const hash = createHash('sha256');
  let lines: string[] = [];
  const put = async (): Promise<void> => {
    if (lines.length > 0) await on.run(insert, [`[${lines.join(',')}]`]);
    lines = [];
  };
  for await (const line of linesIn(path)) {
    hash.update(`${line}\n`);
    lines.push(line);
    if (lines.length >= CHUNK) await put();
  }
  await put();
  if (hash.digest('hex') !== table.sha256) {
    throw new CarryError(`${path} is not what the manifest says: export again`);
  }
}

/** Fills an empty database, made by the same version of the schema, with what `folder` holds, then reads it
 *  all back: it is equal, or nothing was changed. Triggers and foreign keys do not run: they had run where
 *  the rows were written. */
export async function importDatabase(owner: Connector, folder: string): Promise<Manifest> {
  const manifest = await manifestIn(folder);
  await owner.transact(async (on) => {
    await inOneWriting(on);
    const tables = await tablesOf(on);
    const why = mismatch(manifest, await madeOf(on), tables);
    if (why !== undefined) throw new CarryError(`${folder} cannot be imported here: ${why}`);
    for (const { table } of tables) {
      const rows = await on.rows(`SELECT FROM ${table} LIMIT 1`);
      if (rows.length > 0) throw new CarryError(`${table} holds rows: import into a new database`);
    }
    // tidy-allow word: the name of a setting of PostgreSQL
    await on.run('SET LOCAL session_replication_role = replica');
    for (const table of manifest.tables) {
      await loadTable(on, table, folder);
      const back = await readTable(on, table, () => Promise.resolve());
      if (back.sha256 !== table.sha256) {
        throw new CarryError(`${table.table} reads otherwise than it was written`);
      }
    }
    for (const { sequence, last } of manifest.sequences) {
      if (last !== null) await on.rows('SELECT setval($1::regclass, $2::bigint)', [sequence, last]);
    }
  });
  return manifest;
}
