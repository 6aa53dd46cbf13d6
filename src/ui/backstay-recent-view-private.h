/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-change-counts.h"
#include "backstay-changes-chart.h"
#include "backstay-changes-legend.h"
#include "backstay-changes-table.h"
#include "backstay-history-list.h"
#include "backstay-notice.h"
#include "backstay-recent-bar.h"
#include "backstay-recent-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the parts of the view share. */

struct _BackstayRecentView
{
  GtkWidget parent_instance;

  BackstayRepository   *repository; /* %NULL until somebody looks. */
  BackstayHistoryList  *list;
  BackstayChangeCounts *counts;      /* Of the chosen time; %NULL until they have come. */
  BackstayChangeSums   *sums;        /* Of the chosen creator. */
  guint                 bucket;      /* The only one to show, or BACKSTAY_CHANGES_CHART_NONE. */
  GCancellable         *cancellable; /* Non-%NULL while the counts are on their way. */

  /* Template children */
  AdwHeaderBar          *header_bar;
  GtkWidget             *back_button;
  GtkToggleButton       *table_button;
  BackstayRecentBar     *bar;
  BackstayNotice        *notice;
  GtkWidget             *chart_box;
  GtkLabel              *detail_label;
  GtkWidget             *all_button;
  GtkStack              *chart_stack;
  BackstayChangesChart  *chart;
  BackstayChangesLegend *legend;
  BackstayChangesTable  *table;
  GtkStack              *stack;
  AdwStatusPage         *empty_page;
  GtkButton             *longer_button;
  AdwStatusPage         *failed_page;
  GtkScrolledWindow     *scrolled_window;
  GtkListView           *list_view;
};

/* In backstay-recent-view-chart.c */
void backstay_recent_view_bind_chart (GtkWidgetClass *widget_class);
void backstay_recent_view_update_chart (BackstayRecentView *self);
void backstay_recent_view_update_detail (BackstayRecentView *self);
void backstay_recent_view_load_counts (BackstayRecentView *self);
void backstay_recent_view_stop_counting (BackstayRecentView *self);

G_END_DECLS
