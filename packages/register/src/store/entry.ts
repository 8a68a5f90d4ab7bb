/** What an import says of itself, and which imports hold on a day. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlType } from '@zhida/rules';
import type { SourceNote } from '../record.ts';
import { textHash } from '../snapshot/folder.ts';
import { MANIFEST } from '../snapshot/manifest.ts';
import { Refusal } from '../snapshot/refusal.ts';

export interface ImportColumn {
  readonly label: string;
  readonly type: SqlType;
  readonly scale: number;
  readonly unit: string;
  /** Values given, and values taken back (撤销). */
  readonly known: number;
  readonly withdrawn: number;
  /** Sum of a column in 元 over the rows of the file, decimal text; else null. */
  readonly sum: string | null;
}

export interface ImportTable {
  readonly table: string;
  readonly file: string;
  readonly rows: number;
  /** Different subjects among the rows. */
  readonly subjects: number;
  /** Of the Parquet file. */
  readonly sha256: string;
  readonly columns: readonly ImportColumn[];
}

/** One entry of the register. Entries are only ever added.
 *  导入: facts from a file; 推导: facts computed from others; 撤回: withdraws another entry. */
export interface ImportManifest {
  readonly format: 1;
  /** `000001` and so on, in the order of commits. */
  readonly id: string;
  readonly kind: '导入' | '推导' | '撤回';
  readonly source: SourceNote;
  readonly by: string;
  /** `YYYY-MM-DD`, or with a time after `T`: when it was committed, by the caller's clock. */
  readonly on: string;
  readonly rows: number;
  readonly good: number;
  readonly bad: number;
  readonly skipped: number;
  /** How often each problem was found. */
  readonly problems: Readonly<Record<string, number>>;
  readonly tables: readonly ImportTable[];
  /** Of 撤回: the id of the entry that no longer holds; else empty. */
  readonly withdraws: string;
  /** SHA-256 of the manifest before, so that no entry can be changed or taken out unseen. */
  readonly previous: string;
}

/** An entry and where it lies. */
export interface Entry {
  readonly manifest: ImportManifest;
  readonly folder: string;
  /** SHA-256 of its manifest.json. */
  readonly hash: string;
}

export const dayOf = (on: string): string => on.slice(0, 10);

function readEntry(folder: string): Entry {
  const file = join(folder, MANIFEST);
  try {
    const text = readFileSync(file, 'utf8');
    return { manifest: JSON.parse(text) as ImportManifest, folder, hash: textHash(text) };
  } catch {
    throw new Refusal('import-damaged', { file, why: 'JSON' });
  }
}

/** All entries in the order of their commits. Refusal: `import-damaged`. */
export function readEntries(imports: string): readonly Entry[] {
  if (!existsSync(imports)) return [];
  const ids = readdirSync(imports).filter((name) => /^\d{6,}$/u.test(name));
  const entries = ids.toSorted().map((id) => readEntry(join(imports, id)));
  entries.forEach(({ manifest, folder }, n) => {
    const before = n === 0 ? '' : (entries[n - 1]?.hash ?? '');
    if (manifest.previous !== before) {
      throw new Refusal('import-damaged', { file: join(folder, MANIFEST), why: 'previous' });
    }
  });
  return entries;
}

/** The entries that hold on the day `knownOn` (all when empty), oldest first: committed by then, and
 *  not withdrawn by one that holds itself. */
export function inForce(entries: readonly Entry[], knownOn = ''): readonly Entry[] {
  const withdrawn = new Set<string>();
  const held: Entry[] = [];
  for (const entry of entries.toReversed()) {
    const { id, on, withdraws } = entry.manifest;
    if (knownOn !== '' && dayOf(on) > knownOn) continue;
    if (withdrawn.has(id)) continue;
    if (withdraws !== '') withdrawn.add(withdraws);
    held.push(entry);
  }
  return held.toReversed();
}

export const nextId = (entries: readonly Entry[]): string =>
  String(Number(entries.at(-1)?.manifest.id ?? '0') + 1).padStart(6, '0');
