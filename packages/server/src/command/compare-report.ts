/** A run beside an earlier one, on the terminal: who entered, who left, whose amount is another, and why. */
import type { Change, Comparison, Standing } from '@zhida/screening';
import { fenText } from '../amounts.ts';
import type { Names } from '../names.ts';
import { tell } from '../phrases.ts';
import { grouped } from '../progress.ts';
import { causeWords, changeWords, ruleWords, screeningWords as words } from '../screening-words.ts';
import type { Terminal } from '../terminal.ts';
import { sayVerdict } from '../words.ts';
import { title } from './screen-report.ts';

export function signedFen(fen: bigint): string {
  return fen > 0n ? `+${fenText(fen)}` : fen === 0n ? '' : fenText(fen);
}

function standing(s: Standing | null, t: Terminal): string {
  if (s === null) return '—';
  const amount = s.amountFen === null ? '' : ` ${fenText(s.amountFen)}`;
  return `${sayVerdict(s.verdict, t.language)}${s.verdict === '满足' ? amount : ''}`;
}

/** Facts of one change that are named. */
const FACTS = 2;

function because(c: Change, names: Names): string {
  const parts = c.facts.slice(0, FACTS).map((f) => {
    const path = names.fact(f.path).replace(/ \(.*\)$/u, '');
    return `${path} ${f.before === '' ? '?' : f.before} → ${f.after === '' ? '?' : f.after}`;
  });
  return `${parts.join('; ')}${c.facts.length > FACTS ? ' …' : ''}`;
}

function printListed(list: readonly Change[], names: Names, t: Terminal): void {
  const l = t.language;
  t.print();
  t.table(
    [
      { head: '' },
      { head: tell(words.name, l), most: 30 },
      { head: tell(words.change, l) },
      { head: tell(words.before, l), right: true },
      { head: tell(words.after, l), right: true },
      { head: tell(words.because, l), most: 60 },
    ],
    list.map((c) => [
      c.itemId,
      c.name === '' ? c.id : c.name,
      tell(changeWords[c.kind], l),
      standing(c.before, t),
      standing(c.after, t),
      c.facts.length === 0 ? tell(causeWords[c.cause], l) : because(c, names),
    ]),
  );
}

export function printComparison(c: Comparison, names: Names, t: Terminal, most: number): void {
  const l = t.language;
  const { previous } = c;
  title(t, tell(words.compareHead, l, { id: previous.id.slice(0, 8), day: previous.asOf }));
  if (c.rules.length > 0) {
    const list = c.rules.map((r) => tell(ruleWords[r], l)).join(l === 'zh' ? '、' : ', ');
    t.print(`  ${tell(words.compareRules, l, { list })}`);
  }
  if (c.total === 0) {
    t.print(`  ${tell(words.compareSame, l)}`);
    return;
  }
  t.table(
    [
      { head: '' },
      { head: tell(words.item, l), most: 36 },
      { head: tell(words.change, l) },
      { head: tell(words.cause, l) },
      { head: tell(words.count, l), right: true },
      { head: tell(words.difference, l), right: true },
    ],
    c.items.flatMap((i) =>
      i.changes.map((x, n) => [
        n === 0 ? i.itemId : '',
        n === 0 ? names.item(i.item) : '',
        tell(changeWords[x.kind], l),
        tell(causeWords[x.cause], l),
        grouped(x.count),
        signedFen(x.differenceFen),
      ]),
    ),
  );
  printListed(c.listed.slice(0, most), names, t);
}
