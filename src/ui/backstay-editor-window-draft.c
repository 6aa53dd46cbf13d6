/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-editor-window-draft"

#include "config.h"

#include "backstay-editor-window-private.h"

#include <glib/gi18n-lib.h>

/* How an editor's text survives: every second in which something was typed it goes to disk, and a
 * window that is closed asks. */

#define DRAFT_MSEC 1000

static BackstayDraft *
take_draft (BackstayEditorWindow *self)
{
  BackstayDraft *draft = backstay_draft_new ();

  g_free (draft->id);
  draft->id = g_strdup (backstay_draft_file_get_id (self->file));
  draft->server_key = g_strdup (self->server_key);
  draft->server = g_strdup (self->server);
  draft->identity = g_strdup (self->identity);
  draft->base_id = g_strdup (self->base_id);
  draft->model_type = g_strdup (gtk_editable_get_text (self->type_row));
  draft->config_name = g_strdup (gtk_editable_get_text (self->name_row));
  draft->notes = g_strdup (gtk_editable_get_text (self->notes_row));
  draft->activate = gtk_switch_get_active (self->activate_switch);
  draft->text = backstay_editor_view_dup_text (self->editor);
  draft->saved_at = self->edited_at;

  return draft;
}

static void save_draft (BackstayEditorWindow *self);

static void
show_failure (BackstayEditorWindow *self,
              const GError         *error)
{
  g_autofree char *text = NULL;

  /* Once is enough to know. */
  if (self->draft_failed && !self->closing)
    return;

  text = g_strdup_printf (_ ("The draft cannot be kept on this computer: %s. What you typed is only "
                             "in this window."),
                          error->message);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, NULL);
  self->draft_failed = TRUE;
  self->closing = FALSE;
}

static void
draft_saved_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayEditorWindow) self = g_weak_ref_get (weak_self);
  g_autoptr (GError) error = NULL;
  gboolean done = backstay_draft_file_save_finish (BACKSTAY_DRAFT_FILE (object), result, &error);

  g_weak_ref_clear (weak_self);
  g_free (weak_self);

  if (self == NULL || self->file == NULL) /* It was closed. */
    return;

  self->draft_saving = FALSE;

  if (!done)
    show_failure (self, error);
  else if (self->stale)
    save_draft (self);
  else if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_draft (BackstayEditorWindow *self)
{
  g_autoptr (BackstayDraft) draft = take_draft (self);
  GWeakRef *weak_self = g_new0 (GWeakRef, 1);

  g_clear_handle_id (&self->draft_id, g_source_remove);
  g_weak_ref_init (weak_self, self);
  self->stale = FALSE;
  self->draft_saving = TRUE;
  backstay_draft_file_save_async (self->file, draft, NULL, draft_saved_cb, weak_self);
}

static gboolean
draft_cb (gpointer user_data)
{
  BackstayEditorWindow *self = user_data;

  self->draft_id = 0;

  /* If one is on its way, the next one follows it. */
  if (!self->draft_saving)
    save_draft (self);

  return G_SOURCE_REMOVE;
}

/* Something was typed. */
void
backstay_editor_window_touch (BackstayEditorWindow *self)
{
  if (self->loading || self->saved)
    return;

  self->edited_at = g_get_real_time ();
  backstay_editor_window_keep (self);
}

/* The draft has to be on disk, as of when it was typed. */
void
backstay_editor_window_keep (BackstayEditorWindow *self)
{
  self->modified = TRUE;
  self->stale = TRUE;
  if (self->draft_id == 0)
    self->draft_id = g_timeout_add (DRAFT_MSEC, draft_cb, self);
}

/* The user can have given the same entry another address. */
static gboolean
is_same_server (BackstayEditorWindow *self,
                BackstayRepository   *repository,
                const char           *server_key)
{
  BackstayDbConnection *connection = backstay_repository_get_connection (self->repository);
  BackstayDbConnection *other = backstay_repository_get_connection (repository);

  return g_str_equal (server_key, self->server_key) &&
         backstay_db_config_is_same_place (backstay_db_connection_get_config (connection),
                                           backstay_db_connection_get_config (other));
}

/**
 * backstay_editor_window_follow:
 * @repository: where the user is now
 * @server_key: what the server's settings are kept by
 *
 * Saves as whoever the user is now from here on, which is said; the text stays. On another server the
 * version is not wanted: then it stays where it was begun.
 */
void
backstay_editor_window_follow (BackstayEditorWindow *self,
                               BackstayRepository   *repository,
                               const char           *server_key)
{
  BackstayIdentity *identity;
  g_autofree char  *user_before = NULL;
  g_autofree char  *user = NULL;
  g_autofree char  *text = NULL;

  g_return_if_fail (BACKSTAY_IS_EDITOR_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_REPOSITORY (repository));

  if (self->saved || self->run_cancellable != NULL || repository == self->repository)
    return;

  user_before = backstay_access_dup_user (backstay_repository_get_access (self->repository));
  user = backstay_access_dup_user (backstay_repository_get_access (repository));

  if (!is_same_server (self, repository, server_key))
    {
      /* Translators: a server, and who one is there. */
      text = g_strdup_printf (_ ("You went to another server. This version is still for %s, as %s."),
                              self->server, user_before);
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, text, NULL);
      return;
    }

  identity = backstay_repository_get_identity (repository);
  g_set_object (&self->repository, repository);
  g_free (self->identity);
  self->identity = g_strdup (identity != NULL ? backstay_identity_get_id (identity) : "");
  if (self->modified)
    backstay_editor_window_keep (self);
  backstay_editor_window_load (self);

  if (g_str_equal (user, user_before))
    return;

  /* Translators: who one is on the server. */
  text = g_strdup_printf (_ ("You signed in as %s, and this version will be saved as that."), user);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, text, NULL);
}

/* There is nothing to lose any more. */
void
backstay_editor_window_drop_draft (BackstayEditorWindow *self)
{
  g_clear_handle_id (&self->draft_id, g_source_remove);
  self->modified = FALSE;
  self->stale = FALSE;
  backstay_draft_file_remove (self->file);
}

static gboolean
close_cb (gpointer user_data)
{
  BackstayEditorWindow *self = user_data;

  self->close_id = 0;
  gtk_window_destroy (GTK_WINDOW (self));

  return G_SOURCE_REMOVE;
}

static void
response_cb (BackstayEditorWindow *self,
             const char           *response)
{
  if (g_str_equal (response, "discard"))
    {
      /* Not at once: GTK 4.8 uses a window after it was freed if that goes with its dialog's
       * answer. */
      backstay_editor_window_drop_draft (self);
      self->close_id = g_idle_add (close_cb, self);
    }
  else if (g_str_equal (response, "keep"))
    {
      self->closing = TRUE;
      self->stale = TRUE;
      if (!self->draft_saving)
        save_draft (self);
    }
}

static void
ask (BackstayEditorWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Keep the Draft?"), NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog),
                               _ ("This version is not on the server yet. A draft stays on this "
                                  "computer, and is offered when you come back."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "discard", _ ("_Discard"),
                                    "keep", _ ("_Save Draft"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "keep",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* While the server is at it, closing asks it to stop; its answer stays in sight. */
gboolean
backstay_editor_window_close_request (GtkWindow *window)
{
  BackstayEditorWindow *self = BACKSTAY_EDITOR_WINDOW (window);

  if (self->run_cancellable != NULL)
    {
      g_cancellable_cancel (self->run_cancellable);
      return GDK_EVENT_STOP;
    }

  if (!self->modified)
    return GDK_EVENT_PROPAGATE;

  ask (self);

  return GDK_EVENT_STOP;
}
