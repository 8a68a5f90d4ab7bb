/** Near misses: refused by one numeric condition alone, and by at most a fifth of its threshold. SQL
 *  finds who may be one; the rules engine measures them and gives the words. */
import type { Snapshot } from '@zhida/register';
import { compileSql, explain, valueText } from '@zhida/rules';
import type { Engine, Item, Subject } from '@zhida/rules';
import type { Group } from './groups.ts';
import { REFUSED } from './layout.ts';
import type { StoredItem } from './layout.ts';
import type { Measured } from './distribution.ts';
import { subjectsOf } from './plans.ts';
import type { Labels } from './plans.ts';
import { count, quoteName, text } from './duck.ts';
import type { Duck } from './duck.ts';
import type { Stored } from './stored.ts';
import { Subjects, labelled } from './subject.ts';
import type { NearMiss } from './summary.ts';

/** A gap counts as small up to threshold ÷ 5. */
const FIFTH = 5n;
/** Subjects of one condition that the engine measures one by one, unless the caller says otherwise. */
export const MEASURED_AT_MOST = 1000;
/** Near misses that an item lists. */
const LISTED = 200;

type Expr = Item['conditions'][number]['expr'];

/** Whether the engine could find a distance when `e` fails. */
function canMeasure(e: Expr, engine: Engine): boolean {
  const { ruleSet } = engine;
  switch (e.k) {
    case 'compare':
      return e.a.type.t === 'number';
    case 'in':
      return e.a.type.t === 'number' && e.tests.some((t) => t.k === 'interval');
    case 'hits':
      return true;
    case 'and':
    case 'or':
      return e.items.some((x) => canMeasure(x, engine));
    case 'decision': {
      const found = ruleSet.decisions.find((d) => d.name === e.name);
      return found !== undefined && canMeasure(found.expr, engine);
    }
    case 'reading': {
      const found = ruleSet.interpretations.find((i) => i.id === e.id);
      const chosen = found?.alternatives.find((a) => a.key === engine.inForce(e.id))?.expr ?? null;
      return chosen !== null && canMeasure(chosen, engine);
    }
    default:
      return false;
  }
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

type Measure = Omit<NearMiss, 'sentence' | 'sources'>;

/** The near miss of one refused subject; undefined when it is none. */
function measure(
  engine: Engine,
  item: Item,
  subject: Subject,
  asOf: string,
  labels: Labels,
): Measure | undefined {
  const { failed } = engine.decide(item, subject, asOf);
  const [failure] = failed;
  if (failure === undefined || failed.length !== 1) return undefined;
  const { value, threshold, gap, type, relation } = failure;
  if (typeof value !== 'bigint' || typeof threshold !== 'bigint' || type?.t !== 'number')
    return undefined;
  if (gap === undefined || gap <= 0n || gap * FIFTH > abs(threshold)) return undefined;
  const both = (n: bigint): NearMiss['gap'] => ({
    zh: valueText(n, type, 'zh'),
    en: valueText(n, type, 'en'),
  });
  const share = (gap * 10_000n + abs(threshold) - 1n) / abs(threshold);
  return {
    entity: item.entity,
    id: subject.id,
    ...labelled(subject, labels),
    item: item.name,
    itemId: item.id,
    condition: failure.condition,
    en: failure.en,
    valueScaled: value,
    thresholdScaled: threshold,
    gapScaled: gap,
    relation: relation ?? '',
    unit: type.unit,
    scale: type.scale,
    share: Number(share),
    yours: both(value),
    needs: both(threshold),
    gap: both(gap),
  };
}

/** The same with the words of the law and the units to ask. */
function worded(
  { engine, asOf }: NearSearch,
  item: Item,
  subject: Subject,
  miss: Measure,
): NearMiss {
  const lines = explain(engine, item, subject, asOf).conditions;
  const line = lines.find((c) => c.name === miss.condition);
  const sentence = (line?.basis.quotes ?? []).join('；');
  return { ...miss, sentence, sources: line?.sources ?? [] };
}

export interface NearSearch {
  readonly duck: Duck;
  readonly engine: Engine;
  readonly asOf: string;
  readonly snapshot: Snapshot;
  readonly labels: Labels;
  readonly measuredAtMost: number;
}

export interface NearFound {
  readonly count: number;
  /** Too many to measure each: of some conditions only a part was looked at. */
  readonly atLeast: boolean;
  readonly listed: readonly NearMiss[];
}

/** Rows in which condition `at` alone fails and all others hold have one of these states. */
function soleFailures(groups: readonly Group[], at: number): readonly Group[] {
  return groups.filter(
    (g) => g.verdict === REFUSED && g.conditions.every((c, n) => c === (n !== at)),
  );
}

function stateSql(item: StoredItem, groups: readonly Group[]): string {
  const tests = groups.map((g) => item.states.map((s, n) => `${s} = ${g.states[n]}`).join(' AND '));
  return [...new Set(tests)].map((t) => `(${t})`).join(' OR ');
}

/** Who may be near: all of the state when they are few, else the nearest by the measured number. */
async function candidates(
  { duck, measuredAtMost }: NearSearch,
  stored: Stored,
  plan: string,
  where: string,
  few: boolean,
  measured: Measured | undefined,
): Promise<{ readonly ids: readonly string[]; readonly count: number | undefined }> {
  const from = `SELECT id FROM ${stored.view} WHERE ${where}`;
  if (few || measured === undefined) {
    const rows = await duck.rows(`${from} ORDER BY id LIMIT ${measuredAtMost}`);
    return { ids: rows.map((r) => text(r['id'])), count: undefined };
  }
  // One step more is needed where the threshold itself does not do.
  const step = measured.relation === '>' || measured.relation === '<' ? 1n : 0n;
  const value = `CAST(${quoteName(measured.column)} AS HUGEINT)`;
  const some = measured.thresholds.filter((t) => t !== 0n);
  const gap = (t: bigint): string => `(abs(${value} - ${t}) + ${step})`;
  const gaps = some.map((t) => `${gap(t)} * ${FIFTH} <= ${abs(t)}`);
  const shares = some.map((t) => `${gap(t)} * 10000 // ${abs(t)}`);
  if (some.length === 0) return { ids: [], count: 0 };
  const rows = await duck.rows(
    `SELECT p.id, least(${shares.join(', ')}) AS share, count(*) OVER () AS n
     FROM (${plan}) p SEMI JOIN (${from}) s ON s.id = p.id WHERE ${gaps.join(' OR ')}
     ORDER BY share, p.id LIMIT ${measuredAtMost}`,
  );
  return { ids: rows.map((r) => text(r['id'])), count: count(rows[0]?.['n']) };
}

/** Subjects with the facts that the item reads, and those by which a list names them: the rest of a wide
 *  register is not touched. */
function readerFor({ duck, engine, asOf, snapshot, labels }: NearSearch, item: Item): Subjects {
  const { ruleSet, readings } = engine;
  const { reads } = compileSql(ruleSet, item.entity, { asOf, readings, items: [item.name] });
  const [first, ...others] = reads;
  const all = subjectsOf(ruleSet, item.entity);
  const read = new Set(first?.columns.map((c) => c.name));
  const columns = all.columns.filter(
    (c) => read.has(c.name) || [labels.name, labels.district].includes(c.label),
  );
  return new Subjects(duck, ruleSet, snapshot, 'near_', [{ ...all, columns }, ...others]);
}

/** Near misses of one item. `plan`: the SELECT of the entity, over views of everybody. */
export async function nearMissesOf(
  search: NearSearch,
  stored: Stored,
  item: { readonly rule: Item; readonly stored: StoredItem; readonly groups: readonly Group[] },
  plan: string,
  measured: readonly Measured[],
): Promise<NearFound> {
  const found: { readonly subject: Subject; readonly miss: Measure }[] = [];
  const reader = readerFor(search, item.rule);
  let more = 0;
  let atLeast = false;
  for (const [at, condition] of item.rule.conditions.entries()) {
    const sole = soleFailures(item.groups, at);
    const rows = sole.reduce((sum, g) => sum + g.rows, 0);
    if (rows === 0 || !canMeasure(condition.expr, search.engine)) continue;
    const own = measured.find((m) => m.item === item.rule.name && m.condition === condition.name);
    const few = rows <= search.measuredAtMost;
    const where = stateSql(item.stored, sole);
    const { ids, count: near } = await candidates(search, stored, plan, where, few, own);
    const subjects = await reader.read(item.rule.entity, ids);
    for (const subject of subjects.values()) {
      const miss = measure(search.engine, item.rule, subject, search.asOf, search.labels);
      if (miss !== undefined) found.push({ subject, miss });
    }
    if (near !== undefined && near > ids.length) more += near - ids.length;
    atLeast ||= near === undefined && !few;
  }
  const nearest = found.toSorted(
    ({ miss: a }, { miss: b }) => a.share - b.share || (a.id < b.id ? -1 : 1),
  );
  const listed = nearest
    .slice(0, LISTED)
    .map(({ subject, miss }) => worded(search, item.rule, subject, miss));
  return { count: found.length + more, atLeast, listed };
}
