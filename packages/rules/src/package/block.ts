/** Raw blocks → blocks with header fields, key lines and table rows; citations cut off the lines. */
import { problem } from '../problem.ts';
import type { Located } from './located.ts';
import type { Keyword, Quote, RawBlock } from './markdown.ts';
import type { Place, Problems } from '../problem.ts';

/** A trailing 「…」, not yet found in the text; `nth` from `#2`. */
export interface QuoteMark {
  readonly text: string;
  readonly nth: number | undefined;
  readonly at: Place;
}

/** A line of a block: its value and what it cites. */
export interface Line {
  readonly key: string;
  /** The word between the key and the colon: `当 限额以上:`. */
  readonly label: string;
  /** English of the label: `当 限额以上 / Above quota:`. */
  readonly labelEn: string;
  readonly value: Located;
  readonly whole: Located;
  readonly quotes: readonly QuoteMark[];
  readonly readings: readonly string[];
  /** Where each of `readings` is written. */
  readonly readingPlaces: readonly Place[];
}

export interface Row {
  readonly cells: readonly Located[];
  readonly at: Place;
}

export interface Table {
  readonly head: readonly Located[];
  readonly rows: readonly Row[];
}

export interface Block {
  readonly keyword: Keyword;
  /** Provision id such as `3.3`, or empty. */
  readonly id: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, Located>;
  readonly lines: readonly Line[];
  readonly table: Table | undefined;
  readonly at: Place;
  readonly namePlace: Place;
  readonly idPlace: Place;
  readonly quote: Quote | undefined;
}

const ID = /^(?:\d{1,3}|[A-Z])\.(?:\d{1,3}|R)(?:\.[a-z])?(?:#\d+)?(?=\s|$)/u;
const ATTRIBUTE = /(?:^|\s)([\p{Script=Han}A-Za-z]+)=(?:"([^"]*)"|(\S+))/gu;
const KEY =
  /^([\p{Script=Han}A-Za-z_][\p{Script=Han}A-Za-z0-9_]*)(?:\s+([^\s:：]+)(?:\s+\/\s+([^:：]+?))?)?\s*[:：]\s*/u;
const QUOTE = /「((?:[^「」]|「[^「」]*」)*)」(?:#(\d+))?/gu;

const MARK = /「(?:[^「」]|「[^「」]*」)*」(?:#\d+)?|(?<=\s|」)口径[(\s]\s*[^\s()]+\)?/gu;

/** The run of 「…」 and 口径(…) that ends the text, with the white space before it. Read backwards
 *  mark by mark: one expression over the whole run takes quadratic time on long lines. */
function trailingRun(text: string): { readonly index: number; readonly run: string } | undefined {
  let end = text.length;
  let start: number | undefined;
  for (const m of [...text.matchAll(MARK)].toReversed()) {
    if (text.slice(m.index + m[0].length, end).trim() !== '') break;
    end = m.index;
    if (end === 0 || /\s/u.test(text.charAt(end - 1))) start = end;
  }
  if (start === undefined) return undefined;
  const index = text.slice(0, start).trimEnd().length;
  return { index, run: text.slice(index) };
}

/** Where the trailing run of 「…」 and 口径(…) begins, or the length of the text. */
function tailStart(text: string): number {
  const m = trailingRun(text);
  if (m === undefined) return text.length;
  const before = text.slice(0, m.index);
  const first = m.run.trimStart();
  // `a - 口径(3.3#1)` ends in an expression; a citation needs two spaces or a quote before it.
  const reading =
    first.startsWith('口径') &&
    (/[-+*/<>=(,:]$|\b(?:in|and|or|then|else)$/u.test(before) ||
      !/\s\s/u.test(m.run.slice(0, m.run.indexOf('口径'))));
  if (!reading) return m.index;
  const quote = text.indexOf('「', m.index);
  return quote < 0 ? text.length : quote;
}

type Tail = Pick<Line, 'quotes' | 'readings' | 'readingPlaces'>;

function cutTail(line: Located): Tail & { readonly head: Located } {
  const at = tailStart(line.text);
  const tail = line.text.slice(at);
  const quotes: QuoteMark[] = [];
  for (const m of tail.matchAll(QUOTE)) {
    quotes.push({
      text: m[1] ?? '',
      nth: m[2] === undefined ? undefined : Number(m[2]),
      at: line.place(at + m.index),
    });
  }
  const bare = tail.replace(QUOTE, (m) => ' '.repeat(m.length));
  const cited = [...bare.matchAll(/口径[(\s]\s*([^\s()]+)\)?/gu)];
  const readings = cited.map((m) => m[1] ?? '');
  const readingPlaces = cited.map((m) => line.place(at + m.index));
  return { head: line.slice(0, at), quotes, readings, readingPlaces };
}

function readLine(line: Located): Line {
  const { head, ...cited } = cutTail(line);
  const m = KEY.exec(head.text);
  return {
    key: m?.[1] ?? '',
    label: m?.[2] ?? '',
    labelEn: m?.[3] ?? '',
    value: m === null ? head : head.slice(m[0].length),
    whole: head,
    ...cited,
  };
}

/** Cells of a table row; a `|` inside 「…」 or "…" does not cut. */
function cells(line: Located): Located[] {
  const result: Located[] = [];
  const text = line.text;
  let from = 1;
  let depth = 0;
  let quoted = false;
  for (let i = 1; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"') quoted = !quoted;
    else if (c === '「') depth++;
    else if (c === '」') depth--;
    else if (c === '|' && depth <= 0 && !quoted) {
      result.push(line.slice(from, i));
      from = i + 1;
    }
  }
  if (text.slice(from).trim() !== '') result.push(line.slice(from));
  return result;
}

function readTable(lines: readonly Located[], problems: Problems): Table | undefined {
  const rows = lines.filter((l) => l.text.startsWith('|'));
  const first = rows[0];
  if (first === undefined) return undefined;
  const head = cells(first);
  const body: Row[] = [];
  for (const row of rows.slice(1)) {
    if (/^\|(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?$/u.test(row.text)) continue;
    const c = cells(row);
    if (c.length !== head.length) {
      const [expected, found] = [String(head.length), String(c.length)];
      problems.add(problem('table-cells', row.place(), { expected, found }));
    }
    body.push({ cells: c, at: row.place() });
  }
  return { head, rows: body };
}

function readHeader(
  header: Located,
): Pick<Block, 'id' | 'name' | 'attributes' | 'namePlace' | 'idPlace'> {
  const attributes = new Map<string, Located>();
  let cut = header.text.length;
  for (const m of header.text.matchAll(ATTRIBUTE)) {
    cut = Math.min(cut, m.index);
    const value = m[2] ?? m[3] ?? '';
    const offset = m.index + m[0].lastIndexOf(value);
    attributes.set(m[1] ?? '', header.slice(offset, offset + value.length));
  }
  const head = header.slice(0, cut);
  const id = ID.exec(head.text)?.[0] ?? '';
  const name = head.slice(id.length);
  return { id, name: name.text, attributes, namePlace: name.place(), idPlace: head.place() };
}

export function readBlock(raw: RawBlock, problems: Problems): Block {
  const lines = raw.lines.filter((l) => !l.text.startsWith('|')).map(readLine);
  return {
    keyword: raw.keyword,
    ...readHeader(raw.header),
    lines,
    table: readTable(raw.lines, problems),
    at: raw.at,
    quote: raw.quote,
  };
}
