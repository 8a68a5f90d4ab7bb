/** Runs mutants against the examples of the blocks they change, and tallies who survives. */
import { runExamples } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import type { ExampleBlock, PackageReading } from './package.ts';
import { rootsOf } from './provision.ts';
import type { Mutant } from './provision.ts';
import { nodes } from './tree.ts';
import type { Expr } from './tree.ts';

/** What an expression refers to by name, as owners. */
function referred(e: Expr): readonly string[] {
  return nodes(e, []).flatMap(({ node }) => {
    if (node.k === 'decision') return [`决策 ${node.name}`];
    if (node.k === 'hits') return [`决策 ${node.table}`];
    return node.k === 'reading' ? [`解释 ${node.id}`] : [];
  });
}

/** For each owner of rules the items and indicators whose decisions it can change. */
export function reachOf(r: RuleSet): ReadonlyMap<string, ReadonlySet<string>> {
  const links = new Map<string, Set<string>>();
  const link = (from: string, to: string): void => {
    links.set(from, (links.get(from) ?? new Set()).add(to));
  };
  for (const root of rootsOf(r)) for (const to of referred(root.expr)) link(root.owner, to);
  for (const cap of r.caps) for (const item of cap.items) link(`待遇 ${item}`, `封顶 ${cap.name}`);
  const reached = new Map<string, Set<string>>();
  const tops = [...r.items.map((i) => `待遇 ${i.name}`), ...r.duties.map((d) => `指标 ${d.name}`)];
  for (const top of tops) {
    const seen = new Set([top]);
    for (const owner of seen) {
      for (const to of links.get(owner) ?? []) seen.add(to);
      reached.set(owner, (reached.get(owner) ?? new Set()).add(top.slice(3)));
    }
  }
  return reached;
}

export interface Survivor {
  readonly id: string;
  readonly operator: string;
}

export interface Tally {
  readonly operator: string;
  mutants: number;
  killed: number;
}

export interface Outcome {
  readonly mutants: number;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
  readonly byOperator: readonly Tally[];
}

/** The first block with an example that no longer holds, as an index; -1 when all hold. */
function killer(mutant: Mutant, ruleSet: RuleSet, blocks: readonly ExampleBlock[]): number {
  const changed = mutant.make(ruleSet);
  return blocks.findIndex((b) => runExamples(changed, [b]).some((e) => !e.passed));
}

/** Runs `mutants`, each against the examples of the items that its owner reaches. */
export function runMutants(p: PackageReading, mutants: readonly Mutant[]): Outcome {
  const reached = reachOf(p.ruleSet);
  const tallies = new Map<string, Tally>();
  const survivors: Survivor[] = [];
  const queues = new Map<string, ExampleBlock[]>();
  for (const m of mutants) {
    const { id, operator, owner } = m;
    const tally = tallies.get(operator) ?? { operator, mutants: 0, killed: 0 };
    tallies.set(operator, tally);
    tally.mutants++;
    const queue =
      queues.get(owner) ?? p.examples.filter((b) => reached.get(owner)?.has(b.item) === true);
    const at = killer(m, p.ruleSet, queue);
    if (at < 0) survivors.push({ id, operator });
    else tally.killed++;
    // What killed one mutant of a block often kills the next: it is tried first.
    queues.set(owner, [...queue.splice(at < 0 ? queue.length : at, 1), ...queue]);
  }
  const killed = mutants.length - survivors.length;
  return { mutants: mutants.length, killed, survivors, byOperator: [...tallies.values()] };
}
