/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-model-type.h"
#include "backstay-repository.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_TYPE_LIST (backstay_type_list_get_type ())

G_DECLARE_FINAL_TYPE (BackstayTypeList, backstay_type_list, BACKSTAY, TYPE_LIST, GObject)

BackstayTypeList  *backstay_type_list_new (BackstayRepository *repository) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_type_list_reload (BackstayTypeList *self);
gboolean           backstay_type_list_get_loading (BackstayTypeList *self);
gboolean           backstay_type_list_get_loaded (BackstayTypeList *self);
const GError      *backstay_type_list_get_error (BackstayTypeList *self);
BackstayModelType *backstay_type_list_find (BackstayTypeList *self,
                                            const char       *name,
                                            guint            *position);

G_END_DECLS
