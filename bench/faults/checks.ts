// What must hold whatever happened. The same checks judge the ledger as it is and the ledger with a guard
// taken out: a check that never notices anything is worth nothing.
import { reconcile } from '@zhida/ledger';
import { ACTOR, sameAnswer } from './command.ts';
import type { Command, On, Reply } from './command.ts';

export type What =
  /** Live lines of an account add up to more than it may hold. */
  | 'over'
  /** A counter is not what its lines add up to. */
  | 'counter'
  /** Two waited for each other. */
  | 'deadlock'
  /** One request had two effects. */
  | 'doubled'
  /** A request was answered, and its effect is not there. */
  | 'lost'
  /** The same request was answered otherwise, or not as a repeat. */
  | 'answer'
  /** Something is half there. */
  | 'half'
  /** A worker ended that nobody had killed. */
  | 'died';

export interface Finding {
  readonly what: What;
  readonly count: number;
  readonly first: string;
}

/** A request that was answered. */
export interface Acknowledged {
  readonly command: Command;
  readonly reply: Reply;
}

const LIVE = `
  SELECT a.id, a.most, coalesce(sum(l.amount), 0) - coalesce((
      SELECT sum(r.amount) FROM ledger.recovery AS r JOIN ledger.line_account AS x USING (line)
      WHERE r.refilled AND x.account = a.id), 0) AS used
  FROM ledger.account AS a
  JOIN ledger.line_account AS la ON la.account = a.id JOIN ledger.line AS l ON l.id = la.line
  WHERE NOT EXISTS (SELECT FROM ledger.resolution AS r WHERE r.line = l.id) GROUP BY a.id`;

const QUESTIONS: readonly (readonly [What, string])[] = [
  [
    'over',
    `SELECT 'account ' || id || ': ' || used || ' of ' || most FROM (${LIVE}) AS live WHERE used > most`,
  ],
  [
    'over',
    "SELECT 'counters of account ' || id FROM ledger.account WHERE reserved + held + spent > most",
  ],
  [
    'doubled',
    'SELECT award FROM ledger.line WHERE after IS NULL GROUP BY award HAVING count(*) > 1',
  ],
  ['half', "SELECT 'request ' || key FROM ledger.request WHERE answer IS NULL"],
  [
    'half',
    `SELECT 'line ' || id FROM ledger.line AS l WHERE
       NOT EXISTS (SELECT FROM ledger.line_account AS a WHERE a.line = l.id)
       OR (after IS NULL AND NOT EXISTS (SELECT FROM ledger.request AS r WHERE r.key = l.award))
       OR (after IS NOT NULL AND NOT EXISTS
            (SELECT FROM ledger.resolution AS r WHERE r.line = l.after AND r.posted = l.amount))`,
  ],
  [
    'half',
    `SELECT 'resolution of ' || line FROM ledger.resolution AS r
     WHERE how = 'post' AND NOT EXISTS (SELECT FROM ledger.line AS l WHERE l.after = r.line)`,
  ],
  [
    'half',
    "SELECT 'journal ' || journal FROM ledger.entry GROUP BY journal HAVING sum(amount) <> 0",
  ],
];

function finding(what: What, all: readonly string[]): Finding[] {
  const [first] = all;
  return first === undefined ? [] : [{ what, count: all.length, first }];
}

/** What is wrong in the database as it stands. A difference between counters and lines halts its money. */
export async function wrongIn(on: On): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const [what, sql] of QUESTIONS) {
    const rows = await on.rows<{ place: string }>(`SELECT place FROM (${sql}) AS t (place)`);
    found.push(
      ...finding(
        what,
        rows.map((r) => r.place),
      ),
    );
  }
  const differences = await reconcile(on);
  const texts = differences.map(
    (d) => `${d.what} of account ${d.account}: ${d.counter}, not ${d.lines}`,
  );
  return [...found, ...finding('counter', texts)];
}

interface Kept {
  readonly [name: string]: string;
  readonly key: string;
  readonly answer: string;
}

/** Which acknowledged requests have no trace, or another one than they were told. */
export async function lostOf(on: On, all: readonly Acknowledged[]): Promise<readonly Finding[]> {
  const rows = await on.rows<Kept>(
    'SELECT key, answer::text AS answer FROM ledger.request WHERE actor = $1',
    [ACTOR],
  );
  const kept = new Map(rows.map((r) => [r.key, JSON.parse(r.answer) as Record<string, unknown>]));
  const numbers = async (sql: string): Promise<ReadonlySet<string>> =>
    new Set((await on.rows<{ id: bigint }>(sql)).map((r) => String(r.id)));
  const lines = await numbers('SELECT id FROM ledger.line');
  const resolved = await numbers('SELECT line AS id FROM ledger.resolution');
  const recovered = await numbers('SELECT id FROM ledger.recovery');
  const isThere = ({ command, reply }: Acknowledged): boolean => {
    const answer = kept.get(command.key);
    if (answer === undefined || answer['refused'] !== reply.refused) return false;
    if (reply.refused !== undefined) return true;
    if (typeof reply.line === 'string') {
      if (!lines.has(reply.line) || String(answer['line']) !== reply.line) return false;
    }
    if (command.do === 'post' || command.do === 'void') return resolved.has(command.line);
    return reply.recovery === undefined || recovered.has(reply.recovery);
  };
  return finding(
    'lost',
    all.filter((a) => !isThere(a)).map((a) => a.command.key),
  );
}

/** Whether the second answer to a request is the first one, and says so. */
export function answeredAgain(key: string, first: Reply, second: Reply): readonly Finding[] {
  const right = sameAnswer(first, second) && second.repeated;
  return right ? [] : finding('answer', [key]);
}

/** Findings of one kind as one. */
export function summed(findings: readonly Finding[]): readonly Finding[] {
  const groups = Map.groupBy(findings, (f) => f.what);
  return [...groups].map(([what, [first, ...more]]) => ({
    what,
    count: more.reduce((sum, f) => sum + f.count, first?.count ?? 0),
    first: first?.first ?? '',
  }));
}
