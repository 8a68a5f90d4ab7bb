/** Workbooks with rows that are read while the bytes are written. hucre writes all that does not grow
 *  with the rows (styles, widths, panes, filters, fills, print settings); the rows are put in between. */
import { writeXlsx } from 'hucre/xlsx';
import type { Cell, CellValue, ConditionalRule, WriteSheet } from 'hucre/xlsx';
import { unzip, zip } from '../zip.ts';
import type { Part } from '../zip.ts';
import { columnName, rowXml } from './cell.ts';
import type { Row, StyleIds } from './cell.ts';
import { FONT_SIZE, STYLE_NAMES, styleIn } from './style.ts';

/** Cells of `column` (from 0) that say `word` get a ground of this colour. */
export interface Fill {
  readonly column: number;
  readonly word: string;
  readonly rgb: string;
}

export interface Sheet {
  readonly name: string;
  /** In widths of a digit; a Chinese character is two. */
  readonly widths: readonly number[];
  readonly rows: AsyncIterable<Row> | Iterable<Row>;
  /** Rows (from 1) whose first `mergedColumns` columns are one cell. */
  readonly merged: readonly number[];
  readonly mergedColumns: number;
  /** Row with the headings: frozen above the rows under it, and repeated on each page. */
  readonly header: number;
  readonly frozenColumns: number;
  /** Last row of the table; the filter is over `header` to here. */
  readonly last: number;
  readonly fills: readonly Fill[];
  /** Cells that lead to a sheet: `row,column`, both from 0. */
  readonly links: ReadonlyMap<string, string>;
}

export interface Workbook {
  readonly title: string;
  /** Printed at the foot of each page. */
  readonly foot: string;
  readonly font: string;
  /** ISO 8601; the day of the properties of the file. */
  readonly made: string;
  readonly sheets: readonly Sheet[];
}

function rulesOf(sheet: Sheet): ConditionalRule[] {
  const first = sheet.header + 1;
  return sheet.fills.map(({ column, word, rgb }, at) => {
    const name = columnName(column);
    const color = { rgb };
    return {
      type: 'expression',
      priority: at + 1,
      range: `${name}${first}:${name}${Math.max(first, sheet.last)}`,
      formula: `${name}${first}="${word}"`,
      style: {
        fill: { type: 'pattern', pattern: 'solid', fgColor: color, bgColor: color },
      },
    };
  });
}

/** Name of a sheet as formulas write it. */
function quoted(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`;
}

type Cells = Map<string, Partial<Cell>>;

function linkCells({ links }: Sheet): Cells {
  const link = (target: string): Partial<Cell> => ({
    value: target,
    hyperlink: { target: '', location: `${quoted(target)}!A1` },
  });
  return new Map([...links].map(([place, target]) => [place, link(target)]));
}

/** hucre takes cells from rows only, so these have to be there. */
function rowsFor(cells: Cells): CellValue[][] {
  const places = [...cells.keys()].map((k) => k.split(',').map(Number));
  const rows = Math.max(0, ...places.map(([row = 0]) => row + 1));
  const columns = Math.max(0, ...places.map(([, column = 0]) => column + 1));
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => null));
}

/** Widths of a digit on a page of A4 on its side, as large as on the screen. */
const PAGE_WIDTH = 145;
/** Smaller than this share of it nobody reads: the sheet goes on over a second page. */
const SMALLEST_PERCENT = 55;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);

/** How a sheet is printed: on one page's width, or no smaller than people read, going on over further
 *  pages with the columns that do not move on each. */
function widthOnPaper(s: Sheet): NonNullable<WriteSheet['pageSetup']> {
  const total = sum(s.widths);
  if (total * SMALLEST_PERCENT <= PAGE_WIDTH * 100) {
    return { fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
  }
  return { scale: SMALLEST_PERCENT };
}

/** What is repeated on each page: the headings, and the columns that do not move. */
function printTitles(s: Sheet): string {
  const name = quoted(s.name);
  const rows = `${name}!$${s.header}:$${s.header}`;
  if (s.frozenColumns === 0 || widthOnPaper(s).fitToPage === true) return rows;
  return `${name}!$A:$${columnName(s.frozenColumns - 1)},${rows}`;
}

function frameOf(sheet: Sheet, foot: string, cells: Cells): WriteSheet {
  const width = sheet.widths.length;
  const end = `${columnName(width - 1)}${Math.max(sheet.header + 1, sheet.last)}`;
  return {
    name: sheet.name,
    columns: sheet.widths.map((w) => ({ width: w })),
    cells,
    rows: rowsFor(cells),
    merges: sheet.merged.map((n) => ({
      startRow: n - 1,
      startCol: 0,
      endRow: n - 1,
      endCol: sheet.mergedColumns - 1,
    })),
    freezePane: { rows: sheet.header, columns: sheet.frozenColumns },
    autoFilter: { range: `A${sheet.header}:${end}` },
    conditionalRules: rulesOf(sheet),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      ...widthOnPaper(sheet),
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: `&L${foot.replaceAll('&', '&&')}&R&A  &P / &N` },
  };
}

/** The numbers that hucre gave to our styles, out of a first row with one cell in each. */
function styleIds(xml: string): StyleIds {
  const found = [...xml.matchAll(/<c r="[A-Z]+1"[^>]*? s="(\d+)"/gu)].map((m) => Number(m[1]));
  if (found.length !== STYLE_NAMES.length) {
    throw new Error(`${found.length} of ${STYLE_NAMES.length} styles in the frame of the workbook`);
  }
  return Object.fromEntries(STYLE_NAMES.map((name, at) => [name, found[at]])) as StyleIds;
}

const DATA = /<sheetData\s*\/>|<sheetData>[\s\S]*<\/sheetData>/u;

async function* sheetXml(frame: string, sheet: Sheet, ids: StyleIds): AsyncGenerator<string> {
  const place = DATA.exec(frame);
  if (place === null) throw new Error(`no rows in the frame of sheet ${sheet.name}`);
  yield frame.slice(0, place.index).replace(/<dimension [^>]*\/>/u, '');
  yield '<sheetData>';
  let number = 0;
  for await (const row of sheet.rows) yield rowXml(row, ++number, ids);
  yield '</sheetData>';
  yield frame.slice(place.index + place[0].length);
}

/** The parts of a workbook whose sheets have no rows yet but these: the first row of the first sheet has
 *  a cell in every style, and cells with links are there. */
async function frames(book: Workbook): Promise<ReadonlyMap<string, string>> {
  const made = new Date(book.made);
  const sheets = book.sheets.map((sheet, at) => {
    const cells = linkCells(sheet);
    const styles = at === 0 ? STYLE_NAMES : [];
    for (const [n, name] of styles.entries()) {
      cells.set(`0,${n}`, { value: name, style: styleIn(name, book.font) });
    }
    return frameOf(sheet, book.foot, cells);
  });
  const bytes = await writeXlsx({
    sheets,
    // Not `printTitlesRow`, which leaves names of sheets without the quotes they need.
    namedRanges: book.sheets.map((s) => ({
      name: '_xlnm.Print_Titles',
      range: printTitles(s),
      scope: s.name,
    })),
    stringMode: 'inline',
    defaultFont: { name: book.font, size: FONT_SIZE },
    properties: { title: book.title, creator: 'Zhida 直达', created: made, modified: made },
  });
  return unzip(bytes);
}

const SHEET_PATH = /^xl\/worksheets\/sheet(\d+)\.xml$/u;

async function* partsOf(book: Workbook): AsyncGenerator<Part> {
  const parts = await frames(book);
  const ids = styleIds(parts.get('xl/worksheets/sheet1.xml') ?? '');
  for (const [path, text] of parts) {
    const number = SHEET_PATH.exec(path)?.[1];
    const sheet = number === undefined ? undefined : book.sheets[Number(number) - 1];
    yield { path, chunks: sheet === undefined ? [text] : sheetXml(text, sheet, ids) };
  }
}

/** The bytes of an .xlsx. Rows are read sheet by sheet, in the order of `sheets`, each once. Throws what
 *  a sheet's rows throw. */
export function writeWorkbook(book: Workbook): AsyncGenerator<Uint8Array> {
  return zip(partsOf(book));
}
