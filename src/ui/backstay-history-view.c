/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-view"

#include "config.h"

#include "backstay-history-view-private.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-loading.h"
#include "backstay-row-factory.h"
#include "backstay-version-menu.h"
#include "backstay-version-row.h"

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_SELECTED,
  PROP_MARKED,
  N_PROPS,
};

enum
{
  SIGNAL_VERSION_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/**
 * BackstayHistoryView:
 *
 * The history of a model type, with what is live above it.
 */
G_DEFINE_FINAL_TYPE (BackstayHistoryView, backstay_history_view, GTK_TYPE_WIDGET)

static GtkSingleSelection *
get_selection (BackstayHistoryView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

void
backstay_history_view_selection_changed (BackstayHistoryView *self)
{
  BackstayVersion *selected = backstay_history_view_get_selected (self);

  if (selected != NULL)
    g_clear_pointer (&self->hidden_id, g_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy-id", selected != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.mark", selected != NULL);
  backstay_compare_bar_set_selected (BACKSTAY_COMPARE_BAR (self->compare_bar), selected);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (widget);
  g_autoptr (BackstayHistoryFilter) filter = backstay_history_filter_new ();

  backstay_filter_bar_set_filter (self->filter_bar, filter);
}

static void
filter_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  /* On a narrow window a version may be in front. */
  if (!gtk_widget_get_mapped (widget))
    gtk_widget_activate_action (widget, "win.back", NULL);

  gtk_menu_button_popup (BACKSTAY_HISTORY_VIEW (widget)->filter_button);
}

static void
copy_id_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BackstayVersion *version = backstay_history_view_get_selected (BACKSTAY_HISTORY_VIEW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), backstay_version_get_id (version));
}

static void
mark_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (widget);

  backstay_compare_bar_set_marked (BACKSTAY_COMPARE_BAR (self->compare_bar), backstay_history_view_get_selected (self));
}

static void
marked_cb (BackstayHistoryView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKED]);
}

static void
row_activated_cb (BackstayHistoryView *self,
                  guint                position)
{
  g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0);
}

static gboolean
clicked_cb (gpointer user_data)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (user_data);

  self->click_id = 0;
  g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0);

  return G_SOURCE_REMOVE;
}

/* A click goes to the version, also where it is selected already: on a narrow window the
 * selection stays when one comes back. Not before the row selected it, which hears of the click later,
 * and not at all once the list is out of sight. */
static void
primary_released_cb (BackstayHistoryView *self,
                     int                  n_press,
                     double               x,
                     double               y)
{
  if (backstay_list_row_find_at (self->list_view, x, y) != NULL && self->click_id == 0)
    self->click_id = g_idle_add_full (G_PRIORITY_HIGH, clicked_cb, self, NULL);
}

/* The menu is about the selected version. */
static void
menu_wanted_cb (BackstayVersion *version,
                gpointer         user_data)
{
  BackstayHistoryView *self = user_data;
  GMenuModel          *menu = gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (self->row_popover));

  backstay_version_menu_name_rollback (G_MENU (menu), version, backstay_model_type_get_live (self->model_type));
  backstay_history_view_select (self, backstay_version_get_id (version));
}

static void
backstay_history_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (backstay_history_view_parent_class)->map (widget);

  backstay_history_view_update_times (BACKSTAY_HISTORY_VIEW (widget));
}

static void
set_folded (BackstayHistoryView *self,
            gboolean             folded)
{
  gtk_widget_set_visible (self->back_button, folded);
  adw_header_bar_set_show_start_title_buttons (self->header_bar, folded);
}

static void
backstay_history_view_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, backstay_history_view_get_selected (self));
      break;

    case PROP_MARKED:
      g_value_set_object (value, backstay_history_view_get_marked (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_history_view_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      set_folded (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
backstay_history_view_grab_focus (GtkWidget *widget)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (widget);
  BackstayVersion     *selected = backstay_history_view_get_selected (self);
  GtkWidget           *row = NULL;

  /* The list itself would go to where the focus was the last time. */
  if (selected != NULL)
    row = backstay_version_row_find (self->list_view, selected);

  return gtk_widget_grab_focus (row != NULL ? gtk_widget_get_parent (row) : GTK_WIDGET (self->list_view));
}

static void
backstay_history_view_dispose (GObject *object)
{
  BackstayHistoryView *self = BACKSTAY_HISTORY_VIEW (object);

  g_clear_handle_id (&self->click_id, g_source_remove);
  g_clear_object (&self->changes);
  if (self->list_view != NULL)
    backstay_history_view_set_list (self, NULL);
  g_clear_object (&self->model_type);
  g_clear_object (&self->repository);
  g_clear_pointer (&self->select_id, g_free);
  g_clear_pointer (&self->hidden_id, g_free);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_HISTORY_VIEW);

  G_OBJECT_CLASS (backstay_history_view_parent_class)->dispose (object);
}

static void
backstay_history_view_class_init (BackstayHistoryViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_history_view_dispose;
  widget_class->grab_focus = backstay_history_view_grab_focus;
  object_class->get_property = backstay_history_view_get_property;
  object_class->set_property = backstay_history_view_set_property;
  widget_class->map = backstay_history_view_map;

  /**
   * BackstayHistoryView:folded:
   *
   * Whether the sidebar is out of sight, so that a way back is needed.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayHistoryView:selected:
   *
   * The selected version.
   */
  properties[PROP_SELECTED] =
    g_param_spec_object ("selected", NULL, NULL,
                         BACKSTAY_TYPE_VERSION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayHistoryView:marked:
   *
   * The version that is marked to be compared with the selected one.
   */
  properties[PROP_MARKED] =
    g_param_spec_object ("marked", NULL, NULL,
                         BACKSTAY_TYPE_VERSION,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayHistoryView::version-activated:
   *
   * Emitted when the user wants to go to the selected version.
   */
  signals[SIGNAL_VERSION_ACTIVATED] =
    g_signal_new ("version-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_COMPARE_BAR);
  g_type_ensure (BACKSTAY_TYPE_FILTER_BAR);
  g_type_ensure (BACKSTAY_TYPE_FILTER_POPOVER);
  g_type_ensure (BACKSTAY_TYPE_LIVE_BAR);
  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_OUTDATED_BAR);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, live_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, filter_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, compare_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, outdated_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, list_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayHistoryView, row_popover);
  gtk_widget_class_bind_template_callback (widget_class, backstay_history_view_try_again);
  gtk_widget_class_bind_template_callback (widget_class, backstay_history_view_make_room);
  gtk_widget_class_bind_template_callback (widget_class, backstay_history_view_take_over);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, primary_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, marked_cb);
  gtk_widget_class_bind_template_callback (widget_class, backstay_history_view_filter_changed);

  gtk_widget_class_install_action (widget_class, "history.copy-id", NULL, copy_id_action);
  gtk_widget_class_install_action (widget_class, "history.mark", NULL, mark_action);
  gtk_widget_class_install_action (widget_class, "history.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "history.clear-filters", NULL, clear_filters_action);
}

static void
backstay_history_view_init (BackstayHistoryView *self)
{
  GtkListItemFactory *factory;

  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled_window), "value-changed",
                           G_CALLBACK (backstay_history_view_make_room), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->live_bar), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy-id", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.mark", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.filter", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear-filters", FALSE);
  set_folded (self, FALSE);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_VERSION_ROW);
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
  self->changes = backstay_history_changes_new (self->list_view, factory);
  g_object_unref (factory);
  backstay_compare_bar_set_list_view (BACKSTAY_COMPARE_BAR (self->compare_bar), self->list_view);
  backstay_version_menu_attach (self->row_popover, self->list_view, menu_wanted_cb, self);
}

/**
 * backstay_history_view_update_times:
 *
 * Says anew how long ago everything was, if it can be seen.
 */
void
backstay_history_view_update_times (BackstayHistoryView *self)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_VIEW (self));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *child = gtk_widget_get_first_child (row);

      if (BACKSTAY_IS_VERSION_ROW (child))
        backstay_version_row_update_time (BACKSTAY_VERSION_ROW (child));
    }

  backstay_live_bar_update_time (self->live_bar);
}

/**
 * backstay_history_view_get_selected:
 *
 * Returns: (transfer none) (nullable): the selected version
 */
BackstayVersion *
backstay_history_view_get_selected (BackstayHistoryView *self)
{
  GtkSingleSelection *selection;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_VIEW (self), NULL);

  selection = get_selection (self);

  return selection != NULL ? gtk_single_selection_get_selected_item (selection) : NULL;
}

/**
 * backstay_history_view_get_marked:
 *
 * Returns: (transfer none) (nullable): the version that is marked to be compared with the selected
 *   one; it can be of another model type
 */
BackstayVersion *
backstay_history_view_get_marked (BackstayHistoryView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_VIEW (self), NULL);

  return backstay_compare_bar_get_marked (BACKSTAY_COMPARE_BAR (self->compare_bar));
}

/**
 * backstay_history_view_get_loading:
 *
 * Returns: whether a page of the history is on its way
 */
gboolean
backstay_history_view_get_loading (BackstayHistoryView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_VIEW (self), FALSE);

  return self->list != NULL && (backstay_history_list_get_loading (self->list) ||
                                backstay_history_changes_get_loading (self->changes));
}
