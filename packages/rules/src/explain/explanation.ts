/** A decision laid out for a reader: every condition with the reader's own number beside the
 *  threshold, every figure with its sentence, every fact with source and date. Plain data; the
 *  words around it belong to whoever shows it. */
import type { Decision, Verdict } from '../evaluate/decision.ts';
import type { Engine, ConditionState, Subject } from '../evaluate/decide.ts';
import type { RawStep, Value } from '../evaluate/value.ts';
import type { Provenance } from '../facts.ts';
import type { Bilingual, Cite, Expr, Fact, Item, RuleSet, TableExpr, Type } from '../ir.ts';
import type { Language } from '../problem.ts';
import { sourceOf } from '../evaluate/missing.ts';
import { reach } from '../lower/walk.ts';
import { splitShares } from '../settle/shares.ts';
import { inForce } from './in-force.ts';
import { valueText } from './value.ts';

/** Words of the law that a line rests on. */
export interface Basis {
  readonly clause: string;
  readonly quotes: readonly string[];
  readonly readings: readonly string[];
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

export interface ConditionLine {
  readonly name: string;
  readonly en: string;
  readonly state: 'met' | 'failed' | 'open';
  /** The reader's own value, and what it must be; empty where the condition compares nothing. */
  readonly yours: string;
  readonly relation: string;
  readonly needs: string;
  readonly gap: string;
  /** The units that hold the facts it looks at: who can correct them. */
  readonly sources: readonly string[];
  readonly basis: Basis;
}

export interface WorkingLine {
  readonly kind: 'decision' | 'table' | 'parameter' | 'amount';
  readonly name: string;
  readonly en: string;
  readonly value: string;
  /** Mechanism of the field that gave the value: 封顶, 除外 … */
  readonly origin: string;
  /** Table: the row that hit; parameter: the date from which the value holds, and its source. */
  readonly detail: string;
  readonly basis: Basis;
}

export interface FactLine {
  readonly path: string;
  readonly en: string;
  readonly value: string;
  readonly known: boolean;
  readonly period: string;
  readonly source: string;
  readonly asOf: string;
  readonly document: string;
  readonly evidence: string;
}

export interface ReadingLine {
  readonly id: string;
  readonly question: Bilingual;
  readonly chosen: string;
  readonly words: Bilingual;
  readonly status: string;
  readonly ask: string;
  readonly others: readonly { readonly key: string; readonly words: Bilingual }[];
}

export interface Explanation {
  readonly decision: Decision;
  readonly item: Item;
  readonly verdict: Verdict;
  readonly measure: string;
  readonly conditions: readonly ConditionLine[];
  readonly working: readonly WorkingLine[];
  readonly facts: readonly FactLine[];
  readonly readings: readonly ReadingLine[];
  readonly shares: readonly {
    readonly who: string;
    readonly percent: string;
    readonly fen: bigint;
  }[];
  readonly instalments: Explanation['shares'];
  /** The whole provision, with the spans that this decision rests on. */
  readonly law: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly lit: readonly { readonly start: number; readonly end: number }[];
}

function basisOf(ruleSet: RuleSet, cite: number): Basis {
  const c: Cite | undefined = ruleSet.cites[cite];
  return {
    clause: c?.clause ?? '',
    quotes: (c?.spans ?? []).map((s) => s.quote),
    readings: c?.readings ?? [],
    spans: (c?.spans ?? []).map(({ start, end }) => ({ start, end })),
  };
}

/** The units that hold the facts an expression looks at, each once. */
function sourcesOf(expr: Expr | undefined, engine: Engine): readonly string[] {
  if (expr === undefined) return [];
  const facts = reach([expr], inForce(engine)).flatMap((n) =>
    n.k === 'fact' && n.row === undefined ? [sourceOf(engine.ruleSet, n.path.join('.'))] : [],
  );
  return [...new Set(facts)].filter((s) => s !== '');
}

function conditionLine(
  m: ConditionState,
  item: Item,
  engine: Engine,
  language: Language,
): ConditionLine {
  const { ruleSet } = engine;
  const condition = item.conditions.find((c) => c.name === m.condition);
  const type: Type = m.type ?? { t: 'bool' };
  const shown = (v: Value | undefined): string =>
    v === undefined ? '' : valueText(v, type, language);
  const comparing = m.relation !== undefined;
  return {
    name: m.condition,
    en: m.en,
    state: m.holds === null ? 'open' : m.holds ? 'met' : 'failed',
    yours: m.value === undefined ? '' : shown(m.value),
    relation: m.relation ?? '',
    needs: comparing ? shown(m.threshold) : '',
    gap: m.gap === undefined || m.holds === true ? '' : shown(m.gap),
    sources: sourcesOf(condition?.expr, engine),
    basis: basisOf(ruleSet, m.cite),
  };
}

function rowText(t: TableExpr, row: number, ruleSet: RuleSet): string {
  const hit = t.rows[row];
  if (hit === undefined) return row === -1 ? '其余' : '';
  const quotes = basisOf(ruleSet, hit.cite).quotes;
  if (quotes.length > 0) return quotes.join('；');
  return t.labels.join('、');
}

function workingLine(step: RawStep, engine: Engine, language: Language): WorkingLine | undefined {
  const { ruleSet } = engine;
  const { about, value } = step;
  const { node } = about;
  const kind = about.kind;
  if (kind !== 'decision' && kind !== 'table' && kind !== 'parameter' && kind !== 'amount') {
    return undefined;
  }
  if (node.type.t === 'bool') return undefined;
  const decided = ruleSet.decisions.find((d) => d.name === about.label);
  const parameter = ruleSet.parameters.find((p) => p.name === about.label);
  const item = ruleSet.items.find((i) => i.name === about.label);
  const row = parameter?.rows[step.row];
  const detail =
    node.k === 'table'
      ? rowText(node, step.row, ruleSet)
      : row === undefined
        ? ''
        : `${row.from} ${parameter?.source ?? ''}`;
  const cite = node.k === 'table' ? (node.rows[step.row]?.cite ?? node.cite) : node.cite;
  return {
    kind,
    name: about.label,
    en: decided?.en ?? parameter?.en ?? item?.en ?? '',
    value: valueText(value, node.type, language),
    origin: originOf(node),
    detail,
    basis: basisOf(ruleSet, cite),
  };
}

function originOf(node: Expr): string {
  if (node.origin !== undefined) return node.origin;
  return node.k === 'round' ? '四舍五入' : '';
}

/** The declared fact at the end of a path, by way of its references. */
function declaredFact(ruleSet: RuleSet, path: readonly string[], entity: string): Fact | undefined {
  let here = entity;
  let fact: Fact | undefined;
  for (const name of path) {
    fact = ruleSet.entities.find((e) => e.name === here)?.facts.find((f) => f.name === name);
    if (fact?.type.t === 'entity' || fact?.type.t === 'rows') here = fact.type.entity;
  }
  return fact;
}

function factLines(
  steps: readonly RawStep[],
  ruleSet: RuleSet,
  provenance: ReadonlyMap<string, Provenance>,
  language: Language,
): FactLine[] {
  const lines = new Map<string, FactLine>();
  for (const step of steps) {
    const { node } = step.about;
    if (node.k !== 'fact' || node.row !== undefined || node.type.t === 'rows') continue;
    const path = node.path.join('.');
    if (lines.has(path)) continue;
    const fact = declaredFact(ruleSet, node.path.slice(1), node.path[0] ?? '');
    const from = provenance.get(path);
    lines.set(path, {
      path,
      en: fact?.en ?? '',
      value: valueText(step.value, node.type, language),
      known: step.value !== null,
      period: fact?.period ?? '',
      source: from?.source ?? fact?.source ?? '',
      asOf: from?.asOf ?? '',
      document: from?.document ?? '',
      evidence: fact?.evidence ?? '',
    });
  }
  return [...lines.values()];
}

function readingLines(d: Decision, ruleSet: RuleSet): ReadingLine[] {
  return d.readings.flatMap(({ id, key }) => {
    const i = ruleSet.interpretations.find((x) => x.id === id);
    if (i === undefined) return [];
    const words = (a: { zh: string; en: string }): Bilingual => ({ zh: a.zh, en: a.en });
    const chosen = i.alternatives.find((a) => a.key === key);
    return [
      {
        id,
        question: { zh: i.zh, en: i.en },
        chosen: key,
        words: chosen === undefined ? { zh: '', en: '' } : words(chosen),
        status: i.status,
        ask: i.ask,
        others: i.alternatives
          .filter((a) => a.key !== key)
          .map((a) => ({ key: a.key, words: words(a) })),
      },
    ];
  });
}

/** Explains one item for one subject; the decision is made anew with its full trace. */
export function explain(
  engine: Engine,
  item: Item,
  subject: Subject,
  asOf: string,
  provenance: ReadonlyMap<string, Provenance> = new Map(),
  language: Language = 'zh',
): Explanation {
  const { ruleSet } = engine;
  const decision = engine.decide(item, subject, asOf, { trace: true });
  const conditions = engine
    .measures(item, subject, asOf)
    .map((m) => conditionLine(m, item, engine, language));
  const working = decision.steps.flatMap((s) => workingLine(s, engine, language) ?? []);
  const own = ruleSet.cites[item.cite]?.spans ?? [];
  const lit = [...conditions.map((c) => c.basis), ...working.map((w) => w.basis)].flatMap(
    (b) => b.spans,
  );
  const fen = decision.amount?.fen ?? null;
  const measure = item.id.split('.')[0] ?? '';
  return {
    decision,
    item,
    verdict: decision.verdict,
    measure: ruleSet.measures.find((m) => m.id === measure)?.title ?? '',
    conditions,
    working,
    facts: factLines(decision.steps, ruleSet, provenance, language),
    readings: readingLines(decision, ruleSet),
    shares: fen === null ? [] : splitShares(fen, item.shares),
    instalments: fen === null ? [] : splitShares(fen, item.instalments),
    law: own.map((s) => ({ start: s.start, end: s.end, text: s.quote })),
    lit: [...lit].toSorted((a, b) => a.start - b.start || a.end - b.end),
  };
}
