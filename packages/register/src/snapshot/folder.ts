/** Folders that appear whole or not at all: made under another name, written down to the disk,
 *  then renamed. A process that was killed leaves only unfinished folders, which `sweep` removes. */
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isGone, newOwner, ownerName, ownerOf } from './owner.ts';

const UNFINISHED = '.unfinished-';

/** A new folder inside `parent` for what is not finished yet. */
export function unfinishedFolder(parent: string): string {
  const folder = join(parent, `${UNFINISHED}${ownerName(newOwner())}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Removes what killed processes left in `parent`. */
export function sweep(parent: string): void {
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const owner = ownerOf(name.slice(UNFINISHED.length));
    if (owner === undefined || isGone(owner)) remove(join(parent, name));
  }
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Gives an unfinished folder its name. False when that name is taken; nothing happened then. */
export function publish(unfinished: string, folder: string): boolean {
  for (const name of readdirSync(unfinished)) sync(join(unfinished, name));
  sync(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
  sync(dirname(folder));
  return true;
}

/** Writes a small file that is always either the old one or the new one. */
export function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${newOwner().token}`;
  writeFileSync(temporary, text);
  sync(temporary);
  renameSync(temporary, path);
  sync(dirname(path));
}

/** SHA-256 of a file's bytes, hex. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(piece as Buffer);
  }
  return hash.digest('hex');
}

export function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
