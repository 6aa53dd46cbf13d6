/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-print"

#include "config.h"

#include <string.h>

#include "backstay-json-fault.h"
#include "backstay-json-print.h"
#include "backstay-json-private.h"
#include "backstay-json-progress.h"

typedef struct
{
  BackstayJson        *json;
  BackstayJsonNode     root; /* Of what is printed. */
  BackstayJsonProgress progress;
  gboolean             pretty;
  guint                depth;
  char                *out;
  gsize                length;
  gsize                room;
} Printer;

/* Makes room at the end, so that the functions below need not look. */
static gboolean
reserve (Printer *printer,
         gsize    n_more)
{
  gsize room;
  char *out;

  if (G_LIKELY (printer->room - printer->length >= n_more))
    return TRUE;

  room = MAX (printer->room * 2, printer->length + n_more);

  if ((out = g_try_realloc (printer->out, room)) == NULL)
    return FALSE;

  printer->out = out;
  printer->room = room;

  return TRUE;
}

static inline void
append (Printer    *printer,
        const char *bytes,
        gsize       length)
{
  memcpy (printer->out + printer->length, bytes, length);
  printer->length += length;
}

static inline void
append_byte (Printer *printer,
             char     byte)
{
  printer->out[printer->length++] = byte;
}

static inline gsize
get_indent (Printer *printer)
{
  return 2 * (gsize) MIN (printer->depth, BACKSTAY_JSON_MAX_INDENTED_DEPTH);
}

static inline void
append_new_line (Printer *printer)
{
  gsize indent = get_indent (printer);

  if (!printer->pretty)
    return;

  append_byte (printer, '\n');
  memset (printer->out + printer->length, ' ', indent);
  printer->length += indent;
}

/* Writes a scalar, an empty container, or the opening bracket of another one, with what stands
 * before it on the line. */
static gboolean
print_begin (Printer         *printer,
             BackstayJsonNode node)
{
  const BackstayJsonRecord *record = &printer->json->nodes[node];
  const char               *value = printer->json->data + record->value;
  gboolean                  is_container = backstay_json_is_container (printer->json, node);
  gboolean                  has_key = node != printer->root && record->key != 0;
  gsize                     key_length = 0;
  gsize                     value_length = is_container ? 1 : record->length;

  if (has_key)
    key_length = backstay_json_key_length_of (printer->json, record);

  /* The bytes beside: line feed, colon, space, comma, and a second bracket. */
  if (!reserve (printer, get_indent (printer) + key_length + value_length + 5))
    return FALSE;

  if (node != printer->root)
    append_new_line (printer);

  if (has_key)
    {
      append (printer, printer->json->data + record->key, key_length);
      append_byte (printer, ':');

      if (printer->pretty)
        append_byte (printer, ' ');
    }

  append (printer, value, value_length);

  if (is_container && record->n_children == 0)
    append_byte (printer, *value == '{' ? '}' : ']');

  return TRUE;
}

static gboolean
print_end (Printer         *printer,
           BackstayJsonNode container)
{
  char bracket = printer->json->data[printer->json->nodes[container].value];

  /* The bytes beside: line feed, bracket and comma. */
  if (!reserve (printer, get_indent (printer) + 3))
    return FALSE;

  append_new_line (printer);
  append_byte (printer, bracket == '{' ? '}' : ']');

  return TRUE;
}

/* Goes on to the node that is printed after @node, and closes the containers that end before it. */
static gboolean
go_on (Printer          *printer,
       BackstayJsonNode *node)
{
  BackstayJson *json = printer->json;

  if (json->nodes[*node].n_children > 0)
    {
      printer->depth++;
      *node = json->nodes[*node].first_child;
      return TRUE;
    }

  while (*node != printer->root && backstay_json_is_last (json, *node))
    {
      printer->depth--;
      *node = json->nodes[*node].parent;

      if (!print_end (printer, *node))
        return FALSE;
    }

  if (*node == printer->root)
    {
      *node = BACKSTAY_JSON_NODE_NONE;
      return TRUE;
    }

  append_byte (printer, ',');
  *node += 1;

  return TRUE;
}

static GBytes *
print (Printer *printer,
       GError **error)
{
  const BackstayJsonRecord *nodes = printer->json->nodes;
  BackstayJsonFault         fault = BACKSTAY_JSON_FAULT_NONE;
  gsize                     begin = nodes[printer->root].value;
  gsize                     done = 0;
  BackstayJsonNode          node = printer->root;

  while (node != BACKSTAY_JSON_NODE_NONE && fault == BACKSTAY_JSON_FAULT_NONE)
    {
      done = nodes[node].value - begin;

      if (!backstay_json_progress_report (&printer->progress, done))
        fault = BACKSTAY_JSON_FAULT_CANCELLED;
      else if (!print_begin (printer, node) || !go_on (printer, &node))
        fault = BACKSTAY_JSON_FAULT_MEMORY;
    }

  if (fault != BACKSTAY_JSON_FAULT_NONE)
    {
      g_free (printer->out);
      backstay_json_fault_set_error (fault, printer->json->data,
                                     g_bytes_get_size (printer->json->text), begin + done, error);
      return NULL;
    }

  return g_bytes_new_take (g_realloc (printer->out, printer->length), printer->length);
}

static void
printer_init (Printer                 *printer,
              BackstayJson            *json,
              BackstayJsonNode         node,
              gboolean                 pretty,
              BackstayJsonProgressFunc progress,
              gpointer                 user_data)
{
  gsize length = json->nodes[node].length;

  *printer = (Printer){ .json = json, .root = node, .pretty = pretty };

  backstay_json_progress_init (&printer->progress, progress, user_data, length);

  /* The most that a compact text can need, and a guess for a pretty one; should there be no memory
   * for it, the first node will tell. */
  reserve (printer, pretty ? 2 * length : length + 8);
}

/**
 * backstay_json_print_pretty:
 * @json: a document
 * @node: one of its nodes
 * @progress: (nullable) (scope call): called about every MiB
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Writes a value with one line for each scalar, indented by two spaces a level.
 *
 * Scalars and keys are copied from the text to the byte. There is no line feed at
 * the end.
 *
 * Returns: (transfer full) (nullable): the text; %NULL if stopped or out of memory
 */
GBytes *
backstay_json_print_pretty (BackstayJson            *json,
                            BackstayJsonNode         node,
                            BackstayJsonProgressFunc progress,
                            gpointer                 user_data,
                            GError                 **error)
{
  Printer printer;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (node < json->n_nodes, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  printer_init (&printer, json, node, TRUE, progress, user_data);

  return print (&printer, error);
}

/**
 * backstay_json_print_compact:
 * @json: a document
 * @node: one of its nodes
 * @progress: (nullable) (scope call): called about every MiB
 * @user_data: data for @progress
 * @error: return location of a %BACKSTAY_JSON_ERROR
 *
 * Writes a value without the white space that is not in strings.
 *
 * Returns: (transfer full) (nullable): the text; %NULL if stopped or out of memory
 */
GBytes *
backstay_json_print_compact (BackstayJson            *json,
                             BackstayJsonNode         node,
                             BackstayJsonProgressFunc progress,
                             gpointer                 user_data,
                             GError                 **error)
{
  Printer printer;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (node < json->n_nodes, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  printer_init (&printer, json, node, FALSE, progress, user_data);

  return print (&printer, error);
}
