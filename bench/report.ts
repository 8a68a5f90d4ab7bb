// The figures as a table for people and as JSON for machines. Nothing is asserted.
import { SCHEMES } from './subject.ts';
import type { Errors } from './correctness.ts';
import type { Timing } from './timing.ts';

export interface Line extends Timing {
  readonly engine: string;
  readonly errors: Errors;
}

export interface Report {
  readonly package: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly loadBefore: number;
  readonly schemes: number;
  readonly compileMs: { readonly first: number; readonly median: number; readonly runs: number };
  readonly readFactsMicros: number;
  readonly lines: readonly Line[];
}

/** Our full trace: what the others are compared with. */
function own(report: Report): number {
  return report.lines[0]?.median ?? Number.NaN;
}

const digits = (n: number): string => (n < 100 ? n.toFixed(1) : Math.round(n).toLocaleString('en'));

const HEAD = [
  'engine',
  'median µs',
  'p99 µs',
  '× full trace',
  'decisions/s',
  'passes',
  'wrong verdicts',
  'wrong amounts',
  'worst, 元',
  'unknown→no',
  'unknown→yes',
];

function cells(line: Line, report: Report): string[] {
  const { errors } = line;
  return [
    line.engine,
    digits(line.median),
    digits(line.p99),
    digits(line.median / own(report)),
    Math.round((SCHEMES.length * 1e6) / line.median).toLocaleString('en'),
    line.passes.toLocaleString('en'),
    String(errors.verdicts),
    String(errors.amounts),
    (Number(errors.worstFen) / 100).toFixed(2),
    String(errors.unknownAsNo),
    String(errors.unknownAsYes),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const text = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))),
  );
  return text.map((row) => row.join('  ')).join('\n');
}

function wrongSchemes({ engine, errors }: Line): string[] {
  const names = Object.entries(errors.bySchemes).map(([scheme, n]) => `${scheme} (${n})`);
  return names.length === 0 ? [] : [`  ${engine}: ${names.join(', ')}`];
}

export function text(report: Report): string {
  const { compileMs: c, lines } = report;
  const [first] = lines;
  const peers = lines.filter((l) => !l.engine.startsWith('zhida'));
  const fastest = peers.reduce((a, b) => (b.median < a.median ? b : a));
  return [
    `${report.schemes} money schemes of ${report.package}, one subject per pass`,
    `Node ${report.node}, ${report.cores} × ${report.cpu}, load ${report.loadBefore.toFixed(1)}`,
    '',
    table([HEAD, ...lines.map((line) => cells(line, report))]),
    '',
    `Wrong of ${first?.errors.decisions.toLocaleString('en')} decisions, of which ` +
      `${first?.errors.unknowns} wait for a fact or a judgement. By scheme:`,
    ...lines.flatMap(wrongSchemes),
    '',
    `Fastest peer: ${fastest.engine}, ${digits(fastest.median / own(report))} × our full trace.`,
    `Compiling the package: ${digits(c.first)} ms the first time in a process, ` +
      `${digits(c.median)} ms the median of ${c.runs} more.`,
    `Reading a subject's facts from texts (not in the passes): ${digits(report.readFactsMicros)} µs.`,
    '',
  ].join('\n');
}

export function json(report: unknown): string {
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'bigint' ? Number(value) : value;
  return `${JSON.stringify(report, plain, 2)}\n`;
}
