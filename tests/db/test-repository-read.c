/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-repository-read"

#include "config.h"

#include "support-job.h"
#include "support-repository.h"
#include "support-wait.h"

#include "backstay-model-type.h"

#include <string.h>

/* Versions that a history has to put in order, whatever is in them. */
static const char odd_versions_sql[] =
  "INSERT INTO public.model_config_history"
  "       (id, model_type, config_name, config_data, is_active, created_at)"
  "SELECT md5('odd ' || n)::uuid, 'odd', 'n' || n, to_jsonb(n),"
  "       (ARRAY[true, false, NULL])[1 + n % 3],"
  "       (ARRAY['2025-01-01', NULL, 'infinity', '-infinity', '0044-03-15 BC',"
  "              '2025-01-01 00:00:00.000001', '12345-06-07', '2025-01-01', NULL,"
  "              '0001-01-01'])[1 + n % 10]::timestamptz"
  "  FROM generate_series(1, 90) n";

static const char *const lexemes[] = {
  "1.10",
  "0.1",
  "-0",
  "1e400",
  "1E-7",
  "123456789012345678901234567890",
  "9007199254740993",
  "\"Zo\\u00eb \\ud83d\\ude80 \\\"quoted\\\" \\\\ \\u0001\"",
  "\"\"",
  "{}",
  "[[], [[]], null]",
  "{\"z\": 1, \"aa\": 2, \"a\": 3}",
  "null",
};

static void
test_types (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) types = support_repository_list_types (alice);
  g_autoptr (GPtrArray) expected = NULL;

  expected = support_sql_list (
    support_server_get_sql (),
    "SELECT model_type, count(*), count(*) FILTER (WHERE is_active),"
    "       (SELECT id FROM model_config_history l"
    "         WHERE l.model_type = h.model_type AND is_active = true"
    "         ORDER BY created_at DESC LIMIT 1)"
    "  FROM model_config_history h GROUP BY 1 ORDER BY 1");

  g_assert_cmpuint (types->len, ==, 7);
  g_assert_cmpuint (expected->len, ==, types->len);

  for (guint i = 0; i < types->len; i++)
    {
      BackstayModelType *type = g_ptr_array_index (types, i);
      BackstayVersion   *live = backstay_model_type_get_live (type);
      g_autofree char   *line = NULL;

      line = g_strdup_printf ("%s|%u|%u|%s",
                              backstay_model_type_get_name (type),
                              backstay_model_type_get_n_versions (type),
                              backstay_model_type_get_n_active (type),
                              live != NULL ? backstay_version_get_id (live) : "");
      g_assert_cmpstr (line, ==, g_ptr_array_index (expected, i));
    }
}

static BackstayModelType *
find_type (GPtrArray  *types,
           const char *name)
{
  for (guint i = 0; i < types->len; i++)
    {
      if (strcmp (backstay_model_type_get_name (g_ptr_array_index (types, i)), name) == 0)
        return g_ptr_array_index (types, i);
    }

  g_assert_not_reached ();
}

static void
test_type_warnings (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) types = support_repository_list_types (alice);
  g_autofree char *of_flux = backstay_model_type_dup_warning (find_type (types, "flux"));
  g_autofree char *of_wan = backstay_model_type_dup_warning (find_type (types, "wan"));
  g_autofree char *of_whisper = backstay_model_type_dup_warning (find_type (types, "whisper"));
  g_autofree char *count = backstay_model_type_dup_count_label (find_type (types, "sdxl"));

  g_assert_null (of_flux);
  g_assert_nonnull (strstr (of_wan, "2"));
  g_assert_nonnull (of_whisper);
  g_assert_null (backstay_model_type_get_live (find_type (types, "whisper")));
  g_assert_cmpstr (count, ==, "92");
}

/* Reads a history page by page and gives its ids. */
static GPtrArray *
read_pages (BackstayRepository *repository,
            const char         *model_type,
            guint               limit)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BackstayVersion) last = NULL;

  for (;;)
    {
      g_autoptr (GPtrArray) page =
        support_repository_list_history (repository, model_type, last, limit);

      g_assert_cmpuint (page->len, <=, limit);

      for (guint i = 0; i < page->len; i++)
        g_ptr_array_add (ids, g_strdup (backstay_version_get_id (g_ptr_array_index (page, i))));

      if (page->len < limit)
        return ids;

      g_set_object (&last, g_ptr_array_index (page, page->len - 1));
    }
}

static void
assert_pages (const char *model_type)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) expected = NULL;

  expected = support_sql_list (support_server_get_sql (),
                               "SELECT id FROM model_config_history WHERE model_type = '%s'"
                               " ORDER BY created_at DESC NULLS LAST, id DESC",
                               model_type);

  for (guint limit = 1; limit <= 200; limit = limit < 10 ? limit + 1 : limit * 3)
    {
      g_autoptr (GPtrArray) ids = read_pages (alice, model_type, limit);

      g_test_message ("%s, %u a page", model_type, limit);
      g_assert_cmpuint (ids->len, ==, expected->len);

      for (guint i = 0; i < ids->len; i++)
        g_assert_cmpstr (g_ptr_array_index (ids, i), ==, g_ptr_array_index (expected, i));
    }
}

static void
test_history_pages (void)
{
  assert_pages ("sdxl");
  assert_pages ("wan");
  assert_pages ("SDXL");
  assert_pages ("nothing such");
}

static void
test_history_of_odd_times (void)
{
  support_sql_run (support_server_get_sql (), "%s", odd_versions_sql);
  assert_pages ("odd");
  support_server_restore ();
}

/* The server's settings are not what decides how a time is spelt. */
static void
test_history_in_other_settings (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayDbConfig) config = support_server_dup_config_for ("odd_settings", "backstay");
  g_autoptr (BackstayRepository) repository = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) page = NULL;

  support_sql_run (sql, "%s", odd_versions_sql);
  support_sql_run (sql, "CREATE ROLE odd_settings LOGIN IN ROLE authenticated;"
                        "ALTER ROLE odd_settings SET DateStyle = 'SQL, DMY';"
                        "ALTER ROLE odd_settings SET TimeZone = 'Asia/Kathmandu';"
                        "ALTER ROLE odd_settings SET IntervalStyle = 'iso_8601';"
                        "ALTER ROLE odd_settings SET client_encoding = 'LATIN1';"
                        "ALTER ROLE odd_settings SET search_path = 'pg_catalog';"
                        "ALTER ROLE odd_settings SET standard_conforming_strings = off");

  repository = support_repository_new (config, SUPPORT_ALICE);
  ids = read_pages (repository, "odd", 4);
  g_assert_cmpuint (ids->len, ==, 90);
  page = support_repository_list_history (repository, "sdxl", NULL, 1);
  g_assert_true (
    g_str_has_suffix (backstay_version_get_created_at (g_ptr_array_index (page, 0)), "+00"));

  support_server_restore ();
}

static void
test_history_fields (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) page = NULL;
  BackstayVersion *version;
  g_autofree char *creator = NULL;

  support_sql_run (sql, "INSERT INTO model_config_history VALUES"
                        " ('00000000-0000-4000-8000-00000000000f', 'fields', 'a name', '1', NULL,"
                        "  '" SUPPORT_BOB "', '2025-08-30 10:00:00.5+02', repeat('é', 600))");
  page = support_repository_list_history (alice, "fields", NULL, 10);
  g_assert_cmpuint (page->len, ==, 1);
  version = g_ptr_array_index (page, 0);
  creator = backstay_version_dup_creator_label (version);

  g_assert_cmpstr (backstay_version_get_id (version), ==, "00000000-0000-4000-8000-00000000000f");
  g_assert_cmpstr (backstay_version_get_model_type (version), ==, "fields");
  g_assert_cmpstr (backstay_version_get_name (version), ==, "a name");
  g_assert_false (backstay_version_get_active (version));
  g_assert_cmpstr (creator, ==, "bob");
  g_assert_cmpstr (backstay_version_get_created_at (version), ==, "2025-08-30 08:00:00.5+00");
  g_assert_cmpint (g_utf8_strlen (backstay_version_get_notes (version), -1), ==, 500);

  support_server_restore ();
}

static void
test_live_and_active (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayVersion) of_wan = support_repository_get_live (alice, "wan");
  g_autoptr (BackstayVersion) of_whisper = support_repository_get_live (alice, "whisper");
  g_autoptr (BackstayVersion) of_nothing = support_repository_get_live (alice, "x' OR true --");
  g_autoptr (GPtrArray) wan = support_repository_list_active (alice, "wan");
  g_autoptr (GPtrArray) all = support_repository_list_active (alice, NULL);
  g_autofree char *expected = NULL;

  expected = support_sql_query (sql, "SELECT id FROM model_config_history"
                                     " WHERE model_type = 'wan' AND is_active = true"
                                     " ORDER BY created_at DESC LIMIT 1");
  g_assert_cmpstr (backstay_version_get_id (of_wan), ==, expected);
  g_assert_null (of_whisper);
  g_assert_null (of_nothing);

  g_assert_cmpuint (wan->len, ==, 2);
  g_assert_cmpstr (backstay_version_get_id (g_ptr_array_index (wan, 0)), ==, expected);
  g_assert_cmpint (all->len, ==,
                   support_sql_query_int (sql, "SELECT count(*) FROM model_config_history"
                                               " WHERE is_active"));

  for (guint i = 1; i < all->len; i++)
    g_assert_cmpstr (backstay_version_get_model_type (g_ptr_array_index (all, i - 1)), <=,
                     backstay_version_get_model_type (g_ptr_array_index (all, i)));
}

static void
assert_configuration (BackstayRepository *repository,
                      const char         *id)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  gsize            size;
  const char      *data;

  text =
    support_sql_query (sql, "SELECT config_data FROM model_config_history WHERE id = '%s'", id);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  configuration = support_repository_get_configuration (repository, id, &error);
  g_assert_no_error (error);

  data = g_bytes_get_data (backstay_configuration_get_text (configuration), &size);
  g_assert_cmpmem (data, size, text, strlen (text));
  g_assert_cmpstr (backstay_configuration_get_hash (configuration), ==, hash);
  g_assert_cmpstr (backstay_version_get_id (backstay_configuration_get_version (configuration)), ==,
                   id);
}

static void
test_configurations (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) ids = support_sql_list (sql, "SELECT DISTINCT ON (model_type) id"
                                                     "  FROM model_config_history"
                                                     " ORDER BY model_type, created_at DESC");

  for (guint i = 0; i < ids->len; i++)
    assert_configuration (alice, g_ptr_array_index (ids, i));

  for (guint i = 0; i < G_N_ELEMENTS (lexemes); i++)
    {
      const char id[] = "00000000-0000-4000-8000-00000000000f";

      support_sql_run (sql,
                       "INSERT INTO model_config_history VALUES ('%s', 'exact', 'n', $x$%s$x$)", id,
                       lexemes[i]);
      assert_configuration (alice, id);
      support_sql_run (sql, "DELETE FROM model_config_history WHERE id = '%s'", id);
    }
}

static void
test_configuration_gone (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_uuid = NULL;

  g_assert_null (
    support_repository_get_configuration (alice, "00000000-0000-4000-8000-00000000dead", &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);

  g_assert_null (support_repository_get_configuration (alice, "no uuid", &no_uuid));
  g_assert_error (no_uuid, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);
}

/* Two pages may read the same configuration at once; what the first one got stays valid. */
static void
test_configuration_read_twice (void)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autofree char *id = support_sql_query (sql, "SELECT id FROM model_config_history"
                                                " WHERE model_type = 'prompt-library' LIMIT 1");
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  BackstayJson *json;

  configuration = support_repository_get_configuration (alice, id, &error);
  g_assert_no_error (error);
  g_assert_null (backstay_configuration_get_json (configuration));

  backstay_configuration_read_async (configuration, NULL, support_keep_result_cb, &first);
  backstay_configuration_read_async (configuration, NULL, support_keep_result_cb, &second);
  support_wait_for_result (&first);
  support_wait_for_result (&second);

  json = backstay_configuration_read_finish (configuration, first, &error);
  g_assert_no_error (error);
  g_assert_true (backstay_configuration_read_finish (configuration, second, &error) == json);
  g_assert_no_error (error);
  g_assert_true (backstay_configuration_get_json (configuration) == json);
  g_assert_cmpuint (backstay_json_get_n_nodes (json), >, 1000);
}

static void
test_cancelled (void)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  backstay_repository_list_types_async (alice, cancellable, support_keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  support_wait_for_result (&result);
  g_assert_null (backstay_repository_list_types_finish (alice, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/repository-read/types", test_types);
  g_test_add_func ("/repository-read/type-warnings", test_type_warnings);
  g_test_add_func ("/repository-read/history-pages", test_history_pages);
  g_test_add_func ("/repository-read/history-of-odd-times", test_history_of_odd_times);
  g_test_add_func ("/repository-read/history-in-other-settings", test_history_in_other_settings);
  g_test_add_func ("/repository-read/history-fields", test_history_fields);
  g_test_add_func ("/repository-read/live-and-active", test_live_and_active);
  g_test_add_func ("/repository-read/configurations", test_configurations);
  g_test_add_func ("/repository-read/configuration-gone", test_configuration_gone);
  g_test_add_func ("/repository-read/configuration-read-twice", test_configuration_read_twice);
  g_test_add_func ("/repository-read/cancelled", test_cancelled);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
