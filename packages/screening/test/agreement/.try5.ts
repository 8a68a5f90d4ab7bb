import { DuckDBInstance } from '@duckdb/node-api';
import { compileSql, tablesOf } from '@zhida/rules';
import { lawOf, PACKAGES } from './package.ts';
import { exampleBatches } from './examples.ts';
import { loaded } from './compare.ts';
import { writeFileSync } from 'node:fs';
const law=lawOf(PACKAGES[0]);
const inst=await DuckDBInstance.create(':memory:');
const db=await inst.connect();
const rows=[];
for (const b of exampleBatches(law)) { 
  let t=performance.now(); const plan=await loaded(db, b, compileSql); const c=performance.now()-t;
  t=performance.now(); await db.run(plan.sql); const r=performance.now()-t;
  rows.push({e:b.entity, items:b.items!.join(), asOf:b.asOf, rd:[...b.engine.readings].join(), given:b.given.join(), len: plan.sql.length, c:Math.round(c), r:Math.round(r)});
  if (r>5000) writeFileSync('/tmp/gen/ag-slow.sql', plan.sql);
}
rows.sort((a,b)=>b.r-a.r);
console.log(rows.slice(0,12), rows.reduce((s,x)=>s+x.r,0));
