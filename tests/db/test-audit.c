/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-audit"

#include "config.h"

#include "backstay-repository-audit.h"
#include "support-guards.h"
#include "support-repository.h"
#include "support-wait.h"

#include <string.h>

#define GOOD "SDXL Production Config v2.0.5"

static BackstayAuditPage *
list (BackstayRepository        *repository,
      const BackstayAuditFilter *filter,
      BackstayAuditPage         *before)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BackstayAuditPage *page;

  backstay_repository_list_audit_async (repository, filter, before, NULL, support_keep_result_cb, &result);
  page = backstay_repository_list_audit_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return page;
}

static guint
count (BackstayRepository *repository,
       BackstayAuditFilter filter)
{
  g_autoptr (BackstayAuditPage) page = list (repository, &filter, NULL);

  return page->entries->len;
}

static void
install (void)
{
  g_autoptr (SupportSql) keeper = support_guards_new_keeper ();

  support_guards_run (keeper, "guards");
}

/* As bob, two hundred and fifty times. */
static void
annotate (void)
{
  support_sql_run (support_server_get_sql (),
                   "SELECT set_config('request.jwt.claims', '{\"sub\": \"" SUPPORT_BOB "\"}', false);"
                   "DO $$ BEGIN FOR i IN 1..250 LOOP"
                   "  UPDATE model_config_history SET notes = 'n' || i WHERE config_name = '" GOOD "';"
                   "END LOOP; END $$;"
                   "SELECT set_config('request.jwt.claims', '', false)");
}

/* All pages together are the whole trail, each entry once. */
static void
test_pages (void)
{
  g_autoptr (BackstayRepository) alice = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (BackstayAuditPage) before = NULL;
  BackstayAuditFilter filter = { NULL };
  gboolean            has_more = TRUE;

  install ();
  annotate ();
  alice = support_repository_new_alice ();

  while (has_more)
    {
      BackstayAuditPage *page = list (alice, &filter, before);

      g_assert_true (page->has_trail);
      for (guint i = 0; i < page->entries->len; i++)
        g_assert_true (g_hash_table_add (seen, g_strdup (backstay_audit_entry_get_id (g_ptr_array_index (page->entries, i)))));
      has_more = page->has_more;
      g_clear_pointer (&before, backstay_audit_page_free);
      before = page;
    }

  g_assert_cmpint (g_hash_table_size (seen), ==,
                   support_sql_query_int (support_server_get_sql (), "SELECT count(*) FROM model_config_audit"));
  support_guards_restore ();
}

static void
test_filters (void)
{
  g_autoptr (BackstayRepository) alice = NULL;
  g_autofree char *id = NULL;

  install ();
  alice = support_repository_new_alice ();
  id = support_repository_dup_id (GOOD);
  {
    g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (alice, id, "why");
    g_autoptr (GError) error = NULL;
    g_autoptr (BackstayRollbackOutcome) outcome = support_repository_roll_back (alice, request, FALSE, &error);

    g_assert_no_error (error);
  }

  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .actions = "{create}" }), ==, 1);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .actions = "{activate,deactivate}" }), ==, 2);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .actions = "{create}", .model_type = "sdxl" }), ==, 1);

  /* Another model type has only the trail's own entries. */
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .actions = "{create,begin}", .model_type = "flux" }), ==, 1);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .who = "ALI", .actions = "{create}" }), ==, 1);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .who = "bob" }), ==, 0);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .who = SUPPORT_ALICE, .actions = "{activate}" }), ==, 1);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .age = "1 hour", .actions = "{create}" }), ==, 1);
  g_assert_cmpuint (count (alice, (BackstayAuditFilter){ .who = "%", .actions = "{create}" }), ==, 0);
  support_guards_restore ();
}

static void
test_version (void)
{
  g_autoptr (BackstayRepository) alice = NULL;
  g_autoptr (BackstayVersion) live = NULL;
  g_autoptr (BackstayAuditPage) page = NULL;
  BackstayAuditFilter filter = { NULL };

  install ();
  alice = support_repository_new_alice ();
  live = support_repository_get_live (alice, "sdxl");
  support_sql_run (support_server_get_sql (),
                   "UPDATE model_config_history SET is_active = false WHERE id = '%s';"
                   "UPDATE model_config_history SET is_active = true WHERE id = '%s'",
                   backstay_version_get_id (live), backstay_version_get_id (live));
  filter.version = live;
  page = list (alice, &filter, NULL);
  g_test_message ("%s", page->turns);
  g_assert_true (g_str_has_prefix (page->turns, "Live 2 times:"));
  g_assert_nonnull (strstr (page->turns, "until now"));

  /* The beginning, that it was live then, off and on. */
  g_assert_cmpuint (page->entries->len, ==, 4);
  support_guards_restore ();
}

/* Without a trail there is what versions and notes prove, and not more. */
static void
test_proofs (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *id = support_repository_dup_id (GOOD);
  g_autoptr (BackstayRollbackRequest) request = support_repository_prepare (alice, id, "why");
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayRollbackOutcome) outcome = support_repository_roll_back (alice, request, FALSE, &error);
  g_autoptr (BackstayAuditPage) page = NULL;
  BackstayAuditFilter filter = { .actions = "{activate}" };

  g_assert_no_error (error);
  page = list (alice, &filter, NULL);
  g_assert_false (page->has_trail);
  g_assert_null (page->turns);
  g_assert_cmpuint (page->entries->len, >=, 1);

  for (guint i = 0; i < page->entries->len; i++)
    g_assert_cmpint (backstay_audit_entry_get_action (g_ptr_array_index (page->entries, i)), ==, BACKSTAY_AUDIT_ROLL_BACK);

  g_assert_cmpstr (backstay_audit_entry_get_id (g_ptr_array_index (page->entries, 0)), ==,
                   backstay_rollback_request_get_new_id (request));
  g_assert_cmpstr (backstay_audit_entry_get_notes (g_ptr_array_index (page->entries, 0)), ==, "why");
  support_server_restore ();
}

/* Who is no administrator sees nothing, and gets no error. */
static void
test_not_admin (void)
{
  g_autoptr (BackstayRepository) dave = NULL;

  install ();
  dave = support_repository_new (support_server_get_config (), SUPPORT_DAVE);
  g_assert_cmpuint (count (dave, (BackstayAuditFilter){ NULL }), ==, 0);
  support_guards_restore ();
}

/* What somebody else calls so is no trail. */
static void
test_forged (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayAuditPage) forged = NULL;
  BackstayAuditFilter filter = { NULL };
  SupportSql         *sql = support_server_get_sql ();

  support_sql_run (sql, "CREATE ROLE mallory; GRANT CREATE ON SCHEMA public TO mallory;"
                        "SET ROLE mallory;"
                        "CREATE TABLE public.model_config_audit (audit_id bigint, at timestamptz, action text, config_id uuid,"
                        " model_type text, config_name text, claimed_by uuid, login name, application text, detail jsonb);"
                        "INSERT INTO public.model_config_audit (audit_id, at, action, model_type, config_name, login)"
                        " VALUES (1, now(), 'activate', 'sdxl', 'By alice', 'alice');"
                        "GRANT SELECT ON public.model_config_audit TO PUBLIC;"
                        "RESET ROLE");
  forged = list (alice, &filter, NULL);
  g_assert_false (forged->has_trail);
  support_sql_run (sql, "DROP TABLE public.model_config_audit; REVOKE CREATE ON SCHEMA public FROM mallory; DROP ROLE mallory");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/audit/pages", test_pages);
  g_test_add_func ("/audit/filters", test_filters);
  g_test_add_func ("/audit/version", test_version);
  g_test_add_func ("/audit/proofs", test_proofs);
  g_test_add_func ("/audit/not-admin", test_not_admin);
  g_test_add_func ("/audit/forged", test_forged);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
