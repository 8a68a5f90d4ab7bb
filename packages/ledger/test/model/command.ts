/** What the model and the ledger are asked. */

/** What can be asked; `key` is the request's. */
export type Command =
  | {
      readonly do: 'open';
      readonly kind: 'budget' | 'cap';
      readonly name: string;
      readonly most: bigint;
    }
  | { readonly do: 'halt' }
  | { readonly do: 'resume' }
  | { readonly do: 'expire due'; readonly day: string }
  | (Keyed & { readonly key: string });

export type Keyed =
  | { readonly do: 'allow'; readonly account: number; readonly most: bigint }
  | {
      readonly do: 'reserve';
      readonly accounts: readonly number[];
      readonly fen: bigint;
      readonly expires: string | undefined;
    }
  | { readonly do: 'post'; readonly line: number; readonly fen: bigint }
  | { readonly do: 'void' | 'expire'; readonly line: number }
  | {
      readonly do: 'recover';
      readonly line: number;
      readonly fen: bigint;
      readonly refill: boolean;
    };
