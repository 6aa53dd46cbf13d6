/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BackstayEditorCheck:
 * @json: (nullable): what the text says; %NULL with @error
 * @stored: (nullable): what jsonb makes of it; %NULL with @error
 * @error: (nullable): what keeps the text from being saved
 * @warning: (nullable): what does not, but should be known
 * @fault_at: where that is, in characters
 * @is_large: whether it is too much for colours
 *
 * What a text that somebody writes comes to.
 */
typedef struct
{
  BackstayJson *json;
  BackstayJson *stored;
  GError       *error;
  GError       *warning;
  guint         fault_at;
  gboolean      is_large;
} BackstayEditorCheck;

void                 backstay_editor_check_async (GBytes             *text,
                                                  GCancellable       *cancellable,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
BackstayEditorCheck *backstay_editor_check_finish (GAsyncResult *result,
                                                   GError      **error) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_editor_check_free (BackstayEditorCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayEditorCheck, backstay_editor_check_free)

G_END_DECLS
