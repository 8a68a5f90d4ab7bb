/** A sheet as cells, before anybody knows what they mean. */

/** A cell as the file has it. `number`: the shortest decimal text of a binary double. `serial`: the
 *  same, shown as a date. `decimal`: exact digits. `formula`: a formula without a stored value.
 *  `error`: `#N/A` and its like. */
export interface Cell {
  readonly kind: 'text' | 'number' | 'serial' | 'decimal' | 'logic' | 'error' | 'formula';
  readonly text: string;
  /** Filled in from the cell that it is merged with. */
  readonly merged?: true;
}

/** A row of a sheet, or a record of a file. Blank cells are undefined or missing at the end. */
export interface RawRow {
  /** As people count: from 1. Of a record with line breaks, its first line. */
  readonly row: number;
  readonly cells: readonly (Cell | undefined)[];
}

/** A rectangle of merged cells: rows from 1, columns from 0, ends included. */
export interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface RawSheet {
  /** Empty for a file without sheets. */
  readonly name: string;
  readonly hidden: boolean;
  readonly merges: readonly Merge[];
  /** Days of a serial number count from 1904 instead of 1900. */
  readonly from1904: boolean;
  /** The headings when the format itself has them (Parquet, JSON lines); else null. */
  readonly headings: readonly string[] | null;
  /** Column behind the last one that any row uses, blank formatted cells included; known when the
   *  rows have been walked once. */
  readonly width: () => number;
  /** Walks the rows in batches. Can be walked again. Throws ImportRefusal. */
  readonly rows: () => AsyncGenerator<readonly RawRow[], void, undefined>;
}

/** An opened file. */
export interface RawFile {
  readonly kind: 'xlsx' | 'csv' | 'jsonl' | 'parquet';
  readonly path: string;
  readonly sha256: string;
  readonly sheets: readonly RawSheet[];
  readonly close: () => Promise<void>;
}

/** Columns beyond this are refused: no form of a bureau comes near. */
export const MOST_COLUMNS = 1_000;
/** Characters of one cell beyond which the file is refused. */
export const LONGEST_CELL = 1_000_000;
export const MOST_ROWS = 16_000_000;

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(column: number): string {
  let rest = column + 1;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
}

/** The text of a cell as a person sees it, without spaces around it. */
export function cellText(cell: Cell | undefined): string {
  return cell === undefined ? '' : cell.text.trim();
}
