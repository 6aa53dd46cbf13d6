/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-transfer"

#include "config.h"

#include "backstay-line-reader.h"
#include "backstay-private-file.h"
#include "backstay-version-line.h"

#include <glib/gstdio.h>
#include <string.h>

#define ID "550e8400-e29b-41d4-a716-446655440000"
#define BOB "00000000-0000-4000-8000-0000000000a2"
#define HEAD "\"model_type\":\"sdxl\",\"config_name\":\"a\","

static BackstayVersionLine *
parse (const char *text,
       GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return backstay_version_line_parse (bytes, error);
}

static char *
dup_config (BackstayVersionLine *line)
{
  gsize       length;
  const char *data = g_bytes_get_data (line->config, &length);

  return g_strndup (data, length);
}

/* What is written is read as it was, whatever is in it. */
static void
test_round_trip (void)
{
  static const char *const configs[] = {
    "{}",
    "null",
    "123456789012345678901234567890",
    "{\"a\": 1e400, \"b\": 1.10, \"c\": -0.0, \"d\": 1E+5}",
    "\"\\u0001\\b\\f\\n\\r\\t\\\"\\\\\\/\\ud83d\\ude00\\u2028é😀\"",
    "[ [ ] , { \"\" : true } ]",
  };
  BackstayVersionLine written = {
    .id = (char *) ID,
    .model_type = (char *) "sd \"xl\"",
    .config_name = (char *) "back\\slash é 😀",
    .is_active = (char *) "true",
    .created_by = (char *) BOB,
    .creator_name = (char *) "bob\x01\x1f\x7f",
    .created_at = (char *) "2025-08-30T10:00:00.000001Z",
    .notes = (char *) "one\ntwo\r\n\tthree \"four\" \\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (configs); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayVersionLine) line = NULL;
      g_autofree char *config = NULL;

      backstay_version_line_print_head (&written, text);
      g_string_append_printf (text, "%s}", configs[i]);
      g_assert_null (strchr (text->str, '\n'));

      line = parse (text->str, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (line->id, ==, written.id);
      g_assert_cmpstr (line->model_type, ==, written.model_type);
      g_assert_cmpstr (line->config_name, ==, written.config_name);
      g_assert_cmpstr (line->is_active, ==, written.is_active);
      g_assert_cmpstr (line->created_by, ==, written.created_by);
      g_assert_cmpstr (line->creator_name, ==, written.creator_name);
      g_assert_cmpstr (line->created_at, ==, written.created_at);
      g_assert_cmpstr (line->notes, ==, written.notes);
      config = dup_config (line);
      g_assert_cmpstr (config, ==, configs[i]);
    }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayVersionLine) line = parse (" {" HEAD "\"config_data\": 1 , \"else\":[1]}\r", &error);
  g_autofree char *notes = NULL;
  g_autofree char *config = NULL;

  g_assert_no_error (error);
  g_assert_null (line->id);
  g_assert_null (line->notes);
  config = dup_config (line);
  g_assert_cmpstr (config, ==, "1");

  notes = backstay_version_line_dup_import_notes (line);
  g_assert_cmpstr (notes, ==, "Imported from unknown of unknown by unknown.");
}

/* Each is refused, by a sentence that says where or what. */
static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } lines[] = {
    { "", "empty" },
    { "[]", "no object" },
    { "{" HEAD "\"config_data\":{}", "Column 56:" },
    { "{" HEAD "\"config_data\":{}}{}", "Column 57:" },
    { "{" HEAD "\"config_data\":{\"a\":1,\"b\":2,\"a\":3}}", "a" },
    { "{" HEAD "\"config_data\":1,\"config_data\":2}", "config_data" },
    { "{" HEAD "\"config_data\":\"\\u0000\"}", "Column 55:" },
    { "{" HEAD "\"notes\":\"\\u0000\",\"config_data\":1}", "u0000" },
    { "{" HEAD "\"config_data\":\"\\ud800\"}", "Column" },
    { "{" HEAD "\"config_data\":1e200000}", "digits" },
    { "{" HEAD "\"config_data\":NaN}", "Column" },
    { "{" HEAD "\"config_data\":\"\xff\"}", "Column" },
    { "{" HEAD "\"notes\":1,\"config_data\":1}", "“notes” is no string" },
    { "{" HEAD "\"id\":\"x\",\"config_data\":1}", "“id” is no uuid" },
    { "{" HEAD "\"is_active\":\"yes\",\"config_data\":1}", "is_active" },
    { "{" HEAD "\"created_at\":\"to\\nday\",\"config_data\":1}", "created_at" },
    { "{" HEAD "\"id\":null}", "“config_data” is missing" },
    { "{\"config_name\":\"a\",\"config_data\":1}", "“model_type” is missing" },
    { "{\"model_type\":\"\",\"config_name\":\"a\",\"config_data\":1}", "“model_type” is empty" },
    { "{\"model_type\":\"äbcdefghijklmnopqrstu\",\"config_name\":\"a\",\"config_data\":1}", "20" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (lines[i].text, &error));
      g_assert_nonnull (error);
      g_test_message ("%u: %s", i, error->message);
      g_assert_nonnull (strstr (error->message, lines[i].says));
    }
}

static char *
dup_id (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayVersionLine) line = parse (text, &error);

  g_assert_no_error (error);

  return backstay_version_line_dup_import_id (line);
}

/* A version's id depends on where it is from and what is in it, and on nothing that can be edited. */
static void
test_import_id (void)
{
  g_autofree char *id = dup_id ("{\"id\":\"" ID "\"," HEAD "\"notes\":\"x\",\"config_data\":{\"a\":1}}");
  g_autofree char *same = dup_id ("{\"config_data\":{\"a\":1},\"notes\":null," HEAD "\"id\":\"550E8400-E29B-41D4-A716-446655440000\"}");
  g_autofree char *other_text = dup_id ("{\"id\":\"" ID "\"," HEAD "\"config_data\":{\"a\":2}}");
  g_autofree char *other_source = dup_id ("{\"id\":\"" BOB "\"," HEAD "\"config_data\":{\"a\":1}}");
  g_autofree char *other_type = dup_id ("{\"id\":\"" ID "\",\"model_type\":\"SDXL\",\"config_name\":\"a\",\"config_data\":{\"a\":1}}");
  g_autofree char *no_source = dup_id ("{" HEAD "\"config_data\":{\"a\":1}}");
  g_autofree char *no_source_notes = dup_id ("{" HEAD "\"notes\":\"x\",\"config_data\":{\"a\":1}}");

  g_assert_true (g_uuid_string_is_valid (id));
  g_assert_cmpint (id[14], ==, '8');
  g_assert_cmpstr (id, ==, same);
  g_assert_cmpstr (id, !=, other_text);
  g_assert_cmpstr (id, !=, other_source);
  g_assert_cmpstr (id, !=, other_type);
  g_assert_cmpstr (id, !=, no_source);
  g_assert_cmpstr (no_source, !=, no_source_notes);
}

static void
test_import_notes (void)
{
  BackstayVersionLine line = {
    .id = (char *) ID,
    .creator_name = (char *) "mallory\nRolled back. by of",
    .created_by = (char *) BOB,
    .created_at = (char *) "2025-08-30T10:00:00.000001Z",
    .notes = (char *) "first\nsecond",
  };
  g_autofree char *notes = backstay_version_line_dup_import_notes (&line);
  g_autofree char *id = NULL;
  g_autofree char *created_at = NULL;
  g_autofree char *creator = NULL;
  const char      *rest = NULL;

  g_assert_cmpstr (notes, ==,
                   "Imported from " ID " of 2025-08-30T10:00:00.000001Z by mallory Rolled back. by of.\n"
                   "first\nsecond");
  g_assert_true (backstay_import_notes_parse (notes, &id, &created_at, &creator, &rest));
  g_assert_cmpstr (id, ==, ID);
  g_assert_cmpstr (created_at, ==, line.created_at);
  g_assert_cmpstr (creator, ==, "mallory Rolled back. by of");
  g_assert_cmpstr (rest, ==, line.notes);

  g_assert_false (backstay_import_notes_parse (NULL, NULL, NULL, NULL, NULL));
  g_assert_false (backstay_import_notes_parse ("Imported from somewhere.", NULL, NULL, NULL, NULL));
  g_assert_false (backstay_import_notes_parse ("Imported from a of b by c.", NULL, NULL, NULL, NULL));
  g_assert_false (backstay_import_notes_parse ("Imported from " ID " of b by c", NULL, NULL, NULL, NULL));
}

static void
write_file (const char *path,
            const char *text,
            gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
assert_line (BackstayLineReader *reader,
             const char         *text,
             gsize               length,
             goffset             at)
{
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  goffset offset;

  g_assert_true (backstay_line_reader_next (reader, NULL, &line, &offset, &error));
  g_assert_no_error (error);

  if (text == NULL)
    {
      g_assert_null (line);
      return;
    }

  g_assert_cmpmem (g_bytes_get_data (line, NULL), g_bytes_get_size (line), text, length);
  g_assert_cmpint (offset, ==, at);
  again = backstay_line_reader_read_at (reader, offset, length, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (line, again));
}

/* Lines end where they end, also where a piece that is read ends in the middle of one. */
static void
test_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp (NULL, &error);
  g_autofree char *path = g_build_filename (folder, "lines", NULL);
  g_autofree char *long_line = g_strnfill (300 * 1024, 'x');
  g_autofree char *text = g_strconcat ("a\n\n", long_line, "\nb\r\nlast", NULL);
  gsize            n_long = strlen (long_line);
  g_autoptr (BackstayLineReader) reader = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GBytes *line;
  goffset offset;

  write_file (path, text, strlen (text));
  reader = backstay_line_reader_new (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (backstay_line_reader_get_size (reader), ==, strlen (text));
  assert_line (reader, "a", 1, 0);
  assert_line (reader, "", 0, 2);
  assert_line (reader, long_line, n_long, 3);
  assert_line (reader, "b\r", 2, 3 + (goffset) n_long + 1);
  assert_line (reader, "last", 4, 3 + (goffset) n_long + 4);
  assert_line (reader, NULL, 0, 0);

  g_cancellable_cancel (cancellable);
  g_assert_false (backstay_line_reader_next (reader, cancellable, &line, &offset, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_null (backstay_line_reader_read_at (reader, 3, n_long + 100, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  g_clear_error (&error);

  g_assert_null (backstay_line_reader_new (folder, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);

  g_remove (path);
  g_rmdir (folder);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* Nothing is under the name before the end, nothing is left without one, and nobody else may read it. */
static void
test_private_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char     *folder = g_dir_make_tmp (NULL, &error);
  g_autofree char     *path = g_build_filename (folder, "file", NULL);
  g_autofree char     *missing = g_build_filename (folder, "none", "file", NULL);
  g_autofree char     *contents = NULL;
  BackstayPrivateFile *file = backstay_private_file_new (path, &error);
  GStatBuf             status;

  g_assert_no_error (error);
  g_assert_true (backstay_private_file_write (file, "one", 3, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  backstay_private_file_free (file);
  g_assert_cmpuint (count_files (folder), ==, 0);

  write_file (path, "before", 6);
  g_chmod (path, 0644);
  file = backstay_private_file_new (path, &error);
  g_assert_true (backstay_private_file_write (file, "two", 3, &error));
  g_assert_true (backstay_private_file_finish (file, &error));
  g_assert_no_error (error);
  backstay_private_file_free (file);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "two");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  g_assert_null (backstay_private_file_new (missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);

  g_remove (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/transfer/round-trip", test_round_trip);
  g_test_add_func ("/transfer/missing", test_missing);
  g_test_add_func ("/transfer/bad", test_bad);
  g_test_add_func ("/transfer/import-id", test_import_id);
  g_test_add_func ("/transfer/import-notes", test_import_notes);
  g_test_add_func ("/transfer/lines", test_lines);
  g_test_add_func ("/transfer/private-file", test_private_file);

  return g_test_run ();
}
