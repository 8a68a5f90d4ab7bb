/** How a fact is printed in a cell of a form. */
import { decimal } from '../register.ts';
import type { Fact } from '../register.ts';
import type { Cell, Look } from '../workbook.ts';
import type { Column } from './column.ts';

const UNIT_DIGITS = { 元: 0, 千元: 3, 万元: 4, 亿元: 8 } as const;

/** The label of a column in a form of `month`. */
export function labelOf(column: Column, month: string = ''): string {
  const before = month === '' ? '' : `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`;
  return (column.label ?? '').replace('{月}', month).replace('{上年同月}', before);
}

export const numberCell = (text: string, look: Look): Cell => ({ look, number: text });

const lookOf = (text: string): Look => {
  const decimals = text.split('.')[1]?.length ?? 0;
  return decimals === 0 ? 'whole' : decimals <= 2 ? 'cents' : 'exact';
};

const EPOCH = Date.parse('1899-12-30');

/** Days since the epoch of spreadsheets. */
export function serialOf(day: string): number {
  return (Date.parse(day) - EPOCH) / 86_400_000;
}

/** How a fact is printed; undefined leaves a blank cell. */
export function printed(column: Column, fact: Fact | undefined): Cell | undefined {
  if (fact === undefined) return { look: column.kind === 'code' ? 'text' : 'general' };
  const { kind, words, unit = '元' } = column;
  const word = (text: string): Cell => ({ look: 'general', text: words?.[text] ?? text });
  switch (kind) {
    case 'code':
      return { look: 'text', text: String(fact) };
    case 'text':
    case 'word':
      return word(String(fact));
    case 'flag':
      return { ...word(fact === true ? '是' : '否'), look: 'mark' };
    case 'day':
      return { look: 'day', number: String(serialOf(String(fact))) };
    case 'month': {
      const [year = '', month = ''] = String(fact).split('-');
      return { look: 'general', text: `${year}年${Number(month)}月` };
    }
    case 'money': {
      const text = decimal(BigInt(fact), 2 + UNIT_DIGITS[unit]);
      return numberCell(text, lookOf(text));
    }
    case 'count':
      return numberCell(String(fact), 'whole');
    case 'hundredth': {
      const text = decimal(BigInt(fact), 2);
      return numberCell(text, lookOf(text));
    }
  }
}

/** Width of a column, in characters. */
export function widthOf({ kind, heading }: Column): number {
  const words = Math.max(...heading.split('/').map((w) => w.length)) * 2;
  const least = {
    code: 21,
    text: 30,
    flag: 8,
    word: 12,
    day: 12,
    month: 12,
    money: 16,
    count: 10,
    hundredth: 11,
  };
  return Math.min(Math.max(least[kind], words > 18 ? 12 : words), 44);
}
