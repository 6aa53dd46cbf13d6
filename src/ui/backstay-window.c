/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-settings.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayWindow:
 *
 * One server, as one user sees it.
 */

G_DEFINE_FINAL_TYPE (BackstayWindow, backstay_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  SIGNAL_SAMPLE_REQUESTED,
  SIGNAL_CONTENT_SHOWN,
  SIGNAL_CONTENT_CLEARED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What the server is called: the sample's name says nothing. */
const char *
backstay_window_get_server_label (BackstayWindow *self)
{
  if (self->is_sample)
    return _ ("sample data on this computer");

  return backstay_db_config_get_label (backstay_db_connection_get_config (self->connection));
}

gboolean
backstay_window_has_content (BackstayWindow *self)
{
  return self->types != NULL;
}

static void
types_loaded_cb (BackstayWindow *self)
{
  if (backstay_sidebar_get_selected (self->sidebar) == NULL &&
      backstay_sidebar_get_place (self->sidebar) == BACKSTAY_SIDEBAR_TYPE &&
      backstay_type_list_get_loaded (self->types))
    backstay_window_restore_place (self);

  if (!backstay_type_list_get_loading (self->types) && backstay_type_list_get_error (self->types) == NULL)
    backstay_window_check_integrity (self);
  backstay_window_check_undo (self);
  backstay_window_update_actions (self);
}

/* The server */

static void
clear_content (BackstayWindow *self)
{
  if (self->types == NULL)
    return;

  g_signal_emit (self, signals[SIGNAL_CONTENT_CLEARED], 0);
  backstay_window_close_questions (self);
  backstay_window_remember_place (self);
  backstay_window_stop_watching (self);
  g_signal_handlers_disconnect_by_func (self->types, types_loaded_cb, self);
  backstay_draft_bar_clear (self->draft_bar);
  backstay_sidebar_set_types (self->sidebar, NULL);
  backstay_overview_show (self->overview, NULL, NULL);
  backstay_recent_view_show (self->recent_view, NULL);
  backstay_window_clear_pages (self);
  backstay_history_view_show (self->history_view, NULL, NULL, NULL);
  backstay_version_view_show (self->version_view, NULL, NULL, NULL);
  g_clear_object (&self->types);
}

static void
clear_repository (BackstayWindow *self)
{
  clear_content (self);
  backstay_database_view_show (self->lone_database_view, NULL, NULL);
  backstay_window_forget_outcome (self);
  g_clear_object (&self->repository);
}

void
backstay_window_clear_session (BackstayWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  clear_repository (self);
  g_clear_object (&self->server);
  self->keeps_password = FALSE;

  if (self->connection != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->connection, backstay_window_update_lost, self);
      g_signal_handlers_disconnect_by_func (backstay_db_config_get_lineage (backstay_db_connection_get_config (self->connection)),
                                            backstay_window_update_server_notice, self);
    }
  g_clear_object (&self->connection);
  backstay_window_update_lost (self);
  backstay_window_update_server_bar (self);
  backstay_window_update_server_notice (self);
}

static void
show_content (BackstayWindow *self,
              BackstayAccess *access)
{
  backstay_sidebar_set_access (self->sidebar, access, backstay_window_get_server_label (self));

  if (!backstay_window_has_content (self))
    {
      self->types = backstay_type_list_new (self->repository);
      g_signal_connect_object (self->types, "notify::loading", G_CALLBACK (types_loaded_cb), self,
                               G_CONNECT_SWAPPED);
      backstay_sidebar_set_types (self->sidebar, self->types);
      backstay_overview_show (self->overview, self->repository, self->types);
      backstay_window_offer_drafts (self);
      backstay_window_start_watching (self);
      backstay_window_open_pages (self);
      g_signal_emit (self, signals[SIGNAL_CONTENT_SHOWN], 0);
    }

  backstay_type_list_reload (self->types);
  backstay_recent_view_reload (self->recent_view);
  backstay_window_reload_pages (self);
  backstay_history_view_reload (self->history_view, NULL);
  gtk_stack_set_visible_child_name (self->stack, "content");
}

static void
show_refusal (BackstayWindow *self,
              BackstayAccess *access,
              const char     *text)
{
  g_autofree char *user = backstay_access_dup_user (access);
  const char      *title = _ ("For Administrators Only");

  if (access->kind == BACKSTAY_ACCESS_NO_TABLE)
    title = _ ("The Table Is Not Here");
  else if (access->identity == NULL && access->may_sign_in)
    title = _ ("Choose Who You Are");

  clear_content (self);
  gtk_stack_set_visible_child_name (self->stack, "start");
  backstay_start_view_show_refusal (self->start_view,
                                    title,
                                    user,
                                    backstay_window_get_server_label (self),
                                    text,
                                    access->kind != BACKSTAY_ACCESS_NO_TABLE && backstay_access_can_choose_identity (access));
}

static gboolean
is_connection_error (const GError *error)
{
  return g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_AUTH) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_LOST) ||
         g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_TIMEOUT);
}

static void
show_no_access (BackstayWindow *self,
                const GError   *error)
{
  g_autofree char *escaped = NULL;

  if (!backstay_window_has_content (self))
    {
      backstay_window_show_failure (self,
                                    is_connection_error (error) ? _ ("No Connection")
                                                                : _ ("The Server Refused"),
                                    error->message);
    }
  else if (self->is_sample && g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONNECT))
    {
      /* The server itself is gone. Whoever owns it knows how to start it. */
      backstay_window_open_sample (self);
    }
  else
    {
      escaped = g_markup_escape_text (error->message, -1);
      adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
    }
}

static void
access_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayAccess) access = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *refusal = NULL;

  access = backstay_repository_find_access_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (access == NULL)
    {
      show_no_access (self, error);
      backstay_window_ask_for_password (self, error);
      return;
    }

  backstay_window_keep_password (self);
  backstay_window_update_server_bar (self);

  refusal = backstay_access_dup_refusal (access);
  if (refusal != NULL)
    show_refusal (self, access, refusal);
  else
    show_content (self, access);

  backstay_window_update_actions (self);

  /* A login that can sign in as a profile is nobody until it did. */
  if (access->identity == NULL && access->may_sign_in)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in", NULL);
}

void
backstay_window_find_access (BackstayWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  backstay_repository_find_access_async (self->repository, self->cancellable, access_cb, self);
}

static void
sign_in (BackstayWindow   *self,
         BackstayIdentity *identity)
{
  clear_repository (self);
  self->repository = backstay_repository_new (self->connection, identity);

  backstay_window_show_progress (self, _ ("Signing in…"));
  backstay_window_find_access (self);
}

void
backstay_window_choose_identity (BackstayWindow   *self,
                                 BackstayIdentity *identity)
{
  if (!self->is_sample)
    backstay_settings_save_identity (backstay_window_get_server_key (self),
                                     backstay_identity_get_id (identity));

  sign_in (self, identity);
}

static void
config_chosen_cb (BackstayWindow   *self,
                  BackstayDbConfig *config)
{
  backstay_window_open (self, config, NULL, FALSE);
}

static gboolean
backstay_window_close_request (GtkWindow *window)
{
  backstay_settings_save_window (window);

  return GTK_WINDOW_CLASS (backstay_window_parent_class)->close_request (window);
}

static void
backstay_window_dispose (GObject *object)
{
  BackstayWindow *self = BACKSTAY_WINDOW (object);

  if (self->stack != NULL)
    backstay_window_clear_session (self);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->place_type, g_free);
  g_clear_handle_id (&self->toast_id, g_source_remove);
  g_clear_object (&self->toast);
  backstay_window_stop_clock (self);

  G_OBJECT_CLASS (backstay_window_parent_class)->dispose (object);
  self->stack = NULL;
}

static void
backstay_window_class_init (BackstayWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = backstay_window_dispose;
  window_class->close_request = backstay_window_close_request;

  /**
   * BackstayWindow::sample-requested:
   *
   * Emitted when the user wants to see the sample data, whose server somebody else has to start.
   */
  signals[SIGNAL_SAMPLE_REQUESTED] =
    g_signal_new ("sample-requested",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayWindow::content-shown:
   *
   * Emitted when there is something to see for who has signed in.
   */
  signals[SIGNAL_CONTENT_SHOWN] =
    g_signal_new ("content-shown",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayWindow::content-cleared:
   *
   * Emitted when what is shown is not for the user's eyes any more, or the window is closed: what was
   * opened from it has to go, too.
   */
  signals[SIGNAL_CONTENT_CLEARED] =
    g_signal_new ("content-cleared",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_DRAFT_BAR);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_SERVER_BAR);
  g_type_ensure (BACKSTAY_TYPE_START_VIEW);
  g_type_ensure (BACKSTAY_TYPE_SIDEBAR);
  g_type_ensure (BACKSTAY_TYPE_OVERVIEW);
  g_type_ensure (BACKSTAY_TYPE_RECENT_VIEW);
  g_type_ensure (BACKSTAY_TYPE_HISTORY_VIEW);
  g_type_ensure (BACKSTAY_TYPE_VERSION_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, draft_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, server_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, server_notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, lost_notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, start_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, overview);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, recent_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, history_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, version_view);
  gtk_widget_class_bind_template_callback (widget_class, config_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_update_actions);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_reconnect);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_update_lost);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_open_version);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_open_server);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_accept_server);

  backstay_window_bind_panes (widget_class);
  backstay_window_bind_pages (widget_class);
  backstay_window_install_actions (widget_class);
  backstay_window_install_watch_signals (klass);
}

static void
backstay_window_init (BackstayWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_settings_restore_window (GTK_WINDOW (self));
  backstay_compat_name_menu_buttons (GTK_WIDGET (self));
  backstay_window_take_files (self);
  g_signal_connect (self, "map", G_CALLBACK (backstay_window_start_clock), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (backstay_window_stop_clock), NULL);
  backstay_window_update_actions (self);
}

/**
 * backstay_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window that shows nothing yet
 */
BackstayWindow *
backstay_window_new (GtkApplication *application)
{
  return g_object_new (BACKSTAY_TYPE_WINDOW, "application", application, NULL);
}

/**
 * backstay_window_open_sample:
 *
 * Asks for the sample data.
 */
void
backstay_window_open_sample (BackstayWindow *self)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));

  backstay_window_clear_session (self);
  self->is_sample = TRUE;
  g_signal_emit (self, signals[SIGNAL_SAMPLE_REQUESTED], 0);
}

/**
 * backstay_window_show_connect:
 *
 * Leaves the server, and asks where to connect to.
 */
void
backstay_window_show_connect (BackstayWindow *self)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));

  backstay_window_clear_session (self);
  self->is_sample = FALSE;
  backstay_window_update_actions (self);
  backstay_start_view_show_connect (self->start_view, backstay_window_get_secrets (self));
  gtk_stack_set_visible_child_name (self->stack, "start");
}

/**
 * backstay_window_show_progress:
 * @text: what is going on
 *
 * Shows that there is something to wait for.
 */
void
backstay_window_show_progress (BackstayWindow *self,
                               const char     *text)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));

  backstay_window_update_actions (self);
  backstay_start_view_show_loading (self->start_view, text);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

/**
 * backstay_window_show_failure:
 * @title: what failed
 * @text: why, and what to do
 *
 * Shows that there is nothing to see.
 */
void
backstay_window_show_failure (BackstayWindow *self,
                              const char     *title,
                              const char     *text)
{
  g_return_if_fail (BACKSTAY_IS_WINDOW (self));

  backstay_window_update_actions (self);
  backstay_start_view_show_failure (self->start_view, title, text);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

/**
 * backstay_window_get_wants_sample:
 *
 * Returns: whether the sample data are what the user wants to see, in a window that is still there
 */
gboolean
backstay_window_get_wants_sample (BackstayWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_WINDOW (self), FALSE);

  return self->stack != NULL && self->is_sample;
}

/**
 * backstay_window_get_busy:
 *
 * Returns: whether something that will be shown is on its way
 */
gboolean
backstay_window_get_busy (BackstayWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_WINDOW (self), FALSE);

  if (self->cancellable != NULL)
    return TRUE;

  if (!backstay_window_has_content (self))
    return g_strcmp0 (backstay_start_view_get_page (self->start_view), "loading") == 0 ||
           backstay_window_has_loading_page (self);

  return backstay_window_has_update (self) ||
         backstay_type_list_get_loading (self->types) ||
         backstay_overview_get_loading (self->overview) ||
         backstay_recent_view_get_loading (self->recent_view) ||
         backstay_window_has_loading_page (self) ||
         backstay_history_view_get_loading (self->history_view) ||
         backstay_version_view_get_loading (self->version_view);
}

/**
 * backstay_window_get_ready:
 *
 * Returns: whether the configurations of a server are shown, as far as they are there
 */
gboolean
backstay_window_get_ready (BackstayWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_WINDOW (self), FALSE);

  return backstay_window_has_content (self) && !backstay_window_get_busy (self);
}
