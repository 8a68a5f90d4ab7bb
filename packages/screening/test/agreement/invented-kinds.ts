/** Words of the middle form that all parts of the inventor use. */
import type { Expr } from './expression.ts';

export const CITE = { cite: 0 } as const;
export const BOOL = { type: { t: 'bool' }, ...CITE } as const;
export const TEXT = { type: { t: 'text' }, ...CITE } as const;
export const DATE = { type: { t: 'date' }, ...CITE } as const;
export const RATIO = { type: { t: 'ratio' }, ...CITE } as const;
export const MODES = ['half up', 'half down', 'half even', 'floor', 'ceiling'] as const;
export const DATES = [
  '2022-12-31',
  '2023-01-01',
  '2023-06-30',
  '2024-02-29',
  '2024-03-01',
] as const;
export const CLASSES = ['子', '丑', '寅'] as const;

export function number(scale: number): { type: Expr['type']; cite: number } {
  return { type: { t: 'number', unit: '份', scale }, ...CITE };
}

export type Kind = 'number' | 'bool' | 'text' | 'date' | 'ratio';

/** A rule that later ones may name. */
export interface Named {
  readonly kind: Kind;
  readonly scale: number;
  readonly expr: Expr;
}

/** A value to be tested, at the scale of its tests. */
export interface Input {
  readonly a: Expr;
  readonly kind: Kind;
  readonly scale: number;
}
