/** The command `zhida`. Exit codes: 0 done; 1 the package or an example fails; 2 wrong use;
 *  3 decided, but some facts could not be read (they are named on standard error). */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Language } from '@zhida/rules';
import { check } from './command/check.ts';
import { cover } from './command/cover.ts';
import { decide } from './command/decide.ts';
import { explain } from './command/explain.ts';
import { create } from './command/new.ts';
import { readings } from './command/readings.ts';
import { test } from './command/test.ts';
import { help, speak } from './help.ts';
import { defaults } from './package-folder.ts';
import { Terminal, environmentLanguage } from './terminal.ts';
import { UsageError, shown } from './usage.ts';

interface Asked {
  readonly package: string;
  readonly entity?: string;
  readonly item?: readonly string[];
  readonly reading?: readonly string[];
  readonly asOf?: string;
  readonly facts?: string;
  readonly csv?: boolean;
  readonly all?: boolean;
  readonly html?: string;
  readonly measure?: string;
}

const collect = (value: string, list: readonly string[] = []): readonly string[] => [
  ...list,
  value,
];

function finish(code: number): void {
  process.exitCode = code;
}

function today(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The facts asked for; the sample belongs to the default package only. */
function factsFor(asked: string | undefined, folder: string): string {
  if (asked !== undefined) return asked;
  if (resolve(folder) !== defaults.package) throw new UsageError('facts-needed', {});
  return defaults.facts;
}

/** The sample is of late 2023; with other facts the day is today. */
function dayFor(asOf: string | undefined, facts: string): string {
  return asOf ?? (facts === defaults.facts ? defaults.asOf : today());
}

/** Language: `--lang` wherever it stands, else the environment's. */
function languageOf(argv: readonly string[]): Language {
  const at = argv.findLastIndex((a) => a === '--lang' || a.startsWith('--lang='));
  const said = at < 0 ? '' : (argv[at]?.split('=')[1] ?? argv[at + 1] ?? '');
  return said === 'zh' || said === 'en' ? said : environmentLanguage();
}

class Program {
  readonly #language: Language;
  readonly root: Command;

  constructor(language: Language) {
    this.#language = language;
    this.root = speak(new Command('zhida'), language)
      .description(help.program[language])
      .addOption(new Option('--lang <zh|en>', help.lang[language]).choices(['zh', 'en']))
      .option('--json', help.json[language])
      .helpOption('-h, --help', help.help[language])
      .helpCommand('help [command]', help.help[language])
      .addHelpText('after', `\n${help.codes[language]}`)
      .showHelpAfterError(help.hint[language])
      .exitOverride();
    this.#packages();
    this.#decisions();
  }

  #command(usage: string, text: keyof typeof help): Command {
    const l = this.#language;
    return speak(this.root.command(usage), l)
      .description(help[text][l])
      .helpOption('-h, --help', help.help[l]);
  }

  #terminal(c: Command): { t: Terminal; json: boolean } {
    const { json } = c.optsWithGlobals<{ readonly json?: boolean }>();
    return { t: new Terminal(this.#language), json: json === true };
  }

  #packages(): void {
    const l = this.#language;
    this.#command('check [package]', 'check').action(
      (folder: string | undefined, _o, c: Command) => {
        const { t, json } = this.#terminal(c);
        finish(check(folder ?? defaults.package, t, json));
      },
    );
    this.#command('cover [package]', 'cover')
      .option('-m, --measure <number>', help.measure[l])
      .option('--html <file>', help.html[l])
      .action((folder: string | undefined, { measure, html }: Asked, c: Command) => {
        const { t, json } = this.#terminal(c);
        finish(cover({ package: folder ?? defaults.package, measure, html, json }, t));
      });
    this.#command('test [package] [filter]', 'test').action(
      (folder: string | undefined, filter: string | undefined, _o, c: Command) => {
        const { t, json } = this.#terminal(c);
        // `zhida test 3.3`: one word that is no folder is a filter of the Benxi package.
        const own = folder === undefined || (filter === undefined && !existsSync(folder));
        const wanted = own ? (filter ?? folder ?? '') : (filter ?? '');
        finish(test(own ? defaults.package : folder, wanted, t, json));
      },
    );
    this.#command('new <text> <folder>', 'new').action(
      (text: string, folder: string, _o, c: Command) => {
        finish(create(text, folder, this.#terminal(c).t));
      },
    );
  }

  #question(c: Command): Command {
    const l = this.#language;
    return c
      .addOption(
        new Option('-p, --package <folder>', help.package[l]).default(
          defaults.package,
          shown(defaults.package),
        ),
      )
      .option('-e, --entity <name>', help.entity[l])
      .addOption(new Option('-i, --item <id>', help.item[l]).argParser(collect))
      .addOption(new Option('-r, --reading <id=…>', help.reading[l]).argParser(collect))
      .option('-d, --as-of <date>', help.asOf[l]);
  }

  #decisions(): void {
    const l = this.#language;
    this.#command('readings [facts]', 'readings')
      .option('-p, --package <folder>', help.package[l])
      .option('-m, --measure <number>', help.measure[l])
      .option('-d, --as-of <date>', help.asOf[l])
      .action((facts: string | undefined, o: Partial<Asked>, c: Command) => {
        const { t, json } = this.#terminal(c);
        const folder = o.package ?? defaults.package;
        const file = factsFor(facts, folder);
        const asOf = dayFor(o.asOf, file);
        finish(readings({ package: folder, facts: file, measure: o.measure, asOf, json }, t));
      });
    this.#question(this.#command('decide [facts]', 'decide'))
      .option('--csv', help.csv[l])
      .option('-a, --all', help.all[l])
      .action((facts: string | undefined, o: Asked, c: Command) => {
        const { t, json } = this.#terminal(c);
        const file = factsFor(facts, o.package);
        const format = json ? 'json' : o.csv === true ? 'csv' : 'table';
        const { entity, item: items = [], reading: readings = [], all = false } = o;
        const asOf = dayFor(o.asOf, file);
        const where = { package: o.package, facts: file, entity };
        finish(decide({ ...where, items, readings, asOf, format, all }, t));
      });
    this.#question(this.#command('explain [subject]', 'explain'))
      .option('-f, --facts <file>', help.facts[l])
      .option('--html <file>', help.page[l])
      .action((subject: string | undefined, o: Asked, c: Command) => {
        const { t, json } = this.#terminal(c);
        const { entity, item: items = [], reading: readings = [], html } = o;
        const facts = factsFor(o.facts, o.package);
        const asOf = dayFor(o.asOf, facts);
        const where = { package: o.package, facts, subject, entity };
        finish(explain({ ...where, items, readings, asOf, json, html }, t));
      });
  }
}

function run(argv: readonly string[]): void {
  const language = languageOf(argv);
  try {
    new Program(language).root.parse([...argv]);
  } catch (e) {
    if (e instanceof UsageError) {
      process.stderr.write(`zhida: ${e.text(language)}\n`);
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
run(process.argv);
