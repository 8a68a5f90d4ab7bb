/** A PostgreSQL of one's own: made, started, adopted after a crash of who started it, stopped. It
 *  listens on a socket in a private folder and nowhere else. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { accountOfServer, canEnter, makePrivate, reachableFolder } from './account.ts';
import type { Account } from './account.ts';
import { programs } from './programs.ts';

/** The superuser of an embedded server. It makes roles and migrates; nothing else uses it. */
export const SUPERUSER = 'zhida_superuser';

export interface EmbeddedServer {
  /** Folder of the socket; `host` of a connection. */
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** Found running, left by a process that was killed. */
  readonly adopted: boolean;
  /** Waits for open transactions to end or fail, and for the last byte to be on disk. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of everything that belongs to the server; made when it is not there. */
  readonly folder: string;
  /** Settings of PostgreSQL, `fsync: 'off'` for a test that may lose its data. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The database could not be started; says what to do. */
export class StartError extends Error {}

const PATIENCE_MS = 60_000;
/** A path of a socket has at most 107 bytes, its name included. */
const LONGEST_SOCKET = 107 - '/.s.PGSQL.5432'.length;

interface Places {
  readonly data: string;
  readonly run: string;
  readonly log: string;
  readonly password: string;
}

/** Where the server lives: `folder`, or one that its account can enter, remembered in `folder`. */
function placesFor(folder: string, account: Account | undefined): Places {
  mkdirSync(folder, { recursive: true });
  const note = join(folder, 'elsewhere');
  let home = resolve(folder);
  if (existsSync(note)) home = readFileSync(note, 'utf8');
  else if (!canEnter(home, account)) {
    home = reachableFolder(`data-${randomBytes(6).toString('hex')}`);
    writeFileSync(note, home);
  }
  makePrivate(home, account);
  const run = join(home, 'run');
  return {
    data: join(home, 'pg'),
    run: Buffer.byteLength(run) <= LONGEST_SOCKET ? run : socketFolder(home, account),
    log: join(home, 'postgres.log'),
    password: join(home, 'password'),
  };
}

/** A short path for the socket of a server in a deep folder; the same for the same folder. */
function socketFolder(home: string, account: Account | undefined): string {
  const note = join(home, 'socket');
  if (existsSync(note)) {
    const known = readFileSync(note, 'utf8');
    if (existsSync(known)) return known;
  }
  const made = mkdtempSync(join(tmpdir(), 'zhida-'));
  if (account !== undefined) chownSync(made, account.uid, account.gid);
  writeFileSync(note, made);
  return made;
}

function passwordIn(file: string): string {
  return readFileSync(file, 'utf8').trim();
}

/** Makes the cluster beside its final place, so that a start that was killed leaves no half one. */
function initialise(initdb: string, places: Places, account: Account | undefined): void {
  const part = `${places.data}.part`;
  rmSync(part, { recursive: true, force: true });
  writeFileSync(places.password, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (account !== undefined) chownSync(places.password, account.uid, account.gid);
  const made = spawnSync(
    initdb,
    [
      '-D',
      part,
      '-U',
      SUPERUSER,
      '-A',
      'scram-sha-256',
      `--pwfile=${places.password}`,
      '-E',
      'UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=und',
    ],
    { ...account, cwd: '/', encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new StartError(`initdb failed: ${(made.stderr || String(made.error)).trim()}`);
  }
  renameSync(part, places.data);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether `pid` is a PostgreSQL: a number can belong to another program by now. */
function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return process.platform !== 'linux' && isRunning(pid);
  }
}

/** The server of this folder that is running, from its `postmaster.pid`. */
function runningPid(places: Places): number | undefined {
  const file = join(places.data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && isRunning(pid) && isPostgres(pid) ? pid : undefined;
}

/** One process owns a folder: its lock names it. A lock of a process that is gone is taken over. */
function lock(folder: string): () => void {
  const file = join(folder, 'owner');
  for (;;) {
    try {
      const descriptor = openSync(file, 'wx', 0o600);
      writeFileSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return () => {
        rmSync(file, { force: true });
      };
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
      const owner = Number(readFileSync(file, 'utf8'));
      if (owner !== process.pid && Number.isInteger(owner) && owner > 0 && isRunning(owner)) {
        throw new StartError(
          `the database in ${folder} is in use by process ${owner}: stop that one first, or start ` +
            'with another folder',
        );
      }
      rmSync(file, { force: true });
    }
  }
}

function settle(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

/** Ready when the socket is there and the log says so. */
async function untilReady(child: ChildProcess, places: Places, from: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const log = existsSync(places.log) ? readFileSync(places.log).subarray(from).toString() : '';
    if (log.includes('ready to accept connections')) return;
    if (child.exitCode !== null || Date.now() > until) {
      throw new StartError(`PostgreSQL did not start; ${places.log} says: ${log.slice(-2000)}`);
    }
    await settle(20);
  }
}

/** Processes of a server that was killed end a moment after it; until then PostgreSQL will not start. */
const STILL_ENDING = /pre-existing shared memory block|lock file "[^"]*" already exists/u;

async function startPatiently(...how: Parameters<typeof start>): Promise<number> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await start(...how);
    } catch (e) {
      const ending = e instanceof StartError && STILL_ENDING.test(e.message);
      if (!ending || Date.now() > until) throw e;
      await settle(200);
    }
  }
}

async function start(
  postgres: string,
  places: Places,
  account: Account | undefined,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const log = openSync(places.log, 'a', 0o600);
  if (account !== undefined) chownSync(places.log, account.uid, account.gid);
  const from = readFileSync(places.log).length;
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // In a group of its own: Ctrl-C reaches us, and we stop it when our work is done.
  const child = spawn(
    postgres,
    ['-D', places.data, '-c', 'listen_addresses=', '-k', places.run, ...given],
    { ...account, cwd: '/', detached: true, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => {
      reject(new StartError(`PostgreSQL did not start: ${cause.message}`));
    });
  });
  await Promise.race([untilReady(child, places, from), failed]);
  child.unref();
  return child.pid ?? 0;
}

/** Starts the server of `folder`, making it when it is not there. A server that a killed process
 *  left running is taken over. Throws `StartError` when another living process owns the folder. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const account = accountOfServer();
  const places = placesFor(options.folder, account);
  const release = lock(resolve(options.folder));
  try {
    const found = await programs(account);
    if (!existsSync(places.data)) initialise(found.initdb, places, account);
    makePrivate(places.run, account);
    chmodSync(places.run, 0o700);
    const left = runningPid(places);
    const pid =
      left ?? (await startPatiently(found.postgres, places, account, options.settings ?? {}));
    return {
      host: places.run,
      user: SUPERUSER,
      password: passwordIn(places.password),
      pid,
      adopted: left !== undefined,
      stop: async () => {
        await stop(pid);
        release();
      },
    };
  } catch (e) {
    release();
    throw e;
  }
}

/** Fast shutdown: connections are ended, what is committed is written. */
async function stop(pid: number): Promise<void> {
  if (!isRunning(pid)) return;
  process.kill(pid, 'SIGINT');
  const until = Date.now() + PATIENCE_MS;
  while (isRunning(pid) && isPostgres(pid)) {
    if (Date.now() > until) throw new Error(`PostgreSQL ${pid} does not stop`);
    await settle(20);
  }
}
