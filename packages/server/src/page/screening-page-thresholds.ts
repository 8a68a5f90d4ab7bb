/** How the numbers that conditions measure lie around their thresholds, and whether they crowd just
 *  above one. */
import type { Distribution, ItemSummary } from '@zhida/screening';
import { histogramChart } from './chart.ts';
import { count, exact, short } from './chart-number.ts';
import { escape } from './html.ts';
import { dataTable, figure, grid, numberHead, section, textHead } from './screening-page-view.ts';
import type { View } from './screening-page-view.ts';
import { sayRelation } from '../words.ts';

/** Bunching is told when within so many percent at least so many stand above, and twice those below. */
const PERCENT = 5;
const ENOUGH = 5;

const isShare = ({ unit, scale }: Distribution): boolean => unit === '' && scale >= 2;

/** The number exactly, with its unit: `50,000,000.00元`, `5.5%`. */
function exactText(n: bigint, d: Distribution): string {
  if (isShare(d)) return `${exact(n, d.scale - 2)}%`;
  return `${exact(n, d.scale)}${d.unit}`;
}

/** The number in a few digits, for the picture. */
function shortText(n: bigint, d: Distribution, v: View): string {
  if (isShare(d)) return `${short(n, d.scale - 2, v.language)}%`;
  const text = short(n, d.scale, v.language);
  return v.language === 'en' && d.unit === '元' ? text : `${text}${d.unit}`;
}

function isBunched(d: Distribution): boolean {
  return d.bunching.some(({ within }) =>
    within.some((w) => w.percent === PERCENT && w.above >= ENOUGH && w.above >= 2 * w.below),
  );
}

function bunchingTable(d: Distribution, v: View): string {
  const shown = d.bunching.filter((b) => b.within.length > 0);
  if (shown.length === 0) return '';
  const percents = shown[0]?.within.map((w) => w.percent) ?? [];
  const outward = percents.toSorted((a, b) => b - a);
  const heads = [
    textHead(v.say('threshold')),
    ...outward.map((p) => numberHead(`${v.say('below')} ${p}%`)),
    ...percents.map((p) => numberHead(`${v.say('above')} ${p}%`)),
  ];
  const rows = shown.map((b) => {
    const at = (p: number, side: 'below' | 'above'): string => {
      const found = b.within.find((w) => w.percent === p);
      return found === undefined ? '' : count(found[side]);
    };
    return [
      exactText(b.thresholdScaled, d),
      ...outward.map((p) => at(p, 'below')),
      ...percents.map((p) => at(p, 'above')),
    ];
  });
  return dataTable(heads, rows);
}

function binTable(d: Distribution, v: View): string {
  const heads = [numberHead(v.say('from')), numberHead(v.say('to')), numberHead(v.say('number'))];
  const end = (n: bigint | null, open: string): string => (n === null ? open : exactText(n, d));
  const rows = d.bins.map((b) => [end(b.fromScaled, '−∞'), end(b.toScaled, '+∞'), count(b.count)]);
  const known = [v.say('known'), '', count(d.known)];
  return dataTable(heads, rows, [known, [v.say('unknown'), '', count(d.unknown)]]);
}

function picture(d: Distribution, v: View): string {
  const starts = d.bins.map((b) => b.fromScaled);
  const last = d.bins.at(-1)?.toScaled ?? null;
  const ends = [...starts, last].map((n) => (n === null ? '' : shortText(n, d, v)));
  const places = d.thresholdsScaled.flatMap((t) => {
    const at = starts.indexOf(t);
    return at === -1
      ? []
      : [{ at, label: `${sayRelation(d.relation, v.language)} ${shortText(t, d, v)}` }];
  });
  const lines =
    places.length > 1 ? places.map((p) => ({ at: p.at, label: ends[p.at] ?? '' })) : places;
  return histogramChart({
    counts: d.bins.map((b) => b.count),
    ends,
    lines,
    marked: new Set(places.map((p) => p.at)),
  });
}

function distributionFigure(i: ItemSummary, d: Distribution, v: View): string {
  const thresholds = v.join(d.thresholdsScaled.map((t) => exactText(t, d)));
  const bunched = isBunched(d) ? `<p class="flag">▲ ${escape(v.say('bunched'))}</p>` : '';
  const says = `${v.say('threshold')} ${thresholds}${v.say('comma')}${v.say('known')} ${count(d.known)}`;
  return figure(
    {
      title: `${v.item(i)} · ${v.named(d.condition, d.en)}`,
      picture: d.known === 0 ? '' : picture(d, v),
      says,
      note: `<p class="soft">${escape(says)}${escape(v.say('comma'))}${escape(v.say('unknown'))} ${count(d.unknown)}</p>
${bunched}${bunchingTable(d, v)}`,
      table: binTable(d, v),
    },
    v,
  );
}

export function thresholds(v: View): string {
  const all = v.summary.items.flatMap((i) => i.distributions.map((d) => ({ i, d })));
  const first = all.filter(({ d }) => d.known > 0);
  const rest = all.filter(({ d }) => d.known === 0);
  const none = rest.map(({ i, d }) => `${v.item(i)} · ${v.named(d.condition, d.en)}`);
  const order = [
    ...first.filter(({ d }) => isBunched(d)),
    ...first.filter(({ d }) => !isBunched(d)),
  ];
  const body = `${grid(order.map(({ i, d }) => distributionFigure(i, d, v)))}
${none.length === 0 ? '' : `<p class="soft">${escape(v.say('noNumbers') + v.say('colon') + v.join(none))}</p>`}`;
  return section({
    id: 'thresholds',
    title: v.say('thresholds'),
    note: v.say('thresholdNote'),
    body,
  });
}
