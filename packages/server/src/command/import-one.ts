/** One file: read, staged beside what is known, shown, agreed upon, imported. */
import { Refusal, readFile } from '@zhida/register';
import type {
  DryRun,
  FileReading,
  FileRefusal,
  ImportProblem,
  Mapping,
  Register,
} from '@zhida/register';
import type { RuleSet } from '@zhida/rules';
import { ask, canAsk } from '../ask.ts';
import { thisMoment } from '../clock.ts';
import { errorsPath, fingerprint, keepMapping } from '../import-files.ts';
import { tell } from '../phrases.ts';
import { Progress, grouped } from '../progress.ts';
import { registerWords as words } from '../register-words.ts';
import type { Terminal } from '../terminal.ts';
import { shown } from '../usage.ts';
import { printDifference, printProblems, printSource } from './import-report.ts';
import { writeBadRows } from './bad-rows.ts';
import { printProposal } from './mapping-report.ts';

export interface ImportArgs {
  /** Files and folders. */
  readonly files: readonly string[];
  readonly package: string;
  readonly store: string;
  readonly mapping: readonly string[];
  readonly mappings: string | undefined;
  readonly source: string | undefined;
  readonly asOf: string | undefined;
  readonly by: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  /** Folder for the bad rows; undefined: beside each file. */
  readonly errors: string | undefined;
  readonly details: boolean;
  readonly json: boolean;
}

/** - `imported`. `dry`: read and compared only. `declined`: nobody said yes. `empty`: no good row.
 *  - `known`: imported before. `refused`: the file as a whole cannot be read. */
export type State = 'imported' | 'dry' | 'declined' | 'empty' | 'known' | 'refused';

/** What became of one file. */
export interface Outcome {
  /** Path. */
  readonly file: string;
  readonly state: State;
  /** Number of the import, or of the one that has the file already; else empty. */
  readonly id: string;
  readonly run: DryRun | null;
  /** Of a refused file; else those of the run. */
  readonly problems: readonly ImportProblem[];
  /** Where its bad rows went; empty when it has none, or nothing was written. */
  readonly errors: string;
}

/** Everything that the files of one import share. */
export interface ImportWork {
  readonly args: ImportArgs;
  readonly ruleSet: RuleSet;
  readonly mappings: readonly Mapping[];
  readonly register: Register;
  readonly t: Terminal;
  readonly signal: AbortSignal;
  /** Several files, one line each. */
  readonly brief: boolean;
  /** The person said "all the rest"; "quit". */
  all: boolean;
  quit: boolean;
}

/** The mapping that is named alone is the one to take, whatever would recognise the file. */
function sourceFor({ args, mappings }: ImportWork): string | undefined {
  if (args.source !== undefined) return args.source;
  return args.mapping.length === 1 ? mappings[0]?.source : undefined;
}

/** Number of the import in force that has this very file; empty when there is none. */
function importedAs({ args, register }: ImportWork, sha256: string): string {
  if (sha256 === '' || args.source !== undefined) return '';
  return register.imports().find((i) => i.holds && i.source.sha256 === sha256)?.id ?? '';
}

async function agreed(work: ImportWork, run: DryRun, several: boolean): Promise<boolean> {
  const { args, t } = work;
  if (args.yes || work.all) return true;
  if (!canAsk() || args.json) return false;
  const question = several ? words.askMany : words.ask;
  const text = tell(question, t.language, { good: grouped(run.good) });
  const key = await ask(`\n${text}`, several ? 'yaqn' : 'yn');
  if (key === 'a') work.all = true;
  if (key === 'q') work.quit = true;
  return key === 'y' || key === 'a';
}

/** Rows given back: on import, and in a dry run where a folder was named for them. */
async function giveBack(work: ImportWork, file: string, reading: FileReading): Promise<string> {
  const { args } = work;
  if (reading.report.bad === 0 || (args.dryRun && args.errors === undefined)) return '';
  const path = errorsPath(file, args.errors);
  return (await writeBadRows(file, path, reading, work.t.language)) ? path : '';
}

async function settle(
  work: ImportWork,
  file: string,
  { reading, run, several }: { reading: FileReading; run: DryRun; several: boolean },
): Promise<Outcome> {
  const { args, mappings } = work;
  const done = { file, id: '', run, problems: run.problems, errors: '' };
  if (run.good === 0 || args.dryRun) {
    const errors = await giveBack(work, file, reading);
    return { ...done, state: run.good === 0 ? 'empty' : 'dry', errors };
  }
  if (!(await agreed(work, run, several))) return { ...done, state: 'declined' };
  const { id } = await run.commit({ by: args.by, on: thisMoment() });
  const mapping = mappings.find((m) => m.source === run.source.name);
  if (mapping !== undefined) keepMapping(args.store, mapping);
  return { ...done, state: 'imported', id, errors: await giveBack(work, file, reading) };
}

/** Of the refusal that the register has this very file already, the number of its import. */
function knownAs(e: unknown): string | undefined {
  return e instanceof Refusal && e.code === 'import-known' ? e.params['id'] : undefined;
}

async function stageAndSettle(
  work: ImportWork,
  file: string,
  reading: FileReading,
  { several, progress }: { several: boolean; progress: Progress },
): Promise<Outcome> {
  const { args, register, t, signal } = work;
  let run: DryRun;
  try {
    run = await register.stage(reading, {
      onRows: (done) => {
        signal.throwIfAborted();
        progress.at(done);
      },
    });
  } catch (e) {
    const id = knownAs(e);
    if (id === undefined) throw e;
    return { file, state: 'known', id, run: null, problems: [], errors: '' };
  } finally {
    progress.end();
  }
  try {
    signal.throwIfAborted();
    if (!work.brief && !args.json) {
      printSource(run, t);
      printProblems(run.problems, t);
      printDifference(run, t);
    }
    return await settle(work, file, { reading, run, several });
  } finally {
    run.discard();
  }
}

/** How often the bar is told that the first look at a file goes on. */
const TICK_MS = 200;

/** The first look at a file: its form, its mapping, which identities come twice. */
async function look(
  { args, ruleSet, mappings, signal }: ImportWork,
  file: string,
  source: string | undefined,
  progress: Progress,
): Promise<FileReading | FileRefusal> {
  signal.throwIfAborted();
  const timer = setInterval(() => {
    progress.at(0);
  }, TICK_MS);
  try {
    return await readFile(file, {
      ruleSet,
      mappings,
      ...(source === undefined ? {} : { source }),
      ...(args.asOf === undefined ? {} : { asOf: args.asOf }),
    });
  } finally {
    clearInterval(timer);
  }
}

/** Imports one file. `several`: there are others. */
export async function importOne(
  work: ImportWork,
  file: string,
  several: boolean,
): Promise<Outcome> {
  const { args, t } = work;
  const none = { file, run: null, problems: [], errors: '' };
  const known = importedAs(work, await fingerprint(file));
  if (known !== '') return { ...none, state: 'known', id: known };
  const label = tell(words.reading, t.language, { file: shown(file) });
  const progress = new Progress(label, undefined, t.language);
  const reading = await look(work, file, sourceFor(work), progress);
  if (reading.refused !== true) {
    return stageAndSettle(work, file, reading, { several, progress });
  }
  progress.end();
  if (!args.json && !work.brief && reading.proposal !== null) printProposal(reading.proposal, t);
  return { ...none, state: 'refused', id: '', problems: reading.problems };
}
