/** Evaluates one expression of the language through the whole engine: a package of one rule is
 *  read, and the trace of a decision about one firm shows the value. */
import { prepare, readFacts, readPackage } from '../../src/index.ts';
import type { Plain } from '../../src/index.ts';

const MANIFEST = `id: a
title: a
title_en: a
number: a
issuer: a
issued: 2023-11-22
effective: 2023-11-22
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
| 真 | 是否 | True |
| 假 | 是否 | False |
| 未知 | 是否 | Unknown |
| 钱 | 金额 | Money |
| 亏 | 金额 可负 | Loss |
| 空 | 金额 | Unknown money |
| 零 | 金额 | Nothing |
| 面积 | 数量(亩, 2) | Area |
| 人数 | 数量(人) | Heads |
| 率 | 比例(4) | Rate |
| 行业 | 选项(零售业, 批发业, 工业) | Industry |
| 开业 | 日期 | Opening |
| 月额 | 按月金额 | Monthly |
| 贷款 | 多个(贷款) | Loans |
| 无贷款 | 多个(贷款) | No loans |
| 半贷款 | 多个(贷款) | Loans, one unknown |
\`\`\`
\`\`\`事实 贷款  标识=编号
en: Loan
| 名称 | 类型 | en |
|---|---|---|
| 编号 | 文本 | Number |
| 本金 | 金额 | Principal |
| 天数 | 数量(日) | Days |
\`\`\`
\`\`\`参数 LPR  单位=%
en: Loan prime rate
键: 期限
来源: a
| 起 | 1Y | 5Y+ | 出处 |
|---|---|---|---|
| 2023-06-20 | 3.55 | 4.20 | a |
| 2023-08-21 | 3.45 | 4.20 | a |
\`\`\`
`;

const FIRM: { readonly [name: string]: Plain } = {
  真: '是',
  假: '否',
  钱: '100元',
  亏: '-12.35元',
  零: '0元',
  面积: '12.34亩',
  人数: '31人',
  率: '4.25%',
  行业: '零售业',
  开业: '2023-12-31',
  月额: { '2022-12': '7元', '2023-09': '1.01元', '2023-10': '2.02元', '2023-11': '3.03元' },
  贷款: [
    { 本金: '100元', 天数: '30日' },
    { 本金: '250元', 天数: '10日' },
  ],
  无贷款: [],
  半贷款: [{ 本金: '100元' }, { 天数: '10日' }],
};

/** A number with its scale and unit: `12.5 元`, `0.055`. */
function numberText(n: bigint, scale: number, unit: string): string {
  const digits = String(n < 0n ? -n : n).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  const fraction = digits.slice(cut).replace(/0+$/u, '');
  const plain = `${n < 0n ? '-' : ''}${digits.slice(0, cut)}${fraction === '' ? '' : '.'}${fraction}`;
  return unit === '' ? plain : `${plain} ${unit}`;
}

/** The value of `expression` as text, `?` while unknown, or `!` and the codes of its problems.
 *  `blocks` are further rules that it may name. */
export function evaluated(expression: string, blocks = ''): string {
  const rule = `\`\`\`决策 值
en: Value
${expression}
\`\`\`
${blocks}
\`\`\`权益 1.1 权
en: Right
对象: 企业
当 有 / present: 值 = 值
内容: a / a
\`\`\`
`;
  const { ruleSet, problems } = readPackage([
    { path: 'package.yaml', text: MANIFEST },
    { path: 'source.txt', text: 'a' },
    { path: '01.md', text: rule },
    { path: 'facts.md', text: FACTS },
  ]);
  const last = 2 + expression.split('\n').length;
  const own = problems.filter((p) => p.at.file === '01.md' && p.at.line > 2 && p.at.line <= last);
  if (own.length > 0) return `!${[...new Set(own.map((p) => p.code))].join(' ')}`;
  const [item] = ruleSet.items;
  if (item === undefined) throw new Error('the package has one item');
  const at = { file: 'a', line: 1, column: 1 };
  const { facts, problems: bad } = readFacts(ruleSet, '企业', FIRM, at);
  if (bad.length > 0) throw new Error('the facts are well formed');
  const subject = { entity: '企业', id: 'a', facts };
  const { steps } = prepare(ruleSet).decide(item, subject, '2023-12-15', { trace: true });
  const step = steps.find((s) => s.about.label === '值');
  const { value = null } = step ?? {};
  if (step === undefined) return '!no-step';
  if (value === null) return '?';
  const { type } = step.about.node;
  if (typeof value === 'bigint' && type.t === 'number') {
    return numberText(value, type.scale, type.unit);
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  return typeof value === 'string' ? value : '!no-plain-value';
}
