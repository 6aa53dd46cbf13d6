/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two documents with the byte RS between them, which can stand in neither. */

#define G_LOG_DOMAIN "fuzz-diff"

#include "config.h"

#include <string.h>

#include "backstay-json-difference.h"
#include "backstay-json-duplicates.h"
#include "backstay-json-like.h"
#include "diff-check.h"
#include "fuzz.h"

#define SEPARATOR 0x1e

static void
check_refused (BackstayJson *before,
               BackstayJson *after)
{
  g_autoptr (GError) error = NULL;
  BackstayDiff *diff = backstay_diff_new (before, after, NULL, NULL, NULL, &error);

  g_assert_null (diff);
  g_assert_error (error, BACKSTAY_JSON_ERROR, BACKSTAY_JSON_ERROR_DUPLICATE_KEY);
}

/* Reads a text for its root alone, which must find fault with the same texts. */
static void
check_closed (GBytes       *text,
              BackstayJson *json)
{
  g_autoptr (BackstayJson) closed = backstay_json_new_closed (text);
  gboolean is_right = json != NULL &&
                      backstay_json_find_duplicate_key (json) == BACKSTAY_JSON_NODE_NONE;

  g_assert_true ((closed != NULL) == is_right);

  if (closed != NULL)
    g_assert_cmpint (backstay_json_get_kind (closed, backstay_json_get_root (closed)), ==,
                     backstay_json_get_kind (json, backstay_json_get_root (json)));
}

/* What is read of the one place where two texts differ differs if they do. In what, may be told in
 * another way: which of two like elements is the new one, nobody knows. */
static void
check_difference (GBytes       *before_text,
                  GBytes       *after_text,
                  BackstayJson *before,
                  BackstayJson *after)
{
  g_autoptr (BackstayJson) before_part = NULL;
  g_autoptr (BackstayJson) after_part = NULL;
  g_autoptr (BackstayDiff) diff = NULL;
  g_autoptr (BackstayDiff) part_diff = NULL;

  if (!backstay_json_read_difference (before_text, after_text, &before_part, &after_part))
    return;

  g_assert_nonnull (after);
  diff = backstay_diff_new (before, after, NULL, NULL, NULL, NULL);
  part_diff = backstay_diff_new (before_part, after_part, NULL, NULL, NULL, NULL);
  g_assert_nonnull (diff);
  g_assert_nonnull (part_diff);
  g_assert_true ((backstay_diff_get_n_changes (part_diff) == 0) == (backstay_diff_get_n_changes (diff) == 0));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *separator = size > 0 ? memchr (data, SEPARATOR, size) : NULL;
  g_autoptr (GBytes) before_text = NULL;
  g_autoptr (GBytes) after_text = NULL;
  g_autoptr (BackstayJson) before = NULL;
  g_autoptr (BackstayJson) after = NULL;
  g_autoptr (BackstayJson) alone = NULL;

  if (separator == NULL)
    return 0;

  before_text = g_bytes_new (data, (gsize) (separator - data));
  after_text = g_bytes_new (separator + 1, (gsize) (data + size - separator - 1));

  before = backstay_json_new (before_text, NULL, NULL, NULL);
  check_closed (before_text, before);

  if (before == NULL)
    return 0;

  after = backstay_json_new_like (before, after_text, NULL, NULL, NULL);
  alone = backstay_json_new (after_text, NULL, NULL, NULL);
  g_assert_true ((after == NULL) == (alone == NULL));

  check_difference (before_text, after_text, before, alone);

  if (after == NULL)
    return 0;

  g_assert_cmpuint (backstay_json_get_n_nodes (after), ==, backstay_json_get_n_nodes (alone));

  if (backstay_json_find_duplicate_key (before) != BACKSTAY_JSON_NODE_NONE ||
      backstay_json_find_duplicate_key (alone) != BACKSTAY_JSON_NODE_NONE)
    {
      check_refused (before, after);
      return 0;
    }

  diff_check_pair (before, after);
  diff_check_pair (before, before);

  return 0;
}
