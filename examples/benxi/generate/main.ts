/** Writes the synthetic register of Benxi.
 *
 *      node examples/benxi/generate/main.ts --seed 20231122 --count 5000 --out <folder>
 *      node examples/benxi/generate/main.ts --count 10000000 --format csv --out <folder>
 *
 *  `--format workbooks` (the default): the files that bureaus would send, mappings and answers.
 *  `csv`, `parquet-csv`: one big table of text for each table of the register, for measurements. */
import { parseArgs } from 'node:util';
import { build } from './build.ts';
import { writeTables } from './stream/tables.ts';
import { outputs, writeAll } from './write.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20231122' },
    count: { type: 'string', default: '5000' },
    format: { type: 'string', default: 'workbooks' },
    out: { type: 'string' },
  },
});

function run(): string {
  const { seed, format, out } = values;
  const count = Number(values.count);
  if (out === undefined) return 'name the folder: --out <folder>';
  if (!Number.isSafeInteger(count) || count < 1) return '--count takes a whole number above 0';
  if (format === 'csv' || format === 'parquet-csv') {
    writeTables(seed, count, format, out, (n) => process.stderr.write(`\r${n} `));
    process.stderr.write(`\r${count} \n`);
    return '';
  }
  if (format !== 'workbooks') return '--format takes workbooks, csv or parquet-csv';
  // Serials of credit codes below 900,000; the forms stand in memory.
  if (count > 200_000) return 'workbooks are for up to 200,000 entities; take --format csv';
  writeAll(out, outputs(build(seed, count)));
  return '';
}

const wrong = run();
if (wrong !== '') {
  process.stderr.write(`${wrong}\n`);
  process.exitCode = 2;
}
