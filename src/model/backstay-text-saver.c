/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-text-saver"

#include "config.h"

#include "backstay-text-saver.h"

#include "backstay-private-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *text;
  char *path;
} Saving;

static void
saving_free (Saving *saving)
{
  g_free (saving->text);
  g_free (saving->path);
  g_free (saving);
}

static void
save_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Saving *saving = task_data;
  g_autoptr (BackstayPrivateFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if ((file = backstay_private_file_new (saving->path, &error)) == NULL ||
      !backstay_private_file_write (file, saving->text, strlen (saving->text), &error) ||
      !backstay_private_file_finish (file, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * backstay_text_save_async: (skip)
 * @text: what to save
 * @file: where; a file that is there is replaced
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Writes a text to a file that only its owner may read. The file appears when it is whole.
 */
void
backstay_text_save_async (const char         *text,
                          GFile              *file,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Saving *saving;

  g_return_if_fail (text != NULL);
  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, backstay_text_save_async);

  if (g_file_peek_path (file) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                               _ ("Choose a folder of this computer."));
      return;
    }

  saving = g_new0 (Saving, 1);
  saving->text = g_strdup (text);
  saving->path = g_file_get_path (file);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  g_task_run_in_thread (task, save_thread);
}

/**
 * backstay_text_save_finish: (skip)
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_text_save_async() began.
 *
 * Returns: whether the file is there; an error of %G_FILE_ERROR or %G_IO_ERROR otherwise
 */
gboolean
backstay_text_save_finish (GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
