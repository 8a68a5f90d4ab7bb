/** The officer's workbook of a run over the register: an overview, what is missing, who is near, caps,
 *  districts, payers, the difference from the last run, and a sheet for each item. */
import type { Language } from '@zhida/rules';
import type { RunSummary } from '@zhida/screening';
import type { Naming } from './naming.ts';
import { capLines, capTable } from './screening/caps.ts';
import { changeTable, comparisonTable } from './screening/comparison.ts';
import { Context } from './screening/context.ts';
import type { RowsOf } from './screening/context.ts';
import { ROWS_OF_SHEET, itemTables, rowsOfItem } from './screening/item-sheet.ts';
import { missingTable, nearTable, sourceTable } from './screening/lists.ts';
import { checkSummary } from './screening/mismatch.ts';
import { districtItems, moneySlices, overview } from './screening/overview.ts';
import { SheetNames } from './screening/sheet-name.ts';
import { tableSheet } from './screening/table.ts';
import type { Table } from './screening/table.ts';
import { wordsIn } from './screening/words.ts';
import { writeWorkbook } from './xlsx/workbook.ts';

export interface ScreeningWorkbook {
  readonly summary: RunSummary;
  /** The decisions under one item (its Chinese name) whose verdict is one of `verdicts`, in portions of
   *  any length. `reasons` are in `language`. Asked once for each item and verdict that has anybody. */
  readonly rows: RowsOf;
  readonly language: Language;
  readonly names: Naming;
  /** The register says of itself that its data are invented (合成数据); every sheet repeats it. */
  readonly synthetic: boolean;
}

/** The sheets before those of the items. */
function summaryTables(c: Context, names: SheetNames): readonly Table[] {
  const { words: w, summary: s } = c;
  const slices = (
    [
      ['districts', w.titleDistricts, w.district],
      ['payers', w.titlePayers, w.payer],
      ['funds', w.titleFunds, w.fund],
    ] as const
  ).map(([of, title, head]) => moneySlices(c, { name: names.take(w[of]), title, head }, s[of]));
  const [districts, ...others] = slices;
  const { comparison } = s;
  return [
    missingTable(c, names.take(w.missing)),
    sourceTable(c, names.take(w.sources)),
    nearTable(c, names.take(w.near)),
    capTable(c, names.take(w.caps)),
    capLines(c, names.take(w.capLines)),
    ...(districts === undefined ? [] : [districts]),
    districtItems(c, names.take(w.districtItems)),
    ...others,
    ...(comparison === null
      ? []
      : [
          comparisonTable(c, comparison, names.take(w.compared)),
          changeTable(c, comparison, names.take(w.changes)),
        ]),
  ];
}

function allTables(c: Context, rows: RowsOf): readonly Table[] {
  const names = new SheetNames();
  const first = names.take(c.words.overview);
  const summaries = summaryTables(c, names);
  const items = c.summary.items.map((item) => {
    const parts = Math.max(1, Math.ceil(rowsOfItem(c, item) / ROWS_OF_SHEET));
    const own = Array.from({ length: parts }, () =>
      names.take(`${item.itemId} ${c.named(item.item, item.en)}`),
    );
    return itemTables(c, item, rows, own);
  });
  const links = items.map(([table]) => table?.name ?? first);
  return [overview(c, first, links), ...summaries, ...items.flat()];
}

/** The bytes of an .xlsx, written while rows are read: memory does not grow with the rows.
 *
 *  Throws `WorkbookMismatch` before the first byte when the parts of the summary do not add up, and in
 *  the middle when the rows of an item differ from the summary in count by verdict or in 分: write under
 *  a temporary name, rename at the end. */
export async function* screeningWorkbook(source: ScreeningWorkbook): AsyncGenerator<Uint8Array> {
  const { summary, language, names, synthetic, rows } = source;
  checkSummary(summary);
  const words = wordsIn(language);
  const c = new Context(summary, language, words, { names, synthetic });
  const { run } = summary;
  yield* writeWorkbook({
    title: `${run.package.number} ${words.titleOverview}`,
    foot: `${run.package.number} ${run.asOf} ${run.id}${synthetic ? ` ${words.syntheticMark}` : ''}`,
    font: language === 'zh' ? '宋体' : 'Calibri',
    made: run.finished === '' ? `${run.asOf}T00:00:00Z` : run.finished,
    sheets: allTables(c, rows).map((table) => tableSheet(table, words)),
  });
}
