-- Backstay: an addition to guards.sql, for clients that turn a version on before they turn the other
-- one off, which the unique index refuses. With this the other one is turned off by itself, in the same
-- transaction. Backstay needs none of it.
--
-- A single UPDATE that turns one version on and another one off still fails, where the one that goes on
-- comes first: the two have to be statements of their own.
--
-- To be run as guards.sql is, and after it. guards-uninstall.sql takes it away again.

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '5s';

DO $$
DECLARE
  history   record;
  strangers text;
BEGIN
  SELECT c.relnamespace, c.relowner, n.nspname, o.rolname AS owner
    INTO history
    FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
   WHERE t.tgrelid = pg_catalog.to_regclass('model_config_history')
     AND t.tgname = 'aa_model_config_guard_serialize';

  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'The guards are not installed on the model_config_history that the search path finds',
      HINT = 'Run guards.sql first: its trigger keeps two of these from waiting for each other.';
  END IF;

  IF NOT pg_catalog.pg_has_role(session_user, history.owner, 'MEMBER') THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
      MESSAGE = pg_catalog.format('Only %I, who owns %I.model_config_history, can install this',
                                  history.owner, history.nspname);
  END IF;

  -- What somebody else made under these names would stay theirs, to be changed afterwards.
  SELECT pg_catalog.string_agg(o.name, ', ')
    INTO strangers
    FROM (SELECT c.relname::text AS name, c.relnamespace AS schema, c.relowner AS owner
            FROM pg_catalog.pg_class c
           WHERE c.relname IN ('model_config_audit', 'model_config_guard_login')
          UNION ALL
          SELECT f.proname || '()', f.pronamespace, f.proowner
            FROM pg_catalog.pg_proc f
           WHERE f.proname LIKE 'model\_config\_guard\_%') o
   WHERE o.schema = history.relnamespace AND o.owner <> history.relowner;

  IF strangers IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = pg_catalog.format('Somebody else than %I made what the guards are to make: %s', history.owner, strangers),
      HINT = 'Find out who did and why; then have it dropped, or given to the owner where it is a former one''s.';
  END IF;

  PERFORM pg_catalog.set_config('role', history.owner, true);
  PERFORM pg_catalog.set_config('search_path', pg_catalog.format('%I, pg_temp', history.nspname), true);
END
$$;

LOCK TABLE model_config_history IN SHARE ROW EXCLUSIVE MODE;

CREATE OR REPLACE FUNCTION model_config_guard_demote()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $guard$
DECLARE
  is_there boolean;
BEGIN
  -- With ON CONFLICT such a version is not inserted, and nothing may be turned off for it.
  IF TG_OP = 'INSERT' THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE id = $1)', TG_TABLE_SCHEMA, TG_TABLE_NAME)
      INTO is_there USING NEW.id;

    IF is_there THEN
      RETURN NEW;
    END IF;
  END IF;

  EXECUTE format('UPDATE %I.%I SET is_active = false WHERE model_type = $1 AND is_active AND id <> $2',
                 TG_TABLE_SCHEMA, TG_TABLE_NAME)
    USING NEW.model_type, NEW.id;
  RETURN NEW;
END
$guard$;

DO $$
DECLARE
  grantee text;
BEGIN
  FOR grantee IN
    SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
      FROM pg_catalog.pg_proc f,
           pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) a
     WHERE f.oid = 'model_config_guard_demote()'::regprocedure AND a.grantee <> f.proowner
  LOOP
    EXECUTE 'REVOKE ALL ON FUNCTION model_config_guard_demote() FROM ' || grantee;
  END LOOP;

  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger
                  WHERE tgrelid = 'model_config_history'::regclass
                    AND tgname = 'mm_model_config_guard_demote_insert') THEN
    CREATE TRIGGER mm_model_config_guard_demote_insert
      BEFORE INSERT ON model_config_history
      FOR EACH ROW WHEN (NEW.is_active) EXECUTE FUNCTION model_config_guard_demote();

    CREATE TRIGGER mm_model_config_guard_demote_update
      BEFORE UPDATE OF is_active ON model_config_history
      FOR EACH ROW WHEN (NEW.is_active AND OLD.is_active IS NOT TRUE)
      EXECUTE FUNCTION model_config_guard_demote();
  END IF;
END
$$;

COMMIT;
