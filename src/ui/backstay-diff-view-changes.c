/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view"

#include "config.h"

#include "backstay-diff-view-private.h"

#include "backstay-compat.h"

#include <glib/gi18n-lib.h>

/* From one change to the next. */

/* Where one is: the diff's row that is selected, or around what is. */
static BackstayDiffRow
get_current_row (BackstayDiffView *self)
{
  guint position = gtk_single_selection_get_selected (backstay_diff_view_get_selection (self));

  if (position == GTK_INVALID_LIST_POSITION)
    return BACKSTAY_DIFF_ROW_NONE;

  return backstay_diff_tree_get_row (self->tree, position);
}

/* Says which of the changes is selected. */
void
backstay_diff_view_update_position (BackstayDiffView *self)
{
  BackstayDiffRow  row = get_current_row (self);
  guint            n = backstay_diff_get_n_changes (self->diff);
  guint            change = n;
  g_autofree char *text = NULL;

  if (row != BACKSTAY_DIFF_ROW_NONE)
    change = backstay_diff_count_changes_before (self->diff, row);

  /* Translators: the number of a change, and how many there are. */
  if (change < n && backstay_diff_get_change (self->diff, change) == row)
    text = g_strdup_printf (_ ("%u of %u"), change + 1, n);

  gtk_label_set_label (self->position_label, text != NULL ? text : "");
}

/* Round and round. */
static guint
find_next_change (BackstayDiffView *self,
                  int               step)
{
  BackstayDiffRow row = get_current_row (self);
  guint           n = backstay_diff_get_n_changes (self->diff);
  guint           n_before;

  if (row == BACKSTAY_DIFF_ROW_NONE)
    return step > 0 ? 0 : n - 1;

  n_before = backstay_diff_count_changes_before (self->diff, step > 0 ? row + 1 : row);

  return step > 0 ? n_before % n : (n_before + n - 1) % n;
}

void
backstay_diff_view_change_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  guint             change = find_next_change (self, g_str_equal (action_name, "diff.next-change") ? 1 : -1);
  guint             position;

  position = backstay_diff_tree_reveal (self->tree, backstay_diff_get_change (self->diff, change));
  gtk_single_selection_set_selected (backstay_diff_view_get_selection (self), position);
  backstay_compat_scroll_to (self->list_view, position);
}
