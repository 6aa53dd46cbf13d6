/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-integrity"

#include "config.h"

#include "backstay-repository-integrity.h"
#include "support-guards.h"
#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include <string.h>

/* The round trips of a repair. */
enum
{
  LOOK = 1,
  CHANGE,
  COMMIT,
};

static GPtrArray *
check (BackstayRepository *repository)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *issues;

  backstay_repository_check_integrity_async (repository, NULL, support_keep_result_cb, &result);
  issues = backstay_repository_check_integrity_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return issues;
}

static gboolean
repair (BackstayRepository *repository,
        BackstayRepair     *wanted,
        GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_repair_async (repository, wanted, NULL, support_keep_result_cb, &result);

  return backstay_repository_repair_finish (repository, support_wait_for_result (&result), error);
}

static BackstayIssue *
find (GPtrArray        *issues,
      BackstayIssueKind kind,
      const char       *model_type)
{
  for (guint i = 0; i < issues->len; i++)
    {
      BackstayIssue *issue = g_ptr_array_index (issues, i);

      if (backstay_issue_get_kind (issue) == kind &&
          (model_type == NULL || g_strcmp0 (backstay_issue_get_model_type (issue), model_type) == 0))
        return issue;
    }

  return NULL;
}

static char *
dup_states (const char *model_type)
{
  return support_sql_query (support_server_get_sql (),
                            "SELECT string_agg(coalesce(is_active::text, '?'), ' ' ORDER BY created_at, id)"
                            "  FROM model_config_history WHERE model_type = '%s'",
                            model_type);
}

/* What the sample has of it, and what it has not. */
static void
test_sample (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) issues = check (alice);
  BackstayIssue *several = find (issues, BACKSTAY_ISSUE_SEVERAL_ACTIVE, "wan");
  BackstayIssue *alike = find (issues, BACKSTAY_ISSUE_LOOK_ALIKE, NULL);
  g_autoptr (BackstayVersion) live = support_repository_get_live (alice, "wan");

  for (guint i = 0; i < issues->len; i++)
    {
      g_autofree char *title = backstay_issue_dup_title (g_ptr_array_index (issues, i));

      g_test_message ("%s", title);
    }

  g_assert_nonnull (several);
  g_assert_cmpuint (backstay_issue_get_versions (several)->len, ==, 2);
  g_assert_cmpstr (backstay_version_get_id (g_ptr_array_index (backstay_issue_get_versions (several), 0)), ==,
                   backstay_version_get_id (live));
  g_assert_nonnull (find (issues, BACKSTAY_ISSUE_NONE_ACTIVE, "whisper"));
  g_assert_nonnull (find (issues, BACKSTAY_ISSUE_NO_STATE, "sdxl"));
  g_assert_nonnull (alike);
  g_assert_cmpuint (g_strv_length ((GStrv) backstay_issue_get_names (alike)), ==, 2);
  g_assert_cmpuint (backstay_issue_get_versions (find (issues, BACKSTAY_ISSUE_NO_CREATOR, NULL))->len, ==,
                    (guint) support_sql_query_int (support_server_get_sql (),
                                                   "SELECT count(*) FROM model_config_history WHERE created_by IS NULL"));
  g_assert_cmpuint (backstay_issue_get_versions (find (issues, BACKSTAY_ISSUE_UNKNOWN_CREATOR, NULL))->len, ==,
                    (guint) support_sql_query_int (support_server_get_sql (),
                                                   "SELECT count(*) FROM model_config_history h WHERE created_by IS NOT NULL"
                                                   "  AND NOT EXISTS (SELECT FROM profiles p WHERE p.id = h.created_by)"));
  g_assert_null (find (issues, BACKSTAY_ISSUE_NO_TIME, NULL));
  g_assert_null (find (issues, BACKSTAY_ISSUE_FUTURE_TIME, NULL));
}

static void
test_times (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) issues = NULL;
  static const BackstayIssueKind kinds[] = {
    BACKSTAY_ISSUE_NO_TIME,
    BACKSTAY_ISSUE_ENDLESS_TIME,
    BACKSTAY_ISSUE_FUTURE_TIME,
  };
  static const guint counts[] = { 1, 2, 1 };

  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, created_at)"
                   " SELECT 'odd', 'n', '1', t FROM unnest(ARRAY[NULL, 'infinity', '-infinity', '3000-01-01']::timestamptz[]) t");
  issues = check (alice);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      BackstayIssue *issue = find (issues, kinds[i], NULL);

      g_assert_nonnull (issue);
      g_assert_cmpuint (backstay_issue_get_versions (issue)->len, ==, counts[i]);

      /* No time is made up. */
      g_assert_null (backstay_issue_dup_repair (issue));
    }

  support_server_restore ();
}

static void
test_nothing (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) issues = NULL;

  support_sql_run (support_server_get_sql (),
                   "TRUNCATE model_config_history;"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_by)"
                   " VALUES ('a', 'n', '1', true, '" SUPPORT_ALICE "'), ('b', 'n', '1', true, '" SUPPORT_ALICE "')");
  issues = check (alice);
  g_assert_cmpuint (issues->len, ==, 0);
  support_server_restore ();
}

/* Whether there are guards or not, and whoever owns the table. */
static void
test_repairs (gconstpointer data)
{
  static const BackstayIssueKind kinds[] = { BACKSTAY_ISSUE_SEVERAL_ACTIVE, BACKSTAY_ISSUE_NO_STATE };
  static const char *const       types[] = { "wan", "sdxl" };
  g_autoptr (BackstayRepository) alice = NULL;
  gboolean with_guards = GPOINTER_TO_INT (data);

  if (with_guards)
    {
      g_autoptr (SupportSql) keeper = support_guards_new_keeper ();

      support_guards_run (keeper, "guards");
    }

  alice = support_repository_new_alice ();

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GPtrArray) issues = check (alice);
      g_autoptr (GPtrArray) after = NULL;
      g_autoptr (GPtrArray) undone = NULL;
      g_autoptr (BackstayRepair) wanted = backstay_issue_dup_repair (find (issues, kinds[i], types[i]));
      g_autoptr (BackstayRepair) undo = backstay_repair_new_undo (wanted);
      g_autoptr (BackstayVersion) live_before = support_repository_get_live (alice, types[i]);
      g_autoptr (BackstayVersion) live_after = NULL;
      g_autofree char *before = dup_states (types[i]);
      g_autofree char *restored = NULL;
      g_autofree char *preview = backstay_repair_dup_preview (wanted);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", preview);
      g_assert_true (repair (alice, wanted, &error));
      g_assert_no_error (error);
      after = check (alice);
      g_assert_null (find (after, kinds[i], types[i]));

      /* A service sees no change. */
      live_after = support_repository_get_live (alice, types[i]);
      g_assert_cmpstr (backstay_version_get_id (live_after), ==, backstay_version_get_id (live_before));

      /* Twice is one time too often. */
      g_assert_false (repair (alice, wanted, &error));
      g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
      g_clear_error (&error);

      g_assert_true (repair (alice, undo, &error));
      g_assert_no_error (error);
      restored = dup_states (types[i]);
      g_assert_cmpstr (restored, ==, before);
    }

  if (with_guards)
    support_guards_restore ();
  else
    support_server_restore ();
}

/* Of two versions of one transaction nobody knows which one services read. */
static void
test_same_time (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  static const char *const words[] = { "nothing changes for them", "has the same time" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GPtrArray) issues = check (alice);
      g_autoptr (BackstayRepair) wanted = backstay_issue_dup_repair (find (issues, BACKSTAY_ISSUE_SEVERAL_ACTIVE, "wan"));
      g_autofree char *preview = backstay_repair_dup_preview (wanted);

      g_assert_nonnull (strstr (preview, words[i]));
      support_sql_run (support_server_get_sql (),
                       "UPDATE model_config_history SET created_at = '2025-08-01' WHERE model_type = 'wan' AND is_active");
    }

  support_server_restore ();
}

/* With the rule in the database there is no way back to two. */
static void
test_undo_refused (void)
{
  g_autoptr (SupportSql) keeper = support_guards_new_keeper ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) issues = check (alice);
  g_autoptr (BackstayRepair) wanted = backstay_issue_dup_repair (find (issues, BACKSTAY_ISSUE_SEVERAL_ACTIVE, "wan"));
  g_autoptr (BackstayRepair) undo = backstay_repair_new_undo (wanted);
  g_autofree char *repaired = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (repair (alice, wanted, &error));
  support_guards_run (keeper, "guards");
  repaired = dup_states ("wan");
  g_assert_false (repair (alice, undo, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  after = dup_states ("wan");
  g_assert_cmpstr (after, ==, repaired);
  support_guards_restore ();
}

typedef struct
{
  const char     *sql;
  const char     *undo;
  BackstayDbError code;
} Obstacle;

static const Obstacle obstacles[] = {
  /* Somebody else was quicker. */
  { "UPDATE model_config_history SET is_active = false WHERE model_type = 'wan' AND is_active", NULL,
    BACKSTAY_DB_ERROR_CONFLICT },
  { "INSERT INTO model_config_history (model_type, config_name, config_data, is_active) VALUES ('wan', 'n', '1', true)",
    NULL, BACKSTAY_DB_ERROR_CONFLICT },
  { "DELETE FROM user_roles WHERE user_id = '" SUPPORT_ALICE "'", NULL, BACKSTAY_DB_ERROR_NOT_ADMIN },
  { "REVOKE UPDATE ON model_config_history FROM authenticated", "GRANT UPDATE ON model_config_history TO authenticated",
    BACKSTAY_DB_ERROR_DENIED },
  { "CREATE POLICY p ON model_config_history AS RESTRICTIVE FOR UPDATE USING (false)",
    "DROP POLICY p ON model_config_history", BACKSTAY_DB_ERROR_CONFLICT },
  { "CREATE FUNCTION f () RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.is_active := true; RETURN NEW; END $$;"
    "CREATE TRIGGER t BEFORE UPDATE ON model_config_history FOR EACH ROW EXECUTE FUNCTION f ()",
    "DROP FUNCTION f CASCADE", BACKSTAY_DB_ERROR_SQL },
};

static void
test_refusals (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();

  for (guint i = 0; i < G_N_ELEMENTS (obstacles); i++)
    {
      g_autoptr (GPtrArray) issues = check (alice);
      g_autoptr (BackstayRepair) wanted = backstay_issue_dup_repair (find (issues, BACKSTAY_ISSUE_SEVERAL_ACTIVE, "wan"));
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      support_sql_run (support_server_get_sql (), "%s", obstacles[i].sql);
      before = support_repository_dup_checksum ();
      g_assert_false (repair (alice, wanted, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, BACKSTAY_DB_ERROR, (int) obstacles[i].code);
      after = support_repository_dup_checksum ();
      g_assert_cmpstr (after, ==, before);

      if (obstacles[i].undo != NULL)
        support_sql_run (support_server_get_sql (), "%s", obstacles[i].undo);
      support_server_restore ();
    }
}

/* Whether the answer to the commit was lost after it or before it, all is repaired in the end. */
static void
test_lost_commit (void)
{
  static const SupportFault faults[] = { SUPPORT_FAULT_CUT_BEFORE, SUPPORT_FAULT_CUT_AFTER };

  for (guint i = 0; i < G_N_ELEMENTS (faults) * 2; i++)
    {
      g_autoptr (SupportProxy) proxy = support_proxy_new ();
      g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
      g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayAccess) access = support_repository_find_access (alice, &error);
      g_autoptr (GPtrArray) issues = check (alice);
      g_autoptr (GPtrArray) after = NULL;
      g_autoptr (BackstayRepair) wanted = NULL;
      BackstayIssueKind kind = i < G_N_ELEMENTS (faults) ? BACKSTAY_ISSUE_SEVERAL_ACTIVE : BACKSTAY_ISSUE_NO_STATE;

      wanted = backstay_issue_dup_repair (find (issues, kind, NULL));
      support_proxy_arm (proxy, COMMIT, faults[i % 2]);
      g_assert_true (repair (alice, wanted, &error));
      g_assert_no_error (error);
      g_assert_true (support_proxy_has_fired (proxy));
      after = check (alice);
      g_assert_null (find (after, kind, backstay_repair_get_model_type (wanted)));
      support_server_restore ();
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/integrity/sample", test_sample);
  g_test_add_func ("/integrity/times", test_times);
  g_test_add_func ("/integrity/nothing", test_nothing);
  g_test_add_data_func ("/integrity/repairs", GINT_TO_POINTER (FALSE), test_repairs);
  g_test_add_data_func ("/integrity/repairs-with-guards", GINT_TO_POINTER (TRUE), test_repairs);
  g_test_add_func ("/integrity/same-time", test_same_time);
  g_test_add_func ("/integrity/undo-refused", test_undo_refused);
  g_test_add_func ("/integrity/refusals", test_refusals);

  g_test_add_func ("/integrity/lost-commit", test_lost_commit);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
