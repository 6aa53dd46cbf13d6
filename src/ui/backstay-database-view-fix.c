/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-database-view-fix"

#include "config.h"

#include "backstay-database-view-private.h"

#include "backstay-apply-question.h"
#include "backstay-compat.h"
#include "backstay-repository-inspect.h"
#include "backstay-text-saver.h"

#include <glib/gi18n-lib.h>

/* What can be done with the SQL that mends a finding: to save it, and to apply it. */

/* Saving */

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  BackstayDatabaseView *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  gboolean is_saved = backstay_text_save_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->saving);
  backstay_notice_show (backstay_page_get_notice (self->page),
                        is_saved ? BACKSTAY_NOTICE_SUCCESS : BACKSTAY_NOTICE_ERROR,
                        is_saved ? _ ("The SQL was saved.") : error->message, NULL);
}

static void
file_chosen_cb (BackstayDatabaseView *self,
                int                   response,
                GtkNativeDialog      *chooser)
{
  BackstayFinding *finding = g_object_get_data (G_OBJECT (chooser), "finding");
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? backstay_compat_get_chosen_file (chooser) : NULL;

  if (file != NULL)
    backstay_database_view_save_to (self, finding, file);

  g_clear_object (&self->chooser);
}

void
backstay_database_view_save (BackstayDatabaseView *self,
                             BackstayFindingRow   *row)
{
  BackstayFinding *finding = backstay_finding_row_get_finding (row);
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = g_strdup_printf ("%s.sql", backstay_finding_get_id (finding));

  if (self->chooser != NULL)
    return;

  self->chooser = backstay_compat_new_save_chooser (GTK_WINDOW (root), _ ("Save the SQL"), name);
  g_object_set_data_full (G_OBJECT (self->chooser), "finding", g_object_ref (finding), g_object_unref);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->chooser);
}

/**
 * backstay_database_view_save_to:
 * @finding: a finding with SQL
 * @file: where to
 *
 * Saves the SQL that mends it.
 */
void
backstay_database_view_save_to (BackstayDatabaseView *self,
                                BackstayFinding      *finding,
                                GFile                *file)
{
  g_return_if_fail (BACKSTAY_IS_DATABASE_VIEW (self));
  g_return_if_fail (backstay_finding_get_sql (finding) != NULL);

  g_cancellable_cancel (self->saving);
  g_clear_object (&self->saving);
  self->saving = g_cancellable_new ();
  backstay_text_save_async (backstay_finding_get_sql (finding), file, self->saving, saved_cb, self);
}

/* Applying */

/* A change that was committed is told also when it was cancelled meanwhile. */
typedef struct
{
  GWeakRef      view;
  GCancellable *cancellable;
} Application;

static void
application_free (Application *application)
{
  g_weak_ref_clear (&application->view);
  g_object_unref (application->cancellable);
  g_free (application);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Application, application_free)

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Application) application = user_data;
  g_autoptr (BackstayDatabaseView) self = g_weak_ref_get (&application->view);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean         is_applied;

  is_applied = backstay_repository_apply_fix_finish (BACKSTAY_REPOSITORY (object), result, &error);

  /* Nobody looks any more, or at another server. */
  if (self == NULL || self->cancellable != application->cancellable)
    return;

  g_clear_object (&self->cancellable);

  if (!is_applied)
    {
      g_clear_pointer (&self->applied, g_free);
      if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
        text = g_strdup (error->message);
      else
        text = g_strdup_printf (_ ("Nothing was changed. %s"), error->message);
      backstay_notice_show (backstay_page_get_notice (self->page), BACKSTAY_NOTICE_ERROR, text, NULL);
      gtk_widget_set_sensitive (GTK_WIDGET (self->groups_box), TRUE);
      return;
    }

  backstay_database_view_load (self);
}

typedef struct
{
  GWeakRef         view;
  BackstayFinding *finding;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->view);
  g_object_unref (question->finding);
  g_free (question);
}

static void
response_cb (GtkWidget  *dialog,
             const char *response,
             Question   *question)
{
  g_autoptr (BackstayDatabaseView) self = g_weak_ref_get (&question->view);
  Application *application;

  if (self == NULL || self->repository == NULL || self->cancellable != NULL || g_strcmp0 (response, "apply") != 0)
    return;

  backstay_notice_hide (backstay_page_get_notice (self->page));
  gtk_widget_set_sensitive (GTK_WIDGET (self->groups_box), FALSE);
  g_free (self->applied);
  self->applied = g_strdup (backstay_finding_get_title (question->finding));
  self->cancellable = g_cancellable_new ();

  application = g_new0 (Application, 1);
  g_weak_ref_init (&application->view, self);
  application->cancellable = g_object_ref (self->cancellable);
  backstay_repository_apply_fix_async (self->repository, question->finding, self->cancellable, applied_cb,
                                       application);
}

/* Asks first. */
void
backstay_database_view_apply (BackstayDatabaseView *self,
                              BackstayFindingRow   *row)
{
  Question  *question = g_new0 (Question, 1);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog;

  g_weak_ref_init (&question->view, self);
  question->finding = g_object_ref (backstay_finding_row_get_finding (row));
  dialog = backstay_apply_question_new (window, self->server, backstay_finding_get_sql (question->finding));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
