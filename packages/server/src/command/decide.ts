/** `zhida decide`: facts from JSON or CSV → who is owed what, as table, JSON or CSV. */
import { canonical, decidingWords, preview } from '@zhida/rules';
import type { Engine } from '@zhida/rules';
import { amountText, fenText, reasonText } from '../amounts.ts';
import { chooseItems, decideAll, engineWith } from '../deciding.ts';
import type { Decided } from '../deciding.ts';
import { printFactProblems, readFactsFile } from '../facts-file.ts';
import { Names } from '../names.ts';
import { loadPackage, warnDraft } from '../package-folder.ts';
import { UsageError, shown } from '../usage.ts';
import { cut, pad, width, wrap } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { named, say, sayOrder, sayVerdict } from '../words.ts';

export interface DecideArgs {
  readonly package: string;
  readonly facts: string;
  readonly entity: string | undefined;
  readonly items: readonly string[];
  readonly readings: readonly string[];
  readonly asOf: string;
  readonly format: 'table' | 'json' | 'csv';
  /** Also those who are not eligible. */
  readonly all: boolean;
}

function csvCell(text: string): string {
  // A text that a spreadsheet would run as a formula stays text.
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csv(decided: readonly Decided[], names: Names): string {
  const head = [
    'entity',
    'subject',
    'name',
    'item_id',
    'item',
    'verdict',
    'kind',
    'amount_fen',
    'reason',
  ];
  const rows = decided.map(({ subject, item, decision: d }) => [
    subject.entity,
    subject.id,
    subject.name,
    item.id,
    item.name,
    d.verdict,
    d.amount?.kind ?? '',
    d.amount?.fen === undefined || d.amount.fen === null ? '' : String(d.amount.fen),
    reasonText(d, names),
  ]);
  return [head, ...rows].map((r) => r.map(csvCell).join(',')).join('\r\n');
}

const COLOURS = { 满足: 'green', 不满足: 'dim', 资料不足: 'yellow', 待认定: 'cyan' } as const;

function wordsOf(engine: Engine, cite: number): string {
  const spans = engine.ruleSet.cites[cite]?.spans ?? [];
  return spans.map((s) => `「${s.quote}」`).join('');
}

/** Subject by subject, one line an item: verdict, provision, name, amount, words or reason. */
export function printDecided(
  decided: readonly Decided[],
  engine: Engine,
  asOf: string,
  t: Terminal,
): void {
  const l = t.language;
  const names = new Names(engine.ruleSet, l);
  const most = (pick: (d: Decided) => string, limit: number): number =>
    Math.min(limit, Math.max(4, ...decided.map((d) => width(pick(d)))));
  const verdictOf = (d: Decided): string => sayVerdict(d.decision.verdict, l);
  const nameOf = (d: Decided): string => named(d.item.name, d.item.en, l);
  const [w1, w2, w3, w4] = [
    most(verdictOf, 20),
    most((d) => d.item.id, 8),
    most(nameOf, l === 'zh' ? 24 : 44),
    most((d) => amountText(d.decision, l), 34),
  ];
  let subject = '';
  for (const d of decided) {
    const own = `${names.entity(d.subject.entity)} ${d.subject.id}`;
    if (own !== subject) {
      t.print(`${t.colour('bold', d.subject.name)}  ${t.colour('dim', own)}`);
      subject = own;
    }
    const { verdict } = d.decision;
    const words =
      verdict === '满足'
        ? decidingWords(engine, d.item, d.subject, asOf)
            .map((q) => `「${q}」`)
            .join('')
        : reasonText(d.decision, names);
    const amount = pad(amountText(d.decision, l), w4);
    const head = [
      t.colour(COLOURS[verdict], pad(verdictOf(d), w1)),
      pad(d.item.id, w2),
      pad(cut(nameOf(d), w3), w3),
      amount,
    ]
      .join('  ')
      .trimEnd();
    const room = t.columns - (w1 + w2 + w3 + width(amount) + 10);
    if (words === '') t.print(`  ${head}`);
    else if (room >= Math.min(36, width(words)))
      t.print(`  ${head}  ${t.colour('dim', cut(words, room))}`);
    else {
      t.print(`  ${head}`);
      for (const line of wrap(words, t.columns - 8)) t.print(t.colour('dim', `        ${line}`));
    }
  }
}

/** Totals by item of what is exactly owed; ceilings and floors are counted, never summed as pay. */
export function printTotals(decided: readonly Decided[], t: Terminal): void {
  const l = t.language;
  const sum = (contingent: boolean): bigint =>
    decided
      .filter(
        ({ decision: { amount } }) =>
          amount?.kind === 'exactly' && amount.contingent === contingent,
      )
      .reduce((total, d) => total + (d.decision.amount?.fen ?? 0n), 0n);
  const verdicts = (['满足', '不满足', '资料不足', '待认定'] as const).map((v) => {
    const n = decided.filter((d) => d.decision.verdict === v).length;
    return `${n} ${sayVerdict(v, l)}`;
  });
  t.print(`${decided.length}: ${verdicts.join(' · ')}`);
  const waits = sum(true) === 0n ? '' : ` + ${fenText(sum(true))} (${say('contingent', l)})`;
  t.print(`${say('total', l)} (${say('exactAmounts', l)}): ${fenText(sum(false))}${waits}`);
}

export function printCaps(decided: readonly Decided[], engine: Engine, t: Terminal): void {
  const l = t.language;
  const { caps, superseded } = preview(
    engine,
    decided.map((d) => d.decision),
  );
  const names = new Names(engine.ruleSet, l);
  const subjects = new Map(
    decided.map((d) => [`${d.subject.entity} ${d.subject.id}`, d.subject.name]),
  );
  const nameOf = (entity: string, id: string): string => subjects.get(`${entity} ${id}`) ?? id;
  for (const s of superseded) {
    const who = nameOf(s.decision.entity, s.decision.subject);
    t.print(
      `  ${who} ${names.item(s.decision.item)}: ${say('superseded', l)} ${names.item(s.by.item)}`,
    );
  }
  for (const c of caps) {
    const trimmed = c.lines.some((x) => x.allowedFen !== x.wantedFen);
    if (!trimmed) continue;
    const quote = wordsOf(engine, c.cite);
    t.print(
      `  ${t.colour('bold', names.cap(c.cap))} ${c.key.join(' ')}: ${fenText(c.capFen)} ${sayOrder(c.order, l)} ${quote}`,
    );
    for (const line of c.lines) {
      const who = nameOf(line.decision.entity, line.decision.subject);
      const text = `${say('wanted', l)} ${fenText(line.wantedFen)} → ${say('allowed', l)} ${fenText(line.allowedFen)}`;
      t.print(`    ${who} ${names.item(line.decision.item)}: ${text}`);
    }
  }
}

/** Decides and prints. Returns the exit code: 0, or 3 when some facts could not be read. */
export function decide(args: DecideArgs, t: Terminal): number {
  const reading = loadPackage(args.package);
  const { ruleSet } = reading;
  const draft = warnDraft(reading, t.language);
  const engine = engineWith(ruleSet, args.readings);
  const items = chooseItems(ruleSet, args.items);
  const file = readFactsFile(args.facts, ruleSet, args.entity);
  if (file.subjects.length === 0) throw new UsageError('no-subject', { file: shown(args.facts) });
  const decided = decideAll(engine, items, file.subjects, args.asOf);
  const unread = printFactProblems(file, t.language);
  const code = draft ? 1 : unread;
  const listed = args.all ? decided : decided.filter((d) => d.decision.verdict !== '不满足');
  if (args.format === 'json') {
    t.print(
      canonical(decided.map((d) => ({ name: d.subject.name, ...d.decision, steps: undefined }))),
    );
  } else if (args.format === 'csv') {
    t.print(`\uFEFF${csv(decided, new Names(ruleSet, t.language))}`);
  } else {
    t.print(`${ruleSet.manifest.number}  ${say('asOf', t.language)} ${args.asOf}  ${file.note}`);
    t.print();
    printDecided(listed, engine, args.asOf, t);
    t.print();
    printTotals(decided, t);
    printCaps(decided, engine, t);
  }
  return code;
}
