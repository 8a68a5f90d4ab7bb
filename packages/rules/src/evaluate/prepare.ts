/** An item made ready for deciding: everything that is the same for every subject, found once. */
import { valueText } from '../explain/value.ts';
import type { Cap, Condition, Expr, Item, RuleSet, Type } from '../ir.ts';
import { reach } from '../lower/walk.ts';
import type { Compiler } from './compile.ts';
import type { Failure, ReadingUsed } from './decision.ts';
import { along } from './read.ts';
import { failureOf } from './shortfall.ts';
import type { Env, FactRecord, Run, StepNode, Value } from './value.ts';

export interface PreparedCondition {
  readonly condition: Condition;
  readonly run: Run;
  readonly about: StepNode;
  /** What to show beside it: the reader's number, the threshold, the gap. */
  readonly failure: (env: Env) => Failure;
}

export interface PreparedCap {
  readonly cap: Cap;
  readonly keys: readonly { readonly run: Run; readonly identify: (v: Value) => string }[];
  readonly limit: Run;
  readonly when: Run | null;
}

export interface Prepared {
  readonly item: Item;
  readonly conditions: readonly PreparedCondition[];
  readonly amount: { readonly run: Run; readonly about: StepNode; readonly expr: Expr } | null;
  readonly hard: readonly { readonly limit: Run; readonly when: Run | null }[];
  readonly readings: readonly ReadingUsed[];
  readonly caps: readonly PreparedCap[];
  /** The amount can turn out to be nothing, and is then a failed condition. */
  readonly varies: boolean;
  /** Identity of who is paid, from the facts; null when it is the subject itself. */
  readonly payee: ((facts: FactRecord) => string) | null;
}

/** How a value of `type` is named in a cap's key or as payee; `?` when it is not known. */
function identifier(type: Type, ruleSet: RuleSet): (v: Value) => string {
  const entity = type.t === 'entity' ? type.entity : undefined;
  const identity = ruleSet.entities.find((e) => e.name === entity)?.identity ?? '';
  return (v) => {
    if (v === null) return '?';
    if (entity !== undefined && typeof v === 'object') {
      const id = (v as FactRecord)[identity];
      return typeof id === 'string' ? id : '?';
    }
    return typeof v === 'bigint' ? String(v) : valueText(v, type);
  };
}

function payeeOf(item: Item, ruleSet: RuleSet): Prepared['payee'] {
  if (item.payee.length === 0) return null;
  let { entity } = item;
  for (const name of item.payee) {
    const facts = ruleSet.entities.find((e) => e.name === entity)?.facts;
    const type = facts?.find((f) => f.name === name)?.type;
    if (type?.t === 'entity') ({ entity } = type);
  }
  const identify = identifier({ t: 'entity', entity }, ruleSet);
  const path = [...item.payee];
  return (facts) => identify(along(facts, path));
}

/** Readings that the rules refer to, in force or only in words, in the package's order. */
function readingsOf(
  item: Item,
  roots: readonly Expr[],
  c: Compiler,
  readings: ReadonlyMap<string, string>,
): ReadingUsed[] {
  const nodes = reach(roots, {
    decision: (name) => c.decision(name),
    reading: (id) => [c.reading(id)].flatMap((x) => x ?? []),
  });
  const ids = new Set(item.openQuestions);
  for (const n of nodes) {
    if (n.k === 'reading') ids.add(n.id);
    for (const id of c.ruleSet.cites[n.cite]?.readings ?? []) ids.add(id);
  }
  return c.ruleSet.interpretations
    .filter((i) => ids.has(i.id))
    .map((i) => ({ id: i.id, key: readings.get(i.id) ?? i.chosen }));
}

function rootsOf(item: Item, caps: readonly Cap[]): readonly Expr[] {
  return [
    ...item.conditions.map((x) => x.expr),
    ...(item.amount === null ? [] : [item.amount]),
    ...caps.flatMap((cap) => [
      ...cap.keys.map((k) => k.expr),
      cap.limit,
      ...[cap.when, cap.order].flatMap((x) => x ?? []),
    ]),
  ];
}

export function prepareItem(
  item: Item,
  c: Compiler,
  readings: ReadonlyMap<string, string>,
): Prepared {
  const { ruleSet } = c;
  const caps = ruleSet.caps.filter((cap) => cap.items.includes(item.name));
  const optional = (e: Expr | null): Run | null => (e === null ? null : c.run(e));
  const { amount } = item;
  return {
    item,
    conditions: item.conditions.map((condition) => ({
      condition,
      run: c.run(condition.expr),
      about: { kind: 'condition', label: condition.name, node: condition.expr },
      failure: failureOf(condition, c),
    })),
    amount:
      amount === null
        ? null
        : {
            run: c.run(amount),
            about: { kind: 'amount', label: item.name, node: amount },
            expr: amount,
          },
    hard: item.hard.map((h) => ({ limit: c.run(h.limit), when: optional(h.when) })),
    readings: readingsOf(item, rootsOf(item, caps), c, readings),
    caps: caps.map((cap) => ({
      cap,
      keys: cap.keys.map((k) => ({
        run: c.run(k.expr),
        identify: identifier(k.expr.type, ruleSet),
      })),
      limit: c.run(cap.limit),
      when: optional(cap.when),
    })),
    varies: amount !== null && amount.k !== 'literal',
    payee: payeeOf(item, ruleSet),
  };
}
