/** The command `zhida`. Exit codes: 0 done; 1 the package or an example fails; 2 wrong use;
 *  3 decided, but some facts could not be read (they are named on standard error). */
import { Command, Option } from 'commander';
import type { Language } from '@zhida/rules';
import { check } from './command/check.ts';
import { cover } from './command/cover.ts';
import { decide } from './command/decide.ts';
import { explain } from './command/explain.ts';
import { create } from './command/new.ts';
import { test } from './command/test.ts';
import { UsageError, defaults } from './package-folder.ts';
import { Terminal, environmentLanguage } from './terminal.ts';

interface Common {
  readonly lang?: Language;
  readonly json?: boolean;
}

const collect = (value: string, list: readonly string[]): readonly string[] => [...list, value];

function terminal(command: Command): { t: Terminal; json: boolean } {
  const { lang, json } = command.optsWithGlobals<Common>();
  return { t: new Terminal(lang ?? environmentLanguage()), json: json === true };
}

function finish(code: number): void {
  process.exitCode = code;
}

function today(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The sample is of late 2023; with its own facts the day is today. */
function dayFor(asOf: string | undefined, facts: string): string {
  return asOf ?? (facts === defaults.facts ? defaults.asOf : today());
}

interface Asked extends Common {
  readonly package: string;
  readonly entity?: string;
  readonly item: readonly string[];
  readonly reading: readonly string[];
  readonly asOf?: string;
  readonly facts: string;
  readonly csv?: boolean;
  readonly all?: boolean;
  readonly html?: string;
  readonly measure?: string;
}

function withQuestion(command: Command): Command {
  return command
    .option('-p, --package <folder>', 'policy package', defaults.package)
    .option('-e, --entity <name>', 'what a row is about, e.g. 企业 (needed for CSV)')
    .option('-i, --item <id or name>', 'only this item; repeatable', collect, [])
    .option('-r, --reading <id=alternative>', 'switch a reading, e.g. 3.3#1=乙', collect, [])
    .option('-d, --as-of <date>', 'day of the decision, YYYY-MM-DD (default: today)');
}

export function program(): Command {
  const p = new Command('zhida')
    .description('直达 — published policy text → cited rules → decisions with their reasons')
    .addOption(new Option('--lang <language>', 'zh or en').choices(['zh', 'en']))
    .option('--json', 'machine-readable output')
    .showHelpAfterError('(zhida --help lists the commands)')
    .exitOverride();
  p.command('check [package]')
    .description('errors, coverage of sentences and numbers, findings')
    .action((folder: string | undefined, _o: Common, c: Command) => {
      const { t, json } = terminal(c);
      finish(check(folder ?? defaults.package, t, json));
    });
  p.command('cover [package]')
    .description('the text with what implements each sentence')
    .option('-m, --measure <number>', 'only this measure')
    .option('--html <file>', 'write a page')
    .action((folder: string | undefined, o: Asked, c: Command) => {
      const { t, json } = terminal(c);
      const { measure, html } = o;
      finish(cover({ package: folder ?? defaults.package, measure, html, json }, t));
    });
  p.command('test [package] [filter]')
    .description('worked examples; filter by item name or provision')
    .action((folder: string | undefined, filter: string | undefined, _o: Common, c: Command) => {
      const { t, json } = terminal(c);
      finish(test(folder ?? defaults.package, filter ?? '', t, json));
    });
  withQuestion(p.command('decide [facts]'))
    .description('decide subjects from a JSON or CSV file (default: the sample)')
    .option('--csv', 'CSV output')
    .option('-a, --all', 'also those who are not eligible')
    .action((facts: string | undefined, o: Asked, c: Command) => {
      const { t, json } = terminal(c);
      const file = facts ?? defaults.facts;
      const format = json ? 'json' : o.csv === true ? 'csv' : 'table';
      const { entity, item: items, reading: readings, all = false } = o;
      const asOf = dayFor(o.asOf, file);
      finish(
        decide({ package: o.package, facts: file, entity, items, readings, asOf, format, all }, t),
      );
    });
  withQuestion(p.command('explain [subject]'))
    .description('one subject, one or all items: verdict, numbers, sentences, sources, readings')
    .option('-f, --facts <file>', 'JSON or CSV file', defaults.facts)
    .option('--html <file>', 'write a printable page')
    .action((subject: string | undefined, o: Asked, c: Command) => {
      const { t, json } = terminal(c);
      const { entity, item: items, reading: readings, facts, html } = o;
      const asOf = dayFor(o.asOf, facts);
      finish(
        explain(
          { package: o.package, facts, subject, entity, items, readings, asOf, json, html },
          t,
        ),
      );
    });
  p.command('new <text> <folder>')
    .description('start a package from a published text (UTF-8)')
    .action((text: string, folder: string, _o: Common, c: Command) => {
      finish(create(text, folder, terminal(c).t));
    });
  return p;
}

function run(): void {
  try {
    program().parse();
  } catch (e) {
    if (e instanceof UsageError) {
      process.stderr.write(`zhida: ${e.message}\n`);
      finish(2);
    } else if (e instanceof Error && 'exitCode' in e) {
      // Commander has printed its message; help and version are no errors.
      finish(e.exitCode === 0 ? 0 : 2);
    } else throw e;
  }
}

// A reader that closes the pipe early (head) is no error.
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  if (e.code === 'EPIPE') process.exit(0);
  throw e;
});
run();
