/** 事实, 参数, 单位, 名册 and 认定 blocks: what rules may speak of. */
import { isDate } from '../date.ts';
import type { Entity, Fact, Type } from '../ir.ts';
import { nearest } from '../problem.ts';
import type { Place } from '../problem.ts';
import { atScale, parseDecimal } from '../scaled.ts';
import { perUnit, unitWord } from '../unit.ts';
import type { Block, Row } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { english } from './decision.ts';
import { numberType } from './number.ts';
import { bilingual } from './reading.ts';
import { report } from './scope.ts';
import type { Context } from './scope.ts';

const NAME = /^[\p{Script=Han}A-Za-z_][\p{Script=Han}A-Za-z0-9_]*$/u;

function column(block: Block, name: string): number {
  return block.table?.head.findIndex((h) => h.text === name) ?? -1;
}

function cell(row: Row, index: number): string {
  return row.cells[index]?.text ?? '';
}

function list(text: string): string[] {
  return text
    .split(/[,，、]/u)
    .map((t) => t.trim())
    .filter((t) => t !== '');
}

/** The type words of 事实 tables; undefined when unreadable. */
function typeOf(text: string): Type | undefined {
  const m = /^(\p{Script=Han}+)(?:\s*[(（](.*)[)）])?$/u.exec(text.replace(/可负$/u, '').trimEnd());
  const args = list(m?.[2] ?? '');
  switch (m?.[1]) {
    case '是否':
      return { t: 'bool' };
    case '金额':
      return numberType('元', 2);
    case '按月金额':
      return { t: 'months' };
    case '文本':
      return { t: 'text' };
    case '日期':
      return { t: 'date' };
    case '选项':
      return args.length === 0 ? undefined : { t: 'text', options: args };
    case '引用':
      return args[0] === undefined ? undefined : { t: 'entity', entity: args[0] };
    case '多个':
      return args[0] === undefined ? undefined : { t: 'rows', entity: args[0] };
    case '比例':
      return numberType('', Number(args[0] ?? '2') + 2);
    case '数量': {
      const word = unitWord(args[0] ?? '');
      const plain = (args[0] ?? '') === '' || args[0] === '无';
      if (!plain && word === undefined) return undefined;
      return numberType(plain ? '' : (word?.unit ?? ''), Number(args[1] ?? '0'), true);
    }
    default:
      return undefined;
  }
}

function checkName(context: Context, block: Block, name: string, at: Located): boolean {
  if (NAME.test(name)) return true;
  report(context, block, at.place(), 'name-form', { name });
  return false;
}

/** Decimals of a fact; more than twelve are a slip, and would make every number a long one. */
function isScale(scale: number): boolean {
  return Number.isInteger(scale) && scale >= 0 && scale <= 14;
}

function readFact(context: Context, block: Block, row: Row): Fact | undefined {
  const nameCell = row.cells[column(block, '名称')];
  const typeCell = row.cells[column(block, '类型')];
  if (nameCell === undefined || typeCell === undefined) return undefined;
  if (!checkName(context, block, nameCell.text, nameCell)) return undefined;
  const type = typeOf(typeCell.text);
  if (type === undefined || (type.t === 'number' && !isScale(type.scale))) {
    report(context, block, typeCell.place(), 'fact-type', { type: typeCell.text });
    // Still declared, so that only this line is wrong and not every rule that reads the fact.
    context.broken.add(`${block.name}.${nameCell.text}`);
    return factOf(row, block, nameCell.text, { t: 'text' });
  }
  return factOf(row, block, nameCell.text, type);
}

function factOf(row: Row, block: Block, name: string, type: Type): Fact {
  return {
    name,
    en: cell(row, column(block, 'en')),
    type,
    negative: cell(row, column(block, '类型')).endsWith('可负'),
    period: cell(row, column(block, '期间')),
    source: cell(row, column(block, '来源单位')),
    evidence: cell(row, column(block, '材料')),
  };
}

function placeText(at: Place | undefined): string {
  return at === undefined ? '' : `${at.file}:${at.line}`;
}

export function readEntity(context: Context, block: Block): void {
  const { name } = block;
  if (!NAME.test(name)) {
    report(context, block, block.namePlace, 'name-form', { name });
    return;
  }
  const known = context.entities.get(name);
  const facts: Fact[] = [...(known?.facts ?? [])];
  for (const row of block.table?.rows ?? []) {
    const fact = readFact(context, block, row);
    if (fact === undefined) continue;
    if (facts.some((f) => f.name === fact.name)) {
      report(context, block, row.at, 'name-duplicate', {
        name: `${name}.${fact.name}`,
        first: placeText(context.factPlaces.get(`${name}.${fact.name}`)),
      });
      continue;
    }
    facts.push(fact);
    context.factPlaces.set(`${name}.${fact.name}`, row.at);
    // A fact that only reports use (县区) says so in the column 用途.
    if (cell(row, column(block, '用途')) !== '') context.used.add(`fact:${name}.${fact.name}`);
    if (fact.en === '') report(context, block, row.at, 'translation-missing', { name: fact.name });
  }
  const entity: Entity = {
    name,
    en: english(block) === '' ? (known?.en ?? '') : english(block),
    identity: block.attributes.get('标识')?.text ?? known?.identity ?? '',
    facts,
  };
  context.entities.set(name, entity);
}

/** After all 事实 blocks: references must lead to declared entities, identities to facts. */
export function checkEntities(context: Context, blocks: readonly Block[]): void {
  for (const block of blocks) {
    const entity = context.entities.get(block.name);
    for (const row of block.table?.rows ?? []) {
      const typeCell = row.cells[column(block, '类型')];
      const type = typeCell === undefined ? undefined : typeOf(typeCell.text);
      if (type === undefined || (type.t !== 'entity' && type.t !== 'rows')) continue;
      if (context.entities.has(type.entity)) continue;
      const near = nearest(type.entity, context.entities.keys()) ?? '';
      const at = typeCell?.place() ?? row.at;
      report(context, block, at, 'entity-undeclared', { name: type.entity, near });
      const name = row.cells[column(block, '名称')]?.text ?? '';
      context.broken.add(`${block.name}.${name}`);
    }
    const said = block.attributes.get('标识');
    if (said === undefined || entity === undefined) continue;
    if (!entity.facts.some((f) => f.name === said.text)) {
      report(context, block, said.place(), 'name-undeclared', { name: said.text });
    }
  }
}

function key(block: Block, name: string): string {
  return block.lines.find((l) => l.key === name)?.value.text ?? '';
}

/** `%`, `元`, or a rate such as `元/亩`. */
function parameterUnit(text: string): ReturnType<typeof unitWord> {
  const [head = '', under] = text.split('/');
  const word = unitWord(head);
  if (word === undefined || under === undefined) return word;
  const per = unitWord(under);
  return per === undefined ? undefined : { ...word, unit: perUnit(word.unit, per.unit) };
}

export function readParameter(context: Context, block: Block): void {
  const head = block.table?.head ?? [];
  const fixed = new Set(['起', '状态', '出处', '依据']);
  const columns = head.flatMap((h, i) => (fixed.has(h.text) ? [] : [{ index: i, name: h.text }]));
  const unit = block.attributes.get('单位')?.text ?? '';
  const word = parameterUnit(unit);
  if (column(block, '起') < 0 || columns.length === 0 || (unit !== '' && word === undefined)) {
    const named = unit !== '' && word === undefined ? block.attributes.get('单位') : head[0];
    report(context, block, named?.place() ?? block.at, 'parameter-form', { name: block.name });
    context.broken.add(`参数 ${block.name}`);
    return;
  }
  const rows = (block.table?.rows ?? []).flatMap((row) => {
    const from = cell(row, column(block, '起'));
    const values = columns.map((c) => parseDecimal(cell(row, c.index)));
    const bad = columns.find((_, i) => values[i] === undefined);
    if (!isDate(from) || bad !== undefined) {
      const index = isDate(from) && bad !== undefined ? bad.index : column(block, '起');
      const at = row.cells[index]?.place() ?? row.at;
      report(context, block, at, 'parameter-value', { name: block.name, value: cell(row, index) });
      return [];
    }
    return [{ row, from, values: values.flatMap((v) => (v === undefined ? [] : [v])) }];
  });
  const factor = word?.factor ?? { n: 1n, s: 0 };
  const wide = Math.max(0, ...rows.flatMap((r) => r.values.map((v) => v.s + factor.s)));
  const scaled = (v: { n: bigint; s: number }): string =>
    String(atScale({ n: v.n * factor.n, s: v.s + factor.s }, wide) ?? 0n);
  const keyName = key(block, '键');
  context.parameterBlocks.set(block.name, block);
  context.parameters.set(block.name, {
    name: block.name,
    en: english(block),
    type: numberType(word?.unit ?? '', wide),
    keyName,
    keys: keyName === '' ? [] : columns.map((c) => c.name),
    from: block.attributes.get('自')?.text ?? context.manifest.effective,
    source: key(block, '来源'),
    rows: rows.map((r) => ({
      from: r.from,
      values: r.values.map(scaled),
      status: cell(r.row, column(block, '状态')),
      source: cell(r.row, column(block, '出处')),
    })),
  });
}

export function readUnits(context: Context, block: Block): void {
  for (const row of block.table?.rows ?? []) {
    const name = cell(row, column(block, '名称'));
    if (name === '') continue;
    if (context.units.has(name)) report(context, block, row.at, 'name-duplicate', { name });
    const en = cell(row, column(block, 'en'));
    if (en === '') report(context, block, row.at, 'translation-missing', { name });
    context.units.set(name, { name, en, kind: cell(row, column(block, '类别')) });
  }
}

export function readRoster(context: Context, block: Block): void {
  const said = block.attributes.get('名额')?.text ?? '';
  const rows = block.table?.rows ?? [];
  context.rosters.set(block.name, {
    name: block.name,
    en: english(block),
    size: /^\d+$/u.test(said) ? Number(said) : rows.length,
    seats: rows.map((r) => cell(r, column(block, '单位'))),
  });
}

export function readGate(context: Context, block: Block): void {
  const unit = block.attributes.get('单位')?.text ?? '';
  const entity = key(block, '对象');
  if (!context.entities.has(entity)) {
    const near = nearest(entity, context.entities.keys()) ?? '';
    const at = block.lines.find((l) => l.key === '对象')?.value.place() ?? block.at;
    report(context, block, at, 'entity-undeclared', { name: entity, near });
    context.broken.add(`认定 ${block.name}`);
  }
  if (!context.units.has(unit)) {
    const near = nearest(unit, context.units.keys()) ?? '';
    const at = block.attributes.get('单位')?.place() ?? block.at;
    report(context, block, at, 'responsible-unit-unknown', { name: unit, near });
  }
  for (const need of ['标准', '材料']) {
    if (key(block, need) === '') {
      report(context, block, block.at, 'key-missing', { block: '认定', key: need });
    }
  }
  context.gates.set(block.name, {
    name: block.name,
    en: english(block),
    entity,
    unit,
    standard: bilingual(key(block, '标准')),
    evidence: bilingual(key(block, '材料')),
    cite: context.citations.block(block),
  });
}
