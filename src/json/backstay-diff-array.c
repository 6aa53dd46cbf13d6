/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-array"

#include "config.h"

#include "backstay-diff-align.h"
#include "backstay-diff-array.h"

/*
 * backstay_diff_pair_elements:
 * @context: the work
 * @before: an array
 * @after: an array of the other document
 *
 * Finds which elements go together, and adds the steps.
 */
void
backstay_diff_pair_elements (BackstayDiffContext *context,
                             BackstayJsonNode     before,
                             BackstayJsonNode     after)
{
  const BackstayJsonRecord *a = backstay_diff_get_record (context, 0, before);
  const BackstayJsonRecord *b = backstay_diff_get_record (context, 1, after);
  guint32                   n_least = MIN (a->n_children, b->n_children);
  guint32                   n_first;
  guint32                   n_last;
  guint32                   n_same;

  backstay_diff_context_count_same (context, before, after, &n_first, &n_same);
  backstay_diff_add_same (context, a->first_child, b->first_child, n_first);
  n_last = n_same;

  while (n_first < n_least - n_last &&
         backstay_diff_seem_equal (context, a->first_child + n_first, b->first_child + n_first))
    {
      backstay_diff_add_step (context, a->first_child + n_first, b->first_child + n_first);
      n_first++;
    }

  while (n_last < n_least - n_first &&
         backstay_diff_seem_equal (context, a->first_child + a->n_children - 1 - n_last,
                                   b->first_child + b->n_children - 1 - n_last))
    n_last++;

  backstay_diff_align (context,
                       a->first_child + n_first, a->n_children - n_first - n_last,
                       b->first_child + n_first, b->n_children - n_first - n_last);

  for (guint32 i = n_last; i > n_same; i--)
    backstay_diff_add_step (context, a->first_child + a->n_children - i,
                            b->first_child + b->n_children - i);

  backstay_diff_add_same (context, a->first_child + a->n_children - n_same,
                          b->first_child + b->n_children - n_same, n_same);
}
