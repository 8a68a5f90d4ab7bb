/** Facts from JSON or CSV → subjects. Numbers keep their digits: they are never read as floats. */
import { basename, extname } from 'node:path';
import { problemText, readFacts } from '@zhida/rules';
import type { Language, Plain, Problem, Provenance, RuleSet, Subject } from '@zhida/rules';
import { readUtf8 } from './package-folder.ts';
import { UsageError, shown } from './usage.ts';
import { say } from './words.ts';

export interface ReadSubject extends Subject {
  readonly name: string;
  readonly provenance: ReadonlyMap<string, Provenance>;
}

export interface FactsFile {
  readonly subjects: readonly ReadSubject[];
  readonly problems: readonly Problem[];
  /** What the file says of itself, for example 合成数据. */
  readonly note: string;
}

type PlainRecord = { [k: string]: Plain };

/** JSON with every number as the text that was written. */
function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    );
  } catch (e) {
    const why = e instanceof Error ? e.message : '';
    throw new UsageError('json', { file: shown(path), why });
  }
}

/** Rows of a CSV text (RFC 4180): quotes, doubled quotes, line ends inside quotes. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const body = text.replace(/^\uFEFF/u, '');
  for (let i = 0; i < body.length; i++) {
    const c = body.charAt(i);
    if (quoted) {
      if (c !== '"') cell += c;
      else if (body.charAt(i + 1) === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && body.charAt(i + 1) === '\n') i++;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += c;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows.filter((r) => r.some((x) => x.trim() !== ''));
}

/** `月限上零售额.2023-09` and `载体.名称` become nested records. */
function nest(record: PlainRecord, path: readonly string[], value: string): void {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    record[head] = value;
    return;
  }
  const inner = record[head];
  const made: PlainRecord =
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? (inner as PlainRecord)
      : {};
  record[head] = made;
  nest(made, rest, value);
}

function csvRecords(text: string, path: string): PlainRecord[] {
  const [head, ...rows] = parseCsv(text);
  if (head === undefined) throw new UsageError('empty', { file: shown(path) });
  const twice = head.find((h, i) => h.trim() !== '' && head.indexOf(h) !== i);
  if (twice !== undefined) throw new UsageError('column-twice', { file: shown(path), name: twice });
  return rows.map((row) => {
    const record: PlainRecord = {};
    head.forEach((name, i) => {
      const value = (row[i] ?? '').trim();
      if (name.trim() !== '' && value !== '') nest(record, name.trim().split('.'), value);
    });
    return record;
  });
}

function byEntity(
  parsed: unknown,
  entity: string | undefined,
  path: string,
): [string, PlainRecord][] {
  const asRecords = (value: unknown): PlainRecord[] =>
    (Array.isArray(value) ? value : [value]).filter(
      (v): v is PlainRecord => typeof v === 'object' && v !== null && !Array.isArray(v),
    );
  if (entity !== undefined && Array.isArray(parsed)) {
    return asRecords(parsed).map((r) => [entity, r]);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UsageError('json-shape', { file: shown(path) });
  }
  return Object.entries(parsed)
    .filter(([name]) => !name.startsWith('_') && (entity === undefined || name === entity))
    .flatMap(([name, list]) => asRecords(list).map((r): [string, PlainRecord] => [name, r]));
}

function plainText(value: Plain): string {
  if (typeof value === 'object' && value !== null && 'value' in value)
    return plainText(value.value);
  return typeof value === 'string' ? value : '';
}

/** Reads a facts file. Rows that cannot be read wholly come back as problems; the rest is kept. */
export function readFactsFile(
  path: string,
  ruleSet: RuleSet,
  entity: string | undefined,
): FactsFile {
  const text = readUtf8(path);
  const csv = extname(path).toLowerCase() === '.csv';
  const names = ruleSet.entities.map((e) => e.name).join(' ');
  if (entity !== undefined && !ruleSet.entities.some((e) => e.name === entity)) {
    throw new UsageError('entity-unknown', { name: entity, names });
  }
  if (csv && entity === undefined) {
    throw new UsageError('entity-needed', { file: shown(path), names });
  }
  const parsed = csv ? undefined : parseJson(text, path);
  const rows = csv
    ? csvRecords(text, path).map((r): [string, PlainRecord] => [entity ?? '', r])
    : byEntity(parsed, entity, path);
  const problems: Problem[] = [];
  const counts = new Map<string, number>();
  const subjects = rows.map(([name, plain]): ReadSubject => {
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    const where = csv ? basename(path) : `${basename(path)} ${name}`;
    const at = { file: where, line: csv ? n + 1 : n, column: 1 };
    const read = readFacts(ruleSet, name, plain, at);
    problems.push(...read.problems);
    const identity = ruleSet.entities.find((e) => e.name === name)?.identity ?? '';
    const id = plainText(plain[identity]) || `${name} ${n}`;
    const title = plainText(plain['名称']) || plainText(plain['编号']) || id;
    return { entity: name, id, name: title, facts: read.facts, provenance: read.provenance };
  });
  const note =
    typeof parsed === 'object' && parsed !== null && '_说明' in parsed
      ? String(parsed['_说明'])
      : '';
  return { subjects, problems, note };
}

const SHOWN = 20;

/** The first problems of a facts file, and how many more there are. */
export function printFactProblems(problems: readonly Problem[], language: Language): void {
  for (const p of problems.slice(0, SHOWN)) {
    process.stderr.write(`${problemText(p, language)}\n`);
  }
  const more = problems.length - SHOWN;
  if (more <= 0) return;
  process.stderr.write(`… ${say('more', language)} ${more} ${say('moreProblems', language)}\n`);
}
