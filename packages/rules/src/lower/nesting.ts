/** How deep a rule nests, through the rules it names: a chain of definitions must not outgrow the
 *  stack of whoever evaluates it. */
import { SyntaxProblem } from '../feel/lex.ts';
import type { Expr } from '../ir.ts';
import type { Context, Draft } from './scope.ts';
import { children } from './walk.ts';

const MAX_LEVELS = 600;
const MAX_DEFINITIONS = 60;

function levels(e: Expr, context: Context): number {
  let below = 0;
  if (e.k === 'decision') below = context.decisions.get(e.name)?.levels ?? 0;
  if (e.k === 'reading') below = context.readings.get(e.id)?.levels ?? 0;
  for (const c of children(e)) below = Math.max(below, levels(c, context));
  return below + 1;
}

/** Records the levels of a rule that was just lowered. Throws SyntaxProblem when they are too many. */
export function recordLevels(
  draft: Draft<unknown>,
  alternatives: readonly Expr[],
  context: Context,
): void {
  draft.levels = Math.max(0, ...alternatives.map((e) => levels(e, context)));
  if (draft.levels <= MAX_LEVELS) return;
  throw new SyntaxProblem('expression-too-deep', 0, { limit: String(MAX_LEVELS) });
}

/** Lowers a definition inside another. Throws SyntaxProblem when too many wait for each other. */
export function nested<T>(context: Context, work: () => T): T {
  if (context.definitions >= MAX_DEFINITIONS) {
    throw new SyntaxProblem('expression-too-deep', 0, { limit: String(MAX_DEFINITIONS) });
  }
  context.definitions++;
  try {
    return work();
  } finally {
    context.definitions--;
  }
}
