/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view"

#include "config.h"

#include "backstay-diff-view.h"

#include "backstay-compat.h"
#include "backstay-diff-line.h"
#include "backstay-diff-sentences.h"
#include "backstay-diff-tree.h"
#include "backstay-row-factory.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* With less room than this the values stand below each other. */
#define NARROW_WIDTH 500

/**
 * BackstayDiffView:
 *
 * What differs between two configurations, value by value.
 */
struct _BackstayDiffView
{
  GtkWidget parent_instance;

  BackstayDiff     *diff; /* %NULL until it was found. */
  BackstayDiffTree *tree;
  GCancellable     *cancellable; /* Non-%NULL while it is comparing. */
  GArray           *changes;     /* Of BackstayDiffRow. */
  guint             layout_id;
  gboolean          narrow;

  /* Template children */
  GtkStack          *stack;
  AdwStatusPage     *message_page;
  GtkLabel          *position_label;
  GtkLabel          *summary_label;
  GtkToggleButton   *spelling_button;
  GtkToggleButton   *everything_button;
  GtkBox            *heading_box;
  GtkWidget         *key_heading;
  GtkLabel          *before_heading;
  GtkLabel          *after_heading;
  GtkScrolledWindow *scrolled_window;
  GtkListView       *list_view;
};

G_DEFINE_FINAL_TYPE (BackstayDiffView, backstay_diff_view, GTK_TYPE_WIDGET)

typedef struct
{
  BackstayJson *before;
  BackstayJson *after;
} Sides;

static void
sides_free (Sides *sides)
{
  backstay_json_unref (sides->before);
  backstay_json_unref (sides->after);
  g_free (sides);
}

static GtkSingleSelection *
get_selection (BackstayDiffView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

static void
select_position (BackstayDiffView *self,
                 guint             position)
{
  gtk_single_selection_set_selected (get_selection (self), position);
  backstay_compat_scroll_to (self->list_view, position);
}

static void
show_summary (BackstayDiffView *self)
{
  BackstayDiffCounts counts;
  g_autofree char   *summary = NULL;
  g_autofree char   *spelling = NULL;

  backstay_diff_get_counts (self->diff, 0, &counts);
  summary = backstay_diff_counts_dup_summary (&counts);
  gtk_label_set_label (self->summary_label, summary);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diff.next-change", self->changes->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diff.previous-change", self->changes->len > 0);
  gtk_label_set_label (self->position_label, "");

  /* Translators: how many values are equal, but spelt otherwise, such as 1 and 1.0. */
  spelling = g_strdup_printf (_ ("%u spelling only"), counts.n_respelt);
  gtk_button_set_label (GTK_BUTTON (self->spelling_button), spelling);
  gtk_widget_set_visible (GTK_WIDGET (self->spelling_button), counts.n_respelt > 0);
}

static void
rebuild (BackstayDiffView *self)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  if (self->diff == NULL)
    return;

  g_clear_object (&self->tree);
  self->tree = backstay_diff_tree_new (self->diff,
                                       gtk_toggle_button_get_active (self->everything_button),
                                       gtk_toggle_button_get_active (self->spelling_button));

  /* In this order, or the first row would be selected. */
  selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (self->tree));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
}

/* One change is one stop for the next and previous buttons. */
static void
list_changes (BackstayDiffView *self)
{
  BackstayDiffRow row = 0;

  g_array_set_size (self->changes, 0);

  /* The root itself can be the change. */
  if (backstay_diff_get_kind (self->diff, 0) != BACKSTAY_DIFF_KIND_MODIFIED &&
      backstay_diff_get_kind (self->diff, 0) != BACKSTAY_DIFF_KIND_RESPELT)
    g_array_append_val (self->changes, row);

  while ((row = backstay_diff_find_change (self->diff, row, 1)) != BACKSTAY_DIFF_ROW_NONE)
    g_array_append_val (self->changes, row);
}

/* How many changes come before a row. */
static guint
count_changes_before (BackstayDiffView *self,
                      BackstayDiffRow   row)
{
  guint low = 0;
  guint high = self->changes->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->changes, BackstayDiffRow, middle) < row)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static gboolean
go_on (gsize    done,
       gsize    total,
       gpointer cancellable)
{
  return !g_cancellable_is_cancelled (cancellable);
}

static void
compare_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Sides        *sides = task_data;
  BackstayDiff *diff;
  GError       *error = NULL;

  diff = backstay_diff_new (sides->before, sides->after, NULL, go_on, cancellable, &error);

  if (diff != NULL)
    g_task_return_pointer (task, diff, (GDestroyNotify) backstay_diff_unref);
  else
    g_task_return_error (task, error);
}

static void
compared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  BackstayDiffView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  BackstayDiff *diff = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (diff == NULL)
    {
      backstay_diff_view_show_message (self, _ ("They Cannot Be Compared"), error->message);
      return;
    }

  self->diff = diff;

  if (backstay_diff_get_kind (diff, 0) == BACKSTAY_DIFF_KIND_UNCHANGED)
    {
      backstay_diff_view_show_message (self, _ ("No Difference"), _ ("The configurations are the same."));
      return;
    }

  list_changes (self);
  show_summary (self);
  rebuild (self);
  gtk_stack_set_visible_child_name (self->stack, "diff");
}

static void
stop (BackstayDiffView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->diff, backstay_diff_unref);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diff.next-change", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "diff.previous-change", FALSE);
}

/* Rows */

static void
toggle (BackstayDiffView *self,
        guint             position)
{
  g_autoptr (BackstayDiffItem) item = g_list_model_get_item (G_LIST_MODEL (self->tree), position);

  backstay_diff_tree_set_expanded (self->tree, position, !backstay_diff_item_get_expanded (item));
}

static void
toggle_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  guint             position;

  if (backstay_diff_tree_find (self->tree, g_variant_get_uint64 (parameter), &position))
    toggle (self, position);
}

/* From the selected row, or from the one above it that the diff knows, round and round. */
static guint
find_next_change (BackstayDiffView *self,
                  int               step)
{
  guint           position = gtk_single_selection_get_selected (get_selection (self));
  BackstayDiffRow row = BACKSTAY_DIFF_ROW_NONE;
  guint           n = self->changes->len;
  guint           n_before;
  gboolean        is_change;

  if (position != GTK_INVALID_LIST_POSITION)
    row = backstay_diff_tree_get_row_above (self->tree, position);

  if (row == BACKSTAY_DIFF_ROW_NONE)
    return step > 0 ? 0 : n - 1;

  n_before = count_changes_before (self, row);
  is_change = n_before < n && g_array_index (self->changes, BackstayDiffRow, n_before) == row;

  if (step < 0)
    return (n_before + n - 1) % n;

  return (n_before + (is_change ? 1 : 0)) % n;
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  guint             change = find_next_change (self, g_str_equal (action_name, "diff.next-change") ? 1 : -1);
  BackstayDiffRow   row = g_array_index (self->changes, BackstayDiffRow, change);
  g_autofree char  *position = NULL;

  select_position (self, backstay_diff_tree_reveal (self->tree, row));

  /* Translators: the number of a change, and how many there are. */
  position = g_strdup_printf (_ ("%u of %u"), change + 1, self->changes->len);
  gtk_label_set_label (self->position_label, position);
}

static gboolean
key_pressed_cb (BackstayDiffView *self,
                guint             keyval,
                guint             keycode,
                GdkModifierType   state)
{
  guint position = gtk_single_selection_get_selected (get_selection (self));

  if (position == GTK_INVALID_LIST_POSITION ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0 ||
      (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right))
    return GDK_EVENT_PROPAGATE;

  backstay_diff_tree_set_expanded (self->tree, position, keyval == GDK_KEY_Right);

  return GDK_EVENT_STOP;
}

/* The layout */

static gboolean
layout_cb (gpointer user_data)
{
  BackstayDiffView *self = user_data;

  self->layout_id = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->heading_box),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (self->key_heading, !self->narrow);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *line = gtk_widget_get_first_child (row);

      if (BACKSTAY_IS_DIFF_LINE (line))
        backstay_diff_line_set_narrow (BACKSTAY_DIFF_LINE (line), self->narrow);
    }

  return G_SOURCE_REMOVE;
}

static void
backstay_diff_view_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);
  gboolean          narrow = width < NARROW_WIDTH;

  gtk_widget_allocate (GTK_WIDGET (self->stack), width, height, baseline, NULL);

  if (narrow == self->narrow)
    return;

  self->narrow = narrow;
  if (self->layout_id == 0)
    self->layout_id = g_idle_add (layout_cb, self);
}

static void
backstay_diff_view_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (BACKSTAY_DIFF_VIEW (widget)->stack), orientation, for_size,
                      minimum, natural, minimum_baseline, natural_baseline);
}

static void
bind_cb (BackstayDiffView *self,
         GtkListItem      *list_item)
{
  backstay_diff_line_set_narrow (BACKSTAY_DIFF_LINE (gtk_list_item_get_child (list_item)), self->narrow);
}

static void
backstay_diff_view_dispose (GObject *object)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (object);

  if (self->list_view != NULL)
    stop (self);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_DIFF_VIEW);
  self->list_view = NULL;

  G_OBJECT_CLASS (backstay_diff_view_parent_class)->dispose (object);
}

static void
backstay_diff_view_finalize (GObject *object)
{
  g_array_unref (BACKSTAY_DIFF_VIEW (object)->changes);

  G_OBJECT_CLASS (backstay_diff_view_parent_class)->finalize (object);
}

static void
backstay_diff_view_class_init (BackstayDiffViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_diff_view_dispose;
  object_class->finalize = backstay_diff_view_finalize;
  widget_class->size_allocate = backstay_diff_view_size_allocate;
  widget_class->measure = backstay_diff_view_measure;

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-diff-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, message_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, position_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, summary_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, spelling_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, everything_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, heading_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, key_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, before_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, after_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, list_view);
  gtk_widget_class_bind_template_callback (widget_class, rebuild);
  gtk_widget_class_bind_template_callback (widget_class, toggle);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);

  gtk_widget_class_install_action (widget_class, "diff.toggle", "t", toggle_action);
  gtk_widget_class_install_action (widget_class, "diff.next-change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "diff.previous-change", NULL, change_action);
}

static void
backstay_diff_view_init (BackstayDiffView *self)
{
  GtkListItemFactory *factory;

  self->changes = g_array_new (FALSE, FALSE, sizeof (BackstayDiffRow));
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);
  stop (self);

  factory = backstay_row_factory_new (BACKSTAY_TYPE_DIFF_LINE);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
}

/**
 * backstay_diff_view_show_loading:
 *
 * Shows that what is to be compared is on its way.
 */
void
backstay_diff_view_show_loading (BackstayDiffView *self)
{
  g_return_if_fail (BACKSTAY_IS_DIFF_VIEW (self));

  stop (self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/**
 * backstay_diff_view_show_message:
 * @title: what there is to say instead of a difference
 * @text: the same in a sentence
 *
 * Shows that there is nothing to compare.
 */
void
backstay_diff_view_show_message (BackstayDiffView *self,
                                 const char       *title,
                                 const char       *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (BACKSTAY_IS_DIFF_VIEW (self));

  stop (self);
  /* A status page's description is markup. */
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_title (self->message_page, title);
  adw_status_page_set_description (self->message_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

/**
 * backstay_diff_view_compare:
 * @before: the older document
 * @after: the newer document
 * @before_title: what to call the older one
 * @after_title: what to call the newer one
 *
 * Shows what differs between two documents. They are compared in a thread.
 */
void
backstay_diff_view_compare (BackstayDiffView *self,
                            BackstayJson     *before,
                            BackstayJson     *after,
                            const char       *before_title,
                            const char       *after_title)
{
  g_autoptr (GTask) task = NULL;
  Sides *sides;

  g_return_if_fail (BACKSTAY_IS_DIFF_VIEW (self));
  g_return_if_fail (before != NULL && after != NULL);

  backstay_diff_view_show_loading (self);
  gtk_label_set_label (self->before_heading, before_title);
  gtk_label_set_label (self->after_heading, after_title);

  sides = g_new0 (Sides, 1);
  sides->before = backstay_json_ref (before);
  sides->after = backstay_json_ref (after);

  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, compared_cb, self);
  g_task_set_source_tag (task, backstay_diff_view_compare);
  g_task_set_task_data (task, sides, (GDestroyNotify) sides_free);
  g_task_run_in_thread (task, compare_thread);
}

/**
 * backstay_diff_view_get_loading:
 *
 * Returns: whether it is comparing
 */
gboolean
backstay_diff_view_get_loading (BackstayDiffView *self)
{
  g_return_val_if_fail (BACKSTAY_IS_DIFF_VIEW (self), FALSE);

  return self->cancellable != NULL;
}
