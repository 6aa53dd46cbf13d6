/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-guards-operations"

#include "config.h"

#include "backstay-repository-notes.h"
#include "backstay-repository-transfer.h"
#include "backstay-watcher.h"
#include "support-guards.h"
#include "support-repository.h"
#include "support-wait.h"

#include <glib/gstdio.h>

/* All that Backstay does, on a server with guards. */

#define GOOD "SDXL Production Config v2.0.5"

typedef struct
{
  SupportSql         *keeper;
  BackstayRepository *alice;
  char               *good_id;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  const char *addition = data;

  fixture->keeper = support_guards_new_keeper ();
  support_guards_run (fixture->keeper, "guards");
  if (addition != NULL)
    support_guards_run (fixture->keeper, addition);

  fixture->alice = support_repository_new_alice ();
  fixture->good_id = support_repository_dup_id (GOOD);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->alice);
  support_sql_free (fixture->keeper);
  g_free (fixture->good_id);
  support_guards_restore ();
}

/* What was done since the guards are there. */
static char *
dup_trail (Fixture *fixture)
{
  return support_sql_query (fixture->keeper,
                            "SELECT string_agg(concat(action, ' ', claimed_by = '" SUPPORT_ALICE "'), ', ' ORDER BY audit_id)"
                            "  FROM model_config_audit WHERE action NOT IN ('begin', 'observe')");
}

static void
assert_trail (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *trail = dup_trail (fixture);

  g_assert_cmpstr (trail, ==, expected);
}

static void
assert_active (const char *id)
{
  g_autofree char *active = support_sql_query (support_server_get_sql (),
                                               "SELECT string_agg(id::text, ' ') FROM model_config_history"
                                               " WHERE model_type = 'sdxl' AND is_active");

  g_assert_cmpstr (active, ==, id);
}

static void
test_roll_back (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (fixture->alice, fixture->good_id, "why");
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) rehearsed = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (BackstayRollbackOutcome) undone = NULL;

  rehearsed = support_repository_roll_back (fixture->alice, request, TRUE, &error);
  g_assert_no_error (error);
  assert_trail (fixture, NULL);

  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_active (backstay_rollback_request_get_new_id (request));
  assert_trail (fixture, "deactivate t, create t, activate t");

  undone = support_repository_undo (fixture->alice, outcome, &error);
  g_assert_no_error (error);
  assert_active (backstay_rollback_request_get_new_id (undone->request));
  assert_trail (fixture, "deactivate t, create t, activate t, deactivate t, create t, activate t");
}

/* Two are active, so that there is no unique index yet; the rollback turns both off. */
static void
test_roll_back_from_two (Fixture      *fixture,
                         gconstpointer data)
{
  g_autofree char *wan_id = support_sql_query (support_server_get_sql (),
                                               "SELECT id FROM model_config_history WHERE model_type = 'wan'"
                                               "   AND NOT is_active ORDER BY created_at DESC LIMIT 1");
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (fixture->alice, wan_id, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_deactivated, ==, 2);

  /* Now it can be made. */
  support_guards_run (fixture->keeper, "guards");
  g_assert_cmpint (support_sql_query_int (fixture->keeper, "SELECT count(*) FROM pg_class"
                                                           " WHERE relname = 'model_config_history_one_active'"),
                   ==, 1);
}

static BackstayRollbackOutcome *
create (Fixture *fixture,
        gboolean activate)
{
  g_autoptr (BackstayNewVersion) version = NULL;
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (BackstayRollbackRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BackstayRollbackOutcome *outcome;

  version = backstay_new_version_new ("sdxl", "New", "{\"a\": 1.10, \"b\": 1e400}", "notes", activate);
  if (activate)
    active = support_repository_list_active (fixture->alice, "sdxl");
  request = backstay_rollback_request_new_create (version, active);
  backstay_repository_create_async (fixture->alice, request, NULL, support_keep_result_cb, &result);
  outcome = backstay_repository_create_finish (fixture->alice, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return outcome;
}

static void
test_create (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (BackstayRollbackOutcome) inactive = create (fixture, FALSE);
  g_autoptr (BackstayRollbackOutcome) active = create (fixture, TRUE);

  assert_trail (fixture, "create t, deactivate t, create t, activate t");
  assert_active (backstay_rollback_request_get_new_id (active->request));
}

static void
test_activate (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayConfiguration) target = support_repository_get_configuration (fixture->alice, fixture->good_id, &error);
  g_autoptr (GPtrArray) active = support_repository_list_active (fixture->alice, "sdxl");
  g_autoptr (BackstayRollbackRequest) request = backstay_rollback_request_new_activate (target, active);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;

  g_assert_no_error (error);
  outcome = support_repository_roll_back (fixture->alice, request, FALSE, &error);
  g_assert_no_error (error);
  assert_active (fixture->good_id);
  assert_trail (fixture, "deactivate t, activate t");
}

static void
test_notes (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *notes = support_sql_query (support_server_get_sql (),
                                              "SELECT coalesce(notes, '') FROM model_config_history WHERE id = '%s'",
                                              fixture->good_id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *current = NULL;
  g_autoptr (GError) error = NULL;

  backstay_repository_edit_notes_async (fixture->alice, fixture->good_id, notes, "it's better",
                                        NULL, support_keep_result_cb, &result);
  backstay_repository_edit_notes_finish (fixture->alice, support_wait_for_result (&result), &current, &error);
  g_assert_no_error (error);
  assert_trail (fixture, "annotate t");
}

static void
test_transfer (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (BackstayTransferProgress) progress = backstay_transfer_progress_new ();
  g_autoptr (BackstayExportRequest) request = backstay_export_request_new_history ("SDXL");
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "history.jsonl", NULL);
  g_autoptr (GAsyncResult) exported = NULL;
  g_autoptr (GAsyncResult) checked = NULL;
  g_autoptr (GAsyncResult) imported = NULL;
  g_autofree BackstayExportOutcome *outcome = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GString) other = NULL;
  g_autoptr (GError) error = NULL;
  guint n_written;

  backstay_repository_export_async (fixture->alice, request, path, progress, NULL, support_keep_result_cb, &exported);
  outcome = backstay_repository_export_finish (fixture->alice, support_wait_for_result (&exported), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_versions, ==, 2);

  /* As versions that are not there yet. */
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  other = g_string_new (contents);
  g_string_replace (other, "\"SDXL\"", "\"imported\"", 0);
  g_string_replace (other, "\"id\":", "\"was\":", 0);
  g_assert_true (g_file_set_contents (path, other->str, -1, NULL));

  backstay_repository_check_import_async (fixture->alice, path, progress, NULL, support_keep_result_cb, &checked);
  items = backstay_repository_check_import_finish (fixture->alice, support_wait_for_result (&checked), &error);
  g_assert_no_error (error);
  backstay_repository_import_async (fixture->alice, path, items, progress, NULL, support_keep_result_cb, &imported);
  backstay_repository_import_finish (fixture->alice, support_wait_for_result (&imported), &n_written, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, 2);
  assert_trail (fixture, "create t, create t");

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
note_cb (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_listening (gpointer user_data)
{
  return backstay_watcher_get_listening (user_data);
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* The guards tell what Backstay listens for, and nothing but an id. */
static void
test_notify (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (BackstayIdentity) identity = backstay_identity_new (SUPPORT_ALICE, NULL);
  BackstayWatcher *watcher = backstay_watcher_new (support_server_get_config (), identity, NULL);
  gboolean         changed = FALSE;

  support_wait_until (is_listening, watcher);
  g_signal_connect_swapped (watcher, "changed", G_CALLBACK (note_cb), &changed);
  test_activate (fixture, NULL);
  support_wait_until (is_true, &changed);
  g_assert_finalize_object (watcher);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "roll-back", test_roll_back },
    { "roll-back-from-two", test_roll_back_from_two },
    { "create", test_create },
    { "activate", test_activate },
    { "notes", test_notes },
    { "transfer", test_transfer },
    { "notify", test_notify },
  };
  static const char *const additions[] = { NULL, "auto-demote", "bind-identity" };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (additions); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
        {
          g_autofree char *path = g_strdup_printf ("/guards-operations/%s/%s",
                                                   additions[i] != NULL ? additions[i] : "guards", tests[j].path);

          g_test_add (path, Fixture, additions[i], set_up, tests[j].test, tear_down);
        }
    }

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
