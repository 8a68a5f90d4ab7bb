/** Calls: sums over months, dates, readings, gates, parameters, and the mechanisms of the field. */
import type { Ast } from '../feel/ast.ts';
import { FailedElsewhere, SyntaxProblem } from '../feel/lex.ts';
import type { Expr } from '../ir.ts';
import { nearest } from '../problem.ts';
import { add, aligned, extreme, literal, multiply, numberOf, numberType, ratio } from './number.ts';
import { followPath } from './names.ts';
import type { Period, Scope } from './scope.ts';
import { checkOption, monthsOf, periodOf } from './tests.ts';

type Lower = (ast: Ast, s: Scope) => Expr;
type CallAst = Ast & { readonly k: 'call' };
type Shift = (p: Period, months: number) => Period;

/** How each function is written, for those who write it otherwise. */
const FORMS: Readonly<Record<string, string>> = {
  合计: '合计(企业.月产值, 2024-04-01..2024-06-30)',
  年: '年(日期)',
  天数: '天数(起, 止)',
  认定: '认定(名字, 路径)',
  封顶: '封顶(x, 上限)',
  保底: '保底(x, 下限)',
  增加额: '增加额(本期, 基期)',
  增长率: '增长率(本期, 基期)',
  比率: '比率(a, b)',
  每满: '每满(x, 步长, 奖)',
  count: 'count(企业.贷款)',
};

function count(ast: CallAst, ...allowed: number[]): void {
  if (!allowed.includes(ast.args.length)) {
    const wanted = allowed.join(' / ');
    const form = FORMS[ast.name] ?? `${ast.name}(${allowed.includes(2) ? '键, 日期' : '日期'})`;
    throw new SyntaxProblem('call-arguments', ast.at, {
      form,
      name: ast.name,
      count: wanted,
      found: String(ast.args.length),
    });
  }
}

function sumOfMonths(ast: CallAst, s: Scope, lower: Lower, shift: Shift): Expr {
  count(ast, 2);
  const [first, second] = ast.args as [Ast, Ast];
  const series = lower(first, s);
  if (series.type.t !== 'months') {
    throw new SyntaxProblem('type-mismatch', first.at, {
      expected: '@months',
      found: `@${series.type.t}`,
    });
  }
  const months = monthsOf(periodOf(second, s, shift), second.at);
  return { k: 'months', series, months, type: numberType('元', 2), cite: s.cite };
}

function dateArgument(ast: Ast, s: Scope, lower: Lower): Expr {
  const e = lower(ast, s);
  if (e.type.t === 'date') return e;
  throw new SyntaxProblem('type-mismatch', ast.at, { expected: '@date', found: `@${e.type.t}` });
}

function wholeSteps(ast: CallAst, s: Scope, lower: Lower): Expr {
  count(ast, 3);
  const [x, step, award] = ast.args.map((a) => lower(a, s)) as [Expr, Expr, Expr];
  if (step.k !== 'literal' || BigInt(step.value) <= 0n) {
    throw new SyntaxProblem('step-not-positive', ast.args[1]?.at ?? ast.at, {});
  }
  aligned([x, step], ast.args[1]?.at ?? ast.at);
  const by = numberOf(step, ast.at).scale - numberOf(x, ast.at).scale;
  const steps: Expr = {
    k: 'round',
    mode: 'floor',
    num: x,
    den: step,
    by,
    type: numberType('', 0),
    cite: s.cite,
  };
  return { ...multiply(steps, award, ast.at, s.cite), origin: '每满' };
}

function gate(ast: CallAst, s: Scope): Expr {
  count(ast, 1, 2);
  const [first, second] = ast.args;
  const name = first?.k === 'name' ? first.parts.join('.') : '';
  const found = s.context.gates.get(name);
  if (found === undefined) {
    const near = nearest(name, s.context.gates.keys()) ?? '';
    s.context.unread.push(near);
    throw new SyntaxProblem('gate-undeclared', first?.at ?? ast.at, { name, near });
  }
  s.context.used.add(`gate:${name}`);
  if (s.context.broken.has(`认定 ${name}`)) throw new FailedElsewhere();
  const path = second?.k === 'name' ? second.parts : [found.entity];
  const [head = '', ...rest] = path;
  s.enter(head, second?.at ?? ast.at);
  const target =
    rest.length === 0
      ? undefined
      : followPath(s.context, head, rest, (second?.at ?? ast.at) + head.length + 1);
  const entity = target === undefined ? head : target.type.t === 'entity' ? target.type.entity : '';
  if (entity !== found.entity) {
    const params = { name, expected: found.entity, found: path.join('.') };
    throw new SyntaxProblem('gate-subject', second?.at ?? ast.at, params);
  }
  return { k: 'gate', gate: name, path, type: { t: 'bool' }, cite: s.cite };
}

function parameter(ast: CallAst, s: Scope, lower: Lower): Expr | undefined {
  if (s.context.broken.has(`参数 ${ast.name}`)) throw new FailedElsewhere();
  const found = s.context.parameters.get(ast.name);
  if (found === undefined) return undefined;
  s.context.used.add(`parameter:${ast.name}`);
  const keyed = found.keyName !== '';
  count(ast, keyed ? 2 : 1);
  const args = ast.args;
  const date = dateArgument(args[keyed ? 1 : 0] as Ast, s, lower);
  if (!keyed)
    return { k: 'parameter', name: ast.name, keys: [], date, type: found.type, cite: s.cite };
  const keyAst = args[0] as Ast;
  const key = lower(keyAst, s);
  const options = { t: 'text', options: found.keys } as const;
  if (key.type.t !== 'text') {
    throw new SyntaxProblem('type-mismatch', keyAst.at, {
      expected: '@text',
      found: `@${key.type.t}`,
    });
  }
  // Each value the key can have needs its column, or the parameter is unknown just there.
  const asked = key.k === 'literal' ? [String(key.value)] : (key.type.options ?? []);
  for (const value of asked) checkOption(value, options, keyAst.at);
  return { k: 'parameter', name: ast.name, keys: [key], date, type: found.type, cite: s.cite };
}

function numbers(ast: CallAst, s: Scope, lower: Lower, n: number): Expr[] {
  count(ast, n);
  return ast.args.map((a) => {
    const e = lower(a, s);
    numberOf(e, a.at);
    return e;
  });
}

function mechanism(ast: CallAst, s: Scope, lower: Lower): Expr | undefined {
  const { at } = ast;
  const { cite } = s;
  switch (ast.name) {
    case 'min':
    case 'max':
      return extreme(
        ast.name,
        ast.args.map((a) => lower(a, s)),
        at,
        cite,
      );
    case '就高':
      return extreme(
        'max',
        ast.args.map((a) => lower(a, s)),
        at,
        cite,
        '就高',
      );
    case '封顶':
      return extreme('min', numbers(ast, s, lower, 2), at, cite, '封顶');
    case '保底':
      return extreme('max', numbers(ast, s, lower, 2), at, cite, '保底');
    case '增加额': {
      const [a, b] = numbers(ast, s, lower, 2) as [Expr, Expr];
      const zero = literal({ n: 0n, s: 0 }, '', cite);
      return extreme('max', [add('subtract', a, b, at, cite), zero], at, cite, '增加额');
    }
    case '增长率': {
      const [a, b] = numbers(ast, s, lower, 2) as [Expr, Expr];
      return ratio(add('subtract', a, b, at, cite), b, at, cite, '增长率');
    }
    case '比率': {
      const [a, b] = numbers(ast, s, lower, 2) as [Expr, Expr];
      return ratio(a, b, at, cite, '比率');
    }
    case '每满':
      return wholeSteps(ast, s, lower);
    case '按比例每':
      throw new SyntaxProblem('division-outside-rounding', at, {});
    default:
      return undefined;
  }
}

/** Names to suggest for a misspelt call. */
const CALLS = [
  '合计',
  '年',
  '天数',
  '认定',
  '口径',
  'min',
  'max',
  '就高',
  '封顶',
  '保底',
  '增加额',
  '增长率',
  '比率',
  '每满',
  '按比例每',
  'sum',
  'count',
  'floor',
  'ceiling',
];

/** Lowers a call; throws SyntaxProblem. */
export function lowerCall(ast: CallAst, s: Scope, lower: Lower, shift: Shift): Expr {
  const { cite } = s;
  switch (ast.name) {
    case '口径':
      return s.context.resolver.reading(ast.raw, ast.at, s);
    case '认定':
      return gate(ast, s);
    case '合计':
      return sumOfMonths(ast, s, lower, shift);
    case '年':
      count(ast, 1);
      return {
        k: 'year',
        a: dateArgument(ast.args[0] as Ast, s, lower),
        type: numberType('', 0),
        cite,
      };
    case '天数': {
      count(ast, 2);
      const [a, b] = ast.args.map((x) => dateArgument(x, s, lower)) as [Expr, Expr];
      return { k: 'days', a, b, type: numberType('日', 0), cite };
    }
    case 'count':
      return countRows(ast, s, lower);
    default: {
      const known = mechanism(ast, s, lower) ?? parameter(ast, s, lower);
      if (known !== undefined) return known;
      const names = [...CALLS, ...s.context.parameters.keys()];
      const near = nearest(ast.name, names) ?? '';
      throw new SyntaxProblem('call-unknown', ast.at, { name: ast.name, near });
    }
  }
}

/** `count(项目.贷款)`: how many rows. */
function countRows(ast: CallAst, s: Scope, lower: Lower): Expr {
  count(ast, 1);
  const list = lower(ast.args[0] as Ast, s);
  if (list.type.t !== 'rows') {
    throw new SyntaxProblem('type-mismatch', ast.at, {
      expected: '@rows',
      found: `@${list.type.t}`,
    });
  }
  const body: Expr = { k: 'literal', value: true, type: { t: 'bool' }, cite: s.cite };
  const type = numberType('', 0);
  return { k: 'over', fn: 'count', list, variable: '', body, type, cite: s.cite };
}
