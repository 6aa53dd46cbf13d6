/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback"

#include "config.h"

#include "backstay-rollback.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _BackstayRollbackRequest
{
  gatomicrefcount      ref_count;
  BackstayRollbackKind kind;
  BackstayNewVersion  *new_version; /* Only to be created. */
  char                *model_type;
  char                *target_id;   /* Not to be created. */
  char                *target_hash; /* Not to be created. */
  char                *new_id;      /* The version that is live, or at least there, afterwards. */
  GStrv                active;      /* The ids of the versions that were shown as active, sorted. */
  char                *reason;
};

static BackstayRollbackRequest *
request_new (const char *model_type,
             const char *target_id,
             const char *target_hash,
             GStrv       active,
             const char *reason)
{
  BackstayRollbackRequest *self = g_new0 (BackstayRollbackRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->model_type = g_strdup (model_type);
  self->target_id = g_strdup (target_id);
  self->target_hash = g_strdup (target_hash);
  self->new_id = g_uuid_string_random ();
  self->active = active;
  self->reason = g_strstrip (g_strdup (reason));

  return self;
}

/**
 * backstay_rollback_request_new:
 * @target: the version to go back to, as it was shown
 * @active: (element-type BackstayVersion): the versions of its type that were shown as active
 * @reason: why, in the user's words
 *
 * Asks for a rollback. The new version's id is made here, once: the same request sent twice makes
 * one version.
 *
 * Returns: (transfer full): the request
 */
BackstayRollbackRequest *
backstay_rollback_request_new (BackstayConfiguration *target,
                               GPtrArray             *active,
                               const char            *reason)
{
  BackstayVersion *version;

  g_return_val_if_fail (BACKSTAY_IS_CONFIGURATION (target), NULL);
  g_return_val_if_fail (active != NULL, NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  version = backstay_configuration_get_version (target);

  return request_new (backstay_version_get_model_type (version),
                      backstay_version_get_id (version),
                      backstay_configuration_get_hash (target),
                      backstay_version_list_sorted_ids (active),
                      reason);
}

/**
 * backstay_rollback_request_new_activate:
 * @target: the version to turn on, as it was shown
 * @active: (element-type BackstayVersion): the versions of its type that were shown as active
 *
 * Asks for a version to go live itself. The table does not record who did that.
 *
 * Returns: (transfer full): the request
 */
BackstayRollbackRequest *
backstay_rollback_request_new_activate (BackstayConfiguration *target,
                                        GPtrArray             *active)
{
  BackstayRollbackRequest *self = backstay_rollback_request_new (target, active, "");

  g_return_val_if_fail (self != NULL, NULL);

  self->kind = BACKSTAY_ROLLBACK_KIND_ACTIVATE;
  g_free (self->new_id);
  self->new_id = g_strdup (self->target_id);

  return self;
}

/**
 * backstay_rollback_request_new_create:
 * @version: what somebody wrote
 * @active: (element-type BackstayVersion) (nullable): the versions of its type that were shown as
 *   active; %NULL where the version does not go live
 *
 * Asks for a version to be put into the table. Its id is made here, once: the same request sent
 * twice makes one version.
 *
 * Returns: (transfer full): the request
 */
BackstayRollbackRequest *
backstay_rollback_request_new_create (BackstayNewVersion *version,
                                      GPtrArray          *active)
{
  BackstayRollbackRequest *self;

  g_return_val_if_fail (version != NULL, NULL);
  g_return_val_if_fail (active != NULL || !version->activate, NULL);

  self = request_new (version->model_type, NULL, NULL,
                      active != NULL ? backstay_version_list_sorted_ids (active) : g_new0 (char *, 1), "");
  self->kind = BACKSTAY_ROLLBACK_KIND_CREATE;
  self->new_version = backstay_new_version_ref (version);

  return self;
}

/**
 * backstay_rollback_request_set_new_id:
 * @new_id: a uuid that nothing else has
 *
 * Gives the version that is to be made its id. Requests with one id make one version, whichever of
 * them arrives.
 */
void
backstay_rollback_request_set_new_id (BackstayRollbackRequest *self,
                                      const char              *new_id)
{
  g_return_if_fail (self != NULL && self->kind != BACKSTAY_ROLLBACK_KIND_ACTIVATE);
  g_return_if_fail (g_uuid_string_is_valid (new_id));

  g_free (self->new_id);
  self->new_id = g_strdup (new_id);
}

/**
 * backstay_rollback_request_new_undo:
 * @outcome: what a rollback did
 *
 * Asks for the way back: the version that was live before becomes live again, as a new version.
 *
 * Returns: (transfer full) (nullable): the request, %NULL where nothing was live before
 */
BackstayRollbackRequest *
backstay_rollback_request_new_undo (BackstayRollbackOutcome *outcome)
{
  const char *active[] = { NULL, NULL };

  g_return_val_if_fail (outcome != NULL, NULL);

  if (outcome->previous == NULL || outcome->previous_hash == NULL)
    return NULL;

  active[0] = outcome->request->new_id;

  return request_new (outcome->request->model_type,
                      backstay_version_get_id (outcome->previous),
                      outcome->previous_hash,
                      g_strdupv ((char **) active),
                      outcome->request->kind == BACKSTAY_ROLLBACK_KIND_COPY
                        ? _ ("Undoes the rollback before it.")
                        : _ ("Undoes the change before it."));
}

/**
 * backstay_rollback_request_ref:
 *
 * Returns: (transfer full): the same request
 */
BackstayRollbackRequest *
backstay_rollback_request_ref (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_rollback_request_unref:
 *
 * Gives up one reference.
 */
void
backstay_rollback_request_unref (BackstayRollbackRequest *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->new_version, backstay_new_version_unref);
  g_free (self->model_type);
  g_free (self->target_id);
  g_free (self->target_hash);
  g_free (self->new_id);
  g_strfreev (self->active);
  g_free (self->reason);
  g_free (self);
}

/**
 * backstay_rollback_request_get_kind:
 *
 * Returns: what is asked for
 */
BackstayRollbackKind
backstay_rollback_request_get_kind (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, BACKSTAY_ROLLBACK_KIND_COPY);

  return self->kind;
}

/**
 * backstay_rollback_request_get_new_version:
 *
 * Returns: (transfer none) (nullable): the version to create, %NULL where none is
 */
BackstayNewVersion *
backstay_rollback_request_get_new_version (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->new_version;
}

/**
 * backstay_rollback_request_goes_live:
 *
 * Returns: whether a service reads another version afterwards
 */
gboolean
backstay_rollback_request_goes_live (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->new_version == NULL || self->new_version->activate;
}

/**
 * backstay_rollback_request_get_model_type:
 *
 * Returns: (transfer none): the model type
 */
const char *
backstay_rollback_request_get_model_type (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model_type;
}

/**
 * backstay_rollback_request_get_target_id:
 *
 * Returns: (transfer none) (nullable): the uuid of the version to copy or to turn on
 */
const char *
backstay_rollback_request_get_target_id (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->target_id;
}

/**
 * backstay_rollback_request_get_target_hash:
 *
 * Returns: (transfer none) (nullable): SHA-256 of the configuration's text that was shown
 */
const char *
backstay_rollback_request_get_target_hash (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->target_hash;
}

/**
 * backstay_rollback_request_get_new_id:
 *
 * Returns: (transfer none): the uuid that the new version gets
 */
const char *
backstay_rollback_request_get_new_id (BackstayRollbackRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->new_id;
}

/**
 * backstay_rollback_request_expects_active:
 * @active: (element-type BackstayVersion): the versions that are active now
 *
 * Compares the active versions with the ones that were shown.
 *
 * Returns: whether they are the same
 */
gboolean
backstay_rollback_request_expects_active (BackstayRollbackRequest *self,
                                          GPtrArray               *active)
{
  g_auto (GStrv) ids = NULL;

  g_return_val_if_fail (self != NULL && active != NULL, FALSE);

  ids = backstay_version_list_sorted_ids (active);

  return g_strv_equal ((const char *const *) ids, (const char *const *) self->active);
}

/**
 * backstay_rollback_request_dup_notes:
 * @created_at_utc: when the version to copy was made
 *
 * Writes the new version's notes: a first line that programs can read in any language, then the
 * reason.
 *
 * Returns: (transfer full): the notes
 */
char *
backstay_rollback_request_dup_notes (BackstayRollbackRequest *self,
                                     const char              *created_at_utc)
{
  g_autofree char *was = NULL;

  g_return_val_if_fail (self != NULL && created_at_utc != NULL, NULL);

  was = self->active[0] != NULL ? g_strjoinv (", ", self->active) : g_strdup ("none");

  return g_strdup_printf ("Rolled back to %s %s (was %s).\n%s",
                          created_at_utc, self->target_id, was, self->reason);
}

/**
 * backstay_rollback_notes_parse:
 * @notes: (nullable): a version's notes
 * @created_at_utc: (out) (optional) (transfer full): when the copied version was made
 * @target_id: (out) (optional) (transfer full): the copied version's uuid
 * @reason: (out) (optional) (transfer none): what follows the first line
 *
 * Reads what backstay_rollback_request_dup_notes() wrote.
 *
 * Returns: whether these are a rollback's notes
 */
gboolean
backstay_rollback_notes_parse (const char  *notes,
                               char       **created_at_utc,
                               char       **target_id,
                               const char **reason)
{
  const char       prefix[] = "Rolled back to ";
  const char      *line_end;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  if (notes == NULL || !g_str_has_prefix (notes, prefix))
    return FALSE;

  line_end = notes + strcspn (notes, "\n");
  line = g_strndup (notes + strlen (prefix), line_end - notes - strlen (prefix));
  words = g_strsplit (line, " ", 4);

  if (g_strv_length (words) != 4 ||
      !g_uuid_string_is_valid (words[1]) ||
      strcmp (words[2], "(was") != 0 ||
      !g_str_has_suffix (words[3], ")."))
    return FALSE;

  if (created_at_utc != NULL)
    *created_at_utc = g_strdup (words[0]);
  if (target_id != NULL)
    *target_id = g_strdup (words[1]);
  if (reason != NULL)
    *reason = *line_end == '\n' ? line_end + 1 : line_end;

  return TRUE;
}

/**
 * backstay_rollback_notes_dup_replaced_id:
 * @notes: (nullable): a version's notes
 *
 * Reads from a rollback's notes what was live before it.
 *
 * Returns: (transfer full) (nullable): that version's uuid; %NULL where these are no rollback's notes,
 *   or not exactly one version was active
 */
char *
backstay_rollback_notes_dup_replaced_id (const char *notes)
{
  const char      *was;
  g_autofree char *id = NULL;

  if (!backstay_rollback_notes_parse (notes, NULL, NULL, NULL))
    return NULL;

  was = strstr (notes, " (was ") + strlen (" (was ");
  id = g_strndup (was, strcspn (was, ",)"));

  if (was[strlen (id)] != ')' || !g_uuid_string_is_valid (id))
    return NULL;

  return g_steal_pointer (&id);
}

/**
 * backstay_rollback_outcome_new: (skip)
 * @request: what was asked for
 *
 * Returns: (transfer full): an outcome, to be filled in before it is shared
 */
BackstayRollbackOutcome *
backstay_rollback_outcome_new (BackstayRollbackRequest *request)
{
  BackstayRollbackOutcome *self = g_new0 (BackstayRollbackOutcome, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->request = backstay_rollback_request_ref (request);

  return self;
}

/**
 * backstay_rollback_outcome_ref:
 *
 * Returns: (transfer full): the same outcome
 */
BackstayRollbackOutcome *
backstay_rollback_outcome_ref (BackstayRollbackOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_rollback_outcome_unref:
 *
 * Gives up one reference.
 */
void
backstay_rollback_outcome_unref (BackstayRollbackOutcome *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  backstay_rollback_request_unref (self->request);
  g_clear_object (&self->previous);
  g_free (self->previous_hash);
  g_clear_pointer (&self->stored_text, g_bytes_unref);
  g_free (self);
}
