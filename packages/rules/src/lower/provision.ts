/** Caps, duties and the plain parts of the text. */
import { isDate } from '../date.ts';
import type { Bilingual, Cap, Duty, Remark } from '../ir.ts';
import { nearest } from '../problem.ts';
import { dateKeys, textNumbers } from '../numbers.ts';
import type { Block, Line } from '../package/block.ts';
import { english } from './decision.ts';
import { bindRemarks, lineOf, words } from './item.ts';
import { lowerKeys } from './keys.ts';
import { checkFounded, lowerLine } from './line.ts';
import type { Literal, LoweredLine } from './line.ts';
import { toScale } from './number.ts';
import { bilingual } from './reading.ts';
import { excuseBlock, excuseLine, report } from './scope.ts';
import type { Context } from './scope.ts';
import type { Item } from '../ir.ts';

const CAP = /^合计\(([^()]*)\)\s*按\s*/u;

interface CapLine {
  readonly items: readonly string[];
  readonly keysFrom: number;
  readonly keysTo: number;
  readonly limitFrom: number;
}

function capLine(text: string): CapLine | undefined {
  const head = CAP.exec(text);
  const at = text.lastIndexOf('<=');
  if (head === null || at < 0) return undefined;
  const items = (head[1] ?? '').split(',').map((i) => i.trim());
  return { items, keysFrom: head[0].length, keysTo: at, limitFrom: at + 2 };
}

function capItems(
  context: Context,
  block: Block,
  line: Line,
  names: readonly string[],
  items: readonly Item[],
): string {
  const found = names.flatMap((name, n) => {
    const at = line.whole.place(Math.max(0, line.whole.text.indexOf(name)));
    if (names.indexOf(name) < n) {
      const again = line.whole.place(line.whole.text.lastIndexOf(name));
      report(context, block, again, 'cap-repeats', { name: block.name, item: name });
    }
    const item = items.find((i) => i.name === name && i.kind === '待遇');
    if (item !== undefined) return [item];
    const near =
      nearest(
        name,
        items.map((i) => i.name),
      ) ?? '';
    report(context, block, at, 'item-undeclared', { name, near });
    return [];
  });
  const roots = [...new Set(found.map((i) => i.entity))];
  if (roots.length > 1) {
    const [root = '', other = ''] = roots;
    const stranger = found.find((i) => i.entity === other)?.name ?? '';
    const at = line.whole.place(Math.max(0, line.whole.text.indexOf(stranger)));
    report(context, block, at, 'root-mixed', { root, other });
  }
  return roots[0] ?? '';
}

/** The expression of an optional line, which must be of type `t`. */
function typedLine(
  context: Context,
  block: Block,
  key: string,
  t: 'bool' | 'text',
  root: string,
): LoweredLine | undefined {
  const line = lineOf(block, key);
  const found =
    line === undefined ? undefined : lowerLine(context, block, line, line.value, { root });
  if (line === undefined || found === undefined || found.expr.type.t === t) return found;
  const params = { expected: `@${t}`, found: `@${found.expr.type.t}` };
  report(context, block, line.value.place(), 'type-mismatch', params);
  return undefined;
}

/** Lowers a 封顶 over items. */
export function lowerCap(context: Context, block: Block, items: readonly Item[]): Cap | undefined {
  const line = block.lines.find((l) => l.whole.text.startsWith('合计('));
  const parsed = line === undefined ? undefined : capLine(line.whole.text);
  if (line === undefined || parsed === undefined) {
    report(context, block, line?.whole.place() ?? block.at, 'cap-form', { name: block.name });
    excuseBlock(context, block);
    return undefined;
  }
  const root = capItems(context, block, line, parsed.items, items);
  if (root === '') {
    excuseBlock(context, block);
    return undefined;
  }
  const keys = lowerKeys(context, block, line.whole.slice(parsed.keysFrom, parsed.keysTo), root);
  const limit = lowerLine(context, block, line, line.whole.slice(parsed.limitFrom), { root });
  if (limit === undefined) return undefined;
  const { type } = limit.expr;
  if (type.t !== 'number' || type.unit !== '元' || type.scale > 2) {
    const unit = type.t === 'number' ? type.unit : `@${type.t}`;
    const found = unit === '' ? '@no-unit' : unit;
    const at = line.whole.slice(parsed.limitFrom).place();
    report(context, block, at, 'amount-unit', { found });
    excuseBlock(context, block);
    return undefined;
  }
  const when = typedLine(context, block, '当', 'bool', root);
  const order = typedLine(context, block, '次序', 'text', root);
  bindRemarks(context, block);
  if (block.id !== '') context.citations.block(block);
  return {
    id: block.id,
    name: block.name,
    en: english(block),
    items: parsed.items,
    keys,
    limit: toScale(limit.expr, 2),
    when: when?.expr ?? null,
    order: order?.expr ?? null,
    cite: limit.cite,
  };
}

const DUTY_KEYS: Readonly<Record<Duty['kind'], readonly string[]>> = {
  任务: [],
  指标: ['公式', '目标', '力度'],
  清单: ['列', '阶段', '维护'],
  活动: ['日期', '成果'],
  服务: ['时限'],
  宣传: ['覆盖'],
};
const COMMON = ['交付物', '佐证', '算完成', '算逾期'];
const PLAIN = ['en', '责任单位', '建议牵头', '期限', '说明', '依据'];

function unitNames(context: Context, block: Block, line: Line | undefined): string[] {
  const names = (line?.value.text ?? '').split(/[、,，]/u).map((n) => n.trim());
  const known = [...context.units.keys(), ...context.rosters.keys()];
  return names.filter((name) => {
    if (name === '') return false;
    if (known.includes(name)) return true;
    const near = nearest(name, known) ?? '';
    const at = line?.value.place(Math.max(0, line.value.text.indexOf(name))) ?? block.at;
    report(context, block, at, 'responsible-unit-unknown', { name, near });
    return false;
  });
}

function deadlineOf(context: Context, block: Block): string {
  const line = lineOf(block, '期限');
  const text = line?.value.text ?? '';
  if (line === undefined || !(isDate(text) || text === '持续' || text === '自定')) {
    const at = line?.value.place() ?? block.at;
    const known = 'YYYY-MM-DD 持续 自定';
    report(context, block, at, 'value-unknown', { key: '期限', value: text, known });
    if (line !== undefined) excuseLine(context, block, line);
    return '自定';
  }
  const literals = isDate(text) ? [{ text, keys: dateKeys(text), at: 0, until: text.length }] : [];
  const keys = literals.length > 0 ? new Set(dateKeys(text)) : ('any' as const);
  if (line.quotes.length > 0 || line.readings.length > 0) {
    const cite = context.citations.line(line, block, keys);
    checkFounded(context, block, line.value, literals, cite);
  } else if (literals.length > 0 && block.quote !== undefined) {
    report(context, block, line.value.place(), 'deadline-uncited', { date: text });
  }
  return text;
}

/** Figures and dates of a field in words: a time limit, a target, the days of a fair. */
function figuresOf(text: string): Literal[] {
  const { zh } = bilingual(text);
  const dates = [...zh.matchAll(/\d{4}-\d{2}-\d{2}/gu)].map((m): Literal => {
    const until = m.index + m[0].length;
    const date = { text: m[0], keys: dateKeys(m[0]), at: m.index, until };
    if (zh.startsWith('..', until)) return { ...date, end: 'first' };
    return zh.slice(0, m.index).endsWith('..') ? { ...date, end: 'last' } : date;
  });
  const rest = zh.replace(/\d{4}-\d{2}-\d{2}/gu, (m) => ' '.repeat(m.length));
  const numbers = textNumbers(rest)
    .filter((n) => n.kind === 'quantity' && n.key !== '')
    .map((n) => ({ text: n.text, keys: [n.key], at: n.start, until: n.start + n.text.length }));
  return [...dates, ...numbers];
}

function fieldsOf(context: Context, block: Block, kind: Duty['kind']): Record<string, Bilingual> {
  const fields: Record<string, Bilingual> = {};
  const wanted = [...COMMON, ...DUTY_KEYS[kind]];
  for (const line of block.lines) {
    if (line.key === '' || PLAIN.includes(line.key) || line.key === '公式') continue;
    if (!wanted.includes(line.key)) {
      const known = [...PLAIN, ...wanted];
      const near = nearest(line.key, known) ?? '';
      const params = { block: kind, key: line.key, near, known: known.join(' ') };
      report(context, block, line.whole.place(), 'key-unknown', params);
      excuseLine(context, block, line);
      continue;
    }
    if (line.quotes.length > 0) {
      const cite = context.citations.line(line, block, 'any');
      checkFounded(context, block, line.value, figuresOf(line.value.text), cite);
    }
    fields[line.key] = bilingual(line.value.text);
  }
  for (const key of wanted) {
    if (key === '公式' || (fields[key]?.zh ?? '') !== '') continue;
    report(context, block, block.at, 'key-missing', { block: kind, key });
  }
  return fields;
}

function formulaOf(context: Context, block: Block): Duty['formula'] {
  const line = lineOf(block, '公式');
  if (line === undefined) {
    report(context, block, block.at, 'key-missing', { block: '指标', key: '公式' });
    return null;
  }
  const lowered = lowerLine(context, block, line, line.value);
  if (lowered === undefined) return null;
  if (lowered.expr.type.t === 'bool') return lowered.expr;
  const params = { expected: '@bool', found: `@${lowered.expr.type.t}` };
  report(context, block, line.value.place(), 'type-mismatch', params);
  return null;
}

/** Lowers 任务, 指标, 清单, 活动, 服务 and 宣传. */
export function lowerDuty(context: Context, block: Block, kind: Duty['kind']): Duty {
  const cite = context.citations.block(block);
  const fields = fieldsOf(context, block, kind);
  const units = unitNames(context, block, lineOf(block, '责任单位'));
  if (units.length === 0) {
    report(context, block, block.at, 'key-missing', { block: kind, key: '责任单位' });
  }
  bindRemarks(context, block);
  return {
    kind,
    id: block.id,
    name: block.name,
    en: english(block),
    units,
    lead: unitNames(context, block, lineOf(block, '建议牵头'))[0] ?? '',
    deadline: deadlineOf(context, block),
    formula: kind === '指标' ? formulaOf(context, block) : null,
    fields,
    cite,
  };
}

/** 说明: text that orders nothing, with the reason. */
export function lowerRemark(context: Context, block: Block): Remark {
  const reason = words(block, '理由');
  if (reason.zh === '') {
    report(context, block, block.at, 'key-missing', { block: '说明', key: '理由' });
  }
  const cite = context.citations.block(block);
  return { id: block.id, name: block.name, en: english(block), reason, cite };
}

/** 责任: the responsibility list; its units are read from the text itself. */
export function lowerResponsibility(context: Context, block: Block): Remark {
  const cite = context.citations.block(block);
  const text = context.citations.cites[cite]?.spans.map((s) => s.quote).join('') ?? '';
  const inner = /责任单位：(.*?)）?$/u.exec(text)?.[1] ?? '';
  const names = inner.split(/[、，]/u).filter((n) => n !== '');
  if (names.length === 0) report(context, block, block.at, 'responsibility-form', {});
  const known = [...context.units.keys(), ...context.rosters.keys()];
  for (const name of new Set(names)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known) ?? '';
    // The name stands in the law, above the block.
    const at = block.quote?.places[block.quote.norm.indexOf(name)] ?? block.at;
    report(context, block, at, 'responsible-unit-unknown', { name, near });
  }
  const quote = block.quote;
  if (quote !== undefined) {
    const span = { start: quote.start, end: quote.start + quote.norm.length };
    context.citations.bindings.push({ ...span, explicit: true, keys: 'any' });
  }
  return {
    id: block.id,
    name: names.join('、'),
    en: english(block),
    reason: { zh: '', en: '' },
    cite,
  };
}
