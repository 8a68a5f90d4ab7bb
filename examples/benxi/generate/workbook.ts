/** Sheets → the bytes of an .xlsx. Written here and not with the writer of the product, because the
 *  register is also a test of its reader: two programs that share a mistake would agree on it. */
import { zip } from './zip.ts';

/** How a cell looks; the number format decides what a person sees. */
export type Look =
  | 'title'
  | 'line'
  | 'head'
  | 'text'
  | 'general'
  | 'mark'
  | 'whole'
  | 'cents'
  | 'exact'
  | 'day'
  | 'prose'
  | 'note'
  | 'total';

export interface Cell {
  readonly look: Look;
  /** A text cell. */
  readonly text?: string;
  /** A number cell: its decimal text, written as it stands. */
  readonly number?: string;
  /** A formula, with its value in `number`. */
  readonly formula?: string;
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (Cell | undefined)[])[];
  /** `A1:C1` */
  readonly merges: readonly string[];
  /** In characters. */
  readonly widths: readonly number[];
  /** Rows that stay in view. */
  readonly frozen: number;
  /** Columns are more than a portrait page holds. */
  readonly landscape: boolean;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Number format, font, border and alignment of each look. Fonts: 0 宋体 11, 1 title, 2 bold, 3 small. */
const LOOKS: Readonly<Record<Look, readonly [number, number, number, string]>> = {
  title: [0, 1, 0, '<alignment horizontal="center" vertical="center"/>'],
  line: [0, 0, 0, '<alignment vertical="center"/>'],
  head: [0, 2, 1, '<alignment horizontal="center" vertical="center" wrapText="1"/>'],
  text: [49, 0, 1, '<alignment vertical="center"/>'],
  general: [0, 0, 1, '<alignment vertical="center"/>'],
  mark: [0, 0, 1, '<alignment horizontal="center" vertical="center"/>'],
  whole: [3, 0, 1, '<alignment vertical="center"/>'],
  cents: [4, 0, 1, '<alignment vertical="center"/>'],
  exact: [0, 0, 1, '<alignment horizontal="right" vertical="center"/>'],
  day: [164, 0, 1, '<alignment horizontal="center" vertical="center"/>'],
  prose: [49, 0, 1, '<alignment vertical="center" wrapText="1"/>'],
  note: [0, 3, 0, '<alignment vertical="center"/>'],
  total: [4, 2, 1, '<alignment vertical="center"/>'],
};

/** Heights of rows by the look of their first cell, in points. */
const HEIGHTS: { readonly [L in Look]?: number } = { title: 28, head: 30 };
const ORDER = Object.keys(LOOKS) as readonly Look[];
const STYLE = new Map(ORDER.map((look, i) => [look, i + 1]));

const escape = (text: string): string =>
  text.replace(/[&<>"]/gu, (c) => `&#${c.codePointAt(0) ?? 0};`);

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  const rest = Math.trunc(index / 26);
  const last = String.fromCodePoint(65 + (index % 26));
  return rest === 0 ? last : columnName(rest - 1) + last;
}

function stylesXml(): string {
  const font = (size: number, bold: boolean): string =>
    `<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="宋体"/><charset val="134"/></font>`;
  const side = (name: string): string => `<${name} style="thin"><color auto="1"/></${name}>`;
  const box = ['left', 'right', 'top', 'bottom'].map(side).join('');
  const formats = ORDER.map((look) => {
    const [format, face, border, alignment] = LOOKS[look];
    const kept = `applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"`;
    const ids = `numFmtId="${format}" fontId="${face}" fillId="0" borderId="${border}" xfId="0"`;
    return `<xf ${ids} ${kept}>${alignment}</xf>`;
  });
  return (
    `${XML}<styleSheet xmlns="${MAIN}">` +
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
    `<fonts count="4">${font(11, false)}${font(16, true)}${font(11, true)}${font(10, false)}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
    '<fill><patternFill patternType="gray125"/></fill></fills>' +
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
    `<border>${box}<diagonal/></border></borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${formats.length + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
    `${formats.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
  );
}

/** Texts of a workbook, each kept once. */
class Texts {
  readonly #index = new Map<string, number>();
  #uses = 0;

  at(text: string): number {
    this.#uses += 1;
    const known = this.#index.get(text);
    if (known !== undefined) return known;
    this.#index.set(text, this.#index.size);
    return this.#index.size - 1;
  }

  xml(): string {
    const items = [...this.#index.keys()].map(
      (t) => `<si><t xml:space="preserve">${escape(t)}</t></si>`,
    );
    const counts = `count="${this.#uses}" uniqueCount="${items.length}"`;
    return `${XML}<sst xmlns="${MAIN}" ${counts}>${items.join('')}</sst>`;
  }
}

function cellXml(cell: Cell, place: string, texts: Texts): string {
  const style = `s="${STYLE.get(cell.look) ?? 0}"`;
  if (cell.formula !== undefined) {
    return `<c r="${place}" ${style}><f>${escape(cell.formula)}</f><v>${cell.number ?? ''}</v></c>`;
  }
  if (cell.number !== undefined) return `<c r="${place}" ${style}><v>${cell.number}</v></c>`;
  if (cell.text === undefined || cell.text === '') return `<c r="${place}" ${style}/>`;
  return `<c r="${place}" ${style} t="s"><v>${texts.at(cell.text)}</v></c>`;
}

function sheetXml(sheet: Sheet, texts: Texts): string {
  const rows = sheet.rows.map((row, r) => {
    const cells = row.map((cell, c) =>
      cell === undefined ? '' : cellXml(cell, `${columnName(c)}${r + 1}`, texts),
    );
    const height = HEIGHTS[row[0]?.look ?? 'text'];
    const tall = height === undefined ? '' : ` ht="${height}" customHeight="1"`;
    return `<row r="${r + 1}"${tall}>${cells.join('')}</row>`;
  });
  const pane =
    `<pane ySplit="${sheet.frozen}" topLeftCell="A${sheet.frozen + 1}" ` +
    'activePane="bottomLeft" state="frozen"/>';
  const columns = sheet.widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  const merges = sheet.merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
  const merged = `<mergeCells count="${sheet.merges.length}">${merges}</mergeCells>`;
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${sheet.frozen > 0 ? pane : ''}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${columns.join('')}</cols>` +
    `<sheetData>${rows.join('')}</sheetData>${sheet.merges.length > 0 ? merged : ''}` +
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="${sheet.landscape ? 'landscape' : 'portrait'}" fitToHeight="0"/>` +
    '</worksheet>'
  );
}

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`;

const relations = (list: readonly string[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;

function contentTypes(sheets: number): string {
  const part = (name: string, type: string): string =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPE}.${type}+xml"/>`;
  const parts = Array.from({ length: sheets }, (_, i) =>
    part(`worksheets/sheet${i + 1}`, 'worksheet'),
  );
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    `${part('workbook', 'sheet.main')}${part('styles', 'styles')}` +
    `${part('sharedStrings', 'sharedStrings')}${parts.join('')}</Types>`
  );
}

function workbookXml(sheets: readonly Sheet[]): string {
  const list = sheets.map(
    ({ name }, i) => `<sheet name="${escape(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  return (
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><bookViews><workbookView/></bookViews>` +
    `<sheets>${list.join('')}</sheets></workbook>`
  );
}

/** The bytes of a workbook; the same sheets give the same bytes. Source: ECMA-376, part 1. */
export function workbookBytes(sheets: readonly Sheet[]): Buffer {
  const texts = new Texts();
  const bodies = sheets.map((sheet) => sheetXml(sheet, texts));
  const own = bodies.map((_, i) =>
    relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`),
  );
  const next = sheets.length + 1;
  own.push(relation(`rId${next}`, 'styles', 'styles.xml'));
  own.push(relation(`rId${next + 1}`, 'sharedStrings', 'sharedStrings.xml'));
  const parts: (readonly [string, string])[] = [
    ['[Content_Types].xml', contentTypes(sheets.length)],
    ['_rels/.rels', relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')])],
    ['xl/workbook.xml', workbookXml(sheets)],
    ['xl/_rels/workbook.xml.rels', relations(own)],
    ['xl/styles.xml', stylesXml()],
    ['xl/sharedStrings.xml', texts.xml()],
    ...bodies.map((body, i) => [`xl/worksheets/sheet${i + 1}.xml`, body] as const),
  ];
  return zip(parts.map(([path, text]) => ({ path, bytes: Buffer.from(text, 'utf8') })));
}
