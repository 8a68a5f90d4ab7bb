/** Conditions that say nothing, or that nobody can meet; periods that are over before they begin. */
import type { Condition, Expr, Item } from '../ir.ts';
import { children, reach } from '../lower/walk.ts';
import { report } from '../lower/scope.ts';
import type { Context } from '../lower/scope.ts';
import type { Block, Line } from '../package/block.ts';
import type { Place } from '../problem.ts';
import { atomsOf, together } from './exceptions.ts';
import type { Atom } from './exceptions.ts';
import { definitionsOf, nonNegative } from './sign.ts';

/** What makes a condition differ from subject to subject, or from day to day. */
const VARYING: ReadonlySet<string> = new Set(['fact', 'gate', 'asOf', 'reading', 'hits']);

function isConstant(context: Context, e: Expr): boolean {
  return !reach([e], definitionsOf(context)).some((n) => VARYING.has(n.k));
}

/** Every node of the expression as it is written, not of the names it uses. */
function written(e: Expr): Expr[] {
  return [e, ...children(e).flatMap(written)];
}

interface Trivial {
  readonly code: 'condition-always' | 'condition-never';
  readonly why: string;
}

/** A comparison that comes out the same for every value of its type. */
function trivial(context: Context, e: Expr): Trivial | undefined {
  if (e.k === 'in' && e.a.type.t === 'text') {
    const { options } = e.a.type;
    const values = e.tests.flatMap((t) => (t.k === 'set' ? t.values : []));
    const all = options?.every((o) => values.includes(o)) ?? false;
    return all ? { code: 'condition-always', why: '@all-options' } : undefined;
  }
  if (e.k !== 'compare' || e.a.type.t !== 'number' || e.b.k !== 'literal') return undefined;
  if (e.a.k === 'literal' || !nonNegative(context, e.a)) return undefined;
  const bound = BigInt(String(e.b.value));
  const why = '@not-negative';
  if ((e.op === '>=' && bound <= 0n) || (e.op === '>' && bound < 0n)) {
    return { code: 'condition-always', why };
  }
  if ((e.op === '<' && bound <= 0n) || (e.op === '<=' && bound < 0n)) {
    return { code: 'condition-never', why };
  }
  return undefined;
}

function lineAt(block: Block, condition: Condition): Line | undefined {
  const lines = block.lines.filter((l) => l.key === '当');
  const last = (l: Line): boolean => l.value.text.includes(condition.name);
  return lines.find((l) => l.label === condition.name) ?? lines.find(last);
}

function placeOf(block: Block, condition: Condition): Place {
  return lineAt(block, condition)?.value.place() ?? block.at;
}

function checkConditions(context: Context, block: Block, item: Item): void {
  for (const condition of item.conditions) {
    if (lineAt(block, condition) === undefined) continue;
    const at = placeOf(block, condition);
    if (isConstant(context, condition.expr)) report(context, block, at, 'condition-constant', {});
    const found = written(condition.expr).flatMap((e) => trivial(context, e) ?? []);
    for (const { code, why } of found) report(context, block, at, code, { why });
  }
}

/** Conditions of 条件 and 决策 blocks that hold always or never. */
function checkDecisions(context: Context): void {
  for (const { block, result } of context.decisions.values()) {
    if (result === undefined || block.keyword === '决策表') continue;
    for (const e of written(result.expr)) {
      const found = trivial(context, e);
      if (found === undefined) continue;
      const line = block.lines.find((l) => l.key === '' || l.key === '除外');
      const at = line?.whole.place() ?? block.at;
      report(context, block, at, found.code, { why: found.why });
    }
  }
}

/** The conjuncts of a condition, those of the 条件 it names included. */
function conjuncts(context: Context, e: Expr): Atom[] {
  if (e.k === 'and') return e.items.flatMap((i) => conjuncts(context, i));
  if (e.k === 'decision') {
    const inner = context.decisions.get(e.name)?.result?.expr;
    if (inner !== undefined && inner.type.t === 'bool') return conjuncts(context, inner);
  }
  return atomsOf(e);
}

/** Two conditions on one value that no value meets: nobody would ever get the award. */
function checkTogether(context: Context, block: Block, item: Item): void {
  const over = isOver(context, item);
  const conditions = item.conditions.filter((c) => !(over && c.name === '申报期'));
  const atoms = conditions.flatMap((condition) =>
    conjuncts(context, condition.expr).map((atom) => ({ condition, atom })),
  );
  const seen = new Set<string>();
  atoms.forEach((a, i) => {
    for (const b of atoms.slice(i + 1)) {
      if (a.atom.value !== b.atom.value || together(a.atom, b.atom)) continue;
      const pair = `${a.condition.name} ${b.condition.name}`;
      if (seen.has(pair)) continue;
      seen.add(pair);
      const at = placeOf(block, b.condition);
      if (a.condition === b.condition) {
        report(context, block, at, 'condition-never', { why: '@excludes-itself' });
        continue;
      }
      const params = { first: a.condition.name, second: b.condition.name };
      report(context, block, at, 'conditions-exclude', params);
    }
  });
}

function isOver(context: Context, item: Item): boolean {
  const { effective } = context.manifest;
  return item.window !== null && effective !== '' && item.window.to < effective;
}

function checkWindow(context: Context, block: Block, item: Item): void {
  if (item.window === null || !isOver(context, item)) return;
  const { effective } = context.manifest;
  const { from, to } = item.window;
  const at = block.lines.find((l) => l.key === '申报期')?.value.place() ?? block.at;
  report(context, block, at, 'window-closed', { from, to, effective });
}

export function checkSense(
  context: Context,
  items: readonly Item[],
  blocks: readonly Block[],
): void {
  for (const item of items) {
    const block = blocks.find((b) => b.keyword === item.kind && b.name === item.name);
    if (block === undefined) continue;
    checkConditions(context, block, item);
    checkTogether(context, block, item);
    checkWindow(context, block, item);
  }
  checkDecisions(context);
}
