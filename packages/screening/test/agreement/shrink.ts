/** A difference made small: facts are taken away as long as the two executions still differ. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { FactRecord, FactValue } from '@zhida/rules';
import { compare, loaded, newTally } from './compare.ts';
import type { CompileSql, Difference } from './compare.ts';
import { Identities } from './examples.ts';

function without(facts: FactRecord, name: string): FactRecord {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => key !== name));
}

function smallerValue(value: FactValue | undefined): readonly FactValue[] {
  if (typeof value === 'bigint') {
    const cut = 10n ** BigInt(Math.max(0, String(value).length - 2));
    return [0n, 1n, (value / cut) * cut].filter((v) => v !== value && v < value);
  }
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return smaller(value as FactRecord);
  const rows = value as readonly FactRecord[];
  return rows.flatMap((row, i) => [
    rows.filter((_, n) => n !== i),
    ...smaller(row).map((r) => rows.with(i, r)),
  ]);
}

/** `facts` with one thing less, in every way. */
function smaller(facts: FactRecord): readonly FactRecord[] {
  return Object.keys(facts).flatMap((name) => [
    without(facts, name),
    ...smallerValue(facts[name]).map((v) => ({ ...facts, [name]: v })),
  ]);
}

const MOST_ROUNDS = 200;

/** The smallest case found that differs in the same field of the same item. */
export async function shrunk(
  connection: DuckDBConnection,
  compile: CompileSql,
  difference: Difference,
): Promise<Difference> {
  let best = difference;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { batch, subject, item, field } = best;
    const identities = new Identities(batch.engine.ruleSet);
    const subjects = smaller(subject.facts).map((facts) =>
      identities.subject(batch.entity, facts, subject.given),
    );
    const next = item === '' ? { ...batch, subjects } : { ...batch, subjects, items: [item] };
    const tally = newTally(Number.MAX_SAFE_INTEGER);
    await compare(connection, next, await loaded(connection, next, compile), tally);
    const size = (d: Difference): number => described(d.subject.facts).length;
    const [found] = tally.shown
      .filter((d) => d.item === item && d.field === field)
      .toSorted((a, b) => size(a) - size(b));
    if (found === undefined || size(found) >= size(best)) return best;
    best = found;
  }
  return best;
}

export function described(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v));
}

/** A difference in words, with all that is needed to see it again. */
export function differenceText({ batch, subject, item, field, ...both }: Difference): string {
  const { engine, entity, asOf, given, tight } = batch;
  const about = engine.ruleSet.items.find((i) => i.name === item);
  const used =
    about === undefined ? [] : engine.decide(about, { entity, ...subject }, asOf).readings;
  const readings = [...engine.readings].filter(([id]) => used.some((r) => r.id === id));
  return [
    `${engine.ruleSet.manifest.id} ${entity} ${item}: ${field}`,
    `  decide: ${both.inJavaScript}`,
    `  SQL:    ${both.inSql}`,
    `  as of ${asOf}, readings ${described(readings)}${tight ? ', tight widths' : ''}`,
    `  facts ${described(subject.facts)}`,
    ...(given.length === 0 ? [] : [`  given ${described([...(subject.given ?? [])])}`]),
  ].join('\n');
}
