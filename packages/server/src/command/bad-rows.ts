/** The same file back, with a reason beside each row that was not taken. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { markErrors } from '@zhida/register';
import type { FileReading } from '@zhida/register';
import type { Language } from '@zhida/rules';
import { UsageError, reasonOf, shown } from '../usage.ts';

/** Writes the file `from` to `to` with its reasons; `reading` has been walked. False when no form of it
 *  is known, as of a file that was never read. Throws UsageError when the place cannot be written. */
export async function writeBadRows(
  from: string,
  to: string,
  { forms = [], report }: Pick<FileReading, 'forms' | 'report'>,
  language: Language,
): Promise<boolean> {
  if (forms.length === 0) return false;
  try {
    mkdirSync(dirname(to), { recursive: true });
    await markErrors(from, to, { forms, problems: report.problems, language });
  } catch (e) {
    if (e instanceof Error && 'code' in e) {
      throw new UsageError('unwritable', { file: shown(to), why: reasonOf(e) });
    }
    throw e;
  }
  return true;
}
