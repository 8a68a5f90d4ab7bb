/** How the numbers that conditions measure lie around their thresholds, and whether they crowd just
 *  above one. */
import type { Distribution, ItemSummary } from '@zhida/screening';
import { histogramChart } from './chart.ts';
import { count, short, trimmed } from './chart-number.ts';
import { escape } from './html.ts';
import { dataTable, figure, grid, numberHead, section } from './screening-page-view.ts';
import type { View } from './screening-page-view.ts';
import { sayRelation } from '../words.ts';

/** Bunching is told when within so many percent at least so many stand above, and twice those below. */
const PERCENT = 5;
const ENOUGH = 5;

const isShare = ({ unit, scale }: Distribution): boolean => unit === '' && scale >= 2;

/** The number exactly, with its unit: `50,000,000元`, `5.5%`. */
function exactText(n: bigint, d: Distribution): string {
  if (isShare(d)) return `${trimmed(n, d.scale - 2)}%`;
  return `${trimmed(n, d.scale)}${d.unit}`;
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

/** For each threshold, how many stand just below and just above, within each distance. */
function bunchingTable(d: Distribution, v: View): string {
  const shown = d.bunching.filter((b) => b.within.length > 0);
  if (shown.length === 0) return '';
  const percents = shown[0]?.within.map((w) => w.percent) ?? [];
  const heads = [
    numberHead(v.say('threshold')),
    ...percents.map((p) => numberHead(`${p}% ${v.say('sides')}`)),
  ];
  const rows = shown.map((b) => [
    exactText(b.thresholdScaled, d),
    ...b.within.map((w) => `${count(w.below)} | ${count(w.above)}`),
  ]);
  return dataTable(heads, rows);
}

function binTable(d: Distribution, v: View): string {
  const heads = [numberHead(v.say('from')), numberHead(v.say('to')), numberHead(v.say('number'))];
  const end = (n: bigint | null, open: string): string => (n === null ? open : exactText(n, d));
  const rows = d.bins.map((b) => [end(b.fromScaled, '−∞'), end(b.toScaled, '+∞'), count(b.count)]);
  const known = [v.say('known'), '', count(d.known)];
  return dataTable(heads, rows, [known, [v.say('unknown'), '', count(d.unknown)]]);
}

/** Without the empty bins at both ends, but for those around a threshold. */
function filledBins({ bins, thresholdsScaled }: Distribution): Distribution['bins'] {
  const matters = bins.map(
    (b) => b.count > 0 || thresholdsScaled.some((t) => t === b.fromScaled || t === b.toScaled),
  );
  return bins.slice(Math.max(0, matters.indexOf(true)), matters.lastIndexOf(true) + 1);
}

function picture(d: Distribution, v: View): string {
  const bins = filledBins(d);
  const starts = bins.map((b) => b.fromScaled);
  const last = bins.at(-1)?.toScaled ?? null;
  const ends = [...starts, last].map((n) => (n === null ? '' : shortText(n, d, v)));
  const places = d.thresholdsScaled.flatMap((t) => {
    const at = starts.indexOf(t);
    const label = `${sayRelation(d.relation, v.language)} ${shortText(t, d, v)}`;
    return at === -1 ? [] : [{ at, label, near: t !== 0n }];
  });
  const alone = places.length === 1;
  return histogramChart({
    counts: bins.map((b) => b.count),
    ends,
    lines: places.map(({ at, label }) => ({ at, label: alone ? label : (ends[at] ?? '') })),
    marked: new Set(places.filter((p) => p.near).map((p) => p.at)),
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

/** A number that only has to be above nothing says little about a threshold. */
function isPlain({ thresholdsScaled }: Distribution): boolean {
  return thresholdsScaled.every((t) => t === 0n);
}

export function thresholds(v: View): string {
  const all = v.summary.items.flatMap((i) => i.distributions.map((d) => ({ i, d })));
  const none = all
    .filter(({ d }) => d.known === 0)
    .map(({ i, d }) => `${v.item(i)} · ${v.named(d.condition, d.en)}`);
  const drawn = (of: (d: Distribution) => boolean): string =>
    grid(
      all.filter(({ d }) => d.known > 0 && of(d)).map(({ i, d }) => distributionFigure(i, d, v)),
    );
  const plain = all.filter(({ d }) => d.known > 0 && isPlain(d) && !isBunched(d)).length;
  const folded =
    plain === 0
      ? ''
      : `<details><summary>${escape(v.say('plain'))} (${plain})</summary>
${drawn((d) => !isBunched(d) && isPlain(d))}</details>`;
  const unknown = `${v.say('noNumbers')}${v.say('colon')}${v.join(none)}`;
  const body = [
    drawn((d) => isBunched(d)),
    drawn((d) => !isBunched(d) && !isPlain(d)),
    folded,
    none.length === 0 ? '' : `<p class="soft">${escape(unknown)}</p>`,
  ].join('\n');
  return section({
    id: 'thresholds',
    title: v.say('thresholds'),
    note: v.say('thresholdNote'),
    body,
  });
}
