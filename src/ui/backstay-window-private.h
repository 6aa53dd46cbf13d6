/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-audit-view.h"
#include "backstay-database-view.h"
#include "backstay-draft-bar.h"
#include "backstay-history-view.h"
#include "backstay-integrity-view.h"
#include "backstay-notice.h"
#include "backstay-overview.h"
#include "backstay-recent-view.h"
#include "backstay-secrets.h"
#include "backstay-server-bar.h"
#include "backstay-sidebar.h"
#include "backstay-start-view.h"
#include "backstay-version-view.h"
#include "backstay-window.h"

G_BEGIN_DECLS

/* Where the user is; on a wide window all of them are in sight. What concerns all model types has
 * only two panes, and is where a history is. */
typedef enum
{
  PANE_TYPES,
  PANE_HISTORY,
  PANE_VERSION,
} BackstayWindowPane;

typedef struct _BackstayWindowWatch BackstayWindowWatch;

struct _BackstayWindow
{
  AdwApplicationWindow parent_instance;

  BackstaySecrets         *secrets;    /* %NULL until it is needed. */
  BackstayServer          *server;     /* What the user saved of it; %NULL for any other. */
  BackstayDbConnection    *connection; /* %NULL before there is a server. */
  BackstayRepository      *repository;
  BackstayTypeList        *types;        /* %NULL while there is nothing to see. */
  BackstayRollbackOutcome *last_outcome; /* What can be undone. */
  AdwToast                *toast;        /* What says so; %NULL once it was dismissed. */
  guint                    toast_id;     /* Ends it. */
  guint                    clock_id;     /* Runs while the window can be seen. */
  GCancellable            *cancellable;  /* Non-%NULL while it finds out who one is. */
  BackstayWindowWatch     *watch;        /* What others do there; with @types. */
  BackstaySidebarPlace     place;        /* Where the user was last. */
  char                    *place_type;   /* The model type, if that was it. */
  BackstayWindowPane       pane;
  gboolean                 focus_history; /* Once it has come. */
  gboolean                 opening;       /* While a version is opened that need not be the live one. */
  gboolean                 is_sample;
  gboolean                 keeps_password; /* Once the server took the one that it was given. */

  /* Template children */
  BackstayServerBar     *server_bar;
  BackstayNotice        *server_notice;
  BackstayNotice        *lost_notice; /* For where the sidebar is out of sight. */
  AdwToastOverlay       *toast_overlay;
  BackstayDraftBar      *draft_bar;
  GtkStack              *stack;
  BackstayStartView     *start_view;
  BackstayDatabaseView  *lone_database_view; /* Where there is nothing else to see. */
  AdwLeaflet            *outer_leaflet;
  GtkStack              *pages;
  BackstayOverview      *overview;
  BackstayRecentView    *recent_view;
  BackstayAuditView     *audit_view;
  BackstayIntegrityView *integrity_view;
  BackstayDatabaseView  *database_view;
  AdwLeaflet            *inner_leaflet;
  BackstaySidebar       *sidebar;
  BackstayHistoryView   *history_view;
  BackstayVersionView   *version_view;
};

const char *backstay_window_get_server_label (BackstayWindow *self);
gboolean    backstay_window_has_content (BackstayWindow *self);
void        backstay_window_find_access (BackstayWindow *self);
void        backstay_window_choose_identity (BackstayWindow   *self,
                                             BackstayIdentity *identity);
void        backstay_window_clear_session (BackstayWindow *self);
void        backstay_window_update_lost (BackstayWindow *self);
void        backstay_window_reconnect (BackstayWindow *self);
void        backstay_window_close_questions (BackstayWindow *self);

/* In backstay-window-server.c */
void             backstay_window_open_with_server (BackstayWindow   *self,
                                                   BackstayDbConfig *config,
                                                   BackstayServer   *server);
BackstaySecrets *backstay_window_get_secrets (BackstayWindow *self);
const char      *backstay_window_get_server_key (BackstayWindow *self);
void             backstay_window_update_server_bar (BackstayWindow *self);
void             backstay_window_update_server_notice (BackstayWindow *self);
void             backstay_window_accept_server (BackstayWindow *self);
void             backstay_window_mark (BackstayWindow *self,
                                       AdwWindow      *other);
void             backstay_window_show_access_action (GtkWidget  *widget,
                                                     const char *action_name,
                                                     GVariant   *parameter);
void             backstay_window_keep_password (BackstayWindow *self);
void             backstay_window_ask_for_password (BackstayWindow *self,
                                                   const GError   *error);

/* In backstay-window-actions.c */
void backstay_window_install_actions (GtkWidgetClass *widget_class);
void backstay_window_update_actions (BackstayWindow *self);

/* In backstay-window-clock.c */
void backstay_window_start_clock (BackstayWindow *self);
void backstay_window_stop_clock (BackstayWindow *self);

/* In backstay-window-compare.c */
void backstay_window_install_compare_actions (GtkWidgetClass *widget_class);
void backstay_window_update_compare_actions (BackstayWindow *self);

/* In backstay-window-editor.c */
void backstay_window_new_version_action (GtkWidget  *widget,
                                         const char *action_name,
                                         GVariant   *parameter);
void backstay_window_new_version_from_file (BackstayWindow *self,
                                            GFile          *file);
void backstay_window_offer_drafts (BackstayWindow *self);

/* In backstay-window-navigation.c */
void backstay_window_show_place (BackstayWindow *self);
void backstay_window_remember_place (BackstayWindow *self);
void backstay_window_restore_place (BackstayWindow *self);
void backstay_window_open_version (BackstayWindow  *self,
                                   BackstayVersion *version);
void backstay_window_update_navigation (BackstayWindow *self,
                                        gboolean        can_write);
void backstay_window_install_navigation (GtkWidgetClass *widget_class);

/* In backstay-window-pages.c */
void     backstay_window_bind_pages (GtkWidgetClass *widget_class);
void     backstay_window_open_pages (BackstayWindow *self);
void     backstay_window_reload_pages (BackstayWindow *self);
void     backstay_window_show_audit (BackstayWindow *self);
void     backstay_window_check_integrity (BackstayWindow *self);
void     backstay_window_clear_pages (BackstayWindow *self);
gboolean backstay_window_has_loading_page (BackstayWindow *self);
gboolean backstay_window_shows_lone_database (BackstayWindow *self);
void     backstay_window_reload_lone_database (BackstayWindow *self);
void     backstay_window_update_pages (BackstayWindow *self);

/* In backstay-window-panes.c */
void backstay_window_bind_panes (GtkWidgetClass *widget_class);
void backstay_window_go_to (BackstayWindow    *self,
                            BackstayWindowPane pane);

/* In backstay-window-report.c */
void backstay_window_install_report_action (GtkWidgetClass *widget_class);
void backstay_window_update_report_action (BackstayWindow *self);

/* In backstay-window-matrix.c */
void backstay_window_compare_live_action (GtkWidget  *widget,
                                          const char *action_name,
                                          GVariant   *parameter);

/* In backstay-window-transfer.c */
void backstay_window_install_transfer_actions (GtkWidgetClass *widget_class);
void backstay_window_take_files (BackstayWindow *self);
void backstay_window_update_transfer_actions (BackstayWindow *self,
                                              gboolean        can_write);

/* In backstay-window-rollback.c */
void backstay_window_reload_lists (BackstayWindow *self);
void backstay_window_forget_outcome (BackstayWindow *self);
void backstay_window_check_undo (BackstayWindow *self);
void backstay_window_end_change (BackstayWindow          *self,
                                 BackstayRepository      *repository,
                                 const char              *server,
                                 BackstayRollbackOutcome *outcome,
                                 const char              *title);
void backstay_window_activate_action (GtkWidget  *widget,
                                      const char *action_name,
                                      GVariant   *parameter);
void backstay_window_roll_back_action (GtkWidget  *widget,
                                       const char *action_name,
                                       GVariant   *parameter);
void backstay_window_undo_action (GtkWidget  *widget,
                                  const char *action_name,
                                  GVariant   *parameter);

/* In backstay-window-watch.c */
void     backstay_window_install_watch_signals (BackstayWindowClass *klass);
void     backstay_window_start_watching (BackstayWindow *self);
void     backstay_window_stop_watching (BackstayWindow *self);
gboolean backstay_window_has_update (BackstayWindow *self);
void     backstay_window_note_own (BackstayWindow *self,
                                   const char     *id);

G_END_DECLS
