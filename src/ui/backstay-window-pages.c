/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-pages"

#include "config.h"

#include "backstay-window-private.h"

/* The pages about the database itself, and how one gets to them. */

static void
inspected_cb (BackstayWindow *self)
{
  backstay_sidebar_set_count (self->sidebar, BACKSTAY_SIDEBAR_DATABASE,
                              backstay_database_view_get_n_problems (self->database_view));
  backstay_sidebar_set_warning (self->sidebar, backstay_database_view_get_warning (self->database_view));
}

static void
show_database_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  backstay_sidebar_select_place (self->sidebar, BACKSTAY_SIDEBAR_DATABASE);
  backstay_window_go_to (self, PANE_HISTORY);
  gtk_widget_grab_focus (GTK_WIDGET (self->database_view));
}

void
backstay_window_bind_pages (GtkWidgetClass *widget_class)
{
  g_type_ensure (BACKSTAY_TYPE_DATABASE_VIEW);

  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, database_view);
  gtk_widget_class_bind_template_callback (widget_class, inspected_cb);
  gtk_widget_class_install_action (widget_class, "win.show-database", NULL, show_database_action);
}

/* Looks at a database for the first time. */
void
backstay_window_open_pages (BackstayWindow *self)
{
  backstay_database_view_show (self->database_view, self->repository, backstay_window_get_server_label (self));
}

void
backstay_window_reload_pages (BackstayWindow *self)
{
  backstay_database_view_reload (self->database_view);
}

void
backstay_window_clear_pages (BackstayWindow *self)
{
  backstay_database_view_show (self->database_view, NULL, NULL);
  backstay_sidebar_set_count (self->sidebar, BACKSTAY_SIDEBAR_DATABASE, 0);
  backstay_sidebar_set_warning (self->sidebar, NULL);
}

gboolean
backstay_window_has_loading_page (BackstayWindow *self)
{
  return backstay_database_view_get_loading (self->database_view);
}

void
backstay_window_update_pages (BackstayWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-database", backstay_window_has_content (self));
}
