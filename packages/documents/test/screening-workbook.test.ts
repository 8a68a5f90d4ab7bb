// Goal: an officer's workbook that says what the summary says, to the 分, whatever the run looked like.
// Method: runs made row by row in every shape; exceljs, another reader, opens what was written.
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { ResultRow } from '@zhida/screening';
import { screeningWorkbook } from '../src/index.ts';
import type { Naming, ScreeningWorkbook } from '../src/index.ts';
import { WORDS, wordsIn } from '../src/screening/words.ts';
import { unzip } from '../src/zip.ts';
import { makeRun } from './run-fixture.ts';
import type { Made } from './run-fixture.ts';

const same = (word: string): string => word;
const names: Naming = { item: same, cap: same, gate: same, unit: same, entity: same, fact: same };

async function bytesOf(made: Made, more: Partial<ScreeningWorkbook> = {}): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const { summary, rows } = made;
  const source = { summary, rows, language: 'zh', names, synthetic: false, ...more } as const;
  for await (const chunk of screeningWorkbook(source)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function read(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return book;
}

type Grid = readonly (readonly string[])[];

/** All cells of a sheet as people read them; amounts with two decimals. */
function gridOf(sheet: ExcelJS.Worksheet | undefined): Grid {
  const grid: string[][] = [];
  sheet?.eachRow((row, number) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell, at) => {
      const value = cell.type === ExcelJS.ValueType.Formula ? cell.result : cell.value;
      const money = cell.numFmt === '#,##0.00';
      cells[at - 1] = typeof value === 'number' && money ? value.toFixed(2) : cell.text;
      if (cell.type === ExcelJS.ValueType.Formula) cells[at - 1] = `=${cell.formula}`;
    });
    grid[number - 1] = cells;
  });
  return grid;
}

const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;

function columnOf(grid: Grid, head: string): readonly string[] {
  const row = grid.findIndex((r) => r?.includes(head));
  const at = grid[row]?.indexOf(head) ?? -1;
  return grid.slice(row + 1).map((r) => r?.[at] ?? '');
}

function isRow(row: readonly string[] | undefined, { id, verdict }: ResultRow): boolean {
  return row?.[0] === id && row[3] === verdict;
}

describe('the workbook of a run', () => {
  const made = makeRun({
    items: 8,
    subjects: 60,
    comparison: true,
    nameOf: (n) => `${'=+-@'[n % 5] ?? ''}公司${n}<&>`,
  });

  it('has a sheet for the overview, each list and each item, under names of their own', async () => {
    const book = await read(await bytesOf(made));
    const sheets = book.worksheets.map((s) => s.name);
    expect(sheets.slice(0, 4)).toEqual(['总览', '缺数清单', '缺数单位', '差一点']);
    expect(sheets).toContain('与上次比较');
    expect(sheets).toContain('1.0 待遇0');
    expect(sheets.filter((s) => s.startsWith('1.1 待遇 一 补贴 ？ 且名称'))).toHaveLength(1);
    expect(new Set(sheets).size).toBe(sheets.length);
    expect(sheets).toHaveLength(12 + 8);
  });

  it('shows every row of every item with its amount to the 分, its reasons and its marks', async () => {
    const book = await read(await bytesOf(made));
    for (const item of made.summary.items) {
      const sheet = book.worksheets.find((s) => s.name.startsWith(`${item.itemId} `));
      const grid = gridOf(sheet);
      for (const row of made.all.get(item.item) ?? []) {
        const shown = grid.find((r) => isRow(r, row));
        expect(shown?.[1], row.id).toBe(row.name);
        const amounts = [row.amountFen, row.hardFen, row.potentialFen];
        const texts = amounts.flatMap((fen) => (fen === null ? [] : [yuan(fen)]));
        expect(shown).toEqual(expect.arrayContaining([...texts, ...row.reasons]));
        const marks = row.conditions.map((c) => (c === null ? '？' : c ? '✓' : '✗'));
        expect(shown?.join('|')).toContain(marks.join('|'));
      }
      expect(grid.flat()).toContain(`「${item.sentence}」`);
    }
  });

  it('keeps texts text: codes, and what begins like a formula', async () => {
    const book = await read(await bytesOf(made));
    const sheet = book.getWorksheet('1.0 待遇0');
    let seen = 0;
    sheet?.eachRow((row) => {
      const [code, name] = [row.getCell(1), row.getCell(2)];
      if (!code.text.startsWith('9121')) return;
      seen += 1;
      expect([code.type, name.type]).toEqual([ExcelJS.ValueType.String, ExcelJS.ValueType.String]);
      expect([code.numFmt, name.numFmt]).toEqual(['@', '@']);
    });
    expect(seen).toBe(60);
  });

  it('has filter, frozen headings, subtotals over exactly the rows, and the exact total beside', async () => {
    const book = await read(await bytesOf(made));
    const [item] = made.summary.items;
    const sheet = book.getWorksheet('1.0 待遇0');
    const grid = gridOf(sheet);
    const header = grid.findIndex((r) => r?.[0] === '代码') + 1;
    const last = header + 60;
    expect(sheet?.autoFilter).toMatch(new RegExp(`^A${header}:[A-Z]+${last}$`, 'u'));
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: header });
    expect(grid[header - 3]).toContain(`=SUBTOTAL(109,E${header + 1}:E${last})`);
    expect(grid[header - 3]).toContain(`=SUBTOTAL(103,A${header + 1}:A${last})`);
    expect(grid[header - 2]).toContain(yuan(item?.amountFen ?? 0n));
    expect(grid[last - 1]?.[0]).toMatch(/^9121/u);
    expect(grid[last + 1]?.[0]).toContain('（盖章）');
    expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape' });
    expect(sheet?.pageSetup.printTitlesRow).toBe(`${header}:${header}`);
  });

  it('never adds kinds of amount together', async () => {
    const book = await read(await bytesOf(made));
    const grid = gridOf(book.getWorksheet('总览'));
    const { money } = made.summary;
    const total = grid.find((r) => r?.[0] === '合计') ?? [];
    for (const fen of [money.exactlyFen, money.atMostFen, money.atLeastFen, money.softAtMostFen]) {
      expect(fen).toBeGreaterThan(0n);
      expect(total).toContain(yuan(fen));
    }
    const all = yuan(money.exactlyFen + money.atMostFen);
    for (const sheet of book.worksheets) expect(gridOf(sheet).flat()).not.toContain(all);
    expect(columnOf(grid, '定额（元）').filter((x) => x !== '')).toHaveLength(2);
  });

  it('leads from the overview to each item', async () => {
    const parts = unzip(await bytesOf(made));
    const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml.match(/<hyperlink /gu)).toHaveLength(8);
    expect(xml).toContain('&apos;1.0 待遇0&apos;!A1');
    expect(parts.get('xl/workbook.xml')).toContain("'1.0 待遇0'!$");
  });

  it('shows every amount of the lists', async () => {
    const book = await read(await bytesOf(made));
    const shown = (name: string): string => gridOf(book.getWorksheet(name)).flat().join('|');
    expect(shown('缺数清单')).toContain('123.45|3|3|0.45');
    expect(shown('限额预演')).toContain('10000.50|2|50.01|1|先到先得');
    expect(shown('超限明细')).toContain('=甲公司|150.00|99.99');
    expect(shown('变动明细')).toContain('999.99|（不在库）');
    expect(shown('与上次比较')).toContain('-999.99');
    expect(shown('差一点')).toContain('4,999,999.99元|≥ 5,000,000元|0.01元');
  });
});

describe('marks', () => {
  const made = makeRun({ items: 2, subjects: 3 });

  it('says 试算 and 合成数据 on every sheet, and not when it is neither', async () => {
    const marked = await read(await bytesOf(made, { synthetic: true }));
    for (const sheet of marked.worksheets) {
      expect(gridOf(sheet).flat().join('|')).toMatch(/试算：.*合成数据：/u);
      expect(sheet.headerFooter.oddFooter).toContain('合成数据');
    }
    const { run } = made.summary;
    const summary = { ...made.summary, run: { ...run, mark: 'certified' } as const };
    const plain = await read(await bytesOf({ ...made, summary }));
    for (const sheet of plain.worksheets) {
      expect(gridOf(sheet).flat().join('|')).not.toMatch(/试算|合成数据/u);
    }
  });

  it('is complete in English: only names and the law stay Chinese', async () => {
    const book = await read(await bytesOf(made, { language: 'en' }));
    const chinese = Object.values(wordsIn('zh')).filter((w) => /\p{Script=Han}/u.test(w));
    const known = new Set(['满足', ...chinese]);
    for (const sheet of book.worksheets) {
      for (const cell of gridOf(sheet).flat()) expect(known.has(cell ?? ''), cell).toBe(false);
    }
    for (const [word, { zh, en }] of Object.entries(WORDS)) {
      expect(zh.length * en.length, word).toBeGreaterThan(0);
      expect(en, word).not.toMatch(/\p{Script=Han}(?<!元)/u);
    }
  });
});

describe('runs at the edge', () => {
  it('opens without items and without subjects', async () => {
    const none = await read(await bytesOf(makeRun({ items: 0, subjects: 0 })));
    expect(none.worksheets.map((s) => s.name)).toHaveLength(10);
    const empty = await read(await bytesOf(makeRun({ items: 3, subjects: 0 })));
    expect(gridOf(empty.getWorksheet('1.0 待遇0')).flat()).toContain('无');
  });

  it('shows amounts that no cell holds as text with all digits, and says so', async () => {
    const made = makeRun({ items: 1, subjects: 60, unitFen: 2n ** 53n + 1n });
    const grid = gridOf((await read(await bytesOf(made))).getWorksheet('1.0 待遇0'));
    const shown = grid.flat().join('|');
    expect(shown).toContain('以文本列示');
    const amounts = (made.all.get('待遇0') ?? []).flatMap(({ amountFen }) => amountFen ?? []);
    expect(amounts.length).toBeGreaterThan(0);
    for (const fen of amounts) expect(shown.replaceAll(',', '')).toContain(yuan(fen));
  });

  it('sums up the refused when there are more than 20,000 subjects, and says how many', async () => {
    const made = makeRun({ items: 1, subjects: 20_001 });
    const parts = unzip(await bytesOf(made));
    const xml = [...parts.values()].at(-1) ?? '';
    const { 不满足: refused } = made.summary.items[0]?.verdicts ?? { 不满足: 0 };
    expect(xml.match(/r="A\d+"[^>]*><is><t xml:space="preserve">9121/gu)).toHaveLength(
      20_001 - refused + 2,
    );
    expect(xml).toContain(`未列出的不满足：${refused - 2}（`);
  });

  it('takes forty items', async () => {
    const book = await read(await bytesOf(makeRun({ items: 40, subjects: 2 }), { language: 'en' }));
    expect(book.worksheets).toHaveLength(50);
  });
});

describe('refuses to finish', () => {
  const made = makeRun({ items: 2, subjects: 40 });
  const changed = (change: (row: ResultRow) => ResultRow | null): Partial<ScreeningWorkbook> => ({
    async *rows(item, verdicts) {
      for await (const portion of made.rows(item, verdicts)) {
        yield portion.flatMap((row) => change(row) ?? []);
      }
    },
  });
  const once = (of: (row: ResultRow) => ResultRow | null, verdict: string) => {
    let done = false;
    return changed((row) => {
      if (done || row.verdict !== verdict) return row;
      done = true;
      return of(row);
    });
  };

  it('a sheet that is 1 分 from the summary', async () => {
    const more = once((row) => ({ ...row, amountFen: (row.amountFen ?? 0n) + 1n }), '满足');
    await expect(bytesOf(made, more)).rejects.toThrow(
      /待遇0, amounts of the rows: .*summary says/u,
    );
    const open = once((row) => ({ ...row, potentialFen: (row.potentialFen ?? 0n) + 1n }), '待认定');
    await expect(bytesOf(made, open)).rejects.toThrow('what the rows could bring');
  });

  it('a sheet that lacks somebody, or has somebody who was not asked for', async () => {
    await expect(
      bytesOf(
        made,
        once(() => null, '不满足'),
      ),
    ).rejects.toThrow('rows that are 不满足');
    const other = once((row) => ({ ...row, verdict: '满足' }), '不满足');
    await expect(bytesOf(made, other)).rejects.toThrow('asked for 不满足');
  });

  it('a summary whose parts do not add up, before the first byte', async () => {
    const [first, ...rest] = made.summary.districts;
    const money = { ...made.summary.money, exactlyFen: 0n };
    const slice = first === undefined ? [] : [{ ...first, money }];
    const summary = { ...made.summary, districts: [...slice, ...rest] };
    await expect(bytesOf({ ...made, summary })).rejects.toThrow('districts, exactlyFen');
  });
});
