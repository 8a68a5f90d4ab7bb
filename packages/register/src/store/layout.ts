/** The tables of a rule set, with the months that files bring beside those that the rules read. */
import { tablesOf } from '@zhida/rules';
import type { RuleSet, SqlColumn, SqlTable } from '@zhida/rules';
import type { CellValue } from '../record.ts';
import { decimalOf } from '../snapshot/decimal.ts';
import { Refusal } from '../snapshot/refusal.ts';

const MONTH = /^(.+) (\d{4}-\d{2})$/u;

/** The tables by label, knowing every month among `labels`. */
export function tablesWith(
  ruleSet: RuleSet,
  labels: Iterable<string>,
): ReadonlyMap<string, SqlTable> {
  const months = new Map<string, string[]>();
  for (const label of labels) {
    const [, fact, month] = MONTH.exec(label) ?? [];
    if (fact !== undefined && month !== undefined) {
      months.set(fact, [...(months.get(fact) ?? []), month]);
    }
  }
  return new Map(tablesOf(ruleSet, months).map((t) => [t.label, t]));
}

/** Refusal: `table-unknown`. */
export function tableIn(tables: ReadonlyMap<string, SqlTable>, label: string): SqlTable {
  const table = tables.get(label);
  if (table === undefined) {
    throw new Refusal('table-unknown', { table: label, tables: [...tables.keys()].join(' ') });
  }
  return table;
}

/** Refusal: `column-unknown`. */
export function columnIn(table: SqlTable, label: string): SqlColumn {
  const column = table.columns.find((c) => c.label === label);
  if (column === undefined) {
    throw new Refusal('column-unknown', { table: table.label, column: label });
  }
  return column;
}

/** A column that identifies a row; the others say something of it. */
export const isKey = (column: SqlColumn): boolean =>
  column.role === 'identity' || column.role === 'parent';

/** In the parent of a list, the column that counts its rows: `贷款 个数` for 设施农业项目.贷款. */
export function countColumn(list: SqlTable, parent: SqlTable | undefined): SqlColumn | undefined {
  return parent?.columns.find((c) => c.role === 'rows' && c.of === list.list);
}

/** The lists of an entity. */
export function listsOf(
  tables: ReadonlyMap<string, SqlTable>,
  entity: string,
): readonly SqlTable[] {
  return [...tables.values()].filter((t) => t.list !== '' && t.parent === entity);
}

/** A percentage is stored as a fraction and said in percent. */
function isPercent(ruleSet: RuleSet, table: SqlTable, column: SqlColumn): boolean {
  const entity = ruleSet.entities.find((e) => e.name === table.entity);
  const type = entity?.facts.find((f) => f.name === column.of)?.type;
  return type?.t === 'number' && type.unit === '' && type.scale >= 2 && type.plain !== true;
}

/** 月 names a month of the year; a number of months is 个月. */
const unitWord = (unit: string): string => (unit === '月' ? '个月' : unit);

/** A stored value as people write it and `readFacts` reads it: 12.5万元 as `125000元`, 4.2%, 是. */
export function textOf(
  ruleSet: RuleSet,
  table: SqlTable,
  column: SqlColumn,
  value: CellValue,
): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return value;
  if (isPercent(ruleSet, table, column)) return `${decimalOf(value, column.scale - 2)}%`;
  return `${decimalOf(value, column.scale)}${unitWord(column.unit)}`;
}
