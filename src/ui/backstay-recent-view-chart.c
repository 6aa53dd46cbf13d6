/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-recent-view-chart"

#include "config.h"

#include "backstay-recent-view-private.h"

#include <glib/gi18n-lib.h>

/* How much was made when, above the list of it. */

static guint
count_all (BackstayRecentView *self)
{
  guint n_buckets = backstay_time_buckets_get_n (backstay_change_sums_get_buckets (self->sums));
  guint n = backstay_change_sums_get_n_later (self->sums);

  for (guint i = 0; i < n_buckets; i++)
    n += backstay_change_sums_get_total (self->sums, i);

  return n;
}

static char *
dup_total (BackstayRecentView *self)
{
  guint            n = count_all (self);
  guint            n_later = backstay_change_sums_get_n_later (self->sums);
  g_autofree char *span = backstay_recent_bar_dup_span_label (self->bar);
  g_autofree char *total = NULL;
  g_autofree char *later = NULL;

  /* Translators: the second is a time, such as "in the last 7 days". */
  total = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u change %s", "%u changes %s", n), n, span);

  if (n_later == 0)
    return g_steal_pointer (&total);

  later = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u dated in the future", "%u dated in the future", n_later),
                           n_later);

  return g_strdup_printf ("%s, %s", total, later);
}

/* What is pointed to, else what is chosen, else all. */
void
backstay_recent_view_update_detail (BackstayRecentView *self)
{
  guint            bucket = backstay_changes_chart_get_pointed (self->chart);
  g_autofree char *detail = NULL;

  if (self->sums == NULL)
    return;

  if (bucket == BACKSTAY_CHANGES_CHART_NONE)
    bucket = self->bucket;

  if (bucket != BACKSTAY_CHANGES_CHART_NONE)
    detail = backstay_change_sums_dup_sentence (self->sums, bucket);
  else
    detail = dup_total (self);

  gtk_label_set_label (self->detail_label, detail);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->detail_label), detail);
}

static void
update_chart_page (BackstayRecentView *self)
{
  gboolean is_table = gtk_toggle_button_get_active (self->table_button);

  gtk_stack_set_visible_child_name (self->chart_stack, is_table ? "table" : "chart");
}

/* Shows the counts of the chosen creator. */
void
backstay_recent_view_update_chart (BackstayRecentView *self)
{
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_bar_dup_filter (self->bar);

  g_clear_pointer (&self->sums, backstay_change_sums_unref);
  if (self->counts != NULL)
    self->sums = backstay_change_counts_sum (self->counts, filter->any_creator, filter->creator_id);

  backstay_changes_chart_set_sums (self->chart, self->sums);
  backstay_changes_table_set_sums (self->table, self->sums);
  backstay_changes_legend_set_sums (self->legend, self->sums);
  gtk_widget_set_visible (self->chart_box, self->sums != NULL && count_all (self) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->table_button), gtk_widget_get_visible (self->chart_box));
  backstay_recent_view_update_detail (self);
}

static void
counted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayRecentView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayChangeCounts) counts = NULL;
  g_autoptr (GError) error = NULL;

  counts = backstay_repository_count_changes_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->counts, backstay_change_counts_unref);
  self->counts = g_steal_pointer (&counts);

  if (self->counts != NULL)
    backstay_recent_bar_set_counts (self->bar, self->counts);
  else if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), "failed"))
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));

  backstay_recent_view_update_chart (self);
}

void
backstay_recent_view_stop_counting (BackstayRecentView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
backstay_recent_view_load_counts (BackstayRecentView *self)
{
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_bar_dup_filter (self->bar);
  g_autoptr (BackstayTimeBuckets) buckets = backstay_recent_bar_dup_buckets (self->bar);

  backstay_recent_view_stop_counting (self);
  self->cancellable = g_cancellable_new ();
  backstay_repository_count_changes_async (self->repository, filter, buckets, self->cancellable,
                                           counted_cb, self);
}

void
backstay_recent_view_bind_chart (GtkWidgetClass *widget_class)
{
  g_type_ensure (BACKSTAY_TYPE_CHANGES_CHART);
  g_type_ensure (BACKSTAY_TYPE_CHANGES_LEGEND);
  g_type_ensure (BACKSTAY_TYPE_CHANGES_TABLE);

  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, table_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, chart_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, detail_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, chart_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, legend);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, table);
  gtk_widget_class_bind_template_callback (widget_class, backstay_recent_view_update_detail);
  gtk_widget_class_bind_template_callback (widget_class, update_chart_page);
}
