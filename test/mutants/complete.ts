/** What the examples of an item must show: every condition failed, every fact and gate unknown. */
import type { RuleSet } from '@zhida/rules';
import type { PackageReading } from './package.ts';
import { nodes } from './tree.ts';
import type { Expr } from './tree.ts';

type Item = RuleSet['items'][number];

/** Every expression that decides an item: its own, and those of its decisions and readings. */
function reached(item: Item, r: RuleSet): readonly Expr[] {
  const found: Expr[] = [];
  const seen = new Set<string>();
  const amount = item.amount === null ? [] : [item.amount];
  const stack = [...item.conditions.map((c) => c.expr), ...amount];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    for (const { node } of nodes(e, [])) {
      found.push(node);
      const name = node.k === 'decision' ? node.name : node.k === 'hits' ? node.table : '';
      const id = node.k === 'reading' ? node.id : '';
      if ((name === '' && id === '') || seen.has(`${name} ${id}`)) continue;
      seen.add(`${name} ${id}`);
      stack.push(...r.decisions.filter((d) => d.name === name).map((d) => d.expr));
      const readings = r.interpretations.filter((i) => i.id === id);
      stack.push(...readings.flatMap((i) => i.alternatives.flatMap((a) => a.expr ?? [])));
    }
  }
  return found;
}

/** The names behind a verdict word, without what is said of each: `不满足: 规模 差1亩、新建`. */
function named(verdict: string, word: string): readonly string[] {
  const rest = new RegExp(`^${word}[:：](.*)$`, 'u').exec(verdict.trim())?.[1] ?? '';
  return rest.split('、').map((n) => n.trim().split(/\s+差/u)[0] ?? '');
}

/** Facts that the examples of `item` never leave open, gates they never leave unjudged, and
 *  conditions they never fail. */
export function missingOf(p: PackageReading, item: Item): readonly string[] {
  const examples = p.examples.filter((b) => b.item === item.name).flatMap((b) => b.examples);
  const all = (word: string): ReadonlySet<string> =>
    new Set(examples.flatMap((e) => named(e.verdict, word)));
  const [failed, unknown, pending] = [all('不满足'), all('资料不足'), all('待认定')];
  const last = (name: string): string => name.split('.').at(-1) ?? '';
  const open = new Set([...unknown].map(last));
  const conditions = item.conditions.map((c) => c.name).filter((name) => !failed.has(name));
  const used = reached(item, p.ruleSet);
  const facts = used.flatMap((e) =>
    e.k === 'fact' && e.type.t !== 'entity' ? [last(e.path.join('.'))] : [],
  );
  const gates = used.flatMap((e) => (e.k === 'gate' ? [e.gate] : []));
  return [
    ...conditions.map((name) => `${item.name}: ${name} never fails`),
    ...[...new Set(facts)]
      .filter((f) => !open.has(f))
      .map((f) => `${item.name}: ${f} never unknown`),
    ...[...new Set(gates)]
      .filter((g) => !pending.has(g))
      .map((g) => `${item.name}: ${g} never unjudged`),
  ];
}
