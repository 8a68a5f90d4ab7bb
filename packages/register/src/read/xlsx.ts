/** The sheets of an .xlsx file as rows, in bounded memory. The stored text of each number is kept,
 *  which no reader of the registry does; merged cells and broken parts are found in a first walk. */
import { LONGEST_CELL, MOST_COLUMNS, MOST_ROWS } from './grid.ts';
import type { Cell, Merge, RawRow, RawSheet } from './grid.ts';
import { refuse } from './problem.ts';
import { attribute, elements, nextTag, stringText, unescaped, xmlText } from './xml.ts';
import { prefixOf, readWorkbook } from './workbook.ts';
import type { Shown, SheetPart, Workbook } from './workbook.ts';
import { openZip } from './zip.ts';
import type { ZipArchive } from './zip.ts';

const BATCH = 500;
/** Characters of the markup of one row; 16,384 styled cells take about 600,000. */
export const LONGEST_ROW: number = 16 << 20;
const MOST_MERGES = 200_000;

/** Column of a reference such as `AB12`, from 0; -1 when it is none. */
function columnOf(reference: string): number {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return at === 0 || at > 3 ? -1 : column - 1;
}

/** `1234` of `AB1234`. */
function rowOf(reference: string): number {
  return Number(/\d+$/u.exec(reference)?.[0] ?? 0);
}

/** A number as the shortest decimal that is the same binary double. */
function numberCell(stored: string, shown: Shown): Cell {
  const value = Number(stored);
  if (!Number.isFinite(value)) return { kind: 'text', text: stored };
  const text = String(value);
  if (shown === 'date') return { kind: 'serial', text };
  if (shown === 'percent') return { kind: 'number', text: `${text}%%` };
  if (typeof shown === 'number' && /^\d+$/u.test(text)) {
    return { kind: 'text', text: text.padStart(shown, '0') };
  }
  return { kind: 'number', text };
}

interface Reading {
  readonly prefix: string;
  readonly strings: readonly string[];
  readonly styles: readonly Shown[];
}

/** What the cell with this tag and inside holds; undefined for a blank one. */
function cellOf(tag: string, inside: string, r: Reading): Cell | undefined {
  const type = attribute(tag, 't') ?? 'n';
  if (type === 'inlineStr') {
    const text = stringText(inside, r.prefix);
    return text === '' ? undefined : { kind: 'text', text };
  }
  const open = nextTag(inside, `${r.prefix}v`, 0);
  const start = open < 0 ? -1 : inside.indexOf('>', open) + 1;
  const end = open < 0 ? -1 : inside.indexOf(`</${r.prefix}v>`, start);
  const stored = end < 0 ? '' : xmlText(inside.slice(start, end));
  if (stored === '') {
    const formula = nextTag(inside, `${r.prefix}f`, 0) >= 0 && type !== 'str';
    return formula ? { kind: 'formula', text: '' } : undefined;
  }
  switch (type) {
    case 's': {
      const text = r.strings[Number(stored)];
      if (text === undefined) return refuse('zip-broken', { part: 'sharedStrings.xml' });
      return text === '' ? undefined : { kind: 'text', text };
    }
    case 'str':
    case 'd':
      return { kind: 'text', text: unescaped(stored) };
    case 'b':
      return { kind: 'logic', text: stored === '1' || stored === 'true' ? '1' : '0' };
    case 'e':
      return { kind: 'error', text: stored };
    default:
      return numberCell(stored.trim(), r.styles[Number(attribute(tag, 's') ?? -1)] ?? 'plain');
  }
}

/** A cell's place in the markup of its row. */
export interface CellSpan {
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly tag: string;
  readonly inside: string;
}

/** Walks the cells in the markup of one row, in the order of their columns. */
export function* cellSpans(row: string, prefix: string): Generator<CellSpan> {
  const name = `${prefix}c`;
  const close = `</${name}>`;
  let at = row.indexOf('>') + 1;
  let column = -1;
  for (;;) {
    const start = nextTag(row, name, at);
    if (start < 0) return;
    const head = row.indexOf('>', start);
    if (head < 0) return;
    const tag = row.slice(start, head);
    const alone = row.charAt(head - 1) === '/';
    const found = alone ? head : row.indexOf(close, head);
    if (found < 0) return;
    const end = alone ? head + 1 : found + close.length;
    const reference = attribute(tag, 'r');
    const own = reference === undefined ? column + 1 : columnOf(reference);
    if (own <= column || own > 16_383) refuse('zip-broken', { part: `${reference ?? '?'}` });
    column = own;
    yield { column, start, end, tag, inside: alone ? '' : row.slice(head + 1, found) };
    at = end;
  }
}

function readRow(markup: string, row: number, r: Reading): RawRow & { readonly width: number } {
  const cells: (Cell | undefined)[] = [];
  let width = 0;
  for (const { column, tag, inside } of cellSpans(markup, r.prefix)) {
    width = column + 1;
    if (inside === '') continue;
    const cell = cellOf(tag, inside, r);
    if (cell === undefined) continue;
    if (column >= MOST_COLUMNS) {
      refuse('columns-many', {
        row: String(row),
        count: String(width),
        limit: String(MOST_COLUMNS),
      });
    }
    if (cell.text.length > LONGEST_CELL) {
      refuse('cell-huge', { row: String(row), limit: String(LONGEST_CELL) });
    }
    cells[column] = cell;
  }
  return { row, cells, width };
}

/** Fills cells that are merged with one above or beside: the text stands only in the first. */
class Fill {
  readonly #byTop: Map<number, Merge[]> = new Map();
  #open: { readonly merge: Merge; readonly cell: Cell }[] = [];

  constructor(merges: readonly Merge[]) {
    for (const m of merges) {
      if (m.bottom === m.top) continue;
      const list = this.#byTop.get(m.top) ?? [];
      list.push(m);
      this.#byTop.set(m.top, list);
    }
  }

  fill(row: RawRow): RawRow {
    this.#open = this.#open.filter(({ merge }) => merge.bottom >= row.row);
    let cells: (Cell | undefined)[] | undefined;
    for (const { merge, cell } of this.#open) {
      if (row.cells[merge.left] !== undefined) continue;
      cells ??= [...row.cells];
      cells[merge.left] = { ...cell, merged: true };
    }
    for (const merge of this.#byTop.get(row.row) ?? []) {
      const cell = row.cells[merge.left];
      if (cell !== undefined) this.#open.push({ merge, cell });
    }
    // Real merges do not overlap: at most one is open for each column.
    if (this.#open.length > MOST_COLUMNS) refuse('zip-broken', { part: 'mergeCells' });
    return cells === undefined ? row : { row: row.row, cells };
  }
}

function mergeOf(first: string, last: string): Merge {
  const [left, right] = [columnOf(first), columnOf(last)];
  return { top: rowOf(first), bottom: rowOf(last), left, right };
}

/** Unpacks a sheet once: checksum, size, merged cells, prefix of its elements. */
async function inspect(
  zip: ZipArchive,
  part: SheetPart,
): Promise<{ readonly merges: readonly Merge[]; readonly prefix: string }> {
  const merges: Merge[] = [];
  let prefix: string | undefined;
  let kept = '';
  for await (const chunk of zip.stream(part.entry, true)) {
    const text = kept + chunk.toString('latin1');
    prefix ??= prefixOf(text.slice(0, 4096), 'worksheet');
    let used = 0;
    if (text.includes('mergeCell ')) {
      for (const m of text.matchAll(/mergeCell ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"/gu)) {
        merges.push(mergeOf(m[1] ?? '', m[2] ?? ''));
        used = m.index + m[0].length;
        if (merges.length > MOST_MERGES) refuse('zip-broken', { part: part.entry.name });
      }
    }
    kept = text.slice(Math.max(used, text.length - 80));
  }
  if (!/<\/(?:[\w.-]+:)?worksheet>\s*$/u.test(kept)) {
    refuse('zip-truncated', { part: part.entry.name });
  }
  return { merges, prefix: prefix ?? '' };
}

async function openSheet(zip: ZipArchive, book: Workbook, part: SheetPart): Promise<RawSheet> {
  const { merges, prefix } = await inspect(zip, part);
  const reading: Reading = { prefix, strings: book.strings, styles: book.styles };
  let width = 0;
  async function* rows(): AsyncGenerator<readonly RawRow[], void, undefined> {
    const filler = new Fill(merges);
    let batch: RawRow[] = [];
    let last = 0;
    const name = part.entry.name;
    for await (const piece of elements(zip.stream(part.entry), `${prefix}row`, name, LONGEST_ROW)) {
      if (piece.element === '') continue;
      const number = Number(attribute(piece.element.slice(0, piece.element.indexOf('>')), 'r'));
      const row = Number.isInteger(number) ? number : last + 1;
      if (row <= last || row > MOST_ROWS) refuse('zip-broken', { part: `${name} ${row}` });
      last = row;
      const read = readRow(piece.element, row, reading);
      width = Math.max(width, read.width);
      batch.push(merges.length === 0 ? read : filler.fill(read));
      if (batch.length >= BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }
  const { name, hidden } = part;
  return {
    name,
    hidden,
    merges,
    from1904: book.from1904,
    headings: null,
    width: () => width,
    rows,
  };
}

/** Opens a workbook. Throws ImportRefusal. */
export async function openXlsx(
  path: string,
): Promise<{ readonly sheets: readonly RawSheet[]; readonly close: () => Promise<void> }> {
  const zip = await openZip(path);
  try {
    const book = await readWorkbook(zip);
    const sheets: RawSheet[] = [];
    for (const part of book.sheets) sheets.push(await openSheet(zip, book, part));
    return { sheets, close: () => zip.close() };
  } catch (e) {
    await zip.close();
    throw e;
  }
}
