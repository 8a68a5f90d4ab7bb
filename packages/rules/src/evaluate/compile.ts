/** Middle form → closures. No code generation: a content-security policy forbids it in the page. */
import { dayNumber } from '../date.ts';
import type { Compare, Expr, Parameter, RuleSet, TableExpr, TableRow, Test } from '../ir.ts';
import { divide, pow10 } from '../scaled.ts';
import type {
  Env,
  FactRecord,
  FactValue,
  MonthValues,
  Ratio,
  Run,
  StepNode,
  Value,
} from './value.ts';

/** The identity under which a gate's judgement is kept among an entity's facts. */
export function gateKey(gate: string): string {
  return `认定 ${gate}`;
}

export interface Defined {
  readonly index: number;
  readonly expr: Expr;
}

/** Compiles the expressions of one rule set under one choice of readings. */
export class Compiler {
  readonly ruleSet: RuleSet;
  readonly chosen: ReadonlyMap<string, string>;
  readonly #decisions = new Map<string, Defined>();
  readonly #compiled = new Map<Expr, Run>();
  readonly #named = new Map<string, Run>();
  readonly #tables = new Map<string, TableExpr>();
  #slots = 0;

  constructor(ruleSet: RuleSet, chosen: ReadonlyMap<string, string>) {
    this.ruleSet = ruleSet;
    this.chosen = chosen;
    ruleSet.decisions.forEach((d, index) => {
      this.#decisions.set(d.name, { index, expr: d.expr });
      if (d.expr.k === 'table') this.#tables.set(d.name, d.expr);
    });
  }

  get slots(): number {
    return this.#slots;
  }

  decision(name: string): Defined | undefined {
    return this.#decisions.get(name);
  }

  table(name: string): TableExpr | undefined {
    return this.#tables.get(name);
  }

  /** The alternative in force. */
  reading(id: string): Expr | undefined {
    const found = this.ruleSet.interpretations.find((i) => i.id === id);
    const key = this.chosen.get(id) ?? found?.chosen;
    return found?.alternatives.find((a) => a.key === key)?.expr ?? undefined;
  }

  run(e: Expr): Run {
    const known = this.#compiled.get(e);
    if (known !== undefined) return known;
    const made = this.#make(e);
    this.#compiled.set(e, made);
    return made;
  }

  #make(e: Expr): Run {
    switch (e.k) {
      case 'literal': {
        const value = e.type.t === 'number' ? BigInt(e.value) : e.value;
        return () => value;
      }
      case 'asOf':
        return (env) => env.asOf;
      case 'fact':
        return this.#fact(e);
      case 'gate':
        return this.#gate(e);
      case 'decision':
        return this.#decision(e.name);
      case 'reading': {
        const chosen = this.reading(e.id);
        if (chosen === undefined) throw new Error(`reading ${e.id} has no expression in force`);
        return this.run(chosen);
      }
      case 'parameter':
        return this.#parameter(e);
      case 'months':
        return this.#months(e);
      case 'table':
        return this.#table(e);
      case 'hits':
        return this.#hits(e.table);
      case 'over':
        return this.#over(e);
      default:
        return this.#plain(e);
    }
  }

  #plain(e: Expr): Run {
    switch (e.k) {
      case 'scale':
        return scaleRun(this.run(e.a), pow10(e.by));
      case 'add':
      case 'subtract':
      case 'multiply':
        return arithmetic(e.k, this.run(e.a), this.run(e.b));
      case 'min':
      case 'max':
        return extremeRun(
          e.k,
          e.items.map((i) => this.run(i)),
        );
      case 'compare':
        return this.#compare(e);
      case 'in':
        return inRun(this.run(e.a), e.tests);
      case 'and':
        return all(e.items.map((i) => this.run(i)));
      case 'or':
        return any(e.items.map((i) => this.run(i)));
      case 'not': {
        const a = this.run(e.a);
        return (env) => {
          const v = a(env);
          return v === null ? null : !v;
        };
      }
      case 'if': {
        const [test, yes, no] = [this.run(e.test), this.run(e.yes), this.run(e.no)];
        return (env) => {
          const t = test(env);
          return t === null ? null : t === true ? yes(env) : no(env);
        };
      }
      case 'ratio':
        return ratioRun(this.run(e.a), this.run(e.b));
      case 'round':
        return roundRun(e, this.run(e.num), e.den === null ? undefined : this.run(e.den));
      case 'year':
        return lift(this.run(e.a), (v) => BigInt((v as string).slice(0, 4)));
      case 'days': {
        const [a, b] = [this.run(e.a), this.run(e.b)];
        return (env) => {
          const [x, y] = [a(env), b(env)];
          if (x === null || y === null) return null;
          return BigInt(dayNumber(y as string) - dayNumber(x as string));
        };
      }
      default:
        throw new Error(`no closure for ${e.k}`);
    }
  }

  #fact(e: Expr & { k: 'fact' }): Run {
    const { path, row } = e;
    const slot = this.#slots++;
    const about: StepNode = { kind: 'fact', label: path.join('.'), node: e };
    const names = row === undefined ? path.slice(1) : path;
    const read = (env: Env): FactValue => {
      let here: FactValue | undefined = row === undefined ? env.root : env.rows[row];
      for (const name of names) {
        if (typeof here !== 'object' || here === null) return null;
        here = (here as FactRecord)[name];
      }
      return here ?? null;
    };
    const only = names.length === 1 && row === undefined ? names[0] : undefined;
    const get = only === undefined ? read : (env: Env): FactValue => env.root[only] ?? null;
    return (env) => {
      const v = get(env);
      if (env.trace !== null && env.seen[slot] !== true) {
        if (row === undefined) env.seen[slot] = true;
        env.trace.push({ about, value: v, inputs: null, row: -1 });
      }
      return v;
    };
  }

  #gate(e: Expr & { k: 'gate' }): Run {
    const key = gateKey(e.gate);
    const rest = e.path.slice(1);
    const about: StepNode = { kind: 'gate', label: e.gate, node: e };
    return (env) => {
      let here: FactValue | undefined = env.root;
      for (const name of rest) here = (here as FactRecord | null | undefined)?.[name];
      const record = typeof here === 'object' && here !== null ? (here as FactRecord) : undefined;
      const v = record?.[key] ?? null;
      if (env.trace !== null) env.trace.push({ about, value: v, inputs: null, row: -1 });
      return v;
    };
  }

  #decision(name: string): Run {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const found = this.#decisions.get(name);
    if (found === undefined) throw new Error(`decision ${name} is not in the rule set`);
    const { index, expr } = found;
    const body = this.run(expr);
    const isTable = expr.k === 'table';
    const about: StepNode = { kind: 'decision', label: name, node: expr };
    const made: Run = (env) => {
      const known2 = env.memo[index];
      if (known2 !== undefined) return known2;
      const v = body(env);
      env.memo[index] = v;
      if (env.trace !== null && !isTable)
        env.trace.push({ about, value: v, inputs: null, row: -1 });
      return v;
    };
    this.#named.set(name, made);
    return made;
  }

  #parameter(e: Expr & { k: 'parameter' }): Run {
    const p = this.ruleSet.parameters.find((x) => x.name === e.name);
    if (p === undefined) throw new Error(`parameter ${e.name} is not in the rule set`);
    const date = this.run(e.date);
    const [keyExpr] = e.keys;
    const key = keyExpr === undefined ? undefined : this.run(keyExpr);
    const columns = p.rows.map((r) => r.values.map((v) => BigInt(v)));
    const about: StepNode = { kind: 'parameter', label: e.name, node: e };
    return (env) => {
      const d = date(env);
      const k = key === undefined ? '' : key(env);
      if (d === null || k === null) return null;
      const at = rowAt(p, d as string);
      const column = key === undefined ? 0 : p.keys.indexOf(k as string);
      const v = columns[at]?.[column] ?? null;
      if (env.trace !== null) env.trace.push({ about, value: v, inputs: [k, d], row: at });
      return v;
    };
  }

  #months(e: Expr & { k: 'months' }): Run {
    const series = this.run(e.series);
    const { months } = e;
    return (env) => {
      const s = series(env) as MonthValues | null;
      if (s === null) return null;
      let sum = 0n;
      for (const m of months) {
        const v = s[m];
        if (v === undefined || v === null) return null;
        sum += v;
      }
      return sum;
    };
  }

  #compare(e: Expr & { k: 'compare' }): Run {
    const [a, b] = [this.run(e.a), this.run(e.b)];
    const about: StepNode = { kind: 'compare', label: e.op, node: e };
    const holds = e.a.type.t === 'ratio' ? ratioHolds(e) : plainHolds(e.op);
    return (env) => {
      const x = a(env);
      const y = b(env);
      const v = x === null || y === null ? null : holds(x, y);
      if (env.trace !== null) env.trace.push({ about, value: v, inputs: [x, y], row: -1 });
      return v;
    };
  }

  /** Index of the row that hits, -1 for none, null while undecided. */
  hitRow(t: TableExpr): (values: readonly Value[]) => number | null {
    const tests = t.rows.map((r) => r.tests.map(testRun));
    return (values) => {
      for (let n = 0; n < tests.length; n++) {
        const v = rowHolds(tests[n] ?? [], values);
        if (v === true) return n;
        if (v === null && (t.hit === '首个' || !this.#laterRowHits(tests, values, n))) return null;
      }
      return -1;
    };
  }

  /** The rows that may still hit: none before them surely does, and no known value excludes them. */
  waitingRows(t: TableExpr): (values: readonly Value[]) => readonly TableRow[] {
    const rows = t.rows.map((row) => ({ row, tests: row.tests.map(testRun) }));
    return (values) => {
      const states = rows.map((r) => rowHolds(r.tests, values));
      const sure = t.hit === '首个' ? states.indexOf(true) : -1;
      return rows.filter((_, n) => states[n] === null && (sure < 0 || n < sure)).map((r) => r.row);
    };
  }

  /** Under 唯一 a row that surely hits decides, whatever earlier rows still wait for. */
  #laterRowHits(
    tests: readonly (readonly TestRun[])[],
    values: readonly Value[],
    from: number,
  ): boolean {
    return tests.slice(from + 1).some((row) => rowHolds(row, values) === true);
  }

  #table(t: TableExpr): Run {
    const inputs = t.inputs.map((i) => this.run(i));
    const outs = t.rows.map((r) => (r.out === null ? undefined : this.run(r.out)));
    const rest = t.rest === undefined || t.rest === null ? undefined : this.run(t.rest);
    const about: StepNode = { kind: 'table', label: t.name, node: t };
    if (t.hit === '求和' || t.hit === '最大' || t.hit === '最小') {
      return collectRun(t, inputs, outs, rest, about);
    }
    const hit = this.hitRow(t);
    return (env) => {
      const values = inputs.map((i) => i(env));
      const row = hit(values);
      const out = row === null ? undefined : row < 0 ? rest : outs[row];
      const v = out === undefined ? null : out(env);
      if (env.trace !== null) env.trace.push({ about, value: v, inputs: values, row: row ?? -2 });
      return v;
    };
  }

  /** Whether the inputs of a table earn anything. */
  #hits(name: string): Run {
    const t = this.#tables.get(name);
    const found = this.#decisions.get(name);
    if (t === undefined || found === undefined)
      throw new Error(`table ${name} is not in the rule set`);
    const inputs = t.inputs.map((i) => this.run(i));
    const rows = t.rows.map((r) => ({ tests: r.tests.map(testRun), pays: r.out !== null }));
    const restPays = t.rest !== undefined && t.rest !== null;
    const hit = this.hitRow(t);
    const collects = t.hit === '求和' || t.hit === '最大' || t.hit === '最小';
    return (env) => {
      if (env.given.has(found.index)) return env.memo[found.index] === null ? null : true;
      const values = inputs.map((i) => i(env));
      const states = rows.map((r) => rowHolds(r.tests, values));
      if (collects) {
        if (states.some((s, n) => s === true && rows[n]?.pays === true)) return true;
        return states.includes(null) ? null : restPays;
      }
      const row = hit(values);
      if (row !== null) return row < 0 ? restPays : rows[row]?.pays === true;
      const possible = rows.filter((_, n) => states[n] !== false);
      if (possible.every((r) => !r.pays) && !restPays) return false;
      return null;
    };
  }

  #over(e: Expr & { k: 'over' }): Run {
    const list = this.run(e.list);
    const body = this.run(e.body);
    const { variable, fn } = e;
    return (env) => {
      const rows = list(env) as readonly FactRecord[] | null;
      if (rows === null) return null;
      const outer = env.rows;
      let total: bigint | null = fn === 'sum' || fn === 'count' ? 0n : null;
      for (const row of rows) {
        env.rows = { ...outer, [variable]: row };
        const v = body(env);
        if (v === null) {
          env.rows = outer;
          return null;
        }
        if (fn === 'count') total = (total ?? 0n) + (v === true ? 1n : 0n);
        else total = fold(fn, total, v as bigint);
      }
      env.rows = outer;
      return total;
    };
  }
}

function fold(fn: 'sum' | 'min' | 'max', total: bigint | null, v: bigint): bigint {
  if (total === null) return v;
  if (fn === 'sum') return total + v;
  return (fn === 'min') === v < total ? v : total;
}

function lift(a: Run, f: (v: NonNullable<Value>) => Value): Run {
  return (env) => {
    const v = a(env);
    return v === null ? null : f(v);
  };
}

function scaleRun(a: Run, by: bigint): Run {
  return lift(a, (v) =>
    typeof v === 'bigint' ? v * by : { n: (v as Ratio).n * by, d: (v as Ratio).d },
  );
}

function arithmetic(k: 'add' | 'subtract' | 'multiply', a: Run, b: Run): Run {
  const f =
    k === 'add'
      ? (x: bigint, y: bigint): bigint => x + y
      : k === 'subtract'
        ? (x: bigint, y: bigint): bigint => x - y
        : (x: bigint, y: bigint): bigint => x * y;
  return (env) => {
    const x = a(env);
    const y = b(env);
    return x === null || y === null ? null : f(x as bigint, y as bigint);
  };
}

function extremeRun(k: 'min' | 'max', items: readonly Run[]): Run {
  return (env) => {
    let best: bigint | null = null;
    for (const item of items) {
      const v = item(env) as bigint | null;
      if (v === null) return null;
      best = fold(k, best, v);
    }
    return best;
  };
}

function all(items: readonly Run[]): Run {
  return (env) => {
    let result: boolean | null = true;
    for (const item of items) {
      const v = item(env);
      if (v === false) return false;
      if (v === null) result = null;
    }
    return result;
  };
}

function any(items: readonly Run[]): Run {
  return (env) => {
    let result: boolean | null = false;
    for (const item of items) {
      const v = item(env);
      if (v === true) return true;
      if (v === null) result = null;
    }
    return result;
  };
}

function ratioRun(a: Run, b: Run): Run {
  return (env) => {
    const [n, d] = [a(env), b(env)];
    // A ratio over nothing is not zero and not infinite: it is not known.
    return n === null || d === null || (d as bigint) <= 0n
      ? null
      : { n: n as bigint, d: d as bigint };
  };
}

function roundRun(e: Expr & { k: 'round' }, num: Run, den: Run | undefined): Run {
  const up = e.by > 0 ? pow10(e.by) : 1n;
  const down = e.by < 0 ? pow10(-e.by) : 1n;
  return (env) => {
    const n = num(env) as bigint | null;
    const d = den === undefined ? 1n : (den(env) as bigint | null);
    if (n === null || d === null || d <= 0n) return null;
    return divide(n * up, d * down, e.mode);
  };
}

function plainHolds(op: Compare): (x: Value, y: Value) => boolean {
  type Comparable = bigint | string;
  switch (op) {
    case '=':
      return (x, y) => x === y;
    case '!=':
      return (x, y) => x !== y;
    case '<':
      return (x, y) => (x as Comparable) < (y as Comparable);
    case '<=':
      return (x, y) => (x as Comparable) <= (y as Comparable);
    case '>':
      return (x, y) => (x as Comparable) > (y as Comparable);
    case '>=':
      return (x, y) => (x as Comparable) >= (y as Comparable);
  }
}

function ratioHolds(e: Expr & { k: 'compare' }): (x: Value, y: Value) => boolean {
  const scale = e.b.type.t === 'number' ? e.b.type.scale : 0;
  const holds = plainHolds(e.op);
  const up = pow10(Math.max(0, scale));
  return (x, y) => holds((x as Ratio).n * up, (y as bigint) * (x as Ratio).d);
}

type TestRun = (v: NonNullable<Value>) => boolean;

function intervalRun(t: Test & { k: 'interval' }): TestRun {
  const isDate = [t.lo, t.hi].some(
    (x) => x?.includes('-') === true && x.length === 10 && !x.startsWith('-'),
  );
  const lo = t.lo === null ? null : isDate ? t.lo : BigInt(t.lo);
  const hi = t.hi === null ? null : isDate ? t.hi : BigInt(t.hi);
  const { loOpen, hiOpen } = t;
  const within = (
    v: bigint | string,
    l: bigint | string | null,
    h: bigint | string | null,
  ): boolean =>
    (l === null || (loOpen ? v > l : v >= l)) && (h === null || (hiOpen ? v < h : v <= h));
  return (v) => {
    if (typeof v !== 'object') return within(v as bigint | string, lo, hi);
    const { n, d } = v as Ratio;
    const times = (x: bigint | string | null): bigint | null =>
      x === null ? null : (x as bigint) * d;
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

function testRun(tests: readonly Test[]): TestRun {
  const runs = tests.map(oneTest);
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return only;
  return runs.includes(always) ? always : (v) => runs.some((r) => r(v));
}

/** Three-valued: false as soon as one known value fails, null while one is unknown. */
function rowHolds(tests: readonly TestRun[], values: readonly Value[]): boolean | null {
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

function inRun(a: Run, tests: readonly Test[]): Run {
  const test = testRun(tests);
  return lift(a, (v) => test(v));
}

function collectRun(
  t: TableExpr,
  inputs: readonly Run[],
  outs: readonly (Run | undefined)[],
  rest: Run | undefined,
  about: StepNode,
): Run {
  const tests = t.rows.map((r) => r.tests.map(testRun));
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

/** Index of the last row that holds on `date`, or -1. */
function rowAt(p: Parameter, date: string): number {
  let lo = 0;
  let hi = p.rows.length - 1;
  let found = -1;
  while (lo <= hi) {
    const mid = (lo + hi) >> 1;
    if ((p.rows[mid]?.from ?? '9999') <= date) {
      found = mid;
      lo = mid + 1;
    } else hi = mid - 1;
  }
  return found;
}
