// kill -9 of workers and of PostgreSQL under load: nothing that was acknowledged is lost, no limit is passed,
// and who asks again under the same key is answered as before.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Database, OpenOptions } from '@zhida/database';
import { openAccounts } from './arena.ts';
import type { Arena } from './arena.ts';
import { answeredAgain, lostOf, summed, wrongIn } from './checks.ts';
import type { Finding } from './checks.ts';
import { chance, perform } from './command.ts';
import { readJournal } from './journal.ts';
import type { Order } from './worker.ts';

const WORKERS = 4;
const CAPS = 6;
const BUDGETS = 2;
/** One kill in so many is of PostgreSQL, from the third on. */
const SERVER_KILL = 6;
/** Acknowledged requests that are sent once more at the end. */
const AGAIN = 500;

export interface Crashes {
  readonly seconds: number;
  readonly workerKills: number;
  readonly serverKills: number;
  readonly asked: number;
  readonly acknowledged: number;
  readonly granted: number;
  /** Requests that were answered as done before. */
  readonly repeats: number;
  readonly findings: readonly Finding[];
}

interface Ground {
  readonly arena: Arena;
  readonly options: Partial<OpenOptions>;
  database: Database;
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done(undefined);
    else child.once('exit', done);
  });
}

/** The server recovers by itself when one of its processes is killed; killed whole, it is started again. */
async function killServer(ground: Ground, whole: boolean): Promise<void> {
  const { owner } = ground.database;
  if (!whole) {
    const [one] = await owner.rows<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE usename = 'zhida_app' ORDER BY random() LIMIT 1",
    );
    if (one !== undefined) process.kill(one.pid, 'SIGKILL');
    return;
  }
  const { pid } = await owner.row<{ pid: number }>(
    "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)::integer AS pid",
  );
  process.kill(pid, 'SIGKILL');
  await ground.database.close();
  ground.database = await ground.arena.open('crash', ground.options);
}

/** Asks until the server is there again. */
async function settled<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      return await ask();
    } catch (e) {
      if (Date.now() > until) throw e;
      await sleep(100);
    }
  }
}

class Crew {
  readonly #order: Omit<Order, 'name' | 'journal'>;
  readonly #arena: Arena;
  readonly #at: (ChildProcess | undefined)[] = [];
  readonly #killed = new Set<ChildProcess>();
  readonly findings: Finding[] = [];
  #started = 0;

  constructor(arena: Arena, order: Omit<Order, 'name' | 'journal'>) {
    this.#arena = arena;
    this.#order = order;
  }

  journal(place: number): string {
    return this.#arena.file(`worker-${place}.jsonl`);
  }

  start(place: number): void {
    const child = fork(join(import.meta.dirname, 'worker.ts'), { stdio: 'inherit' });
    this.#started += 1;
    child.send({ ...this.#order, name: `${place}/${this.#started}`, journal: this.journal(place) });
    child.once('exit', (code) => {
      if (this.#killed.has(child)) return;
      this.findings.push({ what: 'died', count: 1, first: `worker ${place} with ${code}` });
    });
    this.#at[place] = child;
  }

  async kill(place: number): Promise<void> {
    const child = this.#at[place];
    if (child === undefined) return;
    this.#killed.add(child);
    child.kill('SIGKILL');
    await ended(child);
  }
}

/** Waits until every worker was answered: a crash without load shows nothing. */
async function underLoad(crew: Crew): Promise<void> {
  const until = Date.now() + 60_000;
  for (let place = 0; place < WORKERS; place += 1) {
    while (readJournal(crew.journal(place)).acknowledged.length === 0) {
      if (Date.now() > until) throw new Error(`worker ${place} was never answered`);
      await sleep(50);
    }
  }
}

async function trouble(ground: Ground, crew: Crew, seconds: number): Promise<[number, number]> {
  const until = Date.now() + seconds * 1000;
  let workerKills = 0;
  let serverKills = 0;
  for (let n = 1; Date.now() < until || serverKills === 0; n += 1) {
    await sleep(200 + chance(500));
    if (n % SERVER_KILL === 3) {
      const whole = serverKills % 2 === 0;
      await settled(() => killServer(ground, whole));
      serverKills += 1;
    } else {
      const place = chance(WORKERS);
      await crew.kill(place);
      crew.start(place);
      workerKills += 1;
    }
  }
  // What was asked last has a moment to be answered.
  await sleep(500);
  return [workerKills, serverKills];
}

/** Runs the workers for `seconds`, kills, and looks at what is left. */
export async function crash(
  arena: Arena,
  seconds: number,
  most: bigint,
  options: Partial<OpenOptions> = {},
): Promise<Crashes> {
  const ground: Ground = { arena, options, database: await arena.open('crash', options) };
  const app = (): ReturnType<Database['as']> => ground.database.as('app');
  try {
    const budgets = await openAccounts(app(), 'budget', '资金', BUDGETS, most * 3n);
    const caps = await openAccounts(app(), 'cap', '限额', CAPS, most);
    const crew = new Crew(arena, { reach: ground.database.reach('app'), budgets, caps });
    const places = Array.from({ length: WORKERS }, (_, i) => i);
    for (const place of places) crew.start(place);
    await underLoad(crew);
    const [workerKills, serverKills] = await trouble(ground, crew, seconds);
    for (const place of places) await crew.kill(place);
    await settled(() => app().rows('SELECT'));
    const journals = places.map((place) => readJournal(crew.journal(place)));
    const acknowledged = journals.flatMap((j) => j.acknowledged);
    const findings = [
      ...crew.findings,
      ...journals.flatMap((j) => j.findings),
      ...(await lostOf(app(), acknowledged)),
      ...(await wrongIn(app())),
    ];
    const again = acknowledged.slice(-AGAIN);
    // A difference has halted all money: then nobody is answered.
    if (findings.length === 0) {
      for (const { command, reply } of again) {
        findings.push(...answeredAgain(command.key, reply, await perform(app(), command)));
      }
      findings.push(...(await wrongIn(app())));
    }
    return {
      seconds,
      workerKills,
      serverKills,
      asked: acknowledged.length + journals.reduce((sum, j) => sum + j.open.length, 0),
      acknowledged: acknowledged.length,
      granted: acknowledged.filter((a) => a.reply.refused === undefined).length,
      repeats: journals.reduce((sum, j) => sum + j.repeats, 0) + again.length,
      findings: summed(findings),
    };
  } finally {
    await ground.database.close();
  }
}
