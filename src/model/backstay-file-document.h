/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-document.h"

G_BEGIN_DECLS

#define BACKSTAY_TYPE_FILE_DOCUMENT (backstay_file_document_get_type ())

G_DECLARE_FINAL_TYPE (BackstayFileDocument, backstay_file_document, BACKSTAY, FILE_DOCUMENT, BackstayDocument)

BackstayDocument *backstay_file_document_new (GFile *file) G_GNUC_WARN_UNUSED_RESULT;
BackstayDocument *backstay_file_document_new_for_stream (GInputStream *stream) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
