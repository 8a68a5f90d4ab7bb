// Goal: archives that other programs open, whatever is put in. Method: read back with our own reader and,
// through the workbook tests, with exceljs; parts of every size around the block, text of every width.
import { describe, expect, it } from 'vitest';
import { unzip, zip } from '../src/zip.ts';
import type { Part } from '../src/zip.ts';

async function pack(parts: readonly Part[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip(parts)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('zip', () => {
  it('gives back what was put in, in blocks or at once, also nothing', async () => {
    const long = '缺数清单 & 差一点 🏮 '.repeat(60_000);
    const pieces = Array.from({ length: 5000 }, (_, n) => `${n},`);
    const bytes = await pack([
      { path: '一/空.xml', chunks: [] },
      { path: 'long.xml', chunks: [long] },
      { path: 'pieces.xml', chunks: pieces },
    ]);
    const parts = unzip(bytes);
    expect([...parts.keys()]).toEqual(['一/空.xml', 'long.xml', 'pieces.xml']);
    expect(parts.get('一/空.xml')).toBe('');
    expect(parts.get('long.xml')).toBe(long);
    expect(parts.get('pieces.xml')).toBe(pieces.join(''));
  });

  it('is the same bytes for the same data', async () => {
    const parts = [{ path: 'a', chunks: ['b'.repeat(100)] }];
    expect(await pack(parts)).toEqual(await pack(parts));
  });

  it('passes on what a part throws', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'begun';
      throw new Error('the rows end here');
    }
    await expect(pack([{ path: 'a', chunks: broken() }])).rejects.toThrow('the rows end here');
  });

  it('refuses bytes that are no archive', () => {
    expect(() => unzip(new Uint8Array(40))).toThrow('no end of the archive');
  });
});
