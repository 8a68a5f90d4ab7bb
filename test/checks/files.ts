// The files of the project, found on disk: a checkout that belongs to another user, or one without
// git, is read all the same.
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from './tool.ts';

// Not of our making, or not of the source: what .gitignore names, and git itself.
const SKIP = new Set([
  '.boot.lock',
  '.git',
  '.stryker-tmp',
  '.tsc',
  '.vitest.json',
  'coverage',
  'data',
  'node_modules',
  'reports',
]);

/** Paths of all files below `folder`, relative to it, with `/`, in alphabetical order. */
export function filesBelow(folder: string = root): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (SKIP.has(entry.name) || entry.name.endsWith('.local')) continue;
      const next = join(path, entry.name);
      if (entry.isDirectory()) visit(next);
      else if (entry.isFile()) found.push(relative(folder, next).split(sep).join('/'));
    }
  };
  visit(folder);
  return found.toSorted();
}

/** TypeScript and plain JavaScript. */
export function isCode(path: string): boolean {
  return /[.][cm]?[jt]sx?$/.test(path);
}

/** The sources of the packages: the floor under every count of files that a check claims to read. */
export function packageSources(): string[] {
  return filesBelow().filter((path) => /^packages\/[^/]+\/src\/.*[.]tsx?$/.test(path));
}
