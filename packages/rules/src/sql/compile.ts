/** RuleSet → one SELECT for the items of an entity: every decision of `evaluate` as columns. */
import { sourceOf } from '../evaluate/missing.ts';
import type { Cap, Expr, Item, RuleSet } from '../ir.ts';
import { BoundTerms } from './bounds.ts';
import { SubjectColumns } from './columns.ts';
import { dialects } from './dialect.ts';
import { Expressions } from './expression.ts';
import { Layers, indented } from './layers.ts';
import { measuredTerm } from './measured.ts';
import type { Meaning } from './meaning.ts';
import { MissingTests } from './missing.ts';
import type {
  BitColumn,
  CapColumns,
  CompileOptions,
  ConditionColumn,
  ItemColumns,
  MissingBit,
  SqlPlan,
  StateColumn,
} from './plan.ts';
import { Reads } from './source.ts';
import { stateSql, verdictSql } from './state.ts';
import type { Verdict } from './state.ts';
import { Terms, isPlain } from './term.ts';
import type { Term } from './term.ts';

/** Bits of a bitmap column: a BIGINT that is never negative. */
const BITS = 62;

/** Fields of 2 bits in one state column. */
const FIELDS = 31;

const two = (n: number): string => String(n).padStart(2, '0');

function meaningOf(ruleSet: RuleSet, options: CompileOptions): Meaning {
  const decisions = new Map(ruleSet.decisions.map((d) => [d.name, d.expr]));
  const chosen = options.readings ?? new Map<string, string>();
  const readings = new Map(
    ruleSet.interpretations.map((i) => {
      const key = chosen.get(i.id) ?? i.chosen;
      return [i.id, i.alternatives.find((a) => a.key === key)?.expr ?? null];
    }),
  );
  const found = <T>(value: T | null | undefined, name: string): T => {
    if (value === null || value === undefined) throw new Error(`${name} is not in the rule set`);
    return value;
  };
  return {
    ruleSet,
    asOf: options.asOf,
    given: new Set(options.given ?? []),
    decision: (name) => found(decisions.get(name), name),
    reading: (id) => found(readings.get(id), `an expression of reading ${id}`),
  };
}

/** One column of the outermost SELECT. */
interface Output {
  readonly name: string;
  readonly sql: string;
  readonly remark: string;
}

/** A bitmap before it is a column. */
interface Bits<T> {
  readonly term: Term;
  readonly bits: readonly T[];
}

class ItemCompiler {
  readonly #x: Expressions;
  readonly #columns: SubjectColumns;
  readonly #without: ReadonlySet<string>;
  readonly outputs: Output[] = [];

  constructor(x: Expressions, columns: SubjectColumns, without: ReadonlySet<string>) {
    this.#x = x;
    this.#columns = columns;
    this.#without = without;
  }

  #put(name: string, sql: string, remark: string): string {
    this.outputs.push({ name, sql, remark });
    return name;
  }

  item(item: Item, n: string): ItemColumns {
    const t = this.#columns.terms;
    const conditions = item.conditions.map((c) => this.#x.shared(c.expr));
    const all = this.#columns.share(t.and(conditions));
    const amount = item.amount === null ? null : this.#x.shared(item.amount);
    const granted = this.#granted(item, conditions, all, amount);
    const open = this.#open(all, amount);
    const missing = this.#missing(item, n, open);
    const put = (name: string, term: Term, type: string, remark: string): string =>
      this.#put(name, `CAST(${term.sql} AS ${type})`, remark);
    const { small, bigint } = t.dialect;
    const nothing = t.nothing('integer');
    const verdict: Verdict = { granted, open, waits: missing.waits };
    const most = this.#without.has('potential') ? null : this.#potential(item, open);
    const potential =
      most === null ? null : put(`p_${n}`, t.choose([[open, most]], nothing), bigint, '最多可能');
    return {
      item: item.name,
      itemId: item.id,
      verdict: this.#put(
        `v_${n}`,
        `CAST(${verdictSql(verdict)} AS ${small})`,
        `${item.id} ${item.name}`,
      ),
      conditions: this.#without.has('conditions') ? [] : this.#conditions(item, conditions, n),
      amount:
        amount === null
          ? null
          : put(`a_${n}`, t.choose([[granted, amount]], nothing), bigint, '应得金额'),
      hard: item.hard.length === 0 ? null : this.#hard(item, granted, n),
      potential,
      state: this.#state(conditions, verdict, n),
      money: this.#money(amount, most, { granted, open }, n),
      missing: this.#putBits(`m_${n}`, '缺', missing.missing),
      pending: this.#putBits(`w_${n}`, '待认定', missing.pending),
      payee: this.#payee(item, n),
      caps: this.#without.has('caps') ? [] : this.#caps(item, granted, n),
    };
  }

  /** True for who is owed it; not true, perhaps unknown, for everyone else. */
  #granted(item: Item, conditions: readonly Term[], all: Term, amount: Term | null): Term {
    const t = this.#columns.terms;
    if (amount === null) return all;
    const varies = item.amount?.k !== 'literal';
    const something = this.#named(
      varies ? t.compare('>', amount, t.integer(0n)) : t.isKnown(amount),
    );
    // A condition that says so already is not asked again.
    if (conditions.some((c) => c.sql === something.sql)) return all;
    return this.#named(t.and([all, something]));
  }

  /** True for who is neither refused nor settled; never unknown. */
  #open(all: Term, amount: Term | null): Term {
    const t = this.#columns.terms;
    if (amount === null) return this.#named(t.isNull(all));
    // Never unknown: where `all` is, the first part is true.
    const open = t.or([t.isNull(all), t.and([all, t.isNull(amount)])]);
    return this.#named({ ...open, known: true, nullWith: undefined, strictIn: undefined });
  }

  #named(term: Term): Term {
    return isPlain(term) ? term : this.#columns.share(term);
  }

  /** Names for values that are of interest while a subject is undecided; nobody else pays for them. */
  #whileOpen(open: Term): (term: Term) => Term {
    const t = this.#columns.terms;
    return (term) => {
      if (isPlain(term)) return term;
      if (isCheap(term)) return this.#columns.share(term);
      const { lo, hi, wide, known } = term;
      const gated = t.choose([[open, term]], t.nothing(term.kind));
      return { ...this.#columns.share(gated), lo, hi, wide, known };
    };
  }

  #conditions(item: Item, terms: readonly Term[], n: string): readonly ConditionColumn[] {
    const { small } = this.#columns.terms.dialect;
    return item.conditions.map((c, i) => {
      const term = terms[i] ?? this.#columns.terms.nothing('boolean');
      const name = `c_${n}_${two(i + 1)}`;
      const column = this.#put(name, `CAST(${term.sql} AS ${small})`, c.name);
      const found = this.#without.has('measured') ? null : measuredTerm(this.#x, c.expr);
      if (found === null) return { ...about(c), column, measured: null };
      const { value, ...rest } = found;
      const sql = this.#columns.terms.fitted(value).sql;
      const own = this.#put(`x_${n}_${two(i + 1)}`, sql, `${c.name}（数）`);
      return { ...about(c), column, measured: { value: own, ...rest } };
    });
  }

  /** The bitmaps, and the test of whether a fact (not only a judgement) is missing. */
  #missing(
    item: Item,
    n: string,
    open: Term,
  ): { missing: readonly Bits<MissingBit>[]; pending: readonly Bits<string>[]; waits: Term } {
    const t = this.#columns.terms;
    const { ruleSet } = this.#x.meaning;
    const tests = new MissingTests(this.#x, this.#whileOpen(open));
    const amount = item.amount === null ? [] : [item.amount];
    tests.collect([...item.conditions.map((c) => c.expr), ...amount]);
    const facts = [...tests.wanted.facts.values()].map(({ path, month, when }) => ({
      bit: { path, month, source: sourceOf(ruleSet, path) },
      when,
    }));
    const gates = [...tests.wanted.gates].map(([gate, when]) => ({ bit: gate, when }));
    if (gates.length === 0 && this.#without.has('missing')) {
      return { missing: [], pending: [], waits: t.boolean(true) };
    }
    const missing = this.#bitmaps<MissingBit>(facts, open);
    const pending = this.#bitmaps<string>(gates, open);
    const zero = t.integer(0n);
    const some = (all: readonly { readonly term: Term }[]): Term =>
      t.or(all.map((m) => t.compare('!=', m.term, zero)));
    const waits =
      gates.length === 0 ? t.boolean(true) : t.or([some(missing), t.not(some(pending))]);
    return this.#without.has('missing')
      ? { missing: [], pending: [], waits }
      : { missing, pending, waits };
  }

  #putBits<T>(name: string, remark: string, bitmaps: readonly Bits<T>[]): readonly BitColumn<T>[] {
    return bitmaps.map(({ term, bits }, i) => {
      const column = bitmaps.length === 1 ? name : `${name}_${i + 1}`;
      return { column: this.#put(column, term.sql, remark), bits };
    });
  }

  #bitmaps<T>(
    bits: readonly { readonly bit: T; readonly when: Term }[],
    open: Term,
  ): readonly Bits<T>[] {
    const t = this.#columns.terms;
    const { bigint } = t.dialect;
    return Array.from({ length: Math.ceil(bits.length / BITS) }, (_, i) => {
      const part = bits.slice(i * BITS, (i + 1) * BITS);
      const sums = part.map((b, n) => `CASE WHEN ${b.when.sql} THEN ${2n ** BigInt(n)} ELSE 0 END`);
      const sum = `CAST(${sums.join('\n      + ')} AS ${bigint})`;
      const sql = `CASE WHEN ${open.sql} THEN ${sum} ELSE CAST(0 AS ${bigint}) END`;
      const level = part.reduce((most, b) => Math.max(most, b.when.level), open.level);
      const whole = t.column('integer', sql, { level, known: true, hi: 2n ** BigInt(BITS) });
      return { term: this.#columns.share(whole), bits: part.map((b) => b.bit) };
    });
  }

  /** The largest amount still possible, for the undecided; null where it has no end for anyone. */
  #potential(item: Item, open: Term): Term | null {
    if (item.amount === null || item.nature === '下限') return null;
    const t = this.#columns.terms;
    const bounds = new BoundTerms(this.#x, this.#x.meaning.ruleSet, this.#whileOpen(open));
    const most = bounds.of(item.amount).hi();
    if (most.literal === null) return null;
    if (most.lo >= 0n) return most;
    const zero = t.integer(0n);
    const named = this.#named(most);
    return t.choose([[t.compare('<', named, zero), zero]], named);
  }

  /** Verdict and conditions as fields of 2 bits: 0 fails, 1 holds, 2 not known. */
  #state(conditions: readonly Term[], verdict: Verdict, n: string): readonly StateColumn[] {
    if (this.#without.has('conditions')) return [];
    const fields: readonly (Term | null)[] = [null, ...conditions];
    const count = Math.ceil(fields.length / FIELDS);
    const { bigint } = this.#columns.terms.dialect;
    return Array.from({ length: count }, (_, i) => {
      const own = fields.slice(i * FIELDS, (i + 1) * FIELDS);
      const column = count === 1 ? `s_${n}` : `s_${n}_${i + 1}`;
      const sql = stateSql(own, verdict, bigint);
      return { column: this.#put(column, sql, '结论与条件'), fields: own.length };
    });
  }

  /** The amount of the granted, the potential of the undecided. */
  #money(
    amount: Term | null,
    most: Term | null,
    { granted, open }: { readonly granted: Term; readonly open: Term },
    n: string,
  ): string | null {
    if (amount === null && most === null) return null;
    const t = this.#columns.terms;
    const nothing = t.nothing('integer');
    const term = t.choose(
      [
        [granted, amount ?? nothing],
        [open, most ?? nothing],
      ],
      nothing,
    );
    return this.#put(`b_${n}`, `CAST(${term.sql} AS ${t.dialect.bigint})`, '应得或最多可能');
  }

  #hard(item: Item, granted: Term, n: string): string {
    const t = this.#columns.terms;
    const nothing = t.nothing('integer');
    const limits = item.hard.map(({ limit, when }) => {
      const value = this.#x.term(limit);
      return when === null ? value : t.choose([[this.#x.term(when), value]], nothing);
    });
    const least = limits.reduce((a, b) => {
      const [x, y] = [this.#columns.share(a), this.#columns.share(b)];
      return t.choose(
        [
          [t.isNull(x), y],
          [t.isNull(y), x],
          [t.compare('<', y, x), y],
        ],
        x,
      );
    });
    const term = t.choose([[granted, least]], nothing);
    return this.#put(`h_${n}`, `CAST(${term.sql} AS ${t.dialect.bigint})`, '不得突破');
  }

  #payee(item: Item, n: string): string | null {
    if (item.payee.length === 0) return null;
    const path = [item.entity, ...item.payee];
    const { sql } = this.#columns.fact(path, undefined);
    return this.#put(`y_${n}`, `COALESCE(${sql}, '?')`, item.payee.join('.'));
  }

  #caps(item: Item, granted: Term, n: string): readonly CapColumns[] {
    const { caps } = this.#x.meaning.ruleSet;
    return caps
      .filter((c) => c.items.includes(item.name))
      .filter((c) => c.when === null || this.#x.term(c.when).literal !== false)
      .map((cap, i) => this.#cap(cap, granted, `${n}_${i + 1}`));
  }

  #cap(cap: Cap, granted: Term, n: string): CapColumns {
    const t = this.#columns.terms;
    const applies = cap.when === null ? t.boolean(true) : this.#x.term(cap.when);
    const holds = t.and([granted, t.not(t.surely(t.not(applies)))]);
    const keys = cap.keys.map((k, i) => {
      const sql = `CASE WHEN ${holds.sql} THEN ${this.#keyText(k.expr)} END`;
      return this.#put(`k_${n}_${i + 1}`, sql, `${cap.name} ${k.label}`);
    });
    const limit = t.choose([[holds, this.#x.term(cap.limit)]], t.nothing('integer'));
    const column = `CAST(${limit.sql} AS ${t.dialect.bigint})`;
    const { name, en, cite } = cap;
    return { cap: name, en, cite, keys, limit: this.#put(`l_${n}`, column, `${name} 限额`) };
  }

  /** A value as a part of a cap's key. */
  #keyText(e: Expr): string {
    const t = this.#columns.terms;
    const term = this.#x.term(e);
    if (term.kind === 'boolean') {
      return `CASE WHEN ${term.sql} THEN '是' WHEN NOT ${term.sql} THEN '否' ELSE '?' END`;
    }
    return `COALESCE(CAST(${term.sql} AS ${t.dialect.text}), '?')`;
  }
}

/** A sum or difference costs less than asking who needs it. */
function isCheap(term: Term): boolean {
  return term.sql.length < 200 && !/CASE|\/\/|\*|HUGEINT/u.test(term.sql);
}

function about(c: {
  readonly name: string;
  readonly en: string;
  readonly expr: Expr;
}): Pick<ConditionColumn, 'condition' | 'en' | 'cite'> {
  return { condition: c.name, en: c.en, cite: c.expr.cite };
}

function lines(outputs: readonly Output[]): string {
  return outputs
    .map(({ name, sql, remark }, n) => {
      const comma = n === outputs.length - 1 ? '' : ',';
      return `  ${sql} AS ${name}${comma} -- ${remark}`;
    })
    .join('\n');
}

/** Compiles the items of `entity` to one SELECT. Throws on an unknown dialect or column to carry, and on
 *  arithmetic that could exceed 38 digits under the given magnitudes. */
export function compileSql(ruleSet: RuleSet, entity: string, options: CompileOptions): SqlPlan {
  const dialect = dialects[options.dialect ?? 'duckdb'];
  if (dialect === undefined) throw new Error(`no dialect ${options.dialect ?? ''}`);
  const wanted = options.items === undefined ? undefined : new Set(options.items);
  const items = ruleSet.items
    .map((item, n) => ({ item, n: two(n + 1) }))
    .filter(({ item }) => item.entity === entity && wanted?.has(item.name) !== false);
  const terms = new Terms(dialect);
  const layers = new Layers();
  const reads = new Reads(ruleSet, options.magnitudes ?? new Map());
  const share = (term: Term): Term => layers.share(term);
  const columns = new SubjectColumns(reads, terms, entity, options.given ?? [], share);
  const x = new Expressions(columns, meaningOf(ruleSet, options));
  const compiler = new ItemCompiler(x, columns, new Set(options.without ?? []));
  const made = items.map(({ item, n }) => compiler.item(item, n));
  const carried = new Map((options.carry ?? []).map((label) => [label, columns.own(label)]));
  const through = [...carried].map(([label, name]) => ({ name, sql: name, remark: label }));
  const outputs = [...through, ...compiler.outputs];
  const texts = outputs.map((o) => o.sql);
  const inner = layers.render((used) => columns.render(used), texts);
  const sql = `SELECT\n  id,\n${lines(outputs)}\nFROM (\n${indented(inner)}\n) AS s\n`;
  return {
    dialect: dialect.name,
    packageHash: ruleSet.hash,
    asOf: options.asOf,
    readings: [...(options.readings ?? [])],
    entity,
    reads: reads.used(columns.source.table),
    items: made,
    carried,
    sql,
  };
}
