/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-config.h"
#include "support-sql.h"

G_BEGIN_DECLS

/* Profiles of the sample. */
#define SUPPORT_ALICE "00000000-0000-4000-8000-0000000000a1"
#define SUPPORT_BOB "00000000-0000-4000-8000-0000000000a2"
#define SUPPORT_DAVE "00000000-0000-4000-8000-0000000000d4"

/**
 * SupportContent:
 * @SUPPORT_CONTENT_NOTHING: an empty database
 * @SUPPORT_CONTENT_SCHEMA: the tables, and nobody in them
 * @SUPPORT_CONTENT_SAMPLE: the sample
 */
typedef enum
{
  SUPPORT_CONTENT_NOTHING,
  SUPPORT_CONTENT_SCHEMA,
  SUPPORT_CONTENT_SAMPLE,
} SupportContent;

int               support_server_run_tests (SupportContent content);
BackstayDbConfig *support_server_get_config (void);
const char       *support_server_get_directory (void);
BackstayDbConfig *support_server_dup_config_for (const char *user,
                                                 const char *database) G_GNUC_WARN_UNUSED_RESULT;
SupportSql       *support_server_get_sql (void);
BackstayDbConfig *support_server_dup_careful_config (BackstayDbSafeMode safe_mode) G_GNUC_WARN_UNUSED_RESULT;
void              support_server_restore (void);
void              support_server_want_password (const char *role,
                                                const char *password);

G_END_DECLS
