/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-compare"

#include "config.h"

#include "support-repository.h"
#include "support-wait.h"

#include "backstay-db-error.h"
#include "backstay-matrix-filter.h"
#include "backstay-repository-compare.h"

#define NO_SUCH_ID "00000000-0000-4000-8000-00000000dead"

typedef struct
{
  guint         n_calls;
  GCancellable *cancellable; /* Cancelled by the first call; %NULL for never. */
} Progress;

static void
progress_cb (guint    n_done,
             guint    n_total,
             gpointer user_data)
{
  Progress *progress = user_data;

  progress->n_calls++;
  g_assert_cmpuint (n_done, ==, progress->n_calls);
  g_assert_cmpuint (n_done, <=, n_total);

  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static GPtrArray *
get_configurations (BackstayRepository *repository,
                    GPtrArray          *ids,
                    Progress           *progress,
                    GPtrArray         **missing,
                    GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_get_configurations_async (repository, ids, progress_cb, progress,
                                                progress->cancellable, support_keep_result_cb, &result);
  support_wait_for_result (&result);

  return backstay_repository_get_configurations_finish (repository, result, missing, error);
}

/* The versions that are compared: all that are active. */
static GPtrArray *
list_ids (BackstayRepository *repository)
{
  g_autoptr (GPtrArray) versions = support_repository_list_active (repository, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < versions->len; i++)
    g_ptr_array_add (ids, g_strdup (backstay_version_get_id (g_ptr_array_index (versions, i))));

  return ids;
}

/* What a cell says in the words of ->>: a string without its quotes, nothing for null and for what
 * is missing. */
static char *
dup_cell (BackstayMatrix *matrix,
          const char     *pointer,
          guint           document)
{
  g_autoptr (GArray) rows = backstay_matrix_find_pointer (matrix, pointer);
  BackstayJson    *json = backstay_matrix_get_document (matrix, document);
  BackstayJsonNode node = BACKSTAY_JSON_NODE_NONE;
  const char      *lexeme;
  gsize            length;

  for (guint i = 0; i < rows->len && node == BACKSTAY_JSON_NODE_NONE; i++)
    node = backstay_matrix_get_node (matrix, g_array_index (rows, BackstayMatrixRow, i), document);

  if (node == BACKSTAY_JSON_NODE_NONE || backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_NULL)
    return g_strdup ("(null)");

  if (backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_STRING)
    return backstay_json_dup_string (json, node, &length);

  lexeme = backstay_json_get_lexeme (json, node, &length);

  return g_strndup (lexeme, length);
}

/* The window's way to what the document's own query finds, each as "type|name|guidance|steps". */
static GPtrArray *
compare_active (BackstayRepository *repository)
{
  g_autoptr (GPtrArray) ids = list_ids (repository);
  g_autoptr (GPtrArray) configurations = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (BackstayMatrix) matrix = NULL;
  g_autoptr (GError) error = NULL;
  BackstayJson *documents[BACKSTAY_MATRIX_MAX_DOCUMENTS];
  Progress      progress = { 0 };
  GPtrArray    *lines = g_ptr_array_new_with_free_func (g_free);

  configurations = get_configurations (repository, ids, &progress, &missing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (configurations->len, ==, ids->len);
  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_cmpuint (progress.n_calls, ==, ids->len);

  if (configurations->len == 0)
    return lines;

  for (guint i = 0; i < configurations->len; i++)
    documents[i] = backstay_configuration_get_json (g_ptr_array_index (configurations, i));
  matrix = backstay_matrix_new (documents, configurations->len, NULL, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < configurations->len; i++)
    {
      BackstayVersion *version = backstay_configuration_get_version (g_ptr_array_index (configurations, i));
      g_autofree char *guidance = dup_cell (matrix, "/default_settings/guidance_scale", i);
      g_autofree char *steps = dup_cell (matrix, "/default_settings/num_inference_steps", i);

      g_ptr_array_add (lines, g_strdup_printf ("%s|%s|%s|%s", backstay_version_get_model_type (version),
                                               backstay_version_get_name (version), guidance, steps));
    }

  return lines;
}

/* The document's own query. It leaves the order within a type open, which is the newest first here. */
static void
check_against_document (BackstayRepository *repository)
{
  g_autoptr (GPtrArray) lines = compare_active (repository);
  g_autoptr (GPtrArray) expected = NULL;

  expected = support_sql_list (support_server_get_sql (),
                               "SELECT model_type || '|' || config_name || '|'"
                               "       || coalesce(config_data->'default_settings'->>'guidance_scale', '(null)') || '|'"
                               "       || coalesce(config_data->'default_settings'->>'num_inference_steps', '(null)')"
                               "  FROM model_config_history"
                               " WHERE is_active = true"
                               " ORDER BY model_type, created_at DESC, id DESC");

  g_assert_cmpuint (lines->len, ==, expected->len);
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (g_ptr_array_index (lines, i), ==, g_ptr_array_index (expected, i));
}

static void
test_document_query (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  SupportSql *sql = support_server_get_sql ();

  /* The sample has a type with two active versions, and one with none. */
  check_against_document (alice);

  support_sql_run (sql,
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active) VALUES"
                   " ('exact', 'long', '{\"default_settings\": {\"guidance_scale\": 7.500000000000000000001,"
                   "   \"num_inference_steps\": 9007199254740993}}', true),"
                   " ('exact', 'null', '{\"default_settings\": {\"guidance_scale\": null}}', true),"
                   " ('exact', 'scalar', '{\"default_settings\": 7}', true),"
                   " ('exact', 'root', '[1, 2]', true),"
                   " ('exact', 'object', '{\"default_settings\": {\"guidance_scale\": {\"a\": [1, 2.0]}}}', true)");
  check_against_document (alice);

  support_sql_run (sql, "UPDATE model_config_history SET is_active = false");
  check_against_document (alice);

  support_server_restore ();
}

static void
test_missing (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) ids = list_ids (alice);
  g_autoptr (GPtrArray) configurations = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };

  g_ptr_array_insert (ids, 1, g_strdup (NO_SUCH_ID));
  configurations = get_configurations (alice, ids, &progress, &missing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (configurations->len, ==, ids->len - 1);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, NO_SUCH_ID);

  /* The others are in the order that was asked for. */
  for (guint i = 0; i < configurations->len; i++)
    {
      BackstayVersion *version = backstay_configuration_get_version (g_ptr_array_index (configurations, i));

      g_assert_cmpstr (backstay_version_get_id (version), ==, g_ptr_array_index (ids, i == 0 ? 0 : i + 1));
    }
}

/* Row-level security makes no error, but there is nothing. */
static void
test_refused (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayRepository) dave = support_repository_new (support_server_get_config (), SUPPORT_DAVE);
  g_autoptr (GPtrArray) ids = list_ids (alice);
  g_autoptr (GPtrArray) configurations = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = { 0 };

  configurations = get_configurations (dave, ids, &progress, &missing, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (configurations->len, ==, 0);
  g_assert_cmpuint (missing->len, ==, ids->len);
}

static void
test_cancel (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) ids = list_ids (alice);
  g_autoptr (GPtrArray) configurations = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Progress progress = { .cancellable = cancellable };

  configurations = get_configurations (alice, ids, &progress, NULL, &error);
  g_assert_null (configurations);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (progress.n_calls, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-compare/document-query", test_document_query);
  g_test_add_func ("/repository-compare/missing", test_missing);
  g_test_add_func ("/repository-compare/refused", test_refused);
  g_test_add_func ("/repository-compare/cancel", test_cancel);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
