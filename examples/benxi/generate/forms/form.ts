/** A form of a bureau: columns over facts, laid out as a sheet, and what an import must read from it. */
import { decimal } from '../register.ts';
import type { Fact, Facts } from '../register.ts';
import { columnName } from '../workbook.ts';
import type { Cell, Sheet } from '../workbook.ts';
import type { Column, Row } from './column.ts';
import { labelOf, numberCell, printed, widthOf } from './cell.ts';

export type { Column, Row } from './column.ts';

export interface Form {
  /** Unique over all files: `retail-2023-09`. */
  readonly key: string;
  /** Forms of one shape have one entry in the mapping. */
  readonly shape: string;
  readonly sheet: string;
  readonly title: string;
  /** 填报单位, 填报日期 and 单位, from left to right. */
  readonly lines: readonly string[];
  readonly table: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** `YYYY-MM` of a monthly form. */
  readonly month?: string;
  /** Where the row of sums stands, with its word. */
  readonly total?: readonly ['top' | 'bottom', string];
  readonly notes: readonly string[];
}

/** Something wrong or odd on purpose in one cell of a form. */
export interface Slip {
  readonly form: string;
  readonly id: string;
  readonly heading: string;
  readonly cell: Cell;
  /** Code of the import problem; empty: read without a word. */
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'none';
  /** What an import reads instead of the fact; absent: the fact itself. */
  readonly reads?: Fact;
  readonly note: string;
}

/** A row that stands twice; with a changed cell the two contradict each other. */
export interface Repeat {
  readonly form: string;
  readonly id: string;
  readonly changed?: { readonly heading: string; readonly cell: Cell };
  readonly note: string;
}

/** A sum that is not the sum of its rows: by so much in printed units. */
export interface WrongTotal {
  readonly form: string;
  readonly heading: string;
  readonly more: bigint;
  readonly note: string;
}

export interface Slips {
  readonly cells: readonly Slip[];
  readonly repeats: readonly Repeat[];
  readonly totals: readonly WrongTotal[];
}

/** A slip with the place that it was given. */
export interface Placed {
  readonly form: string;
  readonly sheet: string;
  /** `C12` */
  readonly cell: string;
  readonly row: number;
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'none';
  readonly subject: string;
  readonly note: string;
}

/** A row that an import must accept. */
export interface ReadRow {
  readonly table: string;
  readonly id: string;
  readonly facts: Facts;
  /** Row of the sheet. */
  readonly row: number;
}

export interface LaidOut {
  readonly sheet: Sheet;
  readonly read: readonly ReadRow[];
  readonly placed: readonly Placed[];
  readonly good: number;
  readonly bad: number;
  /** Rows that repeat another one word for word. */
  readonly repeated: number;
}

const MARK = '合成数据：本表主体、项目、金额均为虚构，仅供演示和测试，与任何真实主体无关。';

/** Header rows of a form, merged where the levels of neighbours are the same. */
function header(columns: readonly Column[], top: number): { rows: Cell[][]; merges: string[] } {
  const levels = columns.map((c) => c.heading.split('/'));
  const depth = Math.max(...levels.map((l) => l.length));
  const rows: Cell[][] = Array.from({ length: depth }, (_, level) =>
    levels.map((l) => ({ look: 'head', text: l[level] ?? '' })),
  );
  const merges: string[] = [];
  levels.forEach((l, c) => {
    const last = l.length - 1;
    if (last < depth - 1) {
      merges.push(`${columnName(c)}${top + last}:${columnName(c)}${top + depth - 1}`);
    }
    if (l.length < 2 || levels[c - 1]?.[0] === l[0]) return;
    let end = c;
    while (levels[end + 1]?.[0] === l[0] && (levels[end + 1]?.length ?? 0) > 1) end += 1;
    for (let i = c + 1; i <= end; i++) {
      const first = rows[0];
      if (first !== undefined) first[i] = { look: 'head' };
    }
    if (end > c) merges.push(`${columnName(c)}${top}:${columnName(end)}${top}`);
  });
  return { rows, merges };
}

interface Line {
  readonly row: Row;
  readonly cells: readonly (Cell | undefined)[];
  readonly slips: readonly Slip[];
  readonly repeat?: Repeat;
  readonly second?: true;
}

function dataLines(form: Form, slips: Slips): Line[] {
  const mine = slips.cells.filter((s) => s.form === form.key);
  const repeats = slips.repeats.filter((r) => r.form === form.key);
  const lines: Line[] = [];
  form.rows.forEach((row, index) => {
    const own = mine.length === 0 ? [] : mine.filter((s) => s.id === row.id);
    const cells = form.columns.map((column): Cell | undefined => {
      const slip = own.find((s) => s.heading === column.heading);
      if (slip !== undefined) return slip.cell;
      if (column.show !== undefined) {
        const text = column.show(row, index);
        return /^\d{1,9}$/u.test(text)
          ? numberCell(text, column.kind === 'money' ? 'whole' : 'mark')
          : { look: 'general', text };
      }
      return printed(column, row.facts[labelOf(column, form.month)]);
    });
    const repeat = repeats.find((r) => r.id === row.id);
    lines.push({ row, cells, slips: own, ...(repeat === undefined ? {} : { repeat }) });
    if (repeat === undefined) return;
    const { changed } = repeat;
    const again = form.columns.map((c, i) =>
      c.heading === changed?.heading ? changed.cell : cells[i],
    );
    lines.push({ row, cells: again, slips: [], repeat, second: true });
  });
  return lines;
}

function totalRow(form: Form, lines: readonly Line[], first: number, slips: Slips): Cell[] {
  const word = form.total?.[1] ?? '';
  const named = form.columns.findIndex((c) => c.kind === 'text');
  const last = first + lines.length - 1;
  return form.columns.map((column, c) => {
    if (c === named) return { look: 'head', text: word };
    const heads = column.kind === 'count' && column.heading.includes('人');
    if (column.label === undefined || (column.kind !== 'money' && !heads)) return { look: 'head' };
    const texts = lines.map((l) => l.cells[c]?.number ?? textNumber(form, column, l));
    const scale = Math.max(...texts.map((t) => t.split('.')[1]?.length ?? 0));
    const sum = texts.reduce((s, t) => s + scaledText(t, scale), 0n);
    const wrong = slips.totals.find((t) => t.form === form.key && t.heading === column.heading);
    if (wrong !== undefined) {
      return { look: 'total', number: decimal(sum + wrong.more * 10n ** BigInt(scale), scale) };
    }
    const range = `${columnName(c)}${first}:${columnName(c)}${last}`;
    return { look: 'total', number: decimal(sum, scale), formula: `SUM(${range})` };
  });
}

/** The figure behind a cell that holds it as text: the bureau added it up all the same. */
function textNumber(form: Form, column: Column, line: Line): string {
  const slip = line.slips.find((s) => s.heading === column.heading);
  if (slip === undefined) return '0';
  return printed(column, line.row.facts[labelOf(column, form.month)])?.number ?? '0';
}

function scaledText(text: string, scale: number): bigint {
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(`${whole}${part.padEnd(scale, '0')}`);
}

/** What an import reads from a line; undefined when the line comes back. */
function readOf(form: Form, line: Line, row: number): ReadRow | undefined {
  if (line.second || line.repeat?.changed !== undefined) return undefined;
  if (line.slips.some((s) => s.severity === 'error')) return undefined;
  const facts: Facts = {};
  for (const column of form.columns) {
    if (column.label === undefined || column.label === identityOf(form)) continue;
    const label = labelOf(column, form.month);
    const slip = line.slips.find((s) => s.heading === column.heading);
    const fact = slip?.reads ?? line.row.facts[label];
    if (fact !== undefined) facts[label] = fact;
  }
  return { table: form.table, id: line.row.id, facts, row };
}

/** Of a list only the whole counts: by line that stays out though nothing is wrong with it, the number
 *  of the row that is to blame. A wrong cell in the column of the parent is to blame for every list. */
function keptOut(form: Form, lines: readonly Line[]): ReadonlyMap<Line, string> {
  const found = new Map<Line, string>();
  const parents = form.columns.find((c) => c.label === '上级');
  if (parents === undefined) return found;
  const isBad = (line: Line): boolean =>
    line.repeat?.changed !== undefined || line.slips.some((s) => s.severity === 'error');
  const isOpen = (line: Line): boolean =>
    line.slips.some((s) => s.severity === 'error' && s.heading === parents.heading);
  const bad = lines.filter(isBad);
  for (const line of lines) {
    if (isBad(line) || line.second === true) continue;
    const own = bad.find((b) => !isOpen(b) && b.row.facts['上级'] === line.row.facts['上级']);
    const blame = own ?? bad.find(isOpen);
    if (blame !== undefined) found.set(line, blame.row.id);
  }
  return found;
}

/** Slips that follow from others: the good rows of a list that comes back whole. */
function placeKeptOut(form: Form, lines: readonly Line[], first: number): Placed[] {
  const column = columnName(form.columns.findIndex((c) => c.label === '上级'));
  return [...keptOut(form, lines)].map(([line, blame]) => {
    const row = first + lines.indexOf(line);
    const own = line.row.facts['上级'];
    const same = lines.some((l) => l.row.id === blame && l.row.facts['上级'] === own);
    return {
      form: form.key,
      sheet: form.sheet,
      row,
      cell: `${column}${row}`,
      code: same ? 'list-row-bad' : 'list-unread',
      severity: 'error',
      subject: line.row.id,
      note: `这一行没有错；${blame}一行有误，清单只能整份读入，一起退回`,
    };
  });
}

/** The label under which the identity of a row stands. */
export function identityOf(form: Form): string {
  if (form.table === '城市') return '名称';
  return ['企业', '农业主体', '银行'].includes(form.table) ? '统一社会信用代码' : '编号';
}

function placeSlips(form: Form, lines: readonly Line[], first: number, slips: Slips): Placed[] {
  const columnOf = (heading: string): string =>
    columnName(form.columns.findIndex((c) => c.heading === heading));
  const found: Placed[] = [];
  const at = { form: form.key, sheet: form.sheet };
  lines.forEach((line, i) => {
    const row = first + i;
    for (const s of line.slips) {
      const { code, severity, note } = s;
      found.push({
        ...at,
        row,
        cell: `${columnOf(s.heading)}${row}`,
        code,
        severity,
        subject: s.id,
        note,
      });
    }
    if (line.repeat === undefined) return;
    const { changed, note, id } = line.repeat;
    if (changed === undefined && line.second !== true) return;
    const identity = form.columns.find((c) => c.label === identityOf(form))?.heading ?? '';
    const cell = `${columnOf(identity)}${row}`;
    const code = changed === undefined ? 'duplicate-same' : 'duplicate-differs';
    const severity = changed === undefined ? 'warning' : 'error';
    found.push({ ...at, row, cell, code, severity, subject: id, note });
  });
  for (const total of slips.totals.filter((t) => t.form === form.key)) {
    const row = form.total?.[0] === 'top' ? first - 1 : first + lines.length;
    const cell = `${columnOf(total.heading)}${row}`;
    found.push({
      ...at,
      row,
      cell,
      code: 'total-differs',
      severity: 'warning',
      subject: '',
      note: total.note,
    });
  }
  return found;
}

/** Lays a form out as a sheet with its slips. */
export function layOut(form: Form, slips: Slips): LaidOut {
  const width = form.columns.length;
  const last = columnName(width - 1);
  const [left = '', middle = '', right = ''] = form.lines;
  const line: (Cell | undefined)[] = Array.from({ length: width }, () => undefined);
  line[0] = { look: 'line', text: left };
  line[Math.trunc(width / 2)] = { look: 'line', text: middle };
  if (right !== '') line[width - 1] = { look: 'line', text: right };
  const head = header(form.columns, 4);
  const above = 3 + head.rows.length;
  const lines = dataLines(form, slips);
  const first = above + (form.total?.[0] === 'top' ? 2 : 1);
  const sums = form.total === undefined ? [] : [totalRow(form, lines, first, slips)];
  const rows: (readonly (Cell | undefined)[])[] = [
    [{ look: 'title', text: form.title }],
    [{ look: 'note', text: MARK }],
    line,
    ...head.rows,
    ...(form.total?.[0] === 'top' ? sums : []),
    ...lines.map((l) => l.cells),
    ...(form.total?.[0] === 'bottom' ? sums : []),
    ...form.notes.map((text): Cell[] => [{ look: 'note', text }]),
  ];
  const out = keptOut(form, lines);
  const read = lines.flatMap((l, i) => (out.has(l) ? [] : (readOf(form, l, first + i) ?? [])));
  const repeated = lines.filter((l) => l.second === true && l.repeat?.changed === undefined).length;
  return {
    sheet: {
      name: form.sheet,
      rows,
      merges: [`A1:${last}1`, `A2:${last}2`, ...head.merges],
      widths: form.columns.map((c) => c.width ?? widthOf(c)),
      frozen: above,
      landscape: form.columns.length > 6,
    },
    read,
    placed: [...placeSlips(form, lines, first, slips), ...placeKeptOut(form, lines, first)],
    good: read.length,
    bad: lines.length - read.length - repeated,
    repeated,
  };
}
