/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BackstayDraft:
 * @id: the draft's own uuid
 * @server_key: what the settings of that server are kept by
 * @server: what the server is called that it is for
 * @identity: the uuid of the profile that wrote it; empty for the login itself
 * @base_id: the uuid of the version that it began with; empty where it began with none
 * @model_type: the model type, as far as it was typed
 * @config_name: the configuration's name, as far as it was typed
 * @notes: the notes, as far as they were typed
 * @text: the configuration, which need not be valid
 * @activate: whether it is to go live
 * @saved_at: when it was written, in microseconds since 1970
 *
 * A version that somebody is writing, as it is kept on disk until it is in the table.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char           *id;
  char           *server_key;
  char           *server;
  char           *identity;
  char           *base_id;
  char           *model_type;
  char           *config_name;
  char           *notes;
  char           *text;
  gboolean        activate;
  gint64          saved_at;
} BackstayDraft;

#define BACKSTAY_TYPE_DRAFT (backstay_draft_get_type ())

GType          backstay_draft_get_type (void);
BackstayDraft *backstay_draft_new (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayDraft *backstay_draft_new_from_bytes (GBytes  *bytes,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayDraft *backstay_draft_ref (BackstayDraft *self);
void           backstay_draft_unref (BackstayDraft *self);
GBytes        *backstay_draft_to_bytes (BackstayDraft *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayDraft, backstay_draft_unref)

G_END_DECLS
