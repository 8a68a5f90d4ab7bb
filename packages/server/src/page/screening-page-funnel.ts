/** 漏斗: from everybody through each condition to the amount, and who left where. */
import type { Funnel, ItemSummary } from '@zhida/screening';
import { TONES, barChart } from './chart.ts';
import type { Bar } from './chart.ts';
import { count, lengthOf, shortYuan } from './chart-number.ts';
import { escape } from './html.ts';
import { itemTable } from './screening-page-money.ts';
import {
  KIND_WORDS,
  dataTable,
  figure,
  grid,
  legend,
  numberHead,
  section,
  textHead,
} from './screening-page-view.ts';
import type { View } from './screening-page-view.ts';

interface Step {
  readonly name: string;
  readonly entering: number;
  readonly failed: number;
  readonly unknown: number;
  readonly otherwise: number;
  readonly goOn: number;
}

/** Conditions, then the amount as the last step. */
function stepsOf(
  { steps, remaining, amountUnknown, amountNothing, granted }: Funnel,
  v: View,
): readonly Step[] {
  const conditions = steps.map((s) => ({
    ...s,
    name: v.named(s.condition, s.en),
    goOn: s.entering - s.failed - s.unknown,
  }));
  const amount = {
    name: v.say('amountStep'),
    entering: remaining,
    failed: amountNothing,
    unknown: amountUnknown,
    otherwise: 0,
    goOn: granted,
  };
  return [...conditions, amount];
}

function stepBar(step: Step, total: number): Bar {
  const length = (n: number): number => lengthOf(BigInt(n), BigInt(total));
  const exits = [
    step.failed === 0 ? '' : `✗${count(step.failed)}`,
    step.unknown === 0 ? '' : `?${count(step.unknown)}`,
  ];
  const left = exits.filter((x) => x !== '').join(' ');
  return {
    label: step.name,
    value: `${left === '' ? '' : `${left} `}→ ${count(step.goOn)}`,
    segments: [
      { length: length(step.goOn), colour: TONES.sure },
      { length: length(step.unknown), colour: TONES.open },
      { length: length(step.failed), colour: TONES.out },
    ].filter((s) => s.length > 0),
  };
}

function funnelTable(f: Funnel, steps: readonly Step[], v: View): string {
  const heads = [
    textHead(v.say('step')),
    numberHead(v.say('entering')),
    numberHead(`✗ ${v.say('fails')}`),
    numberHead(`? ${v.say('open')}`),
    numberHead(v.say('otherwise')),
    numberHead(v.say('next')),
  ];
  const rows = steps.map((s) => [
    s.name,
    count(s.entering),
    count(s.failed),
    count(s.unknown),
    count(s.otherwise),
    count(s.goOn),
  ]);
  return dataTable(heads, [[v.say('everybody'), '', '', '', '', count(f.total)], ...rows]);
}

function outcome(i: ItemSummary, v: View): string {
  const amount =
    i.amountFen === null
      ? v.say(KIND_WORDS[i.kind])
      : `${v.say(KIND_WORDS[i.kind])} ${shortYuan(i.amountFen, v.language)}`;
  const open =
    i.potentialFen === 0n ? '' : `${v.say('potential')} ${shortYuan(i.potentialFen, v.language)}`;
  return v.join([amount, open]);
}

function funnelFigure(i: ItemSummary, v: View): string {
  const { funnel } = i;
  const steps = stepsOf(funnel, v);
  const all: Bar = {
    label: `${v.say('everybody')} · ${v.names.entity(i.entity)}`,
    value: count(funnel.total),
    segments: [{ length: lengthOf(1n, 1n), colour: TONES.sure }],
  };
  const bars = [all, ...steps.map((s) => stepBar(s, funnel.total))];
  const says = v.join(
    steps.map((s) => `${s.name}${v.say('colon')}${count(s.entering)} → ${count(s.goOn)}`),
  );
  return figure(
    {
      title: v.item(i),
      picture: barChart(bars),
      says,
      note: `<p class="outcome">${escape(outcome(i, v))}</p>
<details><summary>${escape(v.say('law'))}</summary><blockquote>${escape(i.sentence)}</blockquote></details>`,
      table: funnelTable(funnel, steps, v),
    },
    v,
  );
}

/** Somebody is eligible or could still be. */
function isLively({ verdicts }: ItemSummary): boolean {
  return verdicts.满足 + verdicts.待认定 + verdicts.资料不足 > 0;
}

export function funnels(v: View): string {
  const { items } = v.summary;
  const lively = items.filter(isLively);
  const quiet = items.filter((i) => !isLively(i));
  const key = legend([
    { colour: TONES.sure, text: `→ ${v.say('remains')}` },
    { colour: TONES.open, text: `? ${v.say('open')}` },
    { colour: TONES.out, text: `✗ ${v.say('fails')}` },
  ]);
  const rest =
    quiet.length === 0
      ? ''
      : `<details><summary>${escape(v.say('quiet'))} (${quiet.length})</summary>${grid(
          quiet.filter((i) => i.funnel.total > 0).map((i) => funnelFigure(i, v)),
        )}${itemTable(v, quiet)}</details>`;
  const body = `${key}${grid(lively.map((i) => funnelFigure(i, v)))}${rest}`;
  return section({ id: 'funnels', title: v.say('funnels'), note: v.say('funnelNote'), body });
}
