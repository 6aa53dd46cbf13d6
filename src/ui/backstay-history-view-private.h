/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-compare-bar.h"
#include "backstay-filter-bar.h"
#include "backstay-filter-popover.h"
#include "backstay-history-changes.h"
#include "backstay-history-view.h"
#include "backstay-live-bar.h"
#include "backstay-notice.h"
#include "backstay-outdated-bar.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _BackstayHistoryView
{
  GtkWidget parent_instance;

  BackstayRepository     *repository;
  BackstayHistoryList    *list;
  BackstayHistoryChanges *changes;
  BackstayModelType      *model_type;
  char                   *select_id;     /* What to select once it has been loaded. */
  char                   *hidden_id;     /* What was selected until a filter hid it. */
  gboolean                is_news;       /* Whether the user has just made it what it is. */
  gboolean                select_newest; /* Where there is nothing else to select then. */
  guint                   click_id;      /* Tells of a click once it selected something. */

  /* Template children */
  AdwHeaderBar          *header_bar;
  AdwWindowTitle        *title;
  GtkWidget             *back_button;
  BackstayLiveBar       *live_bar;
  GtkMenuButton         *filter_button;
  BackstayFilterPopover *filter_popover;
  BackstayFilterBar     *filter_bar;
  BackstayNotice        *notice;
  BackstayOutdatedBar   *outdated_bar;
  GtkStack              *stack;
  GtkScrolledWindow     *scrolled_window;
  GtkListView           *list_view;
  GtkPopover            *row_popover;
  GtkWidget             *compare_bar;
};

/* In backstay-history-view.c */
void backstay_history_view_selection_changed (BackstayHistoryView *self);

/* In backstay-history-view-list.c */
void backstay_history_view_set_list (BackstayHistoryView *self,
                                     BackstayHistoryList *list);
void backstay_history_view_filter_changed (BackstayHistoryView *self);
void backstay_history_view_try_again (BackstayHistoryView *self);
void backstay_history_view_make_room (BackstayHistoryView *self);
void backstay_history_view_take_over (BackstayHistoryView *self);

G_END_DECLS
