/** Commands on the facts of a file: readings, decide, explain. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { today } from '../clock.ts';
import { decide } from '../command/decide.ts';
import { explain } from '../command/explain.ts';
import { readings } from '../command/readings.ts';
import { help } from '../help.ts';
import { defaults } from '../package-folder.ts';
import { UsageError } from '../usage.ts';
import { finish } from './program.ts';
import type { Program } from './program.ts';

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

function question(p: Program, c: Command): Command {
  const l = p.language;
  return c
    .addOption(p.package())
    .option('-e, --entity <name>', help.entity[l])
    .addOption(p.repeated('-i, --item <id>', 'item'))
    .addOption(p.repeated('-r, --reading <id=…>', 'reading'))
    .option('-d, --as-of <date>', help.asOf[l]);
}

export function decisionCommands(p: Program): void {
  const l = p.language;
  p.command('readings [facts]', 'readings')
    .option('-p, --package <folder>', help.package[l])
    .option('-m, --measure <number>', help.measure[l])
    .option('-d, --as-of <date>', help.asOf[l])
    .action((facts: string | undefined, o: Partial<Asked>, c: Command) => {
      const { t, json } = p.said(c);
      const folder = o.package ?? defaults.package;
      const file = factsFor(facts, folder);
      const asOf = dayFor(o.asOf, file);
      finish(readings({ package: folder, facts: file, measure: o.measure, asOf, json }, t));
    });
  question(p, p.command('decide [facts]', 'decide'))
    .option('--csv', help.csv[l])
    .option('-a, --all', help.all[l])
    .action((facts: string | undefined, o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const file = factsFor(facts, o.package);
      const format = json ? 'json' : o.csv === true ? 'csv' : 'table';
      const { entity, item: items = [], reading: switched = [], all = false } = o;
      const asOf = dayFor(o.asOf, file);
      const where = { package: o.package, facts: file, entity };
      finish(decide({ ...where, items, readings: switched, asOf, format, all }, t));
    });
  question(p, p.command('explain [subject]', 'explain'))
    .option('-f, --facts <file>', help.facts[l])
    .option('--html <file>', help.page[l])
    .action((subject: string | undefined, o: Asked, c: Command) => {
      const { t, json } = p.said(c);
      const { entity, item: items = [], reading: switched = [], html } = o;
      const facts = factsFor(o.facts, o.package);
      const asOf = dayFor(o.asOf, facts);
      const where = { package: o.package, facts, subject, entity };
      finish(explain({ ...where, items, readings: switched, asOf, json, html }, t));
    });
}
