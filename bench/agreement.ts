// Two executions, one meaning: `decide` and the compiled SELECTs in DuckDB over millions of cases
// (docs/agreement.md). The comparison itself lives with the tests of screening, which may know DuckDB
// and the rules; this starts it. Exit code 1 on a difference, or when a wrong compiler goes unnoticed.
//   node bench/agreement.ts --cases 1000000 --seed 1
//   node bench/agreement.ts --mutants
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const home = new URL('../packages/screening/test/agreement/', import.meta.url);

function started(program: string, args: readonly string[], output: 'inherit' | 'pipe'): string {
  const path = fileURLToPath(new URL(program, home));
  const { status, stdout } = spawnSync(process.execPath, [path, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', output, 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
  return stdout ?? '';
}

interface Report {
  readonly sound: { readonly differences: number; readonly said: readonly string[] };
  readonly trials: readonly {
    readonly name: string;
    readonly outcome: string;
    readonly detail: string;
    readonly milliseconds: number;
  }[];
}

function mutants(): void {
  const { sound, trials } = JSON.parse(started('mutation.ts', ['--all'], 'pipe')) as Report;
  for (const { name, outcome, milliseconds } of trials)
    process.stdout.write(`${outcome.padEnd(10)} ${String(milliseconds).padStart(6)} ms  ${name}\n`);
  const unnoticed = trials.filter((t) => t.outcome === 'survived' || t.outcome === 'stale');
  process.stdout.write(`${sound.said.join('\n')}\n`);
  process.stdout.write(
    `${trials.length} wrong compilers, ${unnoticed.length} unnoticed or stale; ` +
      `${sound.differences} differences of the right one\n`,
  );
  if (unnoticed.length + sound.differences > 0 || trials.length === 0) process.exitCode = 1;
}

const args = process.argv.slice(2);
if (args.includes('--mutants')) mutants();
else started('main.ts', args, 'inherit');
