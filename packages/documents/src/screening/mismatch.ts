/** The workbook and the summary must say the same to the 分; else there is no workbook. */
import type { ItemSummary, Money, ResultRow, RunSummary, Verdict } from '@zhida/screening';
import { sum, yuan } from './table.ts';

/** The rows of an item, or parts of the summary, do not add up: no such workbook is finished. */
export class WorkbookMismatch extends Error {
  override readonly name = 'WorkbookMismatch';
}

function same(what: string, found: bigint | number, said: bigint | number): void {
  if (BigInt(found) === BigInt(said)) return;
  const show = (n: bigint | number): string => (typeof n === 'bigint' ? yuan(n) : String(n));
  throw new WorkbookMismatch(`${what}: ${show(found)}, but the summary says ${show(said)}`);
}

const FIELDS = [
  'exactlyFen',
  'atMostFen',
  'atLeastFen',
  'softAtMostFen',
  'potentialFen',
] as const satisfies readonly (keyof Money)[];

/** An item's amount as money of its kind. */
export function moneyOf({ kind, amountFen, potentialFen }: ItemSummary): Money {
  const of = (wanted: ItemSummary['kind']): bigint => (kind === wanted ? (amountFen ?? 0n) : 0n);
  return {
    exactlyFen: of('exactly'),
    atMostFen: of('atMost'),
    atLeastFen: of('atLeast'),
    softAtMostFen: of('softAtMost'),
    potentialFen,
  };
}

/** Items, districts, payers and funds each add up to the money of the run, kind by kind. Throws
 *  `WorkbookMismatch`. */
export function checkSummary(s: RunSummary): void {
  const parts = {
    items: s.items.map((i) => moneyOf(i)),
    districts: s.districts.map((d) => d.money),
    payers: s.payers.map((p) => p.money),
    funds: s.funds.map((f) => f.money),
  };
  for (const [name, moneys] of Object.entries(parts)) {
    for (const field of FIELDS) {
      same(
        `${name}, ${field}`,
        sum(moneys, (m) => m[field]),
        s.money[field],
      );
    }
  }
  for (const verdict of ['满足', '待认定', '资料不足', '不满足'] as const) {
    const all = s.items.reduce((n, i) => n + i.verdicts[verdict], 0);
    same(`items, ${verdict}`, all, s.verdicts[verdict]);
  }
}

/** Adds up the rows of an item while they are written. */
export class RowSums {
  readonly #item: ItemSummary;
  readonly #verdicts: Record<Verdict, number> = { 满足: 0, 待认定: 0, 资料不足: 0, 不满足: 0 };
  #amountFen = 0n;
  #hardFen = 0n;
  #potentialFen = 0n;
  #unbounded = 0;

  constructor(item: ItemSummary) {
    this.#item = item;
  }

  add(row: ResultRow, wanted: Verdict): void {
    const { item } = this.#item;
    if (row.verdict !== wanted || row.item !== item) {
      throw new WorkbookMismatch(
        `${item}: ${row.id} under ${row.item} is ${row.verdict}; asked for ${wanted}`,
      );
    }
    this.#verdicts[row.verdict] += 1;
    if (row.verdict === '满足') {
      this.#amountFen += row.amountFen ?? 0n;
      this.#hardFen += row.hardFen ?? 0n;
    } else if (row.verdict !== '不满足') {
      this.#potentialFen += row.potentialFen ?? 0n;
      if (row.potentialFen === null) this.#unbounded += 1;
    }
  }

  /** Throws `WorkbookMismatch` when the rows so far, all of `verdicts`, are not what the summary says. */
  check(verdicts: readonly Verdict[]): void {
    const { item, amountFen, hardFen, potentialFen, potentialUnbounded, kind } = this.#item;
    for (const v of verdicts) {
      same(`${item}, rows that are ${v}`, this.#verdicts[v], this.#item.verdicts[v]);
    }
    same(`${item}, amounts of the rows`, this.#amountFen, amountFen ?? 0n);
    same(`${item}, hard limits of the rows`, this.#hardFen, hardFen ?? 0n);
    same(`${item}, what the rows could bring`, this.#potentialFen, potentialFen);
    if (kind !== 'none' && potentialUnbounded > 0) {
      same(`${item}, rows without upper end`, this.#unbounded, potentialUnbounded);
    }
  }
}
