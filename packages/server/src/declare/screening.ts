/** Commands on the whole register at once: screen, screen why, what-if. Loaded when called, like those on
 *  the register. */
import type { Command } from 'commander';
import { today } from '../clock.ts';
import { help } from '../help.ts';
import { finish } from './program.ts';
import type { Program } from './program.ts';

interface Asked {
  readonly package: string;
  readonly store: string;
  readonly entity?: string;
  readonly item?: readonly string[];
  readonly reading?: readonly string[];
  readonly asOf?: string;
  readonly knownOn?: string;
  readonly out?: string;
  readonly compare?: string;
  readonly xlsx?: string;
  readonly html?: string;
  readonly memory?: string;
  readonly all?: boolean;
}

function question(p: Program, c: Command): Command {
  const l = p.language;
  return c
    .addOption(p.package())
    .addOption(p.store())
    .addOption(p.repeated('-i, --item <id>', 'item'))
    .addOption(p.repeated('-r, --reading <id=…>', 'reading'))
    .option('-d, --as-of <date>', help.screenDay[l])
    .option('--known-on <date>', help.knownOn[l]);
}

function asked(o: Asked): {
  readonly package: string;
  readonly store: string;
  readonly items: readonly string[];
  readonly readings: readonly string[];
  readonly asOf: string;
  readonly knownOn: string | undefined;
} {
  const { store, item: items = [], reading: readings = [], asOf = today(), knownOn } = o;
  return { package: o.package, store, items, readings, asOf, knownOn };
}

export function screeningCommands(p: Program): void {
  const l = p.language;
  const command = question(p, p.command('screen', 'screen'))
    .option('-o, --out <folder>', help.out[l])
    .option('-c, --compare <run>', help.compare[l])
    .option('--xlsx <file>', help.xlsx[l])
    .option('--html <file>', help.screenHtml[l])
    .option('--memory <size>', help.memory[l])
    .option('-a, --all', help.screenAll[l])
    .action(async (o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const { out, compare, xlsx, html, memory, all = false } = o;
      const args = { ...asked(o), out, compare, xlsx, html, memory, all, json };
      const { screenRegister } = await import('../command/screen.ts');
      finish(await screenRegister(args, t));
    });
  p.command('why <subject>', 'why', command)
    .option('-e, --entity <name>', help.entity[l])
    .option('--html <file>', help.page[l])
    .action(async (subject: string, _o, c: Command) => {
      const { t, json } = p.said(c);
      const o = c.optsWithGlobals<Asked>();
      const { entity, html } = o;
      const { why } = await import('../command/why.ts');
      finish(await why({ ...asked(o), subject, entity, html, json }, t));
    });
  question(p, p.command('what-if', 'whatIf'))
    .option('--memory <size>', help.memory[l])
    .action(async (o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const { whatIf } = await import('../command/what-if.ts');
      finish(await whatIf({ ...asked(o), memory: o.memory, json }, t));
    });
}
