/** A process that imports and takes snapshots without end, to be killed: `node killed.ts <store>`. */
import { openRegister } from '../../src/store/register.ts';
import { ruleSet } from '../snapshot/policy.ts';
import { reading } from './lines.ts';

const register = await openRegister(process.argv[2] ?? '', ruleSet, { memory: '300MB' });
process.stdout.write('ready\n');
for (let n = register.imports().length; ; n++) {
  const lines = Array.from({ length: 3000 }, (_, i) => {
    const values = { 营业收入: BigInt(i), 名称: `第${i}户` };
    return ['企业', `9121${String(i).padStart(6, '0')}`, values] as const;
  });
  const dry = await register.stage(reading('年报', lines, { sha256: String(n) }));
  await dry.commit({ by: '甲', on: '2023-12-01' });
  process.stdout.write(`committed ${n + 1}\n`);
  await register.snapshot({ at: String(n) });
}
