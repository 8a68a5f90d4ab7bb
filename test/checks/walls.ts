// Walls: dependency-cruiser reads every import, then three things it cannot see are added.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, isCode } from './files.ts';
import { type Report, root, runTool } from './tool.ts';

export interface Crossing {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
}

export interface Cruise {
  readonly modules: readonly string[];
  readonly crossings: readonly Crossing[];
  /** Imports of our own packages by name: [importing file, package]. */
  readonly byName: readonly (readonly [string, string])[];
}

interface CruiseJson {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly {
      readonly module: string;
      readonly resolved: string;
      readonly rules?: readonly { readonly name: string }[];
    }[];
  }[];
}

interface Manifest {
  readonly dependencies?: Record<string, string>;
}

const PLACES = ['packages', 'test', 'bench', 'boot', 'bin', 'policies', 'examples', 'boot.mjs'];
const CONFIG = join(root, '.dependency-cruiser.mjs');

/** Reads all imports below `folder` and names those that cross a wall. */
export async function cruise(folder: string = root): Promise<Cruise> {
  const places = PLACES.filter((place) => existsSync(join(folder, place)));
  const args = ['--config', CONFIG, '--output-type', 'json', ...places];
  const { stdout, text } = await runTool('depcruise', args, folder);
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not answer:\n${text}`);
  const { modules } = JSON.parse(stdout) as CruiseJson;
  // Not the summary of the tool: that names a circle once, at one of its files.
  const crossings = modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ resolved, rules = [] }) =>
      rules.map(({ name }) => ({ from: source, to: resolved, rule: name })),
    ),
  );
  const byName = modules.flatMap(({ source, dependencies }) =>
    dependencies.flatMap(({ module }) => {
      const name = /^@zhida\/[^/]+/.exec(module)?.[0];
      return name ? [[source, name] as const] : [];
    }),
  );
  return {
    modules: modules.map(({ source }) => source).filter((source) => isCode(source)),
    crossings,
    byName,
  };
}

/** Imports of our own packages that the importing package does not declare. dependency-cruiser
 *  finds them by the link in node_modules, declared or not. */
export function undeclaredRooms(folder: string, { byName }: Cruise): Crossing[] {
  return byName.flatMap(([from, to]) => {
    const home = /^(packages\/[^/]+|bench)\//.exec(from)?.[1];
    if (!home || from.startsWith(`${home}/test/`)) return [];
    const declared = readManifest(folder, home).dependencies ?? {};
    return Object.hasOwn(declared, to) ? [] : [{ from, to, rule: 'undeclared-room' }];
  });
}

/** Packages whose tsconfig refers to others than their package.json declares. */
export function unevenReferences(folder: string = root): string[] {
  const rooms = roomsOf(folder);
  return rooms.flatMap((room) => {
    const declared = Object.keys(readManifest(folder, `packages/${room}`).dependencies ?? {})
      .filter((name) => name.startsWith('@zhida/'))
      .map((name) => name.replace('@zhida/', '../'));
    const referred = references(join(folder, 'packages', room));
    const same = declared.toSorted().join() === referred.toSorted().join();
    if (same) return [];
    return [`packages/${room}: package.json [${declared.join()}], tsconfig [${referred.join()}]`];
  });
}

/** The packages there are today. */
export function roomsOf(folder: string = root): string[] {
  const paths = filesBelow(folder).map((path) => /^packages\/([^/]+)\/package[.]json$/.exec(path));
  return paths.flatMap((match) => match?.[1] ?? []);
}

/** Code under policies/: the law is data. */
export function codeInPolicies(folder: string = root): string[] {
  const code = /[.]([cm]?[jt]sx?|py|sh|sql|rb|lua|wasm)$/;
  return filesBelow(folder).filter((path) => path.startsWith('policies/') && code.test(path));
}

/** The paths that a tsconfig refers to. */
export function references(folder: string): string[] {
  const text = readFileSync(join(folder, 'tsconfig.json'), 'utf8');
  const { references = [] } = JSON.parse(text) as { references?: { path: string }[] };
  return references.map(({ path }) => path);
}

export async function wallsCheck(): Promise<Report> {
  const found = await cruise();
  const rooms = undeclaredRooms(root, found);
  const lines = [
    ...rooms.map(({ from, to }) => `undeclared-room: ${from} imports ${to}; declare it there.`),
    ...unevenReferences().map((line) => `uneven-references: ${line}`),
    ...codeInPolicies().map((path) => `code-in-policies: ${path}; the law is data.`),
  ];
  if (found.crossings.length > 0) lines.push(await explain());
  return {
    name: 'walls',
    ok: lines.length === 0,
    seen: found.modules.length,
    text: `${lines.join('\n')}\n`,
  };
}

/** The same once more for people: each crossing with the reason of its wall and the way to mend it. */
async function explain(): Promise<string> {
  const places = PLACES.filter((place) => existsSync(join(root, place)));
  const { text } = await runTool(
    'depcruise',
    ['--config', CONFIG, '--output-type', 'err-long'].concat(places),
  );
  return text;
}

function readManifest(folder: string, home: string): Manifest {
  return JSON.parse(readFileSync(join(folder, home, 'package.json'), 'utf8')) as Manifest;
}
