/** Walking expressions: children, and everything that is reached through decisions and readings. */
import type { Expr } from '../ir.ts';

/** The direct operands of a node. */
export function children(e: Expr): readonly Expr[] {
  switch (e.k) {
    case 'literal':
    case 'asOf':
    case 'fact':
    case 'gate':
    case 'decision':
    case 'reading':
    case 'hits':
      return [];
    case 'parameter':
      return [...e.keys, e.date];
    case 'months':
      return [e.series];
    case 'scale':
    case 'not':
    case 'year':
    case 'in':
      return [e.a];
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'compare':
    case 'ratio':
    case 'days':
      return [e.a, e.b];
    case 'min':
    case 'max':
    case 'and':
    case 'or':
      return e.items;
    case 'if':
      return [e.test, e.yes, e.no];
    case 'round':
      return e.den === null ? [e.num] : [e.num, e.den];
    case 'over':
      return [e.list, e.body];
    case 'table':
      return [
        ...e.inputs,
        ...e.rows.flatMap((r) => (r.out === null ? [] : [r.out])),
        ...(e.rest === undefined || e.rest === null ? [] : [e.rest]),
      ];
  }
}

/** What a name stands for; undefined when it failed to lower. */
export interface Definitions {
  decision(name: string): Expr | undefined;
  /** All alternatives, or only the one in force. */
  reading(id: string): readonly Expr[];
}

/** The name that a node stands for: of a decision, of the table whose hit is asked, of a reading. */
function keyOf(e: Expr): string {
  if (e.k === 'decision') return `d:${e.name}`;
  if (e.k === 'hits') return `d:${e.table}`;
  return e.k === 'reading' ? `r:${e.id}` : '';
}

/** Every node reached from `roots`, through decisions, their tables and readings; each name once. */
export function reach(roots: readonly Expr[], defs: Definitions): readonly Expr[] {
  const seen = new Set<string>();
  const found: Expr[] = [];
  const stack = [...roots].toReversed();
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    found.push(e);
    stack.push(...children(e).toReversed());
    const key = keyOf(e);
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    const name = e.k === 'decision' ? e.name : e.k === 'hits' ? e.table : undefined;
    if (name !== undefined) stack.push(...[defs.decision(name)].flatMap((x) => x ?? []));
    if (e.k === 'reading') stack.push(...defs.reading(e.id).toReversed());
  }
  return found;
}
