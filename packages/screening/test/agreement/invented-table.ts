/** Random decision tables of every hit policy. */
import type { Expr, Node, Test } from './expression.ts';
import { CITE, CLASSES, DATES, number } from './invented-kinds.ts';
import type { Kind } from './invented-kinds.ts';
import type { Inventor } from './invented-expression.ts';

type Table = Node<'table'>;

/** A table called `name`. */
export function inventedTable(x: Inventor, name: string): Table {
  const r = x.random;
  const hit = r.pick(['唯一', '唯一', '首个', '求和', '最大', '最小'] as const);
  const scale = 2;
  // Bands of one number, which all pay: what most tables of the law are.
  const isBands = hit === '唯一' && r.chance(0.5);
  const inputs = isBands
    ? [x.ownNumber()]
    : Array.from({ length: r.pick([1, 1, 2, 3]) }, () => x.input('', 1));
  const none = isBands ? 0 : 0.2;
  const outs = (): Expr | null => (r.chance(none) ? null : x.number(scale, r.below(2)));
  const parted = isBands || (hit === '唯一' && r.chance(0.5));
  const tests = parted ? partition(x, inputs) : anyRows(x, inputs);
  const rows = tests.map((own, line): Table['rows'][number] => {
    return { tests: own, out: outs(), line, ...CITE };
  });
  // At least one row must say what the table gives.
  if (rows.every((row) => row.out === null)) rows.push({ ...last(x, inputs.length), line: 9 });
  const labels = inputs.map((_, i) => `入${i}`);
  const frame = { k: 'table', name, hit, inputs: inputs.map((i) => i.a), labels } as const;
  const rest = r.below(isBands ? 2 : 3);
  const whole = { ...frame, rows, ...number(scale) };
  return rest === 0 ? whole : { ...whole, rest: rest === 1 ? null : outs() };
}

function last(
  x: Inventor,
  inputs: number,
): { tests: readonly (readonly Test[])[]; out: Expr; cite: number } {
  const tests = Array.from({ length: inputs }, () => [{ k: 'any' } as const]);
  return { tests, out: x.literal(2), ...CITE };
}

function anyRows(
  x: Inventor,
  inputs: readonly { kind: Kind; scale: number }[],
): readonly (readonly Test[])[][] {
  const r = x.random;
  return Array.from({ length: 1 + r.below(4) }, () =>
    inputs.map(({ kind, scale }) =>
      r.chance(0.4) ? [{ k: 'any' } as const] : x.tests(kind, scale),
    ),
  );
}

/** Rows that cannot both hit: they part the values of the first input. */
function partition(
  x: Inventor,
  inputs: readonly { kind: Kind; scale: number }[],
): readonly (readonly Test[])[][] {
  const r = x.random;
  const [first, ...others] = inputs;
  const scale = first?.scale ?? 0;
  const cuts = [0n, ...Array.from({ length: 3 }, () => r.size(10n ** BigInt(2 + scale)))];
  const ends = [...new Set(cuts)].toSorted((a, b) => (a < b ? -1 : 1)).map(String);
  // At a cut the band below, the one above or neither has the bound.
  const sides = ends.map(() => r.pick(['below', 'above', 'above', 'neither'] as const));
  const bands = ends.map((lo, i): readonly Test[] => {
    const hi = ends[i + 1] ?? null;
    const [loOpen, hiOpen] = [sides[i] !== 'above', sides[i + 1] !== 'below'];
    return [{ k: 'interval', lo, hi, loOpen, hiOpen }];
  });
  const split: readonly (readonly Test[])[] =
    first?.kind === 'bool'
      ? [[{ k: 'bool', value: true }], [{ k: 'bool', value: false }]]
      : first?.kind === 'text'
        ? CLASSES.map((c) => [{ k: 'set', values: [c] }])
        : first?.kind === 'date'
          ? [[{ k: 'interval', lo: null, hi: DATES[1], loOpen: false, hiOpen: true }]]
          : bands;
  return split
    .filter(() => r.chance(0.85))
    .map((own) => [
      own,
      ...others.map(({ kind, scale }) =>
        r.chance(0.4) ? [{ k: 'any' } as const] : x.tests(kind, scale),
      ),
    ]);
}
