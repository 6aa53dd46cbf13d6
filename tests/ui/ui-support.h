/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-window.h"
#include "support-server.h"
#include "ui-widgets.h"

G_BEGIN_DECLS

/* Who waits, and for what. */
typedef struct
{
  const char *where;
  const char *what;
  gint64      deadline;
  guint       tick_id;
} UiWait;

void ui_wait_begin (UiWait     *wait,
                    const char *where,
                    const char *what);
void ui_wait_step (UiWait *wait);
void ui_wait_end (UiWait *wait);

/* Runs the main loop until an expression holds. It may depend on what happens outside. */
#define ui_wait_until(expression)                    \
  G_STMT_START                                       \
  {                                                  \
    UiWait ui_wait;                                  \
    ui_wait_begin (&ui_wait, G_STRLOC, #expression); \
    while (!(expression))                            \
      ui_wait_step (&ui_wait);                       \
    ui_wait_end (&ui_wait);                          \
  }                                                  \
  G_STMT_END

void            ui_init (int    *argc,
                         char ***argv);
int             ui_run_tests (void);
GtkApplication *ui_get_application (void);
BackstayWindow *ui_new_window (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayWindow *ui_open_window (BackstayDbConfig *config,
                                const char       *profile,
                                gboolean          is_sample) G_GNUC_WARN_UNUSED_RESULT;
BackstayWindow *ui_open_overview (void) G_GNUC_WARN_UNUSED_RESULT;
BackstayWindow *ui_open_sample (void) G_GNUC_WARN_UNUSED_RESULT;
void            ui_select_newest_type (BackstayWindow *window);
void            ui_wait_until_ready (BackstayWindow *window);
void            ui_wait_frames (gpointer widget,
                                guint    n);
void            ui_resize_window (gpointer window,
                                  int      width,
                                  int      height);
void            ui_close_window (gpointer window);
void            ui_select_type (BackstayWindow *window,
                                const char     *model_type);
void            ui_select_version (BackstayWindow *window,
                                   const char     *id);
const char     *ui_get_selected_id (BackstayWindow *window);
char           *ui_dup_id (const char *config_name) G_GNUC_WARN_UNUSED_RESULT;
gpointer        ui_find_window (GType type);
gpointer        ui_wait_for_window (GType type);
char           *ui_read_clipboard (gpointer widget) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
