/** Tables of text: .csv in UTF-8 or GB 18030 with `,` `;` or tab. Source: RFC 4180. */
import { createReadStream } from 'node:fs';
import { LONGEST_CELL, MOST_COLUMNS, MOST_ROWS } from './grid.ts';
import type { Cell, RawRow, RawSheet } from './grid.ts';
import { refuse } from './problem.ts';

export type Encoding = 'utf-8' | 'gb18030';

export interface TextForm {
  readonly encoding: Encoding;
  readonly delimiter: string;
  readonly bom: boolean;
  /** Lines end with `\r` alone. */
  readonly returns: boolean;
}

const BATCH = 1_000;
const CHUNK = 1 << 20;

/** The text of the file, piece by piece, without a byte order mark. Lines end with `\n` or `\r\n`
 *  afterwards: old systems end them with `\r` alone (`returns`). Throws ImportRefusal. */
export async function* textOf(path: string, form: TextForm): AsyncGenerator<string> {
  const { encoding, returns } = form;
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      if (text !== '') yield returns ? text.replaceAll('\r', '\n') : text;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (e) {
    if (e instanceof TypeError) refuse('text-encoding', { line: String(line) });
    throw e;
  }
}

/** Which of `, ; tab` splits the first lines most evenly. */
export function delimiterOf(text: string): string {
  const lines = text
    .replaceAll(/"[^"]*"/gu, '""')
    .split(/\r?\n|\r/u)
    .filter((l) => l.trim() !== '')
    .slice(0, 30);
  let best = ',';
  let most = 0;
  for (const d of [',', '\t', ';']) {
    const counts = new Map<number, number>();
    for (const l of lines) {
      const n = l.split(d).length - 1;
      if (n > 0) counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    const even = Math.max(0, ...counts.values());
    if (even > most) [best, most] = [d, even];
  }
  return best;
}

/** Decodes the head, however a character at its end is cut. */
export function decodes(head: Buffer, encoding: 'utf-8' | 'gb18030'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
}

/** Encoding, delimiter and line ends of a table of text; the head decides between UTF-8 and GB
 *  18030, and a whole file whose head is plain ASCII is tried again as the other. */
export async function textForm(path: string, head: Buffer): Promise<TextForm> {
  const bom = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  const utf16 = head.subarray(0, 2).includes(0xff) && head.subarray(0, 2).includes(0xfe);
  if (utf16) refuse('text-encoding', { line: '1' });
  if (head.includes(0)) refuse('format-unknown');
  const utf8 = bom || (await isUtf8(path));
  const text = decodes(head, utf8 ? 'utf-8' : 'gb18030');
  if (text === undefined) return refuse('text-encoding', { line: '1' });
  if (!text.includes('\n') && !text.includes('\r') && text.trim().length < 2) refuse('no-table');
  const returns = text.includes('\r') && !text.includes('\n');
  const encoding = utf8 ? 'utf-8' : 'gb18030';
  return { encoding, delimiter: delimiterOf(text), bom, returns };
}

async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (e) {
    if (e instanceof TypeError) return false;
    throw e;
  }
}

/** A record with the place of its text, so that it can be given back as it was. */
export interface TextRecord {
  readonly line: number;
  readonly cells: readonly string[];
  /** As the file has it, without the end of the line; empty unless wanted. */
  readonly raw: string;
}

/** Splits text into records. Quoted cells may hold delimiters, quotes and line breaks. A quote that
 *  opens in the middle of a cell is a character. Throws ImportRefusal. */
export class TextSplitter {
  readonly #delimiter: string;
  readonly #keepRaw: boolean;
  #rest = '';
  #line = 1;

  constructor(delimiter: string, keepRaw = false) {
    this.#delimiter = delimiter;
    this.#keepRaw = keepRaw;
  }

  /** Records that are complete; the beginning of the next is kept. */
  *push(text: string, last = false): Generator<TextRecord> {
    const all = this.#rest === '' ? text : this.#rest + text;
    let at = 0;
    let quote = -2;
    while (at < all.length) {
      if (quote !== -1 && quote < at) quote = all.indexOf('"', at);
      let end = all.indexOf('\n', at);
      if (quote >= 0 && (end < 0 || quote < end)) end = this.#quotedEnd(all, at, last);
      if (end < 0) {
        if (!last) break;
        end = all.length;
      }
      yield this.#record(all.slice(at, all.charCodeAt(end - 1) === 13 ? end - 1 : end));
      this.#line += 1;
      at = end + 1;
    }
    this.#rest = all.slice(at);
    if (this.#rest.length > 16 * LONGEST_CELL) {
      if (this.#rest.includes('"')) refuse('text-quote', { line: String(this.#line) });
      refuse('cell-huge', { row: String(this.#line), limit: String(LONGEST_CELL) });
    }
  }

  /** Place of the line end behind a record with quotes that begins at `from`; -1: not there yet. */
  #quotedEnd(all: string, from: number, last: boolean): number {
    let at = from;
    for (;;) {
      if (all.charAt(at) === '"') {
        const close = closing(all, at + 1);
        if (close < 0) {
          if (last) refuse('text-quote', { line: String(this.#line) });
          return -1;
        }
        at = close + 1;
      }
      const end = all.indexOf('\n', at);
      const next = all.indexOf(this.#delimiter, at);
      if (next < 0 || (end >= 0 && end < next)) return end;
      at = next + 1;
    }
  }

  #record(raw: string): TextRecord {
    const line = this.#line;
    const kept = this.#keepRaw ? raw : '';
    if (!raw.includes('"')) return { line, cells: raw.split(this.#delimiter), raw: kept };
    const cells: string[] = [];
    let at = 0;
    for (;;) {
      if (raw.charAt(at) === '"') {
        const close = closing(raw, at + 1);
        const end = raw.indexOf(this.#delimiter, close + 1);
        const rest = end < 0 ? raw.slice(close + 1) : raw.slice(close + 1, end);
        cells.push(raw.slice(at + 1, close).replaceAll('""', '"') + rest);
        for (let n = raw.indexOf('\n', at); n >= 0 && n < close; n = raw.indexOf('\n', n + 1)) {
          this.#line++;
        }
        if (end < 0) return { line, cells, raw: kept };
        at = end + 1;
        continue;
      }
      const end = raw.indexOf(this.#delimiter, at);
      cells.push(end < 0 ? raw.slice(at) : raw.slice(at, end));
      if (end < 0) return { line, cells, raw: kept };
      at = end + 1;
    }
  }
}

/** The quote that closes a cell opened before `from`; -1 when it does not come. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at;
}

function rowOf(record: TextRecord): RawRow {
  const { cells: texts, line } = record;
  const cells: (Cell | undefined)[] = [];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? '';
    if (text === '') continue;
    if (i >= MOST_COLUMNS) {
      const count = String(texts.length);
      refuse('columns-many', { row: String(line), count, limit: String(MOST_COLUMNS) });
    }
    if (text.length > LONGEST_CELL) {
      refuse('cell-huge', { row: String(line), limit: String(LONGEST_CELL) });
    }
    cells[i] = { kind: 'text', text };
  }
  return { row: line, cells };
}

/** The table of a text file. */
export function openCsv(path: string, form: TextForm): RawSheet {
  let width = 0;
  async function* rows(): AsyncGenerator<readonly RawRow[], void, undefined> {
    const splitter = new TextSplitter(form.delimiter);
    let batch: RawRow[] = [];
    const take = function* (text: string, last: boolean): Generator<readonly RawRow[]> {
      for (const record of splitter.push(text, last)) {
        if (record.line > MOST_ROWS) refuse('rows-many', { limit: String(MOST_ROWS) });
        width = Math.max(width, record.cells.length);
        batch.push(rowOf(record));
        if (batch.length >= BATCH) {
          yield batch;
          batch = [];
        }
      }
    };
    for await (const text of textOf(path, form)) yield* take(text, false);
    yield* take('', true);
    if (batch.length > 0) yield batch;
  }
  const plain = { name: '', hidden: false, merges: [], from1904: false, headings: null };
  return { ...plain, width: () => width, rows };
}
