/** Syntax trees of the FEEL profile. `at` is an offset into the expression's text. */
import type { Rounding, Scaled } from '../scaled.ts';

export type BinaryOp = '+' | '-' | '*' | '/' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

export type Ast = { readonly at: number; readonly end: number } & (
  | { readonly k: 'number'; readonly value: Scaled; readonly unit: string }
  | { readonly k: 'text'; readonly value: string }
  | { readonly k: 'bool'; readonly value: boolean }
  | { readonly k: 'date'; readonly value: string }
  | { readonly k: 'period'; readonly from: string; readonly to: string }
  | RangeAst
  | { readonly k: 'name'; readonly parts: readonly string[] }
  | {
      readonly k: 'call';
      readonly name: string;
      readonly args: readonly Ast[];
      readonly raw: string;
    }
  | { readonly k: 'round'; readonly mode: Rounding; readonly value: Ast; readonly digits: Ast }
  | {
      readonly k: 'over';
      readonly fn: 'sum' | 'min' | 'max' | 'count';
      readonly variable: string;
      readonly list: Ast;
      readonly body: Ast;
    }
  | { readonly k: 'negate'; readonly a: Ast }
  | { readonly k: 'not'; readonly a: Ast }
  | { readonly k: 'binary'; readonly op: BinaryOp; readonly a: Ast; readonly b: Ast }
  | { readonly k: 'in'; readonly a: Ast; readonly tests: readonly TestAst[] }
  | { readonly k: 'if'; readonly test: Ast; readonly yes: Ast; readonly no: Ast }
);

export interface RangeAst {
  readonly k: 'range';
  readonly lo: Ast | undefined;
  readonly hi: Ast | undefined;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
}

/** A test of a table cell or of `in`: a range, a comparison, a value, or `-`. */
export type TestAst = { readonly at: number; readonly end: number } & (
  | RangeAst
  | { readonly k: 'value'; readonly value: Ast }
  | { readonly k: 'any' }
);
