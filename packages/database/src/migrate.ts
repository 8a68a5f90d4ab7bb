/** Changes of the schema, each applied once and in order; what was applied never changes. */
import { createHash } from 'node:crypto';
import type { Connector } from './connection.ts';

/** One step of a room's schema. */
export interface Migration {
  /** Room and number: `ledger/001-accounts`. Applied in the order given. */
  readonly name: string;
  readonly sql: string;
}

/** A database that was made by other migrations than these. */
export class MigrationError extends Error {}

function hashOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

const LOCK = 8_150_331;

/** Applies what is missing, in one transaction, while others who want the same wait. Returns the
 *  names of the steps that were applied. */
export async function migrate(
  owner: Connector,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  return owner.transact(async (on) => {
    await on.run('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await on.run(
      'CREATE TABLE IF NOT EXISTS public.migration (name text PRIMARY KEY, hash text NOT NULL, ' +
        'number integer NOT NULL UNIQUE)',
    );
    const done = await on.rows<{ name: string; hash: string }>(
      'SELECT name, hash FROM public.migration ORDER BY number',
    );
    done.forEach(({ name, hash }, n) => {
      const own = migrations[n];
      if (own?.name !== name) {
        throw new MigrationError(
          `the database has step ${name} where this version has ${own?.name ?? 'none'}: it was made ` +
            'by another version; export it there and import it here',
        );
      }
      if (hashOf(own.sql) !== hash) {
        throw new MigrationError(`step ${name} was applied in another form: restore its text`);
      }
    });
    const open = migrations.slice(done.length);
    for (const [n, { name, sql }] of open.entries()) {
      await on.run(sql);
      await on.run('INSERT INTO public.migration (name, hash, number) VALUES ($1, $2, $3)', [
        name,
        hashOf(sql),
        done.length + n + 1,
      ]);
    }
    return open.map((m) => m.name);
  });
}
