// Goal: both commands work from nothing, also when two start at once or one was killed.
// Method: the parts of boot.mjs on small folders. The whole, with npm, is run by .ci/run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainFailure } from '../boot/explain.mjs';
import { isInstalled, sameInstallation } from '../boot/install.mjs';
import { withLock } from '../boot/lock.mjs';
import { root, runTool } from './checks/tool.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhida-boot-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('installed', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/b': { version: '2.0.0', optional: true },
      'node_modules/@zhida/rules': { link: true },
    },
  };
  const { 'node_modules/a': a, 'node_modules/@zhida/rules': link } = wanted.packages;

  it('is what the lockfile asks for; an optional package may be missing', () => {
    expect(sameInstallation(wanted, wanted)).toBe(true);
    const present = { 'node_modules/a': a, 'node_modules/@zhida/rules': link };
    expect(sameInstallation(wanted, { packages: present })).toBe(true);
  });

  it('is not: nothing, an older version, other contents, a workspace that is missing', () => {
    expect(sameInstallation(wanted, {})).toBe(false);
    const others = [
      { ...a, version: '0.9.0' },
      { ...a, integrity: 'sha512-x' },
    ];
    for (const other of others) {
      const packages = { ...wanted.packages, 'node_modules/a': other };
      expect(sameInstallation(wanted, { packages })).toBe(false);
    }
    expect(sameInstallation(wanted, { packages: { 'node_modules/a': a } })).toBe(false);
  });

  it('is true here and false in an empty folder', () => {
    expect(isInstalled(root)).toBe(true);
    expect(isInstalled(folder)).toBe(false);
  });
});

describe('lock', () => {
  it('lets one in at a time', async () => {
    const lock = join(folder, 'one');
    let inside = 0;
    let most = 0;
    const enter = (): Promise<void> =>
      withLock(
        lock,
        async () => {
          inside += 1;
          most = Math.max(most, inside);
          await pause(30);
          inside -= 1;
        },
        { pollMs: 10 },
      );
    await Promise.all([enter(), enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('is released when the work fails', async () => {
    const lock = join(folder, 'failing');
    const work = withLock(lock, () => Promise.reject(new Error('no network')));
    await expect(work).rejects.toThrow('no network');
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken from the dead, by one of several who try', async () => {
    const lock = join(folder, 'dead');
    const child = spawn(process.execPath, ['-e', '']);
    const pid = child.pid ?? 0;
    await once(child, 'exit');
    leaveLock(lock, { token: 'dead', host: hostname(), pids: [pid] });
    let inside = 0;
    const enter = (): Promise<void> =>
      withLock(
        lock,
        async () => {
          inside += 1;
          expect(inside).toBe(1);
          await pause(300);
          inside -= 1;
        },
        { pollMs: 10 },
      );
    await Promise.all([enter(), enter(), enter()]);
  });

  it('is taken from another machine only after a minute of silence', async () => {
    const lock = join(folder, 'elsewhere');
    leaveLock(lock, { token: 'far', host: 'elsewhere', pids: [1] });
    let waited = false;
    const work = withLock(lock, () => Promise.resolve('mine'), {
      pollMs: 10,
      onWait: () => {
        waited = true;
        const past = new Date(Date.now() - 61_000);
        utimesSync(join(lock, 'owner.json'), past, past);
      },
    });
    expect(await work).toBe('mine');
    expect(waited).toBe(true);
  });
});

describe('messages', () => {
  it.each([
    ['spawn npm ENOENT', 'npm was not found'],
    ['npm error code ENOTFOUND', 'registry could not be reached'],
    ['npm error code ENOSPC', 'disk is full'],
    ['npm error code EUSAGE `npm ci` can only install packages when … in sync', 'npm install'],
    ['npm error code EINTEGRITY', 'not the one that package-lock.json names'],
    ["EACCES: permission denied, mkdir '/srv/.boot.lock'", 'may not write'],
    ['something else', 'npm gave the reason above'],
  ])('explain: %s', (output, said) => {
    const text = explainFailure(output, '/srv');
    expect(text).toContain(said);
    expect(text).toContain(output);
    expect(text).toContain('Next step: ');
  });
});

describe('commands', () => {
  it('refuse a task they do not know, with the ones they do', async () => {
    const { code, text } = await runTool('node', ['boot.mjs', 'stat']);
    expect(code).toBe(1);
    expect(text).toContain('start|test|check|bench|faults');
  });

  it('say what to do where nothing is installed', async () => {
    const copy = join(folder, 'bare');
    mkdirSync(join(copy, 'bin'), { recursive: true });
    mkdirSync(join(copy, 'boot'));
    const script = `
      Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
      const { findNode, noNodeMessage } = await import(${JSON.stringify(`${root}/boot/node.mjs`)});
      console.log(findNode(${JSON.stringify(copy)}), noNodeMessage());
    `;
    const { text } = await runTool('node', ['--input-type=module', '-e', script]);
    expect(text).toMatch(/^undefined .*Next step: /s);
  });

  it('run on the pinned Node and pass on the exit code and the signal', async () => {
    const script = (body: string): string => `
      import { becomeNode, findNode } from ${JSON.stringify(`${root}/boot/node.mjs`)};
      becomeNode(findNode(${JSON.stringify(root)}), ['-e', ${JSON.stringify(body)}], {
        root: ${JSON.stringify(root)},
      });
    `;
    const exit = await runTool('node', [
      '--input-type=module',
      '-e',
      script("require('child_process').execSync('node -v', { stdio: 'inherit' }); process.exit(7)"),
    ]);
    expect(exit.code).toBe(7);
    expect(exit.text).toMatch(/^v(2[4-9]|[3-9]\d)[.]/);
    const child = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      script("setInterval(() => {}, 1000); console.log('up')"),
    ]);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGTERM');
  });
});

function leaveLock(lock: string, owner: { token: string; host: string; pids: number[] }): void {
  mkdirSync(lock);
  writeFileSync(join(lock, 'owner.json'), JSON.stringify(owner));
}
