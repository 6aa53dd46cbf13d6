/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-panes"

#include "config.h"

#include "backstay-window-private.h"

/* The panes beside each other, of which a narrow window shows one: what is selected in one of them is what
 * the next one shows. */

static void
type_selected_cb (BackstayWindow *self)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);
  BackstayVersion   *live = type != NULL ? backstay_model_type_get_live (type) : NULL;
  const char        *select_id = NULL;

  if (self->opening)
    return;

  /* Where the version has a pane of its own, it shows what is live. */
  if (live != NULL && !adw_leaflet_get_folded (self->inner_leaflet))
    select_id = backstay_version_get_id (live);

  backstay_version_view_show (self->version_view, self->repository, NULL, NULL);
  backstay_history_view_show (self->history_view, self->repository, type, select_id);
  if (live == NULL && !adw_leaflet_get_folded (self->inner_leaflet))
    backstay_history_view_select_newest (self->history_view);
  backstay_window_show_place (self);
  backstay_window_update_actions (self);
}

/* Where all panes are in sight, going to one would only take the focus away; but when the window
 * gets narrow, it should show the one where the user is. */
static void
show_pane (BackstayWindow *self)
{
  BackstayWindowPane pane = self->pane;

  if (adw_leaflet_get_folded (self->inner_leaflet))
    adw_leaflet_set_visible_child_name (self->inner_leaflet, pane == PANE_VERSION ? "version" : "history");
  if (adw_leaflet_get_folded (self->outer_leaflet))
    adw_leaflet_set_visible_child_name (self->outer_leaflet, pane == PANE_TYPES ? "types" : "type");

  /* Between the two steps it looked like another one. */
  self->pane = pane;
}

void
backstay_window_go_to (BackstayWindow    *self,
                       BackstayWindowPane pane)
{
  self->pane = pane;
  show_pane (self);
}

/* A swipe goes back, too. */
static void
visible_child_cb (BackstayWindow *self)
{
  gboolean is_type = g_strcmp0 (adw_leaflet_get_visible_child_name (self->outer_leaflet), "type") == 0;
  gboolean is_version = g_strcmp0 (adw_leaflet_get_visible_child_name (self->inner_leaflet), "version") == 0;

  if (adw_leaflet_get_folded (self->outer_leaflet) && !is_type)
    self->pane = PANE_TYPES;
  else if (adw_leaflet_get_folded (self->inner_leaflet))
    self->pane = is_version ? PANE_VERSION : PANE_HISTORY;
}

static void
type_activated_cb (BackstayWindow *self)
{
  backstay_window_go_to (self, PANE_HISTORY);
}

static BackstayVersion *
get_live (BackstayWindow *self)
{
  BackstayModelType *type = backstay_sidebar_get_selected (self->sidebar);

  return type != NULL ? backstay_model_type_get_live (type) : NULL;
}

/* The list of types may not know yet what was done here just now. */
static gboolean
is_own_news (BackstayWindow  *self,
             BackstayVersion *version)
{
  return self->last_outcome != NULL && backstay_version_get_active (version) &&
         g_str_equal (backstay_rollback_request_get_new_id (self->last_outcome->request),
                      backstay_version_get_id (version));
}

static void
version_selected_cb (BackstayWindow *self)
{
  BackstayVersion *selected = backstay_history_view_get_selected (self->history_view);
  BackstayVersion *shown = backstay_version_view_get_version (self->version_view);

  /* While a list is loaded again nothing is selected for a moment. */
  if (selected != NULL && (shown == NULL || !backstay_version_equal (selected, shown)))
    backstay_version_view_show (self->version_view, self->repository, selected,
                                is_own_news (self, selected) ? selected : get_live (self));

  backstay_window_update_actions (self);

  if (selected != NULL && self->focus_history)
    {
      self->focus_history = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (self->history_view));
    }
}

static void
version_activated_cb (BackstayWindow *self)
{
  backstay_window_go_to (self, PANE_VERSION);
}

void
backstay_window_bind_panes (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, outer_leaflet);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, BackstayWindow, inner_leaflet);
  gtk_widget_class_bind_template_callback (widget_class, type_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, type_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, version_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, version_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_pane);
  gtk_widget_class_bind_template_callback (widget_class, visible_child_cb);
}
