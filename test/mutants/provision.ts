/** All mutants of a rule set: every rule expression, and the frame of items, caps and readings. */
import type { RuleSet } from '@zhida/rules';
import { expressionChanges } from './expression.ts';
import type { Change } from './expression.ts';
import { tableChanges } from './table.ts';
import { nodes, replaceAt, without } from './tree.ts';
import type { Found, Path, Root } from './tree.ts';

/** One mutant. `owner` is the block whose rule it changes, `id` is unique in its package. */
export interface Mutant {
  readonly id: string;
  readonly operator: string;
  readonly owner: string;
  readonly make: (ruleSet: RuleSet) => RuleSet;
}

type Item = RuleSet['items'][number];
type Cap = RuleSet['caps'][number];
type Nature = NonNullable<Item['nature']>;

const AMOUNTS: readonly Nature[] = ['定额', '上限', '下限', '软上限'];
const WORDS: readonly Nature[] = ['参照', '未量化'];

/** Every expression of the rule set that examples can reach, with the block it belongs to. */
export function rootsOf(r: RuleSet): readonly Root[] {
  const decisions = r.decisions.map((d, i) => ({
    owner: `决策 ${d.name}`,
    part: '',
    path: ['decisions', i, 'expr'],
    expr: d.expr,
  }));
  const readings = r.interpretations.flatMap((n, i) =>
    n.alternatives.flatMap((a, j): Root[] => {
      const path = ['interpretations', i, 'alternatives', j, 'expr'];
      return a.expr === null ? [] : [{ owner: `解释 ${n.id}`, part: a.key, path, expr: a.expr }];
    }),
  );
  return [...decisions, ...readings, ...itemRoots(r), ...capRoots(r), ...dutyRoots(r)];
}

function itemRoots(r: RuleSet): readonly Root[] {
  return r.items.flatMap((item, i): Root[] => {
    const owner = `待遇 ${item.name}`;
    const conditions = item.conditions.map((c, j) => ({
      owner,
      part: c.name,
      path: ['items', i, 'conditions', j, 'expr'],
      expr: c.expr,
    }));
    const amount =
      item.amount === null
        ? []
        : [{ owner, part: '金额', path: ['items', i, 'amount'], expr: item.amount }];
    return [...conditions, ...amount];
  });
}

function capRoots(r: RuleSet): readonly Root[] {
  return r.caps.flatMap((cap, i): Root[] => {
    const owner = `封顶 ${cap.name}`;
    const keys = cap.keys.map((k, j) => ({
      owner,
      part: `按 ${k.label}`,
      path: ['caps', i, 'keys', j, 'expr'],
      expr: k.expr,
    }));
    const when =
      cap.when === null ? [] : [{ owner, part: '当', path: ['caps', i, 'when'], expr: cap.when }];
    const limit = { owner, part: '限额', path: ['caps', i, 'limit'], expr: cap.limit };
    return [...keys, limit, ...when];
  });
}

function dutyRoots(r: RuleSet): readonly Root[] {
  return r.duties.flatMap((d, i): Root[] =>
    d.formula === null
      ? []
      : [{ owner: `指标 ${d.name}`, part: '', path: ['duties', i, 'formula'], expr: d.formula }],
  );
}

/** A parameter read one row too early or too late. */
function parameterMutants(root: Root, found: Found): readonly Mutant[] {
  const { path, node } = found;
  if (node.k !== 'parameter') return [];
  return [1, -1].map((by): Mutant => {
    const said = by > 0 ? 'row after' : 'row before';
    const name = `${node.name} ${said}`;
    return {
      id: idOf(root, path, said),
      operator: 'parameter row shifted',
      owner: root.owner,
      make: (r) => {
        const parameters = r.parameters.flatMap((p) => {
          const values = p.rows.map((row) => row.values);
          const rows = p.rows.map((row, i) => {
            const at = Math.min(Math.max(i + by, 0), values.length - 1);
            return { ...row, values: values[at] ?? row.values };
          });
          return p.name === node.name ? [p, { ...p, name, rows }] : [p];
        });
        return replaceAt({ ...r, parameters }, path, { ...node, name });
      },
    };
  });
}

function idOf(root: Root, path: Path, said: string): string {
  const inner = path.slice(root.path.length).join('.');
  return `${[root.owner, root.part, inner].filter((x) => x !== '').join(' ')}: ${said}`;
}

function changed(root: Root, c: Change): Mutant {
  return {
    id: idOf(root, c.path, c.said),
    operator: c.operator,
    owner: root.owner,
    make: (r) => replaceAt(r, c.path, c.value),
  };
}

/** The different texts that the expressions of one block write, in their order. */
function textsOf(roots: readonly Root[]): readonly string[] {
  const found = roots.flatMap((root) =>
    nodes(root.expr, []).flatMap(({ node }) =>
      node.k === 'literal' && typeof node.value === 'string' && node.type.t === 'text'
        ? [node.value]
        : [],
    ),
  );
  return [...new Set(found)];
}

function ofRoot(root: Root, texts: readonly string[]): readonly Mutant[] {
  return nodes(root.expr, root.path).flatMap((found) => [
    ...expressionChanges(found, texts).map((c) => changed(root, c)),
    ...tableChanges(found).map((c) => changed(root, c)),
    ...parameterMutants(root, found),
  ]);
}

function mutant(owner: string, operator: string, said: string, make: Mutant['make']): Mutant {
  return { id: `${owner}: ${said}`, operator, owner, make };
}

function ofItem(item: Item, i: number): readonly Mutant[] {
  const owner = `待遇 ${item.name}`;
  const set = (field: keyof Item, value: unknown): Mutant['make'] => {
    return (r) => replaceAt(r, ['items', i, field], value);
  };
  const conditions = item.conditions.map((c, j) =>
    mutant(
      owner,
      'condition dropped',
      `without ${c.name}`,
      set('conditions', without(item.conditions, j)),
    ),
  );
  const { nature } = item;
  if (nature === null) return conditions;
  const natures = (AMOUNTS.includes(nature) ? AMOUNTS : WORDS).filter((n) => n !== nature);
  return [
    ...conditions,
    ...natures.map((n) => mutant(owner, 'nature changed', `${nature} → ${n}`, set('nature', n))),
    mutant(owner, '争取 changed', '争取', set('contingent', !item.contingent)),
  ];
}

function ofCap(cap: Cap, i: number): readonly Mutant[] {
  const owner = `封顶 ${cap.name}`;
  const set = (field: keyof Cap, value: unknown): Mutant['make'] => {
    return (r) => replaceAt(r, ['caps', i, field], value);
  };
  const items = cap.items.map((name, j) =>
    mutant(owner, 'item out of cap', `without ${name}`, set('items', without(cap.items, j))),
  );
  const keys = cap.keys.map((k, j) =>
    mutant(owner, 'cap key dropped', `without key ${k.label}`, set('keys', without(cap.keys, j))),
  );
  const when =
    cap.when === null ? [] : [mutant(owner, 'condition dropped', 'always', set('when', null))];
  return [...items, ...keys, ...when];
}

function ofReading(r: RuleSet): readonly Mutant[] {
  return r.interpretations.flatMap((n, i) =>
    n.alternatives
      .filter((a) => a.expr !== null && a.key !== n.chosen)
      .map((a) =>
        mutant(`解释 ${n.id}`, 'reading changed', `${n.chosen} → ${a.key}`, (set) =>
          replaceAt(set, ['interpretations', i, 'chosen'], a.key),
        ),
      ),
  );
}

/** Every mutant of the package, each once, in a fixed order. */
export function mutantsOf(r: RuleSet): readonly Mutant[] {
  const roots = rootsOf(r);
  const owners = Map.groupBy(roots, (root) => root.owner);
  const texts = new Map([...owners].map(([owner, list]) => [owner, textsOf(list)]));
  return [
    ...roots.flatMap((root) => ofRoot(root, texts.get(root.owner) ?? [])),
    ...r.items.flatMap(ofItem),
    ...r.caps.flatMap(ofCap),
    ...ofReading(r),
  ];
}
