/** `zhida register size`: sizes of enterprises of whom nobody stated one, by the standard of 2017. */
import type { SizeDerivation } from '@zhida/register';
import { canonical } from '@zhida/rules';
import { ask, canAsk } from '../ask.ts';
import { thisMoment, today } from '../clock.ts';
import { interruptible } from '../interrupt.ts';
import { loadPackage } from '../package-folder.ts';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { registerWords as words } from '../register-words.ts';
import { refuseEmptyStore, withRegister } from '../store.ts';
import type { Terminal } from '../terminal.ts';

export interface SizeArgs {
  readonly package: string;
  readonly store: string;
  readonly by: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Conflicts that are shown. */
const MOST = 10;

function counts(d: SizeDerivation): Readonly<Record<string, string>> {
  return {
    enterprises: grouped(d.enterprises),
    stated: grouped(d.stated),
    computed: grouped(d.computed),
    undetermined: grouped(d.undetermined),
  };
}

function print(d: SizeDerivation, t: Terminal): void {
  const l = t.language;
  t.print(t.colour('bold', tell(words.sizeHead, l)));
  t.print(`  ${tell(words.sizeCounts, l, counts(d))}`);
  const missing = Object.entries(d.missing).toSorted(([, a], [, b]) => b - a);
  if (missing.length > 0) {
    const list = missing.map(([name, n]) => `${name} ${grouped(n)}`).join('、');
    t.print(`  ${tell(words.sizeMissing, l, { list })}`);
  }
  if (d.conflicting === 0) return;
  t.print();
  t.print(tell(words.sizeDifferent, l, { n: grouped(d.conflicting) }));
  for (const c of d.conflicts.slice(0, MOST)) {
    const sizes = { stated: c.stated, computed: c.computed };
    t.print(`  ${c.id}  ${tell(words.sizeConflict, l, sizes)}`);
    const steps = c.trace.steps.map((s) => s[l]).join('; ');
    t.print(t.colour('dim', `      ${c.trace[l]}  ${steps}`));
  }
  const more = d.conflicting - MOST;
  if (more > 0) t.print(tell(words.moreOf, l, { n: grouped(more) }));
}

/** Returns the exit code: 1 when there was something to add and nobody agreed. */
export async function size(args: SizeArgs, t: Terminal): Promise<number> {
  const l = t.language;
  refuseEmptyStore(args.store);
  const { ruleSet } = loadPackage(args.package);
  const work = (): Promise<number> =>
    withRegister(args.store, ruleSet, async (register) => {
      const d = await register.deriveSize({ asOf: today() });
      try {
        if (!args.json) print(d, t);
        const n = grouped(d.dryRun.good);
        const agreed = async (): Promise<boolean> =>
          args.yes || (canAsk() && (await ask(`\n${tell(words.sizeAsk, l, { n })}`, 'yn')) === 'y');
        const wanted = d.dryRun.good > 0 && !args.dryRun;
        const made =
          wanted && (await agreed())
            ? await d.dryRun.commit({ by: args.by, on: thisMoment() })
            : null;
        const { dryRun, ...figures } = d;
        if (args.json) {
          t.print(canonical({ ...figures, id: made?.id ?? '', changed: dryRun.good }));
        } else if (dryRun.good === 0) t.print(tell(words.sizeNone, l));
        else if (args.dryRun) t.print(t.colour('yellow', tell(words.dryRun, l)));
        else if (made === null) t.print(t.colour('yellow', tell(words.needYes, l)));
        else t.print(t.colour('green', tell(words.sizeDone, l, { n, id: made.id })));
        return wanted && made === null ? 1 : 0;
      } finally {
        d.dryRun.discard();
      }
    });
  return interruptible(work, tell(words.stopped, l));
}
