/** Probes: a rule that errs at one single value. An example notices it only if it stands exactly
 *  there, so probes show which thresholds have examples at, one step below and one step above. */
import type { RuleSet } from '@zhida/rules';
import { isDateText } from './expression.ts';
import { rootsOf } from './provision.ts';
import type { Mutant } from './provision.ts';
import { addDays, literal, nodes, replaceAt } from './tree.ts';
import type { Expr, Found, Node, Root } from './tree.ts';

const PLACES: readonly (readonly [string, number])[] = [
  ['below', -1],
  ['at', 0],
  ['above', 1],
];

/** `value` moved by `steps` of its scale, or by days. */
function beside(value: string, steps: number): string {
  return isDateText(value) ? addDays(value, steps) : String(BigInt(value) + BigInt(steps));
}

/** The literal that an expression stands for, through named decisions. */
function constantOf(e: Expr, r: RuleSet): Node<'literal'> | undefined {
  if (e.k === 'literal') return e;
  if (e.k === 'scale') {
    const inner = constantOf(e.a, r);
    if (inner === undefined || typeof inner.value !== 'string') return undefined;
    const value = String(BigInt(inner.value) * 10n ** BigInt(e.by));
    return { ...inner, value, type: e.type };
  }
  if (e.k !== 'decision') return undefined;
  const found = r.decisions.find((d) => d.name === e.name);
  return found === undefined ? undefined : constantOf(found.expr, r);
}

/** `test`, wrong where `a` is `value`. */
function wrongAt(test: Expr, a: Expr, value: Expr): Expr {
  const bool = { t: 'bool' } as const;
  const here: Expr = { k: 'compare', op: '=', a, b: value, type: bool, cite: test.cite };
  const wrong: Expr = { k: 'not', a: test, type: bool, cite: test.cite };
  return { k: 'if', test: here, yes: wrong, no: test, type: bool, cite: test.cite };
}

interface Threshold {
  /** `>= 5000000000`, for the reader. */
  readonly said: string;
  readonly value: string;
  readonly wrong: (value: string) => unknown;
}

function ofCompare(e: Node<'compare'>, r: RuleSet): readonly Threshold[] {
  const pairs = [
    [e.a, e.b],
    [e.b, e.a],
  ] as const;
  return pairs.flatMap(([a, b]): Threshold[] => {
    const constant = constantOf(b, r);
    const plain = a.type.t === 'number' || a.type.t === 'date';
    if (constant === undefined || constantOf(a, r) !== undefined || !plain) return [];
    const { value, type } = constant;
    if (typeof value !== 'string') return [];
    const wrong = (v: string): Expr => wrongAt(e, a, literal(e, v, type));
    return [{ said: `${e.op} ${value}`, value, wrong }];
  });
}

function ofIn(e: Node<'in'>): readonly Threshold[] {
  return e.tests.flatMap((t) => {
    if (t.k !== 'interval') return [];
    return [t.lo, t.hi].flatMap((end): Threshold[] => {
      if (end === null) return [];
      const wrong = (v: string): Expr => wrongAt(e, e.a, literal(e, v, e.a.type));
      return [{ said: `in … ${end}`, value: end, wrong }];
    });
  });
}

/** A row before all others that hits one value only and gives what nobody gives. */
function ofTable(e: Node<'table'>): readonly Threshold[] {
  const edges = e.rows.flatMap((row, n) =>
    row.tests.flatMap((tests, column) =>
      tests.flatMap((t) => {
        const ends = t.k === 'interval' ? [t.lo, t.hi].filter((end) => end !== null) : [];
        return ends.map((end) => ({ row, n, column, end }));
      }),
    ),
  );
  const out = literal(e, e.type.t === 'text' ? '〇' : '7', e.type);
  const others = (x: (typeof edges)[number]): string =>
    JSON.stringify(x.row.tests.map((t, i) => (i === x.column ? [x.end] : t)));
  const first = edges.filter((x, i) => edges.findIndex((y) => others(y) === others(x)) === i);
  return first.map(({ row, n, column, end }) => ({
    said: `row ${n + 1} ${e.labels[column] ?? ''} ${end}`,
    value: end,
    wrong: (v: string): unknown => {
      const one = { k: 'interval', lo: v, hi: v, loOpen: false, hiOpen: false } as const;
      const tests = row.tests.map((t, i) => (i === column ? [one] : t));
      return { ...e, rows: [{ ...row, tests, out }, ...e.rows] };
    },
  }));
}

function thresholdsOf(e: Expr, r: RuleSet): readonly Threshold[] {
  if (e.k === 'compare') return ofCompare(e, r);
  if (e.k === 'in') return ofIn(e);
  return e.k === 'table' ? ofTable(e) : [];
}

function probesAt(root: Root, found: Found, r: RuleSet): readonly Mutant[] {
  return thresholdsOf(found.node, r).flatMap((t) =>
    // Below nothing there is nothing: facts are not negative.
    PLACES.filter(([, steps]) => steps >= 0 || t.value !== '0').map(([place, steps]): Mutant => {
      const inner = found.path.slice(root.path.length).join('.');
      const where = [root.owner, root.part, inner].filter((x) => x !== '').join(' ');
      return {
        id: `${where}: ${t.said}, ${place}`,
        operator: `example ${place}`,
        owner: root.owner,
        make: (set) => replaceAt(set, found.path, t.wrong(beside(t.value, steps))),
      };
    }),
  );
}

/** For each threshold of the rules three rules that err at, below and above it. */
export function probesOf(r: RuleSet): readonly Mutant[] {
  return rootsOf(r).flatMap((root) =>
    nodes(root.expr, root.path).flatMap((found) => probesAt(root, found, r)),
  );
}
