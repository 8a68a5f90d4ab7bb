/** An installation goes to a folder and comes back equal, value for value; what does not fit is refused and
 *  leaves nothing behind. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CarryError, exportDatabase, importDatabase, openDatabase } from '../src/index.ts';
import type { Database, Migration } from '../src/index.ts';

const root = mkdtempSync(join(tmpdir(), 'zhida-carry-'));
// The account of PostgreSQL must be able to pass.
chmodSync(root, 0o711);

const step: Migration = {
  name: 'test/001-all-types',
  sql: `
    CREATE SCHEMA "Odd one";
    CREATE TABLE "Odd one"."of all" (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "a ""quoted"" name" text, fen bigint, day date,
      at timestamptz, yes boolean, bytes bytea, list text[], numbers bigint[], doc jsonb, share numeric,
      twice bigint GENERATED ALWAYS AS (fen % 2) STORED);
    CREATE TABLE by_text (key text PRIMARY KEY, parent text REFERENCES by_text);
    CREATE TABLE keyless (a int, b text);
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.key = '丙' THEN RAISE EXCEPTION 'ran'; END IF; RETURN NEW; END $$;
  `,
};
const FILL = `
  INSERT INTO "Odd one"."of all" ("a ""quoted"" name", fen, day, at, yes, bytes, list, numbers, doc, share) VALUES
    (E'引号"\\\\ 换行\\n回车\\r 制表\\t \\u2028 末', 9223372036854775807, '0001-01-01',
     '2024-02-29 23:59:59.999999+08', true, '\\x00ff0a', '{"a,b","",NULL,"null"}', '{1,NULL}',
     '{"金额": 12345678901234567890.10, "空": null}', 0.100),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('', -9223372036854775808, 'infinity', '-infinity', false, '', '{}', '{}', 'null', 'NaN');
  INSERT INTO by_text SELECT 'k' || i, NULL FROM generate_series(1, 2500) AS i;
  INSERT INTO by_text VALUES ('乙', '乙'), ('B', '乙'), ('a', NULL), ('丙', 'B');
  INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (NULL, NULL);
  CREATE TRIGGER refuse BEFORE INSERT ON by_text FOR EACH ROW EXECUTE FUNCTION refuse()`;

const options = { folder: join(root, 'database'), migrations: [step], sandbox: true };
let from: Database;
let to: Database;

beforeAll(async () => {
  from = await openDatabase({ ...options, name: 'source' });
  await from.owner.run(FILL);
});

afterAll(async () => {
  await from.close();
  rmSync(root, { recursive: true, force: true });
});

/** An empty database beside the first; the same server serves both. */
async function empty(name: string, more: object = {}): Promise<Database> {
  to = await openDatabase({ ...options, name, ...more });
  await to.owner.run(
    'CREATE TRIGGER refuse BEFORE INSERT ON by_text FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
  return to;
}

const folder = join(root, 'export');

test('what is carried is equal, and goes on where it was', async () => {
  const written = await exportDatabase(from.owner, folder);
  expect(written.tables.map((t) => [t.table, t.rows])).toEqual([
    ['"Odd one"."of all"', 3],
    ['public.by_text', 2504],
    ['public.keyless', 3],
  ]);
  const there = await empty('first');
  await importDatabase(there.owner, folder);
  const again = await exportDatabase(there.owner, join(root, 'again'));
  expect(again).toEqual(written);
  for (const sql of ['SELECT * FROM "Odd one"."of all" ORDER BY id', 'TABLE keyless ORDER BY 1']) {
    expect(await there.owner.rows(sql)).toEqual(await from.owner.rows(sql));
  }
  const { id } = await there.owner.row<{ id: bigint }>(
    'INSERT INTO "Odd one"."of all" (fen) VALUES (1) RETURNING id',
  );
  expect(id).toBe(4n);
});

test('what does not fit is refused, and nothing was changed', async () => {
  await expect(exportDatabase(from.owner, folder)).rejects.toThrow(CarryError);
  await expect(importDatabase(from.owner, folder)).rejects.toThrow('holds rows');
  await expect(importDatabase(from.owner, root)).rejects.toThrow('no export');
  const other = await empty('second', {
    migrations: [step, { name: 'test/002-more', sql: 'SELECT 1' }],
  });
  await expect(importDatabase(other.owner, folder)).rejects.toThrow('test/002-more');
  const real = await empty('third', { sandbox: false });
  await expect(importDatabase(real.owner, folder)).rejects.toThrow('sandbox');
});

test('a folder that was changed is refused as a whole', async () => {
  const there = await empty('fourth');
  const file = join(folder, 'public.keyless.jsonl');
  const text = readFileSync(file, 'utf8');
  const rows = (): Promise<readonly unknown[]> => there.owner.rows('SELECT FROM by_text');
  for (const changed of [
    text.replace('x', 'y'),
    text.slice(0, text.indexOf('\n') + 1),
    `${text}${text}`,
  ]) {
    writeFileSync(file, changed);
    await expect(importDatabase(there.owner, folder)).rejects.toThrow('not what the manifest says');
    expect(await rows()).toEqual([]);
  }
  writeFileSync(file, text);
  const manifest = join(folder, 'manifest.json');
  const kept = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, kept.replace('"format": 1', '"format": 2'));
  await expect(importDatabase(there.owner, folder)).rejects.toThrow('format 2');
  writeFileSync(manifest, kept);
  await importDatabase(there.owner, folder);
  expect(await rows()).toHaveLength(2504);
  expect(existsSync(`${folder}.part`)).toBe(false);
});
