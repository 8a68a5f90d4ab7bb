/** Reading accounts, and the check that counters are what lines and entries say. */
import type { Row, Statements } from '@zhida/database';
import type { AccountName } from './transfer.ts';

export interface Account extends AccountName {
  readonly id: bigint;
  readonly most: bigint;
  readonly reserved: bigint;
  readonly held: bigint;
  readonly spent: bigint;
  /** most − reserved − held − spent. */
  readonly left: bigint;
}

interface AccountRow extends Row {
  readonly id: bigint;
  readonly kind: 'budget' | 'cap';
  readonly name: string;
  readonly key: readonly string[];
  readonly most: bigint;
  readonly reserved: bigint;
  readonly held: bigint;
  readonly spent: bigint;
}

/** All accounts, or those with these numbers, in the order of their numbers. */
export async function accounts(
  on: Statements,
  ids?: readonly bigint[],
): Promise<readonly Account[]> {
  const rows = await on.rows<AccountRow>(
    'SELECT id, kind, name, key, most, reserved, held, spent FROM ledger.account ' +
      'WHERE $1::bigint[] IS NULL OR id = ANY ($1) ORDER BY id',
    [ids ?? null],
  );
  return rows.map((r) => ({ ...r, left: r.most - r.reserved - r.held - r.spent }));
}

/** A counter that is not what its lines add up to. */
export interface Difference {
  readonly account: bigint;
  readonly what: string;
  readonly counter: bigint;
  readonly lines: bigint;
}

/** Compares every counter with its lines, its entries and its last allowance, in one snapshot. A
 *  difference stops all money. */
export async function reconcile(on: Statements): Promise<readonly Difference[]> {
  const found = await on.rows<Row & Difference>('SELECT * FROM ledger.differences()');
  const [first] = found;
  if (first !== undefined) {
    const reason = `account ${first.account}: ${first.what} is ${first.counter}, lines say ${first.lines}`;
    await on.run('SELECT ledger.stop_money($1)', [reason]);
  }
  return found;
}

/** Ends a halt, when nothing differs any more; false while something does. */
export async function resume(on: Statements, actor: string, why: string): Promise<boolean> {
  const { resumed } = await on.row<{ resumed: boolean }>(
    'SELECT ledger.resume_money($1, $2) AS resumed',
    [actor, why],
  );
  return resumed;
}
