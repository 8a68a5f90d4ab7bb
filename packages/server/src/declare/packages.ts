/** Commands on policy packages: check, cover, test, new. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { check } from '../command/check.ts';
import { cover } from '../command/cover.ts';
import { create } from '../command/new.ts';
import { test } from '../command/test.ts';
import { help } from '../help.ts';
import { defaults } from '../package-folder.ts';
import { finish } from './program.ts';
import type { Program } from './program.ts';

interface CoverOptions {
  readonly measure?: string;
  readonly html?: string;
}

export function packageCommands(p: Program): void {
  const l = p.language;
  p.command('check [package]', 'check').action((folder: string | undefined, _o, c: Command) => {
    const { t, json } = p.said(c);
    finish(check(folder ?? defaults.package, t, json));
  });
  p.command('cover [package]', 'cover')
    .option('-m, --measure <number>', help.measure[l])
    .option('--html <file>', help.html[l])
    .action((folder: string | undefined, { measure, html }: CoverOptions, c: Command) => {
      const { t, json } = p.said(c);
      finish(cover({ package: folder ?? defaults.package, measure, html, json }, t));
    });
  p.command('test [package] [filter]', 'test').action(
    (folder: string | undefined, filter: string | undefined, _o, c: Command) => {
      const { t, json } = p.said(c);
      // `zhida test 3.3`: one word that is no folder is a filter of the Benxi package.
      const own = folder === undefined || (filter === undefined && !existsSync(folder));
      const wanted = own ? (filter ?? folder ?? '') : (filter ?? '');
      finish(test(own ? defaults.package : folder, wanted, t, json));
    },
  );
  p.command('new <text> <folder>', 'new').action((text: string, folder: string, _o, c: Command) => {
    finish(create(text, folder, p.said(c).t));
  });
}
