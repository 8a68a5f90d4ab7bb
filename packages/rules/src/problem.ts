/** Problems: bad input described with its place, cause and next step. Never thrown to a caller.
 *  The words of every code live in `problem-text.ts`; the page `docs/errors.md` lists each. */
import { texts } from './problem-text.ts';

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

function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => params[name] ?? `{${name}}`);
}

/** The problem as text: `file:line:column (clause) cause` and, on a second line, the next step. */
export function problemText(p: Problem, language: Language): string {
  const t = texts[p.code];
  const cause = fill(language === 'zh' ? t.zh : t.en, p.params);
  const mend = fill(language === 'zh' ? t.mendZh : t.mendEn, p.params);
  const clause = p.clause === '' ? '' : ` (${p.clause})`;
  const quote = p.quote === '' ? '' : `\n    「${p.quote}」`;
  const where = `${p.at.file}:${p.at.line}:${p.at.column}`;
  return `${where}${clause} ${cause}${quote}\n    → ${mend} [${p.code}]`;
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

/** The declared name nearest to `wrong` by edit distance, if one is near enough to be meant. */
export function nearest(wrong: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.ceil(wrong.length / 2));
  for (const name of names) {
    const d = distance(wrong, name, least);
    if (d < least || (d === least && best === undefined)) {
      least = d;
      best = name;
    }
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
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
