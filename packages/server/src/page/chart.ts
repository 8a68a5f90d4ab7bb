/** Pictures as SVG, drawn by ECharts without a browser. They say nothing that a table beside them does
 *  not say exactly. Lengths are parts of ten thousand; the amounts stay outside. */
import { BarChart } from 'echarts/charts';
import { GraphicComponent, GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { WHOLE } from './chart-number.ts';

use([BarChart, GraphicComponent, GridComponent, MarkLineComponent, SVGRenderer]);

/** Colours that people who see no red or green tell apart, also in grey. After Okabe and Ito. */
export const TONES = {
  sure: '#0072b2',
  open: '#e69f00',
  out: '#b4bac4',
  over: '#d55e00',
  pale: '#a9cfe6',
  line: '#1a1a1a',
} as const;

export type Tone = keyof typeof TONES;

/** Colours of parts of one whole, as many as there are; the last is for the rest. */
export const SERIES: readonly string[] = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#56b4e9',
  '#d55e00',
  '#f0e442',
  '#9aa1ac',
];

export interface Segment {
  /** Of `WHOLE`. */
  readonly length: number;
  readonly colour: string;
}

/** A line of text, perhaps a second one, and a bar under it. */
export interface Bar {
  readonly label: string;
  readonly under?: string;
  /** At the right end of the line. */
  readonly value: string;
  readonly segments: readonly Segment[];
}

/** Drawn so wide that it can be read on a telephone without shrinking. */
export const WIDTH = 360;
const ROW = 38;
const TEXT_AT = 8;
/** Middle of the bar, below the top of its row. */
const BAR_AT = 25;
/** Height of a second line. */
const UNDER = 15;
const THICK = 13;
const FONT = '12px sans-serif';
const INK = '#1a1a1a';
const SOFT = '#5c6370';

/** The room for the bars is not made smaller for labels. */
const AS_SAID = { outerBoundsMode: 'none' } as const;

type Options = Parameters<ReturnType<typeof init>['setOption']>[0];

/** The picture without what only a page with a script would use. */
function draw(height: number, options: Options): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ ...options, animation: false, silent: true });
    return chart
      .renderToSVGString()
      .replaceAll(/<style[\s\S]*?<\/style>/gu, '')
      .replaceAll(/ (?:ecmeta_\w+|class)="[^"]*"/gu, '')
      .replaceAll(/<path d="M[\d.-]+ [\d.-]+l0 0l0 [\d.]+l0 0Z"[^>]*><\/path>/gu, '')
      .replace(/<rect [^>]*fill="none"><\/rect>/u, '')
      .replace(' xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" baseProfile="full"', '')
      .replace('<svg ', '<svg aria-hidden="true" focusable="false" ')
      .replaceAll('\n', '');
  } finally {
    chart.dispose();
  }
}

/** Full-width signs are about as wide as they are high. */
function widthOf(character: string): number {
  return character >= '\u1100' ? 12 : 6.6;
}

/** `text` cut to `room` pixels. */
export function fitted(text: string, room: number): string {
  let [out, width] = ['', 0];
  for (const character of text) {
    width += widthOf(character);
    if (width > room) return `${out.trimEnd()}…`;
    out += character;
  }
  return out;
}

function widthOfText(text: string): number {
  return [...text].reduce((sum, c) => sum + widthOf(c), 0);
}

function line(text: string, y: number, at: 'left' | 'right', fill: string): object {
  const x = at === 'left' ? 0 : WIDTH;
  const style = { text, x, y, fill, font: FONT, textAlign: at, textVerticalAlign: 'middle' };
  return { type: 'text', silent: true, style };
}

function rowTexts({ label, value, under }: Bar, top: number): readonly object[] {
  const y = top + TEXT_AT;
  const room = WIDTH - widthOfText(value) - 12;
  const second = under === undefined ? [] : [line(fitted(under, WIDTH), y + UNDER, 'left', SOFT)];
  return [line(fitted(label, room), y, 'left', INK), line(value, y, 'right', SOFT), ...second];
}

/** Bars of stacked segments, one under the other. */
export function barChart(bars: readonly Bar[]): string {
  const depth = Math.max(1, ...bars.map((b) => b.segments.length));
  const series = Array.from({ length: depth }, (_, part) => ({
    type: 'bar' as const,
    stack: 'all',
    silent: true,
    barWidth: THICK,
    data: bars.map(({ segments }) => ({
      value: segments[part]?.length ?? 0,
      itemStyle: { color: segments[part]?.colour ?? TONES.out },
    })),
  }));
  const row = bars.some((b) => b.under !== undefined) ? ROW + UNDER : ROW;
  const barAt = BAR_AT + row - ROW;
  const height = Math.max(1, bars.length) * row;
  return draw(height, {
    grid: { left: 0, right: 0, top: barAt - row / 2, height, ...AS_SAID },
    xAxis: { type: 'value', min: 0, max: WHOLE, show: false },
    yAxis: { type: 'category', data: bars.map((_, n) => n), inverse: true, show: false },
    series,
    graphic: bars.flatMap((bar, at) => rowTexts(bar, at * row)),
  });
}

export interface Histogram {
  /** Subjects in each bin; bins stand side by side, each as wide as the others. */
  readonly counts: readonly number[];
  /** What stands at the ends of bins: one more than bins; empty: nothing. */
  readonly ends: readonly string[];
  /** Ends (index) where a line stands, with its words. */
  readonly lines: readonly { readonly at: number; readonly label: string }[];
  /** Bins that are drawn in another colour: just at or above a threshold. */
  readonly marked: ReadonlySet<number>;
}

const HISTOGRAM_HEIGHT = 190;
const LEFT = 44;
const RIGHT = 16;

export function histogramChart({ counts, ends, lines, marked }: Histogram): string {
  const bins = counts.length;
  const wide = (WIDTH - LEFT - RIGHT) / Math.max(1, bins);
  return draw(HISTOGRAM_HEIGHT, {
    grid: { left: LEFT, right: RIGHT, top: 26, bottom: 30, ...AS_SAID },
    xAxis: {
      type: 'value',
      min: 0,
      max: bins,
      interval: 1,
      containShape: false,
      splitLine: { show: false },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: SOFT } },
      axisLabel: {
        color: SOFT,
        fontSize: 11,
        hideOverlap: true,
        formatter: (at: number) => ends[at] ?? '',
      },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      splitLine: { lineStyle: { color: '#e3e5e9' } },
      axisLabel: { color: SOFT, fontSize: 11 },
    },
    series: [
      {
        type: 'bar',
        silent: true,
        barWidth: Math.max(1, wide - 1),
        data: counts.map((n, at) => ({
          value: [at + 0.5, n],
          itemStyle: { color: marked.has(at) ? TONES.open : TONES.sure },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: TONES.over, type: 'dashed', width: 1.5 },
          data: lines.map(({ at, label }) => ({
            xAxis: at,
            label: { formatter: label, position: 'end', color: INK, fontSize: 11 },
          })),
        },
      },
    ],
  });
}
