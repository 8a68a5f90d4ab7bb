// Goal: the comparison is not blind: a wrong compiler is noticed. Method: each slip of a list is made
// in a copy of the compiler, and a small set of cases is run until one column says something else
// than `decide`. A longer list: node bench/agreement.ts --mutants (docs/agreement.md).
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mutants } from './agreement/mutants.ts';
import type { Trial } from './agreement/mutation.ts';

interface Report {
  readonly sound: { readonly values: number; readonly said: readonly string[] };
  readonly trials: readonly Trial[];
}

it('notices every wrong compiler', { timeout: 240_000 }, () => {
  const program = fileURLToPath(new URL('agreement/mutation.ts', import.meta.url));
  const output = execFileSync(process.execPath, [program], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const { sound, trials } = JSON.parse(output) as Report;
  expect(sound.said).toEqual([]);
  expect(sound.values).toBeGreaterThan(100_000);
  expect(trials).toHaveLength(mutants.length);
  // `stale`: the text to replace is not in the compiler, or not once. Mend test/agreement/mutants.ts.
  const bad = trials.filter((t) => t.outcome !== 'difference' && t.outcome !== 'refused');
  expect(bad.map((t) => `${t.name}: ${t.outcome} ${t.detail}`)).toEqual([]);
});
