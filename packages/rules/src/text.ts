/** The published text: normalised (without white space), cut into sentences, spans back to the raw file. */

/** Half-open UTF-16 offsets into the normalised text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SourceText {
  readonly raw: string;
  /** `raw` without any white space; nothing else changes. */
  readonly norm: string;
  /** Raw offset of every normalised character, and at the end `raw.length`. */
  readonly rawOffset: readonly number[];
}

export function withoutSpace(text: string): string {
  return text.replace(/\s/gu, '');
}

export function sourceText(raw: string): SourceText {
  const rawOffset: number[] = [];
  let norm = '';
  for (let i = 0; i < raw.length; i++) {
    const c = raw.charAt(i);
    if (/\s/u.test(c)) continue;
    norm += c;
    rawOffset.push(i);
  }
  rawOffset.push(raw.length);
  return { raw, norm, rawOffset };
}

const CLOSERS = '）”』》】';

/** Sentences of a normalised text: cut behind 。！？；：and the closing marks that follow. */
export function sentences(norm: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let i = 0; i < norm.length; i++) {
    if (!'。！？；：'.includes(norm.charAt(i))) continue;
    while (i + 1 < norm.length && CLOSERS.includes(norm.charAt(i + 1))) i++;
    spans.push({ start, end: i + 1 });
    start = i + 1;
  }
  if (start < norm.length) spans.push({ start, end: norm.length });
  return spans;
}
