/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-row"

#include "config.h"

#include "backstay-json-row.h"

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
  BackstayListRow parent_instance;

  const char *value_class; /* %NULL at first. */

  /* Template children */
  GtkWidget *key_box;
  GtkButton *expander;
  GtkLabel  *key_label;
  GtkLabel  *value_label;
  GtkLabel  *kind_label;
};

G_DEFINE_FINAL_TYPE (BackstayJsonRow, backstay_json_row, BACKSTAY_TYPE_LIST_ROW)

static const char *const value_classes[] = {
  [BACKSTAY_JSON_KIND_OBJECT] = "json-container",
  [BACKSTAY_JSON_KIND_ARRAY] = "json-container",
  [BACKSTAY_JSON_KIND_STRING] = "json-string",
  [BACKSTAY_JSON_KIND_NUMBER] = "json-number",
  [BACKSTAY_JSON_KIND_BOOLEAN] = "json-boolean",
  [BACKSTAY_JSON_KIND_NULL] = "json-null",
};

static BackstayJsonItem *
get_item (BackstayJsonRow *self)
{
  return backstay_list_row_get_item (BACKSTAY_LIST_ROW (self));
}

static char *
dup_label (BackstayJsonRow  *self,
           BackstayJsonItem *item)
{
  const char *key = gtk_label_get_label (self->key_label);
  const char *kind = backstay_json_item_get_kind_word (item);
  guint       n;

  if (!backstay_json_item_get_expandable (item))
    return g_strdup_printf ("%s, %s, %s", key, kind, gtk_label_get_label (self->value_label));

  n = backstay_json_get_n_children (backstay_json_item_get_json (item), backstay_json_item_get_node (item));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%s, %s of %u entry, %s",
                                       "%s, %s of %u entries, %s", n),
                          key, kind, n,
                          backstay_json_item_get_expanded (item) ? _ ("expanded") : _ ("collapsed"));
}

/* It was opened or closed. */
static void
backstay_json_row_item_changed (BackstayListRow *row)
{
  BackstayJsonRow  *self = BACKSTAY_JSON_ROW (row);
  BackstayJsonItem *item = backstay_list_row_get_item (row);

  backstay_tree_row_set_expander (self->expander,
                                  backstay_json_item_get_expandable (item),
                                  backstay_json_item_get_expanded (item));
  backstay_list_row_take_label (row, dup_label (self, item));
}

static void
backstay_json_row_update (BackstayListRow *row)
{
  BackstayJsonRow  *self = BACKSTAY_JSON_ROW (row);
  BackstayJsonItem *item = backstay_list_row_get_item (row);
  g_autofree char  *key = backstay_json_item_dup_key (item);
  g_autofree char  *value = backstay_json_item_dup_value (item);
  guint             depth = backstay_json_item_get_depth (item);
  BackstayJsonKind  kind = backstay_json_get_kind (backstay_json_item_get_json (item),
                                                   backstay_json_item_get_node (item));

  gtk_label_set_label (self->key_label, key);
  gtk_label_set_label (self->value_label, value);
  gtk_label_set_label (self->kind_label, backstay_json_item_get_kind_word (item));
  gtk_widget_set_margin_start (self->key_box, backstay_tree_row_get_indent (depth, INDENT));

  if (self->value_class != value_classes[kind])
    {
      if (self->value_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->value_label), self->value_class);
      self->value_class = value_classes[kind];
      gtk_widget_add_css_class (GTK_WIDGET (self->value_label), self->value_class);
    }

  backstay_json_row_item_changed (row);
}

static void
expander_clicked_cb (BackstayJsonRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "json.toggle", "u",
                              backstay_json_item_get_node (get_item (self)));
}

static void
backstay_json_row_class_init (BackstayJsonRowClass *klass)
{
  GtkWidgetClass       *widget_class = GTK_WIDGET_CLASS (klass);
  BackstayListRowClass *row_class = BACKSTAY_LIST_ROW_CLASS (klass);

  row_class->item_signal = "notify::expanded";
  row_class->update = backstay_json_row_update;
  row_class->item_changed = backstay_json_row_item_changed;

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
