/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-diff-view"

#include "config.h"

#include "backstay-diff-view-private.h"

#include "backstay-compat.h"
#include "backstay-diff-sentences.h"
#include "backstay-gradual-rows.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayDiffView:
 *
 * What differs between two configurations, value by value.
 *
 * Where somebody listens to its signal `cancelled`, what is loaded before the comparison can be
 * cancelled too, and then asked for again with `again`.
 */

enum
{
  PROP_0,
  PROP_N_CONTEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CANCELLED,
  SIGNAL_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayDiffView, backstay_diff_view, GTK_TYPE_WIDGET)

GtkSingleSelection *
backstay_diff_view_get_selection (BackstayDiffView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list_view));
}

BackstayDiffItem *
backstay_diff_view_get_selected (BackstayDiffView *self)
{
  GtkSingleSelection *selection = backstay_diff_view_get_selection (self);

  return selection != NULL ? gtk_single_selection_get_selected_item (selection) : NULL;
}

void
backstay_diff_view_update_actions (BackstayDiffView *self)
{
  GtkWidget        *widget = GTK_WIDGET (self);
  BackstayDiffItem *item = backstay_diff_view_get_selected (self);
  gboolean          has_before = item != NULL && backstay_diff_item_get_before_node (item) != BACKSTAY_JSON_NODE_NONE;
  gboolean          has_after = item != NULL && backstay_diff_item_get_after_node (item) != BACKSTAY_JSON_NODE_NONE;
  gboolean          has_path = has_before || has_after;
  gboolean          has_changes = self->diff != NULL && backstay_diff_get_n_changes (self->diff) > 0;

  gtk_widget_action_set_enabled (widget, "diff.next-change", has_changes);
  gtk_widget_action_set_enabled (widget, "diff.previous-change", has_changes);
  gtk_widget_action_set_enabled (widget, "diff.copy-sentence", item != NULL);
  gtk_widget_action_set_enabled (widget, "diff.copy-path", has_path);
  gtk_widget_action_set_enabled (widget, "diff.copy-before", has_before);
  gtk_widget_action_set_enabled (widget, "diff.copy-after", has_after);
  gtk_widget_action_set_enabled (widget, "diff.copy-sentences", self->diff != NULL);
  gtk_widget_action_set_enabled (widget, "diff.copy-json-patch", self->diff != NULL);
  gtk_widget_action_set_enabled (widget, "diff.copy-merge-patch", self->diff != NULL);
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

  /* Translators: how many values are equal, but spelt otherwise, such as 1 and 1.0. */
  spelling = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show %u Spelling-Only Change",
                                           "Show %u Spelling-Only Changes", counts.n_respelt),
                              counts.n_respelt);
  gtk_button_set_label (GTK_BUTTON (self->spelling_button), spelling);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->spelling_button))), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (GTK_WIDGET (self->spelling_button), counts.n_respelt > 0);
}

static void
selected_cb (BackstayDiffView *self)
{
  backstay_diff_view_update_position (self);
  backstay_diff_view_update_actions (self);
}

/* Nothing to see is not the same as no difference. */
static void
update_hint (BackstayDiffView *self)
{
  gtk_widget_set_visible (self->spelling_hint, g_list_model_get_n_items (G_LIST_MODEL (self->tree)) == 0);
}

static void
set_filter (BackstayDiffView *self)
{
  backstay_diff_tree_set_filter (self->tree,
                                 gtk_toggle_button_get_active (self->everything_button),
                                 gtk_toggle_button_get_active (self->spelling_button));
  update_hint (self);
}

static void
show_tree (BackstayDiffView *self,
           BackstayDiffTree *tree)
{
  g_autoptr (GtkSingleSelection) selection = NULL;

  /* Meanwhile something else may be wanted. */
  self->tree = g_object_ref (tree);
  set_filter (self);
  backstay_gradual_rows_begin (G_LIST_MODEL (tree), (BackstaySetLimitFunc) backstay_diff_tree_set_limit);

  /* In this order, or the first row would be selected. */
  selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (self->tree));
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
}

static void
filter_toggled_cb (BackstayDiffView *self)
{
  g_autoptr (BackstayDiffItem) item = NULL;
  guint position;

  if (self->tree == NULL)
    return;

  g_set_object (&item, backstay_diff_view_get_selected (self));
  set_filter (self);

  /* Where one was is still where one is. */
  if (item != NULL && item != backstay_diff_view_get_selected (self) &&
      backstay_diff_tree_find (self->tree, backstay_diff_item_get_key (item), &position))
    {
      gtk_single_selection_set_selected (backstay_diff_view_get_selection (self), position);
      backstay_compat_scroll_to (self->list_view, position);
    }
}

/* Shows nothing any more. */
static void
clear (BackstayDiffView *self)
{
  backstay_diff_view_stop (self);
  g_cancellable_cancel (self->copy_cancellable);
  g_clear_object (&self->copy_cancellable);
  gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->tree);
  g_clear_pointer (&self->diff, backstay_diff_unref);
  backstay_diff_view_update_actions (self);
}

static void
forget_sides (BackstayDiffView *self)
{
  g_clear_pointer (&self->before, backstay_json_unref);
  g_clear_pointer (&self->after, backstay_json_unref);
}

/* Says something instead of a difference. */
static void
show_message (BackstayDiffView *self,
              const char       *title,
              const char       *text,
              gboolean          can_do_again)
{
  /* A status page's description is markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  clear (self);
  adw_status_page_set_title (self->message_page, title);
  adw_status_page_set_description (self->message_page, escaped);
  gtk_widget_set_visible (self->again_button, can_do_again);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
show_loading (BackstayDiffView *self,
              const char       *text,
              gboolean          can_cancel)
{
  clear (self);
  gtk_label_set_label (self->progress_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  gtk_widget_set_visible (self->cancel_button, can_cancel);
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
compare (BackstayDiffView *self)
{
  show_loading (self, _ ("Comparing…"), TRUE);
  backstay_diff_view_begin (self);
}

/* Takes over what a comparison found. */
void
backstay_diff_view_compared (BackstayDiffView *self,
                             BackstayDiffTree *tree,
                             const GError     *error)
{
  clear (self);

  if (tree == NULL)
    {
      show_message (self, _ ("They Cannot Be Compared"), error->message, FALSE);
      return;
    }

  if (backstay_diff_get_kind (backstay_diff_tree_get_diff (tree), 0) == BACKSTAY_DIFF_KIND_UNCHANGED)
    {
      show_message (self, _ ("No Difference"), _ ("The configurations are the same."), FALSE);
      return;
    }

  self->diff = backstay_diff_ref (backstay_diff_tree_get_diff (tree));
  show_summary (self);
  show_tree (self, tree);
  backstay_diff_view_update_position (self);
  backstay_diff_view_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "diff");
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "loading") != 0)
    return;

  if (self->cancellable == NULL)
    g_signal_emit (self, signals[SIGNAL_CANCELLED], 0);

  show_message (self, _ ("Cancelled"), _ ("Nothing was compared."), TRUE);
}

static void
again_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (widget);

  if (self->before != NULL)
    compare (self);
  else
    g_signal_emit (self, signals[SIGNAL_AGAIN], 0);
}

static void
backstay_diff_view_dispose (GObject *object)
{
  BackstayDiffView *self = BACKSTAY_DIFF_VIEW (object);

  if (self->list_view != NULL)
    clear (self);
  forget_sides (self);
  g_clear_object (&self->toast);
  g_clear_handle_id (&self->layout_id, g_source_remove);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_DIFF_VIEW);
  self->list_view = NULL;

  G_OBJECT_CLASS (backstay_diff_view_parent_class)->dispose (object);
}

static void
backstay_diff_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_N_CONTEXT:
      BACKSTAY_DIFF_VIEW (object)->n_context = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const char *const copies[] = { "diff.copy-sentence", "diff.copy-before", "diff.copy-after", "diff.copy-path" };
  static const char *const all_copies[] = { "diff.copy-sentences", "diff.copy-json-patch", "diff.copy-merge-patch" };

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    gtk_widget_class_install_action (widget_class, copies[i], NULL, backstay_diff_view_copy_action);
  for (guint i = 0; i < G_N_ELEMENTS (all_copies); i++)
    gtk_widget_class_install_action (widget_class, all_copies[i], NULL, backstay_diff_view_copy_all_action);

  gtk_widget_class_install_action (widget_class, "diff.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "diff.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "diff.next-change", NULL, backstay_diff_view_change_action);
  gtk_widget_class_install_action (widget_class, "diff.previous-change", NULL, backstay_diff_view_change_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "diff.copy-sentence", NULL);
}

static void
backstay_diff_view_class_init (BackstayDiffViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_diff_view_dispose;
  object_class->set_property = backstay_diff_view_set_property;

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-diff-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, progress_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, message_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, again_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, position_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, summary_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, spelling_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, everything_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, before_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, after_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, spelling_hint);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, BackstayDiffView, list_view);
  gtk_widget_class_bind_template_callback (widget_class, filter_toggled_cb);

  install_actions (widget_class);
  backstay_diff_view_bind_rows (widget_class);
  backstay_diff_view_bind_layout (widget_class);

  /**
   * BackstayDiffView:n-context:
   *
   * Of what is unchanged, how many values are shown on each side of a change.
   */
  properties[PROP_N_CONTEXT] =
    g_param_spec_uint ("n-context", NULL, NULL,
                       0, 100, 2,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * BackstayDiffView::cancelled:
   *
   * What is being loaded is not wanted any more.
   */
  signals[SIGNAL_CANCELLED] =
    g_signal_new ("cancelled", BACKSTAY_TYPE_DIFF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * BackstayDiffView::again:
   *
   * What was cancelled is wanted after all.
   */
  signals[SIGNAL_AGAIN] =
    g_signal_new ("again", BACKSTAY_TYPE_DIFF_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
backstay_diff_view_init (BackstayDiffView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_guard_scrolling (self->scrolled_window);
  backstay_diff_view_init_layout (self);
  backstay_diff_view_update_actions (self);
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

  forget_sides (self);
  show_loading (self, _ ("Loading…"),
                g_signal_has_handler_pending (self, signals[SIGNAL_CANCELLED], 0, FALSE));
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
  g_return_if_fail (BACKSTAY_IS_DIFF_VIEW (self));

  forget_sides (self);
  show_message (self, title, text, FALSE);
}

static void
set_sides (BackstayDiffView *self,
           BackstayJson     *before,
           BackstayJson     *after,
           const char       *before_title,
           const char       *after_title)
{
  backstay_json_ref (before);
  backstay_json_ref (after);
  forget_sides (self);
  self->before = before;
  self->after = after;

  gtk_label_set_label (self->before_heading, before_title);
  gtk_label_set_label (self->after_heading, after_title);
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
  g_return_if_fail (BACKSTAY_IS_DIFF_VIEW (self));
  g_return_if_fail (before != NULL && after != NULL);

  set_sides (self, before, after, before_title, after_title);
  compare (self);
}

/**
 * backstay_diff_view_follow:
 * @before: the older document
 * @after: the newer document, somewhat changed since it was compared the last time
 * @before_title: what to call the older one
 * @after_title: what to call the newer one
 *
 * Shows what differs between two documents, one of which is being written: what was found before
 * stays until there is something new.
 */
void
backstay_diff_view_follow (BackstayDiffView *self,
                           BackstayJson     *before,
                           BackstayJson     *after,
                           const char       *before_title,
                           const char       *after_title)
{
  g_return_if_fail (BACKSTAY_IS_DIFF_VIEW (self));
  g_return_if_fail (before != NULL && after != NULL);

  set_sides (self, before, after, before_title, after_title);

  if (self->diff == NULL)
    {
      compare (self);
      return;
    }

  backstay_diff_view_stop (self);
  backstay_diff_view_begin (self);
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
