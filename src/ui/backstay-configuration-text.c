/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-configuration-text"

#include "config.h"

#include "backstay-configuration-text.h"

#include "backstay-editor-view.h"
#include "backstay-json-print.h"
#include "backstay-source-style.h"

#include <glib/gi18n-lib.h>

/* Makes a text that can be edited out of a configuration from anywhere. */

/* More is no configuration that a service would want to read. */
#define MAX_FILE_SIZE (64 * 1024 * 1024)

/* Where it is from: one of the two. */
typedef struct
{
  GFile   *file;
  GBytes  *bytes;
  gboolean pretty; /* Whether its white space is of no interest. */
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->file);
  g_clear_pointer (&load->bytes, g_bytes_unref);
  g_free (load);
}

static GBytes *
load_file (GFile        *file,
           GCancellable *cancellable,
           GError      **error)
{
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            cancellable, error);
  if (info == NULL)
    return NULL;

  if (g_file_info_get_size (info) > MAX_FILE_SIZE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("The file is larger than 64 MiB."));
      return NULL;
    }

  return g_file_load_bytes (file, cancellable, NULL, error);
}

/* One value a line, with every value as it is spelt. What is no JSON stays as it is. */
static char *
dup_pretty (GBytes *bytes)
{
  g_autoptr (BackstayJson) json = backstay_json_new (bytes, NULL, NULL, NULL);
  g_autoptr (GBytes) pretty = NULL;

  if (json != NULL)
    pretty = backstay_json_print_pretty (json, backstay_json_get_root (json), NULL, NULL, NULL);

  if (pretty == NULL)
    return NULL;

  return g_strndup (g_bytes_get_data (pretty, NULL), g_bytes_get_size (pretty));
}

static void
load_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Load       *load = task_data;
  GError     *error = NULL;
  char       *text = NULL;
  gsize       size;
  const char *data;

  if (load->file != NULL && (load->bytes = load_file (load->file, cancellable, &error)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (load->bytes, &size);

  if (!g_utf8_validate_len (data, size, NULL))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               _ ("It is not text in UTF-8, and so it cannot be JSON."));
      return;
    }

  /* Programs write all of it into one line, which no text view can show. */
  if (size <= BACKSTAY_EDITOR_MAX_SIZE &&
      (load->pretty || backstay_source_style_has_long_line (data, size, BACKSTAY_EDITOR_MAX_LINE)))
    text = dup_pretty (load->bytes);

  g_task_return_pointer (task, text != NULL ? text : g_strndup (data, size), g_free);
}

static void
start (Load               *load,
       GCancellable       *cancellable,
       GAsyncReadyCallback callback,
       gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  g_task_run_in_thread (task, load_thread);
}

/**
 * backstay_configuration_text_load_file_async:
 * @file: a file of up to 64 MiB
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads a text to edit. Only where a line would be too long for that is its white space changed.
 */
void
backstay_configuration_text_load_file_async (GFile              *file,
                                             GCancellable       *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer            user_data)
{
  Load *load;

  g_return_if_fail (G_IS_FILE (file));

  load = g_new0 (Load, 1);
  load->file = g_object_ref (file);
  start (load, cancellable, callback, user_data);
}

/**
 * backstay_configuration_text_load_bytes_async:
 * @bytes: a text
 * @pretty: whether to write one value a line
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Likewise, from memory.
 */
void
backstay_configuration_text_load_bytes_async (GBytes             *bytes,
                                              gboolean            pretty,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data)
{
  Load *load;

  g_return_if_fail (bytes != NULL);

  load = g_new0 (Load, 1);
  load->bytes = g_bytes_ref (bytes);
  load->pretty = pretty;
  start (load, cancellable, callback, user_data);
}

/**
 * backstay_configuration_text_load_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what one of the others began.
 *
 * Returns: (transfer full): the text, which need not be JSON, or %NULL with an error
 */
char *
backstay_configuration_text_load_finish (GAsyncResult *result,
                                         GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, start), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
