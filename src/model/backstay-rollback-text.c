/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-text"

#include "config.h"

#include "backstay-rollback-text.h"

#include "backstay-display-text.h"
#include "backstay-timestamp.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>

/* What a rollback or an activation does, in words. */

/**
 * backstay_rollback_text_dup_act:
 * @kind: how a version is made live again
 * @target: the version
 * @live: (nullable): what is live now; %NULL where nothing is or it is not known yet
 *
 * Names what is to be done. One does not roll back to what is newer than what is live.
 *
 * Returns: (transfer full): a button's label
 */
char *
backstay_rollback_text_dup_act (BackstayRollbackKind kind,
                                BackstayVersion     *target,
                                BackstayVersion     *live)
{
  g_autofree char *type = NULL;

  g_return_val_if_fail (BACKSTAY_IS_VERSION (target), NULL);

  type = backstay_display_text (backstay_version_get_model_type (target));

  /* Translators: a model type's name. This is what the button does. */
  if (kind == BACKSTAY_ROLLBACK_KIND_ACTIVATE)
    return g_strdup_printf (_ ("Activate for %s"), type);

  if (live != NULL && backstay_version_is_older (live, target))
    return g_strdup_printf (_ ("Make Live for %s"), type);

  return g_strdup_printf (_ ("Roll Back %s"), type);
}

/**
 * backstay_rollback_text_dup_version:
 * @version: a version
 *
 * Returns: (transfer full): which one it is, beyond doubt
 */
char *
backstay_rollback_text_dup_version (BackstayVersion *version)
{
  g_autofree char *name = NULL;
  g_autofree char *byline = NULL;
  g_autofree char *short_id = NULL;
  g_autofree char *when = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_val_if_fail (BACKSTAY_IS_VERSION (version), NULL);

  name = backstay_display_text (backstay_version_get_name (version));
  byline = backstay_version_text_dup_byline (version);
  short_id = backstay_version_dup_short_id (version);
  when = backstay_timestamp_dup_relative (backstay_version_get_created_at (version), now);

  /* Translators: a version's name, when it was made, by whom, and the first digits of its id. */
  return g_strdup_printf (_ ("%s (%s, %s, id %s)"), name, when, byline, short_id);
}

/**
 * backstay_rollback_text_dup_active:
 * @active: (element-type BackstayVersion): what is active
 *
 * Returns: (transfer full): a line for each of them
 */
char *
backstay_rollback_text_dup_active (GPtrArray *active)
{
  g_autoptr (GString) lines = NULL;

  g_return_val_if_fail (active != NULL, NULL);

  if (active->len == 0)
    return g_strdup (_ ("Nothing: no version is active."));

  lines = g_string_new (NULL);

  for (guint i = 0; i < active->len; i++)
    {
      g_autofree char *line = backstay_rollback_text_dup_version (g_ptr_array_index (active, i));

      if (i > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, line);
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/**
 * backstay_rollback_text_get_from:
 * @kind: how a version is made live again
 * @several: whether several are active now
 *
 * Returns: (transfer none): what becomes of what is active now, as a title for it
 */
const char *
backstay_rollback_text_get_from (BackstayRollbackKind kind,
                                 gboolean             several)
{
  if (kind == BACKSTAY_ROLLBACK_KIND_ACTIVATE)
    return several ? _ ("All of these, which are active, are turned off") : _ ("Is turned off");

  return several ? _ ("From all of these, which are active") : _ ("From");
}

/**
 * backstay_rollback_text_dup_user:
 * @kind: how a version is made live again
 * @access: who does it
 *
 * Says who is recorded. A login without a profile is not recorded at all, and that has to be known
 * before.
 *
 * Returns: (transfer full): who
 */
char *
backstay_rollback_text_dup_user (BackstayRollbackKind kind,
                                 BackstayAccess      *access)
{
  g_autofree char *user = NULL;

  g_return_val_if_fail (access != NULL, NULL);

  if (kind == BACKSTAY_ROLLBACK_KIND_ACTIVATE)
    return g_strdup (_ ("nobody: the table cannot record who activates a version, when, or why. Where the "
                        "guards are installed, their audit trail has who and when."));

  user = backstay_access_dup_user (access);

  if (access->identity != NULL)
    return g_steal_pointer (&user);

  return g_strdup_printf (_ ("nobody: the login %s has no profile"), user);
}

/**
 * backstay_rollback_text_dup_rehearsal:
 * @outcome: what a rehearsal did
 *
 * Returns: (transfer full): a sentence
 */
char *
backstay_rollback_text_dup_rehearsal (BackstayRollbackOutcome *outcome)
{
  guint n;

  g_return_val_if_fail (outcome != NULL, NULL);

  n = outcome->n_deactivated;

  if (backstay_rollback_request_get_kind (outcome->request) == BACKSTAY_ROLLBACK_KIND_ACTIVATE)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "Rehearsed: the server would turn off %u version and make "
                                         "this one live. All of it was taken back; nothing was "
                                         "changed.",
                                         "Rehearsed: the server would turn off %u versions and make "
                                         "this one live. All of it was taken back; nothing was "
                                         "changed.",
                                         n),
                            n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Rehearsed: the server would turn off %u version and make "
                                       "the new one live. All of it was taken back; nothing was "
                                       "changed.",
                                       "Rehearsed: the server would turn off %u versions and make "
                                       "the new one live. All of it was taken back; nothing was "
                                       "changed.",
                                       n),
                          n);
}
