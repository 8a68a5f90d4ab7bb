/** Invented rule sets: random but well-formed rules in the middle form, so that every construct of
 *  the language is compared, also those that no package uses yet. */
import { readPackage } from '@zhida/rules';
import type { Item, RuleSet } from '@zhida/rules';
import type { Expr } from './expression.ts';
import { Inventor } from './invented-expression.ts';
import { inventedEntities, inventedParameters, MANY, wideEntities } from './invented-facts.ts';
import { BOOL, CITE, CLASSES, DATE, number, TEXT } from './invented-kinds.ts';
import type { Kind } from './invented-kinds.ts';
import { inventedTable } from './invented-table.ts';
import type { Law } from './package.ts';
import { Random } from './random.ts';
import { farthest } from './turning.ts';

type Alternative = RuleSet['interpretations'][number]['alternatives'][number];

const NONE = { zh: '', en: '' } as const;

function decisionsOf(inventor: Inventor): {
  decisions: RuleSet['decisions'];
  interpretations: RuleSet['interpretations'];
} {
  const r = inventor.random;
  const decisions: RuleSet['decisions'][number][] = [];
  const interpretations: RuleSet['interpretations'][number][] = [];
  const declare = (name: string, expr: Expr, kind: Kind): void => {
    decisions.push({ id: '', name, en: name, expr, root: '甲', ...CITE });
    const { type, cite } = expr;
    const scale = type.t === 'number' ? type.scale : 0;
    inventor.named.push({ kind, scale, expr: { k: 'decision', name, type, cite } });
  };
  for (let n = 0; n < (inventor.depth < 2 ? 9 : 6); n++) {
    const name = `决${n}`;
    const kind = r.pick(['number', 'bool', 'text', 'table', 'table', 'ratio', 'reading'] as const);
    if (kind === 'number') declare(name, inventor.number(2, inventor.depth), kind);
    if (kind === 'bool') declare(name, inventor.bool(2), kind);
    if (kind === 'ratio') declare(name, inventor.ratio(1), kind);
    if (kind === 'text') {
      const [yes, no] = CLASSES.map((value): Expr => ({ k: 'literal', value, ...TEXT }));
      if (yes !== undefined && no !== undefined)
        declare(name, { k: 'if', test: inventor.bool(1), yes, no, ...TEXT }, kind);
    }
    if (kind === 'table') {
      const table = inventedTable(inventor, name);
      declare(name, table, 'number');
      inventor.tables.push({ name, scale: 2 });
    }
    if (kind !== 'reading') continue;
    const isBool = r.chance(0.3);
    const make = (): Expr => (isBool ? inventor.bool(2) : inventor.number(2, inventor.depth));
    const alternatives = ['甲', '乙'].map((key): Alternative => ({
      key,
      zh: key,
      en: key,
      expr: make(),
    }));
    const id = `9.${n}#1`;
    const head = { id, ask: '', status: '待确认', document: '', date: '', chosen: '甲' } as const;
    interpretations.push({ ...head, zh: '', en: '', alternatives, ...CITE });
    const { type } = alternatives[0]?.expr ?? BOOL;
    const expr = { k: 'reading', id, type, ...CITE } as const;
    inventor.named.push({ kind: isBool ? 'bool' : 'number', scale: 2, expr });
  }
  return { decisions, interpretations };
}

function conditionsOf(inventor: Inventor, plain: boolean): Item['conditions'][number][] {
  const r = inventor.random;
  const conditions = Array.from({ length: plain ? 1 : 1 + r.below(3) }, (_, i) => ({
    name: `条${i}`,
    en: `condition ${i}`,
    expr: inventor.bool(plain ? 0 : 2),
  }));
  const table = inventor.tables.length > 0 && r.chance(0.4) ? r.pick(inventor.tables) : undefined;
  if (table !== undefined) {
    const expr: Expr = { k: 'hits', table: table.name, ...BOOL };
    conditions.push({ name: table.name, en: table.name, expr });
  }
  return conditions;
}

/** What is owed; where little is asked, so much beside the invented number that it shows even when it
 *  is below zero. */
function amountOf(inventor: Inventor, plain: boolean): Expr {
  const money = { type: { t: 'number', unit: '元', scale: 2 }, ...CITE } as const;
  const tables = inventor.named.filter((x) => x.expr.k === 'decision' && x.kind === 'number');
  const owed =
    tables.length > 0 && inventor.random.chance(0.4)
      ? inventor.random.pick(tables).expr
      : inventor.number(2, inventor.depth);
  if (!plain) return { ...owed, ...money };
  const beside: Expr = { k: 'literal', value: '1000000000000', ...number(2) };
  return { k: 'add', a: beside, b: owed, ...money };
}

function itemOf(inventor: Inventor, n: number): Item {
  const r = inventor.random;
  const plain = inventor.depth < 2 || r.chance(0.5);
  const conditions = conditionsOf(inventor, plain);
  const nature = r.pick(['定额', '上限', '下限', '软上限', '未量化'] as const);
  const hard = [0, 1].map(() => ({
    limit: inventor.number(2, 1),
    when: r.chance(0.5) ? inventor.bool(1) : null,
  }));
  const words = { elsewhere: NONE, grants: NONE, fund: NONE, payer: NONE, route: NONE };
  const lists = { once: [], shares: [], instalments: [], openQuestions: [], papers: NONE };
  const frame = { contingent: false, mode: null, window: null, exclusive: '', stackable: '' };
  return {
    ...words,
    ...lists,
    ...frame,
    ...CITE,
    kind: '待遇',
    id: `9.${n}`,
    name: `项${n}`,
    en: `item ${n}`,
    entity: '甲',
    conditions,
    nature,
    line: 0,
    payee: r.chance(0.3) ? ['乙'] : [],
    amount: nature === '未量化' ? null : amountOf(inventor, plain),
    hard: nature === '软上限' ? hard.slice(0, 1 + r.below(2)) : [],
  };
}

/** `item` with a condition for each of the many facts, which holds as soon as the fact is known. */
function withMany(item: Item): Item {
  const many = MANY.map((name) => {
    const fact: Expr = { k: 'fact', path: ['甲', name], ...BOOL };
    const expr: Expr = { k: 'or', items: [fact, { k: 'not', a: fact, ...BOOL }], ...BOOL };
    return { name, en: name, expr };
  });
  // A number beside its condition that 64 bits do not hold.
  const a: Expr = { k: 'fact', path: ['甲', '金1'], ...number(2) };
  const b: Expr = { k: 'literal', value: '1000000000000000', ...number(0) };
  const product: Expr = { k: 'multiply', a, b, ...number(2) };
  const zero: Expr = { k: 'literal', value: '0', ...number(2) };
  const expr: Expr = { k: 'compare', op: '>=', a: product, b: zero, ...BOOL };
  const large = { name: '大数', en: 'large number', expr };
  return { ...item, name: '长项', conditions: [...item.conditions, large, ...many] };
}

function capOf(inventor: Inventor, n: number, items: readonly Item[]): RuleSet['caps'][number] {
  const r = inventor.random;
  const own = items.filter(() => r.chance(0.4)).map((i) => i.name);
  const key = (): Expr => {
    const date = { k: 'fact', path: ['甲', '日1'], ...DATE } as const;
    const type = { t: 'entity', entity: '乙' } as const;
    const all: readonly Expr[] = [
      { k: 'year', a: date, ...number(0) },
      { k: 'fact', path: ['甲', '乙'], type, ...CITE },
      { k: 'fact', path: ['甲'], type: { t: 'entity', entity: '甲' }, ...CITE },
      { k: 'fact', path: ['甲', '类'], ...TEXT },
      { k: 'fact', path: ['甲', '是1'], ...BOOL },
      date,
    ];
    return r.pick(all);
  };
  const limit = r.chance(0.5) ? inventor.number(2, 0) : inventor.number(2, 1);
  const when = r.chance(0.5) ? inventor.bool(1) : null;
  const keys = [0, 1].slice(0, 1 + r.below(2)).map((i) => ({ label: `键${i}`, expr: key() }));
  return {
    id: '',
    name: `顶${n}`,
    en: `cap ${n}`,
    items: own,
    keys,
    limit,
    when,
    order: null,
    ...CITE,
  };
}

/** The rule set of `seed`. Even ones are shallow, so that little stands between a construct and what
 *  is owed, and have subjects with large numbers; those of the others are small enough that what is
 *  owed stays within 64 bits. */
export function inventedLaw(seed: number): Law {
  const shallow = seed % 2 === 0;
  const inventor = new Inventor(new Random(seed), shallow ? 1 : 2);
  const { ruleSet: empty } = readPackage([]);
  const { decisions, interpretations } = decisionsOf(inventor);
  const items = Array.from({ length: shallow ? 6 : 4 }, (_, n) => itemOf(inventor, n + 1));
  const isWide = seed % 25 === 11;
  if (isWide && items[0] !== undefined) items.push(withMany(items[0]));
  const caps = [0, 1].map((n) => capOf(inventor, n, items));
  const cites = [{ clause: '9', spans: [], readings: [], file: '', line: 0 }];
  const gate = { unit: '某局', standard: NONE, evidence: NONE, ...CITE };
  const gates = [
    { name: '好', en: 'good', entity: '甲', ...gate },
    { name: '优', en: 'best', entity: '乙', ...gate },
  ];
  const manifest = { ...empty.manifest, id: `invented-${seed}`, effective: '2023-06-30' };
  const rules = { decisions, interpretations, items, caps, cites, gates, manifest };
  const entities = isWide ? wideEntities : inventedEntities;
  const world = { entities, parameters: inventedParameters };
  const ruleSet = { ...empty, ...rules, ...world, hash: `invented-${seed}` };
  return {
    name: `invented-${seed}`,
    ruleSet,
    cases: [],
    far: (leaf) => (shallow ? farthest(leaf) : 10n ** 5n),
  };
}
