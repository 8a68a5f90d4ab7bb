// Lint and format: both tools say how many files they read.
import { type Report, runTool } from './tool.ts';

const ROOMS = ['packages', 'test', 'bench', 'examples', 'boot', 'bin'];
const LINTED = [...ROOMS, 'boot.mjs', 'vitest.config.ts'];

export async function lintCheck(): Promise<Report> {
  const { code, text } = await runTool('oxlint', ['--type-aware', '--deny-warnings', ...LINTED]);
  return { name: 'lint', ok: code === 0, seen: fileCount(text), text };
}

export async function formatCheck(): Promise<Report> {
  const { code, text } = await runTool('oxfmt', ['--check']);
  const next = code === 0 ? '' : '\nNext step: npm run format\n';
  return { name: 'format', ok: code === 0, seen: fileCount(text), text: text + next };
}

/** `Finished in 23ms on 20 files using 2 threads.` */
function fileCount(text: string): number {
  return Number(/ on (\d+) files?/.exec(text)?.[1] ?? 0);
}
