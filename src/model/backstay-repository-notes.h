/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-repository.h"

G_BEGIN_DECLS

void     backstay_repository_edit_notes_async (BackstayRepository *self,
                                               const char         *id,
                                               const char         *old_notes,
                                               const char         *new_notes,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);
gboolean backstay_repository_edit_notes_finish (BackstayRepository *self,
                                                GAsyncResult       *result,
                                                char              **current_notes,
                                                GError            **error);

G_END_DECLS
