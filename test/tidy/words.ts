// Gates that need no grammar: names of files, words and the width of lines.
import { isCode } from '../checks/files.ts';
import type { Finding } from './finding.ts';

// Names that say nothing of what is inside, so that everything ends up there.
const EMPTY_NAMES = new Set(
  'utils util common shared helpers helper core types services service misc'.split(' '),
);

const WIDEST = 120;

interface Word {
  readonly gate: string;
  readonly pattern: RegExp;
  readonly text: string;
}

// The patterns are written in two halves, or this file would be its own first finding.
const WORDS: readonly Word[] = [
  {
    gate: 'unfinished',
    pattern: new RegExp(`\\b(${'TO'}DO|${'FIX'}ME)\\b`),
    text: 'finish it, or write an issue.',
  },
  {
    gate: 'word',
    pattern: new RegExp(`${'ses'}sion|(?<!user-)\\b${'ag'}ents?\\b`, 'i'),
    text: 'this word has no meaning in the field.',
  },
  {
    gate: 'machine-path',
    pattern: new RegExp(`(?<![\\w.@~*}-])/(${'wo'}rk|${'ro'}ot|${'ho'}me)/[\\w.]|[A-Z]:\\\\Users`),
    text: 'nobody else has this folder.',
  },
];

/** Gates on the path alone. */
export function tidyPath(path: string): Finding[] {
  const parts = path.split('/').map((part) => part.replace(/[.][^.]+$/, ''));
  const empty = parts.filter((part) => EMPTY_NAMES.has(part));
  return empty.map((name) => ({
    gate: 'empty-name',
    path,
    line: 1,
    text: `"${name}" says nothing. Name it after what is inside.`,
  }));
}

/** Gates on the lines of any text. A line `tidy-allow <gate>: <reason>` above exempts the next. */
export function tidyLines(path: string, text: string): Finding[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const found = WORDS.filter(({ pattern }) => pattern.test(line)).map(({ gate, text: why }) => ({
      gate,
      path,
      line: index + 1,
      text: `"${line.trim().slice(0, 80)}": ${why}`,
    }));
    if (isCode(path) && isTooWide(line)) {
      found.push({ gate: 'too-wide', path, line: index + 1, text: `${width(line)} columns.` });
    }
    return found.filter(({ gate }) => !isAllowed(lines, index, gate));
  });
}

/** True when the line, or the one above it, gives a reason for an exception. */
export function isAllowed(lines: readonly string[], index: number, gate: string): boolean {
  const reason = new RegExp(`tidy-allow ${gate}: \\S`);
  return reason.test(lines[index] ?? '') || reason.test(lines[index - 1] ?? '');
}

/** A line that only holds a string (a row of a table of texts) may be as wide as its string. */
function isTooWide(line: string): boolean {
  return width(line) > WIDEST && !/^\s*([\w'"-]+:\s*)?(['"`]).*\2[,;]?$/.test(line);
}

function width(line: string): number {
  return [...line].length;
}
