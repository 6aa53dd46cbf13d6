/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-notes"

#include "config.h"

#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include "backstay-db-error.h"
#include "backstay-repository-notes.h"

#include <string.h>

#define NAME "SDXL Production Config v2.0.5"

typedef struct
{
  BackstayRepository *repository;
  char               *id;
  char               *notes;
} Fixture;

static void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  fixture->repository = support_repository_new_alice ();
  fixture->id = support_repository_dup_id (NAME);
  fixture->notes = support_sql_query (support_server_get_sql (),
                                      "SELECT notes FROM model_config_history WHERE id = '%s'", fixture->id);
}

static void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  g_clear_object (&fixture->repository);
  g_clear_pointer (&fixture->id, g_free);
  g_clear_pointer (&fixture->notes, g_free);
  support_server_restore ();
}

static gboolean
edit (Fixture    *fixture,
      const char *old_notes,
      const char *new_notes,
      char      **current,
      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_edit_notes_async (fixture->repository, fixture->id, old_notes, new_notes, NULL,
                                        support_keep_result_cb, &result);
  support_wait_for_result (&result);

  return backstay_repository_edit_notes_finish (fixture->repository, result, current, error);
}

static void
assert_notes (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *notes = support_sql_query (support_server_get_sql (),
                                              "SELECT notes FROM model_config_history WHERE id = '%s'",
                                              fixture->id);

  g_assert_cmpstr (notes, ==, expected);
}

/* All but the notes of the one version stays as it is. */
static void
test_edited (Fixture      *fixture,
             gconstpointer data)
{
  static const char *const texts[] = { "why", "it's\n\"quoted\" \\ 100% $1 :'x'", "Ünï 🚀", NULL, "", "again" };
  SupportSql              *sql = support_server_get_sql ();
  g_autofree char         *old = g_strdup (fixture->notes);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *current = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (edit (fixture, old, texts[i], &current, &error));
      g_assert_no_error (error);
      g_assert_null (current);
      assert_notes (fixture, texts[i] != NULL && texts[i][0] != '\0' ? texts[i] : NULL);
      g_free (old);
      old = g_strdup (texts[i]);
    }

  g_assert_cmpint (support_sql_query_int (sql,
                                          "SELECT count(*) FROM model_config_history n JOIN kept.versions k USING (id)"
                                          " WHERE n::text <> k::text AND n.id <> '%s'",
                                          fixture->id),
                   ==, 0);
  g_assert_cmpint (support_sql_query_int (sql,
                                          "SELECT count(*) FROM model_config_history n JOIN kept.versions k USING (id)"
                                          " WHERE (n.config_data::text, n.is_active, n.created_at, n.created_by)"
                                          "       IS NOT DISTINCT FROM"
                                          "       (k.config_data::text, k.is_active, k.created_at, k.created_by)"
                                          "   AND n.id = '%s'",
                                          fixture->id),
                   ==, 1);
}

static void
assert_refused (Fixture        *fixture,
                BackstayDbError code,
                const char     *expected_current)
{
  g_autofree char *before = support_repository_dup_checksum ();
  g_autofree char *after = NULL;
  g_autofree char *current = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (edit (fixture, fixture->notes, "mine", &current, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, BACKSTAY_DB_ERROR, (int) code);
  g_assert_cmpstr (current, ==, expected_current);
  after = support_repository_dup_checksum ();
  g_assert_cmpstr (after, ==, before);
}

/* Somebody else was faster, by whatever way. */
static void
test_conflict (Fixture      *fixture,
               gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql, "UPDATE model_config_history SET notes = 'theirs' WHERE id = '%s'", fixture->id);
  assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT, "theirs");
  support_sql_run (sql, "UPDATE model_config_history SET notes = NULL WHERE id = '%s'", fixture->id);
  assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT, "");
  support_sql_run (sql, "DELETE FROM model_config_history WHERE id = '%s'", fixture->id);
  assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT, NULL);
}

/* Somebody else commits while the edit waits for the row. */
static void
test_race (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (SupportSql) other = support_sql_new (support_server_get_config ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *current = NULL;
  g_autoptr (GError) error = NULL;

  support_sql_run (other, "BEGIN; UPDATE model_config_history SET notes = 'theirs' WHERE id = '%s'", fixture->id);
  backstay_repository_edit_notes_async (fixture->repository, fixture->id, fixture->notes, "mine", NULL,
                                        support_keep_result_cb, &result);
  support_sql_wait (support_server_get_sql (),
                    "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
  support_sql_run (other, "COMMIT");
  support_wait_for_result (&result);
  g_assert_false (backstay_repository_edit_notes_finish (fixture->repository, result, &current, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  g_assert_cmpstr (current, ==, "theirs");
  assert_notes (fixture, "theirs");
}

/* The server's ways to say no: a policy, a trigger, a right, and a trigger that says nothing. */
static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();

  support_sql_run (sql,
                   "CREATE POLICY frozen ON model_config_history AS RESTRICTIVE FOR UPDATE TO public USING (false)");
  assert_refused (fixture, BACKSTAY_DB_ERROR_DENIED, NULL);
  support_sql_run (sql, "DROP POLICY frozen ON model_config_history");

  support_sql_run (sql,
                   "CREATE FUNCTION public.guard() RETURNS trigger LANGUAGE plpgsql AS"
                   " 'BEGIN RAISE EXCEPTION ''notes are for ever''; END';"
                   "CREATE TRIGGER guard BEFORE UPDATE ON model_config_history FOR EACH ROW EXECUTE FUNCTION public.guard()");
  assert_refused (fixture, BACKSTAY_DB_ERROR_SQL, NULL);
  support_sql_run (sql,
                   "CREATE OR REPLACE FUNCTION public.guard() RETURNS trigger LANGUAGE plpgsql AS"
                   " 'BEGIN NEW.notes := OLD.notes; RETURN NEW; END'");
  assert_refused (fixture, BACKSTAY_DB_ERROR_SQL, NULL);
  support_sql_run (sql, "DROP TRIGGER guard ON model_config_history; DROP FUNCTION public.guard()");

  support_sql_run (sql, "REVOKE UPDATE ON model_config_history FROM authenticated");
  assert_refused (fixture, BACKSTAY_DB_ERROR_DENIED, NULL);
  support_sql_run (sql, "GRANT UPDATE ON model_config_history TO authenticated");

  support_sql_run (sql, "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'");
  assert_refused (fixture, BACKSTAY_DB_ERROR_CONFLICT, NULL);
}

/* The connection breaks: before anything was done, or during the commit, which is then found out. */
static void
test_lost (Fixture      *fixture,
           gconstpointer data)
{
  static const struct
  {
    guint        round_trip;
    SupportFault fault;
    gboolean     is_done;
  } faults[] = {
    { 1, SUPPORT_FAULT_CUT_BEFORE, FALSE },
    { 1, SUPPORT_FAULT_CUT_AFTER, FALSE },
    { 2, SUPPORT_FAULT_CUT_BEFORE, TRUE },
    { 2, SUPPORT_FAULT_CUT_AFTER, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (SupportProxy) proxy = support_proxy_new ();
      g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
      g_autoptr (BackstayAccess) access = NULL;
      g_autofree char *before = NULL;
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autofree char *current = NULL;
      g_autoptr (GError) error = NULL;

      before = support_sql_query (support_server_get_sql (),
                                  "SELECT notes FROM model_config_history WHERE id = '%s'", fixture->id);
      g_clear_object (&fixture->repository);
      fixture->repository = support_repository_new (config, SUPPORT_ALICE);
      access = support_repository_find_access (fixture->repository, &error);
      g_assert_no_error (error);

      support_proxy_arm (proxy, faults[i].round_trip, faults[i].fault);
      g_assert_true (edit (fixture, before, text, &current, &error) == faults[i].is_done);
      g_assert_true (support_proxy_has_fired (proxy));

      if (!faults[i].is_done)
        g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST);
      assert_notes (fixture, faults[i].is_done ? text : before);
      g_clear_object (&fixture->repository);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/repository-notes/edited", Fixture, NULL, fixture_set_up, test_edited, fixture_tear_down);
  g_test_add ("/repository-notes/conflict", Fixture, NULL, fixture_set_up, test_conflict, fixture_tear_down);
  g_test_add ("/repository-notes/race", Fixture, NULL, fixture_set_up, test_race, fixture_tear_down);
  g_test_add ("/repository-notes/refused", Fixture, NULL, fixture_set_up, test_refused, fixture_tear_down);
  g_test_add ("/repository-notes/lost", Fixture, NULL, fixture_set_up, test_lost, fixture_tear_down);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
