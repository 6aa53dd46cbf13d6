/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-rollback"

#include "config.h"

#include "backstay-batch.h"
#include "backstay-rollback.h"

#include <libpq-fe.h>
#include <string.h>

#define TARGET_ID "00000000-0000-4000-8000-000000000001"
#define FIRST_ID "00000000-0000-4000-8000-00000000000a"
#define SECOND_ID "00000000-0000-4000-8000-00000000000b"
#define TIME "2025-08-30T10:00:00.000001Z"

/* A version as a query gives it, but without a server. */
static BackstayVersion *
make_version (const char *id)
{
  const char  *values[] = { id, "a name", "f", NULL, NULL, "2025-08-30 10:00:00+00", NULL };
  PGresult    *result = PQmakeEmptyPGresult (NULL, PGRES_TUPLES_OK);
  PGresAttDesc columns[G_N_ELEMENTS (values)] = { { NULL } };
  g_autoptr (BackstayDbRows) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    columns[i].name = (char *) "column";

  g_assert_true (PQsetResultAttrs (result, G_N_ELEMENTS (values), columns));

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_true (PQsetvalue (result, 0, (int) i, (char *) values[i],
                               values[i] != NULL ? (int) strlen (values[i]) : -1));

  rows = backstay_db_rows_new_take (result);

  return backstay_version_new_from_rows (rows, 0, 0, "sdxl");
}

static GPtrArray *
make_versions (const char *first_id,
               const char *second_id)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func (g_object_unref);

  if (first_id != NULL)
    g_ptr_array_add (versions, make_version (first_id));
  if (second_id != NULL)
    g_ptr_array_add (versions, make_version (second_id));

  return versions;
}

static BackstayRollbackRequest *
make_request (const char *first_id,
              const char *second_id,
              const char *reason)
{
  g_autoptr (BackstayVersion) version = make_version (TARGET_ID);
  g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
  g_autoptr (BackstayConfiguration) target = backstay_configuration_new (version, text);
  g_autoptr (GPtrArray) active = make_versions (first_id, second_id);

  return backstay_rollback_request_new (target, active, reason);
}

static void
test_request (void)
{
  g_autoptr (BackstayRollbackRequest) request = make_request (FIRST_ID, NULL, "");
  g_autoptr (BackstayRollbackRequest) other = make_request (FIRST_ID, NULL, "");
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "{}", 2);
  const char      *new_id = backstay_rollback_request_get_new_id (request);

  g_assert_cmpstr (backstay_rollback_request_get_model_type (request), ==, "sdxl");
  g_assert_cmpstr (backstay_rollback_request_get_target_id (request), ==, TARGET_ID);
  g_assert_cmpstr (backstay_rollback_request_get_target_hash (request), ==, hash);
  g_assert_true (g_uuid_string_is_valid (new_id));
  g_assert_cmpstr (new_id, !=, backstay_rollback_request_get_new_id (other));
}

static void
assert_replaced (const char *first_id,
                 const char *second_id,
                 const char *replaced_id)
{
  g_autoptr (BackstayRollbackRequest) request = make_request (first_id, second_id, "was (was).");
  g_autofree char *notes = backstay_rollback_request_dup_notes (request, TIME);
  g_autofree char *found = backstay_rollback_notes_dup_replaced_id (notes);

  g_assert_cmpstr (found, ==, replaced_id);
}

/* Of several active versions the notes do not say which one was live. */
static void
test_replaced (void)
{
  assert_replaced (FIRST_ID, NULL, FIRST_ID);
  assert_replaced (NULL, NULL, NULL);
  assert_replaced (FIRST_ID, SECOND_ID, NULL);
  g_assert_null (backstay_rollback_notes_dup_replaced_id (NULL));
  g_assert_null (backstay_rollback_notes_dup_replaced_id ("Tuned (was " FIRST_ID ")."));
  g_assert_null (backstay_rollback_notes_dup_replaced_id ("Rolled back to " TIME " " TARGET_ID " (was x)."));
}

static void
test_expects_active (void)
{
  g_autoptr (BackstayRollbackRequest) none = make_request (NULL, NULL, "");
  g_autoptr (BackstayRollbackRequest) one = make_request (FIRST_ID, NULL, "");
  g_autoptr (BackstayRollbackRequest) two = make_request (FIRST_ID, SECOND_ID, "");
  g_autoptr (GPtrArray) nothing = make_versions (NULL, NULL);
  g_autoptr (GPtrArray) first = make_versions (FIRST_ID, NULL);
  g_autoptr (GPtrArray) second = make_versions (SECOND_ID, NULL);
  g_autoptr (GPtrArray) swapped = make_versions (SECOND_ID, FIRST_ID);

  g_assert_true (backstay_rollback_request_expects_active (none, nothing));
  g_assert_false (backstay_rollback_request_expects_active (none, first));
  g_assert_true (backstay_rollback_request_expects_active (one, first));
  g_assert_false (backstay_rollback_request_expects_active (one, second));
  g_assert_false (backstay_rollback_request_expects_active (one, nothing));
  g_assert_false (backstay_rollback_request_expects_active (one, swapped));
  g_assert_true (backstay_rollback_request_expects_active (two, swapped));
  g_assert_false (backstay_rollback_request_expects_active (two, first));
}

static void
assert_round_trip (const char *first_id,
                   const char *second_id,
                   const char *reason,
                   const char *line)
{
  g_autoptr (BackstayRollbackRequest) request = make_request (first_id, second_id, reason);
  g_autofree char *notes = backstay_rollback_request_dup_notes (request, TIME);
  g_autofree char *first_line = g_strndup (notes, strcspn (notes, "\n"));
  g_autofree char *stripped = g_strstrip (g_strdup (reason));
  g_autofree char *time = NULL;
  g_autofree char *id = NULL;
  const char      *found = NULL;

  g_assert_cmpstr (first_line, ==, line);
  g_assert_true (backstay_rollback_notes_parse (notes, &time, &id, &found));
  g_assert_cmpstr (time, ==, TIME);
  g_assert_cmpstr (id, ==, TARGET_ID);
  g_assert_cmpstr (found, ==, stripped);
  g_assert_true (backstay_rollback_notes_parse (notes, NULL, NULL, NULL));
}

static void
test_notes (void)
{
  static const char *const reasons[] = {
    "",
    "Guidance 99 burns everything.",
    "  two\nlines \n",
    "%s %n \\ ' \" (was x).",
    "Rolled back to 2025 " TARGET_ID " (was none).",
    "‮RTL‬\n\n\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      assert_round_trip (NULL, NULL, reasons[i],
                         "Rolled back to " TIME " " TARGET_ID " (was none).");
      assert_round_trip (FIRST_ID, NULL, reasons[i],
                         "Rolled back to " TIME " " TARGET_ID " (was " FIRST_ID ").");
      assert_round_trip (SECOND_ID, FIRST_ID, reasons[i],
                         "Rolled back to " TIME " " TARGET_ID " (was " FIRST_ID ", " SECOND_ID
                         ").");
    }
}

static void
test_other_notes (void)
{
  static const char *const notes[] = {
    "",
    "Rolled back to ",
    "Rolled back to yesterday's.",
    "Rolled back to " TIME " " TARGET_ID,
    "Rolled back to " TIME " no-uuid (was none).",
    "Rolled back to " TIME " " TARGET_ID " (was none)",
    "Rolled back to " TIME "\n" TARGET_ID " (was none).",
    "Rolled back to " TIME "  " TARGET_ID " (was none).",
    "rolled back to " TIME " " TARGET_ID " (was none).",
    " Rolled back to " TIME " " TARGET_ID " (was none).",
  };

  g_assert_false (backstay_rollback_notes_parse (NULL, NULL, NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      char       *time = NULL;
      char       *id = NULL;
      const char *reason = NULL;

      g_assert_false (backstay_rollback_notes_parse (notes[i], &time, &id, &reason));
      g_assert_null (time);
      g_assert_null (id);
      g_assert_null (reason);
    }
}

/* Only their beginning, as a list has it. */
static void
test_cut_notes (void)
{
  const char *reason = NULL;

  g_assert_true (backstay_rollback_notes_parse ("Rolled back to " TIME " " TARGET_ID " (was none).",
                                                NULL, NULL, &reason));
  g_assert_cmpstr (reason, ==, "");
}

static void
test_undo (void)
{
  g_autoptr (BackstayRollbackRequest) request = make_request (FIRST_ID, NULL, "");
  g_autoptr (BackstayRollbackOutcome) outcome = backstay_rollback_outcome_new (request);
  g_autoptr (BackstayRollbackRequest) undo = NULL;
  g_autoptr (GPtrArray) now_active =
    make_versions (backstay_rollback_request_get_new_id (request), NULL);

  g_assert_null (backstay_rollback_request_new_undo (outcome));

  outcome->previous = make_version (FIRST_ID);
  outcome->previous_hash = g_strdup ("hash");
  undo = backstay_rollback_request_new_undo (outcome);
  g_assert_cmpstr (backstay_rollback_request_get_target_id (undo), ==, FIRST_ID);
  g_assert_cmpstr (backstay_rollback_request_get_target_hash (undo), ==, "hash");
  g_assert_cmpstr (backstay_rollback_request_get_model_type (undo), ==, "sdxl");
  g_assert_true (backstay_rollback_request_expects_active (undo, now_active));
}

static void
test_translate (void)
{
  static const struct
  {
    const char *sql;
    const char *translated;
    const char *names;
  } cases[] = {
    { "SELECT 1", "SELECT 1", "" },
    { "SELECT :'a'", "SELECT $1", "a" },
    { "SELECT :'a'::int, :'b_2', :'a'", "SELECT $1::int, $2, $1", "a b_2" },
    { "SELECT :'b', :'a', :'c', :'a'", "SELECT $1, $2, $3, $2", "b a c" },
    { "SELECT x::text, y :: 'z'", "SELECT x::text, y :: 'z'", "" },
    { "SELECT 'a:', ':'", "SELECT 'a:', ':'", "" },
    { "SELECT :''", "SELECT :''", "" },
    { "SELECT :'A'", "SELECT :'A'", "" },
    { "SELECT :'a b', :'c'", "SELECT :'a b', $1", "c" },
    { "SELECT :'a", "SELECT :'a", "" },
    { "SELECT :'", "SELECT :'", "" },
    { "SELECT :a, :\"a\"", "SELECT :a, :\"a\"", "" },
    { "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *translated = backstay_batch_translate (cases[i].sql, names);
      g_autofree char *joined = NULL;

      g_ptr_array_add (names, NULL);
      joined = g_strjoinv (" ", (char **) names->pdata);
      g_assert_cmpstr (translated, ==, cases[i].translated);
      g_assert_cmpstr (joined, ==, cases[i].names);
    }
}

static void
test_translate_many (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *translated = NULL;

  for (guint i = 1; i <= 30; i++)
    {
      g_string_append_printf (sql, ":'v%u' ", i);
      g_string_append_printf (expected, "$%u ", i);
    }

  translated = backstay_batch_translate (sql->str, names);
  g_assert_cmpstr (translated, ==, expected->str);
  g_assert_cmpuint (names->len, ==, 30);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rollback/request", test_request);
  g_test_add_func ("/rollback/replaced", test_replaced);
  g_test_add_func ("/rollback/expects-active", test_expects_active);
  g_test_add_func ("/rollback/notes", test_notes);
  g_test_add_func ("/rollback/other-notes", test_other_notes);
  g_test_add_func ("/rollback/cut-notes", test_cut_notes);
  g_test_add_func ("/rollback/undo", test_undo);
  g_test_add_func ("/batch/translate", test_translate);
  g_test_add_func ("/batch/translate-many", test_translate_many);

  return g_test_run ();
}
