// `npm run check`: everything that can be said of the code without running it, in seconds.
import { compileCheck } from './checks/compile.ts';
import { formatCheck, lintCheck } from './checks/lint.ts';
import { tidyCheck } from './checks/tidy.ts';
import type { Report } from './checks/tool.ts';
import { wallsCheck } from './checks/walls.ts';

const LONGEST_REPORT = 80;
const checks = [compileCheck, lintCheck, formatCheck, wallsCheck, tidyCheck];
const started = performance.now();
// Two cores: the tools run side by side, each says its part whole.
const reports = await Promise.all(checks.map(async (check) => await check()));

for (const report of reports) print(report);
const bad = reports.filter((report) => !holds(report));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const verdict = bad.length === 0 ? 'all hold' : `not: ${bad.map(({ name }) => name).join(', ')}`;
process.stdout.write(`${reports.length} checks in ${seconds} s, ${verdict}\n`);
process.exitCode = bad.length === 0 ? 0 : 1;

/** A check that saw nothing has not held. */
function holds({ ok, seen }: Report): boolean {
  return ok && seen > 0;
}

/** The report, indented; of a very long one the beginning and the end. */
function excerpt({ text }: Report): string {
  const lines = text.trim().split('\n');
  const cut = lines.length - LONGEST_REPORT;
  if (cut > 0) lines.splice(LONGEST_REPORT / 2, cut, `… ${cut} more lines`);
  return lines.map((line) => (line ? `      ${line}` : '')).join('\n');
}

function print(report: Report): void {
  const mark = holds(report) ? 'ok  ' : 'FAIL';
  process.stdout.write(`${mark}  ${report.name.padEnd(8)} ${report.seen} files\n`);
  if (!holds(report) || report.name === 'tidy') {
    process.stdout.write(`${excerpt(report)}\n`);
  }
}
