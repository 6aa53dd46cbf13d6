/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_IDENTITY (backstay_identity_get_type ())

G_DECLARE_FINAL_TYPE (BackstayIdentity, backstay_identity, BACKSTAY, IDENTITY, GObject)

BackstayIdentity *backstay_identity_new (const char *id,
                                         const char *name) G_GNUC_WARN_UNUSED_RESULT;
BackstayIdentity *backstay_identity_new_of_login (const char *id,
                                                  const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean          backstay_identity_get_of_login (BackstayIdentity *self);
const char       *backstay_identity_get_id (BackstayIdentity *self);
const char       *backstay_identity_get_name (BackstayIdentity *self);
char             *backstay_identity_dup_label (BackstayIdentity *self) G_GNUC_WARN_UNUSED_RESULT;
char             *backstay_identity_dup_claims (BackstayIdentity *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
