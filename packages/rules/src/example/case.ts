/** Worked examples as cases that any execution of the rules can decide. */
import type { Engine } from '../evaluate/decide.ts';
import type { FactRecord, Value } from '../evaluate/value.ts';
import { readFacts } from '../facts.ts';
import type { Item, RuleSet } from '../ir.ts';
import type { Example, ExampleBlock } from './read.ts';
import { engineFor, ready, withIndicators } from './run.ts';

export interface ExampleCase {
  readonly example: Example;
  readonly item: Item;
  readonly facts: FactRecord;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The rules under the readings that the example switches. */
  readonly engine: Engine;
  /** Decisions that the example gives instead of computing them; null is unknown. */
  readonly given: ReadonlyMap<string, Value>;
}

/** The examples of a package that can be read, as cases. `ruleSet` has the indicators among its
 *  items, because examples decide them too. */
export function exampleCases(
  ruleSet: RuleSet,
  blocks: readonly ExampleBlock[],
): { readonly ruleSet: RuleSet; readonly cases: readonly ExampleCase[] } {
  const all = withIndicators(ruleSet);
  const cache = new Map<string, Engine>();
  const cases = blocks.flatMap((b) =>
    b.examples.flatMap((example): ExampleCase[] => {
      const item = all.items.find((i) => i.name === example.item);
      if (item === undefined) return [];
      const engine = engineFor(all, example, cache);
      const { plain, given, bad, asOf } = ready(example, item, engine);
      const { facts, problems } = readFacts(all, item.entity, plain, example.at);
      if (bad.length + problems.length > 0) return [];
      return [{ example, item, facts, asOf, engine, given }];
    }),
  );
  return { ruleSet: all, cases };
}
