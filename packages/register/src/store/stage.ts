/** A reading → its dry run. */
import type { FileReading } from '../record.ts';
import { remove, unfinishedFolder } from '../snapshot/folder.ts';
import { Refusal } from '../snapshot/refusal.ts';
import type { Context } from './context.ts';
import { dryRunOf } from './dry-run.ts';
import type { DryRun } from './dry-run.ts';
import { stageRows } from './staging.ts';

export interface StageOptions {
  /** Told after each batch: rows read until now. */
  readonly onRows?: (rows: number) => void;
}

/** Refusals: `import-known`, `table-unknown`, `column-unknown`. */
export async function stage(
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
