// Goal: mapping files are read or refused with the place of the mistake, and a form without one gets
// a proposal that reads it. Method: the example of docs/imports.md, broken copies of it, and forms.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importTexts, mappingText, readMapping } from '@zhida/register';
import type { Mapping } from '@zhida/register';
import { mappingOf, putCsv, putXlsx, read, sheet } from './desk.ts';

const page = readFileSync(join(import.meta.dirname, '../../../../docs/imports.md'), 'utf8');
const example = /```json\n([^]*?)```/u.exec(page)?.[1] ?? '';
const A = '91330100799655058B';

describe('a mapping file', () => {
  test('the example of the page is one, and comes back as it was', () => {
    const { mapping, problems } = readMapping(example, 'x.json');
    expect(problems).toEqual([]);
    expect(mapping).not.toBeNull();
    const again = mapping === null ? null : readMapping(mappingText(mapping), 'x.json').mapping;
    expect(again).toEqual(mapping);
  });

  test('each mistake is named with its place', () => {
    const paths = (change: (m: Record<string, unknown>) => void): readonly string[] => {
      const copy = JSON.parse(example) as Record<string, unknown>;
      change(copy);
      const { mapping, problems } = readMapping(JSON.stringify(copy), 'x.json');
      expect(mapping).toBeNull();
      return problems.map((p) => `${p.code} ${p.params['path'] ?? ''}`);
    };
    expect(paths((m) => (m['format'] = 'other'))).toEqual(['mapping-key /format']);
    expect(paths((m) => delete m['source'])).toEqual(['mapping-key /source']);
    expect(paths((m) => (m['extra'] = 1))).toEqual(['mapping-key /extra']);
    expect(paths((m) => (m['recognise'] = [{ file: 'x' }]))).toEqual([
      'mapping-key /recognise/0/file',
    ]);
    expect(paths((m) => (m['forms'] = [{ table: '企业', columns: [{ heading: 'x' }] }]))).toEqual([
      'mapping-key /forms/0/columns/0/label',
    ]);
    expect(readMapping('{', 'x.json').problems[0]?.code).toBe('mapping-json');
    expect(readMapping('[]', 'x.json').problems[0]?.code).toBe('mapping-key');
  });

  test('labels and tables that do not exist, two headings for one label, no identity', async () => {
    const path = putCsv('x.csv', [
      ['代码', '名', '名称'],
      [A, '甲', '乙'],
    ]);
    const code = async (mapping: Mapping): Promise<string> => {
      const { refused } = await read(path, mapping);
      return `${refused[0]?.code} ${refused[0]?.params['near'] ?? ''}`.trim();
    };
    expect(await code(mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名字' }))).toBe(
      'mapping-label 名称',
    );
    expect(await code(mappingOf('企业们', { 代码: '统一社会信用代码' }))).toBe('mapping-table');
    expect(
      await code(mappingOf('企业', { 代码: '统一社会信用代码', 名: '名称', 名称: '名称' })),
    ).toBe('mapping-twice');
    expect(await code(mappingOf('企业', { 名: '名称', 名称: '行业' }))).toBe('identity-missing');
    expect(await code(mappingOf('企业', { 别的: '统一社会信用代码', 另外: '名称' }))).toBe(
      'no-table',
    );
  });

  test('of several that fit, the more specific one; two alike are refused', async () => {
    const mapping = (source: string, file: readonly string[]): Mapping => ({
      ...mappingOf('企业', { 代码: '统一社会信用代码', 名称: '名称' }),
      source,
      recognise: [{ file }],
    });
    const path = putCsv('统计局月报9月.csv', [
      ['代码', '名称'],
      [A, '甲'],
    ]);
    const short = mapping('短', ['月报']);
    const long = mapping('长', ['统计局', '月报']);
    const other = mapping('另', ['局月报', '统计']);
    expect((await read(path, [short, long])).reading?.source.name).toBe('长');
    expect((await read(path, [short, long, other])).refused[0]?.code).toBe('mapping-ambiguous');
    expect((await read(path, [short, long], { source: '短' })).reading?.source.name).toBe('短');
    expect((await read(path, [short, long], { source: '没有' })).refused[0]?.code).toBe(
      'mapping-unknown',
    );
  });
});

describe('a proposal', () => {
  const form = [
    ['限额以上零售企业 2023年9月'],
    ['填报单位：市统计局', null, null, null, '单位：千元'],
    ['序号', '统一社会信用代码', '单位名称', '限上零售额', null, '所属县区', '备注'],
    [null, null, null, '本月', '上年同月', null, null],
    [1, A, '甲公司', 12.5, 10, '平山', ''],
  ] as const;

  test('reads the form that it was made for, and names what it does not know', async () => {
    const path = await putXlsx('2023年9月限上零售月报.xlsx', [sheet('零售', form)]);
    const { refused, proposal } = await read(path, []);
    expect(refused.map((p) => p.code)).toEqual(['mapping-unknown']);
    expect(proposal?.mapping).toMatchObject({
      unit: '市统计局',
      recognise: [{ file: ['限上零售月报'] }],
    });
    const known = proposal?.headings.map((h) => [h.heading, h.label, h.how]);
    expect(known).toEqual([
      ['序号', '', 'none'],
      ['统一社会信用代码', '统一社会信用代码', 'exact'],
      ['单位名称', '名称', 'alike'],
      ['限上零售额/本月', '月限上零售额 {月}', 'alike'],
      ['限上零售额/上年同月', '月限上零售额 {上年同月}', 'alike'],
      ['所属县区', '县区', 'alike'],
      ['备注', '', 'none'],
    ]);
    const again = await read(path, proposal === null ? [] : [proposal.mapping]);
    expect(again.said).toEqual([
      'warning heading-unknown 零售!A4',
      'warning heading-unknown 零售!G4',
    ]);
    expect([...(again.rows[0]?.values ?? [])]).toEqual([
      ['名称', '甲公司'],
      ['月限上零售额 2023-09', 1250000n],
      ['月限上零售额 2022-09', 1000000n],
      ['县区', '平山区'],
    ]);
  });

  test('learns the words of other sources', async () => {
    const known = mappingOf('企业', { 代码: '统一社会信用代码', 年末在岗: '从业人员' });
    const path = putCsv('人社.csv', [
      ['代码', '年末在岗'],
      [A, 3],
    ]);
    const { proposal } = await read(path, [{ ...known, recognise: [] }, known], {
      fileName: '人社.csv',
    });
    expect(proposal?.headings.map((h) => [h.heading, h.label, h.how])).toEqual([
      ['代码', '统一社会信用代码', 'kept'],
      ['年末在岗', '从业人员', 'kept'],
    ]);
  });

  test('never proposes persons, nor a table without its identity', async () => {
    const path = putCsv('人员.csv', [
      ['姓名', '身份证号', '公积金缴存'],
      ['甲', '1', '是'],
    ]);
    const { proposal, refused } = await read(path, []);
    expect(refused[0]?.code).toBe('mapping-unknown');
    expect(proposal).toBeNull();
  });
});

// `UPDATE=1` writes the list anew.
test('the page lists every code with its words, and no other', () => {
  const place = join(import.meta.dirname, '../../../../docs/imports.md');
  const list = Object.entries(importTexts)
    .map(([code, w]) => {
      const grade = w.severity === 'error' ? '' : '（提示 / warning）';
      return `- \`${code}\`${grade} ${w.zh}。→ ${w.mendZh}。\n  ${w.en}. → ${w.mendEn}.\n`;
    })
    .join('');
  const [before = '', rest = ''] = page.split('<!-- codes -->\n');
  const after = rest.split('<!-- end of codes -->')[1] ?? '';
  const wanted = `${before}<!-- codes -->\n${list}<!-- end of codes -->${after}`;
  if (process.env['UPDATE'] !== undefined) writeFileSync(place, wanted);
  expect(readFileSync(place, 'utf8')).toBe(wanted);
});
