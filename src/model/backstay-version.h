/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-rows.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_VERSION (backstay_version_get_type ())

G_DECLARE_FINAL_TYPE (BackstayVersion, backstay_version, BACKSTAY, VERSION, GObject)

BackstayVersion *backstay_version_new_from_rows (BackstayDbRows *rows,
                                                 guint           row,
                                                 guint           first_column,
                                                 const char     *model_type) G_GNUC_WARN_UNUSED_RESULT;
const char      *backstay_version_get_id (BackstayVersion *self);
const char      *backstay_version_get_model_type (BackstayVersion *self);
const char      *backstay_version_get_name (BackstayVersion *self);
gboolean         backstay_version_get_active (BackstayVersion *self);
void             backstay_version_set_active (BackstayVersion *self,
                                              gboolean         active);
const char      *backstay_version_get_creator_id (BackstayVersion *self);
const char      *backstay_version_get_creator_name (BackstayVersion *self);
const char      *backstay_version_get_created_at (BackstayVersion *self);
const char      *backstay_version_get_notes (BackstayVersion *self);
char            *backstay_version_dup_creator_label (BackstayVersion *self) G_GNUC_WARN_UNUSED_RESULT;
char            *backstay_version_dup_short_id (BackstayVersion *self) G_GNUC_WARN_UNUSED_RESULT;
char            *backstay_version_label_creator (const char *id,
                                                 const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean         backstay_version_equal (BackstayVersion *self,
                                         BackstayVersion *other);
gboolean         backstay_version_is_older (BackstayVersion *self,
                                            BackstayVersion *other);
GStrv            backstay_version_list_sorted_ids (GPtrArray *versions) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
