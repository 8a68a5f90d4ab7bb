// `npm run bench -- rules`: our engine and four others on the same rules and subjects, in one run.
import { availableParallelism, cpus, loadavg } from 'node:os';
import { readPackage } from '@zhida/rules';
import { boundarySubjects, subjects } from './cases.ts';
import { errorsOf } from './correctness.ts';
import { PACKAGE, packageFiles } from './load.ts';
import { feelin } from './peers/feelin.ts';
import { jsonRulesEngine } from './peers/json-rules-engine.ts';
import { publicodes } from './peers/publicodes.ts';
import { prime } from './peers/rates.ts';
import { zen } from './peers/zen.ts';
import type { Line, Report } from './report.ts';
import { SCHEMES } from './subject.ts';
import { quantile, repeated, timings } from './timing.ts';
import type { Effort } from './timing.ts';
import { engineSubjects, zhida } from './zhida.ts';

interface Scale extends Effort {
  readonly compiles: number;
  readonly subjects: number;
  readonly boundaries: number;
}

const FULL: Scale = {
  rounds: 12,
  warmUpMs: 2000,
  turnMs: 400,
  compiles: 12,
  subjects: 120,
  boundaries: 400,
};
const QUICK: Scale = {
  rounds: 4,
  warmUpMs: 500,
  turnMs: 150,
  compiles: 5,
  subjects: 60,
  boundaries: 60,
};

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

export async function benchRules(quick: boolean): Promise<Report> {
  const scale = quick ? QUICK : FULL;
  const [loadBefore = 0] = loadavg();
  const files = packageFiles();
  const [first = 0, ...later] = repeated(scale.compiles + 1, () => readPackage(files));
  const { ruleSet } = readPackage(files);
  const contestants = [
    zhida(ruleSet, true),
    zhida(ruleSet, false),
    zen(ruleSet),
    jsonRulesEngine(ruleSet),
    publicodes(ruleSet),
    feelin(ruleSet),
  ];
  const timed = subjects(scale.subjects);
  const times = await timings(contestants, timed, scale);
  const lines: Line[] = [];
  for (const [i, contestant] of contestants.entries()) {
    const time = times[i];
    if (time === undefined) continue;
    const checked = [...timed, ...boundarySubjects(scale.boundaries)];
    const errors = await errorsOf(contestant, checked, prime(ruleSet));
    lines.push({ engine: contestant.name, ...time, errors });
  }
  const reading = timed.flatMap((s) => repeated(1, () => engineSubjects(ruleSet, s)));
  return {
    package: PACKAGE,
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    loadBefore,
    schemes: SCHEMES.length,
    compileMs: { first, median: median(later), runs: later.length },
    readFactsMicros: median(reading) * 1000,
    lines,
  };
}
