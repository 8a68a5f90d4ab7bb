// Goal: no line, chain or table makes the reader slow or deep: what one file can hold is read in
// seconds. Method: texts of 200,000 characters that make careless expressions go back and forth,
// nest thousands deep or repeat thousands of times; each is read within a generous limit.
import { expect, it } from 'vitest';
import { readSafely } from './oracle/soundness.ts';

const SIZE = 200_000;
const LIMIT_MS = 12_000;

const long = (part: string, size = SIZE): string => part.repeat(Math.floor(size / part.length));
const list = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join('');
const block = (head: string, body: string): string => `\`\`\`${head}\n${body}\n\`\`\`\n`;
const rule = (body: string): string => block('决策 甲', body);
const cited = (body: string): string => `> 文\n${rule(body)}`;
const example = (body: string): string => block('待遇 1.1 甲', '对象: a') + block('用例 甲', body);
const table = (head: string, rows: string): string =>
  block(`决策表 甲  命中=${head}`, `| 1 | → 2 |\n|---|---|\n${rows}`);
const reading = (id: number, expr: string): string =>
  block(`解释 1.1#${id}  问=a  状态=待确认  采用=甲`, `问题: a / a\n甲: a / a := ${expr}`);

const lines: readonly (readonly [string, string])[] = [
  ['spaces in a line', rule(`a${long(' ')}b`)],
  ['spaces before a citation', cited(`a${long(' ')}「文」 x`)],
  ['citations that end in the middle', cited(`${long('「文」 ')}x`)],
  ['quotes never closed', cited(long('「'))],
  ['quotes closed once', cited(long('「「文」'))],
  ['readings cited without end', cited(`${long(' 口径(1.1#1)')} x`)],
  ['a quote that departs at its end', `> ${long('一')}\n${rule(`1 「${long('一')}二」`)}`],
  ['a span without its end', `> ${long('一')}\n${rule('1 「一…二」')}`],
  ['a word that stands everywhere', `> ${long('一')}\n${rule('1 「一」')}`],
  ['numerals everywhere', `> ${long('一a')}\n`],
  ['figures everywhere', `> ${long('1a')}\n`],
  ['one figure', `> ${long('1')}\n`],
  ['sentences everywhere', `> ${long('。')}\n`],
  ['a ruler with spaces', block('决策表 甲', `| a | → b |\n|-|${long(' ')}x`)],
  ['a setting without =', example(`设 a${long(' ')}b`)],
  ['a cell without colon', example(`| → 结论 | 办理日 |\n|---|---|\n| 满足 | {a${long(' ')}b} |`)],
  ['shares without %', block('待遇 1.1 甲', `对象: a\n分担: ${long('1')}`)],
  ['a type with spaces', block('事实 甲', `| 名称 | 类型 |\n|---|---|\n| a | 金额${long(' ')}x |`)],
  ['attributes', `\`\`\`决策 ${long('a=b ')}\n1\n\`\`\`\n`],
  ['a key that is none', block('待遇 1.1 甲', `a${long(' a')}`)],
  ['a heading of spaces', `# ${long(' ')}x\n${long('# a\n')}`],
  ['units of a responsibility', `> 责任单位：${long('a、')}\n${block('责任 1.R', '')}`],
  [
    'long names',
    block('事实 甲', `| 名称 | 类型 |\n|---|---|\n| ${long('a')} | 金额 |`) +
      rule(`甲.${long('a')}b`),
  ],
];

const depths: readonly (readonly [string, string])[] = [
  ['a sum', rule(`1${long('+1')}`)],
  ['a conjunction', rule(`是${long(' and 是')}`)],
  ['brackets', rule(long('('))],
  ['signs', rule(long('-'))],
  ['choices', rule(long('if 是 then 1 else '))],
  ['negations', rule(long('not('))],
  ['ranges', rule(long('1 in ('))],
  ['a list', rule(`1 in (${long('1,')}1)`)],
  ['parts of a name', rule(`a${long('.a')}`)],
  ['continuation lines', rule(`1\n${long(' +1\n')}`)],
  ['cells', example(`| → 结论 | 办理日 |\n|---|---|\n| 满足 | ${long('{a:')}${long('}')} |`)],
  ['rows of rows', example(`| → 结论 | 办理日 |\n|---|---|\n| 满足 | ${long('[')}${long(']')} |`)],
  ['exceptions', rule(`1\n${list(5_000, () => '除外 a: 当 是 则 2\n')}`)],
  [
    'marginal bands',
    table(
      '超额累进',
      list(5_000, (i) => `| [${i}..${i + 1}) | 1% |\n`),
    ),
  ],
  [
    'definitions, users first',
    list(5_000, (i) => block(`决策 名${i}`, `名${i + 1} + 1`)) + block('决策 名5000', '1'),
  ],
  [
    'definitions, users last',
    block('决策 名0', '1') + list(5_000, (i) => block(`决策 名${i + 1}`, `名${i} + 1`)),
  ],
  [
    'readings of readings',
    list(3_000, (i) => reading(i, `口径(1.1#${i + 1})`)) + reading(3_000, '1'),
  ],
];

const counts: readonly (readonly [string, string])[] = [
  [
    'rows of a table',
    table(
      '唯一',
      list(2_000, (i) => `| ${i} | 1 |\n`),
    ),
  ],
  ['tests of a cell', table('唯一', `| ${list(20_000, (i) => `${i}, `)}1 | 1 |`)],
  [
    'conditions',
    block(
      '条件 甲',
      list(5_000, (i) => `- a${i}: 是\n`),
    ),
  ],
  ['unknown names', list(1_000, (i) => block(`决策 名${i}`, `未${i}`))],
  ['unknown blocks', long('```坏\n```\n')],
  ['blocks never closed', long('```决策 甲\n')],
  ['blockquotes', long('> a\n\n')],
  [
    'names used twice, and twice again',
    list(60, (i) => block(`决策 名${i}`, `名${i + 1} + 名${i + 1}`)) + block('决策 名60', '1'),
  ],
  [
    'decimals of a fact',
    block(
      '事实 甲',
      '| 名称 | 类型 |\n|---|---|\n| a | 数量(亩, 999999999) |\n| b | 比例(1e400) |',
    ) + block('决策 乙', '甲.a + 1亩'),
  ],
  ['months of a shift', rule('合计(a, 2023-01-01..2023-01-31 - 99999999999999999999999个月)')],
];

it.each([...lines, ...depths, ...counts])('reads %s in time', (_, text) => {
  const began = performance.now();
  const { reading, faults } = readSafely([
    { path: 'package.yaml', text: 'source: source.txt\n' },
    { path: 'source.txt', text: 'a' },
    { path: '01-a.md', text },
  ]);
  expect(performance.now() - began).toBeLessThan(LIMIT_MS);
  expect(faults).toEqual([]);
  expect(reading.problems.length).toBeGreaterThan(0);
});
