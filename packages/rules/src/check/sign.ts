/** What can never be below zero: facts that are not 可负, and what is built from them. */
import type { Expr } from '../ir.ts';
import type { Context } from '../lower/scope.ts';
import type { Definitions } from '../lower/walk.ts';

/** What the names of a package stand for, as far as they could be read. */
export function definitionsOf(context: Context): Definitions {
  return {
    decision: (name) => context.decisions.get(name)?.result?.expr,
    reading: (id) =>
      (context.readings.get(id)?.result?.interpretation.alternatives ?? []).flatMap(
        (a) => a.expr ?? [],
      ),
  };
}

/** The fact at the end of a path, where the path starts at an entity. */
function isNegative(context: Context, path: readonly string[]): boolean {
  let entity = path[0] ?? '';
  let negative = true;
  for (const name of path.slice(1)) {
    const fact = context.fact(entity, name);
    if (fact === undefined) return true;
    negative = fact.negative;
    if (fact.type.t === 'entity') entity = fact.type.entity;
  }
  return negative;
}

/** True when `e` is a number that is provably 0 or more. */
export function nonNegative(context: Context, e: Expr): boolean {
  const all = (items: readonly Expr[]): boolean => items.every((i) => nonNegative(context, i));
  const defs = definitionsOf(context);
  switch (e.k) {
    case 'literal':
      return e.type.t === 'number' && !String(e.value).startsWith('-');
    case 'fact':
      return e.row === undefined && e.type.t === 'number' && !isNegative(context, e.path);
    case 'months':
      return e.series.k === 'fact' && !isNegative(context, e.series.path);
    case 'scale':
      return nonNegative(context, e.a);
    case 'add':
    case 'multiply':
      return all([e.a, e.b]);
    case 'min':
      return all(e.items);
    case 'max':
      return e.items.some((i) => nonNegative(context, i));
    case 'if':
      return all([e.yes, e.no]);
    case 'round':
      return all(e.den === null ? [e.num] : [e.num, e.den]);
    case 'decision': {
      const found = defs.decision(e.name);
      return found !== undefined && nonNegative(context, found);
    }
    case 'reading': {
      const found = defs.reading(e.id);
      return found.length > 0 && all(found);
    }
    case 'over':
      return e.fn === 'count';
    case 'days':
    case 'year':
    case 'ratio':
    case 'subtract':
    case 'parameter':
    case 'table':
    case 'gate':
    case 'hits':
    case 'asOf':
    case 'compare':
    case 'in':
    case 'and':
    case 'or':
    case 'not':
      return false;
  }
}
