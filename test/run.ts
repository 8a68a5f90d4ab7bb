// `npm test`, and `npm test -- 3.3`: runs Vitest and says on the last line, alone, what came of it.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesBelow } from './checks/files.ts';
import { root } from './checks/tool.ts';
import { narrow } from './run/narrow.ts';
import { readTally, tallyLine } from './run/tally.ts';

// Written to a folder of its own: two runs in one checkout do not read each other's result.
const folder = mkdtempSync(join(tmpdir(), 'zhida-test-'));
const file = join(folder, 'result.json');
const kept = join(root, '.vitest.json');
rmSync(kept, { force: true });

const testFiles = filesBelow().filter((path) => path.endsWith('.test.ts'));
const { args, narrowed } = narrow(process.argv.slice(2), testFiles);
const code = await vitest(args);
const tally = readTally(file, code);
try {
  copyFileSync(file, kept);
} catch {
  // Vitest wrote none; the tally has counted that as a failure.
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = code === 0 && tally.failed > 0 ? 1 : code;
if (narrowed && tally.passed === 0) {
  const words = process.argv.slice(2).join(' ');
  process.stdout.write(`\nNo test passed that has "${words}" in its path or its name.\n`);
}
process.stdout.write(`\n${tallyLine(tally, narrowed)}\n`);

function vitest(filters: readonly string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, 'run', ...reporters, ...filters], {
      cwd: root,
      stdio: 'inherit',
    });
    // The child hears Ctrl-C too; this process stays to count what was finished.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', (error) => {
      process.stderr.write(`Vitest did not start: ${error.message}\n`);
      done(1);
    });
    child.on('close', (status) => done(status ?? 1));
  });
}
