/** Facts from JSON or CSV → subjects. Numbers keep their digits: they are never read as floats. */
import { basename, extname } from 'node:path';
import { problemText, readFacts } from '@zhida/rules';
import type { Language, Plain, Problem, Provenance, RuleSet, Subject } from '@zhida/rules';
import { csvTable } from './csv.ts';
import { readUtf8 } from './package-folder.ts';
import { UsageError, shown } from './usage.ts';
import { say } from './words.ts';

export interface ReadSubject extends Subject {
  readonly name: string;
  readonly provenance: ReadonlyMap<string, Provenance>;
}

interface Repeated {
  readonly entity: string;
  readonly id: string;
  /** Lines of a CSV, else places in the list of the entity. */
  readonly at: readonly number[];
}

export interface FactsFile {
  readonly subjects: readonly ReadSubject[];
  readonly problems: readonly Problem[];
  /** Subjects that stand more than once: each row is decided, and each is counted. */
  readonly repeated: readonly Repeated[];
  /** What the file says of itself, for example 合成数据. */
  readonly note: string;
}

type PlainRecord = { [k: string]: Plain };

/** JSON with every number as the text that was written. */
function parseJson(text: string, path: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    );
  } catch (e) {
    const why = e instanceof Error ? e.message : '';
    throw new UsageError('json', { file: shown(path), why });
  }
  refuseKeysTwice(text, path);
  return parsed;
}

/** A key written twice in one object, which JSON.parse would settle by dropping the first. */
function refuseKeysTwice(text: string, path: string): void {
  const open: (Set<string> | null)[] = [];
  for (const m of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gu)) {
    const [token, quoted, colon] = m;
    if (quoted === undefined) {
      if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null);
      else open.pop();
    } else if (colon !== undefined) {
      const name = String(JSON.parse(quoted));
      const keys = open.at(-1);
      if (keys?.has(name) === true) {
        const line = String(text.slice(0, m.index).split('\n').length);
        throw new UsageError('key-twice', { file: shown(path), name, line });
      }
      keys?.add(name);
    }
  }
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
      : emptyRecord();
  record[head] = made;
  nest(made, rest, value);
}

/** Without a prototype: a column called __proto__ is a name like any other. */
function emptyRecord(): PlainRecord {
  return Object.create(null) as PlainRecord;
}

function csvRecords(text: string, path: string): { line: number; record: PlainRecord }[] {
  const { head, rows } = csvTable(text, path);
  return rows.map(({ line, cells }) => {
    const record = emptyRecord();
    head.forEach((name, i) => {
      const value = (cells[i] ?? '').trim();
      if (name !== '' && value !== '') nest(record, name.split('.'), value);
    });
    return { line, record };
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

interface Row {
  readonly name: string;
  readonly line: number;
  readonly record: PlainRecord;
}

/** Each record with its place in the list of its entity. */
function numbered(records: readonly (readonly [string, PlainRecord])[]): readonly Row[] {
  const counts = new Map<string, number>();
  return records.map(([name, record]) => {
    const line = (counts.get(name) ?? 0) + 1;
    counts.set(name, line);
    return { name, line, record };
  });
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
  const rows: readonly Row[] = csv
    ? csvRecords(text, path).map((r) => ({ ...r, name: entity ?? '' }))
    : numbered(byEntity(parsed, entity, path));
  const problems: Problem[] = [];
  const places = new Map<string, { entity: string; id: string; at: number[] }>();
  const subjects = rows.map(({ name, line, record: plain }): ReadSubject => {
    const where = csv ? basename(path) : `${basename(path)} ${name}`;
    const read = readFacts(ruleSet, name, plain, { file: where, line, column: 1 });
    problems.push(...read.problems);
    const identity = ruleSet.entities.find((e) => e.name === name)?.identity ?? '';
    const own = plainText(plain[identity]);
    if (own !== '') {
      const key = JSON.stringify([name, own]);
      const place = places.get(key) ?? { entity: name, id: own, at: [] };
      place.at.push(line);
      places.set(key, place);
    }
    const id = own || `${name} ${csv ? line - 1 : line}`;
    const title = plainText(plain['名称']) || plainText(plain['编号']) || id;
    return { entity: name, id, name: title, facts: read.facts, provenance: read.provenance };
  });
  const repeated = [...places.values()].filter((p) => p.at.length > 1);
  const note =
    typeof parsed === 'object' && parsed !== null && '_说明' in parsed
      ? String(parsed['_说明'])
      : '';
  return { subjects, problems, repeated, note };
}

const SHOWN = 20;

function printRepeated(repeated: readonly Repeated[], language: Language): void {
  for (const { entity, id, at } of repeated.slice(0, SHOWN)) {
    const where = at.slice(0, 6).join(', ') + (at.length > 6 ? ' …' : '');
    const text =
      language === 'zh'
        ? `${entity} ${id} 出现 ${at.length} 次（第 ${where} 行）\n` +
          '    → 各行都已判定，合计也各计一次；请只留一行'
        : `${entity} ${id} stands ${at.length} times (rows ${where})\n` +
          '    → each row is decided and counted in the total; keep one';
    process.stderr.write(`${text}\n`);
  }
  const more = repeated.length - SHOWN;
  if (more > 0) printMore(more, language);
}

function printMore(more: number, language: Language): void {
  process.stderr.write(`… ${say('more', language)} ${more} ${say('moreProblems', language)}\n`);
}

/** The first problems of a facts file, and how many more there are. One that comes again in other
 *  rows, as an unknown column does in each, is told once. Returns the exit code: 0, or 3. */
export function printFactProblems(file: FactsFile, language: Language): number {
  const groups = Map.groupBy(file.problems, (p) => JSON.stringify([p.code, p.params]));
  for (const [first, ...again] of [...groups.values()].slice(0, SHOWN)) {
    if (first === undefined) continue;
    process.stderr.write(`${problemText(first, language)}\n`);
    if (again.length === 0) continue;
    process.stderr.write(`    (${again.length} ${say('sameAgain', language)})\n`);
  }
  const more = [...groups.values()].slice(SHOWN).reduce((n, g) => n + g.length, 0);
  if (more > 0) printMore(more, language);
  printRepeated(file.repeated, language);
  return file.problems.length === 0 && file.repeated.length === 0 ? 0 : 3;
}
