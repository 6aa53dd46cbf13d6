/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-model-audit"

#include "config.h"

#include "backstay-audit-entry.h"

#include <string.h>

/* Each action happens on a day of its own, from the first of January 2025 on. */
typedef struct
{
  const char *actions;
  gboolean    is_live;
  const char *count;
  guint       n_turns;
  const char *last; /* A part of the last line. */
} Case;

static const Case cases[] = {
  { "begin activate deactivate", FALSE, "Live 1 time:", 1, "2 January 2025" },
  { "begin activate deactivate activate", TRUE, "Live 2 times:", 2, "until now" },
  { "begin observe deactivate activate deactivate activate", TRUE, "Live 3 times:", 3, "until now" },
  { "begin observe deactivate", FALSE, "Live 1 time:", 1, "from before the audit trail began" },
  { "begin activate end", FALSE, "Live 1 time:", 1, "(the trail ended)" },
  { "begin activate end begin observe", TRUE, "Live 2 times:", 2, "from before the audit trail began until now" },

  /* It was turned off while nobody wrote it down. */
  { "begin activate end begin", FALSE, "Live 1 time:", 1, "(the trail ended)" },
  { "begin", FALSE, "As far as the audit trail knows, it was never live.", 0, NULL },
  { "begin", TRUE, "It is live, and the audit trail does not know since when.", 0, NULL },
  { "", FALSE, "As far as the audit trail knows, it was never live.", 0, NULL },
  { "begin deactivate activate something-new deactivate", FALSE, "Live 1 time:", 1, "3 January 2025" },
};

static void
test_turns (gconstpointer data)
{
  const Case *turn = data;
  g_auto (GStrv) actions = g_strsplit (turn->actions, " ", -1);
  g_autoptr (GPtrArray) times = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2025, 2, 1, 0, 0, 0);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; actions[i] != NULL; i++)
    g_ptr_array_add (times, g_strdup_printf ("2025-01-%02u 12:00:00+00", i + 1));
  g_ptr_array_add (times, NULL);

  text = backstay_audit_dup_turns ((const char *const *) times->pdata, (const char *const *) actions, turn->is_live, now);
  g_test_message ("%s", text);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpstr (lines[0], ==, turn->count);
  g_assert_cmpuint (g_strv_length (lines) - 1, ==, turn->n_turns);
  if (turn->last != NULL)
    g_assert_nonnull (strstr (lines[turn->n_turns], turn->last));
}

static void
test_words (void)
{
  g_assert_cmpint (backstay_audit_action_from_word ("create"), ==, BACKSTAY_AUDIT_CREATE);
  g_assert_cmpint (backstay_audit_action_from_word ("end"), ==, BACKSTAY_AUDIT_END);
  g_assert_cmpint (backstay_audit_action_from_word ("of a newer script"), ==, BACKSTAY_AUDIT_UNKNOWN);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("TZ", "UTC", TRUE);

  g_test_add_func ("/audit/words", test_words);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/audit/turns/%u", i);

      g_test_add_data_func (path, &cases[i], test_turns);
    }

  return g_test_run ();
}
