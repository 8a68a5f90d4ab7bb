/** Columns that the forms about market entities have in common. */
import type { Firm } from '../firm.ts';
import type { Column, Row } from './form.ts';

/** The identity of a firm. */
export const CODE: Column = {
  heading: '统一社会信用代码',
  label: '统一社会信用代码',
  kind: 'code',
};
export const SERIAL: Column = {
  heading: '序号',
  kind: 'text',
  width: 7,
  show: (_, i) => String(i + 1),
};
/** The name as the unit knows it: after a change, the old one. */
export const named = (heading: string): Column => ({
  heading,
  kind: 'text',
  width: 40,
  show: (row) => row.shown?.['旧名称'] ?? String(row.facts['名称'] ?? ''),
});
export const shown = (heading: string, width: number): Column => ({
  heading,
  kind: 'word',
  width,
  show: (row) => row.shown?.[heading] ?? '',
});

export const rowsOf = (firms: readonly Firm[]): Row[] =>
  firms.map(({ id, facts, shown: words }) => ({ id, facts, shown: words }));
