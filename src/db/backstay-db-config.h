/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_DB_CONFIG (backstay_db_config_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDbConfig, backstay_db_config, BACKSTAY, DB_CONFIG, GObject)

BackstayDbConfig  *backstay_db_config_new_from_uri (const char *uri,
                                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig  *backstay_db_config_new_from_environment (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig  *backstay_db_config_new_for_socket (const char *directory,
                                                      guint16     port,
                                                      const char *user,
                                                      const char *database) G_GNUC_WARN_UNUSED_RESULT;
const char        *backstay_db_config_get_label (BackstayDbConfig *self);
gboolean           backstay_db_config_get_has_password (BackstayDbConfig *self);
const char *const *backstay_db_config_get_keywords (BackstayDbConfig *self);
const char *const *backstay_db_config_get_values (BackstayDbConfig *self);
gboolean           backstay_db_config_environment_is_set (void);
char              *backstay_db_config_dup_psql_command (BackstayDbConfig *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
