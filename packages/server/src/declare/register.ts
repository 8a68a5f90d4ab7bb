/** Commands on the register: import, mapping, register, snapshot. What they do is loaded when one of them
 *  is called: the engine behind them is large, and other commands need not wait for it. */
import type { Command } from 'commander';
import { accountName } from '../clock.ts';
import { help } from '../help.ts';
import { finish } from './program.ts';
import type { Program } from './program.ts';

interface Asked {
  readonly package: string;
  readonly store: string;
  readonly mapping?: readonly string[];
  readonly mappings?: string;
  readonly source?: string;
  readonly asOf?: string;
  readonly by?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly errors?: string;
  readonly details?: boolean;
  readonly out?: string;
  readonly entity?: string;
  readonly history?: boolean;
  readonly knownOn?: string;
}

function importing(p: Program): void {
  const l = p.language;
  p.command('import <file...>', 'import')
    .addOption(p.package())
    .addOption(p.store())
    .addOption(p.repeated('-m, --mapping <file>', 'mappingFile'))
    .option('--mappings <folder>', help.mappings[l])
    .option('--source <name>', help.source[l])
    .option('-d, --as-of <date>', help.factsAsOf[l])
    .option('--by <who>', help.by[l])
    .option('-n, --dry-run', help.dryRun[l])
    .option('-y, --yes', help.yes[l])
    .option('--errors <folder>', help.errors[l])
    .option('--details', help.details[l])
    .action(async (files: readonly string[], o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const args = {
        files,
        package: o.package,
        store: o.store,
        source: o.source,
        errors: o.errors,
        json,
        mapping: o.mapping ?? [],
        mappings: o.mappings,
        asOf: o.asOf,
        by: o.by ?? accountName(),
        dryRun: o.dryRun === true,
        yes: o.yes === true,
        details: o.details === true,
      };
      const { importFiles } = await import('../command/import.ts');
      finish(await importFiles(args, t));
    });
  p.command('mapping <file>', 'mapping')
    .addOption(p.package())
    .addOption(p.store())
    .option('--mappings <folder>', help.mappings[l])
    .option('-o, --out <file>', help.mappingOut[l])
    .action(async (file: string, o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const { out, mappings, store } = o;
      const { mapping } = await import('../command/mapping.ts');
      finish(await mapping({ file, package: o.package, store, mappings, out, json }, t));
    });
}

function looking(p: Program): void {
  const l = p.language;
  const command = p
    .command('register [text]', 'register')
    .addOption(p.package())
    .addOption(p.store())
    .option('-e, --entity <name>', help.entity[l])
    .option('--history', help.history[l])
    .option('--known-on <date>', help.knownOn[l])
    .action(async (text: string | undefined, o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const { store, entity, knownOn, history = false } = o;
      const where = { package: o.package, store, text, entity, knownOn };
      const { register } = await import('../command/register.ts');
      finish(await register({ ...where, history, json }, t));
    });
  p.command('size', 'size', command)
    .option('-n, --dry-run', help.dryRun[l])
    .option('-y, --yes', help.yes[l])
    .option('--by <who>', help.by[l])
    .action(async (_o, c: Command) => {
      const { t, json } = p.said(c);
      const o = c.optsWithGlobals<Asked>();
      const asked = { dryRun: o.dryRun === true, yes: o.yes === true };
      const by = o.by ?? accountName();
      const { size } = await import('../command/size.ts');
      finish(await size({ package: o.package, store: o.store, by, json, ...asked }, t));
    });
  p.command('undo <number>', 'undo', command)
    .option('-y, --yes', help.yes[l])
    .option('--by <who>', help.by[l])
    .action(async (id: string, _o, c: Command) => {
      const { t, json } = p.said(c);
      const o = c.optsWithGlobals<Asked>();
      const by = o.by ?? accountName();
      const where = { package: o.package, store: o.store };
      const { undo } = await import('../command/register.ts');
      finish(await undo({ ...where, id, by, yes: o.yes === true, json }, t));
    });
}

export function registerCommands(p: Program): void {
  importing(p);
  looking(p);
  p.command('snapshot', 'snapshot')
    .addOption(p.package())
    .addOption(p.store())
    .option('--known-on <date>', help.knownOn[p.language])
    .action(async (o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const { store, knownOn } = o;
      const { snapshot } = await import('../command/snapshot.ts');
      finish(await snapshot({ package: o.package, store, knownOn, json }, t));
    });
}
