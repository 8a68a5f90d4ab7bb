/** Names in expressions → fact paths, decisions, row facts. */
import { FailedElsewhere, SyntaxProblem, unglued } from '../feel/lex.ts';
import type { Expr, Fact } from '../ir.ts';
import { nearest } from '../problem.ts';
import type { Context, Scope } from './scope.ts';

/** All names an author could have meant. */
export function declaredNames(context: Context): string[] {
  const facts = [...context.entities.values()].flatMap((e) =>
    e.facts.map((f) => `${e.name}.${f.name}`),
  );
  return [...facts, ...context.decisions.keys(), ...context.entities.keys(), '办理日', '印发日'];
}

export function undeclared(context: Context, name: string, at: number): never {
  const mend = unglued(name);
  if (mend !== undefined) throw new SyntaxProblem('space-missing', at, { name, mend });
  const near = nearest(name, declaredNames(context)) ?? '';
  throw new SyntaxProblem(near === '' ? 'name-undeclared' : 'name-misspelt', at, { name, near });
}

/** Follows facts from an entity; every step but the last must be a reference. `at` is where the
 *  first of them is written. */
export function followPath(
  context: Context,
  entity: string,
  path: readonly string[],
  at: number,
): Fact {
  let here = entity;
  let fact: Fact | undefined;
  let offset = at;
  for (const name of path) {
    if (fact !== undefined) {
      if (fact.type.t !== 'entity') {
        return undeclared(context, `${here}.${fact.name}.${name}`, offset);
      }
      here = fact.type.entity;
    }
    if (context.broken.has(`${here}.${name}`)) throw new FailedElsewhere();
    fact = context.fact(here, name);
    if (fact === undefined) return undeclared(context, `${here}.${name}`, offset);
    offset += name.length + 1;
    context.used.add(`fact:${here}.${name}`);
  }
  if (fact === undefined) throw new SyntaxProblem('entity-alone', at, { name: entity });
  return fact;
}

function factOf(parts: readonly string[], at: number, s: Scope): Expr | undefined {
  const [head = '', ...path] = parts;
  const row = s.rows.get(head);
  if (path.length === 0 && (row !== undefined || s.context.entities.has(head))) {
    throw new SyntaxProblem('entity-alone', at, { name: row ?? head });
  }
  if (row !== undefined) {
    const { type } = followPath(s.context, row, path, at + head.length + 1);
    return { k: 'fact', path, row: head, type, cite: s.cite };
  }
  if (!s.context.entities.has(head)) return undefined;
  s.enter(head, at);
  const { type } = followPath(s.context, head, path, at + head.length + 1);
  return { k: 'fact', path: [head, ...path], type, cite: s.cite };
}

/** Lowers a dotted name; a decision is lowered on first use. */
export function lowerName(parts: readonly string[], at: number, s: Scope): Expr {
  const name = parts.join('.');
  if (name === '办理日') return { k: 'asOf', type: { t: 'date' }, cite: s.cite };
  const fact = factOf(parts, at, s);
  if (fact !== undefined) return fact;
  if (name === '印发日' && !s.context.decisions.has(name)) {
    return { k: 'literal', value: s.context.manifest.issued, type: { t: 'date' }, cite: s.cite };
  }
  const decided = parts.length === 1 ? s.context.resolver.decision(name, at, s) : undefined;
  return decided ?? undeclared(s.context, name, at);
}
