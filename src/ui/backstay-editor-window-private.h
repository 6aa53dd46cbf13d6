/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-diff-view.h"
#include "backstay-draft-file.h"
#include "backstay-editor-view.h"
#include "backstay-editor-window.h"
#include "backstay-notice.h"

G_BEGIN_DECLS

struct _BackstayEditorWindow
{
  AdwWindow parent_instance;

  BackstayRepository *repository;
  GStrv               model_types; /* The ones that there are. */
  char               *server_key;  /* What its settings are kept by. */
  char               *server;
  char               *identity;

  /* What it is compared with */
  char                  *base_id; /* Empty where that is what is live. */
  BackstayConfiguration *base;    /* %NULL while it has not come, or there is none. */
  GPtrArray             *active;  /* Of BackstayVersion, of the type; %NULL while that is not known. */
  GCancellable          *load_cancellable;
  guint                  load_id;
  gboolean               compared; /* Whether there was a valid text to compare with it. */

  /* Saving */
  BackstayJson *sent;            /* What was sent last. */
  GCancellable *run_cancellable; /* Non-%NULL while the server is at it. */
  gboolean      saved;

  /* The draft */
  BackstayDraftFile *file;
  gint64             edited_at; /* In microseconds since 1970. */
  guint              draft_id;
  gboolean           draft_saving;
  gboolean           draft_failed;
  gboolean           modified; /* Whether something would be lost. */
  gboolean           stale;    /* Whether the draft on disk is not what is here. */
  gboolean           closing;  /* Whether to close once the draft is on disk. */
  gboolean           loading;  /* Whether what changes was not typed. */

  GCancellable *drop_cancellable; /* Non-%NULL while a file that was dropped is read. */

  guint    close_id;
  guint    layout_id;
  gboolean wide;

  /* Template children */
  AdwWindowTitle     *title;
  GtkButton          *save_button;
  GtkSpinner         *spinner;
  BackstayNotice     *notice;
  BackstayNotice     *look_alike_notice;
  GtkOrientable      *fields_box;
  GtkEditable        *type_row;
  GtkMenuButton      *types_button;
  GtkEditable        *name_row;
  GtkEditable        *notes_row;
  AdwActionRow       *activate_row;
  GtkSwitch          *activate_switch;
  GtkPaned           *paned;
  BackstayEditorView *editor;
  GtkLabel           *diff_heading;
  BackstayDiffView   *diff_view;
  GtkLabel           *problem_label;
};

/* In backstay-editor-window.c */
void backstay_editor_window_update (BackstayEditorWindow *self);

/* In backstay-editor-window-compare.c */
void backstay_editor_window_compare (BackstayEditorWindow *self);
void backstay_editor_window_load (BackstayEditorWindow *self);

/* In backstay-editor-window-save.c */
void backstay_editor_window_save_action (GtkWidget  *widget,
                                         const char *action_name,
                                         GVariant   *parameter);

/* In backstay-editor-window-draft.c */
void     backstay_editor_window_touch (BackstayEditorWindow *self);
void     backstay_editor_window_keep (BackstayEditorWindow *self);
void     backstay_editor_window_drop_draft (BackstayEditorWindow *self);
gboolean backstay_editor_window_close_request (GtkWindow *window);

G_END_DECLS
