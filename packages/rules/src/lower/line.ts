/** One line of a block → an expression: parse, bind its numbers to the cited words, lower. */
import { isDate } from '../date.ts';
import type { Ast, TestAst } from '../feel/ast.ts';
import type { Expr } from '../ir.ts';
import { parseExpression } from '../feel/parse.ts';
import { dateKeys, numberText, quantityKey, textNumbers } from '../numbers.ts';
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
  /** Where it stands in the line: from `at` up to `until`. */
  readonly at: number;
  readonly until: number;
  /** Which end of a period a date is; undefined for a date by itself. */
  readonly end?: 'first' | 'last';
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
      const text = `${decimalText(a.value)}${a.unit}`;
      if (!free) found.push({ text, keys: [key], at: a.at, until: a.end });
      return;
    }
    if (a.k === 'date') {
      found.push({ text: a.value, keys: dateKeys(a.value), at: a.at, until: a.end });
    }
    if (a.k === 'period') {
      const [from, at] = [a.at + a.from.length, a.end - a.to.length];
      found.push({ text: a.from, keys: dateKeys(a.from), at: a.at, until: from, end: 'first' });
      found.push({ text: a.to, keys: dateKeys(a.to), at, until: a.end, end: 'last' });
    }
    for (const [key, child] of Object.entries(a)) {
      if (!(a.k === 'round' && key === 'digits')) visit(child);
    }
  };
  visit(node);
  return found;
}

function founded(l: Literal, words: ReadonlySet<string>, text: string): boolean {
  if (!isDate(l.text)) {
    // 「每亩」 counts by one 亩 without writing the 1.
    const per = (k: string): boolean => k.startsWith('1 ') && text.includes(`每${k.slice(2)}`);
    return l.keys.every((k) => words.has(k) || per(k));
  }
  const [year = '', month = '', day = ''] = l.keys;
  const written = [...words].filter((w) => /^[MD]\d+$/u.test(w));
  const monthsWritten = written.some((w) => w.startsWith('M'));
  const daysWritten = written.some((w) => w.startsWith('D'));
  if (!words.has(year)) return false;
  if (!monthsWritten) {
    return text.includes('年底') ? month === 'M12' && day === 'D31' : bordersOn(l, text);
  }
  return words.has(month) && (daysWritten ? words.has(day) : bordersOn(l, '月'));
}

/** Where the words name no day, a date is the first or the last day of what they do name. */
function bordersOn(l: Literal, text: string): boolean {
  const span = text.includes('月') ? 1 : text.includes('季') ? 3 : text.includes('半年') ? 6 : 12;
  const [month, day] = [Number(l.text.slice(5, 7)), Number(l.text.slice(8, 10))];
  const first = day === 1 && (month - 1) % span === 0;
  const next = `${l.text.slice(0, 8)}${String(day + 1).padStart(2, '0')}`;
  const last = !isDate(next) && month % span === 0;
  return l.end === 'first' ? first : l.end === 'last' ? last : first || last;
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
  if (cited === undefined || unclear) return;
  const text = cited.spans.map((s) => s.quote).join('');
  const numbers = textNumbers(text);
  const words = new Set(numbers.map((n) => n.key));
  const held = numbers.map((n) => numberText(text, n)).join(' ');
  for (const l of literals) {
    if (founded(l, words, text)) continue;
    const quote = text === '' ? '@no-quote' : text;
    const literal = line.text.slice(l.at, l.until);
    report(context, block, line.place(l.at), 'literal-unfounded', { literal, quote, held });
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
