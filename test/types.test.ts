// Goal: all sources compile, and the compiler really holds what it is asked to hold.
// Method: `tsc -b` on the checkout; then wrong files in a copy of a package, which it must refuse.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileCheck } from './checks/compile.ts';
import { root, runTool } from './checks/tool.ts';
import { references, roomsOf } from './checks/walls.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhida-types-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('compiles', async () => {
  const { ok, seen, text } = await compileCheck();
  expect(ok, text).toBe(true);
  expect(seen).toBeGreaterThan(0);
});

it('compiles every package: none is left out of the root tsconfig', () => {
  const rooms = roomsOf().map((room) => `packages/${room}`);
  expect(rooms.length).toBeGreaterThan(1);
  expect(references(root).toSorted()).toEqual([...rooms, 'test'].toSorted());
});

const planted: readonly (readonly [string, string, string])[] = [
  ['rules', 'a Node global', 'export const where: string = process.cwd();'],
  ['rules', 'a Node module', "export { readFileSync } from 'node:fs';"],
  ['rules', 'the console', "console.log('here');"],
  ['rules', 'an enum', 'export enum Verdict { yes, no }'],
  ['rules', 'a type imported as a value', "import { A } from './a.ts'; export const a: A = 1;"],
  ['rules', 'an unchecked index', 'export const first = (list: string[]): string => list[0];'],
  ['rules', 'an export without a type', 'export const list = () => [1, 2].map(String);'],
];

it.each(planted)('in %s refuses %s', async (room, _, text) => {
  const home = join(folder, 'packages', room);
  mkdirSync(join(home, 'src'), { recursive: true });
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  cpSync(join(root, 'packages', room, 'tsconfig.json'), join(home, 'tsconfig.json'));
  cpSync(join(root, 'packages', room, 'package.json'), join(home, 'package.json'));
  // With the type packages in reach: only the tsconfig keeps them out.
  rmSync(join(folder, 'node_modules'), { force: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(home, 'src/a.ts'), 'export type A = number;\n');
  writeFileSync(join(home, 'src/wrong.ts'), 'export const right: number = 1;\n');
  const before = await runTool('tsc', ['-p', home, '--noEmit']);
  expect(before.code, before.text).toBe(0);
  writeFileSync(join(home, 'src/wrong.ts'), `${text}\n`);
  const { code, text: said } = await runTool('tsc', ['-p', home, '--noEmit']);
  expect(code).not.toBe(0);
  expect(said).toContain('wrong.ts');
});
