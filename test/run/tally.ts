// Counts what Vitest wrote down. Its own closing line leaves out files that never came to a test.
import { readFileSync } from 'node:fs';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface VitestJson {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** @param code the exit code of Vitest: a failure outside every test shows only there. */
export function readTally(file: string, code: number): Tally {
  try {
    return tallyOf(JSON.parse(readFileSync(file, 'utf8')) as VitestJson, code);
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

export function tallyOf(result: VitestJson, code: number): Tally {
  const stillborn = result.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const passed = result.numPassedTests;
  const counted = result.numFailedTests + stillborn.length;
  // A run without a test proves nothing.
  const unexplained = counted === 0 && (code !== 0 || passed === 0);
  const skipped = result.numPendingTests + result.numTodoTests;
  return { passed, failed: unexplained ? 1 : counted, skipped };
}

/** A narrowed run skips all the rest, by wish; that is not worth a word. */
export function tallyLine({ passed, failed, skipped }: Tally, narrowed: boolean): string {
  const rest = skipped > 0 && !narrowed ? `, ${skipped} skipped` : '';
  return `${passed} passed, ${failed} failed${rest}`;
}
