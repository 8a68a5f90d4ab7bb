// Goal: medians that machine drift hits alike. After a warm-up the engines take turns, round by
// round, each for the same stretch of time; every pass (one subject, all schemes) is timed alone.
import type { Contestant, Readied } from './contest.ts';
import type { Subject } from './subject.ts';

export interface Effort {
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly turnMs: number;
}

export interface Timing {
  readonly passes: number;
  readonly median: number;
  readonly p99: number;
}

interface Runner {
  readonly readied: readonly Readied[];
  readonly micros: number[];
  next: number;
}

const now = (): bigint => process.hrtime.bigint();

/** Sorted smallest first; `share` 0.5 is the median. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs passes for `ms`, at least one; their times in µs. */
async function turn(runner: Runner, ms: number): Promise<number[]> {
  const micros: number[] = [];
  const end = now() + BigInt(Math.round(ms * 1e6));
  while (micros.length === 0 || now() < end) {
    const one = runner.readied[runner.next++ % runner.readied.length];
    if (one === undefined) throw new Error('no subject to run');
    const before = now();
    const result = one.run();
    // Awaiting what is no promise would cost the synchronous engines a turn of the event loop.
    if (result instanceof Promise) await result;
    micros.push(Number(now() - before) / 1000);
  }
  return micros;
}

export async function timings(
  contestants: readonly Contestant[],
  subjects: readonly Subject[],
  effort: Effort,
): Promise<readonly Timing[]> {
  const runners = contestants.map((c): Runner => {
    return { readied: subjects.map((s) => c.ready(s)), micros: [], next: 0 };
  });
  for (const runner of runners) await turn(runner, effort.warmUpMs);
  for (let round = 0; round < effort.rounds; round++) {
    for (const runner of runners) runner.micros.push(...(await turn(runner, effort.turnMs)));
  }
  return runners.map(({ micros }) => {
    const sorted = micros.toSorted((a, b) => a - b);
    return { passes: sorted.length, median: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
  });
}

/** Times of `count` runs in ms, in their order. */
export function repeated(count: number, run: () => unknown): readonly number[] {
  return Array.from({ length: count }, () => {
    const before = now();
    run();
    return Number(now() - before) / 1e6;
  });
}
