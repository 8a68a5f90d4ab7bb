// The figures of screening as text. Nothing is asserted.
import type { Measured } from './child.ts';
import { geometricMean } from './contest.ts';
import type { ContestReport } from './contest.ts';
import type { Point, ScreeningReport } from './screening.ts';

const whole = (n: number): string => Math.round(n).toLocaleString('en');
const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 10_000 ? 2 : 1);
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((r) => r[i]?.length ?? 0)));
  return rows
    .map((r) =>
      r.map((c, i) => (i === 0 ? c.padEnd(widths[i] ?? 0) : c.padStart(widths[i] ?? 0))).join('  '),
    )
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}

function contestText({ enterprises, rounds, load, lines, agree }: ContestReport): string {
  const ratios = (of: 'wall' | 'cpu'): readonly number[] =>
    lines.map((l) => l.compiled[of] / l.hand[of]);
  const summary = (of: 'wall' | 'cpu'): string =>
    `${geometricMean(ratios(of)).toFixed(2)}, worst ${Math.max(...ratios(of)).toFixed(2)}`;
  return [
    `Compiled and hand-written SQL, ${whole(enterprises)} enterprises, median of ${rounds} rounds` +
      ` in turns, load ${load.toFixed(1)}:`,
    table([
      ['layout', 'compiled s', 'hand s', 'ratio', 'compiled CPU s', 'hand CPU s', 'ratio'],
      ...lines.map((l) => [
        l.layout,
        seconds(l.compiled.wall),
        seconds(l.hand.wall),
        (l.compiled.wall / l.hand.wall).toFixed(2),
        seconds(l.compiled.cpu),
        seconds(l.hand.cpu),
        (l.compiled.cpu / l.hand.cpu).toFixed(2),
      ]),
    ]),
    `  Geometric mean on the clock ${summary('wall')}; of the processors ${summary('cpu')}.`,
    `  Verdicts and money of both ${agree ? 'come to the same' : 'DIFFER'} over everyone.`,
  ].join('\n');
}

function pointsText(points: readonly Point[]): string {
  return [
    'Growth: all plans, packed, to Parquet, a process each:',
    table([
      [
        'enterprises',
        'subjects',
        'seconds',
        'enterprises/s',
        'money decisions/s',
        'CPU µs/enterprise',
        'peak memory',
      ],
      ...points.map(({ enterprises, rows, decisions, copy }) => [
        whole(enterprises),
        whole(rows),
        seconds(copy.wall),
        whole((enterprises * 1000) / copy.wall),
        whole((decisions * 1000) / copy.wall),
        ((copy.cpu * 1000) / enterprises).toFixed(2),
        gigabytes(copy.peak),
      ]),
    ]),
  ].join('\n');
}

function runText(run: Measured, rows: number): string {
  const parts = (run.parts ?? []).map((p) => `${p.part} ${seconds(p.milliseconds)} s`).join(', ');
  return (
    `A run of the product over ${whole(rows)} enterprises, with hashes, totals and summary: ${seconds(run.wall)} s` +
    ` (${parts}), peak memory ${gigabytes(run.peak)}.`
  );
}

function peersText({ peers, points }: ScreeningReport): string {
  const last = points.at(-1);
  const own = last === undefined ? Number.NaN : (last.decisions * 1000) / last.copy.wall;
  return [
    'Decisions about money a second, beside a loop over the subjects of `npm run bench`:',
    table([
      ['engine', 'decisions/s', 'ours is'],
      ['screening', whole(own), ''],
      ...peers.map((p) => [
        p.engine,
        whole(p.decisionsPerSecond),
        `× ${whole(own / p.decisionsPerSecond)}`,
      ]),
    ]),
  ].join('\n');
}

function whatIfText({ wall, peak, questions = [] }: Measured, rows: number): string {
  const yuan = (fen: string): string => `${(BigInt(fen) / 100n).toLocaleString('en')} 元`;
  return [
    `What if, ${whole(rows)} enterprises resident (loaded in ${seconds(wall)} s, peak memory ${gigabytes(peak)}):`,
    table([
      ['reading', 'ms', 'before', 'after'],
      ...questions.map((q) => [
        q.change,
        whole(q.milliseconds),
        yuan(q.beforeFen),
        yuan(q.afterFen),
      ]),
    ]),
  ].join('\n');
}

export function screeningText(r: ScreeningReport): string {
  const rows = r.points.at(-1)?.enterprises ?? 0;
  const { decisions, hand, compiled, examples } = r.agreement;
  const { uniform, ranged } = r.naive;
  return [
    `The whole register under ${r.package}`,
    r.machine,
    '',
    `Against the rules, one by one: ${whole(decisions)} decisions,` +
      ` compiled differs in ${compiled}, hand-written in ${hand}.`,
    ...examples,
    '',
    ...r.contests.flatMap((c) => [contestText(c), '']),
    pointsText(r.points),
    '',
    ...(r.run === undefined ? [] : [runText(r.run, rows), '']),
    peersText(r),
    '',
    whatIfText(r.whatIf, rows),
    '',
    `Every number as DECIMAL(38,12): ${(uniform / ranged).toFixed(1)} × the time of the processors` +
      ' of BIGINT 分 (two awards, in memory).',
    `The register was invented: ${r.making}.`,
    '',
  ].join('\n');
}
