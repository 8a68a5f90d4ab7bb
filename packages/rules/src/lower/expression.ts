/** Syntax tree → typed middle form. Units and types are checked here; constants are folded. */
import { addMonths } from '../date.ts';
import type { Ast } from '../feel/ast.ts';
import { SyntaxProblem } from '../feel/lex.ts';
import type { Compare, Expr, Type } from '../ir.ts';
import { atScale, reduce } from '../scaled.ts';
import { perUnit } from '../unit.ts';
import { lowerCall } from './call.ts';
import { lowerName } from './names.ts';
import {
  add,
  aligned,
  isZero,
  literal,
  multiply,
  numberOf,
  numberType,
  toScale,
} from './number.ts';
import type { Period, Scope } from './scope.ts';
import { checkOption, lowerTests } from './tests.ts';

/** A period moved by whole months; a last day of a month stays one. */
export function shiftPeriod(p: Period, months: number): Period {
  return { from: addMonths(p.from, months), to: addMonths(p.to, months) };
}

function expect(e: Expr, t: Type['t'], at: number): Expr {
  if (e.type.t !== t) {
    throw new SyntaxProblem('type-mismatch', at, { expected: `@${t}`, found: `@${e.type.t}` });
  }
  return e;
}

function lowerCompare(op: Compare, ast: Ast & { k: 'binary' }, s: Scope): Expr {
  const a = lower(ast.a, s);
  const b = lower(ast.b, s);
  const type = { t: 'bool' } as const;
  const { cite } = s;
  if (a.type.t === 'number' && b.type.t === 'number') {
    const [x, y] = aligned([a, b], ast.b.at).items;
    if (x === undefined || y === undefined) throw new Error('two operands');
    return { k: 'compare', op, a: x, b: y, type, cite };
  }
  if (a.type.t === 'ratio' && b.type.t === 'number') {
    if (b.type.unit !== '' && !isZero(b)) {
      throw new SyntaxProblem('unit-mismatch', ast.b.at, { left: '@ratio', right: b.type.unit });
    }
    return { k: 'compare', op, a, b: toScale(b, Math.max(0, b.type.scale)), type, cite };
  }
  if (a.type.t !== b.type.t || a.type.t === 'ratio') {
    throw new SyntaxProblem('type-mismatch', ast.b.at, {
      expected: `@${a.type.t}`,
      found: `@${b.type.t}`,
    });
  }
  const ordered = a.type.t === 'date';
  if (!ordered && op !== '=' && op !== '!=') {
    throw new SyntaxProblem('order-undefined', ast.at, { op, type: `@${a.type.t}` });
  }
  if (!['date', 'text', 'bool'].includes(a.type.t)) {
    throw new SyntaxProblem('type-mismatch', ast.at, {
      expected: '@number',
      found: `@${a.type.t}`,
    });
  }
  if (b.k === 'literal' && typeof b.value === 'string') checkOption(b.value, a.type, ast.b.at);
  if (a.k === 'literal' && typeof a.value === 'string') checkOption(a.value, b.type, ast.a.at);
  return { k: 'compare', op, a, b, type, cite };
}

/** Each operand is a number, or the problem stands at the operand that is not. */
function checkOperands(a: Expr, b: Expr, ast: Ast & { k: 'binary' }): void {
  numberOf(a, ast.a.at);
  numberOf(b, ast.b.at);
}

function sum(k: 'add' | 'subtract', a: Expr, b: Expr, ast: Ast & { k: 'binary' }, s: Scope): Expr {
  checkOperands(a, b, ast);
  return add(k, a, b, ast.b.at, s.cite);
}

function product(a: Expr, b: Expr, ast: Ast & { k: 'binary' }, s: Scope): Expr {
  checkOperands(a, b, ast);
  return multiply(a, b, ast.at, s.cite);
}

function lowerBinary(ast: Ast & { k: 'binary' }, s: Scope): Expr {
  const { op } = ast;
  switch (op) {
    case 'and':
    case 'or': {
      const items = [ast.a, ast.b].map((x) => expect(lower(x, s), 'bool', x.at));
      const flat = items.flatMap((i) => (i.k === op ? i.items : [i]));
      return { k: op, items: flat, type: { t: 'bool' }, cite: s.cite };
    }
    case '+':
    case '-':
      return sum(op === '+' ? 'add' : 'subtract', lower(ast.a, s), lower(ast.b, s), ast, s);
    case '*':
      return product(lower(ast.a, s), lower(ast.b, s), ast, s);
    case '/':
      throw new SyntaxProblem('division-outside-rounding', ast.at, {});
    default:
      return lowerCompare(op, ast, s);
  }
}

/** Brings two results of one choice to one type: numbers to one scale, options to one set. */
export function unify(items: readonly Expr[], at: number): { items: Expr[]; type: Type } {
  const first = items[0];
  if (first === undefined) throw new Error('something to unify');
  if (first.type.t === 'number') return aligned(items, at);
  for (const i of items) expect(i, first.type.t, at);
  if (first.type.t !== 'text') return { items: [...items], type: first.type };
  const options = items.flatMap((i) => {
    if (i.k === 'literal') return [String(i.value)];
    return i.type.t === 'text' ? (i.type.options ?? []) : [];
  });
  const open = items.some((i) => i.k !== 'literal' && i.type.t === 'text' && !i.type.options);
  return {
    items: [...items],
    type: open ? { t: 'text' } : { t: 'text', options: [...new Set(options)] },
  };
}

function lowerIf(ast: Ast & { k: 'if' }, s: Scope): Expr {
  const test = expect(lower(ast.test, s), 'bool', ast.test.at);
  const { items, type } = unify([lower(ast.yes, s), lower(ast.no, s)], ast.no.at);
  const [yes, no] = items;
  if (yes === undefined || no === undefined) throw new Error('two branches');
  return { k: 'if', test, yes, no, type, cite: s.cite };
}

function lowerOver(ast: Ast & { k: 'over' }, s: Scope): Expr {
  const list = lower(ast.list, s);
  if (list.type.t !== 'rows') {
    throw new SyntaxProblem('type-mismatch', ast.list.at, {
      expected: '@rows',
      found: `@${list.type.t}`,
    });
  }
  const body = lower(ast.body, s.withRow(ast.variable, list.type.entity));
  const { variable, fn } = ast;
  if (fn === 'count') {
    expect(body, 'bool', ast.body.at);
    return { k: 'over', fn, list, variable, body, type: numberType('', 0), cite: s.cite };
  }
  return { k: 'over', fn, list, variable, body, type: numberOf(body, ast.body.at), cite: s.cite };
}

/** A quotient of two number expressions, before it is rounded. */
interface Rational {
  readonly num: Expr;
  readonly den: Expr | null;
}

function times(a: Expr, b: Expr | null, at: number, cite: number): Expr {
  return b === null ? a : multiply(a, b, at, cite);
}

function rationalBinary(ast: Ast & { k: 'binary' }, s: Scope): Rational {
  const a = lowerRational(ast.a, s);
  const b = lowerRational(ast.b, s);
  const den = a.den === null ? b.den : times(a.den, b.den, ast.at, s.cite);
  if (ast.op === '*') return { num: product(a.num, b.num, ast, s), den };
  if (ast.op === '/') {
    const over = times(b.num, a.den, ast.at, s.cite);
    return { num: times(a.num, b.den, ast.at, s.cite), den: over };
  }
  const k = ast.op === '+' ? 'add' : 'subtract';
  const left = times(a.num, b.den, ast.at, s.cite);
  const right = times(b.num, a.den, ast.at, s.cite);
  return { num: sum(k, left, right, ast, s), den };
}

function mentions(e: Expr, variable: string): boolean {
  return JSON.stringify(e).includes(`"row":${JSON.stringify(variable)}`);
}

/** Like `lower`, but a division is kept as numerator and denominator. */
function lowerRational(ast: Ast, s: Scope): Rational {
  if (ast.k === 'binary' && ['+', '-', '*', '/'].includes(ast.op)) return rationalBinary(ast, s);
  if (ast.k === 'negate') {
    const zero = literal({ n: 0n, s: 0 }, '', s.cite);
    const a = lowerRational(ast.a, s);
    return { num: add('subtract', zero, a.num, ast.at, s.cite), den: a.den };
  }
  if (ast.k === 'call' && ast.name === '按比例每' && ast.args.length === 3) {
    const [x, step, award] = ast.args.map((arg) => lower(arg, s));
    if (x === undefined || step === undefined || award === undefined) throw new Error('three');
    aligned([x, step], ast.at);
    return { num: { ...multiply(x, award, ast.at, s.cite), origin: '按比例每' }, den: step };
  }
  if (ast.k === 'over' && ast.fn === 'sum') {
    const list = lower(ast.list, s);
    if (list.type.t === 'rows') {
      const inner = s.withRow(ast.variable, list.type.entity);
      const { num, den } = lowerRational(ast.body, inner);
      if (den !== null && mentions(den, ast.variable)) {
        throw new SyntaxProblem('division-in-rows', ast.body.at, {});
      }
      const type = numberOf(num, ast.body.at);
      const common = { k: 'over', fn: 'sum', list, variable: ast.variable } as const;
      return { num: { ...common, body: num, type, cite: s.cite }, den };
    }
  }
  return { num: lower(ast, s), den: null };
}

function lowerRound(ast: Ast & { k: 'round' }, s: Scope): Expr {
  const digits = ast.digits.k === 'number' ? atScale(reduce(ast.digits.value), 0) : undefined;
  if (digits === undefined || digits < 0n || digits > 12n) {
    throw new SyntaxProblem('rounding-digits', ast.digits.at, {});
  }
  const { num, den } = lowerRational(ast.value, s);
  const { unit, scale } = numberOf(num, ast.value.at);
  const d = den === null ? undefined : numberOf(den, ast.value.at);
  const result = Number(digits);
  if (d === undefined && scale <= result) {
    throw new SyntaxProblem('rounding-superfluous', ast.at, { digits: String(result) });
  }
  const by = result - scale + (d?.scale ?? 0);
  const type = numberType(d === undefined ? unit : perUnit(unit, d.unit), result);
  return { k: 'round', mode: ast.mode, num, den, by, type, cite: s.cite };
}

function lowerIn(ast: Ast & { k: 'in' }, s: Scope): Expr {
  const { input, tests } = lowerTests(lower(ast.a, s), [ast.tests], s);
  return { k: 'in', a: input, tests: tests[0] ?? [], type: { t: 'bool' }, cite: s.cite };
}

/** Lowers one expression; throws SyntaxProblem. */
export function lower(ast: Ast, s: Scope): Expr {
  const { cite } = s;
  switch (ast.k) {
    case 'number':
      return literal(reduce(ast.value), ast.unit, cite);
    case 'text':
      return { k: 'literal', value: ast.value, type: { t: 'text' }, cite };
    case 'bool':
      return { k: 'literal', value: ast.value, type: { t: 'bool' }, cite };
    case 'date':
      return { k: 'literal', value: ast.value, type: { t: 'date' }, cite };
    case 'name':
      return lowerName(ast.parts, ast.at, s);
    case 'negate':
      return add('subtract', literal({ n: 0n, s: 0 }, '', cite), lower(ast.a, s), ast.at, cite);
    case 'not':
      return { k: 'not', a: expect(lower(ast.a, s), 'bool', ast.a.at), type: { t: 'bool' }, cite };
    case 'binary':
      return lowerBinary(ast, s);
    case 'in':
      return lowerIn(ast, s);
    case 'if':
      return lowerIf(ast, s);
    case 'over':
      return lowerOver(ast, s);
    case 'round':
      return lowerRound(ast, s);
    case 'call':
      return lowerCall(ast, s, lower, shiftPeriod);
    case 'period':
    case 'range':
      throw new SyntaxProblem('range-as-value', ast.at, {});
  }
}
