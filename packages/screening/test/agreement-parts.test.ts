// Goal: what is left out of a plan changes nothing in what stays, and what is carried is the fact.
// Method: both SELECTs over the same boundary subjects in DuckDB, joined by identity; columns of one
// name must be equal, NULL included. docs/agreement.md
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compileSql } from '@zhida/rules';
import type { CompileOptions, ItemColumns, SqlPlan } from '@zhida/rules';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundaryBatches } from './agreement/boundaries.ts';
import { loaded } from './agreement/compare.ts';
import type { Batch } from './agreement/compare.ts';
import { lawOf, PACKAGES } from './agreement/package.ts';

type Part = NonNullable<CompileOptions['without']>[number];

const PARTS: readonly (readonly Part[])[] = [
  ['conditions'],
  ['missing'],
  ['potential'],
  ['caps'],
  ['measured'],
  ['conditions', 'missing', 'potential', 'caps', 'measured'],
];

/** Names of the columns of an item; its money only where the potential is part of it. */
function columnsOf(item: ItemColumns, without: readonly Part[]): readonly string[] {
  const { verdict, amount, hard, potential, payee, money } = item;
  return [
    verdict,
    ...[amount, hard, potential, payee].flatMap((c) => c ?? []),
    ...(without.includes('potential') || money === null ? [] : [money]),
    ...item.conditions.flatMap((c) => [
      c.column,
      ...(c.measured === null ? [] : [c.measured.value]),
    ]),
    ...[...item.state, ...item.missing, ...item.pending].map((c) => c.column),
    ...item.caps.flatMap((c) => [c.limit, ...c.keys]),
  ];
}

/** The first batch of each entity. */
function* onePerEntity(name: string): Generator<Batch> {
  const seen = new Set<string>();
  for (const batch of boundaryBatches(lawOf(name), { bases: 1, seed: 3 })) {
    if (seen.has(batch.entity)) continue;
    seen.add(batch.entity);
    yield batch;
  }
}

// On a machine that is busy with other tests.
const TIME_LIMIT = 240_000;

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(() => {
  connection.closeSync();
});

async function count(from: string): Promise<bigint> {
  const result = await connection.run(`SELECT count(*) FROM ${from}`);
  return (await result.getRows())[0]?.[0] as bigint;
}

async function leavesOut(batch: Batch, without: readonly Part[]): Promise<number> {
  const { engine, entity, asOf } = batch;
  const part: SqlPlan = compileSql(engine.ruleSet, entity, { asOf, without });
  const columns = part.items.flatMap((item) => columnsOf(item, without));
  const differ = columns.map((c) => `w.${c} IS DISTINCT FROM p.${c}`).join(' OR ');
  const joined = `whole AS w JOIN (${part.sql}) AS p ON p.id = w.id`;
  const where = `${entity} without ${without.join()}`;
  expect(await count(joined), where).toBe(await count('whole'));
  expect(await count(`${joined} WHERE ${differ}`), where).toBe(0n);
  return columns.length;
}

async function carries({ engine, entity, asOf }: Batch, whole: SqlPlan): Promise<number> {
  const [own] = whole.reads;
  const facts = (own?.columns ?? []).filter((c) => c.role === 'fact');
  if (own === undefined || facts.length === 0) return 0;
  const carry = facts.map((c) => c.label);
  const { sql, carried } = compileSql(engine.ruleSet, entity, { asOf, carry });
  const differ = facts.map((c) => `p.${carried.get(c.label)} IS DISTINCT FROM t.${c.name}`);
  const joined = `${own.name} AS t JOIN (${sql}) AS p ON p.id = t.id`;
  expect(await count(`${joined} WHERE ${differ.join(' OR ')}`), entity).toBe(0n);
  return facts.length;
}

it.each(PACKAGES)('of %s', { timeout: TIME_LIMIT }, async (name) => {
  let [left, carried] = [0, 0];
  for (const batch of onePerEntity(name)) {
    const whole = await loaded(connection, batch, compileSql);
    await connection.run(`CREATE OR REPLACE TABLE whole AS ${whole.sql}`);
    for (const without of PARTS) left += await leavesOut(batch, without);
    carried += await carries(batch, whole);
  }
  expect(left).toBeGreaterThan(500);
  expect(carried).toBeGreaterThan(10);
});
