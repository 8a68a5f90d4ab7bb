// Goal: nothing that can be typed into a package stops the reader; it answers with problems that
// have a place. Method: fast-check writes files of random bytes, damages the real packages and
// mixes expressions from the words of the language; every answer is checked for soundness.
// ZHIDA_SEED=… takes another seed than the usual one, ZHIDA_RUNS=10 ten times as many runs.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PackageFile } from '../src/index.ts';
import { packageFiles } from './oracle/package-files.ts';
import { readSafely } from './oracle/soundness.ts';

const seed = Number(process.env['ZHIDA_SEED'] ?? 20231122);
const factor = Number(process.env['ZHIDA_RUNS'] ?? 1);

function runs(numRuns: number): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: numRuns * factor, seed };
}

const PATHS = ['package.yaml', 'source.txt', '01-a.md', 'facts.md', 'units.md', 'parameters/b.md'];

const bytes = fc.uint8Array({ maxLength: 400 });
const decoded = fc.oneof(
  bytes.map((b) => new TextDecoder().decode(b)),
  bytes.map((b) => new TextDecoder('latin1').decode(b)),
  // UTF-16 units as they come, lone surrogates included.
  fc.array(fc.nat(0xffff), { maxLength: 300 }).map((u) => String.fromCharCode(...u)),
);

it('reads random bytes as every file of a package', () => {
  const texts = fc.tuple(...PATHS.map(() => decoded));
  const one = (list: readonly string[]): void => {
    const files = PATHS.map((path, i) => ({ path, text: list[i] ?? '' }));
    expect(readSafely(files).faults).toEqual([]);
  };
  fc.assert(fc.property(texts, one), runs(400));
});

/** Words and marks of the notation, right and wrong ones. */
const SOUP = [
  '+-*/=<>()[]{},.:;「」#|>`"\'？、，（）～—％ \t\n\r'.split(''),
  ['<=', '>=', '!=', '..', '```', '|---|', '> ', ' := ', ' / ', '→ 结论', '\u3000', '\uFEFF'],
  ['and', 'or', 'not(', 'if ', ' then ', ' else ', 'between', ' in ', 'for x in ', 'return'],
  ['sum(', 'min(', 'max(', 'count(', 'floor(', 'round half up(', 'round half ', 'ceiling('],
  ['合计(', '口径(3.3#1)', '口径(', '认定(', '年(', '天数(', '封顶(', '保底(', '增加额('],
  ['增长率(', '比率(', '每满(', '按比例每(', '就高(', 'LPR("1Y", ', '办理日', '印发日'],
  ['0', '1', '5亿元', '0.01元', '1.2万元/亩', '5.5%', '30人', '2023-09-01', '2023-02-30'],
  ['2023-09-01..2023-11-30', '99999999999999999999999999999999', '12个月', '1e9', 'null'],
  ['企业', '企业.限额以上', '企业.月限上零售额', '项目.贷款', '甲', '是', '否', '"零售业"'],
  ['待遇', '决策表', '解释', '用例', '除外 a: 当 ', ' 则 ', '其余', '不满足', '对象: ', '金额: '],
  ['性质: 定额', '不超过: ', '分担: ', '设 ', '采用=甲', '命中=超额累进', '__proto__', 'toString'],
].flat();
const word = fc.constantFrom(...SOUP);

const damage = fc.record({
  file: fc.nat(),
  at: fc.nat(),
  kind: fc.constantFrom('delete', 'insert', 'replace', 'drop-line', 'copy-line', 'swap', 'cut'),
  length: fc.integer({ min: 1, max: 12 }),
  words: fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join('')),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damagedLines(text: string, d: Damage): string {
  const lines = text.split('\n');
  const [i, j] = [d.at % lines.length, (d.at + d.length) % lines.length];
  const [a = '', b = ''] = [lines[i], lines[j]];
  if (d.kind === 'drop-line') lines.splice(i, 1);
  else if (d.kind === 'copy-line') lines.splice(j, 0, a);
  else {
    lines[i] = b;
    lines[j] = a;
  }
  return lines.join('\n');
}

function damagedText(text: string, d: Damage): string {
  const at = d.at % (text.length + 1);
  const rest = (from: number): string => text.slice(from);
  switch (d.kind) {
    case 'delete':
      return text.slice(0, at) + rest(at + d.length);
    case 'insert':
      return text.slice(0, at) + d.words + rest(at);
    case 'replace':
      return text.slice(0, at) + d.words + rest(at + d.length);
    case 'cut':
      return text.slice(0, at);
    default:
      return damagedLines(text, d);
  }
}

function damaged(files: readonly PackageFile[], list: readonly Damage[]): readonly PackageFile[] {
  const result = [...files];
  for (const d of list) {
    const i = d.file % result.length;
    const file = result[i];
    if (file !== undefined) result[i] = { ...file, text: damagedText(file.text, d) };
  }
  return result;
}

it.each([
  ['example-city', 50],
  ['benxi-2023-10', 10],
])('reads %s with random damage', (name, numRuns) => {
  const files = packageFiles(name);
  const list = fc.array(damage, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(list, (d) => {
      expect(readSafely(damaged(files, d)).faults).toEqual([]);
    }),
    runs(numRuns),
  );
});

const HEAD = `id: a
title: a
title_en: a
number: a
issuer: a
issued: 2023-01-01
effective: 2023-01-01
source: source.txt
sha256: a
version: 1
`;
const FACTS = `
\`\`\`事实 企业  标识=名称
en: Enterprise
| 名称 | 类型 | en |
|---|---|---|
| 名称 | 文本 | Name |
| 限额以上 | 是否 | Above |
| 月限上零售额 | 按月金额 | Sales |
| 投资 | 金额 可负 | Investment |
| 面积 | 数量(亩, 2) | Area |
| 开业 | 日期 | Opening |
| 贷款 | 多个(贷款) | Loans |
\`\`\`
\`\`\`事实 贷款  标识=本金
| 名称 | 类型 | en |
|---|---|---|
| 本金 | 金额 | Principal |
| 企业 | 引用(企业) | Enterprise |
\`\`\`
\`\`\`参数 LPR  单位=%
键: 期限
| 起 | 1Y | 出处 |
|---|---|---|
| 2020-01-01 | 3.65 | a |
\`\`\`
`;

/** Expressions as the language would write them, often enough to pass the parser. */
const expression = fc.letrec<{ value: string }>((tie) => {
  const pair = (ops: readonly string[]): fc.Arbitrary<string> =>
    fc
      .tuple(tie('value'), fc.constantFrom(...ops), tie('value'))
      .map(([a, op, b]) => `(${a} ${op} ${b})`);
  const call = fc
    .tuple(fc.constantFrom(...SOUP.filter((w) => w.endsWith('('))), tie('value'), tie('value'))
    .map(([f, a, b]) => `${f}${a}, ${b})`);
  const choice = fc
    .tuple(tie('value'), tie('value'), tie('value'))
    .map(([a, b, c]) => `if ${a} then ${b} else ${c}`);
  const rows = tie('value').map((a) => `sum(for x in 企业.贷款 return x.本金 * ${a})`);
  const leaf = fc.constantFrom(
    ...[
      ['企业.投资', '企业.面积', '企业.开业', '企业.限额以上', '企业.贷款', '企业.月限上零售额'],
      ['1元', '2.5亩', '1%', '0', '1.2万元/亩', '2023-05-01', '"a"', '是', '办理日', '其他'],
      ['2023-01-01..2023-02-28', '3个月', 'LPR("1Y", 办理日)', '名称', 'x.本金', '口径(1.1#1)'],
    ].flat(),
  );
  return {
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      pair(['+', '-', '*', '/', '<', '>=', '=', 'and', 'or', 'in', '..']),
      call,
      choice,
      rows,
      word,
    ),
  };
}).value;

function tiny(list: readonly string[]): readonly PackageFile[] {
  const [a = '', b = '', c = '', d = ''] = list;
  const rules = `> 一百万元。
\`\`\`决策 其他
${a}    「一百」
除外 小: 当 ${b} 则 ${c}
\`\`\`
\`\`\`决策表 表  命中=首个
| ${d} | → x |
|---|---|
| ${b} | ${c} |
| 其余 | 不满足 |
\`\`\`
\`\`\`解释 1.1#1  问=a  状态=待确认  采用=乙
甲: a / a := ${c}
乙: a / a := ${d}
\`\`\`
\`\`\`待遇 1.1 奖励
对象: 企业
性质: 上限
当 其一: ${b}
金额: round half up(${a}, 2)
不超过: ${d} 当 ${b}
一次性: (${c})
\`\`\`
\`\`\`封顶 1.1 限额
合计(奖励) 按 (${c}) <= ${a}
\`\`\`
\`\`\`用例 奖励
设 企业.投资 = ${a}
| 其他 | 办理日 | → 结论 |
|---|---|---|
| ${c} | ${d} | ${b} |
\`\`\`
`;
  return [
    { path: 'package.yaml', text: HEAD },
    { path: 'source.txt', text: '一百万元。' },
    { path: '01-a.md', text: rules },
    { path: 'facts.md', text: FACTS },
  ];
}

it('reads random expressions in every place that takes one', () => {
  const soup = fc.array(word, { maxLength: 12 }).map((list) => list.join(' '));
  const one = fc.oneof({ weight: 4, arbitrary: expression }, { weight: 1, arbitrary: soup });
  const codes = new Set<string>();
  fc.assert(
    fc.property(fc.tuple(one, one, one, one), (list) => {
      const { reading, faults } = readSafely(tiny(list.map((e) => e.replaceAll('\n', ' '))));
      for (const p of reading.problems) codes.add(p.code);
      expect(faults).toEqual([]);
    }),
    runs(1_500),
  );
  // The expressions reach far behind the parser: units, types, roundings and names all complain.
  for (const code of ['unit-mismatch', 'type-mismatch', 'division-outside-rounding']) {
    expect(codes).toContain(code);
  }
});
