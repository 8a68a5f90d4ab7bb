/** What a run says, from its stored results. Sums are made here from the rows, apart from the sums of the
 *  chunks; both must agree, or nothing is kept. */
import { prepare } from '@zhida/rules';
import type { Item, RuleSet } from '@zhida/rules';
import { capsOf } from './caps.ts';
import { distributionsOf, measuredOf } from './distribution.ts';
import { funnelOf, groupsOf, moneyOf, slicesOf, verdictsOf } from './groups.ts';
import type { Group } from './groups.ts';
import { VERDICTS } from './layout.ts';
import { missingOf } from './missing.ts';
import { nearMissesOf } from './near.ts';
import type { NearFound, NearSearch } from './near.ts';
import { kindOf } from './plans.ts';
import type { Labels, Question } from './plans.ts';
import { RunError } from './run-folder.ts';
import type { EntityResult } from './run-folder.ts';
import type { Duck } from './duck.ts';
import { districtOf, openResult } from './stored.ts';
import type { Stored } from './stored.ts';
import { Subjects } from './subject.ts';
import type {
  ItemSummary,
  Money,
  MoneySlice,
  NearMiss,
  RunSummary,
  Slice,
  Verdicts,
} from './summary.ts';
import { makeViews } from './views.ts';

export interface Results {
  readonly folder: string;
  readonly entities: readonly EntityResult[];
  readonly labels: Labels;
  readonly measuredAtMost: number;
  readonly onItem?: (done: number, total: number, entity: string) => void;
}

/** The SELECT of an entity as it was compiled, over views of everybody. */
export interface EntitySelect {
  readonly entity: string;
  readonly sql: string;
}

interface Looked {
  readonly summary: ItemSummary;
  readonly near: readonly NearMiss[];
}

function agree(what: string, one: bigint | number, other: bigint | number): void {
  if (one === other) return;
  throw new RunError('sums-differ', { what, one: String(one), other: String(other) });
}

/** The same sums, made from groups and from chunks. */
function checkSums(result: EntityResult, item: string, groups: readonly Group[]): void {
  const sum = result.sums[item];
  if (sum === undefined) return;
  const { amountFen, hardFen, potentialFen } = moneyOf(groups);
  const verdicts = verdictsOf(groups);
  VERDICTS.forEach((v, code) => agree(`${item} ${v}`, sum.verdicts[code] ?? 0, verdicts[v]));
  agree(`${item} Σ`, sum.amountFen ?? 0n, amountFen);
  agree(`${item} Σ 上限`, sum.hardFen ?? 0n, hardFen);
  agree(`${item} Σ 可能`, sum.potentialFen, potentialFen);
}

function sentenceOf(ruleSet: RuleSet, item: Item): string {
  return (ruleSet.cites[item.cite]?.spans ?? []).map((s) => s.quote).join('…');
}

function itemSummary(
  ruleSet: RuleSet,
  rule: Item,
  result: EntityResult,
  groups: readonly Group[],
  found: { readonly near: NearFound; readonly distributions: ItemSummary['distributions'] },
): ItemSummary {
  const stored = result.layout.items.find((i) => i.item === rule.name);
  if (stored === undefined) throw new Error(`${rule.name} is not in the result`);
  const money = moneyOf(groups);
  const amounts = (result.sums[rule.name]?.amountFen ?? null) !== null;
  return {
    item: rule.name,
    en: rule.en,
    itemId: rule.id,
    entity: rule.entity,
    kind: kindOf(rule),
    contingent: rule.contingent,
    mode: rule.mode ?? '',
    fund: rule.fund,
    payer: rule.payer,
    sentence: sentenceOf(ruleSet, rule),
    verdicts: verdictsOf(groups),
    amountFen: amounts ? money.amountFen : null,
    hardFen: stored.hard === null ? null : money.hardFen,
    potentialFen: money.potentialFen,
    potentialUnbounded: stored.money === null ? 0 : money.unbounded,
    funnel: funnelOf(
      stored,
      rule.conditions.map((c) => c.en),
      groups,
    ),
    districts: slicesOf(groups),
    distributions: found.distributions,
    nearMisses: found.near.count,
    nearMissesAtLeast: found.near.atLeast,
  };
}

const KIND_SUMS = {
  exactly: 'exactlyFen',
  atMost: 'atMostFen',
  atLeast: 'atLeastFen',
  softAtMost: 'softAtMostFen',
} as const;

/** Adds up parts of items, each kind of amount by itself. */
function moneyOver(
  parts: readonly {
    readonly kind: ItemSummary['kind'];
    readonly amountFen: bigint;
    readonly potentialFen: bigint;
  }[],
): Money {
  const sum = {
    exactlyFen: 0n,
    atMostFen: 0n,
    atLeastFen: 0n,
    softAtMostFen: 0n,
    potentialFen: 0n,
  };
  for (const { kind, amountFen, potentialFen } of parts) {
    if (kind in KIND_SUMS) sum[KIND_SUMS[kind as keyof typeof KIND_SUMS]] += amountFen;
    sum.potentialFen += potentialFen;
  }
  return sum;
}

type Part = Slice & { readonly kind: ItemSummary['kind'] };

function slicesOver(parts: readonly Part[]): readonly MoneySlice[] {
  const names = [...new Map(parts.map((p) => [p.name.zh, p.name])).values()];
  const whole = ({ money: m }: MoneySlice): bigint =>
    m.exactlyFen + m.atMostFen + m.atLeastFen + m.softAtMostFen + m.potentialFen;
  const slices = names.map((name): MoneySlice => {
    const own = parts.filter((p) => p.name.zh === name.zh);
    const number = (of: (p: Part) => number): number => own.reduce((sum, p) => sum + of(p), 0);
    return {
      name,
      granted: number((p) => p.granted),
      undecided: number((p) => p.undecided),
      money: moneyOver(own),
    };
  });
  return slices.toSorted((a, b) => {
    const [one, other] = [whole(a), whole(b)];
    return one === other ? b.granted - a.granted : one < other ? 1 : -1;
  });
}

/** The whole item as one slice under the name of its payer or fund. */
function itemSlice(name: Slice['name'], i: ItemSummary): Part {
  return {
    kind: i.kind,
    name,
    granted: i.verdicts.满足,
    amountFen: i.amountFen ?? 0n,
    undecided: i.verdicts.待认定 + i.verdicts.资料不足,
    potentialFen: i.potentialFen,
  };
}

function allVerdicts(items: readonly ItemSummary[]): Verdicts {
  const of = (v: keyof Verdicts): number => items.reduce((sum, i) => sum + i.verdicts[v], 0);
  return { 满足: of('满足'), 待认定: of('待认定'), 资料不足: of('资料不足'), 不满足: of('不满足') };
}

/** One entity: all its items. */
async function lookAt(
  search: NearSearch,
  q: Question,
  stored: Stored,
  select: string,
  labels: Labels,
): Promise<readonly Looked[]> {
  const { result } = stored;
  const { ruleSet, snapshot } = q;
  const measured = measuredOf(result);
  const distributions = await distributionsOf(search.duck, `(${select})`, measured);
  const looked: Looked[] = [];
  for (const item of result.layout.items) {
    const rule = ruleSet.items.find((i) => i.name === item.item);
    if (rule === undefined) continue;
    const both = { rule, stored: item };
    const from = await districtOf(search.duck, { ruleSet, snapshot }, stored, both, labels);
    const groups = await groupsOf(search.duck, item, from);
    checkSums(result, item.item, groups);
    const near = await nearMissesOf(search, stored, { ...both, groups }, select, measured);
    const own = distributions.filter((d) => d.item === item.item).map((d) => d.distribution);
    const summary = itemSummary(ruleSet, rule, result, groups, { near, distributions: own });
    looked.push({ summary, near: near.listed });
  }
  return looked;
}

/** Sums up a run. Throws RunError when two ways of summing differ. */
export async function summarise(
  duck: Duck,
  q: Question,
  { folder, entities, labels, measuredAtMost, onItem }: Results,
  selects: readonly EntitySelect[],
): Promise<Omit<RunSummary, 'run'>> {
  const { ruleSet, snapshot, asOf, readings } = q;
  const engine = prepare(ruleSet, readings);
  const subjects = new Subjects(duck, ruleSet, snapshot);
  const search: NearSearch = { duck, engine, asOf, snapshot, labels, measuredAtMost };
  const results: Stored[] = [];
  const looked: Looked[] = [];
  for (const [n, result] of entities.entries()) {
    const stored = await openResult(duck, folder, result);
    results.push(stored);
    await makeViews(duck, snapshot, result.reads);
    const select = selects.find((s) => s.entity === result.entity)?.sql ?? '';
    looked.push(...(await lookAt(search, q, stored, select, labels)));
    onItem?.(n + 1, entities.length, result.entity);
  }
  const order = new Map(ruleSet.items.map((i, n) => [i.name, n]));
  const items = looked
    .map((l) => l.summary)
    .toSorted((a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0));
  const paid = items.filter((i) => i.kind !== 'none');
  return {
    format: 1,
    money: moneyOver(items.map((i) => ({ ...i, amountFen: i.amountFen ?? 0n }))),
    verdicts: allVerdicts(items),
    items,
    districts: slicesOver(items.flatMap((i) => i.districts.map((d) => ({ ...d, kind: i.kind })))),
    payers: slicesOver(paid.map((i) => itemSlice(i.payer, i))),
    funds: slicesOver(paid.map((i) => itemSlice(i.fund, i))),
    caps: await capsOf({ ...search, subjects }, results),
    ...(await missingOf(duck, ruleSet, results)),
    nearMisses: looked.flatMap((l) => l.near),
    comparison: null,
  };
}
