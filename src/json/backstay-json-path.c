/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-path"

#include "config.h"

#include <string.h>

#include "backstay-json-append.h"
#include "backstay-json-path.h"
#include "backstay-json-private.h"

/* Lists the nodes on the way from the root, which is left out, down to @node. */
static GArray *
list_steps (BackstayJson    *json,
            BackstayJsonNode node)
{
  guint   n_steps = backstay_json_get_depth (json, node);
  GArray *steps = g_array_sized_new (FALSE, FALSE, sizeof (BackstayJsonNode), n_steps);

  g_array_set_size (steps, n_steps);

  for (guint i = n_steps; i > 0; i--)
    {
      g_array_index (steps, BackstayJsonNode, i - 1) = node;
      node = json->nodes[node].parent;
    }

  return steps;
}

/* Appends a key with a replacement for each of two characters. Returns FALSE if there is U+0000 in
 * the key, which no string of C can hold. */
static gboolean
append_key (GString         *string,
            BackstayJson    *json,
            BackstayJsonNode node,
            const char      *first,
            const char      *first_replacement,
            const char      *second,
            const char      *second_replacement)
{
  gsize            length;
  g_autofree char *key = backstay_json_dup_key (json, node, &length);

  for (const char *p = key; *p != '\0'; p++)
    {
      if (*p == *first)
        g_string_append (string, first_replacement);
      else if (*p == *second)
        g_string_append (string, second_replacement);
      else
        g_string_append_c (string, *p);
    }

  return strlen (key) == length;
}

/**
 * backstay_json_dup_pointer:
 * @json: a document
 * @node: one of its nodes
 *
 * Makes the JSON Pointer of a value, as RFC 6901 writes it.
 *
 * The root's is the empty string. Where an object has a key twice, a pointer
 * cannot tell which member is meant.
 *
 * Returns: (transfer full) (nullable): the pointer; %NULL if a key on the way
 *   holds U+0000
 */
char *
backstay_json_dup_pointer (BackstayJson    *json,
                           BackstayJsonNode node)
{
  g_autoptr (GArray) steps = NULL;
  g_autoptr (GString) pointer = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (node < json->n_nodes, NULL);

  steps = list_steps (json, node);
  pointer = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      BackstayJsonNode step = g_array_index (steps, BackstayJsonNode, i);

      g_string_append_c (pointer, '/');

      if (!backstay_json_has_key (json, step))
        g_string_append_printf (pointer, "%u", backstay_json_get_index (json, step));
      else if (!append_key (pointer, json, step, "~", "~0", "/", "~1"))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&pointer), FALSE);
}

/*
 * backstay_json_decode_pointer_token:
 * @token: a part of a JSON Pointer, changed in place
 *
 * Resolves "~0" and "~1".
 *
 * Returns: %FALSE if another character follows a tilde
 */
gboolean
backstay_json_decode_pointer_token (char *token)
{
  char *out = token;

  for (const char *p = token; *p != '\0'; p++)
    {
      if (*p != '~')
        *out++ = *p;
      else if (p[1] == '0' || p[1] == '1')
        *out++ = *++p == '0' ? '~' : '/';
      else
        return FALSE;
    }

  *out = '\0';

  return TRUE;
}

/* An index has no sign, no needless zero, and is not "-", the element behind the last. */
static BackstayJsonNode
find_element (BackstayJson    *json,
              BackstayJsonNode array,
              const char      *token)
{
  guint64 position;

  if (token[0] == '0' && token[1] != '\0')
    return BACKSTAY_JSON_NODE_NONE;

  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT32, &position, NULL))
    return BACKSTAY_JSON_NODE_NONE;

  return backstay_json_get_child (json, array, (guint) position);
}

/**
 * backstay_json_find_pointer:
 * @json: a document
 * @pointer: a JSON Pointer of RFC 6901
 * @node: (out): the value that it points at
 *
 * Finds a value by its pointer.
 *
 * Returns: %FALSE if there is no such value, or if @pointer is not a pointer
 */
gboolean
backstay_json_find_pointer (BackstayJson     *json,
                            const char       *pointer,
                            BackstayJsonNode *node)
{
  BackstayJsonNode found;
  g_auto (GStrv) tokens = NULL;

  g_return_val_if_fail (json != NULL, FALSE);
  g_return_val_if_fail (pointer != NULL, FALSE);
  g_return_val_if_fail (node != NULL, FALSE);

  if (*pointer != '\0' && *pointer != '/')
    return FALSE;

  found = backstay_json_get_root (json);
  tokens = g_strsplit (pointer, "/", -1);

  /* What stands before the first slash is empty, and the whole list is for the root. */
  for (char **token = tokens; *token != NULL; token++)
    {
      if (token == tokens)
        continue;

      if (!backstay_json_decode_pointer_token (*token))
        return FALSE;

      if (backstay_json_get_kind (json, found) == BACKSTAY_JSON_KIND_ARRAY)
        found = find_element (json, found, *token);
      else
        found = backstay_json_find_member (json, found, *token);

      if (found == BACKSTAY_JSON_NODE_NONE)
        return FALSE;
    }

  *node = found;

  return TRUE;
}

/* A backslash means itself where standard_conforming_strings is on. */
static gboolean
append_quoted_key (GString         *string,
                   BackstayJson    *json,
                   BackstayJsonNode node)
{
  gboolean complete;

  g_string_append_c (string, '\'');
  complete = append_key (string, json, node, "'", "''", "", "");
  g_string_append_c (string, '\'');

  return complete;
}

/**
 * backstay_json_dup_postgres_expression:
 * @json: a document
 * @node: one of its nodes
 * @column: an SQL expression of type jsonb, taken as it is: "config_data"
 *
 * Makes an expression of PostgreSQL's that picks a value out of a column, such as
 * "config_data->'default_settings'->>'guidance_scale'".
 *
 * A scalar comes as text, an object or array as jsonb. Right where
 * standard_conforming_strings is on, as it is unless someone turned it off.
 *
 * Returns: (transfer full) (nullable): the expression; %NULL if a key on the way
 *   holds U+0000, which the server refuses
 */
char *
backstay_json_dup_postgres_expression (BackstayJson    *json,
                                       BackstayJsonNode node,
                                       const char      *column)
{
  gboolean is_scalar;
  g_autoptr (GArray) steps = NULL;
  g_autoptr (GString) expression = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (node < json->n_nodes, NULL);
  g_return_val_if_fail (column != NULL, NULL);

  is_scalar = !backstay_json_is_container (json, node);
  steps = list_steps (json, node);
  expression = g_string_new (column);

  if (steps->len == 0 && is_scalar)
    g_string_append (expression, " #>> '{}'");

  for (guint i = 0; i < steps->len; i++)
    {
      BackstayJsonNode step = g_array_index (steps, BackstayJsonNode, i);

      g_string_append (expression, step == node && is_scalar ? "->>" : "->");

      if (!backstay_json_has_key (json, step))
        g_string_append_printf (expression, "%u", backstay_json_get_index (json, step));
      else if (!append_quoted_key (expression, json, step))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&expression), FALSE);
}

/* Thousands of sentences are about elements, so it matters that this is faster than to format. */
static void
append_index (GString *path,
              guint    index)
{
  char  digits[12];
  char *p = digits + sizeof digits;

  *--p = ']';

  do
    *--p = (char) ('0' + index % 10);
  while ((index /= 10) > 0);

  backstay_json_append (path, "[", 1);
  backstay_json_append (path, p, (gsize) (digits + sizeof digits - p));
}

/* Whether a key can stand behind a dot: @lexeme is still in its quotes. */
static gboolean
is_identifier (const char *lexeme,
               gsize       length)
{
  if (length == 2 || g_ascii_isdigit (lexeme[1]))
    return FALSE;

  for (gsize i = 1; i < length - 1; i++)
    if (!g_ascii_isalnum (lexeme[i]) && lexeme[i] != '_')
      return FALSE;

  return TRUE;
}

/*
 * backstay_json_append_display_step:
 * @path: where the path goes on
 * @json: a document
 * @node: one of its nodes, not the root
 *
 * Appends what a value adds to the path of its parent: ".portrait", "[3]", "["soft focus"]".
 */
void
backstay_json_append_display_step (GString         *path,
                                   BackstayJson    *json,
                                   BackstayJsonNode node)
{
  gsize       length;
  const char *key = backstay_json_get_key_lexeme (json, node, &length);

  if (key == NULL)
    {
      append_index (path, backstay_json_get_index (json, node));
    }
  else if (is_identifier (key, length))
    {
      if (path->len > 0)
        g_string_append_c (path, '.');

      g_string_append_len (path, key + 1, (gssize) length - 2);
    }
  else
    {
      g_string_append_c (path, '[');
      g_string_append_len (path, key, (gssize) length);
      g_string_append_c (path, ']');
    }
}

/**
 * backstay_json_dup_display_path:
 * @json: a document
 * @node: one of its nodes
 *
 * Makes a path for people to read: "default_settings.compel_weights.portrait",
 * "items[3].name", "presets["soft focus"]".
 *
 * A key that is not a plain word stands in brackets as it stands in the text, with
 * its quotes and escapes.
 *
 * Returns: (transfer full): the path; the empty string for the root
 */
char *
backstay_json_dup_display_path (BackstayJson    *json,
                                BackstayJsonNode node)
{
  g_autoptr (GArray) steps = NULL;
  GString *path;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (node < json->n_nodes, NULL);

  steps = list_steps (json, node);
  path = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    backstay_json_append_display_step (path, json, g_array_index (steps, BackstayJsonNode, i));

  return g_string_free (path, FALSE);
}
