/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-db-lineage.h"

G_BEGIN_DECLS

/* Where the table is, unless somebody said otherwise. */
#define BACKSTAY_DB_CONFIG_SCHEMA "public"

/**
 * BackstayDbSafeMode:
 * @BACKSTAY_DB_SAFE_MODE_OFF: whatever has no dialog of its own is done at once
 * @BACKSTAY_DB_SAFE_MODE_ASK: it is asked for before
 * @BACKSTAY_DB_SAFE_MODE_NO_WRITES: nothing is changed
 * @BACKSTAY_DB_N_SAFE_MODES: their number
 *
 * How careful to be with a server.
 */
typedef enum
{
  BACKSTAY_DB_SAFE_MODE_OFF,
  BACKSTAY_DB_SAFE_MODE_ASK,
  BACKSTAY_DB_SAFE_MODE_NO_WRITES,
  BACKSTAY_DB_N_SAFE_MODES,
} BackstayDbSafeMode;

#define BACKSTAY_TYPE_DB_CONFIG (backstay_db_config_get_type ())

G_DECLARE_FINAL_TYPE (BackstayDbConfig, backstay_db_config, BACKSTAY, DB_CONFIG, GObject)

BackstayDbConfig  *backstay_db_config_new_from_uri (const char *uri,
                                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig  *backstay_db_config_new_from_environment (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig  *backstay_db_config_new_for_socket (const char *directory,
                                                      guint16     port,
                                                      const char *user,
                                                      const char *database) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig  *backstay_db_config_new_for_parameters (const char        *key,
                                                          const char        *label,
                                                          const char        *schema,
                                                          BackstayDbSafeMode safe_mode,
                                                          const char *const *keywords,
                                                          const char *const *values) G_GNUC_WARN_UNUSED_RESULT;
BackstayDbConfig  *backstay_db_config_new_with_password (BackstayDbConfig *other,
                                                         const char       *password) G_GNUC_WARN_UNUSED_RESULT;
const char        *backstay_db_config_get_key (BackstayDbConfig *self);
const char        *backstay_db_config_get_label (BackstayDbConfig *self);
gboolean           backstay_db_config_get_has_password (BackstayDbConfig *self);
const char        *backstay_db_config_get_schema (BackstayDbConfig *self);
BackstayDbSafeMode backstay_db_config_get_safe_mode (BackstayDbConfig *self);
const char        *backstay_db_config_get_parameter (BackstayDbConfig *self,
                                                     const char       *keyword);
gboolean           backstay_db_config_is_same_place (BackstayDbConfig *self,
                                                     BackstayDbConfig *other);
void               backstay_db_config_set_lacks_profiles (BackstayDbConfig *self,
                                                          gboolean          lacks_profiles);
gboolean           backstay_db_config_get_lacks_profiles (BackstayDbConfig *self);
BackstayDbLineage *backstay_db_config_get_lineage (BackstayDbConfig *self);
const char *const *backstay_db_config_get_keywords (BackstayDbConfig *self);
const char *const *backstay_db_config_get_values (BackstayDbConfig *self);
gboolean           backstay_db_config_environment_is_set (void);
char              *backstay_db_config_dup_psql_command (BackstayDbConfig *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
