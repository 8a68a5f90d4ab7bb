// One installer at a time. The lock is a folder (making one is atomic) with the owner's process
// numbers in it; it is taken from an owner that no longer lives.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ token: string, host: string, pids: number[] }} Owner */

const OWNER = 'owner.json';
const HEARTBEAT_MS = 2_000;
/** Silence after which an owner on another machine (a shared folder) counts as gone. */
const SILENT_ELSEWHERE_MS = 60_000;
/** Silence after which even a living process number counts as somebody else's. */
const SILENT_HERE_MS = 15 * 60_000;
/** An owner that broke a stale lock at the same moment as another shows within this time. */
const SETTLE_MS = 200;

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Waits for the lock, runs `work` under it and releases it.
 *  @template T
 *  @param {string} folder
 *  @param {(hold: { add: (pid: number) => void }) => Promise<T>} work `add` names a child process
 *    that keeps the lock alive should this process be killed before it.
 *  @param {{ onWait?: (owner: Owner | undefined) => void, pollMs?: number }} [options]
 *  @returns {Promise<T>} */
export async function withLock(folder, work, { onWait, pollMs = 500 } = {}) {
  /** @type {Owner} */
  const self = { token: randomUUID(), host: hostname(), pids: [process.pid] };
  let told = false;
  while (!(await take(folder, self))) {
    if (breakIfStale(folder)) continue;
    if (!told) onWait?.(readOwner(folder));
    told = true;
    await pause(pollMs);
  }
  const write = () => writeFileSync(join(folder, OWNER), JSON.stringify(self));
  const beat = setInterval(() => {
    if (readOwner(folder)?.token === self.token) write();
  }, HEARTBEAT_MS);
  try {
    return await work({
      add: (pid) => {
        self.pids.push(pid);
        write();
      },
    });
  } finally {
    clearInterval(beat);
    if (readOwner(folder)?.token === self.token) rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {Owner} self @returns {Promise<boolean>} */
async function take(folder, self) {
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, OWNER), JSON.stringify(self));
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    // ENOENT: the folder was taken away between the two calls, by one who thought it stale.
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
  await pause(SETTLE_MS);
  return readOwner(folder)?.token === self.token;
}

/** Moves a dead owner's lock out of the way. Renaming is atomic: of two who try, one succeeds.
 *  @param {string} folder @returns {boolean} */
function breakIfStale(folder) {
  const owner = readOwner(folder);
  const silent = silence(folder, owner);
  if (silent === undefined) return true;
  if (!isStale(owner, silent)) return false;
  const grave = `${folder}.${randomUUID()}`;
  try {
    renameSync(folder, grave);
    rmSync(grave, { recursive: true, force: true });
  } catch {
    // Somebody else was faster; the next turn of the loop sees what they left.
  }
  return true;
}

/** @param {Owner | undefined} owner @param {number} silentMs @returns {boolean} */
function isStale(owner, silentMs) {
  // No owner yet: its maker is between making the folder and signing it, or died there.
  if (!owner) return silentMs > 10_000;
  if (owner.host !== hostname()) return silentMs > SILENT_ELSEWHERE_MS;
  return !owner.pids.some(lives) || silentMs > SILENT_HERE_MS;
}

/** Milliseconds since the owner's last sign of life; undefined when the lock has just gone.
 *  @param {string} folder @param {Owner | undefined} owner @returns {number | undefined} */
function silence(folder, owner) {
  try {
    return Date.now() - statSync(owner ? join(folder, OWNER) : folder).mtimeMs;
  } catch {
    return undefined;
  }
}

/** @param {number} pid @returns {boolean} */
function lives(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} folder @returns {Owner | undefined} */
function readOwner(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, OWNER), 'utf8'));
  } catch {
    return undefined;
  }
}
