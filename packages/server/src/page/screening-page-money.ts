/** Money on the page: at a glance, by item, by district, by payer. Kinds of amount are never mixed. */
import type { ItemSummary, MoneySlice, Verdict } from '@zhida/screening';
import { SERIES, TONES, barChart } from './chart.ts';
import type { Bar } from './chart.ts';
import { count, largest, lengthOf, shortYuan, yuan } from './chart-number.ts';
import { escape } from './html.ts';
import {
  KIND_WORDS,
  SUMMED,
  VERDICT_COLOURS,
  VERDICT_WORDS,
  dataTable,
  figure,
  grid,
  legend,
  numberHead,
  section,
  textHead,
} from './screening-page-view.ts';
import type { Summed, View } from './screening-page-view.ts';

const VERDICTS: readonly Verdict[] = ['满足', '待认定', '资料不足', '不满足'];

function card(title: string, big: string, small: readonly string[]): string {
  const lines = small.map((line) => `<small>${escape(line)}</small>`).join('<br>');
  return `<div class="card"><dt>${escape(title)}</dt><dd><b>${escape(big)}</b>${lines}</dd></div>`;
}

/** What of a kind waits for funds still to be obtained. */
function contingentFen(kind: Summed, { summary }: View): bigint {
  return summary.items
    .filter((i) => i.kind === kind && i.contingent)
    .reduce((sum, i) => sum + (i.amountFen ?? 0n), 0n);
}

function entityText(v: View): string {
  return v.join(v.summary.run.entities.map((e) => `${v.named(e.entity, e.en)} ${count(e.rows)}`));
}

function verdictFigure(v: View): string {
  const { verdicts } = v.summary;
  const all = VERDICTS.reduce((n, x) => n + verdicts[x], 0);
  const bars = VERDICTS.map((x): Bar => {
    const length = lengthOf(BigInt(verdicts[x]), BigInt(all));
    const segments = [{ length, colour: VERDICT_COLOURS[x] }];
    return { label: v.say(VERDICT_WORDS[x]), value: count(verdicts[x]), segments };
  });
  const rows = VERDICTS.map((x) => [v.say(VERDICT_WORDS[x]), count(verdicts[x])]);
  const heads = [textHead(v.say('verdicts')), numberHead(v.say('decisions'))];
  return figure(
    {
      title: v.say('verdicts'),
      picture: barChart(bars),
      says: v.join(rows.map((r) => r.join(' '))),
      note: `<p class="soft">${escape(v.say('verdictsNote'))}</p>`,
      table: dataTable(heads, rows, [[v.say('total'), count(all)]]),
    },
    v,
  );
}

function moneyCards(v: View): readonly string[] {
  const { money } = v.summary;
  const said = (fen: bigint): string => `${yuan(fen)}${v.language === 'zh' ? '元' : ' yuan'}`;
  const kinds = SUMMED.map((kind) => {
    const fen = money[`${kind}Fen`];
    const waits = contingentFen(kind, v);
    const more = waits === 0n ? [] : [`${v.say('ofWhich')} ${said(waits)}`];
    return card(v.say(KIND_WORDS[kind]), shortYuan(fen, v.language), [said(fen), ...more]);
  });
  const open = money.potentialFen;
  return [...kinds, card(v.say('potential'), shortYuan(open, v.language), [said(open)])];
}

export function glance(v: View): string {
  const { run, items } = v.summary;
  const under = v.say('under', { n: count(items.length) });
  const subjects = card(v.say('subjects'), count(run.rows), [under]);
  const body = `<dl class="cards">${[subjects, ...moneyCards(v)].join('\n')}</dl>
<p class="soft">${escape(v.say('subjects') + v.say('colon') + entityText(v))}</p>
${grid([verdictFigure(v)])}`;
  return section({ id: 'glance', title: v.say('headline'), note: v.say('kindsApart'), body });
}

function itemBar(i: ItemSummary, most: bigint, v: View): Bar {
  const amount = i.amountFen ?? 0n;
  const value = `${shortYuan(amount, v.language)} · ${count(i.verdicts.满足)}`;
  return {
    label: i.contingent ? v.item({ ...i, itemId: `${i.itemId}*` }) : v.item(i),
    value,
    segments: [
      { length: lengthOf(amount, most), colour: TONES.sure },
      { length: lengthOf(i.potentialFen, most), colour: TONES.pale },
    ],
  };
}

function itemRow(i: ItemSummary, v: View): readonly string[] {
  return [
    i.itemId,
    v.named(i.item, i.en),
    v.names.entity(i.entity),
    v.say(KIND_WORDS[i.kind]),
    i.amountFen === null ? '' : yuan(i.amountFen),
    i.hardFen === null ? '' : yuan(i.hardFen),
    yuan(i.potentialFen),
    count(i.potentialUnbounded),
    ...VERDICTS.map((x) => count(i.verdicts[x])),
    count(i.nearMisses),
    i.contingent ? v.say('contingent') : '',
    v.pick(i.fund),
    v.pick(i.payer),
  ];
}

export function itemTable(v: View, items: readonly ItemSummary[]): string {
  const heads = [
    textHead(v.say('clause')),
    textHead(v.say('item')),
    textHead(v.say('entity')),
    textHead(v.say('kind')),
    numberHead(v.say('amount')),
    numberHead(v.say('hard') + v.say('yuan')),
    numberHead(v.say('potential') + v.say('yuan')),
    numberHead(v.say('unbounded')),
    ...VERDICTS.map((x) => numberHead(v.say(VERDICT_WORDS[x]))),
    numberHead(v.say('near')),
    textHead(v.say('contingent')),
    textHead(v.say('fund')),
    textHead(v.say('payer')),
  ];
  return dataTable(
    heads,
    items.map((i) => itemRow(i, v)),
  );
}

/** Greatest first; `a` and `b` are equal when neither comes first. */
export function descending(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? 1 : -1;
}

function kindFigure(kind: Summed, v: View): string {
  const own = v.summary.items
    .filter((i) => i.kind === kind)
    .toSorted(
      (a, b) =>
        descending(a.amountFen ?? 0n, b.amountFen ?? 0n) ||
        descending(a.potentialFen, b.potentialFen),
    );
  const shown = own.filter((i) => (i.amountFen ?? 0n) > 0n || i.potentialFen > 0n);
  if (own.length === 0) return '';
  const most = largest(shown.map((i) => (i.amountFen ?? 0n) + i.potentialFen));
  const fen = v.summary.money[`${kind}Fen`];
  const title = `${v.say(KIND_WORDS[kind])} · ${shortYuan(fen, v.language)}`;
  const star = own.some((i) => i.contingent)
    ? `<p class="soft">* ${escape(v.say('contingent'))}</p>`
    : '';
  return figure(
    {
      title,
      picture: shown.length === 0 ? '' : barChart(shown.map((i) => itemBar(i, most, v))),
      says: v.join(shown.map((i) => `${v.item(i)} ${yuan(i.amountFen ?? 0n)}`)),
      note: star,
      table: itemTable(v, own),
    },
    v,
  );
}

export function moneyByItem(v: View): string {
  const figures = SUMMED.map((kind) => kindFigure(kind, v)).filter((f) => f !== '');
  const key = legend([
    { colour: TONES.sure, text: v.say('granted') },
    { colour: TONES.pale, text: v.say('potential') },
  ]);
  const all = `<details><summary>${escape(v.say('allItems'))}</summary>${itemTable(v, v.summary.items)}</details>`;
  const body = `${key}${grid(figures)}${all}`;
  return section({ id: 'money', title: v.say('moneyByItem'), note: v.say('moneyNote'), body });
}

/** Items of a kind that stand in the picture by themselves; the rest together. */
const OWN_COLOUR = SERIES.length - 1;

interface Part {
  readonly item: string;
  readonly fen: bigint;
}

function partsOf(kind: Summed, district: string, v: View): readonly Part[] {
  return v.summary.items
    .filter((i) => i.kind === kind)
    .flatMap((i) =>
      i.districts
        .filter((d) => d.name.zh === district && d.amountFen > 0n)
        .map((d) => ({ item: i.item, fen: d.amountFen })),
    );
}

const sumOf = (parts: readonly Part[]): bigint => parts.reduce((sum, p) => sum + p.fen, 0n);

function districtFigure(kind: Summed, v: View): string {
  const field = `${kind}Fen` as const;
  const districts = v.summary.districts
    .filter((d) => d.money[field] > 0n)
    .toSorted((a, b) => descending(a.money[field], b.money[field]));
  if (districts.length === 0) return '';
  const leading = v.summary.items
    .filter((i) => i.kind === kind && (i.amountFen ?? 0n) > 0n)
    .toSorted((a, b) => descending(a.amountFen ?? 0n, b.amountFen ?? 0n))
    .slice(0, OWN_COLOUR);
  const most = largest(districts.map((d) => d.money[field]));
  const groups = [...leading.map((i) => [i.item]), null];
  const bars = districts.map((d): Bar => {
    const parts = partsOf(kind, d.name.zh, v);
    const segments = groups.map((group, at) => {
      const own = parts.filter((p) =>
        group === null ? !leading.some((l) => l.item === p.item) : group.includes(p.item),
      );
      return { length: lengthOf(sumOf(own), most), colour: SERIES[at] ?? TONES.out };
    });
    return { label: v.pick(d.name), value: shortYuan(d.money[field], v.language), segments };
  });
  const keys = leading.map((i, at) => ({ colour: SERIES[at] ?? TONES.out, text: v.item(i) }));
  const others = v.summary.items.filter((i) => i.kind === kind && (i.amountFen ?? 0n) > 0n).length;
  const rest =
    others > leading.length
      ? [{ colour: SERIES[leading.length] ?? TONES.out, text: v.say('rest') }]
      : [];
  const rows = districts.flatMap((d) =>
    partsOf(kind, d.name.zh, v).map((p) => [v.pick(d.name), v.itemNamed(p.item), yuan(p.fen)]),
  );
  const totals = districts.map((d) => [v.pick(d.name), v.say('total'), yuan(d.money[field])]);
  const heads = [textHead(v.say('district')), textHead(v.say('item')), numberHead(v.say('amount'))];
  return figure(
    {
      title: v.say(KIND_WORDS[kind]),
      picture: barChart(bars),
      says: v.join(totals.map(([name, , fen]) => `${name} ${fen}`)),
      note: legend([...keys, ...rest]),
      table: dataTable(heads, rows, totals),
    },
    v,
  );
}

function potentialFigure(v: View): string {
  const districts = v.summary.districts
    .filter((d) => d.money.potentialFen > 0n)
    .toSorted((a, b) => descending(a.money.potentialFen, b.money.potentialFen));
  if (districts.length === 0) return '';
  const most = largest(districts.map((d) => d.money.potentialFen));
  const bars = districts.map((d): Bar => ({
    label: v.pick(d.name),
    value: `${shortYuan(d.money.potentialFen, v.language)} · ${count(d.undecided)}`,
    segments: [{ length: lengthOf(d.money.potentialFen, most), colour: TONES.pale }],
  }));
  const rows = districts.map((d) => [
    v.pick(d.name),
    count(d.undecided),
    yuan(d.money.potentialFen),
  ]);
  const heads = [
    textHead(v.say('district')),
    numberHead(v.say('undecided')),
    numberHead(v.say('possible')),
  ];
  const says = v.join(rows.map(([name, , fen]) => `${name} ${fen}`));
  return figure(
    {
      title: v.say('potentialByDistrict'),
      picture: barChart(bars),
      says,
      table: dataTable(heads, rows),
    },
    v,
  );
}

/** Slices as a table, each kind in a column of its own. */
export function sliceTable(v: View, head: string, slices: readonly MoneySlice[]): string {
  const heads = [
    textHead(head),
    numberHead(v.say('granted')),
    numberHead(v.say('undecided')),
    ...SUMMED.map((k) => numberHead(v.say(KIND_WORDS[k]) + v.say('yuan'))),
    numberHead(v.say('potential') + v.say('yuan')),
  ];
  const rows = slices.map((s) => [
    v.pick(s.name),
    count(s.granted),
    count(s.undecided),
    ...SUMMED.map((k) => yuan(s.money[`${k}Fen`])),
    yuan(s.money.potentialFen),
  ]);
  const { money } = v.summary;
  const total = [
    v.say('total'),
    count(slices.reduce((n, s) => n + s.granted, 0)),
    count(slices.reduce((n, s) => n + s.undecided, 0)),
    ...SUMMED.map((k) => yuan(money[`${k}Fen`])),
    yuan(money.potentialFen),
  ];
  return dataTable(heads, rows, [total]);
}

export function moneyByDistrict(v: View): string {
  const figures = [...SUMMED.map((k) => districtFigure(k, v)), potentialFigure(v)];
  const body = `${grid(figures.filter((f) => f !== ''))}
${sliceTable(v, v.say('district'), v.summary.districts)}`;
  const title = v.say('moneyByDistrict');
  return section({ id: 'districts', title, note: v.say('districtNote'), body });
}

export function moneyByPayer(v: View): string {
  const body = `${sliceTable(v, v.say('payer'), v.summary.payers)}
${sliceTable(v, v.say('fund'), v.summary.funds)}`;
  const title = v.say('moneyByPayer');
  return section({ id: 'payers', title, note: v.say('kindsApart'), body });
}
