/** An .xlsx file with the column of reasons: the sheets that were read are written anew row by row,
 *  everything else is copied as it is packed. */
import type { FileHandle } from 'node:fs/promises';
import type { FormPlace } from '../record.ts';
import { columnLetters } from './grid.ts';
import { REASON_HEADINGS } from './heading.ts';
import { reasonsOf } from './reasons.ts';
import type { Marking } from './reasons.ts';
import { readSheetParts, prefixOf } from './workbook.ts';
import { cellSpans, LONGEST_ROW } from './xlsx.ts';
import { attribute, elements } from './xml.ts';
import { ZipWriter } from './zip-write.ts';
import { openZip } from './zip.ts';
import type { ZipArchive, ZipEntry } from './zip.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text for XML: what it cannot hold becomes a space. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>]/gu, (c) => ESCAPES[c] ?? c).replaceAll(/\p{Cc}|\p{Cs}/gu, ' ');
}

/** A cell of text: what begins with `=` stays text. */
function reasonCell(prefix: string, column: number, row: number, text: string): string {
  const p = prefix;
  const inside = `<${p}is><${p}t xml:space="preserve">${escaped(text)}</${p}t></${p}is>`;
  return `<${p}c r="${columnLetters(column)}${row}" t="inlineStr">${inside}</${p}c>`;
}

/** The markup of a row with `text` in `column`, in place of what stood there; without a text the
 *  cell is taken out. */
function markedRow(
  markup: string,
  prefix: string,
  row: number,
  column: number,
  text: string,
): string {
  const head = markup.indexOf('>');
  const alone = markup.charAt(head - 1) === '/';
  const tag = markup.slice(0, alone ? head - 1 : head).replace(/\sspans="[^"]*"/u, '');
  const close = `</${prefix}row>`;
  const body = alone ? '' : markup.slice(head + 1, markup.length - close.length);
  const shift = head + 1;
  const cell = text === '' ? '' : reasonCell(prefix, column, row, text);
  let [start, end] = [body.length, body.length];
  for (const span of alone ? [] : cellSpans(markup, prefix)) {
    if (span.column < column) continue;
    start = span.start - shift;
    end = span.column === column ? span.end - shift : start;
    break;
  }
  return `${tag}>${body.slice(0, start)}${cell}${body.slice(end)}${close}`;
}

async function* markedSheet(
  zip: ZipArchive,
  entry: ZipEntry,
  form: FormPlace,
  m: Marking,
): AsyncGenerator<string> {
  let prefix = '';
  for await (const chunk of zip.stream(entry)) {
    prefix = prefixOf(chunk.toString('latin1', 0, 4096), 'worksheet');
    break;
  }
  const reasons = reasonsOf(form, m.problems, m.language);
  const column = form.reasonColumn;
  let last = 0;
  let text = '';
  const pieces = elements(zip.stream(entry), `${prefix}row`, entry.name, LONGEST_ROW, true);
  for await (const { element, other } of pieces) {
    // The extent of the sheet is a hint; it would leave the new column out.
    text += last === 0 ? other.replace(/<(?:[\w.-]+:)?dimension\b[^>]*\/>/u, '') : other;
    if (element !== '') {
      const own = Number(attribute(element.slice(0, element.indexOf('>')), 'r'));
      const row = Number.isInteger(own) ? own : last + 1;
      last = row;
      const heading = row === form.headerRow ? REASON_HEADINGS[m.language] : '';
      const reason = heading === '' ? (reasons.get(row) ?? '') : heading;
      const touched = reason !== '' || row > form.headerRow;
      text += touched ? markedRow(element, prefix, row, column, reason) : element;
    }
    if (text.length > 1 << 16) {
      yield text;
      text = '';
    }
  }
  yield text;
}

/** Writes the workbook at `path` to `to`. Throws ImportRefusal. */
export async function markWorkbook(path: string, to: FileHandle, m: Marking): Promise<void> {
  const zip = await openZip(path);
  try {
    const parts = await readSheetParts(zip);
    const writer = new ZipWriter(to);
    for (const entry of zip.entries.values()) {
      const part = parts.find((p) => p.entry === entry);
      const form = part && m.forms.find((f) => f.sheet === part.name);
      if (form === undefined) await writer.copy(zip, entry);
      else await writer.add(entry.name, markedSheet(zip, entry, form, m));
    }
    await writer.finish();
  } finally {
    await zip.close();
  }
}
