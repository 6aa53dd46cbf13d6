/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-issue"

#include "config.h"

#include "backstay-issue.h"

#include "backstay-display-text.h"
#include "backstay-look-alike.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayIssue:
 *
 * Something in the table that should not be, or that makes a history hard to read, with the versions
 * that it is about.
 */
struct _BackstayIssue
{
  GObject parent_instance;

  BackstayIssueKind kind;
  char             *model_type; /* (nullable): where it is about one. */
  GPtrArray        *versions;   /* Of BackstayVersion. */
  GStrv             names;      /* (nullable): the model types that look alike. */
};

G_DEFINE_FINAL_TYPE (BackstayIssue, backstay_issue, G_TYPE_OBJECT)

static void
backstay_issue_finalize (GObject *object)
{
  BackstayIssue *self = BACKSTAY_ISSUE (object);

  g_free (self->model_type);
  g_ptr_array_unref (self->versions);
  g_strfreev (self->names);

  G_OBJECT_CLASS (backstay_issue_parent_class)->finalize (object);
}

static void
backstay_issue_class_init (BackstayIssueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_issue_finalize;
}

static void
backstay_issue_init (BackstayIssue *self)
{
  self->versions = g_ptr_array_new_with_free_func (g_object_unref);
}

/* The words of check-integrity.sql; a model type alone is no issue. */
static const char *const words[BACKSTAY_N_ISSUE_KINDS] = {
  "several-active",
  "none-active",
  "no-state",
  "no-time",
  "endless-time",
  "future-time",
  "look-alike",
  "no-creator",
  "unknown-creator",
};

/* What is about a model type as a whole is an issue for each. */
static gboolean
is_of_one_type (BackstayIssueKind kind)
{
  return kind == BACKSTAY_ISSUE_SEVERAL_ACTIVE || kind == BACKSTAY_ISSUE_NONE_ACTIVE ||
         kind == BACKSTAY_ISSUE_NO_STATE;
}

static BackstayIssue *
find_or_add (GPtrArray        *issues,
             BackstayIssueKind kind,
             const char       *model_type)
{
  BackstayIssue *issue;

  for (guint i = 0; i < issues->len; i++)
    {
      issue = g_ptr_array_index (issues, i);

      if (issue->kind == kind && (!is_of_one_type (kind) || g_strcmp0 (issue->model_type, model_type) == 0))
        return issue;
    }

  issue = g_object_new (BACKSTAY_TYPE_ISSUE, NULL);
  issue->kind = kind;
  issue->model_type = is_of_one_type (kind) ? g_strdup (model_type) : NULL;
  g_ptr_array_add (issues, issue);

  return issue;
}

static void
add_row (GPtrArray      *issues,
         BackstayDbRows *rows,
         guint           row)
{
  const char *word = backstay_db_rows_get_text (rows, row, 0);
  const char *model_type = backstay_db_rows_get_text (rows, row, 1);

  for (guint kind = 0; kind < BACKSTAY_N_ISSUE_KINDS; kind++)
    {
      BackstayIssue *issue;

      if (strcmp (word, words[kind]) != 0)
        continue;

      issue = find_or_add (issues, kind, model_type);
      if (backstay_db_rows_get_text (rows, row, 2) != NULL)
        g_ptr_array_add (issue->versions, backstay_version_new_from_rows (rows, row, 2, model_type));
      return;
    }
}

static void
add_look_alikes (GPtrArray *issues,
                 GPtrArray *names)
{
  g_autoptr (GPtrArray) groups = backstay_look_alike_group (names);

  for (guint i = 0; i < groups->len; i++)
    {
      BackstayIssue *issue = g_object_new (BACKSTAY_TYPE_ISSUE, NULL);

      issue->kind = BACKSTAY_ISSUE_LOOK_ALIKE;
      issue->names = g_strdupv (g_ptr_array_index (groups, i));
      g_ptr_array_add (issues, issue);
    }
}

static int
compare_issues (gconstpointer a,
                gconstpointer b)
{
  BackstayIssue *issue = *(BackstayIssue **) a;
  BackstayIssue *other = *(BackstayIssue **) b;

  if (issue->kind != other->kind)
    return issue->kind < other->kind ? -1 : 1;

  return g_strcmp0 (issue->model_type, other->model_type);
}

/**
 * backstay_issue_new_list_from_rows:
 * @rows: what the query "check-integrity" gave back
 * @has_profiles: whether there are profiles; without them no creator has one, which is no issue
 *
 * Returns: (transfer full) (element-type BackstayIssue): the issues, the worst first
 */
GPtrArray *
backstay_issue_new_list_from_rows (BackstayDbRows *rows,
                                   gboolean        has_profiles)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint row = 0; row < backstay_db_rows_get_n_rows (rows); row++)
    {
      const char *word = backstay_db_rows_get_text (rows, row, 0);

      if (strcmp (word, "type") == 0 || strcmp (word, "none-active") == 0)
        g_ptr_array_add (names, (gpointer) backstay_db_rows_get_text (rows, row, 1));

      if (has_profiles || strcmp (word, words[BACKSTAY_ISSUE_UNKNOWN_CREATOR]) != 0)
        add_row (issues, rows, row);
    }

  add_look_alikes (issues, names);
  g_ptr_array_sort (issues, compare_issues);

  return issues;
}

/**
 * backstay_issue_get_kind:
 *
 * Returns: what is odd
 */
BackstayIssueKind
backstay_issue_get_kind (BackstayIssue *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), BACKSTAY_N_ISSUE_KINDS);

  return self->kind;
}

/**
 * backstay_issue_get_model_type:
 *
 * Returns: (transfer none) (nullable): the model type, where it is about one
 */
const char *
backstay_issue_get_model_type (BackstayIssue *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), NULL);

  return self->model_type;
}

/**
 * backstay_issue_get_versions:
 *
 * Returns: (transfer none) (element-type BackstayVersion): the versions, at most
 *   %BACKSTAY_ISSUE_MAX_VERSIONS or so
 */
GPtrArray *
backstay_issue_get_versions (BackstayIssue *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), NULL);

  return self->versions;
}

/**
 * backstay_issue_get_names:
 *
 * Returns: (transfer none) (nullable): the model types that look alike
 */
const char *const *
backstay_issue_get_names (BackstayIssue *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), NULL);

  return (const char *const *) self->names;
}

static char *
dup_count (BackstayIssue *self)
{
  guint n = self->versions->len;

  /* Translators: as a number of versions. */
  return n < BACKSTAY_ISSUE_MAX_VERSIONS ? g_strdup_printf ("%u", n) : g_strdup_printf (_ ("%u or more"), n);
}

static char *
dup_names (BackstayIssue *self)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; self->names[i] != NULL; i++)
    {
      g_autofree char *name = backstay_display_text (self->names[i]);

      g_string_append_printf (joined, "%s“%s”", i > 0 ? ", " : "", name);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/**
 * backstay_issue_dup_title:
 *
 * Returns: (transfer full): what is odd, in a few words; plain text
 */
char *
backstay_issue_dup_title (BackstayIssue *self)
{
  g_autofree char *count = NULL;
  g_autofree char *names = NULL;
  g_autofree char *type = NULL;

  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), NULL);

  count = dup_count (self);
  names = self->names != NULL ? dup_names (self) : NULL;
  type = self->model_type != NULL ? backstay_display_text (self->model_type) : NULL;

  switch (self->kind)
    {
    case BACKSTAY_ISSUE_SEVERAL_ACTIVE:
      /* Translators: a model type, and a number. */
      return g_strdup_printf (_ ("%s: %s versions are active"), type, count);
    case BACKSTAY_ISSUE_NONE_ACTIVE:
      return g_strdup_printf (_ ("%s: no version is active"), type);
    case BACKSTAY_ISSUE_NO_STATE:
      return g_strdup_printf (_ ("%s: versions that are neither active nor inactive (%s)"), type, count);
    case BACKSTAY_ISSUE_NO_TIME:
      return g_strdup_printf (_ ("Versions without a time (%s)"), count);
    case BACKSTAY_ISSUE_ENDLESS_TIME:
      return g_strdup_printf (_ ("Versions dated at infinity (%s)"), count);
    case BACKSTAY_ISSUE_FUTURE_TIME:
      return g_strdup_printf (_ ("Versions dated in the future (%s)"), count);
    case BACKSTAY_ISSUE_LOOK_ALIKE:
      return g_strdup_printf (_ ("Model types that look alike: %s"), names);
    case BACKSTAY_ISSUE_NO_CREATOR:
      return g_strdup_printf (_ ("Versions without a creator (%s)"), count);
    case BACKSTAY_ISSUE_UNKNOWN_CREATOR:
    case BACKSTAY_N_ISSUE_KINDS:
    default:
      return g_strdup_printf (_ ("Versions whose creator has no profile (%s)"), count);
    }
}

/**
 * backstay_issue_get_meaning:
 *
 * Returns: (transfer none): what it means, and what can be done about it
 */
const char *
backstay_issue_get_meaning (BackstayIssue *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), NULL);

  switch (self->kind)
    {
    case BACKSTAY_ISSUE_SEVERAL_ACTIVE:
      return _ ("Only one may be. A service takes the newest of them, but one that asks in another way may take any. The "
                "repair keeps the newest and turns the others off.");
    case BACKSTAY_ISSUE_NONE_ACTIVE:
      return _ ("Services find no configuration, or keep the last one that they had. Which one was meant, only a person "
                "can know: choose a version and roll back to it.");
    case BACKSTAY_ISSUE_NO_STATE:
      return _ ("Their is_active is null. They count as not active, but queries for is_active = false miss them. The "
                "repair says that they are not active.");
    case BACKSTAY_ISSUE_NO_TIME:
      return _ ("Their place in the history is unknown, and an active one comes before all others in a service's query. "
                "Backstay does not invent a time: roll back to a version, and the copy has a time, a creator and a "
                "reason.");
    case BACKSTAY_ISSUE_ENDLESS_TIME:
      return _ ("Such a time is before or after all others for ever. Backstay does not invent another one: roll back to a "
                "version, and the copy has a time, a creator and a reason.");
    case BACKSTAY_ISSUE_FUTURE_TIME:
      return _ ("As long as such a version is active beside a newer one, services take it for the newest. A clock may have "
                "been wrong. Backstay does not invent another time: roll back to a version, and the copy has a true one.");
    case BACKSTAY_ISSUE_LOOK_ALIKE:
      return _ ("To services these are different model types, and people take one for the other. A version's model type "
                "cannot be changed without changing history: make new versions under the right name, and let services ask "
                "for that one.");
    case BACKSTAY_ISSUE_NO_CREATOR:
      return _ ("Who made them was not recorded. Backstay does not make somebody up. The guards record who makes the next "
                "ones.");
    case BACKSTAY_ISSUE_UNKNOWN_CREATOR:
    case BACKSTAY_N_ISSUE_KINDS:
    default:
      return _ ("The id of the creator is there, but no profile that you may see has it: it may have been deleted. The id "
                "is all that is left of who made them, so it stays.");
    }
}

/**
 * backstay_issue_dup_repair:
 *
 * Returns: (transfer full) (nullable): what repairs it; %NULL where a person has to decide, or where nothing
 *   would be true
 */
BackstayRepair *
backstay_issue_dup_repair (BackstayIssue *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ISSUE (self), NULL);

  /* Not all of them are known. */
  if (self->versions->len >= BACKSTAY_ISSUE_MAX_VERSIONS && self->kind == BACKSTAY_ISSUE_SEVERAL_ACTIVE)
    return NULL;

  if (self->kind == BACKSTAY_ISSUE_SEVERAL_ACTIVE && self->versions->len > 1)
    return backstay_repair_new_keep_newest (self->versions);

  if (self->kind == BACKSTAY_ISSUE_NO_STATE && self->versions->len > 0)
    return backstay_repair_new_set_inactive (self->versions);

  return NULL;
}
