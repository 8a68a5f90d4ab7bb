/** The audit chain: one transaction with what it records; what a superuser changes is found, or it is said
 *  that it cannot be. Forgeries are made in PostgreSQL with every trigger off, and rolled back. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Connector, Statements } from '@zhida/database';
import { append, readAudit, reserve, seal, verifyAudit } from '../src/index.ts';
import type { AuditTables, Root } from '../src/index.ts';
import { CLUMSY, THOROUGH, TOOLS, sealedAnew } from './audit/forger.ts';
import type { Aim } from './audit/forger.ts';
import { budgetOf, play, reservedOn } from './play.ts';
import type { Play } from './play.ts';

const TRIES = 1_050;
/** In the order of bytes the second comes last, in the order of a dictionary it does not. */
const CASES = ['本溪-2024-0001', '溪湖-2024-0001', 'Z-3', 'a-4', 'B-5'];

let here: Play;
let app: Connector;
let owner: Connector;
/** Roots as they were copied off the database. */
const copies: Root[] = [];
/** How far each case is covered by a copied root. */
const covered = new Map<string, bigint>();

beforeAll(async () => {
  here = await play();
  ({ app } = here);
  ({ owner } = here.database);
  await owner.run(TOOLS);
  for (let round = 1; round <= 3; round += 1) {
    for (let i = 0; i < 14; i += 1) {
      const name = CASES[(i * round + i) % CASES.length] ?? '';
      const body = JSON.stringify({ round, i, 步骤: '初审' });
      covered.set(name, (await append(app, name, body)).n);
    }
    copies.push(await seal(app));
  }
  for (const name of CASES.slice(0, 2)) await append(app, name, '{"after":"the last seal"}');
});

afterAll(() => here.end());

/** What the verifier would read after `forge`; then everything is as before. */
async function forged(forge: (on: Statements) => Promise<unknown>): Promise<AuditTables> {
  let tables: AuditTables | undefined;
  await owner
    .transact(async (on) => {
      // tidy-allow word: the name of a setting of PostgreSQL
      await on.run('SET LOCAL session_replication_role = replica');
      await forge(on);
      tables = await readAudit(on);
      throw new Error('rolled back');
    })
    .catch((e: unknown) => {
      if (tables === undefined) throw e;
    });
  if (tables === undefined) throw new Error('nothing was read');
  return tables;
}

test('what was not touched is proved as far as it was copied', async () => {
  const tables = await readAudit(app);
  expect(verifyAudit(tables, copies)).toEqual({ records: 44, seals: 3, proved: 42 });
  expect(verifyAudit(tables, copies.slice(0, 1))).toMatchObject({ proved: 14 });
  expect(verifyAudit(tables, [])).toMatchObject({ proved: 0 });
  expect(verifyAudit({ records: [], seals: [] }, [])).toMatchObject({ records: 0 });
  expect(sealedAnew(tables)).toEqual(tables);
});

const aims: fc.Arbitrary<Aim> = fc
  .record({
    which: fc.nat(CASES.length - 1),
    other: fc.nat(CASES.length - 1),
    n: fc.nat(100),
    otherN: fc.nat(100),
    text: fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('a', '9', '改', ' ') }),
  })
  .map(({ which, other, n, otherN, text }) => {
    const [caseId = '', otherCase = ''] = [CASES[which], CASES[other]];
    const within = (c: string, i: number): bigint => 1n + (BigInt(i) % (covered.get(c) ?? 1n));
    return {
      case: caseId,
      n: within(caseId, n),
      otherCase,
      otherN: within(otherCase, otherN),
      text,
    };
  });

test(`of ${TRIES} forgeries by a superuser each is found`, async () => {
  const all = [...Object.entries(CLUMSY), ...Object.entries(THOROUGH)];
  const found = new Map<string, Set<string>>();
  let tries = 0;
  const forgeries = fc.tuple(fc.constantFrom(...all), aims);
  await fc.assert(
    fc.asyncProperty(forgeries, async ([[name, forge], aim]) => {
      const same = aim.case === aim.otherCase && aim.n === aim.otherN;
      if (same && name.startsWith('swap')) return;
      const left = await forged((on) => forge(on, aim));
      const thorough = Object.hasOwn(THOROUGH, name);
      const tables = thorough ? sealedAnew(left) : left;
      // A thorough one is perfect in itself: without a copied root nobody could tell.
      const alone = verifyAudit(tables, []).broken;
      expect(thorough ? alone : undefined, name).toBeUndefined();
      const { broken } = verifyAudit(tables, copies);
      tries += 1;
      expect(broken, name).toBeDefined();
      found.set(name, (found.get(name) ?? new Set()).add(broken ?? ''));
    }),
    { numRuns: TRIES },
  );
  expect(tries).toBeGreaterThanOrEqual(1000);
  expect([...found.keys()].toSorted()).toEqual(all.map(([name]) => name).toSorted());
  expect([...new Set([...found.values()].flatMap((s) => [...s]))].toSorted()).toEqual(
    ['copy', 'cut', 'gap', 'record', 'root', 'seals'].toSorted(),
  );
}, 120_000);

test('the first wrong place is named', async () => {
  const place = { case: 'Z-3', n: 2n };
  const aim = { ...place, otherCase: 'B-5', otherN: 1n, text: '改' };
  const after = async (name: string): Promise<unknown> =>
    verifyAudit(
      await forged((on) => CLUMSY[name]?.(on, aim) ?? Promise.reject(new Error(name))),
      copies,
    );
  expect(await after('flip a body')).toEqual({ broken: 'record', ...place });
  expect(await after('delete a record')).toEqual({ broken: 'gap', case: 'Z-3', n: 3n });
  expect(await after('cut a chain')).toEqual({
    broken: 'cut',
    ...place,
    seal: expect.any(BigInt) as bigint,
  });
  expect(await after('take away the last seal')).toEqual({ broken: 'copy', seal: 3n });
  expect(await after('take away the first seal')).toEqual({ broken: 'seals', seal: 1n });
});

test('what cannot be found: a tail after the last copied root, cut or rewritten', async () => {
  const last = (covered.get(CASES[0] ?? '') ?? 0n) + 1n;
  const aim = { case: CASES[0] ?? '', n: last, otherCase: 'B-5', otherN: 1n, text: '改' };
  for (const name of ['cut a chain and its seals', 'rewrite a body and all after it']) {
    const tables = await forged(
      (on) => THOROUGH[name]?.(on, aim) ?? Promise.reject(new Error(name)),
    );
    expect(verifyAudit(tables, copies), name).toMatchObject({ proved: 42 });
  }
});

test('money and its record are in one transaction: both or neither', async () => {
  const budget = await budgetOf(app, '一次两事', 100n);
  const both = async (on: Statements, request: string, body: string): Promise<void> => {
    await reserve(on, { actor: 'test', request }, { award: 'A', accounts: [budget], fen: 10n });
    await append(on, 'C-1', body);
  };
  const records = (): Promise<readonly unknown[]> =>
    app.rows("SELECT FROM audit.record WHERE case_id = 'C-1'");
  const stopped = app.transact(async (on) => {
    await both(on, 'first', '{}');
    throw new Error('stop here');
  });
  await expect(stopped).rejects.toThrow('stop here');
  await expect(app.transact((on) => both(on, 'second', ''))).rejects.toThrow('body');
  expect(await reservedOn(app, budget)).toBe(0n);
  expect(await records()).toHaveLength(0);
  await app.transact((on) => both(on, 'first', '{}'));
  expect(await reservedOn(app, budget)).toBe(10n);
  expect(await records()).toHaveLength(1);
});

test('twenty at one case, while others seal: no gap, nothing sealed twice', async () => {
  const crowd = Array.from({ length: 20 }, async (_, i) => {
    for (let k = 0; k < 5; k += 1) {
      await append(app, 'crowd', `{"who":${i},"k":${k}}`);
      if (k === i % 5) copies.push(await seal(app));
    }
  });
  await Promise.all(crowd);
  copies.push(await seal(app));
  const tables = await readAudit(app);
  const verified = verifyAudit(tables, copies);
  expect(verified).toMatchObject({ records: tables.records.length, proved: tables.records.length });
});

test('rows are only added, and only by the functions', async () => {
  for (const sql of [
    "INSERT INTO audit.record VALUES ('x', 1, 'sha256', '{}', sha256('x'))",
    "UPDATE audit.record SET body = 'x'",
    'DELETE FROM audit.record',
    'UPDATE audit.head SET n = 0',
    'DELETE FROM audit.seal',
    "INSERT INTO audit.sealed VALUES (1, 'x', 1)",
  ]) {
    await expect(app.run(sql), sql).rejects.toThrow('permission denied');
  }
  for (const table of ['record', 'seal', 'sealed']) {
    await expect(owner.run(`DELETE FROM audit.${table}`)).rejects.toThrow('only added');
    await expect(owner.run(`TRUNCATE audit.${table}`)).rejects.toThrow('only added');
  }
  await expect(here.database.as('evaluator').rows('SELECT FROM audit.record')).rejects.toThrow(
    'denied',
  );
});
