/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-row"

#include "config.h"

#include "backstay-json-row.h"

#include "backstay-compat.h"
#include "backstay-tree-row.h"

#include <glib/gi18n-lib.h>

/* How far a level is indented. */
#define INDENT 16

/**
 * BackstayJsonRow:
 *
 * A node of a configuration: its key, its value exactly as it is spelt, and its kind.
 *
 * The expander only asks for what it means, with the action `json.toggle`.
 */
struct _BackstayJsonRow
{
  GtkWidget parent_instance;

  BackstayJsonItem *item;
  char             *label;
  const char       *value_class; /* %NULL at first. */

  /* Template children */
  GtkWidget *key_box;
  GtkButton *expander;
  GtkLabel  *key_label;
  GtkLabel  *value_label;
  GtkLabel  *kind_label;
};

enum
{
  PROP_0,
  PROP_ITEM,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayJsonRow, backstay_json_row, GTK_TYPE_WIDGET)

static const char *const value_classes[] = {
  [BACKSTAY_JSON_KIND_OBJECT] = "json-container",
  [BACKSTAY_JSON_KIND_ARRAY] = "json-container",
  [BACKSTAY_JSON_KIND_STRING] = "json-string",
  [BACKSTAY_JSON_KIND_NUMBER] = "json-number",
  [BACKSTAY_JSON_KIND_BOOLEAN] = "json-boolean",
  [BACKSTAY_JSON_KIND_NULL] = "json-null",
};

static void
update_label (BackstayJsonRow *self)
{
  const char *key = gtk_label_get_label (self->key_label);
  const char *kind = backstay_json_item_get_kind_word (self->item);
  guint       n;

  g_free (self->label);

  if (backstay_json_item_get_expandable (self->item))
    {
      n = backstay_json_get_n_children (backstay_json_item_get_json (self->item),
                                        backstay_json_item_get_node (self->item));
      self->label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                  "%s, %s of %u entry, %s",
                                                  "%s, %s of %u entries, %s", n),
                                     key, kind, n,
                                     backstay_json_item_get_expanded (self->item) ? _ ("expanded")
                                                                                  : _ ("collapsed"));
    }
  else
    {
      self->label = g_strdup_printf ("%s, %s, %s", key, kind, gtk_label_get_label (self->value_label));
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
update_expander (BackstayJsonRow *self)
{
  backstay_tree_row_set_expander (self->expander,
                                  backstay_json_item_get_expandable (self->item),
                                  backstay_json_item_get_expanded (self->item));
  update_label (self);
}

static void
update (BackstayJsonRow *self)
{
  g_autofree char *key = backstay_json_item_dup_key (self->item);
  g_autofree char *value = backstay_json_item_dup_value (self->item);
  guint            depth = backstay_json_item_get_depth (self->item);
  BackstayJsonKind kind = backstay_json_get_kind (backstay_json_item_get_json (self->item),
                                                  backstay_json_item_get_node (self->item));

  gtk_label_set_label (self->key_label, key);
  gtk_label_set_label (self->value_label, value);
  gtk_label_set_label (self->kind_label, backstay_json_item_get_kind_word (self->item));
  gtk_widget_set_margin_start (self->key_box, backstay_tree_row_get_indent (depth, INDENT));

  if (self->value_class != value_classes[kind])
    {
      if (self->value_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->value_label), self->value_class);
      self->value_class = value_classes[kind];
      gtk_widget_add_css_class (GTK_WIDGET (self->value_label), self->value_class);
    }

  update_expander (self);
}

static void
set_item (BackstayJsonRow  *self,
          BackstayJsonItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update_expander, self);

  g_set_object (&self->item, item);

  if (self->item == NULL)
    return;

  g_signal_connect_object (self->item, "notify::expanded", G_CALLBACK (update_expander), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
expander_clicked_cb (BackstayJsonRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "json.toggle", "u",
                              backstay_json_item_get_node (self->item));
}

static void
backstay_json_row_dispose (GObject *object)
{
  BackstayJsonRow *self = BACKSTAY_JSON_ROW (object);

  set_item (self, NULL);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_JSON_ROW);

  G_OBJECT_CLASS (backstay_json_row_parent_class)->dispose (object);
}

static void
backstay_json_row_finalize (GObject *object)
{
  g_free (BACKSTAY_JSON_ROW (object)->label);

  G_OBJECT_CLASS (backstay_json_row_parent_class)->finalize (object);
}

static void
backstay_json_row_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BackstayJsonRow *self = BACKSTAY_JSON_ROW (object);

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
backstay_json_row_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      set_item (BACKSTAY_JSON_ROW (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_json_row_class_init (BackstayJsonRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_json_row_dispose;
  object_class->finalize = backstay_json_row_finalize;
  object_class->get_property = backstay_json_row_get_property;
  object_class->set_property = backstay_json_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL,
                         BACKSTAY_TYPE_JSON_ITEM,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-json-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonRow, key_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonRow, expander);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonRow, key_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonRow, value_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayJsonRow, kind_label);
  gtk_widget_class_bind_template_callback (widget_class, expander_clicked_cb);
}

static void
backstay_json_row_init (BackstayJsonRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
