// The two sides of the contest as statements: for each entity one, to Parquet or as totals.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Snapshot } from '@zhida/register';
import { compileSql } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import { DECIDED_ON } from '../cases.ts';
import { places } from './files.ts';
import { HANDS } from './hand/all.ts';
import { compiledSource, handSource, layoutSql } from './layouts.ts';
import type { Layout, Source } from './layouts.ts';

export const SIDES = ['compiled', 'hand'] as const;
export type Side = (typeof SIDES)[number];

/** Sources of all entities by side; makes the views that compiled plans read. */
export async function sourcesOf(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  snapshot: Snapshot,
): Promise<Readonly<Record<Side, ReadonlyMap<string, Source>>>> {
  const place = places(ruleSet, snapshot.folder);
  const compiled = new Map<string, Source>();
  for (const { entity } of HANDS) {
    const plan = compileSql(ruleSet, entity, {
      asOf: DECIDED_ON,
      without: ['measured'],
      magnitudes: snapshot.magnitudes(),
    });
    for (const sql of snapshot.viewsSql(plan.reads)) await connection.run(sql);
    compiled.set(entity, compiledSource(plan));
  }
  return { compiled, hand: new Map(HANDS.map((h) => [h.entity, handSource(h, place)])) };
}

/** What is run: one statement an entity. */
export function statementsOf(
  sources: ReadonlyMap<string, Source>,
  layout: Layout,
  folder: string,
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return [...sources].map(([entity, source]) => {
    const sql = layoutSql(layout, source);
    if (layout === 'totals') return sql;
    const file = join(folder, `${entity}.parquet`).replaceAll("'", "''");
    return `COPY (${sql}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 122880)`;
  });
}
