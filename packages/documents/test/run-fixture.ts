/** A run that never happened, in every shape that a run can have: rows first, and the summary added up
 *  from them by other means than the workbook's. Deterministic. */
import type {
  AmountKind,
  ItemSummary,
  Money,
  MoneySlice,
  NearMiss,
  ResultRow,
  RunHead,
  RunSummary,
  Slice,
  Verdict,
} from '@zhida/screening';
import type { RowsOf } from '../src/screening/context.ts';

export interface Made {
  readonly summary: RunSummary;
  readonly rows: RowsOf;
  readonly all: ReadonlyMap<string, readonly ResultRow[]>;
}

export interface Wish {
  readonly items: number;
  readonly subjects: number;
  readonly comparison?: boolean;
  /** 分 that one award is worth beside its index; beyond 2^53 for the largest. */
  readonly unitFen?: bigint;
  /** Name of the nth subject. */
  readonly nameOf?: (n: number) => string;
}

const KINDS: readonly AmountKind[] = [
  'exactly',
  'atMost',
  'atLeast',
  'softAtMost',
  'elsewhere',
  'unstated',
  'none',
];
const ORDER: readonly Verdict[] = ['满足', '待认定', '资料不足', '不满足'];
const DISTRICTS = ['平山区', '溪湖区', '明山区', '南芬区', '本溪满族自治县', '桓仁满族自治县', ''];
const PAYERS = [
  { zh: '市财政局', en: 'Municipal Finance Bureau' },
  { zh: '市人社局', en: '' },
];

export const HEAD: RunHead = {
  id: '0123456789abcdef',
  package: {
    id: 'benxi-2023-10',
    hash: 'a'.repeat(64),
    number: '本政规〔2023〕10号',
    title: { zh: '关于促进经济稳中向好的若干政策措施', en: 'Measures & more <for the economy>' },
    version: '1.0.0',
  },
  snapshot: 'b'.repeat(64),
  asOf: '2023-12-20',
  readings: [{ id: '3.3#1', key: '乙' }],
  items: [],
  rows: 0,
  entities: [],
  started: '2023-12-20T01:02:03Z',
  finished: '2023-12-20T01:02:04Z',
  engine: { name: 'DuckDB', version: '1.5.5', dialect: 'duckdb' },
  mark: 'trial',
  parts: [],
};

const SENTENCE =
  '对限额以上批发和零售业法人企业，依据企业在2023年9月至11月期间累计实现的限上零售额增量情况给予奖励。'.repeat(
    3,
  );

function mix(n: number): number {
  let x = (n + 1) * 2_654_435_761;
  x = (x ^ (x >>> 16)) >>> 0;
  x = (x * 2_246_822_519) >>> 0;
  return (x ^ (x >>> 13)) >>> 0;
}

const hasAmount = (kind: AmountKind): boolean =>
  ['exactly', 'atMost', 'atLeast', 'softAtMost'].includes(kind);

function rowOf(item: number, n: number, kind: AmountKind, wish: Wish): ResultRow {
  const dice = mix(item * 1_000_003 + n);
  const verdict = ORDER[dice % 4] ?? '不满足';
  const id = `91210500${String(10_000_000 + n)}X${item % 10}`.slice(0, 18);
  const money = (wish.unitFen ?? 1_234_567n) * BigInt((dice % 97) + 1);
  const open = verdict === '待认定' || verdict === '资料不足';
  const bounded = open && dice % 5 !== 0 && kind !== 'none';
  return {
    entity: '企业',
    id,
    name: wish.nameOf?.(n) ?? `本溪市第${n}商贸有限公司`,
    district: DISTRICTS[dice % DISTRICTS.length] ?? '',
    payee: id,
    payeeName: `收款 ${n}`,
    item: nameOf(item),
    itemId: idOf(item),
    verdict,
    amountFen: verdict === '满足' && hasAmount(kind) ? money : null,
    hardFen: verdict === '满足' && kind === 'softAtMost' ? money * 2n : null,
    potentialFen: bounded ? money + 1n : null,
    conditions: [true, verdict !== '不满足', verdict === '资料不足' ? null : true],
    missing:
      verdict === '资料不足'
        ? [{ path: '企业.从业人员', month: '2023-09', source: '市统计局' }]
        : [],
    pending: verdict === '待认定' ? ['知名品牌'] : [],
    caps: verdict === '满足' ? [{ cap: '载体年度', key: ['万达', '2023'], limitFen: 1_00n }] : [],
    reasons: verdict === '不满足' ? ['「行业」不符合'] : [],
  };
}

const nameOf = (item: number): string =>
  item === 1 ? '待遇/一:[补贴]？*且名称很长很长很长很长很长很长很长很长很长很长' : `待遇${item}`;
const idOf = (item: number): string => `${Math.floor(item / 3) + 1}.${item % 3}`;

function total<T>(rows: readonly T[], of: (row: T) => bigint | null): bigint {
  let all = 0n;
  for (const row of rows) all += of(row) ?? 0n;
  return all;
}

function slicesOf(rows: readonly ResultRow[]): readonly Slice[] {
  return DISTRICTS.map((district): Slice => {
    const own = rows.filter((r) => r.district === district);
    const granted = own.filter((r) => r.verdict === '满足');
    const open = own.filter((r) => r.verdict === '待认定' || r.verdict === '资料不足');
    return {
      name: district === '' ? { zh: '未知', en: 'unknown' } : { zh: district, en: district },
      granted: granted.length,
      amountFen: total(granted, (r) => r.amountFen),
      undecided: open.length,
      potentialFen: total(open, (r) => r.potentialFen),
    };
  });
}

function itemOf(item: number, kind: AmountKind, rows: readonly ResultRow[]): ItemSummary {
  const of = (v: Verdict): number => rows.filter((r) => r.verdict === v).length;
  const open = rows.filter((r) => r.verdict === '待认定' || r.verdict === '资料不足');
  const verdicts = {
    满足: of('满足'),
    待认定: of('待认定'),
    资料不足: of('资料不足'),
    不满足: of('不满足'),
  };
  const step = { failed: 0, unknown: 0, otherwise: 0 };
  const enters = rows.length - verdicts.不满足;
  return {
    item: nameOf(item),
    en: item === 2 ? '' : `Benefit ${item}`,
    itemId: idOf(item),
    entity: '企业',
    kind,
    contingent: item % 4 === 0,
    mode: kind === 'none' ? '' : '免申即享',
    fund: { zh: '市级专项资金', en: 'Municipal fund' },
    payer: PAYERS[item % 2] ?? { zh: '', en: '' },
    sentence: SENTENCE,
    verdicts,
    amountFen: hasAmount(kind) ? total(rows, (r) => r.amountFen) : null,
    hardFen: kind === 'softAtMost' ? total(rows, (r) => r.hardFen) : null,
    potentialFen: total(open, (r) => r.potentialFen),
    potentialUnbounded: kind === 'none' ? 0 : open.filter((r) => r.potentialFen === null).length,
    funnel: {
      total: rows.length,
      steps: [
        { condition: '行业', en: 'Industry', entering: rows.length, ...step },
        { condition: '规模', en: 'Size', entering: rows.length, ...step, failed: verdicts.不满足 },
        { condition: '增量', en: '', entering: enters, ...step, unknown: verdicts.资料不足 },
      ],
      remaining: enters - verdicts.资料不足,
      amountUnknown: verdicts.待认定,
      amountNothing: 0,
      granted: verdicts.满足,
    },
    districts: slicesOf(rows),
    distributions: [],
    nearMisses: Math.min(2, verdicts.不满足),
    nearMissesAtLeast: item % 2 === 1,
  };
}

function nearOf(rows: readonly ResultRow[]): readonly NearMiss[] {
  return rows
    .filter((r) => r.verdict === '不满足')
    .slice(0, 2)
    .map((r) => ({
      entity: r.entity,
      id: r.id,
      name: r.name,
      district: r.district,
      item: r.item,
      itemId: r.itemId,
      condition: '规模',
      en: 'Size',
      valueScaled: 499_999_999n,
      thresholdScaled: 500_000_000n,
      gapScaled: 1n,
      relation: '>=',
      unit: '元',
      scale: 2,
      share: 1,
      yours: { zh: '4,999,999.99元', en: '4,999,999.99元' },
      needs: { zh: '≥ 5,000,000元', en: '≥ 5,000,000元' },
      gap: { zh: '0.01元', en: '0.01元' },
      sentence: '「5000万元（包含）」',
      sources: ['市统计局'],
    }));
}

const NONE: Money = {
  exactlyFen: 0n,
  atMostFen: 0n,
  atLeastFen: 0n,
  softAtMostFen: 0n,
  potentialFen: 0n,
};

function moneyOf(
  parts: readonly { kind: AmountKind; amountFen: bigint; potentialFen: bigint }[],
): Money {
  return parts.reduce<Money>((sum, p) => {
    const potentialFen = sum.potentialFen + p.potentialFen;
    if (!hasAmount(p.kind)) return { ...sum, potentialFen };
    const field = `${p.kind as 'exactly'}Fen` as const;
    return { ...sum, potentialFen, [field]: sum[field] + p.amountFen };
  }, NONE);
}

function slicesOver(
  items: readonly ItemSummary[],
  of: (i: ItemSummary) => readonly Slice[],
): MoneySlice[] {
  const parts = items.flatMap((i) => of(i).map((s) => ({ ...s, kind: i.kind })));
  const names = new Map(parts.map((p) => [p.name.zh, p.name]));
  return [...names.values()].map((name) => {
    const own = parts.filter((p) => p.name.zh === name.zh);
    const granted = own.reduce((n, p) => n + p.granted, 0);
    const undecided = own.reduce((n, p) => n + p.undecided, 0);
    return { name, granted, undecided, money: moneyOf(own) };
  });
}

const whole = (i: ItemSummary, name: Slice['name']): Slice => ({
  name,
  granted: i.verdicts.满足,
  amountFen: i.amountFen ?? 0n,
  undecided: i.verdicts.待认定 + i.verdicts.资料不足,
  potentialFen: i.potentialFen,
});

export function makeRun(wish: Wish): Made {
  const all = new Map<string, readonly ResultRow[]>();
  const items: ItemSummary[] = [];
  for (let item = 0; item < wish.items; item++) {
    const kind = KINDS[item % KINDS.length] ?? 'none';
    const subjects = item === wish.items - 1 && item > 0 ? 0 : wish.subjects;
    const rows = Array.from({ length: subjects }, (_, n) => rowOf(item, n, kind, wish));
    all.set(nameOf(item), rows);
    items.push(itemOf(item, kind, rows));
  }
  const count = (v: Verdict): number => items.reduce((n, i) => n + i.verdicts[v], 0);
  const [first] = items;
  const summary: RunSummary = {
    format: 1,
    run: {
      ...HEAD,
      items: items.map((i) => i.item),
      rows: wish.subjects,
      entities: [{ entity: '企业', en: 'Enterprise', rows: wish.subjects, plan: 'c'.repeat(64) }],
    },
    money: moneyOf(items.map((i) => ({ ...i, amountFen: i.amountFen ?? 0n }))),
    verdicts: {
      满足: count('满足'),
      待认定: count('待认定'),
      资料不足: count('资料不足'),
      不满足: count('不满足'),
    },
    items,
    districts: slicesOver(items, (i) => i.districts),
    payers: slicesOver(items, (i) => [whole(i, i.payer)]),
    funds: slicesOver(items, (i) => [whole(i, i.fund)]),
    caps: first === undefined ? [] : [capOf(first)],
    missing: first === undefined ? [] : [missingOf(first)],
    sources: [
      {
        source: '市统计局',
        facts: 1,
        waits: 7,
        potentialFen: 12_345n,
        aloneWaits: 3,
        aloneFen: 45n,
      },
    ],
    nearMisses: [...all.values()].flatMap(nearOf),
    comparison: wish.comparison === true && first !== undefined ? comparisonOf(first) : null,
  };
  return { summary, all, rows: (item, verdicts) => portions(all.get(item) ?? [], verdicts) };
}

async function* portions(
  rows: readonly ResultRow[],
  verdicts: readonly Verdict[],
): AsyncGenerator<readonly ResultRow[]> {
  const own = rows.filter((r) => verdicts.includes(r.verdict));
  for (let at = 0; at < own.length; at += 1000) yield own.slice(at, at + 1000);
}

function capOf({ item }: ItemSummary): RunSummary['caps'][number] {
  const line = {
    item,
    subject: '912105001234',
    name: '=甲公司',
    wantedFen: 150_00n,
    allowedFen: 99_99n,
  };
  return {
    cap: '载体年度',
    en: 'Carrier and year',
    items: [item],
    labels: ['首店.载体', '年'],
    keys: 3,
    wantedFen: 1_000_050n,
    overKeys: 2,
    overFen: 50_01n,
    unkeyed: 1,
    order: '先到先得',
    over: [
      {
        key: ['万达', '2023'],
        awards: 1,
        wantedFen: 150_00n,
        limitFen: 99_99n,
        overFen: 50_01n,
        lines: [line],
      },
    ],
  };
}

function missingOf({ item, itemId, entity }: ItemSummary): RunSummary['missing'][number] {
  const each = { waits: 7, aloneWaits: 3, potentialFen: 12_345n, aloneFen: 45n };
  return {
    kind: 'fact',
    path: '企业.从业人员',
    en: 'Enterprise › Staff',
    month: '2023-09',
    source: '市统计局',
    subjects: 7,
    aloneSubjects: 3,
    ...each,
    items: [{ item, itemId, entity, ...each }],
  };
}

function comparisonOf({
  item,
  itemId,
  entity,
  kind,
  amountFen,
}: ItemSummary): RunSummary['comparison'] {
  const who = { entity, id: '912105009999', name: '乙公司', district: '平山区', item, itemId };
  return {
    previous: { ...HEAD, id: 'fedcba9876543210', asOf: '2023-11-30' },
    rules: ['day', 'readings'],
    sameSnapshot: false,
    items: [
      {
        item,
        itemId,
        entity,
        kind,
        beforeFen: 777_77n,
        afterFen: amountFen,
        changes: [
          { kind: 'entered', cause: 'facts', count: 2, differenceFen: 888_88n },
          { kind: 'left', cause: 'register', count: 1, differenceFen: -999_99n },
        ],
      },
    ],
    total: 3,
    listed: [
      {
        ...who,
        kind: 'left',
        cause: 'register',
        before: { verdict: '满足', amountFen: 999_99n },
        after: null,
        facts: [{ path: '企业.行业', before: '批发业', after: '' }],
      },
    ],
  };
}
