/** A file about to be imported, on the terminal: its rows, its problems with place and next step, and what
 *  importing it would change. */
import { importPlaceText, importProblemText } from '@zhida/register';
import type { DryRun, ImportProblem } from '@zhida/register';
import { yuanText } from '../amounts.ts';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { registerWords as words } from '../register-words.ts';
import { cut } from '../terminal.ts';
import type { Column, Terminal } from '../terminal.ts';
import { countText } from './screen-report.ts';

type TableDifference = DryRun['tables'][number];
type ValueDifference = TableDifference['changes'][number];

/** Kinds of problem, changed values and identities that are shown. */
const KINDS = 12;
const CHANGES = 8;
const PLACES = 6;
const NAMES = 6;

/** Unit, name, period and day of the source, then its rows. */
export function printSource(
  { source, rows, good, bad, skipped, newerDay: newer }: DryRun,
  t: Terminal,
): void {
  const l = t.language;
  const asOf = source.asOf === '' ? '' : `${tell(words.asOf, l)} ${source.asOf}`;
  const parts = [source.name, source.unit, source.period, asOf];
  t.print(t.colour('bold', source.file));
  t.print(`  ${parts.filter((p) => p !== '').join('  ')}`);
  const counts = {
    rows: grouped(rows),
    good: grouped(good),
    bad: grouped(bad),
    skipped: grouped(skipped),
  };
  t.print(`  ${tell(words.rows, l, counts)}`);
  if (newer === '') return;
  t.print(t.colour('yellow', `  ${tell(words.newerDay, l, { newer, asOf: source.asOf })}`));
  t.print(`    → ${tell(words.newerDayMend, l)}`);
}

/** One problem: place, cause, next step. */
export function problemLines(p: ImportProblem, t: Terminal): readonly string[] {
  const l = t.language;
  const { cause, mend } = importProblemText(p, l);
  const place = importPlaceText(p, l);
  const where = place === '' ? tell(words.wholeFile, l) : place;
  const colour = p.severity === 'error' ? 'red' : 'yellow';
  const next = mend === '' ? [] : [`    → ${mend}`];
  return [`${t.colour(colour, where)}  ${cause}`, ...next];
}

function samePlaces(again: readonly ImportProblem[], t: Terminal): string {
  const l = t.language;
  const places = again.slice(0, PLACES).map((p) => (p.row === 0 ? p.sheet : `${p.column}${p.row}`));
  const list = places.join(' ') + (again.length > PLACES ? ' …' : '');
  return tell(words.sameAt, l, { n: grouped(again.length), places: list });
}

/** Problems of one kind at one heading are told once, with the places of the others. */
export function printProblems(
  problems: readonly ImportProblem[],
  t: Terminal,
  most: number = KINDS,
): void {
  const l = t.language;
  if (problems.length === 0) {
    t.print(t.colour('green', `  ${tell(words.noProblem, l)}`));
    return;
  }
  const warnings = problems.filter((p) => p.severity === 'warning').length;
  const errors = problems.length - warnings;
  const parts = [
    ...(errors === 0 ? [] : [tell(words.errors, l, { n: grouped(errors) })]),
    ...(warnings === 0 ? [] : [tell(words.warnings, l, { n: grouped(warnings) })]),
  ];
  t.print(`  ${parts.join(l === 'zh' ? '，' : ', ')}`);
  const kinds = [
    ...Map.groupBy(problems, (p) => JSON.stringify([p.code, p.sheet, p.heading])).values(),
  ].toSorted((a, b) => rank(a) - rank(b));
  for (const [first, ...again] of kinds.slice(0, most)) {
    if (first === undefined) continue;
    for (const line of problemLines(first, t)) t.print(`    ${line}`);
    if (again.length > 0) t.print(t.colour('dim', `        ${samePlaces(again, t)}`));
  }
  const left = kinds.length - most;
  if (left > 0) t.print(`    ${tell(words.moreKinds, l, { n: left })}`);
}

/** Errors before warnings. */
const rank = ([p]: readonly ImportProblem[]): number => (p?.severity === 'error' ? 0 : 1);

function sumText(before: string | null, after: string | null): string {
  if (before === null || after === null) return '';
  return before === after ? yuanText(after) : `${yuanText(before)} → ${yuanText(after)}`;
}

function printColumns(tables: readonly TableDifference[], t: Terminal): void {
  const l = t.language;
  const rows = tables.flatMap(({ table, columns }) =>
    columns.map((c) => [
      tables.length > 1 ? `${table} ${c.label}` : c.label,
      countText(c.added),
      countText(c.changed),
      countText(c.same),
      countText(c.withdrawn),
      sumText(c.sumBefore, c.sumAfter),
    ]),
  );
  const columns: Column[] = [
    { head: tell(words.column, l), most: 40 },
    { head: tell(words.values, l), right: true },
    { head: tell(words.changed, l), right: true },
    { head: tell(words.same, l), right: true },
    { head: tell(words.withdrawn, l), right: true },
    { head: tell(words.sum, l), right: true },
  ];
  t.indented(2, () => {
    t.sparse(columns, rows);
  });
}

function printTables(tables: readonly TableDifference[], t: Terminal): void {
  const l = t.language;
  const isList = (d: TableDifference): boolean => d.table.includes('.');
  const rows = tables.map((d) => [
    d.table,
    countText(d.added),
    countText(d.known),
    isList(d) ? '' : countText(d.absent),
    isList(d) ? countText(d.absent) : '',
  ]);
  const columns: Column[] = [
    { head: tell(words.table, l) },
    { head: tell(words.fresh, l), right: true },
    { head: tell(words.known, l), right: true },
    { head: tell(words.absent, l), right: true },
    { head: tell(words.gone, l), right: true },
  ];
  t.indented(2, () => {
    t.sparse(columns, rows);
  });
  for (const d of tables.filter((x) => x.absent > 0)) {
    const more = d.absent > NAMES ? ' …' : '';
    const list = `${d.absentSample.slice(0, NAMES).join(' ')}${more}`;
    t.print(`  ${tell(isList(d) ? words.goneList : words.absentList, l, { list })}`);
  }
}

function printChanges(changes: readonly ValueDifference[], t: Terminal): void {
  const l = t.language;
  const shown = changes.slice(0, CHANGES);
  if (shown.length === 0) return;
  t.print();
  t.print(`  ${tell(words.changes, l, { k: shown.length })}`);
  for (const c of shown) {
    const of = c.parent === '' ? c.id : `${c.parent} ${c.id}`;
    const unknown = tell(words.unknown, l);
    const values = `${cut(c.before ?? unknown, 40)} → ${cut(c.after ?? unknown, 40)}`;
    t.print(`    ${of}  ${c.label}  ${values}`);
  }
}

/** True when importing the file changes nothing. */
export function isSame(run: DryRun): boolean {
  return run.tables.every(
    (d) =>
      d.added === 0 &&
      (!d.table.includes('.') || d.absent === 0) &&
      d.columns.every((c) => c.added + c.changed + c.withdrawn === 0),
  );
}

/** What the register would learn. */
export function printDifference(run: DryRun, t: Terminal): void {
  const l = t.language;
  if (run.tables.length === 0) return;
  t.print();
  t.print(`  ${tell(words.difference, l)}`);
  if (isSame(run)) t.print(t.colour('dim', `  ${tell(words.nothingNew, l)}`));
  printTables(run.tables, t);
  t.print();
  printColumns(run.tables, t);
  printChanges(
    run.tables.flatMap((d) => d.changes),
    t,
  );
}
