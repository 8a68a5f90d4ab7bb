/** Why rows were not taken, as one text a row. */
import type { FormPlace, ImportProblem } from '../record.ts';
import { importProblemText } from './problem.ts';

export interface Marking {
  /** Where the forms stand: `FileReading.forms`. */
  readonly forms: readonly FormPlace[];
  /** The report's problems, when all batches have been walked. */
  readonly problems: readonly ImportProblem[];
  readonly language: 'zh' | 'en';
}

/** Reasons of the rows of one sheet, by row. */
export type Reasons = ReadonlyMap<number, string>;

/** One reason: the heading, what is wrong, what to do. */
function reason(p: ImportProblem, language: 'zh' | 'en'): string {
  const { cause, mend } = importProblemText(p, language);
  if (language === 'zh') return `${p.heading === '' ? '' : `【${p.heading}】`}${cause}。${mend}。`;
  return `${p.heading === '' ? '' : `[${p.heading}] `}${cause}: ${mend}.`;
}

/** The errors of each data row of a form, in the order of its cells. */
export function reasonsOf(
  form: FormPlace,
  problems: readonly ImportProblem[],
  language: 'zh' | 'en',
): Reasons {
  const found = new Map<number, string>();
  for (const p of problems) {
    if (p.severity !== 'error' || p.sheet !== form.sheet || p.row <= form.headerRow) continue;
    const before = found.get(p.row);
    const text = reason(p, language);
    found.set(p.row, before === undefined ? text : `${before} ${text}`);
  }
  return found;
}
