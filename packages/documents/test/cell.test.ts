// Goal: cells hold exactly what was meant. Method: numbers of every length as decimal text against what a
// spreadsheet program makes of that text (a double shown with two decimals); texts that attack.
import { describe, expect, it } from 'vitest';
import {
  MOST_IN_CELL,
  columnName,
  decimal,
  fitsCell,
  grouped,
  rowXml,
  xmlText,
} from '../src/xlsx/cell.ts';
import { SheetNames } from '../src/screening/sheet-name.ts';
import { STYLE_NAMES } from '../src/xlsx/style.ts';
import type { StyleIds } from '../src/xlsx/cell.ts';

const ids = Object.fromEntries(STYLE_NAMES.map((n, at) => [n, at])) as unknown as StyleIds;

describe('numbers', () => {
  it('writes all decimals, with sign', () => {
    expect([0n, 5n, -5n, 100n, -123_456n].map((n) => decimal(n, 2))).toEqual([
      '0.00',
      '0.05',
      '-0.05',
      '1.00',
      '-1234.56',
    ]);
    expect(grouped(-123_456_789_012n, 2)).toBe('-1,234,567,890.12');
    expect(grouped(999n, 0)).toBe('999');
  });

  it('writes as a number only what a double gives back to the 分', () => {
    const places = [10n, 1000n, 2n ** 31n, 2n ** 46n, 99_999_999_999_999n, MOST_IN_CELL - 700n];
    for (const from of places) {
      for (let n = from; n < from + 700n; n++) {
        expect(Number(decimal(n, 2)).toFixed(2)).toBe(decimal(n, 2));
        expect(fitsCell(n)).toBe(true);
      }
    }
    expect(fitsCell(MOST_IN_CELL + 1n)).toBe(false);
    expect(fitsCell(-MOST_IN_CELL - 1n)).toBe(false);
  });

  it('writes longer ones as text, all digits there', () => {
    const cell = { n: 2n ** 53n + 1n, scale: 2, style: 'money', asText: 'right' } as const;
    const xml = rowXml({ cells: [cell] }, 7, ids);
    expect(xml).toContain('t="inlineStr"');
    expect(xml).toContain('>90,071,992,547,409.93<');
  });
});

describe('texts', () => {
  it('stay text, escaped, and writable', () => {
    expect(xmlText('a<b>&"c"')).toBe('a&lt;b&gt;&amp;"c"');
    expect(xmlText('\u0000\u001f\ufffe')).toBe('_x0000__x001F__xFFFE_');
    expect(xmlText('_x0041_')).toBe('_x005F_x0041_');
    expect(xmlText('半个\ud83c字')).toBe('半个\ufffd字');
    const xml = rowXml({ cells: [{ text: '=1+1', style: 'text' }] }, 1, ids);
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('t="inlineStr"');
  });

  it('names columns', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
  });
});

describe('names of sheets', () => {
  it('are short, clean and different without regard to case', () => {
    const names = new SheetNames();
    const wanted = [
      '3.3 批零增量奖励',
      '3.3 批零增量奖励',
      'A/B:C*D?[E]\\F',
      'a b c d e f',
      "'quoted'",
      'History',
      '',
      '很长'.repeat(30),
      '很长'.repeat(30),
      `${'🏮'.repeat(40)}`,
    ];
    const taken = wanted.map((w) => names.take(w));
    expect(taken[0]).toBe('3.3 批零增量奖励');
    expect(taken[1]).toBe('3.3 批零增量奖励 2');
    expect(new Set(taken.map((t) => t.toLowerCase())).size).toBe(wanted.length);
    for (const t of taken) {
      expect(t.length).toBeGreaterThan(0);
      expect(t.length).toBeLessThanOrEqual(31);
      expect(t).not.toMatch(/[[\]:*?/\\]|^'|'$/u);
      expect(t.isWellFormed()).toBe(true);
      expect(t.toLowerCase()).not.toBe('history');
    }
  });
});
