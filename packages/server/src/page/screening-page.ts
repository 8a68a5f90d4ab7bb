/** The page of a run over the register: who is owed what, who is not, what is missing, in pictures and
 *  tables. One file, opened from disk, without a script. */
import type { Language } from '@zhida/rules';
import type { RunSummary } from '@zhida/screening';
import { escape } from './html.ts';
import { funnels } from './screening-page-funnel.ts';
import { caps, comparison, nearMisses } from './screening-page-lists.ts';
import { missing } from './screening-page-missing.ts';
import { glance, moneyByDistrict, moneyByItem, moneyByPayer } from './screening-page-money.ts';
import { document } from './screening-page-style.ts';
import { thresholds } from './screening-page-thresholds.ts';
import { View } from './screening-page-view.ts';
import type { PageNames } from './screening-page-view.ts';
import type { PageWord } from './screening-page-words.ts';

export interface ScreeningPage {
  readonly language: Language;
  /** `new Names(ruleSet, language)`. */
  readonly names: PageNames;
  /** The register says of itself that its data are invented (合成数据). */
  readonly synthetic: boolean;
}

function badges(v: View, synthetic: boolean): string {
  const trial = v.summary.run.mark === 'trial';
  const marks: readonly (readonly [PageWord, PageWord])[] = [
    ...(trial ? [['trial', 'trialLong'] as const] : []),
    ...(synthetic ? [['synthetic', 'syntheticLong'] as const] : []),
  ];
  const lines = marks.map(
    ([mark, long]) =>
      `<p><span class="badge">${escape(v.say(mark))}</span>${escape(v.say(long))}</p>`,
  );
  return `${trial ? '' : `<p>${escape(v.say('certified'))}</p>`}${lines.join('\n')}`;
}

function head(v: View, synthetic: boolean): string {
  const { run } = v.summary;
  const { package: p, engine } = run;
  const readings = run.readings.map((r) => `${r.id} ${r.key}`);
  const facts: readonly (readonly [PageWord, string])[] = [
    ['day', run.asOf],
    ['run', run.id],
    ['snapshot', run.snapshot],
    ['package', `${p.id} ${p.version} ${p.hash}`],
    readings.length === 0 ? ['noReadings', v.say('asAdopted')] : ['readings', v.join(readings)],
    ['engine', `${engine.name} ${engine.version}`],
    ...(run.finished === '' ? [] : [['finished', run.finished] as const]),
  ];
  const list = facts.map(
    ([word, text]) => `<li>${escape(v.say(word))} <code>${escape(text)}</code></li>`,
  );
  return `<h1>${escape(v.say('title'))} · ${escape(v.pick(p.title))}</h1>
<p>${escape(p.number)}</p>
${badges(v, synthetic)}
<ul class="meta">${list.join('')}</ul>
<p class="soft">${escape(v.say('about'))}</p>`;
}

const PLACES: readonly (readonly [id: string, word: PageWord])[] = [
  ['glance', 'headline'],
  ['money', 'moneyByItem'],
  ['districts', 'moneyByDistrict'],
  ['payers', 'moneyByPayer'],
  ['funnels', 'funnels'],
  ['missing', 'missing'],
  ['thresholds', 'thresholds'],
  ['near', 'near'],
  ['caps', 'caps'],
  ['compared', 'compared'],
];

function contents(v: View): string {
  const places = PLACES.filter(([id]) => id !== 'compared' || v.summary.comparison !== null);
  const links = places.map(([id, word]) => `<li><a href="#${id}">${escape(v.say(word))}</a></li>`);
  return `<nav aria-label="${escape(v.say('contents'))}"><ul>${links.join('')}</ul></nav>`;
}

/** One self-contained HTML file. Every figure is one of the summary, or a sum of such figures of one
 *  kind. */
export function screeningPage(
  summary: RunSummary,
  { language, names, synthetic }: ScreeningPage,
): string {
  const v = new View(summary, language, names);
  const { run } = summary;
  const body = [
    head(v, synthetic),
    contents(v),
    glance(v),
    moneyByItem(v),
    moneyByDistrict(v),
    moneyByPayer(v),
    funnels(v),
    missing(v),
    thresholds(v),
    nearMisses(v),
    caps(v),
    ...(summary.comparison === null ? [] : [comparison(summary.comparison, v)]),
  ];
  const title = `${v.say('title')} ${run.package.number} ${run.asOf}`;
  return document(title, language, body.join('\n'));
}
