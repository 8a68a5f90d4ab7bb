/** What an expression reads, as terms: columns of the subject, of what it refers to, of the rows of
 *  its lists. */
import { Layers, indented } from './layers.ts';
import { Source, columnOf } from './source.ts';
import type { Reads } from './source.ts';
import type { SqlColumn, SqlTable } from './layout.ts';
import { isNarrow } from './term.ts';
import type { Kind, Term, Terms } from './term.ts';

/** A name under which a decision says that a fact is missing, and when it says that one. */
interface Place {
  readonly label: string;
  readonly when: Term;
}

/** The columns that expressions over one kind of row can read. */
export interface Columns {
  readonly terms: Terms;
  fact(path: readonly string[], row: string | undefined): Term;
  month(path: readonly string[], row: string | undefined, month: string): Term;
  gate(path: readonly string[], gate: string): Term;
  given(name: string, kind: Kind): Term;
  /** Of 首店.载体.县区 the step that is not known: 首店.载体 where nobody says which. */
  places(path: readonly string[], row: string | undefined): readonly Place[];
  list(path: readonly string[], row: string | undefined, variable: string): RowList;
  /** Gives a name to a term that stands several times. */
  share(term: Term): Term;
}

/** The columns of an innermost SELECT, under the names that the layers above use. */
class Projection {
  readonly #own: string;
  readonly #columns = new Map<string, { readonly name: string; readonly remark: string }>();

  constructor(own: string) {
    this.#own = own;
  }

  /** The name under which `alias.column` goes up. */
  add(alias: string, column: string, remark: string): string {
    const sql = `${alias}.${column}`;
    const known = this.#columns.get(sql);
    if (known !== undefined) return known.name;
    const name = alias === this.#own ? column : `${alias}_${column}`;
    this.#columns.set(sql, { name, remark });
    return name;
  }

  /** `SELECT` and the columns that are `used`, without `FROM`. */
  render(used: ReadonlySet<string>): string {
    const kept = [...this.#columns].filter(
      ([, { name }]) => name === 'id' || name === 'up' || used.has(name),
    );
    const lines = kept.map(([sql, { name, remark }], n) => {
      const comma = n === kept.length - 1 ? '' : ',';
      return `  ${sql} AS ${name}${comma}${remark === '' ? '' : ` -- ${remark}`}`;
    });
    return ['SELECT', ...lines].join('\n');
  }
}

const ROWS = 100_000n;

/** The innermost SELECT over the subjects: facts under the names that the layers above use. */
export class SubjectColumns implements Columns {
  readonly terms: Terms;
  readonly reads: Reads;
  readonly source: Source;
  readonly share: (term: Term) => Term;
  readonly #given: readonly string[];
  readonly #projection = new Projection('s');
  readonly #lists = new Map<string, RowList>();

  constructor(
    reads: Reads,
    terms: Terms,
    entity: string,
    given: readonly string[],
    share: (term: Term) => Term,
  ) {
    this.reads = reads;
    this.terms = terms;
    this.source = new Source(reads, reads.entity(entity), 's');
    this.#given = given;
    this.share = share;
    this.project('s', 'id', '');
  }

  project(alias: string, column: string, remark: string): string {
    return this.#projection.add(alias, column, remark);
  }

  /** The subject's own column under `label`. Throws when it has none. */
  own(label: string): string {
    const { table } = this.source;
    const column = this.reads.use(
      table,
      table.columns.find((c) => c.label === label),
    );
    return this.project('s', column.name, label);
  }

  #read(names: readonly string[], found: (t: SqlTable) => SqlColumn | undefined): Term {
    const { table, alias } = this.source.at(names);
    const column = this.reads.use(table, found(table));
    const name = this.project(alias, column.name, [...names, column.label].join('.'));
    return this.reads.term(table, column, name, this.terms);
  }

  fact(path: readonly string[], _row: string | undefined): Term {
    const names = path.slice(1);
    // The subject itself: who it is.
    if (names.length === 0) return this.terms.column('text', 'id', { known: true });
    return this.#read(names.slice(0, -1), (t) => columnOf(t, names.at(-1) ?? ''));
  }

  month(path: readonly string[], _row: string | undefined, month: string): Term {
    const names = path.slice(1);
    const found = (t: SqlTable): SqlColumn | undefined =>
      t.columns.find((c) => c.of === names.at(-1) && c.month === month);
    return this.#read(names.slice(0, -1), found);
  }

  gate(path: readonly string[], gate: string): Term {
    const found = (t: SqlTable): SqlColumn | undefined =>
      t.columns.find((c) => c.role === 'gate' && c.of === gate);
    return this.#read(path.slice(1), found);
  }

  given(name: string, kind: Kind): Term {
    const column = `d_${String(this.#given.indexOf(name) + 1).padStart(3, '0')}`;
    const most = 10n ** 17n;
    const range = kind === 'integer' ? { lo: -most, hi: most } : {};
    return this.terms.column(kind, this.project(this.source.alias, column, name), range);
  }

  places(path: readonly string[], _row: string | undefined): readonly Place[] {
    const t = this.terms;
    const names = path.slice(1);
    const places: Place[] = [];
    // As long as every reference so far is known and leads to a row of its table.
    let resolved: readonly Term[] = [];
    for (let n = 1; n < names.length; n++) {
      const reference = this.fact(path.slice(0, n + 1), undefined);
      const label = path.slice(0, n + 1).join('.');
      places.push({ label, when: t.and([...resolved, t.isNull(reference)]) });
      const { alias } = this.source.at(names.slice(0, n));
      const id = t.column('text', this.project(alias, 'id', `${label} id`));
      resolved = [...resolved, t.isKnown(id)];
    }
    const when = t.and(places.map((p) => t.not(p.when)));
    return [...places, { label: path.join('.'), when }];
  }

  list(path: readonly string[], row: string | undefined, variable: string): RowList {
    const key = `${path.join('.')} ${variable}`;
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    if (row !== undefined || path.length !== 2) {
      throw new Error(`rows of ${path.join('.')} are not the subject's own`);
    }
    const [entity = '', name = ''] = path;
    const table = this.reads.list(entity, name);
    const count = this.fact(path, undefined);
    const made = new RowList(this, table, count, `j${this.#lists.size + 1}`, variable);
    this.#lists.set(key, made);
    return made;
  }

  /** The SELECT of the subjects' facts. */
  render(used: ReadonlySet<string>): string {
    const joins = [...this.#lists.values()].flatMap((l) => l.join(used));
    return [this.#projection.render(used), `FROM ${this.source.from()}`, ...joins].join('\n');
  }
}

/** The rows of a list, summed up for each subject in a joined SELECT. */
export class RowList {
  readonly subject: SubjectColumns;
  /** How many rows the subject's list has; NULL when the list is not known. */
  readonly count: Term;
  readonly label: string;
  readonly columns: RowColumns;
  readonly #alias: string;
  readonly #table: SqlTable;
  readonly #sums = new Map<string, string>();

  constructor(
    subject: SubjectColumns,
    table: SqlTable,
    count: Term,
    alias: string,
    variable: string,
  ) {
    this.subject = subject;
    this.count = count;
    this.label = table.label;
    this.#table = table;
    this.#alias = alias;
    this.columns = new RowColumns(subject, table, variable);
  }

  /** A column that sums up the subject's rows; NULL where it has none. */
  #sum(kind: Kind, sql: string, range: Partial<Term> = {}): Term {
    const known = this.#sums.get(sql);
    const name = known ?? `a_${this.#sums.size + 1}`;
    this.#sums.set(sql, name);
    this.subject.reads.use(this.#table, this.#table.columns[0]);
    const { terms } = this.subject;
    return terms.column(kind, this.subject.project(this.#alias, name, ''), range);
  }

  /** Sum of an integer over the rows in which it is known. */
  total(body: Term): Term {
    const [lo, hi] = [body.lo < 0n ? body.lo * ROWS : 0n, body.hi > 0n ? body.hi * ROWS : 0n];
    const wide = !isNarrow(lo, hi);
    const { dialect } = this.subject.terms;
    const type = wide ? dialect.wide : dialect.bigint;
    return this.#sum('integer', `CAST(SUM(${body.sql}) AS ${type})`, { lo, hi, wide });
  }

  extreme(fn: 'min' | 'max', body: Term): Term {
    const { lo, hi, wide } = body;
    return this.#sum('integer', `${fn.toUpperCase()}(${body.sql})`, { lo, hi, wide });
  }

  /** Whether `body` is known in every row; NULL where there are no rows. */
  allKnown(body: Term): Term {
    return body.known
      ? this.#sum('boolean', 'COUNT(*) > 0')
      : this.#sum('boolean', `COUNT(*) = COUNT(${body.sql})`);
  }

  /** Whether a test that is never unknown holds for some row. */
  some(test: Term): Term {
    const { terms } = this.subject;
    if (test.literal === false) return terms.boolean(false);
    return terms.surely(this.#sum('boolean', terms.dialect.anyOf(test.sql)));
  }

  /** True where the list is known and has no row. */
  isEmpty(): Term {
    const { terms } = this.subject;
    const none = terms.isNull(this.#sum('boolean', 'COUNT(*) > 0'));
    return terms.and([terms.isKnown(this.count), none]);
  }

  /** The join that brings the sums that are `used`; nothing when none is. */
  join(used: ReadonlySet<string>): readonly string[] {
    const sums = [...this.#sums].filter(([, name]) => used.has(`${this.#alias}_${name}`));
    if (sums.length === 0) return [];
    return [
      'LEFT JOIN (',
      '  SELECT up,',
      sums.map(([sql, name]) => `    ${sql} AS ${name}`).join(',\n'),
      '  FROM (',
      indented(indented(this.columns.render(sums.map(([sql]) => sql)))),
      '  ) AS c',
      '  GROUP BY up',
      `) AS ${this.#alias} ON ${this.#alias}.up = ${this.subject.source.alias}.id`,
    ];
  }
}

/** The columns of one row of a list, and of the subject whose row it is. */
export class RowColumns implements Columns {
  readonly terms: Terms;
  readonly #subject: SubjectColumns;
  readonly #variable: string;
  readonly #own: Source;
  readonly #outer: Source;
  readonly #projection = new Projection('c');
  readonly #layers = new Layers();
  #outerUsed = false;

  constructor(subject: SubjectColumns, table: SqlTable, variable: string) {
    this.terms = subject.terms;
    this.#subject = subject;
    this.#variable = variable;
    this.#own = new Source(subject.reads, table, 'c');
    this.#outer = new Source(subject.reads, subject.source.table, 'o');
    this.#projection.add('c', 'up', '');
  }

  #read(
    path: readonly string[],
    row: string | undefined,
    found: (t: SqlTable, name: string) => SqlColumn | undefined,
  ): Term {
    if (row !== undefined && row !== this.#variable) throw new Error(`row ${row} is not here`);
    const names = row === undefined ? path.slice(1) : path;
    if (row === undefined) this.#outerUsed = true;
    const { table, alias } = (row === undefined ? this.#outer : this.#own).at(names.slice(0, -1));
    const column = this.#subject.reads.use(table, found(table, names.at(-1) ?? ''));
    const name = this.#projection.add(alias, column.name, [...names, ''].join('.').slice(0, -1));
    return this.#subject.reads.term(table, column, name, this.terms);
  }

  fact(path: readonly string[], row: string | undefined): Term {
    return this.#read(path, row, columnOf);
  }

  month(path: readonly string[], row: string | undefined, month: string): Term {
    return this.#read(path, row, (t, name) =>
      t.columns.find((c) => c.of === name && c.month === month),
    );
  }

  gate(path: readonly string[], gate: string): Term {
    return this.#read([...path, gate], undefined, (t, name) =>
      t.columns.find((c) => c.role === 'gate' && c.of === name),
    );
  }

  given(name: string): Term {
    throw new Error(`${name} is given, and rows cannot see it`);
  }

  places(path: readonly string[], row: string | undefined): readonly Place[] {
    if (row !== undefined) {
      const list = this.#own.table;
      const label = [list.parent, list.list, ...path].join('.');
      return [{ label, when: this.terms.boolean(true) }];
    }
    if (path.length > 2) throw new Error(`${path.join('.')} is out of reach of a row`);
    return [{ label: path.join('.'), when: this.terms.boolean(true) }];
  }

  list(path: readonly string[]): RowList {
    throw new Error(`rows of ${path.join('.')} within rows`);
  }

  share(term: Term): Term {
    return this.#layers.share(term);
  }

  /** The SELECT of the rows, with `up` and what `outputs` read of them. */
  render(outputs: readonly string[]): string {
    const own = this.#own.from();
    const [first = '', ...joins] = this.#outer.from().split('\n  ');
    const outer = this.#outerUsed ? [`JOIN ${first} ON o.id = c.up`, ...joins] : [];
    const from = [`FROM ${own}`, ...outer].join('\n  ');
    return this.#layers.render((used) => `${this.#projection.render(used)}\n${from}`, outputs);
  }
}
