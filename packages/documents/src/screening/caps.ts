/** 限额预演: which caps are over-subscribed, and what each award would be left with. */
import type { CapKeyUse, CapUse } from '@zhida/screening';
import type { Cell } from '../xlsx/cell.ts';
import type { Context } from './context.ts';
import { bigNote } from './overview.ts';
import { count, fen, sum, text } from './table.ts';
import type { Table } from './table.ts';
import { ORDERS } from './words.ts';

const MONEY_WIDTH = 19;

function capName(c: Context, cap: CapUse): string {
  return c.named(cap.cap, cap.en);
}

function itemName(c: Context, item: string): string {
  const found = c.summary.items.find((i) => i.item === item);
  return found === undefined ? item : `${found.itemId} ${c.named(item, found.en)}`;
}

export function capTable(c: Context, name: string): Table {
  const { words: w, summary: s } = c;
  const cut = s.caps.filter((x) => x.over.length < x.overKeys);
  const few = cut.map((x) => `${capName(c, x)} ${x.over.length}/${x.overKeys}`);
  return {
    name,
    title: w.titleCaps,
    notes: [
      c.mark(),
      { text: w.preview, style: 'note' },
      ...(few.length === 0
        ? []
        : [
            {
              text: `${w.mostOver}${c.bracket(w.of)}${w.colon}${c.join(few)}`,
              style: 'note',
            } as const,
          ]),
      ...bigNote(
        c,
        s.caps.flatMap((x) => [x.wantedFen, x.overFen]),
      ),
    ],
    columns: [
      { head: w.cap, width: 30 },
      { head: w.item, width: 44 },
      { head: w.keyParts, width: 26 },
      { head: w.keys, width: 12 },
      { head: w.wanted, width: MONEY_WIDTH },
      { head: w.overKeys, width: 12 },
      { head: w.over, width: MONEY_WIDTH },
      { head: w.unkeyed, width: 13 },
      { head: w.order, width: 22 },
    ],
    rows: s.caps.map((x) => [
      text(capName(c, x)),
      text(x.items.map((i) => itemName(c, i)).join('\n')),
      text(c.join(x.labels.map((l) => (l.includes('.') ? c.names.fact(l) : l)))),
      count(x.keys),
      fen(x.wantedFen),
      count(x.overKeys),
      fen(x.overFen),
      count(x.unkeyed),
      text(c.say(ORDERS, x.order)),
    ]),
    count: s.caps.length,
    frozen: 1,
  };
}

interface Line {
  readonly cap: CapUse;
  readonly use: CapKeyUse;
  readonly line: CapKeyUse['lines'][number];
}

function lineCells(c: Context, { cap, use, line }: Line): readonly Cell[] {
  return [
    text(capName(c, cap)),
    text(use.key.join(' · ')),
    fen(use.wantedFen),
    fen(use.limitFen),
    fen(use.overFen),
    text(itemName(c, line.item)),
    text(line.subject),
    text(line.name),
    fen(line.wantedFen),
    fen(line.allowedFen),
  ];
}

export function capLines(c: Context, name: string): Table {
  const { words: w, summary: s } = c;
  const lines = s.caps.flatMap((cap) =>
    cap.over.flatMap((use) => use.lines.map((line): Line => ({ cap, use, line }))),
  );
  const wanted = sum(lines, (l) => l.line.wantedFen);
  const allowed = sum(lines, (l) => l.line.allowedFen);
  return {
    name,
    title: w.titleCapLines,
    notes: [c.mark(), { text: w.preview, style: 'note' }, ...bigNote(c, [wanted])],
    columns: [
      { head: w.cap, width: 30 },
      { head: w.key, width: 30 },
      { head: w.keyWanted, width: MONEY_WIDTH },
      { head: w.limit, width: MONEY_WIDTH },
      { head: w.keyOver, width: MONEY_WIDTH },
      { head: w.item, width: 28 },
      { head: w.code, width: 21 },
      { head: w.name, width: 32 },
      { head: w.wanted, width: MONEY_WIDTH, total: { of: 'fen', n: wanted } },
      { head: w.allowed, width: MONEY_WIDTH, total: { of: 'fen', n: allowed } },
    ],
    rows: lines.map((l) => lineCells(c, l)),
    count: lines.length,
    frozen: 2,
  };
}
