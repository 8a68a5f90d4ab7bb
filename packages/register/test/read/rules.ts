// The Benxi package and its tables, read once for the tests of the reader.
import { readPackage, tablesOf } from '@zhida/rules';
import type { RuleSet, SqlTable } from '@zhida/rules';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const folder = join(import.meta.dirname, '../../../../policies/benxi-2023-10');

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((f) => f.isFile() && /\.(?:md|yaml|txt)$/u.test(f.name))
  .map((f) => join(f.parentPath, f.name))
  .toSorted()
  .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));

export const ruleSet: RuleSet = readPackage(files).ruleSet;
export const tables: readonly SqlTable[] = tablesOf(ruleSet);
