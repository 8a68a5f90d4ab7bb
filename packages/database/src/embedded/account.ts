/** PostgreSQL refuses to run as root: then its folder belongs to, and its programs run as, an account
 *  without rights. */
import { accessSync, chownSync, constants, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** `nobody` on every system that was met. */
const NOBODY = 65_534;

/** Whom PostgreSQL runs as, or undefined for the account that runs this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export function accountOfServer(): Account | undefined {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
}

/** Whether `account` can walk into `folder`: every folder above must let others pass. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (account === undefined) return true;
  for (let at = resolve(folder); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit =
      uid === account.uid
        ? constants.S_IXUSR
        : gid === account.gid
          ? constants.S_IXGRP
          : constants.S_IXOTH;
    if ((mode & bit) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

/** Makes `folder`, for `account` alone. */
export function makePrivate(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

/** A folder that `account` can enter, for what cannot stay in a checkout that it cannot:
 *  `/var/lib/zhida` where this process may write there, else below the system's temporary folder. */
export function reachableFolder(name: string): string {
  for (const base of ['/var/lib/zhida', join(tmpdir(), 'zhida')]) {
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 });
      accessSync(base, constants.W_OK);
      return join(base, name);
    } catch {
      // The next one.
    }
  }
  throw new Error('no folder for the database that its account could enter');
}
