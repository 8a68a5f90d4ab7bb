/** The long comparison, for `node bench/agreement.ts`: random subjects under both packages, then under
 *  invented rules. Prints what was compared; exit code 1 on a difference. */
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compileSql } from '@zhida/rules';
import { boundaryBatches } from './boundaries.ts';
import { compareAll, newTally } from './compare.ts';
import type { Batch, Tally } from './compare.ts';
import { randomBatches } from './draw.ts';
import { exampleBatches } from './examples.ts';
import { inventedBatches } from './invented-batches.ts';
import { lawOf, PACKAGES } from './package.ts';
import { differenceText, shrunk } from './shrink.ts';

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    batch: { type: 'string', default: '20000' },
    rules: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const [cases, batch, rules, seed] = [options.cases, options.batch, options.rules, options.seed].map(
  Number,
) as [number, number, number, number];

const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/gu, ',');

let differences = 0;

async function round(
  connection: DuckDBConnection,
  name: string,
  batches: Iterable<Batch>,
): Promise<Tally> {
  const tally = newTally();
  const start = performance.now();
  const before = process.cpuUsage();
  await compareAll(connection, batches, compileSql, tally);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const work = ((user + system) / 1e6).toFixed(1);
  const { subjects, decisions, values, cells, unknown } = tally;
  differences += tally.differences;
  const verdicts = [...tally.verdicts].map(([v, n]) => `${v} ${grouped(n)}`).join(', ');
  process.stdout.write(
    `${name}: ${grouped(subjects)} subjects, ${grouped(decisions)} decisions, ` +
      `${grouped(values)} values, ${((100 * unknown) / cells).toFixed(1)} % of facts unknown; ` +
      `${tally.differences} differences; ${seconds.toFixed(1)} s (${work} s of processors), ` +
      `${grouped(subjects / seconds)} subjects and ${grouped(values / seconds)} values a second\n` +
      `  ${verdicts}\n`,
  );
  const [first] = tally.shown;
  if (first !== undefined)
    process.stdout.write(`${differenceText(await shrunk(connection, compileSql, first))}\n`);
  return tally;
}

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const version = (await (await connection.run('SELECT version()')).getRows())[0]?.[0];
const certificates: string[] = [];
for (const name of PACKAGES) {
  const law = lawOf(name);
  const share = Math.ceil(cases / PACKAGES.length);
  const tallies = [
    await round(connection, `${name}, worked examples`, exampleBatches(law)),
    await round(connection, `${name}, boundaries`, boundaryBatches(law, { bases: 3, seed })),
    await round(
      connection,
      `${name}, random subjects`,
      randomBatches(law, { subjects: share, batch, seed }),
    ),
  ];
  const sum = (pick: (t: Tally) => number): number => tallies.reduce((n, t) => n + pick(t), 0);
  const row = {
    package: law.ruleSet.manifest.id,
    packageHash: law.ruleSet.hash,
    engine: 'duckdb',
    engineVersion: String(version),
    dialect: 'duckdb',
    settings: 'defaults, in memory',
    seed,
    cases: sum((t) => t.subjects),
    values: sum((t) => t.values),
    unknownShare: (sum((t) => t.unknown) / sum((t) => t.cells)).toFixed(3),
    differences: sum((t) => t.differences),
    date: new Date().toISOString().slice(0, 10),
  };
  certificates.push(JSON.stringify(row));
}
const inventions = { from: 10_000 * seed, rules, subjects: 400 };
await round(connection, `${rules} invented rule sets`, inventedBatches(compileSql, inventions));
process.stdout.write(`certificates:\n${certificates.join('\n')}\n`);
process.exitCode = differences === 0 ? 0 : 1;
