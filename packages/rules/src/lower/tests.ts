/** Tests of table cells and of `in` → intervals and sets at one scale. */
import { isDate, wholeMonths } from '../date.ts';
import type { Ast, TestAst } from '../feel/ast.ts';
import { FailedElsewhere, SyntaxProblem } from '../feel/lex.ts';
import type { Expr, Test, Type } from '../ir.ts';
import { nearest } from '../problem.ts';
import { atScale, reduce } from '../scaled.ts';
import type { Scaled } from '../scaled.ts';
import { numberType, toScale } from './number.ts';
import { periodName } from './scope.ts';
import type { Period, Scope } from './scope.ts';

/** No period is moved by more than a hundred years. */
const MOST_MONTHS = 1_200;

/** A constant of the text: a literal number (or its negative) or a date. */
type Constant =
  | { readonly t: 'number'; readonly value: Scaled; readonly unit: string }
  | { readonly t: 'date'; readonly value: string };

function constant(ast: Ast): Constant {
  if (ast.k === 'number') return { t: 'number', value: reduce(ast.value), unit: ast.unit };
  if (ast.k === 'date') return { t: 'date', value: ast.value };
  if (ast.k === 'negate' && ast.a.k === 'number') {
    return { t: 'number', value: { n: -ast.a.value.n, s: ast.a.value.s }, unit: ast.a.unit };
  }
  throw new SyntaxProblem('bound-not-constant', ast.at, {});
}

/** A period written out, named locally, or shifted by whole months. */
export function periodOf(ast: Ast, s: Scope, shift: (p: Period, months: number) => Period): Period {
  if (ast.k === 'period') return { from: ast.from, to: ast.to };
  if (ast.k === 'name') {
    const local = s.periods.get(ast.parts.join('.'));
    if (local !== undefined) return local;
    const name = periodName(s.block, ast.parts.join('.'));
    if (s.context.broken.has(name)) throw new FailedElsewhere();
    throw new SyntaxProblem('period-undeclared', ast.at, { name: ast.parts.join('.') });
  }
  if (ast.k === 'binary' && (ast.op === '-' || ast.op === '+') && ast.b.k === 'number') {
    const unit = ast.b.unit;
    const n = atScale(ast.b.value, 0);
    if ((unit === '月' || unit === '年') && n !== undefined) {
      const months = Number(n) * (unit === '年' ? 12 : 1);
      const moved = months <= MOST_MONTHS;
      const inner = periodOf(ast.a, s, shift);
      const shifted = moved ? shift(inner, ast.op === '-' ? -months : months) : inner;
      if (moved && isDate(shifted.from) && isDate(shifted.to)) return shifted;
    }
  }
  throw new SyntaxProblem('period-expected', ast.at, {});
}

export function monthsOf(period: Period, at: number): readonly string[] {
  const months = wholeMonths(period.from, period.to);
  if (months === undefined) {
    throw new SyntaxProblem('period-cuts-month', at, { from: period.from, to: period.to });
  }
  return months;
}

function scaleOf(tests: readonly TestAst[], least: number): number {
  let scale = least;
  const look = (ast: Ast | undefined): void => {
    if (ast === undefined) return;
    const c = constant(ast);
    if (c.t === 'number') scale = Math.max(scale, c.value.s);
  };
  for (const t of tests) {
    if (t.k === 'range') {
      look(t.lo);
      look(t.hi);
    } else if (t.k === 'value' && (t.value.k === 'number' || t.value.k === 'negate')) look(t.value);
  }
  return scale;
}

function end(ast: Ast | undefined, type: Type, scale: number): string | null {
  if (ast === undefined) return null;
  const c = constant(ast);
  const unit = type.t === 'number' ? type.unit : '';
  if (c.t === 'date') {
    if (type.t === 'date') return c.value;
  } else if (type.t === 'number' || type.t === 'ratio') {
    if (c.unit !== unit && c.value.n !== 0n) {
      const [left, right] = [unit, c.unit].map((u) => (u === '' ? '@no-unit' : u));
      throw new SyntaxProblem('unit-mismatch', ast.at, { left: left ?? '', right: right ?? '' });
    }
    return String(atScale(c.value, scale) ?? 0n);
  }
  throw new SyntaxProblem('type-mismatch', ast.at, { expected: `@${type.t}`, found: `@${c.t}` });
}

function optionOf(ast: Ast, type: Extract<Type, { t: 'text' }>): string {
  if (ast.k !== 'text') {
    throw new SyntaxProblem('type-mismatch', ast.at, { expected: '@text', found: `@${ast.k}` });
  }
  checkOption(ast.value, type, ast.at);
  return ast.value;
}

/** A text literal must be one of the options of the fact it is compared with. */
export function checkOption(value: string, type: Type, at: number): void {
  if (type.t !== 'text' || type.options === undefined || type.options.includes(value)) return;
  const near = nearest(value, type.options) ?? '';
  const known = type.options.join('、');
  throw new SyntaxProblem('option-unknown', at, { value, near, known });
}

function valueTest(ast: Ast, type: Type, scale: number, s: Scope): Test {
  if (type.t === 'text') return { k: 'set', values: [optionOf(ast, type)] };
  if (type.t === 'bool' && ast.k === 'bool') return { k: 'bool', value: ast.value };
  if (type.t === 'date' && ast.k !== 'date') {
    const p = periodOf(ast, s, (x) => x);
    return { k: 'interval', lo: p.from, hi: p.to, loOpen: false, hiOpen: false };
  }
  const at = end(ast, type, scale);
  return { k: 'interval', lo: at, hi: at, loOpen: false, hiOpen: false };
}

function lowerTest(t: TestAst, type: Type, scale: number, s: Scope): Test {
  if (t.k === 'any') return { k: 'any' };
  if (t.k === 'value') return valueTest(t.value, type, scale, s);
  if (type.t === 'bool' || type.t === 'text') {
    throw new SyntaxProblem('type-mismatch', t.at, { expected: `@${type.t}`, found: '@range' });
  }
  const lo = end(t.lo, type, scale);
  const hi = end(t.hi, type, scale);
  const empty =
    lo !== null &&
    hi !== null &&
    (type.t === 'date'
      ? lo > hi
      : BigInt(lo) > BigInt(hi) || (lo === hi && (t.loOpen || t.hiOpen)));
  if (empty) throw new SyntaxProblem('range-empty', t.at, {});
  return { k: 'interval', lo, hi, loOpen: t.loOpen, hiOpen: t.hiOpen };
}

/** Merges the single values of a text test into one set. */
function merged(tests: readonly Test[]): readonly Test[] {
  const sets = tests.filter((t) => t.k === 'set');
  if (sets.length < 2) return tests;
  const values = [...new Set(sets.flatMap((t) => t.values))];
  return [...tests.filter((t) => t.k !== 'set'), { k: 'set', values }];
}

/** The input at the scale all tests need, and the tests of each row at that scale. */
export function lowerTests(
  input: Expr,
  rows: readonly (readonly TestAst[])[],
  s: Scope,
): { input: Expr; tests: (readonly Test[])[] } {
  const { type } = input;
  if (type.t !== 'number' && type.t !== 'ratio') {
    return { input, tests: rows.map((r) => merged(r.map((t) => lowerTest(t, type, 0, s)))) };
  }
  const least = type.t === 'number' ? type.scale : 0;
  const scale = scaleOf(rows.flat(), least);
  const wide: Expr =
    type.t === 'number'
      ? toScale(input, scale)
      : { k: 'scale', a: input, by: scale, type, cite: input.cite };
  const unit = type.t === 'number' ? numberType(type.unit, scale, type.plain) : type;
  return { input: wide, tests: rows.map((r) => r.map((t) => lowerTest(t, unit, scale, s))) };
}
