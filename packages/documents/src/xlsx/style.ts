/** How cells look. Colours are told apart by people who see no red or green, and never stand alone: a
 *  coloured cell has its word or mark in it. */
import type { CellStyle } from 'hucre/xlsx';

const LINE = { style: 'thin', color: { rgb: 'BFC4CC' } } as const;
const BOX = { top: LINE, right: LINE, bottom: LINE, left: LINE } as const;
/** Text format: what begins with `=` stays text even after somebody edits the cell. */
const TEXT = '@';
const MONEY = '#,##0.00';
const HEAD = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E8EBF0' } } as const;
const TOTAL = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F5F6F8' } } as const;
const TOP = { vertical: 'top', wrapText: true } as const;

export type StyleName =
  | 'title'
  | 'note'
  | 'law'
  | 'warning'
  | 'head'
  | 'text'
  | 'link'
  | 'mark'
  | 'right'
  | 'money'
  | 'count'
  | 'percent'
  | 'totalText'
  | 'totalRight'
  | 'totalMoney'
  | 'totalCount'
  | 'stamp';

const STYLES: Readonly<Record<StyleName, CellStyle>> = {
  title: { font: { bold: true, size: 16 }, alignment: { vertical: 'center' } },
  note: { alignment: TOP, numFmt: TEXT },
  law: { alignment: TOP, numFmt: TEXT, font: { color: { rgb: '444B57' } } },
  warning: { alignment: TOP, numFmt: TEXT, font: { bold: true, color: { rgb: '9C3D00' } } },
  head: {
    font: { bold: true },
    fill: HEAD,
    border: BOX,
    alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  },
  text: { border: BOX, alignment: TOP, numFmt: TEXT },
  link: {
    border: BOX,
    alignment: TOP,
    numFmt: TEXT,
    font: { underline: true, color: { rgb: '0B5CAD' } },
  },
  mark: { border: BOX, alignment: { horizontal: 'center', vertical: 'top' }, numFmt: TEXT },
  right: { border: BOX, alignment: { horizontal: 'right', vertical: 'top' }, numFmt: TEXT },
  money: { border: BOX, alignment: { vertical: 'top' }, numFmt: MONEY },
  count: { border: BOX, alignment: { vertical: 'top' }, numFmt: '#,##0' },
  percent: { border: BOX, alignment: { vertical: 'top' }, numFmt: '0.00%' },
  totalText: { border: BOX, fill: TOTAL, font: { bold: true }, alignment: TOP, numFmt: TEXT },
  totalRight: {
    border: BOX,
    fill: TOTAL,
    font: { bold: true },
    alignment: { horizontal: 'right', vertical: 'top' },
    numFmt: TEXT,
  },
  totalMoney: { border: BOX, fill: TOTAL, font: { bold: true }, numFmt: MONEY },
  totalCount: { border: BOX, fill: TOTAL, font: { bold: true }, numFmt: '#,##0' },
  stamp: { font: { size: 12 }, alignment: { vertical: 'center' } },
};

export const STYLE_NAMES: readonly StyleName[] = Object.keys(STYLES) as StyleName[];

/** Size of the letters of the tables, in points. */
export const FONT_SIZE = 11;

/** `name` in letters of `font`: a font of a file that leaves out its name is another one. */
export function styleIn(name: StyleName, font: string): CellStyle {
  const style = STYLES[name];
  return { ...style, font: { name: font, size: FONT_SIZE, ...style.font } };
}
