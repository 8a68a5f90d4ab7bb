/** The job that gives back what was reserved for a time. */
import type { Row, Statements } from '@zhida/database';
import { release } from './transfer.ts';

const CHUNK = 500;

export interface Expired {
  /** Lines that this call released. */
  readonly released: number;
  readonly fen: bigint;
}

/** Releases every open line whose last day lies before `day` (`YYYY-MM-DD`). Each line is a transaction
 *  of its own under a key that follows from it: a second process, or a second run after a crash, releases
 *  nothing twice. Who posts a line meanwhile is first or comes too late, never both. */
export async function expireDue(on: Statements, day: string): Promise<Expired> {
  let after = 0n;
  let released = 0;
  let fen = 0n;
  for (;;) {
    const due = await on.rows<Row & { id: bigint }>(
      'SELECT id FROM ledger.line AS l WHERE expires < $1 AND id > $2 AND NOT EXISTS ' +
        '(SELECT FROM ledger.resolution AS r WHERE r.line = l.id) ORDER BY id LIMIT $3',
      [day, after, CHUNK],
    );
    for (const { id } of due) {
      const asking = { actor: 'expiry', request: `expire line ${id}` };
      const answer = await release(on, asking, id, 'expire');
      if ('refused' in answer || answer.repeated) continue;
      released += 1;
      fen += answer.released;
    }
    const last = due.at(-1);
    if (last === undefined) return { released, fen };
    after = last.id;
  }
}
