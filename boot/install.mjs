// Brings node_modules to what package-lock.json says, with `npm ci`, and says so in plain words.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { explainFailure } from './explain.mjs';
import { withLock } from './lock.mjs';
import { findNode, npmBringsNode } from './node.mjs';

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} Entry */
/** @typedef {{ packages?: Record<string, Entry> }} Lockfile */

const PLAIN_LINE_EVERY_S = 15;

/** @param {string} text */
const say = (text) => process.stderr.write(`${text}\n`);

/** True when what npm last installed is what the lockfile asks for. Contents are compared, not
 *  dates: a fresh checkout dates every file alike, and somebody may run `npm ci` by hand.
 *  @param {string} root
 *  @returns {boolean} */
export function isInstalled(root) {
  const wanted = readLockfile(join(root, 'package-lock.json'));
  // npm writes this file last of all, so that it stands for a finished installation.
  const present = readLockfile(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  if (npmBringsNode() && !findNode(root)) return false;
  return sameInstallation(wanted, present);
}

/** @param {Lockfile} wanted @param {Lockfile} present @returns {boolean} */
export function sameInstallation(wanted, present) {
  const have = present.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    // An optional package is one for another platform, or one that failed and may be missing.
    if (!found) return entry.optional === true;
    return (
      found.version === entry.version &&
      found.integrity === entry.integrity &&
      found.link === entry.link
    );
  });
}

/** @param {string} path @returns {Lockfile | undefined} */
function readLockfile(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Installs if needed. Two boots at once: the second waits for the first and finds it done.
 *  @param {string} root
 *  @returns {Promise<boolean>} false when it failed; the reason has been said */
export async function ensureInstalled(root) {
  if (isInstalled(root)) return true;
  const onWait = (/** @type {{ pids: number[], host: string } | undefined} */ owner) => {
    const who = owner ? ` (process ${owner.pids.join(', ')} on ${owner.host})` : '';
    say(`Another Zhida${who} is installing the packages here. Waiting for it.`);
  };
  try {
    return await withLock(
      join(root, '.boot.lock'),
      async ({ add }) => isInstalled(root) || (await install(root, add)),
      { onWait },
    );
  } catch (error) {
    say(explainFailure(/** @type {Error} */ (error).message, root));
    return false;
  }
}

/** @param {string} root @param {(pid: number) => void} add @returns {Promise<boolean>} */
async function install(root, add) {
  say(
    existsSync(join(root, 'node_modules'))
      ? 'The installed packages are older than package-lock.json. Installing again with npm ci.'
      : 'First run: installing the packages, and Node 24 with them, with npm ci (a minute or two).',
  );
  // Were this run cut short, a left-over would say that the old installation is whole.
  rmSync(join(root, 'node_modules', '.package-lock.json'), { force: true });
  let result = await runNpm(root, add, {});
  if (result.code !== 0 && /EACCES|EPERM|EROFS/.test(result.output) && cacheIsAtFault(result)) {
    const cache = mkdtempSync(join(tmpdir(), 'zhida-npm-cache-'));
    say(`npm cannot write to its cache folder. Trying again with one in ${cache}.`);
    result = await runNpm(root, add, { npm_config_cache: cache });
    rmSync(cache, { recursive: true, force: true });
  }
  if (result.code === 0) {
    say(`Packages installed in ${result.seconds} s.`);
    return true;
  }
  say(explainFailure(result.output, root));
  return false;
}

/** @param {{ output: string }} result @returns {boolean} */
function cacheIsAtFault({ output }) {
  return /cache|_cacache|\.npm\b/.test(output);
}

/** @param {string} root
 *  @param {(pid: number) => void} add
 *  @param {Record<string, string>} env
 *  @returns {Promise<{ code: number, output: string, seconds: number }>} */
function runNpm(root, add, env) {
  const { command, args, shell } = npmCommand();
  // NODE_ENV=production and a user's `omit` must not take away Node, the tests or PostgreSQL.
  const options = ['ci', '--loglevel=error', '--progress=false', '--include=dev'];
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  return new Promise((done) => {
    const child = spawn(command, [...args, ...options, '--include=optional'], {
      cwd: root,
      shell,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid) add(child.pid);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const stopTicker = startTicker(seconds);
    const finish = (/** @type {number} */ code, /** @type {string} */ text) => {
      stopTicker();
      done({ code, output: text, seconds: seconds() });
    };
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code) => finish(code ?? 1, output));
  });
}

/** npm as it was called, on the Node it was called with: the Node inside node_modules, first on
 *  the PATH of npm's scripts, is about to be replaced.
 *  @returns {{ command: string, args: string[], shell: boolean }} */
function npmCommand() {
  const cli = process.env['npm_execpath'];
  if (cli && basename(cli) === 'npm-cli.js' && existsSync(cli)) {
    const node = process.env['npm_node_execpath'];
    return {
      command: node && existsSync(node) ? node : process.execPath,
      args: [cli],
      shell: false,
    };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Shows that time passes: one line rewritten on a terminal, a plain line now and then elsewhere.
 *  @param {() => number} seconds
 *  @returns {() => void} */
function startTicker(seconds) {
  const live = process.stderr.isTTY;
  const tick = () => {
    if (live) process.stderr.write(`\r  npm ci … ${seconds()} s `);
    else if (seconds() > 0 && seconds() % PLAIN_LINE_EVERY_S === 0) {
      say(`  npm ci … ${seconds()} s`);
    }
  };
  const timer = setInterval(tick, 1000);
  return () => {
    clearInterval(timer);
    if (live) process.stderr.write('\r\u001b[K');
  };
}
