/** What every use case of the register works with. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RuleSet } from '@zhida/rules';
import { openDuck } from '../snapshot/duck.ts';
import type { Duck } from '../snapshot/duck.ts';
import { remove, sweep, unfinishedFolder } from '../snapshot/folder.ts';
import { checkDay } from './day.ts';
import { dayOf, inForce, readEntries } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Store } from './dry-run.ts';

export interface KnownOn {
  /** `YYYY-MM-DD`: as the register knew it at the end of that day; left out: as it knows it now. */
  readonly knownOn?: string;
}

export interface RegisterOptions {
  /** Memory before DuckDB writes to disk, as `2GB`. Left out: 400MB for imports, so that a million
   *  rows stay below 1 GB with all the rest of the process, and 1500MB for a snapshot. */
  readonly memory?: string;
}

/** The parts that every use case of the register needs. */
export interface Context {
  readonly store: Store;
  readonly ruleSet: RuleSet;
  readonly duck: () => Promise<Duck>;
  /** One of its own with more memory, for everything at once; close it afterwards. */
  readonly largeDuck: () => Promise<Duck>;
  /** Entries in force. */
  readonly entries: (known?: KnownOn) => readonly Entry[];
}

/** Runs `work` on a connection of its own. */
export async function connected<T>(
  { duck }: Pick<Context, 'duck'>,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await (await duck()).connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

/** All entries until the end of a day, in force or not. */
export function entriesUntil({ store }: Context, { knownOn = '' }: KnownOn): readonly Entry[] {
  if (knownOn !== '') checkDay(knownOn);
  return readEntries(store.imports).filter(
    (e) => knownOn === '' || dayOf(e.manifest.on) <= knownOn,
  );
}

export function contextOf(
  folder: string,
  ruleSet: RuleSet,
  { memory }: RegisterOptions,
): Context & { close(): Promise<void> } {
  const store = {
    folder,
    imports: join(folder, 'imports'),
    snapshots: join(folder, 'snapshots'),
  };
  for (const path of [store.imports, store.snapshots]) {
    mkdirSync(path, { recursive: true });
    sweep(path);
  }
  sweep(folder);
  let temp: string | undefined;
  let opened: Promise<Duck> | undefined;
  const open = (usual: string): Promise<Duck> => {
    temp ??= unfinishedFolder(folder);
    return openDuck({ temp, memory: memory ?? usual });
  };
  return {
    store,
    ruleSet,
    duck: () => (opened ??= open('400MB')),
    largeDuck: () => open('1500MB'),
    entries: ({ knownOn = '' } = {}) => {
      if (knownOn !== '') checkDay(knownOn);
      return inForce(readEntries(store.imports), knownOn);
    },
    close: async () => {
      (await opened)?.close();
      if (temp !== undefined) remove(temp);
    },
  };
}
