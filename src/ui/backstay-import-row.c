/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-import-row"

#include "config.h"

#include "backstay-import-row.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayImportRow:
 *
 * A line of a file that is imported: which version it is, and what becomes of it.
 */
struct _BackstayImportRow
{
  GtkWidget parent_instance;

  BackstayImportItem *item;
  char               *label;
  char               *description;

  /* Template children */
  GtkImage *image;
  GtkLabel *name_label;
  GtkLabel *state_label;
  GtkLabel *reason_label;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_LABEL,
  PROP_DESCRIPTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayImportRow, backstay_import_row, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon_name;
  const char *word;
} states[BACKSTAY_IMPORT_N_STATES] = {
  [BACKSTAY_IMPORT_STATE_NEW] = { "list-add-symbolic", N_ ("new") },
  [BACKSTAY_IMPORT_STATE_THERE] = { "emblem-ok-symbolic", N_ ("already there") },
  [BACKSTAY_IMPORT_STATE_REPEATED] = { "edit-copy-symbolic", N_ ("repeated") },
  [BACKSTAY_IMPORT_STATE_BAD] = { "dialog-error-symbolic", N_ ("cannot be imported") },
  [BACKSTAY_IMPORT_STATE_IMPORTED] = { "object-select-symbolic", N_ ("imported") },
  [BACKSTAY_IMPORT_STATE_RESPELT] = { "object-select-symbolic", N_ ("imported") },
};

static char *
dup_name (BackstayImportItem *item)
{
  g_autofree char *model_type = NULL;
  g_autofree char *config_name = NULL;

  if (backstay_import_item_get_model_type (item) == NULL)
    return g_strdup (_ ("No version"));

  model_type = backstay_display_text (backstay_import_item_get_model_type (item));
  config_name = backstay_display_text (backstay_import_item_get_config_name (item));

  /* Translators: a model type and the name of one of its versions. */
  return g_strdup_printf (_ ("%s: %s"), model_type, config_name);
}

/* A reason can name what a file has in it. */
static char *
dup_reason (BackstayImportItem *item)
{
  const char *reason = backstay_import_item_get_reason (item);

  if (reason == NULL)
    reason = backstay_import_item_get_warning (item);

  return reason != NULL ? backstay_display_text (reason) : NULL;
}

static void
update (BackstayImportRow *self)
{
  BackstayImportState state = backstay_import_item_get_state (self->item);
  g_autofree char    *name = dup_name (self->item);
  g_autofree char    *reason = dup_reason (self->item);
  g_autofree char    *state_text = NULL;
  gboolean            warns = state == BACKSTAY_IMPORT_STATE_NEW && reason != NULL;

  /* Translators: the number of a line in a file, and what becomes of it, such as "new". */
  state_text = g_strdup_printf (_ ("Line %u, %s"), backstay_import_item_get_line_number (self->item),
                                _ (states[state].word));

  gtk_image_set_from_icon_name (self->image, warns ? "dialog-warning-symbolic" : states[state].icon_name);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->state_label, state_text);
  gtk_label_set_label (self->reason_label, reason);
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label), reason != NULL);

  g_free (self->label);
  self->label = g_strdup_printf ("%s, %s", name, state_text);
  g_free (self->description);
  self->description = g_steal_pointer (&reason);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

static void
set_item (BackstayImportRow  *self,
          BackstayImportItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);

  g_set_object (&self->item, item);

  if (self->item == NULL)
    return;

  g_signal_connect_object (self->item, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
backstay_import_row_dispose (GObject *object)
{
  BackstayImportRow *self = BACKSTAY_IMPORT_ROW (object);

  set_item (self, NULL);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_IMPORT_ROW);

  G_OBJECT_CLASS (backstay_import_row_parent_class)->dispose (object);
}

static void
backstay_import_row_finalize (GObject *object)
{
  BackstayImportRow *self = BACKSTAY_IMPORT_ROW (object);

  g_free (self->label);
  g_free (self->description);

  G_OBJECT_CLASS (backstay_import_row_parent_class)->finalize (object);
}

static void
backstay_import_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  BackstayImportRow *self = BACKSTAY_IMPORT_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_import_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      set_item (BACKSTAY_IMPORT_ROW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_import_row_class_init (BackstayImportRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_import_row_dispose;
  object_class->finalize = backstay_import_row_finalize;
  object_class->get_property = backstay_import_row_get_property;
  object_class->set_property = backstay_import_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         BACKSTAY_TYPE_IMPORT_ITEM,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-import-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, image);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportRow, reason_label);
}

static void
backstay_import_row_init (BackstayImportRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
