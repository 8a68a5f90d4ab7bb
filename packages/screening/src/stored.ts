/** The stored result of an entity as a relation, with the district of who is paid. */
import { join } from 'node:path';
import type { Snapshot } from '@zhida/register';
import { tablesOf } from '@zhida/rules';
import type { Item, RuleSet } from '@zhida/rules';
import type { StoredItem } from './layout.ts';
import type { Labels } from './plans.ts';
import type { EntityResult } from './run-folder.ts';
import { quoteName, quoteText } from './duck.ts';
import type { Duck } from './duck.ts';
import { makeViews } from './views.ts';

/** An entity whose result can be queried in `duck`. */
export interface Stored {
  readonly result: EntityResult;
  /** Name of the view of all its rows. */
  readonly view: string;
}

/** `prefix` keeps two runs in one database apart. */
export async function openResult(
  duck: Duck,
  folder: string,
  result: EntityResult,
  prefix: string = 'result',
): Promise<Stored> {
  const view = quoteName(`${prefix} ${result.entity}`);
  const files = result.files.map((f) => quoteText(join(folder, f.name))).join(', ');
  await duck.run(`CREATE OR REPLACE VIEW ${view} AS SELECT * FROM read_parquet([${files}])`);
  return { result, view };
}

/** The entity at the end of an item's path to who is paid; the subject's own where there is none. */
export function payeeEntity(ruleSet: RuleSet, item: Item): string {
  let here = item.entity;
  for (const name of item.payee) {
    const fact = ruleSet.entities.find((e) => e.name === here)?.facts.find((f) => f.name === name);
    if (fact?.type.t === 'entity') here = fact.type.entity;
  }
  return here;
}

/** A view `id`, `district`, `name` of an entity; facts that it does not have are not known. */
export async function labelView(
  duck: Duck,
  ruleSet: RuleSet,
  snapshot: Snapshot,
  entity: string,
  labels: Labels,
): Promise<string> {
  const table = tablesOf(ruleSet).find((t) => t.entity === entity && t.parent === '');
  const view = quoteName(`labels ${entity}`);
  if (table === undefined) {
    await duck.run(
      `CREATE OR REPLACE VIEW ${view} AS SELECT '' AS id, '' AS district, '' AS name WHERE false`,
    );
    return view;
  }
  const columnOf = (label: string): string => {
    const found = table.columns.find((c) => c.role === 'fact' && c.label === label);
    return found === undefined ? 'CAST(NULL AS VARCHAR)' : quoteName(found.name);
  };
  await makeViews(duck, snapshot, [table], { prefix: 'labels ' });
  await duck.run(
    `CREATE OR REPLACE VIEW ${view} AS SELECT id, ${columnOf(labels.district)} AS district,
     ${columnOf(labels.name)} AS name FROM ${quoteName(`labels ${table.name}`)}`,
  );
  return view;
}

/** SQL of an item's district and the relation to take it from: who is paid, else the subject. */
export async function districtOf(
  duck: Duck,
  { ruleSet, snapshot }: { readonly ruleSet: RuleSet; readonly snapshot: Snapshot },
  stored: Stored,
  item: { readonly rule: Item; readonly stored: StoredItem },
  labels: Labels,
): Promise<{ readonly from: string; readonly sql: string }> {
  const own = stored.result.layout.district ? 'r.district' : 'CAST(NULL AS VARCHAR)';
  const from = `${stored.view} r`;
  if (item.stored.payee === null) return { from, sql: own };
  const entity = payeeEntity(ruleSet, item.rule);
  const view = await labelView(duck, ruleSet, snapshot, entity, labels);
  const joined = `${from} LEFT JOIN ${view} payee ON payee.id = r.${item.stored.payee}`;
  return { from: joined, sql: `COALESCE(payee.district, ${own})` };
}
