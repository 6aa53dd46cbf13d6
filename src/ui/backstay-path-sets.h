/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_PATH_SETS (backstay_path_sets_get_type ())

G_DECLARE_FINAL_TYPE (BackstayPathSets, backstay_path_sets, BACKSTAY, PATH_SETS, GObject)

BackstayPathSets  *backstay_path_sets_new (const char *server) G_GNUC_WARN_UNUSED_RESULT;
guint              backstay_path_sets_get_n (BackstayPathSets *self);
const char        *backstay_path_sets_get_name (BackstayPathSets *self,
                                                guint             set);
const char *const *backstay_path_sets_get_pointers (BackstayPathSets *self,
                                                    guint             set);
gboolean           backstay_path_sets_get_editable (BackstayPathSets *self,
                                                    guint             set);
guint              backstay_path_sets_save (BackstayPathSets  *self,
                                            const char        *name,
                                            const char *const *pointers);
void               backstay_path_sets_remove (BackstayPathSets *self,
                                              guint             set);

G_END_DECLS
