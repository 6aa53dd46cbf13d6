/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-item"

#include "config.h"

#include "backstay-json-item.h"

#include "backstay-json-label.h"

#include <string.h>

/**
 * BackstayJsonItem:
 *
 * One node of a document, as a row shows it.
 */
struct _BackstayJsonItem
{
  GObject parent_instance;

  BackstayJson    *json;
  BackstayJsonNode node;
  gboolean         expanded;
};

enum
{
  PROP_0,
  PROP_EXPANDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayJsonItem, backstay_json_item, G_TYPE_OBJECT)

static void
backstay_json_item_finalize (GObject *object)
{
  BackstayJsonItem *self = BACKSTAY_JSON_ITEM (object);

  g_clear_pointer (&self->json, backstay_json_unref);

  G_OBJECT_CLASS (backstay_json_item_parent_class)->finalize (object);
}

static void
backstay_json_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BackstayJsonItem *self = BACKSTAY_JSON_ITEM (object);

  switch (prop_id)
    {
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_json_item_class_init (BackstayJsonItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_json_item_finalize;
  object_class->get_property = backstay_json_item_get_property;

  /**
   * BackstayJsonItem:expanded:
   *
   * Whether the children are rows of their own below this one.
   */
  properties[PROP_EXPANDED] =
    g_param_spec_boolean ("expanded", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_json_item_init (BackstayJsonItem *self)
{
}

/**
 * backstay_json_item_new:
 * @json: the document
 * @node: the node
 * @expanded: whether its children are shown
 *
 * Returns: (transfer full): the item
 */
BackstayJsonItem *
backstay_json_item_new (BackstayJson    *json,
                        BackstayJsonNode node,
                        gboolean         expanded)
{
  BackstayJsonItem *self;

  g_return_val_if_fail (json != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_JSON_ITEM, NULL);
  self->json = backstay_json_ref (json);
  self->node = node;
  self->expanded = expanded;

  return self;
}

/**
 * backstay_json_item_get_json:
 *
 * Returns: (transfer none): the document
 */
BackstayJson *
backstay_json_item_get_json (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), NULL);

  return self->json;
}

/**
 * backstay_json_item_get_node:
 *
 * Returns: the node
 */
BackstayJsonNode
backstay_json_item_get_node (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), BACKSTAY_JSON_NODE_NONE);

  return self->node;
}

/**
 * backstay_json_item_get_depth:
 *
 * Returns: how far the row is indented; the root's children are not
 */
guint
backstay_json_item_get_depth (BackstayJsonItem *self)
{
  guint depth;

  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), 0);

  depth = backstay_json_get_depth (self->json, self->node);

  return depth > 0 ? depth - 1 : 0;
}

/**
 * backstay_json_item_get_expandable:
 *
 * Returns: whether there are children
 */
gboolean
backstay_json_item_get_expandable (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), FALSE);

  return backstay_json_get_n_children (self->json, self->node) > 0;
}

/**
 * backstay_json_item_get_expanded:
 *
 * Returns: whether the children are shown
 */
gboolean
backstay_json_item_get_expanded (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), FALSE);

  return self->expanded;
}

/**
 * backstay_json_item_set_expanded:
 * @expanded: whether the children are shown
 *
 * Notes what the tree did. To expand a row, ask the tree.
 */
void
backstay_json_item_set_expanded (BackstayJsonItem *self,
                                 gboolean          expanded)
{
  g_return_if_fail (BACKSTAY_IS_JSON_ITEM (self));

  if (self->expanded == expanded)
    return;

  self->expanded = expanded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

/**
 * backstay_json_item_dup_key:
 *
 * Returns: (transfer full): the member's name, or the element's number, for a label
 */
char *
backstay_json_item_dup_key (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), NULL);

  return backstay_json_label_dup_key (self->json, self->node);
}

/**
 * backstay_json_item_dup_value:
 *
 * Returns: (transfer full): what stands in the value's column
 */
char *
backstay_json_item_dup_value (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), NULL);

  return backstay_json_label_dup_value (self->json, self->node);
}

/**
 * backstay_json_item_dup_plain_value:
 *
 * Gives the value for the clipboard: a string's own characters, and anything else as it is in the
 * text. A string that holds U+0000, which no clipboard takes, stays JSON.
 *
 * Returns: (transfer full): the whole value
 */
char *
backstay_json_item_dup_plain_value (BackstayJsonItem *self)
{
  g_autofree char *string = NULL;
  const char      *lexeme;
  gsize            length;

  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), NULL);

  if (backstay_json_get_kind (self->json, self->node) == BACKSTAY_JSON_KIND_STRING)
    {
      string = backstay_json_dup_string (self->json, self->node, &length);
      if (strlen (string) == length)
        return g_steal_pointer (&string);
    }

  lexeme = backstay_json_get_lexeme (self->json, self->node, &length);

  return g_strndup (lexeme, length);
}

/**
 * backstay_json_item_get_kind_word:
 *
 * Returns: (transfer none): what kind of value it is, in a word
 */
const char *
backstay_json_item_get_kind_word (BackstayJsonItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_JSON_ITEM (self), NULL);

  return backstay_json_label_get_kind_word (backstay_json_get_kind (self->json, self->node));
}
