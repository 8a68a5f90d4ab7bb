/** Cells and rows as SpreadsheetML. Numbers are written as decimal text straight from whole numbers: no
 *  amount passes through a floating-point value here. */
import type { StyleName } from './style.ts';

export interface TextCell {
  readonly text: string;
  readonly style: StyleName;
}

/** `n` × 10^-scale. */
export interface NumberCell {
  readonly n: bigint;
  readonly scale: number;
  readonly style: StyleName;
  /** Style when the number has too many digits for a cell and is written as text. */
  readonly asText: StyleName;
}

/** `formula` without `=`; `n` is the value it has before anybody filters. */
export interface FormulaCell {
  readonly formula: string;
  readonly n: bigint | null;
  readonly scale: number;
  readonly style: StyleName;
}

export type Cell = TextCell | NumberCell | FormulaCell | null;

export interface Row {
  readonly cells: readonly Cell[];
  /** Points; absent: one line. */
  readonly height?: number;
}

/** Spreadsheets keep 15 significant digits, so amounts up to this many 分 are exact in a cell. */
export const MOST_IN_CELL = 999_999_999_999_999n;
/** Longest text of a cell is 32,767 characters. */
const LONGEST = 32_000;

// oxlint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
// Any surrogate too, for half a character.
// oxlint-disable-next-line no-control-regex
const SPECIAL = /[\u0000-\u0008\u000b-\u001f&<>\ud800-\udfff\ufffe\uffff]|_x/;
const ESCAPED = /_x(?=[0-9A-Fa-f]{4}_)/gu;

/** Text of an element; characters that XML cannot hold as `_x0008_`. Source: ECMA-376-1, 22.9.2.19. */
export function xmlText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const hex = (c: string): string => c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return text
    .toWellFormed()
    .replaceAll(ESCAPED, '_x005F_x')
    .replaceAll(UNWRITABLE, (c) => `_x${hex(c)}_`)
    .replaceAll('\r', '_x000D_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** `n` × 10^-scale, all decimals written: `-12.30`. */
export function decimal(n: bigint, scale: number): string {
  const digits = (n < 0n ? -n : n).toString().padStart(scale + 1, '0');
  const sign = n < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** `decimal` with thousands separators. */
export function grouped(n: bigint, scale: number): string {
  const [whole = '', fraction] = decimal(n, scale).split('.');
  const text = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/gu, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

export function fitsCell(n: bigint): boolean {
  return n <= MOST_IN_CELL && n >= -MOST_IN_CELL;
}

/** 0 is A, 26 is AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

export type StyleIds = Readonly<Record<StyleName, number>>;

function textXml(place: string, text: string, style: number): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const t = `<is><t xml:space="preserve">${xmlText(shown)}</t></is>`;
  return `<c ${place} s="${style}" t="inlineStr">${t}</c>`;
}

function cellXml(cell: Exclude<Cell, null>, place: string, ids: StyleIds): string {
  if ('text' in cell) return textXml(place, cell.text, ids[cell.style]);
  if ('formula' in cell) {
    const value = cell.n !== null && fitsCell(cell.n) ? decimal(cell.n, cell.scale) : null;
    const v = value === null ? '' : `<v>${value}</v>`;
    return `<c ${place} s="${ids[cell.style]}"><f>${xmlText(cell.formula)}</f>${v}</c>`;
  }
  if (!fitsCell(cell.n)) return textXml(place, grouped(cell.n, cell.scale), ids[cell.asText]);
  return `<c ${place} s="${ids[cell.style]}"><v>${decimal(cell.n, cell.scale)}</v></c>`;
}

/** `number` counts from 1. */
export function rowXml({ cells, height }: Row, number: number, ids: StyleIds): string {
  const written = cells.map((cell, at) =>
    cell === null ? '' : cellXml(cell, `r="${columnName(at)}${number}"`, ids),
  );
  const size = height === undefined ? '' : ` ht="${height}"`;
  return `<row r="${number}"${size}>${written.join('')}</row>`;
}
