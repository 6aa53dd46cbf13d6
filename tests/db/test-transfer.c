/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-transfer"

#include "config.h"

#include "backstay-repository-transfer.h"
#include "backstay-version-line.h"
#include "support-proxy.h"
#include "support-repository.h"
#include "support-wait.h"

#include <glib/gstdio.h>
#include <string.h>

#define HUGE_BYTES "60000000"

/* What is hard to carry: numbers, escapes, ties, versions without a time, and times beyond a calendar. */
static const char odd_versions_sql[] =
  "INSERT INTO public.model_config_history"
  "       (id, model_type, config_name, config_data, is_active, created_by, created_at, notes)"
  "SELECT md5('odd ' || n)::uuid, 'odd', 'n\"' || n,"
  "       (ARRAY['123456789012345678901234567890', '{\"b\": 1.10, \"a\": 1e400}',"
  "              '\"\\u0001\\n\\\\ \\ud83d\\ude00 é\"', 'null', '[0.10, -0.0, [[]], {\"\": true}]'])[1 + n % 5]::jsonb,"
  "       (ARRAY[true, false, NULL])[1 + n % 3],"
  "       (ARRAY['" SUPPORT_ALICE "', NULL])[1 + n % 2]::uuid,"
  "       (ARRAY['2025-01-01', NULL, 'infinity', '-infinity', '0044-03-15 BC',"
  "              '2025-01-01 00:00:00.000001', '12345-06-07', '2025-01-01', NULL,"
  "              '0001-01-01'])[1 + n % 10]::timestamptz,"
  "       (ARRAY[E'one\\ntwo \"three\"\\t\\u0001', NULL, ''])[1 + n % 3]"
  "  FROM generate_series(1, 30) n";

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp (NULL, &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "file.jsonl", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
  support_server_restore ();
}

static BackstayExportOutcome *export(BackstayRepository    *repository,
                                     BackstayExportRequest *request,
                                     const char            *path,
                                     GCancellable          *cancellable,
                                     GError               **error)
{
  g_autoptr (BackstayTransferProgress) progress = backstay_transfer_progress_new ();
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_export_async (repository, request, path, progress, cancellable,
                                    support_keep_result_cb, &result);

  return backstay_repository_export_finish (repository, support_wait_for_result (&result), error);
}

static guint
export_history (const char *model_type,
                const char *path)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayExportRequest) request = backstay_export_request_new_history (model_type);
  g_autoptr (GError) error = NULL;
  g_autofree BackstayExportOutcome *outcome = export(alice, request, path, NULL, &error);

  g_assert_no_error (error);

  return outcome->n_versions;
}

static GPtrArray *
check (BackstayRepository *repository,
       const char         *path)
{
  g_autoptr (BackstayTransferProgress) progress = backstay_transfer_progress_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *items;

  backstay_repository_check_import_async (repository, path, progress, NULL, support_keep_result_cb, &result);
  items = backstay_repository_check_import_finish (repository, support_wait_for_result (&result), &error);
  g_assert_no_error (error);

  return items;
}

static gboolean
import (BackstayRepository *repository,
        const char         *path,
        GPtrArray          *items,
        GCancellable       *cancellable,
        guint              *n_written,
        GError            **error)
{
  g_autoptr (BackstayTransferProgress) progress = backstay_transfer_progress_new ();
  g_autoptr (GAsyncResult) result = NULL;

  backstay_repository_import_async (repository, path, items, progress, cancellable,
                                    support_keep_result_cb, &result);

  return backstay_repository_import_finish (repository, support_wait_for_result (&result), n_written, error);
}

static guint
count (GPtrArray          *items,
       BackstayImportState state)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += backstay_import_item_get_state (g_ptr_array_index (items, i)) == state;

  return n;
}

static gint64
count_versions (void)
{
  return support_sql_query_int (support_server_get_sql (), "SELECT count(*) FROM model_config_history");
}

static GStrv
read_lines (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (contents, "\n"));
  contents[strlen (contents) - 1] = '\0';

  return g_strsplit (contents, "\n", -1);
}

static void
assert_column (const char *id,
               const char *column,
               const char *value)
{
  g_autofree char *expected = support_sql_query (support_server_get_sql (),
                                                 "SELECT coalesce((%s)::text, 'NULL') FROM model_config_history h"
                                                 "  LEFT JOIN profiles p ON p.id = h.created_by"
                                                 " WHERE h.id = '%s'",
                                                 column, id);

  g_assert_cmpstr (value != NULL ? value : "NULL", ==, expected);
}

/* Each line has what the table has, in the order of the history, and so the configuration's bytes. */
static void
assert_is_history (const char *path,
                   const char *model_type)
{
  g_auto (GStrv) lines = read_lines (path);
  g_autoptr (GPtrArray) ids = support_sql_list (support_server_get_sql (),
                                                "SELECT id FROM model_config_history WHERE model_type = '%s'"
                                                " ORDER BY created_at NULLS FIRST, id",
                                                model_type);

  g_assert_cmpuint (g_strv_length (lines), ==, ids->len);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (GBytes) text = g_bytes_new (lines[i], strlen (lines[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayVersionLine) line = backstay_version_line_parse (text, &error);
      g_autofree char *is_same_time = NULL;
      g_autofree char *config = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (line->id, ==, id);
      assert_column (id, "h.model_type", line->model_type);
      assert_column (id, "h.config_name", line->config_name);
      assert_column (id, "h.is_active", g_str_equal (line->is_active, "null") ? NULL : line->is_active);
      assert_column (id, "h.created_by", line->created_by);
      assert_column (id, "p.username", line->creator_name);
      assert_column (id, "h.notes", line->notes);
      config = g_strndup (g_bytes_get_data (line->config, NULL), g_bytes_get_size (line->config));
      assert_column (id, "h.config_data::text", config);

      /* PostgreSQL reads the time as the one that it is. */
      is_same_time = support_sql_query (support_server_get_sql (),
                                        "SELECT created_at IS NOT DISTINCT FROM nullif('%s', 'none')::timestamptz"
                                        "  FROM model_config_history WHERE id = '%s'",
                                        line->created_at != NULL ? line->created_at : "none", id);
      g_assert_cmpstr (is_same_time, ==, "t");
    }
}

static void
test_export_history (Fixture      *fixture,
                     gconstpointer data)
{
  GStatBuf status;

  support_sql_run (support_server_get_sql (), "%s", odd_versions_sql);

  g_assert_cmpuint (export_history ("odd", fixture->path), ==, 30);
  assert_is_history (fixture->path, "odd");
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  /* The sample has more than a page, and the file is there already. */
  export_history ("sdxl", fixture->path);
  assert_is_history (fixture->path, "sdxl");
}

static void
test_export_pages (Fixture      *fixture,
                   gconstpointer data)
{
  /* More than 200 rows, with ties across the pages, and more than a page's bytes. */
  support_sql_run (support_server_get_sql (),
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_at)"
                   " SELECT 'pages', 'n' || n, to_jsonb(CASE WHEN n %% 50 = 0"
                   "          THEN (SELECT string_agg(md5(n || ' ' || i), '') FROM generate_series(1, 6000) i)"
                   "          ELSE n::text END),"
                   "        (ARRAY[true, false, NULL])[1 + n %% 3],"
                   "        CASE WHEN n <= 700 THEN timestamptz '2025-01-01' + n / 300 * interval '1 hour' END"
                   "   FROM generate_series(1, 1000) n");

  g_assert_cmpuint (export_history ("pages", fixture->path), ==, 1000);
  assert_is_history (fixture->path, "pages");
}

static void
test_export_everything (Fixture      *fixture,
                        gconstpointer data)
{
  g_auto (GStrv) lines = NULL;

  g_assert_cmpint (export_history (NULL, fixture->path), ==, count_versions ());
  lines = read_lines (fixture->path);
  g_assert_cmpint (g_strv_length (lines), ==, count_versions ());
}

static char *
export_version (BackstayRepository  *repository,
                const char          *id,
                BackstayExportFormat format,
                const char          *path)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (BackstayExportRequest) request = NULL;
  g_autofree BackstayExportOutcome *outcome = NULL;
  g_autoptr (GError) error = NULL;
  char *contents;

  g_ptr_array_add (ids, (gpointer) id);
  request = backstay_export_request_new_versions (ids, format);
  outcome = export(repository, request, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_versions, ==, 1);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->n_bytes, ==, strlen (contents));

  return contents;
}

static void
test_export_version (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autofree char *exact = NULL;
  g_autofree char *pretty = NULL;
  g_autofree char *compact = NULL;

  support_sql_run (sql, "%s", odd_versions_sql);
  id = support_sql_query (sql, "SELECT id FROM model_config_history WHERE config_name = 'n\"4'");
  text = support_sql_query (sql, "SELECT config_data::text FROM model_config_history WHERE id = '%s'", id);

  exact = export_version (alice, id, BACKSTAY_EXPORT_FORMAT_EXACT, fixture->path);
  g_assert_cmpstr (exact, ==, text);
  compact = export_version (alice, id, BACKSTAY_EXPORT_FORMAT_COMPACT, fixture->path);
  g_assert_cmpstr (compact, ==, "[0.10,0.0,[[]],{\"\":true}]\n");
  pretty = export_version (alice, id, BACKSTAY_EXPORT_FORMAT_PRETTY, fixture->path);
  g_assert_true (g_str_has_prefix (pretty, "[\n  0.10,\n"));
  g_assert_true (g_str_has_suffix (pretty, "]\n"));
}

/* What was there stays, and nothing else is left. */
static void
assert_export_fails (Fixture               *fixture,
                     BackstayRepository    *repository,
                     BackstayExportRequest *request,
                     GCancellable          *cancellable,
                     GQuark                 domain,
                     int                    code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  g_file_set_contents (fixture->path, "before", -1, &error);
  g_assert_no_error (error);
  g_assert_null (export(repository, request, fixture->path, cancellable, &error));
  g_assert_error (error, domain, code);
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "before");
  g_assert_cmpuint (support_count_entries (fixture->folder), ==, 1);
}

static void
test_export_refused (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (BackstayRepository) dave = support_repository_new (support_server_get_config (), SUPPORT_DAVE);
  g_autoptr (BackstayExportRequest) history = backstay_export_request_new_history ("sdxl");
  g_autoptr (BackstayExportRequest) version = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) "00000000-0000-4000-8000-00000000000f");
  version = backstay_export_request_new_versions (ids, BACKSTAY_EXPORT_FORMAT_EXACT);
  assert_export_fails (fixture, alice, version, NULL, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  assert_export_fails (fixture, dave, history, NULL, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_NOT_ADMIN);

  /* Who was an administrator a moment ago sees nothing. */
  support_sql_run (support_server_get_sql (), "TRUNCATE user_roles");
  assert_export_fails (fixture, alice, history, NULL, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
}

static void
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/* In the middle of many pages. */
static void
test_export_interrupted (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (SupportProxy) proxy = support_proxy_new ();
  g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
  g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
  g_autoptr (BackstayExportRequest) request = backstay_export_request_new_history (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayAccess) access = support_repository_find_access (alice, &error);

  g_assert_no_error (error);
  support_proxy_arm_call (proxy, 4, cancel, cancellable);
  assert_export_fails (fixture, alice, request, cancellable, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (support_proxy_has_fired (proxy));

  support_proxy_arm (proxy, 4, SUPPORT_FAULT_CUT_AFTER);
  assert_export_fails (fixture, alice, request, NULL, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST);
  g_assert_true (support_proxy_has_fired (proxy));
}

static void
test_export_huge (Fixture      *fixture,
                  gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  guint n_written = 0;

  support_sql_run (sql, "INSERT INTO model_config_history (model_type, config_name, config_data)"
                        " SELECT 'huge', 'n' || n, to_jsonb(repeat('x', CASE n WHEN 2 THEN " HUGE_BYTES " ELSE 3 END))"
                        "   FROM generate_series(1, 3) n");
  g_assert_cmpuint (export_history ("huge", fixture->path), ==, 3);

  /* And back, into an empty table. */
  support_sql_run (sql, "TRUNCATE model_config_history");
  items = check (alice, fixture->path);
  g_assert_cmpuint (count (items, BACKSTAY_IMPORT_STATE_NEW), ==, 3);
  g_assert_true (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (items, BACKSTAY_IMPORT_STATE_IMPORTED), ==, 3);
  g_assert_cmpint (support_sql_query_int (sql, "SELECT max(octet_length(config_data::text)) FROM model_config_history"),
                   ==, 2 + g_ascii_strtoll (HUGE_BYTES, NULL, 10));
}

/* Into another table with the same users: every configuration is the same text as where it is from, nothing
 * is active, the clock and the name are the importer's, and the notes say where it is from. */
static void
test_import (Fixture      *fixture,
             gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) own = NULL;
  g_autoptr (GError) error = NULL;
  guint n_written = 0;

  support_sql_run (sql, "%s", odd_versions_sql);
  export_history (NULL, fixture->path);

  /* What the table has is not doubled. */
  own = check (alice, fixture->path);
  g_assert_cmpuint (count (own, BACKSTAY_IMPORT_STATE_THERE), ==, own->len);

  support_sql_run (sql, "CREATE TABLE kept.source AS TABLE model_config_history; TRUNCATE model_config_history");
  items = check (alice, fixture->path);
  g_assert_cmpuint (count (items, BACKSTAY_IMPORT_STATE_NEW), ==, items->len);
  g_assert_cmpint (count_versions (), ==, 0);
  g_assert_true (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, items->len);
  g_assert_cmpuint (count (items, BACKSTAY_IMPORT_STATE_IMPORTED), ==, items->len);
  g_assert_cmpint (count_versions (), ==, items->len);

  g_assert_cmpint (support_sql_query_int (sql,
                                          "SELECT count(*) FROM kept.source s JOIN model_config_history h"
                                          "    ON h.notes LIKE 'Imported from ' || s.id || ' of %% by %%.' ||"
                                          "                    coalesce(E'\\n' || s.notes, '')"
                                          "   AND h.config_data::text = s.config_data::text"
                                          "   AND h.model_type = s.model_type AND h.config_name = s.config_name"
                                          "   AND h.is_active = false AND h.created_by = '" SUPPORT_ALICE "'"
                                          "   AND h.created_at > now() - interval '10 minutes' AND h.created_at <= now()"),
                   ==, items->len);

  again = check (alice, fixture->path);
  g_assert_cmpuint (count (again, BACKSTAY_IMPORT_STATE_THERE), ==, again->len);

  /* Also what looked new, but came meanwhile. */
  for (guint i = 0; i < again->len; i++)
    backstay_import_item_set_state (g_ptr_array_index (again, i), BACKSTAY_IMPORT_STATE_NEW, NULL);
  g_assert_true (import (alice, fixture->path, again, NULL, &n_written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, 0);
  g_assert_cmpuint (count (again, BACKSTAY_IMPORT_STATE_THERE), ==, again->len);
  g_assert_cmpint (count_versions (), ==, items->len);

  support_sql_run (sql, "DROP TABLE kept.source");
}

static void
write_lines (Fixture    *fixture,
             const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

/* Each line is judged by itself, and what is good is imported. */
static void
test_import_mixed (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gint64              n_before = count_versions ();
  guint               n_written = 0;
  BackstayImportItem *item;

  write_lines (fixture,
               "{\"model_type\":\"FLUX\",\"config_name\":\"a\",\"config_data\":{\"b\" : 1E2, \"a\":1}}\n"
               "\n"
               "{\"model_type\":\"sdxl\",\"config_name\":\"a\",\"config_data\":{\"a\":1,\"a\":2}}\n"
               "{\"model_type\":\"FLUX\",\"config_name\":\"a\",\"config_data\":{\"b\" : 1E2, \"a\":1}}\n"
               "{\"model_type\":\"sdxl\",\"config_name\":\"it's\",\"config_data\":{\"bb\":1, \"a\": 1.10}}");
  items = check (alice, fixture->path);
  g_assert_cmpuint (items->len, ==, 4);

  item = g_ptr_array_index (items, 0);
  g_assert_cmpint (backstay_import_item_get_state (item), ==, BACKSTAY_IMPORT_STATE_NEW);
  g_assert_nonnull (strstr (backstay_import_item_get_warning (item), "flux"));
  item = g_ptr_array_index (items, 1);
  g_assert_cmpuint (backstay_import_item_get_line_number (item), ==, 3);
  g_assert_cmpint (backstay_import_item_get_state (item), ==, BACKSTAY_IMPORT_STATE_BAD);
  item = g_ptr_array_index (items, 2);
  g_assert_cmpint (backstay_import_item_get_state (item), ==, BACKSTAY_IMPORT_STATE_REPEATED);
  g_assert_nonnull (strstr (backstay_import_item_get_reason (item), "1"));

  g_assert_true (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, 2);
  g_assert_cmpint (count_versions (), ==, n_before + 2);
  g_assert_cmpint (backstay_import_item_get_state (g_ptr_array_index (items, 0)), ==, BACKSTAY_IMPORT_STATE_RESPELT);
  g_assert_cmpint (backstay_import_item_get_state (g_ptr_array_index (items, 3)), ==, BACKSTAY_IMPORT_STATE_IMPORTED);
}

/* The server refuses one: those before it are there, the line is named, nothing comes after it. */
static void
test_import_refused_line (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *open = g_strnfill (50000, '[');
  g_autofree char *close = g_strnfill (50000, ']');
  g_autofree char *text = NULL;
  gint64           n_before = count_versions ();
  guint            n_written = 0;

  text = g_strdup_printf ("{\"model_type\":\"t\",\"config_name\":\"a\",\"config_data\":1}\n"
                          "{\"model_type\":\"t\",\"config_name\":\"b\",\"config_data\":%s%s}\n"
                          "{\"model_type\":\"t\",\"config_name\":\"c\",\"config_data\":3}\n",
                          open, close);
  write_lines (fixture, text);
  items = check (alice, fixture->path);
  g_assert_cmpuint (count (items, BACKSTAY_IMPORT_STATE_NEW), ==, 3);
  g_assert_false (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_SQL);
  g_assert_nonnull (strstr (error->message, "2"));
  g_assert_cmpuint (n_written, ==, 1);
  g_assert_cmpint (count_versions (), ==, n_before + 1);
  g_assert_cmpint (backstay_import_item_get_state (g_ptr_array_index (items, 0)), ==, BACKSTAY_IMPORT_STATE_IMPORTED);
  g_assert_cmpint (backstay_import_item_get_state (g_ptr_array_index (items, 1)), ==, BACKSTAY_IMPORT_STATE_NEW);
  g_assert_cmpint (backstay_import_item_get_state (g_ptr_array_index (items, 2)), ==, BACKSTAY_IMPORT_STATE_NEW);
}

/* Who is no administrator any more, and a file that is not what it was. */
static void
test_import_refused (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_before = count_versions ();
  guint  n_written = 1;

  write_lines (fixture, "{\"model_type\":\"t\",\"config_name\":\"a\",\"config_data\":1}\n");
  items = check (alice, fixture->path);
  write_lines (fixture, "{\"model_type\":\"t\",\"config_name\":\"a\",\"config_data\":2}\n");
  g_assert_false (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_cmpuint (n_written, ==, 0);

  write_lines (fixture, "{\"model_type\":\"t\",\"config_name\":\"a\",\"config_data\":1}\n");
  support_sql_run (support_server_get_sql (), "TRUNCATE user_roles");
  g_assert_false (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_DENIED);
  g_assert_cmpuint (n_written, ==, 0);
  g_assert_cmpint (count_versions (), ==, n_before);
}

/* More than two transactions' worth. */
static void
write_many (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 120; i++)
    g_string_append_printf (text, "{\"model_type\":\"many\",\"config_name\":\"n%u\",\"config_data\":%u}\n", i, i);

  write_lines (fixture, text->str);
}

/* The round trips of an import are a change and a commit each. */
enum
{
  FIRST_CHANGE = 1,
  FIRST_COMMIT,
  SECOND_CHANGE,
  SECOND_COMMIT,
};

typedef struct
{
  const char  *name;
  guint        round_trip;
  SupportFault fault;
  gboolean     is_cancelled;
  guint        n_written;
  int          code; /* -1 for none. */
} Interruption;

/* What was written is told exactly, and importing again adds the rest. */
static void
test_import_interrupted (Fixture      *fixture,
                         gconstpointer data)
{
  static const Interruption interruptions[] = {
    { "cancelled", SECOND_CHANGE, SUPPORT_FAULT_NONE, TRUE, 50, -1 },
    { "lost before", SECOND_CHANGE, SUPPORT_FAULT_CUT_BEFORE, FALSE, 50, BACKSTAY_DB_ERROR_LOST },
    { "lost after", SECOND_CHANGE, SUPPORT_FAULT_CUT_AFTER, FALSE, 50, BACKSTAY_DB_ERROR_LOST },
    { "commit lost before", SECOND_COMMIT, SUPPORT_FAULT_CUT_BEFORE, FALSE, 120, -1 },
    { "commit lost after", SECOND_COMMIT, SUPPORT_FAULT_CUT_AFTER, FALSE, 120, -1 },
  };
  SupportSql *sql = support_server_get_sql ();

  write_many (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (interruptions); i++)
    {
      const Interruption *this = &interruptions[i];
      g_autoptr (SupportProxy) proxy = support_proxy_new ();
      g_autoptr (BackstayDbConfig) config = support_proxy_dup_config (proxy);
      g_autoptr (BackstayRepository) alice = support_repository_new (config, SUPPORT_ALICE);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayAccess) access = support_repository_find_access (alice, &error);
      g_autoptr (GPtrArray) items = check (alice, fixture->path);
      g_autoptr (GPtrArray) rest = NULL;
      guint n_written = 0;

      g_test_message ("%s", this->name);

      if (this->is_cancelled)
        support_proxy_arm_call (proxy, this->round_trip, cancel, cancellable);
      else
        support_proxy_arm (proxy, this->round_trip, this->fault);

      import (alice, fixture->path, items, cancellable, &n_written, &error);

      if (this->is_cancelled)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else if (this->code >= 0)
        g_assert_error (error, BACKSTAY_DB_ERROR, this->code);
      else
        g_assert_no_error (error);

      g_assert_true (support_proxy_has_fired (proxy));
      g_assert_cmpuint (n_written, ==, this->n_written);
      g_assert_cmpuint (count (items, BACKSTAY_IMPORT_STATE_IMPORTED), ==, this->n_written);
      g_assert_cmpint (support_sql_query_int (sql, "SELECT count(*) FROM model_config_history WHERE model_type = 'many'"),
                       ==, this->n_written);
      g_clear_error (&error);

      rest = check (alice, fixture->path);
      g_assert_cmpuint (count (rest, BACKSTAY_IMPORT_STATE_NEW), ==, 120 - this->n_written);
      g_assert_true (import (alice, fixture->path, rest, NULL, &n_written, &error));
      g_assert_cmpuint (n_written, ==, 120 - this->n_written);
      g_assert_cmpint (support_sql_query_int (sql, "SELECT count(DISTINCT config_data) FROM model_config_history WHERE model_type = 'many'"),
                       ==, 120);
      support_server_restore ();
    }
}

/* A trigger that makes something else of what is imported. */
static void
test_import_trigger (Fixture      *fixture,
                     gconstpointer data)
{
  SupportSql *sql = support_server_get_sql ();
  g_autoptr (BackstayRepository) alice = support_repository_new_alice ();
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_before = count_versions ();
  guint  n_written = 0;

  support_sql_run (sql, "CREATE FUNCTION public.activate() RETURNS trigger LANGUAGE plpgsql AS"
                        " $$BEGIN NEW.is_active := true; RETURN NEW; END$$;"
                        "CREATE TRIGGER activate BEFORE INSERT ON model_config_history"
                        " FOR EACH ROW EXECUTE FUNCTION public.activate()");
  write_many (fixture);
  items = check (alice, fixture->path);
  g_assert_false (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  support_sql_run (sql, "DROP FUNCTION public.activate() CASCADE");
  g_clear_error (&error);

  /* It leaves all but the configuration alone. */
  support_sql_run (sql, "CREATE FUNCTION public.change() RETURNS trigger LANGUAGE plpgsql AS"
                        " $$BEGIN NEW.config_data := '7'; RETURN NEW; END$$;"
                        "CREATE TRIGGER change BEFORE INSERT ON model_config_history"
                        " FOR EACH ROW EXECUTE FUNCTION public.change()");
  g_assert_false (import (alice, fixture->path, items, NULL, &n_written, &error));
  g_assert_error (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT);
  support_sql_run (sql, "DROP FUNCTION public.change() CASCADE");
  g_assert_cmpuint (n_written, ==, 0);
  g_assert_cmpint (count_versions (), ==, n_before);
}

#define add_test(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_test ("/transfer/export-history", test_export_history);
  add_test ("/transfer/export-pages", test_export_pages);
  add_test ("/transfer/export-everything", test_export_everything);
  add_test ("/transfer/export-version", test_export_version);
  add_test ("/transfer/export-refused", test_export_refused);
  add_test ("/transfer/export-interrupted", test_export_interrupted);
  add_test ("/transfer/huge", test_export_huge);
  add_test ("/transfer/import", test_import);
  add_test ("/transfer/import-mixed", test_import_mixed);
  add_test ("/transfer/import-refused-line", test_import_refused_line);
  add_test ("/transfer/import-refused", test_import_refused);
  add_test ("/transfer/import-interrupted", test_import_interrupted);
  add_test ("/transfer/import-trigger", test_import_trigger);

  return support_server_run_tests (SUPPORT_CONTENT_SAMPLE);
}
