/** Package folders on disk → files for `rules`; the defaults of the command line. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPackage } from '@zhida/rules';
import type { PackageReading } from '@zhida/rules';
import { UsageError, reasonOf, shown } from './usage.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** What the commands take when nothing is said: the Benxi package and its sample. */
export const defaults: {
  readonly package: string;
  readonly facts: string;
  readonly asOf: string;
} = {
  package: join(root, 'policies/benxi-2023-10'),
  facts: join(root, 'examples/benxi/sample.json'),
  /** A day inside the sample's windows: the text was issued on 2023-11-22. */
  asOf: '2023-12-15',
};

function walk(folder: string, list: string[]): string[] {
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name);
    if (name.startsWith('.')) continue;
    if (statSync(path).isDirectory()) walk(path, list);
    else if (/\.(?:md|yaml|txt)$/u.test(name)) list.push(path);
  }
  return list;
}

/** Bytes as UTF-8, strictly: another encoding would change the law's characters unseen. */
export function readUtf8(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (e) {
    const why = reasonOf(e);
    throw new UsageError(why === 'ENOENT' ? 'no-file' : 'unreadable', { file: shown(path), why });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new UsageError('not-utf8', { file: shown(path) });
  }
}

/** Reads the package in `folder`. Throws UsageError when there is none. */
export function loadPackage(folder: string): PackageReading & { readonly folder: string } {
  const base = resolve(folder);
  let paths: string[];
  try {
    paths = walk(base, []);
  } catch {
    throw new UsageError('no-folder', { file: shown(base) });
  }
  if (!paths.some((p) => p === join(base, 'package.yaml'))) {
    throw new UsageError('no-manifest', { file: shown(base) });
  }
  const files = paths.map((path) => ({
    path: relative(base, path).split(sep).join('/'),
    text: readUtf8(path),
  }));
  return { ...readPackage(files), folder: base };
}
