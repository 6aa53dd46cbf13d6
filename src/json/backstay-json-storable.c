/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-storable"

#include "config.h"

#include "backstay-json-storable.h"

#include "backstay-json-fault.h"
#include "backstay-json-private.h"

#include <string.h>

/* What is JSON, and yet no jsonb: PostgreSQL keeps strings without NUL, and numbers as "numeric",
 * whose limits are not only its documentation's: a zero has a scale too, and an exponent is refused
 * for its own size. */
#define MAX_INTEGER_DIGITS 131072
#define MAX_FRACTION_DIGITS 16383
#define MAX_EXPONENT (G_MAXINT / 2 - 1)

/* Nodes between two calls of the progress function. */
#define STEP 4096

/* Reads an exponent; anything beyond the limit is as good as any other. */
static gint64
read_exponent (const char *p,
               const char *end)
{
  gboolean negative = *p == '-';
  gint64   exponent = 0;

  if (*p == '-' || *p == '+')
    p++;

  for (; p < end && exponent <= MAX_EXPONENT; p++)
    exponent = exponent * 10 + (*p - '0');

  return negative ? -exponent : exponent;
}

static gboolean
number_is_storable (const char *lexeme,
                    gsize       length)
{
  const char *end = lexeme + length;
  const char *first = NULL; /* The first digit that is not zero. */
  const char *point = NULL;
  const char *p;
  gint64      exponent = 0;
  gint64      n_fraction;
  gint64      n_integer = 0;

  for (p = lexeme; p < end && *p != 'e' && *p != 'E'; p++)
    {
      if (*p == '.')
        point = p;
      else if (first == NULL && *p >= '1' && *p <= '9')
        first = p;
    }

  n_fraction = point != NULL ? p - point - 1 : 0;
  if (point == NULL)
    point = p;
  if (p < end)
    exponent = read_exponent (p + 1, end);
  if (first != NULL)
    n_integer = (first < point ? point - first : point - first + 1) + exponent;

  return ABS (exponent) <= MAX_EXPONENT &&
         n_integer <= MAX_INTEGER_DIGITS &&
         n_fraction - exponent <= MAX_FRACTION_DIGITS;
}

/* Finds an escaped NUL; "\\u0000" is a backslash and five characters. */
static const char *
find_nul (const char *lexeme,
          gsize       length)
{
  const char *end = lexeme + length;

  while ((lexeme = memchr (lexeme, '\\', end - lexeme)) != NULL)
    {
      if (end - lexeme >= 6 && memcmp (lexeme, "\\u0000", 6) == 0)
        return lexeme;

      lexeme += 2;
    }

  return NULL;
}

static const char *
find_fault (BackstayJson      *json,
            BackstayJsonNode   node,
            BackstayJsonFault *fault)
{
  const BackstayJsonRecord *record = &json->nodes[node];
  const char               *lexeme = json->data + record->value;
  const char               *at = NULL;

  *fault = BACKSTAY_JSON_FAULT_NUL;

  if (record->key != 0 &&
      (at = find_nul (json->data + record->key, backstay_json_key_length_of (json, record))) != NULL)
    return at;

  if (*lexeme == '"')
    return find_nul (lexeme, record->length);

  *fault = BACKSTAY_JSON_FAULT_RANGE;

  if ((*lexeme == '-' || g_ascii_isdigit (*lexeme)) && !number_is_storable (lexeme, record->length))
    return lexeme;

  return NULL;
}

/**
 * backstay_json_check_storable:
 * @json: a document
 * @progress: (nullable) (scope call): called from time to time
 * @user_data: data for @progress
 * @error: return location
 *
 * Checks whether PostgreSQL can store a document as jsonb: it refuses strings with a NUL and
 * numbers of too many digits. How deeply a document may be nested depends on the server, and only
 * it can tell.
 *
 * Returns: %FALSE with an error that has the first place in the text
 */
gboolean
backstay_json_check_storable (BackstayJson            *json,
                              BackstayJsonProgressFunc progress,
                              gpointer                 user_data,
                              GError                 **error)
{
  BackstayJsonFault first_fault = BACKSTAY_JSON_FAULT_NONE;
  const char       *first = NULL;

  g_return_val_if_fail (json != NULL, FALSE);

  /* The nodes are not in the order of the text. */
  for (BackstayJsonNode node = 0; node < json->n_nodes; node++)
    {
      BackstayJsonFault fault;
      const char       *at;

      if (node % STEP == 0 && progress != NULL && !progress (node, json->n_nodes, user_data))
        {
          first_fault = BACKSTAY_JSON_FAULT_CANCELLED;
          first = json->data;
          break;
        }

      if ((at = find_fault (json, node, &fault)) != NULL && (first == NULL || at < first))
        {
          first = at;
          first_fault = fault;
        }
    }

  if (first == NULL)
    return TRUE;

  backstay_json_fault_set_error (first_fault, json->data, g_bytes_get_size (json->text),
                                 (gsize) (first - json->data), error);

  return FALSE;
}

/**
 * backstay_json_new_nesting_error:
 * @json: a document that a server found too deep
 *
 * Tells where a document is nested most deeply: a server that refuses it does not say where.
 *
 * Returns: (transfer full): an error that has the place in the text
 */
GError *
backstay_json_new_nesting_error (BackstayJson *json)
{
  g_autofree guint *heights = NULL;
  BackstayJsonNode  node;
  GError           *error = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  /* A node comes after all that is below it, so that one pass finds how high each one is. */
  heights = g_new0 (guint, json->n_nodes);

  for (node = 0; node + 1 < json->n_nodes; node++)
    {
      guint *parent = &heights[json->nodes[node].parent];

      *parent = MAX (*parent, heights[node] + 1);
    }

  while (heights[node] > 0)
    {
      BackstayJsonNode child = json->nodes[node].first_child;

      while (heights[child] + 1 != heights[node])
        child++;

      node = child;
    }

  backstay_json_fault_set_error (BACKSTAY_JSON_FAULT_NESTING, json->data,
                                 g_bytes_get_size (json->text), json->nodes[node].value, &error);

  return error;
}
