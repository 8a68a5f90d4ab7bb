/** Mutation operators on decision tables. In a table whose rows may not overlap, an edge belongs to
 *  both its bands: moving one side alone makes a gap or an overlap, which the check refuses before
 *  any example runs. So the edge moves in both. */
import { movedEnds, isDateText, ofTest } from './expression.ts';
import type { Change } from './expression.ts';
import type { Found, Interval, Node, Path, TableRow, Test } from './tree.ts';
import { replaceAt, without } from './tree.ts';

interface End {
  readonly row: number;
  readonly column: number;
  readonly test: number;
  readonly side: 'lo' | 'hi';
  readonly at: string;
  /** Whether the value `at` itself lies above the edge: `[at` or `at)`. */
  readonly above: boolean;
}

function endsOf(rows: readonly TableRow[]): readonly End[] {
  return rows.flatMap((r, row) =>
    r.tests.flatMap((tests, column) =>
      tests.flatMap((t, test) => {
        if (t.k !== 'interval') return [];
        const place = { row, column, test };
        const lo =
          t.lo === null ? [] : [{ ...place, side: 'lo', at: t.lo, above: !t.loOpen } as const];
        const hi =
          t.hi === null ? [] : [{ ...place, side: 'hi', at: t.hi, above: t.hiOpen } as const];
        return [...lo, ...hi];
      }),
    ),
  );
}

function othersOf(row: TableRow | undefined, column: number): string {
  return JSON.stringify(without(row?.tests ?? [], column));
}

/** The ends that are one edge with `end`. */
function edgeOf(t: Node<'table'>, end: End, all: readonly End[]): readonly End[] {
  if (t.hit !== '唯一' && t.hit !== '超额累进') return [end];
  const others = othersOf(t.rows[end.row], end.column);
  return all.filter(
    (e) =>
      e.column === end.column &&
      e.at === end.at &&
      e.above === end.above &&
      othersOf(t.rows[e.row], e.column) === others,
  );
}

function changedAt(
  rows: readonly TableRow[],
  edge: readonly End[],
  change: (t: Interval, side: 'lo' | 'hi') => Interval,
): readonly TableRow[] {
  return edge.reduce((all, e) => {
    const t = all[e.row]?.tests[e.column]?.[e.test];
    if (t?.k !== 'interval') return all;
    return replaceAt(all, [e.row, 'tests', e.column, e.test], change(t, e.side));
  }, rows);
}

function edgeChanges(t: Node<'table'>, path: Path): readonly Change[] {
  const all = endsOf(t.rows);
  return all.flatMap((end): Change[] => {
    const edge = edgeOf(t, end, all);
    if (edge[0] !== end) return [];
    const at = `row ${end.row + 1} ${t.labels[end.column] ?? ''} ${end.side} ${end.at}`;
    const rowsPath = [...path, 'rows'];
    const moved = movedEnds(end.at).map(([name, v]) => ({
      operator: isDateText(end.at) ? 'window moved' : 'interval end moved',
      path: rowsPath,
      said: `${at} ${name}`,
      value: changedAt(t.rows, edge, (i, side) => ({ ...i, [side]: v })),
    }));
    const flipped = changedAt(t.rows, edge, (i, side) =>
      side === 'lo' ? { ...i, loOpen: !i.loOpen } : { ...i, hiOpen: !i.hiOpen },
    );
    const operator = 'interval end opened or closed';
    return [...moved, { operator, path: rowsPath, said: `${at} flipped`, value: flipped }];
  });
}

function cellChanges(t: Node<'table'>, path: Path): readonly Change[] {
  return t.rows.flatMap((r, row) =>
    r.tests.flatMap((tests, column) =>
      tests.flatMap((test: Test, n) => {
        if (test.k === 'interval') return [];
        const at = [...path, 'rows', row, 'tests', column, n];
        const label = `row ${row + 1} ${t.labels[column] ?? ''}`;
        return ofTest(test).map((m) => ({
          operator: m.operator,
          path: at,
          said: `${label} ${m.said}`,
          value: m.value,
        }));
      }),
    ),
  );
}

const OTHER_HIT: Readonly<Partial<Record<Node<'table'>['hit'], Node<'table'>['hit']>>> = {
  求和: '最大',
  最大: '最小',
  最小: '最大',
};

/** All changes of a table itself: its edges, cells and rows, and how its hits combine. */
export function tableChanges({ path, node }: Found): readonly Change[] {
  if (node.k !== 'table') return [];
  const rows = node.rows.map((_, i) => ({
    operator: 'row dropped',
    path: [...path, 'rows'],
    said: `row ${i + 1}`,
    value: without(node.rows, i),
  }));
  const hit = OTHER_HIT[node.hit];
  const hits =
    hit === undefined
      ? []
      : [
          {
            operator: 'hit changed',
            path: [...path, 'hit'],
            said: `${node.hit} → ${hit}`,
            value: hit,
          },
        ];
  return [...edgeChanges(node, path), ...cellChanges(node, path), ...rows, ...hits];
}
