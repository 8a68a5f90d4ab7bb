/** `zhida screen`: the whole register decided at once, as of a day: who is owed what, what is missing. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSnapshot } from '@zhida/register';
import type { Snapshot } from '@zhida/register';
import { canonical } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import { compareRuns, screen } from '@zhida/screening';
import type { Progress as RunProgress, Run, RunSummary } from '@zhida/screening';
import { thisMoment } from '../clock.ts';
import { chooseItems, isDay, readSwitches } from '../deciding.ts';
import { interruptible } from '../interrupt.ts';
import { Names } from '../names.ts';
import { defaults, loadPackage, warnDraft } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { Progress } from '../progress.ts';
import { registerWords } from '../register-words.ts';
import { findRun } from '../runs.ts';
import { screeningWords as words } from '../screening-words.ts';
import { refuseEmptyStore, runsFolder, withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError, shown } from '../usage.ts';
import { printComparison } from './compare-report.ts';
import { writePage, writeWorkbook } from './screen-files.ts';
import {
  printCaps,
  printDistricts,
  printHead,
  printItems,
  printMissing,
  printNear,
  printSources,
  printTotals,
  tookText,
} from './screen-report.ts';
import { currentSnapshot } from './snapshot.ts';

/** What is asked of the register. */
export interface RegisterQuestion {
  readonly package: string;
  readonly store: string;
  readonly items: readonly string[];
  readonly readings: readonly string[];
  readonly asOf: string;
  readonly knownOn: string | undefined;
}

export interface ScreenArgs extends RegisterQuestion {
  /** Folder of runs; undefined: the register's own. */
  readonly out: string | undefined;
  readonly compare: string | undefined;
  readonly xlsx: string | undefined;
  readonly html: string | undefined;
  readonly memory: string | undefined;
  readonly all: boolean;
  readonly json: boolean;
}

/** A run with what it was made of. */
export interface Screened {
  readonly run: Run;
  readonly ruleSet: RuleSet;
  readonly snapshot: Snapshot;
  /** It was made before and only opened. */
  readonly reused: boolean;
  /** Names of the register say that its data are invented (合成). */
  readonly synthetic: boolean;
}

/** What the question comes to in a package. Throws UsageError on what the package does not have. */
export function questionOf(
  q: RegisterQuestion & { readonly memory?: string | undefined },
  ruleSet: RuleSet,
): {
  readonly asOf: string;
  readonly readings: ReadonlyMap<string, string>;
  readonly items?: readonly string[];
} {
  if (!isDay(q.asOf)) throw new UsageError('day', { text: q.asOf });
  if (!/^[1-9]\d{0,5} ?[KMGT]i?B$/iu.test(q.memory ?? '3GB'))
    throw new UsageError('memory', { text: q.memory ?? '' });
  const items =
    q.items.length === 0 ? {} : { items: chooseItems(ruleSet, q.items).map((i) => i.name) };
  return { asOf: q.asOf, readings: readSwitches(ruleSet, q.readings), ...items };
}

function tellProgress(t: Terminal): { at: (p: RunProgress) => void; end: () => void } {
  const l = t.language;
  const progress = new Progress('', undefined, l);
  return {
    at: ({ part, entity, done, total, perSecond, secondsLeft }) => {
      const label = tell(part === 'decide' ? words.deciding : words.summing, l, { entity });
      const speed = part === 'decide' ? { perSecond, secondsLeft } : { perSecond: 0 };
      progress.at({ label, done, total, ...speed });
    },
    end: () => {
      progress.end();
    },
  };
}

/** Runs the question over a snapshot that is taken now. */
export async function runScreening(
  args: RegisterQuestion & Pick<ScreenArgs, 'out' | 'memory'>,
  ruleSet: RuleSet,
  t: Terminal,
  signal: AbortSignal,
): Promise<Screened> {
  const question = questionOf(args, ruleSet);
  const { snapshot, synthetic } = await withRegister(args.store, ruleSet, async (register) => ({
    snapshot: await currentSnapshot(register, ruleSet, args.knownOn),
    synthetic: (await register.find('合成', { limit: 1 })).length > 0,
  }));
  signal.throwIfAborted();
  const folder = args.out === undefined ? runsFolder(args.store) : resolve(args.out);
  mkdirSync(folder, { recursive: true });
  const progress = tellProgress(t);
  const began = thisMoment();
  try {
    const run = await screen({
      ...question,
      ruleSet,
      snapshot,
      folder,
      signal,
      now: thisMoment,
      onProgress: progress.at,
      ...(args.memory === undefined ? {} : { memory: args.memory }),
    });
    return { run, ruleSet, snapshot, synthetic, reused: run.head.finished < began };
  } finally {
    progress.end();
  }
}

/** The snapshot of a run, which stands in the register that it was made from. */
export function snapshotOf(store: string, run: Run): Promise<Snapshot> {
  return openSnapshot(join(resolve(store), 'snapshots', run.head.snapshot), { check: false });
}

/** How much of each list is shown. */
const SHORT = { missing: 12, sources: 6, near: 8, caps: 4, changes: 8 } as const;
const LONG = { missing: 60, sources: 40, near: 40, caps: 20, changes: 40 } as const;

function print(s: Screened, summary: RunSummary, args: ScreenArgs, t: Terminal): void {
  const names = new Names(s.ruleSet, t.language);
  const report = { summary, names, t };
  const most = args.all ? LONG : SHORT;
  printHead(report, s.synthetic);
  const when = summary.run.finished.replace('T', ' ');
  const made = s.reused ? tell(words.reused, t.language, { when }) : tookText(report);
  t.print(t.colour('dim', made));
  printItems(report, args.all, summary.items);
  printTotals(report);
  printMissing(report, most.missing);
  printSources(report, most.sources);
  printNear(report, most.near);
  printCaps(report, most.caps);
  printDistricts(report);
  if (summary.comparison !== null) printComparison(summary.comparison, names, t, most.changes);
}

async function compared(s: Screened, args: ScreenArgs, signal: AbortSignal): Promise<RunSummary> {
  const { run } = s;
  if (args.compare === undefined) return run.summary;
  const folder = args.out === undefined ? runsFolder(args.store) : resolve(args.out);
  const before = findRun(args.compare, folder, run.folder);
  const snapshot = await snapshotOf(args.store, before);
  // The earlier run is read by the words of today's package: another one shows as its own cause.
  const made = { run: before, ruleSet: s.ruleSet, snapshot };
  const memory = args.memory === undefined ? {} : { memory: args.memory };
  const comparison = await compareRuns(made, s, { signal, ...memory });
  return { ...run.summary, comparison };
}

/** Screens the register. Returns the exit code: 1 when the package is a draft. */
export async function screenRegister(args: ScreenArgs, t: Terminal): Promise<number> {
  const l = t.language;
  refuseEmptyStore(args.store);
  const reading = loadPackage(args.package);
  const draft = warnDraft(reading, l);
  const work = async (signal: AbortSignal): Promise<void> => {
    const s = await runScreening(args, reading.ruleSet, t, signal);
    const summary = await compared(s, args, signal);
    if (args.json) t.print(canonical(summary));
    else print(s, summary, args, t);
    const written: string[] = [];
    if (args.xlsx !== undefined)
      written.push(await writeWorkbook(s, summary, args.xlsx, t, signal));
    if (args.html !== undefined) written.push(writePage(s, summary, args.html, l));
    if (args.json) return;
    t.print();
    for (const path of written) t.print(`→ ${shown(path)}`);
    t.print(t.colour('dim', tell(words.runFolder, l, { path: shown(s.run.folder) })));
    const store = args.store === defaults.store ? '' : ` --store ${shown(resolve(args.store))}`;
    const where = `--as-of ${args.asOf}${store}`;
    t.print(t.colour('dim', tell(words.whyNext, l, { where })));
  };
  await interruptible(work, tell(registerWords.stopped, l));
  return draft ? 1 : 0;
}
