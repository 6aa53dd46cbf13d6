/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

G_BEGIN_DECLS

/**
 * SupportPooler:
 *
 * A real PgBouncer in transaction mode before the tests' server. It has so few connections of its own
 * that its clients share them all the time.
 */
typedef struct _SupportPooler SupportPooler;

gboolean          support_pooler_is_installed (void);
SupportPooler    *support_pooler_new (void) G_GNUC_WARN_UNUSED_RESULT;
void              support_pooler_free (SupportPooler *self);
BackstayDbConfig *support_pooler_dup_config (SupportPooler *self) G_GNUC_WARN_UNUSED_RESULT;
void              support_pooler_restart (SupportPooler *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SupportPooler, support_pooler_free)

G_END_DECLS
