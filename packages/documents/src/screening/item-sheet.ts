/** The sheet of one item: everybody who is paid, waits or was refused, each with the reasons. */
import type { ItemSummary, NearMiss, ResultRow, Verdict } from '@zhida/screening';
import { fitsCell } from '../xlsx/cell.ts';
import type { Cell } from '../xlsx/cell.ts';
import type { Context, RowsOf } from './context.ts';
import { RowSums } from './mismatch.ts';
import { fen, text, textWidth, yuan } from './table.ts';
import type { Column, Note, Table } from './table.ts';
import { KINDS, MODES, VERDICTS } from './words.ts';

/** Up to so many subjects the refused are listed too. */
const ALL_UP_TO = 20_000;
/** Rows of a sheet; a spreadsheet holds 1,048,576. */
export const ROWS_OF_SHEET = 1_000_000;

const OPEN = ['满足', '待认定', '资料不足'] as const;
const COLOURS: Readonly<Record<Verdict, string>> = {
  满足: 'CFE3F7',
  待认定: 'F9DDB9',
  资料不足: 'FFF3B8',
  不满足: 'E3E5E9',
};
const MONEY_WIDTH = 18;

/** A row of a sheet. A condition that was not looked at is undefined. */
interface Line extends Omit<ResultRow, 'conditions'> {
  readonly conditions: readonly (boolean | null | undefined)[];
}

/** A column with what it shows of a row. */
interface Shown extends Column {
  readonly cell: (row: Line) => Cell;
}

function isListed(item: ItemSummary): boolean {
  return item.funnel.total <= ALL_UP_TO;
}

function countOf({ verdicts }: ItemSummary, of: readonly Verdict[]): number {
  return of.reduce((n, v) => n + verdicts[v], 0);
}

function nearOf(c: Context, { item }: ItemSummary): readonly NearMiss[] {
  return c.summary.nearMisses.filter((n) => n.item === item);
}

/** Rows that the sheets of the item have together. */
export function rowsOfItem(c: Context, item: ItemSummary): number {
  const open = countOf(item, OPEN);
  return open + (isListed(item) ? item.verdicts.不满足 : nearOf(c, item).length);
}

function missingText(c: Context, { missing }: Line): string {
  return missing
    .map(
      (m) =>
        `${c.names.fact(m.path)}${m.month && ` ${m.month}`}${c.bracket(c.names.unit(m.source))}`,
    )
    .join(c.words.semicolon);
}

function capText(c: Context, { caps }: Line): string {
  return caps
    .map(({ cap, key, limitFen }) => {
      const limit = limitFen === null ? '' : ` ≤ ${yuan(limitFen)}`;
      return `${c.names.cap(cap)}${c.words.colon}${key.join(' · ')}${limit}`;
    })
    .join(c.words.semicolon);
}

function mark(state: boolean | null | undefined): Cell {
  if (state === undefined) return text('', 'mark');
  return text(state === null ? '？' : state ? '✓' : '✗', 'mark');
}

function potentialCell(c: Context, row: Line): Cell {
  if (row.verdict === '满足' || row.verdict === '不满足') return fen(null);
  return row.potentialFen === null ? text(c.words.noLimit, 'right') : fen(row.potentialFen);
}

function moneyColumns(c: Context, item: ItemSummary): readonly Shown[] {
  const { words: w } = c;
  const { kind, amountFen, hardFen, potentialFen } = item;
  if (kind === 'none') return [];
  const shown: Shown[] = [];
  if (kind in KINDS && (kind === 'elsewhere' || kind === 'unstated')) {
    const cell = (row: Line): Cell => text(row.verdict === '满足' ? c.pick(KINDS[kind]) : '');
    shown.push({ head: w.kind, width: MONEY_WIDTH, cell });
  } else {
    const head = w[kind as 'exactly' | 'atMost' | 'atLeast' | 'softAtMost'];
    const total = { of: 'fen', n: amountFen ?? 0n } as const;
    const cell = (row: Line): Cell => fen(row.verdict === '满足' ? row.amountFen : null);
    shown.push({ head, width: MONEY_WIDTH, total, cell });
  }
  if (hardFen !== null) {
    const cell = (row: Line): Cell => fen(row.verdict === '满足' ? row.hardFen : null);
    shown.push({ head: w.hard, width: MONEY_WIDTH, total: { of: 'fen', n: hardFen }, cell });
  }
  const cell = (row: Line): Cell => potentialCell(c, row);
  const total = { of: 'fen', n: potentialFen } as const;
  return [...shown, { head: w.rowPotential, width: MONEY_WIDTH, total, cell }];
}

function conditionColumns(c: Context, item: ItemSummary): readonly Shown[] {
  return item.funnel.steps.map((step, at): Shown => {
    const head = c.named(step.condition, step.en);
    const width = Math.min(16, Math.max(7, Math.ceil(textWidth(head) / 2) + 2));
    return { head, width, cell: (row) => mark(row.conditions[at]) };
  });
}

function openColumns(c: Context): readonly Shown[] {
  const { words: w } = c;
  const pending = (r: Line): Cell => text(c.join(r.pending.map((p) => c.names.gate(p))));
  return [
    { head: w.lacks, width: 44, cell: (r) => text(missingText(c, r)) },
    { head: w.pending, width: 24, cell: pending },
  ];
}

function columnsOf(c: Context, item: ItemSummary): readonly Shown[] {
  const { words: w } = c;
  const near = new Map(nearOf(c, item).map((n) => [n.id, n]));
  const nearText = (row: Line): string => {
    const n = row.verdict === '不满足' ? near.get(row.id) : undefined;
    if (n === undefined) return '';
    return `${c.named(n.condition, n.en)}${w.colon}${w.gap} ${c.pick(n.gap)}`;
  };
  const rows = { of: 'rows', n: BigInt(rowsOfItem(c, item)) } as const;
  const open = countOf(item, ['待认定', '资料不足']) > 0;
  const capped = c.summary.caps.some((x) => x.items.includes(item.item));
  return [
    { head: w.code, width: 22, cell: (r) => text(r.id) },
    { head: w.name, width: 32, total: rows, cell: (r) => text(r.name) },
    { head: w.district, width: 16, cell: (r) => text(r.district) },
    { head: w.verdict, width: 13, cell: (r) => text(c.pick(VERDICTS[r.verdict])) },
    ...moneyColumns(c, item),
    { head: w.payee, width: 30, cell: (r) => text(r.payeeName) },
    { head: w.payeeCode, width: 22, cell: (r) => text(r.payee) },
    ...conditionColumns(c, item),
    { head: w.reasons, width: 60, cell: (r) => text(r.reasons.join(w.semicolon)) },
    ...(open ? openColumns(c) : []),
    ...(capped ? [{ head: w.capKeys, width: 40, cell: (r: Line) => text(capText(c, r)) }] : []),
    ...(near.size === 0
      ? []
      : [{ head: w.nearBy, width: 32, cell: (r: Line) => text(nearText(r)) }]),
  ];
}

/** A near miss of a list too long to show whole, as a row: of its conditions only the one is known. */
function nearRow(c: Context, steps: ItemSummary['funnel']['steps'], n: NearMiss): Line {
  const { entity, id, name, district, item, itemId } = n;
  const failed = steps.findIndex((s) => s.condition === n.condition);
  const reason = [c.named(n.condition, n.en), c.pick(n.yours), c.pick(n.needs)].join(' · ');
  return {
    entity,
    id,
    name,
    district,
    payee: '',
    payeeName: '',
    item,
    itemId,
    verdict: '不满足',
    amountFen: null,
    hardFen: null,
    potentialFen: null,
    conditions: steps.map((_, at) => (at === failed ? false : undefined)),
    missing: [],
    pending: [],
    caps: [],
    reasons: [reason],
  };
}

/** All rows of the item, the paid first; at the end they have been added up and compared. */
export async function* checkedRows(
  c: Context,
  item: ItemSummary,
  rows: RowsOf,
): AsyncGenerator<Line> {
  const sums = new RowSums(item);
  const wanted: readonly Verdict[] = isListed(item) ? [...OPEN, '不满足'] : OPEN;
  for (const verdict of wanted) {
    if (item.verdicts[verdict] === 0) continue;
    for await (const portion of rows(item.item, [verdict])) {
      for (const row of portion) {
        sums.add(row, verdict);
        yield row;
      }
    }
  }
  sums.check(wanted);
  if (isListed(item)) return;
  for (const n of nearOf(c, item)) yield nearRow(c, item.funnel.steps, n);
}

function summarised(c: Context, item: ItemSummary): string {
  const { words: w } = c;
  const left = item.verdicts.不满足 - nearOf(c, item).length;
  const steps = item.funnel.steps
    .filter((s) => s.failed + s.otherwise > 0)
    .map((s) => `${c.named(s.condition, s.en)} ${s.failed + s.otherwise}`);
  return `${w.summarised}${left}${c.bracket(`${w.firstFailed}${w.colon}${c.join(steps)}`)}`;
}

function notesOf(c: Context, item: ItemSummary): readonly Note[] {
  const { words: w } = c;
  const about = [
    `${w.kind}${w.colon}${c.pick(KINDS[item.kind])}${item.contingent ? c.bracket(w.contingent) : ''}`,
    item.mode === '' ? '' : `${w.mode}${w.colon}${c.say(MODES, item.mode)}`,
    c.pick(item.fund) === '' ? '' : `${w.fund}${w.colon}${c.pick(item.fund)}`,
    c.pick(item.payer) === '' ? '' : `${w.payer}${w.colon}${c.pick(item.payer)}`,
    w.legend,
  ];
  const listed = isListed(item) ? w.allListed : summarised(c, item);
  const amounts = [item.amountFen, item.hardFen, item.potentialFen];
  const big = amounts.some((n) => n !== null && !fitsCell(n));
  return [
    { text: `「${item.sentence}」`, style: 'law' },
    c.mark(),
    { text: `${about.filter((a) => a !== '').join('　')}\n${listed}`, style: 'note' },
    ...(big ? [{ text: w.bigAmounts, style: 'warning' } as const] : []),
  ];
}

async function* take(
  source: AsyncIterator<Line>,
  most: number,
  columns: readonly Shown[],
): AsyncGenerator<readonly Cell[]> {
  for (let n = 0; n < most; n++) {
    const next = await source.next();
    if (next.done === true) return;
    yield columns.map((column) => column.cell(next.value));
  }
}

/** The sheets of an item: one, or as many as its rows need. `names`: as many as sheets. They share one
 *  pass over the rows and must be written in order. */
export function itemTables(
  c: Context,
  item: ItemSummary,
  rows: RowsOf,
  names: readonly string[],
): readonly Table[] {
  const all = rowsOfItem(c, item);
  const columns = columnsOf(c, item);
  const source = checkedRows(c, item, rows);
  const verdictAt = columns.findIndex((x) => x.head === c.words.verdict);
  return names.map((name, at) => {
    const last = at === names.length - 1;
    const part = names.length === 1 ? '' : ` · ${c.words.part} ${at + 1}/${names.length}`;
    return {
      name,
      title: `${item.itemId} ${c.named(item.item, item.en)}${part}`,
      notes: notesOf(c, item),
      columns,
      rows: take(source, last ? Infinity : ROWS_OF_SHEET, columns),
      count: last ? all - at * ROWS_OF_SHEET : ROWS_OF_SHEET,
      frozen: 2,
      whole: names.length === 1,
      fills: Object.entries(COLOURS).map(([verdict, rgb]) => ({
        column: verdictAt,
        word: c.pick(VERDICTS[verdict as Verdict]),
        rgb,
      })),
    };
  });
}
