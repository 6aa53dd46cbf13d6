/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-tree-row"

#include "config.h"

#include "backstay-tree-row.h"

/* What the rows of trees have in common. */

/* So many levels are indented alike. All that are deeper take as much room together, each less than
 * the one above, so that there is always room for the text. */
#define FULL_LEVELS 6

/**
 * backstay_tree_row_get_indent:
 * @depth: a row's level, from 0
 * @level_width: how far one of the first levels is indented, in pixels
 *
 * Returns: how far the row is indented; less than twelve times @level_width
 */
int
backstay_tree_row_get_indent (guint depth,
                              int   level_width)
{
  int full = FULL_LEVELS * level_width;
  int deep;

  if (depth <= FULL_LEVELS)
    return (int) depth * level_width;

  deep = (int) MIN (depth, 10000) - FULL_LEVELS;

  return full + full * deep / (deep + FULL_LEVELS);
}

/**
 * backstay_tree_row_set_expander:
 * @expander: the button before a row
 * @expandable: whether there is something below the row
 * @expanded: whether that is shown
 *
 * Shows what the button does. The place of one that does nothing stays, so that what is behind them
 * lines up.
 */
void
backstay_tree_row_set_expander (GtkButton *expander,
                                gboolean   expandable,
                                gboolean   expanded)
{
  const char *icon = expanded ? "pan-down-symbolic" : "pan-end-symbolic";

  /* Icons are dear, and a row is used for many items. */
  if (g_strcmp0 (gtk_button_get_icon_name (expander), icon) != 0)
    gtk_button_set_icon_name (expander, icon);

  gtk_widget_set_opacity (GTK_WIDGET (expander), expandable ? 1 : 0);
  gtk_widget_set_sensitive (GTK_WIDGET (expander), expandable);
}
