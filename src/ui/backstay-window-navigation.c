/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-navigation"

#include "config.h"

#include "backstay-window-private.h"

#include <glib/gi18n-lib.h>

/* How one gets from what concerns all model types to one of them and its versions. */

/* Shows what is selected in the sidebar. */
void
backstay_window_show_place (BackstayWindow *self)
{
  static const char *const names[] = { "overview", "recent", "audit", "integrity", "database", "type" };

  BackstaySidebarPlace place = backstay_sidebar_get_place (self->sidebar);

  gtk_stack_set_visible_child_name (self->pages, names[place]);

  /* Nobody waits for it before somebody looks at it. */
  if (place == BACKSTAY_SIDEBAR_RECENT && self->repository != NULL)
    backstay_recent_view_show (self->recent_view, self->repository);
  else if (place == BACKSTAY_SIDEBAR_AUDIT)
    backstay_window_show_audit (self);
}

/* To come back to, as somebody else or after the server was started again. */
void
backstay_window_remember_place (BackstayWindow *self)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);

  self->place = backstay_sidebar_get_place (self->sidebar);
  g_free (self->place_type);
  self->place_type = type != NULL ? g_strdup (backstay_model_type_get_name (type)) : NULL;
}

/* Where one was; the overview the first time, and where that model type is gone. */
void
backstay_window_restore_place (BackstayWindow *self)
{
  guint position;

  if (self->place == BACKSTAY_SIDEBAR_TYPE && self->place_type != NULL &&
      backstay_type_list_find (self->types, self->place_type, &position) != NULL)
    backstay_sidebar_select (self->sidebar, position);
  else if (self->place != BACKSTAY_SIDEBAR_TYPE)
    backstay_sidebar_select_place (self->sidebar, self->place);
  else
    backstay_sidebar_select_place (self->sidebar, BACKSTAY_SIDEBAR_OVERVIEW);

  /* Where there is room for one pane only, it is the content's. */
  if (self->place != BACKSTAY_SIDEBAR_TYPE)
    backstay_window_go_to (self, PANE_HISTORY);

  if (adw_leaflet_get_folded (self->outer_leaflet))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->pages));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->sidebar));
}

/* Goes to a model type with a version selected, or with none. */
static gboolean
open_type (BackstayWindow  *self,
           const char      *model_type,
           BackstayVersion *version)
{
  BackstayModelType *type;
  guint              position;

  if (self->types == NULL || (type = backstay_type_list_find (self->types, model_type, &position)) == NULL)
    {
      /* It was made or removed since. */
      gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
      return FALSE;
    }

  self->opening = TRUE;
  backstay_sidebar_select (self->sidebar, position);
  self->opening = FALSE;

  /* A version that is far down is shown without its place in the list. */
  backstay_version_view_show (self->version_view, version != NULL ? self->repository : NULL, version,
                              backstay_model_type_get_live (type));
  backstay_history_view_show (self->history_view, self->repository, type,
                              version != NULL ? backstay_version_get_id (version) : NULL);
  backstay_window_show_place (self);
  backstay_window_update_actions (self);

  return TRUE;
}

static BackstayVersion *
find_live (BackstayWindow *self,
           const char     *model_type)
{
  BackstayModelType *type = NULL;

  if (self->types != NULL)
    type = backstay_type_list_find (self->types, model_type, NULL);

  return type != NULL ? backstay_model_type_get_live (type) : NULL;
}

static void
go_to_version (BackstayWindow *self)
{
  backstay_window_go_to (self, PANE_VERSION);
  gtk_widget_grab_focus (GTK_WIDGET (self->version_view));
}

void
backstay_window_open_version (BackstayWindow  *self,
                              BackstayVersion *version)
{
  if (open_type (self, backstay_version_get_model_type (version), version))
    go_to_version (self);
}

static void
open_type_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  BackstayWindow  *self = BACKSTAY_WINDOW (widget);
  const char      *model_type = g_variant_get_string (parameter, NULL);
  BackstayVersion *live = find_live (self, model_type);

  if (!open_type (self, model_type, live))
    return;

  backstay_window_go_to (self, live != NULL ? PANE_VERSION : PANE_HISTORY);
  self->focus_history = TRUE;
}

static void
compare_type_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  const char     *model_type = g_variant_get_string (parameter, NULL);

  if (!open_type (self, model_type, find_live (self, model_type)))
    return;

  backstay_version_view_show_changes (self->version_view);
  go_to_version (self);
}

/* Which version was live before, the table does not say: it is for the user to choose. */
static void
choose_rollback_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  const char     *model_type = g_variant_get_string (parameter, NULL);
  AdwToast       *toast;

  if (!open_type (self, model_type, find_live (self, model_type)))
    return;

  backstay_window_go_to (self, PANE_HISTORY);
  self->focus_history = TRUE;

  toast = adw_toast_new (_ ("Select the version to go back to, look at its changes, then roll back"));
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
show_overview_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  backstay_sidebar_select_place (self->sidebar, BACKSTAY_SIDEBAR_OVERVIEW);
  backstay_window_go_to (self, PANE_HISTORY);
  gtk_widget_grab_focus (GTK_WIDGET (self->overview));
}

static void
show_recent_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  backstay_sidebar_select_place (self->sidebar, BACKSTAY_SIDEBAR_RECENT);
  backstay_window_go_to (self, PANE_HISTORY);
  gtk_widget_grab_focus (GTK_WIDGET (self->recent_view));
}

void
backstay_window_update_navigation (BackstayWindow *self,
                                   gboolean        can_write)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   has_content = backstay_window_has_content (self);

  gtk_widget_action_set_enabled (widget, "win.show-overview", has_content);
  gtk_widget_action_set_enabled (widget, "win.show-recent", has_content);
  gtk_widget_action_set_enabled (widget, "win.choose-rollback", can_write);
  backstay_window_update_pages (self);
}

void
backstay_window_install_navigation (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-overview", NULL, show_overview_action);
  gtk_widget_class_install_action (widget_class, "win.show-recent", NULL, show_recent_action);
  gtk_widget_class_install_action (widget_class, "win.open-type", "s", open_type_action);
  gtk_widget_class_install_action (widget_class, "win.compare-type", "s", compare_type_action);
  gtk_widget_class_install_action (widget_class, "win.choose-rollback", "s", choose_rollback_action);
}
