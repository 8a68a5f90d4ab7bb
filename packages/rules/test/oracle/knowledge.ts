/** Facts that become unknown and known again: for laws about what more knowledge may change. */
import type { Decision, Item, RuleSet } from '../../src/index.ts';
import type { Draw, Fact, Facts } from './case.ts';

type Entity = RuleSet['entities'][number];

function entityOf(ruleSet: RuleSet, name: string): Entity | undefined {
  return ruleSet.entities.find((e) => e.name === name);
}

/** Dates of which every parameter of the package knows the value. */
const DATES = ['2022-08-22', '2023-01-01', '2023-06-20', '2023-11-22', '2023-12-31'];

/** Any value of each fact of an entity, by its type alone. */
export function drawAny(d: Draw, ruleSet: RuleSet, entity: string, depth = 0): void {
  for (const { name, type } of entityOf(ruleSet, entity)?.facts ?? []) {
    if (type.t === 'bool') d.evenly(name);
    else if (type.t === 'number') d.number(name, [1n, 100n, 10_000n]);
    else if (type.t === 'date') d.date(name, ...DATES);
    else if (type.t === 'text') d.word(name, type.options ?? ['a', 'b'], []);
    else if (type.t === 'months') d.value(name, {});
    else if (depth < 2 && (type.t === 'entity' || type.t === 'rows')) {
      const row = d.row();
      drawAny(row, ruleSet, type.entity, depth + 1);
      d.value(name, type.t === 'rows' ? [row.facts] : row.facts);
    }
  }
  for (const gate of ruleSet.gates) if (gate.entity === entity) d.gate(gate.name);
}

function isNested(value: Fact | undefined): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same facts, some of them unknown. */
export function hidden(facts: Facts, d: Draw, p: number): Facts {
  const entries = Object.entries(facts).flatMap(([name, value]): [string, Fact][] => {
    if (d.random.chance(p)) return [];
    if (Array.isArray(value)) {
      return [[name, (value as readonly Facts[]).map((row) => hidden(row, d, p))]];
    }
    return [[name, isNested(value) ? hidden(value, d, p / 4) : (value ?? null)]];
  });
  return Object.fromEntries(entries);
}

/** What `path` (behind the entity) holds in `facts`, as `fill` would put it. */
function filled(
  here: Facts,
  from: Facts,
  path: readonly string[],
  months: readonly string[],
): Facts {
  const [name = '', ...rest] = path;
  const [now, then] = [here[name], from[name]];
  if (rest.length > 0 && Array.isArray(now)) {
    const source = Array.isArray(then) ? (then as readonly Facts[]) : [];
    const rows = (now as readonly Facts[]).map((row, i) => {
      const other = source[i % Math.max(1, source.length)] ?? {};
      return (row[rest[0] ?? ''] ?? null) === null ? filled(row, other, rest, months) : row;
    });
    return { ...here, [name]: rows };
  }
  if (rest.length > 0 && isNested(now)) {
    return { ...here, [name]: filled(now, isNested(then) ? then : {}, rest, months) };
  }
  if (months.length > 0) {
    const figures = isNested(then) ? then : {};
    const added = Object.fromEntries(months.map((m) => [m, figures[m] ?? 0n]));
    return { ...here, [name]: { ...(isNested(now) ? now : {}), ...added } };
  }
  return { ...here, [name]: then ?? null };
}

/** The facts with everything that the decision asks for taken from `source`. */
export function answered(facts: Facts, decision: Decision, source: Facts, item: Item): Facts {
  let result = facts;
  for (const { path, months } of decision.missing) {
    const [head, ...rest] = path.split('.');
    if (head === item.entity) result = filled(result, source, rest, months);
  }
  for (const { gate } of decision.pending) {
    const key = `认定 ${gate}`;
    result = { ...result, [key]: source[key] ?? true };
  }
  return result;
}

/** The same facts without one that `path` names. */
export function without(facts: Facts, path: readonly string[]): Facts {
  const [name = '', ...rest] = path;
  const now = facts[name];
  if (rest.length === 0) return { ...facts, [name]: null };
  if (Array.isArray(now)) {
    return { ...facts, [name]: (now as readonly Facts[]).map((row) => without(row, rest)) };
  }
  return isNested(now) ? { ...facts, [name]: without(now, rest) } : facts;
}
