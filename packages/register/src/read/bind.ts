/** A form of a mapping and the headings of a sheet → columns that can be read. */
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import type { CellValue, ImportProblem } from '../record.ts';
import {
  codeReader,
  dateReader,
  isWithdrawal,
  numberReader,
  optionReader,
  plainText,
  readBoolean,
  readText,
  usccReader,
  withdrawing,
} from './cell.ts';
import type { CellReader, Note } from './cell.ts';
import { columnLetters } from './grid.ts';
import type { RawSheet } from './grid.ts';
import { fits, isReason, labelFor } from './heading.ts';
import type { HeadingAt, Layout } from './layout.ts';
import { unitsOf } from './layout.ts';
import { checkForm, columnFor } from './mapping.ts';
import type { MappingColumn, MappingForm } from './mapping.ts';
import type { Period } from './period.ts';
import { ImportRefusal, problem } from './problem.ts';
import { bareUnit, formUnit, unitFor } from './unit.ts';
import type { FormUnit } from './unit.ts';

export interface BoundColumn {
  /** Column of the sheet, from 0. */
  readonly at: number;
  readonly letters: string;
  readonly heading: string;
  readonly column: SqlColumn;
  readonly read: CellReader;
  /** Unit of an integer; null for anything else. */
  readonly unit: FormUnit | null;
}

export interface Bound {
  readonly sheet: RawSheet;
  readonly table: SqlTable;
  readonly layout: Layout;
  readonly period: Period;
  /** Facts; identity and parent are apart. */
  readonly columns: readonly BoundColumn[];
  readonly identity: BoundColumn;
  readonly parent: BoundColumn | undefined;
  readonly constants: ReadonlyMap<string, CellValue | null>;
  /** Column of the reasons of an earlier import, from 0; -1 when there is none. */
  readonly reason: number;
  readonly problems: readonly ImportProblem[];
  /** Length of codes that begin with 0, when all of them have one; set by the survey. */
  readonly zeros: { length: number };
}

interface Context {
  readonly ruleSet: RuleSet;
  readonly table: SqlTable;
  readonly form: MappingForm;
  readonly layout: Layout;
  readonly period: Period;
  readonly sheet: RawSheet;
  readonly zeros: { length: number };
  readonly problems: ImportProblem[];
}

type EntityOf = RuleSet['entities'][number];

const USCC = '统一社会信用代码';

function entity(c: Context, name: string): EntityOf | undefined {
  return c.ruleSet.entities.find((e) => e.name === name);
}

/** The entity whose identity the column holds; empty for a plain fact. */
function identifies(c: Context, column: SqlColumn): string {
  if (column.role === 'identity') return c.table.entity;
  if (column.role === 'parent') return c.table.parent;
  const fact = entity(c, c.table.entity)?.facts.find((f) => f.name === column.of);
  return fact?.type.t === 'entity' ? fact.type.entity : '';
}

function textReader(c: Context, column: SqlColumn, mapped: MappingColumn | undefined): CellReader {
  const whose = identifies(c, column);
  if (whose !== '') {
    if (entity(c, whose)?.identity === USCC) return usccReader(mapped?.otherCodes === true);
    const own = column.role === 'identity';
    return codeReader(() => (own ? c.zeros.length : 0));
  }
  const fact = entity(c, c.table.entity)?.facts.find((f) => f.name === column.of);
  const options = fact?.type.t === 'text' ? fact.type.options : undefined;
  return options === undefined ? readText : optionReader(options);
}

/** Words of the form in place of the cell's, before it is read. `*` is not for 撤销. */
function withWords(read: CellReader, words: Readonly<Record<string, string>>): CellReader {
  const key = (text: string): string => plainText(text).replaceAll(/\s/gu, '');
  const map = new Map(Object.entries(words).map(([from, to]) => [key(from), to]));
  const other = words['*'];
  return (cell, note) => {
    const any = cell.text.trim() === '' || isWithdrawal(cell) ? undefined : other;
    const text = map.get(key(cell.text)) ?? any;
    return read(text === undefined ? cell : { kind: 'text', text }, note);
  };
}

function readerOf(
  c: Context,
  column: SqlColumn,
  unit: FormUnit | null,
  mapped?: MappingColumn,
): CellReader {
  const plain = ((): CellReader => {
    switch (column.type) {
      case 'integer':
        return numberReader(column, unit ?? bareUnit(column.unit));
      case 'boolean':
        return readBoolean;
      case 'date':
        return dateReader(c.sheet.from1904, /年月$|月份$/u.test(column.of));
      case 'text':
        return textReader(c, column, mapped);
    }
  })();
  const isKey = column.role === 'identity' || column.role === 'parent';
  const read = isKey ? plain : withdrawing(plain, column.type === 'integer');
  return mapped?.words === undefined ? read : withWords(read, mapped.words);
}

/** Which unit the column is in, by everyone who says so; undefined when it cannot be read. */
function unitOf(
  c: Context,
  column: SqlColumn,
  heading: HeadingAt,
  mapped: MappingColumn,
  note: Note,
): FormUnit | undefined {
  const base = column.unit;
  const turned = (word: string | undefined): FormUnit | undefined => {
    const unit = word === undefined || word === '' ? undefined : formUnit(word);
    return unit && unitFor(unit, base);
  };
  const inHeading = heading.plain.unit;
  const declared = mapped.unit ?? '';
  for (const word of [inHeading, declared]) {
    if (word === '' || turned(word) !== undefined) continue;
    note('unit-wrong', { unit: word, wanted: base === '' ? '1' : base });
    return undefined;
  }
  const line = unitsOf(c.layout.titles)
    .map((u) => unitFor(u, base))
    .find((u) => u !== undefined);
  const said = turned(inHeading) ?? line;
  const mappedUnit = turned(declared) ?? turned(c.form.unit);
  // A column with a unit of its own is not under the line 「单位：…」.
  const unit = turned(inHeading) ?? turned(declared) ?? line ?? turned(c.form.unit);
  if (said !== undefined && mappedUnit !== undefined && declared === '') {
    const same = said.num * mappedUnit.den === mappedUnit.num * said.den;
    if (!same) note('unit-differs', { found: said.word, unit: mappedUnit.word });
  }
  if (inHeading !== '' && declared !== '' && turned(inHeading)?.num !== turned(declared)?.num) {
    note('unit-differs', { found: inHeading, unit: declared });
  }
  if (unit !== undefined) return unit;
  if (base === '元') return note('unit-missing');
  return bareUnit(base);
}

function checkPeriod(c: Context, column: SqlColumn, at: Parameters<typeof problem>[1]): void {
  const fact = entity(c, c.table.entity)?.facts.find((f) => f.name === column.of);
  const year = /^(\d{4})年$/u.exec(fact?.period ?? '')?.[1];
  if (year === undefined || c.period.year === 0 || c.period.year === Number(year)) return;
  const params = { period: c.period.text, label: column.label, wanted: `${year}年` };
  c.problems.push(problem('period-outside', at, params));
}

function bindColumn(c: Context, heading: HeadingAt, mapped: MappingColumn): BoundColumn[] {
  const letters = columnLetters(heading.column);
  const place = { sheet: c.sheet.name, row: c.layout.bottom, column: letters };
  const at = { ...place, heading: heading.text };
  const named = fits(mapped.heading, heading.plain, c.period)?.month ?? '';
  const label = labelFor(mapped.label, c.period, named);
  const column = label === undefined ? undefined : columnFor(c.table, label);
  if (column === undefined) {
    c.problems.push(problem('month-missing', at));
    return [];
  }
  const unit =
    column.type === 'integer'
      ? unitOf(c, column, heading, mapped, (code, params): undefined => {
          c.problems.push(problem(code, at, params));
        })
      : null;
  if (unit === undefined) return [];
  checkPeriod(c, column, at);
  const read = readerOf(c, column, unit, mapped);
  return [{ at: heading.column, letters, heading: heading.text, column, read, unit }];
}

function constantsOf(c: Context): ReadonlyMap<string, CellValue | null> {
  const values = new Map<string, CellValue | null>();
  for (const [label, text] of Object.entries(c.form.constants ?? {})) {
    const column = columnFor(c.table, labelFor(label, c.period, '') ?? '');
    if (column === undefined) {
      throw new ImportRefusal(problem('month-missing', { sheet: c.sheet.name, heading: label }));
    }
    const value = readerOf(
      c,
      column,
      null,
    )({ kind: 'text', text }, (code, params) => {
      const at = { sheet: c.sheet.name, heading: label, value: text };
      throw new ImportRefusal(problem(code, at, params));
    });
    if (value !== undefined) values.set(column.label, value);
  }
  return values;
}

function checkTwice(c: Context, columns: readonly BoundColumn[]): void {
  const by = new Map<string, BoundColumn>();
  for (const b of columns) {
    const first = by.get(b.column.label);
    if (first !== undefined) {
      const at = { sheet: c.sheet.name, row: c.layout.bottom, heading: b.heading };
      const params = { label: b.column.label, first: `${first.heading} (${first.letters})` };
      throw new ImportRefusal(problem('mapping-twice', { ...at, column: b.letters }, params));
    }
    by.set(b.column.label, b);
  }
}

/** What the form does not know, and what it knows and does not find. */
function reportHeadings(c: Context, columns: readonly BoundColumn[]): void {
  const { form, layout, period, sheet } = c;
  const known = [...form.columns.map((m) => m.heading), ...(form.ignore ?? [])];
  for (const h of layout.headings) {
    if (isReason(h.text) || known.some((k) => fits(k, h.plain, period) !== undefined)) continue;
    const at = { sheet: sheet.name, row: layout.bottom, column: columnLetters(h.column) };
    c.problems.push(problem('heading-unknown', { ...at, heading: h.text }));
  }
  for (const mapped of form.columns) {
    if (mapped.heading.includes('{某月}')) continue;
    if (layout.headings.some((h) => fits(mapped.heading, h.plain, period) !== undefined)) continue;
    const label = labelFor(mapped.label, period, '');
    if (columns.some((b) => b.column.label === label)) continue;
    const at = { sheet: sheet.name, row: layout.bottom, heading: mapped.heading };
    c.problems.push(problem('heading-missing', at));
  }
}

/** Binds a sheet to a form. Throws ImportRefusal when the two do not go together. */
export function bind(
  sheet: RawSheet,
  form: MappingForm,
  layout: Layout,
  period: Period,
  ruleSet: RuleSet,
  tables: readonly SqlTable[],
): Bound {
  const table = checkForm(form, tables);
  const zeros = { length: 0 };
  const c: Context = { ruleSet, table, form, layout, period, sheet, zeros, problems: [] };
  const all = layout.headings.flatMap((h) =>
    isReason(h.text)
      ? []
      : form.columns
          .filter((m) => fits(m.heading, h.plain, period) !== undefined)
          .flatMap((m) => bindColumn(c, h, m)),
  );
  checkTwice(c, all);
  reportHeadings(c, all);
  const identity = all.find((b) => b.column.role === 'identity');
  const parent = all.find((b) => b.column.role === 'parent');
  const missing = table.columns.find(
    (k) => (k.role === 'identity' && !identity) || (k.role === 'parent' && !parent),
  );
  if (identity === undefined || missing !== undefined) {
    const at = { sheet: sheet.name, row: layout.bottom };
    throw new ImportRefusal(problem('identity-missing', at, { label: missing?.label ?? '' }));
  }
  return {
    sheet,
    table,
    layout,
    period,
    columns: all.filter((b) => b !== identity && b !== parent),
    identity,
    parent,
    constants: constantsOf(c),
    reason: layout.headings.find((h) => isReason(h.text))?.column ?? -1,
    problems: c.problems,
    zeros,
  };
}
