/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-import-dialog"

#include "config.h"

#include "backstay-import-dialog.h"

#include "backstay-display-text.h"
#include "backstay-focus.h"
#include "backstay-import-row.h"
#include "backstay-notice.h"
#include "backstay-safe-mode.h"
#include "backstay-repository-transfer.h"
#include "backstay-row-factory.h"
#include "backstay-transfer-bar.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayImportDialog:
 *
 * Says what importing a file would do, and does it.
 */
struct _BackstayImportDialog
{
  AdwWindow parent_instance;

  BackstayRepository *repository;
  char               *path;        /* %NULL if it is not in the file system. */
  GPtrArray          *items;       /* %NULL until the file was read. */
  GCancellable       *cancellable; /* Non-%NULL while something is under way. */
  gboolean            is_importing;
  gboolean            is_done; /* Nothing more can be done with the file. */

  /* Template children */
  AdwWindowTitle      *window_title;
  GtkButton           *cancel_button;
  GtkButton           *import_button;
  BackstayNotice      *notice;
  GtkStack            *stack;
  BackstayTransferBar *transfer_bar;
  GtkListView         *list_view;
  AdwStatusPage       *message_page;
};

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayImportDialog, backstay_import_dialog, ADW_TYPE_WINDOW)

static void check (BackstayImportDialog *self);

static guint
count (BackstayImportDialog *self,
       BackstayImportState   state)
{
  guint n = 0;

  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    n += backstay_import_item_get_state (g_ptr_array_index (self->items, i)) == state;

  return n;
}

static void
update (BackstayImportDialog *self)
{
  gboolean         is_busy = self->cancellable != NULL;
  guint            n_new = count (self, BACKSTAY_IMPORT_STATE_NEW);
  g_autofree char *label = NULL;

  label = n_new > 0 ? g_strdup_printf (_ ("Import %u"), n_new) : g_strdup (_ ("Import"));
  gtk_button_set_label (self->import_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), !self->is_done);
  gtk_button_set_label (self->cancel_button, self->is_done ? _ ("Close") : _ ("Cancel"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button),
                            !g_cancellable_is_cancelled (self->cancellable));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", !is_busy && !self->is_done && n_new > 0);
}

static void
show_message (BackstayImportDialog *self,
              const char           *title,
              const char           *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_status_page_set_title (self->message_page, title);
  adw_status_page_set_description (self->message_page, markup);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static gboolean
needs_look (BackstayImportItem *item)
{
  return backstay_import_item_get_state (item) == BACKSTAY_IMPORT_STATE_BAD ||
         backstay_import_item_get_warning (item) != NULL;
}

/* What somebody should look at comes first. */
static void
show_items (BackstayImportDialog *self)
{
  g_autoptr (GListStore) store = g_list_store_new (BACKSTAY_TYPE_IMPORT_ITEM);
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (self->items->len);
  g_autoptr (GtkNoSelection) selection = NULL;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->items->len; i++)
        {
          if (needs_look (g_ptr_array_index (self->items, i)) == (pass == 0))
            g_ptr_array_add (sorted, g_ptr_array_index (self->items, i));
        }
    }

  g_list_store_splice (store, 0, 0, sorted->pdata, sorted->len);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (store)));
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (selection));
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
add_count (GString    *text,
           guint       n,
           const char *format)
{
  if (n == 0)
    return;

  if (text->len > 0)
    g_string_append_c (text, ' ');

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, n);
#pragma GCC diagnostic pop
}

static char *
dup_summary (BackstayImportDialog *self)
{
  guint n_new = count (self, BACKSTAY_IMPORT_STATE_NEW);
  guint n_there = count (self, BACKSTAY_IMPORT_STATE_THERE);
  guint n_repeated = count (self, BACKSTAY_IMPORT_STATE_REPEATED);
  guint n_bad = count (self, BACKSTAY_IMPORT_STATE_BAD);
  g_autoptr (GString) text = g_string_new (NULL);

  add_count (text, n_new,
             g_dngettext (GETTEXT_PACKAGE,
                          "%u version would be added, as an inactive one.",
                          "%u versions would be added, as inactive ones.", n_new));
  add_count (text, n_there,
             g_dngettext (GETTEXT_PACKAGE, "%u is there already.", "%u are there already.", n_there));
  add_count (text, n_repeated,
             g_dngettext (GETTEXT_PACKAGE, "%u line is repeated.", "%u lines are repeated.", n_repeated));
  add_count (text, n_bad,
             g_dngettext (GETTEXT_PACKAGE,
                          "%u line cannot be imported.", "%u lines cannot be imported.", n_bad));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_plan (BackstayImportDialog *self)
{
  g_autofree char   *summary = dup_summary (self);
  BackstayNoticeKind kind = BACKSTAY_NOTICE_INFO;

  if (self->items->len == 0)
    {
      show_message (self, _ ("Empty File"), _ ("There is no version in it. Nothing was imported."));
      return;
    }

  for (guint i = 0; i < self->items->len; i++)
    {
      if (needs_look (g_ptr_array_index (self->items, i)))
        kind = BACKSTAY_NOTICE_WARNING;
    }

  show_items (self);
  backstay_notice_show (self->notice, kind, summary, NULL);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  BackstayImportDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  items = backstay_repository_check_import_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  g_clear_object (&self->cancellable);
  backstay_transfer_bar_stop (self->transfer_bar);

  if (items != NULL)
    {
      self->items = g_steal_pointer (&items);
      show_plan (self);
    }
  else
    {
      show_message (self, _ ("Not Imported"), _ ("The file could not be checked, and nothing was imported."));
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
    }

  update (self);
}

static void
check (BackstayImportDialog *self)
{
  BackstayTransferProgress *progress;

  backstay_notice_hide (self->notice);

  if (self->path == NULL)
    {
      show_message (self, _ ("Not Imported"),
                    _ ("The file is not in the file system of this computer, and nothing was imported. Copy "
                       "it to a folder first."));
      update (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  progress = backstay_transfer_bar_start (self->transfer_bar, _ ("Reading the file; nothing is changed yet…"));
  gtk_stack_set_visible_child_name (self->stack, "progress");
  backstay_repository_check_import_async (self->repository, self->path, progress, self->cancellable,
                                          checked_cb, self);
  update (self);
}

static char *
dup_outcome (guint         n_written,
             guint         n_asked,
             const GError *error)
{
  g_autofree char *written = NULL;

  if (error == NULL)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%u version was imported. It is inactive.",
                                         "%u versions were imported. They are inactive.", n_written),
                            n_written);

  written = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          "%u of %u version was imported before that, and stays.",
                                          "%u of %u versions were imported before that, and stay.", n_asked),
                             n_written, n_asked);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: %s is a sentence. */
    return g_strdup_printf (_ ("The import was stopped. %s Import the file again to go on: what is there is left out."),
                            written);

  /* Translators: both %s are sentences. */
  return g_strdup_printf (_ ("%s %s Import the file again to go on: what is there is left out."),
                          error->message, written);
}

static void
imported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (BackstayImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint            n_asked = count (self, BACKSTAY_IMPORT_STATE_NEW);
  guint            n_written;
  guint            n_respelt;

  backstay_repository_import_finish (BACKSTAY_REPOSITORY (object), result, &n_written, &error);

  /* It is gone with its window. */
  if (self->cancellable == NULL)
    return;

  g_clear_object (&self->cancellable);
  self->is_importing = FALSE;
  self->is_done = TRUE;
  backstay_transfer_bar_stop (self->transfer_bar);

  n_respelt = count (self, BACKSTAY_IMPORT_STATE_RESPELT);
  n_asked += n_written;
  text = dup_outcome (n_written, n_asked, error);
  if (n_respelt > 0)
    {
      g_autofree char *respelt = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                               "In %u of them the server spells some values otherwise.",
                                                               "In %u of them the server spells some values otherwise.",
                                                               n_respelt),
                                                  n_respelt);
      g_autofree char *whole = g_strdup_printf ("%s %s", text, respelt);

      g_free (text);
      text = g_steal_pointer (&whole);
    }

  gtk_stack_set_visible_child_name (self->stack, "list");
  backstay_notice_show (self->notice, error == NULL ? BACKSTAY_NOTICE_SUCCESS : BACKSTAY_NOTICE_ERROR, text, NULL);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->cancel_button));

  if (n_written > 0)
    g_signal_emit (self, signals[SIGNAL_IMPORTED], 0);
}

static void
run_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  BackstayImportDialog     *self = BACKSTAY_IMPORT_DIALOG (widget);
  BackstayTransferProgress *progress;

  if (backstay_safe_mode_holds (widget, action_name, self->repository,
                                _ ("The versions of the file that are new are added. They are inactive.")))
    return;

  backstay_notice_hide (self->notice);
  self->is_importing = TRUE;
  self->cancellable = g_cancellable_new ();
  progress = backstay_transfer_bar_start (self->transfer_bar, _ ("Importing…"));
  gtk_stack_set_visible_child_name (self->stack, "progress");
  backstay_repository_import_async (self->repository, self->path, self->items, progress, self->cancellable,
                                    imported_cb, g_object_ref (self));
  update (self);
}

/* What was written by then has to be told, so it stays until that is known. */
static gboolean
close_request_cb (BackstayImportDialog *self)
{
  if (!self->is_importing)
    return GDK_EVENT_PROPAGATE;

  g_cancellable_cancel (self->cancellable);
  update (self);

  return GDK_EVENT_STOP;
}

static void
backstay_import_dialog_dispose (GObject *object)
{
  BackstayImportDialog *self = BACKSTAY_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->repository);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (backstay_import_dialog_parent_class)->dispose (object);
}

static void
backstay_import_dialog_class_init (BackstayImportDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_import_dialog_dispose;

  /**
   * BackstayImportDialog::imported:
   *
   * Emitted when versions were added.
   */
  signals[SIGNAL_IMPORTED] =
    g_signal_new ("imported",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_TRANSFER_BAR);

  gtk_widget_class_install_action (widget_class, "import.run", NULL, run_action);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, transfer_bar);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, list_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayImportDialog, message_page);
  gtk_widget_class_bind_template_callback (widget_class, check);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
backstay_import_dialog_init (BackstayImportDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = backstay_row_factory_new (BACKSTAY_TYPE_IMPORT_ROW);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list_view, factory);
  backstay_focus_leaves_with_tab (self->list_view);
}

/**
 * backstay_import_dialog_new:
 * @parent: the window
 * @repository: where the versions are to go
 * @file: a file with a version in each line
 *
 * Makes the dialog, and begins to read the file.
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayImportDialog *
backstay_import_dialog_new (GtkWindow          *parent,
                            BackstayRepository *repository,
                            GFile              *file)
{
  BackstayImportDialog *self;
  g_autofree char      *base = NULL;
  g_autofree char      *name = NULL;
  g_autofree char      *shown = NULL;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (BACKSTAY_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  self->path = g_file_get_path (file);
  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  shown = backstay_display_text (name);
  adw_window_title_set_subtitle (self->window_title, shown);
  check (self);

  return self;
}

/**
 * backstay_import_dialog_end_session:
 *
 * Closes it, as what it says is not for the user's eyes any more. What is being imported is stopped, and
 * how much that was is told.
 */
void
backstay_import_dialog_end_session (BackstayImportDialog *self)
{
  g_return_if_fail (BACKSTAY_IS_IMPORT_DIALOG (self));

  if (self->is_importing)
    gtk_window_close (GTK_WINDOW (self));
  else
    gtk_window_destroy (GTK_WINDOW (self));
}
