/** Goal: what users see exists in both languages. Method: every table of words is read whole. */
import { describe, expect, it } from 'vitest';
import { problemTexts } from '@zhida/rules';
import { help } from '../src/help.ts';
import { cut, pad, width, wrap } from '../src/terminal.ts';
import { words } from '../src/words.ts';

describe('words', () => {
  it.each(Object.entries({ ...words, ...help }))('%s has both languages', (_, pair) => {
    if (pair.zh === '' && pair.en === '') return;
    expect(pair.zh).toMatch(/\p{Script=Han}|JSON|CSV/u);
    expect(pair.en).not.toBe('');
  });

  it('keeps English words free of Chinese, and the other way round in problems', () => {
    for (const [code, t] of Object.entries(problemTexts)) {
      expect(t.zh, code).toMatch(/\p{Script=Han}/u);
      expect(t.mendZh, code).not.toBe('');
      expect(t.mendEn, code).not.toBe('');
    }
  });
});

describe('columns', () => {
  it('counts a Han character as two, pads, cuts and wraps', () => {
    expect(width('亩 a')).toBe(4);
    expect(pad('亩', 4)).toBe('亩  ');
    expect(pad('1', 3, true)).toBe('  1');
    expect(cut('限上零售额', 7)).toBe('限上零…');
    expect(wrap('奖励100万元、2亿元（包含）', 10)).toEqual(['奖励100万', '元、2亿元', '（包含）']);
    expect(wrap('', 10)).toEqual([]);
  });
});
