/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-version.h"

G_BEGIN_DECLS

char *backstay_version_text_dup_name_beside (BackstayVersion *version,
                                             BackstayVersion *other) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_version_text_dup_summary (BackstayVersion *version) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_version_text_dup_notes (BackstayVersion *version) G_GNUC_WARN_UNUSED_RESULT;
char *backstay_version_text_dup_byline (BackstayVersion *version) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
