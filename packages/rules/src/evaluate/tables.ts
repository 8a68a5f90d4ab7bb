/** Closures of tests and tables: three-valued rows, hit policies, and which rows may still hit. */
import type { TableExpr, TableRow, Test } from '../ir.ts';
import { fold, lift } from './operators.ts';
import type { Env, Ratio, Run, StepNode, Value } from './value.ts';

type TestRun = (v: NonNullable<Value>) => boolean;
type RowTests = readonly TestRun[];

/** Index of the row that hits, -1 for none, null while undecided. */
export type Hitting = (values: readonly Value[]) => number | null;

type End = bigint | string | null;

function intervalRun(t: Test & { k: 'interval' }): TestRun {
  const isDate = [t.lo, t.hi].some(
    (x) => x?.includes('-') === true && x.length === 10 && !x.startsWith('-'),
  );
  const lo = t.lo === null ? null : isDate ? t.lo : BigInt(t.lo);
  const hi = t.hi === null ? null : isDate ? t.hi : BigInt(t.hi);
  const { loOpen, hiOpen } = t;
  const within = (v: bigint | string, l: End, h: End): boolean =>
    (l === null || (loOpen ? v > l : v >= l)) && (h === null || (hiOpen ? v < h : v <= h));
  return (v) => {
    if (typeof v !== 'object') return within(v as bigint | string, lo, hi);
    const { n, d } = v as Ratio;
    const times = (x: End): End => (x === null ? null : (x as bigint) * d);
    return within(n, times(lo), times(hi));
  };
}

/** True for a test that holds whatever the value is. */
function always(): boolean {
  return true;
}

function oneTest(t: Test): TestRun {
  switch (t.k) {
    case 'any':
      return always;
    case 'set': {
      const values = new Set(t.values);
      return (v) => values.has(v as string);
    }
    case 'bool':
      return (v) => v === t.value;
    case 'interval':
      return intervalRun(t);
  }
}

/** Whether a value passes one of the tests. */
export function inRun(a: Run, tests: readonly Test[]): Run {
  const [only] = tests;
  if (a.constant !== undefined || only?.k !== 'set' || tests.length > 1) {
    const test = testRun(tests);
    return lift(a, (v) => test(v));
  }
  // The usual case, a value among names, without a call for the test.
  const names: ReadonlySet<Value> = new Set(only.values);
  return (env) => {
    const v = a(env);
    return v === null ? null : names.has(v);
  };
}

/** Holds when one of the tests does. */
function testRun(tests: readonly Test[]): TestRun {
  const runs = tests.map(oneTest);
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return only;
  return runs.includes(always) ? always : (v) => runs.some((r) => r(v));
}

function testsOf(t: TableExpr): readonly RowTests[] {
  return t.rows.map((r) => r.tests.map(testRun));
}

/** Three-valued: false as soon as one known value fails, null while one is unknown. */
function rowHolds(tests: RowTests, values: readonly Value[]): boolean | null {
  let result: boolean | null = true;
  for (let i = 0; i < tests.length; i++) {
    const test = tests[i] ?? always;
    if (test === always) continue;
    const v = values[i] ?? null;
    if (v === null) result = null;
    else if (!test(v)) return false;
  }
  return result;
}

export function hitRow(t: TableExpr): Hitting {
  const tests = testsOf(t);
  // Under 唯一 a row that surely hits decides, whatever earlier rows still wait for.
  const laterHits = (values: readonly Value[], from: number): boolean =>
    tests.slice(from + 1).some((row) => rowHolds(row, values) === true);
  return (values) => {
    for (let n = 0; n < tests.length; n++) {
      const v = rowHolds(tests[n] ?? [], values);
      if (v === true) return n;
      if (v === null && (t.hit === '首个' || !laterHits(values, n))) return null;
    }
    return -1;
  };
}

/** The rows that may still hit: none before them surely does, and no known value excludes them. */
export function waitingRows(t: TableExpr): (values: readonly Value[]) => readonly TableRow[] {
  const tests = testsOf(t);
  return (values) => {
    const states = tests.map((row) => rowHolds(row, values));
    const sure = t.hit === '首个' ? states.indexOf(true) : -1;
    return t.rows.filter((_, n) => states[n] === null && (sure < 0 || n < sure));
  };
}

function collects(t: TableExpr): boolean {
  return t.hit === '求和' || t.hit === '最大' || t.hit === '最小';
}

/** What a table's closures are made of: those of its inputs, of its rows' outputs and of 其余. */
export interface TableRuns {
  readonly inputs: readonly Run[];
  readonly outs: readonly (Run | undefined)[];
  readonly rest: Run | undefined;
}

export function tableRun(t: TableExpr, runs: TableRuns): Run {
  const about: StepNode = { kind: 'table', label: t.name, node: t };
  if (collects(t)) return collectRun(t, runs, about);
  const { inputs, outs, rest } = runs;
  const hit = hitRow(t);
  return (env) => {
    const values = inputs.map((i) => i(env));
    const row = hit(values);
    const out = row === null ? undefined : row < 0 ? rest : outs[row];
    const v = out === undefined ? null : out(env);
    if (env.trace !== null) env.trace.push({ about, value: v, inputs: values, row: row ?? -2 });
    return v;
  };
}

function collectRun(t: TableExpr, { inputs, outs, rest }: TableRuns, about: StepNode): Run {
  const tests = testsOf(t);
  const fn = t.hit === '求和' ? 'sum' : t.hit === '最大' ? 'max' : 'min';
  return (env) => {
    const values = inputs.map((i) => i(env));
    const states = tests.map((row) => rowHolds(row, values));
    let v: bigint | null = null;
    let known = !states.includes(null);
    let hit = -1;
    states.forEach((s, n) => {
      const out = outs[n];
      if (s !== true || out === undefined || !known) return;
      const x = out(env) as bigint | null;
      if (x === null) known = false;
      else v = fold(fn, v, x);
      hit = n;
    });
    if (known && hit < 0 && rest !== undefined) v = rest(env) as bigint | null;
    const value = known ? v : null;
    if (env.trace !== null) env.trace.push({ about, value, inputs: values, row: hit });
    return value;
  };
}

/** Whether the inputs of a table earn anything. */
export function hitsRun(t: TableExpr, inputs: readonly Run[]): Run {
  const rows = t.rows.map((r) => ({ tests: r.tests.map(testRun), pays: r.out !== null }));
  const restPays = t.rest !== undefined && t.rest !== null;
  const hit = hitRow(t);
  const collecting = collects(t);
  const undecided = (values: readonly Value[]): boolean | null => {
    const possible = rows.filter((r) => rowHolds(r.tests, values) !== false);
    return possible.every((r) => !r.pays) && !restPays ? false : null;
  };
  return (env: Env) => {
    const given = env.given?.get(t.name);
    if (given !== undefined) return given === null ? null : true;
    const values = inputs.map((i) => i(env));
    if (collecting) {
      const states = rows.map((r) => rowHolds(r.tests, values));
      if (states.some((s, n) => s === true && rows[n]?.pays === true)) return true;
      return states.includes(null) ? null : restPays;
    }
    const row = hit(values);
    if (row === null) return undecided(values);
    return row < 0 ? restPays : rows[row]?.pays === true;
  };
}
