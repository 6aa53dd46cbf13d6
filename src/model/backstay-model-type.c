/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-model-type"

#include "config.h"

#include "backstay-model-type.h"

#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayModelType:
 *
 * A model type with the version that a service reads.
 *
 * It stays the same object when a list is loaded again, so that what shows it keeps its selection;
 * then it emits [signal@ModelType::changed].
 */
struct _BackstayModelType
{
  GObject parent_instance;

  char            *name;
  BackstayVersion *live;
  guint            n_versions;
  guint            n_active;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayModelType, backstay_model_type, G_TYPE_OBJECT)

static void
backstay_model_type_finalize (GObject *object)
{
  BackstayModelType *self = BACKSTAY_MODEL_TYPE (object);

  g_free (self->name);
  g_clear_object (&self->live);

  G_OBJECT_CLASS (backstay_model_type_parent_class)->finalize (object);
}

static void
backstay_model_type_class_init (BackstayModelTypeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_model_type_finalize;

  /**
   * BackstayModelType::changed:
   *
   * Emitted when the live version or a count is another than before.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_model_type_init (BackstayModelType *self)
{
}

/**
 * backstay_model_type_new:
 * @name: the value of `model_type`
 * @n_versions: how many versions there are, at most %BACKSTAY_MODEL_TYPE_COUNT_LIMIT
 * @n_active: how many of them are active, with the same limit
 * @live: (nullable): the version that a service reads
 *
 * Returns: (transfer full): the model type
 */
BackstayModelType *
backstay_model_type_new (const char      *name,
                         guint            n_versions,
                         guint            n_active,
                         BackstayVersion *live)
{
  BackstayModelType *self;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (live == NULL || BACKSTAY_IS_VERSION (live), NULL);

  self = g_object_new (BACKSTAY_TYPE_MODEL_TYPE, NULL);
  self->name = g_strdup (name);
  self->n_versions = n_versions;
  self->n_active = n_active;
  g_set_object (&self->live, live);

  return self;
}

/**
 * backstay_model_type_get_name:
 *
 * Returns: (transfer none): the value of `model_type`, as it is in the table
 */
const char *
backstay_model_type_get_name (BackstayModelType *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), NULL);

  return self->name;
}

/**
 * backstay_model_type_get_n_versions:
 *
 * Returns: the number of versions, at most %BACKSTAY_MODEL_TYPE_COUNT_LIMIT
 */
guint
backstay_model_type_get_n_versions (BackstayModelType *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), 0);

  return self->n_versions;
}

/**
 * backstay_model_type_get_n_active:
 *
 * Returns: the number of active versions; the rule is one, the table alone does not enforce it
 */
guint
backstay_model_type_get_n_active (BackstayModelType *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), 0);

  return self->n_active;
}

/**
 * backstay_model_type_get_live:
 *
 * Returns: (transfer none) (nullable): the version that a service reads
 */
BackstayVersion *
backstay_model_type_get_live (BackstayModelType *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), NULL);

  return self->live;
}

/**
 * backstay_model_type_dup_count_label:
 *
 * Returns: (transfer full): the number of versions for a label, such as "214" or "1000+"
 */
char *
backstay_model_type_dup_count_label (BackstayModelType *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), NULL);

  return g_strdup_printf (self->n_versions < BACKSTAY_MODEL_TYPE_COUNT_LIMIT ? "%u" : "%u+",
                          self->n_versions);
}

/**
 * backstay_model_type_dup_warning:
 *
 * Says what is wrong with the number of active versions.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where exactly one is active
 */
char *
backstay_model_type_dup_warning (BackstayModelType *self)
{
  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), NULL);

  if (self->n_active == 1)
    return NULL;

  if (self->n_active == 0)
    return g_strdup (_ ("No version is active: a service reads nothing."));

  return g_strdup_printf (_ ("%u versions are active: a service reads the newest."), self->n_active);
}

/**
 * backstay_model_type_dup_time_warning:
 * @now: the time
 *
 * Says what is wrong with the time of the live version, by which a service finds it.
 *
 * Returns: (transfer full) (nullable): a sentence, %NULL where nothing is wrong
 */
char *
backstay_model_type_dup_time_warning (BackstayModelType *self,
                                      GDateTime         *now)
{
  const char *created_at;
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (BACKSTAY_IS_MODEL_TYPE (self), NULL);
  g_return_val_if_fail (now != NULL, NULL);

  if (self->live == NULL)
    return NULL;

  created_at = backstay_version_get_created_at (self->live);

  /* PostgreSQL sorts a null before all times where the newest come first. */
  if (created_at == NULL)
    return g_strdup (_ ("The live version has no time: a service prefers it to every other one."));

  time = backstay_timestamp_parse (created_at);

  /* What GLib does not know is before the year 1 or after 9999. */
  if (time != NULL ? g_date_time_compare (time, now) > 0
                   : strcmp (created_at, "-infinity") != 0 && !g_str_has_suffix (created_at, " BC"))
    return g_strdup (_ ("The live version is dated in the future: until then a service prefers it "
                        "to any that is made now."));

  return NULL;
}

static gboolean
has_same_live (BackstayModelType *self,
               BackstayModelType *other)
{
  if (self->live == NULL || other->live == NULL)
    return self->live == other->live;

  return backstay_version_equal (self->live, other->live);
}

/**
 * backstay_model_type_update:
 * @other: the same model type, as it is now
 *
 * Takes over what was found out since.
 */
void
backstay_model_type_update (BackstayModelType *self,
                            BackstayModelType *other)
{
  g_return_if_fail (BACKSTAY_IS_MODEL_TYPE (self));
  g_return_if_fail (BACKSTAY_IS_MODEL_TYPE (other));
  g_return_if_fail (strcmp (self->name, other->name) == 0);

  if (self->n_versions == other->n_versions &&
      self->n_active == other->n_active &&
      has_same_live (self, other))
    return;

  self->n_versions = other->n_versions;
  self->n_active = other->n_active;
  g_set_object (&self->live, other->live);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
