/** Compiled plans: their text is reviewed in `golden/` (UPDATE=1 rewrites it), and keeps to the kernel
 *  subset of docs/sql.md. That they decide as the engine does is shown in packages/screening/test. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { compileSql } from '../../src/index.ts';
import type { SqlPlan } from '../../src/index.ts';
import { packageRuleSet } from '../oracle/package-files.ts';

const asOf = '2023-12-15';
const golden = join(import.meta.dirname, 'golden');
const packages = ['benxi-2023-10', 'example-city'] as const;
const ruleSets = new Map(packages.map((name) => [name, packageRuleSet(name)]));
const benxi = packageRuleSet('benxi-2023-10');

function entitiesOf(name: (typeof packages)[number]): readonly string[] {
  return [...new Set(ruleSets.get(name)?.items.map((i) => i.entity))];
}

/** SQL without remarks and quoted texts. */
function bare(plan: SqlPlan): string {
  return plan.sql.replace(/--[^\n]*/gu, '').replace(/'(?:[^']|'')*'/gu, "''");
}

/** The reviewed text of a plan. */
function reviewedText(name: string, text: string): string {
  const path = join(golden, name);
  if (process.env['UPDATE'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return readFileSync(path, 'utf8');
}

const reviewed = [
  ['首店', ['知名品牌首店奖励'], 'first-store'],
  ['企业', ['批零增量奖励'], 'retail-growth'],
  ['企业', ['稳岗返还'], 'job-refund'],
  ['技改项目', ['技改贷款贴息'], 'loans-of-a-project'],
] as const;

test.each(reviewed)('the plan of %s %s reads as reviewed', (entity, items, file) => {
  const { sql } = compileSql(benxi, entity, { asOf, items });
  expect(sql, 'UPDATE=1 npm test -- plans, then read the difference').toBe(
    reviewedText(`${file}.sql`, sql),
  );
});

test('the same rules for Spark, which has not been run', () => {
  const plan = compileSql(benxi, '企业', { asOf, items: ['稳岗返还'], dialect: 'spark' });
  expect(plan.sql).toBe(reviewedText('job-refund.spark.sql', plan.sql));
});

for (const name of packages) {
  test.each(entitiesOf(name))(
    `every item of %s in ${name} compiles within the kernel`,
    (entity) => {
      const ruleSet = ruleSets.get(name);
      if (ruleSet === undefined) throw new Error(name);
      for (const dialect of ['duckdb', 'spark']) {
        const plan = compileSql(ruleSet, entity, { asOf, dialect });
        const text = bare(plan);
        expect(text).not.toMatch(/\b(?:GREATEST|LEAST|QUALIFY|LATERAL|NOT IN|DISTINCT ON)\b/u);
        expect(text, 'no division but of whole numbers').not.toMatch(/[^/]\/[^/]/u);
        expect(text, 'no inequality of what can be unknown').not.toMatch(/<>|!=/u);
        expect(text).not.toMatch(/\b(?:CURRENT_DATE|NOW|RANDOM|DOUBLE|FLOAT|REAL)\b/iu);
        for (const [word] of text.matchAll(/\b[a-z_][a-z0-9_]*\b/gu)) {
          expect(word).toMatch(/^[a-z][a-z0-9_]{0,29}$/u);
        }
        const items = ruleSet.items.filter((i) => i.entity === entity);
        expect(plan.items.map((i) => i.item)).toEqual(items.map((i) => i.name));
      }
    },
  );
}

test('the same rules, day and readings give the same text', () => {
  const once = compileSql(benxi, '企业', { asOf });
  expect(compileSql(packageRuleSet('benxi-2023-10'), '企业', { asOf })).toEqual(once);
  const other = compileSql(benxi, '企业', { asOf, readings: new Map([['3.3#1', '乙']]) });
  expect(other.sql).not.toBe(once.sql);
});

test('what the data cannot exceed decides the width of a product', () => {
  const wide = compileSql(benxi, '技改项目', { asOf, items: ['技改贷款贴息'] });
  expect(wide.sql).toContain('HUGEINT');
  const most = 10_000n;
  const labels = wide.reads.flatMap((t) => t.columns.map((c) => `${t.label}.${c.label}`));
  const magnitudes = new Map(labels.map((label) => [label, most]));
  const narrow = compileSql(benxi, '技改项目', { asOf, items: ['技改贷款贴息'], magnitudes });
  expect(narrow.sql.split('HUGEINT').length).toBeLessThan(wide.sql.split('HUGEINT').length);
});

test('parts that nobody reads are not there', () => {
  const without = ['conditions', 'missing', 'potential', 'caps', 'measured'] as const;
  const plan = compileSql(benxi, '首店', { asOf, without });
  const columns = [...(plan.sql.split('\nFROM (')[0] ?? '').matchAll(/ AS ([a-z]_[0-9_]+)/gu)];
  expect(columns.map(([, name]) => name?.charAt(0))).not.toContain('c');
  expect(plan.items.every((i) => i.missing.length === 0 && i.caps.length === 0)).toBe(true);
  const full = compileSql(benxi, '首店', { asOf });
  expect(plan.sql.length).toBeLessThan(full.sql.length);
});

test('refuses an unknown dialect', () => {
  expect(() => compileSql(benxi, '企业', { asOf, dialect: 'oracle' })).toThrow('no dialect oracle');
});

test('facts of the subject go through as they are', () => {
  const plan = compileSql(benxi, '企业', {
    asOf,
    items: ['批零增量奖励'],
    carry: ['县区', '行业'],
  });
  expect([...plan.carried.keys()]).toEqual(['县区', '行业']);
  for (const name of plan.carried.values()) expect(plan.sql).toMatch(`  ${name} AS ${name},`);
  expect(() => compileSql(benxi, '企业', { asOf, carry: ['县区长'] })).toThrow('not in the layout');
});
