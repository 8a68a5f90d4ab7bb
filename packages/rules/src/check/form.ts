/** Every block has the form of its kind. What is misspelt here would otherwise be skipped in
 *  silence: a key, an attribute, a column, a choice, a second line that nobody reads. */
import { isDate } from '../date.ts';
import { excuseLine, report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import { DUTY_KEYWORDS } from '../package/markdown.ts';
import type { Block, Line } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { nearest } from '../problem.ts';
import { CHOICES, REPEATABLE, SHAPES } from './shapes.ts';

export function checkForms(context: Context, blocks: readonly Block[]): void {
  for (const block of blocks) {
    checkKeys(context, block);
    checkRepeats(context, block);
    checkAttributes(context, block);
    checkColumns(context, block);
    checkChoices(context, block);
    checkUnitNames(context, block);
    if (block.keyword === '决策表') checkRest(context, block);
    if (block.keyword === '事实') checkOptions(context, block);
    if (block.keyword === '用例') checkExample(context, block);
  }
}

function unknownKey(context: Context, block: Block, line: Line, known: readonly string[]): void {
  const key = line.key === '' ? line.whole.text.slice(0, 12) : line.key;
  const near = line.key === '' ? '' : (nearest(key, known) ?? '');
  const params = { block: block.keyword, key, near, known: known.join(' ') };
  report(context, block, line.whole.place(), 'key-unknown', params);
  excuseLine(context, block, line);
}

function checkKeys(context: Context, block: Block): void {
  const { keys, required = [], bare } = SHAPES[block.keyword];
  for (const key of required) {
    const found = block.lines.find((l) => l.key === key);
    if ((found?.value.text ?? '') !== '') continue;
    report(context, block, block.at, 'key-missing', { block: block.keyword, key });
  }
  // The keys of items and duties are read, and checked, where they are lowered.
  for (const line of keys === undefined ? [] : block.lines) {
    if (line.key === '' ? bare?.test(line.whole.text) === true : keys?.includes(line.key)) continue;
    unknownKey(context, block, line, keys ?? []);
  }
  const stray = DUTY_KEYWORDS.some((k) => k === block.keyword)
    ? block.lines.filter((l) => l.key === '')
    : [];
  for (const line of stray) unknownKey(context, block, line, ['期限', '交付物', '说明']);
}

function checkRepeats(context: Context, block: Block): void {
  const seen = new Set<string>();
  for (const line of block.lines) {
    const sum = block.keyword === '封顶' && line.key === '' ? '合计' : line.key;
    const free = REPEATABLE.has(sum) && !(block.keyword === '封顶' && sum === '当');
    if (seen.has(sum) && !free) {
      report(context, block, line.whole.place(), 'key-repeats', { key: sum });
    }
    seen.add(sum);
  }
}

function checkAttributes(context: Context, block: Block): void {
  const known = SHAPES[block.keyword].attributes;
  for (const [key, value] of block.attributes) {
    if (known.includes(key)) continue;
    const column = value.place().column - key.length - 1;
    const at = { ...value.place(), column: Math.max(1, column) };
    const shown = known.length === 0 ? '@none' : known.map((k) => `${k}=`).join(' ');
    const params = { block: block.keyword, key, near: nearest(key, known) ?? '', known: shown };
    report(context, block, at, 'attribute-unknown', params);
  }
  for (const key of ['自', '日期']) {
    const date = block.attributes.get(key);
    if (date === undefined || isDate(date.text)) continue;
    report(context, block, date.place(), 'date-invalid', { date: date.text });
  }
}

function checkColumns(context: Context, block: Block): void {
  const { columns, requiredColumns = [] } = SHAPES[block.keyword];
  const head = block.table?.head ?? [];
  const params = { block: block.keyword, known: (columns ?? []).join(' ') };
  for (const cell of columns === undefined ? [] : head) {
    if (columns?.includes(cell.text)) continue;
    const near = nearest(cell.text, columns ?? []) ?? '';
    const known = columns?.length === 0 ? '@none' : params.known;
    report(context, block, cell.place(), 'column-unknown', {
      ...params,
      column: cell.text,
      near,
      known,
    });
  }
  for (const column of requiredColumns) {
    if (head.some((h) => h.text === column)) continue;
    report(context, block, head[0]?.place() ?? block.at, 'column-missing', { ...params, column });
  }
  repeatedColumns(context, block, head);
}

function repeatedColumns(context: Context, block: Block, head: readonly Located[]): void {
  head.forEach((cell, i) => {
    if (cell.text === '' || head.findIndex((h) => h.text === cell.text) === i) return;
    report(context, block, cell.place(), 'column-repeats', { column: cell.text });
  });
}

function checkChoices(context: Context, block: Block): void {
  for (const { keyword, key, known } of CHOICES) {
    if (keyword !== block.keyword) continue;
    const line = block.lines.find((l) => l.key === key);
    const said = line?.value ?? block.attributes.get(key);
    if (said === undefined || known.includes(said.text)) continue;
    const params = { key, value: said.text, known: known.join(' ') };
    report(context, block, said.place(), 'value-unknown', params);
  }
}

/** Cells and lines that name units: each must be declared. */
function checkUnitNames(context: Context, block: Block): void {
  const known = [...context.units.keys(), ...context.rosters.keys()];
  const check = (cell: Located, text: string): void => {
    for (const name of text.split(/[、,，]/u).map((n) => n.trim())) {
      if (name === '' || name.startsWith('待') || known.includes(name)) continue;
      const at = cell.place(Math.max(0, cell.text.indexOf(name)));
      const near = nearest(name, known) ?? '';
      report(context, block, at, 'responsible-unit-unknown', { name, near });
    }
  };
  const column = { 事实: '来源单位', 名册: '单位' }[block.keyword as string];
  const index = block.table?.head.findIndex((h) => h.text === column) ?? -1;
  for (const row of index < 0 ? [] : (block.table?.rows ?? [])) {
    const cell = row.cells[index];
    if (cell !== undefined) check(cell, cell.text);
  }
  const key = { 清单: '维护', 权益: '办理单位' }[block.keyword as string];
  const line = block.lines.find((l) => key !== undefined && l.key === key);
  if (line !== undefined) check(line.value, line.value.text.split(' / ')[0] ?? '');
  checkSeats(context, block);
}

function checkSeats(context: Context, block: Block): void {
  const said = block.attributes.get('名额');
  if (said === undefined) return;
  const seats = block.table?.rows.length ?? 0;
  if (!/^\d+$/u.test(said.text)) {
    const params = { key: '名额', value: said.text, known: '1 2 3 …' };
    report(context, block, said.place(), 'value-unknown', params);
  } else if (BigInt(said.text) < BigInt(seats)) {
    const params = { name: block.name, found: String(seats), size: said.text };
    report(context, block, said.place(), 'seats-too-many', params);
  }
}

/** 其余 stands for everything else: one row, the last, without another test. */
function checkRest(context: Context, block: Block): void {
  const head = block.table?.head ?? [];
  const output = head.findIndex((h) => h.text.startsWith('→'));
  const rows = block.table?.rows ?? [];
  rows.forEach((row, n) => {
    const at = row.cells.find((c) => c.text === '其余');
    if (at === undefined || row.cells.indexOf(at) >= output) return;
    const others = row.cells.slice(0, output).filter((c) => c !== at);
    const alone = others.every((c) => c.text === '' || c.text === '-');
    if (n === rows.length - 1 && alone) return;
    report(context, block, at.place(), 'rest-misplaced', {});
  });
}

/** Options of a fact, and the alternatives it offers, are listed once. */
function checkOptions(context: Context, block: Block): void {
  const column = block.table?.head.findIndex((h) => h.text === '类型') ?? -1;
  for (const row of block.table?.rows ?? []) {
    const cell = row.cells[column];
    const inner = /^选项\s*[(（](.*)[)）]$/u.exec(cell?.text ?? '')?.[1];
    if (cell === undefined || inner === undefined) continue;
    const list = inner.split(/[,，、]/u).map((t) => t.trim());
    const again = list.find((t, i) => list.indexOf(t) < i);
    if (again === undefined) continue;
    const at = cell.place(cell.text.lastIndexOf(again));
    report(context, block, at, 'option-repeats', { value: again });
  }
}

function checkExample(context: Context, block: Block): void {
  const rows = block.table?.rows ?? [];
  if (rows.length === 0) {
    const params = { name: block.name, why: '@no-rows' };
    report(context, block, block.at, 'example-empty', params);
  }
  const outputs = (block.table?.head ?? []).flatMap((h, i) => (h.text.startsWith('→') ? [i] : []));
  for (const row of rows) {
    if (outputs.length === 0 || outputs.some((i) => (row.cells[i]?.text ?? '') !== '')) continue;
    const params = { name: block.name, why: '@no-verdict' };
    report(context, block, row.at, 'example-empty', params);
  }
}
