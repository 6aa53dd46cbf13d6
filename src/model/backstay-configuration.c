/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-configuration"

#include "config.h"

#include "backstay-configuration.h"

/* Up to this many bytes a text is read faster than a thread is started. */
#define SMALL_TEXT (16 * 1024)

/**
 * BackstayConfiguration:
 *
 * A version with its configuration's text, exactly as the server sent it.
 */
struct _BackstayConfiguration
{
  GObject parent_instance;

  BackstayVersion *version;
  GBytes          *text;
  char            *hash;
  BackstayJson    *json; /* %NULL until it has been read. */
};

G_DEFINE_FINAL_TYPE (BackstayConfiguration, backstay_configuration, G_TYPE_OBJECT)

static void
backstay_configuration_finalize (GObject *object)
{
  BackstayConfiguration *self = BACKSTAY_CONFIGURATION (object);

  g_clear_object (&self->version);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->hash, g_free);
  g_clear_pointer (&self->json, backstay_json_unref);

  G_OBJECT_CLASS (backstay_configuration_parent_class)->finalize (object);
}

static void
backstay_configuration_class_init (BackstayConfigurationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_configuration_finalize;
}

static void
backstay_configuration_init (BackstayConfiguration *self)
{
}

/**
 * backstay_configuration_new:
 * @version: the version
 * @text: its configuration's text
 *
 * Computes the text's hash, so this is not for the main thread.
 *
 * Returns: (transfer full): the configuration
 */
BackstayConfiguration *
backstay_configuration_new (BackstayVersion *version,
                            GBytes          *text)
{
  BackstayConfiguration *self;

  g_return_val_if_fail (BACKSTAY_IS_VERSION (version), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_CONFIGURATION, NULL);
  self->version = g_object_ref (version);
  self->text = g_bytes_ref (text);
  self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);

  return self;
}

/**
 * backstay_configuration_get_version:
 *
 * Returns: (transfer none): the version, with its notes in full
 */
BackstayVersion *
backstay_configuration_get_version (BackstayConfiguration *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CONFIGURATION (self), NULL);

  return self->version;
}

/**
 * backstay_configuration_get_text:
 *
 * Returns: (transfer none): the text, as the server spells it
 */
GBytes *
backstay_configuration_get_text (BackstayConfiguration *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CONFIGURATION (self), NULL);

  return self->text;
}

/**
 * backstay_configuration_get_hash:
 *
 * Returns: (transfer none): SHA-256 of the text, in hexadecimal digits
 */
const char *
backstay_configuration_get_hash (BackstayConfiguration *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CONFIGURATION (self), NULL);

  return self->hash;
}

/**
 * backstay_configuration_get_json:
 *
 * Returns: (transfer none) (nullable): the document, once it has been read
 */
BackstayJson *
backstay_configuration_get_json (BackstayConfiguration *self)
{
  g_return_val_if_fail (BACKSTAY_IS_CONFIGURATION (self), NULL);

  return self->json;
}

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  BackstayConfiguration *self = source_object;
  BackstayJson          *json;
  GError                *error = NULL;

  json = backstay_json_new (self->text, go_on, cancellable, &error);

  if (json == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, json, (GDestroyNotify) backstay_json_unref);
}

/**
 * backstay_configuration_read_async:
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reads the text, in a thread unless it is small or has been read already.
 */
void
backstay_configuration_read_async (BackstayConfiguration *self,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_CONFIGURATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_configuration_read_async);

  if (self->json != NULL)
    g_task_return_pointer (task,
                           backstay_json_ref (self->json),
                           (GDestroyNotify) backstay_json_unref);
  else if (g_bytes_get_size (self->text) <= SMALL_TEXT)
    read_thread (task, self, NULL, cancellable);
  else
    g_task_run_in_thread (task, read_thread);
}

/**
 * backstay_configuration_read_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Ends what backstay_configuration_read_async() began.
 *
 * Returns: (transfer none): the document, which the configuration keeps; or %NULL with an error of
 *   %BACKSTAY_JSON_ERROR or %G_IO_ERROR_CANCELLED
 */
BackstayJson *
backstay_configuration_read_finish (BackstayConfiguration *self,
                                    GAsyncResult          *result,
                                    GError               **error)
{
  BackstayJson *json;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  json = g_task_propagate_pointer (G_TASK (result), error);

  if (json == NULL)
    return NULL;

  /* Somebody else may have read it meanwhile, and what they were given has to stay. */
  if (self->json == NULL)
    self->json = json;
  else
    backstay_json_unref (json);

  return self->json;
}
