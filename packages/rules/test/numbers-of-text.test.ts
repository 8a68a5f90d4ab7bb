// Goal: nothing of the Benxi text is missed: every number is seen at its place, every provision is
// implemented by a block of its kind, every open question is recorded. Method: lists made by hand
// from the published text (test/fixtures) are held against the scanner and the compiled package.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPackage } from '../src/index.ts';
import type { Item } from '../src/index.ts';
import { textNumbers } from '../src/numbers.ts';
import { packageFiles } from './oracle/package-files.ts';

interface ListedNumber {
  readonly text: string;
  readonly start: number;
  readonly meaning: string;
}

interface Provision {
  readonly id: string;
  readonly parent: string | null;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly quote: string;
  readonly questions: readonly string[];
}

interface ListedScheme {
  readonly id: string;
  readonly provisions: readonly string[];
  readonly class: string;
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));
}

const { arabic, chinese } = fixture('numbers.json') as Record<
  'arabic' | 'chinese',
  readonly ListedNumber[]
>;
const { schemes, provisions } = fixture('provisions.json') as {
  readonly schemes: readonly ListedScheme[];
  readonly provisions: readonly Provision[];
};
const { ruleSet, coverage } = readPackage(packageFiles('benxi-2023-10'));
const found = textNumbers(coverage.text);

it('knows the text to the character', () => {
  expect(coverage.text.length).toBe(7013);
  for (const p of provisions) expect(coverage.text.slice(p.start, p.end), p.id).toBe(p.quote);
  expect([arabic.length, chinese.length, provisions.length]).toEqual([109, 40, 262]);
});

it.each([...arabic, ...chinese].map((n) => [n.text, n.meaning, n] as const))(
  'finds %s (%s) at its place',
  (_, __, listed) => {
    const here = found.filter((n) => n.start <= listed.start && n.end > listed.start);
    expect(here.map((n) => n.kind === 'chinese')).toEqual([chinese.includes(listed)]);
    expect(here[0]?.start).toBe(listed.start);
    expect(coverage.text.startsWith(listed.text, listed.start)).toBe(true);
    expect(here[0]?.end).toBe(listed.start + listed.text.length);
  },
);

it('finds no number that nobody listed', () => {
  const starts = new Set([...arabic, ...chinese].map((n) => n.start));
  expect(found.filter((n) => !starts.has(n.start)).map((n) => n.text)).toEqual([]);
  expect(found.length).toBe(149);
});

it('reads a number with its unit, and its value as rules write it', () => {
  const key = (text: string): readonly string[] => textNumbers(text).map((n) => n.key);
  expect(key('奖励100万元')).toEqual(['1000000 元']);
  expect(key('达到5亿元（包含）')).toEqual(['500000000 元']);
  expect(key('不高于5.5%')).toEqual(['0.055 ']);
  expect(key('每亩补贴1.2万元')).toEqual(['12000 元']);
  expect(key('2023年9月至11月期间')).toEqual(['Y2023', 'M9', 'M11']);
  expect(key('2023年12月31日前')).toEqual(['Y2023', 'M12', 'D31']);
  expect(key('超过亿元的')).toEqual(['100000000 元']);
  expect(key('进一步统一落实一带一路')).toEqual([]);
});

const CLASSES: Readonly<Record<string, readonly string[]>> = {
  exact: ['定额'],
  ceiling: ['上限', '软上限'],
  floor: ['下限'],
  by_reference: ['参照'],
  unquantified: ['未量化'],
};
const benefits = ruleSet.items.filter((i) => i.kind === '待遇');

it('has the 34 money schemes, each of its nature', () => {
  expect(schemes.length).toBe(34);
  expect(benefits.length).toBe(34);
  const used = new Set<Item>();
  for (const scheme of schemes) {
    const item = benefits.find((i) => scheme.provisions.includes(i.id) && !used.has(i));
    if (item !== undefined) used.add(item);
    expect(CLASSES[scheme.class], `${scheme.id} ${item?.name}`).toContain(item?.nature);
  }
  expect(used.size).toBe(34);
  const count = (nature: string): number => benefits.filter((i) => i.nature === nature).length;
  const natures = ['定额', '上限', '软上限', '下限', '参照', '未量化'];
  expect(natures.map(count)).toEqual([10, 10, 1, 2, 10, 1]);
  expect(benefits.find((i) => i.nature === '软上限')?.id).toBe('12.3');
});

it.each([
  ['duty', '任务', 75],
  ['indicator', '指标', 4],
  ['registry', '清单', 11],
  ['event', '活动', 18],
  ['service', '服务', 12],
  ['publicity', '宣传', 4],
])('has every %s as %s', (kind, keyword, count) => {
  const listed = provisions.filter((p) => p.kind === kind).map((p) => p.id);
  const own = ruleSet.duties.filter((d) => d.kind === keyword).map((d) => d.id);
  expect(own.toSorted()).toEqual(listed.toSorted());
  expect(own.length).toBe(count);
});

it('has the 15 rights and the two parts of one of them', () => {
  const listed = provisions.filter((p) => p.kind === 'right');
  expect(listed.filter((p) => p.parent === null).length).toBe(15);
  expect(listed.filter((p) => p.parent !== null).map((p) => p.id)).toEqual(['19.3.a', '19.3.b']);
  const own = new Set(ruleSet.items.filter((i) => i.kind === '权益').map((i) => i.id));
  // 19.3 is the sum of its parts; P.11 is a condition of every benefit.
  const without = listed.map((p) => p.id).filter((id) => !own.has(id));
  expect(without.toSorted()).toEqual(['19.3', 'P.11']);
  for (const item of benefits) {
    const first = item.conditions.map((c) => ruleSet.cites[c.expr.cite]?.clause);
    expect(first, item.name).toContain('P.11');
  }
});

it('records all 161 open questions, each with a reading in force and a unit to ask', () => {
  const listed = provisions.flatMap((p) => p.questions);
  expect(new Set(listed).size).toBe(161);
  const recorded = new Map(ruleSet.interpretations.map((i) => [i.id, i]));
  expect(listed.filter((id) => !recorded.has(id))).toEqual([]);
  const units = new Set([...ruleSet.units, ...ruleSet.rosters].map((u) => u.name));
  for (const i of recorded.values()) {
    expect(
      i.alternatives.map((a) => a.key),
      i.id,
    ).toContain(i.chosen);
    expect(units.has(i.ask), `${i.id} ${i.ask}`).toBe(true);
    expect([i.zh, i.en].includes(''), i.id).toBe(false);
  }
});

/** The provision, what it is a part of, and its own parts. */
function family(p: Provision): ReadonlySet<string> {
  const parts = provisions.filter((x) => x.parent === p.id).map((x) => x.id);
  return new Set([p.id, ...parts, ...(p.parent === null ? [] : [p.parent])]);
}

it.each(provisions.map((p) => [p.id, p] as const))(
  'implements %s to the last character',
  (_, p) => {
    const clauses = family(p);
    const spans = ruleSet.cites.filter((c) => clauses.has(c.clause)).flatMap((c) => c.spans);
    let open = coverage.text.slice(p.start, p.end);
    for (let i = p.start; i < p.end; i++) {
      if (!spans.some((s) => s.start <= i && i < s.end)) continue;
      open = `${open.slice(0, i - p.start)} ${open.slice(i - p.start + 1)}`;
    }
    expect(open.trim()).toBe('');
  },
);
