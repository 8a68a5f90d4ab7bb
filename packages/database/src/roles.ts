/** The roles of an installation: who connects, and who owns what. None of them is a superuser. */
import { createHmac } from 'node:crypto';
import type { Connector } from './connection.ts';

/** - `app`: the application; reads and calls functions.
 *  - `ledger_owner`: owns balances; only its functions write them.
 *  - `audit_owner`: owns the chains.
 *  - `evaluator`: reads facts, writes nothing. */
export const ROLES = ['app', 'ledger_owner', 'audit_owner', 'evaluator'] as const;

export type Role = (typeof ROLES)[number];

const LOCK = 8_150_332;

/** Name of a role in PostgreSQL. */
export function roleName(role: Role): string {
  return `zhida_${role}`;
}

/** Makes the roles that are missing. The password of each follows from `secret`, so that every process
 *  that knows the secret knows them all. */
export async function makeRoles(
  superuser: Connector,
  secret: string,
): Promise<ReadonlyMap<Role, string>> {
  const passwords = new Map<Role, string>();
  await superuser.transact(async (on) => {
    // Two that start at once would alter the same rows.
    await on.run('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    for (const role of ROLES) {
      const name = roleName(role);
      const password = createHmac('sha256', secret).update(`zhida role ${role}`).digest('hex');
      const { there } = await on.row<{ there: boolean }>(
        'SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS there',
        [name],
      );
      const verb = there ? 'ALTER' : 'CREATE';
      await on.run(
        `${verb} ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS ` +
          `PASSWORD '${password}'`,
      );
      passwords.set(role, password);
    }
  });
  return passwords;
}
