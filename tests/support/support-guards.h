/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "support-sql.h"

G_BEGIN_DECLS

/* Who owns the sample's table where there are guards: no superuser. */
#define SUPPORT_KEEPER "keeper"

SupportSql *support_guards_new_keeper (void) G_GNUC_WARN_UNUSED_RESULT;
void        support_guards_run (SupportSql *sql,
                                const char *name);
void        support_guards_restore (void);

G_END_DECLS
