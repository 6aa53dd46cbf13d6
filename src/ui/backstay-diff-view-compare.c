/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view"

#include "config.h"

#include "backstay-diff-view-private.h"

#include <glib/gi18n-lib.h>

/* Comparing, in a thread that tells how far it has come and can be stopped. */

#define PROGRESS_MSEC 100

typedef struct
{
  BackstayJson *before;
  BackstayJson *after;
  GCancellable *cancellable;
  gint         *progress;
  gboolean      everything;
  gboolean      spelling;
  guint         n_context;
} Comparison;

static void
comparison_free (Comparison *self)
{
  backstay_json_unref (self->before);
  backstay_json_unref (self->after);
  g_object_unref (self->cancellable);
  g_atomic_rc_box_release (self->progress);
  g_free (self);
}

static gboolean
go_on (gsize    n_done,
       gsize    n_total,
       gpointer user_data)
{
  Comparison *self = user_data;

  g_atomic_int_set (self->progress, n_total > 0 ? (gint) (100.0 * (double) n_done / (double) n_total) : 0);

  return !g_cancellable_is_cancelled (self->cancellable);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Comparison *self = task_data;
  GError     *error = NULL;
  g_autoptr (BackstayDiff) diff = backstay_diff_new (self->before, self->after, NULL, go_on, self, &error);

  if (diff == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           backstay_diff_tree_new (diff, self->everything, self->spelling, self->n_context),
                           g_object_unref);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayDiffView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayDiffTree) tree = NULL;
  g_autoptr (GError) error = NULL;

  tree = g_task_propagate_pointer (G_TASK (result), &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    backstay_diff_view_compared (self, tree, error);
}

static gboolean
progress_cb (gpointer user_data)
{
  BackstayDiffView *self = user_data;
  gint              percent = g_atomic_int_get (self->progress);
  g_autofree char  *text = NULL;

  if (percent == 0)
    return G_SOURCE_CONTINUE;

  /* Translators: how much is done, per cent. */
  text = g_strdup_printf (_ ("Comparing… %d %%"), percent);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, percent / 100.0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), TRUE);

  return G_SOURCE_CONTINUE;
}

/* Compares what there is to compare. */
void
backstay_diff_view_begin (BackstayDiffView *self)
{
  g_autoptr (GTask) task = NULL;
  Comparison *comparison;

  self->cancellable = g_cancellable_new ();
  self->progress = g_atomic_rc_box_new0 (gint);
  self->progress_id = g_timeout_add (PROGRESS_MSEC, progress_cb, self);

  comparison = g_new0 (Comparison, 1);
  comparison->before = backstay_json_ref (self->before);
  comparison->after = backstay_json_ref (self->after);
  comparison->cancellable = g_object_ref (self->cancellable);
  comparison->progress = g_atomic_rc_box_acquire (self->progress);
  comparison->everything = gtk_toggle_button_get_active (self->everything_button);
  comparison->spelling = gtk_toggle_button_get_active (self->spelling_button);
  comparison->n_context = self->n_context;

  task = g_task_new (NULL, self->cancellable, compared_cb, self);
  g_task_set_source_tag (task, backstay_diff_view_begin);
  g_task_set_task_data (task, comparison, (GDestroyNotify) comparison_free);
  g_task_run_in_thread (task, compare_thread);
}

/* Stops comparing, if it does. */
void
backstay_diff_view_stop (BackstayDiffView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_pointer (&self->progress, g_atomic_rc_box_release);
}
