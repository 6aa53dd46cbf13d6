/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view"

#include "config.h"

#include "backstay-diff-view-private.h"

#include "backstay-diff-export.h"
#include "backstay-json-item.h"
#include "backstay-json-path.h"

#include <glib/gi18n-lib.h>

/* What can be copied: of the selected row, and of all changes. */

static void
toast_gone_cb (BackstayDiffView *self)
{
  g_clear_object (&self->toast);
}

/* One at a time: who copies twice wants to read of the second. */
static void
say (BackstayDiffView *self,
     const char       *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (self->toast != NULL)
    {
      adw_toast_set_title (self->toast, escaped);
      return;
    }

  self->toast = g_object_ref (adw_toast_new (escaped));
  adw_toast_set_timeout (self->toast, 4);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (toast_gone_cb), self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toast_overlay, self->toast);
}

static void
copy (BackstayDiffView *self,
      const char       *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static char *
dup_plain_value (BackstayJson    *json,
                 BackstayJsonNode node)
{
  g_autoptr (BackstayJsonItem) item = NULL;

  if (node == BACKSTAY_JSON_NODE_NONE)
    return NULL;

  item = backstay_json_item_new (json, node, FALSE);

  return backstay_json_item_dup_plain_value (item);
}

/* Where nothing happened at the row itself, its place and its value. */
static char *
dup_sentence (BackstayDiffItem *item)
{
  g_auto (BackstayDiffValue) before = { NULL };
  g_auto (BackstayDiffValue) after = { NULL };
  g_autofree char *words = NULL;
  g_autofree char *path = NULL;
  g_autofree char *sentences = NULL;

  if (backstay_diff_item_get_row (item) != BACKSTAY_DIFF_ROW_NONE)
    sentences = backstay_diff_dup_sentences (backstay_diff_item_get_diff (item),
                                             backstay_diff_item_get_row (item));

  if (sentences != NULL && *sentences != '\0')
    return g_steal_pointer (&sentences);

  if (backstay_diff_item_get_is_hidden (item))
    return backstay_diff_item_dup_key (item);

  path = backstay_diff_item_dup_path (item);
  backstay_diff_item_get_values (item, &before, &after, &words);

  return g_strdup_printf ("%s: %s", path, after.text != NULL ? after.text : before.text);
}

static char *
dup_pointer (BackstayDiffItem *item)
{
  BackstayDiff    *diff = backstay_diff_item_get_diff (item);
  BackstayJsonNode after = backstay_diff_item_get_after_node (item);

  if (after != BACKSTAY_JSON_NODE_NONE)
    return backstay_json_dup_pointer (backstay_diff_get_after (diff), after);

  return backstay_json_dup_pointer (backstay_diff_get_before (diff),
                                    backstay_diff_item_get_before_node (item));
}

void
backstay_diff_view_copy_action (GtkWidget  *widget,
                                const char *action_name,
                                GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  BackstayDiffItem *item = gtk_single_selection_get_selected_item (backstay_diff_view_get_selection (self));
  g_autofree char  *text = NULL;

  if (g_str_equal (action_name, "diff.copy-before"))
    text = dup_plain_value (backstay_diff_get_before (self->diff), backstay_diff_item_get_before_node (item));
  else if (g_str_equal (action_name, "diff.copy-after"))
    text = dup_plain_value (backstay_diff_get_after (self->diff), backstay_diff_item_get_after_node (item));
  else if (g_str_equal (action_name, "diff.copy-path"))
    text = dup_pointer (item);
  else
    text = dup_sentence (item);

  if (text == NULL)
    return;

  copy (self, g_str_equal (action_name, "diff.copy-sentence") ? g_strchomp (text) : text);
  say (self, _ ("Copied"));
}

static void
exported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayDiffView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = backstay_diff_export_finish (result, &error);
  g_autofree char   *done = NULL;
  BackstayDiffCounts counts;
  guint              n;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->copy_cancellable);

  if (text == NULL)
    {
      say (self, error->message);
      return;
    }

  backstay_diff_get_counts (self->diff, 0, &counts);
  n = counts.n_added + counts.n_removed + counts.n_changed + counts.n_moved + counts.n_respelt;
  done = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Copied %u change", "Copied %u changes", n), n);
  copy (self, text);
  say (self, done);
}

void
backstay_diff_view_copy_all_action (GtkWidget  *widget,
                                    const char *action_name,
                                    GVariant   *parameter)
{
  BackstayDiffView        *self = BACKSTAY_DIFF_VIEW (widget);
  BackstayDiffExportFormat format = BACKSTAY_DIFF_EXPORT_FORMAT_SENTENCES;

  if (g_str_equal (action_name, "diff.copy-json-patch"))
    format = BACKSTAY_DIFF_EXPORT_FORMAT_JSON_PATCH;
  else if (g_str_equal (action_name, "diff.copy-merge-patch"))
    format = BACKSTAY_DIFF_EXPORT_FORMAT_MERGE_PATCH;

  g_cancellable_cancel (self->copy_cancellable);
  g_clear_object (&self->copy_cancellable);
  self->copy_cancellable = g_cancellable_new ();
  backstay_diff_export_async (self->diff, format, self->copy_cancellable, exported_cb, self);
}
