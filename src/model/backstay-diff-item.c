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
 * A value before and after, as a row shows it; or that some unchanged ones are not shown.
 */
struct _BackstayDiffItem
{
  GObject parent_instance;

  BackstayDiff     *diff;
  BackstayDiffEntry entry;
  BackstayDiffKind  kind;
  BackstayJsonNode  before;
  BackstayJsonNode  after;
  guint             depth;
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
      g_value_set_boolean (value, self->entry.expanded);
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

/* Inside of a subtree that is one row only one side is looked at. */
static void
set_nodes (BackstayDiffItem *self)
{
  if (self->entry.node == BACKSTAY_JSON_NODE_NONE)
    {
      self->before = backstay_diff_get_before_node (self->diff, self->entry.row);
      self->after = backstay_diff_get_after_node (self->diff, self->entry.row);
    }
  else if (self->kind == BACKSTAY_DIFF_KIND_REMOVED)
    {
      self->before = self->entry.node;
    }
  else
    {
      self->after = self->entry.node;
    }
}

/**
 * backstay_diff_item_new:
 * @diff: the diff
 * @entry: what the row shows of it
 * @depth: how far the row is indented
 *
 * Returns: (transfer full): the item
 */
BackstayDiffItem *
backstay_diff_item_new (BackstayDiff            *diff,
                        const BackstayDiffEntry *entry,
                        guint                    depth)
{
  BackstayDiffItem *self;

  g_return_val_if_fail (diff != NULL, NULL);
  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (BACKSTAY_TYPE_DIFF_ITEM, NULL);
  self->diff = backstay_diff_ref (diff);
  self->entry = *entry;
  self->kind = BACKSTAY_DIFF_KIND_UNCHANGED;
  self->before = BACKSTAY_JSON_NODE_NONE;
  self->after = BACKSTAY_JSON_NODE_NONE;
  self->depth = depth;

  if (!backstay_diff_item_get_is_hidden (self))
    {
      self->kind = backstay_diff_get_kind (diff, entry->row);
      set_nodes (self);
    }

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
 * Returns: the diff's row; %BACKSTAY_DIFF_ROW_NONE inside of a subtree that is one row, and for hidden
 *   ones
 */
BackstayDiffRow
backstay_diff_item_get_row (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), BACKSTAY_DIFF_ROW_NONE);

  if (self->entry.node != BACKSTAY_JSON_NODE_NONE || backstay_diff_item_get_is_hidden (self))
    return BACKSTAY_DIFF_ROW_NONE;

  return self->entry.row;
}

/**
 * backstay_diff_item_get_key:
 *
 * Returns: what tells it from all others, see backstay_diff_runs_make_key()
 */
guint64
backstay_diff_item_get_key (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), 0);

  return backstay_diff_runs_make_key (&self->entry);
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

  return self->before != BACKSTAY_JSON_NODE_NONE && self->after != BACKSTAY_JSON_NODE_NONE &&
         backstay_diff_get_moved (self->diff, self->entry.row);
}

/**
 * backstay_diff_item_get_is_hidden:
 *
 * Returns: whether it stands for unchanged values that are not shown
 */
gboolean
backstay_diff_item_get_is_hidden (BackstayDiffItem *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), FALSE);

  return self->entry.hidden_end != 0;
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

  if (self->kind == BACKSTAY_DIFF_KIND_MODIFIED || backstay_diff_item_get_is_hidden (self))
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

  return self->entry.expanded;
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

  if (self->entry.expanded == expanded)
    return;

  self->entry.expanded = expanded;
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

  if (backstay_diff_item_get_row (self) == BACKSTAY_DIFF_ROW_NONE)
    return 0;

  backstay_diff_get_counts (self->diff, self->entry.row, &counts);

  return counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved;
}

/* How many siblings are hidden, and how many of them differ in spelling. */
static void
count_hidden (BackstayDiffItem *self,
              guint            *n_unchanged,
              guint            *n_respelt)
{
  BackstayDiffRow row = self->entry.row;

  *n_unchanged = 0;
  *n_respelt = 0;

  while (row < self->entry.hidden_end)
    {
      BackstayDiffRow next = MIN (backstay_diff_skip_unchanged (self->diff, row), self->entry.hidden_end);

      *n_unchanged += next - row;
      row = next;

      if (row < self->entry.hidden_end)
        {
          *n_respelt += 1;
          row = backstay_diff_get_end (self->diff, row);
        }
    }
}

static char *
dup_hidden (BackstayDiffItem *self)
{
  guint n_unchanged;
  guint n_respelt;

  count_hidden (self, &n_unchanged, &n_respelt);

  if (n_respelt == 0)
    /* Translators: how many values are not shown, as they are the same before and after. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %u unchanged", "… %u unchanged", n_unchanged),
                            n_unchanged);

  if (n_unchanged == 0)
    /* Translators: how many values are not shown, as they are equal, such as 1 and 1.0. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "… %u spelt otherwise", "… %u spelt otherwise", n_respelt),
                            n_respelt);

  /* Translators: how many values are not shown: those that are the same, and those that are equal,
   * such as 1 and 1.0. */
  return g_strdup_printf (_ ("… %u unchanged, %u spelt otherwise"), n_unchanged, n_respelt);
}

/**
 * backstay_diff_item_dup_key:
 *
 * Returns: (transfer full): the member's name, or the element's number, for a label; or how many
 *   values are not shown
 */
char *
backstay_diff_item_dup_key (BackstayDiffItem *self)
{
  BackstayJson    *json;
  BackstayJsonNode node;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  if (backstay_diff_item_get_is_hidden (self))
    return dup_hidden (self);

  json = get_shown (self, &node);

  return backstay_json_label_dup_key (json, node);
}

/**
 * backstay_diff_item_dup_path:
 *
 * Returns: (transfer full): where it is in the document; the empty string for the root, and for
 *   hidden ones
 */
char *
backstay_diff_item_dup_path (BackstayDiffItem *self)
{
  BackstayJson    *json;
  BackstayJsonNode node;

  g_return_val_if_fail (BACKSTAY_IS_DIFF_ITEM (self), NULL);

  if (backstay_diff_item_get_is_hidden (self))
    return g_strdup ("");

  json = get_shown (self, &node);

  return backstay_diff_excerpt_path (json, node);
}

/* As in a path, elements are counted from 0. */
static void
add_index (BackstayDiffValue *value,
           BackstayJson      *json,
           BackstayJsonNode   node)
{
  g_autofree char *text = g_steal_pointer (&value->text);

  /* Translators: where an element that was moved is in its array, and what it is. */
  value->text = g_strdup_printf (_ ("index %u: %s"), backstay_json_get_index (json, node), text);
}

/**
 * backstay_diff_item_get_values:
 * @before: (out caller-allocates): the value before
 * @after: (out caller-allocates): the value after
 * @words: (out) (transfer full) (nullable): what became of the words of a string, in words
 *
 * Gives what stands in a row. In a changed string the words that differ are marked; all of it is
 * there when the row is expanded. What was moved has its index with it.
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
  whole = self->entry.expanded && backstay_diff_item_get_is_text (self);
  *words = NULL;

  if (self->kind == BACKSTAY_DIFF_KIND_CHANGED &&
      backstay_diff_value_init_marked (before, after, before_json, self->before, after_json, self->after,
                                       whole, words))
    return;

  backstay_diff_value_init (before, before_json, self->before, whole);
  backstay_diff_value_init (after, after_json, self->after, whole);

  /* Inside of an unchanged subtree only one side was looked at: they are the same. */
  if (self->kind == BACKSTAY_DIFF_KIND_UNCHANGED && before->text == NULL && after->text != NULL)
    before->text = g_strdup (after->text);

  if (backstay_diff_item_get_moved (self))
    {
      add_index (before, before_json, self->before);
      add_index (after, after_json, self->after);
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
