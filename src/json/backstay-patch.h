/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff.h"

G_BEGIN_DECLS

/**
 * BackstayPatchError:
 * @BACKSTAY_PATCH_ERROR_NULL: a merge patch would have to set a member to null
 *
 * Why a patch cannot be made.
 */
typedef enum
{
  BACKSTAY_PATCH_ERROR_NULL,
} BackstayPatchError;

#define BACKSTAY_PATCH_ERROR (backstay_patch_error_quark ())

GQuark  backstay_patch_error_quark (void);
GBytes *backstay_patch_print_json_patch (BackstayDiff *diff) G_GNUC_WARN_UNUSED_RESULT;
GBytes *backstay_patch_print_merge_patch (BackstayDiff *diff,
                                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
