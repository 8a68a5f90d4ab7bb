/** Which process a lock or an unfinished folder belongs to, and whether it still runs. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process began, in ticks of the kernel; `0` where the system does not tell. */
  readonly start: string;
  readonly token: string;
}

/** A process number is given again after some time; with the start of the process it is one's own. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}

export function newOwner(): Owner {
  const token = randomBytes(6).toString('hex');
  return { host: hostname(), pid: process.pid, start: startOf(process.pid), token };
}

/** True when the owner is surely gone. Of another machine nobody knows: false. */
export function isGone(owner: Owner): boolean {
  if (owner.host !== hostname()) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return startOf(owner.pid) !== owner.start;
}

/** `17-123456-9f…@host`: the owner as part of a folder's name. */
export const ownerName = (o: Owner): string => `${o.pid}-${o.start}-${o.token}@${o.host}`;

export function ownerOf(name: string): Owner | undefined {
  const m = /^(\d+)-(\d+)-([0-9a-f]+)@(.*)$/u.exec(name);
  if (m === null) return undefined;
  return { pid: Number(m[1]), start: m[2] ?? '', token: m[3] ?? '', host: m[4] ?? '' };
}
