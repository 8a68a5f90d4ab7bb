/** The files of a policy package as the engine wants them, read from the checkout. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readPackage } from '../../src/index.ts';
import type { PackageFile, RuleSet } from '../../src/index.ts';

const policies = join(import.meta.dirname, '../../../../policies');

/** Path of a package folder such as `benxi-2023-10`. */
export function packageFolder(name: string): string {
  return join(policies, name);
}

/** All files of a package, in the order of their paths. */
export function packageFiles(name: string): readonly PackageFile[] {
  const folder = packageFolder(name);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => ({
      path: file.slice(folder.length + 1),
      text: readFileSync(file, 'utf8'),
    }));
}

/** The rules of a package that has no error. */
export function packageRuleSet(name: string): RuleSet {
  return readPackage(packageFiles(name)).ruleSet;
}
