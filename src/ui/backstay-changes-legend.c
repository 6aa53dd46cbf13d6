/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-changes-legend"

#include "config.h"

#include "backstay-changes-legend.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayChangesLegend:
 *
 * Which model type has which color in the chart.
 */
struct _BackstayChangesLegend
{
  GtkWidget parent_instance;

  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (BackstayChangesLegend, backstay_changes_legend, GTK_TYPE_WIDGET)

static GtkWidget *
new_entry (BackstayChangeSums *sums,
           guint               series)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget       *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget       *child = gtk_flow_box_child_new ();
  g_autofree char *text = backstay_change_sums_dup_series_label (sums, series);
  g_autofree char *color = g_strdup_printf ("color-%u", backstay_change_sums_get_color (sums, series));
  GtkWidget       *label = gtk_label_new (text);

  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_add_css_class (swatch, color);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);

  /* There is nothing to do with it. */
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);

  return child;
}

static void
backstay_changes_legend_dispose (GObject *object)
{
  g_clear_pointer (&BACKSTAY_CHANGES_LEGEND (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (backstay_changes_legend_parent_class)->dispose (object);
}

static void
backstay_changes_legend_class_init (BackstayChangesLegendClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_changes_legend_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
backstay_changes_legend_init (BackstayChangesLegend *self)
{
  self->box = g_object_new (GTK_TYPE_FLOW_BOX,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                            "selection-mode", GTK_SELECTION_NONE,
                            "column-spacing", 12,
                            "max-children-per-line", BACKSTAY_CHANGE_SERIES_MAX,
                            NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Colors of the chart"), -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * backstay_changes_legend_set_sums:
 * @sums: (nullable): what the chart shows
 *
 * Shows the colors of other sums.
 */
void
backstay_changes_legend_set_sums (BackstayChangesLegend *self,
                                  BackstayChangeSums    *sums)
{
  GtkFlowBox      *box;
  GtkFlowBoxChild *child;

  g_return_if_fail (BACKSTAY_IS_CHANGES_LEGEND (self));

  box = GTK_FLOW_BOX (self->box);

  while ((child = gtk_flow_box_get_child_at_index (box, 0)) != NULL)
    gtk_flow_box_remove (box, GTK_WIDGET (child));

  for (guint i = 0; sums != NULL && i < backstay_change_sums_get_n_series (sums); i++)
    gtk_flow_box_append (box, new_entry (sums, i));
}
