/** CSV (RFC 4180) → rows with the line each starts on. What would shift or swallow facts is refused:
 *  a quote that never closes takes the rows after it, an unquoted comma moves every later cell. */
import { UsageError, shown } from './usage.ts';

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a CSV text: quotes, doubled quotes, line ends inside quotes. Empty rows are left out. */
export function parseCsv(text: string, path: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let started = 1;
  let opened = 1;
  const body = text.replace(/^\uFEFF/u, '');
  for (let i = 0; i < body.length; i++) {
    const c = body.charAt(i);
    const ends = c === '\n' || (c === '\r' && body.charAt(i + 1) !== '\n');
    if (ends) line++;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (body.charAt(i + 1) === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
      opened = line;
    } else if (c === ',') {
      cells.push(cell);
      cell = '';
    } else if (ends) {
      rows.push({ line: started, cells: [...cells, cell] });
      cells = [];
      cell = '';
      started = line;
    } else if (c !== '\r') cell += c;
  }
  if (quoted) throw new UsageError('quote-open', { file: shown(path), line: String(opened) });
  if (cell !== '' || cells.length > 0) rows.push({ line: started, cells: [...cells, cell] });
  return rows.filter((r) => r.cells.some((x) => x.trim() !== ''));
}

/** The first row and the others; no column twice, no cell beyond the last column. */
export function csvTable(
  text: string,
  path: string,
): { readonly head: readonly string[]; readonly rows: readonly CsvRow[] } {
  const [first, ...rows] = parseCsv(text, path);
  const file = shown(path);
  if (first === undefined) throw new UsageError('empty', { file });
  const head = first.cells.map((h) => h.trim());
  const twice = head.find((h, i) => h !== '' && head.indexOf(h) !== i);
  if (twice !== undefined) throw new UsageError('column-twice', { file, name: twice });
  const long = rows.find((r) => r.cells.slice(head.length).some((x) => x.trim() !== ''));
  if (long !== undefined) throw new UsageError('row-long', { file, line: String(long.line) });
  return { head, rows };
}
