/** Mapping files: generated from the forms, so that headings and labels cannot part. The format is
 *  described in docs/imports.md. */
import type { Column, Form } from './form.ts';

export interface File {
  readonly file: string;
  /** Name of the source, and of its mapping file. */
  readonly source: string;
  /** Unit that sends it, as 来源单位 of the facts names it. */
  readonly unit: string;
  readonly kind: 'xlsx' | 'csv' | 'csv-gb18030';
  /** Substrings of the file name by which the source is recognised. */
  readonly recognise: readonly string[];
  readonly forms: readonly Form[];
}

type Json = string | boolean | readonly Json[] | { readonly [key: string]: Json };

function wordsOf(column: Column): { readonly words?: Json } {
  if (column.reads !== undefined) return { words: column.reads };
  if (column.words === undefined) return {};
  const turned = Object.entries(column.words).map(([word, shown]) => [shown, word] as const);
  return { words: Object.fromEntries(turned) };
}

function columnOf(column: Column): Json {
  const { heading, label = '', otherCodes } = column;
  return { heading, label, ...wordsOf(column), ...(otherCodes === true ? { otherCodes } : {}) };
}

function formOf(form: Form, alike: readonly Form[], alone: boolean): Json {
  const ignore = form.columns.filter((c) => c.label === undefined).map((c) => c.heading);
  const sheet = alike.map((f) => f.sheet);
  return {
    ...(alone ? {} : { sheet: [...new Set(sheet)] }),
    table: form.table,
    columns: form.columns.filter((c) => c.label !== undefined).map(columnOf),
    ...(ignore.length === 0 ? {} : { ignore: ignore.map((h) => h.replace(/—\d+月/u, '—{n}月')) }),
  };
}

/** The mapping of a source over all its files, as the text of a JSON file. */
export function mappingText(files: readonly File[]): string {
  const [file] = files;
  if (file === undefined) throw new Error('a source without files');
  const forms = files.flatMap((f) => f.forms);
  const shapes = [...new Set(forms.map((f) => f.shape))];
  const listed = shapes.map((shape) => {
    const alike = forms.filter((f) => f.shape === shape);
    const [form] = alike;
    if (form === undefined) throw new Error(`no form of the shape ${shape}`);
    return formOf(form, alike, shapes.length === 1);
  });
  const mapping = {
    format: 'zhida-mapping-1',
    source: file.source,
    unit: file.unit,
    recognise: [{ file: file.recognise }],
    forms: listed,
  };
  return `${jsonText(mapping, 0)}\n`;
}

const WIDEST = 100;

/** JSON as the formatter of the project writes it: a list or an object stays on its line when it fits
 *  and holds no further object. */
export function jsonText(value: Json, depth: number, before: number = 0): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const pad = '  '.repeat(depth + 1);
  const end = '  '.repeat(depth);
  if (Array.isArray(value)) {
    const plain = value.every((v) => typeof v !== 'object');
    const line = `[${value.map((v) => jsonText(v as Json, depth + 1)).join(', ')}]`;
    if (value.length === 0 || (plain && before + wide(line) + depth * 2 < WIDEST)) return line;
    const items = value.map((v) => `${pad}${jsonText(v as Json, depth + 1)}`);
    return `[\n${items.join(',\n')}\n${end}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const items = entries.map(([key, v]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${pad}${name}${jsonText(v, depth + 1, wide(name) + 2)}`;
  });
  return `{\n${items.join(',\n')}\n${end}}`;
}

/** Columns of a text: a Chinese character takes two. */
function wide(text: string): number {
  return [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
}
