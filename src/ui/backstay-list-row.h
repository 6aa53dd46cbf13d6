/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BACKSTAY_TYPE_LIST_ROW (backstay_list_row_get_type ())

G_DECLARE_DERIVABLE_TYPE (BackstayListRow, backstay_list_row, BACKSTAY, LIST_ROW, GtkWidget)

/**
 * BackstayListRowClass:
 * @item_signal: (nullable): with which an item tells that it changed; %NULL where none ever does
 * @update: shows the item that the row was given, and says what the row is called
 * @item_changed: called after @item_signal; does the same as @update unless there is less to do
 *
 * What a kind of row knows.
 */
struct _BackstayListRowClass
{
  GtkWidgetClass parent_class;

  const char *item_signal;
  void (*update) (BackstayListRow *self);
  void (*item_changed) (BackstayListRow *self);
};

gpointer         backstay_list_row_get_item (BackstayListRow *self);
void             backstay_list_row_set_item (BackstayListRow *self,
                                             gpointer         item);
const char      *backstay_list_row_get_label (BackstayListRow *self);
void             backstay_list_row_take_label (BackstayListRow *self,
                                               char            *label);
const char      *backstay_list_row_get_description (BackstayListRow *self);
void             backstay_list_row_take_description (BackstayListRow *self,
                                                     char            *description);
BackstayListRow *backstay_list_row_find_at (GtkListView *list_view,
                                            double       x,
                                            double       y);

G_END_DECLS
