/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BACKSTAY_MODEL_TYPE_MAX_CHARS:
 *
 * How many characters a model type may have.
 */
#define BACKSTAY_MODEL_TYPE_MAX_CHARS 20

/**
 * BACKSTAY_CONFIG_NAME_MAX_CHARS:
 *
 * How many characters a configuration's name may have.
 */
#define BACKSTAY_CONFIG_NAME_MAX_CHARS 100

/**
 * BackstayNewVersion:
 * @model_type: the model type
 * @config_name: the configuration's name
 * @text: the configuration, as it was typed
 * @notes: the notes; empty for none
 * @activate: whether it goes live at once, and all others of its type are turned off
 *
 * A version that somebody wrote, and that is to be put into the table.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char           *model_type;
  char           *config_name;
  char           *text;
  char           *notes;
  gboolean        activate;
} BackstayNewVersion;

BackstayNewVersion *backstay_new_version_new (const char *model_type,
                                              const char *config_name,
                                              const char *text,
                                              const char *notes,
                                              gboolean    activate) G_GNUC_WARN_UNUSED_RESULT;
BackstayNewVersion *backstay_new_version_ref (BackstayNewVersion *self);
void                backstay_new_version_unref (BackstayNewVersion *self);
char               *backstay_new_version_dup_name (const char        *name,
                                                   const char *const *taken) G_GNUC_WARN_UNUSED_RESULT;
char               *backstay_new_version_dup_problem (const char *model_type,
                                                      const char *config_name,
                                                      const char *notes,
                                                      gboolean    needs_notes) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackstayNewVersion, backstay_new_version_unref)

G_END_DECLS
