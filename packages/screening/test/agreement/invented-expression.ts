/** Random well-formed expressions of every kind. */
import type { Expr, Test } from './expression.ts';
import { BOOL, CITE, CLASSES, DATE, DATES, MODES, number, RATIO, TEXT } from './invented-kinds.ts';
import type { Input, Kind, Named } from './invented-kinds.ts';
import { LISTED, OWN, REFERRED } from './invented-facts.ts';
import type { Source } from './invented-facts.ts';
import type { Random } from './random.ts';

/** Draws expressions of a wanted kind. Inside a list `row` names the variable of its rows. */
export class Inventor {
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

  literal(scale: number): Expr {
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
    if (r.chance(0.25)) return this.literal(scale);
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
        const items = [c, this.literal(scale - part)];
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
  tests(kind: Kind, scale: number): readonly Test[] {
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
  input(row: string, depth: number): Input {
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
  ownNumber(): Input {
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
        return { k: 'compare', op, a: this.ratio(1), b: this.literal(scale), ...BOOL };
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
        const { a, kind, scale } = this.input(row, depth - 1);
        return { k: 'in', a, tests: this.tests(kind, scale), ...BOOL };
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
}
