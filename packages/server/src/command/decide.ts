/** `zhida decide`: facts from JSON or CSV → who is owed what, as table, JSON or CSV. */
import { canonical, preview, problemText } from '@zhida/rules';
import type { Engine, Language } from '@zhida/rules';
import { amountText, fenText, reasonText } from '../amounts.ts';
import { chooseItems, decideAll, engineWith } from '../deciding.ts';
import type { Decided } from '../deciding.ts';
import { readFactsFile } from '../facts-file.ts';
import { UsageError, loadPackage } from '../package-folder.ts';
import type { Terminal } from '../terminal.ts';
import { named, say, sayVerdict } from '../words.ts';

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

function csv(decided: readonly Decided[], l: Language): string {
  const head = ['entity', 'subject', 'name', 'item_id', 'item', 'verdict', 'kind', 'amount_fen', 'reason'];
  const rows = decided.map(({ subject, item, decision: d }) => [
    subject.entity,
    subject.id,
    subject.name,
    item.id,
    item.name,
    d.verdict,
    d.amount?.kind ?? '',
    d.amount?.fen === undefined || d.amount.fen === null ? '' : String(d.amount.fen),
    reasonText(d, l),
  ]);
  return [head, ...rows].map((r) => r.map(csvCell).join(',')).join('\r\n');
}

export function printTable(decided: readonly Decided[], engine: Engine, t: Terminal): void {
  const l = t.language;
  const colours = { 满足: 'green', 不满足: 'dim', 资料不足: 'yellow', 待认定: 'cyan' } as const;
  t.table(
    [
      { head: say('subject', l), most: 30 },
      { head: say('clause', l) },
      { head: say('item', l), most: l === 'zh' ? 28 : 40 },
      { head: say('verdict', l) },
      { head: say('amount', l), most: 40 },
      { head: say('reason', l), most: 76 },
    ],
    decided.map(({ subject, item, decision: d }) => [
      subject.name,
      item.id,
      named(item.name, item.en, l),
      t.colour(colours[d.verdict], sayVerdict(d.verdict, l)),
      amountText(d, l),
      d.verdict === '满足' ? quoteOf(engine, item.cite) : reasonText(d, l),
    ]),
  );
}

function quoteOf(engine: Engine, cite: number): string {
  return (engine.ruleSet.cites[cite]?.spans ?? []).map((s) => s.quote).join(' ');
}

/** Totals by item of what is exactly owed; ceilings and floors are counted, never summed as pay. */
export function printTotals(decided: readonly Decided[], t: Terminal): void {
  const l = t.language;
  const exact = decided.filter((d) => d.decision.amount?.kind === 'exactly');
  const sum = exact.reduce((s, d) => s + (d.decision.amount?.fen ?? 0n), 0n);
  const verdicts = (['满足', '不满足', '资料不足', '待认定'] as const).map((v) => {
    const n = decided.filter((d) => d.decision.verdict === v).length;
    return `${n} ${sayVerdict(v, l)}`;
  });
  t.print(`${decided.length}: ${verdicts.join(' · ')}`);
  t.print(`${say('total', l)} (${l === 'zh' ? '定额' : 'exact amounts'}): ${fenText(sum)}`);
}

export function printCaps(decided: readonly Decided[], engine: Engine, t: Terminal): void {
  const l = t.language;
  const { caps, superseded } = preview(engine, decided.map((d) => d.decision));
  const names = new Map(decided.map((d) => [`${d.subject.entity} ${d.subject.id}`, d.subject.name]));
  const nameOf = (entity: string, id: string): string => names.get(`${entity} ${id}`) ?? id;
  for (const s of superseded) {
    const who = nameOf(s.decision.entity, s.decision.subject);
    t.print(`  ${who} ${s.decision.item}: ${say('superseded', l)} ${s.by.item}`);
  }
  for (const c of caps) {
    const trimmed = c.lines.some((x) => x.allowedFen !== x.wantedFen);
    if (!trimmed) continue;
    const quote = quoteOf(engine, c.cite);
    t.print(`  ${t.colour('bold', c.cap)} ${c.key.join(' ')}: ${fenText(c.capFen)} ${c.order} 「${quote}」`);
    for (const line of c.lines) {
      const who = nameOf(line.decision.entity, line.decision.subject);
      const text = `${say('wanted', l)} ${fenText(line.wantedFen)} → ${say('allowed', l)} ${fenText(line.allowedFen)}`;
      t.print(`    ${who} ${line.decision.item}: ${text}`);
    }
  }
}

/** Decides and prints. Returns the exit code: 0, or 3 when some facts could not be read. */
export function decide(args: DecideArgs, t: Terminal): number {
  const { ruleSet, problems } = loadPackage(args.package);
  const errors = problems.filter((p) => p.severity === 'error').length;
  if (errors > 0) process.stderr.write(`${errors} ${say('errors', t.language)}: zhida check\n`);
  const engine = engineWith(ruleSet, args.readings);
  const items = chooseItems(ruleSet, args.items);
  const file = readFactsFile(args.facts, ruleSet, args.entity);
  if (file.subjects.length === 0) throw new UsageError(`${args.facts}: ${say('nobody', t.language)}`);
  const decided = decideAll(engine, items, file.subjects, args.asOf);
  for (const p of file.problems) process.stderr.write(`${problemText(p, t.language)}\n`);
  const shown = args.all ? decided : decided.filter((d) => d.decision.verdict !== '不满足');
  if (args.format === 'json') {
    t.print(canonical(decided.map((d) => ({ name: d.subject.name, ...d.decision, steps: undefined }))));
  } else if (args.format === 'csv') {
    t.print(`\uFEFF${csv(decided, t.language)}`);
  } else {
    t.print(`${ruleSet.manifest.number}  ${say('asOf', t.language)} ${args.asOf}  ${file.note}`);
    t.print();
    printTable(shown, engine, t);
    t.print();
    printTotals(decided, t);
    printCaps(decided, engine, t);
  }
  return file.problems.length === 0 ? 0 : 3;
}
