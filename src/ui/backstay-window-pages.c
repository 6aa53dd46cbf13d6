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
checked_cb (BackstayWindow *self)
{
  backstay_sidebar_set_count (self->sidebar, BACKSTAY_SIDEBAR_INTEGRITY,
                              backstay_integrity_view_get_n_issues (self->integrity_view));
}

static void
show_place (BackstayWindow      *self,
            BackstaySidebarPlace place,
            gpointer             view)
{
  backstay_sidebar_select_place (self->sidebar, place);
  backstay_window_go_to (self, PANE_HISTORY);
  gtk_widget_grab_focus (view);
}

static void
show_audit_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  show_place (self, BACKSTAY_SIDEBAR_AUDIT, self->audit_view);
}

/* Of the version that is shown. */
static void
show_audit_of_version_action (GtkWidget  *widget,
                              const char *action_name,
                              GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  g_autoptr (BackstayVersion) version = g_object_ref (backstay_version_view_get_version (self->version_view));

  show_place (self, BACKSTAY_SIDEBAR_AUDIT, self->audit_view);
  backstay_audit_view_show_version (self->audit_view, version);
}

static void
show_integrity_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  show_place (self, BACKSTAY_SIDEBAR_INTEGRITY, self->integrity_view);
}

gboolean
backstay_window_shows_lone_database (BackstayWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "database") == 0;
}

/* Whoever may not see the table can see what is around it, and that may be why. */
static void
show_lone_database (BackstayWindow *self)
{
  backstay_database_view_show (self->lone_database_view, self->repository, backstay_window_get_server_label (self));
  gtk_stack_set_visible_child_name (self->stack, "database");
}

static void
show_database_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  if (backstay_window_has_content (self))
    show_place (self, BACKSTAY_SIDEBAR_DATABASE, self->database_view);
  else
    show_lone_database (self);
}

void
backstay_window_bind_pages (GtkWidgetClass *widget_class)
{
  g_type_ensure (BACKSTAY_TYPE_AUDIT_VIEW);
  g_type_ensure (BACKSTAY_TYPE_INTEGRITY_VIEW);
  g_type_ensure (BACKSTAY_TYPE_DATABASE_VIEW);

  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, audit_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, integrity_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, database_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, lone_database_view);
  gtk_widget_class_bind_template_callback (widget_class, inspected_cb);
  gtk_widget_class_bind_template_callback (widget_class, checked_cb);
  gtk_widget_class_bind_template_callback (widget_class, backstay_window_reload_lists);
  backstay_window_install_report_action (widget_class);
  gtk_widget_class_install_action (widget_class, "win.show-audit", NULL, show_audit_action);
  gtk_widget_class_install_action (widget_class, "win.show-audit-of-version", NULL, show_audit_of_version_action);
  gtk_widget_class_install_action (widget_class, "win.show-integrity", NULL, show_integrity_action);
  gtk_widget_class_install_action (widget_class, "win.show-database", NULL, show_database_action);
}

/* Looks at a database for the first time; at the table's content with the model types. */
void
backstay_window_open_pages (BackstayWindow *self)
{
  backstay_audit_view_show (self->audit_view, self->repository, self->types);
  backstay_integrity_view_show (self->integrity_view, self->repository);
  backstay_database_view_show (self->database_view, self->repository, backstay_window_get_server_label (self));
}

/* Nobody waits for it before somebody looks at it. */
void
backstay_window_show_audit (BackstayWindow *self)
{
  backstay_audit_view_reload (self->audit_view);
}

void
backstay_window_reload_lone_database (BackstayWindow *self)
{
  backstay_database_view_reload (self->lone_database_view);
}

void
backstay_window_reload_pages (BackstayWindow *self)
{
  if (backstay_sidebar_get_place (self->sidebar) == BACKSTAY_SIDEBAR_AUDIT)
    backstay_audit_view_reload (self->audit_view);
  backstay_database_view_reload (self->database_view);
}

/* Whatever made the model types be read again can have made or repaired an issue. */
void
backstay_window_check_integrity (BackstayWindow *self)
{
  backstay_integrity_view_reload (self->integrity_view);
}

void
backstay_window_clear_pages (BackstayWindow *self)
{
  backstay_audit_view_show (self->audit_view, NULL, NULL);
  backstay_integrity_view_show (self->integrity_view, NULL);
  backstay_sidebar_set_count (self->sidebar, BACKSTAY_SIDEBAR_INTEGRITY, 0);
  backstay_database_view_show (self->database_view, NULL, NULL);
  backstay_sidebar_set_count (self->sidebar, BACKSTAY_SIDEBAR_DATABASE, 0);
  backstay_sidebar_set_warning (self->sidebar, NULL);
}

gboolean
backstay_window_has_loading_page (BackstayWindow *self)
{
  return backstay_database_view_get_loading (self->database_view) ||
         backstay_database_view_get_loading (self->lone_database_view) ||
         backstay_integrity_view_get_loading (self->integrity_view) ||
         backstay_audit_view_get_loading (self->audit_view);
}

void
backstay_window_update_pages (BackstayWindow *self)
{
  gboolean has_content = backstay_window_has_content (self);

  backstay_window_update_report_action (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-audit", has_content);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-audit-of-version",
                                 has_content && backstay_version_view_get_version (self->version_view) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-integrity", has_content);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-database",
                                 self->repository != NULL && backstay_repository_get_access (self->repository) != NULL);
}
