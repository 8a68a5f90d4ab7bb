/** Names that every spreadsheet takes: up to 31 characters, none of `[ ] : * ? / \`, no apostrophe at an
 *  end, not `History`, different without regard to case. */

const LONGEST = 31;

function clean(text: string): string {
  const plain = text.toWellFormed().replaceAll(/[[\]:*?/\\\p{Cc}]/gu, ' ');
  return plain.replaceAll(/\s+/gu, ' ').trim();
}

/** The first `length` UTF-16 units, never half a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  let out = '';
  for (const c of text) {
    if (out.length + c.length > length - 1) break;
    out += c;
  }
  return `${out.trimEnd()}…`;
}

/** Remembers which names are taken. */
export class SheetNames {
  readonly #taken = new Set<string>(['history']);

  /** `wanted`, mended and made different from all names so far by ` 2`, ` 3` at its end. */
  take(wanted: string): string {
    const plain = clean(wanted).replaceAll(/^'+|'+$/gu, '') || '-';
    for (let n = 1; ; n++) {
      const end = n === 1 ? '' : ` ${n}`;
      const name = cut(plain, LONGEST - end.length).replace(/'+$/u, '') + end;
      if (this.#taken.has(name.toLowerCase())) continue;
      this.#taken.add(name.toLowerCase());
      return name;
    }
  }
}
