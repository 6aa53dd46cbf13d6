/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-draft.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DRAFT_FILE (backstay_draft_file_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDraftFile, backstay_draft_file, BACKSTAY, DRAFT_FILE, GObject)

BackstayDraftFile *backstay_draft_file_new (const char *id) G_GNUC_WARN_UNUSED_RESULT;
const char        *backstay_draft_file_get_id (BackstayDraftFile *self);
void               backstay_draft_file_save_async (BackstayDraftFile  *self,
                                                   BackstayDraft      *draft,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
gboolean           backstay_draft_file_save_finish (BackstayDraftFile *self,
                                                    GAsyncResult      *result,
                                                    GError           **error);
void               backstay_draft_file_remove (BackstayDraftFile *self);
void               backstay_draft_file_release (BackstayDraftFile *self);
char              *backstay_draft_file_dup_directory (void) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_draft_file_list_async (const char         *server_key,
                                                   const char         *server,
                                                   const char         *identity,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
GPtrArray         *backstay_draft_file_list_finish (GAsyncResult *result,
                                                    GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
