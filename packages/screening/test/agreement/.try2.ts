import { lawOf, PACKAGES } from './package.ts';
import { prepare } from '@zhida/rules';
import { readingRounds, usualDay } from './boundaries.ts';
import { basesOf } from './base.ts';
import { askedBy, numbersAt } from './turning.ts';
import { Random } from './random.ts';
import { leafName } from './leaf.ts';
for (const n of PACKAGES) {
  const law=lawOf(n);
  for (const [r, readings] of readingRounds(law).entries()) { const engine=prepare(law.ruleSet, readings);
  for (const item of law.ruleSet.items) { const asOf=usualDay(law,item.entity); const asked=askedBy(engine,item);
    const bases=basesOf(engine,asked,law.cases,asOf,2,new Random(3));
    const vs=bases.map(f=>engine.decide(item,{entity:item.entity,id:'x',facts:f},asOf)).map(d=>d.verdict+(d.amount?.fen??'')+d.failed.map(f=>f.condition)+d.missing.map(f=>f.path));
    if (r===0 && asked.turns.length) console.log(item.name, asked.leaves.length, asked.turns.length, vs.join(' / '), asked.leaves.filter(l=>l.kind==='number'||l.kind==='month').map(l=>leafName(l)+':'+numbersAt(engine,asOf,asked,bases[0],l).join(' ')).slice(0,3).join('\n    '));
    else if (vs.some(v=>!v.startsWith('满足'))) console.log(r, item.name, vs.join(' / '));
  } }
}
