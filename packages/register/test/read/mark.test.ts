// Goal: the file comes back as it was, with one column that says of each bad row why; repaired and
// sent again it is read as if it had never been away. Method: the returned file is opened by two
// other libraries, and read again.
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { markErrors } from '@zhida/register';
import type { Mapping } from '@zhida/register';
import { mappingOf, parts, put, putCsv, read, sheet, putXlsx, zip } from './desk.ts';
import type { Outcome } from './desk.ts';

const A = '91330100799655058B';
const B = '91210000242690243E';
const C = '91440300708461136T';
const mapping = mappingOf('企业', {
  代码: '统一社会信用代码',
  名称: '名称',
  '收入（元）': '营业收入',
});

const GRID = [
  ['2022年度企业收入'],
  ['代码', '名称', '收入（元）'],
  [A, '=甲', '1,234.50'],
  [B, '乙', '许多'],
  [`${C.slice(0, 17)}X`, '丙', -1],
  ['合计', null, 1],
] as const;

async function marked(
  path: string,
  outcome: Outcome,
  to: string,
  language: 'zh' | 'en' = 'zh',
): Promise<string> {
  const target = path.replace(/[^/]*$/u, to);
  const forms = outcome.reading?.forms ?? [];
  await markErrors(path, target, { forms, problems: outcome.problems, language });
  return target;
}

const REASON = '【收入（元）】“许多”不是数字。填数字；没有数据的留空。';

test('a workbook: values, styles, merges and widths stay, codes stay text', async () => {
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet('收入');
  for (const row of GRID) page.addRow([...row]);
  page.mergeCells('A1:C1');
  page.getColumn(1).width = 33;
  page.getCell('C3').font = { bold: true, color: { argb: 'FFFF0000' } };
  page.getCell('C5').numFmt = '#,##0.00';
  book.addWorksheet('说明').addRow(['合成数据']);
  const path = put('styled.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
  const outcome = await read(path, mapping);
  expect(outcome.said.filter((s) => s.startsWith('error'))).toHaveLength(3);
  const back = await marked(path, outcome, 'back.xlsx');

  const again = new ExcelJS.Workbook();
  await again.xlsx.readFile(back);
  const sheet1 = again.getWorksheet('收入');
  expect(sheet1?.getCell('D2').value).toBe('错误原因');
  expect(sheet1?.getCell('D3').value).toBeNull();
  expect(sheet1?.getCell('D4').value).toBe(REASON);
  expect(sheet1?.getCell('D5').text).toMatch(/校验位不对.*不能为负/u);
  expect(sheet1?.getCell('D6').value).toBeNull();
  expect(sheet1?.getCell('C3').font).toMatchObject({ bold: true, color: { argb: 'FFFF0000' } });
  expect(sheet1?.getCell('C5').numFmt).toBe('#,##0.00');
  expect(sheet1?.getColumn(1).width).toBe(33);
  expect(sheet1?.getCell('B1').isMerged).toBe(true);
  expect(again.getWorksheet('说明')?.getCell('A1').value).toBe('合成数据');

  const [before, after] = [await readXlsx(readFileSync(path)), await readXlsx(readFileSync(back))];
  const cells = after.sheets[0]?.rows.map((r) => r.slice(0, 3));
  expect(cells).toEqual(before.sheets[0]?.rows.map((r) => [...r, null, null].slice(0, 3)));
});

test('sent again, the reasons are no data; repaired rows come in, the column is written anew', async () => {
  const path = await putXlsx('again.xlsx', [sheet('表', GRID)]);
  const first = await read(path, mapping);
  const back = await marked(path, first, 'again-back.xlsx');
  const second = await read(back, mapping);
  expect(second.said).toEqual(first.said);
  expect(second.rows).toEqual(first.rows);
  expect(second.reading?.forms).toEqual(first.reading?.forms);
  const third = await marked(back, { ...second, problems: [] }, 'clean.xlsx');
  const clean = new ExcelJS.Workbook();
  await clean.xlsx.readFile(third);
  expect(clean.worksheets[0]?.getCell('D4').value).toBeNull();
});

test('a header of two rows still knows the reasons', async () => {
  const own: Mapping = mappingOf('企业', {
    代码: '统一社会信用代码',
    '收入/本年（元）': '营业收入',
  });
  const rows = [
    ['代码', '收入', '备注'],
    [null, '本年（元）', null],
    [A, 'x', '好'],
  ];
  const path = await putXlsx('two.xlsx', [sheet('表', rows)]);
  const back = await marked(path, await read(path, own), 'two-back.xlsx');
  const outcome = await read(back, own);
  expect(outcome.said).toEqual(['warning heading-unknown 表!C2', 'error number-text 表!B3 x']);
  expect(outcome.reading?.forms?.[0]?.reasonColumn).toBe(3);
});

test('a table of text: the lines as they were, the reason behind them, a byte order mark before', async () => {
  const path = putCsv('plain.csv', GRID);
  const outcome = await read(path, mapping);
  const back = await marked(path, outcome, 'plain-back.csv');
  const text = readFileSync(back, 'utf8');
  const lines = text.split('\r\n');
  expect(text.startsWith('\ufeff2022年度企业收入')).toBe(true);
  expect(lines[1]).toBe('代码,名称,收入（元）,"错误原因"');
  expect(lines[2]).toBe(`${A},=甲,"1,234.50"`);
  expect(lines[3]).toBe(`${B},乙,许多,"${REASON}"`);
  const second = await read(back, mapping);
  expect(second.said).toEqual(outcome.said);
  const english = await marked(back, second, 'english.csv', 'en');
  const third = await read(english, mapping);
  expect(third.said).toEqual(outcome.said);
  expect(readFileSync(english, 'utf8')).toContain('Reason of error');
  expect(readFileSync(english, 'utf8')).not.toContain('错误原因');
});

test('JSON lines keep their digits', async () => {
  const lines = [`{"代码":"${A}","收入（元）":1.10}`, `{"代码":"${B}","收入（元）":"x"}`];
  const path = put('lines.jsonl', lines.join('\n'));
  const outcome = await read(path, mapping);
  const back = await marked(path, outcome, 'lines-back.jsonl');
  const text = readFileSync(back, 'utf8').trim().split('\n');
  expect(text[0]).toBe(lines[0]);
  expect(JSON.parse(text[1] ?? '')).toMatchObject({
    代码: B,
    错误原因: expect.stringContaining('不是数字'),
  });
  const second = await read(back, mapping);
  expect(second.said.filter((s) => s.startsWith('error'))).toEqual(['error number-text B2 x']);
});

test('rows without references, prefixes and styled blank columns take the cell in its place', async () => {
  const inside =
    '<x:sheetData><x:row r="1" spans="1:3"><x:c r="A1" t="str"><x:v>代码</x:v></x:c>' +
    '<x:c r="B1" t="str"><x:v>收入（元）</x:v></x:c><x:c r="C1" s="0"/></x:row>' +
    `<x:row r="2" spans="1:3"><x:c r="A2" t="str"><x:v>${A}</x:v></x:c>` +
    '<x:c r="B2" t="str"><x:v>x</x:v></x:c><x:c r="C2" s="0"/></x:row><x:row r="3"/></x:sheetData>';
  const own = parts('').map(([name, bytes]) =>
    name.endsWith('sheet1.xml')
      ? ([
          name,
          `<x:worksheet xmlns:x="main"><x:dimension ref="A1:C2"/>${inside}</x:worksheet>`,
        ] as const)
      : ([name, bytes] as const),
  );
  const path = put('prefix.xlsx', zip(own));
  const outcome = await read(path, mapping);
  expect(outcome.said).toContain('error number-text 表!B2 x');
  const back = await marked(path, outcome, 'prefix-back.xlsx');
  const second = await read(back, mapping);
  expect(second.said).toEqual(outcome.said);
  expect(second.reading?.forms?.[0]?.reasonColumn).toBe(3);
});

test('nothing is left behind when the file is gone or broken', async () => {
  const path = await putXlsx('gone.xlsx', [sheet('表', GRID)]);
  const outcome = await read(path, mapping);
  put('gone.xlsx', readFileSync(path).subarray(0, 900));
  const target = path.replace(/[^/]*$/u, 'gone-back.xlsx');
  const marking = {
    forms: outcome.reading?.forms ?? [],
    problems: outcome.problems,
    language: 'zh' as const,
  };
  await expect(markErrors(path, target, marking)).rejects.toThrow(/zip/u);
  expect(() => readFileSync(target)).toThrow(/ENOENT/u);
  expect(() => readFileSync(`${target}.part`)).toThrow(/ENOENT/u);
});
