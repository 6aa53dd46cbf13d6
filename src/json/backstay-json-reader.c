/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-reader"

#include "config.h"

#include "backstay-json-reader.h"
#include "backstay-json-scan.h"

/* How many bytes of text lie between two calls of the progress function. */
#define PROGRESS_STEP (1024 * 1024)

/* Room for one node in so many bytes of text is taken at the start: more than configurations need,
 * so that the array is rarely moved. Pages that are never written cost no memory. */
#define BYTES_A_NODE 8
#define MAX_FIRST_ROOM (4 * 1024 * 1024)

/* A node is written to the array only when the container around it closes, so that siblings come
 * to lie side by side; until then it waits on the stack of pending nodes. An open container lies
 * there below its children, with @parent as the place on that stack of the container around it.
 * So the depth of a text costs no recursion, and no other stack. */
typedef struct
{
  BackstayJsonScan    scan;
  const guint8       *begin;
  const guint8       *next_progress;
  BackstayJsonRecord *nodes;
  BackstayJsonRecord *pending;
  gsize               n_nodes;
  gsize               n_pending;
  gsize               nodes_room;
  gsize               pending_room;
  guint               depth;
  guint32             open;  /* The place on the stack of the innermost open container. */
  guint8              close; /* The bracket that will close it. */

  BackstayJsonProgressFunc progress;
  gpointer                 user_data;
} Reader;

static gboolean
grow (BackstayJsonRecord **records,
      gsize               *room,
      gsize                needed)
{
  gsize               new_room = MAX (*room * 2, needed);
  BackstayJsonRecord *new_records = g_try_realloc_n (*records, new_room, sizeof **records);

  if (new_records == NULL)
    return FALSE;

  *records = new_records;
  *room = new_room;

  return TRUE;
}

static inline gboolean
push (Reader       *reader,
      const guint8 *p,
      gsize         length,
      guint32       key,
      guint32       key_length)
{
  if (G_UNLIKELY (reader->n_pending == reader->pending_room) &&
      !grow (&reader->pending, &reader->pending_room, 0))
    {
      backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_MEMORY, p);
      return FALSE;
    }

  reader->pending[reader->n_pending++] = (BackstayJsonRecord){
    .value = (guint32) (p - reader->begin),
    .length = (guint32) length,
    .key = key,
    .key_length = key_length,
    .parent = reader->open,
  };

  return TRUE;
}

/* Moves all pending nodes from @first on to the array. Where they come to lie is known only now, so
 * their children, which are there already, learn now who their parent is. */
static gboolean
settle (Reader *reader,
        gsize   first)
{
  gsize               n_records = reader->n_pending - first;
  BackstayJsonRecord *settled;

  if (G_UNLIKELY (reader->nodes_room - reader->n_nodes < n_records) &&
      !grow (&reader->nodes, &reader->nodes_room, reader->n_nodes + n_records))
    return FALSE;

  settled = reader->nodes + reader->n_nodes;
  memcpy (settled, reader->pending + first, n_records * sizeof *settled);

  for (gsize i = 0; i < n_records; i++)
    for (guint32 child = 0; child < settled[i].n_children; child++)
      reader->nodes[settled[i].first_child + child].parent = (guint32) (reader->n_nodes + i);

  reader->n_nodes += n_records;
  reader->n_pending = first;

  return TRUE;
}

static inline void
enter (Reader *reader,
       guint32 container)
{
  reader->open = container;
  reader->close = reader->begin[reader->pending[container].value] == '{' ? '}' : ']';
}

static const guint8 *
open_container (Reader       *reader,
                const guint8 *p,
                guint32       key,
                guint32       key_length)
{
  if (reader->depth == BACKSTAY_JSON_MAX_DEPTH)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_DEPTH, p);

  if (!push (reader, p, 0, key, key_length))
    return NULL;

  reader->depth++;
  enter (reader, (guint32) (reader->n_pending - 1));

  return p + 1;
}

static const guint8 *
close_container (Reader       *reader,
                 const guint8 *p)
{
  BackstayJsonRecord *container = &reader->pending[reader->open];

  container->length = (guint32) (p + 1 - reader->begin) - container->value;
  container->first_child = (guint32) reader->n_nodes;
  container->n_children = (guint32) (reader->n_pending - 1 - reader->open);

  if (!settle (reader, (gsize) reader->open + 1))
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_MEMORY, p);

  reader->depth--;

  if (reader->depth > 0)
    enter (reader, container->parent);

  return p + 1;
}

static const guint8 *
read_literal (Reader       *reader,
              const guint8 *p,
              const char   *literal,
              gsize         length)
{
  if ((gsize) (reader->scan.end - p) < length || memcmp (p, literal, length) != 0)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_VALUE, p);

  return p + length;
}

/* Notes that there is no value at @p, and why. */
static const guint8 *
fail_value (Reader       *reader,
            const guint8 *p)
{
  /* An empty array is closed without asking for a value, so a comma came before. */
  gboolean          trailing = *p == ']' && reader->depth > 0 && reader->close == ']';
  BackstayJsonFault fault = trailing ? BACKSTAY_JSON_FAULT_TRAILING_COMMA : BACKSTAY_JSON_FAULT_VALUE;

  return backstay_json_scan_fail (&reader->scan, fault, p);
}

static inline const guint8 *
scan_scalar (Reader       *reader,
             const guint8 *p)
{
  switch (*p)
    {
    case '"':
      return backstay_json_scan_string (&reader->scan, p);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return backstay_json_scan_number (&reader->scan, p);
    case 't':
      return read_literal (reader, p, "true", 4);
    case 'f':
      return read_literal (reader, p, "false", 5);
    case 'n':
      return read_literal (reader, p, "null", 4);
    default:
      return fail_value (reader, p);
    }
}

/* Reads a scalar, or the opening bracket of a container. */
static inline const guint8 *
read_value (Reader       *reader,
            const guint8 *p,
            guint32       key,
            guint32       key_length)
{
  const guint8 *end;

  if (p == reader->scan.end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_END, p);

  if (*p == '{' || *p == '[')
    return open_container (reader, p, key, key_length);

  if ((end = scan_scalar (reader, p)) == NULL)
    return NULL;

  return push (reader, p, (gsize) (end - p), key, key_length) ? end : NULL;
}

static const guint8 *
fail_key (Reader       *reader,
          const guint8 *p)
{
  if (p == reader->scan.end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_END, p);

  /* As in fail_value (). */
  if (*p == '}')
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_TRAILING_COMMA, p);

  return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_KEY, p);
}

/* Reads a key with its colon and then its value, or only its opening bracket. */
static inline const guint8 *
read_member (Reader       *reader,
             const guint8 *p)
{
  const guint8 *end = reader->scan.end;
  const guint8 *key = p;
  guint32       key_length;

  if (p == end || *p != '"')
    return fail_key (reader, p);

  if ((p = backstay_json_scan_string (&reader->scan, p)) == NULL)
    return NULL;

  key_length = (guint32) (p - key);
  p = backstay_json_skip_space (p, end);

  if (p == end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_END, p);
  if (*p != ':')
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_COLON, p);

  p = backstay_json_skip_space (p + 1, end);

  return read_value (reader, p, (guint32) (key - reader->begin), key_length);
}

static const guint8 *
fail_comma (Reader       *reader,
            const guint8 *p)
{
  if (p == reader->scan.end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_END, p);

  return backstay_json_scan_fail (&reader->scan,
                                  reader->close == '}' ? BACKSTAY_JSON_FAULT_COMMA_IN_OBJECT
                                                       : BACKSTAY_JSON_FAULT_COMMA_IN_ARRAY,
                                  p);
}

/* Goes from behind a value or an opening bracket to the next item, and closes the containers that
 * end on the way. */
static inline const guint8 *
read_separators (Reader       *reader,
                 const guint8 *p)
{
  const guint8 *end = reader->scan.end;
  gboolean      opened = reader->depth > 0 && reader->open == reader->n_pending - 1;

  while (reader->depth > 0)
    {
      p = backstay_json_skip_space (p, end);

      if (p == end)
        return fail_comma (reader, p);

      if (*p == reader->close)
        {
          if ((p = close_container (reader, p)) == NULL)
            return NULL;

          opened = FALSE;
        }
      else if (opened)
        return p;
      else if (*p == ',')
        return backstay_json_skip_space (p + 1, end);
      else
        return fail_comma (reader, p);
    }

  return p;
}

static const guint8 *
report_progress (Reader       *reader,
                 const guint8 *p)
{
  gsize n_done = (gsize) (p - reader->begin);
  gsize n_total = (gsize) (reader->scan.end - reader->begin);

  reader->next_progress = n_total - n_done > PROGRESS_STEP ? p + PROGRESS_STEP : reader->scan.end;

  if (reader->progress != NULL && !reader->progress (n_done, n_total, reader->user_data))
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_CANCELLED, p);

  return p;
}

/* Reads the one value of a text, with all that it holds. */
static const guint8 *
read_root (Reader       *reader,
           const guint8 *p)
{
  p = read_value (reader, p, 0, 0);

  if (p != NULL)
    p = read_separators (reader, p);

  while (p != NULL && reader->depth > 0)
    {
      if (G_UNLIKELY (p >= reader->next_progress) && report_progress (reader, p) == NULL)
        return NULL;

      if (reader->close == '}')
        p = read_member (reader, p);
      else
        p = read_value (reader, p, 0, 0);

      if (p != NULL)
        p = read_separators (reader, p);
    }

  return p;
}

static const guint8 *
read_text (Reader *reader)
{
  const guint8 *end = reader->scan.end;
  const guint8 *p = backstay_json_skip_space (reader->begin, end);

  if (p == end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_EMPTY, p);

  if (end - p >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_BYTE_ORDER_MARK, p);

  if ((p = read_root (reader, p)) == NULL)
    return NULL;

  p = backstay_json_skip_space (p, end);

  if (p < end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_TRAILING_TEXT, p);

  if (!settle (reader, 0))
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_MEMORY, p);

  return p;
}

static gboolean
reader_init (Reader                  *reader,
             const char              *text,
             gsize                    length,
             BackstayJsonProgressFunc progress,
             gpointer                 user_data)
{
  *reader = (Reader){
    .begin = (const guint8 *) text,
    .scan.end = (const guint8 *) text + length,
    .progress = progress,
    .user_data = user_data,
  };

  reader->scan.fault_at = reader->begin;
  reader->next_progress = length > PROGRESS_STEP ? reader->begin + PROGRESS_STEP : reader->scan.end;

  return grow (&reader->pending, &reader->pending_room, 64) &&
         grow (&reader->nodes, &reader->nodes_room, MIN (length / BYTES_A_NODE + 16, MAX_FIRST_ROOM));
}

/*
 * backstay_json_read:
 * @text: (array length=length): the text, of %BACKSTAY_JSON_MAX_SIZE at most
 * @length: its length in bytes
 * @progress: (nullable) (scope call): called about every MiB
 * @user_data: data for @progress
 * @n_nodes: (out): how many nodes there are
 * @error: return location
 *
 * Checks a text and makes its nodes.
 *
 * Returns: (transfer full) (nullable): the nodes, the root last
 */
BackstayJsonRecord *
backstay_json_read (const char              *text,
                    gsize                    length,
                    BackstayJsonProgressFunc progress,
                    gpointer                 user_data,
                    guint32                 *n_nodes,
                    GError                 **error)
{
  Reader              reader;
  BackstayJsonRecord *nodes = NULL;

  if (!reader_init (&reader, text, length, progress, user_data))
    backstay_json_scan_fail (&reader.scan, BACKSTAY_JSON_FAULT_MEMORY, reader.begin);
  else if (read_text (&reader) != NULL)
    nodes = g_realloc_n (g_steal_pointer (&reader.nodes), reader.n_nodes, sizeof *nodes);

  g_free (reader.pending);
  g_free (reader.nodes);

  if (nodes == NULL)
    {
      backstay_json_fault_set_error (reader.scan.fault, text, length,
                                     (gsize) (reader.scan.fault_at - reader.begin), error);
      return NULL;
    }

  nodes[reader.n_nodes - 1].parent = BACKSTAY_JSON_NODE_NONE;
  *n_nodes = (guint32) reader.n_nodes;

  return nodes;
}
