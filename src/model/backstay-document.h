/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DOCUMENT (backstay_document_get_type ())

G_DECLARE_DERIVABLE_TYPE (BackstayDocument, backstay_document, BACKSTAY, DOCUMENT, GObject)

/**
 * BackstayDocumentClass:
 * @dup_name: what to call it, short; text for a label
 * @dup_details: where it is from; text for a label
 * @load: (transfer full task): loads it and returns a [struct@Json] by the task, which it now owns
 *
 * What a kind of document knows.
 */
struct _BackstayDocumentClass
{
  GObjectClass parent_class;

  char *(*dup_name) (BackstayDocument *self);
  char *(*dup_details) (BackstayDocument *self);
  void (*load) (BackstayDocument *self,
                GTask            *task);
};

char         *backstay_document_dup_name (BackstayDocument *self) G_GNUC_WARN_UNUSED_RESULT;
char         *backstay_document_dup_details (BackstayDocument *self) G_GNUC_WARN_UNUSED_RESULT;
double        backstay_document_get_progress (BackstayDocument *self);
void          backstay_document_set_progress (BackstayDocument *self,
                                              double            progress);
void          backstay_document_load_async (BackstayDocument   *self,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
BackstayJson *backstay_document_load_finish (BackstayDocument *self,
                                             GAsyncResult     *result,
                                             GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void          backstay_document_changed (BackstayDocument *self);

G_END_DECLS
