/** `zhida explain`: one subject under one item or all, as text, JSON, or a printable page. */
import { canonical, explain as explanationOf } from '@zhida/rules';
import type { Engine, Explanation, Item } from '@zhida/rules';
import { amountText, fenText, reasonText } from '../amounts.ts';
import { chooseItems, engineWith, isDay } from '../deciding.ts';
import { printFactProblems, readFactsFile } from '../facts-file.ts';
import type { ReadSubject } from '../facts-file.ts';
import { Names } from '../names.ts';
import { loadPackage, warnDraft } from '../package-folder.ts';
import { explainPage } from '../page/explain-page.ts';
import { UsageError, shown, writePage } from '../usage.ts';
import { wrap } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { named, say, sayMode, sayRelation, sayVerdict } from '../words.ts';

export interface ExplainArgs {
  readonly package: string;
  readonly facts: string;
  readonly subject: string | undefined;
  readonly entity: string | undefined;
  readonly items: readonly string[];
  readonly readings: readonly string[];
  readonly asOf: string;
  readonly json: boolean;
  readonly html: string | undefined;
}

function chooseSubject(
  subjects: readonly ReadSubject[],
  asked: string | undefined,
  file: string,
): ReadSubject {
  const [first] = subjects;
  if (first === undefined) throw new UsageError('no-subject', { file: shown(file) });
  if (asked === undefined) return first;
  const exact = subjects.find((s) => s.id === asked || s.name === asked);
  const part = subjects.filter((s) => s.name.includes(asked) || s.id.includes(asked));
  const found = exact ?? (part.length === 1 ? part[0] : undefined);
  if (found !== undefined) return found;
  const list = (part.length > 0 ? part : subjects).map((s) => `${s.entity} ${s.name}`).slice(0, 12);
  const kind = part.length > 1 ? 'subject-several' : 'subject-none';
  throw new UsageError(kind, { asked, list: list.join(', ') });
}

function headline(e: Explanation, names: Names, t: Terminal): void {
  const l = t.language;
  const d = e.decision;
  const colour = d.verdict === '满足' ? 'green' : d.verdict === '不满足' ? 'red' : 'yellow';
  const name = named(e.item.name, e.item.en, l);
  t.print(t.colour('bold', `${e.item.id}  ${name}`));
  const result = `${sayVerdict(d.verdict, l)}  ${amountText(d, l)}`.trim();
  t.print(`  ${t.colour(colour, result)}`);
  if (d.verdict !== '满足') t.print(`  ${reasonText(d, names)}`);
  if (d.verdict === '资料不足' || d.verdict === '待认定') {
    if (e.item.kind === '待遇' && e.item.amount !== null) {
      const most = d.potentialFen === null ? say('unbounded', l) : fenText(d.potentialFen);
      t.print(`  ${say('potential', l)}: ${most}`);
    }
  }
}

function conditions(e: Explanation, names: Names, t: Terminal): void {
  const l = t.language;
  const mark = {
    met: t.colour('green', '✓'),
    failed: t.colour('red', '✗'),
    open: t.colour('yellow', '?'),
  };
  for (const c of e.conditions) {
    const needs =
      c.needs === '' ? '' : `  ${say('needs', l)} ${sayRelation(c.relation, l)} ${c.needs}`;
    const gap = c.gap === '' ? '' : `  ${say('gap', l)} ${c.gap}`;
    const yours = c.yours === '' ? '' : `  ${say('yours', l)} ${c.yours}`;
    const holders = c.sources.map((s) => names.unit(s)).join(', ');
    const who = c.state === 'met' || holders === '' ? '' : `  ${say('holder', l)} ${holders}`;
    t.print(`  ${mark[c.state]} ${named(c.name, c.en, l)}${yours}${needs}${gap}${who}`);
    const words = c.basis.quotes.map((q) => `「${q}」`).join('');
    const readings =
      c.basis.readings.length === 0 ? '' : ` ${say('readings', l)} ${c.basis.readings.join(' ')}`;
    t.print(t.colour('dim', `      ${c.basis.clause} ${words}${readings}`));
  }
}

function working(e: Explanation, t: Terminal): void {
  const l = t.language;
  if (e.working.length === 0 || e.verdict === '不满足') return;
  t.print(`  ${t.colour('bold', say('working', l))}`);
  for (const w of e.working) {
    const how = [w.origin, w.detail].filter((x) => x !== '').join(' ');
    t.print(`    ${named(w.name, w.en, l)} = ${w.value}${how === '' ? '' : `  (${how})`}`);
  }
  for (const [word, list] of [
    ['shares', e.shares],
    ['instalments', e.instalments],
  ] as const) {
    if (list.length === 0) continue;
    const parts = list.map((s) => `${s.who} ${s.percent}% ${fenText(s.fen)}`);
    t.print(`    ${say(word, l)}: ${parts.join('; ')}`);
  }
}

/** Documents that are named of one fact; a year of monthly reports would fill the screen. */
const DOCUMENTS = 2;

function documentText(document: string, t: Terminal): string {
  const all = document.split('、');
  if (all.length <= DOCUMENTS) return document;
  const first = all.slice(0, DOCUMENTS).join('、');
  const n = all.length - DOCUMENTS;
  return t.language === 'zh' ? `${first} 等${all.length}处` : `${first} and ${n} more`;
}

function facts(e: Explanation, names: Names, t: Terminal): void {
  const l = t.language;
  if (e.facts.length === 0) return;
  t.print(`  ${t.colour('bold', say('facts', l))}`);
  for (const f of e.facts) {
    const value = f.known ? f.value : t.colour('yellow', f.value);
    const from = [names.unit(f.source), documentText(f.document, t), f.period, f.asOf]
      .filter((x) => x !== '')
      .join(', ');
    t.print(`    ${names.fact(f.path)}: ${value}  ${t.colour('dim', from)}`);
  }
}

function readings(e: Explanation, names: Names, t: Terminal): void {
  const l = t.language;
  if (e.readings.length === 0) return;
  t.print(`  ${t.colour('bold', say('readingsUsed', l))}`);
  for (const r of e.readings) {
    const words = r.words[l] === '' ? r.words.zh : r.words[l];
    const status = r.status === '待确认' ? t.colour('yellow', say('unsigned', l)) : r.status;
    t.print(`    ${r.id} ${r.chosen} ${words}  (${status}, ${say('ask', l)} ${names.unit(r.ask)})`);
  }
}

function delivery(e: Explanation, names: Names, t: Terminal): void {
  const l = t.language;
  const { item, decision } = e;
  const text = (b: { readonly zh: string; readonly en: string }): string =>
    b[l] === '' ? b.zh : b[l];
  const line = (word: Parameters<typeof say>[0], value: string): void => {
    if (value !== '') t.print(`    ${say(word, l)}: ${value}`);
  };
  t.print(`  ${t.colour('bold', say('next', l))}`);
  line('grants', text(item.grants));
  line('mode', item.mode === null ? '' : sayMode(item.mode, l));
  const open = item.openQuestions.length === 0 ? '' : ` (${item.openQuestions.join(' ')})`;
  line('fund', `${text(item.fund)}${text(item.fund) === '' ? '' : open}`);
  line('payer', item.payer.en === '' ? names.unit(item.payer.zh) : text(item.payer));
  line('route', text(item.route));
  line('papers', text(item.papers));
  for (const limit of decision.limits) {
    const cap = limit.capFen === null ? '?' : fenText(limit.capFen);
    line('limits', `${names.cap(limit.cap)} ${limit.key.join(' ')} ≤ ${cap}`);
  }
}

export function printExplanation(e: Explanation, names: Names, t: Terminal): void {
  headline(e, names, t);
  for (const s of e.law) {
    for (const part of wrap(`> ${s.text}`, t.columns - 4)) t.print(t.colour('dim', `  ${part}`));
  }
  t.print();
  conditions(e, names, t);
  working(e, t);
  facts(e, names, t);
  readings(e, names, t);
  delivery(e, names, t);
  t.print();
}

/** One subject under some items, for the terminal, other programs or paper. */
export interface Asked {
  readonly subject: ReadSubject;
  readonly items: readonly Item[];
  readonly asOf: string;
  readonly json: boolean;
  /** Path of the page; undefined: print. */
  readonly html: string | undefined;
  /** What the facts say of themselves. */
  readonly note: string;
}

/** Explains and prints. */
export function showExplanations(engine: Engine, asked: Asked, t: Terminal): void {
  const { ruleSet } = engine;
  const { subject, items, asOf, json, html, note } = asked;
  const list = items.map((item) =>
    explanationOf(engine, item, subject, asOf, subject.provenance, t.language),
  );
  if (html !== undefined) {
    writePage(html, explainPage({ ruleSet, subject, asOf, list, note }, t.language));
    t.print(`→ ${shown(html)}`);
    return;
  }
  if (json) {
    const plain = list.map(({ item, decision, ...rest }) => ({
      ...rest,
      item: item.name,
      decision: { ...decision, steps: undefined },
    }));
    t.print(canonical(plain));
    return;
  }
  const { manifest } = ruleSet;
  t.print(`${manifest.number} ${manifest.title}`);
  t.print(`${say('subject', t.language)}: ${subject.entity} ${subject.name} ${subject.id}`);
  t.print(`${say('asOf', t.language)}: ${asOf}  ${note}`.trimEnd());
  t.print();
  const names = new Names(ruleSet, t.language);
  for (const e of list) printExplanation(e, names, t);
}

/** Explains one subject of a facts file. Returns the exit code. */
export function explain(args: ExplainArgs, t: Terminal): number {
  if (!isDay(args.asOf)) throw new UsageError('day', { text: args.asOf });
  const reading = loadPackage(args.package);
  const { ruleSet } = reading;
  const draft = warnDraft(reading, t.language);
  const engine = engineWith(ruleSet, args.readings);
  const file = readFactsFile(args.facts, ruleSet, args.entity);
  const subject = chooseSubject(file.subjects, args.subject, args.facts);
  const items = chooseItems(ruleSet, args.items).filter((i) => i.entity === subject.entity);
  if (items.length === 0) {
    throw new UsageError('item-elsewhere', { entity: subject.entity, subject: subject.name });
  }
  const unread = printFactProblems(file, t.language);
  const { asOf, html, json } = args;
  showExplanations(engine, { subject, items, asOf, html, json, note: file.note }, t);
  if (args.subject === undefined && html === undefined && !json) {
    const others = file.subjects.slice(0, 8).map((s) => s.name);
    t.print(t.colour('dim', `zhida explain <${others.join(' | ')} …> --item 3.3 --html page.html`));
  }
  return draft ? 1 : unread;
}
