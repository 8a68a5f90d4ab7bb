/** The little XML that a workbook needs, without a tree: elements cut out of a stream of bytes, and
 *  texts of them. A document type is refused wherever it stands, so no entity can be declared. */
import { refuse } from './problem.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Text with its entities resolved; an unknown one stays as it is written. */
export function xmlText(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/giu,
    (all, hex, dec, name) => {
      const named = NAMED[String(name)];
      if (named !== undefined) return named;
      const point = hex === undefined ? Number(dec) : Number.parseInt(String(hex), 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
}

/** `_x000D_` of a workbook's strings is a character. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/giu, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

/** The value of attribute `name` in the text of a tag; undefined when it has none. */
export function attribute(tag: string, name: string): string | undefined {
  let at = 0;
  for (;;) {
    at = tag.indexOf(name, at);
    if (at < 0) return undefined;
    const before = tag.charCodeAt(at - 1);
    const quote = tag.charAt(at + name.length + 1);
    if (before <= 32 && tag.charAt(at + name.length) === '=' && (quote === '"' || quote === "'")) {
      const start = at + name.length + 2;
      const end = tag.indexOf(quote, start);
      return end < 0 ? undefined : xmlText(tag.slice(start, end));
    }
    at += name.length;
  }
}

/** Texts of all `<t>` inside, phonetic guides left out. */
export function stringText(inside: string, prefix: string): string {
  const plain = replaced(inside, `<${prefix}rPh`, `</${prefix}rPh>`, () => '');
  let text = '';
  let at = 0;
  for (;;) {
    const open = nextTag(plain, `${prefix}t`, at);
    if (open < 0) return unescaped(text);
    const start = plain.indexOf('>', open) + 1;
    if (start === 0) return unescaped(text);
    at = start;
    if (plain.charAt(start - 2) === '/') continue;
    const end = plain.indexOf(`</${prefix}t>`, start);
    if (end < 0) return unescaped(text);
    text += xmlText(plain.slice(start, end));
    at = end;
  }
}

/** Place of the next tag `<name` whose name ends there; -1 when there is none. */
export function nextTag(text: string, name: string, from: number): number {
  let at = from;
  for (;;) {
    at = text.indexOf(`<${name}`, at);
    if (at < 0) return -1;
    const after = text.charCodeAt(at + name.length + 1);
    if (after === 62 || after === 47 || after <= 32) return at;
    at += name.length;
  }
}

/** `text` with each part from `open` to the next `close` replaced; what is opened and never closed
 *  stays. Linear, which a pattern with a lazy middle is not. */
function replaced(
  text: string,
  open: string,
  close: string,
  by: (inside: string) => string,
): string {
  let at = 0;
  let result = '';
  for (;;) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return at === 0 ? text : result + text.slice(at);
    result += text.slice(at, start) + by(text.slice(start + open.length, end));
    at = end + close.length;
  }
}

/** Comments out, CDATA as plain text: afterwards `<` begins a tag and nothing else. */
function plainMarkup(text: string): string {
  if (!text.includes('<!')) return text;
  const bare = replaced(text, '<!--', '-->', () => '');
  return replaced(bare, '<![CDATA[', ']]>', (inside) =>
    inside.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  );
}

/** Decodes a stream of bytes as UTF-8 text. Throws ImportRefusal when it is not. */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let first = true;
  try {
    for await (const chunk of bytes) {
      const text = decoder.decode(chunk, { stream: true });
      if (first && text.includes('\0')) refuse('zip-broken', { part });
      first = false;
      if (text !== '') yield text;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (e) {
    if (e instanceof TypeError) refuse('zip-broken', { part });
    throw e;
  }
}

/** A whole small part as text. Throws ImportRefusal on a document type. */
export async function partText(
  bytes: AsyncIterable<Uint8Array>,
  part: string,
  longest: number,
): Promise<string> {
  let text = '';
  for await (const piece of decoded(bytes, part)) {
    text += piece;
    if (text.length > longest) refuse('zip-broken', { part });
  }
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) refuse('xml-declaration', { part });
  return plainMarkup(text);
}

/** What stands before, between and behind the elements `name`, in order.
 *  `element` is whole, from `<name` to its end tag; `other` is everything else. */
export interface Piece {
  readonly element: string;
  readonly other: string;
}

const KEPT_BACK = 16;

/** Cuts a document into its elements `name` (which do not nest) and what is between them. At most
 *  `longest` characters are held for one element. Throws ImportRefusal.
 *  `verbatim` keeps comments as they are written. */
export async function* elements(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  part: string,
  longest: number,
  verbatim = false,
): AsyncGenerator<Piece> {
  let text = '';
  const close = `</${name}>`;
  const clean = (t: string): string => (verbatim || !t.includes('<!') ? t : plainMarkup(t));
  for await (const chunk of decoded(bytes, part)) {
    text += chunk;
    let at = 0;
    for (;;) {
      const open = nextTag(text, name, at);
      if (open < 0) break;
      const head = text.indexOf('>', open);
      if (head < 0) break;
      const alone = text.charAt(head - 1) === '/';
      const found = alone ? head : text.indexOf(close, head);
      if (found < 0) break;
      const end = alone ? head + 1 : found + close.length;
      const other = text.slice(at, open);
      if (other.includes('<!')) checkMarkup(other, part);
      yield { element: clean(text.slice(open, end)), other: clean(other) };
      at = end;
    }
    text = text.slice(at);
    const open = nextTag(text, name, 0);
    if (open < 0 && text.length > KEPT_BACK + close.length) {
      const cut = cutPlace(text);
      checkMarkup(text, part);
      if (cut > 0) yield { element: '', other: clean(text.slice(0, cut)) };
      text = text.slice(cut);
    }
    if (text.length > longest) refuse('cell-huge', { row: '?', limit: String(longest) });
  }
  checkMarkup(text, part);
  if (text !== '') yield { element: '', other: clean(text) };
}

/** Where other text may be cut without cutting a tag in two. */
function cutPlace(text: string): number {
  const open = text.lastIndexOf('<');
  return open < 0 ? text.length : open;
}

function checkMarkup(text: string, part: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) refuse('xml-declaration', { part });
}
