/** A sandbox database for one test file, in a folder of its own that goes away with it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@zhida/database';
import type { Connector, Database } from '@zhida/database';
import { accounts, ledgerMigrations, openAccount, reconcile } from '../src/index.ts';

export interface Play {
  readonly database: Database;
  readonly app: Connector;
  /** A new database beside it, on the same server. Close it first. */
  beside(name: string): Promise<Database>;
  end(): Promise<void>;
}

export async function play(): Promise<Play> {
  const base = mkdtempSync(join(tmpdir(), 'zhida-ledger-'));
  // The account of PostgreSQL must be able to pass.
  chmodSync(base, 0o711);
  const options = {
    folder: join(base, 'database'),
    migrations: ledgerMigrations,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    sandbox: true,
    connections: 32,
  };
  const database = await openDatabase(options);
  return {
    database,
    app: database.as('app'),
    beside: (name) => openDatabase({ ...options, name }),
    end: async () => {
      await database.close();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** A budget with `most` 分 and no other name than its number. */
export function budgetOf(app: Connector, name: string, most: bigint): Promise<bigint> {
  const what = { kind: 'budget', name, key: [] } as const;
  return openAccount(app, 'test', what, { most, basis: '试' });
}

/** What is reserved on an account, after every counter was compared with its lines. */
export async function reservedOn(app: Connector, account: bigint): Promise<bigint> {
  const differences = await reconcile(app);
  if (differences.length > 0) throw new Error(`${differences.length} counters differ`);
  return (await accounts(app, [account]))[0]?.reserved ?? -1n;
}
