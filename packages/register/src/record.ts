/** What reading a file gives: rows whose every cell passed its checks, and the problems of the rest. */

/** A checked value: an integer at the scale of its column (金额: 分), 是/否, text, or a date
 *  `YYYY-MM-DD`. A blank cell is no value. */
export type CellValue = bigint | boolean | string;

/** One row of a file as facts of one subject. */
export interface CheckedRow {
  /** Name of the sheet; empty for a file without sheets. */
  readonly sheet: string;
  /** Row of the sheet, or line of the file, as people count: from 1. */
  readonly row: number;
  /** Label of the table (`SqlTable.label`): 企业, 设施农业项目.贷款. */
  readonly table: string;
  /** Identity of the subject: 统一社会信用代码, 编号. */
  readonly id: string;
  /** For a table of rows, the identity of whose row it is; else empty. */
  readonly parent: string;
  /** By label of the column (`SqlColumn.label`): 从业人员, `月限上零售额 2023-09`. null: what was said
   *  before is withdrawn (撤销), so the fact is unknown again; a blank cell has no entry. */
  readonly values: ReadonlyMap<string, CellValue | null>;
}

/** Something wrong with a cell, a row or a file, with the next step in both languages. */
export interface ImportProblem {
  /** `uscc-check`, `amount-text`, `duplicate` …: a code with words in both languages. */
  readonly code: string;
  readonly sheet: string;
  /** 0: the whole sheet or file. */
  readonly row: number;
  /** `C`; empty: the whole row. */
  readonly column: string;
  /** The heading above the cell, as the file has it. */
  readonly heading: string;
  /** The text of the cell. */
  readonly value: string;
  readonly params: Readonly<Record<string, string>>;
  /** A warning does not keep the row out. */
  readonly severity: 'error' | 'warning';
}

/** Who says so, of when. */
export interface SourceNote {
  /** Unit that sent the file: 市统计局. */
  readonly unit: string;
  /** Name of the source, under which its column mapping is kept: 市统计局 批发零售月报. */
  readonly name: string;
  /** Period of the facts as the form says it: 2023年9月; empty when it has none. */
  readonly period: string;
  /** `YYYY-MM-DD`: the day as of which the unit says so. */
  readonly asOf: string;
  readonly file: string;
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
}

/** Where a form stands in its file: for giving rows back with the reasons why they were not taken. */
export interface FormPlace {
  readonly sheet: string;
  readonly table: string;
  /** Last row of the header, from 1; 0 when the format itself has headings. */
  readonly headerRow: number;
  /** Column of the reasons, from 0: behind the last one, or where an earlier import left them. */
  readonly reasonColumn: number;
}

/** A file being read. `batches` can be walked once; the report is whole when it has been. */
export interface FileReading {
  readonly refused?: false;
  readonly forms?: readonly FormPlace[];
  /** Gives the file free; for a reading whose batches are not walked to their end. */
  readonly close?: () => Promise<void>;
  readonly source: SourceNote;
  /** Labels of the columns that the file brings, by label of the table. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  readonly batches: AsyncIterable<readonly CheckedRow[]>;
  readonly report: {
    readonly rows: number;
    readonly good: number;
    readonly bad: number;
    /** Rows that are no data: titles, 合计, notes, blank. */
    readonly skipped: number;
    readonly problems: readonly ImportProblem[];
  };
}
