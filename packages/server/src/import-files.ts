/** Which files an import is about, and which mappings may recognise them. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { mappingText, readMapping } from '@zhida/register';
import type { ImportProblem, Mapping } from '@zhida/register';
import { UsageError, reasonOf, shown } from './usage.ts';

const TABLES = /\.(?:xlsx|xlsm|xls|et|csv|tsv|parquet|jsonl|ndjson)$/iu;

/** `月报-错误.xlsx`, `月报-错误-2.xlsx`: a file that was given back with its errors. */
const GIVEN_BACK = /-错误(?:-(\d+))?\.[a-z]+$/iu;

/** Tables of a folder in the order of their names. Left out: what an office program keeps open, and
 *  files given back with their errors, which are imported by their own name once they are mended. */
function tablesIn(folder: string): readonly string[] {
  const names = readdirSync(folder).filter(
    (name) => TABLES.test(name) && !/^[.~]/u.test(name) && !GIVEN_BACK.test(name),
  );
  if (names.length === 0) throw new UsageError('no-table-file', { file: shown(folder) });
  return names.toSorted().map((name) => join(folder, name));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (e) {
    const why = reasonOf(e);
    throw new UsageError(why === 'ENOENT' ? 'no-input' : 'unreadable', { file: shown(path), why });
  }
}

/** Files to import, each once. Throws UsageError on a path that leads nowhere or to no table. */
export function filesToImport(paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => (isFolder(path) ? tablesIn(resolve(path)) : resolve(path)));
  return [...new Set(files)];
}

export interface MappingPlaces {
  /** Named by the person; these come first. */
  readonly files: readonly string[];
  readonly folder: string | undefined;
  /** Where files are imported from: their folders' `mappings` count. */
  readonly imported: readonly string[];
  readonly store: string;
}

export interface KnownMappings {
  /** The first of each name. */
  readonly mappings: readonly Mapping[];
  /** Of files that are no mappings: told, and left aside. */
  readonly problems: readonly ImportProblem[];
}

function jsonIn(folder: string, needed: boolean): readonly string[] {
  try {
    const names = readdirSync(folder).filter((n) => extname(n).toLowerCase() === '.json');
    return names.toSorted().map((name) => join(folder, name));
  } catch (e) {
    if (!needed) return [];
    throw new UsageError('no-input', { file: shown(folder), why: reasonOf(e) });
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (e) {
    const why = reasonOf(e);
    throw new UsageError(why === 'ENOENT' ? 'no-file' : 'unreadable', { file: shown(path), why });
  }
}

/** Mappings by the person, beside the files, of the register, in this order. */
export function knownMappings(places: MappingPlaces): KnownMappings {
  const folders = new Set(places.imported.map((path) => join(dirname(path), 'mappings')));
  const paths = [
    ...places.files,
    ...(places.folder === undefined ? [] : jsonIn(places.folder, true)),
    ...[...folders].flatMap((folder) => jsonIn(folder, false)),
    ...jsonIn(mappingsOf(places.store), false),
  ];
  const mappings = new Map<string, Mapping>();
  const problems: ImportProblem[] = [];
  for (const path of new Set(paths.map((p) => resolve(p)))) {
    const read = readMapping(textOf(path), shown(path));
    problems.push(...read.problems);
    if (read.mapping !== null && !mappings.has(read.mapping.source)) {
      mappings.set(read.mapping.source, read.mapping);
    }
  }
  return { mappings: [...mappings.values()], problems };
}

function mappingsOf(store: string): string {
  return join(resolve(store), 'mappings');
}

/** Keeps the mapping by which a source was imported, for its next file. */
export function keepMapping(store: string, mapping: Mapping): void {
  const folder = mappingsOf(store);
  mkdirSync(folder, { recursive: true });
  const name = mapping.source.replaceAll(/[\\/:*?"<>|\s]+/gu, '_');
  writeFileSync(join(folder, `${name}.json`), mappingText(mapping));
}

/** SHA-256 of a file, hex; empty when it cannot be read (the reader then says why). */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  } catch {
    return '';
  }
  return hash.digest('hex');
}

/** Where the file goes with a reason beside each bad row: beside it, or in `folder`; never over the
 *  file itself, which may be such a file that somebody has mended. Parquet comes back as text. */
export function errorsPath(file: string, folder: string | undefined): string {
  const ending = extname(file);
  const stem = basename(file, ending);
  const place = folder === undefined ? dirname(file) : resolve(folder);
  const own = GIVEN_BACK.exec(`${stem}.x`);
  const n = own === null ? 1 : Number(own[1] ?? '1') + 1;
  const bare = own === null ? stem : stem.slice(0, own.index);
  const written = ending.toLowerCase() === '.parquet' ? '.csv' : ending;
  return join(place, `${bare}-错误${n === 1 ? '' : `-${n}`}${written}`);
}
