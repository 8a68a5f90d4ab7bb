import { DuckDBInstance } from '@duckdb/node-api';
import { compileSql, tablesOf } from '@zhida/rules';
import { lawOf, PACKAGES } from './package.ts';
import { exampleBatches } from './examples.ts';
import { compare, loaded, newTally } from './compare.ts';
import { writeFileSync } from 'node:fs';
const law=lawOf(PACKAGES[0]);
const inst=await DuckDBInstance.create(':memory:');
const db=await inst.connect();
const seen=new Set();
for (const b of exampleBatches(law)) { if (seen.has(b.entity)) continue; seen.add(b.entity);
  const full={...b, items: undefined, given: []}; delete (full as any).items;
  let t=performance.now(); const plan=await loaded(db, full as any, compileSql); const c=performance.now()-t;
  t=performance.now(); await db.run('EXPLAIN '+plan.sql); const e=performance.now()-t;
  t=performance.now(); await db.run(plan.sql); const r=performance.now()-t;
  await db.run("SET disabled_optimizers=''");
  console.log(b.entity, plan.items.length, plan.sql.length, {c,e,r});
  if (b.entity==='企业') writeFileSync('/tmp/gen/ag-plan.sql', plan.sql);
}
