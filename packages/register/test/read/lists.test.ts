// Goal: a list is read whole or not at all, so that money is never computed over too few of its
// rows; 撤销 takes back. Method: loans of projects through the door, and on into a register.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { markErrors, readFile } from '@zhida/register';
import type { Mapping } from '@zhida/register';
import { newRegister, tableRows } from '../store/temporary.ts';
import { mappingOf, put, putCsv, putXlsx, read, sheet } from './desk.ts';
import type { Grid, Outcome, Value } from './desk.ts';
import { ruleSet } from './rules.ts';

const LOANS = '设施农业项目.贷款';
const HEAD = ['项目编号', '借据号', '本金', '合同日期'];
const loans = mappingOf(
  LOANS,
  { 项目编号: '上级', 借据号: '编号', 本金: '本金', 合同日期: '合同日期' },
  { sheet: ['贷款'], unit: '元' },
);
const projects = mappingOf(
  '设施农业项目',
  { 编号: '编号', 名称: '名称', 投资额: '投资额', 贷款笔数: '贷款 个数' },
  { sheet: ['项目'], unit: '元' },
);
const both: Mapping = { ...loans, forms: [...projects.forms, ...loans.forms] };

const loan = (parent: Value, id: Value, more: Value = 5, day = '2023-02-01'): Value[] => [
  parent,
  id,
  more,
  day,
];

/** Reads loans from .csv: `said` by line, `kept` as parent and number. */
async function loansOf(...rows: Grid): Promise<Outcome & { readonly kept: readonly string[] }> {
  const outcome = await read(putCsv('loans.csv', [HEAD, ...rows]), loans);
  return { ...outcome, kept: outcome.rows.map((r) => `${r.parent} ${r.id}`) };
}

describe('a bad row of a list', () => {
  test('keeps the whole list of its parent out, rows before it too, and no other list', async () => {
    const { kept, said, reading, problems } = await loansOf(
      loan('SN-1', 'DK-11'),
      loan('SN-2', 'DK-21'),
      loan('SN-1', 'DK-12', 5, '2023-02-30'),
      loan('SN-1', 'DK-13'),
      loan('SN-1', 'DK-13'),
      ['合计', null, 25, null],
    );
    expect(kept).toEqual(['SN-2 DK-21']);
    expect(said).toEqual([
      'error list-row-bad A2 SN-1',
      'error date-impossible D4 2023-02-30',
      'error list-row-bad A5 SN-1',
      'warning duplicate-same B6 DK-13',
    ]);
    expect(problems.filter((p) => p.code === 'list-row-bad').map((p) => p.params)).toEqual([
      { place: '4' },
      { place: '4' },
    ]);
    expect(reading?.report).toMatchObject({ rows: 4, good: 1, bad: 3, skipped: 3 });
  });

  test('is also one without a number of its own, one that repeats another otherwise, one forgotten', async () => {
    const blank = await loansOf(loan('SN-1', 'DK-1'), loan('SN-1', null), loan('SN-2', 'DK-1'));
    expect(blank.kept).toEqual(['SN-2 DK-1']);
    const twice = await loansOf(
      loan('SN-1', 'DK-1'),
      loan('SN-1', 'DK-2'),
      loan('SN-1', 'DK-2', 6),
      loan('SN-2', 'DK-2'),
    );
    expect(twice.kept).toEqual(['SN-2 DK-2']);
    const forgotten = await loansOf(loan('SN-1', 'DK-1'), ['SN-1'], ['以下空白'], ['', '', '']);
    expect(forgotten.kept).toEqual([]);
    expect(forgotten.said).toContain('error identity-blank B3');
  });

  test('of nobody known keeps every list of that table out', async () => {
    for (const bad of [
      loan(null, 'DK-9'),
      loan('9.1E+17', 'DK-9'),
      loan('SN-1', 'DK', 5, 'x,y,z'),
    ]) {
      const text = [HEAD, loan('SN-1', 'DK-1'), bad, loan('SN-2', 'DK-2')]
        .map((cells) => `${cells.join(',')}\n`)
        .join('');
      const { rows, said, reading } = await read(put('open.csv', text), loans);
      expect(rows).toEqual([]);
      expect(said.filter((s) => !/A3|row-shifted|D3/u.test(s))).toEqual([
        'error list-unread A2 SN-1',
        'error list-unread A4 SN-2',
      ]);
      expect(reading?.report).toMatchObject({ rows: 3, good: 0, bad: 3, skipped: 1 });
    }
  });

  test('in one sheet counts for the rows of another; tables that are no list are not held hostage', async () => {
    const path = await putXlsx('sheets.xlsx', [
      sheet('项目', [
        ['编号', '名称', '投资额', '贷款笔数'],
        ['SN-1', '大棚', '许多', 2],
        ['SN-2', '冷棚', 7, 0],
        ['SN-3', '温室', 7, 0],
      ]),
      sheet('贷款一', [HEAD, loan('SN-1', 'DK-1'), loan('SN-2', 'DK-2')]),
      sheet('贷款二', [HEAD, loan('SN-4', 'DK-4'), loan('SN-2', 'DK-3', '许多')]),
    ]);
    const { rows, said, problems } = await read(path, both);
    expect(rows.map((r) => `${r.parent} ${r.id}`)).toEqual([' SN-3', 'SN-1 DK-1', 'SN-4 DK-4']);
    expect(said).toEqual([
      'error number-text 项目!C2 许多',
      'error list-not-empty 项目!D3 0',
      'error list-row-bad 贷款一!A3 SN-2',
      'error number-text 贷款二!C3 许多',
    ]);
    expect(problems.find((p) => p.code === 'list-row-bad')?.params).toEqual({ place: '贷款二!3' });
  });

  test('stands in the file that goes back, behind every row of the list', async () => {
    const outcome = await loansOf(loan('SN-1', 'DK-1'), loan('SN-1', 'DK-2', '许多'));
    const path = putCsv('loans.csv', [HEAD, loan('SN-1', 'DK-1'), loan('SN-1', 'DK-2', '许多')]);
    const [zh, en] = [`${path}.zh.csv`, `${path}.en.csv`];
    const forms = outcome.reading?.forms ?? [];
    await markErrors(path, zh, { forms, problems: outcome.problems, language: 'zh' });
    await markErrors(path, en, { forms, problems: outcome.problems, language: 'en' });
    expect(readFileSync(zh, 'utf8').split('\r\n')[1]).toMatch(/第 3 行有误，整份清单都没有读入/u);
    expect(readFileSync(en, 'utf8').split('\r\n')[1]).toMatch(/row 3 .* the whole list stays out/u);
    const repaired = readFileSync(zh, 'utf8').replace('许多', '8');
    expect((await read(put('again.csv', repaired), loans)).rows).toHaveLength(2);
  });
});

test('a list that stays out leaves the one that is known; 撤销 takes facts and counts back', async () => {
  const register = await newRegister();
  const bring = async (name: string, rows: Grid, list: Grid) => {
    const path = await putXlsx(name, [
      sheet('项目', [['编号', '名称', '投资额', '贷款笔数'], ...rows]),
      sheet('贷款', [HEAD, ...list]),
    ]);
    const options = { ruleSet, mappings: [both], source: both.source, asOf: '2023-12-01' };
    const reading = await readFile(path, options);
    if (reading.refused === true) throw new Error(reading.problems[0]?.code);
    const dry = await register.stage(reading);
    await dry.commit({ by: '张三', on: '2023-12-01' });
    return dry;
  };
  await bring(
    'first.xlsx',
    [
      ['SN-1', '大棚', 700, null],
      ['SN-2', '冷棚', 800, 0],
    ],
    [loan('SN-1', 'DK-1'), loan('SN-1', 'DK-2')],
  );
  const dry = await bring(
    'second.xlsx',
    [
      ['SN-1', null, ' 撤销　', null],
      ['SN-2', null, null, '撤销'],
    ],
    [loan('SN-1', 'DK-1', 9), loan('SN-1', 'DK-2', '许多'), loan('SN-3', 'DK-3', '撤销')],
  );
  const changed = dry.tables.find((t) => t.table === '设施农业项目');
  expect(changed?.columns.find((c) => c.label === '投资额')).toMatchObject({
    withdrawn: 1,
    sumBefore: '1500',
    sumAfter: '800',
  });
  expect(changed?.changes).toMatchObject([
    { id: 'SN-1', label: '投资额', before: '700元', after: null },
    { id: 'SN-2', label: '贷款 个数', before: '0', after: null },
  ]);
  const snapshot = await register.snapshot({ at: '1' });
  const known = await tableRows(snapshot, LOANS);
  expect(known.map((r) => [r['上级'], r['编号'], r['本金']])).toEqual([
    ['SN-1', 'DK-1', 500n],
    ['SN-1', 'DK-2', 500n],
    ['SN-3', 'DK-3', null],
  ]);
  const own = await tableRows(snapshot, '设施农业项目');
  expect(own.map((r) => [r['名称'], r['投资额'], r['贷款 个数']])).toEqual([
    ['大棚', null, 2n],
    ['冷棚', 80000n, null],
  ]);
});
