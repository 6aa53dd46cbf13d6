/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-tree.h"
#include "backstay-diff-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the parts of the view share. */

struct _BackstayDiffView
{
  GtkWidget parent_instance;

  BackstayJson     *before; /* What is compared; %NULL where it is not known. */
  BackstayJson     *after;
  gint             *progress; /* Per cent; what the thread of a comparison writes. */
  guint             progress_id;
  BackstayDiff     *diff; /* %NULL until it was found. */
  BackstayDiffTree *tree;
  guint             n_context;        /* How many unchanged values are shown on each side of a change. */
  GCancellable     *cancellable;      /* Non-%NULL while it is comparing. */
  GCancellable     *copy_cancellable; /* Non-%NULL while a copy is made. */
  AdwToast         *toast;            /* What was copied; %NULL once it was dismissed. */
  guint             layout_id;
  gboolean          narrow;

  /* Template children */
  AdwToastOverlay   *toast_overlay;
  GtkStack          *stack;
  GtkLabel          *progress_label;
  GtkProgressBar    *progress_bar;
  GtkWidget         *cancel_button;
  AdwStatusPage     *message_page;
  GtkWidget         *again_button;
  GtkLabel          *position_label;
  GtkLabel          *summary_label;
  GtkToggleButton   *spelling_button;
  GtkToggleButton   *everything_button;
  GtkOrientable     *heading_box;
  GtkWidget         *key_heading;
  GtkLabel          *before_heading;
  GtkLabel          *after_heading;
  GtkWidget         *spelling_hint;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
  GtkPopover        *row_popover;
};

GtkSingleSelection *backstay_diff_view_get_selection (BackstayDiffView *self);
BackstayDiffItem   *backstay_diff_view_get_selected (BackstayDiffView *self);
void                backstay_diff_view_update_actions (BackstayDiffView *self);
void                backstay_diff_view_bind_rows (GtkWidgetClass *widget_class);
void                backstay_diff_view_bind_layout (GtkWidgetClass *widget_class);
void                backstay_diff_view_init_layout (BackstayDiffView *self);
void                backstay_diff_view_begin (BackstayDiffView *self);
void                backstay_diff_view_stop (BackstayDiffView *self);
void                backstay_diff_view_compared (BackstayDiffView *self,
                                                 BackstayDiffTree *tree,
                                                 const GError     *error);
void                backstay_diff_view_copy_action (GtkWidget  *widget,
                                                    const char *action_name,
                                                    GVariant   *parameter);
void                backstay_diff_view_copy_all_action (GtkWidget  *widget,
                                                        const char *action_name,
                                                        GVariant   *parameter);
void                backstay_diff_view_change_action (GtkWidget  *widget,
                                                      const char *action_name,
                                                      GVariant   *parameter);
void                backstay_diff_view_update_position (BackstayDiffView *self);

G_END_DECLS
