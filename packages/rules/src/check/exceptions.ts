/** Two exceptions of one decision must not hold at once: proven by a test on which they disagree. */
import type { Expr, Interval, Test } from '../ir.ts';
import { canonical } from '../canonical.ts';
import type { Exception } from '../lower/decision.ts';
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import type { Block } from '../package/block.ts';
import { orderOf, overlap, testStretches } from './interval.ts';

/** One conjunct as "this value passes these tests". */
export interface Atom {
  readonly value: string;
  readonly expr: Expr;
  readonly tests: readonly Test[];
}

function bare(e: Expr): string {
  return canonical(e).replace(/"cite":\d+,?/gu, '');
}

function compareAtom(e: Expr & { k: 'compare' }): Atom[] {
  const { a, b, op } = e;
  if (b.k !== 'literal' || a.type.t === 'ratio') return [];
  const value = bare(a);
  const at = String(b.value);
  if (typeof b.value === 'boolean') {
    const wanted = op === '=' ? b.value : !b.value;
    return [{ value, expr: a, tests: [{ k: 'bool', value: wanted }] }];
  }
  if (a.type.t === 'text') {
    return op === '=' ? [{ value, expr: a, tests: [{ k: 'set', values: [at] }] }] : [];
  }
  const interval = (i: Partial<Interval>): Test => ({
    k: 'interval',
    lo: null,
    hi: null,
    loOpen: true,
    hiOpen: true,
    ...i,
  });
  switch (op) {
    case '<':
    case '<=':
      return [{ value, expr: a, tests: [interval({ hi: at, hiOpen: op === '<' })] }];
    case '>':
    case '>=':
      return [{ value, expr: a, tests: [interval({ lo: at, loOpen: op === '>' })] }];
    case '=':
      return [
        { value, expr: a, tests: [interval({ lo: at, hi: at, loOpen: false, hiOpen: false })] },
      ];
    default:
      return [];
  }
}

export function atomsOf(e: Expr): Atom[] {
  if (e.k === 'and') return e.items.flatMap(atomsOf);
  if (e.k === 'compare') return compareAtom(e);
  if (e.k === 'in') return [{ value: bare(e.a), expr: e.a, tests: e.tests }];
  if (e.k === 'not') return [{ value: bare(e.a), expr: e.a, tests: [{ k: 'bool', value: false }] }];
  if (e.k === 'fact' || e.k === 'gate' || e.k === 'decision') {
    return [{ value: bare(e), expr: e, tests: [{ k: 'bool', value: true }] }];
  }
  return [];
}

/** True when some value passes both. */
export function together(a: Atom, b: Atom): boolean {
  const order = orderOf(a.expr.type);
  return a.tests.some((x) =>
    b.tests.some((y) => {
      if (x.k === 'any' || y.k === 'any') return true;
      if (x.k === 'set' && y.k === 'set') return x.values.some((v) => y.values.includes(v));
      if (x.k === 'bool' && y.k === 'bool') return x.value === y.value;
      const [s, t] = [testStretches([x], a.expr.type), testStretches([y], a.expr.type)];
      return s.some((p) => t.some((q) => overlap(p, q, order) !== undefined));
    }),
  );
}

/** True when the two guards provably exclude each other. */
function exclusive(a: Expr, b: Expr): boolean {
  const others = atomsOf(b);
  return atomsOf(a).some((x) => others.some((y) => x.value === y.value && !together(x, y)));
}

export function checkExceptions(context: Context, block: Block, list: readonly Exception[]): void {
  list.forEach((a, i) => {
    for (const b of list.slice(i + 1)) {
      if (exclusive(a.test, b.test)) continue;
      const params = { first: a.name, second: b.name };
      report(context, block, b.line.whole.place(), 'exception-conflict', params);
    }
  });
}
