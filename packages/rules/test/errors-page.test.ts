// Goal: the page that every message points to lists every problem code, and no other.
// Method: the page is written from the table of messages and the seeded defects; here it is
// written again and compared (UPDATE=1 puts the new page into its place).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { problemTexts } from '../src/index.ts';
import { readCorpus } from './defects/corpus.ts';
import { errorsPage } from './defects/page.ts';

const docs = join(import.meta.dirname, '../../../docs');
const file = join(docs, 'errors.md');
const page = errorsPage(readCorpus());

if (process.env['UPDATE'] === '1') writeFileSync(file, page);

const headings = (text: string): string[] =>
  [...text.matchAll(/^#{2,3} (.+)$/gmu)].map((m) => m[1] ?? '');

it('is the page in docs', () => {
  expect(readFileSync(file, 'utf8')).toBe(page);
});

it('has one entry for each code', () => {
  expect(headings(readFileSync(file, 'utf8'))).toEqual(Object.keys(problemTexts));
});

it('shows each code in an example', () => {
  const entries = page.split(/^## /mu).slice(1);
  const bare = entries.filter((e) => !e.includes('~~~text')).map((e) => e.split('\n')[0]);
  expect(bare).toEqual([]);
});

it('sends the reader to places that exist', () => {
  const anchor = (title: string): string =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-');
  const links = [...JSON.stringify(problemTexts).matchAll(/docs\/(\w+\.md)#([\w-]+)/gu)];
  expect(links.length).toBeGreaterThan(2);
  for (const [link, name = '', target] of links) {
    const known = headings(readFileSync(join(docs, name), 'utf8')).map(anchor);
    expect(known, link).toContain(target);
  }
});
