/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-dialog"

#include "config.h"

#include "backstay-rollback-dialog.h"

#include "backstay-diff-view.h"
#include "backstay-display-text.h"
#include "backstay-json-view.h"
#include "backstay-notice.h"
#include "backstay-timestamp.h"
#include "backstay-undone-row.h"
#include "backstay-version-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayRollbackDialog:
 *
 * Says what a rollback will do, asks for the reason, and does it.
 *
 * What it shows is read anew when it opens, and is what the rollback's transaction compares the
 * table with.
 */
struct _BackstayRollbackDialog
{
  AdwWindow parent_instance;

  BackstayRepository    *repository;
  BackstayVersion       *target;
  BackstayConfiguration *configuration; /* %NULL until it has come. */
  BackstayConfiguration *live;          /* What is live now; %NULL where nothing is. */
  GPtrArray             *active;        /* Of BackstayVersion; %NULL until it has come. */
  GCancellable          *load_cancellable;
  GCancellable          *run_cancellable; /* Non-%NULL while the server is at it. */
  gboolean               readable;        /* Whether what will be live is shown. */

  /* Template children */
  AdwWindowTitle    *title;
  GtkButton         *roll_back_button;
  GtkSpinner        *spinner;
  BackstayNotice    *notice;
  AdwActionRow      *from_row;
  AdwActionRow      *to_row;
  BackstayUndoneRow *undone_row;
  AdwActionRow      *server_row;
  AdwActionRow      *user_row;
  GtkEditable       *reason_row;
  GtkLabel          *preview_heading;
  GtkStack          *preview_stack;
  BackstayDiffView  *diff_view;
  BackstayJsonView  *json_view;
};

enum
{
  SIGNAL_ROLLED_BACK,
  SIGNAL_OUT_OF_DATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayRollbackDialog, backstay_rollback_dialog, ADW_TYPE_WINDOW)

static char *
dup_reason (BackstayRollbackDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason_row)));
}

static void
update_actions (BackstayRollbackDialog *self)
{
  g_autofree char *reason = dup_reason (self);
  gboolean         is_busy = self->run_cancellable != NULL;
  gboolean         is_ready = self->active != NULL && self->readable && !is_busy;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rollback.run", is_ready && reason[0] != '\0');
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rollback.rehearse", is_ready);
  gtk_editable_set_editable (self->reason_row, !is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy || self->load_cancellable != NULL);
}

static char *
dup_version_line (BackstayVersion *version)
{
  g_autofree char *name = backstay_display_text (backstay_version_get_name (version));
  g_autofree char *byline = backstay_version_text_dup_byline (version);
  g_autofree char *short_id = backstay_version_dup_short_id (version);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = backstay_timestamp_dup_relative (backstay_version_get_created_at (version), now);

  /* Translators: a version's name, when it was made, by whom, and the first digits of its id. */
  return g_strdup_printf (_ ("%s (%s, %s, id %s)"), name, when, byline, short_id);
}

static void
show_active (BackstayRollbackDialog *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->active->len; i++)
    {
      g_autofree char *line = dup_version_line (g_ptr_array_index (self->active, i));

      if (i > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, line);
    }

  if (self->active->len == 0)
    g_string_append (lines, _ ("Nothing: no version is active."));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->from_row),
                                 self->active->len > 1 ? _ ("From all of these, which are active")
                                                       : _ ("From"));
  adw_action_row_set_subtitle (self->from_row, lines->str);
}

static void
end_loading (BackstayRollbackDialog *self,
             const GError           *error)
{
  if (error != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));

  g_clear_object (&self->load_cancellable);
  update_actions (self);
}

/* A type with one active version that already has this configuration has nothing to gain. */
static gboolean
is_identical (BackstayRollbackDialog *self)
{
  return self->active->len == 1 && self->live != NULL &&
         strcmp (backstay_configuration_get_hash (self->live),
                 backstay_configuration_get_hash (self->configuration)) == 0;
}

static void
show_preview (BackstayRollbackDialog *self)
{
  BackstayJson    *json = backstay_configuration_get_json (self->configuration);
  g_autofree char *live_name = NULL;
  g_autofree char *target_name = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (self->live == NULL)
    {
      backstay_json_view_set_json (self->json_view, json);
      gtk_label_set_label (self->preview_heading, _ ("What will be live"));
      gtk_stack_set_visible_child (self->preview_stack, GTK_WIDGET (self->json_view));
    }
  else
    {
      live_name = backstay_display_text (backstay_version_get_name (backstay_configuration_get_version (self->live)));
      target_name = backstay_display_text (backstay_version_get_name (self->target));
      /* Translators: a version's name. */
      before = g_strdup_printf (_ ("Before: %s (live)"), live_name);
      after = g_strdup_printf (_ ("After: %s"), target_name);
      backstay_diff_view_compare (self->diff_view,
                                  backstay_configuration_get_json (self->live), json,
                                  before, after);
      gtk_label_set_label (self->preview_heading, _ ("What will change"));
      gtk_stack_set_visible_child (self->preview_stack, GTK_WIDGET (self->diff_view));
    }

  if (is_identical (self))
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO,
                          _ ("The live version already has exactly this configuration. There is "
                             "nothing to roll back."),
                          NULL);
  else
    self->readable = TRUE;

  end_loading (self, NULL);
}

static void
live_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  BackstayRollbackDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;

  if (backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error) != NULL)
    show_preview (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_loading (self, error);
}

static void
live_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayRollbackDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayConfiguration) live = NULL;
  g_autoptr (GError) error = NULL;

  live = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (live == NULL)
    {
      end_loading (self, error);
      return;
    }

  g_set_object (&self->live, live);
  backstay_configuration_read_async (live, self->load_cancellable, live_read_cb, self);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  BackstayRollbackDialog *self = user_data; /* Dangling if cancelled. */
  BackstayJson           *json;
  g_autoptr (GError) error = NULL;

  json = backstay_configuration_read_finish (BACKSTAY_CONFIGURATION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (json == NULL)
    end_loading (self, error);
  else if (self->active->len == 0)
    show_preview (self);
  else
    backstay_repository_get_configuration_async (self->repository,
                                                 backstay_version_get_id (g_ptr_array_index (self->active, 0)),
                                                 self->load_cancellable,
                                                 live_cb,
                                                 self);
}

static void
configuration_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  BackstayRollbackDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayConfiguration) configuration = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  configuration = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (configuration == NULL)
    {
      end_loading (self, error);
      return;
    }

  g_set_object (&self->configuration, configuration);
  line = dup_version_line (backstay_configuration_get_version (configuration));
  adw_action_row_set_subtitle (self->to_row, line);

  backstay_configuration_read_async (configuration, self->load_cancellable, read_cb, self);
}

static void
active_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayRollbackDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GError) error = NULL;

  active = backstay_repository_list_active_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (active == NULL)
    {
      end_loading (self, error);
      return;
    }

  self->active = g_steal_pointer (&active);
  show_active (self);
  backstay_undone_row_show (self->undone_row, self->repository, self->target,
                            self->active->len > 0 ? g_ptr_array_index (self->active, 0) : NULL);
  backstay_repository_get_configuration_async (self->repository,
                                               backstay_version_get_id (self->target),
                                               self->load_cancellable,
                                               configuration_cb,
                                               self);
}

/* Reads what is active now, and the target, and forgets what was read before. */
static void
load (BackstayRollbackDialog *self)
{
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_clear_object (&self->configuration);
  g_clear_object (&self->live);
  g_clear_pointer (&self->active, g_ptr_array_unref);
  self->readable = FALSE;
  backstay_notice_hide (self->notice);
  backstay_diff_view_show_loading (self->diff_view);

  self->load_cancellable = g_cancellable_new ();
  backstay_repository_list_active_async (self->repository,
                                         backstay_version_get_model_type (self->target),
                                         self->load_cancellable,
                                         active_cb,
                                         self);
  update_actions (self);
}

static void
show_refusal (BackstayRollbackDialog *self,
              const GError           *error)
{
  g_autofree char *text = NULL;

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO,
                            _ ("Nothing was changed: you cancelled it."), NULL);
      return;
    }

  text = g_strdup_printf (_ ("Nothing was changed. %s"), error->message);

  if (!g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_CONFLICT))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, text, NULL);
      return;
    }

  /* What is shown is not what is there any more, here and in the window. */
  self->readable = FALSE;
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, text, _ ("Look Again"));
  g_signal_emit (self, signals[SIGNAL_OUT_OF_DATE], 0);
}

static void
show_rehearsal (BackstayRollbackDialog  *self,
                BackstayRollbackOutcome *outcome)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Rehearsed: the server would turn off %u version and make "
                                       "the new one live. All of it was taken back; nothing was "
                                       "changed.",
                                       "Rehearsed: the server would turn off %u versions and make "
                                       "the new one live. All of it was taken back; nothing was "
                                       "changed.",
                                       outcome->n_deactivated),
                          outcome->n_deactivated);
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_SUCCESS, text, NULL);
}

static void
rolled_back_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GWeakRef *weak_self = user_data;
  g_autoptr (BackstayRollbackDialog) self = g_weak_ref_get (weak_self);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak_self);
  g_free (weak_self);
  outcome = backstay_repository_roll_back_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL) /* The window is gone, and with it the dialog. */
    return;

  g_clear_object (&self->run_cancellable);

  if (outcome != NULL && !outcome->rehearsed)
    {
      g_signal_emit (self, signals[SIGNAL_ROLLED_BACK], 0, outcome);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  if (outcome != NULL)
    show_rehearsal (self, outcome);
  else
    show_refusal (self, error);

  update_actions (self);
}

static void
run (BackstayRollbackDialog *self,
     gboolean                rehearse)
{
  g_autofree char *reason = dup_reason (self);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  GWeakRef *weak_self = g_new0 (GWeakRef, 1);

  request = backstay_rollback_request_new (self->configuration, self->active, reason);
  backstay_notice_hide (self->notice);
  /* Not a reference: GTK disposes of a closed window only when nobody holds it, and what it waits
   * for is cancelled there. */
  g_weak_ref_init (weak_self, self);

  self->run_cancellable = g_cancellable_new ();
  backstay_repository_roll_back_async (self->repository,
                                       request,
                                       rehearse,
                                       self->run_cancellable,
                                       rolled_back_cb,
                                       weak_self);
  update_actions (self);
}

static void
run_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  run (BACKSTAY_ROLLBACK_DIALOG (widget), g_str_equal (action_name, "rollback.rehearse"));
}

/* Enter alone is too little to change what is live: it goes to the button. */
static void
reason_activated_cb (BackstayRollbackDialog *self)
{
  if (gtk_widget_is_sensitive (GTK_WIDGET (self->roll_back_button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->roll_back_button));
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* While the server is at it, closing asks it to stop. The answer says whether that came in time,
 * and stays in sight. */
static gboolean
close_request_cb (BackstayRollbackDialog *self)
{
  if (self->run_cancellable == NULL)
    return GDK_EVENT_PROPAGATE;

  g_cancellable_cancel (self->run_cancellable);

  return GDK_EVENT_STOP;
}

static void
backstay_rollback_dialog_dispose (GObject *object)
{
  BackstayRollbackDialog *self = BACKSTAY_ROLLBACK_DIALOG (object);

  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_cancellable_cancel (self->run_cancellable);
  g_clear_object (&self->run_cancellable);
  g_clear_object (&self->repository);
  g_clear_object (&self->target);
  g_clear_object (&self->configuration);
  g_clear_object (&self->live);
  g_clear_pointer (&self->active, g_ptr_array_unref);

  G_OBJECT_CLASS (backstay_rollback_dialog_parent_class)->dispose (object);
}

static void
backstay_rollback_dialog_class_init (BackstayRollbackDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_rollback_dialog_dispose;

  /**
   * BackstayRollbackDialog::rolled-back:
   * @outcome: (type gpointer): a BackstayRollbackOutcome
   *
   * Emitted when the rollback has taken effect.
   */
  signals[SIGNAL_ROLLED_BACK] =
    g_signal_new ("rolled-back",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * BackstayRollbackDialog::out-of-date:
   *
   * Emitted when the server refused because the table has changed.
   */
  signals[SIGNAL_OUT_OF_DATE] =
    g_signal_new ("out-of-date",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  g_type_ensure (BACKSTAY_TYPE_DIFF_VIEW);
  g_type_ensure (BACKSTAY_TYPE_JSON_VIEW);
  g_type_ensure (BACKSTAY_TYPE_NOTICE);
  g_type_ensure (BACKSTAY_TYPE_UNDONE_ROW);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-rollback-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, roll_back_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, from_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, to_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, undone_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, server_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, user_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, preview_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, preview_stack);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, diff_view);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, json_view);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  gtk_widget_class_bind_template_callback (widget_class, reason_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);

  gtk_widget_class_install_action (widget_class, "rollback.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "rollback.rehearse", NULL, run_action);
}

static void
backstay_rollback_dialog_init (BackstayRollbackDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A login without a profile is not recorded at all, and that has to be known before. */
static char *
dup_recorded_user (BackstayAccess *access)
{
  g_autofree char *user = backstay_access_dup_user (access);

  if (access->identity != NULL)
    return g_steal_pointer (&user);

  return g_strdup_printf (_ ("nobody: the login %s has no profile"), user);
}

/**
 * backstay_rollback_dialog_new:
 * @parent: the window
 * @repository: where to roll back
 * @target: the version to go back to
 * @server: what to call the server
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayRollbackDialog *
backstay_rollback_dialog_new (GtkWindow          *parent,
                              BackstayRepository *repository,
                              BackstayVersion    *target,
                              const char         *server)
{
  BackstayRollbackDialog *self;
  g_autofree char        *type = NULL;
  g_autofree char        *act = NULL;
  g_autofree char        *user = NULL;
  g_autofree char        *line = NULL;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (target), NULL);

  self = g_object_new (BACKSTAY_TYPE_ROLLBACK_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  self->target = g_object_ref (target);

  type = backstay_display_text (backstay_version_get_model_type (target));
  /* Translators: a model type's name. This is what the button does. */
  act = g_strdup_printf (_ ("Roll Back %s"), type);
  user = dup_recorded_user (backstay_repository_get_access (repository));
  line = dup_version_line (target);

  gtk_window_set_title (GTK_WINDOW (self), act);
  adw_window_title_set_title (self->title, act);
  gtk_button_set_label (self->roll_back_button, act);
  adw_action_row_set_subtitle (self->to_row, line);
  adw_action_row_set_subtitle (self->server_row, server);
  adw_action_row_set_subtitle (self->user_row, user);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_row));
  load (self);

  return self;
}

static gboolean
is_active_as_shown (BackstayRollbackDialog *self,
                    GPtrArray              *active)
{
  if (self->active->len != active->len)
    return FALSE;

  for (guint i = 0; i < active->len; i++)
    {
      if (strcmp (backstay_version_get_id (g_ptr_array_index (self->active, i)),
                  backstay_version_get_id (g_ptr_array_index (active, i))) != 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * backstay_rollback_dialog_get_model_type:
 *
 * Returns: (transfer none): the model type that would be rolled back
 */
const char *
backstay_rollback_dialog_get_model_type (BackstayRollbackDialog *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self), NULL);

  return backstay_version_get_model_type (self->target);
}

/**
 * backstay_rollback_dialog_tell_active:
 * @active: (element-type BackstayVersion): what is active now, the live one first
 *
 * Says that something else is live than what is shown, if so, and takes the way on until the user
 * has looked again. A rollback that has begun is left alone: its transaction compares by itself.
 */
void
backstay_rollback_dialog_tell_active (BackstayRollbackDialog *self,
                                      GPtrArray              *active)
{
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self));
  g_return_if_fail (active != NULL);

  if (self->run_cancellable != NULL || self->active == NULL || is_active_as_shown (self, active))
    return;

  /* Nothing is shown yet that would change. */
  if (self->load_cancellable != NULL)
    {
      load (self);
      return;
    }

  if (active->len > 0)
    line = dup_version_line (g_ptr_array_index (active, 0));
  else
    line = g_strdup (_ ("no version is active any more"));

  /* Translators: a version's name, when it was made and by whom. */
  text = g_strdup_printf (_ ("What is live has changed since you opened this: %s."), line);
  self->readable = FALSE;
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, _ ("Look Again"));
  update_actions (self);
}

/**
 * backstay_rollback_dialog_get_busy:
 *
 * Returns: whether it waits for the server
 */
gboolean
backstay_rollback_dialog_get_busy (BackstayRollbackDialog *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self), FALSE);

  return self->load_cancellable != NULL || self->run_cancellable != NULL;
}
