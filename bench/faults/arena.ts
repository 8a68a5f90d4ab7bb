// A database of its own in a temporary folder, with accounts to fight for.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@zhida/database';
import type { Database, OpenOptions } from '@zhida/database';
import { ledgerMigrations, openAccount } from '@zhida/ledger';
import type { On } from './command.ts';

export interface Arena {
  /** Opens a database of this folder, again after its server was killed. */
  open(name: string, more?: Partial<OpenOptions>): Promise<Database>;
  /** Where a process can write down what it does. */
  file(name: string): string;
  remove(): void;
}

export function arena(): Arena {
  const base = mkdtempSync(join(tmpdir(), 'zhida-faults-'));
  // The account of PostgreSQL must be able to pass.
  chmodSync(base, 0o711);
  return {
    open: (name, more = {}) =>
      openDatabase({ folder: join(base, 'database'), name, migrations: ledgerMigrations, ...more }),
    file: (name) => join(base, name),
    remove: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Opens `count` accounts of `most` 分; their numbers as texts. */
export async function openAccounts(
  on: On,
  kind: 'budget' | 'cap',
  name: string,
  count: number,
  most: bigint,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const what = { kind, name, key: [String(i)] };
    ids.push(String(await openAccount(on, 'arena', what, { most, basis: '试' })));
  }
  return ids;
}
