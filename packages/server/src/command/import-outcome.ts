/** What became of the files of an import, on the terminal. */
import { basename } from 'node:path';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { registerWords as words } from '../register-words.ts';
import { pad, width } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { shown } from '../usage.ts';
import type { ImportArgs, Outcome } from './import-one.ts';
import { printProblems, problemLines } from './import-report.ts';

function refusal({ file, problems }: Outcome, t: Terminal): void {
  const l = t.language;
  t.print(`${t.colour('red', tell(words.refused, l))}  ${shown(file)}`);
  for (const p of problems) for (const line of problemLines(p, t)) t.print(`  ${line}`);
  if (problems.some((p) => p.code === 'mapping-unknown')) {
    t.print(`    → ${tell(words.noMapping, l, { file: shown(file) })}`);
  }
}

/** The end of one file that was shown in full. */
export function printOutcome(o: Outcome, args: ImportArgs, t: Terminal): void {
  const l = t.language;
  const say = (colour: 'green' | 'yellow' | 'red', text: string): void => {
    t.print();
    t.print(t.colour(colour, text));
  };
  switch (o.state) {
    case 'refused':
      refusal(o, t);
      break;
    case 'known':
      t.print(`${shown(o.file)}  ${tell(words.alreadyIn, l, { id: o.id })}`);
      break;
    case 'empty':
      say('red', tell(words.noneGood, l));
      break;
    case 'imported':
      say('green', tell(words.imported, l, { id: o.id }));
      break;
    case 'dry':
      say('yellow', tell(words.dryRun, l));
      if ((o.run?.bad ?? 0) > 0 && o.errors === '') t.print(tell(words.errorsHint, l));
      break;
    default:
      say('yellow', tell(args.yes || process.stdin.isTTY ? words.declined : words.needYes, l));
  }
  if (o.errors !== '') t.print(tell(words.errorsAt, l, { path: shown(o.errors) }));
  if (o.state !== 'known') t.print();
}

function result(o: Outcome, t: Terminal): string {
  const l = t.language;
  switch (o.state) {
    case 'refused':
      return t.colour('red', tell(words.refused, l));
    case 'known':
      return t.colour('dim', tell(words.alreadyIn, l, { id: o.id }));
    case 'empty':
      return t.colour('red', tell(words.noneGood, l));
    case 'imported':
      return t.colour('green', tell(words.imported, l, { id: o.id }));
    case 'dry':
      return tell(words.canImport, l);
    default:
      return tell(words.declined, l);
  }
}

/** New subjects or rows, new values and changed ones, of all tables of a file. */
function news({ run }: Outcome, t: Terminal): string {
  const tables = run?.tables ?? [];
  const columns = tables.flatMap((d) => d.columns);
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const parts = [
    [words.freshMany, sum(tables.map((d) => d.added))],
    [words.valuesNew, sum(columns.map((c) => c.added))],
    [words.valuesChanged, sum(columns.map((c) => c.changed))],
  ] as const;
  return parts
    .filter(([, n]) => n > 0)
    .map(([word, n]) => tell(word, t.language, { n: grouped(n) }))
    .join('  ');
}

/** One file on one line; a refused one with cause and next step. */
export function printLine(o: Outcome, files: readonly string[], t: Terminal): void {
  const l = t.language;
  const name = basename(o.file);
  const most = Math.max(...files.map((f) => width(basename(f))));
  const { good = 0, bad = 0 } = o.run ?? {};
  const counts = o.run === null ? '' : tell(words.lineRows, l, { good: grouped(good).padStart(7) });
  const errors = bad === 0 ? '' : t.colour('red', tell(words.lineBad, l, { bad: grouped(bad) }));
  const parts = [pad(name, most), counts, result(o, t), news(o, t), errors];
  t.print(`  ${parts.filter((p) => p !== '').join('  ')}`);
  if (o.state !== 'refused') return;
  for (const p of o.problems) {
    for (const line of problemLines(p, t)) t.print(`      ${line}`);
    if (p.code === 'mapping-unknown') {
      t.print(`      → ${tell(words.noMapping, l, { file: shown(o.file) })}`);
    }
  }
}

/** Kinds of problem told for each of several files. */
const EACH = 3;

/** The end of several files: what was wrong where (not when `short`), and the totals. */
export function printTotals(
  outcomes: readonly Outcome[],
  args: Pick<ImportArgs, 'dryRun' | 'details' | 'yes'>,
  t: Terminal,
  short: boolean = false,
): void {
  const l = t.language;
  const told = !short && !args.details && (args.yes || args.dryRun);
  const isError = (p: Outcome['problems'][number]): boolean => p.severity === 'error';
  const bad = outcomes.filter((o) => o.run !== null && o.problems.some(isError));
  for (const o of told ? bad : []) {
    t.print();
    t.print(shown(o.file));
    printProblems(o.problems.filter(isError), t, EACH);
    if (o.errors !== '') t.print(`  → ${tell(words.errorsAt, l, { path: shown(o.errors) })}`);
  }
  const of = (...states: readonly Outcome['state'][]): number =>
    outcomes.filter((o) => states.includes(o.state)).length;
  const sum = (pick: (o: Outcome) => number): string =>
    grouped(outcomes.reduce((total, o) => total + pick(o), 0));
  t.print();
  t.print(
    tell(args.dryRun ? words.manyDry : words.manyTotals, l, {
      files: outcomes.length,
      done: of('imported', 'dry'),
      skipped: of('known', 'declined'),
      refused: of('refused', 'empty'),
      good: sum((o) => o.run?.good ?? 0),
      bad: sum((o) => o.run?.bad ?? 0),
    }),
  );
  const warnings = outcomes.flatMap((o) => (o.run === null ? [] : o.problems)).length;
  const left = warnings - bad.flatMap((o) => o.problems.filter(isError)).length;
  if (told && left > 0) t.print(t.colour('dim', tell(words.warningsLeft, l, { n: left })));
  if (args.dryRun) t.print(t.colour('yellow', tell(words.dryRun, l)));
}
