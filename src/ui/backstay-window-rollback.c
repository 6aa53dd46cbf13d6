/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-rollback"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-rollback-dialog.h"
#include "backstay-safe-mode.h"

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

void
backstay_window_forget_outcome (BackstayWindow *self)
{
  /* What it said stays true, but there is no way back any more. */
  if (self->toast != NULL)
    adw_toast_set_button_label (self->toast, NULL);

  g_clear_pointer (&self->last_outcome, backstay_rollback_outcome_unref);
}

/* Where something else has become live since, or nothing is live, there is no way back any more. */
void
backstay_window_check_undo (BackstayWindow *self)
{
  BackstayRollbackRequest *request;
  BackstayModelType       *type;
  BackstayVersion         *live;

  if (self->last_outcome == NULL || !backstay_type_list_get_loaded (self->types) ||
      backstay_type_list_get_loading (self->types) || backstay_type_list_get_error (self->types) != NULL)
    return;

  request = self->last_outcome->request;
  type = backstay_type_list_find (self->types, backstay_rollback_request_get_model_type (request), NULL);
  live = type != NULL ? backstay_model_type_get_live (type) : NULL;

  if (live == NULL || backstay_model_type_get_n_active (type) != 1 ||
      !g_str_equal (backstay_version_get_id (live), backstay_rollback_request_get_new_id (request)))
    backstay_window_forget_outcome (self);
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
static void
show_outcome (BackstayWindow          *self,
              BackstayRollbackOutcome *outcome,
              const char              *title)
{
  /* A toast's title is markup. */
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  ensure_toast (self);
  adw_toast_set_title (self->toast, escaped);
  adw_toast_set_button_label (self->toast, outcome->previous != NULL ? _ ("Undo") : NULL);
}

static char *
dup_title (BackstayRollbackOutcome *outcome,
           gboolean                 is_way_back)
{
  g_autofree char *type = backstay_display_text (backstay_rollback_request_get_model_type (outcome->request));

  /* Translators: %s is a model type's name. */
  if (is_way_back)
    return outcome->resolved ? g_strdup_printf (_ ("The connection broke, but %s was rolled back"), type)
                             : g_strdup_printf (_ ("%s was rolled back"), type);

  return outcome->resolved ? g_strdup_printf (_ ("The connection broke, but another version of %s is live now"), type)
                           : g_strdup_printf (_ ("Another version of %s is live now"), type);
}

/* Shows what the database says now. Who looks at another model type meanwhile goes on doing so. */
static void
take_outcome (BackstayWindow          *self,
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
      if (select_id != NULL)
        backstay_history_view_reload_with (self->history_view, select_id);
      else
        backstay_history_view_reload (self->history_view, NULL);
      if (select_id != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self->history_view)))
        gtk_widget_grab_focus (GTK_WIDGET (self->version_view));
      backstay_recent_view_reload (self->recent_view);
    }

  backstay_window_update_actions (self);
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

/* Somebody else may look at the same server now. */
static void
reload_if_shown (BackstayWindow     *self,
                 BackstayRepository *repository)
{
  if (self->repository != NULL && backstay_repository_get_connection (repository) == self->connection)
    backstay_window_reload_lists (self);
}

/* Shows what was done, with @title for it. The window may be on another server meanwhile, or with
 * somebody else signed in: then it is told where it was, and what can be undone stays as it is. */
void
backstay_window_end_change (BackstayWindow          *self,
                            BackstayRepository      *repository,
                            const char              *server,
                            BackstayRollbackOutcome *outcome,
                            const char              *title)
{
  g_autofree char *body = NULL;

  if (repository == self->repository)
    {
      take_outcome (self, outcome);
      show_outcome (self, outcome, title);
      return;
    }

  /* Translators: a server, and what was done there. */
  body = g_strdup_printf (_ ("On %s, while you went on: %s."), server, title);
  backstay_compat_show_message (GTK_WINDOW (self), _ ("What You Asked For Was Done"), body);
  reload_if_shown (self, repository);
}

static void
rolled_back_cb (BackstayWindow          *self,
                BackstayRollbackOutcome *outcome,
                BackstayRollbackDialog  *dialog)
{
  gboolean is_copy = backstay_rollback_request_get_kind (outcome->request) == BACKSTAY_ROLLBACK_KIND_COPY;
  gboolean is_forward = outcome->previous != NULL &&
                        backstay_version_is_older (outcome->previous, backstay_rollback_dialog_get_target (dialog));
  g_autofree char *title = dup_title (outcome, is_copy && !is_forward);

  backstay_window_end_change (self, backstay_rollback_dialog_get_repository (dialog),
                              backstay_rollback_dialog_get_server (dialog), outcome, title);
}

static void
make_live (BackstayWindow      *self,
           BackstayRollbackKind kind)
{
  BackstayRollbackDialog *dialog;

  dialog = backstay_rollback_dialog_new (GTK_WINDOW (self),
                                         self->repository,
                                         backstay_version_view_get_version (self->version_view),
                                         kind,
                                         backstay_window_get_server_label (self));
  g_signal_connect_object (dialog, "rolled-back", G_CALLBACK (rolled_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "out-of-date", G_CALLBACK (backstay_window_reload_lists), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "content-cleared", G_CALLBACK (backstay_rollback_dialog_end_session), dialog,
                           G_CONNECT_SWAPPED);
  backstay_window_mark (self, ADW_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
backstay_window_roll_back_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  make_live (BACKSTAY_WINDOW (widget), BACKSTAY_ROLLBACK_KIND_COPY);
}

void
backstay_window_activate_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  make_live (BACKSTAY_WINDOW (widget), BACKSTAY_ROLLBACK_KIND_ACTIVATE);
}

/* An undo on its way. Its window may be closed meanwhile, or be on another server, or with somebody
 * else signed in: then it is told where it was. */
typedef struct
{
  GWeakRef             window;
  char                *server;
  BackstayRollbackKind kind; /* Of what is undone. */
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

static const char *
get_undo_heading (const GError *error)
{
  return g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN)
           ? _ ("It Is Not Known Whether the Rollback Was Undone")
           : _ ("The Rollback Was Not Undone");
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
  backstay_compat_show_message (GTK_WINDOW (self), get_undo_heading (error), body);
}

static char *
dup_undone_title (Undo                    *undo,
                  BackstayRollbackOutcome *outcome)
{
  g_autofree char *type = NULL;

  if (outcome->resolved)
    return dup_title (outcome, TRUE);

  type = backstay_display_text (backstay_rollback_request_get_model_type (outcome->request));

  /* Translators: %s is a model type's name. */
  return undo->kind == BACKSTAY_ROLLBACK_KIND_COPY
           ? g_strdup_printf (_ ("The rollback of %s was undone"), type)
           : g_strdup_printf (_ ("What was live before is live for %s again"), type);
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
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  outcome = backstay_repository_undo_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL) /* It was closed. */
    return;

  if (BACKSTAY_REPOSITORY (object) != self->repository)
    {
      report_elsewhere (self, undo->server, outcome, error);

      reload_if_shown (self, BACKSTAY_REPOSITORY (object));
      return;
    }

  if (outcome != NULL)
    {
      title = dup_undone_title (undo, outcome);
      take_outcome (self, outcome);
      show_outcome (self, outcome, title);
      return;
    }

  backstay_window_update_actions (self);
  backstay_window_reload_lists (self);

  body = dup_undo_failure (error);
  backstay_compat_show_message (GTK_WINDOW (self), get_undo_heading (error), body);
}

void
backstay_window_undo_action (GtkWidget  *widget,
                             const char *action_name,
                             GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  Undo           *undo;

  if (backstay_safe_mode_holds (widget, "win.undo", self->repository,
                                _ ("The last rollback is undone: what was live before goes live again.")))
    return;

  undo = g_new0 (Undo, 1);
  g_weak_ref_init (&undo->window, self);
  undo->server = g_strdup (backstay_window_get_server_label (self));
  undo->kind = backstay_rollback_request_get_kind (self->last_outcome->request);

  /* Once is enough, until its answer has come. */
  gtk_widget_action_set_enabled (widget, "win.undo", FALSE);
  backstay_repository_undo_async (self->repository,
                                  self->last_outcome,
                                  NULL,
                                  undone_cb,
                                  undo);
}
