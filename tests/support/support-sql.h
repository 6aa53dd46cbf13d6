/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"

G_BEGIN_DECLS

/**
 * SupportSql:
 *
 * A second, plain connection that blocks: what a test does behind the back of what it tests, and
 * what it looks at. Every statement has to succeed, unless its refusal is what is looked at.
 */
typedef struct _SupportSql SupportSql;

SupportSql *support_sql_new (BackstayDbConfig *config) G_GNUC_WARN_UNUSED_RESULT;
void        support_sql_free (SupportSql *self);
void        support_sql_run (SupportSql *self,
                             const char *format,
                             ...) G_GNUC_PRINTF (2, 3);
char       *support_sql_query (SupportSql *self,
                               const char *format,
                               ...) G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;
gint64      support_sql_query_int (SupportSql *self,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (2, 3);
GPtrArray  *support_sql_list (SupportSql *self,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;
char       *support_sql_dup_refusal (SupportSql *self,
                                     const char *format,
                                     ...) G_GNUC_PRINTF (2, 3) G_GNUC_WARN_UNUSED_RESULT;
char       *support_sql_take_warnings (SupportSql *self) G_GNUC_WARN_UNUSED_RESULT;
void        support_sql_wait (SupportSql *self,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3);
void        support_sql_terminate (SupportSql *self,
                                   const char *format,
                                   ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SupportSql, support_sql_free)

G_END_DECLS
