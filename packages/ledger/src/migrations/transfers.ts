/** The only writers of balances. Each locks all its accounts in the order of their numbers, then moves;
 *  a CHECK stands behind every counter. */
import type { Migration } from '@zhida/database';

export const transfers: Migration = {
  name: 'ledger/002-transfers',
  sql: `
SET LOCAL ROLE zhida_ledger_owner;

-- The answer of an earlier request of this key, or NULL for a new one, whose row is now locked. The same
-- key with another body is refused.
CREATE FUNCTION ledger.begin_request(p_actor text, p_key text, p_body jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  v_hash bytea := sha256(convert_to(p_body::text, 'UTF8'));
  v_known ledger.request;
BEGIN
  IF EXISTS (SELECT FROM ledger.halt WHERE ended IS NULL) THEN
    RAISE EXCEPTION 'money is halted' USING ERRCODE = 'ZD010';
  END IF;
  INSERT INTO ledger.request (actor, key, body_hash) VALUES (p_actor, p_key, v_hash)
    ON CONFLICT DO NOTHING;
  IF FOUND THEN RETURN NULL; END IF;
  SELECT * INTO STRICT v_known FROM ledger.request WHERE actor = p_actor AND key = p_key FOR UPDATE;
  IF v_known.body_hash <> v_hash THEN
    RAISE EXCEPTION 'request % of % was sent with another content', p_key, p_actor
      USING ERRCODE = 'ZD011';
  END IF;
  RETURN v_known.answer || '{"repeated": true}';
END $$;

CREATE FUNCTION ledger.answer(p_actor text, p_key text, p_answer jsonb) RETURNS jsonb
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  UPDATE ledger.request SET answer = p_answer WHERE actor = p_actor AND key = p_key;
  RETURN p_answer;
END $$;

-- All accounts, locked in the order of their numbers: nobody waits for whom waits for him.
CREATE FUNCTION ledger.lock_accounts(p_accounts bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE v_found bigint;
BEGIN
  SELECT count(*) INTO v_found FROM
    (SELECT id FROM ledger.account WHERE id = ANY (p_accounts) ORDER BY id FOR UPDATE) AS locked;
  IF v_found <> cardinality(p_accounts) THEN
    RAISE EXCEPTION 'an account does not exist, or stands twice' USING ERRCODE = 'ZD012';
  END IF;
END $$;

-- Moves money between pockets of the budgets among the accounts.
CREATE FUNCTION ledger.write_journal(
  p_kind text, p_accounts bigint[], p_from text, p_to text, p_amount bigint, p_rest text,
  p_whole bigint, p_by text
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE v_journal bigint;
BEGIN
  INSERT INTO ledger.journal (kind, made, made_by) VALUES (p_kind, clock_timestamp(), p_by)
    RETURNING id INTO v_journal;
  INSERT INTO ledger.entry (journal, account, pocket, amount)
    SELECT v_journal, a.id, m.pocket, sum(m.amount)
    FROM ledger.account AS a,
      (VALUES (p_from, -p_whole), (p_to, p_amount), (p_rest, p_whole - p_amount)) AS m (pocket, amount)
    WHERE a.id = ANY (p_accounts) AND a.kind = 'budget' AND m.amount <> 0
    GROUP BY a.id, m.pocket HAVING sum(m.amount) <> 0;
END $$;

-- Opens an account, or says which one it is. Its first allowance comes with it.
CREATE FUNCTION ledger.open_account(
  p_actor text, p_kind text, p_name text, p_key text[], p_most bigint, p_basis text
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE v_id bigint;
BEGIN
  SELECT id INTO v_id FROM ledger.account WHERE kind = p_kind AND name = p_name AND key = p_key;
  IF FOUND THEN RETURN v_id; END IF;
  IF EXISTS (SELECT FROM ledger.halt WHERE ended IS NULL) THEN
    RAISE EXCEPTION 'money is halted' USING ERRCODE = 'ZD010';
  END IF;
  INSERT INTO ledger.account (kind, name, key, most) VALUES (p_kind, p_name, p_key, p_most)
    ON CONFLICT DO NOTHING RETURNING id INTO v_id;
  IF v_id IS NULL THEN
    SELECT id INTO STRICT v_id FROM ledger.account
      WHERE kind = p_kind AND name = p_name AND key = p_key;
    RETURN v_id;
  END IF;
  INSERT INTO ledger.allowance (account, version, most, basis, made, made_by)
    VALUES (v_id, 1, p_most, p_basis, clock_timestamp(), p_actor);
  IF p_kind = 'budget' AND p_most > 0 THEN
    PERFORM ledger.write_journal(
      'appropriate', ARRAY[v_id], 'appropriated', 'free', p_most, 'free', p_most, p_actor);
  END IF;
  RETURN v_id;
END $$;

-- Another allowance. Below what is used it is refused.
CREATE FUNCTION ledger.allow(
  p_actor text, p_request text, p_account bigint, p_most bigint, p_basis text
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_answer jsonb := ledger.begin_request(p_actor, p_request,
    jsonb_build_array('allow', p_account, p_most::text, p_basis));
  v_account ledger.account;
  v_difference bigint;
BEGIN
  IF v_answer IS NOT NULL THEN RETURN v_answer; END IF;
  PERFORM ledger.lock_accounts(ARRAY[p_account]);
  SELECT * INTO STRICT v_account FROM ledger.account WHERE id = p_account;
  IF p_most < v_account.reserved + v_account.held + v_account.spent THEN
    RETURN ledger.answer(p_actor, p_request, jsonb_build_object('refused', 'below-use',
      'used', (v_account.reserved + v_account.held + v_account.spent)::text));
  END IF;
  UPDATE ledger.account SET most = p_most WHERE id = p_account;
  INSERT INTO ledger.allowance (account, version, most, basis, made, made_by)
    SELECT p_account, max(version) + 1, p_most, p_basis, clock_timestamp(), p_actor
    FROM ledger.allowance WHERE account = p_account;
  v_difference := p_most - v_account.most;
  IF v_difference <> 0 THEN
    PERFORM ledger.write_journal('allow', ARRAY[p_account], 'appropriated', 'free', v_difference,
      'free', v_difference, p_actor);
  END IF;
  RETURN ledger.answer(p_actor, p_request, jsonb_build_object('allowed', p_most::text));
END $$;

-- Reserves an amount on all accounts, or on none: the first that has too little says so.
CREATE FUNCTION ledger.reserve(
  p_actor text, p_request text, p_award text, p_accounts bigint[], p_amount bigint, p_expires date
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_answer jsonb := ledger.begin_request(p_actor, p_request,
    jsonb_build_array('reserve', p_award, p_accounts, p_amount::text, p_expires));
  v_short ledger.account;
  v_line bigint;
BEGIN
  IF v_answer IS NOT NULL THEN RETURN v_answer; END IF;
  IF p_amount NOT BETWEEN 1 AND 9000000000000000 THEN
    RAISE EXCEPTION 'an amount lies between 1 and 9000000000000000 fen' USING ERRCODE = 'ZD014';
  END IF;
  PERFORM ledger.lock_accounts(p_accounts);
  IF cardinality(p_accounts) = 0
     OR (SELECT count(*) FROM ledger.account WHERE id = ANY (p_accounts) AND kind = 'budget') > 1 THEN
    RAISE EXCEPTION 'a line counts against at least one account, and one budget at most'
      USING ERRCODE = 'ZD015';
  END IF;
  SELECT * INTO v_short FROM ledger.account
    WHERE id = ANY (p_accounts) AND reserved + held + spent + p_amount > most
    ORDER BY kind, id LIMIT 1;
  IF FOUND THEN
    RETURN ledger.answer(p_actor, p_request, jsonb_build_object('refused', 'too-little',
      'account', v_short.id,
      'left', (v_short.most - v_short.reserved - v_short.held - v_short.spent)::text));
  END IF;
  INSERT INTO ledger.line (award, stage, amount, expires, made, made_by)
    VALUES (p_award, 'reserved', p_amount, p_expires, clock_timestamp(), p_actor)
    RETURNING id INTO v_line;
  INSERT INTO ledger.line_account (line, account) SELECT v_line, unnest(p_accounts);
  UPDATE ledger.account SET reserved = reserved + p_amount WHERE id = ANY (p_accounts);
  PERFORM ledger.write_journal(
    'reserve', p_accounts, 'free', 'reserved', p_amount, 'free', p_amount, p_actor);
  RETURN ledger.answer(p_actor, p_request, jsonb_build_object('line', v_line));
END $$;

-- Ends a line: posted to the next stage with at most its amount, void, or expired.
CREATE FUNCTION ledger.resolve(
  p_actor text, p_request text, p_line bigint, p_how text, p_amount bigint
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_answer jsonb := ledger.begin_request(p_actor, p_request,
    jsonb_build_array('resolve', p_line, p_how, p_amount::text));
  v_line ledger.line;
  v_accounts bigint[];
  v_next text;
  v_new bigint;
  v_posted bigint := CASE WHEN p_how = 'post' THEN p_amount ELSE 0 END;
BEGIN
  IF v_answer IS NOT NULL THEN RETURN v_answer; END IF;
  SELECT * INTO v_line FROM ledger.line WHERE id = p_line;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no line %', p_line USING ERRCODE = 'ZD013';
  END IF;
  v_next := CASE v_line.stage WHEN 'reserved' THEN 'held' WHEN 'held' THEN 'spent' END;
  IF v_next IS NULL OR p_how NOT IN ('post', 'void', 'expire')
     OR (p_how = 'post' AND (p_amount IS NULL OR p_amount NOT BETWEEN 1 AND v_line.amount)) THEN
    RETURN ledger.answer(p_actor, p_request, jsonb_build_object('refused', 'not-possible',
      'stage', v_line.stage, 'amount', v_line.amount::text));
  END IF;
  SELECT array_agg(account ORDER BY account) INTO v_accounts
    FROM ledger.line_account WHERE line = p_line;
  PERFORM ledger.lock_accounts(v_accounts);
  IF EXISTS (SELECT FROM ledger.resolution WHERE line = p_line) THEN
    RETURN ledger.answer(p_actor, p_request, jsonb_build_object('refused', 'resolved'));
  END IF;
  INSERT INTO ledger.resolution (line, how, posted, released, made, made_by)
    VALUES (p_line, p_how, v_posted, v_line.amount - v_posted, clock_timestamp(), p_actor);
  IF p_how = 'post' THEN
    INSERT INTO ledger.line (award, stage, amount, after, made, made_by)
      VALUES (v_line.award, v_next, v_posted, p_line, clock_timestamp(), p_actor)
      RETURNING id INTO v_new;
    INSERT INTO ledger.line_account (line, account) SELECT v_new, unnest(v_accounts);
  END IF;
  UPDATE ledger.account SET
    reserved = reserved - CASE WHEN v_line.stage = 'reserved' THEN v_line.amount ELSE 0 END,
    held = held - CASE WHEN v_line.stage = 'held' THEN v_line.amount ELSE 0 END
                + CASE WHEN v_next = 'held' THEN v_posted ELSE 0 END,
    spent = spent + CASE WHEN v_next = 'spent' THEN v_posted ELSE 0 END
    WHERE id = ANY (v_accounts);
  PERFORM ledger.write_journal(
    p_how, v_accounts, v_line.stage, v_next, v_posted, 'free', v_line.amount, p_actor);
  RETURN ledger.answer(p_actor, p_request,
    jsonb_build_object('line', v_new, 'released', (v_line.amount - v_posted)::text));
END $$;

-- What is posted and what is released are the whole line, whoever writes it.
CREATE FUNCTION ledger.whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.posted + NEW.released <> (SELECT amount FROM ledger.line WHERE id = NEW.line) THEN
    RAISE EXCEPTION 'line % is not resolved as a whole', NEW.line USING ERRCODE = 'ZD003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER whole BEFORE INSERT ON ledger.resolution
  FOR EACH ROW EXECUTE FUNCTION ledger.whole();

-- Takes back what was spent, at most all of it. Refilled: the accounts have it again.
CREATE FUNCTION ledger.recover(
  p_actor text, p_request text, p_line bigint, p_amount bigint, p_refill boolean, p_basis text
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  v_answer jsonb := ledger.begin_request(p_actor, p_request,
    jsonb_build_array('recover', p_line, p_amount::text, p_refill, p_basis));
  v_line ledger.line;
  v_accounts bigint[];
  v_left bigint;
  v_recovery bigint;
BEGIN
  IF v_answer IS NOT NULL THEN RETURN v_answer; END IF;
  SELECT array_agg(account ORDER BY account) INTO v_accounts
    FROM ledger.line_account WHERE line = p_line;
  IF v_accounts IS NULL THEN
    RAISE EXCEPTION 'there is no line %', p_line USING ERRCODE = 'ZD013';
  END IF;
  PERFORM ledger.lock_accounts(v_accounts);
  SELECT * INTO STRICT v_line FROM ledger.line WHERE id = p_line;
  SELECT v_line.amount - coalesce(sum(amount), 0)::bigint INTO v_left
    FROM ledger.recovery WHERE line = p_line;
  IF v_line.stage <> 'spent' OR p_amount NOT BETWEEN 1 AND v_left THEN
    RETURN ledger.answer(p_actor, p_request,
      jsonb_build_object('refused', 'not-possible', 'stage', v_line.stage, 'left', v_left::text));
  END IF;
  INSERT INTO ledger.recovery (line, amount, refilled, basis, made, made_by)
    VALUES (p_line, p_amount, p_refill, p_basis, clock_timestamp(), p_actor)
    RETURNING id INTO v_recovery;
  IF p_refill THEN
    UPDATE ledger.account SET spent = spent - p_amount WHERE id = ANY (v_accounts);
  END IF;
  PERFORM ledger.write_journal('recover', v_accounts, 'spent',
    CASE WHEN p_refill THEN 'free' ELSE 'recovered' END, p_amount, 'free', p_amount, p_actor);
  RETURN ledger.answer(p_actor, p_request, jsonb_build_object('recovery', v_recovery));
END $$;

-- Counters against lines and entries, all in one snapshot: what differs. Empty when all is well.
CREATE FUNCTION ledger.differences() RETURNS TABLE (account bigint, what text, counter bigint, lines numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  WITH live AS (
    SELECT la.account, l.stage, sum(l.amount) AS amount
    FROM ledger.line AS l JOIN ledger.line_account AS la ON la.line = l.id
    WHERE NOT EXISTS (SELECT FROM ledger.resolution AS r WHERE r.line = l.id)
    GROUP BY la.account, l.stage
  ), refilled AS (
    SELECT la.account, sum(r.amount) AS amount
    FROM ledger.recovery AS r JOIN ledger.line_account AS la ON la.line = r.line
    WHERE r.refilled GROUP BY la.account
  ), wanted AS (
    SELECT a.id, c.what, c.counter,
      coalesce((SELECT amount FROM live WHERE live.account = a.id AND live.stage = c.what), 0)
      - CASE WHEN c.what = 'spent'
          THEN coalesce((SELECT amount FROM refilled WHERE refilled.account = a.id), 0) ELSE 0 END
      AS lines
    FROM ledger.account AS a,
      LATERAL (VALUES ('reserved', a.reserved), ('held', a.held), ('spent', a.spent)) AS c (what, counter)
  ), pockets AS (
    SELECT a.id, p.what, p.counter, coalesce(sum(e.amount), 0) AS lines
    FROM ledger.account AS a
    CROSS JOIN LATERAL (VALUES
      ('entry appropriated', 'appropriated', -a.most), ('entry reserved', 'reserved', a.reserved),
      ('entry held', 'held', a.held),
      ('entry free', 'free', a.most - a.reserved - a.held - a.spent)) AS p (what, pocket, counter)
    LEFT JOIN ledger.entry AS e ON e.account = a.id AND e.pocket = p.pocket
    WHERE a.kind = 'budget' GROUP BY a.id, p.what, p.counter
  ), latest AS (
    SELECT a.id, 'allowance' AS what, a.most AS counter, v.most::numeric AS lines
    FROM ledger.account AS a JOIN LATERAL
      (SELECT most FROM ledger.allowance WHERE account = a.id ORDER BY version DESC LIMIT 1) AS v ON true
  )
  SELECT * FROM wanted WHERE counter <> lines
  UNION ALL SELECT * FROM pockets WHERE counter <> lines
  UNION ALL SELECT * FROM latest WHERE counter <> lines
$$;

-- Stops all money. Once is enough.
CREATE FUNCTION ledger.stop_money(p_reason text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
  INSERT INTO ledger.halt (reason, made) VALUES (p_reason, clock_timestamp()) ON CONFLICT DO NOTHING
$$;

-- Goes on, when nothing differs any more.
CREATE FUNCTION ledger.resume_money(p_actor text, p_why text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM ledger.differences()) THEN RETURN false; END IF;
  UPDATE ledger.halt SET ended = clock_timestamp(), ended_by = p_actor, ended_why = p_why
    WHERE ended IS NULL;
  RETURN true;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  ledger.open_account(text, text, text, text[], bigint, text),
  ledger.allow(text, text, bigint, bigint, text),
  ledger.reserve(text, text, text, bigint[], bigint, date),
  ledger.resolve(text, text, bigint, text, bigint),
  ledger.recover(text, text, bigint, bigint, boolean, text),
  ledger.differences(), ledger.stop_money(text), ledger.resume_money(text, text)
TO zhida_app;
RESET ROLE;
`,
};
