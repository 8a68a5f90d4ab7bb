/** One-character edits of a package's files: in the text of the law, in its quotes, in its numbers. */
import type { PackageFile } from './package.ts';

export type Kind = 'blockquote' | 'source' | 'quote' | 'number';

export interface Edit {
  readonly kind: Kind;
  readonly file: string;
  readonly at: number;
  /** How many characters are taken out at `at`. */
  readonly length: 0 | 1;
  readonly insert: string;
  /** The deletion of a quote's first or last character: the rest is still a quote of the law. */
  readonly edge: boolean;
}

/** Characters of the law's own kind; none of them may hit by chance what stands there. */
const STRANGERS = '鑫淼焱垚犇骉';

/** A line with the place where it begins in its file. */
interface Line {
  readonly text: string;
  readonly start: number;
  /** Keyword of the fenced block around the line; empty outside, `>` for a blockquote. */
  readonly block: string;
}

function linesOf(text: string): readonly Line[] {
  let block = '';
  let start = 0;
  return text.split('\n').map((line) => {
    const fence = /^```(\S*)/u.exec(line);
    const here = line.startsWith('> ') && block === '' ? '>' : block;
    if (fence !== null) block = block === '' ? (fence[1] ?? '') : '';
    const result = { text: line, start, block: fence === null ? here : '' };
    start += line.length + 1;
    return result;
  });
}

function changes(kind: Kind, file: string, at: number, edge = false): readonly Edit[] {
  const insert = STRANGERS.charAt(at % STRANGERS.length);
  const place = { kind, file, at, edge: false } as const;
  return [
    { ...place, length: 1, insert: '', edge },
    { ...place, length: 1, insert },
    { ...place, length: 0, insert },
  ];
}

function everyCharacter(kind: Kind, file: string, text: string, start: number): readonly Edit[] {
  return [...text.matchAll(/\S/gu)].flatMap((m) => changes(kind, file, start + m.index));
}

const TAIL =
  /(?:(?:^|\s+|(?<=」))(?:「[^「」]*(?:「[^」]*」[^「」]*)*」(?:#\d+)?|口径\([^)]*\)))+\s*\|?$/u;
const CELL = /「[^「」]*」/gu;

/** Where the citations of a line begin; its length when it has none. */
function tailOf(line: string): number {
  return TAIL.exec(line)?.index ?? line.length;
}

function quoteEdits(file: string, line: Line): readonly Edit[] {
  const tail = line.text.startsWith('|') ? 0 : tailOf(line.text);
  return [...line.text.slice(tail).matchAll(CELL)].flatMap((m) => {
    const from = tail + m.index + 1;
    const words = m[0].slice(1, -1);
    return [...words.matchAll(/\S/gu)].flatMap((c) => {
      const near = [words.charAt(c.index - 1), words.charAt(c.index + 1)];
      const edge = near.includes('') || near.includes('…') || c[0] === '…';
      return changes('quote', file, line.start + from + c.index, edge);
    });
  });
}

/** Keys whose values are rules; all others are words for people. */
const RULE_KEY = /^(?:当|金额|不超过|公式|申报期|分担|分期|次序|期限)(?:\s|[:：])/u;
const PERIOD = /^[^\s:：]+\s*[:：]\s*\d{4}-\d{2}-\d{2}\.\./u;
const WORDS = /^(?:en|说明|影响|依据|标题)\s*[:：]|^\/\//u;

/** The part of a line that is a rule, half open; undefined for words. */
function rulePart(line: Line): readonly [number, number] | undefined {
  const { text, block } = line;
  const end = text.startsWith('|') ? text.length : tailOf(text);
  if (WORDS.test(text)) return undefined;
  switch (block) {
    case '决策':
    case '条件':
    case '封顶':
      return [0, end];
    case '决策表':
      return text.startsWith('|') ? [0, text.length] : undefined;
    case '解释': {
      const from = text.indexOf(':=');
      if (from >= 0) return [from, text.length];
      return /^\s/u.test(text) ? [0, text.length] : undefined;
    }
    case '待遇':
    case '权益':
    case '任务':
    case '指标':
    case '清单':
    case '活动':
    case '服务':
    case '宣传': {
      const rule = RULE_KEY.test(text) || PERIOD.test(text);
      return rule ? [/[:：]/u.exec(text)?.index ?? 0, end] : undefined;
    }
    default:
      return undefined;
  }
}

function numberEdits(file: string, line: Line): readonly Edit[] {
  const part = rulePart(line);
  if (part === undefined) return [];
  const [from, to] = part;
  // A cell's quote and address are not the rule; their digits are edited as quotes.
  const masked = line.text
    .slice(from, to)
    .replace(/「[^」]*」(?:#\d+)?|https?:\S+/gu, (m) => ' '.repeat(m.length));
  return [...masked.matchAll(/\d/gu)].map((m) => {
    const other = String((Number(m[0]) + 1 + (m.index % 9)) % 10);
    const insert = other === m[0] ? String((Number(other) + 1) % 10) : other;
    const at = line.start + from + m.index;
    return { kind: 'number', file, at, length: 1, insert, edge: false };
  });
}

/** Every edit of a package, in the order of its files. */
export function editsOf(files: readonly PackageFile[]): readonly Edit[] {
  return files.flatMap(({ path, text }): readonly Edit[] => {
    if (path === 'source.txt') return everyCharacter('source', path, text, 0);
    if (!path.endsWith('.md') || path === 'README.md') return [];
    return linesOf(text).flatMap((line) => {
      if (line.block === '>') {
        return everyCharacter('blockquote', path, line.text.slice(2), line.start + 2);
      }
      if (line.block === '' || line.block === '用例') return [];
      return [...quoteEdits(path, line), ...numberEdits(path, line)];
    });
  });
}

export function applied(files: readonly PackageFile[], e: Edit): readonly PackageFile[] {
  return files.map((f) => {
    if (f.path !== e.file) return f;
    return { ...f, text: f.text.slice(0, e.at) + e.insert + f.text.slice(e.at + e.length) };
  });
}

/** `edit` as a person would look for it: file, line, and the line with the change marked. */
export function editText(files: readonly PackageFile[], e: Edit): string {
  const text = files.find((f) => f.path === e.file)?.text ?? '';
  const before = text.slice(0, e.at);
  const line = before.split('\n').length;
  const start = before.lastIndexOf('\n') + 1;
  const [rest = ''] = text.slice(e.at + e.length).split('\n');
  const out = text.slice(e.at, e.at + e.length);
  return `${e.file}:${line} ${e.kind}: ${text.slice(start, e.at)}⟦${out}→${e.insert}⟧${rest}`;
}

/** Numbers below 1 from a seed: the same sample in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `count` of the list at random, in its order; all when there are fewer. */
export function sampled<T>(list: readonly T[], count: number, random: () => number): readonly T[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(count, list.length)) {
    chosen.add(Math.floor(random() * list.length));
  }
  return list.filter((_, i) => chosen.has(i));
}
