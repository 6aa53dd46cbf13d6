/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-rollback-dialog"

#include "config.h"

#include "backstay-rollback-dialog.h"

#include "backstay-live-preview.h"
#include "backstay-notice.h"
#include "backstay-rollback-plan.h"
#include "backstay-rollback-text.h"
#include "backstay-undone-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * BackstayRollbackDialog:
 *
 * Says what it means to make another version live, as a copy or as it is, and does it. A copy needs
 * a reason; of a version that goes live as it is none can be recorded, so a copy is offered first.
 *
 * What it shows is read anew when it opens, and is what the transaction compares the table with.
 */
struct _BackstayRollbackDialog
{
  AdwWindow parent_instance;

  BackstayRepository   *repository;
  BackstayVersion      *target;
  BackstayRollbackKind  kind;
  BackstayRollbackPlan *plan; /* %NULL until it has come. */
  GCancellable         *load_cancellable;
  GCancellable         *run_cancellable; /* Non-%NULL while the server is at it. */
  gboolean              agreeable;       /* Whether what will be live is shown, and is another one. */

  /* Template children */
  AdwWindowTitle      *title;
  GtkButton           *roll_back_button;
  GtkSpinner          *spinner;
  BackstayNotice      *notice;
  AdwActionRow        *from_row;
  AdwActionRow        *to_row;
  BackstayUndoneRow   *undone_row;
  AdwActionRow        *server_row;
  AdwActionRow        *user_row;
  GtkWidget           *copy_group;
  GtkWidget           *copy_button;
  GtkWidget           *reason_group;
  GtkEditable         *reason_row;
  GtkLabel            *preview_heading;
  BackstayLivePreview *preview;
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
  gboolean         is_ready = self->plan != NULL && self->agreeable && !is_busy;
  gboolean         is_copy = self->kind == BACKSTAY_ROLLBACK_KIND_COPY;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rollback.run",
                                 is_ready && (!is_copy || reason[0] != '\0'));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rollback.copy-forward", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rollback.rehearse", is_ready);
  gtk_editable_set_editable (self->reason_row, !is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy || self->load_cancellable != NULL);
}

/* All words, which depend on what is to be done, and on what is live. */
static void
show_facts (BackstayRollbackDialog *self)
{
  GPtrArray       *active = self->plan != NULL ? self->plan->active : NULL;
  BackstayVersion *live = active != NULL && active->len > 0 ? g_ptr_array_index (active, 0) : NULL;
  BackstayAccess  *access = backstay_repository_get_access (self->repository);
  gboolean         is_copy = self->kind == BACKSTAY_ROLLBACK_KIND_COPY;
  g_autofree char *act = backstay_rollback_text_dup_act (self->kind, self->target, live);
  g_autofree char *user = backstay_rollback_text_dup_user (self->kind, access);
  g_autofree char *to = backstay_rollback_text_dup_version (self->target);
  g_autofree char *from = NULL;

  gtk_window_set_title (GTK_WINDOW (self), act);
  adw_window_title_set_title (self->title, act);
  gtk_button_set_label (self->roll_back_button, act);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->from_row),
                                 backstay_rollback_text_get_from (self->kind, active != NULL && active->len > 1));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->to_row),
                                 is_copy ? _ ("To a new version, copied from") : _ ("Goes live as it is"));
  adw_action_row_set_subtitle (self->to_row, to);
  adw_action_row_set_subtitle (self->user_row, user);
  gtk_widget_set_visible (self->copy_group, !is_copy);
  gtk_widget_set_visible (self->reason_group, is_copy);

  if (active == NULL)
    return;

  from = backstay_rollback_text_dup_active (active);
  adw_action_row_set_subtitle (self->from_row, from);
  gtk_label_set_label (self->preview_heading, live != NULL ? _ ("What will change") : _ ("What will be live"));
}

/* Says so where there is nothing to gain. */
static gboolean
is_agreeable (BackstayRollbackDialog *self)
{
  BackstayRollbackPlan *plan = self->plan;

  if (self->kind == BACKSTAY_ROLLBACK_KIND_COPY && backstay_rollback_plan_changes_nothing (plan))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO,
                            _ ("The live version already has exactly this configuration. There is "
                               "nothing to roll back."),
                            NULL);
      return FALSE;
    }

  if (self->kind == BACKSTAY_ROLLBACK_KIND_ACTIVATE && plan->active->len == 1 &&
      strcmp (backstay_version_get_id (g_ptr_array_index (plan->active, 0)),
              backstay_version_get_id (self->target)) == 0)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_INFO, _ ("This version is live already."), NULL);
      return FALSE;
    }

  return TRUE;
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayRollbackDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (BackstayRollbackPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  plan = backstay_rollback_plan_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->load_cancellable);

  if (plan == NULL)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
      update_actions (self);
      return;
    }

  self->plan = g_steal_pointer (&plan);
  g_set_object (&self->target, backstay_configuration_get_version (self->plan->target));
  backstay_undone_row_show (self->undone_row, self->repository, self->target,
                            self->plan->active->len > 0 ? g_ptr_array_index (self->plan->active, 0) : NULL);
  backstay_live_preview_show (self->preview, self->plan);
  self->agreeable = is_agreeable (self);
  show_facts (self);
  update_actions (self);
}

/* Reads what is active now, and the target, and forgets what was read before. */
static void
load (BackstayRollbackDialog *self)
{
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_clear_pointer (&self->plan, backstay_rollback_plan_free);
  self->agreeable = FALSE;
  backstay_notice_hide (self->notice);
  backstay_live_preview_show_loading (self->preview);

  self->load_cancellable = g_cancellable_new ();
  backstay_rollback_plan_load_async (self->repository, self->target, self->load_cancellable, loaded_cb, self);
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
  self->agreeable = FALSE;
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, text, _ ("Look Again"));
  g_signal_emit (self, signals[SIGNAL_OUT_OF_DATE], 0);
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
    {
      g_autofree char *text = backstay_rollback_text_dup_rehearsal (outcome);

      backstay_notice_show (self->notice, BACKSTAY_NOTICE_SUCCESS, text, NULL);
    }
  else
    {
      show_refusal (self, error);
    }

  update_actions (self);
}

static void
run (BackstayRollbackDialog *self,
     gboolean                rehearse)
{
  g_autofree char *reason = dup_reason (self);
  g_autoptr (BackstayRollbackRequest) request = NULL;
  GWeakRef *weak_self = g_new0 (GWeakRef, 1);

  if (self->kind == BACKSTAY_ROLLBACK_KIND_ACTIVATE)
    request = backstay_rollback_request_new_activate (self->plan->target, self->plan->active);
  else
    request = backstay_rollback_request_new (self->plan->target, self->plan->active, reason);

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

/* The better way, with what is shown already. */
static void
copy_forward_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  BackstayRollbackDialog *self = BACKSTAY_ROLLBACK_DIALOG (widget);

  self->kind = BACKSTAY_ROLLBACK_KIND_COPY;
  show_facts (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason_row));

  /* What is told that others did stays. */
  if (self->agreeable)
    {
      backstay_notice_hide (self->notice);
      self->agreeable = is_agreeable (self);
    }

  update_actions (self);
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
  g_clear_pointer (&self->plan, backstay_rollback_plan_free);

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

  g_type_ensure (BACKSTAY_TYPE_LIVE_PREVIEW);
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
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, copy_group);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, reason_group);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, preview_heading);
  gtk_widget_class_bind_template_child (widget_class, BackstayRollbackDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  gtk_widget_class_bind_template_callback (widget_class, reason_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);

  gtk_widget_class_install_action (widget_class, "rollback.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "rollback.rehearse", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "rollback.copy-forward", NULL, copy_forward_action);
}

static void
backstay_rollback_dialog_init (BackstayRollbackDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_rollback_dialog_new:
 * @parent: the window
 * @repository: where to do it
 * @target: the version to make live again
 * @kind: how: %BACKSTAY_ROLLBACK_KIND_COPY or %BACKSTAY_ROLLBACK_KIND_ACTIVATE
 * @server: what to call the server
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayRollbackDialog *
backstay_rollback_dialog_new (GtkWindow           *parent,
                              BackstayRepository  *repository,
                              BackstayVersion     *target,
                              BackstayRollbackKind kind,
                              const char          *server)
{
  BackstayRollbackDialog *self;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);
  g_return_val_if_fail (BACKSTAY_IS_VERSION (target), NULL);
  g_return_val_if_fail (kind != BACKSTAY_ROLLBACK_KIND_CREATE, NULL);

  self = g_object_new (BACKSTAY_TYPE_ROLLBACK_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  self->target = g_object_ref (target);
  self->kind = kind;

  adw_action_row_set_subtitle (self->server_row, server);
  show_facts (self);
  gtk_widget_grab_focus (kind == BACKSTAY_ROLLBACK_KIND_COPY ? GTK_WIDGET (self->reason_row)
                                                             : self->copy_button);
  load (self);

  return self;
}

/**
 * backstay_rollback_dialog_get_repository:
 *
 * Returns: (transfer none): where it is done
 */
BackstayRepository *
backstay_rollback_dialog_get_repository (BackstayRollbackDialog *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self), NULL);

  return self->repository;
}

/**
 * backstay_rollback_dialog_get_server:
 *
 * Returns: (transfer none): what the server is called
 */
const char *
backstay_rollback_dialog_get_server (BackstayRollbackDialog *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self), NULL);

  return adw_action_row_get_subtitle (self->server_row);
}

/**
 * backstay_rollback_dialog_get_target:
 *
 * Returns: (transfer none): the version that is to be live again
 */
BackstayVersion *
backstay_rollback_dialog_get_target (BackstayRollbackDialog *self)
{
  g_return_val_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self), NULL);

  return self->target;
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

  if (self->run_cancellable != NULL)
    return;

  /* Nothing is shown yet that would change. */
  if (self->load_cancellable != NULL)
    {
      load (self);
      return;
    }

  if (self->plan == NULL || backstay_rollback_plan_expects_active (self->plan, active))
    return;

  if (active->len > 0)
    line = backstay_rollback_text_dup_version (g_ptr_array_index (active, 0));
  else
    line = g_strdup (_ ("no version is active any more"));

  /* Translators: a version's name, when it was made and by whom. */
  text = g_strdup_printf (_ ("What is live has changed since you opened this: %s."), line);
  self->agreeable = FALSE;
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING, text, _ ("Look Again"));
  update_actions (self);
}

/**
 * backstay_rollback_dialog_end_session:
 *
 * Closes it, as what it shows is not for the user's eyes any more. A change that the server is at goes
 * on, and the dialog with it, until it is known what became of it.
 */
void
backstay_rollback_dialog_end_session (BackstayRollbackDialog *self)
{
  g_return_if_fail (BACKSTAY_IS_ROLLBACK_DIALOG (self));

  if (self->run_cancellable == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
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
