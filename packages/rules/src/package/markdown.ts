/** Files → blockquotes (the law, raw) and fenced blocks (the rules). Everything else is prose. */
import { nearest, problem } from '../problem.ts';
import type { Place, Problems } from '../problem.ts';
import { Located } from './located.ts';

/** Blocks that say what a unit of government must do. */
export const DUTY_KEYWORDS = ['任务', '指标', '清单', '活动', '服务', '宣传'] as const;

const RULE_KEYWORDS = [
  '事实',
  '参数',
  '单位',
  '名册',
  '决策',
  '决策表',
  '条件',
  '认定',
  '待遇',
  '封顶',
  '权益',
] as const;
const TEXT_KEYWORDS = ['责任', '说明', '解释', '用例'] as const;

export type Keyword =
  | (typeof RULE_KEYWORDS)[number]
  | (typeof DUTY_KEYWORDS)[number]
  | (typeof TEXT_KEYWORDS)[number];

export const KEYWORDS: readonly Keyword[] = [...RULE_KEYWORDS, ...DUTY_KEYWORDS, ...TEXT_KEYWORDS];

/** A run of blockquote lines; `chars` are its characters without white space, with their places. */
export interface Quote {
  readonly file: string;
  readonly line: number;
  readonly norm: string;
  /** Line and column of every character of `norm`. */
  readonly places: readonly Place[];
  /** Offset of the first character in the joined text of the package. */
  readonly start: number;
}

export interface RawBlock {
  readonly keyword: Keyword;
  readonly header: Located;
  readonly lines: readonly Located[];
  readonly at: Place;
  /** The nearest blockquote above in the same file. */
  readonly quote: Quote | undefined;
}

export interface Heading {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

export interface Pages {
  readonly quotes: readonly Quote[];
  readonly blocks: readonly RawBlock[];
  readonly headings: readonly Heading[];
}

interface State {
  quotes: Quote[];
  blocks: RawBlock[];
  headings: Heading[];
  joined: number;
}

function readQuote(file: string, lines: readonly string[], from: number, s: State): number {
  let i = from;
  let norm = '';
  const places: Place[] = [];
  while (i < lines.length && (lines[i] ?? '').startsWith('>')) {
    const line = lines[i] ?? '';
    for (let c = 1; c < line.length; c++) {
      const char = line.charAt(c);
      if (/\s/u.test(char)) continue;
      norm += char;
      places.push({ file, line: i + 1, column: c + 1 });
    }
    i++;
  }
  s.quotes.push({ file, line: from + 1, norm, places, start: s.joined });
  s.joined += norm.length;
  return i;
}

function logicalLines(file: string, lines: readonly string[], from: number, to: number): Located[] {
  const result: Located[][] = [];
  for (let i = from; i < to; i++) {
    const line = lines[i] ?? '';
    const text = line.trim();
    if (text === '' || text.startsWith('//')) continue;
    const column = line.length - line.trimStart().length + 1;
    const located = Located.at(text, { file, line: i + 1, column });
    const last = result.at(-1);
    if (column > 1 && last !== undefined && !text.startsWith('|')) {
      last.push(located);
    } else {
      result.push([located]);
    }
  }
  return result.map((parts) => Located.joined(parts));
}

function readFence(
  file: string,
  lines: readonly string[],
  from: number,
  s: State,
  problems: Problems,
): number {
  const open = lines[from] ?? '';
  const fence = /^`{3,}/u.exec(open)?.[0] ?? '```';
  let end = from + 1;
  const closes = (line: string): boolean => line.trimEnd() === fence;
  // A block whose closing line was forgotten ends where the law, or the next block, begins.
  const begins = (line: string): boolean => /^(?:>|`{3,}\s*\p{Script=Han})/u.test(line);
  while (end < lines.length && !closes(lines[end] ?? '') && !begins(lines[end] ?? '')) end++;
  const closed = closes(lines[end] ?? '');
  const next = closed ? end + 1 : end;
  const info = Located.at(open, { file, line: from + 1, column: 1 }).slice(fence.length);
  const at = { file, line: from + 1, column: 1 };
  const word = /^\p{Script=Han}+/u.exec(info.text)?.[0];
  if (word === undefined) return next;
  if (!closed) problems.add(problem('block-unclosed', at, { fence, block: info.text }));
  const keyword = KEYWORDS.find((k) => k === word);
  if (keyword === undefined) {
    const near = nearest(word, KEYWORDS) ?? '';
    const params = { word, near, known: KEYWORDS.join(' ') };
    problems.add(problem('block-unknown', info.place(), params));
    return next;
  }
  s.blocks.push({
    keyword,
    header: info.slice(word.length),
    lines: logicalLines(file, lines, from + 1, end),
    at,
    quote: s.quotes.findLast((q) => q.file === file),
  });
  return next;
}

/** Reads the Markdown files of a package, in the order given. */
export function readMarkdown(
  files: readonly { readonly path: string; readonly text: string }[],
  problems: Problems,
): Pages {
  const s: State = { quotes: [], blocks: [], headings: [], joined: 0 };
  for (const { path, text } of files) {
    const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u);
    let i = 0;
    while (i < lines.length) {
      const line = lines[i] ?? '';
      if (line.startsWith('>')) i = readQuote(path, lines, i, s);
      else if (/^`{3,}/u.test(line)) i = readFence(path, lines, i, s, problems);
      else {
        const heading = /^#{1,3}\s+(.+)$/u.exec(line);
        if (heading !== null) {
          const title = (heading[1] ?? '').trim();
          s.headings.push({ file: path, line: i + 1, text: title });
        }
        i++;
      }
    }
  }
  return s;
}
