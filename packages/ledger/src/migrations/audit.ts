/** One chain of records for each case, and seals over all of them: docs/ledger.md says what they prove. */
import type { Migration } from '@zhida/database';

export const audit: Migration = {
  name: 'ledger/003-audit',
  sql: `
CREATE SCHEMA audit AUTHORIZATION zhida_audit_owner;
SET LOCAL ROLE zhida_audit_owner;

-- The last record of each chain; its lock is what puts records in order.
CREATE TABLE audit.head (
  case_id text PRIMARY KEY CHECK (case_id <> ''),
  n bigint NOT NULL CHECK (n >= 0),
  h bytea NOT NULL CHECK (octet_length(h) = 32)
);

-- Nothing stands here that is not hashed: the time of a record belongs into its body.
CREATE TABLE audit.record (
  case_id text NOT NULL,
  n bigint NOT NULL CHECK (n > 0),
  alg text NOT NULL CHECK (alg = 'sha256'),
  body text NOT NULL CHECK (body <> ''),
  h bytea NOT NULL CHECK (octet_length(h) = 32),
  PRIMARY KEY (case_id, n)
);

-- Root of a Merkle tree over the root before it and all records since then.
CREATE TABLE audit.seal (
  number bigint PRIMARY KEY CHECK (number > 0),
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  records bigint NOT NULL CHECK (records >= 0),
  made timestamptz NOT NULL
);

-- How far each chain that had grown was sealed.
CREATE TABLE audit.sealed (
  seal bigint NOT NULL,
  case_id text NOT NULL,
  upto bigint NOT NULL CHECK (upto > 0),
  PRIMARY KEY (seal, case_id)
);
CREATE INDEX sealed_case ON audit.sealed (case_id, upto);

CREATE FUNCTION audit.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit.% is only added to', TG_TABLE_NAME USING ERRCODE = 'ZD001';
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['record', 'seal', 'sealed'] LOOP
    EXECUTE format('CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit.%I
      FOR EACH ROW EXECUTE FUNCTION audit.keep()', t);
    EXECUTE format('CREATE TRIGGER keep_whole BEFORE TRUNCATE ON audit.%I
      FOR EACH STATEMENT EXECUTE FUNCTION audit.keep()', t);
  END LOOP;
END $$;

-- Eight bytes of length, then the bytes: no two texts give the same.
CREATE FUNCTION audit.measured(p_text text) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
  SELECT int8send(octet_length(b)::bigint) || b FROM (SELECT convert_to(p_text, 'UTF8') AS b) AS t
$$;

-- Adds a record to the chain of a case and gives its place. The case stays locked until the
-- transaction ends: who writes to several cases in one transaction takes them in order.
CREATE FUNCTION audit.append(p_case text, p_body text, OUT n bigint, OUT h bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE v_head audit.head;
BEGIN
  INSERT INTO audit.head AS t (case_id, n, h)
    VALUES (p_case, 0, sha256(audit.measured(p_case))) ON CONFLICT DO NOTHING;
  SELECT * INTO STRICT v_head FROM audit.head AS t WHERE t.case_id = p_case FOR UPDATE;
  n := v_head.n + 1;
  h := sha256(convert_to('sha256', 'UTF8') || int8send(n) || v_head.h || audit.measured(p_body));
  INSERT INTO audit.record AS t (case_id, n, alg, body, h) VALUES (p_case, n, 'sha256', p_body, h);
  UPDATE audit.head AS t SET n = append.n, h = append.h WHERE t.case_id = p_case;
END $$;

-- Seals all chains as far as they are committed. Copy the root off the database.
CREATE FUNCTION audit.make_seal(OUT number bigint, OUT root bytea, OUT records bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_level bytea[];
  v_before bytea := decode(repeat('00', 32), 'hex');
BEGIN
  LOCK TABLE audit.seal IN EXCLUSIVE MODE;
  SELECT s.number, s.root INTO number, v_before FROM audit.seal AS s ORDER BY s.number DESC LIMIT 1;
  number := coalesce(number, 0) + 1;
  v_before := coalesce(v_before, decode(repeat('00', 32), 'hex'));
  INSERT INTO audit.sealed (seal, case_id, upto)
    SELECT make_seal.number, c.case_id, c.n FROM audit.head AS c
    WHERE c.n > coalesce((SELECT max(upto) FROM audit.sealed AS d WHERE d.case_id = c.case_id), 0);
  SELECT array_agg(sha256('\\x00'::bytea || audit.measured(r.case_id) || int8send(r.n) || r.h)
      ORDER BY r.case_id COLLATE "C", r.n), count(*)
    INTO v_level, records
    FROM audit.sealed AS s
    JOIN audit.record AS r ON r.case_id = s.case_id AND r.n <= s.upto AND r.n >
      coalesce((SELECT max(upto) FROM audit.sealed AS d
                WHERE d.case_id = s.case_id AND d.seal < s.seal), 0)
    WHERE s.seal = make_seal.number;
  v_level := ARRAY[sha256('\\x00'::bytea || v_before)] || v_level;
  WHILE cardinality(v_level) > 1 LOOP
    SELECT array_agg(CASE parts WHEN 2 THEN sha256('\\x01'::bytea || pair) ELSE pair END ORDER BY g)
      INTO v_level
      FROM (SELECT (i - 1) / 2 AS g, count(*) AS parts, string_agg(x, ''::bytea ORDER BY i) AS pair
            FROM unnest(v_level) WITH ORDINALITY AS t (x, i) GROUP BY 1) AS pairs;
  END LOOP;
  root := v_level[1];
  INSERT INTO audit.seal AS s (number, root, records, made)
    VALUES (make_seal.number, make_seal.root, make_seal.records, clock_timestamp());
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO zhida_app;
GRANT SELECT ON ALL TABLES IN SCHEMA audit TO zhida_app;
GRANT EXECUTE ON FUNCTION audit.append(text, text), audit.make_seal() TO zhida_app;
RESET ROLE;
`,
};
