/** Every table partitions its domain: no gap, no overlap, no dead row; each finding with a
 *  counter-example. Several columns are checked on the grid of their atomic cells. */
import type { TableExpr, Test, Type } from '../ir.ts';
import { valueText } from '../explain/value.ts';
import type { Block } from '../package/block.ts';
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import { EVERYTHING, orderOf, overlap, sample, testStretches } from './interval.ts';
import type { Order, Stretch } from './interval.ts';

const MAX_CELLS = 20_000;
/** Comparisons of a piece with a test; a table that needs more is no table of a policy. */
const MAX_TESTS = 2_000_000;

/** One atomic piece of a column: a stretch of the line, a text, or a truth value. */
type Atom =
  | { readonly k: 'stretch'; readonly stretch: Stretch }
  | { readonly k: 'text'; readonly value: string | undefined }
  | { readonly k: 'bool'; readonly value: boolean };

function lineAtoms(column: readonly (readonly Test[])[], order: Order): Atom[] {
  const cuts = column.flat().flatMap((t) => {
    if (t.k !== 'interval') return [];
    const lo = t.lo === null ? [] : [{ at: t.lo, side: t.loOpen ? 1 : 0 } as const];
    const hi = t.hi === null ? [] : [{ at: t.hi, side: t.hiOpen ? 0 : 1 } as const];
    return [...lo, ...hi];
  });
  const sorted = cuts
    .toSorted((a, b) => order(a.at, b.at) || a.side - b.side)
    .filter((c, i, all) => i === 0 || all[i - 1]?.at !== c.at || all[i - 1]?.side !== c.side);
  const edges = [EVERYTHING.from, ...sorted, EVERYTHING.to];
  return edges
    .slice(1)
    .map((to, i) => ({ k: 'stretch', stretch: { from: edges[i] ?? EVERYTHING.from, to } }));
}

function atomsOf(column: readonly (readonly Test[])[], type: Type): Atom[] {
  if (type.t === 'bool') return [true, false].map((value) => ({ k: 'bool', value }));
  if (type.t === 'text') {
    const named = [...new Set(column.flat().flatMap((t) => (t.k === 'set' ? t.values : [])))];
    const all = type.options ?? [...named, undefined];
    return all.map((value) => ({ k: 'text', value }));
  }
  return lineAtoms(column, orderOf(type));
}

function covers(tests: readonly Test[], atom: Atom, order: Order): boolean {
  return tests.some((t) => {
    if (t.k === 'any') return true;
    if (t.k === 'set') return atom.k === 'text' && t.values.includes(atom.value ?? '');
    if (t.k === 'bool') return atom.k === 'bool' && t.value === atom.value;
    return (
      atom.k === 'stretch' &&
      testStretches([t]).some((s) => overlap(s, atom.stretch, order) !== undefined)
    );
  });
}

function cellText(cell: readonly Atom[], table: TableExpr): string {
  return cell
    .map((atom, i) => {
      const type = table.inputs[i]?.type ?? { t: 'bool' as const };
      const label = table.labels[i] ?? '';
      if (atom.k === 'bool') return `${label} = ${atom.value ? '是' : '否'}`;
      if (atom.k === 'text') return `${label} = ${atom.value ?? '（其他）'}`;
      return `${label} = ${valueText(sample(atom.stretch, type), type)}`;
    })
    .join('、');
}

/** True when the gap lies between two listed bands of a one-column table: 其余 hides it. */
function betweenBands(cell: readonly Atom[], table: TableExpr, order: Order): boolean {
  const [atom] = cell;
  if (cell.length !== 1 || atom?.k !== 'stretch') return false;
  const { from, to } = atom.stretch;
  if (from.at === undefined || to.at === undefined) return false;
  const all = table.rows.flatMap((r) => testStretches(r.tests[0] ?? []));
  const below = all.some((s) => s.to.at !== undefined && order(s.to.at, from.at ?? '') <= 0);
  const above = all.some((s) => s.from.at !== undefined && order(s.from.at, to.at ?? '') >= 0);
  return below && above;
}

interface Work {
  readonly context: Context;
  readonly block: Block;
  readonly table: TableExpr;
}

function reportCell(w: Work, cell: readonly Atom[], hits: readonly number[]): boolean {
  const { context, block, table } = w;
  const value = cellText(cell, table);
  const [a, b] = hits;
  if (a !== undefined && b !== undefined && (table.hit === '唯一' || table.hit === '超额累进')) {
    const at = { ...block.at, line: table.rows[b]?.line ?? block.at.line };
    report(context, block, at, 'band-overlap', {
      value,
      first: String(a + 1),
      second: String(b + 1),
    });
    return true;
  }
  const [order] = table.inputs.map((i) => orderOf(i.type));
  const hidden = order !== undefined && betweenBands(cell, table, order);
  if (a === undefined && (table.rest === undefined || hidden)) {
    if (table.hit === '超额累进' && !hidden) return false;
    report(context, block, block.at, 'band-gap', { value, name: table.name });
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
  const type = table.inputs[column]?.type ?? { t: 'bool' as const };
  const order = orderOf(type);
  const tests = (n: number): readonly Test[] => table.rows[n]?.tests[column] ?? [];
  const width = rows.reduce((sum, n) => sum + tests(n).length, 0);
  for (const atom of atomsOf(rows.map(tests), type)) {
    found.tested += width;
    if (found.cells > MAX_CELLS || found.tested > MAX_TESTS) return;
    const left = rows.filter((n) => covers(tests(n), atom, order));
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
    const at = { ...block.at, line: row.line };
    report(context, block, at, 'row-dead', { row: String(n + 1), name: table.name });
  });
  if (table.rest !== undefined && !found.restAlive) {
    report(context, block, block.at, 'row-dead', { row: '其余', name: table.name });
  }
}
