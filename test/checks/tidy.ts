// Style as a test: gates that must hold, and aims that are printed with their ten worst places.
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Finding, showFinding } from '../tidy/finding.ts';
import { fileSize, functionSizes, LONGEST_FILE, LONGEST_FUNCTION, worst } from '../tidy/size.ts';
import { tidySyntax } from '../tidy/syntax.ts';
import { tidyLines, tidyPath } from '../tidy/words.ts';
import { filesBelow, isCode } from './files.ts';
import { type Report, root } from './tool.ts';

const TEXTS = new Set(
  ['.cjs', '.css', '.html', '.js', '.json', '.jsx', '.md', '.mjs', '.mts', '.sh', '.sql'].concat([
    '.toml',
    '.ts',
    '.tsx',
    '.txt',
    '.yaml',
    '.yml',
    '',
  ]),
);
// Written by npm, from names that others chose; and a text of law.
const NOT_OURS = new Set(['package-lock.json', 'LICENSE']);

/** All gates on one file. */
export function tidyFile(path: string, text: string): Finding[] {
  const syntax = /[.][cm]?tsx?$/.test(path) ? tidySyntax(path, text) : [];
  return [...tidyPath(path), ...tidyLines(path, text), ...syntax];
}

export function tidyCheck(): Report {
  const paths = filesBelow().filter((path) => TEXTS.has(extname(path)) && !NOT_OURS.has(path));
  const texts = paths.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  const findings = texts.flatMap(([path, text]) => tidyFile(path, text));
  const code = texts.filter(([path]) => isCode(path));
  const aims = [
    worst(
      'Files',
      code.map(([path, text]) => fileSize(path, text)),
      LONGEST_FILE,
    ),
    worst(
      'Functions',
      code.flatMap(([path, text]) => functionSizes(path, text)),
      LONGEST_FUNCTION,
    ),
  ];
  const text = [...findings.map(showFinding), ...aims, ''].join('\n');
  return { name: 'tidy', ok: findings.length === 0, seen: paths.length, text };
}
