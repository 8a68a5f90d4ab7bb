/** `npm run faults`, short: the same program and the same checks. With a guard taken out they must notice,
 *  else they prove nothing with the guard in. No time is asserted. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const program = join(root, 'bench/faults.ts');

interface Part {
  readonly name: string;
  readonly granted: number;
  readonly findings: readonly { readonly what: string; readonly first: string }[];
}

interface Report {
  readonly contention?: readonly Part[];
  readonly crash?: Part & { readonly workerKills: number; readonly serverKills: number };
  readonly broken?: readonly (Part & { readonly guard: string; readonly noticed: boolean })[];
}

/** What the program reports, and that its exit code says the same. */
async function faults(
  right: (report: Report) => boolean,
  ...args: readonly string[]
): Promise<Report> {
  const { stdout, code } = await promisify(execFile)(process.execPath, [program, ...args, '--json'])
    .then((done) => ({ ...done, code: 0 }))
    .catch((e: unknown) => e as { stdout: string; code: number });
  const report = JSON.parse(stdout) as Report;
  expect(code, stdout).toBe(right(report) ? 0 : 1);
  return report;
}

test('32 connections: no limit passed, no deadlock, one effect for a request sent twice', async () => {
  const right = (r: Report): boolean =>
    r.contention?.every((c) => c.findings.length === 0) === true;
  const { contention = [] } = await faults(right, 'contention', '--attempts', '120');
  expect(contention.flatMap((c) => c.findings)).toEqual([]);
  expect(contention).toHaveLength(6);
  for (const contest of contention) expect(contest.granted, contest.name).toBeGreaterThan(0);
}, 120_000);

test('kill -9 of workers and of PostgreSQL: nothing acknowledged is lost', async () => {
  const { crash } = await faults((r) => r.crash?.findings.length === 0, 'crash', '--seconds', '6');
  expect(crash?.findings).toEqual([]);
  expect(crash?.granted).toBeGreaterThan(0);
  expect(crash?.workerKills).toBeGreaterThan(0);
  expect(crash?.serverKills).toBeGreaterThan(0);
}, 120_000);

test('each guard that is taken out is noticed', async () => {
  const { broken = [] } = await faults((r) => r.broken?.every((b) => b.noticed) === true, 'broken');
  expect(broken.filter((b) => !b.noticed).map((b) => b.guard)).toEqual([]);
  expect(broken).toHaveLength(6);
}, 180_000);
