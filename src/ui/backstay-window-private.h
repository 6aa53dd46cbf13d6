/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-history-view.h"
#include "backstay-sidebar.h"
#include "backstay-start-view.h"
#include "backstay-version-view.h"
#include "backstay-window.h"

G_BEGIN_DECLS

/* Where the user is; on a wide window all of them are in sight. */
typedef enum
{
  PANE_TYPES,
  PANE_HISTORY,
  PANE_VERSION,
} BackstayWindowPane;

struct _BackstayWindow
{
  AdwApplicationWindow parent_instance;

  BackstayDbConnection    *connection; /* %NULL before there is a server. */
  BackstayRepository      *repository;
  BackstayTypeList        *types;        /* %NULL while there is nothing to see. */
  BackstayRollbackOutcome *last_outcome; /* What can be undone. */
  AdwToast                *toast;        /* What says so; %NULL once it was dismissed. */
  guint                    toast_id;     /* Ends it. */
  GCancellable            *cancellable;  /* Non-%NULL while it finds out who one is. */
  char                    *place;        /* The model type that was selected last. */
  BackstayWindowPane       pane;
  gboolean                 is_sample;

  /* Template children */
  AdwToastOverlay     *toast_overlay;
  GtkStack            *stack;
  BackstayStartView   *start_view;
  AdwLeaflet          *outer_leaflet;
  AdwLeaflet          *inner_leaflet;
  BackstaySidebar     *sidebar;
  BackstayHistoryView *history_view;
  BackstayVersionView *version_view;
};

const char *backstay_window_get_server_label (BackstayWindow *self);
gboolean    backstay_window_has_content (BackstayWindow *self);
void        backstay_window_find_access (BackstayWindow *self);
void        backstay_window_choose_identity (BackstayWindow   *self,
                                             BackstayIdentity *identity);
void        backstay_window_go_to (BackstayWindow    *self,
                                   BackstayWindowPane pane);

/* In backstay-window-actions.c */
void backstay_window_install_actions (GtkWidgetClass *widget_class);
void backstay_window_update_actions (BackstayWindow *self);

/* In backstay-window-compare.c */
void backstay_window_install_compare_actions (GtkWidgetClass *widget_class);
void backstay_window_update_compare_actions (BackstayWindow *self);

/* In backstay-window-rollback.c */
void backstay_window_roll_back_action (GtkWidget  *widget,
                                       const char *action_name,
                                       GVariant   *parameter);
void backstay_window_undo_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter);

G_END_DECLS
