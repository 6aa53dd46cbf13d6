/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-history-changes"

#include "config.h"

#include "backstay-history-changes.h"

#include "backstay-change-summaries.h"
#include "backstay-version-row.h"

/* After the last scrolling or layout: what only passes by is not worth the work. */
#define REST_MSEC 80

/* Names the list item of a row's widget, which knows the place. */
#define LIST_ITEM_KEY "backstay-list-item"

/**
 * BackstayHistoryChanges:
 *
 * Lets the rows of a history say what each version changed, for those in sight.
 *
 * A list view makes some 205 rows whatever it shows, so that a row is bound says nothing about
 * whether it can be seen: that is found out from where the rows are.
 */
struct _BackstayHistoryChanges
{
  GObject parent_instance;

  GtkListView             *list_view; /* Owns this, in effect. */
  BackstayChangeSummaries *summaries; /* %NULL while there is nothing to show. */
  guint                    rest_id;
  gboolean                 has_list;
};

G_DEFINE_FINAL_TYPE (BackstayHistoryChanges, backstay_history_changes, G_TYPE_OBJECT)

static BackstayVersionRow *
get_version_row (GtkWidget *row)
{
  GtkWidget *child = gtk_widget_get_first_child (row);

  return BACKSTAY_IS_VERSION_ROW (child) ? BACKSTAY_VERSION_ROW (child) : NULL;
}

static guint
get_position (BackstayVersionRow *row)
{
  GtkListItem *list_item = g_object_get_data (G_OBJECT (row), LIST_ITEM_KEY);

  return list_item != NULL ? gtk_list_item_get_position (list_item) : GTK_INVALID_LIST_POSITION;
}

static gboolean
is_in_sight (BackstayHistoryChanges *self,
             GtkWidget              *row)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (row) &&
         gtk_widget_compute_bounds (row, GTK_WIDGET (self->list_view), &bounds) &&
         bounds.size.height > 0 &&
         bounds.origin.y < gtk_widget_get_height (GTK_WIDGET (self->list_view)) &&
         bounds.origin.y + bounds.size.height > 0;
}

static void
show_text (BackstayHistoryChanges *self,
           BackstayVersionRow     *row,
           guint                   position)
{
  g_autofree char *text = NULL;

  if (!self->has_list)
    {
      backstay_version_row_set_changes (row, NULL);
      return;
    }

  if (position != GTK_INVALID_LIST_POSITION)
    text = backstay_change_summaries_dup_text (self->summaries, position);

  backstay_version_row_set_changes (row, text != NULL ? text : "");
}

/* Looks which rows can be seen, and asks for their texts. */
static void
look (BackstayHistoryChanges *self)
{
  guint first = G_MAXUINT;
  guint last = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      BackstayVersionRow *version_row = get_version_row (row);
      guint               position;

      if (version_row == NULL || !is_in_sight (self, row))
        continue;

      position = get_position (version_row);
      if (position == GTK_INVALID_LIST_POSITION)
        continue;

      show_text (self, version_row, position);
      first = MIN (first, position);
      last = MAX (last, position);
    }

  if (self->summaries != NULL)
    backstay_change_summaries_set_in_sight (self->summaries, first, first <= last ? last - first + 1 : 0);
}

static gboolean
rest_cb (gpointer user_data)
{
  BackstayHistoryChanges *self = user_data;

  self->rest_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* Something moved. */
static void
look_later (BackstayHistoryChanges *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add (REST_MSEC, rest_cb, self);
}

static void
unmapped_cb (BackstayHistoryChanges *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);

  if (self->summaries != NULL)
    backstay_change_summaries_set_in_sight (self->summaries, 0, 0);
}

static void
bound_cb (BackstayHistoryChanges *self,
          GtkListItem            *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  g_object_set_data (G_OBJECT (row), LIST_ITEM_KEY, list_item);
  show_text (self, BACKSTAY_VERSION_ROW (row), gtk_list_item_get_position (list_item));
  look_later (self);
}

static void
unbound_cb (BackstayHistoryChanges *self,
            GtkListItem            *list_item)
{
  g_object_set_data (G_OBJECT (gtk_list_item_get_child (list_item)), LIST_ITEM_KEY, NULL);
}

/* What moves the rows is the adjustment, which the list view gets from what it scrolls in. */
static void
adjustment_changed_cb (BackstayHistoryChanges *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));

  if (adjustment == NULL)
    return;

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_later), self, G_CONNECT_SWAPPED);
  look_later (self);
}

static void
backstay_history_changes_dispose (GObject *object)
{
  BackstayHistoryChanges *self = BACKSTAY_HISTORY_CHANGES (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  backstay_history_changes_show (self, NULL, NULL);

  G_OBJECT_CLASS (backstay_history_changes_parent_class)->dispose (object);
}

static void
backstay_history_changes_class_init (BackstayHistoryChangesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_history_changes_dispose;
}

static void
backstay_history_changes_init (BackstayHistoryChanges *self)
{
}

/**
 * backstay_history_changes_new:
 * @list_view: what shows the history, and lives longer
 * @factory: what makes its rows, each a [class@VersionRow]
 *
 * Returns: (transfer full): what fills the rows' lines
 */
BackstayHistoryChanges *
backstay_history_changes_new (GtkListView        *list_view,
                              GtkListItemFactory *factory)
{
  BackstayHistoryChanges *self;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), NULL);
  g_return_val_if_fail (GTK_IS_SIGNAL_LIST_ITEM_FACTORY (factory), NULL);

  self = g_object_new (BACKSTAY_TYPE_HISTORY_CHANGES, NULL);
  self->list_view = list_view;

  /* After the factory's own handlers, which give the row its version. */
  g_signal_connect_object (factory, "bind", G_CALLBACK (bound_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbound_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list_view, "notify::vadjustment", G_CALLBACK (adjustment_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (list_view, "map", G_CALLBACK (look_later), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list_view, "unmap", G_CALLBACK (unmapped_cb), self, G_CONNECT_SWAPPED);
  adjustment_changed_cb (self);

  return self;
}

/**
 * backstay_history_changes_show:
 * @repository: (nullable): where to load from; %NULL if there is no list
 * @list: (nullable): the history that the list view shows; %NULL where there are no lines for it
 *
 * Sets whose changes to say. What was found out stays for as long as the repository is the same.
 */
void
backstay_history_changes_show (BackstayHistoryChanges *self,
                               BackstayRepository     *repository,
                               BackstayHistoryList    *list)
{
  g_return_if_fail (BACKSTAY_IS_HISTORY_CHANGES (self));

  if (self->summaries != NULL && backstay_change_summaries_get_repository (self->summaries) != repository)
    {
      g_signal_handlers_disconnect_by_func (self->summaries, look, self);
      backstay_change_summaries_set_list (self->summaries, NULL);
      g_clear_object (&self->summaries);
    }

  if (self->summaries == NULL && repository != NULL)
    {
      self->summaries = backstay_change_summaries_new (repository);
      g_signal_connect_object (self->summaries, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
    }

  if (self->summaries != NULL)
    backstay_change_summaries_set_list (self->summaries, list);

  if (self->has_list != (list != NULL))
    {
      self->has_list = list != NULL;
      look_later (self);
    }
}

/**
 * backstay_history_changes_get_loading:
 *
 * Returns: whether a line in sight is on its way
 */
gboolean
backstay_history_changes_get_loading (BackstayHistoryChanges *self)
{
  g_return_val_if_fail (BACKSTAY_IS_HISTORY_CHANGES (self), FALSE);

  return self->rest_id != 0 ||
         (self->summaries != NULL && backstay_change_summaries_get_loading (self->summaries));
}
