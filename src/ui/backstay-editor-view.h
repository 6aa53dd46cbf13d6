/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-json.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BACKSTAY_EDITOR_MAX_SIZE:
 *
 * How many bytes can be edited. A larger text is saved as it is.
 */
#define BACKSTAY_EDITOR_MAX_SIZE (2 * 1024 * 1024)

/**
 * BACKSTAY_EDITOR_MAX_LINE:
 *
 * How many bytes a line may have to be edited: a text view takes a minute for a line of 100,000.
 */
#define BACKSTAY_EDITOR_MAX_LINE (16 * 1024)

#define BACKSTAY_TYPE_EDITOR_VIEW (backstay_editor_view_get_type ())

G_DECLARE_FINAL_TYPE (BackstayEditorView, backstay_editor_view, BACKSTAY, EDITOR_VIEW, GtkWidget)

void           backstay_editor_view_set_text (BackstayEditorView *self,
                                              const char         *text);
void           backstay_editor_view_replace_text (BackstayEditorView *self,
                                                  const char         *text);
char          *backstay_editor_view_dup_text (BackstayEditorView *self) G_GNUC_WARN_UNUSED_RESULT;
GtkTextBuffer *backstay_editor_view_get_buffer (BackstayEditorView *self);
void           backstay_editor_view_set_editable (BackstayEditorView *self,
                                                  gboolean            editable);
gboolean       backstay_editor_view_get_checking (BackstayEditorView *self);
BackstayJson  *backstay_editor_view_get_json (BackstayEditorView *self);
BackstayJson  *backstay_editor_view_get_stored_json (BackstayEditorView *self);
void           backstay_editor_view_show_error (BackstayEditorView *self,
                                                const GError       *error);
void           backstay_editor_view_open_search (BackstayEditorView *self);

G_END_DECLS
