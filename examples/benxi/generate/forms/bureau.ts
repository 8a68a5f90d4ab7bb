/** What the forms of bureaus share: columns by kind of fact, the lines above and below the table. */
import type { Register } from '../register.ts';
import type { Column, Form, Row } from './form.ts';

/** Code of a firm or operator → its name. */
export type NameOf = (id: string) => string;

export const id = (heading: string, label = '编号'): Column => ({
  heading,
  label,
  kind: 'code',
  width: 14,
});
export const text = (heading: string, label: string, width = 46): Column => ({
  heading,
  label,
  kind: 'text',
  width,
});
export const flag = (heading: string, label: string): Column => ({ heading, label, kind: 'flag' });
export const word = (heading: string, label: string): Column => ({ heading, label, kind: 'word' });
export const day = (heading: string, label: string): Column => ({ heading, label, kind: 'day' });
export const mu = (heading: string, label: string): Column => ({
  heading,
  label,
  kind: 'hundredth',
});
export const count = (heading: string, label: string): Column => ({
  heading,
  label,
  kind: 'count',
});
export const money = (
  heading: string,
  label: string,
  unit: '元' | '万元' | '亿元' = '万元',
): Column => ({
  heading,
  label,
  kind: 'money',
  unit,
});

/** The code of another subject, with its name beside it. */
export function reference(
  heading: string,
  label: string,
  nameOf: NameOf,
  nameHeading: string,
): Column[] {
  return [
    { heading, label, kind: 'code', width: 22, otherCodes: true },
    {
      heading: nameHeading,
      kind: 'text',
      width: 38,
      show: (row) => nameOf(String(row.facts[label] ?? '')),
    },
  ];
}

/** A form of a bureau without its rows. */
export interface Plan {
  readonly key: string;
  readonly sheet: string;
  readonly title: string;
  readonly table: string;
  readonly columns: readonly Column[];
  readonly unit?: string;
  readonly total?: true;
  readonly keep?: (row: Row) => boolean;
  readonly note?: string;
}

/** Makes forms over the subjects of a register. */
export class Bureaus {
  readonly #register: Register;
  readonly nameOf: NameOf;

  constructor(register: Register) {
    this.#register = register;
    this.nameOf = (code) => {
      for (const table of ['企业', '农业主体']) {
        const name = register.get(table)?.get(code)?.['名称'];
        if (typeof name === 'string') return name;
      }
      return '';
    };
  }

  rows(table: string): Row[] {
    return [...(this.#register.get(table) ?? [])].map(([code, facts]) => ({ id: code, facts }));
  }

  form(unit: string, date: string, plan: Plan): Form {
    const { key, sheet, title, table, columns, total, keep, note } = plan;
    const serial: Column = {
      heading: '序号',
      kind: 'text',
      width: 7,
      show: (_, i) => String(i + 1),
    };
    const rows = this.rows(table).map((row) => ({
      ...row,
      facts: { ...row.facts, ...identity(table, row.id) },
    }));
    return {
      key,
      shape: key,
      sheet,
      title,
      lines: [
        `填报单位：${unit}`,
        `填报日期：${date}`,
        plan.unit === undefined ? '' : `单位：${plan.unit}`,
      ],
      table,
      columns: [serial, ...columns],
      rows: keep === undefined ? rows : rows.filter(keep),
      ...(total === undefined ? {} : { total: ['bottom', '合计'] as const }),
      notes: note === undefined ? [] : [`说明：${note}`],
    };
  }
}

const identity = (table: string, code: string): Record<string, string> =>
  table === '城市'
    ? { 名称: code }
    : table === '银行'
      ? { 统一社会信用代码: code }
      : { 编号: code };
