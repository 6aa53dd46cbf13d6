/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-likeness"

#include "config.h"

#include "backstay-diff-align.h"
#include "backstay-diff-hash.h"

/* What two values have in common, of 100 for equal ones. */
#define SAME 100
#define SAME_CONTAINER 50
#define SAME_KIND 30
#define SCALARS 20
#define OTHER_KIND 10

#define N_KINDS (BACKSTAY_JSON_KIND_NULL + 1)

/* How much of long strings and of many children is looked at. */
#define MAX_BYTES 256
#define MAX_CHILDREN 64

static guint
get_string_likeness (BackstayDiffContext      *context,
                     const BackstayJsonRecord *a,
                     const BackstayJsonRecord *b)
{
  const char *x = context->json[0]->data + a->value;
  const char *y = context->json[1]->data + b->value;
  guint32     n = MIN (MIN (a->length, b->length), MAX_BYTES);
  guint32     n_first = 1;
  guint32     n_last = 1;

  while (n_first < n && x[n_first] == y[n_first])
    n_first++;

  while (n_last < n - n_first && x[a->length - 1 - n_last] == y[b->length - 1 - n_last])
    n_last++;

  return SAME_KIND + (SAME - SAME_KIND) * (n_first + n_last - 2) /
                       MIN (MAX (a->length, b->length), 2 * MAX_BYTES);
}

/* Guesses what two values have in common from their outside. */
static guint
get_outer_likeness (BackstayDiffContext *context,
                    BackstayJsonNode     before,
                    BackstayJsonNode     after)
{
  BackstayJsonKind kind = backstay_diff_kind_of (context, 0, before);

  if (backstay_diff_same_hash (context, before, after))
    return SAME;

  if (kind != backstay_diff_kind_of (context, 1, after))
    return 0;

  return kind == BACKSTAY_JSON_KIND_OBJECT || kind == BACKSTAY_JSON_KIND_ARRAY ? SAME_CONTAINER
                                                                               : SAME_KIND;
}

static gboolean
same_key (BackstayDiffContext *context,
          BackstayJsonNode     before,
          BackstayJsonNode     after)
{
  return backstay_diff_keys_equal (context->json[0], backstay_diff_get_record (context, 0, before),
                                   context->json[1], backstay_diff_get_record (context, 1, after));
}

/* Finds the member with the same key, which mostly comes soon after the last one found. */
static guint
get_member_likeness (BackstayDiffContext      *context,
                     BackstayJsonNode          before,
                     const BackstayJsonRecord *after,
                     guint32                  *next)
{
  guint32 n = MIN (after->n_children, MAX_CHILDREN);

  for (guint32 i = 0; i < n; i++)
    {
      guint32 place = *next + i < n ? *next + i : *next + i - n;

      if (same_key (context, before, after->first_child + place))
        {
          *next = (place + 1) % n;
          return get_outer_likeness (context, before, after->first_child + place);
        }
    }

  return 0;
}

static guint
get_object_likeness (BackstayDiffContext      *context,
                     const BackstayJsonRecord *a,
                     const BackstayJsonRecord *b)
{
  guint   sum = 0;
  guint32 next = 0;

  for (guint32 i = 0; i < MIN (a->n_children, MAX_CHILDREN); i++)
    sum += get_member_likeness (context, a->first_child + i, b, &next);

  return sum / MIN (MAX (a->n_children, b->n_children), MAX_CHILDREN);
}

/* Brings equal elements together. Each side has a bit for each element that found another. */
static guint
match_elements (BackstayDiffContext      *context,
                const BackstayJsonRecord *a,
                const BackstayJsonRecord *b,
                guint64                  *used)
{
  guint n = 0;

  for (guint32 i = 0; i < a->n_children; i++)
    for (guint32 j = 0; j < b->n_children; j++)
      if ((used[1] >> j & 1) == 0 &&
          backstay_diff_same_hash (context, a->first_child + i, b->first_child + j))
        {
          used[0] |= (guint64) 1 << i;
          used[1] |= (guint64) 1 << j;
          n++;
          break;
        }

  return n;
}

static void
count_kinds (BackstayDiffContext      *context,
             guint                     side,
             const BackstayJsonRecord *array,
             guint64                   used,
             guint                    *n_kinds)
{
  for (guint32 i = 0; i < array->n_children; i++)
    if ((used >> i & 1) == 0)
      n_kinds[backstay_diff_kind_of (context, side, array->first_child + i)]++;
}

static guint
get_short_array_likeness (BackstayDiffContext      *context,
                          const BackstayJsonRecord *a,
                          const BackstayJsonRecord *b)
{
  guint64 used[2] = { 0, 0 };
  guint   a_kinds[N_KINDS] = { 0 };
  guint   b_kinds[N_KINDS] = { 0 };
  guint   sum = SAME * match_elements (context, a, b, used);

  count_kinds (context, 0, a, used[0], a_kinds);
  count_kinds (context, 1, b, used[1], b_kinds);

  for (guint kind = 0; kind < N_KINDS; kind++)
    sum += MIN (a_kinds[kind], b_kinds[kind]) *
           (kind == BACKSTAY_JSON_KIND_OBJECT || kind == BACKSTAY_JSON_KIND_ARRAY ? SAME_CONTAINER
                                                                                  : SAME_KIND);

  return sum / MAX (a->n_children, b->n_children);
}

/* Long arrays are taken for alike if much at their start and at their end is. */
static guint
get_long_array_likeness (BackstayDiffContext      *context,
                         const BackstayJsonRecord *a,
                         const BackstayJsonRecord *b)
{
  guint32 n = MIN (a->n_children, b->n_children);
  guint32 step = MAX (n / MAX_CHILDREN, 1);
  guint   sum = 0;
  guint   n_seen = 0;

  for (guint32 i = 0; i < n; i += step, n_seen += 2)
    {
      sum += get_outer_likeness (context, a->first_child + i, b->first_child + i);
      sum += get_outer_likeness (context, a->first_child + a->n_children - 1 - i,
                                 b->first_child + b->n_children - 1 - i);
    }

  return (guint) ((guint64) sum * n / MAX (a->n_children, b->n_children) / n_seen);
}

/*
 * backstay_diff_get_likeness:
 * @context: the work
 * @before: a value
 * @after: a value of the other document
 *
 * Guesses how much of a value is still there. Only what is directly in a container is looked at,
 * by the hashes.
 *
 * Returns: 100 if they are equal, less if they are not
 */
guint
backstay_diff_get_likeness (BackstayDiffContext *context,
                            BackstayJsonNode     before,
                            BackstayJsonNode     after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (context, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (context, 1, after);
  BackstayJsonKind          kind = backstay_json_kind_of (context->json[0], a);

  if (kind != backstay_json_kind_of (context->json[1], b))
    return a->n_children + b->n_children == 0 ? SCALARS : OTHER_KIND;

  if (kind == BACKSTAY_JSON_KIND_STRING)
    return get_string_likeness (context, a, b);

  if (kind != BACKSTAY_JSON_KIND_OBJECT && kind != BACKSTAY_JSON_KIND_ARRAY)
    return SAME_KIND;

  if (a->n_children == 0 || b->n_children == 0)
    return SAME_KIND;

  if (kind == BACKSTAY_JSON_KIND_OBJECT)
    return get_object_likeness (context, a, b);

  if (MAX (a->n_children, b->n_children) <= MAX_CHILDREN)
    return get_short_array_likeness (context, a, b);

  return get_long_array_likeness (context, a, b);
}
