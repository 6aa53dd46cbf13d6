/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-recent-view"

#include "config.h"

#include "backstay-recent-view-private.h"

#include "backstay-compat.h"
#include "backstay-focus.h"
#include "backstay-loading.h"
#include "backstay-recent-row.h"
#include "backstay-row-factory.h"

#include <glib/gi18n-lib.h>

#define NONE BACKSTAY_CHANGES_CHART_NONE

/**
 * BackstayRecentView:
 *
 * What was made lately, of all model types: a chart, and the versions below it, newest first.
 */

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

enum
{
  SIGNAL_VERSION_ACTIVATED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayRecentView, backstay_recent_view, GTK_TYPE_WIDGET)

/* The list */

static void
show_empty (BackstayRecentView *self)
{
  g_autofree char *span = backstay_recent_bar_dup_span_label (self->bar);
  const char      *longer = backstay_recent_bar_get_longer (self->bar);
  g_autofree char *title = NULL;

  /* Translators: a time, such as "in the last 7 days". */
  title = g_strdup_printf (_ ("No changes %s"), span);
  adw_status_page_set_title (self->empty_page, title);
  gtk_widget_set_visible (GTK_WIDGET (self->longer_button), longer != NULL);
  if (longer != NULL)
    gtk_button_set_label (self->longer_button, longer);

  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show_failure (BackstayRecentView *self,
              const GError       *error)
{
  /* A status page's description is markup. */
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");

  /* Not twice, if the chart failed, too. */
  backstay_notice_hide (self->notice);
}

static void
loading_changed_cb (BackstayRecentView *self)
{
  const GError *error = backstay_history_list_get_error (self->list);

  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (backstay_history_list_get_loading (self->list))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else if (error != NULL)
    show_failure (self, error);
  else
    show_empty (self);

  /* A page below those that are there. */
  if (error != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
}

static void
set_list (BackstayRecentView  *self,
          BackstayHistoryList *list)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, loading_changed_cb, self);

  gtk_list_view_set_model (self->list_view, NULL);
  g_set_object (&self->list, list);

  if (list == NULL)
    return;

  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (list)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (loading_changed_cb), self,
                           G_CONNECT_SWAPPED);
  backstay_history_list_load_more (list);
  loading_changed_cb (self);
}

/* The chosen bar's part of the chosen time, where there is one. */
static void
load_list (BackstayRecentView *self)
{
  g_autoptr (BackstayRecentFilter) filter = backstay_recent_bar_dup_filter (self->bar);
  g_autoptr (BackstayHistoryList) list = NULL;
  g_autofree char *age = g_strdup (filter->age);

  if (self->bucket != NONE)
    {
      BackstayTimeBuckets *buckets = backstay_change_sums_get_buckets (self->sums);
      GDateTime           *start = backstay_time_buckets_get_start (buckets, self->bucket);
      g_autoptr (GDateTime) since = NULL;

      if (filter->since != NULL && g_date_time_compare (filter->since, start) > 0)
        start = filter->since;

      since = g_date_time_ref (start);
      backstay_recent_filter_set_span (filter, age, since,
                                       backstay_time_buckets_get_end (buckets, self->bucket));
    }

  list = backstay_history_list_new_recent (self->repository, filter);
  set_list (self, list);
}

static void
choose_bucket (BackstayRecentView *self,
               guint               bucket)
{
  self->bucket = bucket;
  backstay_changes_chart_set_selected (self->chart, bucket);
  gtk_widget_set_visible (self->all_button, bucket != NONE);
  backstay_recent_view_update_detail (self);
}

static void
load_all (BackstayRecentView *self)
{
  if (self->repository == NULL)
    return;

  backstay_notice_hide (self->notice);
  choose_bucket (self, NONE);
  backstay_recent_view_load_counts (self);
  load_list (self);
}

static void
span_changed_cb (BackstayRecentView *self)
{
  load_all (self);
}

static void
creator_changed_cb (BackstayRecentView *self)
{
  if (self->repository == NULL)
    return;

  backstay_recent_view_update_chart (self);
  choose_bucket (self, NONE);
  load_list (self);
}

/* Choosing it once more shows all again. */
static void
bucket_activated_cb (BackstayRecentView *self,
                     guint               bucket)
{
  choose_bucket (self, bucket != self->bucket ? bucket : NONE);
  load_list (self);
}

static void
all_clicked_cb (BackstayRecentView *self)
{
  choose_bucket (self, NONE);
  load_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
longer_clicked_cb (BackstayRecentView *self)
{
  backstay_recent_bar_choose_longer (self->bar);
}

static void
try_again_cb (BackstayRecentView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.reload", NULL);
}

static void
row_activated_cb (BackstayRecentView *self,
                  guint               position)
{
  g_autoptr (BackstayVersion) version = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  g_signal_emit (self, signals[SIGNAL_VERSION_ACTIVATED], 0, version);
}

/* After the row has its version: what is above it decides whether its day is told. */
static void
bind_cb (BackstayRecentView *self,
         GtkListItem        *list_item)
{
  guint position = gtk_list_item_get_position (list_item);
  g_autoptr (BackstayVersion) previous = NULL;

  if (position > 0)
    previous = g_list_model_get_item (G_LIST_MODEL (self->list), position - 1);

  backstay_recent_row_set_previous (BACKSTAY_RECENT_ROW (gtk_list_item_get_child (list_item)), previous);
}

static gboolean
backstay_recent_view_grab_focus (GtkWidget *widget)
{
  BackstayRecentView *self = BACKSTAY_RECENT_VIEW (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->list_view)) && gtk_widget_grab_focus (GTK_WIDGET (self->list_view)))
    return TRUE;

  return backstay_focus_into (GTK_WIDGET (self->bar));
}

static void
set_folded (BackstayRecentView *self,
            gboolean            folded)
{
  gtk_widget_set_visible (self->back_button, folded);
  adw_header_bar_set_show_start_title_buttons (self->header_bar, folded);
}

static void
backstay_recent_view_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_FOLDED:
      set_folded (BACKSTAY_RECENT_VIEW (object), g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
backstay_recent_view_dispose (GObject *object)
{
  BackstayRecentView *self = BACKSTAY_RECENT_VIEW (object);

  if (self->list_view != NULL)
    set_list (self, NULL);
  backstay_recent_view_stop_counting (self);
  g_clear_pointer (&self->counts, backstay_change_counts_unref);
  g_clear_pointer (&self->sums, backstay_change_sums_unref);
  g_clear_object (&self->repository);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_RECENT_VIEW);

  G_OBJECT_CLASS (backstay_recent_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-recent-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, header_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, all_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, chart);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, longer_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, failed_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayRecentView, list_view);
  gtk_widget_class_bind_template_callback (widget_class, span_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, creator_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, bucket_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, longer_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
backstay_recent_view_class_init (BackstayRecentViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_recent_view_dispose;
  object_class->set_property = backstay_recent_view_set_property;
  widget_class->grab_focus = backstay_recent_view_grab_focus;

  /**
   * BackstayRecentView:folded:
   *
   * Whether the sidebar is out of sight, so that a way back is needed.
   */
  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL,
                          FALSE,
                          G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayRecentView::version-activated:
   * @version: a version
   *
   * Emitted when the user wants to go to a version.
   */
  signals[SIGNAL_VERSION_ACTIVATED] =
    g_signal_new ("version-activated",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_VERSION);

  g_type_ensure (BACKSTAY_TYPE_LOADING);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_RECENT_BAR);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  backstay_recent_view_bind_chart (widget_class);
}

static void
backstay_recent_view_init (BackstayRecentView *self)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  self->bucket = NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);
  set_folded (self, FALSE);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_RECENT_ROW);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
}

/**
 * backstay_recent_view_show:
 * @repository: (nullable): where to load from; %NULL to show nothing
 *
 * Shows what was made lately. Where that is shown already, it stays.
 */
void
backstay_recent_view_show (BackstayRecentView *self,
                           BackstayRepository *repository)
{
  g_return_if_fail (BACKSTAY_IS_RECENT_VIEW (self));

  if (!g_set_object (&self->repository, repository))
    return;

  backstay_recent_view_stop_counting (self);
  g_clear_pointer (&self->counts, backstay_change_counts_unref);
  self->bucket = NONE;
  backstay_recent_view_update_chart (self);
  set_list (self, NULL);
  load_all (self);
}

/**
 * backstay_recent_view_reload:
 *
 * Loads it again, if anybody has looked.
 */
void
backstay_recent_view_reload (BackstayRecentView *self)
{
  g_return_if_fail (BACKSTAY_IS_RECENT_VIEW (self));

  load_all (self);
}

/**
 * backstay_recent_view_tell_changed:
 *
 * Tells that somebody changed something. What is shown stays until it is asked for again.
 */
void
backstay_recent_view_tell_changed (BackstayRecentView *self)
{
  g_return_if_fail (BACKSTAY_IS_RECENT_VIEW (self));

  if (self->list == NULL || backstay_recent_view_get_loading (self) || gtk_widget_get_visible (GTK_WIDGET (self->notice)))
    return;

  backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO,
                        _ ("Something was changed since this list was loaded."), _ ("Load Again"));
}

/**
 * backstay_recent_view_get_loading:
 *
 * Returns: whether something is on its way
 */
gboolean
backstay_recent_view_get_loading (BackstayRecentView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_RECENT_VIEW (self), FALSE);

  return self->cancellable != NULL || (self->list != NULL && backstay_history_list_get_loading (self->list));
}
