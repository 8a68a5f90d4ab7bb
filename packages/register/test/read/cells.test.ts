// Goal: every kind of cell becomes the one right value or one problem at its place. Method: a column
// a table, read through the door from .csv, whose cells are text; .xlsx where the stored kind counts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usccCheck } from '../../src/read/uscc.ts';
import { mappingOf, parts, put, putCsv, putXlsx, read, sheet, zip } from './desk.ts';
import type { Value } from './desk.ts';

/** Reads one column under `heading` as `label` of `table`; each value of the row, or its problem. */
async function column(
  table: string,
  heading: string,
  label: string,
  cells: readonly Value[],
  xlsx = false,
): Promise<readonly unknown[]> {
  const mapping = mappingOf(table, {
    编号: table === '企业' ? '统一社会信用代码' : '编号',
    [heading]: label,
  });
  const id = (i: number): string => (table === '企业' ? CODES[i] : `A${i}`) ?? '';
  const rows = [['编号', heading], ...cells.map((c, i) => [id(i), c])];
  const path = xlsx
    ? await putXlsx('column.xlsx', [sheet('表', rows)])
    : putCsv('column.csv', rows);
  const { rows: good, problems, refused } = await read(path, mapping);
  expect(refused).toEqual([]);
  const firstRow = 2;
  return cells.map((_, i) => {
    const row = good.find((r) => r.row === i + firstRow);
    const found = problems.filter((p) => p.row === i + firstRow).map((p) => p.code);
    const value = row?.values.get(label);
    if (row === undefined) return found.join(' ');
    return found.length === 0 ? value : [value, ...found];
  });
}

/** Codes whose two checks hold. */
const CODES = readFileSync(join(import.meta.dirname, 'uscc-codes.csv'), 'utf8')
  .split('\n')
  .map((l) => l.split(','))
  .filter((f) => f[2] === 'true' && f[3] === 'true')
  .map((f) => f[0] ?? '');

describe('amounts', () => {
  const money = (heading: string, ...cells: Value[]): Promise<readonly unknown[]> =>
    column('企业', heading, '营业收入', cells);

  test('in every unit, to the 分', async () => {
    expect(await money('收入（元）', '1,234.50', '0.01', '12')).toEqual([123450n, 1n, 1200n]);
    expect(await money('收入（千元）', '1234.56789', '0.00001')).toEqual([123456789n, 1n]);
    expect(await money('收入(万元)', '12.5', '0.000001')).toEqual([12500000n, 1n]);
    expect(await money('收入[百万元]', '1')).toEqual([100000000n]);
    expect(await money('收入（亿元）', '0.5')).toEqual([5000000000n]);
  });

  test('with a unit of their own, signs, full width', async () => {
    const cells = ['12万元', '￥3.00', '１，２３４．５', ' 7 ', '1.5E3'];
    expect(await money('收入（千元）', ...cells)).toEqual([
      12000000n,
      300000n,
      123450000n,
      700000n,
      150000000n,
    ]);
  });

  test('blank words are no value', async () => {
    const blank = ['', '－', '/', '…', '——', '-', ' ', 'N/A'];
    expect(await money('收入（元）', ...blank)).toEqual(blank.map(() => undefined));
  });

  test('each mistake has its code', async () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['十二', 'number-text'],
      ['1,23,4', 'number-grouping'],
      ['1,5', 'number-grouping'],
      ['0.001', 'number-precise'],
      ['-1', 'number-negative'],
      ['(5.00)', 'number-negative'],
      ['10000000000000', 'number-range'],
      ['5人', 'number-unit'],
      ['1.2.3', 'number-text'],
      ['12元整', 'number-unit'],
    ];
    expect(await money('收入（元）', ...wrong.map(([t]) => t))).toEqual(wrong.map(([, c]) => c));
  });

  test('an error of binary numbers is said and mended, a real digit is not', async () => {
    const cells = [Number('1234.5600000000001'), 0.1 + 0.2, 1234.567891, 2.675, 1234.56789012345];
    expect(await column('企业', '收入（元）', '营业收入', cells, true)).toEqual([
      [123456n, 'number-noise'],
      [30n, 'number-noise'],
      'number-precise',
      'number-precise',
      'number-precise',
    ]);
    expect(await column('企业', '收入（万元）', '营业收入', [1234.567891], true)).toEqual([
      1234567891n,
    ]);
  });

  test('any amount written in any unit comes back to the 分', async () => {
    const units = { 元: 2, 千元: 5, 万元: 6, 亿元: 10 } as const;
    const unit = fc.constantFrom(...(Object.keys(units) as (keyof typeof units)[]));
    const amount = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });
    await fc.assert(
      fc.asyncProperty(unit, fc.array(amount, { minLength: 1, maxLength: 15 }), async (u, list) => {
        const texts = list.map((fen) => {
          const digits = String(fen).padStart(units[u] + 1, '0');
          return `${digits.slice(0, -units[u])}.${digits.slice(-units[u])}`;
        });
        expect(await money(`收入（${u}）`, ...texts)).toEqual(list);
      }),
      { numRuns: 25 },
    );
  });
});

test('counts are whole, areas have two decimals, other units turn', async () => {
  expect(
    await column('企业', '人数', '从业人员', ['12', '12人', '1.2万人', '12.5', '1千']),
  ).toEqual([12n, 12n, 12000n, 'number-precise', 'number-unit']);
  const area = (heading: string, cell: string): Promise<readonly unknown[]> =>
    column('小区', heading, '日光温室占地面积', [cell]);
  expect(await area('占地', '12.34')).toEqual([1234n]);
  expect(await area('占地（公顷）', '2')).toEqual([3000n]);
  expect(await area('占地（平方米）', '2000')).toEqual([300n]);
  expect(await area('占地（平方米）', '100')).toEqual([15n]);
  expect(await area('占地（平方米）', '1')).toEqual(['number-precise']);
});

test('dates as people write them, and as serial numbers', async () => {
  const good = [
    '2023-09-01',
    '2023/9/1',
    '2023年9月1日',
    '20230901',
    '2023.9.1',
    '2023-09-01 00:00:00',
  ];
  expect(await column('小区', '验收', '验收日期', good)).toEqual(good.map(() => '2023-09-01'));
  const bad = ['2023-02-30', '1899-01-01', '2023年9月', '昨天', '23.9.1', '45170'];
  expect(await column('小区', '验收', '验收日期', bad)).toEqual([
    'date-impossible',
    'date-impossible',
    'date-no-day',
    'date-text',
    'date-text',
    ['2023-09-01', 'date-serial'],
  ]);
  expect(await column('企业', '入库', '限上入库年月', ['2023年9月', '202309'])).toEqual([
    '2023-09-01',
    '2023-09-01',
  ]);
});

test('a date of a workbook is a styled number, from 1900 or from 1904', async () => {
  const mapping = mappingOf('小区', { 编号: '编号', 验收: '验收日期' });
  const day = new Date(Date.UTC(2023, 8, 1));
  const path = await putXlsx('dates.xlsx', [
    {
      name: '表',
      rows: [
        ['编号', '验收'],
        ['A1', day],
        ['A2', new Date(Date.UTC(2024, 1, 29))],
      ],
    },
  ]);
  const { rows } = await read(path, mapping);
  expect(rows.map((r) => r.values.get('验收日期'))).toEqual(['2023-09-01', '2024-02-29']);
  const cells = '<c r="A2" t="inlineStr"><is><t>A1</t></is></c><c r="B2" s="0"><v>43708</v></c>';
  const head = '<c t="inlineStr"><is><t>编号</t></is></c><c t="inlineStr"><is><t>验收</t></is></c>';
  const own = parts(`<sheetData><row>${head}</row><row r="2">${cells}</row></sheetData>`).map(
    ([name, bytes]) =>
      name === 'xl/workbook.xml'
        ? ([name, String(bytes).replace('<sheets>', '<workbookPr date1904="1"/><sheets>')] as const)
        : ([name, bytes] as const),
  );
  const old = await read(put('1904.xlsx', zip(own)), mapping);
  expect(old.rows[0]?.values.get('验收日期')).toBe('2023-09-01');
});

test('yes and no in the words of clerks', async () => {
  const yes = ['是', '有', '√', '1', 'Y', 'true', '✔'];
  const no = ['否', '无', '×', '0', 'N', 'FALSE'];
  expect(await column('企业', '法人', '法人', yes)).toEqual(yes.map(() => true));
  expect(await column('企业', '法人', '法人', no)).toEqual(no.map(() => false));
  expect(await column('企业', '法人', '法人', ['也许', ''])).toEqual(['bool-text', undefined]);
});

test('options and districts by name, short name and code; near words are suggested', async () => {
  expect(await column('企业', '行业', '行业', ['零售业', ' 零售业 ', '零售'])).toEqual([
    '零售业',
    '零售业',
    'option-unknown',
  ]);
  const districts = ['平山区', '平山', '210502', '辽宁省本溪市平山区', '本溪市平山区'];
  expect(await column('企业', '县区', '县区', districts)).toEqual(districts.map(() => '平山区'));
  expect(
    await column('企业', '县区', '县区', [
      '本溪县',
      '210522',
      '高新区',
      '本溪高新技术产业开发区',
      '平三区',
    ]),
  ).toEqual(['本溪满族自治县', '桓仁满族自治县', '高新区', '高新区', 'district-unknown']);
  const path = putCsv('near.csv', [
    ['代码', '行业', '县区'],
    [CODES[0] ?? '', '零售', '平三区'],
  ]);
  const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 行业: '行业', 县区: '县区' });
  const { problems } = await read(path, mapping);
  const near = problems.filter((p) => p.severity === 'error').map((p) => p.params['near']);
  expect(near).toEqual(['零售业', '平山区']);
});

test('a percentage of a workbook is the number that is shown', async () => {
  const mapping = mappingOf('工业用地', { 编号: '编号', '容积率（%）': '原容积率' });
  const path = put(
    'percent.xlsx',
    zip(
      parts(
        '<sheetData><row><c t="str"><v>编号</v></c><c t="str"><v>容积率（%）</v></c></row>' +
          '<row><c t="str"><v>A1</v></c><c s="1"><v>1.25</v></c></row>' +
          '<row><c t="str"><v>A2</v></c><c><v>125</v></c></row></sheetData>',
        [
          [
            'xl/styles.xml',
            '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs></styleSheet>',
          ],
        ],
      ).map(([name, bytes]) =>
        name === 'xl/_rels/workbook.xml.rels'
          ? ([
              name,
              String(bytes).replace(
                '</Rel',
                `<Relationship Id="rId2" Type="x/styles" Target="styles.xml"/></Rel`,
              ),
            ] as const)
          : ([name, bytes] as const),
      ),
    ),
  );
  const { rows, said } = await read(path, mapping);
  expect(said).toEqual([]);
  expect(rows.map((r) => r.values.get('原容积率'))).toEqual([125n, 125n]);
});

describe('统一社会信用代码', () => {
  test('the vectors of the standard', async () => {
    const vectors = readFileSync(join(import.meta.dirname, 'uscc-codes.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((l) => l.split(','));
    expect(vectors.length).toBeGreaterThan(25);
    const path = putCsv('uscc.csv', [
      ['代码', '名称'],
      ...vectors.map((f) => [f[0] ?? '', f[4] ?? '']),
    ]);
    const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' });
    const { rows, problems } = await read(path, mapping);
    const wrong = (row: number): readonly string[] =>
      problems.filter((p) => p.row === row && p.severity === 'error').map((p) => p.code);
    vectors.forEach((f, i) => {
      const text = f[0] ?? '';
      const plain = text.normalize('NFKC').toUpperCase();
      // Two vectors are the first code in lower case and in full width: they repeat it.
      const repeats =
        vectors.filter((o) => o[0]?.normalize('NFKC').toUpperCase() === plain).length > 1;
      const codes = wrong(i + 2).filter((c) => c !== 'duplicate-differs');
      const valid = f[2] === 'true' || repeats;
      expect([text, codes.length === 0]).toEqual([text, valid]);
    });
    expect(rows.length).toBe(vectors.filter((f) => f[2] === 'true').length - 1);
  });

  test('each way to be wrong has its code; the inner check only warns', async () => {
    const codes = [
      '91330100799655058A',
      '9133010079965505B',
      '9133010079965505OB',
      '91350100M000100Y4Z',
    ];
    const path = putCsv('wrong.csv', [['代码', '名称'], ...codes.map((c) => [c, c])]);
    const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' });
    expect((await read(path, mapping)).said).toEqual([
      'error uscc-check A2 91330100799655058A',
      'error uscc-length A3 9133010079965505B',
      'error uscc-alphabet A4 9133010079965505OB',
      'error uscc-alphabet A5 91350100M000100Y4Z',
    ]);
    const first17 = '91330100799655059';
    const inner = putCsv('inner.csv', [
      ['代码', '名称'],
      [first17 + usccCheck(first17), '甲'],
    ]);
    const { rows, said } = await read(inner, mapping);
    expect(said).toEqual([`warning uscc-inner A2 ${first17}${usccCheck(first17)}`]);
    expect(rows).toHaveLength(1);
  });

  test('codes that a spreadsheet took for numbers', async () => {
    const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' });
    const path = await putXlsx('damaged.xlsx', [
      sheet('表', [
        ['代码', '名称'],
        [Number('914403001922038216'), '数字'],
        ['9.14403E+17', '科学记数'],
        ['914403001922038000', '尾数'],
      ]),
    ]);
    const { said } = await read(path, mapping);
    expect(said.map((s) => s.split(' ')[1])).toEqual([
      'code-damaged',
      'code-damaged',
      'code-damaged',
    ]);
  });

  test('references to an enterprise are checked too; other numbers only where the mapping says so', async () => {
    const ref = mappingOf('技改项目', { 编号: '编号', 企业代码: '企业' });
    const path = putCsv('ref.csv', [
      ['编号', '企业代码'],
      ['P1', CODES[0] ?? ''],
      ['P2', '9144'],
    ]);
    expect((await read(path, ref)).said).toEqual(['error uscc-length B3 9144']);
    const farm = mappingOf('农业主体', { 代码: '统一社会信用代码', 名称: '名称' });
    const open = {
      ...farm,
      forms: farm.forms.map((f) => ({
        ...f,
        columns: f.columns.map((c) => (c.heading === '代码' ? { ...c, otherCodes: true } : c)),
      })),
    };
    const farmers = putCsv('farm.csv', [
      ['代码', '名称'],
      ['NH-0012', '农户'],
      ['91330100799655058A', '错'],
    ]);
    expect((await read(farmers, farm)).said).toHaveLength(2);
    expect((await read(farmers, open)).said).toEqual(['error uscc-check A3 91330100799655058A']);
  });
});

test('numbers of projects keep their zeros, or say that they are lost', async () => {
  const mapping = mappingOf('载体', { 编号: '编号', 名称: '名称' });
  const path = putCsv('zeros.csv', [
    ['编号', '名称'],
    ['0012', '甲'],
    ['0013', '乙'],
    ['14', '丙'],
  ]);
  const { said, problems } = await read(path, mapping);
  expect(said).toEqual(['error code-zeros A4 14']);
  expect(problems.at(-1)?.params['near']).toBe('0014');
  const stored = await putXlsx('zeros.xlsx', [
    sheet('表', [
      ['编号', '名称'],
      [14, '丙'],
    ]),
  ]);
  expect((await read(stored, mapping)).said).toEqual(['warning code-number 表!A2 14']);
});

describe('撤销', () => {
  test('is null in a column of any type, in every writing', async () => {
    const types = ['从业人员', '限额以上', '行业', '县区', '名称'];
    for (const label of types) {
      expect([label, await column('企业', label, label, ['撤销'])]).toEqual([label, [null]]);
    }
    expect(await column('技改项目', '企业', '企业', ['撤销'])).toEqual([null]);
    expect(await column('首店', '开业日期', '开业日期', ['撤销'])).toEqual([null]);
    const written = [' 撤销　', '撤 销', '\u200b撤销'];
    expect(await column('企业', '收入（元）', '营业收入', written)).toEqual([null, null, null]);
    expect(await column('企业', '名称', '名称', ['撤销', '撤销公司'], true)).toEqual([
      null,
      '撤销公司',
    ]);
  });

  test('is no other word of a form, unless the form names it; an identity is not withdrawn', async () => {
    const words = async (known: Readonly<Record<string, string>>): Promise<unknown> => {
      const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 状态: '限额以上' });
      const forms = mapping.forms.map((f) => ({
        ...f,
        columns: f.columns.map((c) => (c.heading === '状态' ? { ...c, words: known } : c)),
      }));
      const path = putCsv('words.csv', [
        ['代码', '状态'],
        [CODES[0] ?? '', '撤销'],
      ]);
      return (await read(path, { ...mapping, forms })).rows[0]?.values.get('限额以上');
    };
    expect(await words({ 在库: '是', '*': '否' })).toBe(null);
    expect(await words({ 在库: '是', 撤销: '否' })).toBe(false);
    const path = putCsv('identity.csv', [
      ['代码', '名称'],
      ['撤销', '甲公司'],
    ]);
    const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' });
    expect((await read(path, mapping)).said).toEqual(['error uscc-length A2 撤销']);
  });
});

test('text stays text, whatever it begins with', async () => {
  const names = ['=1+1', '+86', '-公司', '@甲', ' 丙 ', '甲\n乙'];
  const got = await column('企业', '名称', '名称', names);
  expect(got).toEqual(['=1+1', '+86', '-公司', '@甲', '丙', '甲 乙']);
  expect(await column('企业', '名称', '名称', ['长'.repeat(1001)])).toEqual(['text-long']);
});
