/** What the parts of the page share: the reader's language, names, figures and tables. */
import type { AmountKind, Bilingual, ItemSummary, RunSummary, Verdict } from '@zhida/screening';
import type { Language } from '@zhida/rules';
import type { Names } from '../names.ts';
import { named } from '../words.ts';
import { TONES } from './chart.ts';
import { count } from './chart-number.ts';
import { escape } from './html.ts';
import { tellWord } from './screening-page-words.ts';
import type { PageWord } from './screening-page-words.ts';

export type PageNames = Pick<Names, 'item' | 'cap' | 'gate' | 'unit' | 'entity' | 'fact'>;

export const KIND_WORDS: Readonly<Record<AmountKind, PageWord>> = {
  exactly: 'exactly',
  atMost: 'atMost',
  atLeast: 'floor',
  softAtMost: 'softAtMost',
  elsewhere: 'elsewhere',
  unstated: 'unstated',
  none: 'right',
};

export const VERDICT_WORDS: Readonly<Record<Verdict, PageWord>> = {
  满足: 'granted',
  待认定: 'awaiting',
  资料不足: 'lacking',
  不满足: 'refused',
};

export const VERDICT_COLOURS: Readonly<Record<Verdict, string>> = {
  满足: TONES.sure,
  待认定: TONES.open,
  资料不足: '#f0d98c',
  不满足: TONES.out,
};

/** Kinds of amount that have sums, in the order of the page. */
export const SUMMED = ['exactly', 'atMost', 'atLeast', 'softAtMost'] as const;

export type Summed = (typeof SUMMED)[number];

export class View {
  readonly summary: RunSummary;
  readonly language: Language;
  readonly names: PageNames;

  constructor(summary: RunSummary, language: Language, names: PageNames) {
    this.summary = summary;
    this.language = language;
    this.names = names;
  }

  say(word: PageWord, values: Readonly<Record<string, string>> = {}): string {
    return tellWord(word, this.language, values);
  }

  named(zh: string, en: string): string {
    return named(zh, en, this.language);
  }

  pick(pair: Bilingual): string {
    return this.named(pair.zh, pair.en);
  }

  /** `3.3 批零增量奖励`. */
  item({ itemId, item, en }: Pick<ItemSummary, 'itemId' | 'item' | 'en'>): string {
    return `${itemId} ${this.named(item, en)}`;
  }

  itemNamed(name: string): string {
    const found = this.summary.items.find((i) => i.item === name);
    return found === undefined ? this.names.item(name) : this.item(found);
  }

  join(parts: readonly string[]): string {
    return parts.filter((p) => p !== '').join(this.say('comma'));
  }

  listed(shown: number, all: number, more: boolean = false): string {
    const whole = more ? this.say('atLeast', { n: count(all) }) : count(all);
    return this.say('of', { n: count(shown), all: whole });
  }
}

export interface Head {
  readonly text: string;
  /** Numbers stand at the right. */
  readonly number?: boolean;
}

export const textHead = (text: string): Head => ({ text });
export const numberHead = (text: string): Head => ({ text, number: true });

/** Cells are plain text. `total`: rows at the end that sum up. */
export function dataTable(
  heads: readonly Head[],
  rows: readonly (readonly string[])[],
  totals: readonly (readonly string[])[] = [],
): string {
  const style = (at: number): string => (heads[at]?.number === true ? ' class="n"' : '');
  const line = (cells: readonly string[]): string =>
    `<tr>${cells.map((c, at) => `<td${style(at)}>${escape(c)}</td>`).join('')}</tr>`;
  const head = heads.map((h, at) => `<th scope="col"${style(at)}>${escape(h.text)}</th>`).join('');
  const foot = totals.length === 0 ? '' : `<tfoot>${totals.map(line).join('\n')}</tfoot>`;
  return `<div class="wide" tabindex="0"><table><thead><tr>${head}</tr></thead>
<tbody>${rows.map(line).join('\n')}</tbody>${foot}</table></div>`;
}

export interface Figure {
  readonly title: string;
  /** The picture as SVG; empty: none. */
  readonly picture: string;
  /** What the picture shows, in one sentence, for who does not see it. */
  readonly says: string;
  /** HTML between picture and table. */
  readonly note?: string;
  /** HTML of the table with the same numbers. */
  readonly table: string;
}

/** A picture with its title and, behind a fold, the same numbers as a table. */
export function figure({ title, picture, says, note = '', table }: Figure, v: View): string {
  const drawn =
    picture === ''
      ? ''
      : `<div class="chart" role="img" aria-label="${escape(says)}">${picture}</div>`;
  return `<figure><figcaption>${escape(title)}</figcaption>
${drawn}${note}
<details><summary>${escape(v.say('exactBelow'))}</summary>${table}</details></figure>`;
}

export function legend(
  entries: readonly { readonly colour: string; readonly text: string }[],
): string {
  const each = entries.map(
    (e) => `<li><i style="background:${escape(e.colour)}"></i>${escape(e.text)}</li>`,
  );
  return `<ul class="legend">${each.join('')}</ul>`;
}

export interface Section {
  /** Name of the place on the page. */
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  /** HTML. */
  readonly body: string;
}

export function section({ id, title, note = '', body }: Section): string {
  const soft = note === '' ? '' : `<p class="soft">${escape(note)}</p>`;
  return `<section id="${id}"><h2>${escape(title)}</h2>${soft}
${body}
</section>`;
}

export function grid(figures: readonly string[]): string {
  return `<div class="grid">${figures.join('\n')}</div>`;
}

/** Rows folded away when there are more than `most`. */
export function foldedTable(
  heads: readonly Head[],
  rows: readonly (readonly string[])[],
  most: number,
  v: View,
): string {
  if (rows.length <= most) return dataTable(heads, rows);
  const more = v.listed(rows.length, rows.length);
  return `${dataTable(heads, rows.slice(0, most))}
<details><summary>${escape(more)}</summary>${dataTable(heads, rows)}</details>`;
}
