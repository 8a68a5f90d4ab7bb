/** Mapping files: what the headings of a source mean. The format is described in docs/imports.md. */
import { PERSON } from '@zhida/rules';
import type { SqlColumn, SqlTable } from '@zhida/rules';
import type { ImportProblem } from '../record.ts';
import { nearestWord } from './nearest.ts';
import { ImportRefusal, problem } from './problem.ts';

export const MAPPING_FORMAT = 'zhida-mapping-1';

export interface MappingColumn {
  /** Pattern of the heading: `零售额/本月`, `{某月}`. */
  readonly heading: string;
  /** Label of the column of the table: `月限上零售额 {月}`. */
  readonly label: string;
  readonly unit?: string;
  /** Word of the form → word of the register; `*` for every other. */
  readonly words?: Readonly<Record<string, string>>;
  /** For codes: what has not 18 characters is another number, not a wrong 统一社会信用代码. */
  readonly otherCodes?: boolean;
}

export interface MappingForm {
  readonly sheet?: readonly string[];
  readonly table: string;
  readonly unit?: string;
  readonly columns: readonly MappingColumn[];
  readonly constants?: Readonly<Record<string, string>>;
  readonly ignore?: readonly string[];
}

export interface Recognised {
  readonly file?: readonly string[];
  readonly title?: readonly string[];
}

export interface Mapping {
  readonly format: typeof MAPPING_FORMAT;
  readonly source: string;
  readonly unit: string;
  readonly recognise: readonly Recognised[];
  readonly forms: readonly MappingForm[];
  /** Names of sheets, in part, that are known and not wanted. */
  readonly skip?: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (v: unknown): v is Json =>
  typeof v === 'object' && v !== null && !Array.isArray(v);
const isText = (v: unknown): v is string => typeof v === 'string' && v.trim() !== '';
const isTexts = (v: unknown): boolean => Array.isArray(v) && v.every((x) => isText(x));
const isWords = (v: unknown): boolean =>
  isObject(v) && Object.values(v).every((x) => typeof x === 'string');

interface Shape {
  readonly expected: string;
  readonly holds: (v: unknown) => boolean;
  readonly optional?: true;
}

const TEXT: Shape = { expected: '文字 / text', holds: isText };
const TEXTS: Shape = { expected: '文字的列表 / a list of texts', holds: isTexts, optional: true };
const WORDS: Shape = { expected: '文字对文字 / text to text', holds: isWords, optional: true };
const LIST: Shape = { expected: '列表 / a list', holds: (v) => Array.isArray(v) };
const FLAG: Shape = {
  expected: 'true, false',
  holds: (v) => typeof v === 'boolean',
  optional: true,
};
const UNIT: Shape = { ...TEXT, optional: true };
/** A proposal writes `?` where nobody can know. */
const SENDER: Shape = {
  expected: '报送单位的名称 / the name of the sending unit',
  holds: (v) => isText(v) && v !== '?',
};

const MAPPING: Readonly<Record<string, Shape>> = {
  format: { expected: MAPPING_FORMAT, holds: (v) => v === MAPPING_FORMAT },
  source: TEXT,
  unit: SENDER,
  recognise: LIST,
  forms: LIST,
  skip: TEXTS,
};
const RECOGNISED: Readonly<Record<string, Shape>> = { file: TEXTS, title: TEXTS };
const FORM: Readonly<Record<string, Shape>> = {
  sheet: TEXTS,
  table: TEXT,
  unit: UNIT,
  columns: LIST,
  constants: WORDS,
  ignore: TEXTS,
};
const COLUMN: Readonly<Record<string, Shape>> = {
  heading: TEXT,
  label: TEXT,
  unit: UNIT,
  words: WORDS,
  otherCodes: FLAG,
};

/** Problems of the keys of one object: wrong, missing, not known. */
function keyProblems(
  value: unknown,
  shapes: Readonly<Record<string, Shape>>,
  path: string,
  file: string,
): ImportProblem[] {
  const wrong = (at: string, expected: string): ImportProblem =>
    problem('mapping-key', {}, { file, path: at, expected });
  if (!isObject(value)) return [wrong(path === '' ? '/' : path, '{ … }')];
  const unknown = Object.keys(value).filter((k) => !(k in shapes));
  return [
    ...unknown.map((k) => wrong(`${path}/${k}`, Object.keys(shapes).join(', '))),
    ...Object.entries(shapes).flatMap(([key, shape]) => {
      const v = value[key];
      if (v === undefined && shape.optional === true) return [];
      return shape.holds(v) ? [] : [wrong(`${path}/${key}`, shape.expected)];
    }),
  ];
}

function shapeProblems(value: unknown, file: string): ImportProblem[] {
  const found = keyProblems(value, MAPPING, '', file);
  if (!isObject(value)) return found;
  const list = (v: unknown): readonly unknown[] => (Array.isArray(v) ? v : []);
  list(value['recognise']).forEach((r, i) => {
    found.push(...keyProblems(r, RECOGNISED, `/recognise/${i}`, file));
  });
  list(value['forms']).forEach((f, i) => {
    found.push(...keyProblems(f, FORM, `/forms/${i}`, file));
    list(isObject(f) ? f['columns'] : undefined).forEach((c, n) => {
      found.push(...keyProblems(c, COLUMN, `/forms/${i}/columns/${n}`, file));
    });
  });
  return found;
}

/** Reads the text of a mapping file. `file` is its name, for the problems. */
export function readMapping(
  text: string,
  file: string,
): { readonly mapping: Mapping | null; readonly problems: readonly ImportProblem[] } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch (e) {
    const why = e instanceof Error ? e.message : '';
    return { mapping: null, problems: [problem('mapping-json', {}, { file, why })] };
  }
  const problems = shapeProblems(value, file);
  return problems.length > 0
    ? { mapping: null, problems }
    : { mapping: value as Mapping, problems: [] };
}

/** The text of a mapping file, for people to read. */
export function mappingText(mapping: Mapping): string {
  return `${JSON.stringify(mapping, null, 2)}\n`;
}

/** The column that a label of a mapping names, its months filled in: any month of a monthly fact is
 *  a column, whether or not a rule reads it. */
export function columnFor(table: SqlTable, label: string): SqlColumn | undefined {
  const own = table.columns.find((c) => c.label === label);
  if (own !== undefined) return own;
  const m = /^(.+) (\d{4}-\d{2})$/u.exec(label);
  const like = m && table.columns.find((c) => c.role === 'month' && c.of === m[1]);
  if (!m || !like) return undefined;
  const month = m[2] ?? '';
  const name = `${like.name.slice(0, -6)}${month.replace('-', '')}`;
  return { ...like, name, label, month };
}

/** Refuses a form whose table or labels do not exist, or are those of persons. */
export function checkForm(form: MappingForm, tables: readonly SqlTable[]): SqlTable {
  const table = tables.find((t) => t.label === form.table);
  if (table?.entity === PERSON || form.table.split('.')[0] === PERSON) {
    throw new ImportRefusal(problem('person-table'));
  }
  if (table === undefined) {
    const known = tables.filter((t) => t.entity !== PERSON).map((t) => t.label);
    const params = { table: form.table, known: known.join('、') };
    throw new ImportRefusal(problem('mapping-table', {}, params));
  }
  const labels = [...form.columns.map((c) => c.label), ...Object.keys(form.constants ?? {})];
  for (const label of labels) {
    const any = label.replaceAll(/\{(?:月|上年同月|某月|某月上年)\}/gu, '2000-01');
    if (columnFor(table, any) !== undefined) continue;
    const near =
      nearestWord(
        label,
        table.columns.map((c) => c.label),
      ) ?? '';
    throw new ImportRefusal(problem('mapping-label', {}, { label, table: table.label, near }));
  }
  return table;
}

/** Characters of the most specific alternative that fits; 0 when none does. */
function specific(mapping: Mapping, file: string, titles: readonly string[]): number {
  const has = (texts: readonly string[], words: readonly string[] | undefined): boolean =>
    (words ?? []).every((w) => texts.some((t) => t.includes(w.replaceAll(/\s/gu, ''))));
  const scores = mapping.recognise.map(({ file: f, title: t }) => {
    if (!has([file], f)) return 0;
    // All words of a title stand above the table of one and the same sheet.
    if ((t ?? []).length > 0 && !titles.some((one) => has([one], t))) return 0;
    return [...(f ?? []), ...(t ?? [])].join('').length;
  });
  return Math.max(0, ...scores);
}

/** The mappings that fit a file best. More than one: it is ambiguous. `titles`: the words above the
 *  table, one text a sheet. */
export function recognise(
  mappings: readonly Mapping[],
  file: string,
  titles: readonly string[],
): readonly Mapping[] {
  const bare = (t: string): string => t.normalize('NFC').replaceAll(/\s/gu, '');
  const texts = titles.map((t) => bare(t));
  const scored = mappings.map((m) => ({ m, score: specific(m, bare(file), texts) }));
  const best = Math.max(0, ...scored.map((s) => s.score));
  return best === 0 ? [] : scored.filter((s) => s.score === best).map((s) => s.m);
}
