/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

G_BEGIN_DECLS

/**
 * SupportBlackHole:
 *
 * Something that takes connections and never answers, or, once it was closed, a port where nobody
 * listens.
 */
typedef struct _SupportBlackHole SupportBlackHole;

SupportBlackHole *support_black_hole_new (void) G_GNUC_WARN_UNUSED_RESULT;
void              support_black_hole_free (SupportBlackHole *self);
void              support_black_hole_close (SupportBlackHole *self);
BackstayDbConfig *support_black_hole_dup_config (SupportBlackHole *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SupportBlackHole, support_black_hole_free)

G_END_DECLS
