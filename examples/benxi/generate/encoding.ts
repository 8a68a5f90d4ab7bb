/** Text → GB 18030, the encoding in which Chinese Excel saves .csv. Node decodes it but does not
 *  encode; the table is the decoder's own, read backwards. Two-byte characters and ASCII only. */

let table: ReadonlyMap<string, number> | undefined;

function backwards(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, number>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      const text = decoder.decode(new Uint8Array([high, low]));
      if ([...text].length === 1 && text !== '�') found.set(text, (high << 8) | low);
    }
  }
  return found;
}

/** Throws on a character that needs four bytes: none stands in the register. */
export function gb18030(text: string): Buffer {
  table ??= backwards();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const pair = table.get(character);
    if (code < 0x80) bytes.push(code);
    else if (pair !== undefined) bytes.push(pair >> 8, pair & 0xff);
    else throw new Error(`no two bytes in GB 18030 for ${character}`);
  }
  return Buffer.from(bytes);
}
