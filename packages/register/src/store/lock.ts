/** One writer at a time. The lock is a file with the number of its process; of a process that is
 *  gone it is taken over. What holds under any race is the renaming of a finished import to the next
 *  free number; the lock makes two writers wait for each other instead of failing. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isGone, newOwner } from '../snapshot/owner.ts';
import type { Owner } from '../snapshot/owner.ts';
import { Refusal } from '../snapshot/refusal.ts';

const PATIENCE_MS = 5_000;
const POLL_MS = 25;

function ownerAt(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** A link to a whole file appears with its content or not at all. */
function take(file: string, self: Owner): boolean {
  const own = `${file}.${self.token}`;
  writeFileSync(own, JSON.stringify(self));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Moves the lock of `gone` away; if another took over meanwhile, puts that one's back. */
function takeOver(file: string, gone: Owner, self: Owner): void {
  const aside = `${file}.gone.${self.token}`;
  try {
    renameSync(file, aside);
    if (ownerAt(aside)?.token !== gone.token) linkSync(aside, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

/** Runs `work` while no other process writes to the store. Waits some seconds for one that does.
 *  Refusal: `locked`. */
export async function withLock<T>(
  store: string,
  work: () => Promise<T>,
  patience: number = PATIENCE_MS,
): Promise<T> {
  const file = join(store, 'lock');
  const self = newOwner();
  for (let waited = 0; !take(file, self); waited += POLL_MS) {
    const owner = ownerAt(file);
    if (owner !== undefined && isGone(owner)) {
      takeOver(file, owner, self);
    } else if (waited >= patience) {
      const { pid, host } = owner ?? { pid: '?', host: '?' };
      throw new Refusal('locked', { pid: String(pid), host, file });
    } else {
      await pause(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    if (ownerAt(file)?.token === self.token) rmSync(file, { force: true });
  }
}
