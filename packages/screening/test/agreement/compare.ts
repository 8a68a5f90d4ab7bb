/** The two executions side by side: what `decide` says of each subject, and what the row says. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { VERDICTS } from '@zhida/rules';
import type {
  CompileOptions,
  Decision,
  Engine,
  Item,
  ItemColumns,
  RuleSet,
  SqlPlan,
} from '@zhida/rules';
import { FactStore } from './store.ts';
import type { CaseSubject } from './store.ts';

/** The compiler under test: the product's, or a mutant of it. */
export type CompileSql = (ruleSet: RuleSet, entity: string, options: CompileOptions) => SqlPlan;

/** Subjects that one plan decides. */
export interface Batch {
  readonly engine: Engine;
  readonly entity: string;
  readonly asOf: string;
  /** Names of the items to decide; all of the entity when left out. */
  readonly items?: readonly string[];
  /** Decisions given as columns. */
  readonly given: readonly string[];
  readonly subjects: readonly CaseSubject[];
  /** Tell the compiler how large the numbers are, so that it picks the narrowest widths. */
  readonly tight: boolean;
}

/** One value on which the executions do not agree, in words. */
export interface Difference {
  readonly batch: Batch;
  readonly subject: CaseSubject;
  readonly item: string;
  /** `verdict`, `condition 规模`, `amount`, `missing` … */
  readonly field: string;
  readonly inJavaScript: string;
  readonly inSql: string;
}

export interface Tally {
  subjects: number;
  decisions: number;
  /** Values held against each other. */
  values: number;
  differences: number;
  /** Facts in the tables, and how many of them are unknown. */
  cells: number;
  unknown: number;
  /** Decisions by verdict, in JavaScript. */
  readonly verdicts: Map<string, number>;
  /** The first of the differences. */
  readonly shown: Difference[];
  readonly most: number;
}

/** `most`: how many differences to keep for showing. */
export function newTally(most = 20): Tally {
  const none = { subjects: 0, decisions: 0, values: 0, differences: 0, cells: 0, unknown: 0 };
  return { ...none, verdicts: new Map(), shown: [], most };
}

type Measures = ReturnType<Engine['measures']>;
type Columns = ReadonlyMap<string, readonly DuckDBValue[]>;
type Report = (field: string, inJavaScript: string, inSql: string) => void;

/** A subject's states of the item's conditions: true, false or null, in the item's order. */
function statesOf(
  engine: Engine,
  item: Item,
  subject: CaseSubject,
  asOf: string,
  d: Decision,
): readonly (boolean | null)[] {
  if (d.verdict === '满足') return item.conditions.map(() => true);
  if (d.steps.length > 0)
    return d.steps
      .filter((s) => s.about.kind === 'condition')
      .map((s) => s.value as boolean | null);
  return item.conditions.map((c) => engine.holds(c.expr, subject.facts, asOf));
}

function bitsOf<T>(
  list: readonly { readonly column: string; readonly bits: readonly T[] }[],
  read: (column: string) => DuckDBValue,
  name: (bit: T) => string,
): readonly string[] {
  return list.flatMap(({ column, bits }) => {
    const word = read(column);
    if (word === 0n) return [];
    if (typeof word !== 'bigint') return [`${column} is ${String(word)}`];
    return bits.filter((_, n) => ((word >> BigInt(n)) & 1n) === 1n).map(name);
  });
}

const sorted = (names: Iterable<string>): string => [...new Set(names)].toSorted().join('、');

/** Holds one row against one decision. */
class RowComparison {
  readonly #read: (column: string) => DuckDBValue;
  readonly #report: Report;
  values = 0;

  constructor(read: (column: string) => DuckDBValue, report: Report) {
    this.#read = read;
    this.#report = report;
  }

  #same(field: string, inJavaScript: string | bigint | null, inSql: string | bigint | null): void {
    this.values += 1;
    if (inJavaScript !== inSql) this.#report(field, String(inJavaScript), String(inSql));
  }

  #fen(column: string | null): bigint | null {
    const value = column === null ? null : this.#read(column);
    if (value === null || typeof value === 'bigint') return value;
    throw new Error(`${column} is no BIGINT: ${String(value)}`);
  }

  item(columns: ItemColumns, { decision: d, states, measures }: Said): void {
    const code = this.#read(columns.verdict);
    this.#same('verdict', d.verdict, VERDICTS[code as number] ?? String(code));
    this.#conditions(columns, states);
    this.#state(columns, d, states);
    if (measures !== null) this.#measured(columns, measures);
    this.#same('amount', d.amount?.fen ?? null, this.#fen(columns.amount));
    this.#same('hard', d.amount?.hardFen ?? null, this.#fen(columns.hard));
    const open = d.verdict === '资料不足' || d.verdict === '待认定';
    const potential = open ? d.potentialFen : null;
    this.#same('potential', potential, this.#fen(columns.potential));
    if (columns.money !== null)
      this.#same('money', d.amount?.fen ?? potential, this.#fen(columns.money));
    this.#wanted(columns, d);
    if (d.verdict === '满足') this.#caps(columns, d);
    if (columns.payee !== null)
      this.#same('payee', d.payee, String(this.#read(columns.payee) ?? '?'));
  }

  #conditions(columns: ItemColumns, states: readonly (boolean | null)[]): void {
    this.#same('conditions', String(states.length), String(columns.conditions.length));
    columns.conditions.forEach(({ condition, column }, n) => {
      const state = states[n] ?? null;
      const value = this.#read(column);
      this.#same(
        `condition ${condition}`,
        state === null ? null : state ? '1' : '0',
        value === null ? null : String(value),
      );
    });
  }

  /** Verdict and conditions packed two bits each: the verdict's code, then 0, 1 or 2 for unknown. */
  #state(columns: ItemColumns, d: Decision, states: readonly (boolean | null)[]): void {
    const codes = [VERDICTS.indexOf(d.verdict), ...states.map((s) => (s === null ? 2 : s ? 1 : 0))];
    const packed = columns.state.flatMap(({ column, fields }) => {
      const word = this.#fen(column);
      return Array.from({ length: fields }, (_, n) =>
        word === null ? '?' : String((word >> BigInt(2 * n)) & 3n),
      );
    });
    this.#same('state', codes.join(''), packed.join(''));
  }

  /** The number that a condition is about; one that a column cannot hold is NULL there. */
  #measured(columns: ItemColumns, measures: Measures): void {
    columns.conditions.forEach(({ condition, measured }, n) => {
      if (measured === null) return;
      const found = this.#fen(measured.value);
      const { value, threshold } = measures[n] ?? {};
      // In `5 < x` the number is on the right.
      const turned = typeof value === 'bigint' && measured.thresholds.includes(value);
      const own = turned && threshold === found ? threshold : value;
      const fits = typeof own === 'bigint' && own < 2n ** 63n && own > -(2n ** 63n);
      this.#same(`number of ${condition}`, fits ? own : null, found);
    });
  }

  #wanted(columns: ItemColumns, d: Decision): void {
    const expected = d.missing.flatMap(({ path, months }) =>
      months.length === 0 ? [path] : months.map((m) => `${path} ${m}`),
    );
    const bits = bitsOf(columns.missing, this.#read, ({ path, month }) =>
      month === '' ? path : `${path} ${month}`,
    );
    // A decision names a path once: with its months where some are asked for.
    const found = bits.filter((b) => !bits.some((other) => other.startsWith(`${b} `)));
    this.#same('missing', sorted(expected), sorted(found));
    const gates = bitsOf(columns.pending, this.#read, (gate) => gate);
    this.#same('pending', sorted(d.pending.map((p) => p.gate)), sorted(gates));
  }

  #caps(columns: ItemColumns, d: Decision): void {
    for (const { cap, keys, limit } of columns.caps) {
      const known = d.limits.find((l) => l.cap === cap);
      const capFen = known?.capFen ?? null;
      this.#same(`cap ${cap}`, capFen, this.#fen(limit));
      if (known === undefined || capFen === null) continue;
      const key = keys.map((k) => String(this.#read(k)));
      this.#same(`cap ${cap} key`, known.key.join(', '), key.join(', '));
    }
    const caps = columns.caps.map((c) => c.cap);
    const lost = d.limits.filter((l) => l.capFen !== null && !caps.includes(l.cap));
    this.#same('caps', '', sorted(lost.map((l) => l.cap)));
  }
}

/** The items that a batch decides. */
export function itemsOf({ engine, entity, items }: Batch): readonly Item[] {
  const all = engine.ruleSet.items.filter((i) => i.entity === entity);
  return items === undefined ? all : all.filter((i) => items.includes(i.name));
}

/** The plan of a batch. */
export function planOf(compile: CompileSql, batch: Batch, more: Partial<CompileOptions>): SqlPlan {
  const { engine, entity, asOf, items, given } = batch;
  const options = { asOf, readings: engine.readings, given, ...more };
  return compile(engine.ruleSet, entity, items === undefined ? options : { ...options, items });
}

/** The subjects of a batch in tables, with the plan that decides them. */
export async function loaded(
  connection: DuckDBConnection,
  batch: Batch,
  compile: CompileSql,
  tally?: Tally,
): Promise<SqlPlan> {
  const { engine, entity, given, subjects } = batch;
  const plan = planOf(compile, batch, {});
  const store = new FactStore(connection, engine.ruleSet, plan.reads, entity, given);
  for (const s of subjects) store.add(s);
  await store.write();
  if (tally !== undefined) {
    tally.cells += store.cells;
    tally.unknown += store.unknown;
  }
  return batch.tight ? planOf(compile, batch, { magnitudes: store.magnitudes() }) : plan;
}

/** Decides each batch both ways and adds it to `tally`. */
export async function compareAll(
  connection: DuckDBConnection,
  batches: Iterable<Batch>,
  compile: CompileSql,
  tally: Tally,
): Promise<void> {
  for (const batch of batches)
    await compare(connection, batch, await loaded(connection, batch, compile, tally), tally);
}

/** What JavaScript says of one subject under one item. */
export interface Said {
  readonly decision: Decision;
  readonly states: readonly (boolean | null)[];
  /** The numbers beside the conditions; looked at for some subjects only. */
  readonly measures: Measures | null;
}

/** For every so many subjects the numbers beside the conditions are compared, too. */
const MEASURED = 8;

export function said(batch: Batch, item: Item, subject: CaseSubject, at: number): Said {
  const { engine, entity, asOf } = batch;
  const { id, facts, given } = subject;
  const options = given === undefined || given.size === 0 ? {} : { given, trace: true };
  const decision = engine.decide(item, { entity, id, facts }, asOf, options);
  const states = statesOf(engine, item, subject, asOf, decision);
  const isGiven = given !== undefined && given.size > 0;
  const measures =
    at % MEASURED === 0 && !isGiven ? engine.measures(item, { entity, id, facts }, asOf) : null;
  return { decision, states, measures };
}

/** Tells what was said of a subject and an item, by their places in the batch. */
export type Known = (subject: number, item: number) => Said;

/** Holds the rows of one plan against what was said of the batch. */
class PlanComparison {
  readonly #batch: Batch;
  readonly #tally: Tally;
  readonly #known: Known;
  readonly #items: readonly { readonly item: Item; readonly meaning: ItemColumns | undefined }[];
  readonly #at: ReadonlyMap<string, number>;
  readonly #seen = new Set<number>();

  constructor(batch: Batch, plan: SqlPlan, tally: Tally, known: Known) {
    this.#batch = batch;
    this.#tally = tally;
    this.#known = known;
    this.#at = new Map(batch.subjects.map((s, i) => [s.id, i]));
    this.#items = itemsOf(batch).map((item) => {
      return { item, meaning: plan.items.find((c) => c.item === item.name) };
    });
  }

  #differs(d: Omit<Difference, 'batch'>): void {
    this.#tally.differences += 1;
    if (this.#tally.shown.length < this.#tally.most)
      this.#tally.shown.push({ batch: this.#batch, ...d });
  }

  #rowDiffers(subject: CaseSubject, inSql: string): void {
    this.#differs({ subject, item: '', field: 'rows', inJavaScript: 'one', inSql });
  }

  rows(columns: Columns): void {
    columns.get('id')?.forEach((id, row) => {
      const index = this.#at.get(id as string);
      const subject = index === undefined ? undefined : this.#batch.subjects[index];
      // Rows of those to whom only others refer are no subjects of the batch.
      if (index === undefined || subject === undefined) return;
      if (this.#seen.has(index)) this.#rowDiffers(subject, 'two');
      this.#seen.add(index);
      this.#tally.subjects += 1;
      this.#row(columns, row, subject, index);
    });
  }

  #row(columns: Columns, row: number, subject: CaseSubject, index: number): void {
    const read = (name: string): DuckDBValue => {
      const column = columns.get(name);
      if (column === undefined) throw new Error(`the SELECT has no column ${name}`);
      return column[row] ?? null;
    };
    this.#items.forEach(({ item, meaning }, i) => {
      const report: Report = (field, inJavaScript, inSql) =>
        this.#differs({ subject, item: item.name, field, inJavaScript, inSql });
      if (meaning === undefined) {
        report('columns', item.name, 'none');
        return;
      }
      const one = this.#known(index, i);
      const { verdict } = one.decision;
      const comparison = new RowComparison(read, report);
      comparison.item(meaning, one);
      this.#tally.decisions += 1;
      this.#tally.values += comparison.values;
      this.#tally.verdicts.set(verdict, (this.#tally.verdicts.get(verdict) ?? 0) + 1);
    });
  }

  /** Nobody may be lost on the way. */
  end(): void {
    this.#batch.subjects.forEach((subject, index) => {
      if (!this.#seen.has(index)) this.#rowDiffers(subject, 'none');
    });
  }
}

/** Runs the SELECT over the subjects that lie in the tables and holds each row against `decide`.
 *  `known`: what was said before, where a batch is compared again. */
export async function compare(
  connection: DuckDBConnection,
  batch: Batch,
  plan: SqlPlan,
  tally: Tally,
  known?: Known,
): Promise<void> {
  const items = itemsOf(batch);
  const asked: Known = (s, i) => said(batch, items[i] as Item, batch.subjects[s] as CaseSubject, s);
  const comparison = new PlanComparison(batch, plan, tally, known ?? asked);
  const result = await connection.stream(plan.sql);
  const names = result.columnNames();
  let chunk = await result.fetchChunk();
  while (chunk !== null && chunk.rowCount > 0) {
    const values = chunk.getColumns();
    comparison.rows(new Map(names.map((name, i) => [name, values[i] ?? []])));
    chunk = await result.fetchChunk();
  }
  comparison.end();
}
