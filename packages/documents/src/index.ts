/** The door of `documents`: papers and workbooks, data in, bytes out. */
export type { Naming } from './naming.ts';
export { WorkbookMismatch } from './screening/mismatch.ts';
export { screeningWorkbook } from './screening-workbook.ts';
export type { ScreeningWorkbook } from './screening-workbook.ts';
