/** Expression text → tokens. Marks that look right and mean something else are errors with a mend. */
import type { Code } from '../problem.ts';
import { isDate } from '../date.ts';
import { parseDecimal } from '../scaled.ts';
import type { Scaled } from '../scaled.ts';
import { quantity, unitWordAt } from '../unit.ts';

export type Token = { readonly at: number; readonly end: number } & (
  | { readonly t: 'number'; readonly value: Scaled; readonly unit: string }
  | { readonly t: 'text'; readonly value: string }
  | { readonly t: 'date'; readonly value: string }
  | { readonly t: 'name'; readonly value: string }
  | { readonly t: 'op'; readonly value: string }
  | { readonly t: 'raw'; readonly value: string }
);

/** A problem inside an expression, at an offset; becomes a `Problem` where the place is known. */
export class SyntaxProblem extends Error {
  readonly code: Code;
  readonly at: number;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: Code, at: number, params: Readonly<Record<string, string>>) {
    super(code);
    this.code = code;
    this.at = at;
    this.params = params;
  }
}

/** The expression uses a rule that could not be read; the problem is reported there, once. */
export class FailedElsewhere extends Error {}

const KEYWORDS = 'and|or|in|not|if|then|else|between|return|for';
const GLUED_BEHIND = new RegExp(`^(.*\\p{Script=Han})(${KEYWORDS})(.*)$`, 'u');
const GLUED_BEFORE = new RegExp(`^()(${KEYWORDS})(\\p{Script=Han}.*)$`, 'u');

/** `行业in` with its missing space; undefined when no keyword is glued to the name. */
export function unglued(name: string): string | undefined {
  const m = GLUED_BEHIND.exec(name) ?? GLUED_BEFORE.exec(name);
  return m === null ? undefined : `${m[1] ?? ''} ${m[2] ?? ''} ${m[3] ?? ''}`.trim();
}

/** Full-width and look-alike marks with what they should be. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  '＞': '>',
  '＜': '<',
  '＝': '=',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '＋': '+',
  '－': '-',
  '—': '-',
  '–': '-',
  '−': '-',
  '×': '*',
  '＊': '*',
  '÷': '/',
  '／': '/',
  '（': '(',
  '）': ')',
  '，': ',',
  '、': ',',
  '．': '.',
  '％': '%',
  '“': '"',
  '”': '"',
  '【': '[',
  '】': ']',
  '［': '[',
  '］': ']',
  '～': '..',
  '…': '..',
  '：': ':',
  '；': ';',
  '。': '.',
};

const OPERATORS = [
  '..',
  '<=',
  '>=',
  '!=',
  '<',
  '>',
  '=',
  '+',
  '-',
  '*',
  '/',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  '{',
  '}',
  ':',
];
const NAME = /[\p{Script=Han}A-Za-z_][\p{Script=Han}A-Za-z0-9_]*/uy;
const DIGITS = /\d+(?:\.\d+)?(?!\d)/uy;
const DATE = /\d{4}-\d{2}-\d{2}/uy;

function match(re: RegExp, text: string, at: number): string | undefined {
  re.lastIndex = at;
  return re.exec(text)?.[0];
}

function numberAt(text: string, at: number): Token {
  const digits = match(DIGITS, text, at) ?? '';
  const value = parseDecimal(digits);
  if (value === undefined) throw new SyntaxProblem('number-too-long', at, { digits });
  let end = at + digits.length;
  const words: string[] = [];
  let word = unitWordAt(text, end);
  while (word !== undefined) {
    words.push(word);
    end += word.length;
    word = text.charAt(end) === '/' ? unitWordAt(text, end + 1) : undefined;
    if (word !== undefined) end += 1;
  }
  const rest = match(NAME, text, end);
  const q = quantity(value, words);
  if (rest !== undefined || q === undefined) {
    const unit = `${words.join('/')}${rest ?? ''}`;
    throw new SyntaxProblem('unit-unknown', at, { literal: `${digits}${unit}`, unit });
  }
  return { t: 'number', value: { n: q.n, s: q.s }, unit: q.unit, at, end };
}

function textAt(text: string, at: number): Token {
  const close = text.indexOf('"', at + 1);
  if (close < 0) throw new SyntaxProblem('text-unclosed', at, { text: text.slice(at, at + 12) });
  return { t: 'text', value: text.slice(at + 1, close), at, end: close + 1 };
}

function tokenAt(text: string, at: number): Token {
  const c = text.charAt(at);
  const date = match(DATE, text, at);
  if (date !== undefined) {
    if (!isDate(date)) throw new SyntaxProblem('date-invalid', at, { date });
    return { t: 'date', value: date, at, end: at + date.length };
  }
  if (/[0-9]/u.test(c)) return numberAt(text, at);
  if (c === '"') return textAt(text, at);
  const name = match(NAME, text, at);
  if (name !== undefined) return { t: 'name', value: name, at, end: at + name.length };
  const mend =
    LOOK_ALIKE[c] ??
    (/[\uFF01-\uFF5E]/u.test(c) ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : undefined);
  if (mend !== undefined) throw new SyntaxProblem('mark-full-width', at, { mark: c, mend });
  const op = OPERATORS.find((o) => text.startsWith(o, at));
  if (op === undefined) throw new SyntaxProblem('mark-unknown', at, { mark: c });
  return { t: 'op', value: op, at, end: at + op.length };
}

/** All tokens. 口径(3.3#1) keeps its id as one raw token. Throws SyntaxProblem. */
export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/u.test(text.charAt(at))) {
      at++;
      continue;
    }
    const id = /^口径\s*\(\s*([^()\s]*)\s*\)/u.exec(text.slice(at));
    if (id !== null) {
      const end = at + id[0].length;
      tokens.push({ t: 'raw', value: id[1] ?? '', at, end });
      at = end;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}
