/** The register that a command works with. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openRegister } from '@zhida/register';
import type { Register } from '@zhida/register';
import type { RuleSet } from '@zhida/rules';
import { UsageError, shown } from './usage.ts';

/** Opens the register, works, and closes it whatever happens. */
export async function withRegister<T>(
  folder: string,
  ruleSet: RuleSet,
  work: (register: Register) => Promise<T>,
): Promise<T> {
  const register = await openRegister(resolve(folder), ruleSet);
  try {
    return await work(register);
  } finally {
    await register.close();
  }
}

/** Throws UsageError when there is no register in `folder`: looking must not make one. */
export function refuseEmptyStore(folder: string): void {
  if (existsSync(join(folder, 'imports'))) return;
  throw new UsageError('store-empty', { file: shown(resolve(folder)) });
}

/** Where the runs of a register are kept when nobody says otherwise. */
export function runsFolder(store: string): string {
  return join(resolve(store), 'runs');
}
