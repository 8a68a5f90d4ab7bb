// `npm run faults`: the ledger under contention, under kill -9, and with its guards taken out. Arguments:
// `contention`, `crash`, `broken` (all three when none is given), `--seconds <n>` of the crash (60),
// `--attempts <n>` of each contest (6,000), `--json`. Ends with 1 when something is wrong.
import { parseArgs } from 'node:util';
import { arena } from './faults/arena.ts';
import type { Arena } from './faults/arena.ts';
import { GUARDS } from './faults/broken.ts';
import type { Finding } from './faults/checks.ts';
import { CONNECTIONS, CONTESTS, contend } from './faults/contention.ts';
import type { Outcome } from './faults/contention.ts';
import { crash } from './faults/crash.ts';
import type { Crashes } from './faults/crash.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    attempts: { type: 'string', default: '6000' },
    json: { type: 'boolean', default: false },
  },
});
const seconds = Number(given.seconds);
const attempts = Number(given.attempts);
const PARTS = ['contention', 'crash', 'broken'];
const parts = positionals.length > 0 ? positionals : PARTS;

interface Removed {
  readonly guard: string;
  readonly noticed: boolean;
  readonly findings: readonly Finding[];
}

interface Report {
  readonly contention?: readonly Outcome[];
  readonly crash?: Crashes;
  readonly broken?: readonly Removed[];
}

/** For what may lose its data: each attempt counts, not each byte. */
const PLAY = { sandbox: true, settings: { fsync: 'off', synchronous_commit: 'off' } };
const BROKEN_ATTEMPTS = 160;
const BROKEN_CRASH_SECONDS = 3;
/** So that the limits of a crash test are reached about half way, 分. */
const MOST_PER_SECOND = 500_000n;

async function contests(place: Arena): Promise<readonly Outcome[]> {
  const database = await place.open('contention', { connections: CONNECTIONS });
  const outcomes: Outcome[] = [];
  for (const contest of CONTESTS)
    outcomes.push(await contend(database.as('app'), contest, attempts));
  await database.close();
  return outcomes;
}

async function withoutGuards(): Promise<readonly Removed[]> {
  const place = arena();
  const removed: Removed[] = [];
  // A deadlock is seen after this time; the usual second is long for a test.
  const settings = { ...PLAY.settings, deadlock_timeout: '50ms' };
  const hot = { name: 'broken', budgets: 2, caps: 5, picked: 4, most: 5_000_000n, twice: 3 };
  for (const [n, guard] of GUARDS.entries()) {
    const options = { ...PLAY, settings, connections: CONNECTIONS };
    const database = await place.open(`broken_${n}`, options);
    await guard.remove(database.owner);
    const { findings } = await contend(database.as('app'), hot, BROKEN_ATTEMPTS);
    const noticed = findings.some((f) => f.what === guard.noticed);
    removed.push({ guard: guard.name, noticed, findings });
    await database.close();
  }
  place.remove();
  return [...removed, await withoutDurability()];
}

async function withoutDurability(): Promise<Removed> {
  const place = arena();
  const options = {
    sandbox: true,
    settings: { synchronous_commit: 'off', wal_writer_delay: '10s' },
  };
  const { findings } = await crash(place, BROKEN_CRASH_SECONDS, MOST_PER_SECOND * 1000n, options);
  place.remove();
  const noticed = findings.some((f) => f.what === 'lost');
  return { guard: 'commit without waiting for the disk', noticed, findings };
}

async function run(): Promise<Report> {
  const place = arena();
  const report: Report = {
    ...(parts.includes('contention') && { contention: await contests(place) }),
    ...(parts.includes('crash') && {
      crash: await crash(place, seconds, MOST_PER_SECOND * BigInt(Math.ceil(seconds))),
    }),
    ...(parts.includes('broken') && { broken: await withoutGuards() }),
  };
  place.remove();
  return report;
}

function holds({ contention = [], crash: crashes, broken = [] }: Report): boolean {
  const findings = [...contention.flatMap((c) => c.findings), ...(crashes?.findings ?? [])];
  return findings.length === 0 && broken.every((b) => b.noticed);
}

function written(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'nothing wrong';
  return findings.map((f) => `${f.what} ${f.count} (${f.first})`).join('; ');
}

function text({ contention, crash: crashes, broken }: Report): string {
  const lines: string[] = [];
  if (contention) {
    lines.push(`${CONNECTIONS} connections, ${attempts} reservations each and what follows them:`);
    for (const c of contention) {
      lines.push(
        `  ${c.name}: ${c.calls} calls, ${c.granted} granted, ${c.refused} refused, ` +
          `${c.perSecond.toFixed(0)}/s, p50 ${c.p50.toFixed(0)} ms, p99 ${c.p99.toFixed(0)} ms: ` +
          written(c.findings),
      );
    }
  }
  if (crashes) {
    lines.push(
      `kill -9 for ${crashes.seconds} s: ${crashes.workerKills} workers, ${crashes.serverKills} times ` +
        `PostgreSQL; ${crashes.asked} asked, ${crashes.acknowledged} acknowledged, ` +
        `${crashes.granted} granted, ${crashes.repeats} answered as done: ${written(crashes.findings)}`,
    );
  }
  if (broken) {
    lines.push('guards taken out, and what the same checks say:');
    for (const b of broken) {
      lines.push(`  ${b.guard}: ${b.noticed ? 'noticed' : 'NOT NOTICED'}: ${written(b.findings)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown !== undefined || !(seconds >= 1) || !(attempts >= 1)) {
  const usage = `npm run faults -- [${PARTS.join('|')}] [--seconds 60] [--attempts 6000] [--json]`;
  process.stderr.write(`Unknown argument "${unknown ?? ''}". Next step: ${usage}\n`);
  process.exitCode = 1;
} else {
  const report = await run();
  process.stdout.write(given.json ? `${JSON.stringify(report, null, 1)}\n` : text(report));
  process.exitCode = holds(report) ? 0 : 1;
}
