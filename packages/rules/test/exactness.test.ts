// Goal: every amount and verdict of the Benxi schemes is right to the 分. Method: an exact-rational
// calculation written from the text and its readings (test/oracle), which shares no line with the
// engine, decides the same seeded random cases: values at and beside every threshold, unknown
// facts, open judgements, switched readings. ZHIDA_CASES=… sets how many, ZHIDA_SEED=… the seed.
import { expect, it } from 'vitest';
import { canonical, prepare, readFacts, readPackage } from '../src/index.ts';
import type { Decision, Engine, Item, Plain } from '../src/index.ts';
import { Draw, Sight, outcome } from './oracle/case.ts';
import type { Choice, Fact, Facts, Outcome, Scheme } from './oracle/case.ts';
import { employmentSchemes } from './oracle/employment.ts';
import { farmingSchemes } from './oracle/farming.ts';
import { industrySchemes } from './oracle/industry.ts';
import { packageFiles } from './oracle/package-files.ts';
import { Random } from './oracle/random.ts';
import { retailSchemes } from './oracle/retail.ts';

const { ruleSet } = readPackage(packageFiles('benxi-2023-10'));
const schemes = [...retailSchemes, ...farmingSchemes, ...industrySchemes, ...employmentSchemes];
const cases = Number(process.env['ZHIDA_CASES'] ?? 1_000_000);
const seed = Number(process.env['ZHIDA_SEED'] ?? 20231122);
const perScheme = Math.ceil(cases / schemes.length);
let decided = 0;

/** The readings in force, and others drawn at random. */
function choices(scheme: Scheme, random: Random): readonly Choice[] {
  const drawn = Array.from({ length: 12 }, () => {
    const all = Object.entries(scheme.readings).map(
      ([id, keys]) => [id, random.chance(0.5) ? '甲' : random.pick([...keys])] as const,
    );
    return new Map(all);
  });
  return [new Map(), ...drawn];
}

function differences(scheme: Scheme, expected: Outcome, d: Decision): readonly string[] {
  const said = (what: string, a: unknown, b: unknown): string[] =>
    canonical(a) === canonical(b) ? [] : [`${what}: law ${canonical(a)}, engine ${canonical(b)}`];
  const failed = d.failed.map((f) => f.condition);
  const found = [
    ...said('verdict', expected.verdict, d.verdict),
    ...said('failed', expected.failed.toSorted(), failed.toSorted()),
    ...said('fen', expected.fen, d.amount?.fen ?? null),
    ...said('hard', expected.hardFen, d.amount?.hardFen ?? null),
  ];
  if (expected.verdict !== '满足') return found;
  return [
    ...found,
    ...said('kind', scheme.kind, d.amount?.kind),
    ...said('contingent', scheme.contingent, d.amount?.contingent),
  ];
}

/** A fact as a person would type it: numbers in their units, months and rows by name. */
function typed(value: Fact | undefined, decimals: number): Plain {
  if (typeof value === 'bigint') {
    const digits = String(value).padStart(decimals + 1, '0');
    const cut = digits.length - decimals;
    return decimals === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`;
  }
  if (typeof value !== 'object' || value === null) return value;
  throw new Error('a plain value');
}

function typedFacts(facts: Facts, entityName: string): { [name: string]: Plain } {
  const entity = ruleSet.entities.find((e) => e.name === entityName);
  const entries = Object.entries(facts).map(([name, value]): [string, Plain] => {
    const type = entity?.facts.find((f) => f.name === name)?.type;
    if (value === null || value === undefined || type === undefined) return [name, typed(value, 0)];
    if (type.t === 'months') {
      const months = Object.entries(value as Facts).map(([m, v]) => [m, typed(v, 2)] as const);
      return [name, Object.fromEntries(months)];
    }
    if (type.t === 'rows') {
      return [name, (value as readonly Facts[]).map((row) => typedFacts(row, type.entity))];
    }
    if (type.t === 'entity') return [name, typedFacts(value as Facts, type.entity)];
    return [name, typed(value, type.t === 'number' ? type.scale : 0)];
  });
  return Object.fromEntries(entries);
}

const place = { file: 'facts', line: 1, column: 1 };

interface Tally {
  readonly wrong: string[];
  readonly verdicts: Map<string, number>;
}

function runOne(
  scheme: Scheme,
  item: Item,
  engine: Engine,
  d: Draw,
  choice: Choice,
  t: Tally,
): void {
  scheme.draw(d);
  const { facts, random } = d;
  const today = random.chance(0.7)
    ? random.pick(['2023-12-15', '2023-12-31', '2023-11-22'])
    : random.date('2023-11-22', '2023-12-31', '2024-01-02');
  const expected = outcome(scheme, new Sight(facts, today, choice));
  const decision = engine.decide(item, { entity: item.entity, id: 'x', facts }, today);
  const found = [...differences(scheme, expected, decision)];
  if (random.chance(0.01)) {
    const read = readFacts(ruleSet, scheme.entity, typedFacts(facts, scheme.entity), place);
    if (canonical(read.facts) !== canonical(facts) || read.problems.length > 0) {
      found.push(`typed: ${canonical(read.facts)}`);
    }
  }
  t.verdicts.set(decision.verdict, (t.verdicts.get(decision.verdict) ?? 0) + 1);
  if (found.length === 0) return;
  const readings = [...choice].map((c) => c.join('=')).join(' ');
  t.wrong.push(`${found.join('; ')} | ${today} ${readings} ${canonical(facts)}`);
}

/** Whether a judgement decides about the item. */
function gated(item: Item): boolean {
  const text = canonical([item.conditions, item.amount]);
  return text.includes('"k":"gate"');
}

it('holds an oracle for each scheme of the law with an amount', () => {
  const paying = ruleSet.items.filter((i) => i.amount !== null).map((i) => i.name);
  expect(schemes.map((s) => s.item).toSorted()).toEqual(paying.toSorted());
  for (const s of schemes) {
    for (const [id, keys] of Object.entries(s.readings)) {
      const found = ruleSet.interpretations.find((i) => i.id === id);
      expect(found?.alternatives.map((a) => a.key).join('')).toBe(keys);
      expect(found?.chosen).toBe('甲');
    }
  }
});

it.each(schemes.map((s) => [s.item, s] as const))(
  '%s: no difference of a single 分',
  (name, scheme) => {
    const item = ruleSet.items.find((i) => i.name === name);
    if (item === undefined) throw new Error(`${name} is not in the package`);
    const random = new Random(seed + schemes.indexOf(scheme) * 7919);
    const engines = choices(scheme, random).map((c) => [c, prepare(ruleSet, c)] as const);
    const tally: Tally = { wrong: [], verdicts: new Map() };
    for (let i = 0; i < perScheme && tally.wrong.length < 3; i++) {
      const pair = random.chance(0.4) ? engines[0] : random.pick(engines);
      if (pair === undefined) continue;
      const [choice, engine] = pair;
      const unknown = random.pick([0, 0, 0, 0.04, 0.15, 0.5]);
      runOne(scheme, item, engine, new Draw(random, choice, unknown), choice, tally);
      decided++;
    }
    expect(tally.wrong).toEqual([]);
    for (const verdict of ['满足', '不满足', '资料不足', ...(gated(item) ? ['待认定'] : [])]) {
      expect(tally.verdicts.get(verdict) ?? 0, verdict).toBeGreaterThan(perScheme / 500);
    }
  },
);

it('decided as many cases as were asked for', () => {
  expect(decided).toBeGreaterThanOrEqual(cases);
});
