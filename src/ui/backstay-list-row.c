/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-list-row"

#include "config.h"

#include "backstay-list-row.h"

#include "backstay-compat.h"

/**
 * BackstayListRow:
 *
 * A row of a list view: it shows one item after another, follows what happens to the one that it has, and
 * knows what assistive technology reads for it. backstay_row_factory_new() makes
 * lists of it.
 */
typedef struct
{
  GObject *item;
  char    *label;
  char    *description;
} BackstayListRowPrivate;

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_DESCRIPTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BackstayListRow, backstay_list_row, GTK_TYPE_WIDGET)

static BackstayListRowPrivate *
get_private (BackstayListRow *self)
{
  return backstay_list_row_get_instance_private (self);
}

static void
backstay_list_row_item_changed (BackstayListRow *self)
{
  BACKSTAY_LIST_ROW_GET_CLASS (self)->update (self);
}

static void
item_changed_cb (BackstayListRow *self)
{
  BACKSTAY_LIST_ROW_GET_CLASS (self)->item_changed (self);
}

static void
backstay_list_row_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BackstayListRowPrivate *priv = get_private (BACKSTAY_LIST_ROW (object));

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, priv->label);
      break;

    case PROP_DESCRIPTION:
      g_value_set_string (value, priv->description);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_list_row_dispose (GObject *object)
{
  backstay_list_row_set_item (BACKSTAY_LIST_ROW (object), NULL);
  backstay_compat_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));

  G_OBJECT_CLASS (backstay_list_row_parent_class)->dispose (object);
}

static void
backstay_list_row_finalize (GObject *object)
{
  BackstayListRowPrivate *priv = get_private (BACKSTAY_LIST_ROW (object));

  g_free (priv->label);
  g_free (priv->description);

  G_OBJECT_CLASS (backstay_list_row_parent_class)->finalize (object);
}

static void
backstay_list_row_class_init (BackstayListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = backstay_list_row_dispose;
  object_class->finalize = backstay_list_row_finalize;
  object_class->get_property = backstay_list_row_get_property;
  klass->item_changed = backstay_list_row_item_changed;

  /**
   * BackstayListRow:label:
   *
   * What assistive technology reads for the whole row.
   */
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * BackstayListRow:description:
   *
   * What it reads after that; %NULL where the label says it all.
   */
  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_list_row_init (BackstayListRow *self)
{
}

/**
 * backstay_list_row_get_item:
 *
 * Returns: (transfer none) (nullable) (type GObject): the item that is shown
 */
gpointer
backstay_list_row_get_item (BackstayListRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_LIST_ROW (self), NULL);

  return get_private (self)->item;
}

/**
 * backstay_list_row_set_item:
 * @item: (nullable) (type GObject): an item of the kind that the row is for
 *
 * Shows an item, and follows it.
 */
void
backstay_list_row_set_item (BackstayListRow *self,
                            gpointer         item)
{
  BackstayListRowPrivate *priv = get_private (self);
  BackstayListRowClass   *klass;

  g_return_if_fail (BACKSTAY_IS_LIST_ROW (self));

  if (item == priv->item)
    return;

  klass = BACKSTAY_LIST_ROW_GET_CLASS (self);

  if (priv->item != NULL && klass->item_signal != NULL)
    g_signal_handlers_disconnect_by_func (priv->item, item_changed_cb, self);

  g_set_object (&priv->item, item);

  if (item == NULL)
    return;

  if (klass->item_signal != NULL)
    g_signal_connect_object (item, klass->item_signal, G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
  klass->update (self);
}

/**
 * backstay_list_row_get_label:
 *
 * Returns: (transfer none) (nullable): what assistive technology reads for the whole row
 */
const char *
backstay_list_row_get_label (BackstayListRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_LIST_ROW (self), NULL);

  return get_private (self)->label;
}

/**
 * backstay_list_row_take_label:
 * @label: (transfer full): what assistive technology reads for the whole row
 *
 * Names the row. For its own use.
 */
void
backstay_list_row_take_label (BackstayListRow *self,
                              char            *label)
{
  BackstayListRowPrivate *priv = get_private (self);

  g_return_if_fail (BACKSTAY_IS_LIST_ROW (self));

  g_free (priv->label);
  priv->label = label;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

/**
 * backstay_list_row_get_description:
 *
 * Returns: (transfer none) (nullable): what assistive technology reads after the label
 */
const char *
backstay_list_row_get_description (BackstayListRow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_LIST_ROW (self), NULL);

  return get_private (self)->description;
}

/**
 * backstay_list_row_take_description:
 * @description: (transfer full) (nullable): what assistive technology reads after the label
 *
 * Describes the row. For its own use.
 */
void
backstay_list_row_take_description (BackstayListRow *self,
                                    char            *description)
{
  BackstayListRowPrivate *priv = get_private (self);

  g_return_if_fail (BACKSTAY_IS_LIST_ROW (self));

  g_free (priv->description);
  priv->description = description;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

/**
 * backstay_list_row_find_at:
 * @list_view: a list of rows of this kind
 * @x: where, in the list's coordinates
 * @y: where, in the list's coordinates
 *
 * Returns: (transfer none) (nullable): the row that is there
 */
BackstayListRow *
backstay_list_row_find_at (GtkListView *list_view,
                           double       x,
                           double       y)
{
  GtkWidget *widget;
  GtkWidget *child;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), NULL);

  widget = gtk_widget_pick (GTK_WIDGET (list_view), x, y, GTK_PICK_DEFAULT);

  if (widget == NULL)
    return NULL;

  /* In the padding around a row it is the list's own widget for it that is hit. */
  child = gtk_widget_get_first_child (widget);

  if (BACKSTAY_IS_LIST_ROW (child))
    return BACKSTAY_LIST_ROW (child);

  return BACKSTAY_LIST_ROW (gtk_widget_get_ancestor (widget, BACKSTAY_TYPE_LIST_ROW));
}
