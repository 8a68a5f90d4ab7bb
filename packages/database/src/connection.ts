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
const NUMERIC = 1700;
const TEXTS = [1082, 1114, 1184];

/** int8 and whole numerics as bigint; days and times as PostgreSQL writes them. */
const types: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return BigInt;
    if (oid === NUMERIC) return (text: string) => (text.includes('.') ? text : BigInt(text));
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

export function connect({ most, ...options }: ConnectionOptions): Connector {
  const pool = new Pool({ ...options, types, max: most ?? 10, allowExitOnIdle: true });
  // An idle connection that the server ends is replaced when one is needed again.
  pool.on('error', () => undefined);
  return {
    ...statementsOn(pool),
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
