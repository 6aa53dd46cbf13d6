/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-notes-dialog"

#include "config.h"

#include "backstay-notes-dialog.h"

#include "backstay-db-error.h"
#include "backstay-diff-text.h"
#include "backstay-display-text.h"
#include "backstay-notice.h"
#include "backstay-repository-notes.h"
#include "backstay-safe-mode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Words are compared while one types, which has to be quick. */
#define MAX_COMPARED_BYTES 16384
#define COMPARE_MSEC 150

/**
 * BackstayNotesDialog:
 *
 * Edits the notes of a version, with what changes in sight.
 *
 * Whatever happens, what was typed stays until it is saved or discarded.
 */
struct _BackstayNotesDialog
{
  AdwWindow parent_instance;

  BackstayRepository *repository;
  char               *id;
  char               *old_notes;   /* What the server has, as far as is known. */
  GCancellable       *cancellable; /* Non-%NULL while the server is at it. */
  guint               compare_id;
  gboolean            may_discard; /* The user was told that the text is not saved. */

  /* Template children */
  AdwWindowTitle *title;
  GtkSpinner     *spinner;
  BackstayNotice *notice;
  GtkTextView    *changes_view;
  GtkTextView    *notes_view;
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayNotesDialog, backstay_notes_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (BackstayNotesDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes_view);
  GtkTextIter    start;
  GtkTextIter    end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static gboolean
is_changed (BackstayNotesDialog *self)
{
  g_autofree char *text = dup_text (self);

  return strcmp (text, self->old_notes) != 0;
}

static void
update_actions (BackstayNotesDialog *self)
{
  gboolean is_busy = self->cancellable != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "notes.save", !is_busy && is_changed (self));
  gtk_text_view_set_editable (self->notes_view, !is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
}

/* What changes */

static void
append (GtkTextBuffer *buffer,
        const char    *text,
        gsize          length,
        const char    *tag)
{
  g_autofree char *piece = g_strndup (text, length);
  g_autofree char *shown = backstay_display_text_lines (piece);
  GtkTextIter      end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, shown, -1, tag, NULL);
}

/* What is removed is struck through, and what is added is underlined. */
static void
show_changes (BackstayNotesDialog *self)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (self->changes_view);
  g_autofree char *text = dup_text (self);
  gsize            old_length = strlen (self->old_notes);
  gsize            new_length = strlen (text);
  g_autoptr (GArray) segments = NULL;

  gtk_text_buffer_set_text (buffer, "", 0);

  if (old_length > MAX_COMPARED_BYTES || new_length > MAX_COMPARED_BYTES)
    {
      append (buffer, self->old_notes, old_length, NULL);
      return;
    }

  segments = backstay_diff_text_compare (self->old_notes, old_length, text, new_length);

  for (guint i = 0; i < segments->len; i++)
    {
      BackstayDiffTextSegment *segment = &g_array_index (segments, BackstayDiffTextSegment, i);

      if (segment->kind == BACKSTAY_DIFF_TEXT_KIND_ADDED)
        append (buffer, text + segment->after_offset, segment->after_length, "added");
      else
        append (buffer, self->old_notes + segment->before_offset, segment->before_length,
                segment->kind == BACKSTAY_DIFF_TEXT_KIND_REMOVED ? "removed" : NULL);
    }
}

static gboolean
compare_cb (gpointer user_data)
{
  BackstayNotesDialog *self = user_data;

  self->compare_id = 0;
  show_changes (self);

  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (BackstayNotesDialog *self)
{
  if (self->may_discard)
    {
      self->may_discard = FALSE;
      backstay_notice_hide (self->notice);
    }

  g_clear_handle_id (&self->compare_id, g_source_remove);
  self->compare_id = g_timeout_add (COMPARE_MSEC, compare_cb, self);
  update_actions (self);
}

/* Saving */

static void
show_refusal (BackstayNotesDialog *self,
              const char          *current,
              const GError        *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, _ ("Nothing was changed: you cancelled it."), NULL);
      return;
    }

  if (current == NULL)
    {
      text = g_strdup_printf (_ ("Nothing was changed, and your text is still here. %s"), error->message);
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, text, NULL);
      return;
    }

  /* From now on one's own text is compared with theirs, which can be saved over knowingly. */
  g_free (self->old_notes);
  self->old_notes = g_strdup (current);
  show_changes (self);
  text = g_strdup_printf (_ ("Nothing was changed. %s What changes is shown against their text now: take from it "
                             "what you want to keep, and save again."),
                          error->message);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, NULL);
}

static void
edited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayNotesDialog) self = g_weak_ref_get (weak_self);
  g_autofree char *current = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  g_weak_ref_clear (weak_self);
  g_free (weak_self);
  is_done = backstay_repository_edit_notes_finish (BACKSTAY_REPOSITORY (object), result, &current, &error);

  if (self == NULL) /* The window is gone, and with it the dialog. */
    return;

  g_clear_object (&self->cancellable);

  if (is_done)
    {
      g_signal_emit (self, signals[SIGNAL_EDITED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  show_refusal (self, current, error);
  update_actions (self);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayNotesDialog *self = BACKSTAY_NOTES_DIALOG (widget);
  g_autofree char     *text = NULL;
  GWeakRef            *weak_self;

  if (backstay_safe_mode_holds (widget, action_name, self->repository, _ ("The notes of a version are replaced.")))
    return;

  text = dup_text (self);
  weak_self = g_new0 (GWeakRef, 1);
  /* Not a reference: GTK disposes of a closed window only when nobody holds it. */
  g_weak_ref_init (weak_self, self);
  backstay_notice_hide (self->notice);
  self->may_discard = FALSE;
  self->cancellable = g_cancellable_new ();
  backstay_repository_edit_notes_async (self->repository, self->id, self->old_notes, text,
                                        self->cancellable, edited_cb, weak_self);
  update_actions (self);
}

static void
discard_cb (BackstayNotesDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

/* While the server is at it, closing asks it to stop. A text that is not saved is not lost by mistake. */
static gboolean
close_request_cb (BackstayNotesDialog *self)
{
  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return GDK_EVENT_STOP;
    }

  if (self->may_discard || !is_changed (self))
    return GDK_EVENT_PROPAGATE;

  self->may_discard = TRUE;
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING,
                        _ ("What you changed is not saved."), _ ("Discard"));

  return GDK_EVENT_STOP;
}

static void
backstay_notes_dialog_dispose (GObject *object)
{
  BackstayNotesDialog *self = BACKSTAY_NOTES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->compare_id, g_source_remove);
  g_clear_object (&self->repository);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->old_notes, g_free);

  G_OBJECT_CLASS (backstay_notes_dialog_parent_class)->dispose (object);
}

static void
backstay_notes_dialog_class_init (BackstayNotesDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_notes_dialog_dispose;

  /**
   * BackstayNotesDialog::edited:
   *
   * Emitted when the notes were changed, before the dialog closes.
   */
  signals[SIGNAL_EDITED] =
    g_signal_new ("edited",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-notes-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesDialog, changes_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayNotesDialog, notes_view);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);

  gtk_widget_class_install_action (widget_class, "notes.save", NULL, save_action);
}

static void
backstay_notes_dialog_init (BackstayNotesDialog *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (self->changes_view);
  gtk_text_buffer_create_tag (buffer, "removed", "strikethrough", TRUE, NULL);
  gtk_text_buffer_create_tag (buffer, "added", "underline", PANGO_UNDERLINE_SINGLE, "weight", PANGO_WEIGHT_BOLD, NULL);
}

/**
 * backstay_notes_dialog_new:
 * @parent: the window
 * @repository: where the version is
 * @version: a version with all of its notes
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayNotesDialog *
backstay_notes_dialog_new (GtkWindow          *parent,
                           BackstayRepository *repository,
                           BackstayVersion    *version)
{
  BackstayNotesDialog *self;
  GtkTextBuffer       *buffer;
  const char          *notes;
  g_autofree char     *name = NULL;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (version), NULL);

  self = g_object_new (BACKSTAY_TYPE_NOTES_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  self->id = g_strdup (backstay_version_get_id (version));
  notes = backstay_version_get_notes (version);
  self->old_notes = g_strdup (notes != NULL ? notes : "");

  name = backstay_display_text (backstay_version_get_name (version));
  adw_window_title_set_subtitle (self->title, name);
  buffer = gtk_text_view_get_buffer (self->notes_view);
  gtk_text_buffer_set_text (buffer, self->old_notes, -1);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  show_changes (self);
  update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->notes_view));

  return self;
}

/**
 * backstay_notes_dialog_end_session:
 *
 * Closes it, as what it shows is not for the user's eyes any more. A change that the server is at goes
 * on, and the dialog with it, until it is known what became of it.
 */
void
backstay_notes_dialog_end_session (BackstayNotesDialog *self)
{
  g_return_if_fail (BACKSTAY_IS_NOTES_DIALOG (self));

  if (self->cancellable == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}
