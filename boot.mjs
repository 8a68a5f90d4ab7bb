// The first thing that runs, on whatever Node the machine has: `node boot.mjs <task> [arguments]`.
// It installs the packages if they are missing or older than the lockfile, then hands over to the
// pinned Node 24, which reads the TypeScript of the task as it stands.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './boot/install.mjs';
import { becomeNode, findNode, noNodeMessage } from './boot/node.mjs';

/** @type {Record<string, string>} */
const TASKS = {
  start: 'packages/server/src/start.ts',
  test: 'test/run.ts',
  check: 'test/check.ts',
  bench: 'bench/run.ts',
  faults: 'bench/faults.ts',
};

const root = dirname(fileURLToPath(import.meta.url));
const [task = '', ...args] = process.argv.slice(2);
process.exitCode = await boot();

/** @returns {Promise<number | undefined>} an exit code, or undefined when the task decides */
async function boot() {
  const file = Object.hasOwn(TASKS, task) ? TASKS[task] : undefined;
  if (!file) {
    return fail(`Unknown task "${task}". Next step: node boot.mjs ${Object.keys(TASKS).join('|')}`);
  }
  if (!(await ensureInstalled(root))) return 1;
  const node = findNode(root);
  if (!node) return fail(noNodeMessage());
  if (!existsSync(join(root, file))) {
    return fail(`${file} is not part of this checkout yet, so there is nothing to ${task}.`);
  }
  becomeNode(node, [join(root, file), ...args], { root, cwd: root });
  return undefined;
}

/** @param {string} message @returns {number} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  return 1;
}
