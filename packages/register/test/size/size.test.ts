// Goal: the size of an enterprise is that of the standard of 2017, and every figure stands beside its
// bound. Method: each bound of the table one step below, at and above, checked against the decision
// table of the Benxi package, which runs the same cases as worked examples.
import { describe, expect, it } from 'vitest';
import { readPackage, runExamples } from '@zhida/rules';
import { basisOf, sizeOf, sizeTrace } from '../../src/size/size.ts';
import type { SizeFigures } from '../../src/size/size.ts';
import { BOUNDED, industryOf } from '../../src/size/standard.ts';
import type { Indicator } from '../../src/size/standard.ts';
import { policyFiles, ruleSet } from '../snapshot/policy.ts';

const KEYS = { 从业人员: 'staff', 营业收入: 'revenue', 资产总额: 'assets' } as const;

const type = ruleSet.entities
  .find((e) => e.name === '企业')
  ?.facts.find((f) => f.name === '行业')?.type;
const industries = type?.t === 'text' ? (type.options ?? []) : [];

const nothing = { staff: null, revenue: null, assets: null };

function boundsOf(industry: string): NonNullable<ReturnType<typeof industryOf>>['bounds'] {
  const found = industryOf(industry);
  if (found === undefined) throw new Error(industry);
  return found.bounds;
}

/** Every bound one step below, at and above; then each figure unknown. */
function cases(): readonly SizeFigures[] {
  return industries.flatMap((industry) => {
    const bounds = boundsOf(industry);
    return BOUNDED.flatMap((size) => {
      const at: SizeFigures = {
        ...nothing,
        industry,
        ...Object.fromEntries(bounds.map((b) => [KEYS[b.indicator], b.least[size]])),
      };
      return bounds.flatMap((b) =>
        [b.least[size] - 1n, b.least[size], b.least[size] + 1n, null].map((n) => ({
          ...at,
          [KEYS[b.indicator]]: n,
        })),
      );
    });
  });
}

const HEAD = `\`\`\`用例 稳岗扩岗支持
设 办理日 = 2023-12-15
设 企业.参保单位类型 = 企业单位
设 口径 20.7#3 = 乙
设 认定 就业容量大 = 否
`;

const cell = (indicator: Indicator, n: bigint | null): string => {
  if (n === null) return '';
  return indicator === '从业人员' ? `${n}人` : `${n / 100n}.${String(n % 100n).padStart(2, '0')}元`;
};

function line(f: SizeFigures, results: readonly string[]): string {
  const figures = (Object.keys(KEYS) as Indicator[]).map((i) => cell(i, f[KEYS[i]]));
  return `| ${[f.industry, ...figures, ...results].join(' | ')} |`;
}

/** 小型 and 微型 are supported, larger ones are not (20.7). */
const verdict = (size: string): string =>
  size === '小型' || size === '微型' ? '满足 另行规定' : '不满足: 支持对象';

function table(heads: readonly string[], lines: readonly string[]): string {
  const facts = ['企业.行业', '企业.从业人员', '企业.营业收入', '企业.资产总额'];
  const all = [...facts, ...heads];
  return `${HEAD}| ${all.join(' | ')} |\n|${'---|'.repeat(all.length)}\n${lines.join('\n')}\n\`\`\`\n`;
}

it('covers every industry of the package', () => {
  expect(industries).toHaveLength(16);
  for (const industry of industries) expect(industryOf(industry)?.en).toBeTruthy();
  expect(industries.flatMap(boundsOf)).toHaveLength(30);
  expect(boundsOf('其他未列明行业')[0]?.confidence).toBe('unconfirmed');
});

it('agrees with the decision table of the package at every bound', () => {
  const known = cases().flatMap((f) => {
    const { size } = sizeOf(f);
    return size === null ? [] : [line(f, [size, verdict(size)])];
  });
  // Of an unknown figure, where the larger size would be refused and the smaller one supported.
  const unknown = cases().flatMap((f) => {
    const { size, missing, steps } = sizeOf(f);
    if (size !== null || steps.at(-1)?.size === '小型') return [];
    return [line(f, [`资料不足: ${missing.join('、')}`])];
  });
  expect(known.length).toBeGreaterThan(250);
  expect(unknown.length).toBeGreaterThan(50);
  const text = `# 划型\n\n${table(['→ 企业划型', '→ 结论'], known)}\n${table(['→ 结论'], unknown)}`;
  const path = 'parameters/size-cases.md';
  const reading = readPackage([...policyFiles(), { path, text }]);
  expect(reading.problems.filter((p) => p.severity === 'error')).toEqual([]);
  const results = runExamples(reading.ruleSet, reading.examples).filter(
    (r) => r.example.at.file === path,
  );
  expect(results).toHaveLength(known.length + unknown.length);
  expect(results.filter((r) => !r.passed)).toEqual([]);
});

describe('an unknown figure', () => {
  it.each([
    ['can change the size: it is asked for', 1000n, null, null, ['营业收入']],
    ['cannot change what a known one decides', 19n, null, '微型', []],
    ['of several asks for all', null, null, null, ['从业人员', '营业收入']],
  ] as const)('%s', (_, staff, revenue, size, missing) => {
    const result = sizeOf({ ...nothing, industry: '工业', staff, revenue });
    expect(result).toMatchObject({ size, missing });
  });

  it('of the industry, and one that is not classified', () => {
    expect(sizeOf({ ...nothing, industry: null })).toMatchObject({ size: null, missing: ['行业'] });
    const finance = sizeOf({ ...nothing, industry: '金融业' });
    expect(finance).toMatchObject({ size: null, missing: [], steps: [] });
    expect(finance.zh).toContain('不在划分范围');
  });
});

it('tells each comparison in words, and again from its grounds', () => {
  const figures = { industry: '零售业', staff: 49n, revenue: 500_000_001n, assets: null };
  const result = sizeOf(figures);
  expect(result.steps.map((s) => s.zh)).toEqual([
    '从业人员 49人 < 300人（大型下限）',
    '营业收入 5000000.01元 < 200000000元（大型下限）',
    '从业人员 49人 < 50人（中型下限）',
    '营业收入 5000000.01元 ≥ 5000000元（中型下限）',
    '从业人员 49人 ≥ 10人（小型下限）',
    '营业收入 5000000.01元 ≥ 1000000元（小型下限）',
  ]);
  expect(result.steps[2]?.en).toBe('staff 49 persons < 50 persons (lower bound of medium)');
  expect([result.zh, result.en]).toEqual(['零售业：小型', 'Retail: small']);
  expect(sizeTrace(basisOf(figures))).toEqual(result);
  expect(sizeTrace('')).toBeUndefined();
});
