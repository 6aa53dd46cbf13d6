/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-document.h"
#include "backstay-repository.h"
#include "backstay-type-list.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_VERSION_DOCUMENT (backstay_version_document_get_type ())

G_DECLARE_FINAL_TYPE (BackstayVersionDocument, backstay_version_document, BACKSTAY, VERSION_DOCUMENT, BackstayDocument)

BackstayDocument *backstay_version_document_new (BackstayRepository *repository,
                                                 BackstayVersion    *version) G_GNUC_WARN_UNUSED_RESULT;
BackstayDocument *backstay_version_document_new_previous (BackstayRepository *repository,
                                                          BackstayVersion    *next) G_GNUC_WARN_UNUSED_RESULT;
void              backstay_version_document_check (BackstayVersionDocument *self,
                                                   BackstayTypeList        *types);

G_END_DECLS
