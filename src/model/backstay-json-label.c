/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-label"

#include "config.h"

#include "backstay-json-label.h"

#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/* How a node's key and value stand in a row. */

/* A label cannot show a megabyte in one line. The text page and the clipboard have all of it. */
#define SHOWN_CHARS 500

/* In bytes of the text. */
#define LONG_STRING (64 * 1024)

/**
 * backstay_json_label_dup_key:
 * @json: a document
 * @node: a node
 *
 * Returns: (transfer full): the member's name, or the element's number, for a label
 */
char *
backstay_json_label_dup_key (BackstayJson    *json,
                             BackstayJsonNode node)
{
  g_autofree char *key = NULL;
  gsize            length;

  g_return_val_if_fail (json != NULL, NULL);

  if (backstay_json_get_parent (json, node) == BACKSTAY_JSON_NODE_NONE)
    return g_strdup (_ ("(root)"));

  if (!backstay_json_has_key (json, node))
    return g_strdup_printf ("%u", backstay_json_get_index (json, node));

  key = backstay_json_dup_key (json, node, &length);

  if (length == 0)
    return g_strdup ("\"\"");

  return backstay_display_text_len (key, length, SHOWN_CHARS);
}

static char *
dup_string (BackstayJson    *json,
            BackstayJsonNode node)
{
  g_autofree char *string = NULL;
  g_autofree char *shown = NULL;
  const char      *lexeme;
  gsize            length;

  lexeme = backstay_json_get_lexeme (json, node, &length);

  /* Of a long one only the beginning is looked at, with its escapes as they are. */
  if (length > LONG_STRING)
    {
      shown = backstay_display_text_len (lexeme + 1, length - 2, SHOWN_CHARS);
      return g_strdup_printf ("\"%s", shown);
    }

  string = backstay_json_dup_string (json, node, &length);
  shown = backstay_display_text_len (string, length, SHOWN_CHARS);

  return g_strdup_printf ("\"%s\"", shown);
}

/**
 * backstay_json_label_dup_value:
 * @json: a document
 * @node: a node
 *
 * Gives what stands in a value's column. A number is spelt exactly as in the text; a string stands in
 * quotes, with its escapes made readable; of a container there is the number of its entries.
 *
 * Returns: (transfer full): text for a label
 */
char *
backstay_json_label_dup_value (BackstayJson    *json,
                               BackstayJsonNode node)
{
  const char *lexeme;
  gsize       length;

  g_return_val_if_fail (json != NULL, NULL);

  switch (backstay_json_get_kind (json, node))
    {
    case BACKSTAY_JSON_KIND_OBJECT:
      return g_strdup_printf ("{ %u }", backstay_json_get_n_children (json, node));

    case BACKSTAY_JSON_KIND_ARRAY:
      return g_strdup_printf ("[ %u ]", backstay_json_get_n_children (json, node));

    case BACKSTAY_JSON_KIND_STRING:
      return dup_string (json, node);

    case BACKSTAY_JSON_KIND_NUMBER:
    case BACKSTAY_JSON_KIND_BOOLEAN:
    case BACKSTAY_JSON_KIND_NULL:
    default:
      lexeme = backstay_json_get_lexeme (json, node, &length);
      return backstay_display_text_len (lexeme, length, SHOWN_CHARS);
    }
}

/**
 * backstay_json_label_get_kind_word:
 * @kind: a kind of value
 *
 * Returns: (transfer none): a word for it
 */
const char *
backstay_json_label_get_kind_word (BackstayJsonKind kind)
{
  switch (kind)
    {
    case BACKSTAY_JSON_KIND_OBJECT:
      return _ ("object");
    case BACKSTAY_JSON_KIND_ARRAY:
      return _ ("array");
    case BACKSTAY_JSON_KIND_STRING:
      return _ ("string");
    case BACKSTAY_JSON_KIND_NUMBER:
      return _ ("number");
    case BACKSTAY_JSON_KIND_BOOLEAN:
      return _ ("boolean");
    case BACKSTAY_JSON_KIND_NULL:
    default:
      return _ ("null");
    }
}
