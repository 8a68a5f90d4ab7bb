/** Problems: bad input described with its place, cause and next step. Never thrown to a caller.
 *  The words of every code live in `problem-text.ts`; the page `docs/errors.md` lists each. */
import { terms, texts } from './problem-text.ts';

/** A place in a package file; line and column are 1-based, columns count UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type Code = keyof typeof texts;
export type Severity = 'error' | 'finding';
export type Language = 'zh' | 'en';

type Names<S extends string> = S extends `${string}{${infer N}}${infer R}` ? N | Names<R> : never;
type Params<C extends Code> = {
  readonly [K in Names<(typeof texts)[C]['en'] | (typeof texts)[C]['mendEn']>]: string;
};

export interface Problem {
  readonly code: Code;
  readonly severity: Severity;
  readonly at: Place;
  /** Provision that the place belongs to, for example `3.3`; empty outside the law's text. */
  readonly clause: string;
  /** The sentence of the law that is concerned, where one is. */
  readonly quote: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Makes a problem; the parameters are those that the message of `code` names. */
export function problem<C extends Code>(
  code: C,
  at: Place,
  params: Params<C>,
  more: { readonly clause?: string; readonly quote?: string } = {},
): Problem {
  return {
    code,
    severity: texts[code].severity,
    at,
    clause: more.clause ?? '',
    quote: more.quote ?? '',
    params,
  };
}

/** A parameter in the reader's language: `@bool` and the like are words of the notation. */
function word(value: string, language: Language): string {
  return terms[value]?.[language] ?? value;
}

/** `⟦…{name}…⟧` is left out when a parameter inside it is empty: there is nothing near to name. */
function fill(
  template: string,
  params: Readonly<Record<string, string>>,
  language: Language,
): string {
  const kept = template.replace(/⟦([^⟧]*)⟧/gu, (_, part: string) => {
    const names = [...part.matchAll(/\{([^}]+)\}/gu)].map((m) => m[1] ?? '');
    return names.some((name) => (params[name] ?? '') === '') ? '' : part;
  });
  return kept.replace(/\{([^}]+)\}/gu, (_, name: string) => word(params[name] ?? '', language));
}

const LONGEST_QUOTE = 80;

/** The sentence in one line: of a long one the beginning and the end. */
function shortened(quote: string): string {
  if (quote.length <= LONGEST_QUOTE) return quote;
  return `${quote.slice(0, LONGEST_QUOTE / 2)}……${quote.slice(-LONGEST_QUOTE / 4)}`;
}

/** What is wrong, without place and next step. */
export function causeText(p: Problem, language: Language): string {
  return fill(texts[p.code][language], p.params, language);
}

/** The problem as text: `file:line:column (clause) cause`, the sentence, and the next step with
 *  the entry of the page that explains the code. */
export function problemText(p: Problem, language: Language): string {
  const t = texts[p.code];
  const mend = fill(language === 'zh' ? t.mendZh : t.mendEn, p.params, language);
  const clause = p.clause === '' ? '' : ` (${p.clause})`;
  const quote = p.quote === '' ? '' : `\n    「${shortened(p.quote)}」`;
  const where = `${p.at.file}:${p.at.line}:${p.at.column}`;
  const page = `docs/errors.md#${p.code}`;
  const next = language === 'zh' ? `${mend}（${page}）` : `${mend} (${page})`;
  return `${where}${clause} ${causeText(p, language)}${quote}\n    → ${next}`;
}

/** Collects the problems of one run, in the order of the package's places. */
export class Problems {
  readonly #list: Problem[] = [];

  add(p: Problem): void {
    this.#list.push(p);
  }

  get size(): number {
    return this.#list.length;
  }

  /** All problems, ordered by file, line and column; the same one twice is listed once. */
  sorted(): readonly Problem[] {
    const seen = new Set<string>();
    const key = (p: Problem): string =>
      `${p.at.file}:${p.at.line}:${p.at.column}:${p.code}:${JSON.stringify(p.params)}`;
    return this.#list
      .filter((p) => !seen.has(key(p)) && seen.add(key(p)))
      .toSorted(
        (a, b) =>
          (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) ||
          a.at.line - b.at.line ||
          a.at.column - b.at.column,
      );
  }
}

/** A longer word is no name; and a guess must not cost more than reading the package. */
const LONGEST_NAME = 64;
const MOST_NAMES = 1_000;

/** True when all characters of `short` stand in `long`, in their order: an abbreviation. */
function abbreviates(short: string, long: string): boolean {
  let i = 0;
  for (const c of long) if (c === short.charAt(i)) i++;
  return short.length > 1 && i === short.length;
}

/** The declared name nearest to `wrong`, if one is near enough to be meant: few characters differ,
 *  or one abbreviates the other. Of a dotted name only the last part counts where the parts before
 *  it agree. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  if (wrong.length > LONGEST_NAME) return undefined;
  const head = wrong.slice(0, wrong.lastIndexOf('.') + 1);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  let looked = 0;
  for (const name of names) {
    looked++;
    if (looked > MOST_NAMES) break;
    const [a, b] =
      head !== '' && name.startsWith(head)
        ? [wrong.slice(head.length), name.slice(head.length)]
        : [wrong, name];
    const short = abbreviates(a, b) || abbreviates(b, a);
    const limit = short ? Math.max(a.length, b.length) : Math.max(1, Math.floor(a.length / 3));
    const d = distance(a, b, limit);
    if (d > limit || d >= least) continue;
    least = d;
    best = name;
  }
  return best;
}

function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
