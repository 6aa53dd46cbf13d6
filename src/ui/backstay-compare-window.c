/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-compare-window"

#include "config.h"

#include "backstay-compare-window.h"

#include "backstay-compat.h"
#include "backstay-diff-view.h"
#include "backstay-file-document.h"
#include "backstay-notice.h"

#include <glib/gi18n-lib.h>

/* How often the progress is looked at. */
#define PROGRESS_MSEC 100

enum
{
  BEFORE,
  AFTER,
  N_SIDES,
};

typedef struct
{
  BackstayDocument *document; /* %NULL until one was chosen. */
  BackstayJson     *json;     /* %NULL until it has come. */
  GtkLabel         *label;
  GtkWidget        *button;
} Side;

/**
 * BackstayCompareWindow:
 *
 * What differs between two documents: files, or versions of any model type.
 *
 * What is shown is always one comparison, of what both were when they were loaded: while one of them
 * is loaded again, or after it could not be, nothing of the old one is in sight.
 */
struct _BackstayCompareWindow
{
  AdwApplicationWindow parent_instance;

  Side             sides[N_SIDES];
  GCancellable    *cancellable; /* Non-%NULL while they are loading. */
  guint            progress_id;
  GtkNativeDialog *chooser; /* %NULL while no file is being chosen. */
  guint            chosen;  /* For which side. */

  /* Template children */
  AdwWindowTitle   *title;
  GtkWidget        *before_button;
  GtkWidget        *after_button;
  GtkLabel         *before_label;
  GtkLabel         *after_label;
  BackstayNotice   *notice;
  GtkStack         *stack;
  GtkProgressBar   *progress_bar;
  AdwStatusPage    *message_page;
  BackstayDiffView *diff_view;
};

G_DEFINE_FINAL_TYPE (BackstayCompareWindow, backstay_compare_window, ADW_TYPE_APPLICATION_WINDOW)

/* Names */

/* Where both are called the same, only the rest tells them apart. */
static char *
dup_heading (BackstayCompareWindow *self,
             guint                  side)
{
  g_autofree char *name = backstay_document_dup_name (self->sides[side].document);
  g_autofree char *other = backstay_document_dup_name (self->sides[N_SIDES - 1 - side].document);
  g_autofree char *details = NULL;

  if (!g_str_equal (name, other))
    return g_steal_pointer (&name);

  details = backstay_document_dup_details (self->sides[side].document);

  /* Translators: a name, and what tells it from another one of that name. */
  return g_strdup_printf (_ ("%s · %s"), name, details);
}

static void
show_side (Side *side)
{
  g_autofree char *name = NULL;
  g_autofree char *details = NULL;
  g_autofree char *text = NULL;

  if (side->document == NULL)
    {
      gtk_label_set_label (side->label, _ ("No file yet"));
      return;
    }

  name = backstay_document_dup_name (side->document);
  details = backstay_document_dup_details (side->document);
  /* Translators: a name, and where it is from. */
  text = g_strdup_printf (_ ("%s · %s"), name, details);

  gtk_label_set_label (side->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (side->label), text);
}

/* Files can be exchanged for others. */
static gboolean
side_can_choose (const Side *side)
{
  return side->document == NULL || BACKSTAY_IS_FILE_DOCUMENT (side->document);
}

static gboolean
has_both (BackstayCompareWindow *self)
{
  return self->sides[BEFORE].document != NULL && self->sides[AFTER].document != NULL;
}

static void
show_names (BackstayCompareWindow *self)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *title = NULL;

  for (guint i = 0; i < N_SIDES; i++)
    {
      show_side (&self->sides[i]);
      gtk_widget_set_visible (self->sides[i].button, side_can_choose (&self->sides[i]));
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.reload", has_both (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.swap-sides", has_both (self));

  if (!has_both (self))
    return;

  before = backstay_document_dup_name (self->sides[BEFORE].document);
  after = backstay_document_dup_name (self->sides[AFTER].document);
  /* Translators: the names of what is compared, the older one first. */
  title = g_strdup_printf (_ ("%s → %s"), before, after);

  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* Loading */

static void
stop (BackstayCompareWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->progress_id, g_source_remove);
}

static void
forget (BackstayCompareWindow *self)
{
  stop (self);

  for (guint i = 0; i < N_SIDES; i++)
    g_clear_pointer (&self->sides[i].json, backstay_json_unref);
}

static void
show_message (BackstayCompareWindow *self,
              const char            *icon_name,
              const char            *title,
              const char            *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  forget (self);
  /* A status page's description is markup. */
  adw_status_page_set_icon_name (self->message_page, icon_name);
  adw_status_page_set_title (self->message_page, title);
  adw_status_page_set_description (self->message_page, escaped);
  backstay_diff_view_show_loading (self->diff_view);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
show_diff (BackstayCompareWindow *self)
{
  g_autofree char *before = dup_heading (self, BEFORE);
  g_autofree char *after = dup_heading (self, AFTER);
  /* Translators: the name of a version or a file. */
  g_autofree char *before_title = g_strdup_printf (_ ("Before: %s"), before);
  g_autofree char *after_title = g_strdup_printf (_ ("After: %s"), after);

  stop (self);
  show_names (self);
  backstay_diff_view_compare (self->diff_view,
                              self->sides[BEFORE].json,
                              self->sides[AFTER].json,
                              before_title,
                              after_title);
  gtk_stack_set_visible_child_name (self->stack, "diff");
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayCompareWindow *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayJson) json = NULL;
  g_autoptr (GError) error = NULL;

  json = backstay_document_load_finish (BACKSTAY_DOCUMENT (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (json == NULL)
    {
      show_message (self, "dialog-error-symbolic", _ ("They Cannot Be Compared"), error->message);
      return;
    }

  /* Both can be the same. */
  for (guint i = 0; i < N_SIDES; i++)
    {
      if (self->sides[i].document == BACKSTAY_DOCUMENT (object) && self->sides[i].json == NULL)
        {
          self->sides[i].json = g_steal_pointer (&json);
          break;
        }
    }

  if (self->sides[BEFORE].json != NULL && self->sides[AFTER].json != NULL)
    show_diff (self);
}

static gboolean
progress_cb (gpointer user_data)
{
  BackstayCompareWindow *self = user_data;
  double                 sum = 0;

  for (guint i = 0; i < N_SIDES; i++)
    {
      double progress = backstay_document_get_progress (self->sides[i].document);

      if (progress < 0)
        {
          gtk_progress_bar_pulse (self->progress_bar);
          return G_SOURCE_CONTINUE;
        }

      sum += progress;
    }

  gtk_progress_bar_set_fraction (self->progress_bar, sum / N_SIDES);

  return G_SOURCE_CONTINUE;
}

static void
reload (BackstayCompareWindow *self)
{
  forget (self);
  backstay_notice_hide (self->notice);
  show_names (self);
  backstay_diff_view_show_loading (self->diff_view);

  if (!has_both (self))
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->cancellable = g_cancellable_new ();
  self->progress_id = g_timeout_add (PROGRESS_MSEC, progress_cb, self);

  for (guint i = 0; i < N_SIDES; i++)
    backstay_document_load_async (self->sides[i].document, self->cancellable, loaded_cb, self);
}

/* What is shown stays until the user wants to see what is there now. */
static void
changed_cb (BackstayCompareWindow *self,
            BackstayDocument      *document)
{
  g_autofree char *name = backstay_document_dup_name (document);
  /* Translators: the name of a file. */
  g_autofree char *text = g_strdup_printf (_ ("“%s” has changed since it was read, or is gone."), name);

  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, _ ("Reload"));
}

static void
set_document (BackstayCompareWindow *self,
              guint                  side,
              BackstayDocument      *document)
{
  BackstayDocument *old = self->sides[side].document;

  if (old != NULL && old != self->sides[N_SIDES - 1 - side].document)
    g_signal_handlers_disconnect_by_func (old, changed_cb, self);

  if (!g_set_object (&self->sides[side].document, document) || document == NULL)
    return;

  if (document != self->sides[N_SIDES - 1 - side].document)
    g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/* Files */

static void
choose_file (BackstayCompareWindow *self,
             guint                  side,
             GFile                 *file)
{
  g_autoptr (BackstayDocument) document = backstay_file_document_new (file);

  set_document (self, side, document);
  reload (self);
}

static void
chooser_cb (BackstayCompareWindow *self,
            int                    response)
{
  g_autoptr (GtkNativeDialog) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = backstay_compat_get_chosen_file (chooser);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    choose_file (self, self->chosen, file);
}

static void
choose_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayCompareWindow *self = BACKSTAY_COMPARE_WINDOW (widget);
  gboolean               is_before = g_str_equal (action_name, "compare.choose-before");

  if (self->chooser != NULL)
    return;

  self->chosen = is_before ? BEFORE : AFTER;
  self->chooser = backstay_compat_new_file_chooser (GTK_WINDOW (self),
                                                    is_before ? _ ("Choose the File Before")
                                                              : _ ("Choose the File After"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

/* One file goes where one is missing, or takes the place of the second one. */
static gboolean
drop_cb (BackstayCompareWindow *self,
         const GValue          *value)
{
  GSList *files = g_value_get_boxed (value);
  guint   n = g_slist_length (files);

  if (n == 0 || n > N_SIDES || !side_can_choose (&self->sides[BEFORE]) || !side_can_choose (&self->sides[AFTER]))
    return FALSE;

  if (n == N_SIDES)
    {
      g_autoptr (BackstayDocument) before = backstay_file_document_new (files->data);

      set_document (self, BEFORE, before);
      choose_file (self, AFTER, files->next->data);
    }
  else
    {
      choose_file (self, self->sides[BEFORE].document == NULL ? BEFORE : AFTER, files->data);
    }

  return TRUE;
}

/* Actions */

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayCompareWindow *self = BACKSTAY_COMPARE_WINDOW (widget);

  if (self->cancellable != NULL)
    show_message (self, "view-dual-symbolic", _ ("Loading Was Cancelled"), _ ("Nothing was compared."));
}

static void
reload_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  reload (BACKSTAY_COMPARE_WINDOW (widget));
}

static void
swap_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayCompareWindow *self = BACKSTAY_COMPARE_WINDOW (widget);
  BackstayDocument      *document = self->sides[BEFORE].document;
  BackstayJson          *json = self->sides[BEFORE].json;

  self->sides[BEFORE].document = self->sides[AFTER].document;
  self->sides[BEFORE].json = self->sides[AFTER].json;
  self->sides[AFTER].document = document;
  self->sides[AFTER].json = json;

  show_names (self);

  if (self->sides[BEFORE].json != NULL && self->sides[AFTER].json != NULL)
    show_diff (self);
}

static void
change_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BackstayCompareWindow *self = BACKSTAY_COMPARE_WINDOW (widget);

  gtk_widget_activate_action (GTK_WIDGET (self->diff_view),
                              g_str_equal (action_name, "win.next-change") ? "diff.next-change"
                                                                           : "diff.previous-change",
                              NULL);
}

static void
backstay_compare_window_dispose (GObject *object)
{
  BackstayCompareWindow *self = BACKSTAY_COMPARE_WINDOW (object);

  forget (self);

  for (guint i = 0; i < N_SIDES; i++)
    set_document (self, i, NULL);

  if (self->chooser != NULL)
    gtk_native_dialog_destroy (self->chooser);
  g_clear_object (&self->chooser);

  G_OBJECT_CLASS (backstay_compare_window_parent_class)->dispose (object);
}

static void
backstay_compare_window_class_init (BackstayCompareWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_compare_window_dispose;

  g_type_ensure (BACKSTAY_TYPE_DIFF_VIEW);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-compare-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, before_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, before_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, after_label);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, after_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, message_page);
  gtk_widget_class_bind_template_child (widget_class, BackstayCompareWindow, diff_view);
  gtk_widget_class_bind_template_callback (widget_class, reload);

  /* Called as in the main window, for the same keys. */
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "win.swap-sides", NULL, swap_action);
  gtk_widget_class_install_action (widget_class, "win.next-change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "win.previous-change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "compare.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "compare.choose-before", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "compare.choose-after", NULL, choose_action);
}

static void
backstay_compare_window_init (BackstayCompareWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  backstay_compat_name_menu_buttons (GTK_WIDGET (self));

  self->sides[BEFORE].label = self->before_label;
  self->sides[BEFORE].button = self->before_button;
  self->sides[AFTER].label = self->after_label;
  self->sides[AFTER].button = self->after_button;

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  reload (self);
}

/**
 * backstay_compare_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window that asks for two files
 */
BackstayCompareWindow *
backstay_compare_window_new (GtkApplication *application)
{
  return g_object_new (BACKSTAY_TYPE_COMPARE_WINDOW, "application", application, NULL);
}

/**
 * backstay_compare_window_compare:
 * @before: the older document
 * @after: the newer document
 *
 * Loads two documents, and shows what differs between them.
 */
void
backstay_compare_window_compare (BackstayCompareWindow *self,
                                 BackstayDocument      *before,
                                 BackstayDocument      *after)
{
  g_return_if_fail (BACKSTAY_IS_COMPARE_WINDOW (self));
  g_return_if_fail (BACKSTAY_IS_DOCUMENT (before));
  g_return_if_fail (BACKSTAY_IS_DOCUMENT (after));

  set_document (self, BEFORE, before);
  set_document (self, AFTER, after);
  reload (self);
}

/**
 * backstay_compare_window_get_busy:
 *
 * Returns: whether a comparison is on its way
 */
gboolean
backstay_compare_window_get_busy (BackstayCompareWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_COMPARE_WINDOW (self), FALSE);

  return self->cancellable != NULL || backstay_diff_view_get_loading (self->diff_view);
}

/**
 * backstay_compare_window_get_ready:
 *
 * Returns: whether a comparison is shown
 */
gboolean
backstay_compare_window_get_ready (BackstayCompareWindow *self)
{
  g_return_val_if_fail (BACKSTAY_IS_COMPARE_WINDOW (self), FALSE);

  return self->sides[BEFORE].json != NULL && self->sides[AFTER].json != NULL &&
         !backstay_compare_window_get_busy (self);
}
