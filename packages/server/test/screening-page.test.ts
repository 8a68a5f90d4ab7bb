// Goal: a page that shows what the summary says, all of it exactly, and nothing that it does not say.
// Method: summaries in every shape with amounts that are all different; every amount and text is looked
// for on the page, and what is hostile must have become text.
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '@zhida/screening';
import { lengthOf, short, shortYuan, trimmed, yuan } from '../src/page/chart-number.ts';
import { barChart, fitted, histogramChart } from '../src/page/chart.ts';
import { screeningPage } from '../src/page/screening-page.ts';
import { pageWords } from '../src/page/screening-page-words.ts';
import { HOSTILE, makeRun } from './screening-run.ts';

const same = (word: string): string => word;
const names = { item: same, cap: same, gate: same, unit: same, entity: same, fact: same };

function pageOf(summary: RunSummary, language: 'zh' | 'en' = 'zh', synthetic = false): string {
  return screeningPage(summary, { language, names, synthetic });
}

/** 分 as the page should write them, made another way. */
function said(fen: bigint): string {
  const [sign, whole] = fen < 0n ? ['-', -fen] : ['', fen];
  const cents = String(whole % 100n).padStart(2, '0');
  return `${sign}${(whole / 100n).toLocaleString('en-US')}.${cents}`;
}

/** Cells of all tables, as text. */
function cellsOf(html: string): ReadonlySet<string> {
  const cells = [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/gu)].map((m) => m[1] ?? '');
  return new Set(cells);
}

/** Every amount of a summary, wherever it stands. */
function amountsOf(value: unknown, key = ''): readonly bigint[] {
  if (typeof value === 'bigint') return key.endsWith('Fen') ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) => amountsOf(part, name));
}

describe('amounts on the page', () => {
  const runs = [makeRun(12), makeRun(3, 2n ** 53n + 1n), makeRun(2, 10n ** 30n)];

  it.each(['zh', 'en'] as const)(
    'are there to the 分, every one of the summary (%s)',
    (language) => {
      for (const summary of runs) {
        const shown = cellsOf(pageOf(summary, language));
        const amounts = amountsOf({ ...summary, comparison: null });
        expect(amounts.length).toBeGreaterThan(60);
        // Sums of districts by item are shown where there is something to show.
        const missing = amounts.filter((n) => n !== 0n && !shown.has(said(n)));
        const open = summary.items.flatMap((i) => i.districts.map((d) => d.potentialFen));
        expect(missing.filter((n) => !open.includes(n))).toEqual([]);
      }
    },
  );

  it('are there in the comparison too, with who and why', () => {
    const html = pageOf(makeRun(1));
    const { comparison } = makeRun(1);
    const text = [...cellsOf(html)].join('|');
    for (const n of amountsOf(comparison)) expect(text).toContain(said(n));
    expect(text).toContain('退出|只在一次的登记库中');
    expect(text).toContain('→ 不详');
  });

  it('of different kinds are never added together', () => {
    const summary = makeRun(12);
    const { exactlyFen, atMostFen, atLeastFen, softAtMostFen } = summary.money;
    const html = pageOf(summary);
    const kinds = [exactlyFen, atMostFen, atLeastFen, softAtMostFen];
    const pairs = kinds.flatMap((a, n) => kinds.slice(n + 1).map((b) => said(a + b)));
    for (const pair of pairs) expect(html).not.toContain(pair);
    expect(html).not.toContain(said(kinds.reduce((sum, n) => sum + n, 0n)));
  });
});

describe('the page', () => {
  it('takes nothing for markup that is not its own, and fetches nothing', () => {
    for (const language of ['zh', 'en'] as const) {
      const html = pageOf(makeRun(12), language);
      expect(html).toContain('&lt;script&gt;');
      expect(html).not.toContain(HOSTILE);
      expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/iu);
      expect(html.match(/(?:src|href)="(?!#)[^"]*"/gu)).toBeNull();
    }
  });

  it('is well formed: every element is closed in its turn', () => {
    const html = pageOf(makeRun(12));
    const tag = /<(\/?)([a-z][\w-]*)((?:"[^"]*"|[^">])*?)(\/?)>/giu;
    const open: string[] = [];
    for (const [, close, name = '', , self] of html.matchAll(tag)) {
      if (['meta', 'br'].includes(name) || self === '/') continue;
      if (close === '') open.push(name);
      else if (open.at(-1) === name) open.pop();
      else open.push(`/${name}`);
    }
    expect(open).toEqual([]);
  });

  it('gives each picture words and a table', () => {
    const html = pageOf(makeRun(12));
    const figures = html.match(/<figure>[\s\S]*?<\/figure>/gu) ?? [];
    expect(figures.length).toBeGreaterThan(15);
    for (const f of figures) {
      expect(f).toMatch(/<figcaption>[^<]+/u);
      expect(f).toMatch(
        /<details><summary>[^<]+<\/summary><div class="wide" tabindex="0"><table>/u,
      );
    }
    const pictures = html.match(/<div class="chart" role="img" aria-label="[^"]+"><svg/gu) ?? [];
    expect(pictures).toHaveLength(html.match(/<svg/gu)?.length ?? -1);
  });

  it('is the same bytes for the same summary', () => {
    expect(pageOf(makeRun(3))).toBe(pageOf(makeRun(3)));
  });

  it('says 试算 and 合成数据 when it is so, and not otherwise', () => {
    const run = makeRun(1);
    expect(pageOf(run, 'zh', true)).toMatch(/试算[\s\S]*合成数据/u);
    expect(pageOf(run, 'en', true)).toMatch(/TRIAL[\s\S]*SYNTHETIC DATA/u);
    const certified = { ...run, run: { ...run.run, mark: 'certified' } as const };
    expect(pageOf(certified)).not.toMatch(/试算|合成数据/u);
  });

  it('stands without items, subjects, caps, missing data or comparison', () => {
    const html = pageOf({ ...makeRun(0), sources: [] });
    expect(html).toContain('没有限额');
    expect(html).not.toContain('与上次比较');
    expect(html.match(/<section/gu)).toHaveLength(9);
  });

  it('stays light with fifty items', () => {
    expect(pageOf(makeRun(50)).length).toBeLessThan(1_500_000);
  });

  it('is complete in English', () => {
    const run = makeRun(12);
    const html = pageOf(run, 'en');
    for (const { zh, en } of Object.values(pageWords)) {
      expect(zh.length * en.length).toBeGreaterThan(0);
      expect(en).not.toMatch(/\p{Script=Han}/u);
      expect(html).not.toContain(`>${zh}<`);
    }
  });
});

describe('funnels and thresholds', () => {
  it('shows who left where, and adds up', () => {
    const text = [...pageOf(makeRun(1)).matchAll(/<tr>(.*?)<\/tr>/gu)].map((m) =>
      (m[1] ?? '').replaceAll(/<[^>]+>/gu, '|'),
    );
    expect(text.some((t) => /规模\|+26\|+13\|+5\|+0\|+8\|/u.test(t))).toBe(true);
    expect(text.some((t) => /金额\|+8\|+1\|+1\|+0\|+6\|/u.test(t))).toBe(true);
  });

  it('counts both sides of a threshold and tells when they crowd above it', () => {
    const html = pageOf(makeRun(1));
    expect(html).toContain('>31 | 37<');
    expect(html).toContain('▲');
    expect(html).toContain('数值不详：');
    const [first] = makeRun(1).items;
    const calm = first?.distributions.map((d) => ({ ...d, bunching: [] })) ?? [];
    const run = makeRun(1);
    const items = run.items.map((i) => ({ ...i, distributions: calm }));
    expect(pageOf({ ...run, items })).not.toContain('▲');
  });
});

describe('numbers', () => {
  it('are short with ≈ where digits are left out', () => {
    expect(short(30_000_000n, 2, 'zh')).toBe('30万');
    expect(short(123_456_78n, 2, 'zh')).toBe('≈12.35万');
    expect(short(-123_456_78n, 2, 'zh')).toBe('≈-12.35万');
    expect(short(99_999_999_99n, 2, 'zh')).toBe('≈10,000万');
    expect(shortYuan(257_653_872_22n, 'en')).toBe('≈¥257.65m');
    expect(shortYuan(257_653_872_22n, 'zh')).toBe('≈2.58亿元');
    expect(shortYuan(1n, 'zh')).toBe('0.01元');
    expect(trimmed(5_500n, 3)).toBe('5.5');
    expect(yuan(2n ** 70n)).toBe('11,805,916,207,174,113,034.24');
  });

  it('have a length that can be seen, and never more than the whole', () => {
    expect(lengthOf(1n, 10n ** 30n)).toBeGreaterThan(0);
    expect(lengthOf(0n, 5n)).toBe(0);
    expect(lengthOf(5n, 0n)).toBe(0);
    expect(lengthOf(10n ** 30n, 10n ** 30n)).toBe(10_000);
  });
});

describe('pictures', () => {
  const bar = { label: HOSTILE, value: '1', segments: [{ length: 5000, colour: '#0072b2' }] };

  it('are plain SVG without style, script or identity', () => {
    const svg = barChart([bar, { ...bar, under: '市统计局', segments: [] }]);
    expect(svg).not.toMatch(/<style|<script|class=|id=|ecmeta/u);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg.match(/<text/gu)).toHaveLength(5);
    expect(svg).toMatch(/l180 0l0 13/u);
  });

  it('draw a histogram with its thresholds', () => {
    const svg = histogramChart({
      counts: [1, 9, 4],
      ends: ['0', '1万', '2万', '3万'],
      lines: [{ at: 2, label: '≥ 2万' }],
      marked: new Set([2]),
    });
    expect(svg).toContain('≥ 2万');
    expect(svg.match(/fill="#0072b2"/gu)).toHaveLength(2);
    expect(svg.match(/fill="#e69f00"/gu)).toHaveLength(1);
  });

  it('cut texts that have no room', () => {
    expect(fitted('限上零售额', 200)).toBe('限上零售额');
    expect(fitted('限上零售额增量', 40)).toBe('限上零…');
  });
});
