/** One cell by the type of its column. A reader gives the checked value, or nothing for a blank
 *  cell; what is wrong it notes. */
import type { SqlColumn } from '@zhida/rules';
import type { CellValue } from '../record.ts';
import { decimalText, parseDecimal, atScale, rounded } from './decimal.ts';
import type { Decimal } from './decimal.ts';
import { districtWords, withoutParents } from './district.ts';
import type { Cell } from './grid.ts';
import { nearestWord } from './nearest.ts';
import { daysOf } from './period.ts';
import type { ImportCode } from './problem-text.ts';
import { formUnit, splitUnit, unitFor } from './unit.ts';
import type { FormUnit } from './unit.ts';
import { plainCode, usccFault } from './uscc.ts';

/** Takes note of a problem of the cell being read. */
export type Note = (code: ImportCode, params?: Readonly<Record<string, string>>) => undefined;

/** Undefined: blank, or wrong and noted. Null: what was said before is withdrawn. */
export type CellReader = (cell: Cell, note: Note) => CellValue | null | undefined;

const BLANKS = new Set(
  '- -- --- — —— ――  – ― ─ / \\ … ... …… ...... 无数据 N/A n/a NULL null . *'.split(' '),
);

/** Printable ASCII and Han characters mean themselves. */
const PLAIN = /^[!-~\u4e00-\u9fff]*$/u;

/** The text as a person means it: half-width, without spaces around. */
export function plainText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\ufeff]/gu, '')
    .trim();
}

export function isBlankWord(text: string): boolean {
  return text === '' || BLANKS.has(text);
}

const WITHDRAWN = '撤销';

/** The word that takes back what was said before. */
export function isWithdrawal({ kind, text }: Cell): boolean {
  if (kind !== 'text' || text.length > 20) return false;
  return plainText(text).replaceAll(/\s/gu, '') === WITHDRAWN;
}

/** Reads 撤销 as null. Of a figure that is merged over rows nobody knows whose it is. */
export function withdrawing(read: CellReader, figure: boolean): CellReader {
  return (cell, note) =>
    isWithdrawal(cell) && !(figure && cell.merged === true) ? null : read(cell, note);
}

const LARGEST_MONEY = 10n ** 15n;
const LARGEST_COUNT = 10n ** 12n;

interface Written {
  readonly value: Decimal;
  readonly unit: FormUnit;
}

/** The number and unit that a text says; a code when it says none. */
function written(text: string, unit: FormUnit, note: Note): Written | undefined {
  const closed = /^\((.+)\)$/u.exec(text);
  const bare = (closed?.[1] ?? text).replaceAll(/[\s¥￥$]/gu, '').replace(/^[−﹣]/u, '-');
  const { number, unit: word } = splitUnit(bare);
  const own = word === '' ? unit : formUnit(word);
  const turned = own === undefined ? undefined : word === '' ? unit : unitFor(own, unit.base);
  const digits = number.includes(',') ? ungrouped(number) : number;
  if (digits === undefined) return note('number-grouping');
  const value = parseDecimal(digits);
  if (value === undefined) return note('number-text');
  if (turned === undefined) return note('number-unit', { unit: word, wanted: unit.word });
  return { value: closed === null ? value : { n: -value.n, s: value.s }, unit: turned };
}

function ungrouped(text: string): string | undefined {
  return /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(text) ? text.replaceAll(',', '') : undefined;
}

const PLAIN_NUMBER = /^-?\d{1,18}(?:\.\d{1,6})?$/u;

/** A stored percentage is a fraction, whatever the column's unit. */
function numberOf(cell: Cell, unit: FormUnit, note: Note): Written | undefined {
  const { text } = cell;
  if (PLAIN_NUMBER.test(text)) {
    const value = parseDecimal(text);
    return value === undefined ? note('number-text') : { value, unit };
  }
  if (cell.kind === 'text') {
    const plain = plainText(text);
    return isBlankWord(plain) ? undefined : written(plain, unit, note);
  }
  const percent = text.endsWith('%%');
  const value = parseDecimal(percent ? text.slice(0, -2) : text);
  if (value === undefined) return note('number-text');
  if (!percent) return { value, unit };
  return unit.base === ''
    ? { value, unit: { ...unit, num: 1n, den: 1n } }
    : note('number-unit', { unit: '%', wanted: unit.word });
}

const BINARY_DIGITS = 15;

/** The decimal of at most two digits that a binary double was meant to be: within 10^-9 of it. */
function meant(value: Decimal): Decimal | undefined {
  const near = rounded(value, 2);
  const apart = value.n - near.n * 10n ** BigInt(value.s - near.s);
  const size = value.n < 0n ? -value.n : value.n;
  return (apart < 0n ? -apart : apart) * 1_000_000_000n <= size ? near : undefined;
}

function stepText(column: SqlColumn): string {
  return `${decimalText({ n: 1n, s: column.scale })}${column.unit}`;
}

/** Numbers: in `unit` unless the cell names its own. */
export function numberReader(column: SqlColumn, unit: FormUnit): CellReader {
  const { scale, negative } = column;
  const largest = column.unit === '元' ? LARGEST_MONEY : LARGEST_COUNT;
  return (cell, note) => {
    if (cell.merged === true) return note('cell-merged');
    if (cell.kind === 'logic') return note('number-text');
    const found = numberOf(cell, unit, note);
    if (found === undefined) return undefined;
    const { num, den } = found.unit;
    let value = atScale(found.value, scale, num, den);
    if (value === undefined) {
      const noisy = cell.text.replaceAll(/\D/gu, '').length >= BINARY_DIGITS;
      const near = noisy ? meant(found.value) : undefined;
      value = near && atScale(near, scale, num, den);
      if (near === undefined || value === undefined) {
        return note('number-precise', { unit: found.unit.word, step: stepText(column) });
      }
      note('number-noise', { taken: decimalText(near) });
    }
    if (value >= largest || value <= -largest) return note('number-range');
    if (value < 0n && !negative) return note('number-negative');
    return value;
  };
}

const YES = new Set(['是', '有', '√', '✓', '✔', '☑', '1', 'Y', 'YES', 'TRUE', '真']);
const NO = new Set(['否', '无', '×', '✗', '✘', '☒', '0', 'N', 'NO', 'FALSE', '假']);

export const readBoolean: CellReader = (cell, note) => {
  const text = plainText(cell.text).toUpperCase();
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  return isBlankWord(text) ? undefined : note('bool-text');
};

const two = (n: number): string => String(n).padStart(2, '0');

/** A day of the calendar between 1900 and 2100. */
function dayOf(year: number, month: number, day: number, note: Note): string | undefined {
  const real = year >= 1900 && year <= 2100 && month >= 1 && month <= 12;
  if (!real || day < 1 || day > daysOf(year, month)) return note('date-impossible');
  return `${year}-${two(month)}-${two(day)}`;
}

/** The day of a serial number. Day 60 of 1900 does not exist: spreadsheets believe it was a leap
 *  year, so later days are one too many. */
function serialDay(text: string, from1904: boolean, note: Note): string | undefined {
  const serial = Math.floor(Number(text));
  if (!(serial >= 1 && serial <= 80_000)) return note('date-text');
  if (!from1904 && serial === 60) return note('date-impossible');
  const from = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(from + serial * 86_400_000).toISOString().slice(0, 10);
}

/** Dates. `monthly`: a fact of a month (年月) may leave its day out and is the first day. */
export function dateReader(from1904: boolean, monthly: boolean): CellReader {
  return (cell, note) => {
    if (cell.kind === 'serial') return serialDay(cell.text, from1904, note);
    if (cell.kind === 'logic') return note('date-text');
    const text = plainText(cell.text).replace(/[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/u, '');
    if (isBlankWord(text)) return undefined;
    const m =
      /^(\d{4})\s*([-/.年])\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u.exec(text) ??
      /^(\d{4})()(\d{2})(\d{2})$/u.exec(text);
    if (m !== null) return dayOf(Number(m[1]), Number(m[3]), Number(m[4]), note);
    const month =
      /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:月份?)?$/u.exec(text) ??
      /^((?:19|20)\d{2})(\d{2})$/u.exec(text);
    if (month !== null) {
      if (!monthly) return note('date-no-day');
      return dayOf(Number(month[1]), Number(month[2]), 1, note);
    }
    if (!/^\d{5}(?:\.\d+)?$/u.test(text)) return note('date-text');
    const taken = serialDay(text, from1904, note);
    if (taken !== undefined) note('date-serial', { taken });
    return taken;
  };
}

const LONGEST_TEXT = 1_000;

export const readText: CellReader = (cell, note) => {
  const text = cell.text.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (text.length <= 6 && isBlankWord(plainText(text))) return undefined;
  if (text.length <= LONGEST_TEXT) return text;
  return note('text-long', { count: String(text.length), limit: String(LONGEST_TEXT) });
};

/** Options, and districts by any of their names. */
export function optionReader(options: readonly string[]): CellReader {
  const districts = districtWords(options);
  const words = new Map(options.map((o) => [plainText(o).replaceAll(/\s/gu, ''), o]));
  for (const [word, option] of districts ?? []) words.set(word, option);
  const known = options.slice(0, 20).join('、');
  return (cell, note) => {
    const text = plainText(cell.text).replaceAll(/\s/gu, '');
    const found = words.get(text) ?? (districts && words.get(withoutParents(text)));
    if (found !== undefined) return found;
    if (isBlankWord(text)) return undefined;
    const near = nearestWord(text, [...words.keys()]) ?? '';
    const code = districts === undefined ? 'option-unknown' : 'district-unknown';
    return note(code, { near: words.get(near) ?? '', known });
  };
}

const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d{2}$/u;

/** True when a spreadsheet took a code for a number and lost digits. */
export function isDamaged(cell: Cell, code: string): boolean {
  if (SCIENTIFIC.test(code)) return true;
  return cell.kind === 'number' && (code.length > 15 || code.includes('.'));
}

/** 统一社会信用代码. `others`: who has none has another number, taken as it stands. */
export function usccReader(others: boolean): CellReader {
  return (cell, note) => {
    const code = plainCode(cell.text);
    if (isBlankWord(code)) return undefined;
    if (isDamaged(cell, code)) return note('code-damaged');
    if (others && code.length !== 18) return code;
    const fault = usccFault(code);
    if (fault === undefined) return code;
    switch (fault.code) {
      case 'uscc-length':
        return note(fault.code, { count: String(fault.count) });
      case 'uscc-alphabet':
        return note(fault.code, {
          position: String(fault.position),
          found: fault.found,
          near: fault.near,
        });
      case 'uscc-check':
        if (/^\d{15}000$/u.test(code)) return note('code-damaged');
        return note(fault.code, { found: fault.found, near: fault.near });
      case 'uscc-inner':
        note(fault.code);
        return code;
    }
  };
}

/** Other codes: numbers of projects, loans, carriers. `zeros`: length of the codes of the column
 *  that begin with 0, or 0 when there are none. */
export function codeReader(zeros: () => number): CellReader {
  return (cell, note) => {
    const code = cell.text
      .normalize('NFKC')
      .replaceAll(/[\u200b-\u200f\ufeff]/gu, '')
      .trim();
    if (isBlankWord(code)) return undefined;
    if (isDamaged(cell, code.toUpperCase())) return note('code-damaged');
    if (code.length > 100) {
      return note('text-long', { count: String(code.length), limit: '100' });
    }
    const wanted = zeros();
    if (/^\d+$/u.test(code) && code.length < wanted) {
      return note('code-zeros', { near: code.padStart(wanted, '0') });
    }
    if (cell.kind === 'number') note('code-number');
    return code;
  };
}
