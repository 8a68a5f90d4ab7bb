/** The ledger, asked as the model is: its numbers of accounts and lines become the model's, its errors names. */
import type { Connector, Row } from '@zhida/database';
import {
  allow,
  expireDue,
  openAccount,
  post,
  recover,
  release,
  reserve,
  resume,
} from '../../src/index.ts';
import type { Command } from './command.ts';
import type { Account, Answer, Line } from './model.ts';

const ERRORS: Readonly<Record<string, string>> = {
  ZD010: 'halted',
  ZD011: 'content',
  ZD012: 'account',
  ZD013: 'line',
  ZD014: 'amount',
  ZD015: 'one budget',
  // CHECK of a table
  '23514': 'amount',
  '42501': 'denied',
};

/** A number that no account and no line has. */
const NOBODY = 999_999_999n;

type AccountRow = Row & Account;

interface LineRow extends Row {
  readonly stage: Line['stage'];
  readonly amount: bigint;
  readonly accounts: readonly bigint[];
  readonly open: boolean;
  readonly expires: string | null;
  readonly recovered: bigint;
}

const LINES = `
  SELECT stage, amount, expires,
    ARRAY(SELECT account FROM ledger.line_account AS a WHERE a.line = l.id ORDER BY account) AS accounts,
    NOT EXISTS (SELECT FROM ledger.resolution AS r WHERE r.line = l.id) AS open,
    (SELECT coalesce(sum(amount), 0) FROM ledger.recovery AS r WHERE r.line = l.id) AS recovered
  FROM ledger.line AS l ORDER BY id`;

/** One run: what it opened, in the order in which it was opened. */
export class Real {
  readonly #accounts: bigint[] = [];
  readonly #lines: bigint[] = [];

  async ask(on: Connector, command: Command): Promise<Answer> {
    try {
      return this.#answer(command, await this.#ask(on, command));
    } catch (e) {
      const code = e instanceof Error && 'code' in e ? String(e.code) : '';
      const name = ERRORS[code];
      if (name === undefined) throw e;
      return { error: name };
    }
  }

  async #ask(on: Connector, c: Command): Promise<object> {
    if (c.do === 'open') {
      const { do: _, most, ...what } = c;
      const allowance = { most, basis: '文' };
      return { account: await openAccount(on, 'model', { ...what, key: ['2024'] }, allowance) };
    }
    if (c.do === 'halt') return on.rows("SELECT ledger.stop_money('model')");
    if (c.do === 'resume') return { resumed: await resume(on, 'model', '核对') };
    if (c.do === 'expire due') return expireDue(on, c.day);
    const asking = { actor: 'model', request: c.key };
    const account = (n: number): bigint => this.#accounts[n] ?? NOBODY;
    if (c.do === 'allow')
      return allow(on, asking, account(c.account), { most: c.most, basis: '文' });
    if (c.do === 'reserve') {
      const expires = c.expires !== undefined && { expires: c.expires };
      const what = { award: c.key, accounts: c.accounts.map(account), fen: c.fen, ...expires };
      return reserve(on, asking, what);
    }
    const line = this.#lines[c.line] ?? NOBODY;
    if (c.do === 'post') return post(on, asking, line, c.fen);
    if (c.do === 'recover') return recover(on, asking, { ...c, line, basis: '文' });
    return release(on, asking, line, c.do);
  }

  /** With the model's numbers: a new one is the next. */
  #answer(command: Command, answer: object): Answer {
    if (command.do === 'halt' || command.do === 'resume') return {};
    const number = (of: bigint[], id: unknown): unknown => {
      if (typeof id !== 'bigint') return id;
      if (!of.includes(id)) of.push(id);
      return of.indexOf(id);
    };
    const { recovery: _, ...rest } = answer as Record<string, unknown>;
    const line = 'line' in rest && { line: number(this.#lines, rest['line']) };
    const account = 'account' in rest && { account: number(this.#accounts, rest['account']) };
    return { ...rest, ...line, ...account };
  }

  async accounts(on: Connector): Promise<readonly Account[]> {
    return on.rows<AccountRow>(
      'SELECT kind, name, most, reserved, held, spent FROM ledger.account ORDER BY id',
    );
  }

  async lines(on: Connector): Promise<readonly Line[]> {
    const rows = await on.rows<LineRow>(LINES);
    return rows.map(({ expires, accounts, ...line }) => ({
      ...line,
      expires: expires ?? undefined,
      accounts: accounts.map((a) => this.#accounts.indexOf(a)),
    }));
  }
}

const TABLES = [
  'account',
  'allowance',
  'line',
  'line_account',
  'resolution',
  'recovery',
  'journal',
  'entry',
  'request',
  'halt',
].map((table) => `ledger.${table}`);

/** SHA-256 over all rows of all tables: of the requests, and of the rest. */
export async function everything(on: Connector): Promise<{ requests: string; rest: string }> {
  const rows = (table: string): string =>
    `coalesce((SELECT string_agg(t::text, chr(10) ORDER BY t::text) FROM ${table} AS t), '')`;
  const hash = (tables: readonly string[]): string =>
    `encode(sha256(convert_to(concat_ws(chr(12), ${tables.map(rows).join(', ')}), 'UTF8')), 'hex')`;
  const rest = TABLES.filter((t) => t !== 'ledger.request');
  return on.row(`SELECT ${hash(['ledger.request'])} AS requests, ${hash(rest)} AS rest`);
}

/** Empties the ledger; only a superuser can. */
export async function empty(owner: Connector): Promise<void> {
  await owner.transact(async (on) => {
    // tidy-allow word: the name of a setting of PostgreSQL
    await on.run('SET LOCAL session_replication_role = replica');
    for (const table of TABLES) await on.run(`DELETE FROM ${table}`);
  });
}
