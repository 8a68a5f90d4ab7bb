/** The runs of a register: a folder each below one folder, found by number, by path, or as the last. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openRun } from '@zhida/screening';
import type { Run } from '@zhida/screening';
import { UsageError, shown } from './usage.ts';

function finished(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{16}$/u.test(name))
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'manifest.json')));
}

const madeAt = (path: string): number => statSync(join(path, 'manifest.json')).mtimeMs;

/** Finished runs, the latest first. */
export function runsIn(folder: string): readonly string[] {
  const times = new Map(finished(folder).map((path) => [path, madeAt(path)]));
  return [...times.keys()].toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
}

/** `last`: the latest run in `folder` but `other`; a number (its beginning is enough) or a path.
 *  Throws UsageError when there is none. */
export function findRun(asked: string, folder: string, other: string): Run {
  const runs = runsIn(folder);
  const path =
    asked === 'last'
      ? runs.find((p) => p !== other)
      : (runs.find((p) => p.startsWith(join(folder, asked))) ??
        (existsSync(join(asked, 'manifest.json')) ? resolve(asked) : undefined));
  if (path === undefined) {
    throw new UsageError('no-run', { file: asked === 'last' ? shown(folder) : asked });
  }
  return openRun(path);
}
