/** What kind of file it is, by its content and not by its name; opens it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { decodes, openCsv, textForm } from './csv.ts';
import type { RawFile } from './grid.ts';
import { refuse } from './problem.ts';
import { openJsonLines, openParquet } from './records.ts';
import { openXlsx } from './xlsx.ts';
import { sizeText } from './zip.ts';

const LARGEST_WORKBOOK = 1 << 30;
const LARGEST_TEXT = 16 * 1024 * (1 << 20);
const HEAD = 64 * 1024;

const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

function starts(head: Buffer, text: string): boolean {
  return head.subarray(0, text.length).toString('latin1') === text;
}

/** Names in the directory of an OLE container are UTF-16. */
function oleKind(head: Buffer): void {
  const text = head.toString('utf16le');
  if (text.includes('EncryptedPackage') || text.includes('EncryptionInfo')) {
    refuse('format-password');
  }
  if (text.includes('WordDocument')) refuse('format-document', { kind: 'Word (.doc)' });
  if (text.includes('Workbook') || text.includes('Book')) refuse('format-xls');
}

async function headOf(path: string): Promise<{ readonly head: Buffer; readonly size: number }> {
  try {
    const { size } = await stat(path);
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(Math.min(HEAD, size));
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return { head: head.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch (e) {
    const why = (e as { code?: string }).code ?? 'unreadable';
    return refuse('file-missing', { file: nameOf(path), why });
  }
}

/** The last part of a path, whichever system wrote it. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

const DOCUMENTS: readonly (readonly [string, string])[] = [
  ['%PDF', 'PDF'],
  ['{\\rtf', 'RTF'],
  ['Rar!', 'RAR'],
  ["7z\u00bc\u00af'\u001c", '7z'],
  ['\u001f\u008b', 'gzip'],
  ['\u0089PNG', 'PNG'],
  ['\u00ff\u00d8\u00ff', 'JPEG'],
];

function checkDocument(head: Buffer): void {
  const found = DOCUMENTS.find(([magic]) => starts(head, magic));
  if (found !== undefined) refuse('format-document', { kind: found[1] });
  if (/^\s*<(?:!doctype\s+html|html|\?xml|table)/iu.test(head.toString('latin1', 0, 512))) {
    refuse('format-document', { kind: 'HTML / XML' });
  }
}

/** Opens the file at `path`. Throws ImportRefusal. */
export async function openSource(path: string): Promise<RawFile> {
  const { head, size } = await headOf(path);
  if (size === 0) refuse('file-empty');
  const zip = starts(head, 'PK\u0003\u0004') || starts(head, 'PK\u0005\u0006');
  const largest = zip ? LARGEST_WORKBOOK : LARGEST_TEXT;
  if (size > largest) refuse('file-large', { size: sizeText(size), limit: sizeText(largest) });
  if (head.subarray(0, 8).equals(OLE)) {
    oleKind(head);
    await oleTail(path, size);
    refuse('format-password');
  }
  checkDocument(head);
  const sha256 = await sha256Of(path);
  const file = { path, sha256 };
  if (zip) return { ...file, kind: 'xlsx', ...(await openXlsx(path)) };
  if (starts(head, 'PAR1')) {
    const sheet = await openParquet(path);
    return { ...file, kind: 'parquet', sheets: [sheet], close: sheet.close };
  }
  const close = (): Promise<void> => Promise.resolve();
  const form = await textForm(path, head);
  const first = decodes(head, form.encoding) ?? '';
  if (/^\s*\{/u.test(first)) {
    return { ...file, kind: 'jsonl', sheets: [await openJsonLines(path)], close };
  }
  return { ...file, kind: 'csv', sheets: [openCsv(path, form)], close };
}

/** The directory of an OLE container can stand anywhere in it. */
async function oleTail(path: string, size: number): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    oleKind(chunk as Buffer);
    if (size > 64 << 20) return;
  }
}
