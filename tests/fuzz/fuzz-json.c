/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader must take any bytes, and what it accepts must hold together. */

#define G_LOG_DOMAIN "fuzz-json"

#include "config.h"

#include "backstay-json.h"
#include "fuzz.h"

static void
check_node (BackstayJson    *json,
            BackstayJsonNode node)
{
  gsize            length;
  gsize            size;
  const char      *lexeme = backstay_json_get_lexeme (json, node, &length);
  const char      *data = g_bytes_get_data (backstay_json_get_text (json), &size);
  BackstayJsonNode parent = backstay_json_get_parent (json, node);
  g_autofree char *key = NULL;

  g_assert_true (lexeme >= data && lexeme + length <= data + size && length > 0);

  if (parent != BACKSTAY_JSON_NODE_NONE)
    {
      g_assert_cmpuint (parent, >, node);
      g_assert_cmpuint (backstay_json_get_child (json, parent, backstay_json_get_index (json, node)),
                        ==, node);
    }

  if (backstay_json_has_key (json, node))
    {
      key = backstay_json_dup_key (json, node, &length);
      g_assert_true (g_utf8_validate (key, (gssize) length, NULL) || key[0] == '\0' || length > 0);
    }

  if (backstay_json_get_kind (json, node) == BACKSTAY_JSON_KIND_STRING)
    g_free (backstay_json_dup_string (json, node, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) text = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayJson) json = backstay_json_new (text, NULL, NULL, &error);
  guint            n_nodes = 0;
  BackstayJsonNode node;

  if (json == NULL)
    {
      g_assert_nonnull (error);
      return 0;
    }

  for (node = backstay_json_get_root (json); node != BACKSTAY_JSON_NODE_NONE;
       node = backstay_json_get_next (json, node))
    {
      check_node (json, node);
      n_nodes++;
    }

  g_assert_cmpuint (n_nodes, ==, backstay_json_get_n_nodes (json));

  return 0;
}
