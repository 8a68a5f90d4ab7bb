// `npm run bench`: measures, prints, asserts nothing. Arguments: `rules` (the default), `--quick`
// (some twenty seconds instead of a minute or two), `--json`.
import { json, text } from './report.ts';
import { benchRules } from './rules.ts';

const FLAGS = ['--quick', '--json'];
const BENCHES = ['rules'];
const args = process.argv.slice(2);
const unknown = args.find((arg) => !FLAGS.includes(arg) && !BENCHES.includes(arg));

if (unknown === undefined) {
  const report = await benchRules(args.includes('--quick'));
  process.stdout.write(args.includes('--json') ? json(report) : text(report));
} else {
  process.stderr.write(
    `Unknown argument "${unknown}". Next step: npm run bench -- ${[...BENCHES, ...FLAGS].join(' | ')}\n`,
  );
  process.exitCode = 1;
}
