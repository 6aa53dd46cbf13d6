/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-compare"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compare-window.h"
#include "backstay-version-chooser.h"
#include "backstay-version-document.h"

/* The window's actions that compare versions, each in a window of its own. */

static BackstayVersion *
get_live (BackstayWindow *self)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);

  return type != NULL ? backstay_model_type_get_live (type) : NULL;
}

/* The selected version. Where a filter hides it, it is still the one that is shown. */
static BackstayVersion *
get_selected (BackstayWindow *self)
{
  BackstayVersion *selected = backstay_history_view_get_selected (self->history_view);

  return selected != NULL ? selected : backstay_version_view_get_version (self->version_view);
}

static gboolean
is_other (BackstayVersion *version,
          BackstayVersion *other)
{
  return version != NULL && other != NULL &&
         !g_str_equal (backstay_version_get_id (version), backstay_version_get_id (other));
}

static void
types_loaded_cb (BackstayTypeList        *types,
                 GParamSpec              *pspec,
                 BackstayVersionDocument *document)
{
  backstay_version_document_check (document, types);
}

static void
compare (BackstayWindow   *self,
         BackstayDocument *before,
         BackstayDocument *after)
{
  BackstayCompareWindow *window = backstay_compare_window_new (gtk_window_get_application (GTK_WINDOW (self)));

  /* It shows what only this user may see, and only from this server. */
  g_signal_connect_object (self, "content-cleared", G_CALLBACK (gtk_window_destroy), window,
                           G_CONNECT_SWAPPED);

  /* It says which one is live, and something else can be by now. */
  g_signal_connect_object (self->types, "notify::loading", G_CALLBACK (types_loaded_cb), before, 0);
  g_signal_connect_object (self->types, "notify::loading", G_CALLBACK (types_loaded_cb), after, 0);

  backstay_compare_window_compare (window, before, after);
  gtk_window_present (GTK_WINDOW (window));
}

static void
compare_versions (BackstayWindow  *self,
                  BackstayVersion *before,
                  BackstayVersion *after)
{
  g_autoptr (BackstayDocument) before_document = backstay_version_document_new (self->repository, before);
  g_autoptr (BackstayDocument) after_document = backstay_version_document_new (self->repository, after);

  compare (self, before_document, after_document);
}

/* Two versions that were selected for it: the older one comes before. */
static void
compare_marked_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  BackstayWindow  *self = BACKSTAY_WINDOW (widget);
  BackstayVersion *selected = get_selected (self);
  BackstayVersion *marked = backstay_history_view_get_marked (self->history_view);

  if (backstay_version_is_older (marked, selected))
    compare_versions (self, marked, selected);
  else
    compare_versions (self, selected, marked);
}

/* As on the page with the changes, what a version is compared with comes before it. */

static void
compare_with_live_action (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);

  compare_versions (self, get_live (self), get_selected (self));
}

static void
compare_with_previous_action (GtkWidget  *widget,
                              const char *action_name,
                              GVariant   *parameter)
{
  BackstayWindow  *self = BACKSTAY_WINDOW (widget);
  BackstayVersion *selected = get_selected (self);
  g_autoptr (BackstayDocument) before = backstay_version_document_new_previous (self->repository, selected);
  g_autoptr (BackstayDocument) after = backstay_version_document_new (self->repository, selected);

  compare (self, before, after);
}

static void
version_chosen_cb (BackstayWindow         *self,
                   BackstayVersion        *chosen,
                   BackstayVersionChooser *chooser)
{
  compare_versions (self, chosen, backstay_version_chooser_get_version (chooser));
}

static void
compare_with_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BackstayWindow         *self = BACKSTAY_WINDOW (widget);
  BackstayVersionChooser *chooser;

  chooser = backstay_version_chooser_new (GTK_WINDOW (self), self->repository,
                                          get_selected (self));
  g_signal_connect_object (chooser, "version-chosen", G_CALLBACK (version_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (chooser));
}

void
backstay_window_update_compare_actions (BackstayWindow *self)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  BackstayVersion *selected = get_selected (self);
  BackstayVersion *marked = backstay_history_view_get_marked (self->history_view);

  gtk_widget_action_set_enabled (widget, "win.compare-marked", is_other (selected, marked));
  gtk_widget_action_set_enabled (widget, "win.compare-with-live", is_other (selected, get_live (self)));
  gtk_widget_action_set_enabled (widget, "win.compare-with-previous", selected != NULL);
  gtk_widget_action_set_enabled (widget, "win.compare-with", selected != NULL);
}

void
backstay_window_install_compare_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.compare-marked", NULL, compare_marked_action);
  gtk_widget_class_install_action (widget_class, "win.compare-with-live", NULL, compare_with_live_action);
  gtk_widget_class_install_action (widget_class, "win.compare-with-previous", NULL, compare_with_previous_action);
  gtk_widget_class_install_action (widget_class, "win.compare-with", NULL, compare_with_action);
}
