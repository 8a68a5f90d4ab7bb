// Gates that need the grammar of TypeScript, read with the compiler's own parser.
import ts from 'typescript';
import type { Finding } from './finding.ts';
import { isAllowed } from './words.ts';

interface Hit {
  readonly gate: string;
  readonly text: string;
}

// Parts of names that hold money, rates or areas, in camelCase or snake_case.
const MONEY =
  /(^|_)(fen|yuan|amounts?|money|rates?|ratios?|areas?|prices?|balances?|caps?|budgets?)(_|$)/;
const ROUNDING = new Set(['round', 'floor', 'ceil', 'trunc', 'fround']);
const SUITES = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const HALTED = new Set(['only', 'skip', 'todo']);
const HALTED_NAMES = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

export function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

export function tidySyntax(path: string, text: string): Finding[] {
  const source = parse(path, text);
  const lines = text.split('\n');
  const inRules = path.startsWith('packages/rules/src/');
  const found: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const hit = anyType(node) ?? haltedTest(node) ?? (inRules ? inexact(node) : undefined);
    const index = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    if (hit && !isAllowed(lines, index, hit.gate)) found.push({ ...hit, path, line: index + 1 });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function anyType(node: ts.Node): Hit | undefined {
  if (node.kind !== ts.SyntaxKind.AnyKeyword) return undefined;
  return { gate: 'any', text: 'say what it is, or `unknown` and look.' };
}

/** `it.only`, `describe.skip`, `xit`, also at the end of a chain such as `it.concurrent.only`. */
function haltedTest(node: ts.Node): Hit | undefined {
  const text = 'the run would pass without its tests.';
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    return HALTED_NAMES.has(node.expression.text) ? { gate: 'halted-test', text } : undefined;
  }
  if (!ts.isPropertyAccessExpression(node) || !HALTED.has(node.name.text)) return undefined;
  let start: ts.Expression = node.expression;
  while (ts.isPropertyAccessExpression(start)) start = start.expression;
  const isSuite = ts.isIdentifier(start) && SUITES.has(start.text);
  return isSuite ? { gate: 'halted-test', text } : undefined;
}

/** In `rules`: the clock, chance and floating point near money. */
function inexact(node: ts.Node): Hit | undefined {
  if (isClock(node)) {
    return { gate: 'clock', text: 'the same text and facts decide the same: dates are arguments.' };
  }
  const text = 'no floating point touches money, rates or areas: use bigint and exact fractions.';
  const call = ts.isCallExpression(node) ? calledName(node) : undefined;
  if (call === 'parseFloat' || call === '.toFixed' || call === 'Number.parseFloat') {
    return { gate: 'float', text };
  }
  const rounds = call?.startsWith('Math.') === true && ROUNDING.has(call.slice('Math.'.length));
  const float = call === 'Number' || rounds || isFraction(node);
  return float && statementNamesMoney(node) ? { gate: 'float', text } : undefined;
}

function isClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) {
    const none = (node.arguments?.length ?? 0) === 0;
    return none && ts.isIdentifier(node.expression) && node.expression.text === 'Date';
  }
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return false;
  return ['Date.now', 'Math.random'].includes(`${node.expression.text}.${node.name.text}`);
}

function isFraction(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) && /^\d*[.]\d|^\d+e-/i.test(node.getText());
}

/** `parseFloat`, `Math.round`, `.toFixed` (of anything that is not a plain name). */
function calledName({ expression }: ts.CallExpression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const method = expression.name.text;
  if (method === 'toFixed') return '.toFixed';
  return ts.isIdentifier(expression.expression)
    ? `${expression.expression.text}.${method}`
    : method;
}

/** Looks at the names in the nearest statement, or the nearest function for a bare expression. */
function statementNamesMoney(node: ts.Node): boolean {
  let scope: ts.Node = node;
  while (scope.parent && !ts.isStatement(scope) && !ts.isFunctionLike(scope)) scope = scope.parent;
  let found = false;
  const visit = (inner: ts.Node): void => {
    found ||= ts.isIdentifier(inner) && MONEY.test(snake(inner.text));
    if (!found) ts.forEachChild(inner, visit);
  };
  visit(scope);
  return found;
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();
}
