/** `zhida import`: files and folders → checked rows → the difference from what is known → the register,
 *  once a person has agreed. */
import { canonical } from '@zhida/rules';
import { importProblemText } from '@zhida/register';
import { isDay } from '../deciding.ts';
import { filesToImport, knownMappings } from '../import-files.ts';
import { interruptible } from '../interrupt.ts';
import { loadPackage, warnDraft } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { registerWords as words } from '../register-words.ts';
import { withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { importOne } from './import-one.ts';
import type { ImportArgs, ImportWork, Outcome } from './import-one.ts';
import { printLine, printOutcome, printTotals } from './import-outcome.ts';

export type { ImportArgs, Outcome } from './import-one.ts';

function codeOf(outcomes: readonly Outcome[]): number {
  const failed = ['refused', 'declined', 'empty'];
  if (outcomes.some((o) => failed.includes(o.state))) return 1;
  return outcomes.some((o) => (o.run?.bad ?? 0) > 0) ? 3 : 0;
}

/** Reads, shows, asks and imports one file after the other. What was imported before a file is refused
 *  stays imported: each file is one import. */
export async function importAll(
  work: ImportWork,
  files: readonly string[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    if (work.quit) break;
    const outcome = await importOne(work, file, files.length > 1);
    outcomes.push(outcome);
    if (work.args.json) continue;
    if (work.brief) printLine(outcome, files, work.t);
    else printOutcome(outcome, work.args, work.t);
  }
  return outcomes;
}

/** What other programs get of a file. */
function plain({ file, state, id, run, problems, errors }: Outcome): unknown {
  const { source = null, rows = 0, good = 0, bad = 0, skipped = 0, tables = [] } = run ?? {};
  return { file, state, id, source, rows, good, bad, skipped, errors, tables, problems };
}

/** Imports. Returns the exit code: 0; 1 when a file was refused or not imported; 3 when rows were bad. */
export async function importFiles(args: ImportArgs, t: Terminal): Promise<number> {
  const l = t.language;
  if (args.asOf !== undefined && !isDay(args.asOf))
    throw new UsageError('day', { text: args.asOf });
  const files = filesToImport(args.files);
  const { store } = args;
  const known = knownMappings({
    files: args.mapping,
    folder: args.mappings,
    imported: files,
    store,
  });
  for (const p of known.problems) {
    const { cause, mend } = importProblemText(p, l);
    process.stderr.write(`${cause}\n    → ${mend}\n`);
  }
  const reading = loadPackage(args.package);
  const draft = warnDraft(reading, l);
  const { ruleSet } = reading;
  const { mappings } = known;
  if (args.source !== undefined && !mappings.some((m) => m.source === args.source)) {
    const list = mappings.map((m) => m.source).join('、') || '—';
    throw new UsageError('mapping-unknown', { name: args.source, list });
  }
  const brief = files.length > 1 && !args.details && (args.yes || args.dryRun);
  const outcomes = await interruptible(
    (signal) =>
      withRegister(store, ruleSet, (register) => {
        const state = { all: false, quit: false };
        return importAll({ args, ruleSet, mappings, register, t, signal, brief, ...state }, files);
      }),
    tell(words.stopped, l),
  );
  if (args.json) t.print(canonical(outcomes.map(plain)));
  else if (files.length > 1) printTotals(outcomes, args, t);
  return draft ? 1 : codeOf(outcomes);
}
