/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-rollback"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-rollback-dialog.h"

#include <glib/gi18n-lib.h>

/* The window's actions that change something. */

/* Longer than usual: it holds the way back. */
#define TOAST_SECONDS 15

/* There is only one toast, which says and undoes what was done last. It changes its text instead of
 * giving way to another one: libadwaita 1.2 uses a toast after it was freed when it is dismissed
 * while it moves, and this one rests when its time is over. */

static gboolean
toast_over_cb (gpointer user_data)
{
  BackstayWindow *self = user_data;

  self->toast_id = 0;
  adw_toast_dismiss (self->toast);

  return G_SOURCE_REMOVE;
}

static void
toast_dismissed_cb (BackstayWindow *self)
{
  g_clear_handle_id (&self->toast_id, g_source_remove);
  g_clear_object (&self->toast);
}

static void
ensure_toast (BackstayWindow *self)
{
  g_clear_handle_id (&self->toast_id, g_source_remove);
  self->toast_id = g_timeout_add_seconds (TOAST_SECONDS, toast_over_cb, self);

  if (self->toast != NULL)
    return;

  self->toast = adw_toast_new ("");
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_action_name (self->toast, "win.undo");
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (self->toast));
}

/* Says what was done, with the way back. */
void
backstay_window_show_outcome (BackstayWindow          *self,
                              BackstayRollbackOutcome *outcome,
                              const char              *title)
{
  /* A toast's title is markup. */
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  ensure_toast (self);
  adw_toast_set_title (self->toast, escaped);
  adw_toast_set_button_label (self->toast, outcome->previous != NULL ? _ ("Undo") : NULL);
}

static void
show_toast (BackstayWindow          *self,
            BackstayRollbackOutcome *outcome,
            gboolean                 is_undo)
{
  g_autofree char *type = NULL;
  g_autofree char *title = NULL;

  type = backstay_display_text (backstay_rollback_request_get_model_type (outcome->request));

  /* Translators: %s is a model type's name. */
  if (outcome->resolved)
    title = g_strdup_printf (_ ("The connection broke, but %s was rolled back"), type);
  else if (is_undo)
    title = g_strdup_printf (_ ("The rollback of %s was undone"), type);
  else
    title = g_strdup_printf (_ ("%s was rolled back"), type);

  backstay_window_show_outcome (self, outcome, title);
}

/* Shows what the database says now. Who looks at another model type meanwhile goes on doing so. */
void
backstay_window_take_outcome (BackstayWindow          *self,
                              BackstayRollbackOutcome *outcome)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);
  const char        *select_id = NULL;

  if (type != NULL &&
      g_str_equal (backstay_model_type_get_name (type),
                   backstay_rollback_request_get_model_type (outcome->request)))
    select_id = backstay_rollback_request_get_new_id (outcome->request);

  backstay_window_note_own (self, backstay_rollback_request_get_new_id (outcome->request));

  /* A version that is only kept leaves what was done before to be undone. */
  if (backstay_rollback_request_goes_live (outcome->request))
    g_clear_pointer (&self->last_outcome, backstay_rollback_outcome_unref);
  if (outcome->previous != NULL)
    self->last_outcome = backstay_rollback_outcome_ref (outcome);

  if (self->types != NULL)
    {
      backstay_type_list_reload (self->types);
      backstay_history_view_reload (self->history_view, select_id);
      backstay_recent_view_reload (self->recent_view);
    }

  backstay_window_update_actions (self);
}

static void
rolled_back_cb (BackstayWindow          *self,
                BackstayRollbackOutcome *outcome)
{
  backstay_window_take_outcome (self, outcome);
  show_toast (self, outcome, FALSE);
}

void
backstay_window_reload_lists (BackstayWindow *self)
{
  if (self->types == NULL)
    return;

  backstay_type_list_reload (self->types);
  backstay_history_view_reload (self->history_view, NULL);
  backstay_recent_view_reload (self->recent_view);
}

void
backstay_window_roll_back_to (BackstayWindow  *self,
                              BackstayVersion *version)
{
  BackstayRollbackDialog *dialog;

  dialog = backstay_rollback_dialog_new (GTK_WINDOW (self),
                                         self->repository,
                                         version,
                                         backstay_window_get_server_label (self));
  g_signal_connect_object (dialog, "rolled-back", G_CALLBACK (rolled_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "out-of-date", G_CALLBACK (backstay_window_reload_lists), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
backstay_window_roll_back_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  backstay_window_roll_back_to (self, backstay_version_view_get_version (self->version_view));
}

/* An undo on its way. Its window may be closed meanwhile, or be on another server, or with somebody
 * else signed in: then it is told where it was. */
typedef struct
{
  GWeakRef window;
  char    *server;
} Undo;

static void
undo_free (Undo *undo)
{
  g_weak_ref_clear (&undo->window);
  g_free (undo->server);
  g_free (undo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

static char *
dup_undo_failure (const GError *error)
{
  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    return g_strdup (error->message);

  return g_strdup_printf (_ ("Nothing was changed. %s"), error->message);
}

/* What became of an undo in a session that is not there any more. What can be undone and what is shown
 * belong to the new one, and stay as they are. */
static void
report_elsewhere (BackstayWindow          *self,
                  const char              *server,
                  BackstayRollbackOutcome *outcome,
                  const GError            *error)
{
  g_autofree char *type = NULL;
  g_autofree char *failure = NULL;
  g_autofree char *body = NULL;

  if (outcome != NULL)
    {
      type = backstay_display_text (backstay_rollback_request_get_model_type (outcome->request));
      /* Translators: a server, and a model type's name. */
      body = g_strdup_printf (_ ("On %s, the rollback of %s was undone while you went on."), server, type);
      backstay_compat_show_message (GTK_WINDOW (self), _ ("The Rollback Was Undone"), body);
      return;
    }

  failure = dup_undo_failure (error);
  /* Translators: a server, and a sentence. */
  body = g_strdup_printf (_ ("On %s: %s"), server, failure);
  backstay_compat_show_message (GTK_WINDOW (self), _ ("The Rollback Was Not Undone"), body);
}

static void
undone_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Undo) undo = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&undo->window);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  outcome = backstay_repository_undo_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL) /* It was closed. */
    return;

  if (BACKSTAY_REPOSITORY (object) != self->repository)
    {
      report_elsewhere (self, undo->server, outcome, error);

      /* Somebody else looks at the same server. */
      if (self->repository != NULL &&
          backstay_repository_get_connection (BACKSTAY_REPOSITORY (object)) == self->connection)
        backstay_window_reload_lists (self);
      return;
    }

  if (outcome != NULL)
    {
      backstay_window_take_outcome (self, outcome);
      show_toast (self, outcome, TRUE);
      return;
    }

  backstay_window_update_actions (self);
  backstay_window_reload_lists (self);

  body = dup_undo_failure (error);
  backstay_compat_show_message (GTK_WINDOW (self), _ ("The Rollback Was Not Undone"), body);
}

void
backstay_window_undo_action (GtkWidget  *widget,
                             const char *action_name,
                             GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  Undo           *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->window, self);
  undo->server = g_strdup (backstay_window_get_server_label (self));

  /* Once is enough, until its answer has come. */
  gtk_widget_action_set_enabled (widget, "win.undo", FALSE);
  backstay_repository_undo_async (self->repository,
                                  self->last_outcome,
                                  NULL,
                                  undone_cb,
                                  undo);
}
