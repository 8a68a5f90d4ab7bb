/** The embedded server, as root or not: made, stopped, adopted, refused, never over the network. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MigrationError, StartError, openDatabase } from '../src/index.ts';
import type { Migration } from '../src/index.ts';
import { makeLinks } from '../src/embedded/programs.ts';

const root = mkdtempSync(join(tmpdir(), 'zhida-database-'));
// The account of PostgreSQL must be able to pass.
chmodSync(root, 0o711);
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const step: Migration = {
  name: 'test/001-note',
  sql: `CREATE TABLE note (id bigint PRIMARY KEY, fen bigint NOT NULL, day date);
        GRANT SELECT, INSERT ON note TO zhida_app`,
};

test('makes a database, keeps what it holds, and stops', async () => {
  const folder = join(root, 'plain');
  const first = await openDatabase({ folder, migrations: [step] });
  expect(first.where).toBe('embedded');
  expect(first.migrated).toEqual(['database/001-stamp', 'test/001-note']);
  const app = first.as('app');
  await app.run('INSERT INTO note VALUES ($1, $2, $3)', [1n, 9_007_199_254_740_993n, '2023-12-31']);
  expect(await app.row('SELECT * FROM note')).toEqual({
    id: 1n,
    fen: 9_007_199_254_740_993n,
    day: '2023-12-31',
  });
  expect(await app.row('SELECT sum(fen)::numeric AS sum FROM note')).toEqual({
    sum: 9_007_199_254_740_993n,
  });
  const safety = await first.safety();
  expect(safety).toMatchObject({ kind: 'real', refusals: [] });
  await first.close();
  const again = await openDatabase({ folder, migrations: [step] });
  expect(again.migrated).toEqual([]);
  expect(await again.as('app').rows('SELECT id FROM note')).toHaveLength(1);
  await again.close();
});

test('one owner at a time; who is killed leaves a server that the next one takes over', async () => {
  const folder = join(root, 'orphan');
  const script = join(root, 'hold.ts');
  const door = join(import.meta.dirname, '../src/index.ts');
  writeFileSync(
    script,
    `import { startEmbedded } from ${JSON.stringify(door)};
     const s = await startEmbedded({ folder: ${JSON.stringify(folder)} });
     console.log(s.pid); setInterval(() => {}, 1000);`,
  );
  const holder = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>((done) => {
    holder.stdout.once('data', (text: Buffer) => {
      done(Number(text.toString()));
    });
  });
  await expect(openDatabase({ folder, migrations: [] })).rejects.toThrow(StartError);
  await expect(openDatabase({ folder, migrations: [] })).rejects.toThrow(String(holder.pid));
  const gone = new Promise((done) => {
    holder.once('exit', done);
  });
  holder.kill('SIGKILL');
  await gone;
  expect(() => process.kill(pid, 0)).not.toThrow();
  const next = await openDatabase({ folder, migrations: [step] });
  expect(await next.as('app').rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await next.close();
  // Gone, or dead and waiting for a parent that died before it.
  const left = `/proc/${pid}/cmdline`;
  expect(existsSync(left) ? readFileSync(left, 'utf8') : '').toBe('');
});

test('listens on no network and trusts nobody without a password', async () => {
  const database = await openDatabase({ folder: join(root, 'closed'), migrations: [] });
  const { listen } = await database.owner.row<{ listen: string }>(
    "SELECT current_setting('listen_addresses') AS listen",
  );
  expect(listen).toBe('');
  const rights = await database.owner.rows<{ rolname: string; over: boolean }>(
    "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole AS over FROM pg_roles WHERE rolname ~ '^zhida_'" +
      ' ORDER BY 1',
  );
  expect(rights.filter((r) => r.over).map((r) => r.rolname)).toEqual(['zhida_superuser']);
  await expect(database.as('app').run('CREATE TABLE x (a int)')).rejects.toThrow('permission');
  await database.close();
});

test('money is refused where a commit could be lost, but not in a sandbox', async () => {
  const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };
  const real = await openDatabase({ folder: join(root, 'unsafe'), migrations: [], settings });
  const { refusals } = await real.safety();
  expect(refusals.join('\n')).toMatch(/fsync[^]*full_page_writes[^]*synchronous_commit/u);
  await real.close();
  // What it was made for stays: asking for a sandbox later changes nothing.
  const same = await openDatabase({
    folder: join(root, 'unsafe'),
    migrations: [],
    settings,
    sandbox: true,
  });
  expect((await same.safety()).kind).toBe('real');
  await same.close();
  const folder = join(root, 'sandbox');
  const play = await openDatabase({ folder, migrations: [], settings, sandbox: true });
  expect(await play.safety()).toMatchObject({ kind: 'sandbox', refusals: [] });
  expect((await play.safety()).warnings.length).toBeGreaterThanOrEqual(3);
  await expect(play.owner.run("UPDATE stamp SET kind = 'real'")).rejects.toThrow('said once');
  await expect(play.owner.run('DELETE FROM stamp')).rejects.toThrow('said once');
  await expect(play.owner.run('TRUNCATE stamp')).rejects.toThrow('said once');
  await play.close();
});

test('what was applied never changes, and another version is named', async () => {
  const folder = join(root, 'versions');
  await (await openDatabase({ folder, migrations: [step] })).close();
  const changed = { ...step, sql: `${step.sql}; SELECT 1` };
  await expect(openDatabase({ folder, migrations: [changed] })).rejects.toThrow(MigrationError);
  await expect(openDatabase({ folder, migrations: [] })).rejects.toThrow('another version');
  const wrong = { name: 'test/002-wrong', sql: 'CREATE TABLE a (x int); SELECT nothing' };
  await expect(openDatabase({ folder, migrations: [step, wrong] })).rejects.toThrow('nothing');
  const whole = await openDatabase({ folder, migrations: [step] });
  expect(await whole.owner.rows("SELECT to_regclass('a')::text AS a")).toEqual([{ a: null }]);
  await whole.close();
});

test('a transaction is whole or not there', async () => {
  const database = await openDatabase({ folder: join(root, 'whole'), migrations: [step] });
  const app = database.as('app');
  const failing = app.transact(async (on) => {
    await on.run('INSERT INTO note (id, fen) VALUES (1, 1)');
    throw new Error('stop here');
  });
  await expect(failing).rejects.toThrow('stop here');
  expect(await app.rows('SELECT * FROM note')).toEqual([]);
  await expect(app.row('SELECT * FROM note')).rejects.toThrow('one row was expected');
  const pid = (): Promise<object> => app.row('SELECT pg_backend_pid() AS pid');
  const before = await pid();
  await expect(app.run('SELECT nothing')).rejects.toThrow('nothing');
  expect(await pid(), 'a refused statement costs no connection').toEqual(before);
  const within = app.transact(async (on) => {
    const { gone } = await on.row<{ gone: number }>('SELECT pg_backend_pid() AS gone');
    await database.owner.rows('SELECT pg_terminate_backend($1)', [gone]);
    // The news arrives while no statement runs.
    await new Promise((done) => {
      setTimeout(done, 200);
    });
    await on.rows('SELECT 1');
  });
  await expect(within, 'not the process').rejects.toThrow('not queryable');
  await expect(app.run('SELECT pg_terminate_backend(pg_backend_pid())')).rejects.toThrow(
    'terminat',
  );
  expect(await app.rows('SELECT 1 AS one')).toHaveLength(1);
  await database.close();
});

test('a deep folder still has a short socket', async () => {
  const folder = join(root, 'deep'.repeat(20), 'deeper'.repeat(20));
  const database = await openDatabase({ folder, migrations: [] });
  expect(await database.as('app').rows('SELECT 1 AS one')).toHaveLength(1);
  await database.close();
});

test('data lie elsewhere when the account of PostgreSQL cannot enter the folder', async () => {
  const locked = join(root, 'locked');
  mkdirSync(locked, { mode: 0o700 });
  const folder = join(locked, 'database');
  await (await openDatabase({ folder, migrations: [step] })).close();
  const again = await openDatabase({ folder, migrations: [step] });
  expect(again.migrated).toEqual([]);
  await again.close();
  const note = join(folder, 'elsewhere');
  expect(existsSync(note)).toBe(process.getuid?.() === 0);
  if (existsSync(note)) rmSync(readFileSync(note, 'utf8'), { recursive: true, force: true });
});

test('links between libraries stay inside their package', () => {
  const folder = join(root, 'links');
  mkdirSync(join(folder, 'native', 'lib'), { recursive: true });
  const list = join(folder, 'native', 'pg-symlinks.json');
  const write = (source: string, target: string): void => {
    writeFileSync(list, JSON.stringify([{ source, target }]));
  };
  writeFileSync(join(folder, 'native/lib/a.so.1'), 'a');
  write('native/lib/a.so.1', 'native/lib/a.so');
  symlinkSync('nowhere', join(folder, 'native/lib/a.so'));
  makeLinks(folder);
  expect(readFileSync(join(folder, 'native/lib/a.so'), 'utf8')).toBe('a');
  write('native/lib/a.so.1', '../outside');
  expect(() => {
    makeLinks(folder);
  }).toThrow('outside');
  write('/etc/passwd', 'native/lib/b.so');
  expect(() => {
    makeLinks(folder);
  }).toThrow('outside');
});
