/** 缺数清单: which facts and judgements decisions wait for, worth most first, and whose they are. */
import type { MissingRow, SourceRow } from '@zhida/screening';
import { TONES, barChart } from './chart.ts';
import type { Bar } from './chart.ts';
import { count, largest, lengthOf, shortYuan, yuan } from './chart-number.ts';
import {
  dataTable,
  figure,
  grid,
  legend,
  numberHead,
  section,
  textHead,
} from './screening-page-view.ts';
import type { View } from './screening-page-view.ts';

/** Rows in the picture; the table has all. */
const SHOWN = 15;

function nameOf(m: MissingRow, v: View): string {
  const name = m.kind === 'gate' ? v.names.gate(m.path) : v.named(m.path, m.en);
  return m.month === '' ? name : `${name} ${m.month}`;
}

/** A bar with the part that lacks nothing else in front. */
function bar(
  texts: Pick<Bar, 'label' | 'value' | 'under'>,
  [alone, all]: readonly [bigint, bigint],
  most: bigint,
): Bar {
  return {
    ...texts,
    segments: [
      { length: lengthOf(alone, most), colour: TONES.sure },
      { length: lengthOf(all - alone, most), colour: TONES.pale },
    ],
  };
}

function missingTable(rows: readonly MissingRow[], v: View): string {
  const heads = [
    textHead(v.say('what')),
    textHead(v.say('type')),
    textHead(v.say('month')),
    textHead(v.say('source')),
    numberHead(v.say('waiting')),
    numberHead(v.say('waits')),
    numberHead(v.say('possible')),
    numberHead(v.say('alone')),
    numberHead(v.say('aloneWaits')),
    numberHead(v.say('aloneFen')),
    textHead(v.say('item')),
  ];
  return dataTable(
    heads,
    rows.map((m) => [
      m.kind === 'gate' ? v.names.gate(m.path) : v.names.fact(m.path),
      v.say(m.kind),
      m.month,
      v.names.unit(m.source),
      count(m.subjects),
      count(m.waits),
      yuan(m.potentialFen),
      count(m.aloneSubjects),
      count(m.aloneWaits),
      yuan(m.aloneFen),
      v.join(m.items.map((i) => `${v.itemNamed(i.item)} ${count(i.waits)}`)),
    ]),
  );
}

function missingFigure(v: View): string {
  const { missing } = v.summary;
  const shown = missing.slice(0, SHOWN);
  const most = largest(shown.map((m) => m.potentialFen));
  const bars = shown.map((m) => {
    const label = nameOf(m, v);
    const under = `${v.names.unit(m.source)}${m.kind === 'gate' ? ` · ${v.say('gate')}` : ''}`;
    const value = `${shortYuan(m.potentialFen, v.language)} · ${v.say('people', { n: count(m.subjects) })}`;
    return bar({ label, value, under }, [m.aloneFen, m.potentialFen], most);
  });
  return figure(
    {
      title: `${v.say('missingTop')} · ${v.listed(shown.length, missing.length)}`,
      picture: bars.length === 0 ? '' : barChart(bars),
      says: v.join(shown.map((m) => `${nameOf(m, v)} ${yuan(m.potentialFen)}`)),
      table: missingTable(missing, v),
    },
    v,
  );
}

function sourceFigure(v: View): string {
  const { sources } = v.summary;
  const most = largest(sources.map((s) => s.potentialFen));
  const bars = sources.slice(0, SHOWN).map((s: SourceRow) => {
    const value = `${shortYuan(s.potentialFen, v.language)} · ${count(s.waits)}`;
    return bar({ label: v.names.unit(s.source), value }, [s.aloneFen, s.potentialFen], most);
  });
  const heads = [
    textHead(v.say('source')),
    numberHead(v.say('facts')),
    numberHead(v.say('waits')),
    numberHead(v.say('possible')),
    numberHead(v.say('aloneWaits')),
    numberHead(v.say('aloneFen')),
  ];
  const rows = sources.map((s) => [
    v.names.unit(s.source),
    count(s.facts),
    count(s.waits),
    yuan(s.potentialFen),
    count(s.aloneWaits),
    yuan(s.aloneFen),
  ]);
  return figure(
    {
      title: v.say('missingUnits'),
      picture: bars.length === 0 ? '' : barChart(bars),
      says: v.join(rows.map(([unit, , , fen]) => `${unit} ${fen}`)),
      table: dataTable(heads, rows),
    },
    v,
  );
}

export function missing(v: View): string {
  const key = legend([
    { colour: TONES.sure, text: v.say('onlyThis') },
    { colour: TONES.pale, text: v.say('others') },
  ]);
  const body = `${key}${grid([missingFigure(v), sourceFigure(v)])}`;
  return section({ id: 'missing', title: v.say('missing'), note: v.say('missingNote'), body });
}
