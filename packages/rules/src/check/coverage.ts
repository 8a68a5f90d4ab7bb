/** Nothing of the text is left out: blockquotes = source, every word bound, every number bound. */
import { hashText } from '../canonical.ts';
import { numberText, textNumbers } from '../numbers.ts';
import type { TextNumber } from '../numbers.ts';
import type { Binding } from '../package/citation.ts';
import { problem } from '../problem.ts';
import type { Place } from '../problem.ts';
import type { Context } from '../lower/scope.ts';
import type { Pages } from '../package/markdown.ts';
import { sentences, sourceText } from '../text.ts';
import type { SourceText, Span } from '../text.ts';

export interface Share {
  readonly bound: number;
  readonly all: number;
}

/** How much of the text is bound. `text` is the normalised source. */
export interface Coverage {
  readonly text: string;
  readonly sentences: Share;
  readonly characters: Share;
  readonly numbers: Share;
  /** Sentences that are not wholly bound, and numbers that are not. */
  readonly open: readonly Span[];
}

function locate(reading: Pages, offset: number): { file: string; line: number; column: number } {
  const quote = reading.quotes.findLast((q) => q.start <= offset) ?? reading.quotes[0];
  const place = quote?.places[offset - (quote?.start ?? 0)] ?? quote?.places.at(-1);
  return place ?? { file: 'source.txt', line: 1, column: 1 };
}

/** How much of `a` and `b` from the given offsets on is the same. */
function agreeing(a: string, i: number, b: string, j: number): number {
  let n = 0;
  while (i + n < a.length && a.charAt(i + n) === b.charAt(j + n)) n++;
  return n;
}

const ANCHOR = 8;
const SHOWN = 12;

/** Walks both texts side by side and reports each blockquote that departs, once: behind a
 *  difference both go on where the next blockquote is found in the source. */
function compareTexts(context: Context, reading: Pages, source: string): void {
  let at = 0;
  for (const [i, quote] of reading.quotes.entries()) {
    const same = agreeing(quote.norm, 0, source, at);
    if (same === quote.norm.length) {
      at += same;
      continue;
    }
    const after = reading.quotes[i + 1]?.norm.slice(0, ANCHOR) ?? '';
    const resumed = after === '' ? -1 : source.indexOf(after, at + same);
    const end = resumed < 0 ? at + same + SHOWN : resumed;
    const found = quote.norm.slice(same, same + SHOWN) || '@nothing';
    const expected = source.slice(at + same, Math.min(end, at + same + SHOWN));
    reportDifference(context, quote.places[same] ?? quote.places[0], source, at + same, {
      found,
      expected,
    });
    if (resumed < 0 && i < reading.quotes.length - 1) return;
    at = resumed < 0 ? source.length : resumed;
  }
  if (at >= source.length) return;
  const last = reading.quotes.at(-1)?.places.at(-1);
  const expected = source.slice(at, at + SHOWN);
  reportDifference(context, last, source, at, { found: '@nothing', expected });
}

function reportDifference(
  context: Context,
  place: Place | undefined,
  source: string,
  offset: number,
  params: { readonly found: string; readonly expected: string },
): void {
  const at = place ?? { file: 'source.txt', line: 1, column: 1 };
  const quote = source.slice(Math.max(0, offset - SHOWN), offset + SHOWN);
  const clause = context.citations.clauseAt(offset);
  context.problems.add(problem('text-differs', at, params, { quote, clause }));
}

function checkSource(context: Context, reading: Pages, path: string, source: SourceText): void {
  const { problems } = context;
  compareTexts(context, reading, source.norm);
  const hash = hashText(source.raw);
  if (hash !== context.manifest.sha256) {
    const at = { file: path, line: 1, column: 1 };
    problems.add(problem('source-hash', at, { recorded: context.manifest.sha256, hash }));
  }
}

function boundMarks(context: Context, length: number): Uint8Array {
  const marks = new Uint8Array(length);
  for (const b of context.citations.bindings) {
    marks.fill(1, Math.min(b.start, length), Math.min(b.end, length));
  }
  return marks;
}

/** Runs of unbound characters. */
function runs(marks: Uint8Array): Span[] {
  const found: Span[] = [];
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === 1) continue;
    const start = i;
    while (i < marks.length && marks[i] === 0) i++;
    found.push({ start, end: i });
  }
  return found;
}

/** An amount of money or a rate that a whole block waves aside is an award nobody implemented. */
function binds(keys: Binding['keys'], n: TextNumber): boolean {
  if (keys === 'any') return true;
  if (keys === 'words') return !n.key.endsWith(' 元') && !n.text.endsWith('%');
  return n.key === '' || keys.has(n.key);
}

export function checkCoverage(
  context: Context,
  reading: Pages,
  source: { readonly path: string; readonly text: string } | undefined,
): Coverage {
  const joined = reading.quotes.map((q) => q.norm).join('');
  const text = source === undefined ? undefined : sourceText(source.text);
  if (source !== undefined && text !== undefined) checkSource(context, reading, source.path, text);
  const marks = boundMarks(context, joined.length);
  const spans = sentences(joined);
  const whole = spans.filter((s) => !marks.subarray(s.start, s.end).includes(0));
  const openRuns = runs(marks);
  const clauseAt = (offset: number): string => context.citations.clauseAt(offset);
  for (const r of openRuns) {
    const words = joined.slice(r.start, Math.min(r.end, r.start + 40));
    context.problems.add(
      problem('text-unbound', locate(reading, r.start), { words }, { clause: clauseAt(r.start) }),
    );
  }
  const numbers = textNumbers(joined);
  const explicit = context.citations.bindings.filter((b) => b.explicit);
  const free = numbers.filter((n) => {
    const around = explicit.filter((b) => b.start <= n.start && b.end >= n.end);
    return !around.some((b) => binds(b.keys, n));
  });
  for (const n of free) {
    const quote = joined.slice(Math.max(0, n.start - 12), n.end + 12);
    const params = { number: numberText(joined, n) };
    const more = { quote, clause: clauseAt(n.start) };
    context.problems.add(problem('number-unbound', locate(reading, n.start), params, more));
  }
  const chars = openRuns.reduce((sum, r) => sum + r.end - r.start, 0);
  return {
    text: joined,
    sentences: { bound: whole.length, all: spans.length },
    characters: { bound: joined.length - chars, all: joined.length },
    numbers: { bound: numbers.length - free.length, all: numbers.length },
    open: [...openRuns, ...free.map((n) => ({ start: n.start, end: n.end }))],
  };
}
