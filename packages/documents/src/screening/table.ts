/** A sheet as officers know it: title, notes, totals, headings, rows, a line for the seal. */
import { columnName, decimal, grouped } from '../xlsx/cell.ts';
import type { Cell, Row } from '../xlsx/cell.ts';
import type { StyleName } from '../xlsx/style.ts';
import type { Fill, Sheet } from '../xlsx/workbook.ts';
import type { Words } from './words.ts';

/** What stands over a column: the sum of its numbers, or how many rows there are. */
export interface Total {
  readonly of: 'fen' | 'count' | 'rows';
  readonly n: bigint;
}

export interface Column {
  readonly head: string;
  /** In widths of a digit; a Chinese character is two. */
  readonly width: number;
  readonly total?: Total;
}

export interface Note {
  readonly text: string;
  readonly style: 'note' | 'law' | 'warning';
}

export interface Table {
  readonly name: string;
  readonly title: string;
  readonly notes: readonly Note[];
  /** The first column has no total: it holds the word. */
  readonly columns: readonly Column[];
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
  readonly count: number;
  /** Columns that stay when the sheet is moved to the side. */
  readonly frozen: number;
  readonly fills?: readonly Fill[];
  /** Sheets to which the cells of a column lead, row by row. */
  readonly links?: { readonly column: number; readonly targets: readonly string[] };
  /** False: the total before filtering is only the exact one (the rows go on in a next sheet). */
  readonly whole?: boolean;
}

/** Columns over which title and notes go: about a screen. */
const NOTE_WIDTH = 120;
/** Points of a line. */
const LINE = 15;
/** From here on letters are as wide as two digits: Chinese, Korean, full-width signs. */
const WIDE = 0x1100;

/** Widths of a digit that `text` takes. */
export function textWidth(text: string): number {
  let width = text.length;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= WIDE) width += 1;
  return width;
}

export function text(value: string, style: StyleName = 'text'): Cell {
  return { text: value, style };
}

/** 分 as a cell in 元; null stays empty. */
export function fen(n: bigint | null, style: StyleName = 'money'): Cell {
  if (n === null) return text('', 'right');
  return { n, scale: 2, style, asText: style === 'totalMoney' ? 'totalRight' : 'right' };
}

export function count(n: number, style: StyleName = 'count'): Cell {
  return { n: BigInt(n), scale: 0, style, asText: 'right' };
}

/** 分 in words: `1,234.56`. */
export function yuan(n: bigint): string {
  return grouped(n, 2);
}

export function plain(n: bigint, scale: number): string {
  return decimal(n, scale);
}

/** Sum of a field of `rows`. */
export function sum<T>(rows: readonly T[], of: (row: T) => bigint | number | null): bigint {
  return rows.reduce((all, row) => all + BigInt(of(row) ?? 0), 0n);
}

function filteredCell({ of, n }: Total, range: string, whole: boolean): Cell {
  const formula = `SUBTOTAL(${of === 'rows' ? 103 : 109},${range})`;
  const style = of === 'fen' ? 'totalMoney' : 'totalCount';
  return { formula, n: whole ? n : null, scale: of === 'fen' ? 2 : 0, style };
}

function exactCell({ of, n }: Total): Cell {
  if (of === 'fen') return fen(n, 'totalMoney');
  return { n, scale: 0, style: 'totalCount', asText: 'totalRight' };
}

function totalRows(
  { columns, whole = true }: Table,
  words: Words,
  first: number,
  last: number,
): Row[] {
  if (columns.every((c) => c.total === undefined)) return [];
  const line = (word: string, of: (total: Total, at: number) => Cell): Row => {
    const cells = columns.map((c, at) => {
      if (at === 0) return text(word, 'totalText');
      return c.total === undefined ? text('', 'totalText') : of(c.total, at);
    });
    return fitted(cells, columns);
  };
  const rangeOf = (at: number): string => `${columnName(at)}${first}:${columnName(at)}${last}`;
  return [
    line(words.filtered, (total, at) =>
      filteredCell(total, rangeOf(total.of === 'rows' ? 0 : at), whole),
    ),
    line(words.total, exactCell),
  ];
}

/** Columns that title and notes cover. */
function spanOf(columns: readonly Column[]): { readonly span: number; readonly width: number } {
  let [span, width] = [0, 0];
  for (const c of columns) {
    if (width >= NOTE_WIDTH) break;
    span += 1;
    width += c.width;
  }
  return { span, width };
}

/** Points that `cells` need when their texts wrap; a spreadsheet shows at most 409. */
function heightFor(cells: readonly Cell[], columns: readonly Column[]): number {
  let most = 1;
  for (const [at, cell] of cells.entries()) {
    if (cell === null || !('text' in cell) || cell.text.length < 4) continue;
    const room = Math.max(2, (columns[at]?.width ?? 10) - 1);
    if (cell.text.length * 2 <= room && !cell.text.includes('\n')) continue;
    most = Math.max(most, linesOf(cell.text, room));
  }
  return Math.min(409, most * LINE);
}

function linesOf(words: string, width: number): number {
  return words.split('\n').reduce((n, l) => n + Math.max(1, Math.ceil(textWidth(l) / width)), 0);
}

function fitted(cells: readonly Cell[], columns: readonly Column[]): Row {
  const height = heightFor(cells, columns);
  return height === LINE ? { cells } : { cells, height };
}

function noteRow({ text: words, style }: Note, width: number): Row {
  return { cells: [text(words, style)], height: linesOf(words, width - 2) * LINE + 3 };
}

async function* bodyOf(table: Table, words: Words): AsyncGenerator<Row> {
  let any = false;
  for await (const cells of table.rows) {
    any = true;
    yield fitted(cells, table.columns);
  }
  if (!any) {
    const empty = table.columns.map((_, at) => text(at === 0 ? words.none : ''));
    yield { cells: empty };
  }
}

async function* concat(
  before: readonly Row[],
  body: AsyncIterable<Row>,
  after: readonly Row[],
): AsyncGenerator<Row> {
  yield* before;
  yield* body;
  yield* after;
}

export function tableSheet(table: Table, words: Words): Sheet {
  const { columns, notes } = table;
  const { span, width } = spanOf(columns);
  const totals = columns.some((c) => c.total !== undefined) ? 2 : 0;
  const header = 1 + notes.length + totals + 1;
  const last = header + Math.max(1, table.count);
  const before: Row[] = [
    { cells: [text(table.title, 'title')], height: 27 },
    ...notes.map((n) => noteRow(n, width)),
    ...totalRows(table, words, header + 1, last),
    fitted(
      columns.map((c) => text(c.head, 'head')),
      columns,
    ),
  ];
  const after: Row[] = [
    { cells: [], height: LINE },
    { cells: [text(words.stamp, 'stamp')], height: 36 },
  ];
  const links = (table.links?.targets ?? []).map((target, at): [string, string] => [
    `${header + at},${table.links?.column ?? 0}`,
    target,
  ]);
  return {
    name: table.name,
    widths: columns.map((c) => c.width),
    rows: concat(before, bodyOf(table, words), after),
    merged: Array.from({ length: 1 + notes.length }, (_, at) => at + 1),
    mergedColumns: span,
    header,
    frozenColumns: table.frozen,
    last,
    fills: table.fills ?? [],
    links: new Map(links),
  };
}
