/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-patch-merge"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "backstay-diff-excerpt.h"
#include "backstay-diff-spelling.h"
#include "backstay-patch-private.h"
#include "backstay-patch.h"

typedef struct
{
  BackstayDiff *diff;
  BackstayJson *before;
  BackstayJson *after;
  GString      *out;
  GArray       *ends; /* Of the open objects' rows. */
  gboolean      needs_comma;
} Writer;

GQuark
backstay_patch_error_quark (void)
{
  return g_quark_from_static_string ("backstay-patch-error-quark");
}

static BackstayJsonNode
get_next_sibling (BackstayJson    *json,
                  BackstayJsonNode node)
{
  return backstay_json_get_child (json, backstay_json_get_parent (json, node),
                                  backstay_json_get_index (json, node) + 1);
}

/* Goes on to the value behind @node that a merge patch looks at, below @top: objects are gone
 * through, arrays are taken as they are. */
static BackstayJsonNode
get_next_looked_at (BackstayJson    *json,
                    BackstayJsonNode node,
                    BackstayJsonNode top)
{
  if (backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_OBJECT &&
      backstay_json_get_n_children (json, node) > 0)
    return backstay_json_get_child (json, node, 0);

  while (node != top)
    {
      BackstayJsonNode next = get_next_sibling (json, node);

      if (next != BACKSTAY_JSON_NODE_NONE)
        return next;

      node = backstay_json_get_parent (json, node);
    }

  return BACKSTAY_JSON_NODE_NONE;
}

/* Finds what would be taken for a removal in the patch that a value is. The root alone may be
 * null. */
static BackstayJsonNode
find_null (BackstayJson    *json,
           BackstayJsonNode top)
{
  BackstayJsonNode root = backstay_json_get_root (json);

  for (BackstayJsonNode node = top; node != BACKSTAY_JSON_NODE_NONE;
       node = get_next_looked_at (json, node, top))
    if (backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_NULL && node != root)
      return node;

  return BACKSTAY_JSON_NODE_NONE;
}

static void
begin_member (Writer          *writer,
              BackstayJson    *json,
              BackstayJsonNode node)
{
  gsize       length;
  const char *key = backstay_json_get_key_lexeme (json, node, &length);

  if (writer->needs_comma)
    g_string_append_c (writer->out, ',');

  if (key != NULL)
    {
      g_string_append_len (writer->out, key, (gssize) length);
      g_string_append_c (writer->out, ':');
    }
}

static void
write_removal (Writer          *writer,
               BackstayJsonNode node)
{
  begin_member (writer, writer->before, node);
  g_string_append (writer->out, "null");
  writer->needs_comma = TRUE;
}

static gboolean
write_value (Writer          *writer,
             BackstayJsonNode node,
             GError         **error)
{
  BackstayJsonNode null = find_null (writer->after, node);
  g_autofree char *path = NULL;

  if (null == BACKSTAY_JSON_NODE_NONE)
    {
      begin_member (writer, writer->after, node);
      backstay_patch_append_value (writer->out, writer->after, node);
      writer->needs_comma = TRUE;
      return TRUE;
    }

  path = backstay_diff_excerpt_path (writer->after, null);
  g_set_error (error, BACKSTAY_PATCH_ERROR, BACKSTAY_PATCH_ERROR_NULL,
               _ ("A merge patch cannot set “%s” to null, as null means to remove. "
                  "A JSON Patch can."),
               path);

  return FALSE;
}

static void
open_object (Writer         *writer,
             BackstayDiffRow row)
{
  BackstayDiffRow end = backstay_diff_get_end (writer->diff, row);

  begin_member (writer, writer->after, backstay_diff_get_after_node (writer->diff, row));
  g_string_append_c (writer->out, '{');
  g_array_append_val (writer->ends, end);
  writer->needs_comma = FALSE;
}

static void
close_objects (Writer         *writer,
               BackstayDiffRow row)
{
  while (writer->ends->len > 0 &&
         row >= g_array_index (writer->ends, BackstayDiffRow, writer->ends->len - 1))
    {
      g_string_append_c (writer->out, '}');
      g_array_set_size (writer->ends, writer->ends->len - 1);
      writer->needs_comma = TRUE;
    }
}

static gboolean
is_object (BackstayJson    *json,
           BackstayJsonNode node)
{
  return node != BACKSTAY_JSON_NODE_NONE &&
         backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_OBJECT;
}

/* Whether a value is as it was, but perhaps for the spelling of its key. */
static gboolean
is_same (Writer         *writer,
         BackstayDiffRow row)
{
  BackstayDiffKind kind = backstay_diff_get_kind (writer->diff, row);

  return kind == BACKSTAY_DIFF_KIND_UNCHANGED ||
         (kind == BACKSTAY_DIFF_KIND_RESPELT &&
          backstay_diff_values_spelt_same (writer->before, backstay_diff_get_before_node (writer->diff, row),
                                           writer->after, backstay_diff_get_after_node (writer->diff, row)));
}

/* Writes a row, if it says anything, and sets @next to the one to go on with. */
static gboolean
write_row (Writer          *writer,
           BackstayDiffRow  row,
           BackstayDiffRow *next,
           GError         **error)
{
  BackstayDiffKind kind = backstay_diff_get_kind (writer->diff, row);
  BackstayJsonNode before = backstay_diff_get_before_node (writer->diff, row);
  BackstayJsonNode after = backstay_diff_get_after_node (writer->diff, row);

  *next = backstay_diff_get_end (writer->diff, row);

  /* What is no object has no patch that says "nothing". */
  if (is_same (writer, row) && (row > 0 || is_object (writer->after, after)))
    {
      if (row == 0)
        g_string_append (writer->out, "{}");
      return TRUE;
    }

  if (kind == BACKSTAY_DIFF_KIND_REMOVED)
    {
      write_removal (writer, before);
      return TRUE;
    }

  if (kind == BACKSTAY_DIFF_KIND_MODIFIED && is_object (writer->after, after))
    {
      open_object (writer, row);
      *next = row + 1;
      return TRUE;
    }

  return write_value (writer, after, error);
}

/**
 * backstay_patch_print_merge_patch:
 * @diff: a diff
 * @error: return location of a %BACKSTAY_PATCH_ERROR
 *
 * Writes a merge patch after RFC 7396 that makes the document before into the one
 * after, also where numbers or strings are only spelt otherwise.
 *
 * Values are copied from the text after, without the white space around them. An
 * array in which anything differs is given as a whole. A member of an object cannot
 * be set to null; that is the one change that a merge patch does not know. If there
 * is no difference, the patch of an object is "{}", and that of any other root the
 * root itself.
 *
 * Returns: (transfer full) (nullable): the patch; %NULL if there is none
 */
GBytes *
backstay_patch_print_merge_patch (BackstayDiff *diff,
                                  GError      **error)
{
  Writer          writer = { .diff = diff };
  BackstayDiffRow row = 0;
  gboolean        written = TRUE;

  g_return_val_if_fail (diff != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  writer.before = backstay_diff_get_before (diff);
  writer.after = backstay_diff_get_after (diff);
  writer.out = g_string_new (NULL);
  writer.ends = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRow));

  while (written && row < backstay_diff_get_n_rows (diff))
    {
      close_objects (&writer, row);
      written = write_row (&writer, row, &row, error);
    }

  close_objects (&writer, row);
  g_array_unref (writer.ends);

  if (written)
    return g_string_free_to_bytes (writer.out);

  g_string_free (writer.out, TRUE);

  return NULL;
}
