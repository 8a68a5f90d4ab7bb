/** A run in a process of its own, for the test that kills it. Arguments: snapshot, runs, items. */
import { openSnapshot } from '@zhida/register';
import { screen } from '@zhida/screening';
import { AS_OF } from './naive.ts';
import { loadPackage } from './register.ts';

const [snapshot = '', folder = '', items = ''] = process.argv.slice(2);
const ruleSet = loadPackage('benxi-2023-10');
process.stdout.write('ready\n');
const question = {
  ruleSet,
  snapshot: await openSnapshot(snapshot),
  asOf: AS_OF,
  items: items.split(','),
};
await screen({
  ...question,
  folder,
  chunkRows: 20,
  onProgress: (p) => process.stdout.write(`${p.done}\n`),
});
process.stdout.write('finished\n');
