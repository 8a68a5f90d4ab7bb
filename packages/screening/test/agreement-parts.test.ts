// Goal: what is left out of a plan changes nothing in what stays, and what is carried is the fact.
// Method: both SELECTs over the same boundary subjects in DuckDB, joined by identity; columns of one
// name must be equal, NULL included. docs/agreement.md
import { DuckDBInstance } from '@duckdb/node-api';
import { compileSql } from '@zhida/rules';
import type { CompileOptions, ItemColumns, SqlPlan } from '@zhida/rules';
import { expect, it } from 'vitest';
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

it.each(PACKAGES)(
  'leaving out parts of %s changes no other column',
  { timeout: 240_000 },
  async (name) => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const rows = async (sql: string): Promise<bigint> =>
      (await (await connection.run(sql)).getRows())[0]?.[0] as bigint;
    let compared = 0;
    for (const batch of onePerEntity(name)) {
      const { engine, entity, asOf } = batch;
      const whole = await loaded(connection, batch, compileSql);
      await connection.run(`CREATE OR REPLACE TABLE whole AS ${whole.sql}`);
      for (const without of PARTS) {
        const part: SqlPlan = compileSql(engine.ruleSet, entity, { asOf, without });
        const columns = part.items.flatMap((item) => columnsOf(item, without));
        const differ = columns.map((c) => `w.${c} IS DISTINCT FROM p.${c}`).join(' OR ');
        const joined = `FROM whole AS w JOIN (${part.sql}) AS p ON p.id = w.id`;
        expect(await rows(`SELECT count(*) ${joined}`)).toBe(
          await rows('SELECT count(*) FROM whole'),
        );
        const where = `${entity} without ${without.join()}`;
        expect(await rows(`SELECT count(*) ${joined} WHERE ${differ}`), where).toBe(0n);
        compared += columns.length;
      }
    }
    connection.closeSync();
    expect(compared).toBeGreaterThan(500);
  },
);
