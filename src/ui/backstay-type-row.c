/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-type-row"

#include "config.h"

#include "backstay-type-row.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayTypeRow:
 *
 * A model type in the sidebar: its name, what is live, how many versions there are, and a sign
 * where none or several are active.
 */
struct _BackstayTypeRow
{
  BackstayListRow parent_instance;

  /* Template children */
  GtkLabel  *name_label;
  GtkLabel  *live_label;
  GtkLabel  *count_label;
  GtkWidget *warning_image;
};

G_DEFINE_FINAL_TYPE (BackstayTypeRow, backstay_type_row, BACKSTAY_TYPE_LIST_ROW)

static char *
dup_live_name (BackstayModelType *type)
{
  BackstayVersion *live = backstay_model_type_get_live (type);

  if (live == NULL)
    return g_strdup (_ ("none active"));

  return backstay_display_text (backstay_version_get_name (live));
}

static char *
dup_label (const char *name,
           const char *live,
           const char *warning,
           guint       n_versions)
{
  g_autofree char *count = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                         "%u version", "%u versions", n_versions),
                                            n_versions);

  if (warning != NULL)
    return g_strdup_printf (_ ("%s, %s, warning: %s"), name, count, warning);

  return g_strdup_printf (_ ("%s, %s, live: %s"), name, count, live);
}

static void
backstay_type_row_update (BackstayListRow *row)
{
  BackstayTypeRow   *self = BACKSTAY_TYPE_ROW (row);
  BackstayModelType *type = backstay_list_row_get_item (row);
  g_autofree char   *name = backstay_display_text (backstay_model_type_get_name (type));
  g_autofree char   *live = dup_live_name (type);
  g_autofree char   *count = backstay_model_type_dup_count_label (type);
  g_autofree char   *warning = backstay_model_type_dup_warning (type);

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->live_label, live);
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (self->warning_image, warning != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), warning);

  backstay_list_row_take_label (row, dup_label (name, live, warning, backstay_model_type_get_n_versions (type)));
}

static void
backstay_type_row_class_init (BackstayTypeRowClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->item_signal = "changed";
  row_class->update = backstay_type_row_update;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-type-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayTypeRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayTypeRow, live_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayTypeRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayTypeRow, warning_image);
}

static void
backstay_type_row_init (BackstayTypeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
