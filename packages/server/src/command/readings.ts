/** `zhida readings`: what the text leaves open, and what each alternative would change in yuan. */
import { canonical, cover as sentencesOf, prepare } from '@zhida/rules';
import type { Decision, RuleSet } from '@zhida/rules';
import { fenText } from '../amounts.ts';
import { decideAll } from '../deciding.ts';
import type { Decided } from '../deciding.ts';
import { printFactProblems, readFactsFile } from '../facts-file.ts';
import { Names } from '../names.ts';
import { loadPackage, warnDraft } from '../package-folder.ts';
import { Progress } from '../progress.ts';
import { wrap } from '../terminal.ts';
import type { Terminal } from '../terminal.ts';
import { refuseMeasure } from '../usage.ts';
import { say } from '../words.ts';

export interface ReadingsArgs {
  readonly package: string;
  readonly facts: string;
  readonly measure: string | undefined;
  readonly asOf: string;
  readonly json: boolean;
}

/** What another alternative changes over the subjects of the facts file. */
interface Effect {
  readonly key: string;
  readonly changed: number;
  /** Sum of the exact amounts under it less that in force, 分. */
  readonly deltaFen: bigint;
  /** The same for ceilings and floors, whose figure is only a bound. */
  readonly boundFen: bigint;
}

type Interpretation = RuleSet['interpretations'][number];

function sum(decided: readonly Decided[], exact: boolean): bigint {
  return decided
    .filter((d) => (d.decision.amount?.kind === 'exactly') === exact)
    .reduce((total, d) => total + (d.decision.amount?.fen ?? 0n), 0n);
}

/** Everything of a decision but the note of which readings it used. */
function essence(d: Decision): string {
  return canonical({ ...d, steps: undefined, readings: undefined });
}

function effectOf(base: readonly Decided[], other: readonly Decided[], key: string): Effect {
  const changed = other.filter((d, i) => {
    const before = base[i];
    return before !== undefined && essence(before.decision) !== essence(d.decision);
  }).length;
  return {
    key,
    changed,
    deltaFen: sum(other, true) - sum(base, true),
    boundFen: sum(other, false) - sum(base, false),
  };
}

function signed(fen: bigint): string {
  return fen > 0n ? `+${fenText(fen)}` : fenText(fen);
}

function print(i: Interpretation, effects: readonly Effect[], names: Names, t: Terminal): void {
  const l = t.language;
  const pick = (zh: string, en: string): string => (l === 'zh' || en === '' ? zh : en);
  const status = i.status === '待确认' ? say('unsigned', l) : `${i.status} ${i.document} ${i.date}`;
  const ask = `${say('ask', l)} ${names.unit(i.ask)}`;
  t.print(`${t.colour('bold', i.id)}  ${t.colour('dim', `${status}, ${ask}`)}`);
  for (const line of wrap(pick(i.zh, i.en), t.columns - 4)) t.print(`  ${line}`);
  for (const a of i.alternatives) {
    const effect = effects.find((e) => e.key === a.key);
    const bound =
      effect?.boundFen === 0n ? '' : ` (${say('ceilings', l)} ${signed(effect?.boundFen ?? 0n)})`;
    const changes =
      effect === undefined
        ? ''
        : `  → ${effect.changed} ${say('changedDecisions', l)}, ${signed(effect.deltaFen)}${bound}`;
    const mark = a.key === i.chosen ? t.colour('green', '●') : '○';
    for (const [n, line] of wrap(`${a.key} ${pick(a.zh, a.en)}`, t.columns - 6).entries()) {
      t.print(n === 0 ? `  ${mark} ${line}` : `      ${line}`);
    }
    if (changes !== '') t.print(t.colour('cyan', `    ${changes}`));
  }
}

/** Lists the readings with their effects over a facts file. Returns the exit code. */
export function readings(args: ReadingsArgs, t: Terminal): number {
  const reading = loadPackage(args.package);
  const { ruleSet } = reading;
  const draft = warnDraft(reading, t.language);
  const file = readFactsFile(args.facts, ruleSet, undefined);
  const { subjects } = file;
  const { measure } = args;
  refuseMeasure(
    sentencesOf(ruleSet).map((x) => x.measure),
    measure,
  );
  const unread = printFactProblems(file, t.language);
  const code = draft ? 1 : unread;
  const list = ruleSet.interpretations.filter(
    ({ id }) =>
      measure === undefined || [`${measure}.`, `${measure}#`].some((m) => id.startsWith(m)),
  );
  const base = decideAll(prepare(ruleSet), ruleSet.items, subjects, args.asOf);
  const progress = new Progress('readings', list.length);
  const results = list.map((i, n) => {
    const others = i.alternatives.filter((a) => a.expr !== null && a.key !== i.chosen);
    const effects = others.map((a) => {
      const engine = prepare(ruleSet, new Map([[i.id, a.key]]));
      return effectOf(base, decideAll(engine, ruleSet.items, subjects, args.asOf), a.key);
    });
    progress.at(n + 1);
    return { i, effects };
  });
  progress.end();
  if (args.json) {
    const plain = results.map(({ i, effects }) => ({
      ...i,
      alternatives: i.alternatives.map(({ key, zh, en }) => ({ key, zh, en })),
      effects,
    }));
    t.print(canonical(plain));
    return code;
  }
  const names = new Names(ruleSet, t.language);
  for (const { i, effects } of results) print(i, effects, names, t);
  const open = list.filter((i) => i.status === '待确认').length;
  const switchable = results.filter((r) => r.effects.length > 0).length;
  t.print();
  t.print(
    `${list.length} ${say('readings', t.language)}, ${switchable} ${say('switchable', t.language)}, ${open} ${say('unsigned', t.language)}`,
  );
  return code;
}
