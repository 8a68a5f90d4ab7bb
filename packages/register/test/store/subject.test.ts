// Goal: one subject opens with every fact, its source and all that was ever said of it, and the rules
// read these facts without a problem. Method: small imports; every kind of fact of the package once.
import { describe, expect, it } from 'vitest';
import { readFacts, tablesOf } from '@zhida/rules';
import { ruleSet } from '../snapshot/policy.ts';
import { bring, newRegister, refusal } from './temporary.ts';
import type { Line } from './lines.ts';

const at = { file: 'test', line: 1, column: 1, endLine: 1, endColumn: 1 };
const read = (
  entity: string,
  facts: Parameters<typeof readFacts>[2],
): ReturnType<typeof readFacts> => readFacts(ruleSet, entity, facts, at);

it('gives facts that the rules read, to the 分, with their sources', async () => {
  const register = await newRegister();
  await bring(register, '年报', [
    [
      '企业',
      'A',
      { 名称: '甲厂', 营业收入: 12_345_67n, 限额以上: false, 限上入库年月: '2023-03-01' },
    ],
  ]);
  await bring(register, '月报', [
    ['企业', 'A', { '月销售额 2023-09': 100n, '月销售额 2023-10': 0n }],
  ]);
  const subject = await register.subject('企业', 'A');
  const { facts, problems, provenance } = read('企业', subject.facts);
  expect(problems).toEqual([]);
  expect(facts).toEqual({
    统一社会信用代码: 'A',
    名称: '甲厂',
    营业收入: 1_234_567n,
    限额以上: false,
    限上入库年月: '2023-03-01',
    月销售额: { '2023-09': 100n, '2023-10': 0n },
  });
  expect(provenance.get('企业.营业收入')).toEqual({
    source: '市统计局',
    asOf: '2023-01-31',
    document: '年报.xlsx / 表1 / 4',
  });
  expect(subject.known.find((f) => f.path === '企业.月销售额.2023-09')).toMatchObject({
    value: '1元',
    source: { import: '000002', file: '月报.xlsx', sheet: '表1', row: 4, by: '张三' },
  });
});

it('says what was said, when, by whom, and whether it still holds', async () => {
  const register = await newRegister();
  await bring(register, '年报', [['企业', 'A', { 从业人员: 30n, 规模: '小型' }]], '2023-12-01');
  await bring(register, '更正', [['企业', 'A', { 从业人员: 31n, 规模: null }]], '2023-12-02');
  const wrong = await bring(register, '误报', [['企业', 'A', { 从业人员: 99n }]], '2023-12-03');
  await register.undo(wrong, { by: '李四', on: '2023-12-04' });
  const { facts, history } = await register.subject('企业', 'A');
  expect(read('企业', facts).facts).toEqual({ 统一社会信用代码: 'A', 从业人员: 31n });
  const said = (path: string): unknown =>
    history.find((h) => h.path === path)?.said.map((s) => [s.value, s.source.on, s.holds]);
  expect(said('企业.从业人员')).toEqual([
    ['30人', '2023-12-01', true],
    ['31人', '2023-12-02', true],
    ['99人', '2023-12-03', false],
  ]);
  expect(said('企业.规模')).toEqual([
    ['小型', '2023-12-01', true],
    [null, '2023-12-02', true],
  ]);
  const then = await register.subject('企业', 'A', { knownOn: '2023-12-03' });
  expect(read('企业', then.facts).facts['从业人员']).toBe(99n);
  expect(then.history.flatMap((h) => h.said).every((s) => s.holds)).toBe(true);
});

it('opens lists and references; who is unknown stays a code', async () => {
  const register = await newRegister();
  await bring(register, '项目', [
    ['设施农业项目', 'P1', { 名称: '棚', 主体: 'F1' }],
    ['设施农业项目', 'P2', { 名称: '舍', 主体: 'F9', '贷款 个数': 0n }],
    ['农业主体', 'F1', { 名称: '合作社' }],
    ['设施农业项目.贷款', ['P1', 'L2'], { 本金: 5n, 期限: 12n }],
    ['设施农业项目.贷款', ['P1', 'L1'], { 本金: 7n }],
  ]);
  const one = await register.subject('设施农业项目', 'P1');
  const { facts, problems, provenance } = read('设施农业项目', one.facts);
  expect(problems).toEqual([]);
  expect(facts).toEqual({
    编号: 'P1',
    名称: '棚',
    主体: { 统一社会信用代码: 'F1', 名称: '合作社' },
    贷款: [
      { 编号: 'L1', 本金: 7n },
      { 编号: 'L2', 本金: 5n, 期限: 12n },
    ],
  });
  expect(provenance.get('设施农业项目.贷款[2].期限')?.document).toBe('项目.xlsx / 表1 / 7');
  expect(one.history.find((h) => h.path === '设施农业项目.贷款 个数')?.said[0]?.value).toBe('2');
  const two = await register.subject('设施农业项目', 'P2');
  expect(read('设施农业项目', two.facts).facts).toEqual({
    编号: 'P2',
    名称: '舍',
    主体: 'F9',
    贷款: [],
  });
  await bring(register, '不详', [['设施农业项目', 'P2', { '贷款 个数': null }]]);
  const unknown = await register.subject('设施农业项目', 'P2');
  expect(unknown.facts).not.toHaveProperty('贷款');
});

describe('every fact of the package', () => {
  const SAMPLE = { integer: 1234n, boolean: true, date: '2023-09-01' } as const;
  const options = (entity: string, fact: string): string => {
    const type = ruleSet.entities
      .find((e) => e.name === entity)
      ?.facts.find((f) => f.name === fact)?.type;
    return type?.t === 'text' ? (type.options?.[0] ?? '文本') : 'X1';
  };
  const tables = tablesOf(ruleSet).filter((t) => t.list === '');

  it.each(tables.map((t) => [t.label, t] as const))('of %s is read back', async (label, table) => {
    const register = await newRegister();
    const values = new Map(
      table.columns
        .filter((c) => c.role !== 'identity' && c.role !== 'rows')
        .map((c) => [c.label, c.type === 'text' ? options(label, c.of) : SAMPLE[c.type]]),
    );
    const line: Line = [label, 'X', Object.fromEntries(values)];
    await bring(register, '全', [line]);
    const { facts, problems } = read(label, (await register.subject(label, 'X')).facts);
    expect(problems).toEqual([]);
    for (const c of table.columns) {
      if (c.role === 'identity' || c.role === 'rows') continue;
      const found = facts[c.role === 'gate' ? c.label : c.of];
      const value = c.role === 'month' ? (found as { [m: string]: bigint })[c.month] : found;
      expect(value, c.label).toEqual(values.get(c.label));
    }
  });
});

it('is found by a part of name or code, under the name that holds', async () => {
  const register = await newRegister();
  await bring(register, '执照', [
    ['企业', '91210500A', { 名称: '本溪参茸店' }],
    ['企业', '91210500B', { 名称: '桓仁冰酒庄' }],
    ['农业主体', '93210500C', { 名称: '参农合作社' }],
  ]);
  await bring(register, '更名', [['企业', '91210500A', { 名称: '山城百货' }]]);
  const found = async (text: string, more = {}): Promise<unknown> =>
    (await register.find(text, more)).map((f) => `${f.entity} ${f.id} ${f.name}`);
  expect(await found('参')).toEqual(['农业主体 93210500C 参农合作社']);
  expect(await found('500a')).toEqual(['企业 91210500A 山城百货']);
  expect(await found('210500')).toHaveLength(3);
  expect(await found('210500', { entity: '企业', limit: 1 })).toHaveLength(1);
  expect(await found("'%")).toEqual([]);
  expect((await refusal(register.subject('企业', 'Z'))).code).toBe('subject-unknown');
});
