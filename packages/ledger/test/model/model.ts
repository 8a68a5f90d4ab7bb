/** What the ledger promises, without a database: written from the design's chapters on accounts and on
 *  two-phase transfers, not from the SQL. No clock, no disk; accounts and lines are numbered from 0. */
import type { Command, Keyed } from './command.ts';

export interface Account {
  readonly kind: 'budget' | 'cap';
  readonly name: string;
  readonly most: bigint;
  readonly reserved: bigint;
  readonly held: bigint;
  readonly spent: bigint;
}

export interface Line {
  readonly stage: 'reserved' | 'held' | 'spent';
  readonly amount: bigint;
  readonly accounts: readonly number[];
  readonly open: boolean;
  readonly expires: string | undefined;
  readonly recovered: bigint;
}

export type Answer = Readonly<Record<string, unknown>>;
export interface State {
  readonly accounts: readonly Account[];
  readonly lines: readonly Line[];
  readonly requests: Readonly<Record<string, { readonly body: string; readonly answer: Answer }>>;
  readonly halted: boolean;
}
type Stepped = Readonly<{ state: State; answer: Answer }>;

export const EMPTY: State = { accounts: [], lines: [], requests: {}, halted: false };
const MOST = 9_000_000_000_000_000n;
const NEXT = { reserved: 'held', held: 'spent', spent: undefined } as const;

export const used = (a: Account): bigint => a.reserved + a.held + a.spent;
const error = (state: State, what: string): Stepped => ({ state, answer: { error: what } });

function body(command: Keyed): string {
  const bare = { ...command, key: undefined };
  return JSON.stringify(bare, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v));
}

export function step(state: State, command: Command): Stepped {
  if (command.do === 'halt') return { state: { ...state, halted: true }, answer: {} };
  if (command.do === 'resume') return { state: { ...state, halted: false }, answer: {} };
  if (command.do === 'open') return open(state, command);
  if (command.do === 'expire due') return expireDue(state, command.day);
  if (state.halted) return error(state, 'halted');
  const known = state.requests[command.key];
  if (known !== undefined) {
    if (known.body !== body(command)) return error(state, 'content');
    return { state, answer: { ...known.answer, repeated: true } };
  }
  const { state: after, answer } = keyed(state, command);
  if ('error' in answer) return { state, answer };
  const requests = { ...after.requests, [command.key]: { body: body(command), answer } };
  return { state: { ...after, requests }, answer: { ...answer, repeated: false } };
}

function open(state: State, { kind, name, most }: Command & { do: 'open' }): Stepped {
  const account = state.accounts.findIndex((a) => a.kind === kind && a.name === name);
  if (account >= 0) return { state, answer: { account } };
  if (state.halted) return error(state, 'halted');
  if (most < 0n || most > MOST) return error(state, 'amount');
  const made = { kind, name, most, reserved: 0n, held: 0n, spent: 0n };
  const accounts = [...state.accounts, made];
  return { state: { ...state, accounts }, answer: { account: state.accounts.length } };
}

function keyed(state: State, c: Keyed): Stepped {
  if (c.do === 'allow') return allow(state, c);
  if (c.do === 'reserve') return reserve(state, c);
  const line = state.lines[c.line];
  if (line === undefined) return error(state, 'line');
  if (c.do === 'recover') return recover(state, c, line);
  return resolve(state, c.line, line, c.do === 'post' ? c.fen : undefined);
}

function allow(state: State, { account, most }: Keyed & { do: 'allow' }): Stepped {
  const now = state.accounts[account];
  if (now === undefined) return error(state, 'account');
  if (most < used(now)) return { state, answer: { refused: 'below-use', used: used(now) } };
  if (most > MOST) return error(state, 'amount');
  const accounts = state.accounts.with(account, { ...now, most });
  return { state: { ...state, accounts }, answer: { allowed: most } };
}

/** Adds to one stage of some accounts. */
function moved(state: State, ids: readonly number[], stage: Line['stage'], by: bigint): State {
  const move = (a: Account, n: number): Account =>
    ids.includes(n) ? { ...a, [stage]: a[stage] + by } : a;
  return { ...state, accounts: state.accounts.map(move) };
}

function reserve(state: State, c: Keyed & { do: 'reserve' }): Stepped {
  if (c.fen < 1n || c.fen > MOST) return error(state, 'amount');
  if (c.accounts.some((a) => state.accounts[a] === undefined)) return error(state, 'account');
  if (new Set(c.accounts).size < c.accounts.length) return error(state, 'account');
  const all = [...state.accounts.entries()].filter(([n]) => c.accounts.includes(n));
  const budgets = all.filter(([, a]) => a.kind === 'budget');
  if (all.length === 0 || budgets.length > 1) return error(state, 'one budget');
  const caps = all.filter(([, a]) => a.kind === 'cap');
  for (const [account, a] of [...budgets, ...caps]) {
    const left = a.most - used(a);
    if (c.fen > left) return { state, answer: { refused: 'too-little', account, left } };
  }
  return added(moved(state, c.accounts, 'reserved', c.fen), {
    stage: 'reserved',
    amount: c.fen,
    accounts: c.accounts,
    open: true,
    expires: c.expires,
    recovered: 0n,
  });
}

function added(state: State, line: Line, more: Answer = {}): Stepped {
  const answer = { line: state.lines.length, ...more };
  return { state: { ...state, lines: [...state.lines, line] }, answer };
}

/** Ends a line: with `fen` posted to the next stage, or with nothing. */
function resolve(state: State, number: number, line: Line, fen: bigint | undefined): Stepped {
  const next = NEXT[line.stage];
  const possible = fen === undefined || (fen >= 1n && fen <= line.amount);
  if (next === undefined || !possible) {
    return { state, answer: { refused: 'not-possible', stage: line.stage, left: line.amount } };
  }
  if (!line.open) return { state, answer: { refused: 'resolved' } };
  const ended = { ...state, lines: state.lines.with(number, { ...line, open: false }) };
  const free = moved(ended, line.accounts, line.stage, -line.amount);
  if (fen === undefined) return { state: free, answer: { line: null, released: line.amount } };
  const posted = { ...line, stage: next, amount: fen, expires: undefined };
  return added(moved(free, line.accounts, next, fen), posted, { released: line.amount - fen });
}

function recover(state: State, c: Keyed & { do: 'recover' }, line: Line): Stepped {
  const left = line.amount - line.recovered;
  if (line.stage !== 'spent' || c.fen < 1n || c.fen > left) {
    return { state, answer: { refused: 'not-possible', stage: line.stage, left } };
  }
  const taken = { ...line, recovered: line.recovered + c.fen };
  const lines = { ...state, lines: state.lines.with(c.line, taken) };
  return { state: c.refill ? moved(lines, line.accounts, 'spent', -c.fen) : lines, answer: {} };
}

function expireDue(state: State, day: string): Stepped {
  const due = state.lines.filter((l) => l.open && l.expires !== undefined && l.expires < day);
  if (due.length > 0 && state.halted) return error(state, 'halted');
  const fen = due.reduce((sum, l) => sum + l.amount, 0n);
  let after = state;
  for (const line of due) after = resolve(after, state.lines.indexOf(line), line, undefined).state;
  return { state: after, answer: { released: due.length, fen } };
}
