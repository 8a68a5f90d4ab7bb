/** The officer's workbook of a run over the register. */
import type { Language } from '@zhida/rules';
import type { ResultRow, RunSummary } from '@zhida/screening';
import type { Naming } from './naming.ts';

export interface ScreeningWorkbook {
  readonly summary: RunSummary;
  /** All decisions under one item (its Chinese name), in portions of any length, in the order in which
   *  the sheet shall show them. `reasons` are in `language`. Asked once for each item. */
  readonly rows: (item: string) => AsyncIterable<readonly ResultRow[]>;
  readonly language: Language;
  readonly names: Naming;
  /** The register says of itself that its data are invented (合成数据); every sheet repeats it. */
  readonly synthetic: boolean;
}

/** The rows of an item do not add up to what the summary says: no such workbook is finished. */
export class WorkbookMismatch extends Error {
  override readonly name = 'WorkbookMismatch';
}

/** The bytes of an .xlsx, written while rows are read: memory does not grow with the rows.
 *  Throws `WorkbookMismatch` in the middle of the bytes when the rows of an item differ from the summary
 *  in count by verdict or in 分: write to a temporary name and rename at the end. */
// oxlint-disable-next-line require-yield
export async function* screeningWorkbook(source: ScreeningWorkbook): AsyncGenerator<Uint8Array> {
  throw new WorkbookMismatch(`${source.summary.run.id}: the workbook is not written yet`);
}
