/** Money under budgets and caps: the only way to move it. Amounts are 分 as bigint. Every change has an
 *  actor and a request key: the same key with the same content is answered as before and has no second
 *  effect; with another content it is an error. */
import type { Row, SqlValue, Statements } from '@zhida/database';

/** What an amount counts against. `key` tells accounts of one name apart: carrier and year. */
export interface AccountName {
  readonly kind: 'budget' | 'cap';
  readonly name: string;
  readonly key: readonly string[];
}

/** Who asks, and under which key the answer is kept. Keep the key before you ask. */
export interface Asking {
  readonly actor: string;
  readonly request: string;
}

export type Stage = 'reserved' | 'held' | 'spent';

export type Refusal =
  | { readonly refused: 'too-little'; readonly account: bigint; readonly left: bigint }
  | { readonly refused: 'below-use'; readonly used: bigint }
  | { readonly refused: 'resolved' }
  | { readonly refused: 'not-possible'; readonly stage: Stage; readonly left: bigint };

/** `repeated`: the request was done before; this is its answer. */
export type Done<T> = (T | Refusal) & { readonly repeated: boolean };

interface Answer {
  readonly refused?: Refusal['refused'];
  readonly repeated?: boolean;
  readonly account?: number;
  readonly left?: string;
  readonly used?: string;
  readonly stage?: Stage;
  readonly amount?: string;
  readonly line?: number | null;
  readonly released?: string;
  readonly allowed?: string;
  readonly recovery?: number;
}

async function ask(on: Statements, name: string, values: readonly SqlValue[]): Promise<Answer> {
  const marks = values.map((_, n) => `$${n + 1}`).join(', ');
  const { answer } = await on.row<Row & { answer: Answer & SqlValue }>(
    `SELECT ledger.${name}(${marks}) AS answer`,
    values,
  );
  return answer;
}

function done<T>(answer: Answer, made: (answer: Answer) => T): Done<T> {
  const repeated = answer.repeated === true;
  switch (answer.refused) {
    case undefined:
      return { ...made(answer), repeated };
    case 'too-little': {
      const account = BigInt(answer.account ?? 0);
      return { refused: 'too-little', account, left: BigInt(answer.left ?? 0), repeated };
    }
    case 'below-use':
      return { refused: 'below-use', used: BigInt(answer.used ?? 0), repeated };
    case 'resolved':
      return { refused: 'resolved', repeated };
    default: {
      const left = BigInt(answer.left ?? answer.amount ?? 0);
      return { refused: 'not-possible', stage: answer.stage ?? 'reserved', left, repeated };
    }
  }
}

/** Number of the account; opened with its first allowance when it is not there. */
export async function openAccount(
  on: Statements,
  actor: string,
  { kind, name, key }: AccountName,
  allowance: { readonly most: bigint; readonly basis: string },
): Promise<bigint> {
  const { id } = await on.row<{ id: bigint }>(
    'SELECT ledger.open_account($1, $2, $3, $4, $5, $6) AS id',
    [actor, kind, name, key, allowance.most, allowance.basis],
  );
  return id;
}

/** Another allowance, on paper `basis`. Refused below what is used. */
export async function allow(
  on: Statements,
  { actor, request }: Asking,
  account: bigint,
  { most, basis }: { readonly most: bigint; readonly basis: string },
): Promise<Done<{ readonly allowed: bigint }>> {
  const answer = await ask(on, 'allow', [actor, request, account, most, basis]);
  return done(answer, ({ allowed }) => ({ allowed: BigInt(allowed ?? 0) }));
}

/** 占用: reserves `fen` on all accounts, one budget at most, or on none. The line is to be resolved once.
 *  Refused by the budget before the caps, then by the account with the lowest number. */
export async function reserve(
  on: Statements,
  { actor, request }: Asking,
  what: {
    readonly award: string;
    readonly accounts: readonly bigint[];
    readonly fen: bigint;
    /** `YYYY-MM-DD` after which a job may expire it. */
    readonly expires?: string;
  },
): Promise<Done<{ readonly line: bigint }>> {
  const values = [actor, request, what.award, what.accounts, what.fen, what.expires ?? null];
  const answer = await ask(on, 'reserve', values);
  return done(answer, ({ line }) => ({ line: BigInt(line ?? 0) }));
}

interface Resolved {
  /** The line of the next stage; null when nothing was posted. */
  readonly line: bigint | null;
  readonly released: bigint;
}

async function resolve(
  on: Statements,
  { actor, request }: Asking,
  line: bigint,
  how: 'post' | 'void' | 'expire',
  fen: bigint | null,
): Promise<Done<Resolved>> {
  const answer = await ask(on, 'resolve', [actor, request, line, how, fen]);
  return done(answer, (a) => ({
    line: a.line === null || a.line === undefined ? null : BigInt(a.line),
    released: BigInt(a.released ?? 0),
  }));
}

/** 冻结, then 支出: posts at most the line's amount to its next stage; the rest is free again. */
export function post(
  on: Statements,
  asking: Asking,
  line: bigint,
  fen: bigint,
): Promise<Done<Resolved>> {
  return resolve(on, asking, line, 'post', fen);
}

/** Gives the whole amount back: withdrawn, refused, returned by the bank. */
export function release(
  on: Statements,
  asking: Asking,
  line: bigint,
  how: 'void' | 'expire',
): Promise<Done<Resolved>> {
  return resolve(on, asking, line, how, null);
}

/** 追回: takes back what was spent. `refill`: the accounts have it again. */
export async function recover(
  on: Statements,
  { actor, request }: Asking,
  what: {
    readonly line: bigint;
    readonly fen: bigint;
    readonly refill: boolean;
    readonly basis: string;
  },
): Promise<Done<{ readonly recovery: bigint }>> {
  const values = [actor, request, what.line, what.fen, what.refill, what.basis];
  const answer = await ask(on, 'recover', values);
  return done(answer, ({ recovery }) => ({ recovery: BigInt(recovery ?? 0) }));
}
