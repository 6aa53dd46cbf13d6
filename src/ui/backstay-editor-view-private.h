/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "backstay-editor-view.h"

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* What the parts of the view share. */

struct _BackstayEditorView
{
  GtkWidget parent_instance;

  char         *large_text;  /* What cannot be edited; %NULL where the buffer has the text. */
  BackstayJson *json;        /* What the text says; %NULL while that is not known, or nothing. */
  BackstayJson *stored;      /* What the server makes of it. */
  GCancellable *cancellable; /* Non-%NULL while it is read. */
  guint         check_id;    /* Non-zero while it waits for that. */
  guint         fault_at;    /* Where something is wrong, in characters. */

  GtkSourceSearchContext *search_context;

  /* Template children */
  GtkStack        *stack;
  GtkSearchBar    *search_bar;
  GtkEditable     *search_entry;
  GtkLabel        *match_label;
  GtkSourceView   *source_view;
  GtkSourceBuffer *buffer;
  GtkWidget       *status_button;
  GtkImage        *status_image;
  GtkLabel        *status_label;
  GtkLabel        *plain_label;
};

/* In backstay-editor-view-search.c */
void backstay_editor_view_bind_search (GtkWidgetClass *widget_class);
void backstay_editor_view_init_search (BackstayEditorView *self);

G_END_DECLS
