import { lawOf, PACKAGES } from './package.ts';
import { randomBatches } from './draw.ts';
import { itemsOf, said } from './compare.ts';
for (const n of PACKAGES) {
  const law=lawOf(n);
  let t=performance.now(); let subs=0, decs=0; let gen=0, dec=0; const v=new Map(); const per=new Map();
  for (const b of randomBatches(law,{subjects:20000,batch:1000,seed:1})) {
    const t1=performance.now(); gen+=t1-t; subs+=b.subjects.length;
    for (const i of itemsOf(b)) for (const s of b.subjects) { const {decision,states}=said(b,i,s); decs++; v.set(decision.verdict,(v.get(decision.verdict)??0)+1);
     const k=i.name; per.set(k,per.get(k)??{}); per.get(k)[decision.verdict]=(per.get(k)[decision.verdict]??0)+1; } 
    t=performance.now(); dec+=t-t1;
  }
  console.log(n,{subs,decs,gen,dec},v);
  console.log([...per].map(([k,x])=>k+' '+JSON.stringify(x)).join('\n'));
}
