/** The parts of an .xlsx file beside its sheets: which sheets there are, shared strings, and which
 *  styles show dates. Source: ECMA-376, part 1, 18.2 (workbook), 18.4 (strings), 18.8 (styles). */
import { posix } from 'node:path';
import { refuse } from './problem.ts';
import { attribute, elements, nextTag, partText, stringText } from './xml.ts';
import type { ZipArchive, ZipEntry } from './zip.ts';

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly entry: ZipEntry;
}

/** How a style shows a number. */
export type Shown = 'plain' | 'date' | 'percent' | number;

export interface Workbook {
  readonly sheets: readonly SheetPart[];
  readonly strings: readonly string[];
  /** By index of the style: a number is a code padded with zeros to this length. */
  readonly styles: readonly Shown[];
  readonly from1904: boolean;
}

const LONGEST_PART = 32 << 20;
const LONGEST_STRING = 1_100_000;
const MOST_STRING_CHARACTERS = 128 << 20;

/** Whole tags `<name …>` of a text, whatever their prefix. */
function tags(text: string, name: string): readonly string[] {
  const pattern = new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^>]*)?>`, 'gu');
  return text.match(pattern) ?? [];
}

async function part(zip: ZipArchive, name: string): Promise<string | undefined> {
  const entry = zip.entries.get(name);
  if (entry === undefined) return undefined;
  return partText(zip.stream(entry, true), name, LONGEST_PART);
}

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

async function relations(zip: ZipArchive, folder: string, file: string): Promise<Relation[]> {
  const text = (await part(zip, posix.join(folder, '_rels', `${file}.rels`))) ?? '';
  return tags(text, 'Relationship').map((tag) => {
    const target = attribute(tag, 'Target') ?? '';
    return {
      id: attribute(tag, 'Id') ?? '',
      type: attribute(tag, 'Type') ?? '',
      target: target.startsWith('/') ? target.slice(1) : posix.join(folder, target),
    };
  });
}

/** Refuses archives that are something else than a workbook without macros. */
function checkKind(zip: ZipArchive): void {
  const names = [...zip.entries.keys()];
  const macro = names.find((n) => /vbaProject|^xl\/macrosheets\//iu.test(n));
  if (macro !== undefined) refuse('format-macro', { part: macro });
  if (names.some((n) => n.startsWith('word/'))) refuse('format-document', { kind: 'Word' });
  if (names.some((n) => n.startsWith('ppt/'))) refuse('format-document', { kind: 'PowerPoint' });
  if (names.includes('EncryptedPackage')) refuse('format-password');
  if (names.includes('content.xml')) refuse('format-document', { kind: 'OpenDocument' });
  if (!names.includes('[Content_Types].xml')) refuse('format-document', { kind: 'ZIP' });
}

const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51,
  52, 53, 54, 55, 56, 57, 58,
]);

function shownBy(id: number, code: string): Shown {
  if (BUILT_IN_DATES.has(id)) return 'date';
  if (id === 9 || id === 10) return 'percent';
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\[[^\]]*\]/gu, '').split(';')[0] ?? '';
  if (/^0{2,20}$/u.test(bare)) return bare.length;
  if (/General|通用/iu.test(bare)) return 'plain';
  if (bare.includes('%')) return 'percent';
  return /[ymdhs年月日]/iu.test(bare) ? 'date' : 'plain';
}

function readStyles(text: string): Shown[] {
  const codes = new Map<number, string>();
  for (const tag of tags(text, 'numFmt')) {
    codes.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '');
  }
  const start = text.indexOf('cellXfs');
  const cells = text.slice(start, text.indexOf('cellXfs', start + 1));
  return tags(cells, 'xf').map((tag) => {
    const id = Number(attribute(tag, 'numFmtId') ?? 0);
    return shownBy(id, codes.get(id) ?? '');
  });
}

/** `x:` when the elements of a part are written with this prefix. */
export function prefixOf(text: string, root: string): string {
  return new RegExp(`<([\\w.-]+:)?${root}[\\s>]`, 'u').exec(text)?.[1] ?? '';
}

async function readStrings(zip: ZipArchive, entry: ZipEntry): Promise<string[]> {
  let prefix = '';
  for await (const chunk of zip.stream(entry)) {
    prefix = prefixOf(chunk.toString('latin1', 0, 4096), 'sst');
    break;
  }
  const strings: string[] = [];
  let total = 0;
  const pieces = elements(zip.stream(entry, true), `${prefix}si`, entry.name, LONGEST_STRING);
  for await (const { element } of pieces) {
    if (element === '') continue;
    const text = stringText(element, prefix);
    total += text.length;
    if (total > MOST_STRING_CHARACTERS) {
      const limit = `${MOST_STRING_CHARACTERS >> 20} MB`;
      refuse('zip-bomb', { part: entry.name, size: `> ${limit}`, limit });
    }
    strings.push(text);
  }
  return strings;
}

interface Parts {
  readonly sheets: readonly SheetPart[];
  readonly linked: (kind: string) => ZipEntry | undefined;
  readonly main: string;
}

async function readParts(zip: ZipArchive): Promise<Parts> {
  const roots = await relations(zip, '', '');
  const path = roots.find((r) => r.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const main = await part(zip, path);
  if (main === undefined || nextTag(main, `${prefixOf(main, 'workbook')}workbook`, 0) < 0) {
    return refuse('format-document', { kind: 'ZIP' });
  }
  const links = await relations(zip, posix.dirname(path), posix.basename(path));
  const byId = new Map(links.map((r) => [r.id, r]));
  const linked = (kind: string): ZipEntry | undefined => {
    const found = links.find((r) => r.type.endsWith(`/${kind}`));
    return found && zip.entries.get(found.target);
  };
  const sheets = tags(main, 'sheet').flatMap((tag): SheetPart[] => {
    const id = /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/u.exec(tag)?.[1] ?? '';
    const link = byId.get(id);
    if (link === undefined || !link.type.endsWith('/worksheet')) return [];
    const entry = zip.entries.get(link.target);
    if (entry === undefined) return refuse('zip-broken', { part: link.target });
    const state = attribute(tag, 'state');
    const hidden = state === 'hidden' || state === 'veryHidden';
    return [{ name: attribute(tag, 'name') ?? '', hidden, entry }];
  });
  return { sheets, linked, main };
}

/** The sheets of a workbook and the parts that hold them. Throws ImportRefusal. */
export async function readSheetParts(zip: ZipArchive): Promise<readonly SheetPart[]> {
  return (await readParts(zip)).sheets;
}

/** Reads everything of a workbook but its sheets. Throws ImportRefusal. */
export async function readWorkbook(zip: ZipArchive): Promise<Workbook> {
  checkKind(zip);
  const types = (await part(zip, '[Content_Types].xml')) ?? '';
  if (/macroEnabled/iu.test(types)) refuse('format-macro', { part: '[Content_Types].xml' });
  const { sheets, linked, main } = await readParts(zip);
  const strings = linked('sharedStrings');
  const styles = linked('styles');
  return {
    sheets,
    strings: strings === undefined ? [] : await readStrings(zip, strings),
    styles: styles === undefined ? [] : readStyles((await part(zip, styles.name)) ?? ''),
    from1904: tags(main, 'workbookPr').some((t) => /date1904\s*=\s*["'](?:1|true)/u.test(t)),
  };
}
