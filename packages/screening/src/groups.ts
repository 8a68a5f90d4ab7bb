/** All rows of one item put together by state and district: from some hundred groups follow verdicts,
 *  funnel, money and districts without another look at the rows. */
import type { StoredItem } from './layout.ts';
import { GRANTED, REFUSED, VERDICTS, unpacked } from './layout.ts';
import { big, bigOrNull, count, text } from './duck.ts';
import type { Duck } from './duck.ts';
import type { Funnel, FunnelStep, Slice, Verdicts } from './summary.ts';
import { UNKNOWN } from './summary.ts';

export interface Group {
  readonly states: readonly bigint[];
  readonly verdict: number;
  readonly conditions: readonly (boolean | null)[];
  /** Empty: not known. */
  readonly district: string;
  readonly rows: number;
  /** Sum of the money column, and in how many rows it has a value. */
  readonly fen: bigint;
  readonly valued: number;
  readonly hardFen: bigint;
}

export async function groupsOf(
  duck: Duck,
  item: StoredItem,
  { from, sql }: { readonly from: string; readonly sql: string },
): Promise<readonly Group[]> {
  const states = item.states.map((s) => `r.${s}`).join(', ');
  const money = item.money === null ? 'NULL' : `r.${item.money}`;
  const hard = item.hard === null ? 'NULL' : `r.${item.hard}`;
  const rows = await duck.rows(
    `SELECT ${states}, ${sql} AS district, count(*) AS n, CAST(sum(${money}) AS HUGEINT) AS fen,
     count(${money}) AS valued, CAST(sum(${hard}) AS HUGEINT) AS hard FROM ${from} GROUP BY ALL`,
  );
  return rows.map((row) => {
    const packed = item.states.map((s) => bigOrNull(row[s]) ?? 0n);
    return {
      states: packed,
      ...unpacked(item, packed),
      district: text(row['district']),
      rows: count(row['n']),
      fen: big(row['fen']),
      valued: count(row['valued']),
      hardFen: big(row['hard']),
    };
  });
}

const total = (groups: readonly Group[]): number => groups.reduce((sum, g) => sum + g.rows, 0);

export function verdictsOf(groups: readonly Group[]): Verdicts {
  const of = (name: keyof Verdicts): number =>
    total(groups.filter((g) => VERDICTS[g.verdict] === name));
  return { 满足: of('满足'), 待认定: of('待认定'), 资料不足: of('资料不足'), 不满足: of('不满足') };
}

const isUndecided = (g: Group): boolean => g.verdict !== REFUSED && g.verdict !== GRANTED;

/** Sums of a set of groups. `amountFen` counts the granted, `potentialFen` the undecided. */
export function moneyOf(groups: readonly Group[]): {
  readonly amountFen: bigint;
  readonly hardFen: bigint;
  readonly potentialFen: bigint;
  readonly unbounded: number;
} {
  const fen = (some: readonly Group[]): bigint => some.reduce((sum, g) => sum + g.fen, 0n);
  const granted = groups.filter((g) => g.verdict === GRANTED);
  const undecided = groups.filter(isUndecided);
  return {
    amountFen: fen(granted),
    hardFen: granted.reduce((sum, g) => sum + g.hardFen, 0n),
    potentialFen: fen(undecided),
    unbounded: undecided.reduce((sum, g) => sum + g.rows - g.valued, 0),
  };
}

/** Where a group leaves the funnel: index of its first condition that does not hold, or −1. */
const exitOf = (g: Group): number => g.conditions.findIndex((c) => c !== true);

export function funnelOf(
  item: StoredItem,
  english: readonly string[],
  groups: readonly Group[],
): Funnel {
  let entering = total(groups);
  const steps = item.conditions.map((condition, at): FunnelStep => {
    const leaving = groups.filter((g) => exitOf(g) === at);
    const open = leaving.filter((g) => g.conditions[at] === null);
    const step = {
      condition,
      en: english[at] ?? '',
      entering,
      failed: total(leaving.filter((g) => g.conditions[at] === false)),
      unknown: total(open),
      otherwise: total(open.filter((g) => g.conditions.includes(false))),
    };
    entering -= step.failed + step.unknown;
    return step;
  });
  const rest = groups.filter((g) => exitOf(g) === -1);
  return {
    total: total(groups),
    steps,
    remaining: total(rest),
    amountUnknown: total(rest.filter(isUndecided)),
    amountNothing: total(rest.filter((g) => g.verdict === REFUSED)),
    granted: total(rest.filter((g) => g.verdict === GRANTED)),
  };
}

/** The item's money by district, greatest first. */
export function slicesOf(groups: readonly Group[]): readonly Slice[] {
  const names = [...new Set(groups.map((g) => g.district))];
  return names
    .map((district): Slice => {
      const own = groups.filter((g) => g.district === district);
      const { amountFen, potentialFen } = moneyOf(own);
      return {
        name: district === '' ? UNKNOWN : { zh: district, en: district },
        granted: total(own.filter((g) => g.verdict === GRANTED)),
        amountFen,
        undecided: total(own.filter(isUndecided)),
        potentialFen,
      };
    })
    .filter((s) => s.granted > 0 || s.undecided > 0)
    .toSorted(byMoney);
}

export function byMoney(a: Slice, b: Slice): number {
  const difference = b.amountFen - a.amountFen || b.potentialFen - a.potentialFen;
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return b.granted - a.granted || (a.name.zh < b.name.zh ? -1 : 1);
}
