/** The words of the law that gave an amount: of the band, rate or limit that decided it. */
import type { Engine, Subject } from '../evaluate/decide.ts';
import type { Expr, Item, RuleSet } from '../ir.ts';
import { reach } from '../lower/walk.ts';
import { inForce } from './in-force.ts';

/** Names that an item's amount goes through. */
function namesOf(item: Item, engine: Engine): ReadonlySet<string> {
  if (item.amount === null) return new Set();
  const nodes = reach([item.amount], inForce(engine));
  return new Set(nodes.flatMap((n) => (n.k === 'decision' ? [n.name] : [])));
}

/** The branch of a choice that holds for the subject. */
function taken(node: Expr, engine: Engine, subject: Subject, asOf: string): Expr {
  let here = node;
  while (here.k === 'if') {
    here = engine.holds(here.test, subject.facts, asOf) === true ? here.yes : here.no;
  }
  return here;
}

function quotesOf(ruleSet: RuleSet, cite: number): readonly string[] {
  return (ruleSet.cites[cite]?.spans ?? []).map((s) => s.quote);
}

/** Quotes that decide what `subject` gets under `item`; of the whole provision where no figure is. */
export function decidingWords(
  engine: Engine,
  item: Item,
  subject: Subject,
  asOf: string,
): readonly string[] {
  const names = namesOf(item, engine);
  const { steps } = engine.decide(item, subject, asOf, { trace: true });
  const found = steps.flatMap(({ about: { kind, label, node }, value, row }) => {
    const own = kind === 'amount' || names.has(label);
    if (!own || node.type.t !== 'number') return [];
    if (node.k === 'table') return [quotesOf(engine.ruleSet, node.rows[row]?.cite ?? node.cite)];
    // A limit that did not bind decided nothing.
    const limit = node.k === 'min' ? node.items.at(-1) : undefined;
    if (limit?.k === 'literal' && BigInt(limit.value) !== value) return [];
    return [quotesOf(engine.ruleSet, taken(node, engine, subject, asOf).cite)];
  });
  const figures = found.filter((quotes) => quotes.some((q) => /\d/u.test(q)));
  return figures.at(-1) ?? quotesOf(engine.ruleSet, item.cite);
}
