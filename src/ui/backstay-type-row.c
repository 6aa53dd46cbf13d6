/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-type-row"

#include "config.h"

#include "backstay-type-row.h"

#include "backstay-compat.h"
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
  GtkWidget parent_instance;

  BackstayModelType *item;
  char              *label;

  /* Template children */
  GtkLabel  *name_label;
  GtkLabel  *live_label;
  GtkLabel  *count_label;
  GtkWidget *warning_image;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayTypeRow, backstay_type_row, GTK_TYPE_WIDGET)

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
update (BackstayTypeRow *self)
{
  g_autofree char *name = backstay_display_text (backstay_model_type_get_name (self->item));
  g_autofree char *live = dup_live_name (self->item);
  g_autofree char *count = backstay_model_type_dup_count_label (self->item);
  g_autofree char *warning = backstay_model_type_dup_warning (self->item);

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->live_label, live);
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (self->warning_image, warning != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), warning);

  g_free (self->label);
  self->label = dup_label (name, live, warning, backstay_model_type_get_n_versions (self->item));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
set_item (BackstayTypeRow   *self,
          BackstayModelType *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);

  g_set_object (&self->item, item);

  if (self->item == NULL)
    return;

  g_signal_connect_object (self->item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
backstay_type_row_dispose (GObject *object)
{
  BackstayTypeRow *self = BACKSTAY_TYPE_ROW (object);

  set_item (self, NULL);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_TYPE_ROW);

  G_OBJECT_CLASS (backstay_type_row_parent_class)->dispose (object);
}

static void
backstay_type_row_finalize (GObject *object)
{
  g_free (BACKSTAY_TYPE_ROW (object)->label);

  G_OBJECT_CLASS (backstay_type_row_parent_class)->finalize (object);
}

static void
backstay_type_row_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BackstayTypeRow *self = BACKSTAY_TYPE_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_type_row_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      set_item (BACKSTAY_TYPE_ROW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_type_row_class_init (BackstayTypeRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_type_row_dispose;
  object_class->finalize = backstay_type_row_finalize;
  object_class->get_property = backstay_type_row_get_property;
  object_class->set_property = backstay_type_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         BACKSTAY_TYPE_MODEL_TYPE,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

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
