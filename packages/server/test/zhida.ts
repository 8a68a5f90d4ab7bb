/** The one door of these tests: runs the command as a person does, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where Node keeps what it has read: these tests start hundreds of processes. */
const cache = join(root, 'node_modules/.cache/zhida');

/** Runs a script of the server with the environment's language set; colours and terminals off. */
export function run(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Ran {
  const ran = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      LANG: 'en_US.UTF-8',
      NODE_COMPILE_CACHE: cache,
      ...env,
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

export function zhida(args: readonly string[], env: Record<string, string> = {}): Ran {
  return run('packages/server/src/cli.ts', args, env);
}
