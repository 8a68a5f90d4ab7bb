// Guards taken out on purpose: the checks must notice each.
import type { What } from './checks.ts';
import type { On } from './command.ts';

export interface Guard {
  readonly name: string;
  /** What must be found without it. */
  readonly noticed: What;
  /** Takes it out; `on` may do everything. */
  remove(on: On): Promise<void>;
}

async function edit(on: On, name: string, from: string, to: string): Promise<void> {
  const { source } = await on.row<{ source: string }>(
    'SELECT pg_get_functiondef($1::regproc) AS source',
    [`ledger.${name}`],
  );
  if (!source.includes(from)) throw new Error(`ledger.${name} holds no "${from}" to take out`);
  await on.run(source.replace(from, () => to));
}

async function dropBound(on: On): Promise<void> {
  await on.run('ALTER TABLE ledger.account DROP CONSTRAINT within_most');
}

export const GUARDS: readonly Guard[] = [
  {
    name: 'no CHECK and no question before',
    noticed: 'over',
    remove: async (on) => {
      await dropBound(on);
      await edit(on, 'reserve', 'reserved + held + spent + p_amount > most', 'false');
    },
  },
  {
    name: 'no CHECK and no lock',
    noticed: 'over',
    remove: async (on) => {
      await dropBound(on);
      await edit(on, 'lock_accounts', 'ORDER BY id FOR UPDATE', 'ORDER BY id');
    },
  },
  {
    name: 'locks in the order of asking',
    noticed: 'deadlock',
    remove: (on) =>
      edit(
        on,
        'lock_accounts',
        'BEGIN',
        `DECLARE v_one bigint; BEGIN
           FOREACH v_one IN ARRAY p_accounts LOOP
             PERFORM FROM ledger.account WHERE id = v_one FOR UPDATE;
           END LOOP;`,
      ),
  },
  {
    name: 'void leaves the counter',
    noticed: 'counter',
    remove: (on) =>
      edit(
        on,
        'resolve',
        "reserved = reserved - CASE WHEN v_line.stage = 'reserved'",
        "reserved = reserved - CASE WHEN p_how <> 'void' AND v_line.stage = 'reserved'",
      ),
  },
  {
    name: 'no request key',
    noticed: 'doubled',
    remove: (on) =>
      edit(on, 'begin_request', 'IF FOUND THEN RETURN NULL', 'IF true THEN RETURN NULL'),
  },
];
