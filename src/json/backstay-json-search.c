/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-search"

#include "config.h"

#include <string.h>

#include "backstay-json-fault.h"
#include "backstay-json-private.h"
#include "backstay-json-progress.h"
#include "backstay-json-search.h"
#include "backstay-json-string.h"

typedef struct
{
  BackstayJson           *json;
  BackstayJsonSearchFlags flags;
  char                   *needle; /* Case folded. */
  gsize                   needle_length;
  guint8                  lower[256]; /* Lower case of plain ASCII, 0 for what needs decoding. */
} Search;

static void
search_init (Search                 *search,
             BackstayJson           *json,
             const char             *needle,
             BackstayJsonSearchFlags flags)
{
  search->json = json;
  search->flags = flags;
  search->needle = g_utf8_casefold (needle, -1);
  search->needle_length = strlen (search->needle);

  for (guint byte = 0; byte < G_N_ELEMENTS (search->lower); byte++)
    search->lower[byte] = byte < 0x80 && byte != '\\' ? (guint8) g_ascii_tolower ((char) byte) : 0;
}

static inline gboolean
begins_with_needle (const Search *search,
                    const guint8 *p)
{
  for (gsize i = 0; i < search->needle_length; i++)
    if (search->lower[p[i]] != (guint8) search->needle[i])
      return FALSE;

  return TRUE;
}

/* Looks into a text with escapes, or with letters beyond ASCII; some of those fold to ASCII, such
 * as the sign of kelvin. U+0000 parts the text, as it can be in no needle. */
static gboolean
decoded_matches (const Search *search,
                 const guint8 *text,
                 gsize         length)
{
  gsize            decoded_length;
  g_autofree char *decoded = backstay_json_string_decode ((const char *) text - 1, length + 2,
                                                          &decoded_length);

  for (const char *part = decoded; part <= decoded + decoded_length; part += strlen (part) + 1)
    {
      g_autofree char *folded = g_utf8_casefold (part, -1);

      if (strstr (folded, search->needle) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Most texts are plain ASCII, and are compared where they stand. */
static gboolean
text_matches (const Search *search,
              const char   *text,
              gsize         length)
{
  const guint8 *p = (const guint8 *) text;
  const guint8 *end = p + length;
  guint8        first = (guint8) search->needle[0];

  for (; p < end; p++)
    {
      guint8 letter = search->lower[*p];

      if (letter == 0)
        return decoded_matches (search, (const guint8 *) text, length);

      if (letter == first && (gsize) (end - p) >= search->needle_length &&
          begins_with_needle (search, p))
        return TRUE;
    }

  return FALSE;
}

static gboolean
key_matches (const Search             *search,
             const BackstayJsonRecord *record)
{
  if (record->key == 0)
    return FALSE;

  return text_matches (search, search->json->data + record->key + 1,
                       backstay_json_key_length_of (search->json, record) - 2);
}

static gboolean
value_matches (const Search             *search,
               const BackstayJsonRecord *record)
{
  const char *value = search->json->data + record->value;

  switch (backstay_json_kind_from_first_byte (*value))
    {
    case BACKSTAY_JSON_KIND_OBJECT:
    case BACKSTAY_JSON_KIND_ARRAY:
      return FALSE;
    case BACKSTAY_JSON_KIND_STRING:
      return text_matches (search, value + 1, record->length - 2);
    case BACKSTAY_JSON_KIND_NUMBER:
    case BACKSTAY_JSON_KIND_BOOLEAN:
    case BACKSTAY_JSON_KIND_NULL:
    default:
      return text_matches (search, value, record->length);
    }
}

static gboolean
node_matches (const Search             *search,
              const BackstayJsonRecord *record)
{
  if ((search->flags & BACKSTAY_JSON_SEARCH_FLAGS_KEYS) != 0 && key_matches (search, record))
    return TRUE;

  return (search->flags & BACKSTAY_JSON_SEARCH_FLAGS_VALUES) != 0 && value_matches (search, record);
}

/**
 * backstay_json_search:
 * @json: a document
 * @needle: UTF-8; if it is empty, nothing is found
 * @flags: where to search
 * @progress: (nullable) (scope call): called about every MiB
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Finds the nodes whose key or scalar holds a text, whatever its case.
 *
 * Compared are the characters that are meant, not the escapes that the document
 * may use for them. Numbers are searched as they are written.
 *
 * Returns: (transfer full) (nullable) (element-type BackstayJsonNode): the nodes in
 *   the order of the text, each once; %NULL if stopped
 */
GArray *
backstay_json_search (BackstayJson            *json,
                      const char              *needle,
                      BackstayJsonSearchFlags  flags,
                      BackstayJsonProgressFunc progress,
                      gpointer                 user_data,
                      GError                 **error)
{
  Search               search;
  BackstayJsonProgress steps;
  BackstayJsonNode     node;
  gsize                length;
  g_autoptr (GArray) found = NULL;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (needle != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  found = g_array_new (FALSE, FALSE, sizeof node);
  node = *needle != '\0' ? backstay_json_get_root (json) : BACKSTAY_JSON_NODE_NONE;
  length = g_bytes_get_size (json->text);
  search_init (&search, json, needle, flags);
  backstay_json_progress_init (&steps, progress, user_data, length);

  for (; node != BACKSTAY_JSON_NODE_NONE; node = backstay_json_get_next (json, node))
    {
      gsize offset = json->nodes[node].value;

      if (!backstay_json_progress_report (&steps, offset))
        {
          backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_CANCELLED, json->data, length,
                                         offset, error);
          g_clear_pointer (&found, g_array_unref);
          break;
        }

      if (node_matches (&search, &json->nodes[node]))
        g_array_append_val (found, node);
    }

  g_free (search.needle);

  return g_steal_pointer (&found);
}
