// The prime rates as peers take them: one row where a rate changed, newest first, in percent.
import type { RuleSet } from '@zhida/rules';
import type { Prime } from '../exact.ts';

export interface Rate {
  readonly from: string;
  /** Up to and above five years, in percent. */
  readonly short: number;
  readonly long: number;
}

function rows(ruleSet: RuleSet): readonly { from: string; values: readonly string[] }[] {
  const found = ruleSet.parameters.find((p) => p.name === 'LPR');
  if (found === undefined) throw new Error('the package has no prime rates');
  return found.rows;
}

/** Rows that repeat the rates before them are left out, as a careful author would. */
export function rates(ruleSet: RuleSet): readonly Rate[] {
  const changed = rows(ruleSet).filter(
    (row, i, all) => row.values.join() !== all[i - 1]?.values.join(),
  );
  return changed
    .map(({ from, values: [short = '', long = ''] }) => ({
      from,
      short: Number(short) / 100,
      long: Number(long) / 100,
    }))
    .toReversed();
}

/** The same for the exact calculation, in hundredths of a percent. */
export function prime(ruleSet: RuleSet): Prime {
  const all = rows(ruleSet);
  return (contract, longTerm) => {
    const row = all.findLast((r) => r.from <= contract);
    if (row === undefined) throw new Error(`no prime rate on ${contract}`);
    return BigInt(row.values[longTerm ? 1 : 0] ?? '');
  };
}
