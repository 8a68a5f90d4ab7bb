/** Files on disk: workbooks, tables of text, mappings. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersJson, answersWorkbook } from './answers/sheet.ts';
import { readme } from './answers/readme.ts';
import type { Laid, Synthetic } from './build.ts';
import { gb18030 } from './encoding.ts';
import type { LaidOut } from './forms/form.ts';
import { mappingText } from './forms/mapping.ts';
import { workbookBytes } from './workbook.ts';

/** A file of the result, by its path below the folder. */
export type Output = readonly [path: string, bytes: Buffer];

function csvText({ sheet }: LaidOut): string {
  const quoted = (text: string): string =>
    /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = sheet.rows.map((row) => {
    const cells = row.map((cell) => quoted(cell?.text ?? cell?.number ?? ''));
    while (cells.length > 1 && cells.at(-1) === '' && row.length !== sheet.widths.length)
      cells.pop();
    return cells.join(',');
  });
  return `${lines.join('\r\n')}\r\n`;
}

function fileBytes({ kind, sheets }: Laid): Buffer {
  const [only] = sheets;
  if (kind === 'xlsx' || only === undefined) return workbookBytes(sheets.map((s) => s.sheet));
  const text = csvText(only);
  return kind === 'csv' ? Buffer.from(`\ufeff${text}`, 'utf8') : gb18030(text);
}

function mappings(files: readonly Laid[]): Output[] {
  const sources = [...new Set(files.map((f) => f.source))];
  return sources.map((source) => [
    `mappings/${source.replaceAll(' ', '-')}.json`,
    Buffer.from(mappingText(files.filter((f) => f.source === source)), 'utf8'),
  ]);
}

/** The workbooks and mappings of a register, its answer sheet and its README. */
export function outputs(synthetic: Synthetic): Output[] {
  const { files } = synthetic;
  const text = (path: string, content: string): Output => [path, Buffer.from(content, 'utf8')];
  return [
    ...files.map((f): Output => [f.file, fileBytes(f)]),
    ...mappings(files),
    text('answers/answers.json', answersJson(synthetic)),
    ['answers/answers.xlsx', answersWorkbook(synthetic)],
    text('README.md', readme(synthetic)),
  ];
}

export function writeAll(folder: string, list: readonly Output[]): void {
  for (const part of ['mappings', 'answers']) mkdirSync(join(folder, part), { recursive: true });
  for (const [path, bytes] of list) writeFileSync(join(folder, path), bytes);
}
