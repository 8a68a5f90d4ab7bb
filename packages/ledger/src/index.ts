/** The door of `ledger`: budgets and caps as accounts; it has no word for policy. */
import type { Migration } from '@zhida/database';
import { accounts as accountTables } from './migrations/accounts.ts';
import { audit } from './migrations/audit.ts';
import { transfers } from './migrations/transfers.ts';

export { accounts, reconcile, resume } from './account.ts';
export type { Account, Difference } from './account.ts';
export { append, readAudit, seal } from './audit.ts';
export type { AuditRecord, AuditTables, Root, Seal } from './audit.ts';
export { expireDue } from './expire.ts';
export type { Expired } from './expire.ts';
export { allow, openAccount, post, recover, release, reserve } from './transfer.ts';
export type { AccountName, Asking, Done, Refusal, Stage } from './transfer.ts';
export { verifyAudit } from './verify-audit.ts';
export type { Broken, Verified } from './verify-audit.ts';

/** Steps of the ledger's schema, in order. */
export const ledgerMigrations: readonly Migration[] = [accountTables, transfers, audit];
