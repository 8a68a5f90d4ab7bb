/** Nothing of the text is left out: blockquotes = source, every word bound, every number bound. */
import { hashText } from '../canonical.ts';
import { textNumbers } from '../numbers.ts';
import { problem } from '../problem.ts';
import type { Context } from '../lower/scope.ts';
import type { Reading } from '../package/markdown.ts';
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

function locate(reading: Reading, offset: number): { file: string; line: number; column: number } {
  const quote = reading.quotes.findLast((q) => q.start <= offset) ?? reading.quotes[0];
  const place = quote?.places[offset - (quote?.start ?? 0)] ?? quote?.places.at(-1);
  return place ?? { file: 'source.txt', line: 1, column: 1 };
}

function checkSource(context: Context, reading: Reading, path: string, source: SourceText): void {
  const { problems } = context;
  const joined = reading.quotes.map((q) => q.norm).join('');
  if (joined !== source.norm) {
    let i = 0;
    while (i < joined.length && joined.charAt(i) === source.norm.charAt(i)) i++;
    const at = locate(reading, Math.min(i, Math.max(0, joined.length - 1)));
    const found = joined.slice(i, i + 12);
    const expected = source.norm.slice(i, i + 12);
    const quote = source.norm.slice(Math.max(0, i - 12), i + 12);
    problems.add(problem('text-differs', at, { found, expected }, { quote }));
  }
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

export function checkCoverage(
  context: Context,
  reading: Reading,
  source: { readonly path: string; readonly text: string } | undefined,
): Coverage {
  const joined = reading.quotes.map((q) => q.norm).join('');
  const text = source === undefined ? undefined : sourceText(source.text);
  if (source !== undefined && text !== undefined) checkSource(context, reading, source.path, text);
  const marks = boundMarks(context, joined.length);
  const spans = sentences(joined);
  const whole = spans.filter((s) => !marks.subarray(s.start, s.end).includes(0));
  const openRuns = runs(marks);
  for (const r of openRuns) {
    const words = joined.slice(r.start, Math.min(r.end, r.start + 40));
    context.problems.add(
      problem('text-unbound', locate(reading, r.start), { words }, { quote: words }),
    );
  }
  const numbers = textNumbers(joined);
  const explicit = context.citations.bindings.filter((b) => b.explicit);
  const free = numbers.filter((n) => {
    const around = explicit.filter((b) => b.start <= n.start && b.end >= n.end);
    return !around.some((b) => b.keys === 'any' || n.key === '' || b.keys.has(n.key));
  });
  for (const n of free) {
    const quote = joined.slice(Math.max(0, n.start - 12), n.end + 12);
    const params = { number: n.text };
    context.problems.add(problem('number-unbound', locate(reading, n.start), params, { quote }));
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
