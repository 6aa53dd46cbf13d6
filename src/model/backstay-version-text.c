/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version-text"

#include "config.h"

#include "backstay-version-text.h"

#include "backstay-display-text.h"
#include "backstay-rollback.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>

/* What a version's notes say to a person. A rollback's first line is written for programs. */

/**
 * backstay_version_text_dup_summary:
 * @version: a version
 *
 * Gives the first line of the notes; for a rollback what it went back to, and why.
 *
 * Returns: (transfer full) (nullable): text for a label, %NULL where there are no notes
 */
char *
backstay_version_text_dup_summary (BackstayVersion *version)
{
  const char      *notes = backstay_version_get_notes (version);
  const char      *reason = NULL;
  g_autofree char *created_at = NULL;
  g_autofree char *line = NULL;
  g_autofree char *when = NULL;

  if (!backstay_rollback_notes_parse (notes, &created_at, NULL, &reason))
    return backstay_display_text_line (notes);

  when = backstay_timestamp_dup_short (created_at);
  line = backstay_display_text_line (reason);

  if (line == NULL)
    return g_strdup_printf (_ ("Rolled back to the version of %s"), when);

  return g_strdup_printf (_ ("Rolled back to the version of %s: %s"), when, line);
}

/**
 * backstay_version_text_dup_notes:
 * @version: a version
 *
 * Gives all of the notes, with their lines.
 *
 * Returns: (transfer full) (nullable): text for a label, %NULL where there are no notes
 */
char *
backstay_version_text_dup_notes (BackstayVersion *version)
{
  const char      *notes = backstay_version_get_notes (version);
  g_autofree char *text = NULL;

  if (notes == NULL)
    return NULL;

  text = backstay_display_text_lines (notes);
  g_strstrip (text);

  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * backstay_version_text_dup_byline:
 * @version: a version
 *
 * Says who made it: "by alice", or that nobody is recorded.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_version_text_dup_byline (BackstayVersion *version)
{
  g_autofree char *creator = backstay_version_dup_creator_label (version);

  if (backstay_version_get_creator_id (version) == NULL)
    return g_steal_pointer (&creator);

  /* Translators: a user's name. */
  return g_strdup_printf (_ ("by %s"), creator);
}

/**
 * backstay_version_text_dup_name_beside:
 * @version: a version
 * @other: (nullable): the version that it is named together with
 *
 * Names a version, with its model type where that is not the other one's.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_version_text_dup_name_beside (BackstayVersion *version,
                                       BackstayVersion *other)
{
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char *type = NULL;

  if (other == NULL ||
      g_str_equal (backstay_version_get_model_type (version), backstay_version_get_model_type (other)))
    return g_steal_pointer (&name);

  type = backstay_display_text (backstay_version_get_model_type (version));

  /* Translators: a model type, and the name of a version of it. */
  return g_strdup_printf (_ ("%s: %s"), type, name);
}
