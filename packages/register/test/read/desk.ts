// What a clerk has on the desk: a folder of files, a mapping, and the reading of a file with
// everything that came out of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import type { WriteSheet } from 'hucre/xlsx';
import { afterAll } from 'vitest';
import { readFile } from '@zhida/register';
import type { CheckedRow, FileReading, ImportProblem, Mapping, Proposal } from '@zhida/register';
import { ruleSet } from './rules.ts';

export type Value = string | number | boolean | null;
export type Grid = readonly (readonly Value[])[];

const folder = mkdtempSync(join(tmpdir(), 'zhida-desk-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

export function put(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

export function csvText(rows: Grid, delimiter = ',', end = '\r\n'): string {
  const cell = (v: Value): string => {
    const text = v === null ? '' : String(v);
    return /["\n]/u.test(text) || text.includes(delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  };
  return rows.map((r) => r.map((v) => cell(v)).join(delimiter) + end).join('');
}

export function putCsv(name: string, rows: Grid): string {
  return put(name, csvText(rows));
}

/** A workbook by the writer of another hand. */
export async function putXlsx(name: string, sheets: readonly WriteSheet[]): Promise<string> {
  return put(name, await writeXlsx({ sheets: [...sheets] }));
}

export const sheet = (name: string, rows: Grid, more: Partial<WriteSheet> = {}): WriteSheet => ({
  name,
  rows: rows.map((r) => [...r]),
  ...more,
});

export interface Outcome {
  readonly refused: readonly ImportProblem[];
  readonly proposal: Proposal | null;
  readonly rows: readonly CheckedRow[];
  readonly problems: readonly ImportProblem[];
  /** `error amount-text 零售!C12 value`. */
  readonly said: readonly string[];
  readonly reading: FileReading | undefined;
}

/** A problem in one line: severity, code, cell, value. */
export function line(p: ImportProblem): string {
  const place = `${p.sheet === '' ? '' : `${p.sheet}!`}${p.column}${p.row === 0 ? '' : p.row}`;
  return [p.severity, p.code, place, p.value].filter((t) => t !== '').join(' ');
}

/** Reads the file to its end. */
export async function read(
  path: string,
  mappings: Mapping | readonly Mapping[],
  more: { source?: string; asOf?: string; fileName?: string } = {},
): Promise<Outcome> {
  const known = Array.isArray(mappings) ? mappings : [mappings as Mapping];
  const one = known.length === 1 && more.source === undefined ? { source: known[0].source } : {};
  const reading = await readFile(path, { ruleSet, mappings: known, ...one, ...more });
  if (reading.refused === true) {
    const { problems, proposal } = reading;
    const said = problems.map((p) => line(p));
    return { refused: problems, proposal, rows: [], problems, said, reading: undefined };
  }
  const rows: CheckedRow[] = [];
  for await (const batch of reading.batches) rows.push(...batch);
  const { problems } = reading.report;
  const said = problems.filter((p) => p.code !== 'as-of-guessed').map((p) => line(p));
  return { refused: [], proposal: null, rows, problems, said, reading };
}

/** A mapping of one table, `heading: label`. */
export function mappingOf(
  table: string,
  headings: Readonly<Record<string, string>>,
  more: Partial<Mapping['forms'][number]> = {},
): Mapping {
  const columns = Object.entries(headings).map(([heading, label]) => ({ heading, label }));
  return {
    format: 'zhida-mapping-1',
    source: `测试 ${table}`,
    unit: '市统计局',
    recognise: [],
    forms: [{ table, columns, ...more }],
  };
}

export type Part = readonly [name: string, bytes: string | Uint8Array];

/** A zip archive by hand; `lie` changes what the directory says of a part. */
export function zip(
  parts: readonly Part[],
  lie: { readonly name?: string; readonly size?: number; readonly flags?: number } = {},
): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(lie.name === name ? (lie.flags ?? 0) : 0, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(lie.name === name ? (lie.size ?? bytes.length) : bytes.length, 18);
    const text = Buffer.from(name);
    fields.writeUInt16LE(text.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    local.push(Buffer.from('PK\u0003\u0004', 'latin1'), fields, text, packed);
    central.push(Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), fields, tail, text);
    offset += 30 + text.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook whose only sheet has this markup inside. */
export function parts(sheetData: string, more: readonly Part[] = []): readonly Part[] {
  const link = (type: string, target: string): string =>
    `<Relationships><Relationship Id="rId1" Type="${LINKS}/${type}" Target="${target}"/></Relationships>`;
  return [
    ['[Content_Types].xml', '<Types/>'],
    ['_rels/.rels', link('officeDocument', 'xl/workbook.xml')],
    ['xl/_rels/workbook.xml.rels', link('worksheet', 'worksheets/sheet1.xml')],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    ['xl/worksheets/sheet1.xml', `<worksheet xmlns="${MAIN}">${sheetData}</worksheet>`],
    ...more,
  ];
}

/** Markup of rows of inline texts. */
export function markup(rows: Grid): string {
  const text = rows
    .map((row, r) => {
      const cells = row.map((v, c) => {
        const ref = `${String.fromCodePoint(65 + c)}${r + 1}`;
        if (typeof v === 'number') return `<c r="${ref}"><v>${v}</v></c>`;
        return `<c r="${ref}" t="inlineStr"><is><t>${String(v ?? '')}</t></is></c>`;
      });
      return `<row r="${r + 1}">${cells.join('')}</row>`;
    })
    .join('');
  return `<sheetData>${text}</sheetData>`;
}
