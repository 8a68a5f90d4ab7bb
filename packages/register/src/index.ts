/** The door of `register`: department spreadsheets → checked, dated, content-addressed facts. */
export type { CellValue, CheckedRow, FileReading, ImportProblem, SourceNote } from './record.ts';
