/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-identity-dialog"

#include "config.h"

#include "backstay-identity-dialog.h"

#include "backstay-notice.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayIdentityDialog:
 *
 * Asks which profile to be signed in as.
 */
struct _BackstayIdentityDialog
{
  AdwWindow parent_instance;

  BackstayRepository *repository;
  GListStore         *identities;
  GCancellable       *cancellable; /* Non-%NULL while it is loading. */
  char               *searched;    /* (nullable): what the list was found by. */
  gboolean            is_awaited;  /* Whether the one that will be found is to be chosen. */

  /* Template children */
  AdwWindowTitle *title;
  GtkEditable    *search_entry;
  BackstayNotice *notice;
  GtkListBox     *list_box;
  GtkLabel       *placeholder;
};

enum
{
  SIGNAL_IDENTITY_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayIdentityDialog, backstay_identity_dialog, ADW_TYPE_WINDOW)

static gboolean
is_current (BackstayIdentityDialog *self,
            BackstayIdentity       *identity)
{
  BackstayIdentity *current = backstay_repository_get_identity (self->repository);

  return current != NULL &&
         g_str_equal (backstay_identity_get_id (current), backstay_identity_get_id (identity));
}

static GtkWidget *
create_row (gpointer item,
            gpointer user_data)
{
  BackstayIdentityDialog *self = user_data;
  BackstayIdentity       *identity = item;
  GtkWidget              *row = adw_action_row_new ();
  g_autofree char        *label = backstay_identity_dup_label (identity);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), backstay_identity_get_id (identity));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  if (is_current (self, identity))
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("object-select-symbolic");

      gtk_widget_set_tooltip_text (image, _ ("Signed in now"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), image);
    }

  return row;
}

static void
choose (BackstayIdentityDialog *self,
        guint                   position)
{
  g_autoptr (BackstayIdentity) identity = NULL;

  identity = g_list_model_get_item (G_LIST_MODEL (self->identities), position);
  if (identity == NULL)
    return;

  g_signal_emit (self, signals[SIGNAL_IDENTITY_CHOSEN], 0, identity);
  gtk_window_close (GTK_WINDOW (self));
}

static void
row_activated_cb (BackstayIdentityDialog *self,
                  GtkListBoxRow          *row)
{
  choose (self, gtk_list_box_row_get_index (row));
}

static void
choose_only_one (BackstayIdentityDialog *self)
{
  self->is_awaited = FALSE;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->identities)) == 1)
    choose (self, 0);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayIdentityDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GPtrArray) identities = NULL;
  g_autoptr (GError) error = NULL;

  identities = backstay_repository_list_profiles_finish (BACKSTAY_REPOSITORY (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);

  if (identities == NULL)
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, _ ("Try Again"));
      return;
    }

  gtk_label_set_label (self->placeholder,
                       gtk_editable_get_text (self->search_entry)[0] != '\0'
                         ? _ ("Nobody has such a name.")
                         : _ ("There are no profiles yet."));
  g_list_store_splice (self->identities,
                       0, g_list_model_get_n_items (G_LIST_MODEL (self->identities)),
                       identities->pdata, identities->len);

  if (self->is_awaited)
    choose_only_one (self);
}

static void
load (BackstayIdentityDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->is_awaited = FALSE;
  backstay_notice_hide (self->notice);

  g_free (self->searched);
  self->searched = g_strdup (gtk_editable_get_text (self->search_entry));
  self->cancellable = g_cancellable_new ();
  backstay_repository_list_profiles_async (self->repository,
                                           self->searched,
                                           self->cancellable,
                                           listed_cb,
                                           self);
}

static gboolean
is_searched (BackstayIdentityDialog *self)
{
  return g_strcmp0 (self->searched, gtk_editable_get_text (self->search_entry)) == 0;
}

/* Comes a moment after what was typed, which Enter may have begun to look for. */
static void
search_changed_cb (BackstayIdentityDialog *self)
{
  if (self->cancellable == NULL || !is_searched (self))
    load (self);
}

/* What is in the list may still be by what was typed before: who types on and presses Enter means whom the
 * new text finds. */
static void
search_activated_cb (BackstayIdentityDialog *self)
{
  if (!is_searched (self))
    load (self);

  if (self->cancellable != NULL)
    self->is_awaited = TRUE;
  else
    choose_only_one (self);
}

static void
backstay_identity_dialog_dispose (GObject *object)
{
  BackstayIdentityDialog *self = BACKSTAY_IDENTITY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->repository);
  g_clear_object (&self->identities);
  g_clear_pointer (&self->searched, g_free);

  G_OBJECT_CLASS (backstay_identity_dialog_parent_class)->dispose (object);
}

static void
backstay_identity_dialog_class_init (BackstayIdentityDialogClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = backstay_identity_dialog_dispose;

  /**
   * BackstayIdentityDialog::identity-chosen:
   * @identity: the profile
   *
   * Emitted when the user has chosen, before the dialog closes.
   */
  signals[SIGNAL_IDENTITY_CHOSEN] =
    g_signal_new ("identity-chosen",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, BACKSTAY_TYPE_IDENTITY);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-identity-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayIdentityDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BackstayIdentityDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BackstayIdentityDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayIdentityDialog, list_box);
  gtk_widget_class_bind_template_child (widget_class, BackstayIdentityDialog, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
backstay_identity_dialog_init (BackstayIdentityDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->identities = g_list_store_new (BACKSTAY_TYPE_IDENTITY);
}

/**
 * backstay_identity_dialog_new:
 * @parent: the window
 * @repository: whose server's profiles to list
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayIdentityDialog *
backstay_identity_dialog_new (GtkWindow          *parent,
                              BackstayRepository *repository)
{
  BackstayIdentityDialog *self;
  BackstayAccess         *access;

  g_return_val_if_fail (BACKSTAY_IS_REPOSITORY (repository), NULL);

  self = g_object_new (BACKSTAY_TYPE_IDENTITY_DIALOG, "transient-for", parent, NULL);
  self->repository = g_object_ref (repository);
  access = backstay_repository_get_access (repository);

  if (access != NULL && !access->may_sign_in)
    adw_window_title_set_subtitle (self->title, _ ("Recorded only: what you may do, the login decides"));
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->identities), create_row, self, NULL);
  load (self);

  return self;
}
