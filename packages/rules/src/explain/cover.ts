/** The text with what implements each sentence. */
import type { RuleSet } from '../ir.ts';
import { textNumbers } from '../numbers.ts';
import { sentences } from '../text.ts';
import type { Span } from '../text.ts';

/** A block that binds a part of the text. */
export interface Implementer {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly spans: readonly Span[];
  readonly file: string;
  readonly line: number;
}

/** A sentence, or the part of one that the same blocks bind. */
export interface CoveredPart extends Span {
  readonly text: string;
  readonly measure: string;
  readonly by: readonly Implementer[];
  /** Readings asked about the provisions of these words. */
  readonly readings: readonly string[];
  readonly numbers: readonly Span[];
}

function implementers(ruleSet: RuleSet): Implementer[] {
  const made = (
    kind: string,
    b: { id: string; name: string; en: string; cite: number },
  ): Implementer => {
    const cite = ruleSet.cites[b.cite];
    const { file = '', line = 0 } = cite ?? {};
    return { kind, id: b.id, name: b.name, en: b.en, spans: cite?.spans ?? [], file, line };
  };
  const blocks = [
    ...ruleSet.items.map((i) => made(i.kind, i)),
    ...ruleSet.caps.map((c) => made('封顶', c)),
    ...ruleSet.gates.map((g) => made('认定', { id: '', ...g })),
    ...ruleSet.duties.map((d) => made(d.kind, d)),
    ...ruleSet.remarks.map((p) => made(p.id.endsWith('.R') ? '责任' : '说明', p)),
    ...ruleSet.decisions.filter((d) => d.id !== '').map((d) => made('决策', d)),
  ];
  // A named rule counts where no block with a provision number binds its words.
  const rules = ruleSet.decisions
    .filter((d) => d.id === '')
    .map((d) => made('决策', d))
    .filter((d) => d.spans.some((s) => !blocks.some((b) => b.spans.some((x) => touches(x, s)))));
  return [...blocks, ...rules];
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** A sentence cut where the words of one block end and those of another begin. */
function parts(sentence: Span, all: readonly Implementer[]): readonly Span[] {
  const cuts = new Set([sentence.start, sentence.end]);
  for (const { spans } of all) {
    for (const { start, end } of spans) {
      if (start > sentence.start && start < sentence.end) cuts.add(start);
      if (end > sentence.start && end < sentence.end) cuts.add(end);
    }
  }
  const sorted = [...cuts].toSorted((a, b) => a - b);
  return sorted.slice(1).map((end, i) => ({ start: sorted[i] ?? sentence.start, end }));
}

/** Words that no block binds as a whole, but a line of one cites: a condition, a rate. */
function citers(ruleSet: RuleSet, all: readonly Implementer[], s: Span): readonly Implementer[] {
  const cites = ruleSet.cites.filter((c) => c.spans.some((x) => touches(x, s)));
  const near = (c: (typeof cites)[number]): Implementer | undefined =>
    all.findLast((i) => i.file === c.file && i.line <= c.line) ??
    all.find((i) => i.id === c.clause);
  return [...new Set(cites.map(near))].filter((i) => i !== undefined);
}

/** The text in order, part by part, with the blocks that bind each. */
export function cover(ruleSet: RuleSet): readonly CoveredPart[] {
  const all = implementers(ruleSet);
  const numbers = textNumbers(ruleSet.text);
  const found: CoveredPart[] = [];
  for (const sentence of sentences(ruleSet.text)) {
    for (const s of parts(sentence, all)) {
      const whole = all.filter((i) => i.spans.some((x) => touches(x, s)));
      const by = whole.length > 0 ? whole : citers(ruleSet, all, s);
      const last = found.at(-1);
      const same =
        last !== undefined &&
        last.by.length === by.length &&
        by.every((b, i) => last.by[i] === b) &&
        (last.start >= sentence.start || last.text.endsWith('：'));
      if (same) found.pop();
      const start = same ? last.start : s.start;
      const before = found.at(-1)?.measure ?? '';
      found.push(part(ruleSet, { start, end: s.end }, by, numbers, before));
    }
  }
  return found;
}

function part(
  ruleSet: RuleSet,
  s: Span,
  by: readonly Implementer[],
  numbers: readonly Span[],
  before: string,
): CoveredPart {
  const ids = new Set(by.map((b) => b.id));
  const readings = ruleSet.interpretations
    .filter((i) => ids.has(i.id.replace(/#\d+$/u, '')))
    .map((i) => i.id);
  const measure = by.map((b) => b.id.split('.')[0] ?? '').find((m) => m !== '') ?? before;
  return {
    ...s,
    text: ruleSet.text.slice(s.start, s.end),
    measure,
    by,
    readings,
    numbers: numbers.filter((n) => touches(n, s)),
  };
}
