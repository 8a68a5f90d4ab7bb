/** The check of an audit chain without its database: rows in, the first wrong place out. */
import { createHash } from 'node:crypto';
import type { AuditRecord, AuditTables, Root, Seal } from './audit.ts';

/** The first thing that is not as it was written. */
export type Broken =
  /** A record is missing before this one, or this one stands twice. */
  | { readonly broken: 'gap'; readonly case: string; readonly n: bigint }
  /** Body, number or hash of this record, or the record before it, is another. */
  | { readonly broken: 'record'; readonly case: string; readonly n: bigint }
  /** A sealed record is not there. */
  | { readonly broken: 'cut'; readonly case: string; readonly n: bigint; readonly seal: bigint }
  /** A seal is missing before this one, or it seals less of a case than the one before. */
  | { readonly broken: 'seals'; readonly seal: bigint }
  /** What the seal covers does not give its root: something was changed and chained anew. */
  | { readonly broken: 'root'; readonly seal: bigint }
  /** The database has no such seal, or one with another root than the copy. */
  | { readonly broken: 'copy'; readonly seal: bigint };

export interface Verified {
  readonly broken?: undefined;
  readonly records: number;
  readonly seals: number;
  /** Records that lie under a root which was copied off the database: these are proved. */
  readonly proved: number;
}

const START = Buffer.alloc(32);
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function eight(n: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(n);
  return bytes;
}

function measured(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([eight(BigInt(bytes.length)), bytes]);
}

/** Places in the order of their cases' bytes, then numbers. */
function byPlace(
  a: { readonly case: string; readonly n: bigint },
  b: { readonly case: string; readonly n: bigint },
): number {
  const cases = Buffer.compare(Buffer.from(a.case), Buffer.from(b.case));
  return cases === 0 ? Number(a.n - b.n) : cases;
}

/** Records of each case, or the first that does not follow from the one before it. */
function chains(records: readonly AuditRecord[]): Map<string, AuditRecord[]> | Broken {
  const found = new Map<string, AuditRecord[]>();
  for (const record of records.toSorted(byPlace)) {
    const { case: caseId, n, alg, body, h } = record;
    const chain = found.get(caseId) ?? [];
    if (n !== BigInt(chain.length) + 1n) return { broken: 'gap', case: caseId, n };
    const before = chain.at(-1)?.h ?? sha256(measured(caseId));
    const wanted = sha256(Buffer.from(alg), eight(n), before, measured(body));
    if (alg !== 'sha256' || !wanted.equals(h)) return { broken: 'record', case: caseId, n };
    chain.push(record);
    found.set(caseId, chain);
  }
  return found;
}

/** Root of a Merkle tree; the last of an odd level rises as it is. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = leaves;
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left = START, right] = [level[i], level[i + 1]];
      next.push(right === undefined ? left : sha256(NODE, left, right));
    }
    level = next;
  }
  return level[0] ?? START;
}

/** Leaves that a seal adds to what was sealed before it, or what is wrong with it. */
function leavesOf(
  seal: Seal,
  sealed: Map<string, bigint>,
  found: ReadonlyMap<string, readonly AuditRecord[]>,
): Buffer[] | Broken {
  const leaves: Buffer[] = [];
  for (const { case: caseId, n } of seal.upto.toSorted(byPlace)) {
    const from = sealed.get(caseId) ?? 0n;
    if (n <= from) return { broken: 'seals', seal: seal.number };
    const chain = found.get(caseId) ?? [];
    if (BigInt(chain.length) < n) {
      return { broken: 'cut', case: caseId, n: BigInt(chain.length) + 1n, seal: seal.number };
    }
    for (const record of chain.slice(Number(from), Number(n))) {
      leaves.push(sha256(LEAF, measured(caseId), eight(record.n), record.h));
    }
    sealed.set(caseId, n);
  }
  return leaves;
}

/** Checks every chain, then every seal against what it covers, then the copied roots against the seals.
 *  Without a copied root a superuser can rewrite everything and seal it anew: `proved` is then 0. What
 *  was added after the last copied root can always be cut off unseen. */
export function verifyAudit(
  { records, seals }: AuditTables,
  copies: readonly Root[],
): Verified | Broken {
  const found = chains(records);
  if ('broken' in found) return found;
  const sealed = new Map<string, bigint>();
  const copied = new Map(copies.map((c) => [c.number, Buffer.from(c.root)]));
  let root: Buffer = START;
  let all = 0;
  let proved = 0;
  let number = 0n;
  for (const seal of seals) {
    number += 1n;
    if (seal.number !== number) return { broken: 'seals', seal: number };
    const leaves = leavesOf(seal, sealed, found);
    if ('broken' in leaves) return leaves;
    root = merkleRoot([sha256(LEAF, root), ...leaves]);
    const copy = copied.get(number);
    if (copy !== undefined && !copy.equals(root)) return { broken: 'copy', seal: number };
    if (!root.equals(seal.root) || BigInt(leaves.length) !== seal.records) {
      return { broken: 'root', seal: number };
    }
    all += leaves.length;
    if (copy !== undefined) proved = all;
  }
  const missing = copies.find((c) => c.number > number);
  if (missing !== undefined) return { broken: 'copy', seal: missing.number };
  return { records: records.length, seals: seals.length, proved };
}
