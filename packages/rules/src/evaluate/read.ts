/** Closures that read: facts, judgements, months of a series, dated parameters. */
import type { Expr, Parameter } from '../ir.ts';
import type { FactRecord, FactValue, MonthValues, Run, StepNode, Value } from './value.ts';

/** The identity under which a gate's judgement is kept among an entity's facts. */
export function gateKey(gate: string): string {
  return `认定 ${gate}`;
}

/** The value at the end of `names`; unknown as soon as a step is. */
export function along(from: FactValue | undefined, names: readonly string[]): FactValue {
  let here = from;
  for (let i = 0; i < names.length; i++) {
    if (typeof here !== 'object' || here === null) return null;
    here = (here as FactRecord)[names[i] ?? ''];
  }
  return here ?? null;
}

/** A fact of a child row; shown for each row. */
function rowFactRun(path: readonly string[], row: string, about: StepNode): Run {
  return (env) => {
    const value = along(env.rows[row], path);
    if (env.trace !== null) env.trace.push({ about, value, inputs: null, row: -1 });
    return value;
  };
}

/** A fact is shown once per decision, however often it is read. */
export function factRun(e: Expr & { k: 'fact' }): Run {
  const { path, row } = e;
  const about: StepNode = { kind: 'fact', label: path.join('.'), node: e };
  if (row !== undefined) return rowFactRun(path, row, about);
  const names = path.slice(1);
  const [name = ''] = names;
  const own = names.length === 1;
  let shownIn = -1;
  return (env) => {
    const value = own ? (env.root[name] ?? null) : along(env.root, names);
    if (env.trace !== null && shownIn !== env.serial) {
      shownIn = env.serial;
      env.trace.push({ about, value, inputs: null, row: -1 });
    }
    return value;
  };
}

export function gateRun(e: Expr & { k: 'gate' }): Run {
  const key = gateKey(e.gate);
  const names = [...e.path.slice(1), key];
  const about: StepNode = { kind: 'gate', label: e.gate, node: e };
  return (env) => {
    const v = along(env.root, names);
    if (env.trace !== null) env.trace.push({ about, value: v, inputs: null, row: -1 });
    return v;
  };
}

export function monthsRun(e: Expr & { k: 'months' }, series: Run): Run {
  // The rule set is frozen; a copy of one's own is walked faster.
  const months = [...e.months];
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

export function parameterRun(p: Parameter, e: Expr, date: Run, key: Run | undefined): Run {
  const columns = p.rows.map((r) => r.values.map((v) => BigInt(v)));
  const about: StepNode = { kind: 'parameter', label: p.name, node: e };
  return (env) => {
    const d = date(env);
    const k: Value = key === undefined ? '' : key(env);
    if (d === null || k === null) return null;
    const at = rowAt(p, d as string);
    const column = key === undefined ? 0 : p.keys.indexOf(k as string);
    const v = columns[at]?.[column] ?? null;
    if (env.trace !== null) env.trace.push({ about, value: v, inputs: [k, d], row: at });
    return v;
  };
}
