// Goal: a run is there whole or not at all, whatever stops it. Method: cancel one, kill -9 others at
// places spread over their life, damage what they left; the next run ends in the bytes of one that nobody
// disturbed.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import type { RuleSet } from '@zhida/rules';
import { Cancelled, openRun, screen } from '@zhida/screening';
import type { Progress, Run, ScreenOptions } from '@zhida/screening';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crowd, dice } from './crowd.ts';
import { AS_OF } from './naive.ts';
import { loadPackage, snapshotOf } from './register.ts';

let folder: string;
let ruleSet: RuleSet;
let snapshot: Snapshot;
let undisturbed: Run;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'restart-'));
  ruleSet = loadPackage('benxi-2023-10');
  snapshot = await snapshotOf(ruleSet, crowd(ruleSet, 8), join(folder, 'snapshots'));
  undisturbed = await screen(options('undisturbed'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ITEMS = ['批零增量奖励', '稳岗返还', '知名品牌首店奖励', '设施农业贷款贴息'];

function options(name: string): ScreenOptions {
  return {
    ruleSet,
    snapshot,
    asOf: AS_OF,
    items: ITEMS,
    folder: join(folder, name),
    chunkRows: 20,
  };
}

/** Files of a run by path with their bytes; the times of a run are its own. */
function bytesOf(run: string): ReadonlyMap<string, string> {
  const paths = readdirSync(run, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = paths.filter((p) => statSync(join(run, p)).isFile() && p !== 'times.json');
  return new Map(files.map((p) => [p, readFileSync(join(run, p)).toString('base64')]));
}

/** Runs the child until it has said `lines` lines, then kills it. False: it had finished before. */
async function killAfter(lines: number, runs: string): Promise<boolean> {
  const script = join(import.meta.dirname, 'screen-child.ts');
  const child = spawn(process.execPath, [script, snapshot.folder, runs, ITEMS.join(',')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = 0;
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString().split('\n').length - 1;
    if (said >= lines) child.kill('SIGKILL');
  });
  return await new Promise((resolve) => {
    child.on('close', (_, signal) => resolve(signal === 'SIGKILL'));
  });
}

describe('a run that is stopped', () => {
  it('gives the same bytes with other threads', async () => {
    const run = await screen({ ...options('one-thread'), threads: 1 });
    expect(bytesOf(run.folder)).toEqual(bytesOf(undisturbed.folder));
  });

  it('by request ends at once, and the next one goes on', async () => {
    const stop = new AbortController();
    const seen: Progress[] = [];
    const stopped = screen({
      ...options('cancelled'),
      signal: stop.signal,
      onProgress: (p) => {
        seen.push(p);
        if (p.done >= 60) stop.abort();
      },
    });
    await expect(stopped).rejects.toThrow(Cancelled);
    const runs = readdirSync(join(folder, 'cancelled'));
    expect(runs).toEqual([`${undisturbed.head.id}.part`]);
    const again: Progress[] = [];
    const run = await screen({ ...options('cancelled'), onProgress: (p) => again.push(p) });
    expect(again[0]?.perSecond).toBe(0);
    expect(bytesOf(run.folder)).toEqual(bytesOf(undisturbed.folder));
    expect(readdirSync(join(folder, 'cancelled'))).toEqual([undisturbed.head.id]);
  });

  it('before it began does nothing', async () => {
    const stopped = screen({ ...options('never'), signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(Cancelled);
    expect(existsSync(join(folder, 'never', undisturbed.head.id))).toBe(false);
  });

  it('by kill -9 leaves nothing to be read, and restarts to the same bytes', async () => {
    const roll = dice(7);
    let killed = 0;
    for (let n = 0; n < 3; n++) {
      const runs = join(folder, `killed-${n}`);
      if (await killAfter(1 + roll(12), runs)) killed += 1;
      const left = existsSync(runs) ? readdirSync(runs) : [];
      for (const name of left.filter((x) => !/\.(?:part|lock)$/u.test(x)))
        openRun(join(runs, name));
      const run = await screen({ ...options(`killed-${n}`) });
      expect(bytesOf(run.folder)).toEqual(bytesOf(undisturbed.folder));
    }
    expect(killed).toBeGreaterThan(0);
  });

  it('makes a chunk again that is not what its note says', async () => {
    const stop = new AbortController();
    const onProgress = (p: Progress): void => {
      if (p.done >= 60) stop.abort();
    };
    const o = options('damaged');
    await expect(screen({ ...o, signal: stop.signal, onProgress })).rejects.toThrow(Cancelled);
    const chunk = join(o.folder, `${undisturbed.head.id}.part`, '企业', 'part-0001.parquet');
    const bytes = readFileSync(chunk);
    bytes[200] = (bytes[200] ?? 0) ^ 255;
    writeFileSync(chunk, bytes);
    const run = await screen(o);
    expect(bytesOf(run.folder)).toEqual(bytesOf(undisturbed.folder));
  });

  it('is made by one process only', async () => {
    const o = options('busy');
    const stop = new AbortController();
    let second: Promise<Run> | undefined;
    const first = screen({
      ...o,
      signal: stop.signal,
      onProgress: () => {
        second ??= screen(o);
        second.catch(() => stop.abort());
      },
    });
    await expect(first).rejects.toThrow(Cancelled);
    await expect(second).rejects.toThrow('making the same run');
  });
});
