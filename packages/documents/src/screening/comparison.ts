/** 与上次比较: who entered, who left, whose amount changed, and why. */
import type { Change, Comparison, RunHead, Standing } from '@zhida/screening';
import type { Cell } from '../xlsx/cell.ts';
import type { Context } from './context.ts';
import { bigNote } from './overview.ts';
import { count, fen, text } from './table.ts';
import type { Note, Table } from './table.ts';
import { CAUSES, CHANGES, KINDS, RULES, VERDICTS } from './words.ts';

const MONEY_WIDTH = 19;

function headText(c: Context, run: RunHead): string {
  const { words: w } = c;
  const { number, version } = run.package;
  return c.join([
    run.id,
    `${number} ${version}`,
    `${w.day} ${run.asOf}`,
    `${w.snapshot} ${run.snapshot}`,
  ]);
}

function itemName(c: Context, item: string): string {
  return c.named(item, c.summary.items.find((i) => i.item === item)?.en ?? '');
}

function notes(c: Context, k: Comparison): readonly Note[] {
  const { words: w } = c;
  const rules = k.rules.map((r) => c.pick(RULES[r]));
  const differs = rules.length === 0 ? w.nothing : c.join(rules);
  return [
    c.mark(),
    { text: `${w.previous}${w.colon}${headText(c, k.previous)}`, style: 'note' },
    {
      text: `${k.sameSnapshot ? w.sameSnapshot : w.otherSnapshot} ${w.differs}${w.colon}${differs}`,
      style: 'note',
    },
    { text: `${w.changesTotal}${w.colon}${k.total}`, style: 'note' },
  ];
}

/** A line for each kind of change with its cause; an item without changes has one line. */
export function comparisonTable(c: Context, k: Comparison, name: string): Table {
  const { words: w } = c;
  const rows = k.items.flatMap((i): (readonly Cell[])[] => {
    const head = [
      text(i.itemId),
      text(itemName(c, i.item)),
      text(c.pick(KINDS[i.kind])),
      fen(i.beforeFen),
      fen(i.afterFen),
    ];
    const none = [text(w.nothing), text(''), count(0), fen(null)];
    if (i.changes.length === 0) return [[...head, ...none]];
    return i.changes.map((x) => [
      ...head,
      text(c.pick(CHANGES[x.kind])),
      text(c.pick(CAUSES[x.cause])),
      count(x.count),
      fen(x.differenceFen),
    ]);
  });
  const all = k.items.flatMap((i) => [i.beforeFen, i.afterFen]);
  const changed = k.items.reduce((n, i) => i.changes.reduce((m, x) => m + x.count, n), 0);
  return {
    name,
    title: w.titleCompared,
    notes: [...notes(c, k), { text: w.kindsApart, style: 'note' }, ...bigNote(c, all)],
    columns: [
      { head: w.clause, width: 9 },
      { head: w.item, width: 30 },
      { head: w.kind, width: 16 },
      { head: w.before, width: MONEY_WIDTH },
      { head: w.after, width: MONEY_WIDTH },
      { head: w.change, width: 14 },
      { head: w.cause, width: 26 },
      { head: w.count, width: 11, total: { of: 'count', n: BigInt(changed) } },
      { head: w.difference, width: MONEY_WIDTH },
    ],
    rows,
    count: rows.length,
    frozen: 2,
  };
}

function standing(c: Context, s: Standing | null): readonly [Cell, Cell] {
  if (s === null) return [text(c.words.absent), fen(null)];
  return [text(c.pick(VERDICTS[s.verdict])), fen(s.amountFen)];
}

function factsText(c: Context, { facts }: Change): string {
  const known = (value: string): string => (value === '' ? c.words.unknown : value);
  return facts
    .map((f) => `${c.names.fact(f.path)}${c.words.colon}${known(f.before)} → ${known(f.after)}`)
    .join('\n');
}

export function changeTable(c: Context, k: Comparison, name: string): Table {
  const { words: w } = c;
  const amounts = k.listed.flatMap((x) => [
    x.before?.amountFen ?? null,
    x.after?.amountFen ?? null,
  ]);
  const note = `${w.mostMoved}${c.bracket(w.of)}${w.colon}${k.listed.length}/${k.total}`;
  return {
    name,
    title: w.titleChanges,
    notes: [c.mark(), { text: note, style: 'note' }, ...bigNote(c, amounts)],
    columns: [
      { head: w.clause, width: 9 },
      { head: w.item, width: 28 },
      { head: w.code, width: 21 },
      { head: w.name, width: 32 },
      { head: w.district, width: 16 },
      { head: w.change, width: 13 },
      { head: w.cause, width: 22 },
      { head: w.verdictBefore, width: 14 },
      { head: w.before, width: MONEY_WIDTH },
      { head: w.verdictAfter, width: 14 },
      { head: w.after, width: MONEY_WIDTH },
      { head: w.changedFacts, width: 60 },
    ],
    rows: k.listed.map((x) => [
      text(x.itemId),
      text(itemName(c, x.item)),
      text(x.id),
      text(x.name),
      text(x.district),
      text(c.pick(CHANGES[x.kind])),
      text(c.pick(CAUSES[x.cause])),
      ...standing(c, x.before),
      ...standing(c, x.after),
      text(factsText(c, x)),
    ]),
    count: k.listed.length,
    frozen: 4,
  };
}
