/** What a snapshot says of itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '@zhida/rules';
import type { SqlType } from '@zhida/rules';
import { textHash } from './folder.ts';
import { Refusal } from './refusal.ts';

export interface SnapshotColumn {
  /** `SqlColumn.label`. */
  readonly label: string;
  readonly type: SqlType;
  /** Of an integer: stored value × 10^-scale in `unit`. */
  readonly scale: number;
  readonly unit: string;
  /** Rows with a value. */
  readonly known: number;
  /** Smallest and largest value of a number (decimal text in `unit`) or date; else null. */
  readonly min: string | null;
  readonly max: string | null;
  /** Sum of a column in 元, decimal text; else null. */
  readonly sum: string | null;
}

export interface SnapshotTableNote {
  /** `SqlTable.label`. */
  readonly table: string;
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly columns: readonly SnapshotColumn[];
}

/** Subjects that are referred to, or whose rows are listed, but that nobody sent. */
export interface DanglingReference {
  readonly table: string;
  readonly column: string;
  readonly entity: string;
  /** Rows that refer to one of them. */
  readonly rows: number;
  /** How many they are, and the first of them in order. */
  readonly subjects: number;
  readonly sample: readonly string[];
}

/** Content only: the same facts give the same manifest, whoever took the snapshot and when. */
export interface SnapshotManifest {
  readonly format: 1;
  /** SHA-256 over the canonical JSON of the rest; the folder bears it as its name. */
  readonly hash: string;
  readonly tables: readonly SnapshotTableNote[];
  readonly dangling: readonly DanglingReference[];
}

/** From which imports, as known on which day, the snapshot was taken. */
export interface Taking {
  /** `YYYY-MM-DD`; empty: everything known. */
  readonly knownOn: string;
  /** When, as the caller's clock said it. */
  readonly at: string;
  /** Imports in force, by id. */
  readonly imports: readonly string[];
}

export const MANIFEST = 'manifest.json';
/** Beside the manifest: every taking that gave these facts, oldest first. */
export const TAKINGS = 'taken.json';

export function manifestOf(content: Omit<SnapshotManifest, 'hash'>): SnapshotManifest {
  return { ...content, hash: textHash(canonical(content)) };
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Reads manifest.json. Refuses when there is none, or when it does not have its own hash. */
export function readManifest(folder: string): SnapshotManifest {
  const file = join(folder, MANIFEST);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Refusal('snapshot-missing', { folder });
  }
  let manifest: SnapshotManifest;
  try {
    manifest = JSON.parse(text) as SnapshotManifest;
  } catch {
    throw new Refusal('snapshot-format', { folder, why: 'JSON' });
  }
  if (manifest.format !== 1) throw new Refusal('snapshot-format', { folder, why: 'format' });
  const { hash, ...content } = manifest;
  if (manifestOf(content).hash !== hash) throw new Refusal('snapshot-changed', { file });
  return manifest;
}

export function readTakings(folder: string): readonly Taking[] {
  try {
    return JSON.parse(readFileSync(join(folder, TAKINGS), 'utf8')) as readonly Taking[];
  } catch {
    return [];
  }
}
