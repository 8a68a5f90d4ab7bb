/** What names stand for while compiling, and what the parts of the compiler ask of each other. */
import type { Expr, RuleSet, Test } from '../ir.ts';
import type { Columns } from './columns.ts';
import type { Kind, Term } from './term.ts';

/** An exact ratio; known where both terms are and the divisor is above zero. */
export interface RatioTerm {
  readonly n: Term;
  readonly d: Term;
}

/** What names stand for under one choice of readings. */
export interface Meaning {
  readonly ruleSet: RuleSet;
  readonly asOf: string;
  readonly given: ReadonlySet<string>;
  decision(name: string): Expr;
  /** The alternative in force. */
  reading(id: string): Expr;
}

/** The kind of column that holds values of an expression. */
export function kindOf(e: Expr): Kind {
  switch (e.type.t) {
    case 'number':
    case 'rows':
    case 'months':
      return 'integer';
    case 'bool':
      return 'boolean';
    case 'date':
      return 'date';
    case 'text':
    case 'entity':
      return 'text';
    case 'ratio':
      throw new Error('a ratio is no single column');
  }
}

/** Expressions over one kind of row, as terms. */
export interface Reader {
  readonly columns: Columns;
  term(e: Expr): Term;
  /** With a name, when it is said more than once. */
  shared(e: Expr): Term;
  /** True where `e`, a ratio or not, has no value. */
  isNull(e: Expr): Term;
  /** Whether a value passes one of `tests`; `all`: a test that always holds still needs a value. */
  tests(e: Expr, tests: readonly Test[], all: boolean): Term;
}
