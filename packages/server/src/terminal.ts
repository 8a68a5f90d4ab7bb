/** What the terminal needs: width of East Asian text, tables, colour only on a terminal. */
import { styleText } from 'node:util';
import type { Language } from '@zhida/rules';

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

/** Ranges of characters that take two columns: Han and its marks, kana, hangul, full-width. */
const WIDE = new RegExp(
  `[${[
    '\\u1100-\\u115F\\u2E80-\\u303E\\u3041-\\u33FF\\u3400-\\u4DBF\\u4E00-\\u9FFF',
    '\\uA000-\\uA4CF\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFE30-\\uFE4F\\uFF00-\\uFF60',
    '\\uFFE0-\\uFFE6\\u2018\\u2019\\u201C\\u201D\\u2026',
  ].join('')}]`,
  'u',
);

/** Columns a text takes on a terminal: a Han character takes two. */
export function width(text: string): number {
  let columns = 0;
  for (const c of text) columns += WIDE.test(c) ? 2 : 1;
  return columns;
}

export function pad(text: string, columns: number, right = false): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)));
  return right ? space + text : text + space;
}

/** Cut to at most `columns`, with an ellipsis. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let result = '';
  for (const c of text) {
    if (width(result) + width(c) > columns - 1) break;
    result += c;
  }
  return `${result}…`;
}

/** Lines of at most `columns`, broken between Han characters or at spaces. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=\s)|(?=[\u3400-\u9FFF])|(?<=[\u3400-\u9FFF，。；：、」])/u)) {
    const closing = /^[，。；：、」）》”]/u.test(piece);
    if (!closing && line !== '' && width(line + piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

export interface Column {
  readonly head: string;
  readonly right?: boolean;
  /** Longest width; longer cells are cut. */
  readonly most?: number;
}

/** Columns in which some row has something, and the rows cut to them. */
export function withoutEmpty(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] } {
  const kept = columns.flatMap((_, n) => (rows.some((r) => (r[n] ?? '') !== '') ? [n] : []));
  return {
    columns: kept.flatMap((n) => columns[n] ?? []),
    rows: rows.map((r) => kept.map((n) => r[n] ?? '')),
  };
}

export class Terminal {
  readonly language: Language;
  readonly columns: number;
  /** Columns that a table may take: a file has no edge to break at. */
  readonly room: number;
  readonly #colours: boolean;
  #margin = '';

  constructor(language: Language, stream: NodeJS.WriteStream = process.stdout) {
    this.language = language;
    const env = process.env;
    this.#colours =
      (stream.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb') ||
      (env['FORCE_COLOR'] ?? '') !== '';
    this.columns = stream.isTTY ? Math.max(60, Math.min(stream.columns, 140)) : 100;
    this.room = stream.isTTY ? Math.max(60, stream.columns) : 140;
  }

  colour(style: Colour, text: string): string {
    return this.#colours ? styleText(style, text, { validateStream: false }) : text;
  }

  print(text = ''): void {
    process.stdout.write(`${text === '' ? '' : this.#margin}${text}\n`);
  }

  /** Prints what `work` prints with a margin of so many columns. */
  indented(columns: number, work: () => void): void {
    const before = this.#margin;
    this.#margin += ' '.repeat(columns);
    try {
      work();
    } finally {
      this.#margin = before;
    }
  }

  /** A table of the columns that have something in them. */
  sparse(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const kept = withoutEmpty(columns, rows);
    this.table(kept.columns, kept.rows);
  }

  /** A table whose columns are as wide as their cells. */
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): void {
    const cells = rows.map((r) => columns.map((c, i) => cut(r[i] ?? '', c.most ?? 200)));
    const widths = columns.map((c, i) =>
      Math.max(width(c.head), ...cells.map((r) => width(r[i] ?? ''))),
    );
    const line = (r: readonly string[]): string =>
      columns
        .map((c, i) => pad(r[i] ?? '', widths[i] ?? 0, c.right))
        .join('  ')
        .trimEnd();
    if (columns.some((c) => c.head !== '')) {
      this.print(this.colour('bold', line(columns.map((c) => c.head))));
      this.print(widths.map((w) => '─'.repeat(w)).join('  '));
    }
    for (const r of cells) this.print(line(r));
  }
}

/** A reader that closes the pipe early (head) is no error: what follows is for nobody. */
export function endWithReader(): void {
  process.stdout.on('error', (e: NodeJS.ErrnoException) => {
    if (e.code === 'EPIPE') process.exit(0);
    throw e;
  });
}

/** Chinese where the environment is Chinese, else English. */
export function environmentLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const said = env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '';
  return /^zh/iu.test(said) ? 'zh' : 'en';
}
