// Goal: a message can be used by somebody who never sees the code: complete, in both languages,
// with a place that exists and a next step.
// Method: rules over the table of messages, and over every problem of the seeded defects.
import { describe, expect, it } from 'vitest';
import { problemText, problemTexts, readPackage } from '../src/index.ts';
import type { Problem } from '../src/index.ts';
import { readCorpus, seed } from './defects/corpus.ts';

const corpus = readCorpus();
const table = Object.entries(problemTexts);

function names(...templates: readonly string[]): string[] {
  const found = templates.flatMap((t) => [...t.matchAll(/\{([^}]+)\}/gu)].map((m) => m[1] ?? ''));
  return [...new Set(found)].toSorted();
}

describe('the table of messages', () => {
  it('is in the order of its codes', () => {
    const codes = table.map(([code]) => code);
    expect(codes).toEqual(codes.toSorted());
    expect(codes.filter((code) => !/^[a-z]+(-[a-z]+)+$/u.test(code))).toEqual([]);
  });

  it.each(table)('%s says the same in both languages', (_, t) => {
    for (const words of [t.en, t.zh, t.mendEn, t.mendZh]) expect(words).not.toBe('');
    // A parameter that only one language names is either forgotten there or never filled in.
    expect(names(t.zh, t.mendZh)).toEqual(names(t.en, t.mendEn));
  });

  it.each(table)('%s does not mix the languages', (_, t) => {
    const plain = `${t.zh}${t.mendZh}`.replace(/\{[^}]+\}|[`\w.#/=:-]+\.(?:md|yaml|txt)\S*/gu, '');
    expect(/\b(?:the|write|is|of|add)\b/u.test(plain)).toBe(false);
  });
});

/** What is wrong with the text of a problem as it is printed; empty when nothing is. */
function faults(p: Problem, text: string): string[] {
  const found: string[] = [];
  if (/\{\w+\}|[⟦⟧]|(?<![-\w])undefined|NaN/u.test(text)) found.push('unfilled');
  if (/(?:^|[^\w])@[a-z]/u.test(text)) found.push('a term without words');
  if (/「」|“”|\(\)|：$|: $| , /mu.test(text)) found.push('an empty place');
  if (!text.includes(`docs/errors.md#${p.code}`)) found.push('no page');
  if (!/\n {4}→ \S/u.test(text)) found.push('no next step');
  return found;
}

describe('a printed message', () => {
  const seen = corpus.map((c) => {
    const { files } = seed(c);
    return { c, files, problems: readPackage(files).problems };
  });

  it('has no hole', () => {
    const bad = seen.flatMap(({ c, problems }) =>
      problems.flatMap((p) =>
        (['en', 'zh'] as const).flatMap((language) => {
          const text = problemText(p, language);
          return faults(p, text).map((f) => `${c.title}: ${f}: ${text}`);
        }),
      ),
    );
    expect(bad).toEqual([]);
  });

  it('points into its file', () => {
    const bad = seen.flatMap(({ c, files, problems }) =>
      problems.flatMap((p) => {
        const text = files.find((f) => f.path === p.at.file)?.text ?? '';
        const line = text.split('\n')[p.at.line - 1];
        const inside = line !== undefined && p.at.column >= 1 && p.at.column <= line.length + 1;
        return inside ? [] : [`${c.title}: ${problemText(p, 'en')}`];
      }),
    );
    expect(bad).toEqual([]);
  });

  it('quotes the law, and only the law', () => {
    const bad = seen.flatMap(({ c, files, problems }) => {
      const source = (files.find((f) => f.path === 'source.txt')?.text ?? '').replace(/\s/gu, '');
      const spoilt = problems.some((p) => p.code === 'text-differs' || p.code === 'file-missing');
      return spoilt ? [] : problems.filter((p) => !source.includes(p.quote)).map(() => c.title);
    });
    expect(bad).toEqual([]);
    expect(
      seen.flatMap(({ problems }) => problems).filter((p) => p.quote !== '').length,
    ).toBeGreaterThan(150);
  });
});
