/** The same file back, with a column that says of each bad row why it was not taken. All other
 *  cells stay as they are, in value and format. */
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TextSplitter, textForm, textOf } from './csv.ts';
import type { TextForm, TextRecord } from './csv.ts';
import { REASON_HEADINGS } from './heading.ts';
import { refuse } from './problem.ts';
import { reasonsOf } from './reasons.ts';
import type { Marking, Reasons } from './reasons.ts';
import { openParquet } from './records.ts';
import { markWorkbook } from './mark-workbook.ts';

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Text gathered to pieces that are worth writing. */
class Pieces {
  readonly #file: FileHandle;
  #text = '';

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async add(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length > 1 << 20) await this.flush();
  }

  async flush(): Promise<void> {
    await this.#file.write(this.#text);
    this.#text = '';
  }
}

/** A record with the reason in its column; without one it is as it was. */
function markedRecord(record: TextRecord, at: number, reason: string, delimiter: string): string {
  const { cells, raw } = record;
  if (cells.length <= at) {
    return reason === '' ? raw : raw + delimiter.repeat(at - cells.length + 1) + quoted(reason);
  }
  // An earlier reason stands there: it is replaced.
  return cells
    .map((text, i) => {
      const own = i === at ? reason : text;
      return own.includes(delimiter) || /["\n\r]/u.test(own) ? quoted(own) : own;
    })
    .join(delimiter);
}

async function markText(path: string, form: TextForm, to: FileHandle, m: Marking): Promise<void> {
  const place = m.forms[0];
  if (place === undefined) return;
  const reasons = reasonsOf(place, m.problems, m.language);
  const splitter = new TextSplitter(form.delimiter, true);
  const out = new Pieces(to);
  await out.add('\ufeff');
  const write = async (text: string, last: boolean): Promise<void> => {
    for (const record of splitter.push(text, last)) {
      const heading = record.line === place.headerRow ? REASON_HEADINGS[m.language] : '';
      const reason = heading === '' ? (reasons.get(record.line) ?? '') : heading;
      const marked = record.line >= place.headerRow;
      const text2 = marked
        ? markedRecord(record, place.reasonColumn, reason, form.delimiter)
        : record.raw;
      await out.add(`${text2}\r\n`);
    }
  };
  for await (const text of textOf(path, form)) await write(text, false);
  await write('', true);
  await out.flush();
}

/** A line of JSON with the reason as its last key. */
function markedObject(line: string, reason: string, headings: readonly string[]): string {
  let text = line.trimEnd();
  for (const h of headings) {
    const own = `,${JSON.stringify(h)}:"`;
    const at = text.lastIndexOf(own);
    if (at >= 0 && /^(?:[^"\\]|\\.)*"\}$/u.test(text.slice(at + own.length))) {
      text = `${text.slice(0, at)}}`;
    }
  }
  if (reason === '') return text;
  const open = text.slice(0, text.lastIndexOf('}')).trimEnd();
  const comma = open.endsWith('{') ? '' : ',';
  return `${open}${comma}${JSON.stringify(headings[0] ?? '')}:${JSON.stringify(reason)}}`;
}

async function markJson(path: string, to: FileHandle, m: Marking, reasons: Reasons): Promise<void> {
  const headings = [
    REASON_HEADINGS[m.language],
    REASON_HEADINGS[m.language === 'zh' ? 'en' : 'zh'],
  ];
  const file = await open(path, 'r');
  const out = new Pieces(to);
  let row = 0;
  try {
    for await (const line of file.readLines()) {
      row++;
      const marked =
        line.trim() === '' ? line : markedObject(line, reasons.get(row) ?? '', headings);
      await out.add(`${marked}\n`);
    }
  } finally {
    await file.close();
  }
  await out.flush();
}

/** Parquet holds no text of reasons beside its types: it comes back as .csv. */
async function markParquet(
  path: string,
  to: FileHandle,
  m: Marking,
  reasons: Reasons,
): Promise<void> {
  const sheet = await openParquet(path);
  const out = new Pieces(to);
  try {
    const headings = [...(sheet.headings ?? []), REASON_HEADINGS[m.language]];
    await out.add(`\ufeff${headings.map((h) => quoted(h)).join(',')}\r\n`);
    for await (const batch of sheet.rows()) {
      for (const { row, cells } of batch) {
        const texts = [...cells.map((c) => c?.text ?? ''), reasons.get(row) ?? ''];
        await out.add(`${texts.map((t) => (t === '' ? '' : quoted(t))).join(',')}\r\n`);
      }
    }
    await out.flush();
  } finally {
    await sheet.close();
  }
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(64 * 1024);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Writes the file at `path` to `to` with the column 错误原因: .xlsx as .xlsx, text as text (.csv in
 *  UTF-8), Parquet as .csv. The target appears only when it is whole. Throws ImportRefusal when the
 *  file is no longer what was read. */
export async function markErrors(path: string, to: string, marking: Marking): Promise<void> {
  const part = `${to}.part`;
  const out = await open(part, 'w');
  try {
    const head = await headOf(path);
    const magic = head.toString('latin1', 0, 4);
    const place = marking.forms[0];
    if (place === undefined) refuse('no-table');
    const reasons = reasonsOf(place, marking.problems, marking.language);
    if (magic.startsWith('PK')) await markWorkbook(path, out, marking);
    else if (magic === 'PAR1') await markParquet(path, out, marking, reasons);
    else if (place.headerRow === 0) await markJson(path, out, marking, reasons);
    else await markText(path, await textForm(path, head), out, marking);
  } catch (e) {
    await out.close();
    await rm(part, { force: true });
    throw e;
  }
  await out.close();
  await rename(part, to);
}
