/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-draft-bar"

#include "config.h"

#include "backstay-draft-bar.h"

#include "backstay-compat.h"
#include "backstay-display-text.h"
#include "backstay-draft-file.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/**
 * BackstayDraftBar:
 *
 * Offers the drafts that a window, a crash or a power failure left behind, one after the other. It
 * is not there while there are none.
 */
struct _BackstayDraftBar
{
  GtkWidget parent_instance;

  GPtrArray    *drafts; /* Of BackstayDraft, the newest first. */
  GCancellable *cancellable;

  /* Template children */
  GtkRevealer *revealer;
  GtkLabel    *label;
};

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayDraftBar, backstay_draft_bar, GTK_TYPE_WIDGET)

/* "from 10:32", and on another day with the date. */
static char *
dup_when (BackstayDraft *draft)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (draft->saved_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (time == NULL)
    return g_strdup ("?");

  if (g_date_time_get_year (time) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    return g_date_time_format (time, "%H:%M");

  /* Translators: a date and a time of day, as in strftime. */
  return g_date_time_format (time, _ ("%e %b %Y, %H:%M"));
}

static void
update (BackstayDraftBar *self)
{
  BackstayDraft   *draft;
  g_autofree char *type = NULL;
  g_autofree char *name = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (self->drafts->len == 0)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }

  draft = g_ptr_array_index (self->drafts, 0);
  type = backstay_display_text (draft->model_type[0] != '\0' ? draft->model_type : _ ("no model type"));
  name = backstay_display_text (draft->config_name[0] != '\0' ? draft->config_name : _ ("no name"));
  when = dup_when (draft);

  /* Translators: how many drafts; a model type, a version's name, and when it was written. */
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u unsaved draft: %s “%s” from %s",
                                       "%u unsaved drafts, the newest: %s “%s” from %s",
                                       self->drafts->len),
                          self->drafts->len, type, name, when);
  gtk_label_set_label (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayDraftBar *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  GPtrArray *drafts = backstay_draft_file_list_finish (result, &error);

  if (drafts == NULL)
    return;

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->drafts);
  self->drafts = drafts;
  update (self);
}

static void
restore_clicked_cb (BackstayDraftBar *self)
{
  g_autoptr (BackstayDraft) draft = NULL;

  /* A second click, while the bar goes. */
  if (self->drafts->len == 0)
    return;

  draft = g_ptr_array_steal_index (self->drafts, 0);
  update (self);
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, draft);
}

static void
response_cb (BackstayDraftBar *self,
             const char       *response)
{
  g_autoptr (BackstayDraft) draft = NULL;
  g_autoptr (BackstayDraftFile) file = NULL;

  if (!g_str_equal (response, "discard") || self->drafts->len == 0)
    return;

  draft = g_ptr_array_steal_index (self->drafts, 0);
  file = backstay_draft_file_new (draft->id);
  backstay_draft_file_remove (file);
  update (self);
}

static void
discard_clicked_cb (BackstayDraftBar *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("Discard the Draft?"), NULL);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), _ ("What was written in it is lost."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _ ("_Cancel"),
                                    "discard", _ ("_Discard"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
backstay_draft_bar_dispose (GObject *object)
{
  BackstayDraftBar *self = BACKSTAY_DRAFT_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  backstay_compat_dispose_template (GTK_WIDGET (self), BACKSTAY_TYPE_DRAFT_BAR);

  G_OBJECT_CLASS (backstay_draft_bar_parent_class)->dispose (object);
}

static void
backstay_draft_bar_finalize (GObject *object)
{
  g_ptr_array_unref (BACKSTAY_DRAFT_BAR (object)->drafts);

  G_OBJECT_CLASS (backstay_draft_bar_parent_class)->finalize (object);
}

static void
backstay_draft_bar_class_init (BackstayDraftBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_draft_bar_dispose;
  object_class->finalize = backstay_draft_bar_finalize;

  /**
   * BackstayDraftBar::restore:
   * @draft: the draft
   *
   * Emitted when somebody wants to go on with a draft.
   */
  signals[SIGNAL_RESTORE] =
    g_signal_new ("restore",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_DRAFT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-draft-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayDraftBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, BackstayDraftBar, label);
  gtk_widget_class_bind_template_callback (widget_class, restore_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
}

static void
backstay_draft_bar_init (BackstayDraftBar *self)
{
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) backstay_draft_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * backstay_draft_bar_look:
 * @server_key: what the server's settings are kept by
 * @server: what it is called
 * @identity: the uuid of who is signed in; empty for the login itself
 *
 * Looks for drafts that belong to somebody on a server, and offers them.
 */
void
backstay_draft_bar_look (BackstayDraftBar *self,
                         const char       *server_key,
                         const char       *server,
                         const char       *identity)
{
  g_return_if_fail (BACKSTAY_IS_DRAFT_BAR (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  backstay_draft_file_list_async (server_key, server, identity, self->cancellable, listed_cb, self);
}

/**
 * backstay_draft_bar_clear:
 *
 * Offers nothing any more.
 */
void
backstay_draft_bar_clear (BackstayDraftBar *self)
{
  g_return_if_fail (BACKSTAY_IS_DRAFT_BAR (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_ptr_array_set_size (self->drafts, 0);
  update (self);
}
