/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-item"

#include "config.h"

#include "backstay-diff-item.h"

#include "backstay-diff-excerpt.h"
#include "backstay-json-label.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayDiffItem:
 *
 * A value before and after, as a row shows it.
 */
struct _BackstayDiffItem
{
  GObject parent_instance;

  BackstayDiff    *diff;
  BackstayDiffRow  row; /* None inside of a subtree that is one row of the diff. */
  BackstayDiffKind kind;
  BackstayJsonNode before;
  BackstayJsonNode after;
  guint            depth;
  gboolean         expanded;
};

enum
{
  PROP_0,
  PROP_EXPANDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BackstayDiffItem, backstay_diff_item, G_TYPE_OBJECT)

static void
backstay_diff_item_finalize (GObject *object)
{
  BackstayDiffItem *self = BACKSTAY_DIFF_ITEM (object);

  g_clear_pointer (&self->diff, backstay_diff_unref);

  G_OBJECT_CLASS (backstay_diff_item_parent_class)->finalize (object);
}

static void
backstay_diff_item_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  BackstayDiffItem *self = BACKSTAY_DIFF_ITEM (object);

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
backstay_diff_item_class_init (BackstayDiffItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = backstay_diff_item_finalize;
  object_class->get_property = backstay_diff_item_get_property;

  /**
   * BackstayDiffItem:expanded:
   *
   * Whether what is below it is shown.
   */
  properties[PROP_EXPANDED] =
    g_param_spec_boolean ("expanded", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
backstay_diff_item_init (BackstayDiffItem *self)
{
}

/**
 * backstay_diff_item_new:
 * @diff: the diff
 * @row: the row, or %BACKSTAY_DIFF_ROW_NONE inside of a subtree that is one row
 * @kind: what happened to the value
 * @before: the node before, or %BACKSTAY_JSON_NODE_NONE
 * @after: the node after, or %BACKSTAY_JSON_NODE_NONE
 * @depth: how far the row is indented
 * @expanded: whether what is below it is shown
 *
 * Returns: (transfer full): the item
 */
BackstayDiffItem *
backstay_diff_item_new (BackstayDiff    *diff,
                        BackstayDiffRow  row,
                        BackstayDiffKind kind,
                        BackstayJsonNode before,
                        BackstayJsonNode after,
                        guint            depth,
                        gboolean         expanded)
{
  BackstayDiffItem *self;

  g_return_val_if_fail (diff != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DIFF_ITEM, NULL);
  self->diff = backstay_diff_ref (diff);
  self->row = row;
  self->kind = kind;
  self->before = before;
  self->after = after;
  self->depth = depth;
  self->expanded = expanded;

  return self;
}

/**
 * backstay_diff_item_get_diff:
 *
 * Returns: (transfer none): the diff
 */
BackstayDiff *
backstay_diff_item_get_diff (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  return self->diff;
}

/**
 * backstay_diff_item_get_row:
 *
 * Returns: the diff's row, or %BACKSTAY_DIFF_ROW_NONE inside of a subtree that is one row
 */
BackstayDiffRow
backstay_diff_item_get_row (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), BACKSTAY_DIFF_ROW_NONE);

  return self->row;
}

/**
 * backstay_diff_item_make_key:
 * @row: the diff's row, or %BACKSTAY_DIFF_ROW_NONE inside of a subtree that is one row
 * @kind: what happened to the value
 * @node: inside of such a subtree, the node of the side that has it
 *
 * Returns: what tells a row from all others, whatever its place
 */
guint64
backstay_diff_item_make_key (BackstayDiffRow  row,
                             BackstayDiffKind kind,
                             BackstayJsonNode node)
{
  if (row != BACKSTAY_DIFF_ROW_NONE)
    return row;

  return (guint64) (kind + 1) << 32 | node;
}

/**
 * backstay_diff_item_get_key:
 *
 * Returns: what tells it from all others, see backstay_diff_item_make_key()
 */
guint64
backstay_diff_item_get_key (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), 0);

  return backstay_diff_item_make_key (self->row, self->kind,
                                      self->after != BACKSTAY_JSON_NODE_NONE ? self->after : self->before);
}

/**
 * backstay_diff_item_get_kind:
 *
 * Returns: what happened to the value
 */
BackstayDiffKind
backstay_diff_item_get_kind (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), BACKSTAY_DIFF_KIND_UNCHANGED);

  return self->kind;
}

/**
 * backstay_diff_item_get_before_node:
 *
 * Returns: the node before, or %BACKSTAY_JSON_NODE_NONE
 */
BackstayJsonNode
backstay_diff_item_get_before_node (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), BACKSTAY_JSON_NODE_NONE);

  return self->before;
}

/**
 * backstay_diff_item_get_after_node:
 *
 * Returns: the node after, or %BACKSTAY_JSON_NODE_NONE
 */
BackstayJsonNode
backstay_diff_item_get_after_node (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), BACKSTAY_JSON_NODE_NONE);

  return self->after;
}

/**
 * backstay_diff_item_get_depth:
 *
 * Returns: how far the row is indented
 */
guint
backstay_diff_item_get_depth (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), 0);

  return self->depth;
}

/**
 * backstay_diff_item_get_moved:
 *
 * Returns: whether it is an element that was moved
 */
gboolean
backstay_diff_item_get_moved (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), FALSE);

  return self->row != BACKSTAY_DIFF_ROW_NONE && backstay_diff_get_moved (self->diff, self->row);
}

static BackstayJson *
get_shown (BackstayDiffItem *self,
           BackstayJsonNode *node)
{
  if (self->after != BACKSTAY_JSON_NODE_NONE)
    {
      *node = self->after;
      return backstay_diff_get_after (self->diff);
    }

  *node = self->before;

  return backstay_diff_get_before (self->diff);
}

/**
 * backstay_diff_item_get_expandable:
 *
 * Returns: whether there is something below it to be shown, or more of a long string
 */
gboolean
backstay_diff_item_get_expandable (BackstayDiffItem *self)
{
  BackstayJson    *json;
  BackstayJsonNode node;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), FALSE);

  if (self->kind == BACKSTAY_DIFF_KIND_MODIFIED)
    return TRUE;

  if (self->kind == BACKSTAY_DIFF_KIND_CHANGED || self->kind == BACKSTAY_DIFF_KIND_TYPE_CHANGED)
    return backstay_diff_item_get_is_text (self);

  json = get_shown (self, &node);

  return backstay_json_get_n_children (json, node) > 0 || backstay_diff_item_get_is_text (self);
}

/**
 * backstay_diff_item_get_is_text:
 *
 * Returns: whether it is a long string, which is shown as a whole when it is expanded
 */
gboolean
backstay_diff_item_get_is_text (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), FALSE);

  return backstay_diff_value_is_long (backstay_diff_get_before (self->diff), self->before) ||
         backstay_diff_value_is_long (backstay_diff_get_after (self->diff), self->after);
}

/**
 * backstay_diff_item_get_expanded:
 *
 * Returns: whether what is below it is shown
 */
gboolean
backstay_diff_item_get_expanded (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), FALSE);

  return self->expanded;
}

/**
 * backstay_diff_item_set_expanded:
 * @expanded: whether what is below it is shown
 *
 * Notes what the tree did. To expand a row, ask the tree.
 */
void
backstay_diff_item_set_expanded (BackstayDiffItem *self,
                                 gboolean          expanded)
{
  g_return_if_fail (BACKSTAY_IS_DIFF_ITEM (self));

  if (self->expanded == expanded)
    return;

  self->expanded = expanded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}

/**
 * backstay_diff_item_get_n_changes:
 *
 * Returns: how many changes there are at it and below
 */
guint
backstay_diff_item_get_n_changes (BackstayDiffItem *self)
{
  BackstayDiffCounts counts;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), 0);

  if (self->row == BACKSTAY_DIFF_ROW_NONE)
    return 0;

  backstay_diff_get_counts (self->diff, self->row, &counts);

  return counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved;
}

/**
 * backstay_diff_item_dup_key:
 *
 * Returns: (transfer full): the member's name, or the element's number, for a label
 */
char *
backstay_diff_item_dup_key (BackstayDiffItem *self)
{
  BackstayJson    *json;
  BackstayJsonNode node;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  json = get_shown (self, &node);

  return backstay_json_label_dup_key (json, node);
}

/**
 * backstay_diff_item_dup_path:
 *
 * Returns: (transfer full): where it is in the document; the empty string for the root
 */
char *
backstay_diff_item_dup_path (BackstayDiffItem *self)
{
  BackstayJson    *json;
  BackstayJsonNode node;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  json = get_shown (self, &node);

  return backstay_diff_excerpt_path (json, node);
}

/* Elements are counted from 1, as people do. */
static void
add_position (BackstayDiffValue *value,
              BackstayJson      *json,
              BackstayJsonNode   node)
{
  g_autofree char *text = g_steal_pointer (&value->text);

  /* Translators: where an element that was moved is in its array, and what it is. */
  value->text = g_strdup_printf (_ ("position %u: %s"), backstay_json_get_index (json, node) + 1, text);
}

/**
 * backstay_diff_item_get_values:
 * @before: (out caller-allocates): the value before
 * @after: (out caller-allocates): the value after
 * @words: (out) (transfer full) (nullable): what became of the words of a string, in words
 *
 * Gives what stands in a row. In a changed string the words that differ are marked; all of it is
 * there when the row is expanded. What was moved has its position with it.
 */
void
backstay_diff_item_get_values (BackstayDiffItem  *self,
                               BackstayDiffValue *before,
                               BackstayDiffValue *after,
                               char             **words)
{
  BackstayJson *before_json;
  BackstayJson *after_json;
  gboolean      whole;

  g_return_if_fail (BACKSTAY_IS_DIFF_ITEM (self));

  before_json = backstay_diff_get_before (self->diff);
  after_json = backstay_diff_get_after (self->diff);
  whole = self->expanded && backstay_diff_item_get_is_text (self);
  *words = NULL;

  if (self->kind == BACKSTAY_DIFF_KIND_CHANGED &&
      backstay_diff_value_init_words (before, after, before_json, self->before, after_json, self->after,
                                      whole, words))
    return;

  backstay_diff_value_init (before, before_json, self->before, whole);
  backstay_diff_value_init (after, after_json, self->after, whole);

  /* Inside of an unchanged subtree only one side was looked at: they are the same. */
  if (self->kind == BACKSTAY_DIFF_KIND_UNCHANGED && before->text == NULL)
    before->text = g_strdup (after->text);

  if (backstay_diff_item_get_moved (self))
    {
      add_position (before, before_json, self->before);
      add_position (after, after_json, self->after);
    }
}

/**
 * backstay_diff_item_get_sign:
 *
 * Returns: (transfer none): a sign for what happened, so that it is not told by colour alone
 */
const char *
backstay_diff_item_get_sign (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  switch (self->kind)
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      return "+";
    case BACKSTAY_DIFF_KIND_REMOVED:
      return "−";
    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      return "~";
    case BACKSTAY_DIFF_KIND_RESPELT:
      return "≈";
    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_MODIFIED:
    default:
      return backstay_diff_item_get_moved (self) ? "↕" : "";
    }
}

/**
 * backstay_diff_item_get_word:
 *
 * Returns: (transfer none): a word for what happened
 */
const char *
backstay_diff_item_get_word (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  switch (self->kind)
    {
    case BACKSTAY_DIFF_KIND_ADDED:
      return _ ("added");
    case BACKSTAY_DIFF_KIND_REMOVED:
      return _ ("removed");
    case BACKSTAY_DIFF_KIND_CHANGED:
      return _ ("changed");
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      return _ ("changed its type");
    case BACKSTAY_DIFF_KIND_RESPELT:
      return _ ("spelt otherwise");
    case BACKSTAY_DIFF_KIND_UNCHANGED:
      return backstay_diff_item_get_moved (self) ? _ ("moved") : _ ("unchanged");
    case BACKSTAY_DIFF_KIND_MODIFIED:
    default:
      return backstay_diff_item_get_moved (self) ? _ ("moved, with changes") : _ ("with changes");
    }
}
