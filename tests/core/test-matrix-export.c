/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-matrix-export"

#include "config.h"

#include <string.h>

#include "backstay-matrix-export.h"
#include "backstay-matrix-filter.h"
#include "json-random.h"

static const char *const texts[] = {
  "{\"a\": 1.10, \"b\": null, \"c\": \"x\", \"e\": {\"f\": -5}, \"l\": []}",
  "{\"a\": 1.1, \"b\": \"\", \"e\": {\"f\": -5}, \"l\": [\"<b>&|*\\n,\\\"\"]}",
  "{\"a\": 1.10, \"e\": 7, \"=1+1\": \"=2\", \"l\": []}",
};

static const char *const headings[] = { "=cmd|' /C calc'!A0", "two, \"three\"\n<i>", "sdxl" };

static char *export(BackstayMatrixFormat format,
                    gboolean             differences,
                    const guint         *columns,
                    guint                n_columns)
{
  BackstayJson        *documents[G_N_ELEMENTS (texts)];
  BackstayMatrixFilter filter = { differences };
  BackstayMatrixTable  table = {
     .columns = columns,
     .n_columns = n_columns,
     .headings = headings,
     .title = "Live <configurations>",
  };
  g_autoptr (BackstayMatrix) matrix = NULL;
  g_autofree guint8 *marks = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize       length;
  const char *data;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    documents[i] = json_random_read (texts[i]);

  table.matrix = matrix = backstay_matrix_new (documents, G_N_ELEMENTS (texts), NULL, NULL, &error);
  g_assert_no_error (error);
  table.marks = marks = backstay_matrix_filter (matrix, &filter, NULL, NULL, &error);
  g_assert_no_error (error);
  bytes = backstay_matrix_export (&table, format, NULL, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    backstay_json_unref (documents[i]);

  data = g_bytes_get_data (bytes, &length);
  g_assert_true (g_utf8_validate_len (data, length, NULL));

  return g_strndup (data, length);
}

static void
test_csv (void)
{
  static const guint columns[] = { 0, 1, 2 };
  g_autofree char   *csv = export(BACKSTAY_MATRIX_FORMAT_CSV, FALSE, columns, 3);

  g_assert_cmpstr (csv, ==,
                   "\"Path\",\"'=cmd|' /C calc'!A0\",\"two, \"\"three\"\"\n<i>\",\"sdxl\",\"Differs\"\r\n"
                   "\"a\",\"1.10\",\"1.1\",\"1.10\",no\r\n"
                   "\"b\",\"null\",\"\"\"\"\"\",,yes\r\n"
                   "\"c\",\"\"\"x\"\"\",,,yes\r\n"
                   "\"e\",\"{\"\"f\"\": -5}\",\"{\"\"f\"\": -5}\",\"7\",yes\r\n"
                   "\"e.f\",\"-5\",\"-5\",,yes\r\n"
                   "\"l\",\"[]\",\"[\"\"<b>&|*\\n,\\\"\"\"\"]\",\"[]\",yes\r\n"
                   "\"l[0]\",,\"\"\"<b>&|*\\n,\\\"\"\"\"\",,yes\r\n"
                   "\"[\"\"=1+1\"\"]\",,,\"\"\"=2\"\"\",yes\r\n");
}

static void
test_columns (void)
{
  static const guint columns[] = { 2, 0 };
  g_autofree char   *csv = export(BACKSTAY_MATRIX_FORMAT_CSV, TRUE, columns, 2);

  g_assert_null (strstr (csv, "1.10"));
  g_assert_nonnull (strstr (csv, "\r\n\"b\",,\"null\",yes\r\n"));
}

static void
test_markdown (void)
{
  static const guint columns[] = { 0, 1, 2 };
  g_autofree char   *markdown = export(BACKSTAY_MATRIX_FORMAT_MARKDOWN, FALSE, columns, 3);
  g_auto (GStrv) lines = g_strsplit (markdown, "\n", -1);

  g_assert_cmpstr (lines[0], ==,
                   "| Path | \\=cmd\\|' /C calc'\\!A0 | two, \"three\" \\<i\\> | sdxl |");
  g_assert_cmpstr (lines[1], ==, "| --- | --- | --- | --- |");
  g_assert_cmpstr (lines[2], ==, "| a | 1.10 | 1.1 | 1.10 |");
  g_assert_cmpstr (lines[3], ==, "| b | null | \"\" | *missing* |");
  g_assert_cmpstr (lines[4], ==, "| c | \"x\" | *missing* | *missing* |");
  g_assert_cmpstr (lines[8], ==,
                   "| l\\[0\\] | *missing* | \"\\<b\\>\\&\\|\\*\\\\n,\\\\\"\" | *missing* |");
}

static void
test_html (void)
{
  static const guint columns[] = { 0, 1, 2 };
  g_autofree char   *html = export(BACKSTAY_MATRIX_FORMAT_HTML, FALSE, columns, 3);

  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>"));
  g_assert_true (g_str_has_suffix (html, "</html>\n"));
  g_assert_nonnull (strstr (html, "<title>Live &lt;configurations&gt;</title>"));
  g_assert_nonnull (strstr (html, "&lt;i&gt;</th>"));
  g_assert_null (strstr (html, "<i>"));
  g_assert_null (strstr (html, "<b>"));
  g_assert_nonnull (strstr (html, "<tr><th scope=\"row\">c</th><td><code>&quot;x&quot;</code></td>"
                                  "<td><em>missing</em></td><td><em>missing</em></td></tr>"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/matrix-export/csv", test_csv);
  g_test_add_func ("/matrix-export/columns", test_columns);
  g_test_add_func ("/matrix-export/markdown", test_markdown);
  g_test_add_func ("/matrix-export/html", test_html);

  return g_test_run ();
}
