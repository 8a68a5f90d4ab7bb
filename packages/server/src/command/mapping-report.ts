/** A proposed mapping on the terminal: what each heading was taken for, and how surely. */
import type { Proposal } from '@zhida/register';
import { tell } from '../phrases.ts';
import { registerWords as words } from '../register-words.ts';
import type { Terminal } from '../terminal.ts';

type Heading = Proposal['headings'][number];

const HOW = {
  exact: words.howExact,
  kept: words.howKept,
  alike: words.howAlike,
  none: words.howNone,
} as const;

function row(h: Heading, many: boolean, t: Terminal): string[] {
  const l = t.language;
  const taken = h.label === '' ? '—' : `${h.table}.${h.label}`;
  const sure = h.how === 'alike' ? `${tell(HOW.alike, l)} ${h.percent} %` : tell(HOW[h.how], l);
  const place = many ? `${h.sheet} ${h.column}` : h.column;
  const colour = h.how === 'none' ? 'dim' : h.how === 'alike' ? 'yellow' : 'green';
  return [place, h.heading.replaceAll(/\s+/gu, ' '), taken, t.colour(colour, sure)];
}

/** Heading → fact, with certainty. */
export function printProposal({ headings, mapping }: Proposal, t: Terminal): void {
  const l = t.language;
  const many = new Set(headings.map((h) => h.sheet)).size > 1;
  t.print(tell(words.proposed, l));
  t.print();
  t.table(
    [
      { head: tell(words.place, l), most: 24 },
      { head: tell(words.heading, l), most: 36 },
      { head: tell(words.label, l), most: 44 },
      { head: tell(words.certainty, l) },
    ],
    headings.map((h) => row(h, many, t)),
  );
  t.print();
  if (mapping.unit === '?') t.print(t.colour('yellow', tell(words.unitOpen, l)));
  const open = headings.filter((h) => h.how === 'none').length;
  if (open > 0) t.print(t.colour('yellow', tell(words.openHeadings, l, { n: open })));
}
