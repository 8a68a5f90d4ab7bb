// Who was wrong: every engine's answers beside the exact ones, scheme by scheme.
import type { Contestant } from './contest.ts';
import { exact } from './exact.ts';
import type { Answer, Prime } from './exact.ts';
import { SCHEMES } from './subject.ts';
import type { Subject } from './subject.ts';

export interface Errors {
  readonly decisions: number;
  /** Granted or refused wrongly, where every fact is known. */
  readonly verdicts: number;
  /** Granted rightly, with another amount. */
  readonly amounts: number;
  /** The farthest that money was off, in 分; a wrong refusal counts its whole amount. */
  readonly worstFen: bigint;
  /** Decisions that wait for a fact or a judgement, and how many of them became no or yes. */
  readonly unknowns: number;
  readonly unknownAsNo: number;
  readonly unknownAsYes: number;
  /** Wrong verdicts and amounts by scheme. */
  readonly bySchemes: Readonly<Record<string, number>>;
}

interface Tally {
  verdicts: number;
  amounts: number;
  worstFen: bigint;
  unknowns: number;
  unknownAsNo: number;
  unknownAsYes: number;
  readonly bySchemes: Record<string, number>;
}

function offBy(right: Answer, found: Answer): bigint {
  const gap = (right.fen ?? 0n) - (found.fen ?? 0n);
  return gap < 0n ? -gap : gap;
}

function count(tally: Tally, scheme: string, right: Answer, found: Answer): void {
  if (right.verdict === 'unknown') {
    tally.unknowns++;
    if (found.verdict === 'no') tally.unknownAsNo++;
    if (found.verdict === 'yes') tally.unknownAsYes++;
    return;
  }
  if (right.verdict === found.verdict && right.fen === found.fen) return;
  if (right.verdict === found.verdict) tally.amounts++;
  else tally.verdicts++;
  tally.bySchemes[scheme] = (tally.bySchemes[scheme] ?? 0) + 1;
  const off = offBy(right, found);
  if (off > tally.worstFen) tally.worstFen = off;
}

export async function errorsOf(
  contestant: Contestant,
  subjects: readonly Subject[],
  prime: Prime,
): Promise<Errors> {
  const tally: Tally = {
    verdicts: 0,
    amounts: 0,
    worstFen: 0n,
    unknowns: 0,
    unknownAsNo: 0,
    unknownAsYes: 0,
    bySchemes: {},
  };
  for (const subject of subjects) {
    const answers = await contestant.ready(subject).answers();
    for (const { id } of SCHEMES) {
      const found = answers.get(id);
      if (found === undefined) throw new Error(`${contestant.name} says nothing about ${id}`);
      count(tally, id, exact(id, subject, prime), found);
    }
  }
  return { ...tally, decisions: subjects.length * SCHEMES.length };
}
