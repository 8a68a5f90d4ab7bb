// `npm run bench -- screening`: the whole register at once. Makes invented registers, checks both sides against
// the rules, lets compiled and hand-written SQL compete, and measures growth, memory, what-if and the peers.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Snapshot } from '@zhida/register';
import { readPackage } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import { subjects } from '../cases.ts';
import { PACKAGE, packageFiles } from '../load.ts';
import { feelin } from '../peers/feelin.ts';
import { jsonRulesEngine } from '../peers/json-rules-engine.ts';
import { publicodes } from '../peers/publicodes.ts';
import { zen } from '../peers/zen.ts';
import { SCHEMES } from '../subject.ts';
import { timings } from '../timing.ts';
import type { Measured, Task } from './child.ts';
import { contest, cost } from './contest.ts';
import type { ContestReport } from './contest.ts';
import { agreement } from './correctness.ts';
import type { Agreement } from './correctness.ts';
import { makeRegister } from './data.ts';
import { openDuck } from './duck.ts';
import { HANDS } from './hand/all.ts';
import { LAYOUTS } from './layouts.ts';
import { naive } from './naive.ts';

export interface Point {
  readonly enterprises: number;
  /** Subjects of all kinds, and decisions about money among those that they bring. */
  readonly rows: number;
  readonly decisions: number;
  readonly copy: Measured;
}

export interface Peer {
  readonly engine: string;
  readonly decisionsPerSecond: number;
}

export interface ScreeningReport {
  readonly package: string;
  readonly machine: string;
  readonly agreement: Agreement;
  readonly contests: readonly ContestReport[];
  readonly points: readonly Point[];
  readonly run: Measured | undefined;
  readonly whatIf: Measured;
  readonly naive: { readonly uniform: number; readonly ranged: number };
  readonly peers: readonly Peer[];
  readonly making: string;
}

export interface ScreeningOptions {
  /** Enterprises of the largest register. */
  readonly rows: number;
  readonly note: (text: string) => void;
}

const MILLION = 1_000_000;
/** Enterprises of the register that is decided three times over. */
const CHECKED = 20_000;

const childFile = fileURLToPath(new URL('child.ts', import.meta.url));

async function measured(task: Task): Promise<Measured> {
  const args = [childFile, JSON.stringify(task)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as Measured;
}

/** Decisions about money: subjects × the items of their kind that name or promise an award. */
function decisionsOf(ruleSet: RuleSet, snapshot: Snapshot): { rows: number; decisions: number } {
  const counts = HANDS.map(({ entity }) => {
    const rows = snapshot.manifest.tables.find((t) => t.table === entity)?.rows ?? 0;
    const money = ruleSet.items.filter((i) => i.entity === entity && i.kind === '待遇').length;
    return { rows, decisions: rows * money };
  });
  const sum = (of: (c: { rows: number; decisions: number }) => number): number =>
    counts.reduce((total, c) => total + of(c), 0);
  return { rows: sum((c) => c.rows), decisions: sum((c) => c.decisions) };
}

async function peersOf(ruleSet: RuleSet): Promise<readonly Peer[]> {
  const contestants = [
    zen(ruleSet),
    jsonRulesEngine(ruleSet),
    publicodes(ruleSet),
    feelin(ruleSet),
  ];
  const effort = { rounds: 5, warmUpMs: 1000, turnMs: 300 };
  const times = await timings(contestants, subjects(60), effort);
  return contestants.map((c, n) => ({
    engine: c.name,
    decisionsPerSecond: (SCHEMES.length * 1e6) / (times[n]?.median ?? Number.NaN),
  }));
}

/** Sizes of the growth curve up to the largest register. */
function sizes(rows: number): readonly number[] {
  return [0.05, 0.1, 0.2, 0.5, 1].map((share) => Math.round(rows * share));
}

function machine(): string {
  const [load = 0] = loadavg();
  const cpu = cpus()[0]?.model ?? 'unknown';
  return `Node ${process.version}, ${availableParallelism()} × ${cpu}, load ${load.toFixed(1)}`;
}

class Bench {
  readonly #o: ScreeningOptions;
  readonly #folder: string;
  readonly #ruleSet: RuleSet;
  readonly #connection: DuckDBConnection;
  #making = '';

  constructor(o: ScreeningOptions, folder: string, ruleSet: RuleSet, connection: DuckDBConnection) {
    this.#o = o;
    this.#folder = folder;
    this.#ruleSet = ruleSet;
    this.#connection = connection;
  }

  async #made(enterprises: number): Promise<Snapshot> {
    this.#o.note(`register of ${enterprises.toLocaleString('en')} enterprises`);
    let snapshot: Snapshot | undefined;
    const { wall } = await cost(async () => {
      const folder = join(this.#folder, 'registers');
      snapshot = await makeRegister(this.#connection, this.#ruleSet, folder, enterprises);
    });
    if (snapshot === undefined) throw new Error('no register was made');
    this.#making = `${enterprises.toLocaleString('en')} enterprises as a snapshot in ${(wall / 1000).toFixed(1)} s`;
    return snapshot;
  }

  async #point(enterprises: number, snapshot: Snapshot): Promise<Point> {
    const { folder } = snapshot;
    const copy = await measured({ do: 'copy', snapshot: folder, folder: this.#folder });
    return { enterprises, ...decisionsOf(this.#ruleSet, snapshot), copy };
  }

  async #contest(enterprises: number, snapshot: Snapshot): Promise<ContestReport> {
    this.#o.note(`contest over ${enterprises.toLocaleString('en')} enterprises`);
    // At the largest size the layout that the product keeps.
    const large = enterprises > 2 * MILLION;
    const layouts = large ? (['packed', 'totals'] as const) : LAYOUTS;
    const o = { enterprises, rounds: large ? 3 : 5, layouts, folder: this.#folder };
    return contest(this.#connection, this.#ruleSet, snapshot, o);
  }

  async all(): Promise<ScreeningReport> {
    const { rows, note } = this.#o;
    const small = await this.#made(CHECKED);
    note('both sides against the rules');
    const agreed = await agreement(this.#connection, this.#ruleSet, small, CHECKED);
    const points: Point[] = [];
    const contests: ContestReport[] = [];
    let last: Snapshot = small;
    for (const enterprises of sizes(rows)) {
      last = await this.#made(enterprises);
      points.push(await this.#point(enterprises, last));
      // The contest at a million, and at the largest.
      if (enterprises === MILLION || enterprises === rows)
        contests.push(await this.#contest(enterprises, last));
      if (enterprises !== rows) rmSync(last.folder, { recursive: true, force: true });
    }
    const contrast = await naive(this.#connection, last, 5);
    this.#connection.closeSync();
    const { folder } = last;
    note('a run of the product');
    const run = await measured({ do: 'screen', snapshot: folder, folder: this.#folder });
    note('what-if');
    const whatIf = await measured({ do: 'what-if', snapshot: folder, folder: this.#folder });
    note('peers');
    return {
      package: PACKAGE,
      machine: machine(),
      agreement: agreed,
      contests,
      points,
      run,
      whatIf,
      naive: contrast,
      peers: await peersOf(this.#ruleSet),
      making: this.#making,
    };
  }
}

export async function benchScreening(o: ScreeningOptions): Promise<ScreeningReport> {
  const folder = mkdtempSync(join(process.env['ZHIDA_BENCH'] ?? tmpdir(), 'zhida-bench-'));
  try {
    const { ruleSet } = readPackage(packageFiles());
    return await new Bench(o, folder, ruleSet, await openDuck(folder)).all();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
