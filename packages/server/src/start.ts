/** `npm start`: the published text runs. Checks the Benxi package, decides the sample under all 20
 *  measures, explains one decision in full, writes two pages and says where to look. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cover, explain } from '@zhida/rules';
import type { Engine, Language } from '@zhida/rules';
import { fenText } from './amounts.ts';
import { check } from './command/check.ts';
import { printCaps, printDecided, printTotals } from './command/decide.ts';
import { printExplanation } from './command/explain.ts';
import { decideAll, engineWith } from './deciding.ts';
import type { Decided } from './deciding.ts';
import { readFactsFile } from './facts-file.ts';
import type { FactsFile, ReadSubject } from './facts-file.ts';
import { Names } from './names.ts';
import { defaults, loadPackage } from './package-folder.ts';
import { shown, writePage } from './usage.ts';
import { coverPage } from './page/cover-page.ts';
import { explainPage } from './page/explain-page.ts';
import { Terminal, environmentLanguage } from './terminal.ts';
import { say } from './words.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

interface Shown {
  readonly engine: Engine;
  readonly file: FactsFile;
  readonly decided: readonly Decided[];
  readonly t: Terminal;
}

function heading(t: Terminal, text: string): void {
  t.print();
  t.print(t.colour('cyan', `── ${text} ${'─'.repeat(Math.max(0, 70 - text.length))}`));
}

/** One line a measure: who is owed, how much exactly, what is open, and how many duties. */
function measureTable({ engine, decided, t }: Shown): void {
  const l = t.language;
  const { measures, duties } = engine.ruleSet;
  const rows = measures.map((m) => {
    const own = decided.filter((d) => d.item.id.startsWith(`${m.id}.`));
    const money = own.filter((d) => d.item.kind === '待遇');
    const owed = money.filter((d) => d.decision.verdict === '满足');
    const exact = owed.filter((d) => d.decision.amount?.kind === 'exactly');
    const sum = exact.reduce((total, d) => total + (d.decision.amount?.fen ?? 0n), 0n);
    const open = money.filter((d) => ['资料不足', '待认定'].includes(d.decision.verdict));
    const not = money.filter((d) => d.decision.verdict === '不满足');
    const tasks = duties.filter((d) => d.id.startsWith(`${m.id}.`));
    return [
      m.id,
      m.title.replace(/。$/u, ''),
      String(owed.length),
      sum === 0n ? '' : fenText(sum),
      String(owed.length - exact.length),
      String(open.length),
      String(not.length),
      String(tasks.length),
    ];
  });
  t.table(
    [
      { head: '', right: true },
      { head: say('measure', l), most: 40 },
      { head: say('owed', l), right: true },
      { head: say('exactAmounts', l), right: true },
      { head: say('ceilings', l), right: true },
      { head: say('still', l), right: true },
      { head: say('not', l), right: true },
      { head: say('duties', l), right: true },
    ],
    rows,
  );
}

/** The text's indicators, computed over the sample city. */
function indicators({ engine, file, t }: Shown): void {
  const l = t.language;
  const city = file.subjects.find((s) => s.entity === '城市');
  if (city === undefined) return;
  for (const d of engine.ruleSet.duties) {
    if (d.formula === null) continue;
    const holds = engine.holds(d.formula, city.facts, defaults.asOf);
    const mark = holds === null ? '?' : holds ? t.colour('green', '✓') : t.colour('red', '✗');
    const target = d.fields['目标'];
    const words = l === 'en' && target?.en !== '' ? target?.en : target?.zh;
    t.print(`  ${mark} ${d.id} ${l === 'en' && d.en !== '' ? d.en : d.name}  ${words ?? ''}`);
  }
}

/** Refusals worth reading: those that name the reader's number beside the threshold. */
function nearMisses({ decided }: Shown): readonly Decided[] {
  const measured = decided.filter(
    (d) =>
      d.item.kind === '待遇' &&
      d.decision.verdict === '不满足' &&
      d.decision.failed.length === 1 &&
      d.decision.failed.some((f) => f.threshold !== undefined && f.type?.t === 'number') &&
      d.decision.failed.every((f) => f.value !== 0n),
  );
  return measured.slice(0, 10);
}

function pages(s: Shown, subject: ReadSubject, language: Language): readonly string[] {
  const folder = join(root, 'data', 'start');
  const reading = loadPackage(defaults.package);
  const text = join(folder, 'text.html');
  writePage(text, coverPage(reading, cover(reading.ruleSet), language));
  const { ruleSet } = s.engine;
  const items = ruleSet.items.filter((i) => i.entity === subject.entity && i.kind === '待遇');
  const list = items.map((i) =>
    explain(s.engine, i, subject, defaults.asOf, subject.provenance, language),
  );
  const decision = join(folder, 'decision.html');
  const content = { ruleSet, subject, asOf: defaults.asOf, list, note: s.file.note };
  writePage(decision, explainPage(content, language));
  return [text, decision];
}

function start(): number {
  const t = new Terminal(environmentLanguage());
  const l = t.language;
  const code = check(defaults.package, t, false);
  const { ruleSet } = loadPackage(defaults.package);
  const engine = engineWith(ruleSet, []);
  const file = readFactsFile(defaults.facts, ruleSet, undefined);
  const decided = decideAll(engine, ruleSet.items, file.subjects, defaults.asOf);
  const s: Shown = { engine, file, decided, t };
  heading(
    t,
    l === 'zh'
      ? `样例 ${file.subjects.length} 个对象，20条措施`
      : `${file.subjects.length} sample subjects, 20 measures`,
  );
  t.print(t.colour('dim', `${say('asOf', l)} ${defaults.asOf}  ${file.note}`));
  t.print();
  measureTable(s);
  t.print();
  printTotals(decided, t);
  heading(t, l === 'zh' ? '谁应享什么，依据哪一句' : 'who is owed what, under which sentence');
  const money = decided.filter((d) => d.item.kind === '待遇');
  const granted = money.filter(
    (d) => d.decision.verdict === '满足' && d.decision.amount?.fen !== null,
  );
  printDecided(granted, engine, defaults.asOf, t);
  heading(t, say('capPreview', l));
  printCaps(decided, engine, t);
  heading(t, l === 'zh' ? '差在哪里' : 'why not, with the number beside the threshold');
  printDecided(nearMisses(s), engine, defaults.asOf, t);
  heading(t, l === 'zh' ? '还缺什么，由谁补' : 'what is open, and whose it is');
  printDecided(
    money.filter((d) => ['资料不足', '待认定'].includes(d.decision.verdict)),
    engine,
    defaults.asOf,
    t,
  );
  heading(t, say('indicatorsNow', l));
  indicators(s);
  const one = granted.find((d) => d.item.id === '3.3');
  if (one !== undefined) {
    heading(t, l === 'zh' ? '一份判定说明' : 'one decision, explained');
    const { subject, item } = one;
    t.print(`${subject.name} ${subject.id}`);
    printExplanation(
      explain(engine, item, subject, defaults.asOf, subject.provenance, l),
      new Names(ruleSet, l),
      t,
    );
    heading(t, say('look', l));
    for (const path of pages(s, subject, l)) t.print(`  ${shown(path)}`);
    t.print();
    t.print(`${say('tryThis', l)}:`);
    t.print(`  npx zhida explain 水洞宾馆 --item 20.5`);
    t.print('  npx zhida decide --item 3.3 --all --reading 3.3#1=乙');
    t.print('  npx zhida cover --measure 10');
  }
  return code;
}

process.exitCode = start();
