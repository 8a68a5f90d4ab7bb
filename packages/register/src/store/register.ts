/** The register: a folder of imports to which entries are only ever added, and what they say. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RuleSet } from '@zhida/rules';
import type { FileReading } from '../record.ts';
import { openDuck } from '../snapshot/duck.ts';
import type { Duck } from '../snapshot/duck.ts';
import { remove, sweep, unfinishedFolder } from '../snapshot/folder.ts';
import { openSnapshot } from '../snapshot/open.ts';
import type { Snapshot } from '../snapshot/open.ts';
import { Refusal } from '../snapshot/refusal.ts';
import { writeSnapshot } from '../snapshot/write.ts';
import type { SnapshotInput } from '../snapshot/write.ts';
import { checkDay } from './day.ts';
import { append, dryRunOf, labelsIn } from './dry-run.ts';
import type { DryRun, Signature, Store } from './dry-run.ts';
import { dayOf, inForce, readEntries } from './entry.ts';
import type { Entry, ImportManifest } from './entry.ts';
import { findSubjects } from './find.ts';
import type { FindOptions, Found } from './find.ts';
import { tablesWith } from './layout.ts';
import { saidOf } from './known.ts';
import { snapshotInput } from './parts.ts';
import { stageRows } from './staging.ts';
import { readSubject } from './subject.ts';
import type { SubjectFacts } from './subject.ts';
import { knownTable } from './view.ts';

export interface StageOptions {
  /** Told after each batch: rows read until now. */
  readonly onRows?: (rows: number) => void;
}

export interface KnownOn {
  /** `YYYY-MM-DD`: as the register knew it at the end of that day; left out: as it knows it now. */
  readonly knownOn?: string;
}

export interface Register {
  readonly folder: string;
  /** All entries, oldest first; `holds`: in force now. */
  imports(): readonly (ImportManifest & { readonly holds: boolean })[];
  /** Reads a file to its end and compares it with what is known; nothing is imported yet.
   *  Refusals: `import-known`, `table-unknown`, `column-unknown`. */
  stage(reading: FileReading, options?: StageOptions): Promise<DryRun>;
  /** Withdraws an import from its day on, by a new entry; what was known before stays. Withdrawing
   *  such an entry puts the import in force again. Refusals: `import-unknown`, `undo-twice`. */
  undo(id: string, signature: Signature): Promise<ImportManifest>;
  /** All facts as files for screening. `at` is the caller's clock, kept beside the facts. */
  snapshot(options: KnownOn & { readonly at: string }): Promise<Snapshot>;
  /** All facts of one subject with their sources, and every value ever said.
   *  Refusals: `subject-unknown`, `table-unknown`. */
  subject(entity: string, id: string, known?: KnownOn): Promise<SubjectFacts>;
  /** Subjects by a part of their name or code. */
  find(text: string, options?: KnownOn & FindOptions): Promise<readonly Found[]>;
  /** Frees the memory. Staged files that were not committed are forgotten. */
  close(): Promise<void>;
}

export interface RegisterOptions {
  /** Memory before DuckDB writes to disk, as `2GB`. */
  readonly memory?: string;
}

/** The parts that every use case of the register needs. */
export interface Context {
  readonly store: Store;
  readonly ruleSet: RuleSet;
  readonly duck: () => Promise<Duck>;
  /** Entries in force. */
  readonly entries: (known?: KnownOn) => readonly Entry[];
}

async function stage(
  { store, ruleSet, duck, entries }: Context,
  reading: FileReading,
  kind: '导入' | '推导',
  options: StageOptions = {},
): Promise<DryRun> {
  const { sha256, name, file } = reading.source;
  const same = entries().find(
    ({ manifest: { source } }) => source.sha256 === sha256 && source.name === name,
  );
  if (kind === '导入' && same !== undefined) {
    const { id, on } = same.manifest;
    throw new Refusal('import-known', { file, id, on });
  }
  const folder = unfinishedFolder(store.imports);
  try {
    const memory = await duck();
    const connection = await memory.connect();
    try {
      const notes = await stageRows({ connection, ruleSet, reading, folder, ...options });
      return await dryRunOf({ store, ruleSet, duck: memory, kind, reading, notes, folder });
    } finally {
      connection.closeSync();
    }
  } catch (error) {
    remove(folder);
    throw error;
  }
}

async function undo(
  { store, entries }: Context,
  id: string,
  signature: Signature,
): Promise<ImportManifest> {
  const all = readEntries(store.imports).map((e) => e.manifest.id);
  if (!all.includes(id)) throw new Refusal('import-unknown', { id, ids: all.join(' ') });
  if (!entries().some((e) => e.manifest.id === id)) throw new Refusal('undo-twice', { id });
  const counts = { rows: 0, good: 0, bad: 0, skipped: 0, problems: {}, tables: [] };
  const source = { unit: '', name: '', period: '', asOf: '', file: '', sha256: '' };
  const draft = { format: 1, kind: '撤回', source, ...counts, withdraws: id } as const;
  const folder = unfinishedFolder(store.imports);
  try {
    return await append(store, folder, draft, signature, all.at(-1) ?? '');
  } finally {
    remove(folder);
  }
}

function snapshot(
  context: Context,
  { knownOn = '', at }: KnownOn & { readonly at: string },
): Promise<Snapshot> {
  const { store, ruleSet } = context;
  const held = context.entries({ knownOn });
  const tables = tablesWith(ruleSet, labelsIn(held));
  return connected(context, async (connection) => {
    const inputs: SnapshotInput[] = [];
    for (const table of tables.values()) {
      const known = knownTable(tables, held, table);
      if (known === undefined) continue;
      inputs.push(await snapshotInput(connection, known, saidOf(held, table.label)));
    }
    const imports = held.map((e) => e.manifest.id);
    const taking = { knownOn, at, imports };
    const { snapshots } = store;
    const folder = await writeSnapshot(connection, ruleSet, snapshots, inputs, taking);
    return openSnapshot(folder, { check: false });
  });
}

/** Runs `work` on a connection of its own. */
async function connected<T>(
  { duck }: Context,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await (await duck()).connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

/** All entries until the end of a day, in force or not. */
function entriesUntil({ store }: Context, { knownOn = '' }: KnownOn): readonly Entry[] {
  if (knownOn !== '') checkDay(knownOn);
  return readEntries(store.imports).filter(
    (e) => knownOn === '' || dayOf(e.manifest.on) <= knownOn,
  );
}

function contextOf(
  folder: string,
  ruleSet: RuleSet,
  { memory }: RegisterOptions,
): Context & { close(): Promise<void> } {
  const store = {
    folder,
    imports: join(folder, 'imports'),
    snapshots: join(folder, 'snapshots'),
  };
  for (const path of [store.imports, store.snapshots]) {
    mkdirSync(path, { recursive: true });
    sweep(path);
  }
  sweep(folder);
  let temp: string | undefined;
  let opened: Promise<Duck> | undefined;
  return {
    store,
    ruleSet,
    duck: () => {
      temp ??= unfinishedFolder(folder);
      opened ??= openDuck({ temp, ...(memory === undefined ? {} : { memory }) });
      return opened;
    },
    entries: ({ knownOn = '' } = {}) => {
      if (knownOn !== '') checkDay(knownOn);
      return inForce(readEntries(store.imports), knownOn);
    },
    close: async () => {
      (await opened)?.close();
      if (temp !== undefined) remove(temp);
    },
  };
}

/** Opens the register in `folder`, or begins one. What a killed process left unfinished is removed.
 *  Refusal: `import-damaged`. */
export async function openRegister(
  folder: string,
  ruleSet: RuleSet,
  options: RegisterOptions = {},
): Promise<Register> {
  const context = contextOf(folder, ruleSet, options);
  const { store, entries } = context;
  entries();
  return {
    folder,
    imports: () => {
      const held = new Set(entries().map((e) => e.manifest.id));
      return readEntries(store.imports).map(({ manifest }) => ({
        ...manifest,
        holds: held.has(manifest.id),
      }));
    },
    stage: (reading, more) => stage(context, reading, '导入', more),
    undo: (id, signature) => undo(context, id, signature),
    snapshot: async (more) => snapshot(context, more),
    subject: async (entity, id, known = {}) => {
      const said = entriesUntil(context, known);
      return connected(context, (c) => readSubject(c, ruleSet, said, entity, id));
    },
    find: async (text, more = {}) => {
      const held = entries(more);
      return connected(context, (c) => findSubjects(c, ruleSet, held, text, more));
    },
    close: () => context.close(),
  };
}
