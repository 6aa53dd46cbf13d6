-- Backstay: guards, which make the rules of model_config_history true for every client.
--
--   * one active version a model type             unique index model_config_history_one_active
--   * versions do not change, and stay            trigger zz_model_config_guard_keep, ..._truncate
--   * who made one, and when, the server says     trigger zz_model_config_guard_keep
--   * what was done, when, by whom is written     table model_config_audit,
--     down, and told by NOTIFY                    trigger zz_model_config_guard_audit
--   * writers come one after another              trigger aa_model_config_guard_serialize
--   * row-level security cannot be gone round     TRUNCATE, REFERENCES and TRIGGER are revoked
--
-- Optional, and not needed by Backstay. It has to be run by a login that owns the table or is a member
-- of its owner; no superuser is needed. The table is the one that the search path finds. No column, no
-- row and no policy of it is changed. What is there and breaks a rule is told by a WARNING and left as
-- it is; the unique index is made by a later run then, once a model type has one active version.
--
-- Plain SQL in one transaction, without psql's own commands. A second run changes nothing. Readers go
-- on; a writer is waited for, but no longer than five seconds. guards-uninstall.sql takes it away again.

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '5s';

-- Become the table's owner, and look nowhere but in the table's schema.
DO $$
DECLARE
  history   record;
  missing   text;
  strangers text;
BEGIN
  SELECT c.oid, c.relkind, c.relpersistence, c.relnamespace, c.relowner, n.nspname, o.rolname AS owner
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
      MESSAGE = pg_catalog.format('Only %I, who owns %I.model_config_history, can install its guards',
                                  history.owner, history.nspname);
  END IF;

  -- What the triggers look at has to be there, or nobody could write any more.
  SELECT pg_catalog.string_agg(c.name || ' ' || c.type, ', ')
    INTO missing
    FROM (VALUES ('id', 'uuid'), ('model_type', ''), ('config_name', ''), ('config_data', 'jsonb'),
                 ('is_active', 'boolean'), ('created_by', 'uuid'), ('created_at', 'timestamp with time zone'),
                 ('notes', 'text')) c (name, type)
   WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = history.oid AND a.attname = c.name::name AND NOT a.attisdropped
                        AND c.type IN ('', pg_catalog.format_type(a.atttypid, NULL)));

  IF missing IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'undefined_column',
      MESSAGE = pg_catalog.format('The guards need columns that %I.model_config_history does not have: %s',
                                  history.nspname, missing);
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

-- What row-level security does not cover ----------------------------------------------------------

DO $$
DECLARE
  grantee text;
BEGIN
  FOR grantee IN
    SELECT DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
      FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
     WHERE c.oid = 'model_config_history'::regclass
       AND a.grantee <> c.relowner
       AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
  LOOP
    -- Also from whom they granted it to.
    EXECUTE 'REVOKE TRUNCATE, REFERENCES, TRIGGER ON model_config_history FROM ' || grantee || ' CASCADE';
  END LOOP;
END
$$;

-- The audit trail ---------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS model_config_audit (
  audit_id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),

  -- "begin" and "end" are the trail's own: nothing is known of the time between an end and the next
  -- begin. "observe" is a version that was active when the trail began.
  action         text NOT NULL CHECK (action IN ('create', 'activate', 'deactivate', 'annotate', 'alter',
                                                 'observe', 'begin', 'end')),

  -- No foreign key: the trail outlives everything.
  config_id      uuid,
  model_type     text,
  config_name    text,

  -- Who the client says it is, and whom the server let in: that one cannot be made up.
  claimed_by     uuid,
  login          name NOT NULL,
  acting_role    name,
  client_addr    inet,
  application    text,

  -- {"column": [before, after]}; of a configuration only the SHA-256 of its text.
  detail         jsonb
);

CREATE INDEX IF NOT EXISTS model_config_audit_config_idx ON model_config_audit (config_id, audit_id DESC);
CREATE INDEX IF NOT EXISTS model_config_audit_type_idx ON model_config_audit (model_type, audit_id DESC);

CREATE OR REPLACE FUNCTION model_config_guard_append_only()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $guard$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
    MESSAGE = 'model_config_audit is append-only',
    DETAIL = format('%s is not allowed.', TG_OP);
END
$guard$;

-- Triggers are made only where they are absent: replacing one would stop the readers. What they do is in
-- the functions, which are replaced.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_trigger
                  WHERE tgrelid = 'model_config_audit'::regclass
                    AND tgname = 'model_config_guard_append_only') THEN
    CREATE TRIGGER model_config_guard_append_only
      BEFORE UPDATE OR DELETE OR TRUNCATE ON model_config_audit
      FOR EACH STATEMENT EXECUTE FUNCTION model_config_guard_append_only();
  END IF;
END
$$;

-- Administrators read it, nobody else does, and nobody writes it: that is up to the trigger below,
-- which works with the owner's rights.
ALTER TABLE model_config_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_config_audit ENABLE ALWAYS TRIGGER model_config_guard_append_only;

--
-- The numbers of its entries are theirs, too: who may set them back keeps everybody from writing a version.
DO $$
DECLARE
  numbers  regclass := pg_catalog.pg_get_serial_sequence('model_config_audit', 'audit_id');
  relation regclass;
  grantee  text;
  roles    text;
BEGIN
  FOR relation, grantee IN
    SELECT DISTINCT c.oid::regclass, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
      FROM pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
     WHERE (c.oid = numbers OR c.oid = 'model_config_audit'::regclass AND a.privilege_type <> 'SELECT')
       AND a.grantee <> c.relowner
  LOOP
    EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM %s CASCADE', relation, grantee);
  END LOOP;

  FOR grantee IN
    SELECT pg_catalog.quote_ident(rolname) FROM pg_catalog.pg_roles
     WHERE rolname IN ('authenticated', 'service_role')
  LOOP
    EXECUTE 'GRANT SELECT ON model_config_audit TO ' || grantee;
  END LOOP;

  -- Asked once a statement, not once a row. Where a database has no such functions, its owner decides
  -- who reads.
  SELECT pg_catalog.format('%I.has_role', n.nspname)
    INTO roles
    FROM pg_catalog.pg_proc f
    JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
   WHERE f.proname = 'has_role' AND f.pronargs = 2
     AND (n.nspname = 'public' OR n.nspname = current_schema())
     AND EXISTS (SELECT FROM pg_catalog.pg_proc u
                  JOIN pg_catalog.pg_namespace s ON s.oid = u.pronamespace
                 WHERE s.nspname = 'auth' AND u.proname = 'uid' AND u.pronargs = 0)
   ORDER BY n.nspname = current_schema() DESC
   LIMIT 1;

  IF roles IS NOT NULL AND
     NOT EXISTS (SELECT FROM pg_catalog.pg_policy
                  WHERE polrelid = 'model_config_audit'::regclass
                    AND polname = 'Admins read the audit trail') THEN
    EXECUTE 'CREATE POLICY "Admins read the audit trail" ON model_config_audit FOR SELECT TO public'
            ' USING ((SELECT ' || roles || '((SELECT auth.uid()), ''admin'')))';
  END IF;
END
$$;

-- Writers come one after another ------------------------------------------------------------------

-- Before any row is touched. Backstay locks the whole table first, and then gets this lock at once; a
-- client of another kind holds a lock on the table that Backstay waits for, so neither can hold what
-- the other one needs. Never take this lock before writing: that could.
CREATE OR REPLACE FUNCTION model_config_guard_serialize()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $guard$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('model_config_guard', TG_RELID::bigint));
  RETURN NULL;
END
$guard$;

-- Versions do not change, and the server says who made one and when -------------------------------

-- Comes after other people's triggers, so that what they change is looked at, too.
CREATE OR REPLACE FUNCTION model_config_guard_keep()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $guard$
DECLARE
  claimed    uuid;
  is_profile boolean := true;
  changed    text;
  newest     timestamptz;
  other      record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = 'A version of a configuration cannot be deleted',
      DETAIL = format('Version %s of model type "%s".', OLD.id, OLD.model_type),
      HINT = 'Versions are kept, so that one can go back to them.';
  END IF;

  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM pg_proc f JOIN pg_namespace s ON s.oid = f.pronamespace
                WHERE s.nspname = 'auth' AND f.proname = 'uid' AND f.pronargs = 0) THEN
      claimed := auth.uid();
    END IF;

    IF NEW.created_by <> claimed THEN
      RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
        MESSAGE = 'created_by must be who is signed in',
        DETAIL = format('It is %s, and %s is signed in.', NEW.created_by, claimed);
    END IF;

    -- Somebody without a profile could not be written down.
    IF NEW.created_by IS NULL AND claimed IS NOT NULL THEN
      IF to_regclass(format('%I.profiles', TG_TABLE_SCHEMA)) IS NOT NULL THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.profiles p WHERE p.id = $1)', TG_TABLE_SCHEMA)
          INTO is_profile USING claimed;
      END IF;

      IF is_profile THEN
        NEW.created_by := claimed;
      END IF;
    END IF;

    NEW.is_active := coalesce(NEW.is_active, false);

    -- The clock is read after the lock, so that times are in the order of the commits; also where it
    -- was set back a little. What is dated in the future is not followed.
    NEW.created_at := clock_timestamp();
    EXECUTE format('SELECT max(n.created_at)'
                   '  FROM (VALUES (true), (false)) a (is_active),'
                   '       LATERAL (SELECT h.created_at FROM %I.%I h'
                   '                 WHERE h.model_type = $1 AND h.is_active = a.is_active'
                   '                   AND h.created_at < $2 + interval ''1 minute'''
                   '                 ORDER BY h.created_at DESC LIMIT 1) n',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME)
      INTO newest USING NEW.model_type, NEW.created_at;

    IF newest >= NEW.created_at THEN
      NEW.created_at := newest + interval '1 microsecond';
    END IF;

    RETURN NEW;
  END IF;

  -- The text of a configuration is what counts: 7.5 and 7.50 are equal to jsonb. It is made only
  -- where the bytes differ, as that takes its time where a configuration is large.
  other := OLD;
  other.config_data := NEW.config_data;

  changed := CASE
    WHEN NEW.id IS DISTINCT FROM OLD.id THEN 'id'
    WHEN NEW.model_type IS DISTINCT FROM OLD.model_type THEN 'model_type'
    WHEN NEW.config_name IS DISTINCT FROM OLD.config_name THEN 'config_name'
    WHEN other *<> OLD AND
         NEW.config_data::text IS DISTINCT FROM OLD.config_data::text THEN 'config_data'
    WHEN NEW.created_at IS DISTINCT FROM OLD.created_at THEN 'created_at'
    WHEN NEW.created_by IS DISTINCT FROM OLD.created_by THEN 'created_by'
  END;

  -- A foreign key may forget somebody whose profile is gone.
  IF changed = 'created_by' AND NEW.created_by IS NULL AND
     to_regclass(format('%I.profiles', TG_TABLE_SCHEMA)) IS NOT NULL THEN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.profiles p WHERE p.id = $1)', TG_TABLE_SCHEMA)
      INTO is_profile USING OLD.created_by;
    IF NOT is_profile THEN
      changed := NULL;
    END IF;
  END IF;

  IF changed IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
      MESSAGE = format('Column %s of a version cannot be changed', changed),
      DETAIL = format('Version %s of model type "%s".', OLD.id, OLD.model_type),
      HINT = 'Insert a new version instead.',
      COLUMN = changed;
  END IF;

  RETURN NEW;
END
$guard$;

CREATE OR REPLACE FUNCTION model_config_guard_truncate()
RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $guard$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
    MESSAGE = 'model_config_history cannot be truncated',
    HINT = 'Versions are kept, so that one can go back to them.';
END
$guard$;

-- What was done is written down and told ----------------------------------------------------------

CREATE OR REPLACE FUNCTION model_config_guard_audit()
RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $guard$
DECLARE
  actions text[] := '{}';
  detail  jsonb := '{}';
  was_on  boolean := false;
  is_on   boolean := coalesce(NEW.is_active, false);
  claimed uuid;
  action  text;
BEGIN
  IF TG_TABLE_NAME <> 'model_config_history' THEN
    RAISE EXCEPTION 'This trigger is for model_config_history';
  END IF;

  IF EXISTS (SELECT FROM pg_proc f JOIN pg_namespace s ON s.oid = f.pronamespace
              WHERE s.nspname = 'auth' AND f.proname = 'uid' AND f.pronargs = 0) THEN
    claimed := auth.uid();
  END IF;

  IF TG_OP = 'INSERT' THEN
    actions := ARRAY['create'];
    detail := jsonb_build_object(
      'sha256', encode(sha256(convert_to(NEW.config_data::text, 'UTF8')), 'hex'),
      'created_by', NEW.created_by,
      'created_at', NEW.created_at,
      'notes', NEW.notes);
  ELSE
    was_on := coalesce(OLD.is_active, false);

    IF NEW.notes IS DISTINCT FROM OLD.notes THEN
      actions := array_append(actions, 'annotate');
      detail := detail || jsonb_build_object('notes', jsonb_build_array(OLD.notes, NEW.notes));
    END IF;

    IF NEW.created_by IS DISTINCT FROM OLD.created_by THEN
      actions := array_append(actions, 'alter');
      detail := detail || jsonb_build_object('created_by', jsonb_build_array(OLD.created_by, NEW.created_by));
    ELSIF NEW.is_active IS DISTINCT FROM OLD.is_active AND was_on = is_on THEN
      actions := array_append(actions, 'alter');
      detail := detail || jsonb_build_object('is_active', jsonb_build_array(OLD.is_active, NEW.is_active));
    END IF;
  END IF;

  IF is_on <> was_on THEN
    actions := array_append(actions, CASE WHEN is_on THEN 'activate' ELSE 'deactivate' END);
  END IF;

  FOREACH action IN ARRAY actions LOOP
    EXECUTE format('INSERT INTO %I.model_config_audit (action, config_id, model_type, config_name,'
                   '       claimed_by, login, acting_role, client_addr, application, detail)'
                   ' VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', TG_TABLE_SCHEMA)
      USING action, NEW.id, NEW.model_type, NEW.config_name,
            claimed, session_user, nullif(current_setting('role', true), 'none'), inet_client_addr(),
            nullif(current_setting('application_name', true), ''),
            CASE WHEN action IN ('activate', 'deactivate') THEN NULL ELSE detail END;
  END LOOP;

  -- Anybody who may connect can listen: so the id, and nothing else.
  IF actions <> '{}' THEN
    PERFORM pg_notify('model_config_history', NEW.id::text);
  END IF;

  RETURN NULL;
END
$guard$;

-- Nobody else may hang these functions on a table of their own.
DO $$
DECLARE
  guard   regprocedure;
  grantee text;
BEGIN
  FOR guard, grantee IN
    SELECT DISTINCT f.oid::regprocedure,
           CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
      FROM pg_catalog.pg_proc f,
           pg_catalog.aclexplode(coalesce(f.proacl, pg_catalog.acldefault('f', f.proowner))) a
     WHERE f.pronamespace = pg_catalog.quote_ident(current_schema())::regnamespace
       AND f.proname LIKE 'model\_config\_guard\_%' AND f.prorettype = 'trigger'::regtype
       AND a.grantee <> f.proowner
  LOOP
    EXECUTE pg_catalog.format('REVOKE ALL ON FUNCTION %s FROM %s', guard, grantee);
  END LOOP;
END
$$;

-- The triggers, and the beginning of the trail ----------------------------------------------------

DO $$
DECLARE
  has_trail boolean := EXISTS (SELECT FROM pg_catalog.pg_trigger
                                WHERE tgrelid = 'model_config_history'::regclass
                                  AND tgname = 'zz_model_config_guard_audit');
  wanted    record;
  there     record;
BEGIN
  FOR wanted IN
    SELECT *
      FROM (VALUES
        ('aa_model_config_guard_serialize', 'BEFORE INSERT OR UPDATE OR DELETE', 'STATEMENT',
         'model_config_guard_serialize'::regproc, 30::int2),
        ('zz_model_config_guard_keep', 'BEFORE INSERT OR UPDATE OR DELETE', 'ROW',
         'model_config_guard_keep'::regproc, 31::int2),
        ('zz_model_config_guard_truncate', 'BEFORE TRUNCATE', 'STATEMENT',
         'model_config_guard_truncate'::regproc, 34::int2),
        ('zz_model_config_guard_audit', 'AFTER INSERT OR UPDATE', 'ROW',
         'model_config_guard_audit'::regproc, 21::int2)
      ) t (name, events, level, function, bits)
  LOOP
    SELECT tgfoid, tgtype INTO there
      FROM pg_catalog.pg_trigger
     WHERE tgrelid = 'model_config_history'::regclass AND tgname = wanted.name::name;

    -- Somebody made another one of it.
    IF FOUND AND (there.tgfoid <> wanted.function::oid OR there.tgtype <> wanted.bits) THEN
      EXECUTE pg_catalog.format('DROP TRIGGER %I ON model_config_history', wanted.name);
    ELSIF FOUND THEN
      CONTINUE;
    END IF;

    EXECUTE pg_catalog.format('CREATE TRIGGER %I %s ON model_config_history FOR EACH %s EXECUTE FUNCTION %s()',
                              wanted.name, wanted.events, wanted.level, wanted.function);
  END LOOP;

  IF NOT has_trail THEN
    INSERT INTO model_config_audit (action, login, acting_role)
    VALUES ('begin', session_user, current_user);

    INSERT INTO model_config_audit (action, config_id, model_type, config_name, login, acting_role)
    SELECT 'observe', h.id, h.model_type, h.config_name, session_user, current_user
      FROM model_config_history h
     WHERE h.is_active
     ORDER BY h.model_type, h.created_at, h.id;
  END IF;
END
$$;

-- The last two work also in a session that replays what another server did, whose other triggers do not.
ALTER TABLE model_config_history ENABLE TRIGGER aa_model_config_guard_serialize;
ALTER TABLE model_config_history ENABLE TRIGGER zz_model_config_guard_keep;
ALTER TABLE model_config_history ENABLE ALWAYS TRIGGER zz_model_config_guard_truncate;
ALTER TABLE model_config_history ENABLE ALWAYS TRIGGER zz_model_config_guard_audit;

-- One active version a model type, and what else is not as it should be ---------------------------

DO $$
DECLARE
  several text;
  odd     record;
BEGIN
  SELECT pg_catalog.string_agg(pg_catalog.format('%s (%s active)', model_type, n), ', ' ORDER BY model_type)
    INTO several
    FROM (SELECT model_type, count(*) AS n
            FROM model_config_history
           WHERE is_active
           GROUP BY model_type
          HAVING count(*) > 1) d;

  IF several IS NOT NULL THEN
    RAISE WARNING 'The unique index was not made: more than one version is active of %', several
      USING HINT = 'Turn off all but one of each, then run this again.';
  ELSE
    CREATE UNIQUE INDEX IF NOT EXISTS model_config_history_one_active
      ON model_config_history (model_type) WHERE is_active;
  END IF;

  IF EXISTS (SELECT FROM pg_catalog.pg_index
              WHERE indexrelid = pg_catalog.to_regclass('model_config_history_one_active')
                AND NOT indisvalid) THEN
    RAISE WARNING 'The index model_config_history_one_active is there, but not valid: it guards nothing'
      USING HINT = 'DROP INDEX model_config_history_one_active, then run this again.';
  END IF;

  SELECT count(*) FILTER (WHERE is_active IS NULL) AS no_state,
         count(*) FILTER (WHERE created_at IS NULL) AS no_time,
         count(*) FILTER (WHERE NOT isfinite(created_at)) AS endless,
         count(*) FILTER (WHERE isfinite(created_at) AND created_at > clock_timestamp()) AS later
    INTO odd
    FROM model_config_history;

  IF odd.no_state + odd.no_time + odd.endless + odd.later > 0 THEN
    RAISE WARNING 'Left as they are: % without is_active, % without created_at, % at infinity, % in the future',
      odd.no_state, odd.no_time, odd.endless, odd.later
      USING HINT = 'Such versions may be in the wrong place of the history.';
  END IF;
END
$$;

COMMIT;
