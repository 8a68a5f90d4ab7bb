// Goal: a defect reads like a change under review: the lines taken away and put in, a mark where
// the problem is, and under it what the engine says, in both languages.
// Method: a case is a Markdown section. Its `diff` fences change files of a package of `policies`;
// ⟪code⟫ in a diff stands right before the place where `code` must be found, and is taken out of
// the file; ⟨…⟩×40 stands for forty times the same. The `text` fence is the golden text.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { readPackage } from '../../src/index.ts';

type PackageFile = Parameters<typeof readPackage>[0][number];

const here = import.meta.dirname;
const policies = join(here, '../../../../policies');

/** One `diff` fence: `example-city/01-research.md`, or with `without` in front a file left out. */
interface Change {
  readonly package: string;
  readonly path: string;
  readonly left: boolean;
  readonly lines: readonly string[];
}

export interface Case {
  readonly file: string;
  readonly title: string;
  readonly changes: readonly Change[];
  /** The worked examples are run too. */
  readonly examples: boolean;
  readonly golden: string;
}

/** Where a code must be found. */
export interface Mark {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Seeded {
  readonly files: readonly PackageFile[];
  readonly marks: readonly Mark[];
}

const MARK = /⟪([a-z-]+)⟫/gu;

function below(folder: string, prefix = ''): PackageFile[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return below(path, `${prefix}${name}/`);
    return [{ path: `${prefix}${name}`, text: readFileSync(path, 'utf8') }];
  });
}

const packages = new Map<string, readonly PackageFile[]>();

export function packageFiles(name: string): readonly PackageFile[] {
  const known = packages.get(name) ?? below(join(policies, name));
  packages.set(name, known);
  return known;
}

const REPEATED = /⟨([^⟩]*)⟩×(\d+)/gu;

function expanded(line: string): string {
  return line.replace(REPEATED, (_, words: string, times: string) => words.repeat(Number(times)));
}

function readChange(info: string, written: readonly string[]): Change {
  const lines = written.map(expanded);
  const left = info.startsWith('without ');
  const [name = '', ...path] = info.replace(/^without /u, '').split('/');
  return { package: name, path: path.join('/'), left, lines };
}

function readCase(file: string, section: string): Case {
  const [title = '', ...lines] = section.split('\n');
  const changes: Change[] = [];
  let golden = '';
  for (let i = 0; i < lines.length; i++) {
    const fence = /^~~~(diff|text)\s*(.*)$/u.exec(lines[i] ?? '');
    if (fence === null) continue;
    const end = lines.indexOf('~~~', i + 1);
    if (end < 0) throw new Error(`${file}: "${title}" has an open fence`);
    const inner = lines.slice(i + 1, end);
    if (fence[1] === 'text') golden = inner.join('\n');
    else changes.push(readChange(fence[2] ?? '', inner));
    i = end;
  }
  return { file, title, changes, examples: lines.includes('The worked examples run.'), golden };
}

/** All cases, in the order of their files. */
export function readCorpus(): readonly Case[] {
  return readdirSync(here)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .flatMap((name) => {
      const [, ...sections] = readFileSync(join(here, name), 'utf8').split(/^## /mu);
      return sections.map((s) => readCase(name, s));
    });
}

/** Each golden text as it is now, written back into its section. */
export function writeGolden(cases: readonly Case[], texts: readonly string[]): void {
  for (const file of new Set(cases.map((c) => c.file))) {
    const path = join(here, file);
    const [intro = '', ...sections] = readFileSync(path, 'utf8').split(/^## /mu);
    const own = cases.flatMap((c, i) => (c.file === file ? [texts[i] ?? ''] : []));
    const written = sections.map((section, i) => {
      const cut = section.indexOf('\n~~~text\n');
      const kept = (cut < 0 ? section : section.slice(0, cut)).trimEnd();
      return `${kept}\n\n~~~text\n${own[i] ?? ''}\n~~~\n\n`;
    });
    writeFileSync(path, `${[intro, ...written].join('## ').trimEnd()}\n`);
  }
}

export const unmarked = (line: string): string => line.replace(MARK, '');

/** One hunk applied: its old lines must stand in the file exactly once. */
function applyHunk(text: string, hunk: readonly string[], where: string): [string, number] {
  const body = (signs: string): string =>
    hunk
      .filter((l) => signs.includes(l.charAt(0) === '' ? ' ' : l.charAt(0)))
      .map((l) => unmarked(l.slice(1)))
      .map((l) => `${l}\n`)
      .join('');
  const old = body('- ');
  const at = `\n${text}`.indexOf(`\n${old}`);
  if (old === '' || at < 0) throw new Error(`${where}: these lines are not in the file:\n${old}`);
  if (`\n${text}`.indexOf(`\n${old}`, at + 1) >= 0) {
    throw new Error(`${where}: these lines stand in the file more than once:\n${old}`);
  }
  return [text.slice(0, at) + body('+ ') + text.slice(at + old.length), at];
}

function hunksOf(lines: readonly string[]): (readonly string[])[] {
  const hunks: string[][] = [[]];
  for (const line of lines) {
    if (line === '@@') hunks.push([]);
    else hunks.at(-1)?.push(line);
  }
  return hunks.filter((h) => h.length > 0);
}

/** The marked text of a hunk, to find the marks' places once all hunks are in the file. */
function marksOf(text: string, hunk: readonly string[], file: string): Mark[] {
  const kept = hunk.filter((l) => !l.startsWith('-')).map((l) => l.slice(1));
  const plain = `\n${kept.map(unmarked).join('\n')}\n`;
  const at = `\n${text}`.indexOf(plain);
  const first = text.slice(0, at).split('\n').length;
  return kept.flatMap((line, i) =>
    [...line.matchAll(MARK)].map((m) => ({
      code: m[1] ?? '',
      file,
      line: first + i,
      column: unmarked(line.slice(0, m.index)).length + 1,
    })),
  );
}

/** The package of a case with its changes made, and where problems must be found. */
export function seed(c: Case): Seeded {
  const [first] = c.changes;
  if (first === undefined) throw new Error(`${c.file}: "${c.title}" changes nothing`);
  const files = new Map(packageFiles(first.package).map((f) => [f.path, f.text]));
  const marks: Mark[] = [];
  for (const change of c.changes) {
    const { path, lines } = change;
    if (change.left) {
      files.delete(path);
      // Of a file left out the marks stand for its beginning.
      for (const [, code = ''] of lines.join('').matchAll(MARK)) {
        marks.push({ code, file: path, line: 1, column: 1 });
      }
      continue;
    }
    const where = `${c.file}: "${c.title}" ${change.package}/${path}`;
    const hunks = hunksOf(lines);
    let text = files.get(path);
    if (text === undefined) text = `${lines.map((l) => unmarked(l.slice(1))).join('\n')}\n`;
    else for (const hunk of hunks) [text] = applyHunk(text, hunk, where);
    files.set(path, text);
    for (const hunk of hunks) marks.push(...marksOf(text, hunk, path));
  }
  return { files: [...files].map(([path, text]) => ({ path, text })), marks };
}
