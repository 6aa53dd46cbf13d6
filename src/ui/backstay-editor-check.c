/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-check"

#include "config.h"

#include "backstay-editor-check.h"

#include "backstay-json-duplicates.h"
#include "backstay-json-storable.h"
#include "backstay-source-style.h"

/* Reads a text as it will be read before it is sent. */

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  BackstayEditorCheck *check = g_new0 (BackstayEditorCheck, 1);
  gsize                size;
  const char          *text = g_bytes_get_data (task_data, &size);
  gsize                offset;

  check->is_large = backstay_source_style_is_too_much (text, size);
  check->json = backstay_json_new (task_data, go_on, cancellable, &check->error);

  if (check->json != NULL &&
      !backstay_json_check_storable (check->json, go_on, cancellable, &check->error))
    g_clear_pointer (&check->json, backstay_json_unref);

  if (check->json != NULL)
    {
      backstay_json_check_duplicate_keys (check->json, &check->warning);
      check->stored = backstay_json_ref_last_wins (check->json);
    }

  if ((check->error != NULL && backstay_json_error_get_position (check->error, &offset, NULL, NULL)) ||
      (check->warning != NULL && backstay_json_error_get_position (check->warning, &offset, NULL, NULL)))
    check->fault_at = (guint) g_utf8_strlen (text, (gssize) offset);

  g_task_return_pointer (task, check, (GDestroyNotify) backstay_editor_check_free);
}

/**
 * backstay_editor_check_async:
 * @text: what somebody wrote
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds out what a text says and what is wrong with it, in a thread.
 */
void
backstay_editor_check_async (GBytes             *text,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (text != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_editor_check_async);
  g_task_set_task_data (task, g_bytes_ref (text), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, check_thread);
}

/**
 * backstay_editor_check_finish:
 * @result: the result
 * @error: return location for an error: it was cancelled
 *
 * Ends what backstay_editor_check_async() began.
 *
 * Returns: (transfer full): what was found, or %NULL with an error
 */
BackstayEditorCheck *
backstay_editor_check_finish (GAsyncResult *result,
                              GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_editor_check_free:
 * @self: (transfer full): what was found
 *
 * Frees it, but for what was taken from it.
 */
void
backstay_editor_check_free (BackstayEditorCheck *self)
{
  g_clear_pointer (&self->json, backstay_json_unref);
  g_clear_pointer (&self->stored, backstay_json_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->warning);
  g_free (self);
}
