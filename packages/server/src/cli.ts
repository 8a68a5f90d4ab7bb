/** The command `zhida`. Exit codes: 0 done; 1 the package, an example or a file fails, or nothing was
 *  imported; 2 wrong use; 3 done, but some facts or rows could not be read (they are named); 130
 *  stopped by the person. */
import type { Language } from '@zhida/rules';
import { decisionCommands } from './declare/decisions.ts';
import { packageCommands } from './declare/packages.ts';
import { Program, finish } from './declare/program.ts';
import { registerCommands } from './declare/register.ts';
import { screeningCommands } from './declare/screening.ts';
import { failureText } from './failure.ts';
import { STOPPED, Stopped } from './interrupt.ts';
import { endWithReader, environmentLanguage } from './terminal.ts';
import { UsageError } from './usage.ts';

/** Language: `--lang` wherever it stands, else the environment's. */
function languageOf(argv: readonly string[]): Language {
  const at = argv.findLastIndex((a) => a === '--lang' || a.startsWith('--lang='));
  const said = at < 0 ? '' : (argv[at]?.split('=')[1] ?? argv[at + 1] ?? '');
  return said === 'zh' || said === 'en' ? said : environmentLanguage();
}

function codeOf(e: unknown): number {
  if (e instanceof Stopped) return STOPPED;
  return e instanceof UsageError ? 2 : 1;
}

async function fail(e: unknown, language: Language): Promise<void> {
  // The options' library has printed its message; help and version are no errors.
  if (e instanceof Error && 'exitCode' in e) {
    finish(e.exitCode === 0 ? 0 : 2);
    return;
  }
  process.stderr.write(`zhida: ${await failureText(e, language)}\n`);
  const traced = (process.env['ZHIDA_TRACE'] ?? '') !== '';
  if (traced && e instanceof Error) process.stderr.write(`${e.stack ?? ''}\n`);
  finish(codeOf(e));
}

async function run(argv: readonly string[]): Promise<void> {
  const language = languageOf(argv);
  try {
    const program = new Program(language);
    packageCommands(program);
    decisionCommands(program);
    registerCommands(program);
    screeningCommands(program);
    await program.root.parseAsync([...argv]);
  } catch (e) {
    await fail(e, language);
  }
}

endWithReader();
await run(process.argv);
