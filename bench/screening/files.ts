// A register as files, and what both sides read of it.
import { join } from 'node:path';
import type { RuleSet } from '@zhida/rules';

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function parquet(folder: string, table: string): string {
  return `read_parquet('${join(folder, `${table}.parquet`).replaceAll("'", "''")}')`;
}

/** The prime rates as a table of its own, since the peer joins it: hundredths of a percent. */
function rates(ruleSet: RuleSet): { readonly table: string; readonly highest: bigint } {
  const found = ruleSet.parameters.find((p) => p.name === 'LPR');
  if (found === undefined) throw new Error('the package has no prime rates');
  const rows = found.rows.map((r) => `(DATE '${r.from}', ${r.values.join(', ')})`);
  const all = found.rows.flatMap((r) => r.values.map(BigInt));
  const highest = all.reduce((a, b) => (a > b ? a : b));
  return { table: `(VALUES ${rows.join(', ')}) rates(since, short, long)`, highest };
}

/** What the peer's SQL says for `{name}`. */
export function places(ruleSet: RuleSet, folder: string): (name: string) => string {
  const { table, highest } = rates(ruleSet);
  return (name) => {
    if (name === 'rates') return `(SELECT * FROM ${table})`;
    return name === 'highest' ? String(highest) : parquet(folder, name);
  };
}
