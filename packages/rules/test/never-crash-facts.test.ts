// Goal: whatever arrives as facts, a decision or problems with a place come out, never an exception.
// Method: fast-check fills the entities of the Benxi package with well-formed, ill-formed and
// foreign values; every item decides about every reading of them, with a trace.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonical, prepare, readFacts, readPackage } from '../src/index.ts';
import type { Plain } from '../src/index.ts';
import { packageFiles } from './oracle/package-files.ts';
import { unsound } from './oracle/soundness.ts';

const { ruleSet } = readPackage(packageFiles('benxi-2023-10'));
const engine = prepare(ruleSet);
const seed = Number(process.env['ZHIDA_SEED'] ?? 20231122);

const texts = fc.constantFrom(
  ...[
    ['', '?', '是', '否', '0', '-1', '1,000', '1,2', '1e9', '5亿元', '12.345', '100万元', '30人'],
    ['2023-02-30', '2023-12-31', '零售业', '大型', '60个月', '4.2%', '1.2万元/亩', '１００', ' 7 '],
    ['9'.repeat(40), '0.'.concat('1'.repeat(40)), '\uD800', 'NaN', 'Infinity', '-', '.', '/'],
  ].flat(),
);
const plain = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(true, false, null, undefined),
    // A JSON reader may hand on what the type forbids.
    fc.constantFrom(0, 1.5, Number.NaN, -1).map((n) => n as unknown as Plain),
    fc.dictionary(fc.constantFrom('2023-09', '2022-09', '2023-13', 'value', 'source'), texts),
    fc.dictionary(fc.constantFrom('本金', '载体', '编号', '__proto__', 'toString'), tie('value')),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
})).value;

const at = { file: 'facts.json', line: 1, column: 1 };
const ends = new Map([['facts.json', [1]]]);

it.each(ruleSet.entities.map((e) => [e.name, e] as const))('decides on any %s', (name, entity) => {
  const keys = [...entity.facts.map((f) => f.name), ...ruleSet.gates.map((g) => `认定 ${g.name}`)];
  const record = fc.dictionary(fc.constantFrom(...keys, '没有', '__proto__'), plain, {
    maxKeys: 14,
  });
  const items = ruleSet.items.filter((i) => i.entity === name);
  const one = (facts: Record<string, Plain>): void => {
    const read = readFacts(ruleSet, name, facts, at);
    expect(read.problems.map((p) => unsound(p, ends)).filter((f) => f !== '')).toEqual([]);
    for (const item of items) {
      const subject = { entity: name, id: 'a', facts: read.facts };
      const decision = engine.decide(item, subject, '2023-12-15', { trace: true });
      expect(canonical(decision)).toContain(decision.verdict);
    }
  };
  fc.assert(fc.property(record, one), { numRuns: 150, seed });
});

it('reads facts that are nested without end', () => {
  const deep = (one: (inner: Plain) => Plain): Plain => {
    let value: Plain = null;
    for (let i = 0; i < 50_000; i++) value = one(value);
    return value;
  };
  const nests = [
    deep((value) => ({ value })),
    deep((inner) => [inner]),
    deep((载体) => ({ 载体 })),
    deep((企业) => ({ 企业, value: 企业 })),
  ];
  for (const entity of ruleSet.entities) {
    for (const fact of entity.facts) {
      for (const nest of nests) {
        const { facts, problems } = readFacts(ruleSet, entity.name, { [fact.name]: nest }, at);
        expect(Object.keys(facts)).toEqual([fact.name]);
        expect(problems.length).toBeLessThan(20);
      }
    }
  }
});
