/** What every command shares: language, `--json`, help in the reader's language, the exit code. */
import { Command, Option } from 'commander';
import type { Language } from '@zhida/rules';
import { help, speak } from '../help.ts';
import { defaults } from '../package-folder.ts';
import { Terminal } from '../terminal.ts';
import { shown } from '../usage.ts';

/** What a command gets from the options of the whole program. */
export interface Said {
  readonly t: Terminal;
  readonly json: boolean;
}

const collect = (value: string, list: readonly string[] = []): readonly string[] => [
  ...list,
  value,
];

export function finish(code: number): void {
  process.exitCode = code;
}

export class Program {
  readonly language: Language;
  readonly root: Command;

  constructor(language: Language) {
    this.language = language;
    this.root = speak(new Command('zhida'), language)
      .description(help.program[language])
      .addOption(new Option('--lang <zh|en>', help.lang[language]).choices(['zh', 'en']))
      .option('--json', help.json[language])
      .helpOption('-h, --help', help.help[language])
      .helpCommand('help [command]', help.help[language])
      .addHelpText('after', `\n${help.codes[language]}`)
      .showHelpAfterError(help.hint[language])
      .exitOverride();
  }

  /** Declares a command below `parent` (the program, when left out). */
  command(usage: string, text: keyof typeof help, parent: Command = this.root): Command {
    const l = this.language;
    return speak(parent.command(usage), l)
      .description(help[text][l])
      .helpOption('-h, --help', help.help[l]);
  }

  said(c: Command): Said {
    const { json } = c.optsWithGlobals<{ readonly json?: boolean }>();
    return { t: new Terminal(this.language), json: json === true };
  }

  /** An option that may be given several times. */
  repeated(flags: string, text: keyof typeof help): Option {
    return new Option(flags, help[text][this.language]).argParser(collect);
  }

  package(): Option {
    return new Option('-p, --package <folder>', help.package[this.language]).default(
      defaults.package,
      shown(defaults.package),
    );
  }

  store(): Option {
    return new Option('--store <folder>', help.store[this.language]).default(
      defaults.store,
      shown(defaults.store),
    );
  }
}
