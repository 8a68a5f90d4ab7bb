/** A run on the terminal: what each item comes to, what is missing and who holds it, who is near, which
 *  caps are over-subscribed, the districts, and the difference from another run. */
import type { ItemSummary, MissingRow, MoneySlice, NearMiss, RunSummary } from '@zhida/screening';
import { fenText } from '../amounts.ts';
import type { Names } from '../names.ts';
import { tell } from '../phrases.ts';
import type { Phrase } from '../phrases.ts';
import { durationText, grouped } from '../progress.ts';
import { kindWords, screeningWords as words, verdictWords } from '../screening-words.ts';
import { width } from '../terminal.ts';
import type { Column, Terminal } from '../terminal.ts';
import { named, sayRelation, sayVerdict } from '../words.ts';

/** A report being printed: to whom, with which names. */
export interface Report {
  readonly summary: RunSummary;
  readonly names: Names;
  readonly t: Terminal;
}

export const VERDICTS = ['满足', '待认定', '资料不足', '不满足'] as const;

export function title(t: Terminal, text: string): void {
  t.print();
  t.print(t.colour('cyan', text));
}

const text = (
  phrase: Phrase,
  { t }: Report,
  values: Record<string, string | number> = {},
): string => tell(phrase, t.language, values);

/** 0 as nothing: an empty cell is easier to pass over. */
export const countText = (n: number): string => (n === 0 ? '' : grouped(n));
export const moneyText = (fen: bigint): string => (fen === 0n ? '' : fenText(fen));

/** What was run over what, that it is a trial, and whether its data are invented. */
export function printHead({ summary: { run }, t }: Report, synthetic: boolean): void {
  const l = t.language;
  const name = named(run.package.title.zh, run.package.title.en, l);
  t.print(t.colour('bold', `${run.package.number}  ${name}`));
  const values = {
    day: run.asOf,
    rows: grouped(run.rows),
    items: run.items.length,
    snapshot: run.snapshot.slice(0, 12),
  };
  t.print(t.colour('dim', tell(words.head, l, values)));
  if (run.readings.length > 0) {
    const list = run.readings.map((r) => `${r.id}=${r.key}`).join(' ');
    t.print(t.colour('yellow', tell(words.switched, l, { list })));
  }
  const mark = run.mark === 'trial' ? words.trial : words.certified;
  t.print(t.colour(run.mark === 'trial' ? 'yellow' : 'green', tell(mark, l)));
  if (synthetic) t.print(t.colour('yellow', tell(words.synthetic, l)));
}

/** The amount of an item with its kind: `定额 500,000元`, `依上位文件`. */
function owed(i: ItemSummary, r: Report): string {
  const kind = text(kindWords[i.kind], r);
  if (i.kind === 'none') return '';
  if (i.amountFen === null) return i.verdicts.满足 === 0 ? '' : kind;
  if (i.amountFen === 0n) return '';
  return `${kind} ${fenText(i.amountFen)}${i.contingent ? ' *' : ''}`;
}

function open(i: ItemSummary): string {
  const money = moneyText(i.potentialFen);
  return i.potentialUnbounded === 0 ? money : `${money} +`.trim();
}

function itemRow(i: ItemSummary, r: Report): string[] {
  const { t } = r;
  return [
    i.itemId,
    named(i.item, i.en, t.language),
    ...VERDICTS.map((v) => countText(i.verdicts[v])),
    owed(i, r),
    open(i),
  ];
}

const everybody = (i: ItemSummary): number => VERDICTS.reduce((sum, v) => sum + i.verdicts[v], 0);

/** What stands below the table: the marks in it, and what it leaves out. */
function printNotes(
  r: Report,
  all: boolean,
  shown: readonly ItemSummary[],
  items: readonly ItemSummary[],
): void {
  const { t } = r;
  const note = (phrase: Phrase, values: Record<string, string | number> = {}): void => {
    t.print(t.colour('dim', text(phrase, r, values)));
  };
  if (shown.some((i) => i.contingent && (i.amountFen ?? 0n) > 0n)) note(words.contingentNote);
  if (shown.some((i) => i.potentialUnbounded > 0)) note(words.unboundedNote);
  const absent = items.filter((i) => everybody(i) === 0 && (all || i.kind !== 'none'));
  const nobody = absent.map((i) => i.itemId);
  if (nobody.length > 0) note(words.nobody, { list: [...new Set(nobody)].join(' ') });
  const rights = items.filter((i) => i.kind === 'none' && !shown.includes(i)).length;
  if (rights > 0) note(words.rightsLeft, { n: rights });
}

/** One line an item that anybody could have. Without `all`, rights are counted only. */
export function printItems(r: Report, all: boolean, items: readonly ItemSummary[]): void {
  const { t } = r;
  const shown = items.filter((i) => everybody(i) > 0 && (all || i.kind !== 'none'));
  const rows = shown.map((i) => itemRow(i, r));
  const columns: Column[] = [
    { head: '' },
    { head: text(words.item, r), most: 40 },
    ...VERDICTS.map((v) => ({ head: text(verdictWords[v], r), right: true })),
    { head: text(words.amount, r), right: true },
    { head: text(words.more, r), right: true },
  ];
  t.print();
  t.table(fitted(columns, rows, 1, t.room), rows);
  printNotes(r, all, shown, items);
}

/** Column `at` cut so that the table fits; never narrower than 24. */
export function fitted(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  at: number,
  room: number,
): readonly Column[] {
  const widths = columns.map((c, n) =>
    Math.max(width(c.head), ...rows.map((row) => Math.min(c.most ?? 200, width(row[n] ?? '')))),
  );
  const others = widths.reduce((sum, w, n) => sum + (n === at ? 0 : w), 0);
  const left = room - others - 2 * (columns.length - 1);
  return columns.map((c, n) =>
    n === at ? { ...c, most: Math.max(24, Math.min(c.most ?? 200, left)) } : c,
  );
}

const SUMMED = ['exactly', 'atMost', 'atLeast', 'softAtMost'] as const;

/** Sums by kind: `定额 3元 · 至多 5元`. */
function sums(r: Report, contingent: boolean): string {
  const parts = SUMMED.flatMap((kind) => {
    const fen = r.summary.items
      .filter((i) => i.kind === kind && i.contingent === contingent)
      .reduce((sum, i) => sum + (i.amountFen ?? 0n), 0n);
    return fen === 0n ? [] : [`${text(kindWords[kind], r)} ${fenText(fen)}`];
  });
  return parts.join(' · ');
}

/** Sums by kind, those that wait for higher funds apart: kinds are never added up. */
export function printTotals(r: Report): void {
  const { summary, t } = r;
  const verdicts = VERDICTS.map(
    (v) => `${grouped(summary.verdicts[v])} ${sayVerdict(v, t.language)}`,
  );
  const [own, higher] = [sums(r, false), sums(r, true)];
  t.print();
  t.print(`${t.colour('bold', text(words.totals, r))}  ${own === '' ? fenText(0n) : own}`);
  if (higher !== '') t.print(`${text(words.contingentTotals, r)}  ${higher}`);
  t.print(`${text(words.decisions, r)}  ${verdicts.join(' · ')}`);
  t.print(t.colour('dim', text(words.totalsNote, r)));
}

/** A row of the list, its months told together where all figures agree. */
interface Told {
  readonly row: MissingRow;
  readonly months: readonly string[];
}

function together(rows: readonly MissingRow[]): readonly Told[] {
  const key = (m: MissingRow): string =>
    JSON.stringify([m.kind, m.path, m.source, m.subjects, m.waits, m.aloneWaits].map(String)) +
    String(m.potentialFen) +
    String(m.aloneFen);
  return [...Map.groupBy(rows, key).values()].flatMap((group) => {
    const [row] = group;
    const months = group.map((m) => m.month).filter((m) => m !== '');
    return row === undefined ? [] : [{ row, months: months.toSorted() }];
  });
}

function monthsText(months: readonly string[]): string {
  const [first = '', last = ''] = [months[0], months.at(-1)];
  if (months.length < 3) return months.join(' ');
  return `${first}…${last} (${months.length})`;
}

function dataText({ row, months }: Told, r: Report): string {
  if (row.kind === 'gate') return text(words.judgement, r, { name: r.names.gate(row.path) });
  const name = named(row.path, row.en, r.t.language);
  return `${name} ${monthsText(months)}`.trim();
}

/** The 缺数清单: which data, from which unit, worth how much. */
export function printMissing(r: Report, most: number): void {
  const { summary, t } = r;
  const list = together(summary.missing);
  if (list.length === 0) return;
  const shown = list.slice(0, most);
  title(t, text(words.missingHead, r, { n: list.length, k: shown.length }));
  const rows = shown.map((told) => [
    moneyText(told.row.potentialFen),
    moneyText(told.row.aloneFen),
    countText(told.row.subjects),
    r.names.unit(told.row.source),
    dataText(told, r),
  ]);
  const columns: Column[] = [
    { head: text(words.worth, r), right: true },
    { head: text(words.alone, r), right: true },
    { head: text(words.subjects, r), right: true },
    { head: text(words.missingFrom, r), most: 40 },
    { head: text(words.missingData, r) },
  ];
  t.table(fitted(columns, rows, 4, t.room), rows);
}

/** What each unit holds back, its data taken together. */
export function printSources(r: Report, most: number): void {
  const { summary, t } = r;
  const shown = summary.sources.slice(0, most);
  if (shown.length === 0) return;
  title(t, text(words.sourcesHead, r));
  const rows = shown.map((s) => [
    moneyText(s.potentialFen),
    moneyText(s.aloneFen),
    countText(s.waits),
    countText(s.facts),
    r.names.unit(s.source),
  ]);
  const columns: Column[] = [
    { head: text(words.worth, r), right: true },
    { head: text(words.aloneUnit, r), right: true },
    { head: text(words.waits, r), right: true },
    { head: text(words.facts, r), right: true },
    { head: text(words.missingFrom, r) },
  ];
  t.table(fitted(columns, rows, 4, t.room), rows);
}

function nearRow(m: NearMiss, { t }: Report): string[] {
  const l = t.language;
  return [
    m.itemId,
    m.name === '' ? m.id : m.name,
    named(m.condition, m.en, l),
    m.yours[l],
    `${sayRelation(m.relation, l)} ${m.needs[l]}`,
    m.gap[l],
  ];
}

/** Refused by one number alone, the nearest first. */
export function printNear(r: Report, most: number): void {
  const { summary, t } = r;
  const shown = summary.nearMisses.toSorted((a, b) => a.share - b.share).slice(0, most);
  if (shown.length === 0) return;
  const all = summary.items.reduce((sum, i) => sum + i.nearMisses, 0);
  const more = summary.items.some((i) => i.nearMissesAtLeast);
  const n = more ? text(words.atLeast, r, { n: grouped(all) }) : grouped(all);
  title(t, text(words.nearHead, r, { n, k: shown.length }));
  const rows = shown.map((m) => nearRow(m, r));
  const columns: Column[] = [
    { head: '' },
    { head: text(words.name, r), most: 34 },
    { head: text(words.condition, r), most: 30 },
    { head: text(words.yours, r), right: true },
    { head: text(words.needs, r), right: true },
    { head: text(words.gap, r), right: true },
  ];
  t.table(fitted(columns, rows, 2, t.room), rows);
}

/** Keys of caps that have more awards than money. */
export function printCaps(r: Report, most: number): void {
  const { summary, t } = r;
  const over = summary.caps.filter((c) => c.over.length > 0);
  title(t, text(words.capsHead, r));
  if (over.length === 0) t.print(`  ${text(words.noneOver, r)}`);
  for (const c of over) {
    const cap = t.colour('bold', named(c.cap, c.en, t.language));
    for (const k of c.over.slice(0, most)) {
      const values = {
        cap,
        key: k.key.join(' '),
        awards: k.awards,
        wanted: fenText(k.wantedFen),
        limit: fenText(k.limitFen),
        over: t.colour('red', fenText(k.overFen)),
      };
      t.print(`  ${text(words.capLine, r, values)}`);
    }
    if (c.overKeys > most) t.print(`  ${text(words.moreRows, r, { n: c.overKeys - most })}`);
  }
  for (const c of summary.caps.filter((x) => x.unkeyed > 0)) {
    const values = { cap: named(c.cap, c.en, t.language), n: c.unkeyed };
    t.print(t.colour('dim', `  ${text(words.capUnkeyed, r, values)}`));
  }
}

function sliceRow(s: MoneySlice, { t }: Report): string[] {
  const { exactlyFen, atMostFen, atLeastFen, softAtMostFen, potentialFen } = s.money;
  return [
    s.name[t.language] === '' ? s.name.zh : s.name[t.language],
    countText(s.granted),
    moneyText(exactlyFen),
    moneyText(atMostFen),
    moneyText(atLeastFen),
    moneyText(softAtMostFen),
    countText(s.undecided),
    moneyText(potentialFen),
  ];
}

/** Money by district, each kind of amount in a column of its own. */
export function printDistricts(r: Report): void {
  const { summary, t } = r;
  if (summary.districts.length === 0) return;
  const waits = summary.items.some((i) => i.contingent && (i.amountFen ?? 0n) > 0n);
  title(t, `${text(words.districtsHead, r)}${waits ? text(words.withContingent, r) : ''}`);
  const rows = summary.districts.map((s) => sliceRow(s, r));
  t.sparse(
    [
      { head: text(words.district, r), most: 24 },
      { head: text(words.granted, r), right: true },
      { head: text(kindWords.exactly, r), right: true },
      { head: text(kindWords.atMost, r), right: true },
      { head: text(kindWords.atLeast, r), right: true },
      { head: text(kindWords.softAtMost, r), right: true },
      { head: text(words.undecided, r), right: true },
      { head: text(words.more, r), right: true },
    ],
    rows,
  );
}

/** How long the run took, by its own clock. */
export function tookText({ summary: { run }, t }: Report): string {
  const ms = run.parts.reduce((sum, p) => sum + p.milliseconds, 0);
  const time =
    ms < 10_000
      ? tell(words.milliseconds, t.language, { n: grouped(ms) })
      : durationText(ms / 1000, t.language);
  return tell(words.took, t.language, { time });
}
