/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-changes-table"

#include "config.h"

#include "backstay-changes-table.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayChangesTable:
 *
 * The numbers that the chart draws: a row for each hour, day or month with changes, newest first, a
 * column for each model type. The name of a row chooses it, as a bar of the chart does.
 */
struct _BackstayChangesTable
{
  GtkWidget parent_instance;

  GtkWidget *box;     /* %NULL while there is nothing to show. */
  GPtrArray *columns; /* GtkSizeGroup */
};

enum
{
  SIGNAL_BUCKET_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayChangesTable, backstay_changes_table, GTK_TYPE_WIDGET)

static GtkWidget *
add_row (BackstayChangesTable *self)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_ROW,
                                 "spacing", 12,
                                 NULL);

  gtk_widget_add_css_class (row, "table-row");
  gtk_box_append (GTK_BOX (self->box), row);

  return row;
}

static void
add_cell (BackstayChangesTable *self,
          GtkWidget            *row,
          guint                 column,
          GtkWidget            *cell)
{
  if (column == self->columns->len)
    g_ptr_array_add (self->columns, gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL));

  gtk_size_group_add_widget (g_ptr_array_index (self->columns, column), cell);
  gtk_box_append (GTK_BOX (row), cell);
}

static GtkWidget *
new_label (const char       *text,
           GtkAccessibleRole role,
           float             xalign)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", role,
                                   "label", text,
                                   "xalign", xalign,
                                   NULL);

  if (role == GTK_ACCESSIBLE_ROLE_COLUMN_HEADER)
    gtk_widget_add_css_class (label, "caption-heading");
  else
    gtk_widget_add_css_class (label, "numeric");

  return label;
}

static void
add_number (BackstayChangesTable *self,
            GtkWidget            *row,
            guint                 column,
            guint                 number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  add_cell (self, row, column, new_label (text, GTK_ACCESSIBLE_ROLE_CELL, 1));
}

static const char *
get_unit_name (BackstayChangeSums *sums)
{
  switch (backstay_time_buckets_get_unit (backstay_change_sums_get_buckets (sums)))
    {
    case BACKSTAY_TIME_UNIT_HOUR:
      return _ ("Hour");

    case BACKSTAY_TIME_UNIT_MONTH:
      return _ ("Month");

    case BACKSTAY_TIME_UNIT_DAY:
    default:
      return _ ("Day");
    }
}

static void
add_headings (BackstayChangesTable *self,
              BackstayChangeSums   *sums)
{
  GtkWidget *row = add_row (self);
  guint      n_series = backstay_change_sums_get_n_series (sums);

  add_cell (self, row, 0, new_label (get_unit_name (sums), GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, 0));

  for (guint i = 0; i < n_series; i++)
    {
      g_autofree char *label = backstay_change_sums_dup_series_label (sums, i);

      add_cell (self, row, i + 1, new_label (label, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, 1));
    }

  add_cell (self, row, n_series + 1, new_label (_ ("All"), GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, 1));
}

static void
clicked_cb (GtkButton            *button,
            BackstayChangesTable *self)
{
  guint bucket = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "bucket"));

  g_signal_emit (self, signals[SIGNAL_BUCKET_ACTIVATED], 0, bucket);
}

static void
add_bucket (BackstayChangesTable *self,
            BackstayChangeSums   *sums,
            guint                 bucket)
{
  GtkWidget       *row = add_row (self);
  GtkWidget       *button = gtk_button_new ();
  guint            n_series = backstay_change_sums_get_n_series (sums);
  g_autofree char *label = NULL;

  label = backstay_time_buckets_dup_label (backstay_change_sums_get_buckets (sums), bucket);
  gtk_button_set_child (GTK_BUTTON (button), new_label (label, GTK_ACCESSIBLE_ROLE_ROW_HEADER, 0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "bucket", GUINT_TO_POINTER (bucket));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  add_cell (self, row, 0, button);

  for (guint i = 0; i < n_series; i++)
    add_number (self, row, i + 1, backstay_change_sums_get (sums, bucket, i));

  add_number (self, row, n_series + 1, backstay_change_sums_get_total (sums, bucket));
}

static void
clear (BackstayChangesTable *self)
{
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_ptr_array_set_size (self->columns, 0);
}

static void
backstay_changes_table_dispose (GObject *object)
{
  clear (BACKSTAY_CHANGES_TABLE (object));

  G_OBJECT_CLASS (backstay_changes_table_parent_class)->dispose (object);
}

static void
backstay_changes_table_finalize (GObject *object)
{
  g_ptr_array_unref (BACKSTAY_CHANGES_TABLE (object)->columns);

  G_OBJECT_CLASS (backstay_changes_table_parent_class)->finalize (object);
}

static void
backstay_changes_table_class_init (BackstayChangesTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_changes_table_dispose;
  object_class->finalize = backstay_changes_table_finalize;

  /**
   * BackstayChangesTable::bucket-activated:
   * @bucket: its number
   *
   * Emitted when the user chooses a row.
   */
  signals[SIGNAL_BUCKET_ACTIVATED] =
    g_signal_new ("bucket-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
backstay_changes_table_init (BackstayChangesTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * backstay_changes_table_set_sums:
 * @sums: (nullable): what to show
 *
 * Shows other sums.
 */
void
backstay_changes_table_set_sums (BackstayChangesTable *self,
                                 BackstayChangeSums   *sums)
{
  g_return_if_fail (BACKSTAY_IS_CHANGES_TABLE (self));

  clear (self);

  if (sums == NULL)
    return;

  self->box = g_object_new (GTK_TYPE_BOX,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_TABLE,
                            "orientation", GTK_ORIENTATION_VERTICAL,
                            NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Changes by model type"), -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  add_headings (self, sums);

  for (guint i = backstay_time_buckets_get_n (backstay_change_sums_get_buckets (sums)); i-- > 0;)
    {
      if (backstay_change_sums_get_total (sums, i) > 0)
        add_bucket (self, sums, i);
    }
}
