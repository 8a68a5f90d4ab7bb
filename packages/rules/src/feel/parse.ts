/** Tokens → syntax tree, by recursive descent; one function per level of binding. */
import type { Rounding } from '../scaled.ts';
import type { Ast, BinaryOp, RangeAst, TestAst } from './ast.ts';
import { SyntaxProblem, lex, unglued } from './lex.ts';
import type { Token } from './lex.ts';

const MAX_DEPTH = 120;
/** Operators in one expression: a chain of them nests as deep as it is long. */
const MAX_OPERATORS = 400;
const MAX_TOKENS = 4_000;
const COMPARE: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);
const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'or',
  'in',
  'between',
  'if',
  'then',
  'else',
  'for',
  'return',
  'not',
  'round',
  'null',
]);
const ROUNDINGS: ReadonlySet<string> = new Set(['floor', 'ceiling']);
const OVER: ReadonlySet<string> = new Set(['sum', 'min', 'max', 'count']);

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #i = 0;
  #depth = 0;
  #operators = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = lex(text);
    const last = this.#tokens[MAX_TOKENS];
    if (last !== undefined) {
      throw new SyntaxProblem('expression-too-long', last.at, { limit: String(MAX_TOKENS) });
    }
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#i + ahead];
  }

  #is(value: string, ahead = 0): boolean {
    const t = this.#peek(ahead);
    return t !== undefined && (t.t === 'op' || t.t === 'name') && t.value === value;
  }

  #accept(value: string): boolean {
    if (!this.#is(value)) return false;
    this.#i++;
    return true;
  }

  #here(): number {
    return this.#peek()?.at ?? this.#text.length;
  }

  #end(): number {
    return this.#tokens[this.#i - 1]?.end ?? 0;
  }

  #fail(expected: string): never {
    const t = this.#peek();
    for (const near of [this.#tokens[this.#i - 1], t]) {
      const mend = near?.t === 'name' ? unglued(near.value) : undefined;
      if (near?.t === 'name' && mend !== undefined) {
        throw new SyntaxProblem('space-missing', near.at, { name: near.value, mend });
      }
    }
    const found = t === undefined ? '' : this.#text.slice(t.at, t.end);
    if (found === '') throw new SyntaxProblem('expression-ends', this.#here(), { expected });
    throw new SyntaxProblem('expression-unexpected', this.#here(), { found, expected });
  }

  #expect(value: string): void {
    if (!this.#accept(value)) this.#fail(`「${value}」`);
  }

  done(): void {
    if (this.#peek() !== undefined) this.#fail('and or + - * / = < >');
  }

  expression(): Ast {
    this.#depth++;
    if (this.#depth > MAX_DEPTH) {
      throw new SyntaxProblem('expression-too-deep', this.#here(), { limit: String(MAX_DEPTH) });
    }
    const ast = this.#chain(['or'], () => this.#chain(['and'], () => this.#comparison()));
    this.#depth--;
    return ast;
  }

  #chain(ops: readonly BinaryOp[], next: () => Ast): Ast {
    let a = next();
    for (;;) {
      const op = ops.find((o) => this.#is(o));
      if (op === undefined) return a;
      this.#operators++;
      if (this.#operators > MAX_OPERATORS) {
        const limit = String(MAX_OPERATORS);
        throw new SyntaxProblem('expression-too-deep', this.#here(), { limit });
      }
      this.#i++;
      const b = next();
      a = { k: 'binary', op, a, b, at: a.at, end: b.end };
    }
  }

  #comparison(): Ast {
    const a = this.#sum();
    const t = this.#peek();
    if (t?.t === 'op' && COMPARE.has(t.value)) {
      this.#i++;
      const b = this.#sum();
      return { k: 'binary', op: t.value as BinaryOp, a, b, at: a.at, end: b.end };
    }
    if (this.#accept('between')) {
      const lo = this.#sum();
      this.#expect('and');
      const hi = this.#sum();
      const test: TestAst = {
        k: 'range',
        lo,
        hi,
        loOpen: false,
        hiOpen: false,
        at: lo.at,
        end: hi.end,
      };
      return { k: 'in', a, tests: [test], at: a.at, end: hi.end };
    }
    if (this.#accept('in')) {
      const tests = this.#inTests();
      return { k: 'in', a, tests, at: a.at, end: this.#end() };
    }
    return a;
  }

  #inTests(): readonly TestAst[] {
    if (!this.#is('(')) return [this.test()];
    const range = this.#tryRange();
    if (range !== undefined) return [range];
    this.#expect('(');
    const tests = this.tests();
    this.#expect(')');
    return tests;
  }

  tests(): readonly TestAst[] {
    const tests = [this.test()];
    while (this.#accept(',')) tests.push(this.test());
    return tests;
  }

  /** One test of a table cell. */
  test(): TestAst {
    const at = this.#here();
    if (this.#is('-') && this.#peek(1) === undefined) {
      this.#i++;
      return { k: 'any', at, end: this.#end() };
    }
    const range = this.#tryRange();
    if (range !== undefined) return range;
    const t = this.#peek();
    if (t?.t === 'op' && ['<', '<=', '>', '>='].includes(t.value)) {
      this.#i++;
      const bound = this.#sum();
      const open = t.value === '<' || t.value === '>';
      const lower = t.value.startsWith('>');
      const common = { k: 'range', at, end: bound.end } as const;
      return lower
        ? { ...common, lo: bound, hi: undefined, loOpen: open, hiOpen: true }
        : { ...common, lo: undefined, hi: bound, loOpen: true, hiOpen: open };
    }
    this.#accept('=');
    const value = this.#sum();
    return { k: 'value', value, at, end: value.end };
  }

  /** `[a..b)` and its kin; undefined (and nothing read) when the bracket opens something else. */
  #tryRange(): (RangeAst & { readonly at: number; readonly end: number }) | undefined {
    const at = this.#here();
    const loOpen = this.#is('(') || this.#is(']');
    if (!loOpen && !this.#is('[')) return undefined;
    const back = this.#i;
    this.#i++;
    let lo: Ast;
    try {
      lo = this.#sum();
    } catch (e) {
      if (loOpen && e instanceof SyntaxProblem) {
        this.#i = back;
        return undefined;
      }
      throw e;
    }
    let hi: Ast;
    if (lo.k === 'period') {
      // Two dates around `..` have been read as a period: here they are the ends.
      const cut = lo.at + lo.from.length;
      const ends = { lo: { at: lo.at, end: cut }, hi: { at: lo.end - lo.to.length, end: lo.end } };
      hi = { k: 'date', value: lo.to, ...ends.hi };
      lo = { k: 'date', value: lo.from, ...ends.lo };
    } else if (this.#accept('..')) hi = this.#sum();
    else {
      if (!loOpen) this.#fail('..');
      this.#i = back;
      return undefined;
    }
    const hiOpen = this.#is(')') || this.#is('[');
    if (loOpen && this.#is(',')) {
      // `in (2023-01-01..2023-03-31, …)` lists periods.
      this.#i = back;
      return undefined;
    }
    if (!hiOpen && !this.#is(']')) this.#fail('「]」 「)」');
    this.#i++;
    return { k: 'range', lo, hi, loOpen, hiOpen, at, end: this.#end() };
  }

  #sum(): Ast {
    return this.#chain(['+', '-'], () => this.#chain(['*', '/'], () => this.#unary()));
  }

  #unary(): Ast {
    const at = this.#here();
    if (this.#accept('-')) {
      this.#depth++;
      if (this.#depth > MAX_DEPTH) {
        throw new SyntaxProblem('expression-too-deep', at, { limit: String(MAX_DEPTH) });
      }
      const a = this.#unary();
      this.#depth--;
      return { k: 'negate', a, at, end: a.end };
    }
    return this.#primary();
  }

  #primary(): Ast {
    const t = this.#peek();
    if (t === undefined) return this.#fail('@value');
    const { at, end } = t;
    this.#i++;
    switch (t.t) {
      case 'number':
        return { k: 'number', value: t.value, unit: t.unit, at, end };
      case 'text':
        return { k: 'text', value: t.value, at, end };
      case 'date':
        return this.#dateOrPeriod(t.value, at, end);
      case 'raw':
        return { k: 'call', name: '口径', args: [], raw: t.value, at, end };
      case 'name':
        return this.#named(t.value, at, end);
      default:
        if (t.value === '(') return this.#parenthesis(at);
        this.#i--;
        return this.#fail('@value');
    }
  }

  #parenthesis(at: number): Ast {
    const inner = this.expression();
    this.#expect(')');
    return { ...inner, at, end: this.#end() };
  }

  #dateOrPeriod(from: string, at: number, end: number): Ast {
    if (!this.#is('..')) return { k: 'date', value: from, at, end };
    const to = this.#peek(1);
    if (to?.t !== 'date') return { k: 'date', value: from, at, end };
    this.#i += 2;
    if (to.value < from) {
      throw new SyntaxProblem('period-backwards', at, { from, to: to.value });
    }
    return { k: 'period', from, to: to.value, at, end: to.end };
  }

  #named(word: string, at: number, end: number): Ast {
    if (word === 'true' || word === '是') return { k: 'bool', value: true, at, end };
    if (word === 'false' || word === '否') return { k: 'bool', value: false, at, end };
    if (word === 'null') throw new SyntaxProblem('null-literal', at, {});
    if (word === 'if') return this.#conditional(at);
    if (word === 'not') {
      this.#expect('(');
      const a = this.expression();
      this.#expect(')');
      return { k: 'not', a, at, end: this.#end() };
    }
    if (word === 'round') return this.#round(this.#halfMode(), at);
    if (this.#is('(')) {
      if (ROUNDINGS.has(word)) return this.#round(word as Rounding, at);
      if (OVER.has(word) && this.#is('for', 1)) return this.#over(word, at);
      return this.#call(word, at);
    }
    if (RESERVED.has(word)) {
      this.#i--;
      return this.#fail('@value');
    }
    const parts = [word];
    while (this.#is('.') && this.#peek(1)?.t === 'name') {
      const part = this.#peek(1);
      this.#i += 2;
      if (part?.t === 'name') parts.push(part.value);
    }
    return { k: 'name', parts, at, end: Math.max(end, this.#end()) };
  }

  #conditional(at: number): Ast {
    const test = this.expression();
    this.#expect('then');
    const yes = this.expression();
    this.#expect('else');
    const no = this.expression();
    return { k: 'if', test, yes, no, at, end: no.end };
  }

  #halfMode(): Rounding {
    this.#expect('half');
    const mode = (['up', 'down', 'even'] as const).find((m) => this.#accept(m));
    return mode === undefined ? this.#fail('up down even') : `half ${mode}`;
  }

  #round(mode: Rounding, at: number): Ast {
    this.#expect('(');
    const value = this.expression();
    this.#expect(',');
    const digits = this.expression();
    this.#expect(')');
    return { k: 'round', mode, value, digits, at, end: this.#end() };
  }

  #over(fn: string, at: number): Ast {
    this.#expect('(');
    this.#expect('for');
    const v = this.#peek();
    if (v?.t !== 'name') return this.#fail('@name');
    this.#i++;
    this.#expect('in');
    const list = this.#primary();
    this.#expect('return');
    const body = this.expression();
    this.#expect(')');
    const name = fn as 'sum' | 'min' | 'max' | 'count';
    return { k: 'over', fn: name, variable: v.value, list, body, at, end: this.#end() };
  }

  #call(name: string, at: number): Ast {
    this.#expect('(');
    const args: Ast[] = [];
    if (!this.#is(')')) {
      args.push(this.expression());
      while (this.#accept(',')) args.push(this.expression());
    }
    this.#expect(')');
    return { k: 'call', name, args, raw: '', at, end: this.#end() };
  }
}

/** Parses one expression. Throws SyntaxProblem (never anything else) on bad input. */
export function parseExpression(text: string): Ast {
  const p = new Parser(text);
  const ast = p.expression();
  p.done();
  return ast;
}

/** Parses the tests of one table cell: `>= 5亿元`, `[1..2)`, `"甲", "乙"`, `-`. */
export function parseTests(text: string): readonly TestAst[] {
  const p = new Parser(text);
  const tests = p.tests();
  p.done();
  return tests;
}
