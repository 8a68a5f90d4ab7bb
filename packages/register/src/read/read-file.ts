/** A file → its checked rows in batches, and everything that is wrong with it. */
import type { RuleSet, SqlTable } from '@zhida/rules';
import { tablesOf } from '@zhida/rules';
import { stat } from 'node:fs/promises';
import type { CheckedRow, FileReading, FormPlace, ImportProblem, SourceNote } from '../record.ts';
import { bind } from './bind.ts';
import type { Bound } from './bind.ts';
import { Checker, placeOf, Report, rowContent, rowKey } from './check.ts';
import type { FileKnown } from './check.ts';
import { cellText } from './grid.ts';
import type { RawFile, RawRow } from './grid.ts';
import { fits } from './heading.ts';
import type { PlainHeading } from './heading.ts';
import { filingDayOf, findLayout, headOf, periodOf, rowText } from './layout.ts';
import { Lists } from './lists.ts';
import { recognise } from './mapping.ts';
import type { Mapping, MappingForm } from './mapping.ts';
import { NO_PERIOD } from './period.ts';
import type { Period } from './period.ts';
import { ImportRefusal, problem, refuse } from './problem.ts';
import { proposeMapping } from './propose.ts';
import type { Looked, Proposal } from './propose.ts';
import { kindOf } from './rows.ts';
import { Seen } from './seen.ts';
import { nameOf, openSource } from './source.ts';
import { plainCode } from './uscc.ts';

export interface ReadOptions {
  readonly ruleSet: RuleSet;
  /** The tables that files may fill; those of the rule set when left out. */
  readonly tables?: readonly SqlTable[];
  /** Mappings that are known; the one that recognises the file is taken. */
  readonly mappings: readonly Mapping[];
  /** Name of the source to take, whatever recognises the file. */
  readonly source?: string;
  /** `YYYY-MM-DD`: the day as of which the unit says so, where the form does not name it. */
  readonly asOf?: string;
  /** Name under which the file was sent, when it lies under another. */
  readonly fileName?: string;
}

/** The whole file is refused; nothing of it may be kept. */
export interface FileRefusal {
  readonly refused: true;
  readonly file: string;
  readonly problems: readonly ImportProblem[];
  /** For a form without a mapping, one to check and keep. */
  readonly proposal: Proposal | null;
}

interface Opened {
  readonly file: RawFile;
  readonly fileName: string;
  readonly sheets: readonly Looked[];
}

const MOST_SHEETS = 255;

async function look(path: string, fileName: string): Promise<Opened> {
  const file = await openSource(path);
  try {
    if (file.sheets.length > MOST_SHEETS) refuse('no-table');
    const sheets: Looked[] = [];
    for (const sheet of file.sheets) sheets.push({ sheet, head: await headOf(sheet) });
    return { file, fileName, sheets };
  } catch (e) {
    await file.close();
    throw e;
  }
}

const TITLE_ROWS = 10;
const TABLE_CELLS = 4;

function filled(row: RawRow): number {
  return row.cells.filter((c) => cellText(c) !== '').length;
}

/** The words above the table, before it is known where the table begins. */
function titleText({ head }: Looked): string {
  const rows = head.slice(0, TITLE_ROWS);
  const at = rows.findIndex((r) => filled(r) >= TABLE_CELLS);
  return (at < 0 ? rows : rows.slice(0, at)).map((r) => rowText(r)).join('\n');
}

function mappingFor(opened: Opened, options: ReadOptions): Mapping {
  const { mappings, source } = options;
  if (source !== undefined) {
    const named = mappings.find((m) => m.source === source);
    return named ?? refuse('mapping-unknown');
  }
  const titles = opened.sheets.map((s) => titleText(s));
  const fitting = recognise(mappings, opened.fileName, titles);
  const [first] = fitting;
  if (first === undefined) return refuse('mapping-unknown');
  if (fitting.length === 1) return first;
  return refuse('mapping-ambiguous', { names: fitting.map((m) => m.source).join('、') });
}

const COLUMN_SCORE = 3;
const IGNORED_SCORE = 1;

/** A heading by the form: a column counts more than one that is not wanted. */
function scorer(form: MappingForm): (heading: PlainHeading) => number {
  const cache = new Map<string, number>();
  return (heading) => {
    let known = cache.get(heading.text);
    if (known === undefined) {
      const any = (patterns: readonly string[]): boolean =>
        patterns.some((p) => fits(p, heading, NO_PERIOD) !== undefined);
      known = any(form.columns.map((c) => c.heading))
        ? COLUMN_SCORE
        : any(form.ignore ?? [])
          ? IGNORED_SCORE
          : 0;
      cache.set(heading.text, known);
    }
    return known;
  };
}

function bindForm(
  looked: Looked,
  form: MappingForm,
  fileName: string,
  options: Required<Pick<ReadOptions, 'ruleSet' | 'tables'>>,
): Bound | undefined {
  const { sheet, head } = looked;
  if (sheet.name !== '' && form.sheet !== undefined) {
    if (!form.sheet.some((part) => sheet.name.includes(part))) return undefined;
  }
  const score = scorer(form);
  const layout = findLayout(sheet, head, score);
  if (layout === undefined) return undefined;
  const known = layout.headings.filter((h) => score(h.plain) === COLUMN_SCORE).length;
  if (known < Math.min(2, form.columns.length)) return undefined;
  const period = periodOf(layout.titles, sheet.name, fileName);
  return bind(sheet, form, layout, period, options.ruleSet, options.tables);
}

interface BoundAt {
  readonly bound: Bound;
  readonly at: number;
}

/** Binds every sheet to the first form that fits; reports the sheets that none fits. */
function bindSheets(
  opened: Opened,
  mapping: Mapping,
  options: Required<Pick<ReadOptions, 'ruleSet' | 'tables'>>,
  report: Report,
): readonly BoundAt[] {
  return opened.sheets.flatMap((looked, at): BoundAt[] => {
    const { name, hidden } = looked.sheet;
    if (mapping.skip?.some((part) => name.includes(part))) return [];
    if (hidden) {
      if (looked.head.length > 1) report.note(problem('sheet-hidden', { sheet: name }, { name }));
      return [];
    }
    for (const form of mapping.forms) {
      const bound = bindForm(looked, form, opened.fileName, options);
      if (bound !== undefined) return [{ bound, at }];
    }
    // A sheet of notes has no row of several cells.
    if (looked.head.some((r) => filled(r) > 2)) {
      report.note(problem('sheet-unknown', { sheet: name }, { name }));
    }
    return [];
  });
}

/** Walks all rows once before any is given out: broken parts, identities that come twice, and the
 *  day of filing at the foot. */
async function survey(bound: readonly BoundAt[], seen: Seen): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const { bound: b, at } of bound) {
    notes.push(...b.layout.titles);
    const zeros = new Set<number>();
    for await (const batch of b.sheet.rows()) {
      for (const row of batch) {
        if (row.row <= b.layout.bottom) continue;
        const { kind } = kindOf(row, b);
        if (kind === 'note' && notes.length < 1_000) notes.push(rowText(row));
        if (kind !== 'data') continue;
        const key = rowKey(row, b);
        if (key !== '') seen.add(key, rowContent(row, b), placeOf(at, row.row));
        const code = plainCode(cellText(row.cells[b.identity.at]));
        if (code.startsWith('0') && /^\d+$/u.test(code)) zeros.add(code.length);
      }
    }
    b.zeros.length = zeros.size === 1 ? ([...zeros][0] ?? 0) : 0;
  }
  return notes;
}

async function asOfDay(
  path: string,
  notes: readonly string[],
  end: string,
  asOf: string | undefined,
  report: Report,
): Promise<string> {
  if (asOf !== undefined) return asOf;
  const filed = filingDayOf(notes);
  if (filed !== '') return filed;
  const day = end === '' ? (await stat(path)).mtime.toISOString().slice(0, 10) : end;
  report.note(problem('as-of-guessed', {}, { day }));
  return day;
}

/** The period of the file: that of its sheets, or from the first to the last of a row of months. */
function periodsOf(
  bound: readonly BoundAt[],
  report: Report,
): { readonly text: string; readonly end: string } {
  const periods: Period[] = [];
  for (const { bound: b } of bound) {
    const { text, month } = b.period;
    const [first] = periods;
    if (text === '' || periods.some((p) => p.end === b.period.end && p.month === month)) continue;
    if (first !== undefined && (first.month === '') !== (month === '')) {
      const params = { name: b.sheet.name, period: text, first: first.text };
      report.note(problem('period-differs', { sheet: b.sheet.name }, params));
    }
    periods.push(b.period);
  }
  const inOrder = periods.toSorted((p, q) => (p.end < q.end ? -1 : 1));
  const [first = NO_PERIOD, last = first] = [inOrder[0], inOrder.at(-1)];
  return { text: first === last ? first.text : `${first.text}—${last.text}`, end: last.end };
}

async function sourceNote(
  opened: Opened,
  mapping: Mapping,
  bound: readonly BoundAt[],
  notes: readonly string[],
  options: ReadOptions,
  report: Report,
): Promise<SourceNote> {
  const { text, end } = periodsOf(bound, report);
  const { file, fileName } = opened;
  const asOf = await asOfDay(file.path, notes, end, options.asOf, report);
  return {
    unit: mapping.unit,
    name: mapping.source,
    period: text,
    asOf,
    file: fileName,
    sha256: file.sha256,
  };
}

/** Labels of the facts that the sheets bring, by table. */
function columnsOf(bound: readonly BoundAt[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { bound: b } of bound) {
    const labels = found.get(b.table.label) ?? new Set();
    for (const c of b.columns) labels.add(c.column.label);
    for (const label of b.constants.keys()) labels.add(label);
    found.set(b.table.label, labels);
  }
  return new Map([...found].map(([table, labels]) => [table, [...labels]]));
}

/** Walks the sheets of lists and checks their cells, unheard: one bad row keeps a list out from its
 *  first row on. */
async function findBadRows(bound: readonly BoundAt[], known: FileKnown): Promise<void> {
  for (const { bound: b, at } of bound) {
    if (b.parent === undefined) continue;
    const checker = new Checker(b, at, known, new Report());
    for await (const batch of b.sheet.rows()) {
      for (const row of batch) checker.check(row);
    }
  }
}

async function* batchesOf(
  file: RawFile,
  bound: readonly BoundAt[],
  seen: Seen,
  report: Report,
): AsyncGenerator<readonly CheckedRow[], void, undefined> {
  const known = { names: file.sheets.map((s) => s.name), seen, lists: new Lists() };
  try {
    await findBadRows(bound, known);
    for (const { bound: b, at } of bound) {
      const checker = new Checker(b, at, known, report);
      for await (const batch of b.sheet.rows()) {
        const rows = batch.flatMap((row) => checker.check(row) ?? []);
        if (rows.length > 0) yield rows;
      }
      checker.finish();
    }
  } finally {
    await file.close();
  }
}

const placeOfForm = ({ bound }: BoundAt): FormPlace => ({
  sheet: bound.sheet.name,
  table: bound.table.label,
  headerRow: bound.layout.bottom,
  reasonColumn: bound.reason >= 0 ? bound.reason : bound.sheet.width(),
});

async function readOpened(opened: Opened, options: ReadOptions): Promise<FileReading> {
  const { file } = opened;
  const report = new Report();
  const mapping = mappingFor(opened, options);
  const { ruleSet, tables = tablesOf(ruleSet) } = options;
  const bound = bindSheets(opened, mapping, { ruleSet, tables }, report);
  if (bound.length === 0) refuse('no-table');
  for (const { bound: b } of bound) for (const p of b.problems) report.note(p);
  const seen = new Seen();
  const notes = await survey(bound, seen);
  const source = await sourceNote(opened, mapping, bound, notes, options, report);
  return {
    refused: false,
    source,
    columns: columnsOf(bound),
    forms: bound.map((b) => placeOfForm(b)),
    batches: batchesOf(file, bound, seen, report),
    report,
    close: () => file.close(),
  };
}

function refusal(e: unknown, file: string, proposal: Proposal | null): FileRefusal {
  if (!(e instanceof ImportRefusal)) throw e;
  return { refused: true, file, problems: [e.problem], proposal };
}

/** Reads the file at `path`. All of it has been looked at when this returns, but for the cells: the
 *  walk over `batches` checks them. Nothing is thrown for a bad file, neither here nor there. */
export async function readFile(
  path: string,
  options: ReadOptions,
): Promise<FileReading | FileRefusal> {
  const fileName = options.fileName ?? nameOf(path);
  let opened: Opened;
  try {
    opened = await look(path, fileName);
  } catch (e) {
    return refusal(e, fileName, null);
  }
  try {
    return await readOpened(opened, options);
  } catch (e) {
    await opened.file.close();
    const { ruleSet, tables = tablesOf(ruleSet), mappings } = options;
    const unknown = e instanceof ImportRefusal && e.problem.code === 'mapping-unknown';
    const proposal = unknown
      ? proposeMapping(opened.sheets, fileName, tables, mappings)
      : undefined;
    return refusal(e, fileName, proposal ?? null);
  }
}
