/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-document"

#include "config.h"

#include "backstay-document.h"

/* Progress goes from thread to thread as a whole number. */
#define PROGRESS_SCALE 10000

/**
 * BackstayDocument:
 *
 * Something that can be compared: what it is called, where it is from, and how to load it. It can be
 * loaded again, and then is as it is by that time.
 */
typedef struct
{
  int progress; /* Atomic; negative while it is not known. */
} BackstayDocumentPrivate;

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BackstayDocument, backstay_document, G_TYPE_OBJECT)

static void
backstay_document_class_init (BackstayDocumentClass *klass)
{
  /**
   * BackstayDocument::changed:
   *
   * Emitted when what was loaded is not what is there any more.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_document_init (BackstayDocument *self)
{
  backstay_document_set_progress (self, -1);
}

/**
 * backstay_document_dup_name:
 *
 * Returns: (transfer full): what to call it; text for a label
 */
char *
backstay_document_dup_name (BackstayDocument *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DOCUMENT (self), NULL);

  return BACKSTAY_DOCUMENT_GET_CLASS (self)->dup_name (self);
}

/**
 * backstay_document_dup_details:
 *
 * Returns: (transfer full): where it is from; text for a label
 */
char *
backstay_document_dup_details (BackstayDocument *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DOCUMENT (self), NULL);

  return BACKSTAY_DOCUMENT_GET_CLASS (self)->dup_details (self);
}

/**
 * backstay_document_get_progress:
 *
 * Returns: how far loading is, from 0 to 1; negative if that is not known
 */
double
backstay_document_get_progress (BackstayDocument *self)
{
  BackstayDocumentPrivate *priv = backstay_document_get_instance_private (self);

  g_return_val_if_fail (BACKSTAY_IS_DOCUMENT (self), -1);

  return (double) g_atomic_int_get (&priv->progress) / PROGRESS_SCALE;
}

/**
 * backstay_document_set_progress:
 * @progress: from 0 to 1; negative if it is not known
 *
 * Says how far loading is. For what loads it, in any thread.
 */
void
backstay_document_set_progress (BackstayDocument *self,
                                double            progress)
{
  BackstayDocumentPrivate *priv = backstay_document_get_instance_private (self);

  g_return_if_fail (BACKSTAY_IS_DOCUMENT (self));

  g_atomic_int_set (&priv->progress, (int) (progress * PROGRESS_SCALE));
}

/**
 * backstay_document_load_async:
 * @cancellable: (nullable): cancels it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Loads it, off the main thread.
 */
void
backstay_document_load_async (BackstayDocument   *self,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BACKSTAY_IS_DOCUMENT (self));

  backstay_document_set_progress (self, -1);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, backstay_document_load_async);
  BACKSTAY_DOCUMENT_GET_CLASS (self)->load (self, g_steal_pointer (&task));
}

/**
 * backstay_document_load_finish:
 * @result: the result
 * @error: return location for an error, whose message is a sentence
 *
 * Ends what backstay_document_load_async() began.
 *
 * Returns: (transfer full) (nullable): the document
 */
BackstayJson *
backstay_document_load_finish (BackstayDocument *self,
                               GAsyncResult     *result,
                               GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * backstay_document_changed:
 *
 * Tells whoever shows it that it is old. For what loads it.
 */
void
backstay_document_changed (BackstayDocument *self)
{
  g_return_if_fail (BACKSTAY_IS_DOCUMENT (self));

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
