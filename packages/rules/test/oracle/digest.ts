/** Prints the package's hash and the hash of many decisions; run by a test in a process of its own,
 *  in other time zones and languages. */
import { hashOf } from '../../src/canonical.ts';
import { prepare, readPackage } from '../../src/index.ts';
import { Draw } from './case.ts';
import { drawAny } from './knowledge.ts';
import { packageFiles } from './package-files.ts';
import { Random } from './random.ts';

const { ruleSet } = readPackage(packageFiles('benxi-2023-10'));
const engine = prepare(ruleSet);
const random = new Random(1);
const decisions = ruleSet.items.flatMap((item) =>
  Array.from({ length: 10 }, () => {
    const d = new Draw(random, new Map(), 0.2);
    drawAny(d, ruleSet, item.entity);
    const subject = { entity: item.entity, id: 'x', facts: d.facts };
    return engine.decide(item, subject, random.date('2023-12-31'), { trace: true });
  }),
);
process.stdout.write(`${ruleSet.hash} ${hashOf(decisions)}\n`);
