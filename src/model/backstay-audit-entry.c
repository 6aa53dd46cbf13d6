/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-audit-entry"

#include "config.h"

#include "backstay-audit-entry.h"

#include "backstay-display-text.h"
#include "backstay-rollback.h"
#include "backstay-timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The columns of list-audit.sql. */
enum
{
  COLUMN_ID,
  COLUMN_AT,
  COLUMN_ACTION,
  COLUMN_CLAIMED_BY,
  COLUMN_CLAIMED_NAME,
  COLUMN_LOGIN,
  COLUMN_APPLICATION,
  COLUMN_NOTES,
  COLUMN_CONFIG_ID,
  COLUMN_CONFIG_NAME,
  COLUMN_MODEL_TYPE,
  COLUMN_VERSION,
};

/**
 * BackstayAuditEntry:
 *
 * One thing that was done to a version: as the guards recorded it, or as far as a version's notes prove
 * it. Immutable.
 */
struct _BackstayAuditEntry
{
  GObject parent_instance;

  char               *id; /* Of the trail; of the version where notes prove it. */
  char               *at; /* (nullable) */
  BackstayAuditAction action;
  char               *claimed_by;   /* (nullable) */
  char               *claimed_name; /* (nullable) */
  char               *login;        /* (nullable): unknown without a trail. */
  char               *application;  /* (nullable) */
  char               *notes;        /* (nullable) */
  char               *name;         /* (nullable) */
  char               *model_type;   /* (nullable) */
  BackstayVersion    *version;      /* (nullable): not to be seen any more, or none. */
};

G_DEFINE_FINAL_TYPE (BackstayAuditEntry, backstay_audit_entry, G_TYPE_OBJECT)

static void
backstay_audit_entry_finalize (GObject *object)
{
  BackstayAuditEntry *self = BACKSTAY_AUDIT_ENTRY (object);

  g_free (self->id);
  g_free (self->at);
  g_free (self->claimed_by);
  g_free (self->claimed_name);
  g_free (self->login);
  g_free (self->application);
  g_free (self->notes);
  g_free (self->name);
  g_free (self->model_type);
  g_clear_object (&self->version);

  G_OBJECT_CLASS (backstay_audit_entry_parent_class)->finalize (object);
}

static void
backstay_audit_entry_class_init (BackstayAuditEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_audit_entry_finalize;
}

static void
backstay_audit_entry_init (BackstayAuditEntry *self)
{
}

/**
 * backstay_audit_action_from_word:
 * @word: how the trail calls it
 *
 * Returns: the action, %BACKSTAY_AUDIT_UNKNOWN for what a newer script may write
 */
BackstayAuditAction
backstay_audit_action_from_word (const char *word)
{
  static const char *const words[] = {
    "create",
    "activate",
    "deactivate",
    "annotate",
    "alter",
    "observe",
    "begin",
    "end",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_strcmp0 (word, words[i]) == 0)
        return (BackstayAuditAction) i;
    }

  return BACKSTAY_AUDIT_UNKNOWN;
}

/**
 * backstay_audit_entry_new_from_rows:
 * @rows: what the query "list-audit" gave back
 * @row: a row
 *
 * Returns: (transfer full): the entry
 */
BackstayAuditEntry *
backstay_audit_entry_new_from_rows (BackstayDbRows *rows,
                                    guint           row)
{
  BackstayAuditEntry *self = g_object_new (BACKSTAY_TYPE_AUDIT_ENTRY, NULL);

  self->id = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_ID));
  self->at = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_AT));
  self->action = backstay_audit_action_from_word (backstay_db_rows_get_text (rows, row, COLUMN_ACTION));
  self->claimed_by = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_CLAIMED_BY));
  self->claimed_name = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_CLAIMED_NAME));
  self->login = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_LOGIN));
  self->application = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_APPLICATION));
  self->notes = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_NOTES));
  self->name = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_CONFIG_NAME));
  self->model_type = g_strdup (backstay_db_rows_get_text (rows, row, COLUMN_MODEL_TYPE));

  if (backstay_db_rows_get_text (rows, row, COLUMN_VERSION) != NULL)
    self->version = backstay_version_new_from_rows (rows, row, COLUMN_VERSION, self->model_type);

  return self;
}

/**
 * backstay_audit_entry_new_from_notes:
 * @version: a version
 *
 * What a version proves without a trail: that it was made, when and by whom; and where its notes are a
 * rollback's, that it went live with it.
 *
 * Returns: (transfer full): the entry
 */
BackstayAuditEntry *
backstay_audit_entry_new_from_notes (BackstayVersion *version)
{
  BackstayAuditEntry *self;
  const char         *notes;
  const char         *reason = NULL;

  g_return_val_if_fail (BACKSTAY_IS_VERSION (version), NULL);

  notes = backstay_version_get_notes (version);
  self = g_object_new (BACKSTAY_TYPE_AUDIT_ENTRY, NULL);
  self->id = g_strdup (backstay_version_get_id (version));
  self->at = g_strdup (backstay_version_get_created_at (version));
  self->action = backstay_rollback_notes_parse (notes, NULL, NULL, &reason) ? BACKSTAY_AUDIT_ROLL_BACK
                                                                            : BACKSTAY_AUDIT_CREATE;
  self->claimed_by = g_strdup (backstay_version_get_creator_id (version));
  self->claimed_name = g_strdup (backstay_version_get_creator_name (version));
  self->notes = g_strdup (reason != NULL ? reason : notes);
  self->name = g_strdup (backstay_version_get_name (version));
  self->model_type = g_strdup (backstay_version_get_model_type (version));
  self->version = g_object_ref (version);

  return self;
}

/**
 * backstay_audit_entry_get_id:
 *
 * Returns: (transfer none): where the next page begins
 */
const char *
backstay_audit_entry_get_id (BackstayAuditEntry *self)
{
  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), NULL);

  return self->id;
}

/**
 * backstay_audit_entry_get_action:
 *
 * Returns: what was done
 */
BackstayAuditAction
backstay_audit_entry_get_action (BackstayAuditEntry *self)
{
  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), BACKSTAY_AUDIT_UNKNOWN);

  return self->action;
}

/**
 * backstay_audit_entry_get_at:
 *
 * Returns: (transfer none) (nullable): when, as the server spells it
 */
const char *
backstay_audit_entry_get_at (BackstayAuditEntry *self)
{
  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), NULL);

  return self->at;
}

/**
 * backstay_audit_entry_get_version:
 *
 * Returns: (transfer none) (nullable): the version as it is now
 */
BackstayVersion *
backstay_audit_entry_get_version (BackstayAuditEntry *self)
{
  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), NULL);

  return self->version;
}

/**
 * backstay_audit_entry_get_notes:
 *
 * Returns: (transfer none) (nullable): the notes that were written then
 */
const char *
backstay_audit_entry_get_notes (BackstayAuditEntry *self)
{
  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), NULL);

  return self->notes;
}

/**
 * backstay_audit_entry_dup_title:
 *
 * Returns: (transfer full): what was done to what; plain text
 */
char *
backstay_audit_entry_dup_title (BackstayAuditEntry *self)
{
  g_autofree char *name = NULL;
  g_autofree char *type = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), NULL);

  name = backstay_display_text (self->name != NULL ? self->name : "");
  type = backstay_display_text (self->model_type != NULL ? self->model_type : "");
  /* Translators: a model type, and a version's name. */
  what = g_strdup_printf (_ ("%s: %s"), type, name);

  switch (self->action)
    {
    case BACKSTAY_AUDIT_CREATE:
      return g_strdup_printf (_ ("Created · %s"), what);
    case BACKSTAY_AUDIT_ACTIVATE:
      return g_strdup_printf (_ ("Went live · %s"), what);
    case BACKSTAY_AUDIT_DEACTIVATE:
      return g_strdup_printf (_ ("No longer live · %s"), what);
    case BACKSTAY_AUDIT_ANNOTATE:
      return g_strdup_printf (_ ("Notes edited · %s"), what);
    case BACKSTAY_AUDIT_OBSERVE:
      return g_strdup_printf (_ ("Was live when the trail began · %s"), what);
    case BACKSTAY_AUDIT_ROLL_BACK:
      return g_strdup_printf (_ ("Went live by a rollback · %s"), what);
    case BACKSTAY_AUDIT_BEGIN:
      return g_strdup (_ ("The audit trail begins"));
    case BACKSTAY_AUDIT_END:
      return g_strdup (_ ("The audit trail ends"));
    case BACKSTAY_AUDIT_ALTER:
    case BACKSTAY_AUDIT_UNKNOWN:
    default:
      return g_strdup_printf (_ ("Changed · %s"), what);
    }
}

/**
 * backstay_audit_entry_dup_who:
 *
 * Returns: (transfer full): who did it: whom the client claimed, and whom the server let in; plain text
 */
char *
backstay_audit_entry_dup_who (BackstayAuditEntry *self)
{
  g_autofree char *claimed = NULL;
  g_autofree char *login = NULL;
  g_autofree char *application = NULL;

  g_return_val_if_fail (BACKSTAY_IS_AUDIT_ENTRY (self), NULL);

  claimed = backstay_version_label_creator (self->claimed_by, self->claimed_name);

  if (self->login == NULL)
    return g_steal_pointer (&claimed);

  login = backstay_display_text (self->login);
  if (self->application != NULL)
    application = backstay_display_text (self->application);

  if (self->claimed_by == NULL)
    /* Translators: %s is a login. */
    return application == NULL ? g_strdup_printf (_ ("login %s, as nobody"), login)
                               /* Translators: a login, and the program that was used. */
                               : g_strdup_printf (_ ("login %s, as nobody, with %s"), login, application);

  return application == NULL ? g_strdup_printf (_ ("%s (login %s)"), claimed, login)
                             /* Translators: a user, a login, and the program that was used. */
                             : g_strdup_printf (_ ("%s (login %s, with %s)"), claimed, login, application);
}

/* The first line is the time itself; the server's spelling comes below. */
static char *
dup_time (const char *at)
{
  char *exact = backstay_timestamp_dup_exact (at);

  exact[strcspn (exact, "\n")] = '\0';

  return exact;
}

static void
add_turn (GString    *text,
          const char *from,
          const char *until)
{
  g_autofree char *start = from != NULL ? dup_time (from) : NULL;
  g_autofree char *end = until != NULL ? dup_time (until) : NULL;

  if (start == NULL)
    start = g_strdup (_ ("before the audit trail began"));
  if (end == NULL)
    end = g_strdup (_ ("now"));

  /* Translators: a time during which a version was live: from …, until …. */
  g_string_append_printf (text, _ ("\n• from %s until %s"), start, end);
}

/**
 * backstay_audit_dup_turns:
 * @times: (array zero-terminated=1): when, oldest first
 * @actions: (array zero-terminated=1): as many words of the trail: what happened to one version, and when
 *   the trail itself began and ended
 * @is_live: whether the version is active now
 * @now: the current time
 *
 * Puts into words when a version was live.
 *
 * Returns: (transfer full): sentences and a list; plain text
 */
char *
backstay_audit_dup_turns (const char *const *times,
                          const char *const *actions,
                          gboolean           is_live,
                          GDateTime         *now)
{
  g_autoptr (GString) turns = g_string_new (NULL);
  g_autofree char *count = NULL;
  const char      *since = NULL;
  gboolean         is_on = FALSE;
  gboolean         from_before = FALSE;
  guint            n = 0;

  g_return_val_if_fail (times != NULL && actions != NULL, NULL);

  for (guint i = 0; times[i] != NULL; i++)
    {
      BackstayAuditAction action = backstay_audit_action_from_word (actions[i]);

      if (action == BACKSTAY_AUDIT_ACTIVATE || (action == BACKSTAY_AUDIT_OBSERVE && !is_on))
        {
          from_before = action == BACKSTAY_AUDIT_OBSERVE;
          since = times[i];
          is_on = TRUE;
          n++;
        }
      else if (is_on && (action == BACKSTAY_AUDIT_DEACTIVATE || action == BACKSTAY_AUDIT_END))
        {
          /* What came after the trail's end, nobody knows. */
          add_turn (turns, from_before ? NULL : since, times[i]);
          if (action == BACKSTAY_AUDIT_END)
            g_string_append_printf (turns, " %s", _ ("(the trail ended)"));
          is_on = FALSE;
        }
    }

  if (is_on)
    add_turn (turns, from_before ? NULL : since, NULL);

  if (n == 0)
    return g_strdup (is_live ? _ ("It is live, and the audit trail does not know since when.")
                             : _ ("As far as the audit trail knows, it was never live."));

  count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Live %u time:", "Live %u times:", n), n);

  return g_strconcat (count, turns->str, NULL);
}
