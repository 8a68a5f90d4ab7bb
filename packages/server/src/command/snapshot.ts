/** `zhida snapshot`: what the register knows, or knew on a day, fixed as files that bear their hash. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSnapshot } from '@zhida/register';
import type { Register, Snapshot } from '@zhida/register';
import { canonical } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import { yuanText } from '../amounts.ts';
import { thisMoment } from '../clock.ts';
import { interruptible } from '../interrupt.ts';
import { Names } from '../names.ts';
import { loadPackage } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { registerWords as words } from '../register-words.ts';
import { refuseEmptyStore, withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError, shown } from '../usage.ts';

export interface SnapshotArgs {
  readonly package: string;
  readonly store: string;
  readonly knownOn: string | undefined;
  readonly json: boolean;
}

/** A snapshot of what is known `at` this moment. Throws UsageError when that is nothing. */
export async function takeSnapshot(
  register: Register,
  knownOn: string | undefined,
  at: string = thisMoment(),
): Promise<Snapshot> {
  const snapshot = await register.snapshot(knownOn === undefined ? { at } : { at, knownOn });
  if (snapshot.manifest.tables.length > 0) return snapshot;
  throw new UsageError(knownOn === undefined ? 'store-empty' : 'nothing-known', {
    file: shown(register.folder),
  });
}

/** Beside the snapshots: which of them is what the register knows, by package, day and last entry. */
const CURRENT = 'current.json';

function readCurrent(file: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  } catch {
    // None yet, or torn: it is made again.
    return {};
  }
}

/** The snapshot of what is known: the one that is there when nothing was imported since, else a new one.
 *  Entries are only ever added, so the last one names the state of the register. */
export async function currentSnapshot(
  register: Register,
  ruleSet: RuleSet,
  knownOn: string | undefined,
): Promise<Snapshot> {
  const file = join(register.folder, 'snapshots', CURRENT);
  const last = register.imports().at(-1);
  const key = [ruleSet.hash, knownOn ?? '', last?.id ?? '', last?.previous ?? ''].join(' ');
  const hash = readCurrent(file)[key];
  const folder = hash === undefined ? undefined : join(register.folder, 'snapshots', hash);
  if (folder !== undefined && existsSync(folder)) return openSnapshot(folder, { check: false });
  const made = await takeSnapshot(register, knownOn);
  writeFileSync(file, `${JSON.stringify({ ...readCurrent(file), [key]: made.hash }, null, 2)}\n`);
  return made;
}

function print(snapshot: Snapshot, at: string, names: Names, t: Terminal): void {
  const l = t.language;
  const { manifest, folder, takings } = snapshot;
  t.print(t.colour('bold', tell(words.snapshotHead, l, { hash: manifest.hash })));
  t.print(`  ${shown(folder)}`);
  if ((takings[0]?.at ?? at) !== at) t.print(t.colour('dim', `  ${tell(words.snapshotSame, l)}`));
  t.print();
  t.table(
    [
      { head: tell(words.table, l) },
      { head: tell(words.rowsHead, l), right: true },
      { head: tell(words.columns, l), right: true },
    ],
    manifest.tables.map((x) => [x.table, grouped(x.rows), grouped(x.columns.length)]),
  );
  const sums = manifest.tables.flatMap((x) =>
    x.columns.flatMap((c) =>
      c.sum === null ? [] : [[`${x.table}.${c.label}`, grouped(c.known), yuanText(c.sum)]],
    ),
  );
  if (sums.length > 0) {
    t.print();
    t.table(
      [
        { head: tell(words.moneySums, l), most: 60 },
        { head: tell(words.knownRows, l), right: true },
        { head: tell(words.sumOf, l), right: true },
      ],
      sums,
    );
  }
  for (const d of manifest.dangling) {
    const values = {
      rows: grouped(d.rows),
      table: d.table,
      column: d.column,
      n: grouped(d.subjects),
      entity: names.entity(d.entity),
      sample: d.sample.slice(0, 4).join(' '),
    };
    t.print(t.colour('yellow', tell(words.dangling, l, values)));
  }
}

export async function snapshot(args: SnapshotArgs, t: Terminal): Promise<number> {
  refuseEmptyStore(args.store);
  const { ruleSet } = loadPackage(args.package);
  const at = new Date().toISOString();
  const made = await interruptible(
    () => withRegister(args.store, ruleSet, (register) => takeSnapshot(register, args.knownOn, at)),
    tell(words.stopped, t.language),
  );
  if (args.json)
    t.print(canonical({ folder: made.folder, takings: made.takings, ...made.manifest }));
  else print(made, at, new Names(ruleSet, t.language), t);
  return 0;
}
