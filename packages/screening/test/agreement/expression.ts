/** Expressions of the middle form as a tree: what an item asks, and where it changes its mind. */
import type { Item, RuleSet } from '@zhida/rules';

export type Expr = Item['conditions'][number]['expr'];
export type Node<K extends Expr['k']> = Extract<Expr, { readonly k: K }>;
export type Test = Node<'in'>['tests'][number];

function isExpr(value: object): value is Expr {
  return 'k' in value && 'type' in value && 'cite' in value;
}

/** The expression itself and all below it, without what it names. */
function below(value: unknown, found: Expr[]): Expr[] {
  if (typeof value !== 'object' || value === null) return found;
  if (!Array.isArray(value) && isExpr(value)) found.push(value);
  for (const [key, child] of Object.entries(value)) if (key !== 'type') below(child, found);
  return found;
}

/** What names stand for, under the readings in force. */
export class Names {
  readonly #ruleSet: RuleSet;
  readonly #readings: ReadonlyMap<string, string>;

  constructor(ruleSet: RuleSet, readings: ReadonlyMap<string, string>) {
    this.#ruleSet = ruleSet;
    this.#readings = readings;
  }

  #named(e: Expr): Expr | undefined {
    const { decisions, interpretations } = this.#ruleSet;
    if (e.k === 'decision') return decisions.find((d) => d.name === e.name)?.expr;
    if (e.k === 'hits') return decisions.find((d) => d.name === e.table)?.expr;
    if (e.k !== 'reading') return undefined;
    const found = interpretations.find((i) => i.id === e.id);
    const key = this.#readings.get(e.id) ?? found?.chosen;
    return found?.alternatives.find((a) => a.key === key)?.expr ?? undefined;
  }

  /** Every node that `roots` reach, each name once. */
  reached(roots: readonly Expr[]): readonly Expr[] {
    const seen = new Set<Expr>();
    const found: Expr[] = [];
    const open = [...roots];
    for (let e = open.pop(); e !== undefined; e = open.pop()) {
      if (seen.has(e)) continue;
      seen.add(e);
      for (const node of below(e, [])) {
        found.push(node);
        const named = this.#named(node);
        if (named !== undefined) open.push(named);
      }
    }
    return found;
  }
}

/** All expressions of an item: conditions, amount, hard limits, and of the caps it counts under. */
export function rootsOf(item: Item, ruleSet: RuleSet): readonly Expr[] {
  const caps = ruleSet.caps.filter((c) => c.items.includes(item.name));
  return [
    ...item.conditions.map((c) => c.expr),
    ...(item.amount === null ? [] : [item.amount]),
    ...item.hard.flatMap((h) => (h.when === null ? [h.limit] : [h.limit, h.when])),
    ...caps.flatMap((c) => [
      ...c.keys.map((k) => k.expr),
      c.limit,
      ...(c.when === null ? [] : [c.when]),
    ]),
  ];
}

const BOOL = { t: 'bool' } as const;

function from(a: Expr, lo: string): Expr {
  const test = { k: 'interval', lo, hi: null, loOpen: false, hiOpen: true } as const;
  return { k: 'in', a, tests: [test], type: BOOL, cite: a.cite };
}

function ends(a: Expr, tests: readonly Test[]): readonly Expr[] {
  return tests.flatMap((t) =>
    t.k === 'interval' ? [t.lo, t.hi].flatMap((end) => (end === null ? [] : [from(a, end)])) : [],
  );
}

/** Yes-or-no expressions that turn where `node` turns: each bound of a test, each comparison, each
 *  pair of a min or max. */
export function turnsOf(node: Expr): readonly Expr[] {
  switch (node.k) {
    case 'compare':
      return node.a.type.t === 'number' || node.a.type.t === 'ratio'
        ? [
            { ...node, op: '>=' },
            { ...node, op: '>' },
          ]
        : [];
    case 'in':
      return ends(node.a, node.tests);
    case 'table':
      return node.inputs.flatMap((a, i) => node.rows.flatMap((r) => ends(a, r.tests[i] ?? [])));
    case 'min':
    case 'max':
      return node.items.flatMap((a, i) =>
        node.items
          .slice(i + 1)
          .map((b): Expr => ({ k: 'compare', op: '>=', a, b, type: BOOL, cite: node.cite })),
      );
    default:
      return [];
  }
}

/** Dates that an expression names. */
export function datesIn(nodes: readonly Expr[]): readonly string[] {
  const isDate = (v: unknown): v is string =>
    typeof v === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(v);
  const found = new Set<string>();
  const look = (tests: readonly Test[]): void => {
    for (const t of tests) {
      if (t.k === 'interval') for (const end of [t.lo, t.hi]) if (isDate(end)) found.add(end);
    }
  };
  for (const n of nodes) {
    if (n.k === 'literal' && isDate(n.value)) found.add(n.value);
    if (n.k === 'in') look(n.tests);
    if (n.k === 'table') for (const r of n.rows) r.tests.forEach(look);
  }
  return [...found].toSorted();
}

/** Scaled whole numbers that expressions name, as (value, scale, unit). */
export function numbersIn(
  nodes: readonly Expr[],
): readonly { readonly n: bigint; readonly scale: number; readonly unit: string }[] {
  const found: { n: bigint; scale: number; unit: string }[] = [];
  const look = (type: Expr['type'], texts: readonly unknown[]): void => {
    if (type.t !== 'number') return;
    for (const text of texts) {
      if (typeof text === 'string' && /^-?\d+$/u.test(text))
        found.push({ n: BigInt(text), scale: type.scale, unit: type.unit });
    }
  };
  const ends = (tests: readonly Test[]): readonly unknown[] =>
    tests.flatMap((t) => (t.k === 'interval' ? [t.lo, t.hi] : []));
  for (const n of nodes) {
    if (n.k === 'literal') look(n.type, [n.value]);
    if (n.k === 'in') look(n.a.type, ends(n.tests));
    if (n.k === 'table')
      n.inputs.forEach((a, i) =>
        look(
          a.type,
          n.rows.flatMap((r) => ends(r.tests[i] ?? [])),
        ),
      );
  }
  return found;
}
