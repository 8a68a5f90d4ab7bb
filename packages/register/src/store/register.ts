/** The register: a folder of imports to which entries are only ever added, and what they say. */
import type { RuleSet } from '@zhida/rules';
import type { FileReading } from '../record.ts';
import { deriveSizes } from '../size/derive.ts';
import type { SizeDerivation } from '../size/derive.ts';
import { remove, unfinishedFolder } from '../snapshot/folder.ts';
import { openSnapshot } from '../snapshot/open.ts';
import type { Snapshot } from '../snapshot/open.ts';
import { Refusal } from '../snapshot/refusal.ts';
import { writeSnapshot } from '../snapshot/write.ts';
import type { SnapshotInput } from '../snapshot/write.ts';
import { connected, contextOf, entriesUntil } from './context.ts';
import type { Context, KnownOn, RegisterOptions } from './context.ts';
import { append, labelsIn } from './dry-run.ts';
import type { DryRun, Signature } from './dry-run.ts';
import { readEntries } from './entry.ts';
import type { ImportManifest } from './entry.ts';
import { findSubjects } from './find.ts';
import type { FindOptions, Found } from './find.ts';
import { tablesWith } from './layout.ts';
import { saidOf } from './known.ts';
import { snapshotInput } from './parts.ts';
import { stage } from './stage.ts';
import type { StageOptions } from './stage.ts';
import { readSubject } from './subject.ts';
import type { SubjectFacts } from './subject.ts';
import { knownTable } from './view.ts';

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
  /** Sizes by the standard of 2017 for enterprises of whom nobody stated one, as a dry run; and the
   *  stated sizes that differ. `asOf`: the day of the derived facts. Refusal: `size-facts`. */
  deriveSize(options: { readonly asOf: string }): Promise<SizeDerivation>;
  /** Frees the memory. Staged files that were not committed are forgotten. */
  close(): Promise<void>;
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

async function snapshot(
  context: Context,
  { knownOn = '', at }: KnownOn & { readonly at: string },
): Promise<Snapshot> {
  const { store, ruleSet } = context;
  const held = context.entries({ knownOn });
  const tables = tablesWith(ruleSet, labelsIn(held));
  const duck = await context.largeDuck();
  try {
    const { connection } = duck;
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
    return await openSnapshot(folder, { check: false });
  } finally {
    duck.close();
  }
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
    snapshot: (more) => snapshot(context, more),
    subject: async (entity, id, known = {}) => {
      const said = entriesUntil(context, known);
      return connected(context, (c) => readSubject(c, ruleSet, said, entity, id));
    },
    find: async (text, more = {}) => {
      const held = entries(more);
      return connected(context, (c) => findSubjects(c, ruleSet, held, text, more));
    },
    deriveSize: async ({ asOf }) => deriveSizes(context, asOf),
    close: () => context.close(),
  };
}
