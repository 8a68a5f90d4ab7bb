/** What a line of a form is: data, a total, a note, or nothing. */
import type { Bound } from './bind.ts';
import { isBlankWord, plainText } from './cell.ts';
import { cellText } from './grid.ts';
import type { RawRow } from './grid.ts';
import { formUnit } from './unit.ts';

export type RowKind =
  | { readonly kind: 'data' | 'blank' | 'header' | 'note' }
  /** A line that may be a note or a row without identity. */
  | { readonly kind: 'unclear'; readonly text: string }
  /** `word` as the form writes it: 合计, 平山区小计. */
  | { readonly kind: 'total'; readonly word: string };

const DATA: RowKind = { kind: 'data' };
const TOTAL = /^(?:.{0,10}?)(?:合计|小计|总计|共计|累计)$/u;
const NOTE_WORDS = [
  '注|备注|说明|附注|填表说明|填报说明|填报单位|资料来源|数据来源|盖章|\\(盖章\\)|以上|本表|合成数据',
  '填表人|制表人|制表|填报人|审核人|审核|复核人|负责人|单位负责人|统计负责人|分管领导|经办人',
  '联系人|联系电话|电话|填报日期|填表日期|报出日期|制表日期',
];
const NOTE = new RegExp(`^(?:${NOTE_WORDS.join('|')})(?:[:\\d(]|$)`, 'u');
const COLUMN_MARKS = /^(?:[甲乙丙丁戊己]|\(?\d{1,3}\)?|-)$/u;

interface Filled {
  readonly column: number;
  readonly text: string;
}

function isColumnMarks(filled: readonly Filled[]): boolean {
  if (filled.length < 2 || !filled.every((f) => COLUMN_MARKS.test(f.text))) return false;
  const numbers = filled.map((f) => f.text.replaceAll(/\D/gu, '')).filter((t) => t !== '');
  const letters = filled.length - numbers.length;
  return numbers.every((n, i) => Number(n) === i + 1 || Number(n) === i + 1 + letters);
}

/** Tells the kind of a row behind the header. */
export function kindOf(row: RawRow, bound: Bound): RowKind {
  const id = plainText(cellText(row.cells[bound.identity.at]));
  const known = id !== '' && !isBlankWord(id);
  if (/^[\w-]{4,}$/u.test(id)) return DATA;
  const filled: Filled[] = [];
  for (let column = 0; column < row.cells.length; column++) {
    const cell = row.cells[column];
    if (column === bound.reason || cell === undefined) continue;
    const text = plainText(cell.text);
    if (text !== '') filled.push({ column, text });
  }
  const first = filled[0];
  if (first === undefined || filled.every((f) => isBlankWord(f.text))) return { kind: 'blank' };
  if (isHeaderAgain(filled, bound) || isColumnMarks(filled)) return { kind: 'header' };
  if (filled.every((f) => formUnit(f.text) !== undefined)) return { kind: 'header' };
  for (const { column, text } of filled.slice(0, 3)) {
    if (known && column !== bound.identity.at) continue;
    const word = text.replaceAll(/[\s:]/gu, '');
    if (TOTAL.test(word)) return { kind: 'total', word };
  }
  if (
    NOTE.test(first.text.replaceAll(/\s/gu, '')) &&
    (!known || first.column === bound.identity.at)
  ) {
    return { kind: 'note' };
  }
  // In a list, whose row it is without the row: a row that was forgotten.
  if (first.column === bound.parent?.at && /^[\w-]{4,}$/u.test(first.text)) return DATA;
  // A row of data says something about somebody; one lonely word says nothing.
  const lonely = filled.length === 1 && (!known || /\p{Script=Han}/u.test(first.text));
  return lonely ? { kind: 'unclear', text: first.text } : DATA;
}

/** A header that is printed again on every page. */
function isHeaderAgain(filled: readonly Filled[], bound: Bound): boolean {
  const headings = new Map(bound.layout.headings.map((h) => [h.column, h.text]));
  const same = filled.filter(({ column, text }) => {
    const heading = headings.get(column);
    return heading !== undefined && plainText(heading).split('/').includes(text);
  });
  return same.length >= 2 && same.length === filled.length;
}
