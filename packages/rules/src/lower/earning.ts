/** What earns nothing is a failed condition: the paying rows of a table that an amount uses become
 *  a condition of the item, so that 满足 with 0 元 cannot exist. */
import type { Condition, Item, TableExpr } from '../ir.ts';
import { reach } from './walk.ts';
import type { Definitions } from './walk.ts';

/** True when some input earns nothing: a row or 其余 says 不满足, or 其余 is absent. */
export function isPartial(table: TableExpr): boolean {
  const refuses = table.rows.some((r) => r.out === null) || table.rest === null;
  return refuses || (table.rest === undefined && table.hit !== '超额累进');
}

/** The condition's name is the table's single input, or the table. */
export function hitsCondition(table: TableExpr, en: string): Condition {
  const [label] = table.labels;
  const plain =
    label !== undefined && table.labels.length === 1 && /^[\p{Script=Han}\w.]+$/u.test(label);
  const name = plain ? (label.split('.').at(-1) ?? table.name) : table.name;
  const cite = table.rows.at(-1)?.cite ?? table.cite;
  return { name, en, expr: { k: 'hits', table: table.name, type: { t: 'bool' }, cite } };
}

export function withEarning(
  item: Item,
  tables: ReadonlyMap<string, TableExpr>,
  defs: Definitions,
  english: (name: string) => string,
): Item {
  if (item.amount === null) return item;
  const reached = reach([item.amount], defs);
  const names = new Set(reached.flatMap((e) => (e.k === 'decision' ? [e.name] : [])));
  const added: Condition[] = [];
  for (const name of names) {
    const table = tables.get(name);
    if (table === undefined || !isPartial(table)) continue;
    const plain = hitsCondition(table, english(name));
    const own = english(plain.name);
    const condition = own === '' ? plain : { ...plain, en: own };
    const taken = [...item.conditions, ...added].some((c) => c.name === condition.name);
    added.push(taken ? { ...condition, name: table.name } : condition);
  }
  return added.length === 0 ? item : { ...item, conditions: [...item.conditions, ...added] };
}
