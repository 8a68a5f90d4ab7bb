// Goal: the forms that bureaus send are understood whole: what is data, what is a total or a note,
// which column is which, of when and in which unit. Method: each shape as a workbook written by
// another library, or as .csv, read through the door.
import { describe, expect, test } from 'vitest';
import { mappingOf, put, putCsv, putXlsx, read, sheet, csvText } from './desk.ts';
import type { Grid } from './desk.ts';
import type { Mapping } from '@zhida/register';

const A = '91330100799655058B';
const B = '91210000242690243E';
const C = '91440300708461136T';

const MONTHLY: Mapping = {
  format: 'zhida-mapping-1',
  source: '限上月报',
  unit: '市统计局',
  recognise: [{ file: ['限上'] }, { title: ['限额以上', '零售额'] }],
  forms: [
    {
      table: '企业',
      columns: [
        { heading: '统一社会信用代码', label: '统一社会信用代码' },
        { heading: '单位名称', label: '名称' },
        { heading: '零售额/本月', label: '月限上零售额 {月}' },
        { heading: '零售额/上年同月', label: '月限上零售额 {上年同月}' },
        { heading: '吸纳毕业生', label: '吸纳毕业生人数' },
      ],
      ignore: ['序号', '1—{n}月累计', '备注'],
    },
  ],
};

const FORM: Grid = [
  ['2023年9月限额以上单位零售额（合成数据）'],
  ['填报单位：市统计局', null, null, null, null, '单位：千元'],
  ['序号', '统一社会信用代码', '单位名称', '零售额', null, '吸纳毕业生'],
  [null, null, null, '本月', '上年同月', '（人）'],
  ['甲', '乙', '丙', 1, 2, 3],
  [1, A, '甲公司', 12.34, 10, 5],
  [2, B, '乙公司', 7.66, '－', 6],
  ['平山区小计', null, null, 20, 10, 11],
  [3, C, '丙公司', 1, 1, null],
  ['合 计', null, null, 21, 11, 11],
  ['注：本表为合成数据。'],
  ['单位负责人：张三', null, '填表人：李四', null, '报出日期：2023年10月8日'],
];

const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => ({
  startRow,
  startCol,
  endRow,
  endCol,
});

const MERGES = [
  merge(0, 0, 0, 5),
  merge(1, 0, 1, 2),
  merge(2, 0, 3, 0),
  merge(2, 1, 3, 1),
  merge(2, 2, 3, 2),
  merge(2, 3, 2, 4),
];

const WANTED = [
  { id: A, row: 6, sep: 1234000n, last: 1000000n, staff: 5n },
  { id: B, row: 7, sep: 766000n, last: undefined, staff: 6n },
  { id: C, row: 9, sep: 100000n, last: 100000n, staff: undefined },
];

function facts(outcome: Awaited<ReturnType<typeof read>>): unknown {
  return outcome.rows.map((r) => ({
    id: r.id,
    row: r.row,
    sep: r.values.get('月限上零售额 2023-09'),
    last: r.values.get('月限上零售额 2022-09'),
    staff: r.values.get('吸纳毕业生人数'),
  }));
}

describe('a monthly form', () => {
  test('as a workbook with merged title and headings', async () => {
    const path = await putXlsx('限上.xlsx', [sheet('零售', FORM, { merges: MERGES })]);
    const outcome = await read(path, MONTHLY);
    expect(outcome.said).toEqual([]);
    expect(facts(outcome)).toEqual(WANTED);
    expect(outcome.reading?.source).toMatchObject({
      unit: '市统计局',
      name: '限上月报',
      period: '2023年9月',
      asOf: '2023-10-08',
      file: '限上.xlsx',
    });
    expect(outcome.reading?.report).toMatchObject({ rows: 3, good: 3, bad: 0, skipped: 9 });
    expect(outcome.reading?.forms).toEqual([
      { sheet: '零售', table: '企业', headerRow: 4, reasonColumn: 6 },
    ]);
  });

  test('as .csv, where nothing is merged, in every encoding and with every delimiter', async () => {
    const gb = Buffer.from(
      // 限上月报 … in GB 18030, made once by another tool.
      await gb18030(csvText(FORM)),
    );
    const files = [
      put('限上1.csv', csvText(FORM)),
      put('限上2.csv', `\ufeff${csvText(FORM)}`),
      put('限上3.csv', csvText(FORM, ';')),
      put('限上4.csv', csvText(FORM, '\t', '\n')),
      put('限上5.csv', csvText(FORM, ',', '\r')),
      put('限上6.csv', gb),
    ];
    for (const path of files) {
      const outcome = await read(path, MONTHLY);
      expect([path, outcome.said]).toEqual([path, []]);
      expect(facts(outcome)).toEqual(WANTED);
    }
  });

  test('stated sums that differ from the rows are warned of, with both figures', async () => {
    const wrong = FORM.map((row, r) => (r === 9 ? ['合 计', null, null, 22, 11, 11] : row));
    const outcome = await read(putCsv('限上.csv', wrong), MONTHLY);
    expect(outcome.said).toEqual(['warning total-differs D10 22千元']);
    expect(outcome.problems[0]?.params).toEqual({
      word: '合计',
      stated: '22千元',
      summed: '21千元',
    });
    const part = FORM.map((row, r) => (r === 7 ? ['平山区小计', null, null, 20.5, 10, 11] : row));
    const again = await read(putCsv('限上.csv', part), MONTHLY);
    expect(again.said).toEqual(['warning total-differs D8 20.5千元']);
  });

  test('is recognised by its title when its file has another name; without a month it is refused', async () => {
    const path = putCsv('附件1.csv', FORM);
    const { said, reading } = await read(path, [
      MONTHLY,
      { ...MONTHLY, source: '别的', recognise: [{ file: ['别的'] }] },
    ]);
    expect(said).toEqual([]);
    expect(reading?.source.name).toBe('限上月报');
    const undated = FORM.map((row, r) => (r === 0 ? ['限额以上单位零售额'] : row));
    const outcome = await read(putCsv('附件1.csv', undated), MONTHLY);
    expect(outcome.said).toEqual(['error month-missing D4', 'error month-missing E4']);
    const named = await read(putCsv('2023年9月.csv', undated), MONTHLY);
    expect(facts(named)).toEqual(WANTED);
  });
});

/** GB 18030 of the characters of a text; Node only decodes it. */
async function gb18030(text: string): Promise<Uint8Array> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const bytes = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      bytes.set(decoder.decode(new Uint8Array([high, low])), [high, low]);
    }
  }
  return new Uint8Array(
    [...text].flatMap((c) =>
      (c.codePointAt(0) ?? 0) < 0x80 ? [c.codePointAt(0) ?? 0] : [...(bytes.get(c) ?? [63])],
    ),
  );
}

test('a column a month, named in its heading', async () => {
  const mapping = mappingOf('企业', {
    信用代码: '统一社会信用代码',
    '{某月}': '月限上零售额 {某月}',
    '上年{某月}': '月限上零售额 {某月上年}',
  });
  const path = putCsv('months.csv', [
    ['2023年1—9月  单位：元'],
    ['信用代码', '8月', '2023年9月份', '上年9月'],
    [A, 1, 2, 3],
  ]);
  const { rows, said } = await read(path, mapping);
  expect(said).toEqual([]);
  expect([...(rows[0]?.values ?? [])]).toEqual([
    ['月限上零售额 2023-08', 100n],
    ['月限上零售额 2023-09', 200n],
    ['月限上零售额 2022-09', 300n],
  ]);
});

test('units: heading before column before form line before mapping; silence is an error', async () => {
  const value = async (heading: string, line: string, more = {}, column = {}): Promise<unknown> => {
    const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 收入: '营业收入' }, more);
    const [form] = mapping.forms;
    const columns =
      form?.columns.map((c) => (c.heading === '收入' ? { ...c, ...column } : c)) ?? [];
    const own = { ...mapping, forms: [{ table: '企业', ...form, columns }] };
    const { rows, said } = await read(
      putCsv('units.csv', [[line], ['代码', heading], [A, 1]]),
      own,
    );
    return said.length === 0 ? rows[0]?.values.get('营业收入') : said.join();
  };
  expect(await value('收入（元）', '单位：千元')).toBe(100n);
  expect(await value('收入', '单位：万元', {}, { unit: '千元' })).toBe(100000n);
  expect(await value('收入', '计量单位：人、万元')).toBe(1000000n);
  expect(await value('收入', '', { unit: '千元' })).toBe(100000n);
  expect(await value('收入', '单位：市统计局', { unit: '亿元' })).toBe(10000000000n);
  expect(await value('收入', '')).toBe('error unit-missing B2');
  expect(await value('收入（人）', '')).toBe('error unit-wrong B2');
  expect(await value('收入', '单位：万元', { unit: '千元' })).toBe('warning unit-differs B2');
  expect(await value('收入（万元）', '', {}, { unit: '元' })).toBe('warning unit-differs B2');
});

test('words of the form, constants, one heading for two facts', async () => {
  const mapping: Mapping = {
    ...mappingOf('企业', {}),
    forms: [
      {
        table: '企业',
        columns: [
          { heading: '代码', label: '统一社会信用代码' },
          { heading: '类型', label: '法人', words: { 有限责任公司: '是', 个体工商户: '否' } },
          { heading: '状态', label: '限额以上', words: { 在库: '是', '*': '否' } },
        ],
        constants: { 行业: '零售业', 从业人员: '12人' },
      },
    ],
  };
  const path = putCsv('words.csv', [
    ['代码', '类型', '状态'],
    [A, '有限责任公司', '在 库'],
    [B, '个体工商户', '退库'],
    [C, '合伙', ''],
  ]);
  const { rows, said } = await read(path, mapping);
  expect(said).toEqual(['error bool-text B4 合伙']);
  expect(rows.map((r) => [...r.values])).toEqual([
    [
      ['行业', '零售业'],
      ['从业人员', 12n],
      ['法人', true],
      ['限额以上', true],
    ],
    [
      ['行业', '零售业'],
      ['从业人员', 12n],
      ['法人', false],
      ['限额以上', false],
    ],
  ]);
});

test('several sheets: notes are passed over, hidden and unknown ones are named', async () => {
  const rows: Grid = [
    ['代码', '名称'],
    [A, '甲'],
  ];
  const mapping = {
    ...mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' }),
    skip: ['目录'],
  };
  const path = await putXlsx('sheets.xlsx', [
    sheet('填表说明', [['一、本表由市统计局填报。'], ['二、金额以千元计。']]),
    sheet('平山', rows),
    sheet('溪湖', [
      ['代码', '名称'],
      [B, '乙'],
    ]),
    sheet('字典', rows, { hidden: true }),
    sheet('目录', [
      ['页', '表', '名'],
      [1, 2, 3],
    ]),
    sheet('别的', [
      ['项目', '数量', '说明'],
      ['甲', 1, '无'],
    ]),
  ]);
  const outcome = await read(path, mapping);
  expect(outcome.rows.map((r) => [r.sheet, r.row, r.id])).toEqual([
    ['平山', 2, A],
    ['溪湖', 2, B],
  ]);
  expect(outcome.said).toEqual(
    ['warning sheet-hidden 字典', 'warning sheet-unknown 别的'].map((s) =>
      s.replace(/ (\S+)$/u, ' $1!'),
    ),
  );
});

test('a sheet a month: each brings its own, the file is of all of them', async () => {
  const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 零售额: '月限上零售额 {月}' });
  const page = (month: number, id: string) =>
    sheet(`${month}月`, [[`2023年${month}月  单位：元`], ['代码', '零售额'], [id, month]]);
  const path = await putXlsx(
    'months.xlsx',
    [page(9, A), page(10, A), page(9, B)].map((s, i) => ({ ...s, name: `${i}` })),
  );
  const { rows, said, reading } = await read(path, mapping);
  expect(said).toEqual([]);
  expect(rows.map((r) => [...r.values].join())).toEqual([
    '月限上零售额 2023-09,900',
    '月限上零售额 2023-10,1000',
    '月限上零售额 2023-09,900',
  ]);
  expect(reading?.source).toMatchObject({ period: '2023年9月—2023年10月', asOf: '2023-10-31' });
});

test('a mapping with a form for each sheet; loans name their project', async () => {
  const mapping: Mapping = {
    ...mappingOf(
      '设施农业项目',
      { 编号: '编号', 名称: '名称', 贷款笔数: '贷款 个数' },
      { sheet: ['项目'] },
    ),
  };
  const loans = mappingOf(
    '设施农业项目.贷款',
    { 项目编号: '上级', 借据号: '编号', 本金: '本金', 期限: '期限' },
    { sheet: ['贷款'], unit: '万元' },
  );
  const both = { ...mapping, forms: [...mapping.forms, ...loans.forms] };
  const path = await putXlsx('farm.xlsx', [
    sheet('项目', [
      ['编号', '名称', '贷款笔数'],
      ['X1', '大棚', 2],
      ['X2', '冷棚', 0],
    ]),
    sheet(
      '贷款明细',
      [
        ['项目编号', '借据号', '本金', '期限'],
        ['X1', 'J1', 50, '36个月'],
        [null, 'J2', 20, 12],
        ['X3', 'J3', 1, 1],
      ],
      { merges: [merge(1, 0, 2, 0)] },
    ),
  ]);
  const { rows, said } = await read(path, both);
  expect(said).toEqual([]);
  expect(rows.map((r) => [r.table, r.parent, r.id, ...r.values.values()])).toEqual([
    ['设施农业项目', '', 'X1', '大棚', 2n],
    ['设施农业项目', '', 'X2', '冷棚', 0n],
    ['设施农业项目.贷款', 'X1', 'J1', 5000000000n / 100n, 36n],
    ['设施农业项目.贷款', 'X1', 'J2', 20000000n, 12n],
    ['设施农业项目.贷款', 'X3', 'J3', 1000000n, 1n],
  ]);
});

test('a figure that is merged over rows is whose? an error; a district is that of both', async () => {
  const mapping = mappingOf('企业', {
    代码: '统一社会信用代码',
    县区: '县区',
    '收入（元）': '营业收入',
  });
  const path = await putXlsx('merged.xlsx', [
    sheet(
      '表',
      [
        ['代码', '县区', '收入（元）'],
        [A, '平山', 5],
        [B, null, null],
      ],
      {
        merges: [merge(1, 1, 2, 1), merge(1, 2, 2, 2)],
      },
    ),
  ]);
  const { rows, said } = await read(path, mapping);
  expect(said).toEqual(['error cell-merged 表!C3 5']);
  expect(rows[0]?.values.get('县区')).toBe('平山区');
});

test('the same identity twice: the same row is read once, two rows name each other', async () => {
  const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' });
  const path = await putXlsx('twice.xlsx', [
    sheet('一', [
      ['代码', '名称'],
      [A, '甲'],
      [B, '乙'],
      [A.toLowerCase(), '甲'],
      [C, '丙'],
    ]),
    sheet('二', [
      ['代码', '名称'],
      [C, '丁'],
    ]),
  ]);
  const { rows, said, problems, reading } = await read(path, mapping);
  expect(said).toEqual([
    `warning duplicate-same 一!A4 ${A.toLowerCase()}`,
    `error duplicate-differs 一!A5 ${C}`,
    `error duplicate-differs 二!A2 ${C}`,
  ]);
  expect(problems.map((p) => p.params['place']).filter(Boolean)).toEqual(['2', '二!2', '一!5']);
  expect(rows.map((r) => r.id)).toEqual([A, B]);
  expect(reading?.report).toMatchObject({ rows: 4, good: 2, bad: 2 });
});

test('good rows are not held hostage; what is no data is not counted', async () => {
  const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称', 人数: '从业人员' });
  const path = putCsv('rows.csv', [
    ['代码', '名称', '人数', '电话'],
    [A, '甲', '许多', '1'],
    [B, '乙', 3, '2'],
    [null, '丙', 4, null],
    [null, null, null, null],
    ['代码', '名称', '人数', '电话'],
    ['以下空白'],
    ['说明：人数为年末数'],
  ]);
  const { rows, said, reading } = await read(path, mapping);
  expect(said).toEqual([
    'warning heading-unknown D1',
    'error number-text C2 许多',
    'error identity-blank A4',
    'warning row-unread 7 以下空白',
  ]);
  expect(rows.map((r) => r.id)).toEqual([B]);
  expect(reading?.report).toMatchObject({ rows: 3, good: 1, bad: 2, skipped: 5 });
});

test('a comma that was not quoted shifts a line: it is said, not read', async () => {
  const mapping = mappingOf('企业', {
    代码: '统一社会信用代码',
    '收入（元）': '营业收入',
    名称: '名称',
  });
  const path = put('shift.csv', `代码,收入（元）,名称\n${A},1,234.50,甲\n${B},1.00,乙,\n`);
  const { rows, said } = await read(path, mapping);
  expect(said).toEqual(['error row-shifted 2']);
  expect(rows.map((r) => r.id)).toEqual([B]);
});

test('a formula without a result and one that failed', async () => {
  const cells = (r: number, formula: string): string =>
    `<row r="${r}"><c r="A${r}" t="str"><v>${r === 2 ? A : B}</v></c><c r="B${r}"${formula}</c></row>`;
  const { parts, zip } = await import('./desk.ts');
  const head = '<row r="1"><c t="str"><v>代码</v></c><c t="str"><v>人数</v></c></row>';
  const body = cells(2, '><f>1+1</f><v></v>') + cells(3, ' t="e"><f>1/0</f><v>#DIV/0!</v>');
  const path = put('formula.xlsx', zip(parts(`<sheetData>${head}${body}</sheetData>`)));
  const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 人数: '从业人员' });
  const { said } = await read(path, mapping);
  expect(said).toEqual(['error formula-blank 表!B2', 'error cell-error 表!B3 #DIV/0!']);
});

test('a form of another year than the fact warns', async () => {
  const mapping = mappingOf('企业', { 代码: '统一社会信用代码', 人数: '从业人员' });
  const path = putCsv('2021年度.csv', [
    ['代码', '人数'],
    [A, 1],
  ]);
  expect((await read(path, mapping)).said).toEqual(['warning period-outside B1']);
});

test('JSON lines and Parquet keep exact digits', async () => {
  const mapping = mappingOf('企业', {
    代码: '统一社会信用代码',
    '收入（元）': '营业收入',
    法人: '法人',
  });
  const lines = [
    { 代码: A, '收入（元）': 0.1, 法人: true },
    { 代码: B, '收入（元）': '1,000' },
  ].map((o) => JSON.stringify(o));
  const json = await read(put('facts.jsonl', `${lines.join('\n')}\n`), mapping);
  expect(json.said).toEqual([]);
  expect(json.rows.map((r) => [...r.values.values()])).toEqual([[10n, true], [100000n]]);
  const { openDuck } = await import('@zhida/register');
  expect(openDuck).toBeTypeOf('function');
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const path = put('facts.parquet', '');
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  await c.run(
    `COPY (SELECT '${A}' AS "代码", 12345678901.23::DECIMAL(18,2) AS "收入（元）", true AS "法人"
       UNION ALL SELECT '${B}', NULL, false) TO '${path}' (FORMAT parquet)`,
  );
  c.closeSync();
  const parquet = await read(path, mapping);
  expect(parquet.said).toEqual([]);
  expect(parquet.rows.map((r) => [...r.values.values()])).toEqual([
    [1234567890123n, true],
    [false],
  ]);
});

test('sheets of several months name the same firms, each with facts of its own', async () => {
  const october = FORM.map((row) =>
    row.map((v) => (typeof v === 'string' ? v.replace('2023年9月', '2023年10月') : v)),
  );
  const path = await putXlsx('限上-两个月.xlsx', [
    sheet('9月', FORM, { merges: MERGES }),
    sheet('10月', october, { merges: MERGES }),
  ]);
  const { rows, reading } = await read(path, MONTHLY);
  expect(reading?.report).toMatchObject({ rows: 6, good: 6, bad: 0 });
  const own = rows.filter((r) => r.id === A).map((r) => [...r.values.keys()].join());
  expect(own).toHaveLength(2);
  expect(own[0]).toContain('月限上零售额 2023-09');
  expect(own[1]).toContain('月限上零售额 2023-10');
});
