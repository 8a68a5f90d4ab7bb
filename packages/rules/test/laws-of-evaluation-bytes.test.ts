// Goal: the same package, facts and date give the same bytes, for ever and everywhere. Method: the
// Benxi package is read with its files in another order, with other line ends, from its own JSON,
// and in processes of other time zones and languages; hashes and decisions are compared as bytes.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { canonical, hashOf } from '../src/canonical.ts';
import { prepare, readPackage } from '../src/index.ts';
import type { Item, PackageFile, RuleSet } from '../src/index.ts';
import { Draw } from './oracle/case.ts';
import type { Facts } from './oracle/case.ts';
import { drawAny } from './oracle/knowledge.ts';
import { packageFiles } from './oracle/package-files.ts';
import { Random } from './oracle/random.ts';

const files = packageFiles('benxi-2023-10');
const { ruleSet, problems } = readPackage(files);

function cases(count: number): readonly (readonly [Item, Facts])[] {
  const random = new Random(42);
  return ruleSet.items.flatMap((item) =>
    Array.from({ length: count }, (): readonly [Item, Facts] => {
      const d = new Draw(random, new Map(), 0.15);
      drawAny(d, ruleSet, item.entity);
      return [item, d.facts];
    }),
  );
}

function decisions(rules: RuleSet, list: readonly (readonly [Item, Facts])[]): string {
  const engine = prepare(rules);
  return canonical(
    list.map(([item, facts]) => {
      const own = rules.items.find((i) => i.name === item.name) ?? item;
      const subject = { entity: item.entity, id: 'x', facts };
      return engine.decide(own, subject, '2023-12-15', { trace: true });
    }),
  );
}

const changes: readonly (readonly [
  string,
  (list: readonly PackageFile[]) => readonly PackageFile[],
])[] = [
  ['backwards', (list) => list.toReversed()],
  ['shuffled', (list) => [...list.slice(7), ...list.slice(0, 7).toReversed()]],
  ['with CRLF', (list) => list.map((f) => ({ ...f, text: f.text.replaceAll('\n', '\r\n') }))],
  [
    'with a byte order mark',
    (list) => list.map((f) => (f.path.endsWith('.md') ? { ...f, text: `\uFEFF${f.text}` } : f)),
  ],
];

it.each(changes)('is the same package %s', (_, change) => {
  const again = readPackage(change(files));
  expect(again.ruleSet.hash).toBe(ruleSet.hash);
  expect(canonical(again.ruleSet)).toBe(canonical(ruleSet));
  // The source is compared byte by byte with its recorded hash: only that may be said.
  const codes = again.problems.filter((p) => p.code !== 'source-hash').map((p) => p.code);
  expect(codes).toEqual(problems.map((p) => p.code));
});

it('is another package when one character of a rule changes', () => {
  const changed = files.map((f) =>
    f.path === '03-retail.md' ? { ...f, text: f.text.replace('50万元', '51万元') } : f,
  );
  expect(changed.some((f, i) => f.text !== files[i]?.text)).toBe(true);
  expect(readPackage(changed).ruleSet.hash).not.toBe(ruleSet.hash);
});

it('hashes what it holds', () => {
  const { hash, ...rest } = ruleSet;
  expect(hashOf(rest)).toBe(hash);
});

it('decides the same again, from stored JSON, and whatever the order of the facts', () => {
  const list = cases(6);
  const first = decisions(ruleSet, list);
  expect(decisions(ruleSet, list)).toBe(first);
  const stored = JSON.parse(canonical(ruleSet)) as RuleSet;
  expect(decisions(stored, list)).toBe(first);
  const turned = list.map(([item, facts]): readonly [Item, Facts] => [
    item,
    Object.fromEntries(Object.entries(facts).toReversed()),
  ]);
  expect(decisions(ruleSet, turned)).toBe(first);
});

it('is frozen through and through, and no decision changes it', () => {
  const before = canonical(ruleSet);
  decisions(ruleSet, cases(3));
  const loose: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Object.isFrozen(value)) loose.push(path);
    for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
  };
  visit(ruleSet, 'ruleSet');
  expect(loose).toEqual([]);
  expect(canonical(ruleSet)).toBe(before);
  expect(() => Object.assign(ruleSet.manifest, { issued: '2024-01-01' })).toThrow(TypeError);
});

it('says the same in other time zones and languages', async () => {
  const script = join(import.meta.dirname, 'oracle/digest.ts');
  const places = [
    { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' },
    { TZ: 'Asia/Shanghai', LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  ];
  const said = await Promise.all(
    places.map(async (env) => {
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
      return stdout;
    }),
  );
  expect(said[0]).toMatch(/^[0-9a-f]{64} [0-9a-f]{64}\n$/u);
  expect(new Set(said).size).toBe(1);
  expect(said[0]?.slice(0, 64)).toBe(ruleSet.hash);
});
