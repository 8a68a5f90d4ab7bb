/** 总览: what was run over what, and each item on a line. */
import type { ItemSummary, MoneySlice, Slice } from '@zhida/screening';
import { fitsCell } from '../xlsx/cell.ts';
import type { Cell } from '../xlsx/cell.ts';
import type { Context } from './context.ts';
import { moneyOf } from './mismatch.ts';
import { count, fen, sum, text, yuan } from './table.ts';
import type { Column, Note, Table, Total } from './table.ts';
import { KINDS, MODES } from './words.ts';

const MONEY_WIDTH = 19;

const FIELDS = ['exactly', 'atMost', 'atLeast', 'softAtMost'] as const;

type Moneyed = Pick<MoneySlice, 'money'>;

/** Columns of money, each kind by itself, then what is open. */
function moneyColumns(c: Context, rows: readonly Moneyed[]): readonly Column[] {
  const kinds = FIELDS.map((f): Column => {
    const n = sum(rows, (r) => r.money[`${f}Fen`]);
    return { head: c.words[f], width: MONEY_WIDTH, total: { of: 'fen', n } };
  });
  const n = sum(rows, (r) => r.money.potentialFen);
  return [...kinds, { head: c.words.potential, width: MONEY_WIDTH, total: { of: 'fen', n } }];
}

/** Cells for `moneyColumns`; a kind that `kind` excludes stays empty. */
function moneyCells({ money }: Moneyed, kind?: ItemSummary['kind']): readonly Cell[] {
  const cells = FIELDS.map((f) => fen(kind === undefined || kind === f ? money[`${f}Fen`] : null));
  return [...cells, fen(money.potentialFen)];
}

function counted(head: string, width: number, n: bigint): Column {
  return { head, width, total: { of: 'count', n } };
}

function runNotes(c: Context): readonly Note[] {
  const { run } = c.summary;
  const { words: w } = c;
  const { package: p, engine } = run;
  const times = [
    run.started === '' ? '' : `${w.from} ${run.started}`,
    run.finished === '' ? '' : `${w.to} ${run.finished}`,
  ];
  const entities = run.entities.map((e) => `${c.named(e.entity, e.en)} ${e.rows}`);
  const readings = run.readings.map((r) => `${r.id} ${r.key}`);
  const lines = [
    `${w.policy}${w.colon}${c.pick(p.title)} ${p.number}${c.bracket(`${w.package} ${p.id} ${p.version}, ${p.hash}`)}`,
    `${w.snapshot}${w.colon}${run.snapshot}`,
    `${w.subjects}${w.colon}${run.rows}${c.bracket(c.join(entities))}`,
    readings.length === 0 ? w.noReadings : `${w.readings}${w.colon}${c.join(readings)}`,
    `${w.engine}${w.colon}${engine.name} ${engine.version} ${engine.dialect}　${times.join('　')}`,
    w.kindsApart,
  ];
  return lines.map((line) => ({ text: line.trim(), style: 'note' }));
}

/** Says how amounts that no cell holds are shown, when there are some. */
export function bigNote(c: Context, amounts: readonly (bigint | null)[]): readonly Note[] {
  const big = amounts.some((n) => n !== null && !fitsCell(n));
  return big ? [{ text: c.words.bigAmounts, style: 'warning' }] : [];
}

/** What waits for funds still to be obtained, kind by kind; it is part of the totals. */
function contingentNote(c: Context): readonly Note[] {
  const waiting = c.summary.items.filter((i) => i.contingent).map((i) => moneyOf(i));
  const parts = FIELDS.flatMap((f) => {
    const n = sum(waiting, (m) => m[`${f}Fen`]);
    return n === 0n ? [] : [`${c.words[f]} ${yuan(n)}`];
  });
  if (parts.length === 0) return [];
  return [{ text: `${c.words.ofWhich}${c.words.colon}${c.join(parts)}`, style: 'note' }];
}

function itemCells(c: Context, i: ItemSummary): readonly Cell[] {
  const undecidedUnbounded = i.potentialUnbounded;
  return [
    text(i.itemId),
    text(c.named(i.item, i.en), 'link'),
    text(c.names.entity(i.entity)),
    text(c.say(MODES, i.mode)),
    text(c.pick(KINDS[i.kind])),
    ...(['满足', '待认定', '资料不足', '不满足'] as const).map((v) => count(i.verdicts[v])),
    ...moneyCells({ money: moneyOf(i) }, i.kind).slice(0, -1),
    fen(i.hardFen),
    fen(i.potentialFen),
    count(undecidedUnbounded),
    count(i.nearMisses),
    text(i.contingent ? c.words.yes : ''),
    text(c.pick(i.fund)),
    text(c.pick(i.payer)),
  ];
}

/** `sheets`: names of the sheets of the items, in their order. */
export function overview(c: Context, name: string, sheets: readonly string[]): Table {
  const { words: w, summary: s } = c;
  const items = s.items.map((i) => ({ money: moneyOf(i) }));
  const money = moneyColumns(c, items);
  const sumOf = (of: (i: ItemSummary) => bigint | number | null): bigint => sum(s.items, of);
  const hard: Total = { of: 'fen', n: sumOf((i) => i.hardFen) };
  const columns: Column[] = [
    { head: w.clause, width: 9 },
    { head: w.item, width: 30 },
    { head: w.entity, width: 14 },
    { head: w.mode, width: 11 },
    { head: w.kind, width: 14 },
    counted(w.granted, 10, BigInt(s.verdicts.满足)),
    counted(w.awaiting, 10, BigInt(s.verdicts.待认定)),
    counted(w.lacking, 10, BigInt(s.verdicts.资料不足)),
    counted(w.refused, 10, BigInt(s.verdicts.不满足)),
    ...money.slice(0, -1),
    { head: w.hard, width: MONEY_WIDTH, total: hard },
    ...money.slice(-1),
    counted(
      w.unbounded,
      12,
      sumOf((i) => i.potentialUnbounded),
    ),
    counted(
      w.nearCount,
      9,
      sumOf((i) => i.nearMisses),
    ),
    { head: w.contingent, width: 11 },
    { head: w.fund, width: 26 },
    { head: w.payer, width: 20 },
  ];
  const amounts = columns.flatMap((x) => (x.total === undefined ? [] : [x.total.n]));
  return {
    name,
    title: w.titleOverview,
    notes: [c.mark(), ...runNotes(c), ...contingentNote(c), ...bigNote(c, amounts)],
    columns,
    rows: s.items.map((i) => itemCells(c, i)),
    count: s.items.length,
    frozen: 2,
    links: { column: 1, targets: sheets },
  };
}

/** 按县区, 按付款单位, 按资金渠道. */
export function moneySlices(
  c: Context,
  { name, title, head }: { readonly name: string; readonly title: string; readonly head: string },
  slices: readonly MoneySlice[],
): Table {
  const { words: w } = c;
  const columns: Column[] = [
    { head, width: 30 },
    counted(
      w.granted,
      12,
      sum(slices, (x) => x.granted),
    ),
    counted(
      w.undecided,
      12,
      sum(slices, (x) => x.undecided),
    ),
    ...moneyColumns(c, slices),
  ];
  const amounts = columns.flatMap((x) => (x.total === undefined ? [] : [x.total.n]));
  return {
    name,
    title,
    notes: [c.mark(), { text: w.kindsApart, style: 'note' }, ...bigNote(c, amounts)],
    columns,
    rows: slices.map((x) => [
      text(c.pick(x.name)),
      count(x.granted),
      count(x.undecided),
      ...moneyCells(x),
    ]),
    count: slices.length,
    frozen: 1,
  };
}

/** 县区×事项: a line for each district of each item. */
export function districtItems(c: Context, name: string): Table {
  const { words: w, summary: s } = c;
  const rows = s.items.flatMap((item) =>
    item.districts.map((slice: Slice) => {
      const { amountFen, potentialFen } = slice;
      return { item, slice, money: moneyOf({ ...item, amountFen, potentialFen }) };
    }),
  );
  const columns: Column[] = [
    { head: w.district, width: 16 },
    { head: w.clause, width: 9 },
    { head: w.item, width: 30 },
    { head: w.kind, width: 14 },
    counted(
      w.granted,
      12,
      sum(rows, (r) => r.slice.granted),
    ),
    counted(
      w.undecided,
      12,
      sum(rows, (r) => r.slice.undecided),
    ),
    ...moneyColumns(c, rows),
  ];
  const amounts = columns.flatMap((x) => (x.total === undefined ? [] : [x.total.n]));
  return {
    name,
    title: w.titleDistrictItems,
    notes: [c.mark(), { text: w.kindsApart, style: 'note' }, ...bigNote(c, amounts)],
    columns,
    rows: rows.map((r) => [
      text(c.pick(r.slice.name)),
      text(r.item.itemId),
      text(c.named(r.item.item, r.item.en)),
      text(c.pick(KINDS[r.item.kind])),
      count(r.slice.granted),
      count(r.slice.undecided),
      ...moneyCells(r, r.item.kind),
    ]),
    count: rows.length,
    frozen: 1,
  };
}
