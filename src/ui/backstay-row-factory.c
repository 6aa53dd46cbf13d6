/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-row-factory"

#include "config.h"

#include "backstay-row-factory.h"

#include "backstay-compat.h"
#include "backstay-list-row.h"

static void
row_label_cb (BackstayListRow *row,
              GParamSpec      *pspec,
              GtkListItem     *list_item)
{
  backstay_compat_name_list_item (list_item, backstay_list_row_get_label (row));
}

static void
row_description_cb (BackstayListRow *row,
                    GParamSpec      *pspec,
                    GtkListItem     *list_item)
{
  backstay_compat_describe_list_item (list_item, backstay_list_row_get_description (row));
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            user_data)
{
  gtk_list_item_set_child (list_item, g_object_new (GPOINTER_TO_SIZE (user_data), NULL));
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            user_data)
{
  BackstayListRow *row = BACKSTAY_LIST_ROW (gtk_list_item_get_child (list_item));

  backstay_list_row_set_item (row, gtk_list_item_get_item (list_item));
  g_signal_connect_object (row, "notify::label", G_CALLBACK (row_label_cb), list_item, 0);
  g_signal_connect_object (row, "notify::description", G_CALLBACK (row_description_cb), list_item, 0);
  row_label_cb (row, NULL, list_item);
  if (backstay_list_row_get_description (row) != NULL)
    row_description_cb (row, NULL, list_item);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           gpointer            user_data)
{
  BackstayListRow *row = BACKSTAY_LIST_ROW (gtk_list_item_get_child (list_item));

  /* Most rows have none, and to tell that of each would take its time. */
  if (backstay_list_row_get_description (row) != NULL)
    backstay_list_row_take_description (row, NULL);
  g_signal_handlers_disconnect_by_func (row, row_label_cb, list_item);
  g_signal_handlers_disconnect_by_func (row, row_description_cb, list_item);
  backstay_list_row_set_item (row, NULL);
}

/**
 * backstay_row_factory_new:
 * @row_type: a [class@ListRow]'s type
 *
 * Makes the rows of a list view, and names them for assistive technology.
 *
 * Returns: (transfer full): the factory
 */
GtkListItemFactory *
backstay_row_factory_new (GType row_type)
{
  GtkListItemFactory *factory;

  g_return_val_if_fail (g_type_is_a (row_type, BACKSTAY_TYPE_LIST_ROW), NULL);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GSIZE_TO_POINTER (row_type));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  return factory;
}

static void
setup_label_cb (GtkListItemFactory *factory,
                GtkListItem        *list_item,
                gpointer            user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_item_set_child (list_item, label);
}

static void
bind_label_cb (GtkListItemFactory  *factory,
               GtkListItem         *list_item,
               BackstayDupLabelFunc dup_label)
{
  g_autofree char *text = dup_label (gtk_list_item_get_item (list_item));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), text);
}

/**
 * backstay_row_factory_shrink_drop_down:
 * @drop_down: a drop-down with the factory that it was made with
 * @dup_label: gives an item's text
 *
 * Lets a drop-down's button be narrower than its text. The list that it opens has room, and stays as
 * it is.
 */
void
backstay_row_factory_shrink_drop_down (GtkDropDown         *drop_down,
                                       BackstayDupLabelFunc dup_label)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (dup_label != NULL);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_label_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_label_cb), dup_label);

  gtk_drop_down_set_list_factory (drop_down, gtk_drop_down_get_factory (drop_down));
  gtk_drop_down_set_factory (drop_down, factory);
}
