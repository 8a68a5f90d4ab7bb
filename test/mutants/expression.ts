/** Mutation operators on single expressions: what a slip of the pen would make of a rule. */
import type { Expr, Found, Interval, Node, Path, Test } from './tree.ts';
import { addDays, addMonths, addYears, literal, without } from './tree.ts';

/** One change: the place `path` holds `value` instead. */
export interface Change {
  readonly operator: string;
  readonly path: Path;
  readonly value: unknown;
  /** What was changed into what, unique under its path. */
  readonly said: string;
}

type Made = Omit<Change, 'path'> & { readonly under?: Path };

const NEIGHBOURS: Readonly<Record<Node<'compare'>['op'], readonly Node<'compare'>['op'][]>> = {
  '>=': ['>', '<='],
  '>': ['>=', '<'],
  '<=': ['<', '>='],
  '<': ['<=', '>'],
  '=': ['!='],
  '!=': ['='],
};
const MODES: readonly Node<'round'>['mode'][] = [
  'half up',
  'half down',
  'half even',
  'floor',
  'ceiling',
];

/** A value of no rule: a text that nobody writes. */
const NO_TEXT = '〇';

/** The steps by which a date slips. */
export function movedDates(date: string): readonly (readonly [string, string])[] {
  return [
    ['+1 day', addDays(date, 1)],
    ['-1 day', addDays(date, -1)],
    ['+1 year', addYears(date, 1)],
    ['-1 year', addYears(date, -1)],
  ];
}

/** The steps by which a number slips: one smallest step of its scale, or twice as much. */
export function movedNumbers(value: string): readonly (readonly [string, string])[] {
  const n = BigInt(value);
  const steps: readonly (readonly [string, bigint])[] = [
    ['+1 step', n + 1n],
    ['-1 step', n - 1n],
    ['× 2', n * 2n],
  ];
  return steps.filter(([, v]) => v !== n).map(([name, v]) => [name, String(v)]);
}

export function isDateText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/u.test(text);
}

export function movedEnds(end: string): readonly (readonly [string, string])[] {
  return isDateText(end) ? movedDates(end) : movedNumbers(end);
}

/** The text that is taken for `value` by mistake: another one of the same block. */
function otherText(value: string, texts: readonly string[]): string {
  return texts[(texts.indexOf(value) + 1) % texts.length] ?? NO_TEXT;
}

function ofLiteral(e: Node<'literal'>, texts: readonly string[]): readonly Made[] {
  const { value, type } = e;
  if (typeof value === 'boolean') {
    return [{ operator: 'truth flipped', said: `${value}`, value: { ...e, value: !value } }];
  }
  if (type.t === 'text') {
    const other = texts.length < 2 ? NO_TEXT : otherText(value, texts);
    const said = `"${value}" → "${other}"`;
    return [{ operator: 'text changed', said, value: { ...e, value: other } }];
  }
  const moved = type.t === 'date' ? movedDates(value) : movedNumbers(value);
  const operator = type.t === 'date' ? 'date moved' : 'number moved';
  return moved.map(([name, v]) => ({
    operator,
    said: `${value} ${name}`,
    value: { ...e, value: v },
  }));
}

/** Changes of one interval: each end moved, and opened or closed. */
export function ofInterval(t: Interval): readonly Made[] {
  const ends = (['lo', 'hi'] as const).flatMap((side) => {
    const end = t[side];
    if (end === null) return [];
    const open = side === 'lo' ? ('loOpen' as const) : ('hiOpen' as const);
    const moved = movedEnds(end).map(([name, v]): Made => ({
      operator: isDateText(end) ? 'window moved' : 'interval end moved',
      said: `${side} ${end} ${name}`,
      value: { ...t, [side]: v },
    }));
    const said = `${side} ${end} ${t[open] ? 'closed' : 'opened'}`;
    return [
      ...moved,
      { operator: 'interval end opened or closed', said, value: { ...t, [open]: !t[open] } },
    ];
  });
  return ends;
}

/** Changes of one test of a cell or of `in`. */
export function ofTest(t: Test): readonly Made[] {
  switch (t.k) {
    case 'any':
      return [];
    case 'bool':
      return [{ operator: 'truth flipped', said: `${t.value}`, value: { ...t, value: !t.value } }];
    case 'set':
      return t.values.map((v, i) => ({
        operator: 'set value dropped',
        said: `"${v}"`,
        value: { ...t, values: without(t.values, i) },
      }));
    case 'interval':
      return ofInterval(t);
  }
}

function ofMonths(e: Node<'months'>): readonly Made[] {
  const { months } = e;
  const made = (said: string, changed: readonly string[]): Made => ({
    operator: 'month window moved',
    said,
    value: { ...e, months: changed },
  });
  const shifted = (by: number): readonly string[] => months.map((m) => addMonths(m, by));
  const first = addMonths(months[0] ?? '', -1);
  const last = addMonths(months.at(-1) ?? '', 1);
  const shorter =
    months.length < 2
      ? []
      : [made('first month lost', months.slice(1)), made('last month lost', months.slice(0, -1))];
  return [
    made('a month later', shifted(1)),
    made('a month earlier', shifted(-1)),
    made('a month more before', [first, ...months]),
    made('a month more after', [...months, last]),
    ...shorter,
  ];
}

function ofItems(e: Node<'min' | 'max' | 'and' | 'or'>): readonly Made[] {
  const swap = { min: 'max', max: 'min', and: 'or', or: 'and' } as const;
  const logical = e.k === 'and' || e.k === 'or';
  const lost = e.items.map((_, i) => ({
    operator: logical ? 'condition dropped' : 'limit dropped',
    said: `${e.k} without ${i}`,
    value: e.items.length === 2 ? e.items[1 - i] : { ...e, items: without(e.items, i) },
  }));
  const operator = logical ? 'and/or swapped' : 'min/max swapped';
  return [{ operator, said: e.k, value: { ...e, k: swap[e.k] } }, ...lost];
}

function ofIf(e: Node<'if'>): readonly Made[] {
  if (e.origin === '除外') {
    return [
      { operator: 'exception dropped', said: 'never', value: e.no },
      { operator: 'exception dropped', said: 'always', value: e.yes },
    ];
  }
  return [
    { operator: 'choice fixed', said: 'always', value: e.yes },
    { operator: 'choice fixed', said: 'never', value: e.no },
  ];
}

function ofRound(e: Node<'round'>): readonly Made[] {
  return MODES.filter((m) => m !== e.mode).map((mode) => ({
    operator: 'rounding changed',
    said: `${e.mode} → ${mode}`,
    value: { ...e, mode },
  }));
}

/** The changes of one node itself; those of its operands come with the operands. */
function ofNode(e: Expr, texts: readonly string[]): readonly Made[] {
  switch (e.k) {
    case 'literal':
      return ofLiteral(e, texts);
    case 'compare':
      return NEIGHBOURS[e.op].map((op) => ({
        operator: 'comparison changed',
        said: `${e.op} → ${op}`,
        value: { ...e, op },
      }));
    case 'in':
      return e.tests.flatMap((t, i) =>
        ofTest(t).map((m) => ({ ...m, under: ['tests', i], said: `test ${i} ${m.said}` })),
      );
    case 'months':
      return ofMonths(e);
    case 'min':
    case 'max':
    case 'and':
    case 'or':
      return ofItems(e);
    case 'not':
      return [{ operator: 'negation dropped', said: 'not', value: e.a }];
    case 'if':
      return ofIf(e);
    case 'round':
      return ofRound(e);
    case 'add':
    case 'subtract': {
      const k = e.k === 'add' ? 'subtract' : 'add';
      return [{ operator: 'plus/minus swapped', said: e.k, value: { ...e, k } }];
    }
    case 'over':
      return e.fn === 'sum' || e.fn === 'count'
        ? []
        : [
            {
              operator: 'min/max swapped',
              said: e.fn,
              value: { ...e, fn: e.fn === 'min' ? 'max' : 'min' },
            },
          ];
    case 'gate':
      return [{ operator: 'gate dropped', said: e.gate, value: literal(e, true, { t: 'bool' }) }];
    case 'asOf':
    case 'fact':
    case 'reading':
    case 'decision':
    case 'parameter':
    case 'scale':
    case 'multiply':
    case 'ratio':
    case 'year':
    case 'days':
    case 'hits':
    case 'table':
      return [];
  }
}

/** All changes of one expression node except those of tables and parameters. `texts` are the
 *  texts that the same block writes. */
export function expressionChanges(
  { path, node }: Found,
  texts: readonly string[],
): readonly Change[] {
  return ofNode(node, texts).map(({ under = [], ...m }) => ({ ...m, path: [...path, ...under] }));
}
