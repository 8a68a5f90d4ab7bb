/** Declared and used; parameters without holes; translations present; open questions recorded. */
import { isDate } from '../date.ts';
import { NO_DATE } from '../manifest.ts';
import type { Item } from '../ir.ts';
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import { DUTY_KEYWORDS } from '../package/markdown.ts';
import type { Block } from '../package/block.ts';
import type { Place } from '../problem.ts';

const IDENTITY: ReadonlySet<string> = new Set(['名称', '编号', '姓名']);

export function checkUsed(context: Context, blocks: readonly Block[]): void {
  const excused = (name: string): boolean => context.unread.some((text) => text.includes(name));
  const factBlocks = blocks.filter((b) => b.keyword === '事实');
  for (const entity of context.entities.values()) {
    for (const fact of entity.facts) {
      const name = `${entity.name}.${fact.name}`;
      const free = IDENTITY.has(fact.name) || fact.name === entity.identity;
      if (free || excused(fact.name) || context.used.has(`fact:${name}`)) continue;
      const at = context.factPlaces.get(name);
      const block = factBlocks.find((b) => b.name === entity.name && b.at.file === at?.file);
      if (at !== undefined && block !== undefined)
        report(context, block, at, 'name-unused', { name });
    }
  }
  for (const [name, draft] of context.decisions) {
    const used = context.used.has(`decision:${name}`) || excused(name);
    if (used || draft.result === undefined) continue;
    report(context, draft.block, draft.block.namePlace, 'name-unused', { name });
  }
  for (const [name, block] of context.parameterBlocks) {
    if (!context.used.has(`parameter:${name}`) && !excused(name)) {
      report(context, block, block.namePlace, 'name-unused', { name });
    }
  }
  for (const block of blocks.filter((b) => b.keyword === '认定')) {
    if (!context.used.has(`gate:${block.name}`) && !excused(block.name)) {
      report(context, block, block.namePlace, 'name-unused', { name: block.name });
    }
  }
  for (const [id, draft] of context.readings) {
    const used = context.used.has(`reading:${id}`) || excused(id);
    if (draft.result?.type !== undefined && !used) {
      report(context, draft.block, draft.block.namePlace, 'reading-unused', { id });
    }
  }
}

export function checkParameters(context: Context): void {
  for (const [name, p] of context.parameters) {
    const block = context.parameterBlocks.get(name);
    if (block === undefined) continue;
    const rows = block.table?.rows ?? [];
    const first = p.rows[0];
    const known = isDate(p.from) && p.from !== NO_DATE;
    if (known && (first === undefined || first.from > p.from)) {
      const params = { name, from: p.from, first: first?.from ?? '—' };
      report(context, block, rows[0]?.cells[0]?.place() ?? block.at, 'parameter-hole', params);
    }
    p.rows.forEach((row, i) => {
      const before = p.rows[i - 1];
      if (before === undefined || before.from < row.from) return;
      const at = rows[i]?.at ?? block.at;
      report(context, block, at, 'parameter-order', { name, from: row.from, before: before.from });
    });
    p.rows.forEach((row, i) => {
      if (row.source !== '') return;
      report(context, block, rows[i]?.at ?? block.at, 'parameter-unsourced', {
        name,
        from: row.from,
      });
    });
  }
}

const NAMED: ReadonlySet<string> = new Set([
  '待遇',
  '权益',
  '封顶',
  '认定',
  '决策',
  '决策表',
  '条件',
  '事实',
  '参数',
  ...DUTY_KEYWORDS,
]);
const WORDED: ReadonlySet<string> = new Set([
  '问题',
  '甲',
  '乙',
  '丙',
  '丁',
  '戊',
  '己',
  '交付物',
  '佐证',
  '算完成',
  '算逾期',
  '内容',
  '标准',
  '材料',
  '理由',
  '办理路径',
  '参照',
]);

export function checkTranslations(context: Context, blocks: readonly Block[]): void {
  for (const b of blocks) {
    const en = b.lines.find((l) => l.key === 'en')?.value.text ?? '';
    const again = b.keyword === '事实' && (context.entities.get(b.name)?.en ?? '') !== '';
    if (NAMED.has(b.keyword) && en === '' && !again) {
      report(context, b, b.at, 'translation-missing', { name: b.name });
    }
    for (const l of b.lines) {
      if (!WORDED.has(l.key) || l.value.text === '') continue;
      const words = l.value.text.split(':=')[0] ?? '';
      if (words.includes(' / ')) continue;
      const name = `${b.name === '' ? b.id : b.name} ${l.key}`;
      report(context, b, l.value.place(), 'translation-missing', { name });
    }
  }
}

function placeOf(block: Block, group: string): Place {
  const line = block.lines.find((l) => l.key.endsWith('组') && l.value.text === group);
  return line?.value.place() ?? block.at;
}

/** An exclusive set has at least two members; an open fund question is a recorded one. */
export function checkGroups(
  context: Context,
  items: readonly Item[],
  blocks: readonly Block[],
): void {
  for (const item of items) {
    for (const group of [item.exclusive, item.stackable]) {
      if (group === '') continue;
      const members = items.filter((i) => i.exclusive === group || i.stackable === group);
      const block = blocks.find((b) => b.keyword === '待遇' && b.name === item.name);
      const first = members[0];
      if (block !== undefined && first !== undefined && first.entity !== item.entity) {
        const params = { group, first: first.entity, second: item.entity };
        report(context, block, placeOf(block, group), 'group-mixed', params);
      }
      if (members.length > 1 || block === undefined) continue;
      report(context, block, placeOf(block, group), 'group-single', { group });
    }
  }
}
