/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-brief-task"

#include "config.h"

#include "backstay-brief-task.h"

#include "backstay-diff-brief.h"

#include <glib/gi18n-lib.h>

/* Reading and comparing the configurations of some rows, in a thread. */

/* So many changes are named; the row cuts what it has no room for. */
#define MAX_CHANGES 3

/**
 * backstay_brief_pair_new:
 * @key: what the pair is called
 * @before: the older configuration's text
 * @after: the newer configuration's text
 *
 * Returns: (transfer full): a pair that was not compared yet
 */
BackstayBriefPair *
backstay_brief_pair_new (const char *key,
                         GBytes     *before,
                         GBytes     *after)
{
  BackstayBriefPair *self;

  g_return_val_if_fail (key != NULL && before != NULL && after != NULL, NULL);

  self = g_new0 (BackstayBriefPair, 1);
  self->key = g_strdup (key);
  self->before = g_bytes_ref (before);
  self->after = g_bytes_ref (after);

  return self;
}

/**
 * backstay_brief_pair_free:
 *
 * Frees the pair.
 */
void
backstay_brief_pair_free (BackstayBriefPair *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->key);
  g_bytes_unref (self->before);
  g_bytes_unref (self->after);
  g_free (self->brief);
  g_free (self);
}

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static char *
dup_brief (BackstayJson *before,
           BackstayJson *after,
           GCancellable *cancellable)
{
  g_autoptr (BackstayDiff) diff = NULL;

  if (before != NULL && after != NULL)
    diff = backstay_diff_new (before, after, NULL, go_on, cancellable, NULL);

  /* Translators: about a version's configuration and the one before it. */
  return diff != NULL ? backstay_diff_dup_brief (diff, MAX_CHANGES) : g_strdup (_ ("could not be compared"));
}

static void
run_thread (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GPtrArray *pairs = task_data;
  g_autoptr (BackstayJson) last = NULL; /* The older one of a row is the newer one of the next. */

  for (guint i = 0; i < pairs->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      BackstayBriefPair *pair = g_ptr_array_index (pairs, i);
      g_autoptr (BackstayJson) before = backstay_json_new (pair->before, go_on, cancellable, NULL);
      g_autoptr (BackstayJson) after = NULL;

      if (last != NULL && backstay_json_get_text (last) == pair->after)
        after = backstay_json_ref (last);
      else
        after = backstay_json_new (pair->after, go_on, cancellable, NULL);

      pair->brief = dup_brief (before, after, cancellable);
      g_clear_pointer (&last, backstay_json_unref);
      last = g_steal_pointer (&before);
    }

  /* Cancelled, it answers with that instead. */
  g_task_return_pointer (task, g_ptr_array_ref (pairs), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * backstay_brief_task_run_async:
 * @pairs: (element-type BackstayBriefPair): what to compare; not to be touched until it is done
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Says of each pair what changed, in a thread.
 */
void
backstay_brief_task_run_async (GPtrArray          *pairs,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (pairs != NULL);

  g_task_set_source_tag (task, backstay_brief_task_run_async);
  g_task_set_task_data (task, g_ptr_array_ref (pairs), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, run_thread);
}

/**
 * backstay_brief_task_run_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_brief_task_run_async() began.
 *
 * Returns: (transfer full) (element-type BackstayBriefPair): the pairs, each with its brief, or %NULL
 *   with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
backstay_brief_task_run_finish (GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
