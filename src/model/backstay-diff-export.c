/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-export"

#include "config.h"

#include "backstay-diff-export.h"

#include "backstay-diff-sentences.h"
#include "backstay-patch.h"

/* What differs, for the clipboard. */

typedef struct
{
  BackstayDiff            *diff;
  BackstayDiffExportFormat format;
} Export;

static void
export_free (Export *self)
{
  backstay_diff_unref (self->diff);
  g_free (self);
}

static char *
dup_sentences (BackstayDiff   *diff,
               BackstayDiffRow row,
               GCancellable   *cancellable)
{
  g_auto (BackstayDiffSentences) sentences = { NULL };
  GString        *out = g_string_new (NULL);
  BackstayDiffRow end = backstay_diff_get_end (diff, row);
  const char     *sentence;

  backstay_diff_sentences_init (&sentences, diff);
  sentences.next_row = row;

  while (!g_cancellable_is_cancelled (cancellable) &&
         (sentence = backstay_diff_sentences_next (&sentences, &row)) != NULL && row < end)
    {
      g_string_append (out, sentence);
      g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

/**
 * backstay_diff_dup_sentences:
 * @diff: a diff
 * @row: one of its rows
 *
 * Returns: (transfer full): a line for each change at the row and below it
 */
char *
backstay_diff_dup_sentences (BackstayDiff   *diff,
                             BackstayDiffRow row)
{
  g_return_val_if_fail (diff != NULL, NULL);

  return dup_sentences (diff, row, NULL);
}

static void
export_thread (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Export *self = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) patch = NULL;

  switch (self->format)
    {
    case BACKSTAY_DIFF_EXPORT_FORMAT_JSON_PATCH:
      patch = backstay_patch_print_json_patch (self->diff);
      break;

    case BACKSTAY_DIFF_EXPORT_FORMAT_MERGE_PATCH:
      patch = backstay_patch_print_merge_patch (self->diff, &error);
      break;

    case BACKSTAY_DIFF_EXPORT_FORMAT_SENTENCES:
    default:
      g_task_return_pointer (task, dup_sentences (self->diff, 0, cancellable), g_free);
      return;
    }

  if (patch == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_return_pointer (task,
                         g_strndup (g_bytes_get_data (patch, NULL), g_bytes_get_size (patch)),
                         g_free);
}

/**
 * backstay_diff_export_async:
 * @diff: a diff
 * @format: how to write it
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes all changes, also those that are only spelt otherwise, in a thread.
 */
void
backstay_diff_export_async (BackstayDiff            *diff,
                            BackstayDiffExportFormat format,
                            GCancellable            *cancellable,
                            GAsyncReadyCallback      callback,
                            gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *self;

  g_return_if_fail (diff != NULL);

  self = g_new0 (Export, 1);
  self->diff = backstay_diff_ref (diff);
  self->format = format;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_diff_export_async);
  g_task_set_task_data (task, self, (GDestroyNotify) export_free);
  g_task_run_in_thread (task, export_thread);
}

/**
 * backstay_diff_export_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_diff_export_async() began.
 *
 * Returns: (transfer full) (nullable): the text; or %NULL with a %BACKSTAY_PATCH_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
char *
backstay_diff_export_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
