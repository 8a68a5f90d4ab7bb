/** Whether a database may hold money: what it must guarantee, and what was found. */
import type { Statements } from './connection.ts';

export interface Safety {
  /** `sandbox`: stamped when it was made; its money is play money and its clock can be set. */
  readonly kind: 'sandbox' | 'real';
  /** Why money is refused; empty when it is not. */
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

/** Settings that must be as said, else a commit that was acknowledged can be lost. */
const WANTED = [
  ['fsync', 'on', 'a committed payment could be lost in a crash'],
  ['full_page_writes', 'on', 'a crash could tear a page of the ledger'],
] as const;

/** Checks the server and the role that is asking. A sandbox may run without `fsync`; the role's rights
 *  count everywhere. */
export async function safetyOf(on: Statements): Promise<Safety> {
  const settings = await on.rows<{ name: string; setting: string }>(
    "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', " +
      "'synchronous_commit', 'data_checksums', 'server_version_num')",
  );
  const value = (name: string): string => settings.find((s) => s.name === name)?.setting ?? '';
  const { stamped } = await on.row<{ stamped: boolean }>(
    "SELECT EXISTS (SELECT FROM public.stamp WHERE kind = 'sandbox') AS stamped",
  );
  const rights = await on.row<{ over: boolean; copy: boolean }>(
    'SELECT rolsuper OR rolbypassrls OR pg_is_in_recovery() AS over, pg_is_in_recovery() AS copy ' +
      'FROM pg_roles WHERE rolname = current_user',
  );
  const unsafe = WANTED.filter(([name, wanted]) => value(name) !== wanted).map(
    ([name, wanted, why]) => `${name} is ${value(name)}, must be ${wanted}: ${why}`,
  );
  if (value('synchronous_commit') === 'off') {
    unsafe.push('synchronous_commit is off: a committed payment could be lost in a crash');
  }
  const always: string[] = [];
  if (Number(value('server_version_num')) < 150_000) {
    always.push('PostgreSQL is older than 15');
  }
  if (rights.copy) always.push('the server is a copy that follows another: money needs the first');
  else if (rights.over) always.push('the role may pass every check: connect as the application');
  return {
    kind: stamped ? 'sandbox' : 'real',
    refusals: stamped ? always : [...always, ...unsafe],
    warnings: [
      ...(value('data_checksums') === 'on' ? [] : ['data checksums are off']),
      ...(stamped ? unsafe : []),
    ],
  };
}
