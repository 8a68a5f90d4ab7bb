/** The rows of a bound sheet → checked rows and problems. */
import type { CheckedRow, CellValue, ImportProblem } from '../record.ts';
import type { Bound, BoundColumn } from './bind.ts';
import type { Cell, RawRow } from './grid.ts';
import { cellText } from './grid.ts';
import { isDamaged } from './cell.ts';
import type { Lists } from './lists.ts';
import { problem } from './problem.ts';
import { kindOf } from './rows.ts';
import type { Seen } from './seen.ts';
import { Totals } from './totals.ts';
import { plainCode } from './uscc.ts';

/** Counts of a file while it is read, and its problems up to a limit. */
export class Report {
  rows = 0;
  good = 0;
  bad = 0;
  skipped = 0;
  readonly problems: ImportProblem[] = [];
  #capped = false;

  note(p: ImportProblem): void {
    if (this.problems.length < MOST_PROBLEMS) {
      this.problems.push(p);
    } else if (!this.#capped) {
      this.#capped = true;
      this.problems.push(problem('problems-capped', {}, { limit: String(MOST_PROBLEMS) }));
    }
  }
}

export const MOST_PROBLEMS = 100_000;

const brought = new WeakMap<Bound, string>();

/** Table and facts that a sheet brings: sheets of several months name the same subjects, each with
 *  facts of its own, and are no duplicates. */
function bringing(bound: Bound): string {
  const known = brought.get(bound);
  if (known !== undefined) return known;
  const labels = bound.columns.map((b) => b.column.label).toSorted();
  const made = [bound.table.label, ...labels].join('\u0001');
  brought.set(bound, made);
  return made;
}

/** Whom the row is about and what it says of them, as a key to compare: parent and own identity
 *  without the accidents of writing; empty when its own is blank. */
export function rowKey(row: RawRow, bound: Bound): string {
  const cell = row.cells[bound.identity.at];
  const own = plainCode(cellText(cell));
  // Codes that a spreadsheet has damaged look alike; they are no identities.
  if (cell === undefined || own === '' || isDamaged(cell, own)) return '';
  const parent = bound.parent;
  const up = parent === undefined ? '' : plainCode(cellText(row.cells[parent.at]));
  return `${bringing(bound)}\u0000${up}\u0000${own}`;
}

/** What the row says, as a text to compare. */
export function rowContent(row: RawRow, bound: Bound): string {
  let text = '';
  for (const b of bound.columns) {
    const cell = row.cells[b.at];
    text += cell === undefined ? '\u0001' : `${cell.text}\u0001`;
  }
  return text;
}

/** Sheet and row as one number, for `Seen`. */
export function placeOf(sheet: number, row: number): number {
  return sheet * 2 ** 24 + row;
}

/** What is known of the whole file before its rows are given out. */
export interface FileKnown {
  /** Of all sheets. */
  readonly names: readonly string[];
  readonly seen: Seen;
  readonly lists: Lists;
}

export class Checker {
  readonly #bound: Bound;
  readonly #at: number;
  readonly #seen: Seen;
  readonly #lists: Lists;
  readonly #report: Report;
  readonly #names: readonly string[];
  readonly #totals: Totals;
  readonly #width: number;
  // The row that is being checked.
  #row = 0;
  #wrong = false;
  #wrongCell = false;

  /** `at`: index of the sheet in its file. Bad rows of lists are added to `lists`. */
  constructor(bound: Bound, at: number, file: FileKnown, report: Report) {
    this.#bound = bound;
    this.#at = at;
    this.#names = file.names;
    this.#seen = file.seen;
    this.#lists = file.lists;
    this.#report = report;
    this.#totals = new Totals(bound);
    this.#width = Math.max(...bound.layout.headings.map((h) => h.column + 1));
  }

  /** The row when it is data and right; else it is counted, and noted. */
  check(row: RawRow): CheckedRow | undefined {
    if (row.row <= this.#bound.layout.bottom) return this.#skip();
    const kind = kindOf(row, this.#bound);
    if (kind.kind === 'data') return this.#data(row);
    if (kind.kind === 'total') this.#totals.state(row, kind.word);
    if (kind.kind === 'unclear') {
      const at = { sheet: this.#bound.sheet.name, row: row.row, value: kind.text };
      this.#report.note(problem('row-unread', at));
    }
    return this.#skip();
  }

  /** What can only be said behind the last row. */
  finish(): void {
    for (const p of this.#totals.problems()) this.#report.note(p);
  }

  #skip(): undefined {
    this.#report.skipped++;
    return undefined;
  }

  #note(code: Parameters<typeof problem>[0], params = {}, b?: BoundColumn, value = ''): undefined {
    const at = { sheet: this.#bound.sheet.name, row: this.#row, value };
    const cell = b === undefined ? {} : { column: b.letters, heading: b.heading };
    const p = problem(code, { ...at, ...cell }, params);
    if (p.severity === 'error') {
      this.#wrong = true;
      this.#wrongCell = true;
    }
    this.#report.note(p);
    return undefined;
  }

  #value(b: BoundColumn, cell: Cell | undefined): CellValue | null | undefined {
    this.#wrongCell = false;
    if (cell === undefined) return undefined;
    if (cell.kind === 'error') return this.#note('cell-error', {}, b, cell.text);
    if (cell.kind === 'formula') return this.#note('formula-blank', {}, b);
    return b.read(cell, (code, params) => {
      const shown = cell.text.endsWith('%%') ? cell.text.slice(0, -2) : cell.text;
      this.#note(code, params, b, shown);
    });
  }

  /** The identity in column `b`; blank or wrong ones are noted. */
  #identity(b: BoundColumn, row: RawRow, blank: 'identity-blank' | 'parent-blank'): string {
    const value = this.#value(b, row.cells[b.at]);
    if (typeof value === 'string' && value !== '') return value;
    if (!this.#wrongCell) this.#note(blank, { label: b.column.label }, b);
    return '';
  }

  #data(row: RawRow): CheckedRow | undefined {
    const { table, identity, parent, columns, constants, sheet } = this.#bound;
    this.#row = row.row;
    this.#wrong = false;
    this.#report.rows++;
    this.#totals.row();
    const id = this.#identity(identity, row, 'identity-blank');
    const up = parent === undefined ? '' : this.#identity(parent, row, 'parent-blank');
    const values = new Map<string, CellValue | null>(constants);
    for (const b of columns) {
      const value = this.#value(b, row.cells[b.at]);
      this.#totals.add(b, value, this.#wrongCell);
      if (value !== undefined) values.set(b.column.label, value);
      if (value === 0n && b.column.role === 'rows') this.#checkEmpty(b, id);
    }
    const shifted = this.#isShifted(row);
    const again = this.#isAgain(row);
    if (this.#wrong) {
      const place = placeOf(this.#at, row.row);
      if (parent !== undefined) this.#lists.addBad(table.label, shifted ? '' : up, place);
      return this.#bad();
    }
    if (again) {
      this.#report.rows--;
      return this.#skip();
    }
    if (parent !== undefined && this.#isOut(parent, up)) return this.#bad();
    this.#report.good++;
    return { sheet: sheet.name, row: row.row, table: table.label, id, parent: up, values };
  }

  #bad(): undefined {
    this.#report.bad++;
    return undefined;
  }

  /** Notes a good row of a list that stays out. */
  #isOut(b: BoundColumn, parent: string): boolean {
    const why = this.#lists.of(this.#bound.table.label, parent);
    if (why === undefined) return false;
    this.#note(why.code, { place: this.#placeText(why.place) }, b, parent);
    return true;
  }

  /** Notes a list said to be empty of which the same file has a bad row. */
  #checkEmpty(b: BoundColumn, id: string): void {
    const why = this.#lists.of(`${this.#bound.table.entity}.${b.column.of}`, id);
    if (why?.code !== 'list-row-bad') return;
    this.#note('list-not-empty', { place: this.#placeText(why.place) }, b, '0');
  }

  /** In a table of text, a delimiter that was not quoted pushes the cells behind it to the right. */
  #isShifted(row: RawRow): boolean {
    const { sheet } = this.#bound;
    if (sheet.name !== '' || sheet.headings !== null || row.cells.length <= this.#width) {
      return false;
    }
    if (cellText(row.cells.at(-1)) === '') return false;
    const params = { count: String(row.cells.length), wanted: String(this.#width) };
    this.#note('row-shifted', params);
    return true;
  }

  /** A place as people read it: row, with the sheet when it is another one. */
  #placeText(place: number): string {
    const sheet = Math.floor(place / 2 ** 24);
    const row = place % 2 ** 24;
    return sheet === this.#at ? String(row) : `${this.#names[sheet] ?? ''}!${row}`;
  }

  /** Notes rows that share the identity; true when this one only repeats another. */
  #isAgain(row: RawRow): boolean {
    const key = rowKey(row, this.#bound);
    if (key === '') return false;
    const shared = this.#seen.of(key);
    if (shared.second === 0) return false;
    const here = placeOf(this.#at, row.row);
    const other = shared.first === here ? shared.second : shared.first;
    if (!shared.differs && shared.first === here) return false;
    const place = this.#placeText(other);
    const { identity } = this.#bound;
    const value = cellText(row.cells[identity.at]);
    const code = shared.differs ? 'duplicate-differs' : 'duplicate-same';
    this.#note(code, { place }, identity, value);
    return !shared.differs;
  }
}
