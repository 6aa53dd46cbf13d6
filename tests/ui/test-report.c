/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-report"

#include "config.h"

#include "ui-support.h"

#include "backstay-rollback.h"

#include <glib/gstdio.h>
#include <string.h>

#define NEW_ID "00000000-0000-4000-9000-000000000001"

/* A rollback's version, as Backstay makes them, with what Markdown could take for its own. */
static void
roll_back (const char *source_id)
{
  support_sql_run (support_server_get_sql (),
                   "WITH off AS (UPDATE model_config_history SET is_active = false"
                   "              WHERE model_type = 'sdxl' AND is_active RETURNING id)"
                   "INSERT INTO model_config_history"
                   "       (id, model_type, config_name, config_data, is_active, created_by, created_at, notes)"
                   " SELECT '" NEW_ID "', h.model_type, '# <b>`name`', h.config_data, true, '" SUPPORT_ALICE "', clock_timestamp(),"
                   "        'Rolled back to 2025-01-01T00:00:00Z %s (was ' || off.id || E').\\nToo | *slow*'"
                   "   FROM model_config_history h, off WHERE h.id = '%s'",
                   source_id, source_id);
}

static char *
save (BackstayWindow *window,
      const char     *id,
      const char     *expected)
{
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "report.md", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char    *contents = NULL;
  GStatBuf status;

  backstay_window_save_report (window, id, file);

  if (expected != NULL)
    {
      GtkWidget *dialog = ui_wait_for_window (ADW_TYPE_MESSAGE_DIALOG);

      g_assert_true (ui_shows (dialog, expected));
      gtk_window_destroy (GTK_WINDOW (dialog));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  else
    {
      ui_wait_until (ui_shows (window, "The report was saved"));
      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmphex (status.st_mode & 0777, ==, 0600);
      g_assert_cmpint (g_remove (path), ==, 0);
    }

  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return contents;
}

static void
assert_has (const char *report,
            const char *part)
{
  if (strstr (report, part) == NULL)
    g_error ("“%s” is not in the report:\n%s", part, report);
}

static void
test_report (void)
{
  SupportSql      *sql = support_server_get_sql ();
  g_autofree char *source_id = ui_dup_id ("SDXL Production Config v2.0.5");
  g_autofree char *before_id = support_sql_query (sql, "SELECT id FROM model_config_history"
                                                       " WHERE model_type = 'sdxl' AND is_active");
  g_autofree char *before_text = support_sql_query (sql, "SELECT config_data::text FROM model_config_history WHERE id = '%s'", before_id);
  g_autofree char *hash = support_sql_query (sql, "SELECT encode(sha256(convert_to(config_data::text, 'UTF8')), 'hex')"
                                                  "  FROM model_config_history WHERE id = '%s'",
                                             source_id);
  g_autofree char *report = NULL;
  BackstayWindow  *window;

  roll_back (source_id);
  window = ui_open_sample ();
  ui_select_type (window, "sdxl");
  ui_wait_until (g_strcmp0 (ui_get_selected_id (window), NEW_ID) == 0);
  ui_wait_until_ready (window);
  report = save (window, NEW_ID, NULL);

  assert_has (report, "# Rollback of sdxl");
  assert_has (report, "* **By:** alice");
  assert_has (report, "* **Reason:** Too \\| \\*slow\\*");
  assert_has (report, "\\# \\<b\\>\\`name\\`");
  assert_has (report, "`default_settings.guidance_scale` changed from 99 to ");
  assert_has (report, before_text);
  assert_has (report, hash);
  assert_has (report, before_id);
  assert_has (report, "LOCK TABLE");
  assert_has (report, "\"format\" : \"backstay-rollback-report\"");
  ui_close_window (window);
  support_server_restore ();
}

/* Of several active versions the one that a service read is reported, whichever the notes name first, and
 * also where it is the one that was copied. */
static void
test_several (void)
{
  static const char *const ids[] = { "00000000-0000-4000-9000-0000000000a1", "00000000-0000-4000-9000-0000000000b2" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const char      *older = ids[1 - i];
      g_autofree char *live = g_strdup_printf ("\"before\" : {\n    \"id\" : \"%s\"", ids[i]);
      g_autofree char *report = NULL;
      BackstayWindow  *window;

      support_sql_run (support_server_get_sql (),
                       "INSERT INTO model_config_history (id, model_type, config_name, config_data, created_at, notes)"
                       " VALUES ('%s', 'twice', 'the older one', '1', '2025-01-01', NULL),"
                       "        ('%s', 'twice', 'the live one', '2', '2025-01-02', NULL),"
                       "        ('" NEW_ID "', 'twice', 'new', '2', '2025-01-03',"
                       "         'Rolled back to 2025-01-02T00:00:00.000000Z %s (was %s, %s).')",
                       older, ids[i], ids[i], ids[0], ids[1]);
      window = ui_open_overview ();
      report = save (window, NEW_ID, NULL);
      assert_has (report, "* **Live before, the newest of them:** the live one");
      assert_has (report, live);
      ui_close_window (window);
      support_server_restore ();
    }
}

/* What is gone is told as that; what no rollback made is not reported. */
static void
test_gone (void)
{
  g_autofree char *source_id = ui_dup_id ("SDXL Production Config v2.0.5");
  g_autofree char *report = NULL;
  BackstayWindow  *window;

  roll_back (source_id);
  support_sql_run (support_server_get_sql (), "DELETE FROM model_config_history WHERE id = '%s'", source_id);
  window = ui_open_overview ();
  report = save (window, NEW_ID, NULL);
  assert_has (report, "* **Copied from:** none, or not in the table any more");
  ui_close_window (window);
  support_server_restore ();

  window = ui_open_overview ();
  save (window, source_id, "do not say that a rollback made it");
  save (window, NEW_ID, "not in the table any more");
  ui_close_window (window);
}

static void
test_close (void)
{
  g_autofree char *source_id = ui_dup_id ("SDXL Production Config v2.0.5");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "backstay-test-report.md", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  BackstayWindow *window;

  roll_back (source_id);
  window = ui_open_overview ();
  backstay_window_save_report (window, NEW_ID, file);
  ui_close_window (window);
  g_remove (path);
  support_server_restore ();
}

int
main (int    argc,
      char **argv)
{
  ui_init (&argc, &argv);

  g_test_add_func ("/report/report", test_report);
  g_test_add_func ("/report/several", test_several);
  g_test_add_func ("/report/gone", test_gone);
  g_test_add_func ("/report/close", test_close);

  return ui_run_tests ();
}
