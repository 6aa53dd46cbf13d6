/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-view-list"

#include "config.h"

#include "backstay-history-view-private.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/* Which versions a history shows: how they come, what is selected then, and what filters do. */

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

void
backstay_history_view_set_list (BackstayHistoryView *self,
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
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (backstay_history_view_selection_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (list, "notify::loading", G_CALLBACK (loading_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::outdated", G_CALLBACK (update_page), self,
                           G_CONNECT_SWAPPED);
}

/* A query that is on its way is cancelled, and what is shown stays until the new one's answer comes. */
void
backstay_history_view_filter_changed (BackstayHistoryView *self)
{
  BackstayHistoryFilter *filter = backstay_filter_bar_get_filter (self->filter_bar);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear-filters",
                                 !backstay_history_filter_is_empty (filter));
  backstay_history_view_reload (self, NULL);
}

void
backstay_history_view_try_again (BackstayHistoryView *self)
{
  backstay_history_list_load_more (self->list);
}

/* Over the first row the bar pushes the list down. Further down that would only move what is read. */
void
backstay_history_view_make_room (BackstayHistoryView *self)
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
void
backstay_history_view_take_over (BackstayHistoryView *self)
{
  update_page (self);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    backstay_compat_scroll_to (self->list_view, 0);
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

  backstay_history_view_set_list (self, NULL);
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
  backstay_history_view_set_list (self, list);

  if (list != NULL)
    backstay_history_list_load_more (list);

  update_page (self);
  backstay_history_view_selection_changed (self);
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

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view)), position);
  backstay_compat_scroll_to (self->list_view, position);

  return TRUE;
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
