/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-matrix-headings"

#include "config.h"

#include "backstay-matrix-headings.h"

#include "backstay-matrix-heading.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayMatrixHeadings:
 *
 * The headings of a matrix, which stay where they are when its rows are scrolled. They lay the columns
 * out, and move along with them.
 */
struct _BackstayMatrixHeadings
{
  GtkWidget parent_instance;

  BackstayMatrixColumns *columns;
  GtkWidget             *corner;
  GPtrArray             *headings; /* Of BackstayMatrixHeading, in the order of the columns. */
};

G_DEFINE_FINAL_TYPE (BackstayMatrixHeadings, backstay_matrix_headings, GTK_TYPE_WIDGET)

static void
update (BackstayMatrixHeadings *self)
{
  guint n_pinned = backstay_matrix_columns_get_n_pinned (self->columns);

  for (guint i = 0; i < self->headings->len; i++)
    {
      GtkWidget *heading = g_ptr_array_index (self->headings, i);

      backstay_matrix_heading_show (BACKSTAY_MATRIX_HEADING (heading), self->columns, i);

      /* What is held at the left is clicked before what is scrolled below it. */
      if (i < n_pinned)
        gtk_widget_insert_before (heading, GTK_WIDGET (self), self->corner);
      else
        gtk_widget_insert_after (heading, GTK_WIDGET (self), NULL);
    }

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
backstay_matrix_headings_measure (GtkWidget     *widget,
                                  GtkOrientation orientation,
                                  int            for_size,
                                  int           *minimum,
                                  int           *natural,
                                  int           *minimum_baseline,
                                  int           *natural_baseline)
{
  *minimum = *natural = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_natural;

      gtk_widget_measure (child, orientation, -1, NULL, &child_natural, NULL, NULL);
      *minimum = *natural = MAX (*natural, child_natural);
    }
}

static void
allocate (GtkWidget *child,
          int        x,
          int        width,
          int        height)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, MAX (width, minimum), height }, -1);
}

static void
backstay_matrix_headings_size_allocate (GtkWidget *widget,
                                        int        width,
                                        int        height,
                                        int        baseline)
{
  BackstayMatrixHeadings *self = BACKSTAY_MATRIX_HEADINGS (widget);

  if (self->columns == NULL)
    {
      allocate (self->corner, 0, width, height);
      return;
    }

  backstay_matrix_columns_set_width (self->columns, width);
  allocate (self->corner, 0, backstay_matrix_columns_get_key_width (self->columns), height);

  for (guint i = 0; i < self->headings->len; i++)
    allocate (g_ptr_array_index (self->headings, i),
              backstay_matrix_columns_get_x (self->columns, i),
              backstay_matrix_columns_get_column_width (self->columns),
              height);
}

static void
moved_cb (BackstayMatrixHeadings *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
clear (BackstayMatrixHeadings *self)
{
  if (self->columns != NULL)
    g_signal_handlers_disconnect_by_data (self->columns, self);
  g_clear_object (&self->columns);

  for (guint i = 0; i < self->headings->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->headings, i));
  g_ptr_array_set_size (self->headings, 0);
}

static void
backstay_matrix_headings_dispose (GObject *object)
{
  BackstayMatrixHeadings *self = BACKSTAY_MATRIX_HEADINGS (object);

  clear (self);
  g_clear_pointer (&self->corner, gtk_widget_unparent);

  G_OBJECT_CLASS (backstay_matrix_headings_parent_class)->dispose (object);
}

static void
backstay_matrix_headings_finalize (GObject *object)
{
  g_ptr_array_unref (BACKSTAY_MATRIX_HEADINGS (object)->headings);

  G_OBJECT_CLASS (backstay_matrix_headings_parent_class)->finalize (object);
}

static void
backstay_matrix_headings_class_init (BackstayMatrixHeadingsClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_matrix_headings_dispose;
  object_class->finalize = backstay_matrix_headings_finalize;
  widget_class->measure = backstay_matrix_headings_measure;
  widget_class->size_allocate = backstay_matrix_headings_size_allocate;
}

static void
backstay_matrix_headings_init (BackstayMatrixHeadings *self)
{
  self->headings = g_ptr_array_new ();
  self->corner = gtk_label_new (_ ("Path"));
  gtk_label_set_xalign (GTK_LABEL (self->corner), 0);
  gtk_widget_add_css_class (self->corner, "matrix-corner");
  gtk_widget_set_parent (self->corner, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "matrix-headings");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * backstay_matrix_headings_set_columns:
 * @columns: (nullable): the columns
 *
 * Shows a heading for each column.
 */
void
backstay_matrix_headings_set_columns (BackstayMatrixHeadings *self,
                                      BackstayMatrixColumns  *columns)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_HEADINGS (self));

  clear (self);

  if (columns == NULL)
    return;

  self->columns = g_object_ref (columns);
  g_signal_connect_object (columns, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < backstay_matrix_columns_get_n (columns); i++)
    {
      GtkWidget *heading = g_object_new (BACKSTAY_TYPE_MATRIX_HEADING, NULL);

      gtk_widget_set_parent (heading, GTK_WIDGET (self));
      g_ptr_array_add (self->headings, heading);
    }

  update (self);
}

/**
 * backstay_matrix_headings_focus:
 * @column: a column
 *
 * Gives a heading the keyboard's focus.
 */
void
backstay_matrix_headings_focus (BackstayMatrixHeadings *self,
                                guint                   column)
{
  g_return_if_fail (BACKSTAY_IS_MATRIX_HEADINGS (self));
  g_return_if_fail (column < self->headings->len);

  gtk_widget_grab_focus (g_ptr_array_index (self->headings, column));
}
