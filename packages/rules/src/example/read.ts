/** 用例 blocks → examples: facts, given decisions, readings, and the expected result. */
import type { Plain } from '../facts.ts';
import type { Item } from '../ir.ts';
import { nearest } from '../problem.ts';
import type { Place } from '../problem.ts';
import type { Block } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import { readCell } from './cell.ts';

/** One fact, decision, reading or gate that an example sets. */
export interface Setting {
  readonly kind: 'fact' | 'decision' | 'reading' | 'gate' | 'asOf';
  readonly name: string;
  readonly value: Plain;
  /** Where the value is written. */
  readonly at: Place;
}

type Named = Pick<Setting, 'kind' | 'name'>;

export interface Example {
  readonly item: string;
  readonly at: Place;
  readonly settings: readonly Setting[];
  readonly verdict: string;
  /** Expected largest amount still possible: text of a quantity, `无上限`, or empty. */
  readonly potential: string;
  readonly limits: string;
  /** 是 or 否 where the example says whether the amount is contingent (争取), or empty. */
  readonly contingent: string;
  /** Expected values of decisions on the way, by name: columns such as `→ 企业划型`. */
  readonly values: readonly { readonly name: string; readonly text: string }[];
}

export interface ExampleBlock {
  readonly item: string;
  readonly examples: readonly Example[];
}

const OUTPUTS: readonly string[] = ['结论', '潜在', '限额', '争取'];

function headerKind(context: Context, name: string): Named | undefined {
  if (name === '办理日') return { kind: 'asOf', name };
  const reading = /^口径[\s(]\s*([^\s()]+)\)?$/u.exec(name);
  if (reading !== null) return { kind: 'reading', name: reading[1] ?? '' };
  const gate = /^认定[\s(]\s*([^\s()]+)\)?$/u.exec(name);
  if (gate !== null) return { kind: 'gate', name: gate[1] ?? '' };
  if (context.decisions.has(name)) return { kind: 'decision', name };
  const [head = ''] = name.split('.');
  return context.entities.has(head) && name.includes('.') ? { kind: 'fact', name } : undefined;
}

function checkHeader(context: Context, block: Block, head: Located): Named | undefined {
  const kind = headerKind(context, head.text);
  const known =
    kind !== undefined &&
    (kind.kind !== 'reading' || context.readings.has(kind.name)) &&
    (kind.kind !== 'gate' || context.gates.has(kind.name)) &&
    (kind.kind !== 'fact' || factExists(context, kind.name));
  if (known) return kind;
  const names = [
    ...context.decisions.keys(),
    ...[...context.entities.values()].flatMap((e) => e.facts.map((f) => `${e.name}.${f.name}`)),
  ];
  const near = nearest(head.text, names) ?? '';
  report(context, block, head.place(), 'example-column', { name: head.text, near });
  return undefined;
}

function factExists(context: Context, path: string): boolean {
  const [head = '', ...names] = path.split('.');
  let entity = head;
  return names.every((name) => {
    const fact = context.fact(entity, name);
    if (fact?.type.t === 'entity') entity = fact.type.entity;
    return fact !== undefined;
  });
}

function readCellOf(context: Context, block: Block, cell: Located): Plain {
  const read = readCell(cell.text);
  if (read.ok) return read.value;
  report(context, block, cell.place(), 'example-cell', { value: cell.text });
  return null;
}

function defaults(context: Context, block: Block): Setting[] {
  return block.lines.flatMap((line) => {
    const equals = line.whole.text.indexOf('=');
    if (!/^设\s/u.test(line.whole.text) || line.whole.slice(1, Math.max(1, equals)).text === '') {
      report(context, block, line.whole.place(), 'example-line', { line: line.whole.text });
      return [];
    }
    const name = line.whole.slice(1, equals);
    const kind = checkHeader(context, block, name);
    if (kind === undefined) return [];
    const value = line.whole.slice(equals + 1);
    return [{ ...kind, value: readCellOf(context, block, value), at: value.place() }];
  });
}

export function readExamples(
  context: Context,
  blocks: readonly Block[],
  items: readonly Item[],
): readonly ExampleBlock[] {
  const indicators = blocks.filter((b) => b.keyword === '指标');
  const decided = [...items, ...indicators].map((x) => x.name);
  return blocks
    .filter((b) => b.keyword === '用例')
    .flatMap((block) => {
      if (!decided.includes(block.name)) {
        const near = nearest(block.name, decided) ?? '';
        report(context, block, block.namePlace, 'item-undeclared', { name: block.name, near });
        return [];
      }
      return [{ item: block.name, examples: examplesOf(context, block) }];
    });
}

function examplesOf(context: Context, block: Block): Example[] {
  const head = block.table?.head ?? [];
  const base = defaults(context, block);
  const columns = head.map((h) =>
    h.text.startsWith('→') || h.text === '说明' ? undefined : checkHeader(context, block, h),
  );
  const output = (name: string): number =>
    head.findIndex((h) => h.text.replace(/\s/gu, '') === `→${name}`);
  const inner = head.flatMap((h, column) => {
    const name = h.text.replace(/^→\s*/u, '');
    return h.text.startsWith('→') && context.decisions.has(name) ? [{ name, column }] : [];
  });
  for (const h of head) {
    const name = h.text.replace(/^→\s*/u, '');
    const known = !h.text.startsWith('→') || OUTPUTS.includes(name) || context.decisions.has(name);
    if (known) continue;
    const near = nearest(name, [...OUTPUTS, ...context.decisions.keys()]) ?? '';
    report(context, block, h.place(), 'example-column', { name: h.text, near });
  }
  const [verdict, potential, limits, contingent] = OUTPUTS.map(output);
  if (verdict === undefined || verdict < 0) {
    const params = {
      block: '用例',
      column: '→ 结论',
      known: OUTPUTS.map((o) => `→ ${o}`).join(' '),
    };
    report(context, block, head[0]?.place() ?? block.at, 'column-missing', params);
    return [];
  }
  return (block.table?.rows ?? []).map((row) => {
    const own = columns.flatMap((kind, i): Setting[] => {
      const cell = row.cells[i];
      if (kind === undefined || cell === undefined || cell.text === '') return [];
      return [{ ...kind, value: readCellOf(context, block, cell), at: cell.place() }];
    });
    const replaced = new Set(own.map((s) => `${s.kind} ${s.name}`));
    const text = (i: number | undefined): string =>
      i === undefined ? '' : (row.cells[i]?.text ?? '');
    return {
      item: block.name,
      at: row.at,
      settings: [...base.filter((s) => !replaced.has(`${s.kind} ${s.name}`)), ...own],
      verdict: text(verdict),
      potential: text(potential),
      limits: text(limits),
      contingent: text(contingent),
      values: inner.flatMap(({ name, column }) => {
        const wanted = text(column);
        return wanted === '' ? [] : [{ name, text: wanted }];
      }),
    };
  });
}
