/** Numbers of provisions agree with the headings they stand under; cited readings are recorded. */
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import type { Block } from '../package/block.ts';
import type { Pages } from '../package/markdown.ts';
import { nearest, problem } from '../problem.ts';
import type { Place } from '../problem.ts';

const MEASURE = /^(\d+)\./u;

/** A number that belongs to another measure would send every citation to the wrong clause. */
function checkIds(context: Context, blocks: readonly Block[], reading: Pages): void {
  const numbered = reading.headings.flatMap((h) => {
    const id = MEASURE.exec(h.text)?.[1];
    return id === undefined ? [] : [{ ...h, id }];
  });
  for (const block of blocks) {
    const own = MEASURE.exec(block.id)?.[1];
    const above = numbered.findLast((h) => h.file === block.at.file && h.line < block.at.line);
    const twice = numbered.filter((h) => h.id === above?.id).length > 1;
    if (own === undefined || above === undefined || own === above.id || twice) continue;
    const params = {
      id: block.id,
      heading: `${above.id}. ${above.text.replace(MEASURE, '').trim()}`,
    };
    report(context, block, block.idPlace, 'id-misplaced', params);
  }
  numbered.forEach((h, i) => {
    const first = numbered.findIndex((o) => o.id === h.id);
    if (first === i) return;
    const earlier = numbered[first];
    const params = { name: `${h.id}.`, first: `${earlier?.file ?? ''}:${earlier?.line ?? 1}` };
    const at = { file: h.file, line: h.line, column: 1 };
    context.problems.add(problem('name-duplicate', at, params));
  });
}

const CITED = /口径[(\s]\s*([^\s()]+)\)?/gu;
const IN_WORDS: ReadonlySet<string> = new Set(['资金渠道', '付款单位', '参照', '办理路径']);

/** Readings that a line or a table row cites behind its expression. */
function cited(block: Block): { id: string; at: Place }[] {
  const lines = block.lines.flatMap((l) => {
    const tail = l.readings.map((id, i) => ({ id, at: l.readingPlaces[i] ?? l.whole.place() }));
    if (!IN_WORDS.has(l.key)) return tail;
    const words = [...l.value.text.matchAll(CITED)];
    return [...tail, ...words.map((m) => ({ id: m[1] ?? '', at: l.value.place(m.index) }))];
  });
  const basis = block.table?.head.findIndex((h) => h.text === '依据') ?? -1;
  const rows = (basis < 0 ? [] : (block.table?.rows ?? [])).flatMap((row) => {
    const cell = row.cells[basis];
    if (cell === undefined) return [];
    return [...cell.text.matchAll(CITED)].map((m) => ({ id: m[1] ?? '', at: cell.place(m.index) }));
  });
  return [...lines, ...rows];
}

function checkCited(context: Context, blocks: readonly Block[]): void {
  for (const block of blocks) {
    for (const { id, at } of cited(block)) {
      if (context.readings.has(id)) continue;
      const near = nearest(id, context.readings.keys()) ?? '';
      report(context, block, at, 'reading-undeclared', { id, near });
    }
  }
}

const SETS: readonly (readonly string[])[] = [
  ['参数'],
  ['认定'],
  ['名册'],
  ['事实', '决策', '决策表', '条件'],
];

/** Of two declarations with one name the later would silently take the place of the first. */
function checkNames(context: Context, blocks: readonly Block[]): void {
  for (const keywords of SETS) {
    const seen = new Map<string, Block>();
    for (const block of blocks) {
      if (!keywords.includes(block.keyword) || block.name === '') continue;
      const first = seen.get(block.name);
      // An entity may have several 事实 blocks; two 决策 of one name are found where they are read.
      const told = first !== undefined && (first.keyword === '事实') === (block.keyword === '事实');
      if (first !== undefined && (keywords.length === 1 || !told)) {
        const params = { name: block.name, first: `${first.at.file}:${first.at.line}` };
        report(context, block, block.namePlace, 'name-duplicate', params);
      }
      if (first === undefined) seen.set(block.name, block);
    }
  }
}

export function checkOrder(context: Context, blocks: readonly Block[], reading: Pages): void {
  checkIds(context, blocks, reading);
  checkNames(context, blocks);
  checkCited(context, blocks);
}
