// Goal: style is a test. Method: the gates on the whole checkout, then on one planted line per gate.
import { describe, expect, it } from 'vitest';
import { packageSources } from './checks/files.ts';
import { tidyCheck, tidyFile } from './checks/tidy.ts';
import { functionSizes, worst } from './tidy/size.ts';

const RULES = 'packages/rules/src/planted.ts';
const SERVER = 'packages/server/src/planted.ts';
const TEST = 'packages/rules/test/planted.test.ts';

it('holds everywhere', () => {
  const { ok, seen, text } = tidyCheck();
  process.stdout.write(text);
  expect(ok, text).toBe(true);
  expect(seen).toBeGreaterThan(packageSources().length);
  expect(text).not.toContain('.vitest.json');
});

// Words in two halves: this file is read by the gates as well.
const planted: readonly (readonly [string, string, string])[] = [
  ['empty-name', 'packages/rules/src/utils/money.ts', ''],
  ['empty-name', 'packages/rules/src/helpers.ts', ''],
  ['empty-name', 'packages/rules/src/types.ts', ''],
  ['any', SERVER, 'export const facts: any = 1;'],
  ['any', SERVER, 'export type Facts = Record<string, any[]>;'],
  ['unfinished', SERVER, `// ${'TO'}DO: caps`],
  ['unfinished', 'docs/planted.md', `${'FIX'}ME`],
  ['word', 'docs/planted.md', `Log of the ${'ses'}sion`],
  ['word', SERVER, `export const ${'ses'}sionId = 1;`],
  ['word', 'README.md', `An ${'ag'}ent wrote this.`],
  ['machine-path', 'docs/planted.md', `see /${'wo'}rk/main`],
  ['machine-path', SERVER, `export const place = '/${'ho'}me/li/zhida';`],
  ['halted-test', TEST, "it.only('pays', () => {});"],
  ['halted-test', TEST, "describe.concurrent.skip('pays', () => {});"],
  ['halted-test', TEST, "xit('pays', () => {});"],
  ['too-wide', SERVER, `export const sum = ${'1 + '.repeat(40)}1;`],
  ['float', RULES, 'export const x = parseFloat(text);'],
  ['float', RULES, 'export const shown = n.toFixed(2);'],
  ['float', RULES, 'export const amountFen = Math.round(n * 3);'],
  ['float', RULES, 'export const f = (yuanText: string) => Number(yuanText);'],
  ['float', RULES, 'export const lpr_rate = 0.0345;'],
  ['clock', RULES, 'export const now = Date.now();'],
  ['clock', RULES, 'export const today = new Date();'],
  ['clock', RULES, 'export const chance = Math.random();'],
];

describe('gates', () => {
  it.each(planted)('%s refuses in %s: %s', (gate, path, text) => {
    expect(tidyFile(path, text).map((finding) => finding.gate)).toEqual([gate]);
  });

  it('let pass what only looks alike', () => {
    const innocent = `
      export const request = { 'user-${'ag'}ent': 'zhida' };
      export const company = 'many';
      export const line = Number(match[1]);
      export const half = Math.floor(count / 2);
      export const day = new Date(Date.UTC(2023, 0, 1));
      export const table = {
        text: '${'字'.repeat(130)}',
      };
    `;
    expect(tidyFile(RULES, innocent)).toEqual([]);
    expect(tidyFile(SERVER, 'export const amount = parseFloat(text);')).toEqual([]);
  });

  it('accept an exception that gives its reason', () => {
    const line = 'export const amountFen = Math.round(n);';
    expect(tidyFile(RULES, `// tidy-allow float: n is whole here.\n${line}`)).toEqual([]);
    expect(tidyFile(RULES, `// tidy-allow float:\n${line}`)).toHaveLength(1);
    expect(tidyFile(RULES, `// tidy-allow clock: a reason\n${line}`)).toHaveLength(1);
  });
});

describe('aims', () => {
  it('measure functions, not the chapters of a test', () => {
    const body = '  call();\n'.repeat(80);
    const text = `function long() {\n${body}}\ndescribe('x', () => {\n${body}});\n`;
    const sizes = functionSizes(TEST, text);
    expect(sizes).toEqual([{ place: `${TEST}:1 long`, lines: 82 }]);
    expect(worst('Functions', sizes, 70)).toContain('1 of 1 over 70 lines');
  });
});
