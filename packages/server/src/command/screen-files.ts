/** A run as files for people: the officer's workbook and the page with pictures. */
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { screeningWorkbook } from '@zhida/documents';
import type { Snapshot } from '@zhida/register';
import type { Language, RuleSet } from '@zhida/rules';
import { RunReader } from '@zhida/screening';
import type { Run, RunSummary } from '@zhida/screening';
import { Names } from '../names.ts';
import { screeningPage } from '../page/screening-page.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError, reasonOf, shown, writePage as writeText } from '../usage.ts';

/** A run with what it was made of. */
interface Made {
  readonly run: Run;
  readonly ruleSet: RuleSet;
  readonly snapshot: Snapshot;
  readonly synthetic: boolean;
}

/** Writes the workbook and returns its path. It stands under its name when it is whole, or not at all. */
export async function writeWorkbook(
  { run, ruleSet, snapshot, synthetic }: Made,
  summary: RunSummary,
  path: string,
  t: Terminal,
  signal: AbortSignal,
): Promise<string> {
  const { language } = t;
  const reader = await RunReader.open(run, { ruleSet, snapshot, signal });
  const part = `${path}.part`;
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    const bytes = screeningWorkbook({
      summary,
      rows: (item, verdicts) => reader.rows(item, { verdicts, language }),
      language,
      names: new Names(ruleSet, language),
      synthetic,
    });
    await pipeline(Readable.from(bytes), createWriteStream(part), { signal });
    renameSync(part, path);
    return path;
  } catch (e) {
    rmSync(part, { force: true });
    if (e instanceof Error && 'syscall' in e) {
      throw new UsageError('unwritable', { file: shown(path), why: reasonOf(e) });
    }
    throw e;
  } finally {
    reader.close();
  }
}

/** Writes the page and returns its path. */
export function writePage(
  { ruleSet, synthetic }: Made,
  summary: RunSummary,
  path: string,
  language: Language,
): string {
  const names = new Names(ruleSet, language);
  writeText(path, screeningPage(summary, { language, names, synthetic }));
  return path;
}
