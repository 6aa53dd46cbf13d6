/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-json-reader"

#include "config.h"

#include "backstay-json-progress.h"
#include "backstay-json-reader.h"
#include "backstay-json-records.h"
#include "backstay-json-scan.h"
#include "backstay-json-shapes.h"
#include "backstay-json-spot.h"

/* Room for one node in so many bytes of text is taken at the start: more than configurations need,
 * so that the array is rarely moved. */
#define BYTES_A_NODE 4
#define MAX_FIRST_ROOM (4 * 1024 * 1024)

/* A node is written to the array only when the container around it closes, so that siblings come
 * to lie side by side; until then it waits on the stack of pending nodes. An open container lies
 * there below its children, with @parent as the place on that stack of the container around it.
 * So the depth of a text costs no recursion, and no other stack.
 *
 * The children of a container without any container in it, which are most of all nodes, need not
 * wait: nothing can come between them, and they are written to the array at once. */
typedef struct
{
  BackstayJsonScan     scan;
  BackstayJsonProgress progress;
  BackstayJsonRecords  nodes;
  BackstayJsonRecords  pending;
  const guint8        *begin;
  guint                depth;
  guint32              open;   /* The place on the stack of the innermost open container. */
  guint8               close;  /* The bracket that will close it. */
  gboolean             flat;   /* Whether its children so far are in the array already, */
  gsize                first;  /* from here on. */
  BackstayJsonShapes  *shapes; /* If nothing but the root is kept, and keys must be unique. */
  BackstayJsonSpot    *spot;   /* Then, possibly, what is looked for. */
} Reader;

static inline gboolean
push (Reader       *reader,
      const guint8 *p,
      gsize         length,
      guint32       key)
{
  BackstayJsonRecords *records = reader->flat ? &reader->nodes : &reader->pending;

  if (G_UNLIKELY (records->n_items == records->room) && !backstay_json_records_reserve (records, 1))
    {
      backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_MEMORY, p);
      return FALSE;
    }

  records->items[records->n_items++] = (BackstayJsonRecord){
    .value = (guint32) (p - reader->begin),
    .length = (guint32) length,
    .key = key,
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
  gsize                     n_settled = reader->pending.n_items - first;
  gsize                     node = reader->nodes.n_items;
  const BackstayJsonRecord *pending = reader->pending.items + first;
  BackstayJsonRecord       *nodes;

  if (!backstay_json_records_reserve (&reader->nodes, n_settled))
    return FALSE;

  nodes = reader->nodes.items;

  for (gsize i = 0; i < n_settled; i++, node++)
    {
      nodes[node] = pending[i];

      for (guint32 child = 0; child < pending[i].n_children; child++)
        nodes[pending[i].first_child + child].parent = (guint32) node;
    }

  reader->nodes.n_items = node;
  reader->pending.n_items = first;

  return TRUE;
}

/* Lets the children of the innermost container wait after all, as there is a container among them. */
static gboolean
unsettle (Reader *reader)
{
  gsize n_children = reader->nodes.n_items - reader->first;

  if (!backstay_json_records_reserve (&reader->pending, n_children))
    return FALSE;

  if (n_children > 0)
    memcpy (reader->pending.items + reader->pending.n_items, reader->nodes.items + reader->first,
            n_children * sizeof (BackstayJsonRecord));

  reader->pending.n_items += n_children;
  reader->nodes.n_items = reader->first;
  reader->flat = FALSE;

  return TRUE;
}

static inline void
enter (Reader *reader,
       guint32 container)
{
  reader->open = container;
  reader->close = reader->begin[reader->pending.items[container].value] == '{' ? '}' : ']';
}

static const guint8 *
open_container (Reader       *reader,
                const guint8 *p,
                guint32       key)
{
  if (reader->depth == BACKSTAY_JSON_MAX_DEPTH)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_DEPTH, p);

  if (reader->flat && !unsettle (reader))
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_MEMORY, p);

  if (!push (reader, p, 0, key))
    return NULL;

  if (reader->spot != NULL)
    backstay_json_spot_open (reader->spot);

  reader->depth++;
  enter (reader, (guint32) (reader->pending.n_items - 1));
  reader->flat = reader->shapes == NULL;
  reader->first = reader->nodes.n_items;

  return p + 1;
}

/* Forgets what is in a container. Returns FALSE if a key is there twice. */
static gboolean
forget (Reader                   *reader,
        const BackstayJsonRecord *container)
{
  BackstayJson json = { .data = (const char *) reader->begin };
  guint32      n_members = (guint32) (reader->pending.n_items - 1 - reader->open);

  reader->pending.n_items = (gsize) reader->open + 1;

  return reader->close == ']' ||
         backstay_json_shapes_find_duplicate (reader->shapes, &json, container + 1, n_members) ==
           n_members;
}

static const guint8 *
close_container (Reader       *reader,
                 const guint8 *p)
{
  BackstayJsonRecord *container = &reader->pending.items[reader->open];

  container->length = (guint32) (p + 1 - reader->begin) - container->value;

  if (reader->spot != NULL)
    backstay_json_spot_close (reader->spot, &reader->pending, reader->open,
                              (gsize) (p + 1 - reader->begin), reader->close == '}');

  if (reader->shapes != NULL && !forget (reader, container))
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_KEY, p);

  container->first_child = (guint32) (reader->flat ? reader->first : reader->nodes.n_items);
  container->n_children = (guint32) (reader->flat ? reader->nodes.n_items - reader->first
                                                  : reader->pending.n_items - 1 - reader->open);

  if (!reader->flat && !settle (reader, (gsize) reader->open + 1))
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_MEMORY, p);

  reader->flat = FALSE;
  reader->depth--;

  if (reader->depth > 0)
    enter (reader, container->parent);

  /* As with other elements. */
  if (reader->shapes != NULL && reader->close == ']' && reader->depth > 0)
    {
      reader->pending.n_items--;
      reader->pending.items[reader->open].n_children = 1;
    }

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
  if (*p == ']' && reader->depth > 0 && reader->close == ']')
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_TRAILING_COMMA, p);

  return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_VALUE, p);
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
            guint32       key)
{
  const guint8 *end;

  if (p == reader->scan.end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_END, p);

  if (*p == '{' || *p == '[')
    return open_container (reader, p, key);

  if ((end = scan_scalar (reader, p)) == NULL)
    return NULL;

  if (reader->spot != NULL)
    backstay_json_spot_end_child (reader->spot, (guint32) (end - reader->begin));

  /* Of elements it is enough to know that there are any. */
  if (reader->shapes != NULL && key == 0 && reader->depth > 0)
    {
      reader->pending.items[reader->open].n_children = 1;
      return end;
    }

  return push (reader, p, (gsize) (end - p), key) ? end : NULL;
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

/* Reads a key and its colon, up to the value. */
static inline const guint8 *
read_key (Reader       *reader,
          const guint8 *p)
{
  const guint8 *end = reader->scan.end;

  if (p == end || *p != '"')
    return fail_key (reader, p);

  if ((p = backstay_json_scan_string (&reader->scan, p)) == NULL)
    return NULL;

  p = backstay_json_skip_space (p, end);

  if (p == end)
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_END, p);
  if (*p != ':')
    return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_COLON, p);

  return backstay_json_skip_space (p + 1, end);
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

/* Whether the innermost container has no children yet. */
static inline gboolean
is_empty (const Reader *reader)
{
  return reader->depth > 0 && reader->open == reader->pending.n_items - 1 &&
         reader->pending.items[reader->open].n_children == 0 &&
         (!reader->flat || reader->first == reader->nodes.n_items);
}

/* Goes from behind a value or an opening bracket to the next item, and closes the containers that
 * end on the way. */
static inline const guint8 *
read_separators (Reader       *reader,
                 const guint8 *p)
{
  const guint8 *end = reader->scan.end;
  gboolean      opened = is_empty (reader);

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

/* Reads the one value of a text, with all that it holds. */
static const guint8 *
read_root (Reader       *reader,
           const guint8 *p)
{
  do
    {
      guint32 key = 0;

      if (!backstay_json_progress_report (&reader->progress, (gsize) (p - reader->begin)))
        return backstay_json_scan_fail (&reader->scan, BACKSTAY_JSON_FAULT_CANCELLED, p);

      if (reader->spot != NULL)
        backstay_json_spot_begin_child (reader->spot, (guint32) (p - reader->begin));

      if (reader->close == '}')
        {
          key = (guint32) (p - reader->begin);

          if ((p = read_key (reader, p)) == NULL)
            return NULL;
        }

      if ((p = read_value (reader, p, key)) == NULL)
        return NULL;

      p = read_separators (reader, p);
    }
  while (p != NULL && reader->depth > 0);

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
  gsize first_room = MIN (length / BYTES_A_NODE + 16, MAX_FIRST_ROOM);

  *reader = (Reader){
    .begin = (const guint8 *) text,
    .scan.end = (const guint8 *) text + length,
    .pending.is_scratch = TRUE,
  };

  backstay_json_progress_init (&reader->progress, progress, user_data, length);

  /* A text can be one long array, all of which is pending until it ends. */
  return backstay_json_records_reserve (&reader->pending, first_room) &&
         backstay_json_records_reserve (&reader->nodes, first_room);
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
    nodes = backstay_json_records_steal (&reader.nodes);

  backstay_json_records_clear (&reader.pending);
  backstay_json_records_clear (&reader.nodes);

  if (nodes == NULL)
    {
      backstay_json_fault_set_error (reader.scan.fault, text, length,
                                     (gsize) (reader.scan.fault_at - reader.begin), error);
      return NULL;
    }

  *n_nodes = (guint32) reader.nodes.n_items;
  nodes[*n_nodes - 1].parent = BACKSTAY_JSON_NODE_NONE;

  return nodes;
}

/*
 * backstay_json_read_root:
 * @text: (array length=length): the text, of %BACKSTAY_JSON_MAX_SIZE at most
 * @length: its length in bytes
 * @spot: (nullable): what to look for on the way
 * @root: (out): the root, without children
 *
 * Checks a text as backstay_json_read() does, and that no object has a key twice, but makes no nodes
 * below the root.
 *
 * Returns: %FALSE if anything is wrong; to learn what, read the text
 */
gboolean
backstay_json_read_root (const char         *text,
                         gsize               length,
                         BackstayJsonSpot   *spot,
                         BackstayJsonRecord *root)
{
  Reader             reader;
  BackstayJsonShapes shapes = { .copies = TRUE };
  gboolean           is_right;

  is_right = reader_init (&reader, text, length, NULL, NULL);
  reader.shapes = &shapes;
  reader.spot = spot;
  is_right = is_right && read_text (&reader) != NULL;

  if (is_right)
    {
      *root = reader.nodes.items[0];
      root->parent = BACKSTAY_JSON_NODE_NONE;
    }

  backstay_json_records_clear (&reader.pending);
  backstay_json_records_clear (&reader.nodes);
  backstay_json_shapes_clear (&shapes);

  return is_right;
}
