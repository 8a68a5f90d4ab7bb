/** 解释 blocks: recorded readings, lowered when first referred to. */
import { parseExpression } from '../feel/parse.ts';
import { FailedElsewhere, SyntaxProblem } from '../feel/lex.ts';
import { isDate } from '../date.ts';
import type { Alternative, Bilingual, Expr, Interpretation } from '../ir.ts';
import { nearest } from '../problem.ts';
import type { Place } from '../problem.ts';
import type { Block } from '../package/block.ts';
import { Located } from '../package/located.ts';
import { lower, unify } from './expression.ts';
import { nested, recordLevels } from './nesting.ts';
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
  /** `:=` was written, whether or not it could be read. */
  readonly said: boolean;
  readonly at: Located;
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
      list.push({ key: line.key, words, expr: null, said: false, at: line.value });
      continue;
    }
    const source = line.value.slice(cut + 2);
    const expr = guarded(context, block, source, () => {
      const scope = new Scope(context, block, source, cite, { anchor });
      return lower(parseExpression(source.text), scope);
    });
    list.push({ key: line.key, words, expr: expr ?? null, said: true, at: source });
  }
  return { list, root: anchor.root };
}

/** Brings the alternatives to one type; those that differ from the first are reported. */
function typed(
  context: Context,
  block: Block,
  list: Parsed[],
): Pick<LoweredReading, 'type'> & { list: Parsed[] } {
  const open = list.filter((a) => !a.said);
  if (open.length === list.length) return { list, type: undefined };
  for (const { key, at } of open) report(context, block, at.place(), 'reading-mixed', { key });
  const exprs = list.flatMap((a) => (a.expr === null ? [] : [a.expr]));
  const [first] = exprs;
  if (first === undefined || exprs.length < list.length) return { list, type: undefined };
  const fits = list.map(({ expr, at }) =>
    expr === null ? undefined : guarded(context, block, at, () => unify([first, expr], 0)),
  );
  if (fits.includes(undefined)) return { list, type: undefined };
  const { items, type } = unify(exprs, 0);
  return { list: list.map((a, i) => ({ ...a, expr: items[i] ?? a.expr })), type };
}

function attribute(block: Block, name: string): string {
  return block.attributes.get(name)?.text ?? '';
}

function placeOf(block: Block, name: string): Place {
  return block.attributes.get(name)?.place() ?? block.at;
}

function checkChoice(context: Context, block: Block, list: readonly Parsed[]): void {
  if (list.length === 0) {
    report(context, block, block.at, 'reading-empty', { id: block.id });
    return;
  }
  const chosen = attribute(block, '采用');
  if (list.some((a) => a.key === chosen)) return;
  const keys = list.map((a) => a.key).join(' ');
  report(context, block, placeOf(block, '采用'), 'reading-choice', { chosen, keys });
}

function checkReading(context: Context, block: Block): void {
  const status = attribute(block, '状态');
  if (status !== '待确认' && status !== '已确认') {
    report(context, block, placeOf(block, '状态'), 'reading-status', { status });
  }
  const signed = attribute(block, '文号') !== '' && isDate(attribute(block, '日期'));
  if (status === '已确认' && !signed) {
    report(context, block, placeOf(block, '状态'), 'reading-unsigned', { id: block.id });
  }
  const ask = attribute(block, '问');
  if (ask === '') report(context, block, block.at, 'reading-unasked', { id: block.id });
  else if (!context.units.has(ask) && !context.rosters.has(ask)) {
    const near = nearest(ask, [...context.units.keys(), ...context.rosters.keys()]) ?? '';
    report(context, block, placeOf(block, '问'), 'responsible-unit-unknown', { name: ask, near });
  }
  if (!block.lines.some((l) => l.key === '问题')) {
    report(context, block, block.at, 'key-missing', { block: '解释', key: '问题' });
  }
}

function lowerReading(context: Context, block: Block): LoweredReading {
  const cite = context.citations.line({ quotes: [], readings: [] }, block, new Set());
  const parsed = alternatives(context, block, cite);
  checkChoice(context, block, parsed.list);
  checkReading(context, block);
  const { list, type } = typed(context, block, parsed.list);
  const chosen = attribute(block, '采用');
  const question = bilingual(block.lines.find((l) => l.key === '问题')?.value.text ?? '');
  const interpretation: Interpretation = {
    id: block.id,
    ask: attribute(block, '问'),
    status: attribute(block, '状态') === '已确认' ? '已确认' : '待确认',
    document: attribute(block, '文号'),
    date: attribute(block, '日期'),
    // A choice that is none has been reported; drafts go on with the first alternative.
    chosen: list.some((a) => a.key === chosen) ? chosen : (list[0]?.key ?? ''),
    ...question,
    alternatives: list.map((a): Alternative => ({ key: a.key, ...a.words, expr: a.expr })),
    cite,
  };
  const said = list.some((a) => a.said);
  return { interpretation, type, said, root: parsed.root };
}

/** The lowered reading `id`, or undefined when none is recorded under it. */
export function readingOf(context: Context, id: string): LoweredReading | undefined {
  const draft = context.readings.get(id);
  if (draft === undefined) return undefined;
  if (draft.state === 'busy') throw new SyntaxProblem('decision-cycle', 0, { name: `口径(${id})` });
  if (draft.state === 'new') {
    draft.state = 'busy';
    draft.result = guarded(context, draft.block, Located.at('', draft.block.at), () =>
      nested(context, () => {
        const lowered = lowerReading(context, draft.block);
        const { alternatives } = lowered.interpretation;
        recordLevels(
          draft,
          alternatives.flatMap((a) => a.expr ?? []),
          context,
        );
        return lowered;
      }),
    );
    draft.state = 'done';
  }
  return draft.result;
}

/** 口径(id) in an expression. */
export function readingNamed(id: string, at: number, s: Scope): Expr {
  const reading = readingOf(s.context, id);
  // Nested too deep: reported where it stands.
  if (reading === undefined && s.context.readings.has(id)) throw new FailedElsewhere();
  if (reading === undefined) {
    const near = nearest(id, s.context.readings.keys()) ?? '';
    throw new SyntaxProblem('reading-undeclared', at, { id, near });
  }
  s.context.used.add(`reading:${id}`);
  if (reading.type === undefined) {
    // Alternatives that could not be read have been reported where they stand.
    if (reading.said) throw new FailedElsewhere();
    throw new SyntaxProblem('reading-words-only', at, { id });
  }
  s.enter(reading.root, at);
  return { k: 'reading', id, type: reading.type, cite: s.cite };
}
