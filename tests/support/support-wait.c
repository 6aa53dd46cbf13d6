/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "support-wait"

#include "config.h"

#include "support-wait.h"

/* Far beyond what anything takes, also under sanitizers on a busy machine: this only ends a test
 * that hangs. */
#define LIMIT_SECONDS 60

#define TICK_MSEC 5

static gboolean
give_up_cb (gpointer user_data)
{
  g_error ("Nothing happened for %d seconds", LIMIT_SECONDS);

  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* For a #GAsyncReadyCallback: keeps the result in a #GAsyncResult pointer. */
void
support_keep_result_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

/* Runs the main loop until the result is there. Gives back what @result points to. */
GAsyncResult *
support_wait_for_result (GAsyncResult **result)
{
  guint limit = g_timeout_add_seconds (LIMIT_SECONDS, give_up_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (limit);

  return *result;
}

/* Runs the main loop until the condition holds. */
void
support_wait_until (SupportCondition condition,
                    gpointer         user_data)
{
  guint limit = g_timeout_add_seconds (LIMIT_SECONDS, give_up_cb, NULL);
  guint tick = g_timeout_add (TICK_MSEC, tick_cb, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (tick);
  g_source_remove (limit);
}

/* Runs what the main loop has to do now, without waiting for more. */
void
support_run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* A #SupportCondition: whether a guint has been counted down. */
gboolean
support_is_zero (gpointer counter)
{
  return *(guint *) counter == 0;
}

/* Counts a folder's entries, such as the threads in /proc/self/task. */
guint
support_count_entries (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}
