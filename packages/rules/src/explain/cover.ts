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

export interface CoveredSentence extends Span {
  readonly text: string;
  readonly measure: string;
  readonly by: readonly Implementer[];
  /** Readings asked about words of this sentence's provisions. */
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
  return [
    ...ruleSet.items.map((i) => made(i.kind, i)),
    ...ruleSet.caps.map((c) => made('封顶', c)),
    ...ruleSet.gates.map((g) => made('认定', { id: '', ...g })),
    ...ruleSet.duties.map((d) => made(d.kind, d)),
    ...ruleSet.plain.map((p) => made(p.id.endsWith('.R') ? '责任' : '说明', p)),
  ];
}

function touches(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Every sentence in order, with the blocks that bind some of its words. */
export function cover(ruleSet: RuleSet): readonly CoveredSentence[] {
  const all = implementers(ruleSet);
  const numbers = textNumbers(ruleSet.text);
  return sentences(ruleSet.text).map((s) => {
    const by = all.filter((i) => i.spans.some((x) => touches(x, s)));
    const ids = new Set(by.map((b) => b.id));
    const readings = ruleSet.interpretations
      .filter((i) => ids.has(i.id.replace(/#\d+$/u, '')))
      .map((i) => i.id);
    const measure = by.map((b) => b.id.split('.')[0] ?? '').find((m) => m !== '') ?? '';
    return {
      ...s,
      text: ruleSet.text.slice(s.start, s.end),
      measure,
      by,
      readings,
      numbers: numbers.filter((n) => touches(n, s)),
    };
  });
}
