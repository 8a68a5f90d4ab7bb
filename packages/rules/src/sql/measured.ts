/** The number that a condition is about, beside the thresholds that are the same for everyone. */
import type { Compare, Expr, TableExpr } from '../ir.ts';
import type { Expressions } from './expression.ts';
import type { Term } from './term.ts';

export interface MeasuredTerm {
  readonly value: Term;
  readonly thresholds: readonly bigint[];
  readonly relation: string;
  readonly unit: string;
  readonly scale: number;
}

const TURNED: Readonly<Record<Compare, Compare>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function measured(
  x: Expressions,
  e: Expr,
  thresholds: readonly bigint[],
  relation: string,
): MeasuredTerm | null {
  if (e.type.t !== 'number' || thresholds.length === 0) return null;
  const value = x.term(e);
  if (value.literal !== undefined) return null;
  const { unit, scale } = e.type;
  const sorted = [...new Set(thresholds)].toSorted((a, b) => (a < b ? -1 : 1));
  return { value, thresholds: sorted, relation, unit, scale };
}

/** Bounds at which a table starts to earn something, or another amount. */
function bandsOf(x: Expressions, t: TableExpr): MeasuredTerm | null {
  const [input] = t.inputs;
  if (input?.type.t !== 'number' || t.inputs.length > 1) return null;
  const lows = t.rows
    .filter((r) => r.out !== null)
    .flatMap((r) => r.tests[0] ?? [])
    .flatMap((test) => (test.k === 'interval' && test.lo !== null ? [BigInt(test.lo)] : []));
  return measured(x, input, lows, '>=');
}

/** What condition `e` measures; null when it is about no single number. */
export function measuredTerm(x: Expressions, e: Expr): MeasuredTerm | null {
  switch (e.k) {
    case 'compare': {
      if (e.a.type.t !== 'number' || e.op === '=' || e.op === '!=') return null;
      const [left, right] = [x.term(e.a), x.term(e.b)];
      if (typeof right.literal === 'bigint') return measured(x, e.a, [right.literal], e.op);
      if (typeof left.literal === 'bigint') return measured(x, e.b, [left.literal], TURNED[e.op]);
      return null;
    }
    case 'hits':
      return x.meaning.given.has(e.table) ? null : bandsOf(x, x.table(e.table));
    case 'decision':
      return x.meaning.given.has(e.name) ? null : measuredTerm(x, x.meaning.decision(e.name));
    case 'reading':
      return measuredTerm(x, x.meaning.reading(e.id));
    default:
      return null;
  }
}
