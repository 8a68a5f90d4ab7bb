/** Every table partitions its domain: no gap, no overlap, no dead row; each finding with a
 *  counter-example. Several columns are checked on the grid of their atomic cells. */
import type { TableExpr, TableRow, Test, Type } from '../ir.ts';
import { valueText } from '../explain/value.ts';
import type { Block } from '../package/block.ts';
import type { Place } from '../problem.ts';
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import { counted, domain, orderOf, overlap, sample, testStretches } from './interval.ts';
import { nonNegative } from './sign.ts';
import type { Cut, Stretch } from './interval.ts';

const REMARKS: ReadonlySet<string> = new Set(['依据', '状态', '说明', '出处']);
const MAX_CELLS = 20_000;
/** Comparisons of a piece with a test; a table that needs more is no table of a policy. */
const MAX_TESTS = 2_000_000;

/** One atomic piece of a column: a stretch of the line, a text, or a truth value. */
type Atom =
  | { readonly k: 'stretch'; readonly stretch: Stretch }
  | { readonly k: 'text'; readonly value: string | undefined }
  | { readonly k: 'bool'; readonly value: boolean };

function lineAtoms(column: readonly (readonly Test[])[], { type, fromZero }: Axis): Atom[] {
  const order = orderOf(type);
  const cuts = column.flat().flatMap((t): (Cut & { at: string })[] => {
    if (t.k !== 'interval') return [];
    const lo = t.lo === null ? [] : [{ at: t.lo, side: t.loOpen ? 1 : 0 } as const];
    const hi = t.hi === null ? [] : [{ at: t.hi, side: t.hiOpen ? 0 : 1 } as const];
    return [...lo, ...hi];
  });
  const whole = domain(type, fromZero);
  const sorted = cuts
    .map((c) => counted(c, type))
    .filter((c) => whole.from.at === undefined || order(c.at ?? '0', whole.from.at) > 0)
    .toSorted((a, b) => order(a.at ?? '0', b.at ?? '0') || a.side - b.side)
    .filter((c, i, all) => i === 0 || all[i - 1]?.at !== c.at || all[i - 1]?.side !== c.side);
  const edges = [whole.from, ...sorted, whole.to];
  return edges
    .slice(1)
    .map((to, i) => ({ k: 'stretch', stretch: { from: edges[i] ?? whole.from, to } }));
}

/** What is known of a column's input. */
interface Axis {
  readonly type: Type;
  /** It is never below zero. */
  readonly fromZero: boolean;
}

function atomsOf(column: readonly (readonly Test[])[], axis: Axis): Atom[] {
  const { type } = axis;
  if (type.t === 'bool') return [true, false].map((value) => ({ k: 'bool', value }));
  if (type.t === 'text') {
    const named = [...new Set(column.flat().flatMap((t) => (t.k === 'set' ? t.values : [])))];
    const all = type.options ?? [...named, undefined];
    return all.map((value) => ({ k: 'text', value }));
  }
  return lineAtoms(column, axis);
}

function covers(tests: readonly Test[], atom: Atom, type: Type): boolean {
  return tests.some((t) => {
    if (t.k === 'any') return true;
    if (t.k === 'set') return atom.k === 'text' && t.values.includes(atom.value ?? '');
    if (t.k === 'bool') return atom.k === 'bool' && t.value === atom.value;
    if (atom.k !== 'stretch') return false;
    const order = orderOf(type);
    return testStretches([t], type).some((s) => overlap(s, atom.stretch, order) !== undefined);
  });
}

function cellText(cell: readonly Atom[], table: TableExpr): string {
  return cell
    .map((atom, i) => {
      const type = table.inputs[i]?.type ?? { t: 'bool' as const };
      const label = table.labels[i] ?? '';
      if (atom.k === 'bool') return `${label} = ${atom.value ? '是' : '否'}`;
      if (atom.k === 'text') return `${label} = ${atom.value ?? '（其他）'}`;
      const input = table.inputs[i];
      // A ratio is tested at the scale of its bounds.
      const shown =
        type.t === 'ratio' && input?.k === 'scale'
          ? ({ t: 'number', unit: '', scale: input.by } as const)
          : type;
      return `${label} = ${valueText(sample(atom.stretch, type), shown)}`;
    })
    .join('、');
}

/** The first row of a one-column table that begins right behind a gap, or ends right before it. */
function neighbour(cell: readonly Atom[], table: TableExpr): TableRow | undefined {
  const [atom] = cell;
  const type = table.inputs[0]?.type;
  if (cell.length !== 1 || atom?.k !== 'stretch' || type === undefined) return undefined;
  const same = (a: Cut, b: Cut): boolean =>
    a.at !== undefined && a.at === b.at && a.side === b.side;
  const { from, to } = atom.stretch;
  const stretches = (row: TableRow): readonly Stretch[] => testStretches(row.tests[0] ?? [], type);
  return (
    table.rows.find((r) => stretches(r).some((s) => same(s.from, to))) ??
    table.rows.find((r) => stretches(r).some((s) => same(s.to, from)))
  );
}

/** True when the gap lies between two listed bands of a one-column table: 其余 hides it. */
function betweenBands(cell: readonly Atom[], table: TableExpr): boolean {
  const [atom] = cell;
  const type = table.inputs[0]?.type;
  if (cell.length !== 1 || atom?.k !== 'stretch' || type === undefined) return false;
  const order = orderOf(type);
  const { from, to } = atom.stretch;
  if (from.at === undefined || to.at === undefined) return false;
  const all = table.rows.flatMap((r) => testStretches(r.tests[0] ?? [], type));
  const below = all.some((s) => s.to.at !== undefined && order(s.to.at, from.at ?? '') <= 0);
  const above = all.some((s) => s.from.at !== undefined && order(s.from.at, to.at ?? '') >= 0);
  return below && above;
}

interface Work {
  readonly context: Context;
  readonly block: Block;
  readonly table: TableExpr;
}

/** The row as it is written: `[1亿元..2亿元) → 30万元 (line 31)`. */
function rowText(w: Work, row: TableRow): string {
  const written = w.block.table?.rows.find((r) => r.at.line === row.line)?.cells ?? [];
  const head = w.block.table?.head ?? [];
  const cells = written.filter((_, i) => !REMARKS.has(head[i]?.text ?? ''));
  const tests = cells.slice(0, -1).map((c) => c.text);
  return `${tests.join(' | ')} → ${cells.at(-1)?.text ?? ''} (${w.block.at.file}:${row.line})`;
}

function placeOf(w: Work, row: TableRow): Place {
  const written = w.block.table?.rows.find((r) => r.at.line === row.line);
  return written?.cells[0]?.place() ?? { ...w.block.at, line: row.line };
}

function reportCell(w: Work, cell: readonly Atom[], hits: readonly number[]): boolean {
  const { context, block, table } = w;
  const value = cellText(cell, table);
  const [a, b] = hits.map((n) => table.rows[n]);
  if (a !== undefined && b !== undefined && (table.hit === '唯一' || table.hit === '超额累进')) {
    const params = { value, first: rowText(w, a), second: rowText(w, b) };
    report(context, block, placeOf(w, b), 'band-overlap', params);
    return true;
  }
  const hidden = betweenBands(cell, table);
  if (a === undefined && (table.rest === undefined || hidden)) {
    if (table.hit === '超额累进' && !hidden) return false;
    const near = neighbour(cell, table);
    const at = near === undefined ? (block.table?.head[0]?.place() ?? block.at) : placeOf(w, near);
    const row = near === undefined ? '' : rowText(w, near);
    report(context, block, at, 'band-gap', { value, name: table.name, row });
    return true;
  }
  return false;
}

interface Found {
  readonly alive: Set<number>;
  restAlive: boolean;
  reported: number;
  cells: number;
  tested: number;
}

/** Visits every atomic cell of the rows still possible, column by column; the columns of texts
 *  and truths come first, so that each of their values leaves few rows and few cuts. */
function visit(
  w: Work,
  columns: readonly number[],
  rows: readonly number[],
  cell: ReadonlyMap<number, Atom>,
  found: Found,
): void {
  const { table } = w;
  const [column, ...rest] = columns;
  if (column === undefined) {
    found.cells++;
    if (rows.length === 0) found.restAlive = true;
    for (const n of table.hit === '首个' ? rows.slice(0, 1) : rows) found.alive.add(n);
    const atoms = table.inputs.flatMap((_, i) => cell.get(i) ?? []);
    if (found.reported < 3 && reportCell(w, atoms, rows)) found.reported++;
    return;
  }
  const input = table.inputs[column];
  const type = input?.type ?? { t: 'bool' as const };
  const fromZero = input !== undefined && nonNegative(w.context, input);
  const tests = (n: number): readonly Test[] => table.rows[n]?.tests[column] ?? [];
  const width = rows.reduce((sum, n) => sum + tests(n).length, 0);
  for (const atom of atomsOf(rows.map(tests), { type, fromZero })) {
    found.tested += width;
    if (found.cells > MAX_CELLS || found.tested > MAX_TESTS) return;
    const left = rows.filter((n) => covers(tests(n), atom, type));
    visit(w, rest, left, new Map([...cell, [column, atom]]), found);
  }
}

/** Reports gaps, overlaps and dead rows of one table. */
export function checkBands(context: Context, block: Block, table: TableExpr): void {
  const w: Work = { context, block, table };
  const found: Found = { alive: new Set(), restAlive: false, reported: 0, cells: 0, tested: 0 };
  const ordered = (i: number): number =>
    ['text', 'bool'].includes(table.inputs[i]?.type.t ?? '') ? 0 : 1;
  const columns = table.inputs.map((_, i) => i).toSorted((a, b) => ordered(a) - ordered(b));
  visit(
    w,
    columns,
    table.rows.map((_, n) => n),
    new Map(),
    found,
  );
  if (found.cells > MAX_CELLS || found.tested > MAX_TESTS) {
    report(context, block, block.at, 'table-too-wide', {
      name: table.name,
      cells: `> ${MAX_CELLS}`,
    });
    return;
  }
  table.rows.forEach((row, n) => {
    if (found.alive.has(n)) return;
    const params = { row: rowText(w, row), name: table.name };
    report(context, block, placeOf(w, row), 'row-dead', params);
  });
  if (table.rest !== undefined && !found.restAlive) {
    const rest = block.table?.rows.find((r) => r.cells.some((c) => c.text === '其余'));
    const at = rest?.cells[0]?.place() ?? block.at;
    report(context, block, at, 'row-dead', { row: '其余', name: table.name });
  }
}
