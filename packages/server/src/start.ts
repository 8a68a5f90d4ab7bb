/** `npm start`: from the spreadsheets of the bureaus to who is owed what. Checks the Benxi package, imports
 *  the sample workbooks (what is not imported yet), derives sizes, screens everybody, explains one decision
 *  with its sources, writes a workbook and three pages, and says where to look. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cover, explain, runExamples } from '@zhida/rules';
import type { Explanation, RuleSet } from '@zhida/rules';
import type { Register } from '@zhida/register';
import { RunReader } from '@zhida/screening';
import { thisMoment } from './clock.ts';
import { importAll } from './command/import.ts';
import { printTotals as printImported } from './command/import-outcome.ts';
import { printExplanation } from './command/explain.ts';
import { runScreening } from './command/screen.ts';
import type { Screened } from './command/screen.ts';
import { writePage, writeWorkbook } from './command/screen-files.ts';
import {
  printCaps,
  printHead,
  printItems,
  printMissing,
  printNear,
  printTotals,
} from './command/screen-report.ts';
import { subjectOf } from './command/why.ts';
import { engineWith } from './deciding.ts';
import type { ReadSubject } from './facts-file.ts';
import { failureText } from './failure.ts';
import { filesToImport, fingerprint, knownMappings } from './import-files.ts';
import { STOPPED, Stopped, interruptible } from './interrupt.ts';
import { Names } from './names.ts';
import { defaults, loadPackage } from './package-folder.ts';
import { coverPage } from './page/cover-page.ts';
import { explainPage } from './page/explain-page.ts';
import { tell } from './phrases.ts';
import { grouped } from './progress.ts';
import { registerWords } from './register-words.ts';
import { startWords as words } from './start-words.ts';
import { withRegister } from './store.ts';
import { Terminal, endWithReader, environmentLanguage, width } from './terminal.ts';
import { shown, writePage as writeText } from './usage.ts';
import { say } from './words.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** `npm start -- <folder>` works in another one. */
const place = process.argv[2] === undefined ? join(root, 'data/start') : resolve(process.argv[2]);
const places = {
  store: join(place, 'register'),
  errors: join(place, 'errors'),
  workbook: join(place, 'screening.xlsx'),
  page: join(place, 'screening.html'),
  /** Of which run the two are. */
  stamp: join(place, 'screening.txt'),
  text: join(place, 'text.html'),
  decision: join(place, 'decision.html'),
} as const;

/** Under this item the one decision is explained. */
const EXPLAINED = '批零增量奖励';

type Package = ReturnType<typeof loadPackage>;

function heading(t: Terminal, text: string): void {
  t.print();
  t.print(t.colour('cyan', `── ${text} ${'─'.repeat(Math.max(0, 76 - width(text)))}`));
}

/** The package in three lines. True when it can be published. */
function checked(reading: Package, t: Terminal): boolean {
  const l = t.language;
  const { ruleSet, coverage, problems, examples } = reading;
  const { manifest } = ruleSet;
  t.print(t.colour('bold', `${manifest.title}  ${manifest.number}`));
  if (l === 'en') t.print(manifest.titleEn);
  const errors = problems.filter((p) => p.severity === 'error').length;
  const results = errors === 0 ? runExamples(ruleSet, examples) : [];
  const failed = results.filter((r) => !r.passed).length;
  const share = (s: { readonly bound: number; readonly all: number }): string =>
    `${grouped(s.bound)}/${grouped(s.all)}`;
  const values = {
    sentences: share(coverage.sentences),
    numbers: share(coverage.numbers),
    items: ruleSet.items.filter((i) => i.kind === '待遇').length,
    examples: grouped(results.length),
    failed,
    errors,
  };
  const good = errors === 0 && failed === 0;
  t.print(t.colour(good ? 'green' : 'red', tell(words.checked, l, values)));
  return good;
}

/** Imports what is not imported yet and adds the sizes that can be derived. */
async function fill(ruleSet: RuleSet, t: Terminal, signal: AbortSignal): Promise<number> {
  const l = t.language;
  const files = filesToImport([defaults.workbooks]);
  const { store, errors } = places;
  const { mappings } = knownMappings({ files: [], folder: undefined, imported: files, store });
  const args = {
    files,
    package: defaults.package,
    store,
    errors,
    mapping: [],
    mappings: undefined,
    source: undefined,
    asOf: undefined,
    by: 'npm start',
    dryRun: false,
    yes: true,
    details: false,
    json: false,
  };
  return withRegister(store, ruleSet, async (register) => {
    const held = register.imports().filter((i) => i.holds);
    const known = new Set(held.map((i) => i.source.sha256));
    const prints = await Promise.all(files.map((f) => fingerprint(f)));
    if (prints.every((print) => known.has(print))) {
      t.print(tell(words.alreadyImported, l, { files: files.length, store: shown(store) }));
      return files.length;
    }
    const work = {
      args,
      ruleSet,
      mappings,
      register,
      t,
      signal,
      brief: true,
      all: true,
      quit: false,
    };
    const outcomes = await importAll(work, files);
    printImported(outcomes, args, t, true);
    await sizes(register, t);
    return files.length;
  });
}

async function sizes(register: Register, t: Terminal): Promise<void> {
  const l = t.language;
  const d = await register.deriveSize({ asOf: defaults.asOf });
  try {
    if (d.dryRun.good > 0) await d.dryRun.commit({ by: 'npm start', on: thisMoment() });
    const values = {
      computed: grouped(d.computed),
      undetermined: grouped(d.undetermined),
      conflicting: grouped(d.conflicting),
    };
    t.print(tell(words.sized, l, values));
  } finally {
    d.dryRun.discard();
  }
}

/** One screen: items with money in them, totals, and the first lines of what is missing. */
function summaryOf(s: Screened, t: Terminal): void {
  const { summary } = s.run;
  const report = { summary, names: new Names(s.ruleSet, t.language), t };
  printHead(report, s.synthetic);
  const items = summary.items.filter(
    (i) => i.kind !== 'none' && i.verdicts.满足 + i.verdicts.待认定 + i.verdicts.资料不足 > 0,
  );
  printItems(report, true, items);
  printTotals(report);
  printMissing(report, 6);
  printNear(report, 4);
  printCaps(report, 2);
}

/** A granted subject of the explained item, with the sources of its facts. */
async function granted(s: Screened): Promise<ReadSubject | undefined> {
  const { run, ruleSet, snapshot } = s;
  const reader = await RunReader.open(run, { ruleSet, snapshot });
  let id = '';
  try {
    for await (const [row] of reader.rows(EXPLAINED, { verdicts: ['满足'], limit: 1 })) {
      id = row?.id ?? '';
    }
  } finally {
    reader.close();
  }
  if (id === '') return undefined;
  const asked = { subject: id, entity: '企业', knownOn: undefined };
  return withRegister(places.store, ruleSet, (register) => subjectOf(register, ruleSet, asked));
}

function explained(ruleSet: RuleSet, subject: ReadSubject, t: Terminal): readonly Explanation[] {
  const engine = engineWith(ruleSet, []);
  const items = ruleSet.items.filter((i) => i.entity === subject.entity && i.kind === '待遇');
  const { asOf } = defaults;
  return items.map((i) => explain(engine, i, subject, asOf, subject.provenance, t.language));
}

/** Writes workbook and page, unless those there are of this run. */
async function writeRun(s: Screened, t: Terminal, signal: AbortSignal): Promise<void> {
  const { run } = s;
  const { stamp, workbook, page } = places;
  const own = `${run.head.id} ${run.head.finished} ${t.language}\n`;
  const there = [stamp, workbook, page].every((path) => existsSync(path));
  if (there && readFileSync(stamp, 'utf8') === own) return;
  await writeWorkbook(s, run.summary, workbook, t, signal);
  writePage(s, run.summary, page, t.language);
  writeText(stamp, own);
}

async function start(t: Terminal, signal: AbortSignal): Promise<number> {
  const l = t.language;
  const reading = loadPackage(defaults.package);
  const { ruleSet } = reading;
  const good = checked(reading, t);
  heading(t, tell(words.importing, l));
  await fill(ruleSet, t, signal);
  heading(t, tell(words.screening, l));
  const { store } = places;
  const asked = { package: defaults.package, store, asOf: defaults.asOf, items: [], readings: [] };
  const s = await runScreening(
    { ...asked, knownOn: undefined, out: undefined, memory: undefined },
    ruleSet,
    t,
    signal,
  );
  summaryOf(s, t);
  const subject = await granted(s);
  const list = subject === undefined ? [] : explained(ruleSet, subject, t);
  const one = list.find((e) => e.item.name === EXPLAINED);
  if (subject !== undefined && one !== undefined) {
    heading(t, tell(words.explained, l));
    t.print(`${subject.name} ${subject.id}`);
    printExplanation(one, new Names(ruleSet, l), t);
    const { asOf } = defaults;
    writeText(
      places.decision,
      explainPage({ ruleSet, subject, asOf, list, note: tell(words.synthetic, l) }, l),
    );
  }
  await writeRun(s, t, signal);
  writeText(places.text, coverPage(reading, cover(ruleSet), l));
  heading(t, say('look', l));
  const looks = [
    [places.workbook, words.lookWorkbook],
    [places.page, words.lookPage],
    [places.decision, words.lookDecision],
    [places.text, words.lookText],
    [places.errors, words.lookErrors],
  ] as const;
  for (const [path, what] of looks.filter(([path]) => existsSync(path))) {
    t.print(`  ${shown(path).padEnd(28)}  ${tell(what, l)}`);
  }
  t.print();
  t.print(`${say('tryThis', l)}:`);
  const where = `--store ${shown(store)} --as-of ${defaults.asOf}`;
  const code = subject?.id ?? '衍水';
  for (const [command, what] of [
    [`npx zhida screen why ${code} --item 3.3 ${where}`, words.tryWhy],
    [`npx zhida what-if --reading 3.3#1=乙 ${where}`, words.tryWhatIf],
    [`npx zhida register ${code} --store ${shown(store)}`, words.tryRegister],
    ['npx zhida decide --item 3.3 --all', words.tryDecide],
  ] as const) {
    t.print(`  ${command}`);
    t.print(t.colour('dim', `      ${tell(what, l)}`));
  }
  return good ? 0 : 1;
}

endWithReader();
const terminal = new Terminal(environmentLanguage());
try {
  process.exitCode = await interruptible(
    (signal) => start(terminal, signal),
    tell(registerWords.stopped, terminal.language),
  );
} catch (e) {
  process.stderr.write(`${await failureText(e, terminal.language)}\n`);
  process.exitCode = e instanceof Stopped ? STOPPED : 1;
}
