/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-repair"

#include "config.h"

#include "backstay-repair.h"

#include "backstay-display-text.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A repair gives versions of one model type another state, and nothing else. It knows which versions of
 * the type were active when it was shown, and which have to be afterwards; each is a sorted set. */
struct _BackstayRepair
{
  gatomicrefcount ref_count;
  char           *model_type;
  GStrv           ids; /* Of the versions that change. */
  const char     *state_before;
  const char     *state_after;
  GStrv           active_before; /* (nullable): where it does not matter. */
  GStrv           active_after;  /* (nullable) */
  char           *preview;
};

static BackstayRepair *
repair_new (const char *model_type,
            GPtrArray  *versions,
            const char *state_before,
            const char *state_after)
{
  BackstayRepair *self = g_new0 (BackstayRepair, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->model_type = g_strdup (model_type);
  self->ids = backstay_version_list_sorted_ids (versions);
  self->state_before = state_before;
  self->state_after = state_after;

  return self;
}

static char *
dup_label (BackstayVersion *version)
{
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char *id = backstay_version_dup_short_id (version);
  g_autofree char *byline = backstay_version_text_dup_byline (version);

  /* Translators: a version's name, the first digits of its id, and who made it. */
  return g_strdup_printf (_ ("%s (id %s, %s)"), name, id, byline);
}

/* What a service's query takes of two versions of one time, nobody can say. */
static gboolean
is_newest_alone (GPtrArray *active)
{
  const char *newest = backstay_version_get_created_at (g_ptr_array_index (active, 0));
  const char *next = backstay_version_get_created_at (g_ptr_array_index (active, 1));

  return g_strcmp0 (newest, next) != 0;
}

/**
 * backstay_repair_new_keep_newest:
 * @active: (element-type BackstayVersion): all active versions of a model type, in the order in which a
 *   service's query has them; at least two
 *
 * Turns off all active versions but the one that a service reads already.
 *
 * Returns: (transfer full): the repair
 */
BackstayRepair *
backstay_repair_new_keep_newest (GPtrArray *active)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GString) preview = NULL;
  g_autofree char *label = NULL;
  BackstayRepair  *self;

  g_return_val_if_fail (active != NULL && active->len > 1, NULL);

  g_ptr_array_add (kept, g_ptr_array_index (active, 0));
  for (guint i = 1; i < active->len; i++)
    g_ptr_array_add (others, g_ptr_array_index (active, i));

  self = repair_new (backstay_version_get_model_type (g_ptr_array_index (active, 0)), others, "true", "false");
  self->active_before = backstay_version_list_sorted_ids (active);
  self->active_after = backstay_version_list_sorted_ids (kept);

  label = dup_label (g_ptr_array_index (kept, 0));
  preview = g_string_new (NULL);
  /* Translators: %s is a version. */
  g_string_append_printf (preview,
                          is_newest_alone (active)
                            ? _ ("%s stays active. Services read it already, so nothing changes for them.")
                            : _ ("%s stays active. Another one has the same time, so services may have read that one: "
                                 "look at both before, and roll back to the one that is meant."),
                          label);
  g_string_append (preview, "\n\n");
  g_string_append (preview, _ ("No longer active:"));
  for (guint i = 0; i < others->len; i++)
    {
      g_autofree char *other = dup_label (g_ptr_array_index (others, i));

      g_string_append_printf (preview, "\n• %s", other);
    }
  self->preview = g_string_free (g_steal_pointer (&preview), FALSE);

  return self;
}

/**
 * backstay_repair_new_set_inactive:
 * @versions: (element-type BackstayVersion): versions of one model type that have no state
 *
 * Says of versions without a state that they are not active, as which they count already.
 *
 * Returns: (transfer full): the repair
 */
BackstayRepair *
backstay_repair_new_set_inactive (GPtrArray *versions)
{
  g_autoptr (GString) preview = NULL;
  BackstayRepair *self;

  g_return_val_if_fail (versions != NULL && versions->len > 0, NULL);

  self = repair_new (backstay_version_get_model_type (g_ptr_array_index (versions, 0)), versions, "", "false");

  preview = g_string_new (_ ("Becomes “not active”, as which it counts already, so nothing changes for services:"));
  for (guint i = 0; i < versions->len; i++)
    {
      g_autofree char *label = dup_label (g_ptr_array_index (versions, i));

      g_string_append_printf (preview, "\n• %s", label);
    }
  self->preview = g_string_free (g_steal_pointer (&preview), FALSE);

  return self;
}

/**
 * backstay_repair_new_undo:
 * @self: a repair that was made
 *
 * The way back. It works only while everything is as the repair left it.
 *
 * Returns: (transfer full): another repair
 */
BackstayRepair *
backstay_repair_new_undo (BackstayRepair *self)
{
  BackstayRepair *undo;

  g_return_val_if_fail (self != NULL, NULL);

  undo = g_new0 (BackstayRepair, 1);
  g_atomic_ref_count_init (&undo->ref_count);
  undo->model_type = g_strdup (self->model_type);
  undo->ids = g_strdupv (self->ids);
  undo->state_before = self->state_after;
  undo->state_after = self->state_before;
  undo->active_before = g_strdupv (self->active_after);
  undo->active_after = g_strdupv (self->active_before);
  undo->preview = g_strdup ("");

  return undo;
}

/**
 * backstay_repair_ref:
 *
 * Returns: (transfer full): the same repair
 */
BackstayRepair *
backstay_repair_ref (BackstayRepair *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * backstay_repair_unref:
 *
 * Gives up one reference.
 */
void
backstay_repair_unref (BackstayRepair *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->model_type);
  g_strfreev (self->ids);
  g_strfreev (self->active_before);
  g_strfreev (self->active_after);
  g_free (self->preview);
  g_free (self);
}

/**
 * backstay_repair_get_model_type:
 *
 * Returns: (transfer none): the model type
 */
const char *
backstay_repair_get_model_type (BackstayRepair *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->model_type;
}

/**
 * backstay_repair_get_n_changed:
 *
 * Returns: how many versions change
 */
guint
backstay_repair_get_n_changed (BackstayRepair *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_strv_length (self->ids);
}

/**
 * backstay_repair_dup_ids:
 *
 * Returns: (transfer full): the versions that change, as PostgreSQL reads an array
 */
char *
backstay_repair_dup_ids (BackstayRepair *self)
{
  g_autofree char *joined = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  joined = g_strjoinv (",", self->ids);

  return g_strdup_printf ("{%s}", joined);
}

/**
 * backstay_repair_get_state_before:
 *
 * Returns: (transfer none): what the versions' `is_active` was shown as; nothing for null
 */
const char *
backstay_repair_get_state_before (BackstayRepair *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->state_before;
}

/**
 * backstay_repair_get_state_after:
 *
 * Returns: (transfer none): what it is to be
 */
const char *
backstay_repair_get_state_after (BackstayRepair *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->state_after;
}

static gboolean
is_same_set (GStrv      expected,
             GPtrArray *active)
{
  g_auto (GStrv) ids = NULL;

  if (expected == NULL)
    return TRUE;

  ids = backstay_version_list_sorted_ids (active);

  return g_strv_equal ((const char *const *) ids, (const char *const *) expected);
}

/**
 * backstay_repair_expects_before:
 * @active: (element-type BackstayVersion): the active versions of the type
 *
 * Returns: whether they are what was shown
 */
gboolean
backstay_repair_expects_before (BackstayRepair *self,
                                GPtrArray      *active)
{
  g_return_val_if_fail (self != NULL && active != NULL, FALSE);

  return is_same_set (self->active_before, active);
}

/**
 * backstay_repair_expects_after:
 * @active: (element-type BackstayVersion): the active versions of the type
 *
 * Returns: whether they are what they have to be after the repair
 */
gboolean
backstay_repair_expects_after (BackstayRepair *self,
                               GPtrArray      *active)
{
  g_return_val_if_fail (self != NULL && active != NULL, FALSE);

  return is_same_set (self->active_after, active);
}

/**
 * backstay_repair_dup_preview:
 *
 * Returns: (transfer full): what will change, in words; plain text
 */
char *
backstay_repair_dup_preview (BackstayRepair *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->preview);
}
