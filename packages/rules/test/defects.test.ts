// Goal: every defect that an author can make is found, at its place, with a message that says how
// to mend it; and nothing is found where nothing is wrong.
// Method: seeded defects in `defects/*.md`, each a small change of a real package. Codes and places
// are marked by hand and must be found exactly, no more and no fewer; the messages are golden text
// in both languages (UPDATE=1 rewrites them, the diff is read).
import { beforeAll, describe, expect, it } from 'vitest';
import { problemText, problemTexts, readPackage, runExamples } from '../src/index.ts';
import type { Problem } from '../src/index.ts';
import { packageFiles, readCorpus, seed, writeGolden } from './defects/corpus.ts';
import type { Case, Mark } from './defects/corpus.ts';

const updating = process.env['UPDATE'] === '1';
const corpus = readCorpus();

function problemsOf(c: Case): readonly Problem[] {
  const { files } = seed(c);
  const { ruleSet, problems, examples } = readPackage(files);
  if (!c.examples) return problems;
  return [...problems, ...runExamples(ruleSet, examples).flatMap((r) => r.problems)];
}

function goldenText(problems: readonly Problem[]): string {
  return problems.map((p) => `${problemText(p, 'en')}\n${problemText(p, 'zh')}`).join('\n\n');
}

const place = ({ code, file, line, column }: Mark): string => `${file}:${line}:${column} ${code}`;

if (updating) writeGolden(corpus, corpus.map(problemsOf).map(goldenText));

describe('packages without a defect', () => {
  it.each(['benxi-2023-10', 'example-city'])('%s has no finding', (name) => {
    const { ruleSet, problems, examples } = readPackage(packageFiles(name));
    expect(problems.map((p) => problemText(p, 'en'))).toEqual([]);
    const failed = runExamples(ruleSet, examples).filter((r) => !r.passed);
    expect(failed.flatMap((r) => r.problems.map((p) => problemText(p, 'en')))).toEqual([]);
  });
});

describe.each(readCorpus())('$file: $title', (c) => {
  let problems: readonly Problem[] = [];
  beforeAll(() => {
    problems = problemsOf(c);
  });

  it('is found where it is, and nothing else is', () => {
    const found = problems.map((p) => place({ code: p.code, ...p.at }));
    const { marks } = seed(c);
    expect(marks.length).toBeGreaterThan(0);
    expect(found.toSorted()).toEqual(marks.map(place).toSorted());
  });

  it('says so in both languages', () => {
    expect(goldenText(problems)).toBe(c.golden);
  });
});

describe('several defects at once', () => {
  const several = corpus.find((c) => c.title.startsWith('five defects'));

  it('leave the other awards whole', () => {
    if (several === undefined) throw new Error('the corpus has lost its case of several defects');
    const { ruleSet, examples, undecidable } = readPackage(seed(several).files);
    expect(undecidable).toEqual(['设备贷款贴息', '扩岗补贴', '高层次人才补助']);
    const whole = readPackage(packageFiles('example-city'));
    const kept = whole.ruleSet.items.filter((i) => !undecidable.includes(i.name));
    expect(ruleSet.items.map((i) => i.name)).toEqual(kept.map((i) => i.name));
    const results = runExamples(ruleSet, examples);
    expect(results.filter((r) => !r.passed).map((r) => r.example.at)).toEqual([]);
    expect(results.length).toBeGreaterThan(150);
  });
});

describe('the corpus', () => {
  it('is large enough', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(100);
  });

  it('has titles that differ', () => {
    const titles = corpus.map((c) => c.title);
    expect(titles.filter((t, i) => titles.indexOf(t) < i)).toEqual([]);
  });

  it('holds every problem code', () => {
    const seeded = new Set(corpus.flatMap((c) => seed(c).marks.map((m) => m.code)));
    const missing = Object.keys(problemTexts).filter((code) => !seeded.has(code));
    expect(missing).toEqual([]);
  });
});
