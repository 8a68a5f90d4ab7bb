/** Connections of one role: typed rows, transactions that end as a whole. */
import { Pool, types as parsers } from 'pg';
import type { CustomTypesConfig, PoolClient, QueryResult } from 'pg';

/** A value that a statement takes or gives: 分 and counts are bigint, days are texts. */
export type SqlValue =
  | string
  | bigint
  | number
  | boolean
  | null
  | Date
  | Uint8Array
  | readonly SqlValue[];

export type Row = Readonly<Record<string, SqlValue>>;

/** Runs statements; `$1` … are the values. */
export interface Statements {
  rows<R extends Row>(sql: string, values?: readonly SqlValue[]): Promise<readonly R[]>;
  /** The only row. Throws when there is none or more than one. */
  row<R extends Row>(sql: string, values?: readonly SqlValue[]): Promise<R>;
  run(sql: string, values?: readonly SqlValue[]): Promise<number>;
}

export interface Connector extends Statements {
  /** All or nothing: committed when `work` is done, rolled back when it throws. READ COMMITTED. */
  transact<T>(work: (on: Statements) => Promise<T>): Promise<T>;
  /** Ends all connections; waits for those at work. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly connectionString?: string;
  /** Most connections at once; 10 when not given. */
  readonly most?: number;
}

const INT8 = 20;
const INT8_ARRAY = 1016;
type ListParser = (text: string) => (string | null)[];
const NUMERIC = 1700;
const WHOLE = /^-?\d+$/u;
const TEXTS = [1082, 1114, 1184];

/** int8, lists of it and whole numerics as bigint; days and times as PostgreSQL writes them. */
const types: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return BigInt;
    if (oid === INT8_ARRAY) {
      const list = (parsers.getTypeParser as (oid: number) => ListParser)(INT8_ARRAY);
      return (text: string) => list(text).map((n) => (n === null ? null : BigInt(n)));
    }
    if (oid === NUMERIC) return (text: string) => (WHOLE.test(text) ? BigInt(text) : text);
    if (TEXTS.includes(oid)) return (text: string) => text;
    return parsers.getTypeParser(oid, format);
  }) as CustomTypesConfig['getTypeParser'],
};

function statementsOn(client: Pick<PoolClient, 'query'>): Statements {
  const query = (sql: string, values: readonly SqlValue[] = []): Promise<QueryResult<Row>> =>
    client.query<Row>(sql, [...values]);
  return {
    rows: async <R extends Row>(sql: string, values?: readonly SqlValue[]) =>
      (await query(sql, values)).rows as unknown as readonly R[],
    row: async <R extends Row>(sql: string, values?: readonly SqlValue[]) => {
      const { rows } = await query(sql, values);
      const [row] = rows;
      if (row === undefined || rows.length > 1) {
        throw new Error(`one row was expected, there are ${rows.length}: ${sql.slice(0, 200)}`);
      }
      return row as unknown as R;
    },
    run: async (sql, values) => (await query(sql, values)).rowCount ?? 0,
  };
}

/** A statement that PostgreSQL refused; the connection is as good as before. */
function isRefused(e: unknown): boolean {
  return e instanceof Error && 'severity' in e && e.severity === 'ERROR';
}

/** One statement on any connection. The pool's own would throw a connection away for each refusal. */
function onePoolQuery(pool: Pool): (sql: string, values: unknown[]) => Promise<QueryResult<Row>> {
  return async (sql, values) => {
    const client = await pool.connect();
    let broken = false;
    try {
      return await client.query<Row>(sql, values);
    } catch (e) {
      broken = !isRefused(e);
      throw e;
    } finally {
      client.release(broken);
    }
  };
}

export function connect({ most, ...options }: ConnectionOptions): Connector {
  const pool = new Pool({ ...options, types, max: most ?? 10, allowExitOnIdle: true });
  // An idle connection that the server ends is replaced when one is needed again.
  pool.on('error', () => undefined);
  // One at work that the server ends fails its statement; unheard, it would end this process too.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return {
    ...statementsOn({ query: onePoolQuery(pool) as PoolClient['query'] }),
    transact: async (work) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
        const result = await work(statementsOn(client));
        await client.query('COMMIT');
        return result;
      } catch (e) {
        await client.query('ROLLBACK').catch((cause: unknown) => {
          broken = cause instanceof Error ? cause : new Error(String(cause));
        });
        throw e;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
