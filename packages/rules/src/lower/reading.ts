/** 解释 blocks: recorded readings, lowered when first referred to. */
import { parseExpression } from '../feel/parse.ts';
import { SyntaxProblem } from '../feel/lex.ts';
import { isDate } from '../date.ts';
import type { Alternative, Bilingual, Expr, Interpretation } from '../ir.ts';
import { nearest } from '../problem.ts';
import type { Block } from '../package/block.ts';
import { lower, unify } from './expression.ts';
import { Scope, guarded, report } from './scope.ts';
import type { Context, LoweredReading } from './scope.ts';

export const ALTERNATIVES = ['甲', '乙', '丙', '丁', '戊', '己'] as const;

/** `中文 / English` → both; the part before is used for both when there is only one. */
export function bilingual(text: string): Bilingual {
  const cut = text.indexOf(' / ');
  if (cut < 0) return { zh: text.trim(), en: '' };
  return { zh: text.slice(0, cut).trim(), en: text.slice(cut + 3).trim() };
}

interface Parsed {
  readonly key: string;
  readonly words: Bilingual;
  readonly expr: Expr | null;
}

function alternatives(
  context: Context,
  block: Block,
  cite: number,
): { list: Parsed[]; root: string } {
  const list: Parsed[] = [];
  const anchor = { root: '' };
  for (const line of block.lines) {
    if (!ALTERNATIVES.some((a) => a === line.key)) continue;
    const text = line.value.text;
    const cut = text.indexOf(':=');
    const words = bilingual(cut < 0 ? text : text.slice(0, cut));
    if (cut < 0) {
      list.push({ key: line.key, words, expr: null });
      continue;
    }
    const source = line.value.slice(cut + 2);
    const expr = guarded(context, block, source, () => {
      const scope = new Scope(context, block, source, cite, { anchor });
      return lower(parseExpression(source.text), scope);
    });
    list.push({ key: line.key, words, expr: expr ?? null });
  }
  return { list, root: anchor.root };
}

function typed(
  context: Context,
  block: Block,
  list: Parsed[],
): Pick<LoweredReading, 'type'> & { list: Parsed[] } {
  const withExpr = list.filter((a) => a.expr !== null);
  if (withExpr.length === 0) return { list, type: undefined };
  if (withExpr.length < list.length) {
    const keys = list.filter((a) => a.expr === null).map((a) => a.key);
    report(context, block, block.at, 'reading-mixed', { keys: keys.join('、') });
    return { list, type: undefined };
  }
  const at = block.lines.find((l) => l.key === '乙')?.value ?? block.lines[0]?.value;
  if (at === undefined) return { list, type: undefined };
  const unified = guarded(context, block, at, () =>
    unify(
      list.map((a) => a.expr as Expr),
      0,
    ),
  );
  if (unified === undefined) return { list, type: undefined };
  return {
    list: list.map((a, i) => ({ ...a, expr: unified.items[i] ?? a.expr })),
    type: unified.type,
  };
}

function attribute(block: Block, name: string): string {
  return block.attributes.get(name)?.text ?? '';
}

function checkReading(context: Context, block: Block, list: readonly Parsed[]): void {
  const chosen = attribute(block, '采用');
  if (!list.some((a) => a.key === chosen)) {
    const keys = list.map((a) => a.key).join(' ');
    report(context, block, block.at, 'reading-choice', { chosen, keys });
  }
  const status = attribute(block, '状态');
  if (status !== '待确认' && status !== '已确认') {
    report(context, block, block.at, 'reading-status', { status });
  }
  if (
    status === '已确认' &&
    (attribute(block, '文号') === '' || !isDate(attribute(block, '日期')))
  ) {
    report(context, block, block.at, 'reading-unsigned', { id: block.id });
  }
  const ask = attribute(block, '问');
  if (ask === '') report(context, block, block.at, 'reading-unasked', { id: block.id });
  else if (!context.units.has(ask) && !context.rosters.has(ask)) {
    const near = nearest(ask, [...context.units.keys(), ...context.rosters.keys()]) ?? '';
    report(context, block, block.at, 'responsible-unit-unknown', { name: ask, near });
  }
  if (!block.lines.some((l) => l.key === '问题')) {
    report(context, block, block.at, 'key-missing', { block: '解释', key: '问题' });
  }
}

function lowerReading(context: Context, block: Block): LoweredReading {
  const cite = context.citations.line({ quotes: [], readings: [] }, block, new Set());
  const parsed = alternatives(context, block, cite);
  checkReading(context, block, parsed.list);
  const { list, type } = typed(context, block, parsed.list);
  const question = bilingual(block.lines.find((l) => l.key === '问题')?.value.text ?? '');
  const interpretation: Interpretation = {
    id: block.id,
    ask: attribute(block, '问'),
    status: attribute(block, '状态') === '已确认' ? '已确认' : '待确认',
    document: attribute(block, '文号'),
    date: attribute(block, '日期'),
    chosen: attribute(block, '采用'),
    ...question,
    alternatives: list.map((a): Alternative => ({ key: a.key, ...a.words, expr: a.expr })),
    cite,
  };
  return { interpretation, type, root: parsed.root };
}

/** The lowered reading `id`, or undefined when none is recorded under it. */
export function readingOf(context: Context, id: string): LoweredReading | undefined {
  const draft = context.readings.get(id);
  if (draft === undefined) return undefined;
  if (draft.state === 'busy') throw new SyntaxProblem('decision-cycle', 0, { name: `口径(${id})` });
  if (draft.state === 'new') {
    draft.state = 'busy';
    draft.result = lowerReading(context, draft.block);
    draft.state = 'done';
  }
  return draft.result;
}

/** 口径(id) in an expression. */
export function readingNamed(id: string, at: number, s: Scope): Expr {
  const reading = readingOf(s.context, id);
  if (reading === undefined) {
    const near = nearest(id, s.context.readings.keys()) ?? '';
    throw new SyntaxProblem('reading-undeclared', at, { id, near });
  }
  s.context.used.add(`reading:${id}`);
  if (reading.type === undefined) throw new SyntaxProblem('reading-words-only', at, { id });
  s.enter(reading.root, at);
  return { k: 'reading', id, type: reading.type, cite: s.cite };
}
