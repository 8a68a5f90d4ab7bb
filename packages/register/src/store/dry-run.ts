/** A staged file: what importing it would change, and the commit or the refusal of it. */
import { join } from 'node:path';
import type { RuleSet } from '@zhida/rules';
import type { FileReading, ImportProblem, SourceNote } from '../record.ts';
import { publish, remove, replaceFile } from '../snapshot/folder.ts';
import { MANIFEST, jsonText } from '../snapshot/manifest.ts';
import { Refusal } from '../snapshot/refusal.ts';
import { checkDay } from './day.ts';
import { compare } from './difference.ts';
import type { TableDifference } from './difference.ts';
import { dayOf, inForce, nextId, readEntries } from './entry.ts';
import type { Entry, ImportManifest, ImportTable } from './entry.ts';
import { tablesWith } from './layout.ts';
import { withLock } from './lock.ts';
import type { Duck } from '../snapshot/duck.ts';

/** Who commits, and when by the caller's clock: `YYYY-MM-DD`, or with a time after `T`. */
export interface Signature {
  readonly by: string;
  readonly on: string;
}

export interface DryRun {
  readonly source: SourceNote;
  readonly rows: number;
  readonly good: number;
  readonly bad: number;
  readonly skipped: number;
  readonly problems: readonly ImportProblem[];
  /** The latest day of which this source has spoken in the register, where that is after the day of this
   *  file; else empty. Its older words would be in force from the commit on. */
  readonly newerDay: string;
  /** Beside what was known when the dry run was made. */
  readonly tables: readonly TableDifference[];
  /** Makes the difference again, from the staged rows, beside what is known now. */
  again(): Promise<DryRun>;
  /** Adds the import to the register. Refusals: `import-stale` when the register has changed since
   *  the difference was made, `import-empty`, `import-closed`, `day-form`, `day-back`, `locked`. */
  commit(signature: Signature): Promise<ImportManifest>;
  /** Forgets the staged rows. */
  discard(): void;
}

/** The folders of a store. */
export interface Store {
  readonly folder: string;
  readonly imports: string;
  readonly snapshots: string;
}

export interface Staged {
  readonly store: Store;
  readonly ruleSet: RuleSet;
  readonly duck: Duck;
  readonly kind: ImportManifest['kind'];
  readonly reading: Pick<FileReading, 'source' | 'report'>;
  readonly notes: readonly ImportTable[];
  /** The unfinished folder with the Parquet files. */
  readonly folder: string;
}

export type Draft = Omit<ImportManifest, 'id' | 'by' | 'on' | 'previous'>;

/** Adds an entry from its unfinished folder. `seen` is the id of the last entry that the caller
 *  took into account; undefined: any. */
export function append(
  { folder: store, imports }: Store,
  folder: string,
  draft: Draft,
  { by, on }: Signature,
  seen?: string,
): Promise<ImportManifest> {
  checkDay(dayOf(on));
  return withLock(store, async () => {
    const entries = readEntries(imports);
    const last = entries.at(-1);
    const lastId = last?.manifest.id ?? '';
    if (seen !== undefined && seen !== lastId) throw new Refusal('import-stale', { id: lastId });
    if (last !== undefined && dayOf(last.manifest.on) > dayOf(on)) {
      throw new Refusal('day-back', { on: dayOf(on), last: dayOf(last.manifest.on) });
    }
    const id = nextId(entries);
    const manifest = { ...draft, id, by, on, previous: last?.hash ?? '' };
    replaceFile(join(folder, MANIFEST), jsonText(manifest));
    if (!publish(folder, join(imports, id))) throw new Refusal('import-stale', { id });
    return manifest;
  });
}

function problemCounts(problems: readonly ImportProblem[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function draftOf({ kind, reading, notes }: Staged): Draft {
  const { rows, good, bad, skipped, problems } = reading.report;
  const counts = { rows, good, bad, skipped, problems: problemCounts(problems) };
  const { source } = reading;
  return { format: 1, kind, source, ...counts, tables: notes, withdraws: '' };
}

/** Labels of all columns that the entries bring. */
export const labelsIn = (entries: readonly Entry[]): readonly string[] =>
  entries.flatMap((e) => e.manifest.tables.flatMap((t) => t.columns.map((c) => c.label)));

/** Compares the staged rows with what is known now. */
export async function dryRunOf(staged: Staged): Promise<DryRun> {
  const { store, ruleSet, duck, folder } = staged;
  const all = readEntries(store.imports);
  const entries = inForce(all);
  const draft = draftOf(staged);
  const entry: Entry = {
    manifest: { ...draft, id: nextId(all), by: '', on: '', previous: '' },
    folder,
    hash: '',
  };
  const tables = tablesWith(ruleSet, labelsIn([...entries, entry]));
  const connection = await duck.connect();
  let differences: readonly TableDifference[];
  try {
    differences = await compare({ connection, ruleSet, tables, entries, staged: entry });
  } finally {
    connection.closeSync();
  }
  let open = true;
  const checkOpen = (): void => {
    if (!open) throw new Refusal('import-closed');
  };
  const { rows, good, bad, skipped, problems } = staged.reading.report;
  const { source } = staged.reading;
  const days = entries.flatMap(({ manifest: { source: own } }) =>
    own.name === source.name && own.asOf > source.asOf ? [own.asOf] : [],
  );
  return {
    source,
    newerDay: days.toSorted().at(-1) ?? '',
    rows,
    good,
    bad,
    skipped,
    problems,
    tables: differences,
    again: async () => {
      checkOpen();
      open = false;
      return dryRunOf(staged);
    },
    commit: async (signature) => {
      checkOpen();
      if (staged.notes.length === 0) throw new Refusal('import-empty');
      const manifest = await append(store, folder, draft, signature, all.at(-1)?.manifest.id ?? '');
      open = false;
      return manifest;
    },
    discard: () => {
      open = false;
      remove(folder);
    },
  };
}
