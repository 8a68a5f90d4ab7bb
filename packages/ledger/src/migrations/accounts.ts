/** Accounts and their lines: docs/ledger.md says what each table holds. */
import type { Migration } from '@zhida/database';

export const accounts: Migration = {
  name: 'ledger/001-accounts',
  sql: `
CREATE SCHEMA ledger AUTHORIZATION zhida_ledger_owner;
SET LOCAL ROLE zhida_ledger_owner;

-- A budget line (money, by journal entries too) or a cap (a limit). Counters and their bound in one row.
CREATE TABLE ledger.account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('budget', 'cap')),
  name text NOT NULL CHECK (name <> ''),
  key text[] NOT NULL,
  most bigint NOT NULL CHECK (most BETWEEN 0 AND 9000000000000000),
  reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  spent bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
  CONSTRAINT within_most CHECK (reserved + held + spent <= most),
  UNIQUE (kind, name, key)
);

-- What an account was allowed, and on what paper: only ever added to.
CREATE TABLE ledger.allowance (
  account bigint NOT NULL REFERENCES ledger.account,
  version integer NOT NULL CHECK (version > 0),
  most bigint NOT NULL CHECK (most BETWEEN 0 AND 9000000000000000),
  basis text NOT NULL CHECK (basis <> ''),
  made timestamptz NOT NULL,
  made_by text NOT NULL,
  PRIMARY KEY (account, version)
);

-- An amount at one stage. A line never changes; what becomes of it is its resolution.
CREATE TABLE ledger.line (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  award text NOT NULL CHECK (award <> ''),
  stage text NOT NULL CHECK (stage IN ('reserved', 'held', 'spent')),
  amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 9000000000000000),
  after bigint UNIQUE REFERENCES ledger.line,
  expires date,
  made timestamptz NOT NULL,
  made_by text NOT NULL
);
CREATE INDEX line_award ON ledger.line (award);

-- The accounts that a line counts against: one budget, any caps.
CREATE TABLE ledger.line_account (
  line bigint NOT NULL REFERENCES ledger.line,
  account bigint NOT NULL REFERENCES ledger.account,
  PRIMARY KEY (line, account)
);
CREATE INDEX line_account_account ON ledger.line_account (account);

-- At most one end for each line: posted to the next stage (the rest is released), void, or expired.
CREATE TABLE ledger.resolution (
  line bigint PRIMARY KEY REFERENCES ledger.line,
  how text NOT NULL CHECK (how IN ('post', 'void', 'expire')),
  posted bigint NOT NULL CHECK (posted >= 0),
  released bigint NOT NULL CHECK (released >= 0),
  made timestamptz NOT NULL,
  made_by text NOT NULL,
  CHECK ((how = 'post') = (posted > 0))
);

-- Money that came back after it was spent. Refilled: it counts against the accounts no more.
CREATE TABLE ledger.recovery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  line bigint NOT NULL REFERENCES ledger.line,
  amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 9000000000000000),
  refilled boolean NOT NULL,
  basis text NOT NULL CHECK (basis <> ''),
  made timestamptz NOT NULL,
  made_by text NOT NULL
);
CREATE INDEX recovery_line ON ledger.recovery (line);

-- Double entry for the money of budgets: within a journal the amounts add up to nothing.
CREATE TABLE ledger.journal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  made timestamptz NOT NULL,
  made_by text NOT NULL
);
CREATE TABLE ledger.entry (
  journal bigint NOT NULL REFERENCES ledger.journal,
  account bigint NOT NULL REFERENCES ledger.account,
  pocket text NOT NULL CHECK (pocket IN
    ('appropriated', 'free', 'reserved', 'held', 'spent', 'recovered')),
  amount bigint NOT NULL CHECK (amount <> 0),
  PRIMARY KEY (journal, account, pocket)
);
CREATE INDEX entry_account ON ledger.entry (account, pocket);

-- One effect and one answer for each request of an actor, however often it is sent.
CREATE TABLE ledger.request (
  actor text NOT NULL CHECK (actor <> ''),
  key text NOT NULL CHECK (key <> ''),
  body_hash bytea NOT NULL,
  answer jsonb,
  PRIMARY KEY (actor, key)
);

-- A row here stops all money until a person has looked.
CREATE TABLE ledger.halt (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reason text NOT NULL,
  made timestamptz NOT NULL,
  ended timestamptz,
  ended_by text,
  ended_why text
);
CREATE UNIQUE INDEX halt_open ON ledger.halt ((ended IS NULL)) WHERE ended IS NULL;

CREATE FUNCTION ledger.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger.% is only added to', TG_TABLE_NAME USING ERRCODE = 'ZD001';
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['allowance', 'line', 'line_account', 'resolution', 'recovery', 'journal',
                           'entry'] LOOP
    EXECUTE format('CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON ledger.%I
      FOR EACH ROW EXECUTE FUNCTION ledger.keep()', t);
    EXECUTE format('CREATE TRIGGER keep_whole BEFORE TRUNCATE ON ledger.%I
      FOR EACH STATEMENT EXECUTE FUNCTION ledger.keep()', t);
  END LOOP;
END $$;

-- Checked when the transaction ends: a journal that does not add up takes everything with it.
CREATE FUNCTION ledger.balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE total numeric;
BEGIN
  SELECT sum(amount) INTO total FROM ledger.entry WHERE journal = NEW.journal;
  IF total <> 0 THEN
    RAISE EXCEPTION 'journal % is out of balance by % fen', NEW.journal, total
      USING ERRCODE = 'ZD002';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.balanced();

GRANT USAGE ON SCHEMA ledger TO zhida_app, zhida_evaluator;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO zhida_app;
RESET ROLE;
`,
};
