/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-finding"

#include "config.h"

#include "backstay-finding.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayFinding:
 *
 * One thing that a database should have, what was found of it, what that means, and the SQL that mends
 * it. Does not change once it is shared.
 */
struct _BackstayFinding
{
  GObject parent_instance;

  char                *id;
  BackstayFindingGroup group;
  BackstayFindingState state;
  char                *title;
  char                *meaning;
  char                *found; /* (nullable) */
  char                *sql;   /* (nullable) */
  gboolean             can_apply;
  gboolean             is_optional;
  gboolean             is_grave;
};

G_DEFINE_FINAL_TYPE (BackstayFinding, backstay_finding, G_TYPE_OBJECT)

static void
backstay_finding_finalize (GObject *object)
{
  BackstayFinding *self = BACKSTAY_FINDING (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->meaning);
  g_free (self->found);
  g_free (self->sql);

  G_OBJECT_CLASS (backstay_finding_parent_class)->finalize (object);
}

static void
backstay_finding_class_init (BackstayFindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_finding_finalize;
}

static void
backstay_finding_init (BackstayFinding *self)
{
}

/**
 * backstay_finding_new:
 * @id: a word that names it to programs
 * @group: what it is about
 * @state: what was found
 * @title: its name
 * @meaning: what it is for, or what it means that it is as it is; sentences
 *
 * Returns: (transfer full): the finding
 */
BackstayFinding *
backstay_finding_new (const char          *id,
                      BackstayFindingGroup group,
                      BackstayFindingState state,
                      const char          *title,
                      const char          *meaning)
{
  BackstayFinding *self;

  g_return_val_if_fail (id != NULL && title != NULL && meaning != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_FINDING, NULL);
  self->id = g_strdup (id);
  self->group = group;
  self->state = state;
  self->title = g_strdup (title);
  self->meaning = g_strdup (meaning);

  return self;
}

/**
 * backstay_finding_set_found:
 * @found: (nullable): what is there
 *
 * Says what is there.
 */
void
backstay_finding_set_found (BackstayFinding *self,
                            const char      *found)
{
  g_return_if_fail (BACKSTAY_IS_FINDING (self));

  g_free (self->found);
  self->found = g_strdup (found);
}

/**
 * backstay_finding_set_optional:
 *
 * Says that all is well without it.
 */
void
backstay_finding_set_optional (BackstayFinding *self)
{
  g_return_if_fail (BACKSTAY_IS_FINDING (self));

  self->is_optional = TRUE;
}

/**
 * backstay_finding_set_grave:
 *
 * Says that somebody can see or change what they must not.
 */
void
backstay_finding_set_grave (BackstayFinding *self)
{
  g_return_if_fail (BACKSTAY_IS_FINDING (self));

  self->is_grave = TRUE;
}

/**
 * backstay_finding_take_fix:
 * @sql: (transfer full) (nullable): statements that mend it
 * @can_apply: whether this login may run them
 *
 * Says how it is mended.
 */
void
backstay_finding_take_fix (BackstayFinding *self,
                           char            *sql,
                           gboolean         can_apply)
{
  g_return_if_fail (BACKSTAY_IS_FINDING (self));

  g_free (self->sql);
  self->sql = sql;
  self->can_apply = sql != NULL && can_apply;
}

/**
 * backstay_finding_get_id:
 *
 * Returns: (transfer none): a word that names it to programs
 */
const char *
backstay_finding_get_id (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), NULL);

  return self->id;
}

/**
 * backstay_finding_get_group:
 *
 * Returns: what it is about
 */
BackstayFindingGroup
backstay_finding_get_group (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), BACKSTAY_FINDING_TABLE);

  return self->group;
}

/**
 * backstay_finding_get_state:
 *
 * Returns: what was found
 */
BackstayFindingState
backstay_finding_get_state (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), BACKSTAY_FINDING_HIDDEN);

  return self->state;
}

/**
 * backstay_finding_get_title:
 *
 * Returns: (transfer none): its name
 */
const char *
backstay_finding_get_title (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), NULL);

  return self->title;
}

/**
 * backstay_finding_get_meaning:
 *
 * Returns: (transfer none): sentences
 */
const char *
backstay_finding_get_meaning (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), NULL);

  return self->meaning;
}

/**
 * backstay_finding_get_found:
 *
 * Returns: (transfer none) (nullable): what is there
 */
const char *
backstay_finding_get_found (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), NULL);

  return self->found;
}

/**
 * backstay_finding_get_sql:
 *
 * Returns: (transfer none) (nullable): statements that mend it, %NULL where there is nothing to mend or
 *   no way that is safe without knowing more
 */
const char *
backstay_finding_get_sql (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), NULL);

  return self->sql;
}

/**
 * backstay_finding_get_can_apply:
 *
 * Returns: whether this login may run the SQL, as far as is known
 */
gboolean
backstay_finding_get_can_apply (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), FALSE);

  return self->can_apply;
}

/**
 * backstay_finding_get_optional:
 *
 * Returns: whether all is well without it
 */
gboolean
backstay_finding_get_optional (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), FALSE);

  return self->is_optional;
}

/**
 * backstay_finding_get_grave:
 *
 * Returns: whether somebody can see or change what they must not
 */
gboolean
backstay_finding_get_grave (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), FALSE);

  return self->is_grave;
}

/**
 * backstay_finding_is_problem:
 *
 * Returns: whether somebody should do something about it
 */
gboolean
backstay_finding_is_problem (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), FALSE);

  /* What is optional and there, but not as it should be, keeps no promise. */
  if (self->state == BACKSTAY_FINDING_DIFFERENT)
    return TRUE;

  return self->state == BACKSTAY_FINDING_MISSING && !self->is_optional;
}

/**
 * backstay_finding_get_state_label:
 *
 * Returns: (transfer none): a few words for what was found
 */
const char *
backstay_finding_get_state_label (BackstayFinding *self)
{
  g_return_val_if_fail (BACKSTAY_IS_FINDING (self), NULL);

  switch (self->state)
    {
    case BACKSTAY_FINDING_PRESENT:
      return _ ("As it should be");
    case BACKSTAY_FINDING_MISSING:
      return self->is_optional ? _ ("Not installed") : _ ("Missing");
    case BACKSTAY_FINDING_DIFFERENT:
      return _ ("Different");
    case BACKSTAY_FINDING_HIDDEN:
    default:
      return _ ("Cannot be seen");
    }
}
