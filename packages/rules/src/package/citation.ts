/** Citations: every 「…」 becomes a span of the published text, or a problem. */
import type { Problems } from '../problem.ts';
import { problem } from '../problem.ts';
import { textNumbers } from '../numbers.ts';
import { withoutSpace } from '../text.ts';
import type { Cite } from '../ir.ts';
import type { Block, Line, QuoteMark } from './block.ts';
import type { Quote } from './markdown.ts';

/** A stretch of text that a block or line binds, with the values its rule holds. */
export interface Binding {
  readonly start: number;
  readonly end: number;
  /** A whole blockquote binds its words, an explicit citation its numbers too. */
  readonly explicit: boolean;
  /** Value keys of the literals in the citing line; `any` where the line explains in words,
   *  `words` where a whole 说明 block does: it may explain ordinals, never an amount of money. */
  readonly keys: ReadonlySet<string> | 'any' | 'words';
}

const ELLIPSIS = /…+/u;

function occurrences(text: string, part: string): number[] {
  const found: number[] = [];
  for (let i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + 1)) found.push(i);
  return found;
}

/** All spans of `mark` in the quote's text; `甲…乙` runs from each 甲 to the next 乙. */
function spansOf(mark: string, norm: string): { start: number; end: number }[] {
  const [head = '', ...rest] = withoutSpace(mark).split(ELLIPSIS);
  if (head === '' || rest.includes('')) return [];
  const last = rest.map((part) => norm.lastIndexOf(part));
  return occurrences(norm, head).flatMap((start) => {
    let end = start + head.length;
    for (const [i, part] of rest.entries()) {
      const at = end > (last[i] ?? -1) ? -1 : norm.indexOf(part, end);
      if (at < 0) return [];
      end = at + part.length;
    }
    return [{ start, end }];
  });
}

/** Where a misquote departs from the text. */
interface Departure {
  /** The longest beginning that does stand in the text, and how the text goes on behind it. */
  readonly same: string;
  readonly next: string;
  /** Offset in `mark` of the first character that differs. */
  readonly offset: number;
}

/** Length of the longest beginning of `text` that stands in `norm` at or behind `from`. */
function agreement(text: string, norm: string, from: number): number {
  let [known, absent] = [0, text.length + 1];
  while (absent - known > 1) {
    const middle = (known + absent) >> 1;
    if (norm.indexOf(text.slice(0, middle), from) >= 0) known = middle;
    else absent = middle;
  }
  return known;
}

function departure(mark: string, norm: string): Departure {
  let from = 0;
  let passed = 0;
  for (const part of mark.split(ELLIPSIS)) {
    const text = withoutSpace(part);
    const at = norm.indexOf(text, from);
    const begin = mark.indexOf(part, passed);
    if (text !== '' && at >= 0) {
      from = at + text.length;
      passed = begin + part.length;
      continue;
    }
    const length = agreement(text, norm, from);
    if (length < 2) return { same: '', next: '', offset: begin };
    const same = text.slice(0, length);
    const next = norm.slice(norm.indexOf(same, from) + length).slice(0, 8);
    let offset = begin;
    for (let seen = 0; seen < length; offset++) if (/\S/u.test(mark.charAt(offset))) seen++;
    return { same, next, offset };
  }
  return { same: '', next: '', offset: 0 };
}

/** A number of the text with its unit, half open. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

function numberStretches(norm: string): readonly Stretch[] {
  return textNumbers(norm).map((n) => {
    const unit = n.kind === 'year' || n.kind === 'month' || n.kind === 'day' ? 1 : 0;
    return { start: n.start, end: Math.max(n.end, n.start + n.text.length + unit) };
  });
}

/** True when a span begins or ends inside a number: 「不低于3」 of 「不低于3%」 is another number
 *  than the law's. */
function cuts(numbers: readonly Stretch[], span: Stretch): boolean {
  return numbers.some((n) => {
    const inside = (at: number): boolean => n.start < at && at < n.end;
    return inside(span.start) || inside(span.end);
  });
}

export class Citations {
  readonly cites: Cite[] = [];
  readonly bindings: Binding[] = [];
  /** Cites with a quote that stands nowhere: what they hold cannot be compared with words. */
  readonly misquoting: Set<number> = new Set();
  readonly #problems: Problems;
  readonly #clauses = new Map<Quote, string>();
  readonly #resolved = new Set<QuoteMark>();
  readonly #numbers = new Map<Quote, readonly Stretch[]>();

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** The provision that a blockquote belongs to: the first block with an id below it. */
  nameClauses(blocks: readonly Block[]): void {
    for (const b of blocks) {
      if (b.quote === undefined || b.id === '' || b.keyword === '解释') continue;
      if (!this.#clauses.has(b.quote)) this.#clauses.set(b.quote, b.id);
    }
  }

  /** The provision of the blockquote in which `offset` of the joined text stands. */
  clauseAt(offset: number): string {
    const found = [...this.#clauses].findLast(([quote]) => quote.start <= offset);
    const inside = found !== undefined && offset < found[0].start + found[0].norm.length;
    return inside ? found[1] : '';
  }

  clause(block: Block): string {
    if (block.id !== '') return block.id.replace(/#\d+$/u, '');
    return block.quote === undefined ? '' : (this.#clauses.get(block.quote) ?? '');
  }

  #numbersOf(quote: Quote): readonly Stretch[] {
    const known = this.#numbers.get(quote) ?? numberStretches(quote.norm);
    this.#numbers.set(quote, known);
    return known;
  }

  /** Looks up the quotes that no rule has read: a misquote is a problem wherever it stands. */
  resolveRest(blocks: readonly Block[]): void {
    for (const b of blocks) {
      for (const mark of b.lines.flatMap((l) => l.quotes)) {
        if (!this.#resolved.has(mark)) this.resolve(mark, b);
      }
    }
  }

  /** The span of one 「…」 in the blockquote above the block; undefined after a problem. */
  resolve(mark: QuoteMark, block: Block): { start: number; end: number } | undefined {
    this.#resolved.add(mark);
    const clause = this.clause(block);
    const { quote } = block;
    if (quote === undefined) {
      this.#problems.add(problem('quote-homeless', mark.at, { quote: mark.text }, { clause }));
      return undefined;
    }
    const spans = spansOf(mark.text, quote.norm).filter((s) => !cuts(this.#numbersOf(quote), s));
    const more = { clause, quote: quote.norm };
    if (spans.length === 0) {
      const { same, next, offset } = departure(mark.text, quote.norm);
      const at = { ...mark.at, column: mark.at.column + 1 + offset };
      this.#problems.add(problem('quote-absent', at, { quote: mark.text, same, next }, more));
      return undefined;
    }
    const span = spans[(mark.nth ?? 1) - 1];
    if (span === undefined || (spans.length > 1 && mark.nth === undefined)) {
      const count = String(spans.length);
      this.#problems.add(problem('quote-ambiguous', mark.at, { quote: mark.text, count }, more));
      return undefined;
    }
    return { start: quote.start + span.start, end: quote.start + span.end };
  }

  /** Index of a new cite over the line's quotes (or the whole blockquote when it has none).
   *  `keys` are the values that the citing expression implements. */
  line(line: Pick<Line, 'quotes' | 'readings'>, block: Block, keys: Binding['keys']): number {
    const spans = line.quotes.flatMap((q) => this.resolve(q, block) ?? []);
    for (const s of spans) this.bindings.push({ ...s, explicit: true, keys });
    const cite = this.#add(spans, line.readings, block, block.at.line);
    const { quote } = block;
    if (spans.length < line.quotes.length && quote !== undefined) {
      // The words were meant to stand somewhere here: their numbers are not forgotten on top of it.
      const all = { start: quote.start, end: quote.start + quote.norm.length };
      this.bindings.push({ ...all, explicit: true, keys });
      this.misquoting.add(cite);
    }
    return cite;
  }

  /** The numbers in the words of a cite count as implemented: a problem stands there already. */
  excuse(cite: number): void {
    for (const { start, end } of this.cites[cite]?.spans ?? []) {
      this.bindings.push({ start, end, explicit: true, keys: 'any' });
    }
  }

  /** Cite of a block: the spans of its `依据` lines, else the whole blockquote above it. */
  block(block: Block): number {
    const marks = block.lines.filter((l) => l.key === '依据').flatMap((l) => l.quotes);
    const { quote } = block;
    const all =
      quote === undefined ? [] : [{ start: quote.start, end: quote.start + quote.norm.length }];
    const found = marks.flatMap((m) => this.resolve(m, block) ?? []);
    const spans = marks.length > 0 && found.length === marks.length ? found : all;
    const silent = block.keyword === '说明' ? 'words' : new Set<string>();
    for (const s of spans) {
      this.bindings.push({ ...s, explicit: block.keyword === '说明', keys: silent });
    }
    return this.#add(spans, [], block, block.at.line);
  }

  #add(
    spans: readonly { start: number; end: number }[],
    readings: readonly string[],
    block: Block,
    line: number,
  ): number {
    const { quote } = block;
    const text = (s: { start: number; end: number }): string =>
      quote === undefined ? '' : quote.norm.slice(s.start - quote.start, s.end - quote.start);
    this.cites.push({
      clause: this.clause(block),
      spans: spans.map((s) => ({ ...s, quote: text(s) })),
      readings: [...readings],
      file: block.at.file,
      line,
    });
    return this.cites.length - 1;
  }
}
