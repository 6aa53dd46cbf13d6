/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-view"

#include "config.h"

#include "backstay-history-view.h"

#include "backstay-compare-bar.h"
#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-filter-bar.h"
#include "backstay-filter-popover.h"
#include "backstay-history-changes.h"
#include "backstay-live-bar.h"
#include "backstay-notice.h"
#include "backstay-outdated-bar.h"
#include "backstay-row-factory.h"
#include "backstay-version-menu.h"
#include "backstay-version-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * BackstayHistoryView:
 *
 * The history of a model type, with what is live above it.
 */
struct _BackstayHistoryView
{
  GtkWidget parent_instance;

  BackstayRepository     *repository;
  BackstayHistoryList    *list;
  BackstayHistoryChanges *changes;
  BackstayModelType      *model_type;
  char                   *select_id;     /* What to select once it has been loaded. */
  char                   *hidden_id;     /* What was selected until a filter hid it. */
  gboolean                is_news;       /* Whether the user has just made it what it is. */
  gboolean                select_newest; /* Where there is nothing else to select then. */

  /* Template children */
  AdwHeaderBar          *header_bar;
  AdwWindowTitle        *title;
  GtkWidget             *back_button;
  BackstayLiveBar       *live_bar;
  GtkMenuButton         *filter_button;
  BackstayFilterPopover *filter_popover;
  BackstayFilterBar     *filter_bar;
  BackstayNotice        *notice;
  BackstayOutdatedBar   *outdated_bar;
  GtkStack              *stack;
  GtkScrolledWindow     *scrolled_window;
  GtkListView           *list_view;
  GtkPopover            *row_popover;
  GtkWidget             *compare_bar;
};

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

G_DEFINE_FINAL_TYPE (BackstayHistoryView, backstay_history_view, GTK_TYPE_WIDGET)

static GtkSingleSelection *
get_selection (BackstayHistoryView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

static void
selection_changed_cb (BackstayHistoryView *self)
{
  BackstayVersion *selected = backstay_history_view_get_selected (self);

  if (selected != NULL)
    g_clear_pointer (&self->hidden_id, g_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy-id", selected != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.mark", selected != NULL);
  backstay_compare_bar_set_selected (BACKSTAY_COMPARE_BAR (self->compare_bar), selected);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static const char *
page_of (BackstayHistoryView *self)
{
  if (self->list == NULL)
    return "none";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "list";

  if (backstay_history_list_get_loading (self->list))
    return "loading";

  return backstay_history_list_get_filtered (self->list) ? "no-match" : "empty";
}

static void
update_page (BackstayHistoryView *self)
{
  gtk_stack_set_visible_child_name (self->stack, page_of (self));
}

static void
loaded (BackstayHistoryView *self)
{
  BackstayVersion *newest = backstay_history_list_peek (self->list, 0);

  if (self->select_newest && newest != NULL && self->select_id == NULL)
    backstay_history_view_select (self, backstay_version_get_id (newest));
  self->select_newest = FALSE;

  if (self->select_id != NULL)
    {
      g_autofree char *id = g_steal_pointer (&self->select_id);
      gboolean         is_news = self->is_news;

      self->is_news = FALSE;

      if (backstay_history_view_select (self, id))
        {
          if (is_news && gtk_widget_get_mapped (GTK_WIDGET (self)))
            gtk_widget_grab_focus (GTK_WIDGET (self));
          return;
        }

      if (is_news && backstay_history_list_get_filtered (self->list))
        {
          backstay_filter_bar_put_off (self->filter_bar, _ ("The filters were taken off, as they hide this version."));
          backstay_history_view_reload_with (self, id);
          return;
        }

      g_free (self->hidden_id);
      self->hidden_id = g_steal_pointer (&id);
    }
}

static void
loading_changed_cb (BackstayHistoryView *self)
{
  const GError *error = backstay_history_list_get_error (self->list);

  if (error != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
  else
    backstay_notice_hide (self->notice);

  update_page (self);

  if (!backstay_history_list_get_loading (self->list))
    loaded (self);
}

/* A query that is on its way is cancelled, and what is shown stays until the new one's answer comes. */
static void
filter_changed_cb (BackstayHistoryView *self)
{
  BackstayHistoryFilter *filter = backstay_filter_bar_get_filter (self->filter_bar);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear-filters",
                                 !backstay_history_filter_is_empty (filter));
  backstay_history_view_reload (self, NULL);
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
notice_clicked_cb (BackstayHistoryView *self)
{
  backstay_history_list_load_more (self->list);
}

/* Over the first row the bar pushes the list down. Further down that would only move what is read. */
static void
make_room (BackstayHistoryView *self)
{
  GtkWidget     *bar = GTK_WIDGET (self->outdated_bar);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  int            height;

  if (!gtk_widget_get_visible (bar))
    {
      gtk_widget_set_margin_top (GTK_WIDGET (self->stack), 0);
      return;
    }

  if (gtk_adjustment_get_value (adjustment) > 0)
    return;

  gtk_widget_measure (bar, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_set_margin_top (GTK_WIDGET (self->stack), height);
}

/* What is new is at the top. */
static void
updated_cb (BackstayHistoryView *self)
{
  update_page (self);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    backstay_compat_scroll_to (self->list_view, 0);
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

/* A click goes to the version, also where it is selected already: on a narrow window the
 * selection stays when one comes back. */
static void
primary_released_cb (BackstayHistoryView *self,
                     int                  n_press,
                     double               x,
                     double               y)
{
  if (backstay_version_row_find_at (self->list_view, x, y) != NULL)
    g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0);
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
set_list (BackstayHistoryView *self,
          BackstayHistoryList *list)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->list, loading_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->list, update_page, self);
    }

  gtk_list_view_set_model (self->list_view, NULL);
  g_set_object (&self->list, list);
  backstay_outdated_bar_set_list (self->outdated_bar, list);

  if (list == NULL)
    return;

  /* In this order, or the first row would be selected. */
  selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (list));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (list, "notify::loading", G_CALLBACK (loading_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::outdated", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
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

  g_clear_object (&self->changes);
  if (self->list_view != NULL)
    set_list (self, NULL);
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
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_room);
  gtk_widget_class_bind_template_callback (widget_class, updated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, primary_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, marked_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);

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
                           G_CALLBACK (make_room), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->live_bar), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy-id", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.mark", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.filter", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear-filters", FALSE);
  set_folded (self, FALSE);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_VERSION_ROW);
  gtk_list_view_set_factory (self->list_view, factory);
  self->changes = backstay_history_changes_new (self->list_view, factory);
  g_object_unref (factory);
  backstay_compare_bar_set_list_view (BACKSTAY_COMPARE_BAR (self->compare_bar), self->list_view);
  backstay_version_menu_attach (self->row_popover, self->list_view, menu_wanted_cb, self);
}

/**
 * backstay_history_view_show:
 * @repository: (nullable): where to load from
 * @model_type: (nullable): whose history; %NULL to show none
 * @select_id: (nullable): a version to select once the first page has come
 *
 * Shows a history from its beginning.
 */
void
backstay_history_view_show (BackstayHistoryView *self,
                            BackstayRepository  *repository,
                            BackstayModelType   *model_type,
                            const char          *select_id)
{
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (BACKSTAY_IS_HISTORY_VIEW (self));
  g_return_if_fail (model_type == NULL || BACKSTAY_IS_REPOSITORY (repository));

  /* Versions of two model types can be compared, but only on one server and by one user. */
  if (repository == NULL)
    backstay_compare_bar_set_marked (BACKSTAY_COMPARE_BAR (self->compare_bar), NULL);

  set_list (self, NULL);
  g_set_object (&self->repository, repository);
  g_set_object (&self->model_type, model_type);
  g_free (self->select_id);
  self->select_id = g_strdup (select_id);
  self->select_newest = FALSE;
  self->is_news = FALSE;
  g_clear_pointer (&self->hidden_id, g_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.filter", model_type != NULL);
  backstay_live_bar_set_model_type (self->live_bar, model_type);
  gtk_widget_set_visible (GTK_WIDGET (self->live_bar), model_type != NULL);
  backstay_notice_hide (self->notice);

  if (model_type != NULL)
    {
      name = backstay_display_text (backstay_model_type_get_name (model_type));
      list = backstay_history_list_new (repository, backstay_model_type_get_name (model_type));
    }

  backstay_filter_popover_set_place (self->filter_popover, repository, list);
  backstay_filter_bar_show (self->filter_bar, repository, list);

  adw_window_title_set_title (self->title, name != NULL ? name : _ ("History"));
  backstay_history_changes_show (self->changes, repository, list); /* Or rows would have no line for it. */
  set_list (self, list);

  if (list != NULL)
    backstay_history_list_load_more (list);

  update_page (self);
  selection_changed_cb (self);
}

/**
 * backstay_history_view_select_newest:
 *
 * Selects the first version once it has come, unless another one is selected then.
 */
void
backstay_history_view_select_newest (BackstayHistoryView *self)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_VIEW (self));

  self->select_newest = self->list != NULL;
}

/**
 * backstay_history_view_reload:
 * @select_id: (nullable): a version to select afterwards; %NULL keeps the selected one
 *
 * Loads the history again.
 */
void
backstay_history_view_reload (BackstayHistoryView *self,
                              const char          *select_id)
{
  BackstayVersion *selected;

  g_return_if_fail (BACKSTAY_IS_HISTORY_VIEW (self));

  if (self->list == NULL)
    return;

  selected = backstay_history_view_get_selected (self);
  if (select_id == NULL && selected != NULL)
    select_id = backstay_version_get_id (selected);
  if (select_id == NULL)
    select_id = self->select_id != NULL ? self->select_id : self->hidden_id;

  if (select_id != self->select_id)
    {
      g_free (self->select_id);
      self->select_id = g_strdup (select_id);
    }
  backstay_history_list_reload (self->list);
}

/**
 * backstay_history_view_reload_with:
 * @id: a version that the user has just made what it is
 *
 * Loads the history again, and goes to that version. If the filters hide it they are taken off, which
 * is told.
 */
void
backstay_history_view_reload_with (BackstayHistoryView *self,
                                   const char          *id)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_VIEW (self));
  g_return_if_fail (id != NULL);

  backstay_history_view_reload (self, id);
  self->is_news = self->list != NULL;
}

/**
 * backstay_history_view_look:
 * @active: (element-type BackstayVersion): what is active now, of its model type
 *
 * Marks what is active, and says above the list whether there is something new. Neither the list
 * nor what is selected moves.
 */
void
backstay_history_view_look (BackstayHistoryView *self,
                            GPtrArray           *active)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_VIEW (self));
  g_return_if_fail (active != NULL);

  if (self->list == NULL)
    return;

  backstay_history_list_set_active (self->list, active);
  backstay_history_list_look (self->list);
}

/**
 * backstay_history_view_select:
 * @id: a version's uuid
 *
 * Selects a version and scrolls to it.
 *
 * Returns: whether it is on one of the loaded pages
 */
gboolean
backstay_history_view_select (BackstayHistoryView *self,
                              const char          *id)
{
  guint position;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_VIEW (self), FALSE);

  if (self->list == NULL || backstay_history_list_find (self->list, id, &position) == NULL)
    return FALSE;

  gtk_single_selection_set_selected (get_selection (self), position);
  backstay_compat_scroll_to (self->list_view, position);

  return TRUE;
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
 * backstay_history_view_list_names:
 *
 * Returns: (transfer full): the names of the versions that are loaded
 */
GStrv
backstay_history_view_list_names (BackstayHistoryView *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  BackstayVersion *version;

  g_return_val_if_fail (BACKSTAY_IS_HISTORY_VIEW (self), NULL);

  for (guint i = 0; self->list != NULL && (version = backstay_history_list_peek (self->list, i)) != NULL; i++)
    g_strv_builder_add (names, backstay_version_get_name (version));

  return g_strv_builder_end (names);
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
