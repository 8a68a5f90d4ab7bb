/** The audit chain: what was done in a case, in order, so that a change can be found afterwards. */
import type { Row, Statements } from '@zhida/database';

/** One record of a case: hₙ = SHA-256 over `alg`, n, hₙ₋₁, the body's length and the body; h₀ is the
 *  hash of the case's name. */
export interface AuditRecord {
  readonly case: string;
  /** From 1, without gap. */
  readonly n: bigint;
  readonly alg: string;
  readonly body: string;
  readonly h: Uint8Array;
}

/** What is to be copied off the database when a seal is made. */
export interface Root {
  readonly number: bigint;
  readonly root: Uint8Array;
}

/** A seal as the database keeps it. */
export interface Seal extends Root {
  /** How many records it added. */
  readonly records: bigint;
  /** How far the chains that had grown were sealed. */
  readonly upto: readonly { readonly case: string; readonly n: bigint }[];
}

/** Everything that `verifyAudit` reads. */
export interface AuditTables {
  readonly records: readonly AuditRecord[];
  readonly seals: readonly Seal[];
}

/** Adds a record to the chain of `caseId`, in the transaction of what it records: call it with the
 *  `on` of that transaction. `body` is kept as it is given, byte for byte: canonical JSON that names its
 *  time and holds hashes in the place of personal values. Who writes to several cases in one transaction
 *  takes them in one order. */
export async function append(
  on: Statements,
  caseId: string,
  body: string,
): Promise<{ readonly n: bigint; readonly h: Uint8Array }> {
  return on.row<Row & { n: bigint; h: Uint8Array }>('SELECT n, h FROM audit.append($1, $2)', [
    caseId,
    body,
  ]);
}

/** Seals every committed record that no seal holds. Copy the root off the database at once: what follows
 *  the last copied root can be cut off or rewritten unseen. */
export async function seal(on: Statements): Promise<Root & { readonly records: bigint }> {
  return on.row<Row & { number: bigint; root: Uint8Array; records: bigint }>(
    'SELECT number, root, records FROM audit.make_seal()',
  );
}

/** All records and seals, in order; `on` sees one moment only in a transaction of REPEATABLE READ. */
export async function readAudit(on: Statements): Promise<AuditTables> {
  const seals = await on.rows<Row & { number: bigint; root: Uint8Array; records: bigint }>(
    'SELECT number, root, records FROM audit.seal ORDER BY number',
  );
  const sealed = await on.rows<Row & { seal: bigint; case: string; n: bigint }>(
    'SELECT seal, case_id AS case, upto AS n FROM audit.sealed ORDER BY seal, case_id COLLATE "C"',
  );
  const records = await on.rows<Row & AuditRecord>(
    'SELECT case_id AS case, n, alg, body, h FROM audit.record ORDER BY case_id COLLATE "C", n',
  );
  const parts = Map.groupBy(sealed, (s) => s.seal);
  return { records, seals: seals.map((s) => ({ ...s, upto: parts.get(s.number) ?? [] })) };
}
