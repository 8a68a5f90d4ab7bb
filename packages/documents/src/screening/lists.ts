/** 缺数清单 and 差一点: what would settle or earn something. */
import type { MissingRow, NearMiss, SourceRow } from '@zhida/screening';
import type { Cell } from '../xlsx/cell.ts';
import type { Context } from './context.ts';
import { bigNote } from './overview.ts';
import { count, fen, text, yuan } from './table.ts';
import type { Table } from './table.ts';

const MONEY_WIDTH = 20;

function perItem(c: Context, { items }: MissingRow): string {
  return items
    .map((i) => {
      const name = c.named(i.item, c.summary.items.find((x) => x.item === i.item)?.en ?? '');
      return `${i.itemId} ${name} ${i.waits} / ${yuan(i.potentialFen)}`;
    })
    .join('\n');
}

/** Path of a fact or name of a judgement, in English with the Chinese that officers look for. */
function pathText(c: Context, m: MissingRow): string {
  if (c.language === 'zh' || m.en === '') return m.path;
  return `${m.en}${c.bracket(m.path)}`;
}

export function missingTable(c: Context, name: string): Table {
  const { words: w, summary: s } = c;
  return {
    name,
    title: w.titleMissing,
    notes: [
      c.mark(),
      { text: w.overlap, style: 'note' },
      ...bigNote(
        c,
        s.missing.map((m) => m.potentialFen),
      ),
    ],
    columns: [
      { head: w.number, width: 6 },
      { head: w.what, width: 10 },
      { head: w.path, width: 34 },
      { head: w.month, width: 10 },
      { head: w.source, width: 22 },
      { head: w.waiting, width: 11 },
      { head: w.waits, width: 11 },
      { head: w.possible, width: MONEY_WIDTH },
      { head: w.alone, width: 13 },
      { head: w.aloneWaits, width: 13 },
      { head: w.aloneFen, width: MONEY_WIDTH },
      { head: `${w.perItem}${c.bracket(`${w.waits} / ${w.possible}`)}`, width: 56 },
    ],
    rows: s.missing.map((m, at) => [
      count(at + 1),
      text(w[m.kind]),
      text(pathText(c, m)),
      text(m.month),
      text(c.names.unit(m.source)),
      count(m.subjects),
      count(m.waits),
      fen(m.potentialFen),
      count(m.aloneSubjects),
      count(m.aloneWaits),
      fen(m.aloneFen),
      text(perItem(c, m)),
    ]),
    count: s.missing.length,
    frozen: 3,
  };
}

export function sourceTable(c: Context, name: string): Table {
  const { words: w, summary: s } = c;
  const potentials = s.sources.map((x) => x.potentialFen);
  return {
    name,
    title: w.titleSources,
    notes: [c.mark(), { text: w.overlapUnits, style: 'note' }, ...bigNote(c, potentials)],
    columns: [
      { head: w.source, width: 30 },
      { head: w.facts, width: 11 },
      { head: w.waits, width: 12 },
      { head: w.possible, width: MONEY_WIDTH },
      { head: w.aloneWaits, width: 14 },
      { head: w.aloneFen, width: MONEY_WIDTH },
    ],
    rows: s.sources.map((x: SourceRow) => [
      text(c.names.unit(x.source)),
      count(x.facts),
      count(x.waits),
      fen(x.potentialFen),
      count(x.aloneWaits),
      fen(x.aloneFen),
    ]),
    count: s.sources.length,
    frozen: 1,
  };
}

function nearCells(c: Context, n: NearMiss): readonly Cell[] {
  const en = c.summary.items.find((i) => i.item === n.item)?.en ?? '';
  return [
    text(n.itemId),
    text(c.named(n.item, en)),
    text(c.names.entity(n.entity)),
    text(n.id),
    text(n.name),
    text(n.district),
    text(c.named(n.condition, n.en)),
    text(c.pick(n.yours), 'right'),
    text(c.pick(n.needs), 'right'),
    text(c.pick(n.gap), 'right'),
    { n: BigInt(n.share), scale: 4, style: 'percent', asText: 'right' },
    text(c.join(n.sources.map((x) => c.names.unit(x)))),
    text(n.sentence),
  ];
}

export function nearTable(c: Context, name: string): Table {
  const { words: w, summary: s } = c;
  const listed = s.items
    .filter((i) => i.nearMisses > 0)
    .map((i) => {
      const shown = s.nearMisses.filter((n) => n.item === i.item).length;
      return `${i.itemId} ${c.named(i.item, i.en)} ${shown}/${i.nearMissesAtLeast ? '≥' : ''}${i.nearMisses}`;
    });
  const note = `${w.nearest}${c.bracket(w.of)}${w.colon}${c.join(listed)}`;
  return {
    name,
    title: w.titleNear,
    notes: [c.mark(), ...(listed.length === 0 ? [] : [{ text: note, style: 'note' } as const])],
    columns: [
      { head: w.clause, width: 9 },
      { head: w.item, width: 26 },
      { head: w.entity, width: 12 },
      { head: w.code, width: 21 },
      { head: w.name, width: 32 },
      { head: w.district, width: 16 },
      { head: w.condition, width: 18 },
      { head: w.yours, width: 20 },
      { head: w.needs, width: 20 },
      { head: w.gap, width: 18 },
      { head: w.share, width: 10 },
      { head: w.source, width: 20 },
      { head: w.law, width: 50 },
    ],
    rows: s.nearMisses.map((n) => nearCells(c, n)),
    count: s.nearMisses.length,
    frozen: 2,
  };
}
