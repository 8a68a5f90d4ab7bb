// Goal: nobody imports through a wall. Method: read every import of the checkout; then build a small
// house with every room of the table, today's and tomorrow's, where all allowed imports pass, and
// plant one wrong import at each wall. It must be refused, by the rule that was meant.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config, { keepers, walls } from '../.dependency-cruiser.mjs';
import { filesBelow, isCode, packageSources } from './checks/files.ts';
import {
  codeInPolicies,
  type Crossing,
  type Cruise,
  cruise,
  roomsOf,
  undeclaredRooms,
  unevenReferences,
  wallsCheck,
} from './checks/walls.ts';

const rooms = Object.keys(walls);

describe('the checkout', () => {
  it('has no import through a wall', async () => {
    const { ok, seen, text } = await wallsCheck();
    expect(ok, text).toBe(true);
    // With a TypeScript it cannot load, the tool reads nothing and is content.
    expect(packageSources().length).toBeGreaterThan(1);
    expect(seen).toBeGreaterThanOrEqual(packageSources().length);
  });

  it('has no package without a wall', () => {
    expect(roomsOf().filter((room) => !rooms.includes(room))).toEqual([]);
  });

  it('was read whole', async () => {
    const { modules } = await cruise();
    const read = new Set(modules);
    const code = filesBelow().filter(
      (path) => isCode(path) && /^(packages|test|boot)\//.test(path),
    );
    expect(code.filter((path) => !read.has(path))).toEqual([]);
  });
});

it('imports run down the table, so that packages form no circle', () => {
  // `web` sees only types of the server; the server does not see it at all.
  for (const [index, [room, { imports }]] of Object.entries(walls).entries()) {
    const above = new Set(rooms.slice(0, index));
    expect(
      imports.filter((name) => !above.has(name)),
      room,
    ).toEqual([]);
  }
});

it('every rule gives its reason and the way to mend it', () => {
  const rules = config.forbidden ?? [];
  expect(rules.length).toBeGreaterThan(20);
  for (const { name, comment } of rules) expect(comment, name).toMatch(/^.{20,} Mend: .{20,}/);
});

interface Planted {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}

const byName = (name: string): string => `import { door } from '@zhida/${name}';\n`;
const others = (room: string): string[] => {
  const { imports, types = [] } = walls[room] ?? { imports: [] };
  return rooms.filter((name) => name !== room && ![...imports, ...types].includes(name));
};

// One file for each pair of rooms that must not meet.
const meetings: Planted[] = rooms.flatMap((room) =>
  others(room).map((other) => ({
    rule: `wall-${room}`,
    path: `packages/${room}/src/meets-${other}.ts`,
    text: `${byName(other)}export const met: unknown = door;\n`,
  })),
);

const values: Planted[] = rooms.flatMap((room) =>
  (walls[room]?.types ?? []).map((other) => ({
    rule: `types-only-${room}`,
    path: `packages/${room}/src/uses-${other}.ts`,
    text: `${byName(other)}export const used: unknown = door;\n`,
  })),
);

const kept: Planted[] = keepers.flatMap(({ name, npm, only }) =>
  npm.map((module) => {
    const room = only.includes('casework') ? 'register' : 'casework';
    const text = `import x from '${module}';\nexport const used: unknown = x;\n`;
    return {
      rule: name,
      path: `packages/${room}/src/takes-${npm.indexOf(module)}-${name}.ts`,
      text,
    };
  }),
);

const RULES = 'packages/rules/src';
const SERVER = 'packages/server/src';
const take = (path: string): string =>
  `import x from '${path}';\nexport const used: unknown = x;\n`;

const single: Planted[] = [
  { rule: 'npm-rules', path: `${RULES}/npm.ts`, text: take('pg') },
  { rule: 'node-rules', path: `${RULES}/node.ts`, text: take('node:fs') },
  {
    rule: 'node-rules',
    path: `${RULES}/node-type.ts`,
    text: "import type { Stats } from 'fs';\nexport type S = Stats;\n",
  },
  { rule: 'node-web', path: 'packages/web/src/node.ts', text: take('node:path') },
  { rule: 'node-documents', path: 'packages/documents/src/node.ts', text: take('node:https') },
  { rule: 'past-the-door', path: `${SERVER}/name.ts`, text: take('@zhida/rules/src/inner.ts') },
  { rule: 'past-the-door', path: `${SERVER}/path.ts`, text: take('../../rules/src/inner.ts') },
  { rule: 'past-the-door-from-outside', path: 'test/path.ts', text: take('@zhida/rules/src/a.ts') },
  {
    rule: 'past-the-door-from-outside',
    path: 'bench/path.ts',
    text: take('../packages/rules/src/inner.ts'),
  },
  { rule: 'no-climbing', path: `${SERVER}/climb.ts`, text: take('../../rules/src/index.ts') },
  {
    rule: 'no-climbing-from-outside',
    path: 'test/climb.ts',
    text: take('../packages/rules/src/index.ts'),
  },
  { rule: 'no-circle', path: `${RULES}/chicken.ts`, text: take('./egg.ts') },
  { rule: 'no-circle', path: `${RULES}/egg.ts`, text: take('./chicken.ts') },
  {
    rule: 'no-circle',
    path: `${RULES}/hen.ts`,
    text: "import type { Nest } from './nest.ts';\nexport type Hen = Nest[];\n",
  },
  {
    rule: 'no-circle',
    path: `${RULES}/nest.ts`,
    text: "import type { Hen } from './hen.ts';\nexport type Nest = Hen[];\n",
  },
  { rule: 'nothing-imports-tests', path: `${RULES}/test.ts`, text: take('../test/door.ts') },
  { rule: 'nothing-imports-tests', path: `${SERVER}/far.ts`, text: take('../../../test/here.ts') },
  { rule: 'nothing-imports-tests', path: `${SERVER}/b.ts`, text: take('../../../bench/here.ts') },
  { rule: 'tests-stay-at-home', path: 'bench/far.ts', text: take('../test/here.ts') },
  { rule: 'tests-stay-at-home', path: 'test/far.ts', text: take('../bench/here.ts') },
  {
    rule: 'no-code-in-policies',
    path: `${RULES}/law.ts`,
    text: take('../../../policies/law.json'),
  },
  { rule: 'policies-import-nothing', path: 'policies/city.ts', text: take('./law.json') },
  { rule: 'undeclared', path: `${SERVER}/loose.ts`, text: take('loose') },
  { rule: 'no-tools-in-source', path: `${SERVER}/tool.ts`, text: take('vitest') },
  { rule: 'not-found', path: `${SERVER}/nowhere.ts`, text: take('./nowhere-at-all.ts') },
];

const planted = [...meetings, ...values, ...kept, ...single];

describe('a small house', () => {
  let house = '';
  let before: Cruise | undefined;
  let crossings: readonly Crossing[] = [];

  beforeAll(async () => {
    house = mkdtempSync(join(tmpdir(), 'zhida-walls-'));
    build(house);
    before = await cruise(house);
    for (const { path, text } of planted) write(house, path, text);
    ({ crossings } = await cruise(house));
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('stands: what the table allows passes', () => {
    expect(before?.crossings).toEqual([]);
    expect(before?.modules.length).toBeGreaterThanOrEqual(rooms.length * 3);
  });

  it.each(planted)('$rule refuses $path', ({ rule, path }) => {
    const refused = crossings.filter(({ from }) => from === path).map((crossing) => crossing.rule);
    expect(refused).toContain(rule);
  });

  it('every rule has refused something', () => {
    const used = new Set(planted.map(({ rule }) => rule));
    expect((config.forbidden ?? []).filter(({ name }) => !used.has(name ?? ''))).toEqual([]);
  });

  it('only planted files were refused', () => {
    const paths = new Set(planted.map(({ path }) => path));
    expect(crossings.filter(({ from }) => !paths.has(from))).toEqual([]);
  });

  it('a room that package.json does not declare, and uneven references, are refused', async () => {
    const manifest = { name: '@zhida/server', type: 'module', exports: { '.': './src/index.ts' } };
    write(house, 'packages/server/package.json', JSON.stringify(manifest));
    const undeclared = undeclaredRooms(house, await cruise(house));
    expect(undeclared).toContainEqual({
      from: 'packages/server/src/index.ts',
      to: '@zhida/rules',
      rule: 'undeclared-room',
    });
    expect(unevenReferences(house).join()).toContain('packages/server: package.json []');
  });

  it('code under policies is refused', () => {
    expect(codeInPolicies(house)).toEqual(['policies/city.ts']);
  });
});

/** Every room of the table, each importing all that it may. */
function build(house: string): void {
  const dev = { vitest: '1.0.0' };
  const root = { name: 'house', private: true, workspaces: ['packages/*'], devDependencies: dev };
  write(house, 'package.json', JSON.stringify(root));
  const modules = [...keepers.flatMap(({ npm }) => npm), '@noble/hashes', 'loose', 'vitest'];
  for (const module of modules) {
    const manifest = { name: module, version: '1.0.0', type: 'module', exports: './index.js' };
    write(house, `node_modules/${module}/package.json`, JSON.stringify(manifest));
    write(house, `node_modules/${module}/index.js`, 'export default 1;\n');
  }
  mkdirSync(join(house, 'node_modules/@zhida'), { recursive: true });
  for (const room of rooms) {
    buildRoom(house, room);
    symlinkSync(join(house, 'packages', room), join(house, 'node_modules/@zhida', room));
  }
  write(house, 'test/here.ts', "import { door } from '@zhida/rules';\nexport default door;\n");
  write(house, 'test/near.ts', take('./here.ts'));
  write(house, 'bench/here.ts', "import { door } from '@zhida/server';\nexport default door;\n");
  const needs = { '@zhida/rules': '1.0.0', '@zhida/server': '1.0.0' };
  write(house, 'bench/package.json', JSON.stringify({ name: 'bench', dependencies: needs }));
  write(house, 'policies/law.json', '{}\n');
}

function buildRoom(house: string, room: string): void {
  const { imports, types = [] } = walls[room] ?? { imports: [] };
  const mine = imports;
  const npm = keepers.flatMap((keeper) => (keeper.only.includes(room) ? keeper.npm : []));
  if (room === 'rules') npm.push('@noble/hashes');
  const declared = [...mine, ...types].map((name) => `@zhida/${name}`);
  const kinds = keepers.flatMap((keeper) => keeper.npm);
  const manifest = {
    name: `@zhida/${room}`,
    type: 'module',
    exports: { '.': './src/index.ts' },
    // Declared even where a wall forbids it: only the wall meant may refuse.
    dependencies: Object.fromEntries(
      [...declared, ...npm, ...kinds].map((name) => [name, '1.0.0']),
    ),
  };
  const lines = [
    ...mine.map((name, i) => `import { door as d${i} } from '@zhida/${name}';`),
    ...types.map((name, i) => `import type { Door as T${i} } from '@zhida/${name}';`),
    ...npm.map((name, i) => `import n${i} from '${name}';`),
    "import { inner } from './inner.ts';",
    'export type Door = number;',
    `export type Seen = [${types.map((_, i) => `T${i}`).join()}];`,
    `export const door: unknown = [inner, ${mine.map((_, i) => `d${i}`).join()}];`,
    `export const used: unknown = [${npm.map((_, i) => `n${i}`).join()}];`,
  ];
  const home = `packages/${room}`;
  write(house, `${home}/package.json`, JSON.stringify(manifest));
  const referred = declared.map((name) => ({ path: name.replace('@zhida/', '../') }));
  write(house, `${home}/tsconfig.json`, JSON.stringify({ references: referred }));
  write(house, `${home}/src/index.ts`, `${lines.join('\n')}\n`);
  write(house, `${home}/src/inner.ts`, 'export const inner: number = 1;\nexport default inner;\n');
  write(
    house,
    `${home}/test/door.ts`,
    "import { inner } from '../src/inner.ts';\nexport default inner;\n",
  );
}

function write(house: string, path: string, text: string): void {
  const target = join(house, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
