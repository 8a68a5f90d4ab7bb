/** 决策, 决策表 and 条件 blocks: named expressions, lowered when first used. */
import { FailedElsewhere, SyntaxProblem } from '../feel/lex.ts';
import type { Expr, TableExpr } from '../ir.ts';
import type { Block, Line } from '../package/block.ts';
import { Located } from '../package/located.ts';
import { lowerLine } from './line.ts';
import { unify } from './expression.ts';
import { nested, recordLevels } from './nesting.ts';
import { toScale } from './number.ts';
import { excuseBlock, guarded, report } from './scope.ts';
import type { Context, Draft, LoweredDecision, Scope } from './scope.ts';
import { lowerTable } from './table.ts';

const MAX_EXCEPTIONS = 100;
const EXCEPTION = /^除外\s+(?:(\S+?)\s*[:：]\s*)?当\s+/u;

/** An exception of a 决策: a guard and the value that holds under it. */
export interface Exception {
  readonly name: string;
  readonly test: Expr;
  readonly line: Line;
}

/** What later checks need of a lowered block, beside its expression. */
export interface Drafted {
  readonly tables: Map<string, { readonly table: TableExpr; readonly block: Block }>;
  readonly exceptions: { readonly block: Block; readonly list: readonly Exception[] }[];
}

export function english(block: Block): string {
  return block.lines.find((l) => l.key === 'en')?.value.text ?? '';
}

function declaredUnit(context: Context, block: Block, expr: Expr): void {
  const said = block.attributes.get('单位');
  if (said === undefined) return;
  const share = said.text === '%' || said.text === '‰' || said.text === '倍';
  if (expr.type.t === 'ratio' && share) return;
  if (expr.type.t !== 'number') {
    const params = { declared: said.text, found: `@${expr.type.t}` };
    report(context, block, said.place(), 'unit-declared', params);
    return;
  }
  const plain = share ? '' : said.text;
  if (plain === expr.type.unit) return;
  const found = expr.type.unit === '' ? '@no-unit' : expr.type.unit;
  report(context, block, said.place(), 'unit-declared', { declared: said.text, found });
}

interface Piece {
  readonly test: Expr;
  readonly value: Expr;
  readonly line: Line;
  readonly name: string;
  readonly root: string;
}

function exceptionOf(context: Context, block: Block, line: Line, root: string): Piece | undefined {
  const head = EXCEPTION.exec(line.whole.text);
  const cut = line.whole.text.indexOf(' 则 ');
  if (head === null || cut < 0) {
    report(context, block, line.whole.place(), 'exception-form', {});
    return undefined;
  }
  const guard = line.whole.slice(head[0].length, cut);
  const source = line.whole.slice(cut + 3);
  const fixed = root === '' ? {} : { root };
  const value = lowerLine(context, block, line, source, fixed);
  const test = lowerLine(context, block, line, guard, fixed);
  if (value === undefined || test === undefined) return undefined;
  if (test.expr.type.t !== 'bool') {
    const params = { expected: '@bool', found: `@${test.expr.type.t}` };
    report(context, block, guard.place(), 'type-mismatch', params);
    return undefined;
  }
  const from = test.root === '' ? value.root : test.root;
  return { test: test.expr, value: value.expr, line, name: head[1] ?? '', root: from };
}

interface Lowered {
  readonly expr: Expr;
  readonly root: string;
}

function lowerExpression(context: Context, block: Block, drafted: Drafted): Lowered | undefined {
  const isException = (l: Line): boolean => /^除外\s/u.test(l.whole.text);
  const body = block.lines.filter((l) => l.key === '' && !isException(l));
  const main = body[0];
  if (main === undefined || body.length > 1) {
    const at = body[1]?.whole.place() ?? block.at;
    report(context, block, at, 'decision-body', { name: block.name, count: String(body.length) });
    if (main === undefined) return undefined;
  }
  const base = lowerLine(context, block, main, main.whole);
  if (base === undefined) return undefined;
  const written = block.lines.filter(isException);
  if (written.length === 0) return base;
  const after = written[MAX_EXCEPTIONS];
  if (after !== undefined) {
    const limit = String(MAX_EXCEPTIONS);
    report(context, block, after.whole.place(), 'expression-too-deep', { limit });
    return undefined;
  }
  const pieces = written.flatMap((l) => exceptionOf(context, block, l, base.root) ?? []);
  // Without one of its exceptions the rule would say something else than the law.
  if (pieces.length < written.length) return undefined;
  drafted.exceptions.push({ block, list: pieces });
  const fits = pieces.map((p) =>
    guarded(context, block, p.line.whole, () => unify([base.expr, p.value], 0)),
  );
  if (fits.includes(undefined)) return undefined;
  const unified = unify([base.expr, ...pieces.map((p) => p.value)], 0);
  const [plain, ...values] = unified.items;
  if (plain === undefined) return undefined;
  const expr = pieces.reduceRight<Expr>((no, p, i) => {
    const yes = values[i] ?? p.value;
    return {
      k: 'if',
      test: p.test,
      yes,
      no,
      type: unified.type,
      cite: p.test.cite,
      origin: '除外',
    };
  }, plain);
  const roots = pieces.map((p) => p.root).find((r) => r !== '');
  return { expr, root: base.root === '' ? (roots ?? '') : base.root };
}

function lowerConditions(context: Context, block: Block): Lowered | undefined {
  const any = block.attributes.get('方式')?.text === '任一满足';
  const anchor = { root: '' };
  const written = block.lines.filter((l) => l.whole.text.startsWith('-'));
  const items = written.flatMap((line) => {
    const label = /^-\s*(?:\S+\s*[:：]\s*)?/u.exec(line.whole.text)?.[0] ?? '-';
    const source = line.whole.slice(label.length);
    const fixed = anchor.root === '' ? {} : { root: anchor.root };
    const lowered = lowerLine(context, block, line, source, fixed);
    if (lowered === undefined) return [];
    anchor.root = lowered.root;
    if (lowered.expr.type.t === 'bool') return [lowered.expr];
    const params = { expected: '@bool', found: `@${lowered.expr.type.t}` };
    report(context, block, source.place(), 'type-mismatch', params);
    return [];
  });
  const first = items[0];
  if (written.length === 0) {
    report(context, block, block.at, 'conditions-empty', { name: block.name });
  }
  if (first === undefined || items.length < written.length) return undefined;
  const expr: Expr =
    items.length === 1
      ? first
      : { k: any ? 'or' : 'and', items, type: { t: 'bool' }, cite: first.cite };
  return { expr, root: anchor.root };
}

function lowerBlock(context: Context, block: Block, drafted: Drafted): Lowered | undefined {
  if (block.keyword === '决策') return lowerExpression(context, block, drafted);
  if (block.keyword === '条件') return lowerConditions(context, block);
  const anchor = { root: '' };
  const table = lowerTable(context, block, anchor);
  if (table === undefined) return undefined;
  drafted.tables.set(block.name, { table: table.bands, block });
  return { expr: table.expr, root: anchor.root };
}

/** What `work` lowers, unless it nests too deep. */
function shallow(
  context: Context,
  draft: Draft<LoweredDecision>,
  work: () => Lowered | undefined,
): Lowered | undefined {
  return guarded(context, draft.block, Located.at('', draft.block.at), () => {
    const lowered = work();
    if (lowered === undefined) excuseBlock(context, draft.block);
    else recordLevels(draft, [lowered.expr], context);
    return lowered;
  });
}

/** The decision of a block, lowered once. Throws SyntaxProblem on a circle. */
export function decisionOf(
  context: Context,
  name: string,
  at: number,
  drafted: Drafted,
): LoweredDecision | undefined {
  const draft = context.decisions.get(name);
  if (draft === undefined) return undefined;
  if (draft.state === 'busy') throw new SyntaxProblem('decision-cycle', at, { name });
  if (draft.state === 'new') {
    draft.state = 'busy';
    const { id } = draft.block;
    const bound = id === '' ? undefined : context.citations.block(draft.block);
    const lowered = shallow(context, draft, () =>
      nested(context, () => lowerBlock(context, draft.block, drafted)),
    );
    if (lowered !== undefined) {
      const small = lowered.expr.type;
      const expr =
        small.t === 'number' && small.scale < 0 ? toScale(lowered.expr, 0) : lowered.expr;
      declaredUnit(context, draft.block, expr);
      const cite = bound ?? expr.cite;
      const en = english(draft.block);
      draft.result = { id, name, en, expr, root: lowered.root, cite, type: expr.type };
    }
    draft.state = 'done';
  }
  return draft.result;
}

/** A decision's name in an expression. A decision that failed to lower fails its users silently:
 *  its own problem has been reported. */
export function decisionNamed(
  name: string,
  at: number,
  s: Scope,
  drafted: Drafted,
): Expr | undefined {
  const found = decisionOf(s.context, name, at, drafted);
  if (!s.context.decisions.has(name)) return undefined;
  s.context.used.add(`decision:${name}`);
  if (found === undefined) throw new FailedElsewhere();
  s.enter(found.root, at);
  return { k: 'decision', name, type: found.type, cite: s.cite };
}
