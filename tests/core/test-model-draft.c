/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-draft"

#include "config.h"

#include "backstay-draft-file.h"
#include "backstay-look-alike.h"
#include "backstay-new-version.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define SERVER "postgresql://me@db/“platform”\n{}"

static BackstayDraft *
new_draft (const char *text)
{
  BackstayDraft *draft = backstay_draft_new ();

  draft->server = g_strdup (SERVER);
  draft->identity = g_strdup ("somebody");
  draft->base_id = g_strdup ("");
  draft->model_type = g_strdup ("sdxl\t");
  draft->config_name = g_strdup ("\"Näme\"\\");
  draft->notes = g_strdup ("one\ntwo\r\n");
  draft->text = g_strdup (text);
  draft->activate = TRUE;

  return draft;
}

/* Whatever was typed comes back, to the byte. */
static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "", "\n", "{\r\n\t\"a\": 1.10\n}\n", "no JSON \"at all", "\xc3\xa4\xf0\x9f\x98\x80\\u0000"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BackstayDraft) draft = new_draft (texts[i]);
      g_autoptr (GBytes) bytes = backstay_draft_to_bytes (draft);
      g_autoptr (GError) error = NULL;
      g_autoptr (BackstayDraft) read = backstay_draft_new_from_bytes (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (read->id, ==, draft->id);
      g_assert_cmpstr (read->server, ==, SERVER);
      g_assert_cmpstr (read->identity, ==, "somebody");
      g_assert_cmpstr (read->base_id, ==, "");
      g_assert_cmpstr (read->model_type, ==, "sdxl\t");
      g_assert_cmpstr (read->config_name, ==, "\"Näme\"\\");
      g_assert_cmpstr (read->notes, ==, "one\ntwo\r\n");
      g_assert_cmpstr (read->text, ==, texts[i]);
      g_assert_true (read->activate);
      g_assert_cmpint (read->saved_at, ==, draft->saved_at);
    }
}

static void
test_no_draft (void)
{
  static const char *const contents[] = {
    "", "\n", "{}\n", "[]\ntext", "{\"backstay-draft\": 2}\ntext", "{\"backstay-draft\": 1}",
    "{\"backstay-draft\": \"1\"}\n", "null\n", "{\"backstay-draft\": 1}\n\xff"
  };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (contents[i], strlen (contents[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (backstay_draft_new_from_bytes (bytes, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
    }
}

static void
keep_result_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
save (BackstayDraftFile *file,
      BackstayDraft     *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  backstay_draft_file_save_async (file, draft, NULL, keep_result_cb, &result);
  wait_for (&result);
  g_assert_true (backstay_draft_file_save_finish (file, result, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list_of (const char *server_key,
         const char *server,
         const char *identity)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *drafts;

  backstay_draft_file_list_async (server_key, server, identity, NULL, keep_result_cb, &result);
  wait_for (&result);
  drafts = backstay_draft_file_list_finish (result, &error);
  g_assert_no_error (error);

  return drafts;
}

static GPtrArray *
list (const char *server,
      const char *identity)
{
  return list_of (server, server, identity);
}

static guint
count (const char *server,
       const char *identity)
{
  g_autoptr (GPtrArray) drafts = list (server, identity);

  return drafts->len;
}

/* The thread may have it a moment longer. */
static void
close_file (BackstayDraftFile **file)
{
  gpointer weak = *file;

  g_object_add_weak_pointer (weak, &weak);
  g_clear_object (file);
  while (weak != NULL)
    g_main_context_iteration (NULL, FALSE);
}

static void
test_file (void)
{
  g_autoptr (BackstayDraft) draft = new_draft ("{");
  BackstayDraftFile *file = backstay_draft_file_new (draft->id);
  g_autofree char   *directory = backstay_draft_file_dup_directory ();
  g_autofree char   *name = g_strconcat (draft->id, ".draft", NULL);
  g_autofree char   *path = g_build_filename (directory, name, NULL);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *text = NULL;
  GStatBuf         status;

  g_assert_cmpuint (count (SERVER, "somebody"), ==, 0);
  save (file, draft);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (directory, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);

  /* As long as it is written, nobody else is offered it. */
  g_assert_cmpuint (count (SERVER, "somebody"), ==, 0);
  close_file (&file);
  g_assert_cmpuint (count (SERVER, "somebody"), ==, 1);
  g_assert_cmpuint (count (SERVER, "somebody else"), ==, 0);
  g_assert_cmpuint (count ("elsewhere", "somebody"), ==, 0);

  file = backstay_draft_file_new (draft->id);
  g_free (draft->text);
  draft->text = g_strdup ("{}");
  save (file, draft);
  close_file (&file);
  drafts = list (SERVER, "somebody");
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpstr (((BackstayDraft *) g_ptr_array_index (drafts, 0))->text, ==, "{}");

  /* What was removed stays away. */
  file = backstay_draft_file_new (draft->id);
  backstay_draft_file_remove (file);
  while (g_file_test (path, G_FILE_TEST_EXISTS))
    g_main_context_iteration (NULL, FALSE);
  save (file, draft);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close_file (&file);
  g_assert_cmpuint (count (SERVER, "somebody"), ==, 0);
}

/* A saved server can be called otherwise. Earlier versions knew nothing else of it than its name. */
static void
test_renamed (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BackstayDraft) draft = new_draft ("{");
      BackstayDraftFile *file = backstay_draft_file_new (draft->id);
      g_autoptr (GPtrArray) drafts = NULL;
      BackstayDraft *found;

      g_free (draft->server_key);
      draft->server_key = g_strdup (i == 0 ? "its uuid" : "");
      save (file, draft);
      close_file (&file);

      drafts = list_of ("another uuid", i == 0 ? SERVER : "another name", "somebody");
      g_assert_cmpuint (drafts->len, ==, 0);
      g_clear_pointer (&drafts, g_ptr_array_unref);

      drafts = list_of ("its uuid", i == 0 ? "another name" : SERVER, "somebody");
      g_assert_cmpuint (drafts->len, ==, 1);
      found = g_ptr_array_index (drafts, 0);
      g_assert_cmpstr (found->server_key, ==, "its uuid");
      g_assert_cmpstr (found->server, ==, i == 0 ? "another name" : SERVER);

      file = backstay_draft_file_new (draft->id);
      backstay_draft_file_remove (file);
      close_file (&file);
    }
}

static void
test_look_alikes (void)
{
  static const char *const existing[] = { "sdxl", "wan", "Flux 1", "caf\xc3\xa9", NULL };
  static const struct
  {
    const char *name;
    const char *warning; /* A part of it; NULL for none. */
  } cases[] = {
    { "sdxl", NULL },
    { "sdxl2", NULL },
    { "video", NULL },
    { "", NULL },
    { "SDXL", "“sdxl” already, which differs only in upper and lower case" },
    { "sdxl ", "“sdxl” already, which differs only in spaces" },
    { " wan", "“wan” already, which differs only in spaces" },
    { "flux 1", "“Flux 1” already, which differs only in upper and lower case" },
    { "Flux1", "“Flux 1” already, which differs only in spaces" },
    { "sdxl\xe2\x80\x8b", "“sdxl” already, which differs only in an invisible character" },
    { "w\xe2\x80\x8d"
      "an",
      "“wan” already, which differs only in an invisible character" },
    { "w\xd0\xb0n", "“wan” already, which looks the same" },
    { "sd\xd1\x85l", "“sdxl” already, which looks the same" },
    { "sdx1", "“sdxl” already, which looks the same" },
    { "cafe\xcc\x81", "already, which looks the same" },
    { "\xef\xbc\xb7\xef\xbd\x81\xef\xbd\x8e", "“wan” already, which looks the same" },
    { "new ", "begins or ends with a space" },
    { "n\xe2\x80\x8b"
      "ew",
      "has an invisible character" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *warning = backstay_look_alike_dup_warning (cases[i].name, existing);

      g_test_message ("%s: %s", cases[i].name, warning != NULL ? warning : "nothing");

      if (cases[i].warning == NULL)
        g_assert_null (warning);
      else
        g_assert_true (warning != NULL && strstr (warning, cases[i].warning) != NULL);
    }
}

static void
assert_problem (const char *model_type,
                const char *config_name,
                const char *notes,
                const char *part)
{
  g_autofree char *problem = backstay_new_version_dup_problem (model_type, config_name, notes, TRUE);

  if (part == NULL)
    g_assert_null (problem);
  else
    g_assert_true (problem != NULL && strstr (problem, part) != NULL);
}

static void
test_problems (void)
{
  g_autofree char *long_name = g_strnfill (101, 'n');
  g_autoptr (GString) wide_type = g_string_new (NULL);

  for (guint i = 0; i < 20; i++)
    g_string_append (wide_type, "\xf0\x9f\x98\x80");

  assert_problem ("sdxl", "name", "why", NULL);
  assert_problem ("", "name", "why", "model type");
  assert_problem (" \t", "name", "why", "model type");
  assert_problem ("123456789012345678901", "name", "why", "21 characters; it may have 20");
  assert_problem (wide_type->str, "name", "why", NULL); /* Characters count, not bytes. */
  assert_problem ("sdxl", "", "why", "name");
  assert_problem ("sdxl", long_name, "why", "101 characters; it may have 100");
  assert_problem ("sdxl", "name", " \n", "notes");
  g_assert_null (backstay_new_version_dup_problem ("sdxl", "name", "", FALSE));
}

static void
assert_name (const char *name,
             const char *next)
{
  static const char *const taken[] = { "sdxl v2.1", "sdxl v2.2", "sdxl v2.3", "tuned", "tuned (2)", "v9", NULL };

  g_autofree char *found = backstay_new_version_dup_name (name, taken);

  g_assert_cmpstr (found, ==, next);
}

/* What counts goes on counting, and nothing else is taken for a number. */
static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (99, 'n');

  assert_name ("sdxl v2.1", "sdxl v2.4");
  assert_name ("sdxl V2.1", "sdxl V2.2");
  assert_name ("v9", "v10");
  assert_name ("tuned", "tuned (3)");
  assert_name ("tuned (2)", "tuned (3)");
  assert_name ("of 2025-08-30", "of 2025-08-30 (2)");
  assert_name ("steps 20", "steps 20 (2)");
  assert_name ("f(2)", "f(2) (2)");
  assert_name ("v12345678", "v12345678 (2)");
  assert_name ("v", "v (2)");
  assert_name ("2.1", "2.1 (2)");
  assert_name ("", " (2)");
  assert_name (long_name, long_name);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *directory = g_dir_make_tmp ("backstay-draft-XXXXXX", NULL);
  g_autofree char *backstay = g_build_filename (directory, "backstay", NULL);
  g_autofree char *drafts = g_build_filename (backstay, "drafts", NULL);
  int              status;

  g_setenv ("XDG_DATA_HOME", directory, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draft/round-trip", test_round_trip);
  g_test_add_func ("/draft/no-draft", test_no_draft);
  g_test_add_func ("/draft/file", test_file);
  g_test_add_func ("/draft/renamed", test_renamed);
  g_test_add_func ("/draft/look-alikes", test_look_alikes);
  g_test_add_func ("/draft/problems", test_problems);
  g_test_add_func ("/draft/names", test_names);

  status = g_test_run ();
  g_rmdir (drafts);
  g_rmdir (backstay);
  g_rmdir (directory);

  return status;
}
