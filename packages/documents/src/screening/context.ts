/** What all sheets of one workbook share. */
import type { Language } from '@zhida/rules';
import type { Bilingual, ResultRow, RunSummary, Verdict } from '@zhida/screening';
import type { Naming } from '../naming.ts';
import type { Note } from './table.ts';
import type { Words } from './words.ts';

export type RowsOf = (
  item: string,
  verdicts: readonly Verdict[],
) => AsyncIterable<readonly ResultRow[]>;

export class Context {
  readonly summary: RunSummary;
  readonly language: Language;
  readonly words: Words;
  readonly names: Naming;
  readonly synthetic: boolean;

  constructor(
    summary: RunSummary,
    language: Language,
    words: Words,
    { names, synthetic }: { readonly names: Naming; readonly synthetic: boolean },
  ) {
    this.summary = summary;
    this.language = language;
    this.words = words;
    this.names = names;
    this.synthetic = synthetic;
  }

  /** A word that exists in both languages; without English the Chinese one. */
  pick(pair: Bilingual): string {
    return this.language === 'zh' || pair.en === '' ? pair.zh : pair.en;
  }

  named(zh: string, en: string): string {
    return this.pick({ zh, en });
  }

  /** The entry of `table` under `key`, or the key where it has none. */
  say(table: Readonly<Record<string, Bilingual>>, key: string): string {
    const pair = table[key];
    return pair === undefined ? key : this.pick(pair);
  }

  join(parts: readonly string[]): string {
    return parts.filter((p) => p !== '').join(this.words.comma);
  }

  bracket(text: string): string {
    return text === '' ? '' : `${this.words.open}${text}${this.words.close}`;
  }

  /** Which run this is, on one line: 文号, day, 试算, 合成数据. Stands on every sheet. */
  mark(): Note {
    const { run } = this.summary;
    const { words } = this;
    const parts = [
      run.package.number,
      `${words.day} ${run.asOf}`,
      `${words.run} ${run.id}`,
      run.mark === 'trial' ? words.trial : words.certified,
      this.synthetic ? words.synthetic : '',
    ];
    const style = run.mark === 'trial' || this.synthetic ? 'warning' : 'note';
    return { text: parts.filter((p) => p !== '').join('　'), style };
  }
}
