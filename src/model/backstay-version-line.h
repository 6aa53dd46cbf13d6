/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the table's columns hold, in characters. */
#define BACKSTAY_MODEL_TYPE_CHARS 20
#define BACKSTAY_CONFIG_NAME_CHARS 100

/**
 * BackstayVersionLine:
 * @id: (nullable): the version's uuid, in small letters
 * @model_type: its model type
 * @config_name: its name
 * @is_active: `true`, `false` or `null`
 * @created_by: (nullable): the uuid of who made it
 * @creator_name: (nullable): the name of who made it
 * @created_at: (nullable): when, as one word
 * @notes: (nullable): its notes
 * @config: the configuration's exact text; %NULL in what is only written
 * @hash: the SHA-256 of @config
 *
 * A version as a line of a file that is exported or imported: one JSON object.
 */
typedef struct
{
  char   *id;
  char   *model_type;
  char   *config_name;
  char   *is_active;
  char   *created_by;
  char   *creator_name;
  char   *created_at;
  char   *notes;
  GBytes *config;
  char   *hash;
} BackstayVersionLine;

BackstayVersionLine *backstay_version_line_parse (GBytes  *text,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
void                 backstay_version_line_free (BackstayVersionLine *self);
void                 backstay_version_line_print_head (BackstayVersionLine *self,
                                                       GString             *out);
char                *backstay_version_line_dup_import_id (BackstayVersionLine *self) G_GNUC_WARN_UNUSED_RESULT;
char                *backstay_version_line_dup_import_notes (BackstayVersionLine *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean backstay_import_notes_parse (const char  *notes,
                                      char       **id,
                                      char       **created_at,
                                      char       **creator,
                                      const char **rest);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayVersionLine, backstay_version_line_free)

G_END_DECLS
