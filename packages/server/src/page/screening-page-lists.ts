/** 差一点, 限额预演 and 与上次比较 on the page. */
import type { CapKeyUse, CapUse, Cause, ChangeKind, Comparison, Standing } from '@zhida/screening';
import { TONES, barChart } from './chart.ts';
import type { Bar } from './chart.ts';
import { count, exact, lengthOf, shortYuan, yuan } from './chart-number.ts';
import { escape } from './html.ts';
import {
  KIND_WORDS,
  VERDICT_WORDS,
  dataTable,
  figure,
  foldedTable,
  grid,
  legend,
  numberHead,
  section,
  textHead,
} from './screening-page-view.ts';
import type { View } from './screening-page-view.ts';
import type { PageWord } from './screening-page-words.ts';
import { sayOrder } from '../words.ts';

/** Rows in sight; the others are folded away. */
const IN_SIGHT = 20;

/** Hundredths of a percent: 1050 is `10.5%`. */
function percentText(share: number): string {
  return `${exact(BigInt(share), 2).replace(/\.?0+$/u, '')}%`;
}

export function nearMisses(v: View): string {
  const { nearMisses: list, items } = v.summary;
  const all = items.reduce((n, i) => n + i.nearMisses, 0);
  const more = items.some((i) => i.nearMissesAtLeast);
  const heads = [
    textHead(v.say('item')),
    textHead(v.say('name')),
    textHead(v.say('code')),
    textHead(v.say('district')),
    textHead(v.say('condition')),
    numberHead(v.say('yours')),
    numberHead(v.say('needs')),
    numberHead(v.say('gap')),
    numberHead(v.say('share')),
    textHead(v.say('source')),
    textHead(v.say('law')),
  ];
  const rows = list
    .toSorted((a, b) => a.share - b.share)
    .map((n) => [
      v.itemNamed(n.item),
      n.name,
      n.id,
      n.district,
      v.named(n.condition, n.en),
      v.pick(n.yours),
      v.pick(n.needs),
      v.pick(n.gap),
      percentText(n.share),
      v.join(n.sources.map((s) => v.names.unit(s))),
      n.sentence,
    ]);
  const body =
    rows.length === 0 ? `<p>${escape(v.say('none'))}</p>` : foldedTable(heads, rows, IN_SIGHT, v);
  const note = `${v.say('nearNote')} ${v.listed(list.length, all, more)}`;
  return section({ id: 'near', title: v.say('near'), note, body });
}

function keyBar({ key, wantedFen, limitFen, overFen, awards }: CapKeyUse, v: View): Bar {
  return {
    label: key.join(' · '),
    value: `${shortYuan(wantedFen, v.language)} / ${shortYuan(limitFen, v.language)} · ${count(awards)}`,
    segments: [
      { length: lengthOf(limitFen, wantedFen), colour: TONES.sure },
      { length: lengthOf(overFen, wantedFen), colour: TONES.over },
    ],
  };
}

function capFigure(cap: CapUse, v: View): string {
  const heads = [
    textHead(v.say('key')),
    numberHead(v.say('awards')),
    numberHead(v.say('wanted')),
    numberHead(v.say('limit')),
    numberHead(v.say('overFen')),
  ];
  const rows = cap.over.map((k) => [
    k.key.join(' · '),
    count(k.awards),
    yuan(k.wantedFen),
    yuan(k.limitFen),
    yuan(k.overFen),
  ]);
  const lineHeads = [
    textHead(v.say('key')),
    textHead(v.say('item')),
    textHead(v.say('name')),
    textHead(v.say('code')),
    numberHead(v.say('wanted')),
    numberHead(v.say('allowed')),
  ];
  const lines = cap.over.flatMap((k) =>
    k.lines.map((l) => [
      k.key.join(' · '),
      v.itemNamed(l.item),
      l.name,
      l.subject,
      yuan(l.wantedFen),
      yuan(l.allowedFen),
    ]),
  );
  return figure(
    {
      title: `${v.named(cap.cap, cap.en)} · ${v.listed(cap.over.length, cap.overKeys)}`,
      picture: barChart(cap.over.map((k) => keyBar(k, v))),
      says: v.join(rows.map(([key, , wanted, limit]) => `${key} ${wanted} / ${limit}`)),
      table: `${dataTable(heads, rows)}<h3>${escape(v.say('capLines'))}</h3>${dataTable(lineHeads, lines)}`,
    },
    v,
  );
}

function capTable(v: View): string {
  const heads = [
    textHead(v.say('cap')),
    textHead(v.say('item')),
    numberHead(v.say('keys')),
    numberHead(v.say('wanted')),
    numberHead(v.say('overKeys')),
    numberHead(v.say('overFen')),
    numberHead(v.say('unkeyed')),
    textHead(v.say('order')),
  ];
  const rows = v.summary.caps.map((c) => [
    v.named(c.cap, c.en),
    v.join(c.items.map((i) => v.itemNamed(i))),
    count(c.keys),
    yuan(c.wantedFen),
    count(c.overKeys),
    yuan(c.overFen),
    count(c.unkeyed),
    sayOrder(c.order, v.language),
  ]);
  return dataTable(heads, rows);
}

export function caps(v: View): string {
  const over = v.summary.caps.filter((c) => c.over.length > 0);
  const key = legend([
    { colour: TONES.sure, text: v.say('within') },
    { colour: TONES.over, text: v.say('over') },
  ]);
  const figures =
    over.length === 0
      ? `<p>${escape(v.say('noneOver'))}</p>`
      : `${key}${grid(over.map((c) => capFigure(c, v)))}`;
  const body =
    v.summary.caps.length === 0 ? `<p>${escape(v.say('noCaps'))}</p>` : `${figures}${capTable(v)}`;
  return section({ id: 'caps', title: v.say('caps'), note: v.say('capsNote'), body });
}

const CHANGES: Readonly<Record<ChangeKind, PageWord>> = {
  entered: 'entered',
  left: 'left',
  amount: 'amountChanged',
  verdict: 'verdictChanged',
};
const CAUSES: Readonly<Record<Cause, PageWord>> = {
  facts: 'byFacts',
  rules: 'byRules',
  both: 'byBoth',
  register: 'byRegister',
};
const RULES: Readonly<Record<Comparison['rules'][number], PageWord>> = {
  package: 'ofPackage',
  readings: 'ofReadings',
  day: 'ofDay',
  items: 'ofItems',
};

function changeTable(k: Comparison, v: View): string {
  const heads = [
    textHead(v.say('item')),
    textHead(v.say('kind')),
    numberHead(v.say('before')),
    numberHead(v.say('after')),
    textHead(v.say('change')),
    textHead(v.say('cause')),
    numberHead(v.say('number2')),
    numberHead(v.say('difference')),
  ];
  const money = (fen: bigint | null): string => (fen === null ? '' : yuan(fen));
  const rows = k.items.flatMap((i) => {
    const head = [
      v.itemNamed(i.item),
      v.say(KIND_WORDS[i.kind]),
      money(i.beforeFen),
      money(i.afterFen),
    ];
    return i.changes.map((c) => [
      ...head,
      v.say(CHANGES[c.kind]),
      v.say(CAUSES[c.cause]),
      count(c.count),
      yuan(c.differenceFen),
    ]);
  });
  const quiet = k.items
    .filter((i) => i.changes.length === 0)
    .map((i) => [
      v.itemNamed(i.item),
      v.say(KIND_WORDS[i.kind]),
      money(i.beforeFen),
      money(i.afterFen),
      v.say('nothing'),
      '',
      '0',
      '',
    ]);
  return foldedTable(heads, [...rows, ...quiet], Math.max(IN_SIGHT, rows.length), v);
}

function standing(s: Standing | null, v: View): string {
  if (s === null) return v.say('absent');
  const verdict = v.say(VERDICT_WORDS[s.verdict]);
  return s.amountFen === null ? verdict : `${verdict} ${yuan(s.amountFen)}`;
}

function changeList(k: Comparison, v: View): string {
  const heads = [
    textHead(v.say('item')),
    textHead(v.say('name')),
    textHead(v.say('code')),
    textHead(v.say('district')),
    textHead(v.say('change')),
    textHead(v.say('cause')),
    numberHead(v.say('before')),
    numberHead(v.say('after')),
    textHead(v.say('changedFacts')),
  ];
  const known = (text: string): string => (text === '' ? v.say('unknown') : text);
  const rows = k.listed.map((c) => [
    v.itemNamed(c.item),
    c.name,
    c.id,
    c.district,
    v.say(CHANGES[c.kind]),
    v.say(CAUSES[c.cause]),
    standing(c.before, v),
    standing(c.after, v),
    c.facts
      .map((f) => `${v.names.fact(f.path)}${v.say('colon')}${known(f.before)} → ${known(f.after)}`)
      .join('; '),
  ]);
  return foldedTable(heads, rows, IN_SIGHT, v);
}

export function comparison(k: Comparison, v: View): string {
  const { previous } = k;
  const rules = k.rules.map((r) => v.say(RULES[r]));
  const facts = [
    `${v.say('previous')}${v.say('colon')}${previous.id} · ${previous.package.version} · ${previous.asOf}`,
    k.sameSnapshot ? v.say('sameSnapshot') : v.say('otherSnapshot'),
    `${v.say('differs')}${v.say('colon')}${rules.length === 0 ? v.say('nothing') : v.join(rules)}`,
    `${v.say('changed')}${v.say('colon')}${count(k.total)}`,
  ];
  const body = `<p>${escape(facts.join('　'))}</p>${changeTable(k, v)}
<h3>${escape(v.say('changeList'))} · ${escape(v.listed(k.listed.length, k.total))}</h3>${changeList(k, v)}`;
  return section({ id: 'compared', title: v.say('compared'), body });
}
