/** What a run must say, computed the slow way: the rules engine decides everybody one by one. */
import { PERSON, prepare } from '@zhida/rules';
import type { Decision, Engine, Item, RuleSet, Subject } from '@zhida/rules';

export interface Decided {
  readonly item: Item;
  readonly subject: Subject;
  readonly decision: Decision;
  readonly states: readonly (boolean | null)[];
}

export const AS_OF = '2023-12-15';

export function decideAll(
  ruleSet: RuleSet,
  subjects: readonly Subject[],
  readings: ReadonlyMap<string, string> = new Map(),
): { readonly engine: Engine; readonly all: readonly Decided[] } {
  const engine = prepare(ruleSet, readings);
  const all = subjects.flatMap((subject) =>
    ruleSet.items
      .filter((i) => i.entity === subject.entity && i.entity !== PERSON)
      .map((item) => ({
        item,
        subject,
        decision: engine.decide(item, subject, AS_OF),
        states: engine.measures(item, subject, AS_OF).map((m) => m.holds),
      })),
  );
  return { engine, all };
}

/** What a decision waits for, in the words of the 缺数清单: `fact 企业.规模 `, `gate 优秀 `. */
export function wantsOf({ missing, pending }: Decision): readonly string[] {
  const facts = missing.flatMap((m) =>
    m.months.length === 0 ? [`fact ${m.path} `] : m.months.map((x) => `fact ${m.path} ${x}`),
  );
  return [...facts, ...pending.map((p) => `gate ${p.gate} `)].toSorted();
}
