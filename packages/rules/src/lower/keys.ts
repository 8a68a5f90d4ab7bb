/** Keys by which awards are counted together: of a cap, or of an award paid only once. */
import { parseExpression } from '../feel/parse.ts';
import { SyntaxProblem } from '../feel/lex.ts';
import type { Expr } from '../ir.ts';
import type { Block } from '../package/block.ts';
import type { Located } from '../package/located.ts';
import { lower } from './expression.ts';
import { Scope, guarded } from './scope.ts';
import type { Context } from './scope.ts';

/** Keys such as `(首店.载体, 年(首店.开业日期))`; an entity's name stands for its identity. */
export function lowerKeys(
  context: Context,
  block: Block,
  source: Located,
  root: string,
): { label: string; expr: Expr }[] {
  const inner = /^\((.*)\)$/u.exec(source.text);
  const body = inner === null ? source : source.slice(1, source.text.length - 1);
  const cite = context.citations.line({ quotes: [], readings: [] }, block, new Set());
  const parts: Located[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= body.text.length; i++) {
    const c = body.text.charAt(i);
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (i === body.text.length || (c === ',' && depth === 0)) {
      parts.push(body.slice(from, i));
      from = i + 1;
    }
  }
  return parts.flatMap((p) => {
    const expr = guarded(context, block, p, (): Expr => {
      if (context.entities.has(p.text)) {
        if (p.text !== root) throw new SyntaxProblem('root-mixed', 0, { root, other: p.text });
        return { k: 'fact', path: [p.text], type: { t: 'entity', entity: p.text }, cite };
      }
      return lower(parseExpression(p.text), new Scope(context, block, p, cite, { root }));
    });
    return expr === undefined ? [] : [{ label: p.text, expr }];
  });
}
