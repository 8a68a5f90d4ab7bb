/** Random commands to the ledger and to a small pure model: the same answers, the same refusals, the same
 *  states. What is refused leaves every row as it was; only the answer itself is kept, under its request.
 *  `ZHIDA_COMMANDS=100000` runs more. */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcile } from '../src/index.ts';
import type { Keyed } from './model/command.ts';
import { START, chosen, drafts } from './model/draft.ts';
import type { Draft } from './model/draft.ts';
import { EMPTY, step } from './model/model.ts';
import type { Answer, State } from './model/model.ts';
import { Real, empty, everything } from './model/real.ts';
import { play } from './play.ts';
import type { Play } from './play.ts';

const LENGTH = 60;
const COMMANDS = Number(process.env['ZHIDA_COMMANDS'] ?? 3000);
const PATIENCE_MS = 60_000 + COMMANDS * 100;

let here: Play;
beforeAll(async () => {
  here = await play();
});
afterAll(() => here.end());

/** How often each answer was given: a model that is never contradicted must have been asked something. */
const tally = new Map<string, number>();

function count({ error, refused, repeated }: Answer): void {
  const kind = [error, refused, repeated === true ? 'repeated' : 'done'].find(
    (k) => k !== undefined,
  );
  const name = typeof kind === 'string' ? kind : '';
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

const changesNothing = (answer: Answer): boolean =>
  'error' in answer || answer['repeated'] === true;

/** An `expect` for each of so many comparisons costs more than the ledger does. */
function same(found: unknown, wanted: unknown, what: string): void {
  if (!isDeepStrictEqual(found, wanted)) expect(found, what).toEqual(wanted);
}

async function run(all: readonly Draft[]): Promise<void> {
  const { app, database } = here;
  await empty(database.owner);
  const real = new Real();
  const asked: (Keyed & { readonly key: string })[] = [];
  let state: State = EMPTY;
  for (const draft of [...START, ...all]) {
    const command = chosen(draft, asked, state);
    const stepped = draft.stranger ? { state, answer: { error: 'denied' } } : step(state, command);
    const wanted: Answer = stepped.answer;
    const still = changesNothing(wanted) || 'refused' in wanted;
    const before = still ? await everything(app) : undefined;
    const who = draft.stranger ? database.as('evaluator') : app;
    same(await real.ask(who, command), wanted, JSON.stringify(command, bigints));
    if (before !== undefined) {
      const after = await everything(app);
      const kept = changesNothing(wanted) ? after : { ...before, rest: after.rest };
      same(kept, before, 'rows that a refused command changed');
    }
    ({ state } = stepped);
    count(wanted);
    if ('key' in command && !draft.stranger && !('error' in wanted)) asked.push(command);
    same(await real.accounts(app), state.accounts, 'accounts');
  }
  const requests = await app.rows<{ key: string }>(
    "SELECT key FROM ledger.request WHERE actor = 'model' ORDER BY key",
  );
  expect(requests.map((r) => r.key).toSorted()).toEqual(Object.keys(state.requests).toSorted());
  const lines = state.lines.map((l) => ({ ...l, accounts: l.accounts.toSorted((a, b) => a - b) }));
  expect(await real.lines(app)).toEqual(lines);
  expect(await reconcile(app)).toEqual([]);
}

const bigints = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

test(
  `${COMMANDS} random commands: the ledger does what the model does`,
  async () => {
    const sequence = fc.array(drafts, { minLength: LENGTH, maxLength: LENGTH, size: 'max' });
    const numRuns = Math.ceil(COMMANDS / LENGTH);
    await fc.assert(fc.asyncProperty(sequence, run), { numRuns, endOnFailure: true });
    expect(tally.size).toBe(13);
    process.stdout.write(`${JSON.stringify(Object.fromEntries(tally))}\n`);
  },
  PATIENCE_MS,
);
