/** What a set of decisions would come to under highest-only sets and caps. A preview: the binding
 *  allocation is the ledger's, in its own order of events. */
import type { Decision } from '../evaluate/decision.ts';
import type { Engine } from '../evaluate/decide.ts';
import type { Cap } from '../ir.ts';
import { inProportion } from './shares.ts';

export const FIRST_COME = '先到先得';
export const PRO_RATA = '按比例';

/** One award under a cap; `allowedFen` is what the cap leaves of `wantedFen`. */
export interface CapLine {
  readonly decision: Decision;
  readonly wantedFen: bigint;
  readonly allowedFen: bigint;
}

export interface CapUse {
  readonly cap: string;
  readonly key: readonly string[];
  readonly capFen: bigint;
  readonly order: string;
  readonly cite: number;
  readonly lines: readonly CapLine[];
  readonly leftFen: bigint;
}

export interface Preview {
  /** Decisions that give way to a higher one of the same 互斥组 and subject. */
  readonly superseded: readonly { readonly decision: Decision; readonly by: Decision }[];
  readonly caps: readonly CapUse[];
}

function fenOf(d: Decision): bigint {
  return d.amount?.fen ?? 0n;
}

function supersede(engine: Engine, decisions: readonly Decision[]): Preview['superseded'] {
  const groupOf = new Map(engine.ruleSet.items.map((i) => [i.name, i.exclusive]));
  const best = new Map<string, Decision>();
  const given: { decision: Decision; by: Decision }[] = [];
  const paid = decisions.filter((d) => d.verdict === '满足' && (groupOf.get(d.item) ?? '') !== '');
  const key = (d: Decision): string => JSON.stringify([groupOf.get(d.item), d.entity, d.subject]);
  for (const d of paid) {
    const held = best.get(key(d));
    if (held === undefined || fenOf(d) > fenOf(held)) best.set(key(d), d);
  }
  for (const d of paid) {
    const by = best.get(key(d));
    if (by !== undefined && by !== d) given.push({ decision: d, by });
  }
  return given;
}

function allocate(cap: bigint, wanted: readonly bigint[], order: string): readonly bigint[] {
  const total = wanted.reduce((a, b) => a + b, 0n);
  if (total <= cap) return wanted;
  if (order === PRO_RATA) return inProportion(cap, wanted);
  let left = cap;
  return wanted.map((w) => {
    const got = w < left ? w : left;
    left -= got;
    return got;
  });
}

interface Pool {
  readonly cap: Cap;
  readonly key: readonly string[];
  readonly capFen: bigint;
  readonly lines: Decision[];
}

function poolsOf(engine: Engine, decisions: readonly Decision[]): readonly Pool[] {
  const pools = new Map<string, Pool>();
  for (const d of decisions) {
    for (const limit of d.limits) {
      const cap = engine.ruleSet.caps.find((c) => c.name === limit.cap);
      if (cap === undefined || limit.capFen === null) continue;
      const id = JSON.stringify([limit.cap, limit.key]);
      const pool = pools.get(id) ?? { cap, key: limit.key, capFen: limit.capFen, lines: [] };
      pool.lines.push(d);
      pools.set(id, pool);
    }
  }
  return [...pools.values()];
}

/** Previews decisions in the order given (the order of claims). */
export function preview(engine: Engine, decisions: readonly Decision[]): Preview {
  const superseded = supersede(engine, decisions);
  const gone = new Set(superseded.map((s) => s.decision));
  const left = decisions.filter((d) => !gone.has(d) && d.amount?.fen !== null);
  const caps = poolsOf(engine, left).map((pool): CapUse => {
    const order = engine.capOrder(pool.cap);
    const wanted = pool.lines.map(fenOf);
    const allowed = allocate(pool.capFen, wanted, order);
    const lines = pool.lines.map((decision, i) => ({
      decision,
      wantedFen: wanted[i] ?? 0n,
      allowedFen: allowed[i] ?? 0n,
    }));
    const used = allowed.reduce((a, b) => a + b, 0n);
    const { capFen, key, cap } = pool;
    return { cap: cap.name, key, capFen, order, cite: cap.cite, lines, leftFen: capFen - used };
  });
  return { superseded, caps };
}
