/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

G_BEGIN_DECLS

/* Counts stop here: what is shown then is "1000+". */
#define BACKSTAY_MODEL_TYPE_COUNT_LIMIT 1000

#define BACKSTAY_TYPE_MODEL_TYPE (backstay_model_type_get_type ())

G_DECLARE_FINAL_TYPE (BackstayModelType, backstay_model_type, BACKSTAY, MODEL_TYPE, GObject)

BackstayModelType *backstay_model_type_new (const char      *name,
                                            guint            n_versions,
                                            guint            n_active,
                                            BackstayVersion *live) G_GNUC_WARN_UNUSED_RESULT;
const char        *backstay_model_type_get_name (BackstayModelType *self);
guint              backstay_model_type_get_n_versions (BackstayModelType *self);
guint              backstay_model_type_get_n_active (BackstayModelType *self);
BackstayVersion   *backstay_model_type_get_live (BackstayModelType *self);
char              *backstay_model_type_dup_count_label (BackstayModelType *self) G_GNUC_WARN_UNUSED_RESULT;
char              *backstay_model_type_dup_warning (BackstayModelType *self) G_GNUC_WARN_UNUSED_RESULT;
char              *backstay_model_type_dup_time_warning (BackstayModelType *self,
                                                         GDateTime         *now) G_GNUC_WARN_UNUSED_RESULT;
void               backstay_model_type_update (BackstayModelType *self,
                                               BackstayModelType *other);

G_END_DECLS
