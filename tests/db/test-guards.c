/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-guards"

#include "config.h"

#include "support-guards.h"
#include "support-server.h"

#include <gio/gio.h>
#include <string.h>

/* Becomes somebody of the sample for the length of a transaction. */
#define AS(uid)                          \
  "BEGIN; SET LOCAL ROLE authenticated;" \
  "SELECT set_config('request.jwt.claims', '{\"sub\": \"" uid "\"}', true);"

#define LIVE "(SELECT id FROM model_config_history WHERE model_type = 'sdxl' AND is_active)"
#define OLD "(SELECT id FROM model_config_history WHERE config_name = 'SDXL Production Config v2.0.5'" \
            "  ORDER BY id LIMIT 1)"

/* The sample's table has an owner who is no superuser, and a login of alice's. */
typedef struct
{
  SupportSql *superuser;
  SupportSql *keeper;
  SupportSql *alice;
} Fixture;

static void
set_up_without (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("alice", "backstay");

  fixture->superuser = support_server_get_sql ();
  fixture->keeper = support_guards_new_keeper ();
  support_sql_run (fixture->superuser,
                   "DO $$ BEGIN"
                   "  IF to_regrole('alice') IS NULL THEN"
                   "    CREATE ROLE alice LOGIN NOINHERIT IN ROLE authenticated;"
                   "  END IF;"
                   "END $$");
  fixture->alice = support_sql_new (config);

  /* The sample breaks the rule of one active version. */
  support_sql_run (fixture->superuser,
                   "UPDATE model_config_history SET is_active = false"
                   " WHERE model_type = 'wan' AND is_active AND created_at <"
                   "       (SELECT max(created_at) FROM model_config_history WHERE model_type = 'wan' AND is_active)");
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  set_up_without (fixture, data);
  support_guards_run (fixture->keeper, "guards");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  support_sql_free (fixture->alice);
  support_sql_free (fixture->keeper);
  support_guards_restore ();
}

static void
assert_refused (SupportSql *sql,
                const char *expected,
                const char *statements)
{
  g_autofree char *refusal = support_sql_dup_refusal (sql, "%s", statements);

  g_test_message ("%s: %s", statements, refusal);
  g_assert_true (g_str_has_prefix (refusal, expected));
}

/* All that the guards made, and how the table's own things are. */
static char *
dup_objects (SupportSql *sql)
{
  return support_sql_query (
    sql,
    "SELECT concat_ws(E'\\n',"
    "  (SELECT string_agg(concat_ws(' ', oid, proname, proacl, md5(prosrc), proowner), ',' ORDER BY oid)"
    "     FROM pg_proc WHERE proname LIKE 'model\\_config%%'),"
    "  (SELECT string_agg(concat_ws(' ', oid, tgname, tgenabled), ',' ORDER BY oid)"
    "     FROM pg_trigger WHERE tgname LIKE '%%model\\_config%%'),"
    "  (SELECT string_agg(concat_ws(' ', oid, relname, relacl, relowner), ',' ORDER BY oid)"
    "     FROM pg_class WHERE relname LIKE '%%model\\_config%%'),"
    "  (SELECT string_agg(concat_ws(' ', oid, polname), ',' ORDER BY oid) FROM pg_policy))");
}

static void
test_install_twice (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *before = dup_objects (fixture->superuser);
  gint64           n_before = support_sql_query_int (fixture->keeper, "SELECT count(*) FROM model_config_audit");
  g_autofree char *after = NULL;
  g_autofree char *owners = NULL;

  support_guards_run (fixture->keeper, "guards");
  after = dup_objects (fixture->superuser);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (support_sql_query_int (fixture->keeper, "SELECT count(*) FROM model_config_audit"), ==, n_before);

  /* A superuser does it in the owner's name. */
  support_guards_run (fixture->superuser, "guards-uninstall");
  support_guards_run (fixture->superuser, "guards");
  owners = support_sql_query (fixture->superuser,
                              "SELECT string_agg(DISTINCT proowner::regrole::text, ' ') FROM pg_proc"
                              " WHERE proname LIKE 'model\\_config\\_guard%%'");
  g_assert_cmpstr (owners, ==, SUPPORT_KEEPER);
}

/* Nothing of the table's own is touched. */
static void
test_leaves_the_rest_alone (Fixture      *fixture,
                            gconstpointer data)
{
  static const char table_sql[] =
    "SELECT concat_ws(E'\\n', md5(string_agg(h::text, ' ' ORDER BY id)),"
    "  (SELECT string_agg(concat_ws(' ', attname, atttypid, attnotnull, atthasdef), ',' ORDER BY attnum)"
    "     FROM pg_attribute WHERE attrelid = 'model_config_history'::regclass),"
    "  (SELECT string_agg(pg_get_expr(polqual, polrelid), ',' ORDER BY oid)"
    "     FROM pg_policy WHERE polrelid = 'model_config_history'::regclass),"
    "  (SELECT string_agg(conname, ',' ORDER BY oid)"
    "     FROM pg_constraint WHERE conrelid = 'model_config_history'::regclass))"
    "  FROM model_config_history h";
  g_autofree char *before = support_sql_query (fixture->superuser, table_sql);
  g_autofree char *guarded = NULL;
  g_autofree char *after = NULL;

  support_guards_run (fixture->keeper, "guards");
  guarded = support_sql_query (fixture->superuser, table_sql);
  g_assert_cmpstr (guarded, ==, before);
  support_guards_run (fixture->keeper, "guards-uninstall");
  after = support_sql_query (fixture->superuser, table_sql);
  g_assert_cmpstr (after, ==, before);
}

static void
test_immutable (Fixture      *fixture,
                gconstpointer data)
{
  static const char *const changes[][2] = {
    { "config_data", "config_data = config_data || '{\"x\": 1}'" },

    /* Equal to jsonb, and yet another text. */
    { "config_data", "config_data = replace(config_data::text, '99', '99.0')::jsonb" },
    { "model_type", "model_type = 'x'" },
    { "config_name", "config_name = 'x'" },
    { "created_at", "created_at = now()" },
    { "created_at", "created_at = NULL" },
    { "created_by", "created_by = NULL" },
    { "created_by", "created_by = '" SUPPORT_DAVE "'" },
    { "id", "id = gen_random_uuid()" },
  };
  SupportSql *sessions[] = { fixture->alice, fixture->keeper, fixture->superuser };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (sessions); j++)
        {
          g_autofree char *statement = NULL;
          g_autofree char *refusal = NULL;

          statement = g_strdup_printf ("%s UPDATE model_config_history SET %s WHERE id = " LIVE,
                                       j == 0 ? AS (SUPPORT_ALICE) : "", changes[i][1]);
          refusal = g_strdup_printf ("55000 Column %s", changes[i][0]);
          assert_refused (sessions[j], refusal, statement);
        }
    }

  assert_refused (fixture->alice, "55000", AS (SUPPORT_ALICE) "DELETE FROM model_config_history WHERE id = " LIVE);
  assert_refused (fixture->superuser, "55000", "DELETE FROM model_config_history WHERE id = " LIVE);

  /* A column that is given its own value again is no change. */
  support_sql_run (fixture->alice, AS (SUPPORT_ALICE) "UPDATE model_config_history"
                                                      " SET config_data = config_data::text::jsonb, notes = 'n'"
                                                      " WHERE id = " LIVE "; COMMIT");
}

/* Another trigger, which comes before the guard. */
static void
test_immutable_by_trigger (Fixture      *fixture,
                           gconstpointer data)
{
  support_sql_run (fixture->superuser,
                   "CREATE FUNCTION touch () RETURNS trigger LANGUAGE plpgsql AS"
                   " $$ BEGIN NEW.config_data := '{}'; RETURN NEW; END $$;"
                   "CREATE TRIGGER touch BEFORE UPDATE ON model_config_history"
                   "  FOR EACH ROW EXECUTE FUNCTION touch ()");
  assert_refused (fixture->superuser, "55000 Column config_data",
                  "UPDATE model_config_history SET notes = 'x' WHERE id = " LIVE);
  support_sql_run (fixture->superuser, "DROP FUNCTION touch CASCADE");
}

static void
test_truncate (Fixture      *fixture,
               gconstpointer data)
{
  assert_refused (fixture->alice, "42501", AS (SUPPORT_ALICE) "TRUNCATE model_config_history");
  assert_refused (fixture->keeper, "55000", "TRUNCATE model_config_history");
  assert_refused (fixture->superuser, "55000", "TRUNCATE profiles CASCADE");
  assert_refused (fixture->superuser, "55000",
                  "BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE model_config_history");
  g_assert_cmpint (support_sql_query_int (fixture->superuser,
                                          "SELECT count(*) FROM information_schema.table_privileges"
                                          " WHERE table_name = 'model_config_history' AND grantee <> '" SUPPORT_KEEPER "'"
                                          "   AND privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')"),
                   ==, 0);
}

static void
test_one_active (Fixture      *fixture,
                 gconstpointer data)
{
  assert_refused (fixture->alice, "23505",
                  AS (SUPPORT_ALICE) "UPDATE model_config_history SET is_active = true WHERE id = " OLD);
  assert_refused (fixture->superuser, "23505",
                  "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                  " VALUES ('sdxl', 'n', '{}', true)");
}

static void
test_stamps (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *stamped = NULL;
  g_autofree char *in_order = NULL;

  support_sql_run (fixture->alice,
                   AS (SUPPORT_ALICE) "INSERT INTO model_config_history (id, model_type, config_name, config_data, is_active, created_at)"
                                      " VALUES ('00000000-0000-4000-9000-000000000001', 'stamp', 'a', '{}', NULL, '1999-01-01'),"
                                      "        ('00000000-0000-4000-9000-000000000002', 'stamp', 'b', '{}', false, 'infinity');"
                                      "COMMIT");
  stamped = support_sql_query (fixture->superuser,
                               "SELECT bool_and(created_by = '" SUPPORT_ALICE "' AND is_active = false"
                               "  AND created_at BETWEEN now() - interval '1 minute' AND now())"
                               "  FROM model_config_history WHERE model_type = 'stamp'");
  g_assert_cmpstr (stamped, ==, "t");
  in_order = support_sql_query (fixture->superuser,
                                "SELECT string_agg(config_name, ' ' ORDER BY created_at) || count(DISTINCT created_at)"
                                "  FROM model_config_history WHERE model_type = 'stamp'");
  g_assert_cmpstr (in_order, ==, "a b2");

  assert_refused (fixture->alice, "42501 created_by",
                  AS (SUPPORT_ALICE) "INSERT INTO model_config_history (model_type, config_name, config_data, created_by)"
                                     " VALUES ('stamp', 'c', '{}', '" SUPPORT_BOB "')");

  /* Whoever signs in as nobody is believed: the trail has the login. */
  support_sql_run (fixture->keeper,
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_by)"
                   " VALUES ('stamp', 'd', '{}', '" SUPPORT_BOB "')");
}

static void
test_audit (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  static const char *const expected[] = {
    "create|" SUPPORT_ALICE "|alice|authenticated|" SUPPORT_ALICE "|",
    "annotate|" SUPPORT_ALICE "|alice|authenticated||[null, \"why\"]",
    "deactivate|" SUPPORT_ALICE "|alice|authenticated||",
    "activate||" SUPPORT_KEEPER "|||",
  };
  g_autofree char *is_hash = NULL;

  support_sql_run (fixture->alice,
                   AS (SUPPORT_ALICE) "INSERT INTO model_config_history (id, model_type, config_name, config_data)"
                                      " VALUES ('00000000-0000-4000-9000-000000000001', 'sdxl', 'a', '{\"a\": 1.10}');"
                                      "UPDATE model_config_history SET notes = 'why' WHERE config_name = 'a' AND model_type = 'sdxl';"
                                      "UPDATE model_config_history SET is_active = false WHERE id = " LIVE ";"
                                      "COMMIT");
  support_sql_run (fixture->keeper, "UPDATE model_config_history SET is_active = true WHERE config_name = 'a'");

  rows = support_sql_list (fixture->superuser,
                           "SELECT action, claimed_by, login, acting_role, detail ->> 'created_by',"
                           "       CASE WHEN action = 'annotate' THEN detail ->> 'notes' END"
                           "  FROM model_config_audit WHERE action NOT IN ('begin', 'observe') ORDER BY audit_id");
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpstr (g_ptr_array_index (rows, i), ==, expected[i]);

  is_hash = support_sql_query (fixture->superuser,
                               "SELECT detail ->> 'sha256' = encode(sha256('{\"a\": 1.10}'), 'hex')"
                               "  FROM model_config_audit WHERE action = 'create'");
  g_assert_cmpstr (is_hash, ==, "t");

  /* What was active when it began. */
  g_assert_cmpint (support_sql_query_int (fixture->superuser,
                                          "SELECT count(*) FROM model_config_audit WHERE action = 'observe'"),
                   ==,
                   support_sql_query_int (fixture->superuser,
                                          "SELECT count(*) FROM kept.versions WHERE is_active") -
                     1);
}

static void
test_audit_is_kept (Fixture      *fixture,
                    gconstpointer data)
{
  assert_refused (fixture->alice, "42501", AS (SUPPORT_ALICE) "INSERT INTO model_config_audit (action, login) VALUES ('end', 'x')");
  assert_refused (fixture->alice, "42501", AS (SUPPORT_ALICE) "UPDATE model_config_audit SET login = 'x'");
  assert_refused (fixture->alice, "42501", AS (SUPPORT_ALICE) "DELETE FROM model_config_audit");
  assert_refused (fixture->keeper, "55000", "UPDATE model_config_audit SET login = 'x'");
  assert_refused (fixture->superuser, "55000", "DELETE FROM model_config_audit");
  assert_refused (fixture->superuser, "55000",
                  "BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE model_config_audit");

  /* Nor can anybody write to it with a table of their own. */
  assert_refused (fixture->alice, "42501",
                  "CREATE TEMP TABLE model_config_history (LIKE public.model_config_history);"
                  "CREATE TRIGGER t AFTER INSERT ON pg_temp.model_config_history"
                  "  FOR EACH ROW EXECUTE FUNCTION public.model_config_guard_audit()");
}

/* What a hosted database grants by default, which would let anybody number the entries anew: then no version
 * could be written any more. */
static void
test_audit_numbers (Fixture      *fixture,
                    gconstpointer data)
{
  support_sql_run (fixture->superuser,
                   "ALTER DEFAULT PRIVILEGES FOR ROLE " SUPPORT_KEEPER
                   " GRANT ALL ON SEQUENCES TO PUBLIC, authenticated");
  support_guards_run (fixture->keeper, "guards");
  support_sql_run (fixture->superuser,
                   "ALTER DEFAULT PRIVILEGES FOR ROLE " SUPPORT_KEEPER
                   " REVOKE ALL ON SEQUENCES FROM PUBLIC, authenticated");
  assert_refused (fixture->alice, "42501",
                  AS (SUPPORT_ALICE) "SELECT setval (pg_get_serial_sequence ('model_config_audit', 'audit_id'), 1)");
  support_sql_run (fixture->alice, AS (SUPPORT_ALICE) "UPDATE model_config_history SET notes = 'x' WHERE id = " LIVE "; COMMIT");
}

/* Whoever was given a right may have given it on. */
static void
test_truncate_given_on (Fixture      *fixture,
                        gconstpointer data)
{
  support_sql_run (fixture->superuser,
                   "GRANT TRUNCATE ON model_config_history TO service_role WITH GRANT OPTION;"
                   "BEGIN; SET LOCAL ROLE service_role; GRANT TRUNCATE ON model_config_history TO anon; COMMIT");
  support_guards_run (fixture->keeper, "guards");
  g_assert_cmpint (support_sql_query_int (fixture->superuser,
                                          "SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a"
                                          " WHERE c.oid = 'model_config_history'::regclass"
                                          "   AND a.privilege_type = 'TRUNCATE' AND a.grantee <> c.relowner"),
                   ==, 0);
}

static void
test_audit_readers (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *for_admin = NULL;
  g_autofree char *for_other = NULL;

  support_sql_run (fixture->alice, AS (SUPPORT_ALICE));
  for_admin = support_sql_query (fixture->alice, "SELECT count(*) > 0 FROM model_config_audit");
  support_sql_run (fixture->alice, "ROLLBACK");
  g_assert_cmpstr (for_admin, ==, "t");

  support_sql_run (fixture->alice, AS (SUPPORT_DAVE));
  for_other = support_sql_query (fixture->alice, "SELECT count(*) > 0 FROM model_config_audit");
  support_sql_run (fixture->alice, "ROLLBACK");
  g_assert_cmpstr (for_other, ==, "f");
}

/* What is there and breaks a rule is told, and left as it is. */
static void
test_violations (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *warnings = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  support_sql_run (fixture->superuser,
                   "UPDATE model_config_history SET is_active = true WHERE id = " OLD ";"
                   "UPDATE model_config_history SET is_active = NULL WHERE model_type = 'flux' AND NOT is_active;"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " VALUES ('odd', 'n', '1', NULL), ('odd', 'n', '1', '-infinity'), ('odd', 'n', '1', '3000-01-01')");
  before = support_sql_query (fixture->superuser, "SELECT md5(string_agg(h::text, ' ' ORDER BY id)) FROM model_config_history h");
  g_free (support_sql_take_warnings (fixture->keeper));
  support_guards_run (fixture->keeper, "guards");
  warnings = support_sql_take_warnings (fixture->keeper);
  g_test_message ("%s", warnings);
  g_assert_nonnull (strstr (warnings, "sdxl (2 active)"));
  g_assert_nonnull (strstr (warnings, "1 without created_at, 1 at infinity, 1 in the future"));
  after = support_sql_query (fixture->superuser, "SELECT md5(string_agg(h::text, ' ' ORDER BY id)) FROM model_config_history h");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (support_sql_query_int (fixture->superuser, "SELECT count(*) FROM pg_class WHERE relname = 'model_config_history_one_active'"), ==, 0);

  /* Once one is active, the next run makes the index. */
  support_sql_run (fixture->superuser, "UPDATE model_config_history SET is_active = false WHERE id = " OLD);
  support_guards_run (fixture->keeper, "guards");
  g_assert_cmpint (support_sql_query_int (fixture->superuser, "SELECT count(*) FROM pg_class WHERE relname = 'model_config_history_one_active'"), ==, 1);
}

/* A time in the future is not followed, and a clock that was set back a little does not spoil the order. */
static void
test_clock (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *order = NULL;

  support_sql_run (fixture->superuser,
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " VALUES ('late', 'future', '1', '3000-01-01'), ('back', 'soon', '1', clock_timestamp() + interval '30 seconds')");
  support_guards_run (fixture->keeper, "guards");
  support_sql_run (fixture->keeper,
                   "INSERT INTO model_config_history (model_type, config_name, config_data)"
                   " VALUES ('late', 'now', '1'), ('back', 'then', '1')");
  order = support_sql_query (fixture->superuser,
                             "SELECT string_agg(config_name, ' ' ORDER BY model_type, created_at)"
                             "  FROM model_config_history WHERE model_type IN ('late', 'back')");
  g_assert_cmpstr (order, ==, "soon then now future");
}

static void
test_uninstall (Fixture      *fixture,
                gconstpointer data)
{
  g_autofree char *actions = NULL;

  support_guards_run (fixture->keeper, "auto-demote");
  support_guards_run (fixture->keeper, "bind-identity");
  support_guards_run (fixture->keeper, "guards-uninstall");
  support_guards_run (fixture->keeper, "guards-uninstall");

  g_assert_cmpint (support_sql_query_int (fixture->superuser,
                                          "SELECT count(*) FROM pg_trigger"
                                          " WHERE tgrelid = 'model_config_history'::regclass AND NOT tgisinternal"),
                   ==, 0);
  g_assert_cmpint (support_sql_query_int (fixture->superuser,
                                          "SELECT count(*) FROM pg_class WHERE relname LIKE 'model\\_config\\_guard%%'"),
                   ==, 0);
  support_sql_run (fixture->superuser, "UPDATE model_config_history SET config_name = 'x' WHERE id = " LIVE);

  /* The trail stays, and can be gone on with. */
  assert_refused (fixture->keeper, "55000", "DELETE FROM model_config_audit");
  support_guards_run (fixture->keeper, "guards");
  actions = support_sql_query (fixture->superuser,
                               "SELECT string_agg(action, ' ' ORDER BY audit_id) FROM model_config_audit"
                               " WHERE config_id IS NULL");
  g_assert_cmpstr (actions, ==, "begin end begin");
}

static void
test_not_the_owner (Fixture      *fixture,
                    gconstpointer data)
{
  static const char *const names[] = { "guards", "auto-demote", "bind-identity", "guards-uninstall" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", names[i]);
      g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));

      assert_refused (fixture->alice, "42501 Only keeper", text);
    }
}

/* A table of another schema, in a database without auth.uid() and has_role(). */
static void
test_other_schema (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (SupportSql) owner = NULL;
  g_autoptr (BackstayDbConfig) config = NULL;
  g_autofree char *user = NULL;
  g_autofree char *trail = NULL;

  support_sql_run (fixture->superuser, "CREATE DATABASE plain");
  user = support_sql_query (fixture->superuser, "SELECT current_user");
  config = support_server_dup_config_for (user, "plain");
  owner = support_sql_new (config);
  support_sql_run (owner,
                   "CREATE SCHEMA \"My models\"; SET search_path = \"My models\";"
                   "CREATE TABLE model_config_history ("
                   "  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), model_type varchar(20) NOT NULL,"
                   "  config_name varchar(100) NOT NULL, config_data jsonb NOT NULL, is_active boolean DEFAULT false,"
                   "  created_by uuid, created_at timestamptz DEFAULT now(), notes text)");
  support_guards_run (owner, "guards");
  support_guards_run (owner, "guards");
  support_guards_run (owner, "auto-demote");
  support_sql_run (owner,
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                   " VALUES ('t', 'a', '1', true);"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active)"
                   " VALUES ('t', 'b', '1', true)");
  trail = support_sql_query (owner, "SELECT string_agg(concat_ws(' ', action, config_name), ', ' ORDER BY audit_id)"
                                    "  FROM \"My models\".model_config_audit");
  g_assert_cmpstr (trail, ==, "begin, create a, activate a, deactivate a, create b, activate b");
  assert_refused (owner, "55000 Column config_name", "UPDATE model_config_history SET config_name = 'x'");
  support_guards_run (owner, "guards-uninstall");
  g_clear_pointer (&owner, support_sql_free);
  support_sql_run (fixture->superuser, "DROP DATABASE plain");
}

/* A superuser may replace anybody's function, which stays theirs. */
static void
test_made_by_somebody_else (Fixture      *fixture,
                            gconstpointer data)
{
  static const char *const traps[][2] = {
    { "CREATE TABLE model_config_audit (audit_id bigint, at timestamptz, action text)", "guards" },
    { "CREATE FUNCTION model_config_guard_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$", "guards" },
    { "CREATE FUNCTION model_config_guard_demote() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
      "auto-demote" },
    { "CREATE FUNCTION model_config_guard_may_be(uuid) RETURNS boolean LANGUAGE sql AS 'SELECT true'", "bind-identity" },
    { "CREATE TABLE model_config_guard_login (login name PRIMARY KEY, user_id uuid)", "bind-identity" },
  };

  support_sql_run (fixture->superuser, "ALTER TABLE model_config_history OWNER TO CURRENT_USER;"
                                       "CREATE ROLE mallory; GRANT CREATE ON SCHEMA public TO mallory");

  for (guint i = 0; i < G_N_ELEMENTS (traps); i++)
    {
      g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s.sql", traps[i][1]);
      g_autoptr (GBytes) script = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      g_autofree char *text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));

      if (strcmp (traps[i][1], "auto-demote") == 0)
        support_guards_run (fixture->superuser, "guards");
      support_sql_run (fixture->superuser, "SET ROLE mallory; %s; RESET ROLE", traps[i][0]);
      assert_refused (fixture->superuser, "55000 Somebody else", text);
      support_sql_run (fixture->superuser, "DROP OWNED BY mallory; GRANT CREATE ON SCHEMA public TO mallory");
    }

  support_guards_run (fixture->superuser, "guards-uninstall");
  support_sql_run (fixture->superuser, "DROP OWNED BY mallory; DROP ROLE mallory;"
                                       "ALTER TABLE model_config_history OWNER TO " SUPPORT_KEEPER);
}

static void
test_auto_demote (Fixture      *fixture,
                  gconstpointer data)
{
  g_autofree char *trail = NULL;

  support_guards_run (fixture->keeper, "auto-demote");
  support_guards_run (fixture->keeper, "auto-demote");
  support_sql_run (fixture->alice,
                   AS (SUPPORT_ALICE) "UPDATE model_config_history SET is_active = true WHERE id = " OLD "; COMMIT");
  g_assert_cmpint (support_sql_query_int (fixture->superuser, "SELECT count(*) FROM model_config_history"
                                                              " WHERE model_type = 'sdxl' AND is_active"
                                                              "   AND config_name = 'SDXL Production Config v2.0.5'"),
                   ==, 1);
  trail = support_sql_query (fixture->superuser,
                             "SELECT string_agg(concat_ws(' ', action, claimed_by, login), ', ' ORDER BY audit_id)"
                             "  FROM model_config_audit WHERE action LIKE '%%activate'");
  g_assert_cmpstr (trail, ==, "deactivate " SUPPORT_ALICE " alice, activate " SUPPORT_ALICE " alice");
}

/* An INSERT that inserts nothing turns nothing off. */
static void
test_auto_demote_conflict (Fixture      *fixture,
                           gconstpointer data)
{
  static const char insert[] =
    "INSERT INTO model_config_history (id, model_type, config_name, config_data, is_active)"
    " SELECT id, model_type, config_name, config_data, true FROM model_config_history WHERE id = " OLD;
  static const char live[] =
    "SELECT string_agg(config_name, ', ') FROM model_config_history WHERE model_type = 'sdxl' AND is_active";
  g_autofree char *before = support_sql_query (fixture->superuser, live);
  g_autofree char *ignored = NULL;
  g_autofree char *annotated = NULL;
  g_autofree char *activated = NULL;

  support_guards_run (fixture->keeper, "auto-demote");
  support_sql_run (fixture->alice, AS (SUPPORT_ALICE) "%s ON CONFLICT DO NOTHING; COMMIT", insert);
  ignored = support_sql_query (fixture->superuser, live);
  g_assert_cmpstr (ignored, ==, before);

  support_sql_run (fixture->alice, AS (SUPPORT_ALICE) "%s ON CONFLICT (id) DO UPDATE SET notes = 'again'; COMMIT", insert);
  annotated = support_sql_query (fixture->superuser, live);
  g_assert_cmpstr (annotated, ==, before);

  support_sql_run (fixture->alice,
                   AS (SUPPORT_ALICE) "%s ON CONFLICT (id) DO UPDATE SET is_active = excluded.is_active; COMMIT", insert);
  activated = support_sql_query (fixture->superuser, live);
  g_assert_cmpstr (activated, ==, "SDXL Production Config v2.0.5");
}

static gint64
count_seen (SupportSql *sql,
            const char *become)
{
  gint64 n;

  support_sql_run (sql, "%s", become);
  n = support_sql_query_int (sql, "SELECT count(*) FROM model_config_history");
  support_sql_run (sql, "ROLLBACK");

  return n;
}

static void
test_bind_identity (Fixture      *fixture,
                    gconstpointer data)
{
  /* Without it whoever may become "authenticated" is whom they say they are. */
  g_assert_cmpint (count_seen (fixture->alice, AS (SUPPORT_BOB)), >, 0);

  support_guards_run (fixture->keeper, "bind-identity");
  support_guards_run (fixture->keeper, "bind-identity");
  g_assert_cmpint (count_seen (fixture->alice, AS (SUPPORT_ALICE)), ==, 0);
  support_sql_run (fixture->keeper, "INSERT INTO model_config_guard_login VALUES ('alice', '" SUPPORT_ALICE "')");
  g_assert_cmpint (count_seen (fixture->alice, AS (SUPPORT_ALICE)), >, 0);
  g_assert_cmpint (count_seen (fixture->alice, AS (SUPPORT_BOB)), ==, 0);
  assert_refused (fixture->alice, "42501",
                  AS (SUPPORT_BOB) "INSERT INTO model_config_history (model_type, config_name, config_data)"
                                   " VALUES ('sdxl', 'n', '1')");
  assert_refused (fixture->alice, "42501", AS (SUPPORT_ALICE) "SELECT * FROM model_config_guard_login");

  /* Whom the policies do not bind is not bound by this one. */
  g_assert_cmpint (count_seen (fixture->keeper, AS (SUPPORT_BOB)), >, 0);
  g_assert_cmpint (count_seen (fixture->superuser, AS (SUPPORT_BOB)), >, 0);

  /* A gateway brings anybody. */
  support_sql_run (fixture->keeper, "UPDATE model_config_guard_login SET user_id = NULL");
  g_assert_cmpint (count_seen (fixture->alice, AS (SUPPORT_BOB)), >, 0);
  g_assert_cmpint (count_seen (fixture->alice, AS (SUPPORT_DAVE)), ==, 0);
}

/* Two clients that know nothing of each other: the second one's statement waits for the first one's
 * transaction, and does not stop for ever. */
static void
test_serialized (Fixture      *fixture,
                 gconstpointer data)
{
  support_sql_run (fixture->keeper, "BEGIN; UPDATE model_config_history SET notes = 'x' WHERE model_type = 'flux'");
  assert_refused (fixture->alice, "55P03",
                  AS (SUPPORT_ALICE) "SET LOCAL lock_timeout = '100ms';"
                                     "UPDATE model_config_history SET notes = 'y' WHERE model_type = 'wan'");
  support_sql_run (fixture->keeper, "ROLLBACK");
  support_sql_run (fixture->alice,
                   AS (SUPPORT_ALICE) "UPDATE model_config_history SET notes = 'y' WHERE model_type = 'wan'; ROLLBACK");
}

/* Guards that a table cannot have are not installed, rather than nobody being able to write any more. */
static void
test_other_columns (Fixture      *fixture,
                    gconstpointer data)
{
  g_autofree char *script = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (BACKSTAY_RESOURCE_PATH "/sql/guards.sql",
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  script = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  support_sql_run (fixture->superuser, "ALTER TABLE model_config_history RENAME notes TO remarks");
  assert_refused (fixture->keeper, "42703 The guards need columns", script);
  support_sql_run (fixture->superuser, "ALTER TABLE model_config_history RENAME remarks TO notes");

  /* A wider column is none of their business. */
  support_sql_run (fixture->superuser, "ALTER TABLE model_config_history ALTER model_type TYPE text");
  support_guards_run (fixture->keeper, "guards");
  support_sql_run (fixture->keeper, "BEGIN; INSERT INTO model_config_history (model_type, config_name, config_data)"
                                    " VALUES ('a model type of more than twenty letters', 'n', '1'); ROLLBACK");
  support_sql_run (fixture->superuser, "ALTER TABLE model_config_history ALTER model_type TYPE varchar(20)");
}

#define add_test(path, set_up, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/guards/install-twice", set_up, test_install_twice);
  add_test ("/guards/leaves-the-rest-alone", set_up_without, test_leaves_the_rest_alone);
  add_test ("/guards/immutable", set_up, test_immutable);
  add_test ("/guards/immutable-by-trigger", set_up, test_immutable_by_trigger);
  add_test ("/guards/truncate", set_up, test_truncate);
  add_test ("/guards/truncate-given-on", set_up_without, test_truncate_given_on);
  add_test ("/guards/one-active", set_up, test_one_active);
  add_test ("/guards/stamps", set_up, test_stamps);
  add_test ("/guards/audit", set_up, test_audit);
  add_test ("/guards/audit-is-kept", set_up, test_audit_is_kept);
  add_test ("/guards/audit-numbers", set_up_without, test_audit_numbers);
  add_test ("/guards/audit-readers", set_up, test_audit_readers);
  add_test ("/guards/violations", set_up_without, test_violations);
  add_test ("/guards/clock", set_up_without, test_clock);
  add_test ("/guards/uninstall", set_up, test_uninstall);
  add_test ("/guards/not-the-owner", set_up, test_not_the_owner);
  add_test ("/guards/other-schema", set_up, test_other_schema);
  add_test ("/guards/made-by-somebody-else", set_up_without, test_made_by_somebody_else);
  add_test ("/guards/auto-demote", set_up, test_auto_demote);
  add_test ("/guards/auto-demote-conflict", set_up, test_auto_demote_conflict);
  add_test ("/guards/bind-identity", set_up, test_bind_identity);
  add_test ("/guards/serialized", set_up, test_serialized);
  add_test ("/guards/other-columns", set_up_without, test_other_columns);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
