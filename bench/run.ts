// `npm run bench`: measures, prints, asserts nothing. Arguments: `rules` (the default), `screening`,
// `--quick` (rules: some twenty seconds instead of a minute or two; screening: 200,000 enterprises),
// `--rows <n>` (screening: enterprises of the largest register), `--json`.
import { json, text } from './report.ts';
import { benchRules } from './rules.ts';
import { screeningText } from './screening/report.ts';
import { benchScreening } from './screening/screening.ts';

const FLAGS = ['--quick', '--json', '--rows'];
const BENCHES = ['rules', 'screening'];
const FULL_ROWS = 10_000_000;
const QUICK_ROWS = 200_000;

const args = process.argv.slice(2);
const at = args.indexOf('--rows');
const rows = at < 0 ? undefined : Number(args[at + 1]);
const words = at < 0 ? args : args.toSpliced(at, 2);
const quick = words.includes('--quick');
const unknown = words.find((arg) => !FLAGS.includes(arg) && !BENCHES.includes(arg));

async function bench(): Promise<string> {
  if (words.includes('screening')) {
    const report = await benchScreening({
      rows: rows ?? (quick ? QUICK_ROWS : FULL_ROWS),
      note: (line) => process.stderr.write(`${line} …\n`),
    });
    return words.includes('--json') ? json(report) : screeningText(report);
  }
  const report = await benchRules(quick);
  return words.includes('--json') ? json(report) : text(report);
}

if (unknown !== undefined) {
  process.stderr.write(
    `Unknown argument "${unknown}". Next step: npm run bench -- ${[...BENCHES, ...FLAGS].join(' | ')}\n`,
  );
  process.exitCode = 1;
} else if (rows !== undefined && !(Number.isSafeInteger(rows) && rows >= 1000)) {
  process.stderr.write('--rows takes a whole number from 1000 on. Next step: --rows 200000\n');
  process.exitCode = 1;
} else process.stdout.write(await bench());
