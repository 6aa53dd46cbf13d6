/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-window-activate"

#include "config.h"

#include "backstay-window-private.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"

#include <glib/gi18n-lib.h>

/* The window's action that turns a version on as it is. It says what is lost by that, and offers a
 * rollback instead. */

/* What is shown, and compared with the table before anything is changed. */
typedef struct
{
  GWeakRef               window;
  BackstayRepository    *repository;
  BackstayVersion       *version;
  GPtrArray             *active;
  BackstayConfiguration *target;
} Activation;

static void
activation_free (Activation *activation)
{
  g_weak_ref_clear (&activation->window);
  g_object_unref (activation->repository);
  g_object_unref (activation->version);
  g_clear_pointer (&activation->active, g_ptr_array_unref);
  g_clear_object (&activation->target);
  g_free (activation);
}

static void
activation_free_closure (gpointer  data,
                         GClosure *closure)
{
  activation_free (data);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Activation, activation_free)

static void
show_failure (BackstayWindow *self,
              const GError   *error)
{
  g_autofree char *body = NULL;

  if (g_error_matches (error, BACKSTAY_DB_ERROR, BACKSTAY_DB_ERROR_UNKNOWN))
    body = g_strdup (error->message);
  else
    body = g_strdup_printf (_ ("Nothing was changed. %s"), error->message);

  backstay_compat_show_message (GTK_WINDOW (self), _ ("The Version Was Not Activated"), body);
}

static void
activated_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Activation) activation = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&activation->window);
  g_autoptr (BackstayRollbackOutcome) outcome = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *type = NULL;
  g_autofree char *title = NULL;

  outcome = backstay_repository_activate_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL) /* It was closed. */
    return;

  if (outcome == NULL)
    show_failure (self, error);

  /* The window may be on another server meanwhile, or with somebody else signed in. */
  if (activation->repository != self->repository)
    return;

  if (outcome == NULL)
    {
      backstay_window_reload_lists (self);
      return;
    }

  type = backstay_display_text (backstay_version_get_model_type (activation->version));
  /* Translators: %s is a model type's name. */
  title = g_strdup_printf (_ ("Another version of %s is live now"), type);
  backstay_window_take_outcome (self, outcome);
  backstay_window_show_outcome (self, outcome, title);
}

static void
response_cb (Activation *activation,
             const char *response)
{
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&activation->window);
  Activation *next;

  if (self == NULL || activation->repository != self->repository)
    return;

  if (g_str_equal (response, "copy"))
    {
      backstay_window_roll_back_to (self, activation->version);
      return;
    }

  if (!g_str_equal (response, "activate"))
    return;

  next = g_new0 (Activation, 1);
  g_weak_ref_init (&next->window, self);
  next->repository = g_object_ref (activation->repository);
  next->version = g_object_ref (activation->version);
  backstay_repository_activate_async (activation->repository, activation->target, activation->active,
                                      NULL, activated_cb, next);
}

static char *
dup_body (Activation *activation)
{
  g_autofree char *type = backstay_display_text (backstay_version_get_model_type (activation->version));
  g_autofree char *first = NULL;

  if (activation->active->len == 0)
    {
      first = g_strdup_printf (_ ("No version of %s is live now."), type);
    }
  else
    {
      BackstayVersion *live = g_ptr_array_index (activation->active, 0);
      g_autofree char *name = backstay_display_text (backstay_version_get_name (live));
      g_autofree char *creator = backstay_version_dup_creator_label (live);

      if (activation->active->len > 1)
        first = g_strdup_printf (_ ("%u active versions of %s are turned off."), activation->active->len, type);
      else
        /* Translators: a version's name and creator, and a model type. */
        first = g_strdup_printf (_ ("“%s” by %s, which is live for %s, is turned off."), name, creator, type);
    }

  return g_strdup_printf (_ ("%s This version goes live as it is: the table cannot record who did "
                             "that, when, or why.\n\nA copy forward, which is what a rollback "
                             "makes, has the same configuration and records all three."),
                          first);
}

static void
ask (BackstayWindow *self,
     Activation     *activation)
{
  g_autofree char *name = backstay_display_text (backstay_version_get_name (activation->version));
  g_autofree char *heading = g_strdup_printf (_ ("Activate “%s”?"), name);
  g_autofree char *body = dup_body (activation);
  GtkWidget       *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "activate", _ ("Activate _As It Is"),
                                    "copy", _ ("Copy _Forward…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "activate",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "copy",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "copy");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), activation,
                         activation_free_closure, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
target_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Activation) activation = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&activation->window);
  g_autoptr (GError) error = NULL;

  activation->target = backstay_repository_get_configuration_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (self == NULL)
    return;

  if (activation->target == NULL)
    show_failure (self, error);
  else
    ask (self, g_steal_pointer (&activation));
}

static void
active_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayRepository *repository = BACKSTAY_REPOSITORY (object);
  g_autoptr (Activation) activation = user_data;
  g_autoptr (BackstayWindow) self = g_weak_ref_get (&activation->window);
  g_autoptr (GError) error = NULL;
  const char *id = backstay_version_get_id (activation->version);

  activation->active = backstay_repository_list_active_finish (repository, result, &error);

  if (self == NULL)
    return;

  if (activation->active == NULL)
    show_failure (self, error);
  else
    backstay_repository_get_configuration_async (repository, id, NULL, target_cb,
                                                 g_steal_pointer (&activation));
}

void
backstay_window_activate_action (GtkWidget  *widget,
                                 const char *action_name,
                                 GVariant   *parameter)
{
  BackstayWindow *self = BACKSTAY_WINDOW (widget);
  Activation     *activation = g_new0 (Activation, 1);

  g_weak_ref_init (&activation->window, self);
  activation->repository = g_object_ref (self->repository);
  activation->version = g_object_ref (backstay_version_view_get_version (self->version_view));

  backstay_repository_list_active_async (self->repository,
                                         backstay_version_get_model_type (activation->version),
                                         NULL, active_cb, activation);
}
