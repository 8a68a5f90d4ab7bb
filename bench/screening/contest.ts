// Goal: ratios that a busy machine does not bend. Compiled and hand-written statements of a layout take turns,
// round by round; beside the time on the clock stands the time of the processors, which a neighbour changes less.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Snapshot } from '@zhida/register';
import type { RuleSet } from '@zhida/rules';
import { quantile } from '../timing.ts';
import type { Layout } from './layouts.ts';
import { SIDES, sourcesOf, statementsOf } from './sides.ts';
import type { Side } from './sides.ts';

/** Medians of the rounds, in ms. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

export interface LayoutLine {
  readonly layout: Layout;
  readonly compiled: Cost;
  readonly hand: Cost;
}

export interface ContestReport {
  readonly enterprises: number;
  readonly rounds: number;
  readonly load: number;
  readonly lines: readonly LayoutLine[];
  /** Verdicts counted and money summed up come to the same on both sides, for everyone. */
  readonly agree: boolean;
}

export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

async function totalsAgree(
  connection: DuckDBConnection,
  statements: Readonly<Record<Side, readonly string[]>>,
): Promise<boolean> {
  const answers = async (side: Side): Promise<string> => {
    const rows: unknown[] = [];
    for (const sql of statements[side]) rows.push((await connection.runAndReadAll(sql)).getRows());
    return JSON.stringify(rows, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
  };
  return (await answers('compiled')) === (await answers('hand'));
}

/** Time on the clock and of the processors for `work`, in ms. */
export async function cost(work: () => Promise<unknown>): Promise<Cost> {
  const before = process.cpuUsage();
  const began = performance.now();
  await work();
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}

function medianCost(all: readonly Cost[]): Cost {
  return { wall: median(all.map((c) => c.wall)), cpu: median(all.map((c) => c.cpu)) };
}

export async function contest(
  connection: DuckDBConnection,
  ruleSet: RuleSet,
  snapshot: Snapshot,
  o: {
    readonly enterprises: number;
    readonly rounds: number;
    readonly layouts: readonly Layout[];
    readonly folder: string;
  },
): Promise<ContestReport> {
  const sources = await sourcesOf(connection, ruleSet, snapshot);
  const [load = 0] = loadavg();
  const lines: LayoutLine[] = [];
  for (const layout of o.layouts) {
    const costs: Record<Side, Cost[]> = { compiled: [], hand: [] };
    for (let round = 0; round < o.rounds; round++) {
      // Who begins changes, so that nobody always finds the files warm.
      const order = round % 2 === 0 ? SIDES : SIDES.toReversed();
      for (const side of order) {
        const statements = statementsOf(sources[side], layout, join(o.folder, 'out'));
        costs[side].push(
          await cost(async () => {
            for (const sql of statements) await connection.run(sql);
          }),
        );
      }
    }
    lines.push({ layout, compiled: medianCost(costs.compiled), hand: medianCost(costs.hand) });
  }
  const totals = (side: Side): readonly string[] =>
    statementsOf(sources[side], 'totals', join(o.folder, 'out'));
  const agree = await totalsAgree(connection, {
    compiled: totals('compiled'),
    hand: totals('hand'),
  });
  return { enterprises: o.enterprises, rounds: o.rounds, load, lines, agree };
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, v) => sum + Math.log(v), 0) / values.length);
}
