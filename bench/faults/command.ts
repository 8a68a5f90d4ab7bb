// What the crowd asks of the ledger, as plain data: it is written down before it is sent, sent again after a
// crash, and its answer compared.
import { post, recover, release, reserve } from '@zhida/ledger';

/** Connections as the ledger takes them. */
export type On = Parameters<typeof reserve>[0];

export type Command = { readonly key: string } & (
  | { readonly do: 'reserve'; readonly accounts: readonly string[]; readonly fen: string }
  | { readonly do: 'post'; readonly line: string; readonly fen: string }
  | { readonly do: 'void'; readonly line: string }
  | { readonly do: 'recover'; readonly line: string; readonly fen: string }
);

/** An answer of the ledger; its amounts and numbers as texts. */
export interface Reply {
  readonly repeated: boolean;
  readonly refused?: string;
  readonly line?: string | null;
  readonly released?: string;
  readonly recovery?: string;
}

export const ACTOR = 'crowd';

async function ask(on: On, command: Command): Promise<object> {
  const asking = { actor: ACTOR, request: command.key };
  switch (command.do) {
    case 'reserve': {
      const ids = command.accounts.map(BigInt);
      const what = { award: command.key, accounts: ids, fen: BigInt(command.fen) };
      return reserve(on, asking, what);
    }
    case 'post':
      return post(on, asking, BigInt(command.line), BigInt(command.fen));
    case 'void':
      return release(on, asking, BigInt(command.line), 'void');
    case 'recover': {
      const what = {
        line: BigInt(command.line),
        fen: BigInt(command.fen),
        refill: true,
        basis: '试',
      };
      return recover(on, asking, what);
    }
    default:
      return command satisfies never;
  }
}

export async function perform(on: On, command: Command): Promise<Reply> {
  const answer = await ask(on, command);
  const plain = (_: string, value: unknown): unknown =>
    typeof value === 'bigint' ? String(value) : value;
  return JSON.parse(JSON.stringify(answer, plain)) as Reply;
}

/** The same answer, whether it was given for the first time or again. */
export function sameAnswer(a: Reply, b: Reply): boolean {
  const bare = (reply: Reply): string => JSON.stringify({ ...reply, repeated: undefined });
  return bare(a) === bare(b);
}

/** SQLSTATE of what a statement threw; empty when it came from elsewhere. */
export function codeOf(e: unknown): string {
  return e instanceof Error && 'code' in e && typeof e.code === 'string' ? e.code : '';
}

export const DEADLOCK = '40P01';

export function chance(of: number): number {
  return Math.floor(Math.random() * of);
}

/** Some of `all`, in any order. */
export function some<T>(all: readonly T[], count: number): readonly T[] {
  const left = [...all];
  return Array.from({ length: count }, () => left.splice(chance(left.length), 1)).flat();
}
