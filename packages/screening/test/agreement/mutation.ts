/** Runs the sharp cases against wrong compilers: each must be noticed. A program, because each mutant
 *  is a module of its own: `node mutation.ts [--all]` prints one line of JSON. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileSql } from '@zhida/rules';
import type { CompileSql } from './compare.ts';
import { moreMutants, mutants } from './mutants.ts';
import type { Mutant } from './mutants.ts';
import { compareSharp, sharpPlaces } from './sharp.ts';
import { differenceText } from './shrink.ts';

const source = fileURLToPath(new URL('../../../rules/src/', import.meta.url));

export interface Trial {
  readonly name: string;
  /** `difference`, `refused` (an exception), `survived`, or `stale`: the text is not there once. */
  readonly outcome: 'difference' | 'refused' | 'survived' | 'stale';
  readonly detail: string;
  readonly milliseconds: number;
}

/** A copy of `rules/src` in which only `sql` is a copy; the rest is linked. */
function copied(folder: string, changed: Mutant, text: string): string {
  const own = mkdtempSync(join(folder, 'rules-'));
  mkdirSync(join(own, 'src'));
  for (const entry of readdirSync(source)) {
    const [from, to] = [join(source, entry), join(own, 'src', entry)];
    if (entry === 'sql') cpSync(from, to, { recursive: true });
    else symlinkSync(from, to);
  }
  writeFileSync(join(own, 'package.json'), '{"type":"module"}');
  writeFileSync(join(own, 'src/sql', changed.file), text);
  return join(own, 'src/sql/compile.ts');
}

function mutated({ file, find, replace }: Mutant): string | undefined {
  const text = readFileSync(join(source, 'sql', file), 'utf8');
  const parts = text.split(find);
  return parts.length === 2 ? parts.join(replace) : undefined;
}

type Places = Awaited<ReturnType<typeof sharpPlaces>>;

async function tried(folder: string, places: Places, mutant: Mutant): Promise<Trial> {
  const start = performance.now();
  const trial = (outcome: Trial['outcome'], detail: string): Trial => {
    const milliseconds = Math.round(performance.now() - start);
    return { name: mutant.name, outcome, detail, milliseconds };
  };
  const text = mutated(mutant);
  if (text === undefined) return trial('stale', `not once in ${mutant.file}: ${mutant.find}`);
  const path = copied(folder, mutant, text);
  try {
    const made = (await import(pathToFileURL(path).href)) as { compileSql: CompileSql };
    const tally = await compareSharp(places, made.compileSql);
    const [first] = tally.shown;
    return first === undefined ? trial('survived', '') : trial('difference', differenceText(first));
  } catch (e) {
    return trial('refused', e instanceof Error ? e.message.slice(0, 300) : String(e));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'zhida-mutants-'));
try {
  const places = await sharpPlaces();
  // The cases must hold for the compiler as it is, or everything would be noticed.
  const sound = await compareSharp(places, compileSql);
  const trials: Trial[] = [];
  if (sound.differences === 0) {
    const all = process.argv.includes('--all') ? [...mutants, ...moreMutants] : mutants;
    const only = process.argv.find((a) => a.startsWith('--only='))?.slice(7);
    for (const m of all)
      if (only === undefined || m.name.includes(only)) trials.push(await tried(folder, places, m));
  }
  const { subjects, decisions, values, differences } = sound;
  const said = sound.shown.map(differenceText);
  process.stdout.write(
    `${JSON.stringify({ sound: { subjects, decisions, values, differences, said }, trials })}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
