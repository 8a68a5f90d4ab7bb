import { DuckDBInstance } from '@duckdb/node-api';
import { compileSql } from '@zhida/rules';
import { lawOf, PACKAGES } from './package.ts';
import { exampleBatches } from './examples.ts';
import { boundaryBatches } from './boundaries.ts';
import { randomBatches } from './draw.ts';
import { compare, loaded, newTally } from './compare.ts';
import { differenceText } from './shrink.ts';
const [kind='examples', n='2000', seed='1'] = process.argv.slice(2);
for (const name of PACKAGES) {
  const law=lawOf(name);
  const db=await (await DuckDBInstance.create(':memory:')).connect();
  const tally=newTally(1000); const errors=new Map(); let t0=performance.now(); let batches=0, load=0, cmp=0;
  const gen = kind==='examples'? exampleBatches(law) : kind==='boundaries'? boundaryBatches(law,{bases:2,seed:+seed}) : randomBatches(law,{subjects:+n,batch:2000,seed:+seed});
  for (const b of gen) { batches++;
    let step='compile'; const t1=performance.now();
    try { const plan=await loaded(db,b,compileSql); const t2=performance.now(); load+=t2-t1; step='run'; await compare(db,b,plan,tally); cmp+=performance.now()-t2; } catch(e) { const m=step+' '+String(e.stack).slice(0,600); errors.set(m,(errors.get(m)??0)+1); if (errors.size===1) console.log(b.entity,b.items,b.asOf); }
  }
  console.log(name, {...tally, shown: 0, batches, load, cmp, ms: performance.now()-t0});
  for (const [m,c] of errors) console.log(c,m);
  const groups=Map.groupBy(tally.shown, d=>d.item+' '+d.field);
  for (const [k,ds] of groups) { console.log('##',k,ds.length); for (const d of ds.slice(0,1)) console.log(differenceText(d).slice(0,1500)); }
}
