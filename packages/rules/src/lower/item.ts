/** 待遇 and 权益 blocks → items: conditions, amount with its nature, limits, delivery. */
import { parseExpression } from '../feel/parse.ts';
import type { Bilingual, Condition, DeliveryMode, Expr, Item, Nature } from '../ir.ts';
import { nearest } from '../problem.ts';
import type { Block, Line } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { english } from './decision.ts';
import { shiftPeriod } from './expression.ts';
import { lowerKeys } from './keys.ts';
import { checkFounded, guardedLine, literalsOf, lowerLine } from './line.ts';
import { followPath } from './names.ts';
import { extreme, isZero, toScale } from './number.ts';
import { fundOf, shares } from './payment.ts';
import { bilingual } from './reading.ts';
import { Scope, excuseLine, guarded, itemName, periodName, report } from './scope.ts';
import type { Context, Period } from './scope.ts';
import { periodOf } from './tests.ts';

const NATURES: readonly Nature[] = ['定额', '上限', '下限', '软上限', '参照', '未量化'];
const MODES: readonly DeliveryMode[] = ['免申即享', '快申快享', '申报制'];
const ITEM_KEYS: readonly string[] = [
  'en',
  '对象',
  '性质',
  '争取',
  '当',
  '金额',
  '不超过',
  '参照',
  '方式',
  '申报期',
  '一次性',
  '互斥组',
  '叠加组',
  '分担',
  '分期',
  '资金渠道',
  '付款单位',
  '办理路径',
  '材料',
  '说明',
  '依据',
];
const RIGHT_KEYS: readonly string[] = [
  'en',
  '对象',
  '当',
  '内容',
  '办理单位',
  '材料',
  '说明',
  '依据',
  '申报期',
];

interface Work {
  readonly context: Context;
  readonly block: Block;
  readonly entity: string;
  readonly periods: Map<string, Period>;
}

export function lineOf(block: Block, key: string): Line | undefined {
  return block.lines.find((l) => l.key === key);
}

export function words(block: Block, key: string): Bilingual {
  return bilingual(lineOf(block, key)?.value.text ?? '');
}

/** Lines that explain a part of the text in words bind its numbers without a value. */
export function bindRemarks(context: Context, block: Block): void {
  for (const l of block.lines) if (l.key === '说明') context.citations.line(l, block, 'any');
}

function readPeriods(w: Work, known: readonly string[]): void {
  for (const line of w.block.lines) {
    if (known.includes(line.key)) continue;
    const isPeriod = /\d{4}-\d{2}-\d{2}\s*\.\./u.test(line.value.text) || w.periods.has(line.key);
    if (line.key === '' || !isPeriod) {
      const key = line.key === '' ? line.whole.text.slice(0, 12) : line.key;
      const near = nearest(key, known) ?? '';
      const params = { block: w.block.keyword, key, near, known: known.join(' ') };
      report(w.context, w.block, line.whole.place(), 'key-unknown', params);
      excuseLine(w.context, w.block, line);
      continue;
    }
    const period = readPeriod(w, line);
    if (period === undefined) w.context.broken.add(periodName(w.block, line.key));
    else w.periods.set(line.key, period.period);
  }
}

function readPeriod(w: Work, line: Line): { period: Period; cite: number } | undefined {
  return guardedLine(w.context, w.block, line, line.value, () => {
    const ast = parseExpression(line.value.text);
    const literals = literalsOf(ast);
    const cite = w.context.citations.line(line, w.block, new Set(literals.flatMap((l) => l.keys)));
    const scope = new Scope(w.context, w.block, line.value, cite, { periods: w.periods });
    const period = periodOf(ast, scope, shiftPeriod);
    checkFounded(w.context, w.block, line.value, literals, cite);
    return { period, cite };
  });
}

function expressionOf(
  w: Work,
  line: Line,
  text: Located,
): { expr: Expr; name: string } | undefined {
  const more = { root: w.entity, periods: w.periods };
  const lowered = lowerLine(w.context, w.block, line, text, more);
  if (lowered === undefined) {
    w.context.broken.add(itemName(w.block.name));
    return undefined;
  }
  return { expr: lowered.expr, name: firstName(lowered.ast) };
}

/** The last part of the first name in a syntax tree: what a condition without a label is called. */
function firstName(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  if ('parts' in node && Array.isArray(node.parts)) return String(node.parts.at(-1) ?? '');
  for (const child of Object.values(node)) {
    const found = firstName(child);
    if (found !== '') return found;
  }
  return '';
}

function isTruth(w: Work, source: Located, expr: Expr): boolean {
  if (expr.type.t === 'bool') return true;
  const params = { expected: '@bool', found: `@${expr.type.t}` };
  report(w.context, w.block, source.place(), 'type-mismatch', params);
  w.context.broken.add(itemName(w.block.name));
  return false;
}

/** English of a condition that is called after a decision, a gate or a fact. */
function declaredEnglish(context: Context, entity: string, name: string): string {
  const decided = context.decisions.get(name);
  if (decided !== undefined) return english(decided.block);
  const gate = context.gates.get(name)?.en;
  return gate ?? context.fact(entity, name)?.en ?? '';
}

function readConditions(w: Work): Condition[] {
  const result: Condition[] = [];
  for (const line of w.block.lines.filter((l) => l.key === '当')) {
    const found = expressionOf(w, line, line.value);
    if (found === undefined) continue;
    const name = line.label === '' ? found.name : line.label;
    if (!isTruth(w, line.value, found.expr)) continue;
    if (result.some((c) => c.name === name)) {
      report(w.context, w.block, line.whole.place(), 'name-duplicate', { name, first: '' });
    }
    const en = line.labelEn === '' ? declaredEnglish(w.context, w.entity, name) : line.labelEn;
    if (en === '' && w.entity !== '') {
      report(w.context, w.block, line.whole.place(), 'translation-missing', { name: `当 ${name}` });
    }
    result.push({ name, en, expr: found.expr });
  }
  return result;
}

function amountLine(w: Work): Expr | null {
  const line = lineOf(w.block, '金额');
  if (line === undefined) return null;
  const found = expressionOf(w, line, line.value);
  return found === undefined ? null : inFen(w, line, found.expr);
}

/** An item of which one line cannot be used is not decided at all: without that condition or
 *  limit it would promise more than the law. */
function spoiled(w: Work, line: Line): null {
  excuseLine(w.context, w.block, line);
  w.context.broken.add(itemName(w.block.name));
  return null;
}

/** An amount must be 元 and provably whole 分. */
function inFen(w: Work, line: Line, expr: Expr): Expr | null {
  const { type } = expr;
  const at = line.value.place();
  if (type.t !== 'number' || type.unit !== '元') {
    const found = type.t === 'number' ? type.unit : `@${type.t}`;
    const params = { found: found === '' ? '@no-unit' : found };
    report(w.context, w.block, at, 'amount-unit', params);
    return spoiled(w, line);
  }
  if (type.scale > 2) {
    report(w.context, w.block, at, 'rounding-missing', { decimals: String(type.scale) });
    return spoiled(w, line);
  }
  if (isZero(expr)) {
    report(w.context, w.block, at, 'amount-zero', {});
    return spoiled(w, line);
  }
  return toScale(expr, 2);
}

interface Limit {
  readonly limit: Expr;
  readonly when: Expr | null;
}

function readLimits(w: Work): Limit[] {
  return w.block.lines
    .filter((l) => l.key === '不超过')
    .flatMap((line): Limit[] => {
      const cut = line.value.text.indexOf(' 当 ');
      const figure = cut < 0 ? line.value : line.value.slice(0, cut);
      const found = expressionOf(w, line, figure);
      const limit = found === undefined ? null : inFen(w, line, found.expr);
      if (limit === null) return [];
      if (cut < 0) return [{ limit, when: null }];
      const source = line.value.slice(cut + 3);
      const when = expressionOf(w, line, source);
      if (when === undefined || !isTruth(w, source, when.expr)) return [];
      return [{ limit, when: when.expr }];
    });
}

function withLimits(amount: Expr | null, limits: readonly Limit[]): Expr | null {
  if (amount === null) return null;
  return limits.reduce<Expr>((a, { limit, when }) => {
    const capped = extreme('min', [a, limit], 0, limit.cite, '不超过');
    if (when === null) return capped;
    return {
      k: 'if',
      test: when,
      yes: capped,
      no: a,
      type: a.type,
      cite: limit.cite,
      origin: '不超过',
    };
  }, amount);
}

function readWindow(w: Work): Item['window'] {
  const line = lineOf(w.block, '申报期');
  if (line === undefined) return null;
  const found = readPeriod(w, line);
  if (found !== undefined) return { ...found.period, cite: found.cite };
  return spoiled(w, line);
}

function windowCondition(window: NonNullable<Item['window']>): Condition {
  const { from, to, cite } = window;
  const asOf: Expr = { k: 'asOf', type: { t: 'date' }, cite };
  const test = { k: 'interval', lo: from, hi: to, loOpen: false, hiOpen: false } as const;
  const expr: Expr = { k: 'in', a: asOf, tests: [test], type: { t: 'bool' }, cite };
  return { name: '申报期', en: 'Application window', expr };
}

function subject(context: Context, block: Block): { entity: string; payee: string[] } {
  const line = lineOf(block, '对象');
  const path = (line?.value.text ?? '').split('.').map((p) => p.trim());
  const [entity = '', ...payee] = path;
  if (line === undefined) {
    report(context, block, block.at, 'key-missing', { block: block.keyword, key: '对象' });
  } else if (!context.entities.has(entity)) {
    const near = nearest(entity, context.entities.keys()) ?? '';
    report(context, block, line.value.place(), 'entity-undeclared', { name: entity, near });
    context.broken.add(itemName(block.name));
    return { entity: '', payee: [] };
  } else if (payee.length > 0) {
    const at = entity.length + 1;
    const end = guarded(context, block, line.value, () => followPath(context, entity, payee, at));
    if (end !== undefined && end.type.t !== 'entity') {
      const params = { path: line.value.text };
      report(context, block, line.value.place(), 'payee-no-entity', params);
    }
  }
  return { entity, payee };
}

function oneOf<T extends string>(w: Work, key: string, known: readonly T[]): T | null {
  const line = lineOf(w.block, key);
  const found = known.find((k) => k === line?.value.text);
  if (found !== undefined) return found;
  const at = line?.value.place() ?? w.block.at;
  const value = line?.value.text ?? '';
  report(w.context, w.block, at, 'value-unknown', { key, value, known: known.join(' ') });
  return null;
}

function checkNature(w: Work, nature: Nature | null): void {
  const { context, block } = w;
  const wordsOnly = nature === '参照' || nature === '未量化';
  const has = lineOf(block, '金额') !== undefined;
  if (wordsOnly && has)
    report(context, block, lineOf(block, '金额')?.whole.place() ?? block.at, 'amount-unwanted', {
      nature: nature ?? '',
    });
  if (nature !== null && !wordsOnly && !has) {
    report(context, block, block.at, 'amount-missing', { nature });
  }
  if (nature === '参照' && lineOf(block, '参照') === undefined) {
    report(context, block, block.at, 'key-missing', { block: '待遇', key: '参照' });
  }
}

const NOTHING: Bilingual = { zh: '', en: '' };

/** What a 待遇 and a 权益 have in common: an item without money. */
function baseItem(work: Work, payee: readonly string[], kind: Item['kind']): Item {
  const { context, block, entity } = work;
  const cite = context.citations.block(block);
  readPeriods(work, kind === '待遇' ? ITEM_KEYS : RIGHT_KEYS);
  const conditions = readConditions(work);
  const window = readWindow(work);
  bindRemarks(context, block);
  return {
    kind,
    id: block.id,
    name: block.name,
    en: english(block),
    entity,
    payee,
    nature: null,
    contingent: false,
    conditions: window === null ? conditions : [...conditions, windowCondition(window)],
    amount: null,
    hard: [],
    elsewhere: NOTHING,
    grants: NOTHING,
    mode: null,
    window,
    once: [],
    exclusive: '',
    stackable: '',
    shares: [],
    instalments: [],
    fund: NOTHING,
    payer: NOTHING,
    route: NOTHING,
    papers: words(block, '材料'),
    openQuestions: [],
    cite,
    line: block.at.line,
  };
}

/** Lines of a 待遇 whose citations explain in words. */
const WORDED = ['互斥组', '叠加组', '参照', '方式', '办理路径', '材料', '性质', '争取', '一次性'];

/** Lowers a 待遇. */
export function lowerBenefit(context: Context, block: Block): Item {
  const { entity, payee } = subject(context, block);
  const work: Work = { context, block, entity, periods: new Map() };
  const base = baseItem(work, payee, '待遇');
  const nature = oneOf(work, '性质', NATURES);
  const limits = readLimits(work);
  const amount = withLimits(amountLine(work), limits);
  checkNature(work, nature);
  const fund = fundOf(work, '资金渠道');
  const payer = fundOf(work, '付款单位');
  for (const key of WORDED) {
    const line = lineOf(block, key);
    if (line !== undefined && line.quotes.length > 0) context.citations.line(line, block, 'any');
  }
  const contingent = lineOf(block, '争取') !== undefined && oneOf(work, '争取', ['是']) === '是';
  const once = lineOf(block, '一次性');
  const keys = once === undefined ? [] : lowerKeys(context, block, once.value, entity);
  return {
    ...base,
    nature,
    contingent,
    amount,
    hard: nature === '软上限' ? limits : [],
    elsewhere: words(block, '参照'),
    mode: oneOf(work, '方式', MODES),
    once: keys.map((k) => k.expr),
    exclusive: lineOf(block, '互斥组')?.value.text ?? '',
    stackable: lineOf(block, '叠加组')?.value.text ?? '',
    shares: shares(work, '分担'),
    instalments: shares(work, '分期'),
    fund: fund.words,
    payer: payer.words,
    route: words(block, '办理路径'),
    openQuestions: [...new Set([...fund.open, ...payer.open])],
  };
}

/** Lowers a 权益: a right without money. */
export function lowerRight(context: Context, block: Block): Item {
  const { entity, payee } = subject(context, block);
  const work: Work = { context, block, entity, periods: new Map() };
  const base = baseItem(work, payee, '权益');
  if (lineOf(block, '内容') === undefined) {
    report(context, block, block.at, 'key-missing', { block: '权益', key: '内容' });
  }
  return { ...base, grants: words(block, '内容'), route: words(block, '办理单位') };
}
