/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-patch"

#include "config.h"

#include "backstay-diff-spelling.h"
#include "backstay-patch-elements.h"
#include "backstay-patch-moves.h"
#include "backstay-patch-private.h"
#include "backstay-patch.h"

/* A container on the way down to the row at hand. */
typedef struct
{
  BackstayDiffRow end;
  gsize           path_length; /* Of the path to its parent. */
} Level;

typedef struct
{
  BackstayDiff *diff;
  BackstayJson *before;
  BackstayJson *after;
  GString      *out;
  GString      *path; /* A JSON Pointer, written as it stands in a string of JSON. */
  GArray       *levels;
  gboolean      has_operations;
} Writer;

/* Values and paths */

/*
 * backstay_patch_append_value:
 * @out: where to append
 * @json: a document
 * @node: one of its nodes
 *
 * Copies a value from the text, to the byte but for the white space that is not in strings.
 */
void
backstay_patch_append_value (GString         *out,
                             BackstayJson    *json,
                             BackstayJsonNode node)
{
  gsize       length;
  const char *p = backstay_json_get_lexeme (json, node, &length);
  const char *end = p + length;
  const char *copied = p;

  while (p < end)
    {
      if (*p == '"')
        {
          for (p++; *p != '"'; p++)
            if (*p == '\\')
              p++;
        }
      else if (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t')
        {
          g_string_append_len (out, copied, p - copied);
          copied = p + 1;
        }

      p++;
    }

  g_string_append_len (out, copied, end - copied);
}

/* Appends a key to a path as its lexeme has it, so that both its spelling and U+0000 survive. Only
 * what RFC 6901 gives a meaning to is written otherwise, escaped or not. */
static void
append_key (GString    *path,
            const char *lexeme,
            gsize       length)
{
  const char *end = lexeme + length - 1;

  for (const char *p = lexeme + 1; p < end;)
    {
      gsize    n_bytes = 1;
      gunichar c = (guint8) *p;

      if (p[0] == '\\' && p[1] == 'u')
        {
          n_bytes = 6;
          c = (gunichar) (g_ascii_xdigit_value (p[2]) << 12 | g_ascii_xdigit_value (p[3]) << 8 |
                          g_ascii_xdigit_value (p[4]) << 4 | g_ascii_xdigit_value (p[5]));
        }
      else if (p[0] == '\\')
        {
          n_bytes = 2;
          c = p[1] == '/' ? '/' : '\\';
        }

      if (c == '~')
        g_string_append (path, "~0");
      else if (c == '/')
        g_string_append (path, "~1");
      else
        g_string_append_len (path, p, (gssize) n_bytes);

      p += n_bytes;
    }
}

/* Goes down in the path. The caller goes up again by truncating it. */
static void
push_node (Writer          *writer,
           BackstayJson    *json,
           BackstayJsonNode node)
{
  gsize       length;
  const char *key = backstay_json_get_key_lexeme (json, node, &length);

  if (key != NULL)
    {
      g_string_append_c (writer->path, '/');
      append_key (writer->path, key, length);
    }
  else if (node != backstay_json_get_root (json))
    {
      g_string_append_printf (writer->path, "/%u", backstay_json_get_index (json, node));
    }
}

/* Operations */

static void
begin_operation (Writer     *writer,
                 const char *name)
{
  g_string_append (writer->out, writer->has_operations ? ",\n  " : "[\n  ");
  g_string_append_printf (writer->out, "{\"op\":\"%s\",\"path\":\"", name);
  g_string_append_len (writer->out, writer->path->str, (gssize) writer->path->len);
  writer->has_operations = TRUE;
}

static void
write_remove (Writer          *writer,
              BackstayJsonNode node)
{
  gsize path_length = writer->path->len;

  push_node (writer, writer->before, node);
  begin_operation (writer, "remove");
  g_string_append (writer->out, "\"}");
  g_string_truncate (writer->path, path_length);
}

/* Adds or replaces the value at the place that it has afterwards. */
static void
write_value (Writer          *writer,
             const char      *name,
             BackstayJsonNode node)
{
  gsize path_length = writer->path->len;

  push_node (writer, writer->after, node);
  begin_operation (writer, name);
  g_string_append (writer->out, "\",\"value\":");
  backstay_patch_append_value (writer->out, writer->after, node);
  g_string_append_c (writer->out, '}');
  g_string_truncate (writer->path, path_length);
}

static void
write_move (Writer                  *writer,
            const BackstayPatchMove *move)
{
  begin_operation (writer, "move");
  g_string_append_printf (writer->out, "/%u\",\"from\":\"", move->to);
  g_string_append_len (writer->out, writer->path->str, (gssize) writer->path->len);
  g_string_append_printf (writer->out, "/%u\"}", move->from);
}

/* Containers */

/* Removes from the end, so that the indices of what is to be removed yet hold; then moves; then
 * adds from the beginning, where all that comes before is as it shall be. From then on everything
 * in the array is found at the index that it has afterwards. */
static void
write_array (Writer         *writer,
             BackstayDiffRow row)
{
  BackstayJsonNode      before = backstay_diff_get_before_node (writer->diff, row);
  BackstayJsonNode      after = backstay_diff_get_after_node (writer->diff, row);
  BackstayPatchElements elements;
  g_autoptr (GArray) moves = NULL;

  backstay_patch_elements_init (&elements, writer->diff, row);

  for (guint32 i = elements.n_before; i > 0; i--)
    if (elements.targets[i - 1] == BACKSTAY_PATCH_NO_ELEMENT)
      write_remove (writer, backstay_json_get_child (writer->before, before, i - 1));

  moves = backstay_patch_elements_list_moves (&elements);

  for (guint i = 0; i < moves->len; i++)
    write_move (writer, &g_array_index (moves, BackstayPatchMove, i));

  for (guint32 i = 0; i < elements.n_after; i++)
    if (elements.sources[i] == BACKSTAY_PATCH_NO_ELEMENT)
      write_value (writer, "add", backstay_json_get_child (writer->after, after, i));

  for (guint32 i = 0; i < elements.n_after; i++)
    if (elements.replaced[i])
      write_value (writer, "replace", backstay_json_get_child (writer->after, after, i));

  backstay_patch_elements_clear (&elements);
}

/* The members' order does not matter, but removing first keeps the document small. */
static void
write_object (Writer         *writer,
              BackstayDiffRow object)
{
  BackstayDiffRow end = backstay_diff_get_end (writer->diff, object);

  for (BackstayDiffRow row = object + 1; row < end; row = backstay_diff_get_end (writer->diff, row))
    if (backstay_diff_get_kind (writer->diff, row) == BACKSTAY_DIFF_KIND_REMOVED)
      write_remove (writer, backstay_diff_get_before_node (writer->diff, row));

  for (BackstayDiffRow row = object + 1; row < end; row = backstay_diff_get_end (writer->diff, row))
    if (backstay_diff_get_kind (writer->diff, row) == BACKSTAY_DIFF_KIND_ADDED)
      write_value (writer, "add", backstay_diff_get_after_node (writer->diff, row));
}

/* What comes and goes in a container, at once; the rows below tell the rest. */
static void
enter_container (Writer         *writer,
                 BackstayDiffRow row)
{
  BackstayJsonNode after = backstay_diff_get_after_node (writer->diff, row);
  Level            level = { backstay_diff_get_end (writer->diff, row), writer->path->len };

  g_array_append_val (writer->levels, level);
  push_node (writer, writer->after, after);

  if (backstay_json_get_kind (writer->after, after) == BACKSTAY_JSON_KIND_ARRAY)
    write_array (writer, row);
  else
    write_object (writer, row);
}

static void
leave_containers (Writer         *writer,
                  BackstayDiffRow row)
{
  while (writer->levels->len > 0)
    {
      const Level *level = &g_array_index (writer->levels, Level, writer->levels->len - 1);

      if (row < level->end)
        break;

      g_string_truncate (writer->path, level->path_length);
      g_array_set_size (writer->levels, writer->levels->len - 1);
    }
}

static void
write_row (Writer         *writer,
           BackstayDiffRow row)
{
  BackstayJsonNode before = backstay_diff_get_before_node (writer->diff, row);
  BackstayJsonNode after = backstay_diff_get_after_node (writer->diff, row);

  switch (backstay_diff_get_kind (writer->diff, row))
    {
    case BACKSTAY_DIFF_KIND_MODIFIED:
      enter_container (writer, row);
      break;

    case BACKSTAY_DIFF_KIND_CHANGED:
    case BACKSTAY_DIFF_KIND_TYPE_CHANGED:
      write_value (writer, "replace", after);
      break;

    case BACKSTAY_DIFF_KIND_RESPELT:
      if (!backstay_diff_values_spelt_same (writer->before, before, writer->after, after))
        write_value (writer, "replace", after);
      break;

    case BACKSTAY_DIFF_KIND_UNCHANGED:
    case BACKSTAY_DIFF_KIND_ADDED:
    case BACKSTAY_DIFF_KIND_REMOVED:
    default:
      break;
    }
}

/**
 * backstay_patch_print_json_patch:
 * @diff: a diff
 *
 * Writes a JSON Patch after RFC 6902 that makes the document before into the one
 * after, also where numbers or strings are only spelt otherwise.
 *
 * Values are copied from the text after, without the white space around them. There
 * is one operation a line: "add", "remove", "replace", and "move" for single
 * elements of one array, each right at its moment. Only the order and the spelling
 * of keys cannot be said in a patch.
 *
 * Returns: (transfer full): the patch, "[]" if there is no difference
 */
GBytes *
backstay_patch_print_json_patch (BackstayDiff *diff)
{
  Writer writer = { .diff = diff };

  g_return_val_if_fail (diff != NULL, NULL);

  writer.before = backstay_diff_get_before (diff);
  writer.after = backstay_diff_get_after (diff);
  writer.out = g_string_new (NULL);
  writer.path = g_string_new (NULL);
  writer.levels = g_array_new (FALSE, FALSE, sizeof (Level));

  for (BackstayDiffRow row = backstay_diff_skip_unchanged (diff, 0);
       row < backstay_diff_get_n_rows (diff);
       row = backstay_diff_skip_unchanged (diff, row + 1))
    {
      leave_containers (&writer, row);
      write_row (&writer, row);
    }

  g_string_append (writer.out, writer.has_operations ? "\n]" : "[]");
  g_string_free (writer.path, TRUE);
  g_array_unref (writer.levels);

  return g_string_free_to_bytes (writer.out);
}
