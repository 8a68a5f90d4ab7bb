/** A run that never happened, for pages: every shape a summary can have, every amount another one. */
import type {
  AmountKind,
  Comparison,
  Distribution,
  ItemSummary,
  Money,
  MoneySlice,
  RunHead,
  RunSummary,
  Slice,
} from '@zhida/screening';

/** What no page may take for its own markup. */
export const HOSTILE = `<script>alert("1")</script>&'`;

const KINDS: readonly AmountKind[] = [
  'exactly',
  'atMost',
  'atLeast',
  'softAtMost',
  'elsewhere',
  'unstated',
  'none',
];
const PLACES: readonly Slice['name'][] = [
  { zh: `明山区${HOSTILE}`, en: `Mingshan${HOSTILE}` },
  { zh: '平山区', en: 'Pingshan' },
  { zh: '未知', en: 'unknown' },
];

/** Amounts that are all different, so that each can be found on the page. */
class Amounts {
  #next: bigint;
  readonly #step: bigint;

  constructor(unit: bigint) {
    this.#next = unit;
    this.#step = unit / 7n + 1_000_003n;
  }

  take(): bigint {
    this.#next += this.#step;
    return this.#next;
  }
}

const HEAD: RunHead = {
  id: '0123456789abcdef',
  package: {
    id: 'benxi-2023-10',
    hash: 'a'.repeat(64),
    number: '本政规〔2023〕10号',
    title: { zh: `若干措施${HOSTILE}`, en: `Measures${HOSTILE}` },
    version: '1.0.0',
  },
  snapshot: 'b'.repeat(64),
  asOf: '2023-12-20',
  readings: [{ id: '3.3#1', key: '乙' }],
  items: [],
  rows: 100,
  entities: [{ entity: `企业${HOSTILE}`, en: 'Enterprise', rows: 100, plan: 'c'.repeat(64) }],
  started: '',
  finished: '2023-12-20T01:02:04Z',
  engine: { name: 'DuckDB', version: '1.5.5', dialect: 'duckdb' },
  mark: 'trial',
  parts: [],
};

const isSummed = (kind: AmountKind): boolean =>
  ['exactly', 'atMost', 'atLeast', 'softAtMost'].includes(kind);

function distribution(known: number): Distribution {
  const ends = [null, 0n, 40_000_000_00n, 50_000_000_00n, 60_000_000_00n, null];
  return {
    condition: `零售额增量${HOSTILE}`,
    en: 'Increase in sales',
    unit: '元',
    scale: 2,
    relation: '>=',
    thresholdsScaled: [50_000_000_00n],
    known,
    unknown: 7,
    bins: ends.slice(0, -1).map((from, at) => ({
      fromScaled: from,
      toScaled: ends[at + 1] ?? null,
      count: known === 0 ? 0 : 3 + at,
    })),
    bunching: [
      {
        thresholdScaled: 50_000_000_00n,
        within: [
          { percent: 2, below: 0, above: 4 },
          { percent: 5, below: 2, above: 11 },
          { percent: 10, below: 31, above: 37 },
        ],
      },
    ],
  };
}

function itemOf(n: number, amounts: Amounts): ItemSummary {
  const kind = KINDS[n % KINDS.length] ?? 'none';
  const quiet = n % 9 === 8;
  const districts = PLACES.map((name): Slice => ({
    name,
    granted: 2,
    amountFen: isSummed(kind) && !quiet ? amounts.take() : 0n,
    undecided: 3,
    potentialFen: quiet ? 0n : amounts.take(),
  }));
  const sum = (of: (s: Slice) => bigint): bigint => districts.reduce((all, d) => all + of(d), 0n);
  return {
    item: `待遇${n}${HOSTILE}`,
    en: n % 5 === 4 ? '' : `Benefit ${n}${HOSTILE}`,
    itemId: `${n}.1`,
    entity: '企业',
    kind,
    contingent: n % 4 === 1,
    mode: '免申即享',
    fund: { zh: `专项资金${HOSTILE}`, en: 'Fund' },
    payer: { zh: '市财政局', en: 'Finance Bureau' },
    sentence: `给予奖励${HOSTILE}`,
    verdicts: quiet
      ? { 满足: 0, 待认定: 0, 资料不足: 0, 不满足: 100 }
      : { 满足: 6, 待认定: 4, 资料不足: 5, 不满足: 85 },
    amountFen: isSummed(kind) ? sum((d) => d.amountFen) : null,
    hardFen: kind === 'softAtMost' ? amounts.take() : null,
    potentialFen: sum((d) => d.potentialFen),
    potentialUnbounded: 1,
    funnel: {
      total: 100,
      steps: [
        {
          condition: `行业${HOSTILE}`,
          en: 'Industry',
          entering: 100,
          failed: 70,
          unknown: 4,
          otherwise: 1,
        },
        { condition: '规模', en: '', entering: 26, failed: 13, unknown: 5, otherwise: 0 },
      ],
      remaining: 8,
      amountUnknown: 1,
      amountNothing: 1,
      granted: 6,
    },
    districts,
    distributions: n === 0 ? [distribution(25), distribution(0)] : [],
    nearMisses: n === 0 ? 5 : 0,
    nearMissesAtLeast: n === 0,
  };
}

function moneyOf(
  parts: readonly { readonly kind: AmountKind; readonly slice: Omit<Slice, 'name'> }[],
): Money {
  const of = (kind: AmountKind): bigint =>
    parts.reduce((sum, p) => (p.kind === kind ? sum + p.slice.amountFen : sum), 0n);
  return {
    exactlyFen: of('exactly'),
    atMostFen: of('atMost'),
    atLeastFen: of('atLeast'),
    softAtMostFen: of('softAtMost'),
    potentialFen: parts.reduce((sum, p) => sum + p.slice.potentialFen, 0n),
  };
}

function slicesOver(items: readonly ItemSummary[], names: readonly Slice['name'][]): MoneySlice[] {
  return names.map((name, at) => {
    const parts = items.flatMap(({ kind, districts }) => {
      const slice = districts[at];
      return slice === undefined ? [] : [{ kind, slice }];
    });
    const granted = parts.reduce((n, p) => n + p.slice.granted, 0);
    return { name, granted, undecided: granted, money: moneyOf(parts) };
  });
}

function comparisonOf({ item, itemId, entity, kind }: ItemSummary, amounts: Amounts): Comparison {
  const who = { entity, id: '91210500X', name: `甲${HOSTILE}`, district: '平山区', item, itemId };
  return {
    previous: { ...HEAD, id: 'fedcba9876543210' },
    rules: ['package', 'readings', 'day', 'items'],
    sameSnapshot: false,
    items: [
      {
        item,
        itemId,
        entity,
        kind,
        beforeFen: amounts.take(),
        afterFen: amounts.take(),
        changes: [
          { kind: 'entered', cause: 'facts', count: 2, differenceFen: amounts.take() },
          { kind: 'left', cause: 'register', count: 1, differenceFen: -amounts.take() },
          { kind: 'amount', cause: 'rules', count: 1, differenceFen: amounts.take() },
          { kind: 'verdict', cause: 'both', count: 1, differenceFen: 0n },
        ],
      },
    ],
    total: 5,
    listed: [
      {
        ...who,
        kind: 'left',
        cause: 'register',
        before: { verdict: '满足', amountFen: amounts.take() },
        after: null,
        facts: [{ path: `企业.行业${HOSTILE}`, before: HOSTILE, after: '' }],
      },
    ],
  };
}

function nearOf({ item, itemId, entity }: ItemSummary): RunSummary['nearMisses'][number] {
  return {
    entity,
    id: `9121${HOSTILE}`,
    name: `乙${HOSTILE}`,
    district: '平山区',
    item,
    itemId,
    condition: `规模${HOSTILE}`,
    en: 'Size',
    valueScaled: 999n,
    thresholdScaled: 1000n,
    gapScaled: 1n,
    relation: '>=',
    unit: '亩',
    scale: 2,
    share: 10,
    yours: { zh: '9.99亩', en: '9.99 mu' },
    needs: { zh: '≥ 10亩', en: '≥ 10 mu' },
    gap: { zh: '0.01亩', en: '0.01 mu' },
    sentence: HOSTILE,
    sources: [`市统计局${HOSTILE}`],
  };
}

function missingOf(
  { item, itemId, entity }: ItemSummary,
  kind: 'fact' | 'gate',
  amounts: Amounts,
): RunSummary['missing'][number] {
  const aloneFen = amounts.take();
  const each = { waits: 7, aloneWaits: 3, aloneFen, potentialFen: aloneFen + amounts.take() };
  return {
    kind,
    path: kind === 'fact' ? `企业.从业人员${HOSTILE}` : `知名品牌${HOSTILE}`,
    en: kind === 'fact' ? `Staff${HOSTILE}` : '',
    month: kind === 'fact' ? '2023-09' : '',
    source: `市统计局${HOSTILE}`,
    subjects: 7,
    aloneSubjects: 3,
    ...each,
    items: [{ item, itemId, entity, ...each }],
  };
}

function capOf({ item }: ItemSummary, amounts: Amounts): RunSummary['caps'][number] {
  const [limitFen, overFen] = [amounts.take(), amounts.take()];
  const line = { item, subject: `9121${HOSTILE}`, name: `丙${HOSTILE}` };
  return {
    cap: `载体年度${HOSTILE}`,
    en: 'Carrier and year',
    items: [item],
    labels: ['首店.载体', '年'],
    keys: 3,
    wantedFen: amounts.take(),
    overKeys: 1,
    overFen,
    unkeyed: 1,
    order: '先到先得',
    over: [
      {
        key: [`万达${HOSTILE}`, '2023'],
        awards: 2,
        wantedFen: limitFen + overFen,
        limitFen,
        overFen,
        lines: [{ ...line, wantedFen: amounts.take(), allowedFen: amounts.take() }],
      },
    ],
  };
}

/** `unit`: 分 from which the amounts begin. */
export function makeRun(count: number, unit: bigint = 12_345_67n): RunSummary {
  const amounts = new Amounts(unit);
  const items = Array.from({ length: count }, (_, n) => itemOf(n, amounts));
  const [first] = items;
  const verdict = (v: keyof ItemSummary['verdicts']): number =>
    items.reduce((n, i) => n + i.verdicts[v], 0);
  const whole = items.flatMap(({ kind, districts }) => districts.map((slice) => ({ kind, slice })));
  const all = {
    name: PLACES[1] ?? { zh: '', en: '' },
    granted: 1,
    undecided: 1,
    money: moneyOf(whole),
  };
  return {
    format: 1,
    run: { ...HEAD, items: items.map((i) => i.item) },
    money: moneyOf(whole),
    verdicts: {
      满足: verdict('满足'),
      待认定: verdict('待认定'),
      资料不足: verdict('资料不足'),
      不满足: verdict('不满足'),
    },
    items,
    districts: slicesOver(items, PLACES),
    payers: [all],
    funds: [all],
    caps: first === undefined ? [] : [capOf(first, amounts)],
    missing:
      first === undefined
        ? []
        : [missingOf(first, 'fact', amounts), missingOf(first, 'gate', amounts)],
    sources: [
      {
        source: `市统计局${HOSTILE}`,
        facts: 2,
        waits: 7,
        potentialFen: amounts.take(),
        aloneWaits: 3,
        aloneFen: amounts.take(),
      },
    ],
    nearMisses: first === undefined ? [] : [nearOf(first)],
    comparison: first === undefined ? null : comparisonOf(first, amounts),
  };
}
