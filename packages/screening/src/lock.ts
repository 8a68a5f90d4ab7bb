/** One process makes a run; a second one that is asked for the same is told so. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { RunError } from './run-folder.ts';

/** When the process began, in ticks of the kernel: its number alone is given again some day. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(owner: string): boolean {
  const [pid = '', start = ''] = owner.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(Number(pid)) === start;
}

/** Takes the lock `path`, also that of a process that is gone; gives what releases it. Throws RunError
 *  `busy` while the owner lives. */
export function lock(path: string): () => void {
  const own = `${process.pid} ${startOf(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    }
    const owner = readFileSync(path, 'utf8');
    if (owner !== '' && isAlive(owner))
      throw new RunError('busy', { pid: owner.split(' ')[0] ?? '' });
    rmSync(path, { force: true });
  }
}
