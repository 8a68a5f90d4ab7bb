/** The package of Benxi, read from its folder. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { readPackage } from '@zhida/rules';
import type { PackageFile, RuleSet, SqlTable } from '@zhida/rules';
import { tablesOf } from '@zhida/rules';

const folder = fileURLToPath(new URL('../../../../policies/benxi-2023-10', import.meta.url));

export function policyFiles(): readonly PackageFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(?:md|yaml|txt)$/u.test(name))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

export const ruleSet: RuleSet = readPackage(policyFiles()).ruleSet;

export function tableOf(label: string): SqlTable {
  const table = tablesOf(ruleSet).find((t) => t.label === label);
  if (table === undefined) throw new Error(`no table ${label}`);
  return table;
}
