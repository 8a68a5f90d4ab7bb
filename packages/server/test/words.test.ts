/** Goal: what users see exists in both languages. Method: every table of words is read whole. */
import { describe, expect, it } from 'vitest';
import { problemTexts } from '@zhida/rules';
import { help } from '../src/help.ts';
import { tell } from '../src/phrases.ts';
import { registerWords } from '../src/register-words.ts';
import { kindWords, screeningWords, verdictWords } from '../src/screening-words.ts';
import { startWords } from '../src/start-words.ts';
import { cut, pad, width, withoutEmpty, wrap } from '../src/terminal.ts';
import { words } from '../src/words.ts';

const phrases = { ...registerWords, ...screeningWords, ...startWords };

describe('words', () => {
  it.each(Object.entries({ ...words, ...help, ...phrases, ...kindWords, ...verdictWords }))(
    '%s has both languages',
    (_, pair) => {
      if (pair.zh === '' && pair.en === '') return;
      expect(pair.zh).toMatch(/\p{Script=Han}|JSON|CSV/u);
      expect(pair.en).not.toBe('');
    },
  );

  it('keeps English words free of Chinese, and the other way round in problems', () => {
    for (const [code, t] of Object.entries(problemTexts)) {
      expect(t.zh, code).toMatch(/\p{Script=Han}/u);
      expect(t.mendZh, code).not.toBe('');
      expect(t.mendEn, code).not.toBe('');
    }
  });
});

describe('phrases', () => {
  it.each(Object.entries(phrases))('%s has the same places in both languages', (_, phrase) => {
    const places = (text: string): readonly string[] =>
      [...new Set([...text.matchAll(/\{(\w+)/gu)].map((m) => m[1] ?? ''))].toSorted();
    expect(places(phrase.en)).toEqual(places(phrase.zh));
  });

  it('counts in English and fills what it is given', () => {
    const rows = { zh: '{n} 行', en: '{n} {n|row|rows} of {file}' };
    expect(tell(rows, 'en', { n: 1 })).toBe('1 row of {file}');
    expect(tell(rows, 'en', { n: '2,000', file: 'a' })).toBe('2,000 rows of a');
    expect(tell(rows, 'zh', { n: 2 })).toBe('2 行');
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

  it('leaves out those in which no row has anything', () => {
    const heads = [{ head: 'a' }, { head: 'b' }, { head: 'c' }];
    const rows = [
      ['1', '', '2'],
      ['', '', '3'],
    ];
    expect(withoutEmpty(heads, rows)).toEqual({
      columns: [{ head: 'a' }, { head: 'c' }],
      rows: [
        ['1', '2'],
        ['', '3'],
      ],
    });
  });
});
