/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-context"

#include "config.h"

#include "backstay-diff-context.h"
#include "backstay-diff-hash.h"

/* How many nodes are hashed between two looks whether to stop. */
#define HASH_STEP 16384
#define BYTES_A_NODE 16

/* Writes a key as JSON does, in the way that keys are compared with. */
static char *
quote_key (const char *key)
{
  GString *quoted = g_string_new ("\"");

  for (; *key != '\0'; key++)
    {
      if (*key == '"' || *key == '\\')
        g_string_append_c (quoted, '\\');

      g_string_append_c (quoted, *key);
    }

  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

void
backstay_diff_context_init (BackstayDiffContext     *self,
                            BackstayJson            *before,
                            BackstayJson            *after,
                            const char              *identity_key,
                            BackstayJsonProgressFunc progress,
                            gpointer                 user_data)
{
  gsize a_size = g_bytes_get_size (before->text);
  gsize b_size = g_bytes_get_size (after->text);

  *self = (BackstayDiffContext){
    .json = { before, after },
    .size = { a_size, b_size },
    .identity_keys = { NULL, "\"id\"", "\"name\"", "\"key\"" },
    .progress = progress,
    .user_data = user_data,
    .n_total = 3 * (a_size + b_size),
    .steps = g_array_new (FALSE, FALSE, sizeof (BackstayDiffStep)),
  };

  if (identity_key != NULL)
    self->identity_keys[0] = self->identity_key = quote_key (identity_key);

  self->overlap = backstay_json_overlap (before->data, a_size, after->data, b_size);
  self->overlap.suffix = MIN (self->overlap.suffix, MIN (a_size, b_size) - self->overlap.prefix);
}

void
backstay_diff_context_clear (BackstayDiffContext *self)
{
  g_clear_pointer (&self->identity_key, g_free);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->hashes[0], g_free);
  g_clear_pointer (&self->hashes[1], g_free);
}

/*
 * backstay_diff_context_report:
 * @self: the work
 * @n_more: how many bytes more are done, about
 *
 * Tells how far the work has come, about every MiB.
 *
 * Returns: %FALSE if it is to stop
 */
gboolean
backstay_diff_context_report (BackstayDiffContext *self,
                              gsize                n_more)
{
  self->n_done += n_more;

  if (G_LIKELY (self->n_done - self->n_reported < 1024 * 1024) || self->stopped)
    return !self->stopped;

  self->n_reported = self->n_done;

  if (self->progress != NULL &&
      !self->progress (MIN (self->n_done, self->n_total), self->n_total, self->user_data))
    self->stopped = TRUE;

  return !self->stopped;
}

/*
 * backstay_diff_context_count_same:
 * @self: the work
 * @before: a container
 * @after: a container of the other document
 * @n_first: (out): how many of the first children are the same bytes at the same place
 * @n_last: (out): how many of the others, at the end
 *
 * Counts the children that need no look, as they stand in what both texts begin and end with alike.
 * If one does, so do all before it, or all after it.
 */
void
backstay_diff_context_count_same (const BackstayDiffContext *self,
                                  BackstayJsonNode           before,
                                  BackstayJsonNode           after,
                                  guint32                   *n_first,
                                  guint32                   *n_last)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (self, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (self, 1, after);
  guint32                   end = MIN (a->n_children, b->n_children);
  guint32                   a_last = a->first_child + a->n_children - 1;
  guint32                   b_last = b->first_child + b->n_children - 1;

  *n_first = 0;
  *n_last = 0;

  while (*n_first < end)
    {
      guint32 middle = *n_first + (end - *n_first) / 2;

      if (backstay_diff_in_prefix (self, a->first_child + middle, b->first_child + middle))
        *n_first = middle + 1;
      else
        end = middle;
    }

  end = MIN (a->n_children, b->n_children) - *n_first;

  while (*n_last < end)
    {
      guint32 middle = *n_last + (end - *n_last) / 2;

      if (backstay_diff_in_suffix (self, a_last - middle, b_last - middle))
        *n_last = middle + 1;
      else
        end = middle;
    }
}

/* Where the nodes below the children before @child end, which is where those below it begin. */
static guint32
find_low (const BackstayJsonRecord *nodes,
          BackstayJsonNode          first,
          BackstayJsonNode          child,
          guint32                   low)
{
  /* Nothing is below any of them. */
  if (first == low)
    return low;

  while (child-- > first)
    if (nodes[child].n_children > 0)
      return nodes[child].first_child + nodes[child].n_children;

  return low;
}

static void
hash_range (BackstayDiffContext *self,
            guint                side,
            BackstayJsonNode     first,
            BackstayJsonNode     end)
{
  while (first < end && backstay_diff_context_report (self, HASH_STEP * BYTES_A_NODE))
    {
      BackstayJsonNode next = MIN (end, first + HASH_STEP);

      backstay_diff_hash_nodes (self->json[side], first, next, self->hashes[side]);
      first = next;
    }
}

/* Hashes some children of a container with all that is below them. What is below them lies side by
 * side, as the order of the nodes is that in which their parents end. */
static void
hash_children (BackstayDiffContext *self,
               guint                side,
               BackstayJsonNode     container,
               guint32              n_first,
               guint32              n_last)
{
  const BackstayJsonRecord *nodes = self->json[side]->nodes;
  BackstayJsonNode          first = nodes[container].first_child;
  BackstayJsonNode          begin = first + n_first;
  BackstayJsonNode          end = first + nodes[container].n_children - n_last;
  guint32                   low = find_low (nodes, first, begin, self->low[side]);

  self->hashes[side] = g_new0 (guint64, self->json[side]->n_nodes);
  hash_range (self, side, low, find_low (nodes, begin, end, low));
  hash_range (self, side, begin, end);
}

/* Whether the only children that differ are so alike, by their text, that they must go together. */
static gboolean
is_mostly_common (BackstayDiffContext *self,
                  BackstayJsonNode     before,
                  BackstayJsonNode     after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (self, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (self, 1, after);
  gsize                     rest = self->size[0] - a->value - a->length;
  gsize                     n_common = 0;

  if (self->overlap.prefix > a->value && a->value == b->value)
    n_common += self->overlap.prefix - a->value;
  if (self->overlap.suffix > rest)
    n_common += self->overlap.suffix - rest;

  return n_common >= MAX (a->length, b->length) / 2;
}

/* Whether two containers differ in so simple a way that their children need not be hashed. */
static gboolean
is_simple (BackstayDiffContext *self,
           BackstayJsonNode     before,
           guint32              n_before,
           BackstayJsonNode     after,
           guint32              n_after)
{
  BackstayJsonKind kind;

  if (n_before == 0 || n_after == 0)
    return TRUE;

  if (n_before > 1 || n_after > 1)
    return FALSE;

  kind = backstay_diff_kind_of (self, 0, before);

  if (kind != backstay_diff_kind_of (self, 1, after) ||
      (kind != BACKSTAY_JSON_KIND_OBJECT && kind != BACKSTAY_JSON_KIND_ARRAY))
    return TRUE;

  /* What was left out of both is common. */
  if (backstay_json_get_left_out (self->json[0], before) != NULL &&
      backstay_json_get_left_out (self->json[1], after) != NULL)
    return TRUE;

  return backstay_diff_get_record (self, 0, before)->key != 0 ||
         is_mostly_common (self, before, after);
}

/*
 * backstay_diff_context_descend:
 * @self: the work
 * @before: a container
 * @after: a container of the other document, of the same kind
 *
 * Gets ready to compare children. Where only one of them stands between what both texts have in
 * common at their start and at their end, there is nothing to do, so that a single change in a
 * large document costs little; else all that is between is hashed, once.
 */
void
backstay_diff_context_descend (BackstayDiffContext *self,
                               BackstayJsonNode     before,
                               BackstayJsonNode     after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (self, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (self, 1, after);
  guint32                   n_first;
  guint32                   n_last;

  if (self->hashed)
    return;

  backstay_diff_context_count_same (self, before, after, &n_first, &n_last);

  if (is_simple (self, a->first_child + n_first, a->n_children - n_first - n_last,
                 b->first_child + n_first, b->n_children - n_first - n_last))
    {
      self->low[0] = find_low (self->json[0]->nodes, a->first_child, a->first_child + n_first,
                               self->low[0]);
      self->low[1] = find_low (self->json[1]->nodes, b->first_child, b->first_child + n_first,
                               self->low[1]);
      return;
    }

  hash_children (self, 0, before, n_first, n_last);
  hash_children (self, 1, after, n_first, n_last);
  self->hashed = TRUE;
}
