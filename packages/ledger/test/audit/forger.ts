/** What a superuser could do to the chains. Each forgery changes something that was sealed, then covers
 *  its tracks as well as can be: the thorough ones chain and seal anew whatever follows. */
import { createHash } from 'node:crypto';
import type { Statements } from '@zhida/database';
import type { AuditTables, Seal } from '../../src/index.ts';
import { merkleRoot } from '../../src/verify-audit.ts';

/** Tools of the forger; they exist in the test's database only. */
export const TOOLS = `
CREATE FUNCTION forge_chain(p_case text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE r audit.record; v_h bytea := sha256(audit.measured(p_case)); v_n bigint := 0;
BEGIN
  FOR r IN SELECT * FROM audit.record WHERE case_id = p_case ORDER BY n LOOP
    v_n := v_n + 1;
    v_h := sha256('sha256'::bytea || int8send(v_n) || v_h || audit.measured(r.body));
    UPDATE audit.record SET n = v_n, h = v_h WHERE case_id = p_case AND n = r.n;
  END LOOP;
  UPDATE audit.head SET n = v_n, h = v_h WHERE case_id = p_case;
  DELETE FROM audit.sealed WHERE case_id = p_case AND v_n = 0;
  UPDATE audit.sealed SET upto = least(upto, v_n) WHERE case_id = p_case;
  DELETE FROM audit.sealed AS s WHERE case_id = p_case AND EXISTS
    (SELECT FROM audit.sealed AS o WHERE o.case_id = p_case AND o.upto = s.upto AND o.seal < s.seal);
END $$`;

/** A record that a copied root covers, and another one. */
export interface Aim {
  readonly case: string;
  readonly n: bigint;
  readonly otherCase: string;
  readonly otherN: bigint;
  readonly text: string;
}

type Forgery = (on: Statements, aim: Aim) => Promise<unknown>;

const at = 'WHERE case_id = $1 AND n = $2';
const chain = (on: Statements, ...cases: readonly string[]): Promise<unknown> =>
  on.rows('SELECT forge_chain(c) FROM unnest($1::text[]) AS c', [[...new Set(cases)]]);
const forgeBody: Forgery = (on, a) =>
  on.run(`UPDATE audit.record SET body = body || $3 ${at}`, [a.case, a.n, a.text]);
const remove: Forgery = (on, a) => on.run(`DELETE FROM audit.record ${at}`, [a.case, a.n]);
const cut: Forgery = (on, a) =>
  on.run('DELETE FROM audit.record WHERE case_id = $1 AND n >= $2', [a.case, a.n]);
const swap: Forgery = (on, a) =>
  on.run(
    `UPDATE audit.record AS r SET body = o.body FROM audit.record AS o
     WHERE (r.case_id, r.n, o.case_id, o.n) IN (($1, $2, $3, $4), ($3, $4, $1, $2))`,
    [a.case, a.n, a.otherCase, a.otherN],
  );
const insert: Forgery = async (on, a) => {
  await on.run('UPDATE audit.record SET n = n + 1000 WHERE case_id = $1 AND n >= $2', [
    a.case,
    a.n,
  ]);
  await on.run("INSERT INTO audit.record VALUES ($1, $2, 'sha256', $3, sha256('x'))", [
    a.case,
    a.n,
    a.text,
  ]);
};

/** Left as they are: the chain itself is broken. */
export const CLUMSY: Readonly<Record<string, Forgery>> = {
  'flip a body': forgeBody,
  'flip a hash': (on, a) =>
    on.run(`UPDATE audit.record SET h = set_byte(h, 7, get_byte(h, 7) # 1) ${at}`, [a.case, a.n]),
  'delete a record': remove,
  'swap two bodies': swap,
  'insert a record': insert,
  'cut a chain': cut,
  'flip a root': (on, a) =>
    on.run(
      'UPDATE audit.seal SET root = sha256(root || $1::bytea) WHERE number = 1 + $2::bigint % 3',
      [a.text, a.n],
    ),
  'take away the last seal': (on) =>
    on.run('DELETE FROM audit.seal WHERE number = (SELECT max(number) FROM audit.seal)'),
  'take away the first seal': (on) => on.run('DELETE FROM audit.seal WHERE number = 1'),
};

/** Chained and sealed anew: only the copied roots can tell. */
export const THOROUGH: Readonly<Record<string, Forgery>> = {
  'rewrite a body and all after it': async (on, a) => {
    await forgeBody(on, a);
    await chain(on, a.case);
  },
  'delete a record and close the gap': async (on, a) => {
    await remove(on, a);
    await chain(on, a.case);
  },
  'swap two bodies and chain anew': async (on, a) => {
    await swap(on, a);
    await chain(on, a.case, a.otherCase);
  },
  'insert a record and chain anew': async (on, a) => {
    await insert(on, a);
    await chain(on, a.case);
  },
  'cut a chain and its seals': async (on, a) => {
    await cut(on, a);
    await chain(on, a.case);
  },
  'give a chain to another case': async (on, a) => {
    const to = `${a.case} ${a.text}`;
    for (const table of ['record', 'head', 'sealed']) {
      await on.run(`UPDATE audit.${table} SET case_id = $2 WHERE case_id = $1`, [a.case, to]);
    }
    await chain(on, to);
  },
};

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const eight = (n: bigint | number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(n));
  return bytes;
};

/** The tables with roots that fit what the forger left. */
export function sealedAnew({ records, seals }: AuditTables): AuditTables {
  let root: Buffer = Buffer.alloc(32);
  const done = new Map<string, bigint>();
  const anew = seals.map((seal): Seal => {
    const parts = seal.upto.toSorted((a, b) =>
      Buffer.compare(Buffer.from(a.case), Buffer.from(b.case)),
    );
    const leaves = parts.flatMap((part) => {
      const from = done.get(part.case) ?? 0n;
      done.set(part.case, part.n);
      const name = Buffer.from(part.case);
      return records
        .filter((r) => r.case === part.case && r.n > from && r.n <= part.n)
        .map((r) => sha256(Buffer.of(0), eight(name.length), name, eight(r.n), r.h));
    });
    root = merkleRoot([sha256(Buffer.of(0), root), ...leaves]);
    return { ...seal, root, records: BigInt(leaves.length) };
  });
  return { records, seals: anew };
}
