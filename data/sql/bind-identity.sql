-- Backstay: an addition for databases that people reach with logins of their own.
--
-- Who a client says it is in request.jwt.claims is only said: a login that may become "authenticated"
-- can say that it is an administrator. With this policy, which comes on top of the others, a login is
-- the user that model_config_guard_login names for it, and nobody else:
--
--   INSERT INTO model_config_guard_login (login, user_id) VALUES ('alice', '...');
--
-- A login without a user (NULL) is a gateway that has checked the claims itself and may bring anybody.
-- Logins that row-level security does not bind are not bound by this either. Whoever claims nothing is
-- not touched, such as a service that reads what is live by a policy of its own.
--
-- Name the logins of all who have to get in before they need to. To be run as guards.sql is, with or
-- without it. guards-uninstall.sql takes it away again, with the names.

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
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
   WHERE c.oid = pg_catalog.to_regclass('model_config_history')
     AND c.relkind = 'r' AND c.relpersistence <> 't';

  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'undefined_table',
      MESSAGE = 'The search path finds no table model_config_history',
      HINT = 'SET search_path to the schema of the table.';
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

CREATE TABLE IF NOT EXISTS model_config_guard_login (
  login   name PRIMARY KEY,
  user_id uuid
);

-- Readable and writable by the owner only, whatever a hosted database grants by default.
ALTER TABLE model_config_guard_login ENABLE ROW LEVEL SECURITY;

DO $$
DECLARE
  grantee text;
BEGIN
  FOR grantee IN
    SELECT DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
      FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
     WHERE c.oid = 'model_config_guard_login'::regclass AND a.grantee <> c.relowner
  LOOP
    EXECUTE 'REVOKE ALL ON model_config_guard_login FROM ' || grantee;
  END LOOP;

  -- The hosted platform's gateway.
  IF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'authenticator') THEN
    INSERT INTO model_config_guard_login VALUES ('authenticator', NULL) ON CONFLICT DO NOTHING;
  END IF;
END
$$;

DO $$
BEGIN
  EXECUTE pg_catalog.format($function$
    CREATE OR REPLACE FUNCTION model_config_guard_may_be(claimed uuid)
    RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    AS $guard$
      SELECT claimed IS NULL
          OR EXISTS (SELECT FROM %1$I.model_config_guard_login l
                      WHERE l.login = session_user AND (l.user_id IS NULL OR l.user_id = claimed))
          OR EXISTS (SELECT FROM pg_roles r, pg_class c
                      WHERE r.rolname = session_user AND c.oid = %2$L::regclass
                        AND (r.rolsuper OR r.rolbypassrls OR pg_has_role(r.oid, c.relowner, 'MEMBER')))
    $guard$
  $function$, current_schema(), pg_catalog.format('%I.model_config_history', current_schema()));
END
$$;

GRANT EXECUTE ON FUNCTION model_config_guard_may_be(uuid) TO PUBLIC;

DO $$
DECLARE
  guarded text;
BEGIN
  FOREACH guarded IN ARRAY ARRAY['model_config_history', 'model_config_audit'] LOOP
    CONTINUE WHEN pg_catalog.to_regclass(guarded) IS NULL
               OR EXISTS (SELECT FROM pg_catalog.pg_policy
                           WHERE polrelid = guarded::regclass AND polname = 'A login is who it is');

    EXECUTE pg_catalog.format(
      'CREATE POLICY "A login is who it is" ON %I AS RESTRICTIVE FOR ALL TO public'
      ' USING ((SELECT model_config_guard_may_be((SELECT auth.uid()))))', guarded);
  END LOOP;
END
$$;

COMMIT;
