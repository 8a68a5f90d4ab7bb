// One worker of the crash test: a process that asks, writes down, and is killed at any moment. It begins with
// what the one before it had asked and not been told.
import { connect } from '@zhida/database';
import type { ConnectionOptions } from '@zhida/database';
import { chance, codeOf, DEADLOCK, perform, some } from './command.ts';
import type { Command, Reply } from './command.ts';
import { journalWriter, readJournal } from './journal.ts';

export interface Order {
  readonly reach: ConnectionOptions;
  readonly journal: string;
  /** Differs for every process: keys begin with it. */
  readonly name: string;
  readonly budgets: readonly string[];
  readonly caps: readonly string[];
}

const LANES = 3;
const PAUSE_MS = 50;

function work(order: Order): void {
  const on = connect({ ...order.reach, most: LANES });
  const { open } = readJournal(order.journal);
  const journal = journalWriter(order.journal);
  const unanswered = [...open];
  let number = 0;

  const fresh = (): Command => {
    const accounts = some([...some(order.caps, 2), ...some(order.budgets, 1)], 3);
    const fen = String(50_000 + chance(100_001));
    return { key: `${order.name} ${(number += 1)}`, do: 'reserve', accounts, fen };
  };

  const insist = async (command: Command): Promise<Reply> => {
    for (;;) {
      try {
        return await perform(on, command);
      } catch (e) {
        // Anything else is the server going away: the same key again.
        const code = codeOf(e);
        const what = code === DEADLOCK ? 'deadlock' : 'half';
        if (code === DEADLOCK || code.startsWith('ZD')) {
          journal.write({ finding: { what, count: 1, first: `${command.key}: ${String(e)}` } });
        }
        await new Promise((done) => {
          setTimeout(done, PAUSE_MS);
        });
      }
    }
  };

  const lane = async (): Promise<never> => {
    for (;;) {
      let next: Command | undefined = unanswered.shift();
      if (next === undefined) {
        next = fresh();
        journal.write({ sent: next });
      }
      while (next !== undefined) {
        const command: Command = next;
        const reply = await insist(command);
        journal.write({ key: command.key, reply });
        if (chance(20) === 0) journal.write({ key: command.key, reply: await insist(command) });
        next = following(command, reply, `${order.name} ${(number += 1)}`);
        if (next !== undefined) journal.write({ sent: next });
      }
    }
  };
  for (let i = 0; i < LANES; i += 1) void lane();
}

/** Most of what was granted goes on: void, held, spent, sometimes taken back. */
function following(command: Command, reply: Reply, key: string): Command | undefined {
  const { line } = reply;
  if (reply.refused !== undefined || typeof line !== 'string') return undefined;
  const what = chance(10);
  if (command.do === 'reserve') {
    if (what < 4) return { key, do: 'void', line };
    return what < 7 ? { key, do: 'post', line, fen: command.fen } : undefined;
  }
  // Of a line of the second or third stage only the posted amount is known.
  if (command.do !== 'post') return undefined;
  if (what < 2) return { key, do: 'void', line };
  return what < 6
    ? { key, do: 'post', line, fen: command.fen }
    : { key, do: 'recover', line, fen: '100' };
}

process.once('message', (order: Order) => {
  work(order);
});
