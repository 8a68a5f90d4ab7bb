/** `zhida what-if`: other readings over the whole register, without a new run: new totals, and what they
 *  differ by. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonical } from '@zhida/rules';
import type { RuleSet } from '@zhida/rules';
import { WhatIf } from '@zhida/screening';
import type { WhatIfAnswer } from '@zhida/screening';
import { fenText } from '../amounts.ts';
import { readSwitches } from '../deciding.ts';
import { interruptible } from '../interrupt.ts';
import { Names } from '../names.ts';
import { loadPackage, warnDraft } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { registerWords } from '../register-words.ts';
import { kindWords, screeningWords as words } from '../screening-words.ts';
import { refuseEmptyStore, withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { named } from '../words.ts';
import { signedFen } from './compare-report.ts';
import { questionOf } from './screen.ts';
import type { RegisterQuestion } from './screen.ts';
import { currentSnapshot } from './snapshot.ts';

export interface WhatIfArgs extends RegisterQuestion {
  readonly memory: string | undefined;
  readonly json: boolean;
}

type Difference = WhatIfAnswer['items'][number];

function differs({ before, after, differenceFen }: Difference): boolean {
  return (
    differenceFen !== 0n || before.granted !== after.granted || before.undecided !== after.undecided
  );
}

function arrow(before: number, after: number): string {
  return before === after ? grouped(after) : `${grouped(before)} → ${grouped(after)}`;
}

function row(d: Difference, names: Names, t: Terminal): string[] {
  const { before, after } = d;
  const fen = (x: bigint | null): string => (x === null ? '' : fenText(x));
  return [
    d.itemId,
    names.item(d.item),
    arrow(before.granted, after.granted),
    arrow(before.undecided, after.undecided),
    tell(kindWords[d.kind], t.language),
    fen(before.amountFen),
    fen(after.amountFen),
    signedFen(d.differenceFen),
  ];
}

/** The alternative in the words of the package. */
function printReadings(ruleSet: RuleSet, switches: ReadonlyMap<string, string>, t: Terminal): void {
  for (const [id, key] of switches) {
    const i = ruleSet.interpretations.find((x) => x.id === id);
    const a = i?.alternatives.find((x) => x.key === key);
    if (i === undefined || a === undefined) continue;
    t.print(`  ${id} ${named(i.zh, i.en, t.language)}`);
    t.print(`    ${i.chosen} → ${key} ${named(a.zh, a.en, t.language)}`);
  }
}

function print(
  answer: WhatIfAnswer,
  switches: ReadonlyMap<string, string>,
  ruleSet: RuleSet,
  asOf: string,
  t: Terminal,
): void {
  const l = t.language;
  const list = [...switches].map(([id, key]) => `${id}=${key}`).join(' ');
  t.print(t.colour('bold', tell(words.whatIfHead, l, { list, day: asOf })));
  printReadings(ruleSet, switches, t);
  const time = tell(words.milliseconds, l, { n: grouped(answer.milliseconds) });
  t.print(t.colour('dim', tell(words.whatIfTime, l, { time })));
  t.print();
  const changed = answer.items.filter(differs);
  if (changed.length === 0) {
    t.print(tell(words.whatIfSame, l));
    return;
  }
  const names = new Names(ruleSet, l);
  t.table(
    [
      { head: '' },
      { head: tell(words.item, l), most: 36 },
      { head: tell(words.granted, l), right: true },
      { head: tell(words.undecided, l), right: true },
      { head: '' },
      { head: tell(words.before, l), right: true },
      { head: tell(words.after, l), right: true },
      { head: tell(words.difference, l), right: true },
    ],
    changed.map((d) => row(d, names, t)),
  );
  t.print();
  t.print(t.colour('yellow', tell(words.trial, l)));
}

/** Answers. Returns the exit code: 1 when the package is a draft. */
export async function whatIf(args: WhatIfArgs, t: Terminal): Promise<number> {
  const l = t.language;
  refuseEmptyStore(args.store);
  if (args.readings.length === 0) throw new UsageError('reading-needed', {});
  const reading = loadPackage(args.package);
  const { ruleSet } = reading;
  const draft = warnDraft(reading, l);
  const switches = readSwitches(ruleSet, args.readings);
  const question = questionOf({ ...args, readings: [] }, ruleSet);
  const spill = mkdtempSync(join(tmpdir(), 'zhida-what-if-'));
  const work = async (signal: AbortSignal): Promise<WhatIfAnswer> => {
    const snapshot = await withRegister(args.store, ruleSet, (r) =>
      currentSnapshot(r, ruleSet, args.knownOn),
    );
    const memory = args.memory === undefined ? {} : { memory: args.memory };
    const asked = await WhatIf.open({ ...question, ...memory, ruleSet, snapshot, spill, signal });
    try {
      return await asked.ask({ readings: switches });
    } finally {
      asked.close();
    }
  };
  try {
    const answer = await interruptible(work, tell(registerWords.stopped, l));
    if (args.json) t.print(canonical(answer));
    else print(answer, switches, ruleSet, args.asOf, t);
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
  return draft ? 1 : 0;
}
