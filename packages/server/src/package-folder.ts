/** Package folders on disk → files for `rules`; the defaults of the command line. */
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPackage } from '@zhida/rules';
import type { Language, PackageReading } from '@zhida/rules';
import { say } from './words.ts';
import { UsageError, reasonOf, shown } from './usage.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** What the commands take when nothing is said: the Benxi package and its sample. */
export const defaults: {
  readonly package: string;
  readonly facts: string;
  readonly asOf: string;
  /** Workbooks of the synthetic register. */
  readonly workbooks: string;
  /** The register; no part of the repository. */
  readonly store: string;
} = {
  package: join(root, 'policies/benxi-2023-10'),
  facts: join(root, 'examples/benxi/sample.json'),
  /** A day inside the sample's windows: the text was issued on 2023-11-22. */
  asOf: '2023-12-15',
  workbooks: join(root, 'examples/benxi/register'),
  store: join(root, 'data/register'),
};

/** Throws UsageError on a link that leads nowhere, or back to a folder it stands in. */
function isFolder(path: string): boolean {
  let why = 'ELOOP';
  try {
    if (!statSync(path).isDirectory()) return false;
    const real = realpathSync(path);
    if (!`${realpathSync(dirname(path))}${sep}`.startsWith(`${real}${sep}`)) return true;
  } catch (e) {
    why = reasonOf(e);
  }
  throw new UsageError('unreadable', { file: shown(path), why });
}

function walk(folder: string, list: string[]): string[] {
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name);
    if (name.startsWith('.')) continue;
    if (isFolder(path)) walk(path, list);
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
  // A zip archive: somebody saved the table as .xlsx.
  if (bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    throw new UsageError('workbook', { file: shown(path) });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new UsageError('not-utf8', { file: shown(path) });
  }
}

/** Says on standard error that a package with errors decides as a draft only. True when it does. */
export function warnDraft(reading: PackageReading, language: Language): boolean {
  const errors = reading.problems.filter((p) => p.severity === 'error').length;
  if (errors === 0) return false;
  const left = reading.undecidable.length === 0 ? '' : `: ${reading.undecidable.join(' ')}`;
  process.stderr.write(
    `${say('draft', language)} (${errors} ${say('errors', language)}, zhida check)${left}\n`,
  );
  return true;
}

/** Reads the package in `folder`. Throws UsageError when there is none. */
export function loadPackage(folder: string): PackageReading & { readonly folder: string } {
  const base = resolve(folder);
  let paths: string[];
  try {
    paths = walk(base, []);
  } catch (e) {
    if (e instanceof UsageError) throw e;
    const why = reasonOf(e);
    const kind = why === 'ENOENT' || why === 'ENOTDIR' ? 'no-folder' : 'unreadable';
    throw new UsageError(kind, { file: shown(base), why });
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
