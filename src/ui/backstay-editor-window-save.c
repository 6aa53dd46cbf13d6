/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-window-save"

#include "config.h"

#include "backstay-editor-window-private.h"

#include "backstay-safe-mode.h"

#include "backstay-diff-sentences.h"
#include "backstay-json-duplicates.h"
#include "backstay-json-storable.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How a version gets from an editor into the table, and what the server made of it. */

/* What was typed, and what is there now. */
typedef struct
{
  BackstayJson *typed;
  GBytes       *stored_text;
  BackstayJson *expected; /* The thread's: what is typed as far as jsonb keeps it. */
  BackstayJson *stored;   /* The thread's. */
  char         *warning;
  char         *difference;
} Comparison;

static void
comparison_free (Comparison *comparison)
{
  backstay_json_unref (comparison->typed);
  g_bytes_unref (comparison->stored_text);
  g_clear_pointer (&comparison->expected, backstay_json_unref);
  g_clear_pointer (&comparison->stored, backstay_json_unref);
  g_free (comparison->warning);
  g_free (comparison->difference);
  g_free (comparison);
}

static char *
dup_difference (BackstayDiff *diff)
{
  BackstayDiffCounts counts;

  if (backstay_diff_get_kind (diff, 0) == BACKSTAY_DIFF_KIND_UNCHANGED)
    return NULL;

  backstay_diff_get_counts (diff, 0, &counts);

  if (counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved > 0)
    return backstay_diff_counts_dup_summary (&counts);

  /* Translators: such as 1e3 and 1000. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u number is spelt otherwise",
                                       "%u numbers are spelt otherwise",
                                       counts.n_respelt),
                          counts.n_respelt);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Comparison *comparison = task_data;
  g_autoptr (BackstayDiff) diff = NULL;
  g_autoptr (GError) duplicate = NULL;
  g_autoptr (GError) error = NULL;

  if (!backstay_json_check_duplicate_keys (comparison->typed, &duplicate))
    comparison->warning = g_strdup_printf (_ ("of two members with one key it kept the last. %s"),
                                           duplicate->message);

  comparison->expected = backstay_json_ref_last_wins (comparison->typed);
  comparison->stored = backstay_json_new (comparison->stored_text, NULL, NULL, &error);
  if (comparison->stored != NULL)
    diff = backstay_diff_new (comparison->expected, comparison->stored, NULL, NULL, NULL, &error);

  comparison->difference = diff != NULL ? dup_difference (diff) : g_strdup (error->message);

  g_task_return_boolean (task, TRUE);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayEditorWindow) self = g_weak_ref_get (weak_self);
  Comparison      *comparison = g_task_get_task_data (G_TASK (result));
  g_autofree char *text = NULL;

  g_weak_ref_clear (weak_self);
  g_free (weak_self);

  if (self == NULL || self->repository == NULL) /* It was closed. */
    return;

  if (comparison->difference == NULL && comparison->warning == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  text = g_strdup_printf (_ ("Saved. The server stored it otherwise than it was typed: %s"),
                          comparison->warning != NULL ? comparison->warning : comparison->difference);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, NULL);

  /* What changed with it is in sight already. */
  if (comparison->difference == NULL)
    return;

  gtk_label_set_label (self->diff_heading, _ ("What the server changed"));
  backstay_diff_view_compare (self->diff_view, comparison->expected, comparison->stored,
                              _ ("Typed"), _ ("Stored"));
}

/* Tells whether the server changed anything; if it did not, there is nothing left to do here. */
static void
take_outcome (BackstayEditorWindow    *self,
              BackstayRollbackOutcome *outcome)
{
  Comparison *comparison = g_new0 (Comparison, 1);
  GWeakRef   *weak_self = g_new0 (GWeakRef, 1);
  g_autoptr (GTask) task = NULL;

  comparison->typed = backstay_json_ref (self->sent);
  comparison->stored_text = g_bytes_ref (outcome->stored_text);

  self->saved = TRUE;
  backstay_editor_window_drop_draft (self);
  g_signal_emit_by_name (self, "saved", outcome);
  backstay_editor_window_update (self);

  g_weak_ref_init (weak_self, self);
  task = g_task_new (NULL, NULL, compared_cb, weak_self);
  g_task_set_source_tag (task, take_outcome);
  g_task_set_task_data (task, comparison, (GDestroyNotify) comparison_free);
  g_task_run_in_thread (task, compare_thread);
}

static void
show_refusal (BackstayEditorWindow *self,
              const GError         *error)
{
  g_autofree char *text = NULL;
  const char      *button = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, _ ("Nothing was saved: you cancelled it."), NULL);
      return;
    }

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
      return;
    }

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT))
    button = _ ("Look Again");

  text = g_strdup_printf (_ ("Nothing was saved, and the text is still here. %s"), error->message);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, text, button);

  /* The server does not say where. */
  if (g_strcmp0 (backstay_db_error_get_sqlstate (error), "54001") == 0)
    {
      g_autoptr (GError) place = backstay_json_new_nesting_error (self->sent);

      backstay_editor_view_show_error (self->editor, place);
    }
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayEditorWindow) self = g_weak_ref_get (weak_self);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak_self);
  g_free (weak_self);
  outcome = backstay_repository_create_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL || self->repository == NULL) /* It was closed. */
    return;

  g_clear_object (&self->run_cancellable);

  if (outcome != NULL)
    {
      take_outcome (self, outcome);
      return;
    }

  backstay_editor_window_update (self);
  show_refusal (self, error);
}

void
backstay_editor_window_save_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  BackstayEditorWindow *self = BACKSTAY_EDITOR_WINDOW (widget);
  g_autofree char      *text = NULL;
  g_autoptr (BackstayNewVersion) version = NULL;
  g_autoptr (BackstayRollbackRequest) request = NULL;
  GWeakRef *weak_self;

  if (backstay_safe_mode_holds (widget, action_name, self->repository,
                                gtk_switch_get_active (self->activate_switch)
                                  ? _ ("A version is added, and goes live at once.")
                                  : _ ("A version is added. It is inactive.")))
    return;

  text = backstay_editor_view_dup_text (self->editor);
  weak_self = g_new0 (GWeakRef, 1);
  version = backstay_new_version_new (gtk_editable_get_text (self->type_row),
                                      gtk_editable_get_text (self->name_row),
                                      text,
                                      gtk_editable_get_text (self->notes_row),
                                      gtk_switch_get_active (self->activate_switch));
  request = backstay_rollback_request_new_create (version, self->active);
  /* The draft's own, so that however often it is sent, also after a crash, it makes one version. */
  backstay_rollback_request_set_new_id (request, backstay_draft_file_get_id (self->file));
  g_clear_pointer (&self->sent, backstay_json_unref);
  self->sent = backstay_json_ref (backstay_editor_view_get_json (self->editor));
  backstay_notice_hide (self->notice);

  /* Not a reference, as in the rollback's dialog. */
  g_weak_ref_init (weak_self, self);
  self->run_cancellable = g_cancellable_new ();
  backstay_repository_create_async (self->repository, request, self->run_cancellable,
                                    created_cb, weak_self);
  backstay_editor_window_update (self);
}
