/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-version"

#include "config.h"

#include "backstay-version.h"

#include "backstay-display-text.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayVersion:
 *
 * One row of a model type's history, without its configuration. Only whether it is active changes.
 */
struct _BackstayVersion
{
  GObject parent_instance;

  char    *id;
  char    *model_type;
  char    *name;
  char    *creator_id;
  char    *creator_name;
  char    *created_at;
  char    *notes;
  gboolean active;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayVersion, backstay_version, G_TYPE_OBJECT)

static void
backstay_version_finalize (GObject *object)
{
  BackstayVersion *self = BACKSTAY_VERSION (object);

  g_free (self->id);
  g_free (self->model_type);
  g_free (self->name);
  g_free (self->creator_id);
  g_free (self->creator_name);
  g_free (self->created_at);
  g_free (self->notes);

  G_OBJECT_CLASS (backstay_version_parent_class)->finalize (object);
}

static void
backstay_version_class_init (BackstayVersionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_version_finalize;

  /**
   * BackstayVersion::changed:
   *
   * Emitted when it was made active, or is not active any more.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_version_init (BackstayVersion *self)
{
}

/**
 * backstay_version_new_from_rows:
 * @rows: what a query gave back
 * @row: the row
 * @first_column: where seven columns begin: id, name, active, creator, creator's name, time, notes
 * @model_type: the model type
 *
 * Reads a version.
 *
 * Returns: (transfer full): the version
 */
BackstayVersion *
backstay_version_new_from_rows (BackstayDbRows *rows,
                                guint           row,
                                guint           first_column,
                                const char     *model_type)
{
  BackstayVersion *self = g_object_new (BACKSTAY_TYPE_VERSION, NULL);

  self->id = g_strdup (backstay_db_rows_get_text (rows, row, first_column));
  self->name = g_strdup (backstay_db_rows_get_text (rows, row, first_column + 1));
  self->active = backstay_db_rows_get_boolean (rows, row, first_column + 2);
  self->creator_id = g_strdup (backstay_db_rows_get_text (rows, row, first_column + 3));
  self->creator_name = g_strdup (backstay_db_rows_get_text (rows, row, first_column + 4));
  self->created_at = g_strdup (backstay_db_rows_get_text (rows, row, first_column + 5));
  self->notes = g_strdup (backstay_db_rows_get_text (rows, row, first_column + 6));
  self->model_type = g_strdup (model_type);

  return self;
}

/**
 * backstay_version_get_id:
 *
 * Returns: (transfer none): the uuid
 */
const char *
backstay_version_get_id (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->id;
}

/**
 * backstay_version_get_model_type:
 *
 * Returns: (transfer none): the model type
 */
const char *
backstay_version_get_model_type (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->model_type;
}

/**
 * backstay_version_get_name:
 *
 * Returns: (transfer none): the configuration's name, as it is in the table
 */
const char *
backstay_version_get_name (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->name;
}

/**
 * backstay_version_get_active:
 *
 * Returns: whether it is active; SQL's null is not
 */
gboolean
backstay_version_get_active (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), FALSE);

  return self->active;
}

/**
 * backstay_version_set_active:
 * @active: whether it is active now
 *
 * Takes over what was found out since.
 */
void
backstay_version_set_active (BackstayVersion *self,
                             gboolean         active)
{
  g_return_if_fail (BACKSTAY_IS_VERSION (self));

  if (self->active == !!active)
    return;

  self->active = !!active;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * backstay_version_get_creator_id:
 *
 * Returns: (transfer none) (nullable): the creator's uuid
 */
const char *
backstay_version_get_creator_id (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->creator_id;
}

/**
 * backstay_version_get_creator_name:
 *
 * Returns: (transfer none) (nullable): the creator's name, where a profile can be seen
 */
const char *
backstay_version_get_creator_name (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->creator_name;
}

/**
 * backstay_version_get_created_at:
 *
 * Returns: (transfer none) (nullable): the time, as the server spells it
 */
const char *
backstay_version_get_created_at (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->created_at;
}

/**
 * backstay_version_get_notes:
 *
 * Returns: (transfer none) (nullable): the notes; only their beginning for a version of a list
 */
const char *
backstay_version_get_notes (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return self->notes;
}

/**
 * backstay_version_dup_short_id:
 *
 * Returns: (transfer full): the first eight digits of the uuid, to tell equal names apart
 */
char *
backstay_version_dup_short_id (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return g_strndup (self->id, 8);
}

/**
 * backstay_version_label_creator:
 * @id: (nullable): a creator's uuid
 * @name: (nullable): the creator's name, where a profile can be seen
 *
 * Says who somebody is that made versions, or what is known of it.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_version_label_creator (const char *id,
                                const char *name)
{
  if (id == NULL)
    return g_strdup (_ ("no creator recorded"));

  if (name == NULL || name[0] == '\0')
    return g_strdup_printf (_ ("unknown user %.8s"), id);

  return backstay_display_text (name);
}

/**
 * backstay_version_dup_creator_label:
 *
 * Says who made the version, or what is known of it.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_version_dup_creator_label (BackstayVersion *self)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), NULL);

  return backstay_version_label_creator (self->creator_id, self->creator_name);
}

/**
 * backstay_version_equal:
 * @other: another version
 *
 * Compares all that is shown of a version in a list.
 *
 * Returns: whether there is no difference
 */
gboolean
backstay_version_equal (BackstayVersion *self,
                        BackstayVersion *other)
{
  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), FALSE);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (other), FALSE);

  return strcmp (self->id, other->id) == 0 &&
         strcmp (self->name, other->name) == 0 &&
         self->active == other->active &&
         g_strcmp0 (self->creator_id, other->creator_id) == 0 &&
         g_strcmp0 (self->creator_name, other->creator_name) == 0 &&
         g_strcmp0 (self->created_at, other->created_at) == 0 &&
         g_strcmp0 (self->notes, other->notes) == 0;
}

/**
 * backstay_version_is_older:
 * @other: another version, also of another model type
 *
 * Returns: whether it was made before the other one; the order is that of the history
 */
gboolean
backstay_version_is_older (BackstayVersion *self,
                           BackstayVersion *other)
{
  int order;

  g_return_val_if_fail (BACKSTAY_IS_VERSION (self), FALSE);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (other), FALSE);

  order = backstay_timestamp_compare (self->created_at, other->created_at);

  return order != 0 ? order < 0 : strcmp (self->id, other->id) < 0;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * backstay_version_list_sorted_ids:
 * @versions: (element-type BackstayVersion): versions
 *
 * One set of versions has one spelling, whatever order it was read in.
 *
 * Returns: (transfer full): their ids
 */
GStrv
backstay_version_list_sorted_ids (GPtrArray *versions)
{
  g_autoptr (GPtrArray) ids = NULL;

  g_return_val_if_fail (versions != NULL, NULL);

  ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < versions->len; i++)
    g_ptr_array_add (ids, g_strdup (backstay_version_get_id (g_ptr_array_index (versions, i))));

  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}
