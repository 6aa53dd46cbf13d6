/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DB_ROWS (backstay_db_rows_get_type ())

typedef struct _BackstayDbRows BackstayDbRows;

GType           backstay_db_rows_get_type (void);
BackstayDbRows *backstay_db_rows_new_take (gpointer result) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbRows *backstay_db_rows_ref (BackstayDbRows *self);
void            backstay_db_rows_unref (BackstayDbRows *self);
guint           backstay_db_rows_get_n_rows (BackstayDbRows *self);
guint           backstay_db_rows_get_n_affected (BackstayDbRows *self);
const char     *backstay_db_rows_get_command (BackstayDbRows *self);
const char     *backstay_db_rows_get_text (BackstayDbRows *self,
                                           guint           row,
                                           guint           column);
GBytes         *backstay_db_rows_dup_bytes (BackstayDbRows *self,
                                            guint           row,
                                            guint           column) G_GNUC_WARN_UNUSED_RESULT;
gint64          backstay_db_rows_get_int64 (BackstayDbRows *self,
                                            guint           row,
                                            guint           column);
gboolean        backstay_db_rows_get_boolean (BackstayDbRows *self,
                                              guint           row,
                                              guint           column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayDbRows, backstay_db_rows_unref)

G_END_DECLS
