// Many connections at the same accounts: none above its limit, nobody waits for whom waits for him.
import type { Connector } from '@zhida/database';
import { append } from '@zhida/ledger';
import { openAccounts } from './arena.ts';
import { answeredAgain, summed, wrongIn } from './checks.ts';
import type { Finding } from './checks.ts';
import { chance, codeOf, DEADLOCK, perform, some } from './command.ts';
import type { Command, Reply } from './command.ts';

export const CONNECTIONS = 32;

export interface Contest {
  readonly name: string;
  readonly budgets: number;
  readonly caps: number;
  /** Caps that one request counts against. */
  readonly picked: number;
  /** Of each cap, 分. */
  readonly most: bigint;
  /** One call in so many is sent twice at once; 20 when not given. */
  readonly twice?: number;
  /** Each call in a transaction of its own: alone, or with a record in the audit chain of its case. */
  readonly transaction?: 'alone' | 'with its record';
}

const FULL = 100_000_000n;
const NEVER = 1_000_000_000_000n;

export const CONTESTS: readonly Contest[] = [
  { name: 'one hot account, fills', budgets: 1, caps: 1, picked: 1, most: FULL },
  { name: 'one hot account, never full', budgets: 1, caps: 1, picked: 1, most: NEVER },
  { name: '4 of 64', budgets: 16, caps: 64, picked: 4, most: NEVER },
  { name: '4 of 40 in any order', budgets: 16, caps: 40, picked: 4, most: FULL },
  ...(['alone', 'with its record'] as const).map((transaction) => ({
    name: `4 of 64, a transaction ${transaction}`,
    budgets: 16,
    caps: 64,
    picked: 4,
    most: NEVER,
    transaction,
  })),
];

export interface Outcome {
  readonly name: string;
  readonly calls: number;
  readonly granted: number;
  readonly refused: number;
  readonly perSecond: number;
  /** Of a call, in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly findings: readonly Finding[];
}

/** 500 to 1,500 yuan. */
const amount = (): bigint => BigInt(50_000 + chance(100_001));

interface Count {
  readonly times: number[];
  readonly findings: Finding[];
  granted: number;
  refused: number;
}

/** What one request asks next for what it was granted: sometimes nothing, void, or held and spent. */
function following(command: Command, reply: Reply, key: string): Command | undefined {
  const { line } = reply;
  if (typeof line !== 'string') return undefined;
  if (command.do === 'reserve') {
    const what = chance(10);
    if (what < 2) return { key, do: 'void', line };
    return what < 4 ? { key, do: 'post', line, fen: command.fen } : undefined;
  }
  return command.do === 'post' ? { key, do: 'post', line, fen: command.fen } : undefined;
}

type Ask = (command: Command) => Promise<Reply>;

/** Asks as the contest says. */
function asking(on: Connector, { transaction }: Contest): Ask {
  if (transaction === undefined) return (command) => perform(on, command);
  return (command) =>
    on.transact(async (within) => {
      const reply = await perform(within, command);
      if (transaction === 'with its record' && !reply.repeated) {
        const caseId = command.key.split('.')[0] ?? '';
        await append(within, caseId, JSON.stringify({ command, reply }));
      }
      return reply;
    });
}

async function call(
  ask: Ask,
  command: Command,
  count: Count,
  twiceOf: number,
): Promise<Reply | undefined> {
  const began = performance.now();
  try {
    // One effect, one answer.
    const twice = chance(twiceOf) === 0;
    const replies = await Promise.all([ask(command), ...(twice ? [ask(command)] : [])]);
    count.times.push(performance.now() - began);
    const [first, second] = replies.toSorted((a, b) => Number(a.repeated) - Number(b.repeated));
    if (first === undefined) return undefined;
    if (second !== undefined) count.findings.push(...answeredAgain(command.key, first, second));
    if (first.refused === undefined) count.granted += 1;
    else count.refused += 1;
    return first;
  } catch (e) {
    const what = codeOf(e) === DEADLOCK ? 'deadlock' : 'half';
    count.findings.push({ what, count: 1, first: e instanceof Error ? e.message : String(e) });
    return undefined;
  }
}

/** Runs `attempts` reservations, and what follows them, on `CONNECTIONS` at once. */
export async function contend(on: Connector, contest: Contest, attempts: number): Promise<Outcome> {
  const budgets = await openAccounts(on, 'budget', contest.name, contest.budgets, NEVER);
  const caps = await openAccounts(on, 'cap', contest.name, contest.caps, contest.most);
  const count: Count = { times: [], findings: [], granted: 0, refused: 0 };
  const ask = asking(on, contest);
  let number = 0;
  const lane = async (): Promise<void> => {
    while (number < attempts) {
      const key = `${contest.name} ${(number += 1)}`;
      const picked = [...some(caps, contest.picked), ...some(budgets, 1)];
      const accounts = some(picked, picked.length);
      let next: Command | undefined = { key, do: 'reserve', accounts, fen: String(amount()) };
      for (let step = 1; next !== undefined; step += 1) {
        const reply = await call(ask, next, count, contest.twice ?? 20);
        next = reply && following(next, reply, `${key}.${step}`);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  const seconds = (performance.now() - began) / 1000;
  const times = count.times.toSorted((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return {
    name: contest.name,
    calls: times.length,
    granted: count.granted,
    refused: count.refused,
    perSecond: times.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    findings: summed([...count.findings, ...(await wrongIn(on))]),
  };
}
