/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-inspect"

#include "config.h"

#include "backstay-inspection.h"
#include "backstay-repository-inspect.h"
#include "support-guards.h"
#include "support-repository.h"
#include "support-wait.h"

#include <string.h>

typedef struct
{
  SupportSql         *keeper;
  BackstayRepository *repository; /* As the table's owner. */
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for (SUPPORT_KEEPER, "backstay");

  fixture->keeper = support_guards_new_keeper ();
  fixture->repository = support_repository_new (config, NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->repository);
  support_sql_free (fixture->keeper);
  support_guards_restore ();
}

static GPtrArray *
inspect (BackstayRepository *repository)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *findings;

  backstay_repository_inspect_async (repository, NULL, support_keep_result_cb, &result);
  findings = backstay_repository_inspect_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return findings;
}

static BackstayFinding *
find (GPtrArray  *findings,
      const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (strcmp (backstay_finding_get_id (g_ptr_array_index (findings, i)), id) == 0)
        return g_ptr_array_index (findings, i);
    }

  g_error ("Nothing is said of %s", id);
}

static gboolean
apply (BackstayRepository *repository,
       const char         *id,
       GError            **error)
{
  g_autoptr (GPtrArray) findings = inspect (repository);
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_apply_fix_async (repository, find (findings, id), NULL, support_keep_result_cb, &result);

  return backstay_repository_apply_fix_finish (repository, support_wait_for_result (&result), error);
}

static void
assert_state (BackstayRepository  *repository,
              const char          *id,
              BackstayFindingState state)
{
  g_autoptr (GPtrArray) findings = inspect (repository);
  BackstayFinding *finding = find (findings, id);

  g_test_message ("%s: %s. %s", id, backstay_finding_get_state_label (finding), backstay_finding_get_found (finding));
  g_assert_cmpint (backstay_finding_get_state (finding), ==, state);
}

/* What data/sql/schema.sql makes is what the document says, but for a right that a hosted database
 * grants; and so any login sees it. */
static void
test_schema (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("nobody_at_all", "backstay");
  g_autoptr (BackstayRepository) nobody = NULL;
  BackstayRepository *repositories[2] = { fixture->repository, NULL };

  support_sql_run (support_server_get_sql (), "CREATE ROLE nobody_at_all LOGIN");
  repositories[1] = nobody = support_repository_new (config, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (repositories); i++)
    {
      g_autoptr (GPtrArray) findings = inspect (repositories[i]);

      for (guint j = 0; j < findings->len; j++)
        {
          BackstayFinding     *finding = g_ptr_array_index (findings, j);
          const char          *id = backstay_finding_get_id (finding);
          BackstayFindingState expected = BACKSTAY_FINDING_PRESENT;

          g_test_message ("%s", id);
          if (backstay_finding_get_optional (finding))
            expected = BACKSTAY_FINDING_MISSING;
          else if (strcmp (id, "truncate") == 0)
            expected = BACKSTAY_FINDING_DIFFERENT;
          else if (i == 1 && strcmp (id, "uid") == 0)
            expected = BACKSTAY_FINDING_HIDDEN;
          else if (i == 1 && strcmp (id, "has-role") == 0)
            expected = BACKSTAY_FINDING_PRESENT;

          g_assert_cmpint (backstay_finding_get_state (finding), ==, expected);
          g_assert_true (i == 0 || !backstay_finding_get_can_apply (finding));
        }
    }
}

static void
test_guards (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const scripts[] = { "keep", "auto-demote", "bind-identity" };
  g_autoptr (GPtrArray) findings = NULL;

  /* Both kinds of one active version are resolved, so that all of it can be made. */
  support_sql_run (fixture->keeper, "UPDATE model_config_history h SET is_active = false WHERE is_active"
                                    "   AND EXISTS (SELECT FROM model_config_history n WHERE n.model_type = h.model_type"
                                    "                  AND n.is_active AND n.created_at > h.created_at)");

  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (apply (fixture->repository, scripts[i], &error));
      g_assert_no_error (error);
    }

  findings = inspect (fixture->repository);
  g_assert_cmpuint (backstay_inspection_count_problems (findings), ==, 0);

  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpint (backstay_finding_get_state (g_ptr_array_index (findings, i)), ==, BACKSTAY_FINDING_PRESENT);
}

/* One active version is the rule that the script leaves out while it is broken. */
static void
test_guards_on_duplicates (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (apply (fixture->repository, "one-active", &error));
  g_assert_no_error (error);
  assert_state (fixture->repository, "one-active", BACKSTAY_FINDING_MISSING);
  assert_state (fixture->repository, "keep", BACKSTAY_FINDING_PRESENT);
}

typedef struct
{
  const char          *sql;
  const char          *undo;
  const char          *id;
  BackstayFindingState state;
} Damage;

static const Damage damages[] = {
  { "ALTER TABLE model_config_history DISABLE TRIGGER zz_model_config_guard_keep", NULL, "keep", BACKSTAY_FINDING_DIFFERENT },
  { "CREATE OR REPLACE FUNCTION model_config_guard_keep() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NEW; END $$",
    NULL, "keep", BACKSTAY_FINDING_DIFFERENT },
  { "DROP TRIGGER zz_model_config_guard_truncate ON model_config_history", NULL, "keep", BACKSTAY_FINDING_DIFFERENT },
  { "DROP TRIGGER aa_model_config_guard_serialize ON model_config_history", NULL, "serialize", BACKSTAY_FINDING_MISSING },
  { "ALTER TABLE model_config_audit DISABLE TRIGGER ALL", NULL, "audit", BACKSTAY_FINDING_DIFFERENT },
  { "GRANT INSERT ON model_config_audit TO authenticated", NULL, "audit-rights", BACKSTAY_FINDING_DIFFERENT },
  { "GRANT UPDATE ON SEQUENCE model_config_audit_audit_id_seq TO authenticated", NULL, "audit-rights",
    BACKSTAY_FINDING_DIFFERENT },
  { "ALTER TABLE model_config_audit DISABLE ROW LEVEL SECURITY", NULL, "audit-rights", BACKSTAY_FINDING_DIFFERENT },
  { "DROP POLICY \"A login is who it is\" ON model_config_audit", NULL, "bind-identity", BACKSTAY_FINDING_DIFFERENT },
  { "DROP POLICY \"A login is who it is\" ON model_config_history", NULL, "bind-identity", BACKSTAY_FINDING_DIFFERENT },
  { "DROP INDEX idx_model_config_history_creator",
    "CREATE INDEX IF NOT EXISTS idx_model_config_history_creator ON model_config_history (created_by, created_at DESC)",
    "idx_model_config_history_creator", BACKSTAY_FINDING_MISSING },
  { "ALTER TABLE model_config_history DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE model_config_history ENABLE ROW LEVEL SECURITY", "row-security", BACKSTAY_FINDING_MISSING },
  { "ALTER POLICY \"Admin access to model config history\" ON model_config_history WITH CHECK (true)", NULL, "policy",
    BACKSTAY_FINDING_MISSING },
  { "DROP POLICY \"Admin access to model config history\" ON model_config_history", NULL, "policy", BACKSTAY_FINDING_MISSING },
  { "GRANT TRUNCATE ON model_config_history TO PUBLIC", NULL, "truncate", BACKSTAY_FINDING_DIFFERENT },
  { "ALTER FUNCTION has_role (uuid, app_role) RESET search_path",
    "ALTER FUNCTION has_role (uuid, app_role) SET search_path = ''", "has-role", BACKSTAY_FINDING_DIFFERENT },
  { "ALTER TABLE model_config_history ALTER COLUMN created_at DROP DEFAULT", NULL, "column-created_at", BACKSTAY_FINDING_DIFFERENT },
  { "ALTER TABLE model_config_history ALTER COLUMN config_name DROP NOT NULL", NULL, "column-config_name", BACKSTAY_FINDING_DIFFERENT },
};

/* Each is seen, and its own SQL mends it. */
static void
test_damages (Fixture      *fixture,
              gconstpointer data)
{
  SupportSql *superuser = support_server_get_sql ();
  g_autoptr (BackstayRepository) repository = support_repository_new (support_server_get_config (), NULL);

  support_guards_run (superuser, "guards");
  support_guards_run (superuser, "bind-identity");

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;

      support_sql_run (superuser, "%s", damages[i].sql);
      assert_state (repository, damages[i].id, damages[i].state);
      g_assert_true (apply (repository, damages[i].id, &error));
      g_assert_no_error (error);
      assert_state (repository, damages[i].id, BACKSTAY_FINDING_PRESENT);

      if (damages[i].undo != NULL)
        support_sql_run (superuser, "%s", damages[i].undo);
    }
}

/* That it can be fooled is true, and that it is mended, too. */
static void
test_has_role (Fixture      *fixture,
               gconstpointer data)
{
  static const char attack[] =
    "SET LOCAL ROLE authenticated;"
    "CREATE TEMP TABLE user_roles (user_id uuid, role app_role) ON COMMIT DROP;"
    "INSERT INTO user_roles VALUES ('" SUPPORT_DAVE "', 'admin')";
  SupportSql *superuser = support_server_get_sql ();
  g_autoptr (BackstayRepository) repository = support_repository_new (support_server_get_config (), NULL);
  g_autofree char         *body = support_sql_query (superuser, "SELECT pg_get_functiondef('has_role(uuid, app_role)'::regprocedure)");
  static const char *const expected[] = { "t", "f" };

  /* As it is often written. */
  support_sql_run (superuser,
                   "CREATE OR REPLACE FUNCTION has_role (_user_id uuid, _role app_role) RETURNS boolean"
                   " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public"
                   " AS $$ SELECT EXISTS (SELECT FROM user_roles WHERE user_id = _user_id AND role = _role) $$");

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *answer = NULL;
      g_autoptr (GError) error = NULL;

      support_sql_run (superuser, "BEGIN; %s", attack);
      answer = support_sql_query (superuser, "SELECT has_role('" SUPPORT_DAVE "', 'admin')");
      support_sql_run (superuser, "ROLLBACK");
      g_assert_cmpstr (answer, ==, expected[i]);
      assert_state (repository, "has-role", i == 0 ? BACKSTAY_FINDING_DIFFERENT : BACKSTAY_FINDING_PRESENT);

      if (i == 0)
        {
          g_assert_true (apply (repository, "has-role", &error));
          g_assert_no_error (error);
        }
    }

  support_sql_run (superuser, "%s", body);
}

/* Who is not the owner is told so, and nothing is changed. */
static void
test_apply_refused (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("meddler", "backstay");
  g_autoptr (BackstayRepository) meddler = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (support_server_get_sql (), "CREATE ROLE meddler LOGIN IN ROLE authenticated");
  meddler = support_repository_new (config, SUPPORT_ALICE);
  g_assert_false (apply (meddler, "keep", &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED);
  g_assert_nonnull (strstr (error->message, SUPPORT_KEEPER));
  assert_state (meddler, "keep", BACKSTAY_FINDING_MISSING);
}

/* A writer is waited for, but not for ever, and then nothing of the script is there. */
static void
test_apply_busy (Fixture      *fixture,
                 gconstpointer data)
{
  SupportSql *superuser = support_server_get_sql ();
  g_autoptr (GError) error = NULL;

  support_sql_run (superuser, "BEGIN; UPDATE model_config_history SET notes = 'x'");
  g_assert_false (apply (fixture->repository, "keep", &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_BUSY);
  support_sql_run (superuser, "ROLLBACK");
  assert_state (fixture->repository, "audit", BACKSTAY_FINDING_MISSING);
}

#define add_test(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/inspect/schema", test_schema);
  add_test ("/inspect/guards", test_guards);
  add_test ("/inspect/guards-on-duplicates", test_guards_on_duplicates);
  add_test ("/inspect/damages", test_damages);
  add_test ("/inspect/has-role", test_has_role);
  add_test ("/inspect/apply-refused", test_apply_refused);
  add_test ("/inspect/apply-busy", test_apply_busy);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
