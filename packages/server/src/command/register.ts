/** `zhida register`: the imports of a register; subjects by a part of their name; one subject with all its
 *  facts; the withdrawal of an import. */
import { canonical } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import type { ImportManifest, Register } from '@zhida/register';
import { ask, canAsk } from '../ask.ts';
import { thisMoment } from '../clock.ts';
import { Names } from '../names.ts';
import { loadPackage } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { registerWords as words } from '../register-words.ts';
import { refuseEmptyStore, withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError, shown } from '../usage.ts';
import { countText } from './screen-report.ts';
import { printSubject } from './subject-report.ts';

export interface RegisterArgs {
  readonly package: string;
  readonly store: string;
  /** Part of a name or code; undefined: the imports. */
  readonly text: string | undefined;
  readonly entity: string | undefined;
  /** `YYYY-MM-DD`: as the register knew it then; undefined: now. */
  readonly knownOn: string | undefined;
  readonly history: boolean;
  readonly json: boolean;
}

type Entry = ImportManifest & { readonly holds: boolean };

const KINDS = { 导入: words.kindImport, 推导: words.kindDerived, 撤回: words.kindUndo } as const;

function entryRow(e: Entry, t: Terminal): string[] {
  const l = t.language;
  const state = e.holds ? '' : tell(words.withdrawnMark, l);
  const what =
    e.kind === '撤回'
      ? tell(words.withdraws, l, { id: e.withdraws })
      : e.source.file === ''
        ? e.source.name
        : e.source.file;
  const { unit, period, asOf } = e.source;
  return [
    e.id,
    e.on.slice(0, 10),
    tell(KINDS[e.kind], l),
    e.kind === '导入' ? unit : '',
    what,
    period,
    asOf,
    countText(e.good),
    countText(e.bad),
    e.by,
    state,
  ];
}

function printImports(register: Register, args: RegisterArgs, t: Terminal): void {
  const l = t.language;
  const { knownOn = '9999-12-31' } = args;
  const entries = register.imports().filter((e) => e.on.slice(0, 10) <= knownOn);
  if (args.json) {
    t.print(canonical(entries));
    return;
  }
  if (entries.length === 0) {
    t.print(tell(words.storeEmpty, l, { path: shown(args.store) }));
    return;
  }
  t.print(tell(words.importsHead, l, { path: shown(args.store), n: entries.length }));
  t.print();
  t.sparse(
    [
      { head: tell(words.number, l) },
      { head: tell(words.day, l) },
      { head: tell(words.kind, l) },
      { head: tell(words.unit, l), most: 20 },
      { head: tell(words.document, l), most: 44 },
      { head: tell(words.period, l), most: 18 },
      { head: tell(words.asOf, l) },
      { head: tell(words.good, l), right: true },
      { head: tell(words.bad, l), right: true },
      { head: tell(words.by, l), most: 12 },
      { head: '' },
    ],
    entries.map((e) => entryRow(e, t)),
  );
}

/** One more than are shown, to know that there are more. */
const MOST = 40;

/** A text that names one subject gives its file; else those that it may mean. */
async function look(
  register: Register,
  ruleSet: RuleSet,
  text: string,
  args: RegisterArgs,
  t: Terminal,
): Promise<void> {
  const l = t.language;
  const known = args.knownOn === undefined ? {} : { knownOn: args.knownOn };
  const entity = args.entity === undefined ? {} : { entity: args.entity };
  const found = await register.find(text, { ...known, ...entity, limit: MOST + 1 });
  const exact = found.filter((f) => f.id === text || f.name === text);
  const [only, ...others] = exact.length > 0 ? exact : found;
  if (only === undefined) throw new UsageError('subject-not-found', { asked: text });
  if (others.length === 0) {
    const facts = await register.subject(only.entity, only.id, known);
    if (args.json) t.print(canonical(facts));
    else printSubject(facts, { names: new Names(ruleSet, l), ruleSet, args, t });
    return;
  }
  if (args.json) {
    t.print(canonical(found));
    return;
  }
  const listed = (exact.length > 0 ? exact : found).slice(0, MOST);
  const names = new Names(ruleSet, l);
  t.print(tell(words.foundHead, l, { n: grouped(listed.length) }));
  t.print();
  t.table(
    [{ head: tell(words.entity, l) }, { head: tell(words.code, l) }, { head: tell(words.name, l) }],
    listed.map((f) => [names.entity(f.entity), f.id, f.name]),
  );
  if (found.length > MOST) t.print(t.colour('dim', tell(words.foundMore, l, { n: MOST })));
}

export async function register(args: RegisterArgs, t: Terminal): Promise<number> {
  refuseEmptyStore(args.store);
  const { ruleSet } = loadPackage(args.package);
  return withRegister(args.store, ruleSet, async (r) => {
    if (args.text === undefined) printImports(r, args, t);
    else await look(r, ruleSet, args.text, args, t);
    return 0;
  });
}

export interface UndoArgs {
  readonly package: string;
  readonly store: string;
  readonly id: string;
  readonly by: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/** `zhida register undo`. Returns the exit code: 1 when nobody agreed. */
export async function undo(args: UndoArgs, t: Terminal): Promise<number> {
  const l = t.language;
  refuseEmptyStore(args.store);
  const { ruleSet } = loadPackage(args.package);
  const id = args.id.padStart(6, '0');
  return withRegister(args.store, ruleSet, async (r) => {
    const entry = r.imports().find((e) => e.id === id);
    if (entry !== undefined && !args.yes) {
      if (!canAsk()) throw new UsageError('undo-yes', { id });
      const file = entry.source.file === '' ? entry.source.name : entry.source.file;
      const key = await ask(tell(words.undoAsk, l, { id, file }), 'yn');
      if (key !== 'y') return 1;
    }
    const made = await r.undo(id, { by: args.by, on: thisMoment() });
    t.print(args.json ? canonical(made) : tell(words.undone, l, { id, by: made.id }));
    return 0;
  });
}
