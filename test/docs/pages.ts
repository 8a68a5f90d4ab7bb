// Goal: what a Markdown page says, in pieces that a test can compare with the checkout.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../checks/tool.ts';

export interface Fence {
  readonly info: string;
  readonly line: number;
  readonly lines: readonly string[];
}

export interface Page {
  readonly path: string;
  readonly text: string;
  readonly fences: readonly Fence[];
  /** Text outside fences, line by line; lines inside are empty. */
  readonly prose: readonly string[];
}

export function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  const fences: Fence[] = [];
  const prose: string[] = [];
  let open: { mark: string; info: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^\s*(`{3,})(\S*)/.exec(line);
    if (open !== undefined) {
      if (line.trim() === open.mark) {
        fences.push(open);
        open = undefined;
      } else open.lines.push(line);
    } else if (fence !== null) {
      open = { mark: fence[1] ?? '', info: fence[2] ?? '', line: index + 1, lines: [] };
    }
    prose.push(open === undefined && fence === null ? line : '');
  }
  return { path, text, fences, prose };
}

/** `code` in running text, with its line. */
export function spans(page: Page): { readonly text: string; readonly line: number }[] {
  return page.prose.flatMap((line, index) =>
    [...line.matchAll(/`([^`]+)`/g)].map((m) => ({ text: m[1] ?? '', line: index + 1 })),
  );
}

/** Targets of links and pictures that lie in this checkout. */
export function links(page: Page): { readonly text: string; readonly line: number }[] {
  return page.prose.flatMap((line, index) =>
    [...line.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((m) => ({ text: (m[1] ?? '').replace(/#.*$/, ''), line: index + 1 }))
      .filter(({ text }) => text !== '' && !/^https?:/.test(text)),
  );
}

/** Cells of the table rows below a header that begins with `first`. */
export function tableBelow(page: Page, first: string): string[][] {
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const start = page.prose.findIndex((line) => cells(line)[0] === first);
  if (start < 0) return [];
  const rows: string[][] = [];
  for (const line of page.prose.slice(start + 2)) {
    if (!line.startsWith('|')) break;
    rows.push(cells(line));
  }
  return rows;
}

export interface Transcript {
  readonly place: string;
  readonly command: string;
  readonly output: readonly string[];
}

/** The commands of `console` fences, each with the output that the page shows below it. */
export function transcripts(page: Page): Transcript[] {
  return page.fences
    .filter(({ info }) => info === 'console')
    .map(({ line, lines: [command = '', ...output] }) => ({
      place: `${page.path}:${line}`,
      command: command.replace(/^\$ /, ''),
      output,
    }));
}

const plain = (line: string): string => line.replaceAll(/\s+/g, ' ').trim();

/** The first shown line that the real output does not hold, in order; `…` stands for anything. */
export function firstUntrue(shown: readonly string[], real: string): string | undefined {
  const lines = real.split('\n').map(plain);
  let at = 0;
  for (const line of shown) {
    const parts = line.split('…').map(plain);
    if (parts.join('') === '') continue;
    const pattern = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
    const found = lines.findIndex((l, i) => i >= at && new RegExp(`^${pattern}$`, 'u').test(l));
    if (found < 0) return line;
    at = found + 1;
  }
  return undefined;
}
