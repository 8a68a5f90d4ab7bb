/** Columns of a form, and the rows under them. */
import type { Facts } from '../register.ts';

/** What a column holds: how its facts are printed. */
export type Kind =
  | 'code'
  | 'text'
  | 'flag'
  | 'word'
  | 'day'
  | 'month'
  | 'money'
  | 'count'
  | 'hundredth';

export interface Column {
  /** Levels of the header joined with `/`, units in brackets. */
  readonly heading: string;
  /** Label of the register, with {月} or {上年同月} in monthly forms; without: shown, not imported. */
  readonly label?: string;
  readonly kind: Kind;
  /** Printed unit of money; 元 without. */
  readonly unit?: '元' | '千元' | '万元' | '亿元';
  /** Word of the register (是, 否 for flags) → printed word. */
  readonly words?: Readonly<Record<string, string>>;
  /** Printed word → word of the register, where the form has words of its own. */
  readonly reads?: Readonly<Record<string, string>>;
  /** Text of a column that is no fact, or that says a fact in words of its own. */
  readonly show?: (row: Row, index: number) => string;
  readonly width?: number;
  /** Codes of another form are allowed: numbers of farmers. */
  readonly otherCodes?: boolean;
}

export interface Row {
  readonly id: string;
  readonly facts: Facts;
  readonly shown?: Readonly<Record<string, string>>;
}
