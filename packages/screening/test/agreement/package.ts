/** The packages of this repository, read from their folders. */
import { readFileSync, readdirSync } from 'node:fs';
import { exampleCases, readPackage } from '@zhida/rules';
import type { ExampleCase, RuleSet } from '@zhida/rules';
import { farthest } from './turning.ts';
import type { Far } from './turning.ts';

export const PACKAGES = ['benxi-2023-10', 'example-city'] as const;

type PackageFile = Parameters<typeof readPackage>[0][number];

/** One package: its rules, with the indicators among the items, and its worked examples. */
export interface Law {
  readonly name: string;
  readonly ruleSet: RuleSet;
  readonly cases: readonly ExampleCase[];
  /** How large the numbers of its subjects are made. */
  readonly far: Far;
}

function filesOf(name: string): readonly PackageFile[] {
  const root = new URL(`../../../../policies/${name}/`, import.meta.url);
  const walk = (folder: string): PackageFile[] =>
    readdirSync(new URL(folder === '' ? '.' : folder, root), { withFileTypes: true })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = `${folder}${entry.name}`;
        if (entry.isDirectory()) return walk(`${path}/`);
        return [{ path, text: readFileSync(new URL(path, root), 'utf8') }];
      });
  return walk('');
}

export function lawOf(name: string): Law {
  const { ruleSet, examples } = readPackage(filesOf(name));
  return { name, ...exampleCases(ruleSet, examples), far: farthest };
}
