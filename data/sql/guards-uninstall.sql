-- Backstay: takes away what guards.sql, auto-demote.sql and bind-identity.sql made.
--
-- The audit trail stays with all its rows, as append-only as it was; DROP TABLE model_config_audit and
-- DROP FUNCTION model_config_guard_append_only() remove that, too. What was revoked is not granted
-- again: row-level security does not cover it.
--
-- To be run as guards.sql is, and as often as one likes. Dropping triggers stops readers and writers
-- for a moment; what they do at the time is waited for, but no longer than five seconds.

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
  history record;
BEGIN
  SELECT c.relkind, c.relpersistence, n.nspname, o.rolname AS owner
    INTO history
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
   WHERE c.oid = pg_catalog.to_regclass('model_config_history');

  IF NOT FOUND OR history.relkind <> 'r' OR history.relpersistence = 't' THEN
    RAISE EXCEPTION USING ERRCODE = 'undefined_table',
      MESSAGE = 'The search path finds no table model_config_history',
      HINT = 'SET search_path to the schema of the table.';
  END IF;

  IF NOT pg_catalog.pg_has_role(session_user, history.owner, 'MEMBER') THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
      MESSAGE = pg_catalog.format('Only %I, who owns %I.model_config_history, can remove its guards',
                                  history.owner, history.nspname);
  END IF;

  PERFORM pg_catalog.set_config('role', history.owner, true);
  PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%I, pg_temp', history.nspname), true);
END
$$;

LOCK TABLE model_config_history IN ACCESS EXCLUSIVE MODE;

-- From here on nothing is written down.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_catalog.pg_trigger
              WHERE tgrelid = 'model_config_history'::regclass
                AND tgname = 'zz_model_config_guard_audit') AND
     pg_catalog.to_regclass('model_config_audit') IS NOT NULL THEN
    INSERT INTO model_config_audit (action, login, acting_role)
    VALUES ('end', session_user, current_user);
  END IF;
END
$$;

DROP TRIGGER IF EXISTS aa_model_config_guard_serialize ON model_config_history;
DROP TRIGGER IF EXISTS mm_model_config_guard_demote_insert ON model_config_history;
DROP TRIGGER IF EXISTS mm_model_config_guard_demote_update ON model_config_history;
DROP TRIGGER IF EXISTS zz_model_config_guard_keep ON model_config_history;
DROP TRIGGER IF EXISTS zz_model_config_guard_truncate ON model_config_history;
DROP TRIGGER IF EXISTS zz_model_config_guard_audit ON model_config_history;
DROP POLICY IF EXISTS "A login is who it is" ON model_config_history;
DROP INDEX IF EXISTS model_config_history_one_active;

DO $$
BEGIN
  IF pg_catalog.to_regclass('model_config_audit') IS NOT NULL THEN
    DROP POLICY IF EXISTS "A login is who it is" ON model_config_audit;
  END IF;
END
$$;

DROP FUNCTION IF EXISTS model_config_guard_serialize();
DROP FUNCTION IF EXISTS model_config_guard_demote();
DROP FUNCTION IF EXISTS model_config_guard_keep();
DROP FUNCTION IF EXISTS model_config_guard_truncate();
DROP FUNCTION IF EXISTS model_config_guard_audit();
DROP FUNCTION IF EXISTS model_config_guard_may_be(uuid);
DROP TABLE IF EXISTS model_config_guard_login;

COMMIT;
