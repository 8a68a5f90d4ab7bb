/** Runs worked examples and says where the result differs from what was expected. */
import { isDate } from '../date.ts';
import { prepare } from '../evaluate/decide.ts';
import type { Engine } from '../evaluate/decide.ts';
import type { AmountKind, Decision } from '../evaluate/decision.ts';
import type { Value } from '../evaluate/value.ts';
import { readFacts } from '../facts.ts';
import type { Plain } from '../facts.ts';
import type { Duty, Item, RuleSet, Type } from '../ir.ts';
import { valueText, yuan } from '../explain/value.ts';
import { reach } from '../lower/walk.ts';
import type { Definitions } from '../lower/walk.ts';
import { problem } from '../problem.ts';
import type { Place, Problem } from '../problem.ts';
import { atScale, parseDecimal, pow10 } from '../scaled.ts';
import { quantity, unitWordAt } from '../unit.ts';
import type { Example, ExampleBlock, Setting } from './read.ts';

export interface ExampleResult {
  readonly example: Example;
  readonly passed: boolean;
  /** The result in the words of the 结论 column. */
  readonly found: string;
  readonly problems: readonly Problem[];
}

const LIMIT_WORDS: Readonly<Record<AmountKind, string>> = {
  exactly: '',
  atMost: '至多 ',
  atLeast: '至少 ',
  softAtMost: '原则上至多 ',
  elsewhere: '另行规定',
  unstated: '无金额',
};

/** A decision in the words of the 结论 column. */
export function verdictText(d: Decision): string {
  switch (d.verdict) {
    case '不满足': {
      const one = d.failed.map((f) => {
        if (f.gap === undefined || f.type === undefined) return f.condition;
        return `${f.condition} 差${valueText(f.gap, f.type).replace(/,/gu, '')}`;
      });
      return `不满足: ${one.join('、')}`;
    }
    case '资料不足':
      return `资料不足: ${d.missing.map((m) => m.path).join('、')}`;
    case '待认定':
      return `待认定: ${d.pending.map((p) => p.gate).join('、')}`;
    case '满足': {
      if (d.amount === null) return '满足';
      const fen = d.amount.fen === null ? '' : `${yuan(d.amount.fen)}元`;
      return `满足 ${LIMIT_WORDS[d.amount.kind]}${fen}`;
    }
  }
}

/** A quantity text as scaled integer of `type`; undefined when it is none. */
function scaledQuantity(text: string, type: Type): bigint | undefined {
  if (type.t !== 'number') return undefined;
  const plain = text.replace(/[,\s]/gu, '');
  const digits = /^-?\d+(?:\.\d+)?/u.exec(plain)?.[0] ?? '';
  const value = parseDecimal(digits);
  const word = unitWordAt(plain, digits.length);
  if (value === undefined || digits.length + (word?.length ?? 0) !== plain.length) return undefined;
  const q = quantity(value, word === undefined ? [] : [word]);
  return q === undefined ? undefined : atScale(q, type.scale);
}

const FEN: Type = { t: 'number', unit: '元', scale: 2 };

function sameNames(expected: readonly string[], found: readonly string[]): boolean {
  const matches = (e: string, f: string): boolean => e === f || f.split('.').at(-1) === e;
  return (
    expected.length === found.length &&
    expected.every((e) => found.some((f) => matches(e, f))) &&
    found.every((f) => expected.some((e) => matches(e, f)))
  );
}

function names(text: string): string[] {
  return text
    .split('、')
    .map((n) => n.trim())
    .filter((n) => n !== '');
}

function matchesRefusal(text: string, d: Decision): boolean {
  const wanted = names(text).map((n) => /^(.*?)(?:\s+差(.+))?$/u.exec(n));
  const plain = wanted.map((m) => m?.[1] ?? '');
  if (
    !sameNames(
      plain,
      d.failed.map((f) => f.condition),
    )
  )
    return false;
  return wanted.every((m) => {
    if (m?.[2] === undefined) return true;
    const failure = d.failed.find((f) => f.condition === m[1]);
    if (failure?.gap === undefined || failure.type === undefined) return false;
    return scaledQuantity(m[2], failure.type) === failure.gap;
  });
}

function matchesGrant(text: string, d: Decision): boolean {
  if (text === '') return true;
  if (d.amount === null) return false;
  const prefix = LIMIT_WORDS[d.amount.kind].trim();
  const rest = text.startsWith(prefix) ? text.slice(prefix.length).trim() : undefined;
  if (rest === undefined) return false;
  if (d.amount.fen === null) return rest === '';
  if (/^[至原另无]/u.test(rest)) return false;
  return scaledQuantity(rest, FEN) === d.amount.fen;
}

function matchesVerdict(text: string, d: Decision): boolean {
  const m = /^(满足|不满足|资料不足|待认定)\s*[:：]?\s*(.*)$/u.exec(text.trim());
  if (m === null || m[1] !== d.verdict) return false;
  const rest = m[2] ?? '';
  switch (d.verdict) {
    case '满足':
      return matchesGrant(rest, d);
    case '不满足':
      return matchesRefusal(rest, d);
    case '资料不足':
      return sameNames(
        names(rest),
        d.missing.map((x) => x.path),
      );
    case '待认定':
      return sameNames(
        names(rest),
        d.pending.map((x) => x.gate),
      );
  }
}

function matchesPotential(text: string, d: Decision): boolean {
  if (text === '') return true;
  if (text === '无上限') return d.potentialFen === null;
  return scaledQuantity(text, FEN) === d.potentialFen;
}

function limitsText(d: Decision): string {
  return d.limits
    .map((l) => `${l.cap}(${l.key.join(', ')}) ${l.capFen === null ? '?' : yuan(l.capFen)}元`)
    .join('、');
}

/** `批零载体年度(载体甲, 2023) 100万元`: the brackets say by whom and what the cap is counted. */
const LIMIT = /^([^\s(]+)(?:\(([^)]*)\))?\s+(.+)$/u;

function matchesLimits(text: string, d: Decision): boolean {
  if (text === '') return true;
  const wanted = names(text);
  if (text === '无') return d.limits.length === 0;
  return (
    wanted.length === d.limits.length &&
    wanted.every((w) => {
      const m = LIMIT.exec(w);
      const limit = d.limits.find((l) => l.cap === m?.[1]);
      const keys = m?.[2]?.split(',').map((k) => k.trim());
      if (limit === undefined || scaledQuantity(m?.[3] ?? '', FEN) !== limit.capFen) return false;
      return keys === undefined || keys.join(', ') === limit.key.join(', ');
    })
  );
}

function matchesContingent(text: string, d: Decision): boolean {
  return text === '' || (d.amount !== null && text === (d.amount.contingent ? '是' : '否'));
}

/** The text of a decision's value on the way; empty when it was not looked at. */
function valueOf(d: Decision, name: string): string {
  const step = d.steps.find(
    (s) => s.about.label === name && /^(?:decision|table)$/u.test(s.about.kind),
  );
  if (step === undefined) return '';
  const { value } = step;
  return value === null ? '?' : valueText(value, step.about.node.type).replace(/,/gu, '');
}

function matchesValue(text: string, found: string, ruleSet: RuleSet, name: string): boolean {
  if (text === found) return true;
  const type = ruleSet.decisions.find((x) => x.name === name)?.expr.type;
  if (type === undefined || found === '') return false;
  const wanted = scaledQuantity(text, type);
  return wanted !== undefined && wanted === scaledQuantity(found, type);
}

type PlainRecord = { [k: string]: Plain };

function setPath(root: PlainRecord, path: readonly string[], value: Plain): void {
  let here = root;
  for (const name of path.slice(0, -1)) {
    const inner = here[name];
    const made: PlainRecord =
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? { ...(inner as PlainRecord) }
        : {};
    here[name] = made;
    here = made;
  }
  here[path.at(-1) ?? ''] = value;
}

function definitions(ruleSet: RuleSet): Definitions {
  return {
    decision: (name) => ruleSet.decisions.find((d) => d.name === name)?.expr,
    reading: (id) =>
      (ruleSet.interpretations.find((i) => i.id === id)?.alternatives ?? []).flatMap(
        (a) => a.expr ?? [],
      ),
  };
}

/** Path from the item's entity to the entity that a gate judges. */
function gatePath(engine: Engine, item: Item, gate: string): readonly string[] {
  const { ruleSet } = engine;
  const roots = [
    ...item.conditions.map((c) => c.expr),
    ...(item.amount === null ? [] : [item.amount]),
  ];
  const nodes = reach(roots, definitions(ruleSet));
  const found = nodes.find((n) => n.k === 'gate' && n.gate === gate);
  return found?.k === 'gate' ? found.path.slice(1) : [];
}

/** `5.5%` or `0.055` as an exact ratio. */
function ratioOf(text: string): Value | undefined {
  const scale = 32;
  const n = scaledQuantity(text, { t: 'number', unit: '', scale });
  return n === undefined ? undefined : { n, d: pow10(scale) };
}

function givenValue(engine: Engine, name: string, value: Plain): Value | undefined {
  const decided = engine.ruleSet.decisions.find((d) => d.name === name);
  if (decided === undefined) return undefined;
  if (value === null || value === '?') return null;
  const { type } = decided.expr;
  if (type.t === 'ratio') return typeof value === 'string' ? ratioOf(value) : undefined;
  if (type.t === 'date') return typeof value === 'string' && isDate(value) ? value : undefined;
  if (type.t === 'bool') return value === '是' ? true : value === '否' ? false : undefined;
  if (type.t === 'number')
    return typeof value === 'string' ? scaledQuantity(value, type) : undefined;
  return type.t === 'text' && typeof value === 'string' ? value : undefined;
}

function written(value: Plain): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

export interface Readied {
  readonly plain: PlainRecord;
  readonly given: Map<string, Value>;
  readonly bad: readonly string[];
  readonly asOf: string;
}

/** The facts, decisions and day that an example sets; `bad` are the cells that cannot be read. */
export function ready(example: Example, item: Item, engine: Engine): Readied {
  const plain: PlainRecord = {};
  const given = new Map<string, Value>();
  const bad: string[] = [];
  let asOf = engine.ruleSet.manifest.effective;
  for (const s of example.settings) {
    if (s.kind === 'asOf' && typeof s.value === 'string') {
      if (isDate(s.value)) asOf = s.value;
      else bad.push(`办理日 = ${s.value}`);
    }
    if (s.kind === 'fact') setPath(plain, s.name.split('.').slice(1), s.value);
    if (s.kind === 'gate') {
      setPath(plain, [...gatePath(engine, item, s.name), `认定 ${s.name}`], s.value);
    }
    if (s.kind === 'reading' && !isChoice(engine.ruleSet, s)) {
      bad.push(`口径 ${s.name} = ${written(s.value)}`);
    }
    if (s.kind === 'decision') {
      const value = givenValue(engine, s.name, s.value);
      if (value === undefined) bad.push(`${s.name} = ${written(s.value)}`);
      else given.set(s.name, value);
    }
  }
  return { plain, given, bad, asOf };
}

/** True when a recorded reading is set to one of its alternatives. */
function isChoice(ruleSet: RuleSet, s: Setting): boolean {
  const found = ruleSet.interpretations.find((i) => i.id === s.name);
  return found?.alternatives.some((a) => a.key === s.value && a.expr !== null) ?? false;
}

/** The readings that an example switches. */
function chosenBy(ruleSet: RuleSet, example: Example): readonly (readonly [string, string])[] {
  return example.settings.flatMap((s) =>
    s.kind === 'reading' && typeof s.value === 'string' && isChoice(ruleSet, s)
      ? [[s.name, s.value] as const]
      : [],
  );
}

/** Engines by choice of readings: examples that switch none share one. */
export function engineFor(ruleSet: RuleSet, example: Example, cache: Map<string, Engine>): Engine {
  const chosen = chosenBy(ruleSet, example);
  const key = JSON.stringify(chosen);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = prepare(ruleSet, new Map(chosen));
  cache.set(key, made);
  return made;
}

/** The cell of the fact that a problem names. */
function cellOf(example: Example, p: Problem): Place {
  const name = p.params['name'] ?? '';
  const cell = example.settings.find(
    (s) => s.kind === 'fact' && [`${s.name}.`, `${s.name}[`].some((n) => `${name}.`.startsWith(n)),
  );
  return cell?.at ?? example.at;
}

function runOne(ruleSet: RuleSet, example: Example, cache: Map<string, Engine>): ExampleResult {
  const item = ruleSet.items.find((i) => i.name === example.item);
  const engine = engineFor(ruleSet, example, cache);
  if (item === undefined) return { example, passed: false, found: '', problems: [] };
  const { plain, given, bad, asOf } = ready(example, item, engine);
  const read = readFacts(ruleSet, item.entity, plain, example.at);
  const unread = read.problems.map((p) => ({ ...p, at: cellOf(example, p), clause: item.id }));
  const wrong = bad.map((value) => problem('example-cell', example.at, { value }));
  const subject = { entity: item.entity, id: '用例', facts: read.facts };
  const decision = engine.decide(item, subject, asOf, {
    given,
    trace: example.values.length > 0,
  });
  const found = verdictText(decision);
  const problems: Problem[] = [...unread, ...wrong];
  const differ = (what: string, expected: string, got: string): void => {
    const more = { clause: item.id };
    problems.push(
      problem('example-fails', example.at, { what, item: item.name, expected, found: got }, more),
    );
  };
  // Of facts that could not be read nothing follows.
  if (problems.length > 0) return { example, passed: false, found, problems };
  if (!matchesVerdict(example.verdict, decision)) differ('结论', example.verdict, found);
  if (!matchesPotential(example.potential, decision)) {
    const p = decision.potentialFen;
    differ('潜在', example.potential, p === null ? '无上限' : `${yuan(p)}元`);
  }
  if (!matchesLimits(example.limits, decision))
    differ('限额', example.limits, limitsText(decision));
  if (!matchesContingent(example.contingent, decision)) {
    const { amount } = decision;
    const got = amount === null ? '' : amount.contingent ? '是' : '否';
    differ('争取', example.contingent, got);
  }
  for (const { name, text } of example.values) {
    const got = valueOf(decision, name);
    if (!matchesValue(text, got, ruleSet, name)) differ(name, text, got);
  }
  return { example, passed: problems.length === 0, found, problems };
}

/** An 指标 as an item with its formula as only condition: examples decide it like a right. */
function indicator(duty: Duty, ruleSet: RuleSet): Item[] {
  const { formula, name, en, id, cite } = duty;
  if (formula === null) return [];
  const facts = reach([formula], definitions(ruleSet)).flatMap((n) => (n.k === 'fact' ? [n] : []));
  const none = { zh: '', en: '' };
  const words = { elsewhere: none, grants: none, fund: none, payer: none, route: none };
  const lists = { payee: [], hard: [], once: [], shares: [], instalments: [], openQuestions: [] };
  const conditions = [{ name, en, expr: formula }];
  const entity = facts.find((f) => f.row === undefined)?.path[0] ?? '';
  const frame = { nature: null, contingent: false, amount: null, mode: null, window: null };
  const set = { exclusive: '', stackable: '', papers: none, line: 0 };
  return [
    { kind: '权益', id, name, en, entity, conditions, cite, ...words, ...lists, ...frame, ...set },
  ];
}

/** The rule set with its indicators among the items, as the examples decide them. */
export function withIndicators(ruleSet: RuleSet): RuleSet {
  const indicators = ruleSet.duties.flatMap((d) => indicator(d, ruleSet));
  return { ...ruleSet, items: [...ruleSet.items, ...indicators] };
}

/** Runs all examples of a package. */
export function runExamples(
  ruleSet: RuleSet,
  blocks: readonly ExampleBlock[],
): readonly ExampleResult[] {
  const cache = new Map<string, Engine>();
  const all = withIndicators(ruleSet);
  return blocks.flatMap((b) => b.examples.map((e) => runOne(all, e, cache)));
}
