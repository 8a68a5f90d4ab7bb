/** Where random commands come from. */
import * as fc from 'fast-check';
import type { Command, Keyed } from './command.ts';
import type { Line, State } from './model.ts';

/** Where a key is an earlier one: with the same content, or with this one. */
export type Repeat = 'new' | 'again' | 'clash';

/** A command before it is known which accounts, lines and keys there are: they are picked modulo that. */
export interface Draft {
  readonly command: Command;
  readonly repeat: Repeat;
  readonly earlier: number;
  /** Who asks: only the application may. */
  readonly stranger: boolean;
}

const KEY = '';
const days = fc.constantFrom('2024-01-31', '2024-02-29', '2024-03-31');
/** Mostly small, so that limits are met; sometimes at and beyond what an amount can be. */
const fen = fc.oneof(
  { weight: 30, arbitrary: fc.bigInt({ min: 1n, max: 60n }) },
  { weight: 4, arbitrary: fc.bigInt({ min: 60n, max: 300n }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-1n, 0n, 9_000_000_000_000_000n, 9_000_000_000_000_001n),
  },
);
const index = fc.nat(1000);
const accounts = fc.array(index, { maxLength: 3 });

const open = fc.record({
  do: fc.constant('open' as const),
  kind: fc.constantFrom('budget' as const, 'cap' as const),
  name: fc.constantFrom('甲', '乙', '丙'),
  most: fc.oneof(
    { weight: 8, arbitrary: fc.bigInt({ min: 0n, max: 400n }) },
    { weight: 1, arbitrary: fc.constantFrom(-1n, 9_000_000_000_000_000n, 9_000_000_000_000_001n) },
  ),
});
const allow = fc.record({
  do: fc.constant('allow' as const),
  account: index,
  most: fen,
  key: fc.constant(KEY),
});
const reserve = fc.record({
  do: fc.constant('reserve' as const),
  accounts,
  fen,
  expires: fc.option(days, { nil: undefined, freq: 2 }),
  key: fc.constant(KEY),
});
const post = fc.record({
  do: fc.constant('post' as const),
  line: index,
  fen,
  key: fc.constant(KEY),
});
const end = fc.record({
  do: fc.constantFrom('void' as const, 'expire' as const),
  line: index,
  key: fc.constant(KEY),
});
const recover = fc.record({
  do: fc.constant('recover' as const),
  line: index,
  fen,
  refill: fc.boolean(),
  key: fc.constant(KEY),
});

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 10, arbitrary: open },
  { weight: 5, arbitrary: allow },
  { weight: 40, arbitrary: reserve },
  { weight: 30, arbitrary: post },
  { weight: 8, arbitrary: end },
  { weight: 10, arbitrary: recover },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire due' as const), day: days }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('halt' as const) }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
);

export const drafts: fc.Arbitrary<Draft> = fc.record({
  command,
  repeat: fc.oneof(
    { weight: 8, arbitrary: fc.constant('new' as const) },
    { weight: 1, arbitrary: fc.constantFrom('again' as const, 'clash' as const) },
  ),
  earlier: index,
  stranger: fc.nat(19).map((n) => n === 0),
});

/** What a run begins with, so that there is something to count against. */
export const START: readonly Draft[] = (['cap', 'budget', 'cap'] as const).map((kind, n) => ({
  command: { do: 'open', kind, name: n === 2 ? '乙' : '甲', most: [150n, 200n, 250n][n] ?? 0n },
  repeat: 'new',
  earlier: 0,
  stranger: false,
}));

/** The command that a draft is in `state`, after those `asked`. Three times of four it is one that can be
 *  done: a line that is open, an amount that it has. */
export function chosen(
  { command, repeat, earlier }: Draft,
  asked: readonly (Keyed & { readonly key: string })[],
  state: State,
): Command {
  if (!('key' in command)) return command;
  const before = asked[asked.length === 0 ? 0 : earlier % asked.length];
  if (repeat === 'again' && before !== undefined) return before;
  const key = repeat === 'clash' && before !== undefined ? before.key : `request ${asked.length}`;
  // One in 50 stands for something that is not there.
  const pick = (n: number, count: number): number =>
    n % 50 === 0 ? count : n % Math.max(count, 1);
  const account = (n: number): number => pick(n, state.accounts.length);
  if (command.do === 'allow') return { ...command, key, account: account(command.account) };
  if (command.do === 'reserve') {
    return { ...command, key, accounts: command.accounts.map(account) };
  }
  const wanted = command.do === 'recover' ? isSpent : isUsable;
  const good = [...state.lines.keys()].filter((n) => wanted(state.lines[n]));
  if (good.length === 0 || earlier % 4 === 0) {
    return { ...command, key, line: pick(command.line, state.lines.length) };
  }
  const line = good[command.line % good.length] ?? 0;
  if (!('fen' in command) || command.fen < 1n) return { ...command, key, line };
  return {
    ...command,
    key,
    line,
    fen: 1n + ((command.fen * 3n) % (state.lines[line]?.amount ?? 1n)),
  };
}

const isSpent = (line: Line | undefined): boolean => line?.stage === 'spent';
const isUsable = (line: Line | undefined): boolean => line?.open === true && line.stage !== 'spent';
