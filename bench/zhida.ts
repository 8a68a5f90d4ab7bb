// Our engine as a contestant: typed facts in, a decision per scheme out, with or without its trace.
import { prepare, readFacts } from '@zhida/rules';
import type { Decision, Item, RuleSet, Subject as EngineSubject } from '@zhida/rules';
import { DECIDED_ON } from './cases.ts';
import type { Contestant } from './contest.ts';
import type { Answer } from './exact.ts';
import { packageFacts, RECORDS, SCHEMES } from './subject.ts';
import type { Subject } from './subject.ts';

const VERDICTS = { 满足: 'yes', 不满足: 'no', 资料不足: 'unknown', 待认定: 'unknown' } as const;

function answer(d: Decision): Answer {
  return { verdict: VERDICTS[d.verdict], fen: d.amount?.fen ?? null };
}

/** The item of each scheme, in the order of SCHEMES. */
function itemsOf(ruleSet: RuleSet): readonly Item[] {
  return SCHEMES.map((scheme) => {
    const item = ruleSet.items.find((i) => i.id === scheme.id && i.kind === '待遇');
    if (item === undefined) throw new Error(`the package has no money item ${scheme.id}`);
    return item;
  });
}

export function engineSubjects(ruleSet: RuleSet, subject: Subject): readonly EngineSubject[] {
  return SCHEMES.map(({ record }) => {
    const entity = RECORDS[record]?.entity ?? '';
    const at = { file: record, line: 1, column: 1 };
    const read = readFacts(ruleSet, entity, packageFacts(record, subject[record] ?? {}), at);
    const [bad] = read.problems;
    if (bad !== undefined) throw new Error(`${record}: ${bad.code} ${JSON.stringify(bad.params)}`);
    return { entity, id: record, facts: read.facts };
  });
}

export function zhida(ruleSet: RuleSet, trace: boolean): Contestant {
  const engine = prepare(ruleSet);
  const items = itemsOf(ruleSet);
  return {
    name: trace ? 'zhida, full trace' : 'zhida',
    ready: (subject) => {
      const subjects = engineSubjects(ruleSet, subject);
      const run = (): readonly Decision[] => {
        const decisions: Decision[] = [];
        for (let i = 0; i < items.length; i++) {
          const item = items[i];
          const one = subjects[i];
          if (item === undefined || one === undefined) continue;
          decisions.push(engine.decide(item, one, DECIDED_ON, { trace }));
        }
        return decisions;
      };
      const answers = (): ReadonlyMap<string, Answer> =>
        new Map(run().map((d) => [d.itemId, answer(d)]));
      return { run, answers };
    },
  };
}
