// Goal: nobody changes a package by one character unnoticed: not the law's text, not a quote of it,
// not a number in a rule. Method: one-character edits of the real packages, drawn with a fixed seed;
// each must fail the check or an example. ZHIDA_EVERY_EDIT=1 tries every edit of a package (hours).
import { describe, expect, it } from 'vitest';
import { readPackage, runExamples } from '@zhida/rules';
import { applied, editText, editsOf, sampled, seeded } from './mutants/edit.ts';
import type { Edit, Kind } from './mutants/edit.ts';
import { packageFiles, soundPackage } from './mutants/package.ts';
import type { PackageFile } from './mutants/package.ts';

const EVERY = process.env['ZHIDA_EVERY_EDIT'] === '1';
const TIME_LIMIT = EVERY ? 36_000_000 : 240_000;
const SEED = 20_231_122;

type Guard = 'check' | 'example' | 'none';

function guardOf(files: readonly PackageFile[], edit: Edit): Guard {
  const reading = readPackage(applied(files, edit));
  if (reading.problems.length > 0) return 'check';
  const results = runExamples(reading.ruleSet, reading.examples);
  return results.some((r) => !r.passed) ? 'example' : 'none';
}

interface Tally {
  check: number;
  example: number;
  readonly passed: Edit[];
}

function guarded(files: readonly PackageFile[], edits: readonly Edit[]): Tally {
  const tally: Tally = { check: 0, example: 0, passed: [] };
  for (const edit of edits) {
    const guard = guardOf(files, edit);
    if (guard === 'none') tally.passed.push(edit);
    else tally[guard]++;
  }
  return tally;
}

function report(name: string, kind: Kind, all: number, tried: number, t: Tally): string {
  const rest = t.passed.length > 0 ? `, ${t.passed.length} unnoticed` : '';
  const found = `${t.check} by the check, ${t.example} by an example${rest}`;
  return `${name}: ${tried} of ${all} edits of a ${kind} tried; noticed: ${found}\n`;
}

/** How many edits of each kind a run draws: the large package takes a third of a second each. */
const draws: readonly (readonly [string, Kind, number])[] = [
  ['example-city', 'blockquote', 30],
  ['example-city', 'source', 30],
  ['example-city', 'number', 90],
  ['example-city', 'quote', 90],
  ['benxi-2023-10', 'blockquote', 10],
  ['benxi-2023-10', 'source', 10],
  ['benxi-2023-10', 'number', 40],
  ['benxi-2023-10', 'quote', 25],
];

describe('one character', () => {
  it.each(draws)(
    'of %s, %s, is not changed unnoticed',
    (name, kind, count) => {
      const files = packageFiles(name);
      expect(soundPackage(name).examples.length).toBeGreaterThan(0);
      const all = editsOf(files).filter((e) => e.kind === kind);
      expect(all.length).toBeGreaterThan(200);
      const edits = EVERY ? all : sampled(all, count, seeded(SEED + kind.length));
      const tally = guarded(files, edits);
      process.stdout.write(report(name, kind, all.length, edits.length, tally));
      // A quote without its first or last word is still a quote of the law, found in one place; the
      // check sees to it that it cuts no number. Every other edit is noticed.
      const unnoticed = tally.passed.filter((e) => !(kind === 'quote' && e.edge));
      expect(unnoticed.map((e) => editText(files, e))).toEqual([]);
      const digits = tally.passed.filter((e) =>
        /\d/u.test(files.find((f) => f.path === e.file)?.text.charAt(e.at) ?? ''),
      );
      expect(digits.map((e) => editText(files, e))).toEqual([]);
    },
    TIME_LIMIT,
  );

  it('is noticed by the check where no rule reads the quote', () => {
    const files = packageFiles('benxi-2023-10');
    const at = files.find((f) => f.path === '05-project-planning.md')?.text ?? '';
    const place = at.indexOf('「15项重大工程责任单位」') + 1;
    const edit = { kind: 'quote', file: '05-project-planning.md', at: place, edge: false } as const;
    expect(guardOf(files, { ...edit, length: 0, insert: '鑫' })).toBe('check');
    expect(guardOf(files, { ...edit, length: 1, insert: '' })).toBe('check');
  });

  it('goes unnoticed where it says nothing, so the guard can be seen to look', () => {
    const files = packageFiles('example-city');
    const file = '05-jobs-premises.md';
    const at = (files.find((f) => f.path === file)?.text ?? '').indexOf('## ') + 3;
    expect(at).toBeGreaterThan(3 - 1);
    const edit: Edit = { kind: 'blockquote', file, at, length: 0, insert: '鑫', edge: false };
    expect(guardOf(files, edit)).toBe('none');
  });
});
