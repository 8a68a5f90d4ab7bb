// Goal: more knowledge never takes a decided verdict back, and what a decision asks for is enough
// and is needed. Method: random cases of every item of the Benxi package; facts are hidden, filled
// as the decision asks, or left out one at a time, and the decisions are held beside each other.
import { expect, it } from 'vitest';
import { canonical, prepare, readPackage } from '../src/index.ts';
import type { Decision, Item } from '../src/index.ts';
import { Draw } from './oracle/case.ts';
import type { Facts } from './oracle/case.ts';
import { employmentSchemes } from './oracle/employment.ts';
import { farmingSchemes } from './oracle/farming.ts';
import { industrySchemes } from './oracle/industry.ts';
import { answered, drawAny, hidden, without } from './oracle/knowledge.ts';
import { packageFiles } from './oracle/package-files.ts';
import { Random } from './oracle/random.ts';
import { retailSchemes } from './oracle/retail.ts';

const { ruleSet } = readPackage(packageFiles('benxi-2023-10'));
const engine = prepare(ruleSet);
const schemes = [...retailSchemes, ...farmingSchemes, ...industrySchemes, ...employmentSchemes];
const RUNS = 400;
const items = ruleSet.items.map((i) => [i.name, i] as const);

/** Complete facts of one case: as its scheme draws them where there is one. */
function complete(item: Item, random: Random): Facts {
  const d = new Draw(random, new Map(), 0);
  drawAny(d, ruleSet, item.entity);
  schemes.find((s) => s.item === item.name)?.draw(d);
  for (const gate of ruleSet.gates) {
    if (gate.entity === item.entity) d.facts[`认定 ${gate.name}`] ??= random.chance(0.85);
  }
  return d.facts;
}

function decide(item: Item, facts: Facts, trace = false): Decision {
  const subject = { entity: item.entity, id: 'x', facts };
  return engine.decide(item, subject, '2023-12-15', { trace });
}

const isOpen = (d: Decision): boolean => d.verdict === '资料不足' || d.verdict === '待认定';

/** What is wrong with a decision by itself. */
function faultsOf(d: Decision): readonly string[] {
  const { verdict, failed, missing, pending, amount } = d;
  const rules: readonly (readonly [string, boolean])[] = [
    ['不满足 exactly where a condition fails', failed.length > 0 === (verdict === '不满足')],
    ['资料不足 exactly where a fact is asked for', missing.length > 0 === (verdict === '资料不足')],
    ['待认定 only where a judgement is asked for', verdict !== '待认定' || pending.length > 0],
    ['nothing asked of what is decided', isOpen(d) || pending.length === 0],
    ['an amount only where 满足', verdict === '满足' || amount === null],
    ['满足 with 0 元 does not exist', (amount?.fen ?? 1n) > 0n],
    ['a unit for each judgement', pending.every((p) => p.unit !== '')],
    ['a source for each fact', missing.every((m) => m.source !== '')],
  ];
  return rules.flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

/** What the decision on part of the facts took back or exceeded, seen from all of them. */
function takenBack(part: Decision, whole: Decision): readonly string[] {
  const failed = whole.failed.map((f) => f.condition);
  const lost = part.failed.map((f) => f.condition).filter((name) => !failed.includes(name));
  const [fen, potential] = [whole.amount?.fen ?? 0n, part.potentialFen];
  const granted = part.verdict === '满足';
  const same = whole.verdict === '满足' && canonical(whole.amount) === canonical(part.amount);
  return [
    ...lost.map((name) => `${name} no longer fails`),
    ...(granted && !same ? [`${whole.verdict} ${canonical(whole.amount)}`] : []),
    ...(isOpen(part) && potential !== null && fen > potential ? [`${fen} > ${potential}`] : []),
  ];
}

it.each(items)('%s: more facts take nothing back and pass no potential', (name, item) => {
  const random = new Random(name.length * 7919 + ruleSet.items.indexOf(item));
  const seen = new Set<string>();
  for (let i = 0; i < RUNS; i++) {
    const facts = complete(item, random);
    const p = random.pick([0.1, 0.3, 0.6, 0.9]);
    const part = decide(item, hidden(facts, new Draw(random, new Map(), 0), p));
    const whole = decide(item, facts);
    seen.add(part.verdict);
    const faults = [...faultsOf(part), ...faultsOf(whole), ...takenBack(part, whole)];
    expect(faults, canonical(facts)).toEqual([]);
  }
  // The day of the decision is always known; whatever else an item asks can be missing.
  const asks = item.conditions.some((c) => c.name !== '已施行');
  expect(seen.has('资料不足')).toBe(asks);
});

it.each(items)('%s: what it asks for is enough to decide', (name, item) => {
  const random = new Random(name.length * 104_729 + ruleSet.items.indexOf(item));
  for (let i = 0; i < RUNS / 4; i++) {
    let facts = hidden(complete(item, random), new Draw(random, new Map(), 0), 0.7);
    let decision = decide(item, facts);
    for (let round = 0; isOpen(decision) && round < 40; round++) {
      facts = answered(facts, decision, complete(item, random), item);
      decision = decide(item, facts);
    }
    const open = [...decision.missing.map((m) => m.path), ...decision.pending.map((p) => p.gate)];
    // A rate that was never published is no fact that anyone could fill in.
    expect(open.filter((path) => !path.endsWith('（参数）'))).toEqual([]);
  }
});

/** Facts (by path) and judgements (by key) that the item ever asks for. */
function askedBy(item: Item, random: Random): ReadonlySet<string> {
  const asked = new Set<string>();
  for (let i = 0; i < RUNS; i++) {
    const part = decide(item, hidden(complete(item, random), new Draw(random, new Map(), 0), 0.4));
    for (const { path } of part.missing) asked.add(path.split('.').slice(1).join('.'));
    for (const { gate } of part.pending) asked.add(`认定 ${gate}`);
  }
  asked.delete('');
  return asked;
}

it('asks only for facts that can matter', () => {
  const random = new Random(20231122);
  let count = 0;
  for (const item of ruleSet.items) {
    const idle = new Set(askedBy(item, random));
    count += idle.size;
    // A fact matters when a case that is complete without it is open.
    for (let i = 0; i < RUNS * 10 && idle.size > 0; i++) {
      const facts = complete(item, random);
      for (const path of idle) {
        if (isOpen(decide(item, without(facts, path.split('.'))))) idle.delete(path);
      }
    }
    expect([...idle], item.name).toEqual([]);
  }
  expect(count).toBeGreaterThan(120);
});

it('asks for the figures of the own line of a table only', () => {
  const item = ruleSet.items.find((i) => i.name === '稳岗返还');
  if (item === undefined) throw new Error('the item is in the package');
  const derived = prepare(ruleSet, new Map([['20.7#3', '乙']]));
  const good: Facts = {
    参保单位类型: '企业单位',
    失业保险参保: true,
    失业保险足额缴费: true,
    累计缴费月数: 12n,
    裁员人数: 0n,
    不计入裁员人数: 0n,
    违反产业环保政策: false,
    列入负面清单: false,
    单位失业保险费: 100n,
    职工失业保险费: 100n,
  };
  const asked = (industry: string | null, more: Facts = {}): readonly string[] => {
    const facts = { ...good, 行业: industry, ...more };
    const subject = { entity: item.entity, id: 'x', facts };
    const { failed, missing } = derived.decide(item, subject, '2023-12-15');
    expect(failed).toEqual([]);
    return missing.map((m) => m.path.slice('企业.'.length)).toSorted();
  };
  expect(asked('农林牧渔业')).toEqual(['营业收入']);
  expect(asked('其他未列明行业')).toEqual(['从业人员']);
  expect(asked('建筑业')).toEqual(['营业收入', '资产总额']);
  // Not large by its revenue; the other figure no longer decides about 大型, but about the rest.
  expect(asked('工业', { 营业收入: 0n })).toEqual([]);
  expect(asked(null)).toEqual(['从业人员', '营业收入', '行业', '资产总额']);
});

it('answers in the order 不满足, 资料不足, 待认定, 满足', () => {
  const item = ruleSet.items.find((i) => i.name === '知名品牌首店奖励');
  if (item === undefined) throw new Error('the item is in the package');
  const gate = '认定 符合要求的知名品牌';
  const good = { 层级: '全国', 品牌业态: '零售', 开业日期: '2023-12-01', [gate]: true };
  const say = (change: Facts): string => decide(item, { ...good, ...change }).verdict;
  expect(say({})).toBe('满足');
  expect(say({ [gate]: null })).toBe('待认定');
  expect(say({ [gate]: null, 层级: null })).toBe('资料不足');
  expect(say({ [gate]: null, 层级: null, 品牌业态: '餐饮' })).toBe('不满足');
  expect(say({ [gate]: false, 层级: null })).toBe('不满足');
});

it('cites the law in every failure, limit and step', () => {
  const random = new Random(7);
  const cited = (cite: number): boolean => {
    const found = ruleSet.cites[cite];
    if (found === undefined || found.clause === '') return false;
    return found.spans.length + found.readings.length > 0;
  };
  let steps = 0;
  for (const item of ruleSet.items) {
    for (let i = 0; i < 30; i++) {
      const facts = complete(item, random);
      const d = decide(
        item,
        random.chance(0.5) ? facts : hidden(facts, new Draw(random, new Map(), 0), 0.3),
        true,
      );
      for (const f of d.failed) expect(cited(f.cite), `${item.name} ${f.condition}`).toBe(true);
      for (const l of d.limits) expect(cited(l.cite), l.cap).toBe(true);
      for (const s of d.steps) {
        expect(ruleSet.cites[s.about.node.cite], s.about.label).toBeDefined();
        const inner = s.about.kind !== 'condition' && s.about.kind !== 'amount';
        expect(inner || cited(s.about.node.cite), `${item.name} ${s.about.label}`).toBe(true);
        steps++;
      }
    }
  }
  expect(steps).toBeGreaterThan(10_000);
});
