/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-report"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-repository-report.h"
#include "backstay-rollback-report.h"
#include "backstay-text-saver.h"

#include <glib/gi18n-lib.h>

/* The window's action that saves a report of the rollback that made the version shown. */

typedef struct
{
  GWeakRef window;
  GFile   *file;
} Saving;

static void
saving_free (Saving *saving)
{
  g_weak_ref_clear (&saving->window);
  g_object_unref (saving->file);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
show_failure (BackstayWindow *self,
              const GError   *error)
{
  backstay_compat_show_message (GTK_WINDOW (self), _ ("The Report Was Not Saved"), error->message);
}

static void
saved_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&saving->window);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = backstay_text_save_finish (result, &error);

  if (self == NULL) /* It was closed. */
    return;

  if (is_saved)
    adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (_ ("The report was saved")));
  else
    show_failure (self, error);
}

static void
reported_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&saving->window);
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  GFile           *file = saving->file;

  report = backstay_repository_report_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL)
    return;

  if (report == NULL)
    show_failure (self, error);
  else
    backstay_text_save_async (report, file, NULL, saved_cb, g_steal_pointer (&saving));
}

static void
file_chosen_cb (BackstayWindow  *self,
                int              response,
                GtkNativeDialog *chooser)
{
  const char *id = g_object_get_data (G_OBJECT (chooser), "version");
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? backstay_compat_get_chosen_file (chooser) : NULL;

  if (file != NULL && self->repository != NULL)
    backstay_window_save_report (self, id, file);

  g_object_unref (chooser);
}

static void
save_report_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  BackstayWindow  *self = BACKSTAY_WINDOW (widget);
  BackstayVersion *version = backstay_version_view_get_version (self->version_view);
  g_autofree char *short_id = backstay_version_dup_short_id (version);
  g_autofree char *name = g_strdup_printf ("rollback-%s.md", short_id);
  GtkNativeDialog *chooser = backstay_compat_new_save_chooser (GTK_WINDOW (self), _ ("Save the Report"), name);

  g_object_set_data_full (G_OBJECT (chooser), "version", g_strdup (backstay_version_get_id (version)), g_free);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (chooser);
}

void
backstay_window_install_report_action (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-report", NULL, save_report_action);
}

void
backstay_window_update_report_action (BackstayWindow *self)
{
  BackstayVersion *version = backstay_version_view_get_version (self->version_view);
  gboolean         is_rollback;

  is_rollback = version != NULL && backstay_rollback_report_parse_notes (backstay_version_get_notes (version), NULL, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-report", is_rollback);
}

/**
 * backstay_window_save_report:
 * @id: a version that a rollback made
 * @file: where to
 *
 * Saves a report of a rollback.
 */
void
backstay_window_save_report (BackstayWindow *self,
                             const char     *id,
                             GFile          *file)
{
  Saving *saving;

  g_return_if_fail (BACKSTAY_IS_WINDOW (self) && self->repository != NULL);
  g_return_if_fail (id != NULL && G_IS_FILE (file));

  saving = g_new0 (Saving, 1);
  g_weak_ref_init (&saving->window, self);
  saving->file = g_object_ref (file);
  backstay_repository_report_async (self->repository, id, NULL, reported_cb, saving);
}
