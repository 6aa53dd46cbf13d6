/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-actions"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-identity-dialog.h"

#include <glib/gi18n-lib.h>

/* The window's actions that change nothing on the server; the others are in
 * backstay-window-rollback.c and -editor.c. */

static void
sign_in_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BackstayWindow         *self = BACKSTAY_WINDOW (widget);
  BackstayIdentityDialog *dialog = backstay_identity_dialog_new (GTK_WINDOW (self), self->repository);

  g_signal_connect_object (dialog, "identity-chosen", G_CALLBACK (backstay_window_choose_identity), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
disconnect_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  backstay_window_show_connect (BACKSTAY_WINDOW (widget));
}

static void
open_sample_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  backstay_window_open_sample (BACKSTAY_WINDOW (widget));
}

static void
reload_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  /* The sample's server may have ended; whoever owns it knows how to start it. */
  if (self->is_sample &&
      (self->repository == NULL ||
       g_strcmp0 (backstay_start_view_get_page (self->start_view), "failed") == 0))
    {
      backstay_window_open_sample (self);
      return;
    }

  if (self->repository == NULL)
    return;

  if (backstay_window_shows_lone_database (self))
    {
      backstay_window_reload_lone_database (self);
      return;
    }

  if (!backstay_window_has_content (self))
    backstay_window_show_progress (self, _ ("Connecting…"));

  backstay_window_find_access (self);
}

static void
back_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  if (backstay_window_shows_lone_database (self))
    gtk_stack_set_visible_child_name (self->stack, "start");
  else if (self->pane == PANE_VERSION && adw_leaflet_get_folded (self->inner_leaflet) &&
           backstay_sidebar_get_place (self->sidebar) == BACKSTAY_SIDEBAR_TYPE)
    backstay_window_go_to (self, PANE_HISTORY);
  else
    backstay_window_go_to (self, PANE_TYPES);
}

static void
search_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  backstay_window_go_to (self, PANE_VERSION);
  backstay_version_view_open_search (self->version_view);
}

/* From pane to pane, as far as they are in sight. */
static void
next_pane_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  GtkWidget      *panes[] = {
         GTK_WIDGET (self->sidebar),
         GTK_WIDGET (self->overview),
         GTK_WIDGET (self->recent_view),
         GTK_WIDGET (self->audit_view),
         GTK_WIDGET (self->integrity_view),
         GTK_WIDGET (self->database_view),
         GTK_WIDGET (self->history_view),
         GTK_WIDGET (self->version_view),
  };
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));
  guint      current = 0;

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
        current = i;
    }

  for (guint i = 1; i < G_N_ELEMENTS (panes); i++)
    {
      GtkWidget *pane = panes[(current + i) % G_N_ELEMENTS (panes)];

      if (gtk_widget_get_mapped (pane) && gtk_widget_grab_focus (pane))
        return;
    }
}

static void
next_change_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  backstay_version_view_run_on_changes (BACKSTAY_WINDOW (widget)->version_view, "diff.next-change");
}

static void
previous_change_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  backstay_version_view_run_on_changes (BACKSTAY_WINDOW (widget)->version_view, "diff.previous-change");
}

static void
swap_sides_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  backstay_version_view_run_on_changes (BACKSTAY_WINDOW (widget)->version_view, "changes.swap");
}

static void
go_to_live_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayWindow    *self = BACKSTAY_WINDOW (widget);
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);
  BackstayVersion   *live = backstay_model_type_get_live (type);

  /* A live version that is far down is shown without its place in the list. */
  if (!backstay_history_view_select (self->history_view, backstay_version_get_id (live)))
    backstay_version_view_show (self->version_view, self->repository, live, live);

  backstay_window_go_to (self, PANE_VERSION);
}

void
backstay_window_update_actions (BackstayWindow *self)
{
  GtkWidget         *widget = GTK_WIDGET (self);
  BackstayAccess    *access = NULL;
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);
  BackstayVersion   *version = backstay_version_view_get_version (self->version_view);
  gboolean           is_live_alone;
  gboolean           can_write;

  if (self->repository != NULL)
    access = backstay_repository_get_access (self->repository);

  is_live_alone = version != NULL && type != NULL &&
                  backstay_version_get_active (version) &&
                  backstay_model_type_get_n_active (type) == 1;
  can_write = access != NULL && backstay_window_has_content (self) && backstay_access_can_write (access);

  gtk_widget_action_set_enabled (widget, "win.roll-back", can_write && version != NULL && !is_live_alone);
  backstay_window_update_navigation (self, can_write);
  gtk_widget_action_set_enabled (widget, "win.activate",
                                 can_write && version != NULL && !backstay_version_get_active (version));
  gtk_widget_action_set_enabled (widget, "win.new-version", can_write);
  gtk_widget_action_set_enabled (widget, "win.new-version-empty", can_write);
  gtk_widget_action_set_enabled (widget, "win.new-version-from-file", can_write);
  gtk_widget_action_set_enabled (widget, "win.new-version-from-clipboard", can_write);
  gtk_widget_action_set_enabled (widget, "win.undo", can_write && self->last_outcome != NULL);
  gtk_widget_action_set_enabled (widget, "win.search", version != NULL);
  gtk_widget_action_set_enabled (widget, "win.next-change", version != NULL);
  gtk_widget_action_set_enabled (widget, "win.previous-change", version != NULL);
  gtk_widget_action_set_enabled (widget, "win.swap-sides", version != NULL);
  gtk_widget_action_set_enabled (widget, "win.compare-live", backstay_window_has_content (self));
  gtk_widget_action_set_enabled (widget, "win.reload", self->repository != NULL || self->is_sample);
  gtk_widget_action_set_enabled (widget, "win.sign-in", access != NULL && backstay_access_can_choose_identity (access));
  gtk_widget_action_set_enabled (widget, "win.show-access", access != NULL);
  backstay_window_update_compare_actions (self);
  backstay_window_update_transfer_actions (self, can_write);
  gtk_widget_action_set_enabled (widget, "win.go-to-live",
                                 type != NULL && backstay_model_type_get_live (type) != NULL);
}

void
backstay_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "win.show-access", NULL, backstay_window_show_access_action);
  gtk_widget_class_install_action (widget_class, "win.disconnect", NULL, disconnect_action);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample_action);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.next-change", NULL, next_change_action);
  gtk_widget_class_install_action (widget_class, "win.previous-change", NULL, previous_change_action);
  gtk_widget_class_install_action (widget_class, "win.swap-sides", NULL, swap_sides_action);
  gtk_widget_class_install_action (widget_class, "win.next-pane", NULL, next_pane_action);
  gtk_widget_class_install_action (widget_class, "win.go-to-live", NULL, go_to_live_action);
  backstay_window_install_navigation (widget_class);
  gtk_widget_class_install_action (widget_class, "win.compare-live", NULL, backstay_window_compare_live_action);
  gtk_widget_class_install_action (widget_class, "win.roll-back", NULL, backstay_window_roll_back_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, backstay_window_undo_action);

  backstay_window_install_compare_actions (widget_class);
  backstay_window_install_transfer_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "win.activate", NULL, backstay_window_activate_action);
  gtk_widget_class_install_action (widget_class, "win.new-version", NULL, backstay_window_new_version_action);
  gtk_widget_class_install_action (widget_class, "win.new-version-empty", NULL,
                                   backstay_window_new_version_action);
  gtk_widget_class_install_action (widget_class, "win.new-version-from-file", NULL,
                                   backstay_window_new_version_action);
  gtk_widget_class_install_action (widget_class, "win.new-version-from-clipboard", NULL,
                                   backstay_window_new_version_action);
}
