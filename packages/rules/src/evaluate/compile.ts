/** Middle form → closures. No code generation: a content-security policy forbids it in the page.
 *  The closures are made in `read`, `operators` and `tables`; here names find what they name. */
import { dayNumber } from '../date.ts';
import type { Expr, RuleSet, TableExpr, TableRow } from '../ir.ts';
import { pow10 } from '../scaled.ts';
import {
  andRun,
  arithmeticRun,
  compareRun,
  constantRun,
  extremeRun,
  ifRun,
  lift,
  liftBoth,
  orRun,
  overRun,
  ratioRun,
  roundRun,
  scaleRun,
} from './operators.ts';
import { factRun, gateRun, monthsRun, parameterRun } from './read.ts';
import { hitRow, hitsRun, inRun, tableRun, waitingRows } from './tables.ts';
import type { Hitting } from './tables.ts';
import type { Run, StepNode, Value } from './value.ts';

/** Looks up `key`, making the value the first time. */
function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Compiles the expressions of one rule set under one choice of readings. */
export class Compiler {
  readonly ruleSet: RuleSet;
  readonly #decisions: ReadonlyMap<string, Expr>;
  readonly #readings: ReadonlyMap<string, Expr | null>;
  readonly #compiled = new Map<Expr, Run>();
  readonly #named = new Map<string, Run>();
  readonly #hits = new Map<TableExpr, Hitting>();
  readonly #waiting = new Map<TableExpr, (values: readonly Value[]) => readonly TableRow[]>();

  constructor(ruleSet: RuleSet, chosen: ReadonlyMap<string, string>) {
    this.ruleSet = ruleSet;
    this.#decisions = new Map(ruleSet.decisions.map((d) => [d.name, d.expr]));
    this.#readings = new Map(
      ruleSet.interpretations.map((i) => {
        const key = chosen.get(i.id) ?? i.chosen;
        return [i.id, i.alternatives.find((a) => a.key === key)?.expr ?? null];
      }),
    );
  }

  decision(name: string): Expr | undefined {
    return this.#decisions.get(name);
  }

  table(name: string): TableExpr | undefined {
    const found = this.#decisions.get(name);
    return found?.k === 'table' ? found : undefined;
  }

  /** The alternative in force. */
  reading(id: string): Expr | undefined {
    return this.#readings.get(id) ?? undefined;
  }

  run(e: Expr): Run {
    const known = this.#compiled.get(e);
    if (known !== undefined) return known;
    const made = this.#make(e);
    this.#compiled.set(e, made);
    return made;
  }

  hitRow(t: TableExpr): Hitting {
    return kept(this.#hits, t, () => hitRow(t));
  }

  waitingRows(t: TableExpr): (values: readonly Value[]) => readonly TableRow[] {
    return kept(this.#waiting, t, () => waitingRows(t));
  }

  /** What names something, or reads. */
  #make(e: Expr): Run {
    switch (e.k) {
      case 'literal':
        return constantRun(e.type.t === 'number' ? BigInt(e.value) : e.value);
      case 'asOf':
        return (env) => env.asOf;
      case 'fact':
        return factRun(e);
      case 'gate':
        return gateRun(e);
      case 'decision':
        return kept(this.#named, e.name, () => this.#decision(e.name));
      case 'reading': {
        const chosen = this.reading(e.id);
        if (chosen === undefined) throw new Error(`reading ${e.id} has no expression in force`);
        return this.run(chosen);
      }
      case 'parameter':
        return this.#parameter(e);
      case 'months':
        return monthsRun(e, this.run(e.series));
      case 'table':
        return this.#table(e);
      case 'hits': {
        const t = this.table(e.table);
        if (t === undefined) throw new Error(`table ${e.table} is not in the rule set`);
        return hitsRun(t, this.#all(t.inputs));
      }
      case 'over':
        return overRun(e, this.run(e.list), this.run(e.body));
      default:
        return this.#operator(e);
    }
  }

  #all(items: readonly Expr[]): readonly Run[] {
    return items.map((i) => this.run(i));
  }

  #operator(e: Expr): Run {
    switch (e.k) {
      case 'scale':
        return scaleRun(this.run(e.a), pow10(e.by));
      case 'add':
      case 'subtract':
      case 'multiply':
        return arithmeticRun(e.k, this.run(e.a), this.run(e.b));
      case 'min':
      case 'max':
        return extremeRun(e.k, this.#all(e.items));
      case 'compare':
        return compareRun(e, this.run(e.a), this.run(e.b));
      case 'in':
        return inRun(this.run(e.a), e.tests);
      case 'and':
        return andRun(this.#all(e.items));
      case 'or':
        return orRun(this.#all(e.items));
      case 'not':
        return lift(this.run(e.a), (v) => !v);
      case 'if':
        return ifRun(this.run(e.test), this.run(e.yes), this.run(e.no));
      case 'ratio':
        return ratioRun(this.run(e.a), this.run(e.b));
      case 'round':
        return roundRun(e, this.run(e.num), e.den === null ? undefined : this.run(e.den));
      case 'year':
        return lift(this.run(e.a), (v) => BigInt(Number((v as string).slice(0, 4))));
      case 'days':
        return liftBoth(this.run(e.a), this.run(e.b), (x, y) =>
          BigInt(dayNumber(y as string) - dayNumber(x as string)),
        );
      default:
        throw new Error(`no closure for ${e.k}`);
    }
  }

  /** Computed once per decision: the value holds for as long as the serial is the same. */
  #decision(name: string): Run {
    const expr = this.#decisions.get(name);
    if (expr === undefined) throw new Error(`decision ${name} is not in the rule set`);
    const body = this.run(expr);
    const about: StepNode | null =
      expr.k === 'table' ? null : { kind: 'decision', label: name, node: expr };
    let knownIn = -1;
    let value: Value = null;
    return (env) => {
      const given = env.given?.get(name);
      if (given !== undefined) return given;
      if (knownIn === env.serial) return value;
      value = body(env);
      knownIn = env.serial;
      if (env.trace !== null && about !== null)
        env.trace.push({ about, value, inputs: null, row: -1 });
      return value;
    };
  }

  #parameter(e: Expr & { k: 'parameter' }): Run {
    const p = this.ruleSet.parameters.find((x) => x.name === e.name);
    if (p === undefined) throw new Error(`parameter ${e.name} is not in the rule set`);
    const [key] = e.keys;
    return parameterRun(p, e, this.run(e.date), key === undefined ? undefined : this.run(key));
  }

  #table(t: TableExpr): Run {
    const inputs = this.#all(t.inputs);
    const outs = t.rows.map((r) => (r.out === null ? undefined : this.run(r.out)));
    const rest = t.rest === undefined || t.rest === null ? undefined : this.run(t.rest);
    return tableRun(t, { inputs, outs, rest });
  }
}
