/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-matrix-columns.h"
#include "backstay-matrix-grid.h"
#include "backstay-matrix-window.h"
#include "backstay-notice.h"
#include "backstay-path-sets.h"

G_BEGIN_DECLS

struct _BackstayMatrixWindow
{
  AdwWindow parent_instance;

  BackstayRepository    *repository;
  BackstayPathSets      *sets;
  GPtrArray             *ids;         /* Of the versions to load; %NULL for all that are live. */
  GHashTable            *live_ids;    /* Of what services read. */
  BackstayMatrixColumns *columns;     /* What is shown, or what is being compared to be shown. */
  BackstayMatrix        *matrix;      /* Of @columns; %NULL until it was made. */
  GCancellable          *cancellable; /* Non-%NULL while it loads or compares. */
  GCancellable          *export_cancellable;
  GtkNativeDialog       *chooser;
  char                  *format; /* What @chooser is for. */

  /* Template children */
  AdwToastOverlay    *toast_overlay;
  AdwWindowTitle     *window_title;
  BackstayNotice     *notice;
  GtkStack           *stack;
  GtkProgressBar     *progress_bar;
  AdwStatusPage      *message_page;
  GtkWidget          *message_button;
  GtkEditable        *search_entry;
  GtkDropDown        *set_drop_down;
  GtkToggleButton    *differences_button;
  GtkToggleButton    *complete_button;
  GtkStack           *rows_stack;
  BackstayMatrixGrid *grid;
  AdwStatusPage      *empty_page;
  GtkLabel           *summary_label;
};

void backstay_matrix_window_stop (BackstayMatrixWindow *self);
void backstay_matrix_window_update_actions (BackstayMatrixWindow *self);
void backstay_matrix_window_show_message (BackstayMatrixWindow *self,
                                          const char           *title,
                                          const char           *text,
                                          const char           *button_label);
void backstay_matrix_window_show_progress (BackstayMatrixWindow *self,
                                           double                fraction,
                                           const char           *text);
void backstay_matrix_window_compare (BackstayMatrixWindow  *self,
                                     BackstayMatrixColumns *columns);
void backstay_matrix_window_filter (BackstayMatrixWindow *self);

/* In backstay-matrix-window-load.c */
void backstay_matrix_window_load (BackstayMatrixWindow *self);
void backstay_matrix_window_add_version (BackstayMatrixWindow *self,
                                         BackstayVersion      *version);

/* In backstay-matrix-window-sets.c */
void backstay_matrix_window_install_set_actions (GtkWidgetClass *widget_class);
void backstay_matrix_window_list_sets (BackstayMatrixWindow *self,
                                       guint                 selected);
void backstay_matrix_window_update_set_actions (BackstayMatrixWindow *self);

/* In backstay-matrix-window-export.c */
void backstay_matrix_window_install_export_actions (GtkWidgetClass *widget_class);
void backstay_matrix_window_stop_export (BackstayMatrixWindow *self);

G_END_DECLS
