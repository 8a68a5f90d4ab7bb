/** All static checks of a package, in one run. */
import type { Item } from '../ir.ts';
import type { Drafted } from '../lower/decision.ts';
import type { Context } from '../lower/scope.ts';
import type { Block } from '../package/block.ts';
import type { Pages } from '../package/markdown.ts';
import { checkBands } from './bands.ts';
import { checkCoverage } from './coverage.ts';
import type { Coverage } from './coverage.ts';
import { checkExceptions } from './exceptions.ts';
import { checkForms } from './form.ts';
import { checkOrder } from './order.ts';
import { checkSense } from './sense.ts';
import { checkGroups, checkParameters, checkTranslations, checkUsed } from './usage.ts';

export interface Checked {
  readonly blocks: readonly Block[];
  readonly reading: Pages;
  readonly drafted: Drafted;
  readonly source: { readonly path: string; readonly text: string } | undefined;
  readonly items: readonly Item[];
}

export function checkPackage(context: Context, c: Checked): Coverage {
  for (const { table, block } of c.drafted.tables.values()) checkBands(context, block, table);
  for (const { block, list } of c.drafted.exceptions) checkExceptions(context, block, list);
  checkForms(context, c.blocks);
  checkOrder(context, c.blocks, c.reading);
  checkSense(context, c.items, c.blocks);
  checkParameters(context);
  checkUsed(context, c.blocks);
  checkTranslations(context, c.blocks);
  checkGroups(context, c.items, c.blocks);
  return checkCoverage(context, c.reading, c.source);
}
