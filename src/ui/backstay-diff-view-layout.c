/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view-layout"

#include "config.h"

#include "backstay-diff-view-private.h"

#include "backstay-beside-layout.h"
#include "backstay-diff-line.h"
#include "backstay-focus.h"
#include "backstay-row-factory.h"
#include "backstay-wrap-layout.h"

/* The columns of the list, and how they stand where there is little room. */

/* With less room than this the values stand below each other. */
#define NARROW_WIDTH 540

/* So much room is enough, though not before the values stand below each other. */
#define MIN_WIDTH 320

static gboolean
layout_cb (gpointer user_data)
{
  BackstayDiffView *self = user_data;
  GtkOrientation    orientation = self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  self->layout_id = 0;
  gtk_orientable_set_orientation (self->heading_box, orientation);
  gtk_widget_set_visible (self->key_heading, !self->narrow);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *line = gtk_widget_get_first_child (row);

      if (BACKSTAY_IS_DIFF_LINE (line))
        backstay_diff_line_set_narrow (BACKSTAY_DIFF_LINE (line), self->narrow);
    }

  return G_SOURCE_REMOVE;
}

static void
backstay_diff_view_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  gboolean          narrow = width < NARROW_WIDTH;

  gtk_widget_allocate (GTK_WIDGET (self->toast_overlay), width, height, baseline, NULL);

  if (narrow == self->narrow)
    return;

  self->narrow = narrow;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (layout_cb, self);
}

static void
backstay_diff_view_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  GtkWidget *child = GTK_WIDGET (BACKSTAY_DIFF_VIEW (widget)->toast_overlay);
  int        child_width;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size != -1)
    {
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_width, NULL, NULL, NULL);
      for_size = MAX (for_size, child_width);
    }

  gtk_widget_measure (child, orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, MIN_WIDTH);
}

static void
bind_cb (BackstayDiffView *self,
         GtkListItem      *list_item)
{
  backstay_diff_line_set_narrow (BACKSTAY_DIFF_LINE (gtk_list_item_get_child (list_item)), self->narrow);
}

void
backstay_diff_view_bind_layout (GtkWidgetClass *widget_class)
{
  g_type_ensure (BACKSTAY_TYPE_BESIDE_LAYOUT);
  g_type_ensure (BACKSTAY_TYPE_WRAP_LAYOUT);

  widget_class->size_allocate = backstay_diff_view_size_allocate;
  widget_class->measure = backstay_diff_view_measure;

  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, heading_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, key_heading);
}

void
backstay_diff_view_init_layout (BackstayDiffView *self)
{
  g_autoptr (GtkListItemFactory) factory = backstay_row_factory_new (BACKSTAY_TYPE_DIFF_LINE);

  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
}
