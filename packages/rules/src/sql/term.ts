/** Pieces of SQL with what is known of their values at compile time: literals are folded, widths are
 *  inferred from ranges, and a NULL that cannot be is not guarded against.
 *  Three values are native to SQL: AND, OR and NOT of an unknown are unknown unless settled. */
import type { Dialect } from './dialect.ts';

export type Kind = 'integer' | 'boolean' | 'text' | 'date';

export interface Term {
  readonly kind: Kind;
  readonly sql: string;
  /** The layer of the SELECT from which on it can be computed. */
  readonly level: number;
  /** It is never NULL. */
  readonly known: boolean;
  /** Present when it is the same for everyone; null: NULL. */
  readonly literal?: bigint | boolean | string | null;
  /** Bounds of an integer that is not NULL. */
  readonly lo: bigint;
  readonly hi: bigint;
  /** An integer of the wide type. */
  readonly wide: boolean;
  /** Columns each of which makes it NULL when it is NULL itself. */
  readonly strictIn?: ReadonlySet<string> | undefined;
  /** Of `x IS NULL`: the columns that make x NULL, x itself included. */
  readonly nullOf?: ReadonlySet<string> | undefined;
  /** The one column that decides whether it is NULL: it is where the column is, nowhere else. */
  readonly nullWith?: string | undefined;
  /** Operands of an AND or OR, for leaving out what another operand says already. */
  readonly operands?: { readonly op: string; readonly sql: readonly string[] } | undefined;
}

const NARROW = 2n ** 63n - 1n;
const WIDEST = 10n ** 38n - 1n;

/** Whether every integer of the range is a BIGINT. */
export function isNarrow(lo: bigint, hi: bigint): boolean {
  return lo >= -NARROW && hi <= NARROW;
}

function quoted(text: string): string {
  return `'${text.replace(/'/gu, "''")}'`;
}

export class Terms {
  readonly dialect: Dialect;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  integer(n: bigint): Term {
    const wide = !isNarrow(n, n);
    const type = wide ? this.dialect.wide : this.dialect.bigint;
    const sql = `CAST(${n} AS ${type})`;
    return { kind: 'integer', sql, level: 0, known: true, literal: n, lo: n, hi: n, wide };
  }

  boolean(b: boolean): Term {
    const sql = b ? 'TRUE' : 'FALSE';
    return { ...CONSTANT, kind: 'boolean', sql, literal: b };
  }

  text(value: string): Term {
    return { ...CONSTANT, kind: 'text', sql: quoted(value), literal: value };
  }

  day(value: string): Term {
    return { ...CONSTANT, kind: 'date', sql: this.dialect.day(value), literal: value };
  }

  nothing(kind: Kind): Term {
    const type = this.dialect[kind === 'integer' ? 'bigint' : kind];
    const sql = `CAST(NULL AS ${type})`;
    return { ...CONSTANT, kind, sql, known: false, literal: null };
  }

  /** An integer expression; too wide for exact arithmetic is a defect of the package's ranges. */
  #number(sql: string, of: readonly Term[], lo: bigint, hi: bigint, wide: boolean): Term {
    if (lo < -WIDEST || hi > WIDEST) {
      throw new RangeError(`a product can reach ${hi > -lo ? hi : lo}: more than 38 digits`);
    }
    return { kind: 'integer', sql, ...overall(of), lo, hi, wide };
  }

  /** `sql` of an integer operand for arithmetic whose result needs the wide type. */
  #widened(a: Term, wide: boolean): string {
    return wide && !a.wide ? `CAST(${a.sql} AS ${this.dialect.wide})` : a.sql;
  }

  #arithmetic(op: string, a: Term, b: Term, lo: bigint, hi: bigint): Term {
    const wide = !isNarrow(lo, hi);
    const sql = `(${this.#widened(a, wide)} ${op} ${b.sql})`;
    return this.#number(sql, [a, b], lo, hi, wide || a.wide || b.wide);
  }

  add(a: Term, b: Term): Term {
    if (a.literal === null || b.literal === null) return this.nothing('integer');
    if (isInteger(a.literal) && isInteger(b.literal)) return this.integer(a.literal + b.literal);
    if (a.literal === 0n) return b;
    if (b.literal === 0n) return a;
    return this.#arithmetic('+', a, b, a.lo + b.lo, a.hi + b.hi);
  }

  subtract(a: Term, b: Term): Term {
    if (a.literal === null || b.literal === null) return this.nothing('integer');
    if (isInteger(a.literal) && isInteger(b.literal)) return this.integer(a.literal - b.literal);
    if (b.literal === 0n) return a;
    return this.#arithmetic('-', a, b, a.lo - b.hi, a.hi - b.lo);
  }

  multiply(a: Term, b: Term): Term {
    if (a.literal === null || b.literal === null) return this.nothing('integer');
    if (isInteger(a.literal) && isInteger(b.literal)) return this.integer(a.literal * b.literal);
    if (a.literal === 1n) return b;
    if (b.literal === 1n) return a;
    const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
    return this.#arithmetic('*', a, b, least(corners), greatest(corners));
  }

  negative(a: Term): Term {
    return this.subtract(this.integer(0n), a);
  }

  /** a ÷ b, whole part, for a ≥ 0 and b > 0. */
  idiv(a: Term, b: Term): Term {
    if (a.literal === null || b.literal === null) return this.nothing('integer');
    if (isInteger(a.literal) && isInteger(b.literal)) return this.integer(a.literal / b.literal);
    if (b.literal === 1n) return a;
    const [lo, hi] = [0n, a.hi < 0n ? 0n : a.hi / (b.lo > 0n ? b.lo : 1n)];
    const sql = this.dialect.idiv(a.sql, b.sql);
    return this.narrowed(this.#number(sql, [a, b], lo, hi, a.wide || b.wide));
  }

  /** Of the wide type no more, when every value fits. */
  narrowed(a: Term): Term {
    if (!a.wide || !isNarrow(a.lo, a.hi)) return a;
    return { ...a, sql: `CAST(${a.sql} AS ${this.dialect.bigint})`, wide: false };
  }

  /** As a BIGINT; NULL where it does not fit. */
  fitted(a: Term): Term {
    if (!a.wide || isNarrow(a.lo, a.hi)) return this.narrowed(a);
    const within = `${a.sql} BETWEEN ${-NARROW} AND ${NARROW}`;
    const sql = `CASE WHEN ${within} THEN CAST(${a.sql} AS ${this.dialect.bigint}) END`;
    return { ...a, sql, wide: false, known: false, lo: -NARROW, hi: NARROW };
  }

  compare(op: string, a: Term, b: Term): Term {
    if (a.literal === null || b.literal === null) return this.nothing('boolean');
    if (a.literal !== undefined && b.literal !== undefined) {
      return this.boolean(holds(op, a.literal, b.literal));
    }
    if (a.kind === 'text' && (op === '=' || op === '!=') && b.literal !== undefined) {
      const is = this.isIn(a, [b]);
      return op === '=' ? is : this.not(is);
    }
    const of = [a, b];
    // No `<>` on what can be unknown: engines differ.
    const plain = op === '!=' ? '=' : op;
    const sql = `${bare(a)} ${plain} ${bare(b)}`;
    const whole = op === '!=' ? `(NOT ${sql})` : `(${sql})`;
    return { ...CONSTANT, ...overall(of), kind: 'boolean', sql: whole };
  }

  isIn(a: Term, values: readonly Term[]): Term {
    const [only] = values;
    if (a.literal === null) return this.nothing('boolean');
    if (a.literal !== undefined) {
      return this.boolean(values.some((v) => v.literal === a.literal));
    }
    const all = values.map(bare);
    if (a.kind !== 'text' && only !== undefined && all.length === 1) {
      return this.compare('=', a, only);
    }
    const sql =
      a.kind === 'text' ? this.dialect.among(a.sql, all) : `(${a.sql} IN (${all.join(', ')}))`;
    return { ...CONSTANT, ...overall([a]), kind: 'boolean', sql };
  }

  and(all: readonly Term[]): Term {
    return this.#logic(all, 'AND', false);
  }

  or(all: readonly Term[]): Term {
    return this.#logic(all, 'OR', true);
  }

  #logic(all: readonly Term[], op: string, decides: boolean): Term {
    if (all.some((t) => t.literal === decides)) return this.boolean(decides);
    const open = all.filter((t) => t.literal !== !decides);
    const said = new Set(open.map((t) => t.sql));
    const other = op === 'AND' ? 'OR' : 'AND';
    const kept = new Map(
      open
        // Of `a AND (a OR b)` and `a OR (a AND b)` the second operand says nothing new.
        .filter(({ operands: o }) => o?.op !== other || !o.sql.some((x) => said.has(x)))
        .map((t) => [t.sql, t]),
    );
    if (op === 'AND') dropImplied(kept);
    const parts = [...kept.values()];
    const [only] = parts;
    if (only === undefined) return this.boolean(!decides);
    if (parts.length === 1) return only;
    const sql = `(${parts.map((t) => t.sql).join(` ${op} `)})`;
    const operands = { op, sql: parts.map((t) => t.sql) };
    const strict = overall(parts);
    const nullWith = parts.every((t) => !t.known) ? strict.nullWith : undefined;
    const strictIn = common(parts);
    return { ...CONSTANT, ...strict, nullWith, strictIn, kind: 'boolean', sql, operands };
  }

  not(a: Term): Term {
    if (typeof a.literal === 'boolean') return this.boolean(!a.literal);
    if (a.literal === null) return a;
    return { ...a, sql: `(NOT ${a.sql})`, operands: undefined, nullOf: undefined };
  }

  isNull(a: Term): Term {
    if (a.literal === null) return this.boolean(true);
    if (a.known) return this.boolean(false);
    const sql = `(${a.nullWith ?? a.sql} IS NULL)`;
    const nullOf = new Set([...(a.strictIn ?? []), a.nullWith ?? a.sql]);
    return { ...CONSTANT, kind: 'boolean', level: a.level, sql, nullOf };
  }

  isKnown(a: Term): Term {
    if (a.literal === null) return this.boolean(false);
    if (a.known) return this.boolean(true);
    const sql = `(${a.nullWith ?? a.sql} IS NOT NULL)`;
    return { ...CONSTANT, kind: 'boolean', level: a.level, sql };
  }

  /** True where `a` is, and false where it is false or unknown. */
  surely(a: Term): Term {
    if (a.known) return a;
    if (a.literal === null) return this.boolean(false);
    const sql = `COALESCE(${a.sql}, FALSE)`;
    const none = { nullWith: undefined, strictIn: undefined, operands: undefined };
    return { ...a, sql, known: true, ...none };
  }

  /** The first that is not NULL. */
  either(a: Term, b: Term): Term {
    if (a.known) return a;
    if (a.literal === null) return b;
    if (b.literal === null) return a;
    const range = { lo: least([a.lo, b.lo]), hi: greatest([a.hi, b.hi]), wide: a.wide || b.wide };
    if (b.sql.startsWith(`COALESCE(${a.sql}, `)) return b;
    const sql = `COALESCE(${a.sql}, ${b.sql})`;
    return { kind: a.kind, sql, level: levelOf([a, b]), known: b.known, ...range };
  }

  /** The value beside the first test that is true; `rest` when none is. Tests that are unknown are
   *  passed over, as in SQL. */
  choose(branches: readonly (readonly [Term, Term])[], rest: Term): Term {
    const open = branches.filter(([test]) => test.literal !== false && test.literal !== null);
    const sure = open.findIndex(([test]) => test.literal === true);
    const before = sure < 0 ? open : open.slice(0, sure);
    const last = sure < 0 ? rest : (open[sure]?.[1] ?? rest);
    if (before.length === 0) return last;
    const values = [...before.map(([, v]) => v), last];
    const [first] = values;
    if (first !== undefined && values.every((v) => v.sql === first.sql)) return last;
    const real = values.filter((v) => v.literal !== null);
    const range = {
      lo: least(real.map((v) => v.lo)),
      hi: greatest(real.map((v) => v.hi)),
      wide: values.some((v) => v.wide),
    };
    const whens = before.map(([test, v]) => `WHEN ${test.sql} THEN ${v.sql}`);
    // What is NULL anyway needs no ELSE, once a branch gives the type.
    const otherwise = last.literal === null && real.length > 0 ? '' : ` ELSE ${last.sql}`;
    const sql = `CASE ${whens.join(' ')}${otherwise} END`;
    const tests = before.map(([test]) => test);
    const level = levelOf([...tests, ...values]);
    return { kind: last.kind, sql, level, known: allKnown(values), ...range };
  }

  column(kind: Kind, sql: string, more: Partial<Term> = {}): Term {
    return {
      ...CONSTANT,
      kind,
      sql,
      known: false,
      nullWith: sql,
      strictIn: new Set([sql]),
      ...more,
    };
  }
}

const CONSTANT = { level: 0, known: true, lo: 0n, hi: 0n, wide: false } as const;

function isInteger(v: Term['literal']): v is bigint {
  return typeof v === 'bigint';
}

function levelOf(of: readonly Term[]): number {
  return of.reduce((level, t) => Math.max(level, t.level), 0);
}

function allKnown(of: readonly Term[]): boolean {
  return of.every((t) => t.known);
}

/** The columns in which every operand is strict: AND and OR are NULL where all of them are. */
function common(parts: readonly Term[]): ReadonlySet<string> {
  const [first, ...rest] = parts;
  return new Set([...(first?.strictIn ?? [])].filter((c) => rest.every((t) => t.strictIn?.has(c))));
}

/** Of `x IS NULL AND c IS NULL` the first says nothing new where x is NULL with c. */
function dropImplied(parts: Map<string, Term>): void {
  for (const [sql, { nullOf }] of parts) {
    if (nullOf === undefined) continue;
    const other = [...nullOf].some((c) => `(${c} IS NULL)` !== sql && parts.has(`(${c} IS NULL)`));
    if (other) parts.delete(sql);
  }
}

/** What holds of every strict operation: NULL where an operand is. */
function overall(of: readonly Term[]): Pick<Term, 'level' | 'known' | 'nullWith' | 'strictIn'> {
  const open = of.filter((t) => !t.known);
  const [first] = open;
  const nullWith = open.every((t) => t.nullWith === first?.nullWith) ? first?.nullWith : undefined;
  const strictIn = new Set(open.flatMap((t) => [...(t.strictIn ?? [])]));
  return { level: levelOf(of), known: open.length === 0, nullWith, strictIn };
}

export function least(all: readonly bigint[]): bigint {
  return all.reduce((a, b) => (b < a ? b : a), all[0] ?? 0n);
}

export function greatest(all: readonly bigint[]): bigint {
  return all.reduce((a, b) => (b > a ? b : a), all[0] ?? 0n);
}

/** In a comparison a numeral needs no cast. */
function bare(t: Term): string {
  return isInteger(t.literal) ? String(t.literal) : t.sql;
}

function holds(op: string, x: bigint | boolean | string, y: bigint | boolean | string): boolean {
  switch (op) {
    case '=':
      return x === y;
    case '!=':
      return x !== y;
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    default:
      return x >= y;
  }
}

/** A column or a literal: cheap to name twice. */
export function isPlain(t: Term): boolean {
  return t.literal !== undefined || /^[a-z0-9_.]+$/u.test(t.sql);
}
