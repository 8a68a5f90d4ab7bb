// Goal: no damage to a file makes the reader throw, hang or invent: it gives a refusal, or rows that
// the whole file has too. Method: a good workbook and a good .csv, cut short and with bytes changed
// at seeded places; and any text at all as a table.
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { csvText, mappingOf, put, putXlsx, read, sheet } from './read/desk.ts';
import { TextSplitter } from '../src/read/csv.ts';
import { Seen } from '../src/read/seen.ts';

const CODES = ['91330100799655058B', '91210000242690243E', '91440300708461136T'];
const mapping = mappingOf('企业', {
  代码: '统一社会信用代码',
  名称: '名称',
  '收入（元）': '营业收入',
});
const grid = [
  ['2023年度', null, null],
  ['代码', '名称', '收入（元）'],
  ...CODES.map((code, i) => [code, `企业${i}`, i + 0.5]),
];

const facts = (rows: Awaited<ReturnType<typeof read>>['rows']): readonly string[] =>
  rows.map((r) => [r.id, ...r.values.values()].join(' '));

test('a workbook with changed bytes gives a refusal, or what the whole one gives', async () => {
  const whole = readFileSync(await putXlsx('whole.xlsx', [sheet('表', grid)]));
  const truth = facts((await read(put('w.xlsx', whole), mapping)).rows);
  expect(truth).toHaveLength(3);
  let refused = 0;
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(changes, async (list) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of list) bytes[at] = byte;
      const outcome = await read(put('changed.xlsx', bytes), mapping);
      if (outcome.refused.length > 0) refused++;
      for (const fact of facts(outcome.rows)) expect(truth).toContain(fact);
    }),
    { numRuns: 150, seed: 20230901 },
  );
  expect(refused).toBeGreaterThan(50);
});

test('a workbook cut at any place is refused', async () => {
  const whole = readFileSync(await putXlsx('whole2.xlsx', [sheet('表', grid)]));
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
      const outcome = await read(put('cut.xlsx', whole.subarray(0, length)), mapping);
      expect(outcome.refused).toHaveLength(1);
    }),
    { numRuns: 80, seed: 1 },
  );
});

test('a table of text with changed bytes never throws', async () => {
  const whole = Buffer.from(csvText(grid));
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(changes, fc.nat(whole.length), async (list, length) => {
      const bytes = Buffer.from(whole.subarray(0, length));
      for (const [at, byte] of list) if (at < length) bytes[at] = byte;
      const { refused, reading } = await read(put('changed.csv', bytes), mapping);
      expect(refused.length === 1 || reading !== undefined).toBe(true);
    }),
    { numRuns: 200, seed: 7 },
  );
});

test('records of text come back as they were written, however the text is cut in pieces', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '甲', ',', '"', '\n', ' ', '1', ';'),
    maxLength: 6,
  });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 9 }), (wanted, size) => {
      const text = csvText(wanted);
      const splitter = new TextSplitter(',');
      const got: (readonly string[])[] = [];
      for (let at = 0; at < text.length; at += size) {
        for (const record of splitter.push(text.slice(at, at + size))) got.push(record.cells);
      }
      for (const record of splitter.push('', true)) got.push(record.cells);
      expect(got).toEqual(wanted);
    }),
    { numRuns: 1_000 },
  );
});

test('what a file says twice is found exactly', () => {
  const keys = fc.array(fc.tuple(fc.nat(50), fc.nat(2)), { maxLength: 3_000 });
  fc.assert(
    fc.property(keys, (list) => {
      const seen = new Seen();
      const truth = new Map<number, { places: number[]; said: Set<number> }>();
      list.forEach(([key, content], i) => {
        seen.add(`k${key}`, `c${content}`, i + 1);
        const known = truth.get(key) ?? { places: [], said: new Set() };
        known.places.push(i + 1);
        known.said.add(content);
        truth.set(key, known);
      });
      for (const [key, { places, said }] of truth) {
        const [first = 0, second = 0] = places;
        expect(seen.of(`k${key}`)).toEqual({ first, second, differs: said.size > 1 });
      }
    }),
    { numRuns: 50 },
  );
});
