/** Invented rule sets: random but well-formed rules in the middle form, so that every construct of
 *  the language is compared, also those that no package uses yet. */
import { readPackage } from '@zhida/rules';
import type { Item, RuleSet } from '@zhida/rules';
import type { Expr, Node, Test } from './expression.ts';
import type { Law } from './package.ts';
import { farthest } from './turning.ts';
import { Random } from './random.ts';
import { inventedEntities, inventedParameters, LISTED, OWN, REFERRED } from './invented-facts.ts';
import type { Source } from './invented-facts.ts';

type Alternative = RuleSet['interpretations'][number]['alternatives'][number];
type Table = Node<'table'>;

const NONE = { zh: '', en: '' } as const;
const CITE = { cite: 0 } as const;
const BOOL = { type: { t: 'bool' }, ...CITE } as const;
const TEXT = { type: { t: 'text' }, ...CITE } as const;
const DATE = { type: { t: 'date' }, ...CITE } as const;
const RATIO = { type: { t: 'ratio' }, ...CITE } as const;
const MODES = ['half up', 'half down', 'half even', 'floor', 'ceiling'] as const;
const DATES = ['2022-12-31', '2023-01-01', '2023-06-30', '2024-02-29', '2024-03-01'] as const;
const CLASSES = ['子', '丑', '寅'] as const;

const number = (scale: number): { type: Expr['type']; cite: number } => ({
  type: { t: 'number', unit: '份', scale },
  ...CITE,
});

type Kind = 'number' | 'bool' | 'text' | 'date' | 'ratio';

/** A rule that later ones may name. */
interface Named {
  readonly kind: Kind;
  readonly scale: number;
  readonly expr: Expr;
}

/** A value to be tested, at the scale of its tests. */
interface Input {
  readonly a: Expr;
  readonly kind: Kind;
  readonly scale: number;
}

/** Draws expressions of a wanted kind. Inside a list `row` names the variable of its rows. */
class Inventor {
  readonly random: Random;
  readonly named: Named[] = [];
  readonly tables: { readonly name: string; readonly scale: number }[] = [];
  /** How deep the expressions go. */
  readonly depth: number;

  constructor(random: Random, depth: number) {
    this.random = random;
    this.depth = depth;
  }

  #sources(row: string): readonly Source[] {
    return row === '' ? [...OWN, ...REFERRED] : [...LISTED, ...LISTED, ...OWN.slice(0, 6)];
  }

  #fact(kind: Source['kind'], row: string): Expr & { k: 'fact' } {
    const fitting = this.#sources(row).filter((s) => s.kind === kind);
    const { path, type, listed } = this.random.pick(fitting);
    const fact = { k: 'fact', path, type, ...CITE } as const;
    return listed ? { ...fact, path: path.slice(1), row } : fact;
  }

  #literal(scale: number): Expr {
    const r = this.random;
    const n = r.chance(0.2) ? BigInt(r.below(3)) : r.size(10n ** BigInt(2 + scale));
    const value = String(r.chance(0.1) ? -n : n);
    return { k: 'literal', value, ...number(scale) };
  }

  /** A number expression brought to `scale`: widened exactly, or rounded. */
  #at(e: Expr, scale: number): Expr {
    const from = e.type.t === 'number' ? e.type.scale : 0;
    if (from === scale) return e;
    if (from < scale) return { k: 'scale', a: e, by: scale - from, ...number(scale) };
    const mode = this.random.pick(MODES);
    return { k: 'round', mode, num: e, den: null, by: scale - from, ...number(scale) };
  }

  #leaf(scale: number, row: string): Expr {
    const r = this.random;
    if (r.chance(0.25)) return this.#literal(scale);
    const known = this.named.filter((n) => n.kind === 'number');
    if (known.length > 0 && row === '' && r.chance(0.3)) return this.#at(r.pick(known).expr, scale);
    return this.#at(this.#fact('number', row), scale);
  }

  number(scale: number, depth: number, row = ''): Expr {
    const r = this.random;
    if (depth <= 0) return this.#leaf(scale, row);
    const one = (): Expr => this.number(scale, depth - 1, row);
    switch (r.below(row === '' ? 16 : 8)) {
      case 0:
        return { k: 'add', a: one(), b: one(), ...number(scale) };
      case 1:
        return { k: 'subtract', a: one(), b: one(), ...number(scale) };
      case 2: {
        const part = r.below(scale + 1);
        const [a, c] = [this.#leaf(part, row), this.#leaf(scale - part, row)];
        // A factor with an upper end of its own.
        const items = [c, this.#literal(scale - part)];
        const b: Expr = r.chance(0.4) ? { k: 'min', items, ...number(scale - part) } : c;
        return { k: 'multiply', a, b, ...number(scale) };
      }
      case 3:
      case 4:
        return { k: r.pick(['min', 'max']), items: [one(), one(), one()], ...number(scale) };
      case 5:
        return { k: 'if', test: this.bool(1, row), yes: one(), no: one(), ...number(scale) };
      case 6:
        return this.#round(scale, depth, row);
      case 8:
      case 9:
        return this.#over(scale, depth);
      case 10:
        return this.#parameter(scale);
      case 11:
        return this.#at(this.#months(), scale);
      case 12:
        return this.#at({ k: 'year', a: this.#fact('date', row), ...number(0) }, scale);
      case 13: {
        const [a, b] = [this.date(row), this.date(row)];
        return this.#at({ k: 'days', a, b, ...number(0) }, scale);
      }
      case 14:
        return this.#at(this.#wide(), scale);
      default:
        return this.#leaf(scale, row);
    }
  }

  /** A product of 18 to 20 digits over a small divisor. */
  #wide(): Expr {
    const r = this.random;
    const a = this.#fact('number', '');
    const of = a.type.t === 'number' ? a.type.scale : 0;
    const literal = (n: number): Expr => ({ k: 'literal', value: String(n), ...number(0) });
    const b = literal(6_000_000 + r.below(30_000_000));
    const num: Expr = { k: 'multiply', a, b, ...number(of) };
    const den = literal(3 + r.below(90));
    return { k: 'round', mode: r.pick(MODES), num, den, by: 2 - of, ...number(2) };
  }

  #round(scale: number, depth: number, row: string): Expr {
    const r = this.random;
    const mode = r.pick(MODES);
    const by = -1 - r.below(3);
    if (r.chance(0.4)) {
      const num = this.number(scale - by, depth - 1, row);
      return { k: 'round', mode, num, den: null, by, ...number(scale) };
    }
    // result scale = scale(num) + by - scale(den)
    const den = this.number(r.pick([0, 2]), 0, row);
    const denScale = den.type.t === 'number' ? den.type.scale : 0;
    const numScale = r.pick([0, 2, 4]);
    const num = this.number(numScale, depth - 1, row);
    return { k: 'round', mode, num, den, by: scale - numScale + denScale, ...number(scale) };
  }

  #months(): Expr {
    const all = ['2023-01', '2023-02', '2023-03', '2022-12'];
    const months = all.slice(0, 1 + this.random.below(all.length));
    const type = { t: 'months' } as const;
    const series = { k: 'fact', path: ['甲', '月额'], type, ...CITE } as const;
    return { k: 'months', series, months, ...number(2) };
  }

  #over(scale: number, depth: number): Expr {
    const r = this.random;
    const type = { t: 'rows', entity: '行' } as const;
    const list = { k: 'fact', path: ['甲', '行'], type, ...CITE } as const;
    const variable = r.pick(['x', 'y']);
    const fn = r.pick(['sum', 'sum', 'min', 'max', 'count'] as const);
    const frame = { k: 'over', fn, list, variable } as const;
    if (fn !== 'count')
      return { ...frame, body: this.number(scale, depth - 1, variable), ...number(scale) };
    return this.#at({ ...frame, body: this.bool(depth - 1, variable), ...number(0) }, scale);
  }

  #parameter(scale: number): Expr {
    const r = this.random;
    const keyed = r.chance(0.5);
    const name = keyed ? '分类率' : '年度数';
    const keys = keyed ? [this.text('')] : [];
    return this.#at({ k: 'parameter', name, keys, date: this.date(''), ...number(2) }, scale);
  }

  date(row: string): Expr {
    const r = this.random;
    if (r.chance(0.2)) return { k: 'literal', value: r.pick(DATES), ...DATE };
    if (r.chance(0.1)) return { k: 'asOf', ...DATE };
    return this.#fact('date', row);
  }

  text(row: string): Expr {
    const r = this.random;
    const known = this.named.filter((n) => n.kind === 'text');
    if (row === '' && known.length > 0 && r.chance(0.5)) return r.pick(known).expr;
    if (r.chance(0.15)) {
      const [yes, no] = [this.#fact('text', row), this.#fact('text', row)];
      return { k: 'if', test: this.bool(0, row), yes, no, ...TEXT };
    }
    return this.#fact('text', row);
  }

  ratio(depth: number): Expr {
    const r = this.random;
    const known = this.named.filter((n) => n.kind === 'ratio');
    if (known.length > 0 && r.chance(0.3)) return r.pick(known).expr;
    if (depth > 0 && r.chance(0.3)) {
      const [yes, no] = [this.ratio(depth - 1), this.ratio(depth - 1)];
      return { k: 'if', test: this.bool(0, ''), yes, no, ...RATIO };
    }
    const scale = r.pick([0, 2]);
    return { k: 'ratio', a: this.number(scale, 1), b: this.number(scale, 1), ...RATIO };
  }

  #interval(scale: number): Test {
    const r = this.random;
    const ends = [0, 1].map(() => r.size(10n ** BigInt(2 + scale)));
    const [lo, hi] = ends.toSorted((a, b) => (a < b ? -1 : 1)).map(String);
    const [loOpen, hiOpen] = [r.chance(0.5), r.chance(0.5)];
    const shape = r.below(3);
    return {
      k: 'interval',
      lo: shape === 0 ? null : (lo ?? '0'),
      hi: shape === 1 ? null : (hi ?? '0'),
      loOpen,
      hiOpen,
    };
  }

  /** Tests of one kind of value; several of them are alternatives. */
  #tests(kind: Kind, scale: number): readonly Test[] {
    const r = this.random;
    switch (kind) {
      case 'bool':
        return [{ k: 'bool', value: r.chance(0.5) }];
      case 'text':
        return [{ k: 'set', values: CLASSES.filter(() => r.chance(0.5)) }];
      case 'date': {
        const [lo = '', hi = ''] = [r.pick(DATES), r.pick(DATES)].toSorted();
        const open = { loOpen: r.chance(0.3), hiOpen: r.chance(0.3) };
        return [{ k: 'interval', lo, hi: r.chance(0.3) ? null : hi, ...open }];
      }
      default:
        return Array.from({ length: r.pick([1, 1, 2]) }, () => this.#interval(scale));
    }
  }

  /** An input for tests: a value at the scale of the tests. */
  #input(row: string, depth: number): Input {
    const r = this.random;
    const kind = r.pick(['number', 'number', 'bool', 'text', 'date', 'ratio'] as const);
    const scale = r.pick([0, 2]);
    switch (kind) {
      case 'number':
        return { a: this.number(scale, depth, row), kind, scale };
      case 'bool':
        return { a: this.bool(0, row), kind, scale };
      case 'text':
        return { a: this.text(row), kind, scale };
      case 'date':
        return { a: this.date(row), kind, scale };
      case 'ratio':
        return row === ''
          ? { a: { k: 'scale', a: this.ratio(depth), by: 2, ...RATIO }, kind, scale: 0 }
          : { a: this.#fact('bool', row), kind: 'bool', scale };
    }
  }

  /** A fact with bounds that it can meet exactly. */
  #ownNumber(): Input {
    const a = this.#fact('number', '');
    return { a, kind: 'number', scale: a.type.t === 'number' ? a.type.scale : 0 };
  }

  #compare(depth: number, row: string): Expr {
    const r = this.random;
    const op = r.pick(['=', '!=', '<', '<=', '>', '>='] as const);
    const same = r.pick(['=', '!='] as const);
    switch (r.below(row === '' ? 6 : 4)) {
      case 0:
        return { k: 'compare', op, a: this.date(row), b: this.date(row), ...BOOL };
      case 1: {
        const b = r.chance(0.5)
          ? this.#fact('text', row)
          : ({ k: 'literal', value: r.pick(CLASSES), ...TEXT } as const);
        return { k: 'compare', op: same, a: this.#fact('text', row), b, ...BOOL };
      }
      case 4: {
        const scale = r.pick([0, 2, 4]);
        return { k: 'compare', op, a: this.ratio(1), b: this.#literal(scale), ...BOOL };
      }
      case 5:
        return { k: 'compare', op: same, a: this.bool(0, row), b: this.bool(0, row), ...BOOL };
      default: {
        const scale = r.pick([0, 2]);
        const [a, b] = [this.number(scale, depth, row), this.number(scale, 0, row)];
        return { k: 'compare', op, a, b, ...BOOL };
      }
    }
  }

  bool(depth: number, row = ''): Expr {
    const r = this.random;
    const known = this.named.filter((n) => n.kind === 'bool');
    if (row === '' && known.length > 0 && r.chance(0.2)) return r.pick(known).expr;
    if (depth <= 0) return row === '' && r.chance(0.2) ? this.#gate() : this.#fact('bool', row);
    const one = (): Expr => this.bool(depth - 1, row);
    switch (r.below(6)) {
      case 0:
        return { k: 'and', items: [one(), one(), one()], ...BOOL };
      case 1:
        return { k: 'or', items: [one(), one()], ...BOOL };
      case 2:
        return { k: 'not', a: one(), ...BOOL };
      case 3: {
        const { a, kind, scale } = this.#input(row, depth - 1);
        return { k: 'in', a, tests: this.#tests(kind, scale), ...BOOL };
      }
      case 4:
        return { k: 'if', test: one(), yes: one(), no: one(), ...BOOL };
      default:
        return this.#compare(depth - 1, row);
    }
  }

  #gate(): Expr {
    return this.random.chance(0.5)
      ? { k: 'gate', gate: '好', path: ['甲'], ...BOOL }
      : { k: 'gate', gate: '优', path: ['甲', '乙'], ...BOOL };
  }

  table(name: string): Table {
    const r = this.random;
    const hit = r.pick(['唯一', '唯一', '首个', '求和', '最大', '最小'] as const);
    const scale = 2;
    // Bands of one number, which all pay: what most tables of the law are.
    const isBands = hit === '唯一' && r.chance(0.5);
    const inputs = isBands
      ? [this.#ownNumber()]
      : Array.from({ length: r.pick([1, 1, 2, 3]) }, () => this.#input('', 1));
    const none = isBands ? 0 : 0.2;
    const outs = (): Expr | null => (r.chance(none) ? null : this.number(scale, r.below(2)));
    const parted = isBands || (hit === '唯一' && r.chance(0.5));
    const tests = parted ? this.#partition(inputs) : this.#anyRows(inputs);
    const rows = tests.map((own, line): Table['rows'][number] => {
      return { tests: own, out: outs(), line, ...CITE };
    });
    // At least one row must say what the table gives.
    if (rows.every((row) => row.out === null)) rows.push({ ...this.#last(inputs.length), line: 9 });
    const labels = inputs.map((_, i) => `入${i}`);
    const frame = { k: 'table', name, hit, inputs: inputs.map((i) => i.a), labels } as const;
    const rest = r.below(isBands ? 2 : 3);
    const whole = { ...frame, rows, ...number(scale) };
    return rest === 0 ? whole : { ...whole, rest: rest === 1 ? null : outs() };
  }

  #last(inputs: number): { tests: readonly (readonly Test[])[]; out: Expr; cite: number } {
    const tests = Array.from({ length: inputs }, () => [{ k: 'any' } as const]);
    return { tests, out: this.#literal(2), ...CITE };
  }

  #anyRows(inputs: readonly { kind: Kind; scale: number }[]): readonly (readonly Test[])[][] {
    const r = this.random;
    return Array.from({ length: 1 + r.below(4) }, () =>
      inputs.map(({ kind, scale }) =>
        r.chance(0.4) ? [{ k: 'any' } as const] : this.#tests(kind, scale),
      ),
    );
  }

  /** Rows that cannot both hit: they part the values of the first input. */
  #partition(inputs: readonly { kind: Kind; scale: number }[]): readonly (readonly Test[])[][] {
    const r = this.random;
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
          r.chance(0.4) ? [{ k: 'any' } as const] : this.#tests(kind, scale),
        ),
      ]);
  }
}

function decisionsOf(inventor: Inventor): {
  decisions: RuleSet['decisions'];
  interpretations: RuleSet['interpretations'];
} {
  const r = inventor.random;
  const decisions: RuleSet['decisions'][number][] = [];
  const interpretations: RuleSet['interpretations'][number][] = [];
  const declare = (name: string, expr: Expr, kind: Kind): void => {
    decisions.push({ id: '', name, en: name, expr, root: '甲', ...CITE });
    const { type, cite } = expr;
    const scale = type.t === 'number' ? type.scale : 0;
    inventor.named.push({ kind, scale, expr: { k: 'decision', name, type, cite } });
  };
  for (let n = 0; n < (inventor.depth < 2 ? 9 : 6); n++) {
    const name = `决${n}`;
    const kind = r.pick(['number', 'bool', 'text', 'table', 'table', 'ratio', 'reading'] as const);
    if (kind === 'number') declare(name, inventor.number(2, inventor.depth), kind);
    if (kind === 'bool') declare(name, inventor.bool(2), kind);
    if (kind === 'ratio') declare(name, inventor.ratio(1), kind);
    if (kind === 'text') {
      const [yes, no] = CLASSES.map((value): Expr => ({ k: 'literal', value, ...TEXT }));
      if (yes !== undefined && no !== undefined)
        declare(name, { k: 'if', test: inventor.bool(1), yes, no, ...TEXT }, kind);
    }
    if (kind === 'table') {
      const table = inventor.table(name);
      declare(name, table, 'number');
      inventor.tables.push({ name, scale: 2 });
    }
    if (kind !== 'reading') continue;
    const isBool = r.chance(0.3);
    const make = (): Expr => (isBool ? inventor.bool(2) : inventor.number(2, inventor.depth));
    const alternatives = ['甲', '乙'].map((key): Alternative => ({
      key,
      zh: key,
      en: key,
      expr: make(),
    }));
    const id = `9.${n}#1`;
    const head = { id, ask: '', status: '待确认', document: '', date: '', chosen: '甲' } as const;
    interpretations.push({ ...head, zh: '', en: '', alternatives, ...CITE });
    const { type } = alternatives[0]?.expr ?? BOOL;
    const expr = { k: 'reading', id, type, ...CITE } as const;
    inventor.named.push({ kind: isBool ? 'bool' : 'number', scale: 2, expr });
  }
  return { decisions, interpretations };
}

function conditionsOf(inventor: Inventor, plain: boolean): Item['conditions'][number][] {
  const r = inventor.random;
  const conditions = Array.from({ length: plain ? 1 : 1 + r.below(3) }, (_, i) => ({
    name: `条${i}`,
    en: `condition ${i}`,
    expr: inventor.bool(plain ? 0 : 2),
  }));
  const table = inventor.tables.length > 0 && r.chance(0.4) ? r.pick(inventor.tables) : undefined;
  if (table !== undefined) {
    const expr: Expr = { k: 'hits', table: table.name, ...BOOL };
    conditions.push({ name: table.name, en: table.name, expr });
  }
  return conditions;
}

/** What is owed; where little is asked, so much beside the invented number that it shows even when it
 *  is below zero. */
function amountOf(inventor: Inventor, plain: boolean): Expr {
  const money = { type: { t: 'number', unit: '元', scale: 2 }, ...CITE } as const;
  const tables = inventor.named.filter((x) => x.expr.k === 'decision' && x.kind === 'number');
  const owed =
    tables.length > 0 && inventor.random.chance(0.4)
      ? inventor.random.pick(tables).expr
      : inventor.number(2, inventor.depth);
  if (!plain) return { ...owed, ...money };
  const beside: Expr = { k: 'literal', value: '1000000000000', ...number(2) };
  return { k: 'add', a: beside, b: owed, ...money };
}

function itemOf(inventor: Inventor, n: number): Item {
  const r = inventor.random;
  const plain = inventor.depth < 2 || r.chance(0.5);
  const conditions = conditionsOf(inventor, plain);
  const nature = r.pick(['定额', '上限', '下限', '软上限', '未量化'] as const);
  const hard = [0, 1].map(() => ({
    limit: inventor.number(2, 1),
    when: r.chance(0.5) ? inventor.bool(1) : null,
  }));
  const words = { elsewhere: NONE, grants: NONE, fund: NONE, payer: NONE, route: NONE };
  const lists = { once: [], shares: [], instalments: [], openQuestions: [], papers: NONE };
  const frame = { contingent: false, mode: null, window: null, exclusive: '', stackable: '' };
  return {
    ...{ kind: '待遇', id: `9.${n}`, name: `项${n}`, en: `item ${n}`, entity: '甲' },
    ...{ ...words, ...lists, ...frame, conditions, nature, line: 0, ...CITE },
    payee: r.chance(0.3) ? ['乙'] : [],
    amount: nature === '未量化' ? null : amountOf(inventor, plain),
    hard: nature === '软上限' ? hard.slice(0, 1 + r.below(2)) : [],
  };
}

function capOf(inventor: Inventor, n: number, items: readonly Item[]): RuleSet['caps'][number] {
  const r = inventor.random;
  const own = items.filter(() => r.chance(0.4)).map((i) => i.name);
  const key = (): Expr => {
    const date = { k: 'fact', path: ['甲', '日1'], ...DATE } as const;
    const type = { t: 'entity', entity: '乙' } as const;
    const all: readonly Expr[] = [
      { k: 'year', a: date, ...number(0) },
      { k: 'fact', path: ['甲', '乙'], type, ...CITE },
      { k: 'fact', path: ['甲'], type: { t: 'entity', entity: '甲' }, ...CITE },
      { k: 'fact', path: ['甲', '类'], ...TEXT },
      { k: 'fact', path: ['甲', '是1'], ...BOOL },
      date,
    ];
    return r.pick(all);
  };
  const limit = r.chance(0.5) ? inventor.number(2, 0) : inventor.number(2, 1);
  const when = r.chance(0.5) ? inventor.bool(1) : null;
  const keys = [0, 1].slice(0, 1 + r.below(2)).map((i) => ({ label: `键${i}`, expr: key() }));
  return {
    id: '',
    name: `顶${n}`,
    en: `cap ${n}`,
    items: own,
    keys,
    limit,
    when,
    order: null,
    ...CITE,
  };
}

/** The rule set of `seed`. Even ones are shallow, so that little stands between a construct and what
 *  is owed, and have subjects with large numbers; those of the others are small enough that what is
 *  owed stays within 64 bits. */
export function inventedLaw(seed: number): Law {
  const shallow = seed % 2 === 0;
  const inventor = new Inventor(new Random(seed), shallow ? 1 : 2);
  const { ruleSet: empty } = readPackage([]);
  const { decisions, interpretations } = decisionsOf(inventor);
  const items = Array.from({ length: shallow ? 6 : 4 }, (_, n) => itemOf(inventor, n + 1));
  const caps = [0, 1].map((n) => capOf(inventor, n, items));
  const cites = [{ clause: '9', spans: [], readings: [], file: '', line: 0 }];
  const gate = { unit: '某局', standard: NONE, evidence: NONE, ...CITE };
  const gates = [
    { name: '好', en: 'good', entity: '甲', ...gate },
    { name: '优', en: 'best', entity: '乙', ...gate },
  ];
  const manifest = { ...empty.manifest, id: `invented-${seed}`, effective: '2023-06-30' };
  const rules = { decisions, interpretations, items, caps, cites, gates, manifest };
  const world = { entities: inventedEntities, parameters: inventedParameters };
  const ruleSet = { ...empty, ...rules, ...world, hash: `invented-${seed}` };
  return {
    name: `invented-${seed}`,
    ruleSet,
    cases: [],
    far: (leaf) => (shallow ? farthest(leaf) : 10n ** 5n),
  };
}
