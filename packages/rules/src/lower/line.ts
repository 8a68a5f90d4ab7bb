/** One line of a block → an expression: parse, bind its numbers to the cited words, lower. */
import { isDate } from '../date.ts';
import type { Ast, TestAst } from '../feel/ast.ts';
import type { Expr } from '../ir.ts';
import { parseExpression } from '../feel/parse.ts';
import { dateKeys, quantityKey, textNumbers } from '../numbers.ts';
import { decimalText } from '../scaled.ts';
import type { Block, Line } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { lower } from './expression.ts';
import { Scope, guarded, report } from './scope.ts';
import type { Context, Period } from './scope.ts';

/** A literal of an expression with the keys under which the text may write it. */
export interface Literal {
  readonly text: string;
  readonly keys: readonly string[];
  readonly at: number;
}

/** Every number and date that is written in a syntax tree; digits of a rounding are not counted. */
export function literalsOf(node: Ast | TestAst): Literal[] {
  const found: Literal[] = [];
  const visit = (n: unknown): void => {
    if (Array.isArray(n)) n.forEach(visit);
    if (typeof n !== 'object' || n === null || Array.isArray(n)) return;
    const a = n as Ast;
    if (a.k === 'number') {
      const key = quantityKey(a.value, a.unit);
      const free = a.value.n === 0n || (decimalText(a.value) === '1' && a.unit === '');
      if (!free) found.push({ text: `${decimalText(a.value)}${a.unit}`, keys: [key], at: a.at });
      return;
    }
    if (a.k === 'date') found.push({ text: a.value, keys: dateKeys(a.value), at: a.at });
    if (a.k === 'period') {
      found.push({ text: a.from, keys: dateKeys(a.from), at: a.at });
      found.push({ text: a.to, keys: dateKeys(a.to), at: a.end - a.to.length });
    }
    for (const [key, child] of Object.entries(a)) {
      if (!(a.k === 'round' && key === 'digits')) visit(child);
    }
  };
  visit(node);
  return found;
}

function founded(l: Literal, words: ReadonlySet<string>, text: string): boolean {
  if (!isDate(l.text)) return l.keys.every((k) => words.has(k));
  const [year = '', month = '', day = ''] = l.keys;
  const written = [...words].filter((w) => /^[MD]\d+$/u.test(w));
  const monthsWritten = written.some((w) => w.startsWith('M'));
  const daysWritten = written.some((w) => w.startsWith('D'));
  if (!words.has(year)) return false;
  if (!monthsWritten) return text.includes('年底') ? month === 'M12' && day === 'D31' : true;
  return words.has(month) && (!daysWritten || words.has(day));
}

/** Says which literals of a line stand nowhere in the words it cites. */
export function checkFounded(
  context: Context,
  block: Block,
  line: Located,
  literals: readonly Literal[],
  cite: number,
): void {
  if (block.quote === undefined || block.keyword === '解释') return;
  const cited = context.citations.cites[cite];
  const unclear = context.citations.misquoting.has(cite);
  if (cited === undefined || unclear || cited.readings.length > 0) return;
  const text = cited.spans.map((s) => s.quote).join('');
  const words = new Set(textNumbers(text).map((n) => n.key));
  for (const l of literals) {
    if (founded(l, words, text)) continue;
    const quote = text === '' ? '@no-quote' : text;
    report(context, block, line.place(l.at), 'literal-unfounded', { literal: l.text, quote });
    // One defect, one message: the number that the words do hold is not called forgotten as well.
    context.citations.excuse(cite);
  }
}

export interface LoweredLine {
  readonly expr: Expr;
  readonly ast: Ast;
  readonly cite: number;
  readonly root: string;
}

/** Like `guarded`. When the line cannot be read its citations still bind: the numbers of the
 *  sentence are not reported as forgotten on top of the real problem. */
export function guardedLine<T>(
  context: Context,
  block: Block,
  line: Line,
  text: Located,
  work: () => T,
): T | undefined {
  const found = guarded(context, block, text, work);
  if (found === undefined) context.citations.line(line, block, 'any');
  return found;
}

/** Parses and lowers `text` (the expression part of `line`). undefined after a reported problem. */
export function lowerLine(
  context: Context,
  block: Block,
  line: Line,
  text: Located,
  more: { readonly root?: string; readonly periods?: ReadonlyMap<string, Period> } = {},
): LoweredLine | undefined {
  return guardedLine(context, block, line, text, () => {
    const ast = parseExpression(text.text);
    const literals = literalsOf(ast);
    const keys = new Set(literals.flatMap((l) => l.keys));
    const cite = context.citations.line(line, block, keys);
    const scope = new Scope(context, block, text, cite, more);
    const expr = lower(ast, scope);
    checkFounded(context, block, text, literals, cite);
    for (const id of line.readings) context.used.add(`reading:${id}`);
    return { expr, ast, cite, root: scope.root };
  });
}
