/** Building number nodes: scales are aligned here, units are checked, literals are folded. */
import type { Expr, Origin, Type } from '../ir.ts';
import type { Scaled } from '../scaled.ts';
import { pow10 } from '../scaled.ts';
import { SyntaxProblem } from '../feel/lex.ts';
import { timesUnit } from '../unit.ts';

export type NumberType = Extract<Type, { t: 'number' }>;

export function numberType(unit: string, scale: number, plain = false): NumberType {
  return plain ? { t: 'number', unit, scale, plain } : { t: 'number', unit, scale };
}

export function literal(value: Scaled, unit: string, cite: number): Expr {
  return { k: 'literal', value: String(value.n), type: numberType(unit, value.s), cite };
}

export function isZero(e: Expr): boolean {
  return e.k === 'literal' && e.value === '0';
}

/** The type of a number expression, or a problem that names what it is instead. */
export function numberOf(e: Expr, at: number): NumberType {
  if (e.type.t !== 'number') {
    throw new SyntaxProblem('type-mismatch', at, { expected: '@number', found: `@${e.type.t}` });
  }
  return e.type;
}

/** The same value at a scale that is not smaller. */
export function toScale(e: Expr, scale: number): Expr {
  const type = e.type as NumberType;
  const by = scale - type.scale;
  if (by === 0) return e;
  const next = numberType(type.unit, scale, type.plain);
  if (e.k === 'literal') {
    return { ...e, value: String(BigInt(e.value) * pow10(by)), type: next };
  }
  if (e.k === 'scale') return { ...e, by: e.by + by, type: next };
  if (e.k === 'table') {
    // A table stays a table: its outputs are widened, so that its rows can still be shown.
    const wide = (out: Expr | null): Expr | null => (out === null ? null : toScale(out, scale));
    const rows = e.rows.map((r) => ({ ...r, out: wide(r.out) }));
    return { ...e, rows, ...(e.rest === undefined ? {} : { rest: wide(e.rest) }), type: next };
  }
  return { k: 'scale', a: e, by, type: next, cite: e.cite };
}

function sameUnit(a: Expr, b: Expr, at: number): string {
  const [ta, tb] = [numberOf(a, at), numberOf(b, at)];
  if (ta.unit === tb.unit || isZero(b)) return ta.unit;
  if (isZero(a)) return tb.unit;
  throw new SyntaxProblem('unit-mismatch', at, {
    left: ta.unit === '' ? '@no-unit' : ta.unit,
    right: tb.unit === '' ? '@no-unit' : tb.unit,
  });
}

/** All at the largest scale, with one unit. */
export function aligned(items: readonly Expr[], at: number): { items: Expr[]; type: NumberType } {
  const first = items[0];
  if (first === undefined)
    throw new SyntaxProblem('call-arguments', at, {
      name: 'min',
      count: '1',
      found: '0',
      form: 'min(a, b)',
    });
  let unit = numberOf(first, at).unit;
  let probe = first;
  for (const item of items.slice(1)) {
    unit = sameUnit(probe, item, at);
    if (!isZero(item)) probe = item;
  }
  const scale = Math.max(...items.map((i) => numberOf(i, at).scale));
  return {
    items: items.map((i) => toScale(i, scale)),
    type: numberType(
      unit,
      scale,
      items.some((i) => numberOf(i, at).plain === true),
    ),
  };
}

export function add(k: 'add' | 'subtract', a: Expr, b: Expr, at: number, cite: number): Expr {
  const { items, type } = aligned([a, b], at);
  const [x, y] = items;
  if (x === undefined || y === undefined) throw new Error('two operands');
  return { k, a: x, b: y, type, cite };
}

export function multiply(a: Expr, b: Expr, at: number, cite: number): Expr {
  const [ta, tb] = [numberOf(a, at), numberOf(b, at)];
  const type = numberType(timesUnit(ta.unit, tb.unit), ta.scale + tb.scale);
  if (a.k === 'literal' && b.k === 'literal') {
    return { k: 'literal', value: String(BigInt(a.value) * BigInt(b.value)), type, cite };
  }
  return { k: 'multiply', a, b, type, cite };
}

export function extreme(
  k: 'min' | 'max',
  list: readonly Expr[],
  at: number,
  cite: number,
  origin?: Origin,
): Expr {
  const { items, type } = aligned(list, at);
  return { k, items, type, cite, ...(origin === undefined ? {} : { origin }) };
}

/** a ÷ b as an exact ratio, both at one scale. It can be compared, never rounded. */
export function ratio(a: Expr, b: Expr, at: number, cite: number, origin: Origin): Expr {
  const { items } = aligned([a, b], at);
  const [x, y] = items;
  if (x === undefined || y === undefined) throw new Error('two operands');
  return { k: 'ratio', a: x, b: y, type: { t: 'ratio' }, cite, origin };
}
