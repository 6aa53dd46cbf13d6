/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-server-dialog"

#include "config.h"

#include "backstay-server-dialog.h"

#include "backstay-db-error.h"
#include "backstay-notice.h"
#include "backstay-server-test.h"

#include <glib/gi18n-lib.h>

/**
 * BackstayServerDialog:
 *
 * Asks for all that there is to know about a server, and tries it.
 *
 * What is wrong is said as one types, and keeps the server from being saved; that it cannot be reached
 * does not.
 */
struct _BackstayServerDialog
{
  AdwWindow parent_instance;

  BackstayServer     *server; /* As it was. */
  gboolean            is_filling;
  gboolean            may_discard;
  BackstayServerList *servers;
  BackstaySecrets    *secrets;
  GCancellable       *cancellable; /* Non-%NULL while it tests. */
  GCancellable       *paste_cancellable;

  /* Template children */
  BackstayNotice *notice;
  BackstayNotice *result_notice;
  GtkButton      *test_button;
  GtkSpinner     *spinner;
  GtkEditable    *uri_row;
  GtkWidget      *text_rows[BACKSTAY_SERVER_N_FIELDS]; /* %NULL for those that are chosen. */
  GtkEditable    *password_row;
  AdwComboRow    *color_row;
  AdwComboRow    *keep_row;
  AdwComboRow    *tls_row;
  AdwComboRow    *safe_row;
  AdwComboRow    *target_row;
};

enum
{
  SIGNAL_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BackstayServerDialog, backstay_server_dialog, ADW_TYPE_WINDOW)

static const struct
{
  BackstayServerField field;
  const char         *id;
} text_rows[] = {
  { BACKSTAY_SERVER_NAME, "name_row" },
  { BACKSTAY_SERVER_HOST, "host_row" },
  { BACKSTAY_SERVER_PORT, "port_row" },
  { BACKSTAY_SERVER_DATABASE, "database_row" },
  { BACKSTAY_SERVER_USER, "user_row" },
  { BACKSTAY_SERVER_SCHEMA, "schema_row" },
  { BACKSTAY_SERVER_ROOT_CERTIFICATE, "certificate_row" },
  { BACKSTAY_SERVER_SERVICE, "service_row" },
  { BACKSTAY_SERVER_MORE, "more_row" },
};

/* In the order of the rows' models. */
static const char *const tls_modes[] = {
  "", "disable", "allow", "prefer", "require", "verify-ca", "verify-full"
};

static const char *const targets[] = {
  "", "any", "read-write", "read-only", "primary", "standby", "prefer-standby"
};

static guint
find_word (const char *const *words,
           guint              n_words,
           const char        *word)
{
  for (guint i = 0; i < n_words; i++)
    {
      if (g_str_equal (words[i], word))
        return i;
    }

  return 0;
}

/* The form */

static void
fill (BackstayServerDialog *self,
      BackstayServer       *server)
{
  self->is_filling = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    gtk_editable_set_text (GTK_EDITABLE (self->text_rows[text_rows[i].field]),
                           backstay_server_get_text (server, text_rows[i].field));

  adw_combo_row_set_selected (self->color_row, backstay_server_get_color (server));
  adw_combo_row_set_selected (self->safe_row, backstay_server_get_safe_mode (server));
  adw_combo_row_set_selected (self->keep_row, backstay_server_get_password (server));
  adw_combo_row_set_selected (self->tls_row,
                              find_word (tls_modes, G_N_ELEMENTS (tls_modes),
                                         backstay_server_get_text (server, BACKSTAY_SERVER_TLS_MODE)));
  adw_combo_row_set_selected (self->target_row,
                              find_word (targets, G_N_ELEMENTS (targets),
                                         backstay_server_get_text (server, BACKSTAY_SERVER_TARGET)));
  self->is_filling = FALSE;
}

static BackstayServer *
read_form (BackstayServerDialog *self)
{
  BackstayServer *server = backstay_server_new (backstay_server_get_id (self->server));

  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    backstay_server_set_text (server, text_rows[i].field,
                              gtk_editable_get_text (GTK_EDITABLE (self->text_rows[text_rows[i].field])));

  backstay_server_set_color (server, adw_combo_row_get_selected (self->color_row));
  backstay_server_set_safe_mode (server, adw_combo_row_get_selected (self->safe_row));
  backstay_server_set_password (server, adw_combo_row_get_selected (self->keep_row));
  backstay_server_set_text (server, BACKSTAY_SERVER_TLS_MODE, tls_modes[adw_combo_row_get_selected (self->tls_row)]);
  backstay_server_set_text (server, BACKSTAY_SERVER_TARGET, targets[adw_combo_row_get_selected (self->target_row)]);

  return server;
}

static char *
dup_problem (BackstayServerDialog *self,
             BackstayServer       *server,
             BackstayServerField   field)
{
  const char *text = backstay_server_get_text (server, field);

  if (field == BACKSTAY_SERVER_NAME &&
      backstay_server_list_has_name (self->servers, text, backstay_server_get_id (server)))
    return g_strdup (_ ("Another server has this name already."));

  return backstay_server_dup_problem (server, field);
}

static void
mark (GtkWidget  *row,
      const char *problem)
{
  if (problem != NULL)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");

  gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* Says the first thing that is wrong. That there is no name yet need not be said of an empty form. */
static void
check (BackstayServerDialog *self)
{
  g_autoptr (BackstayServer) server = read_form (self);
  g_autofree char *first = NULL;
  gboolean         is_right = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    {
      BackstayServerField field = text_rows[i].field;
      g_autofree char    *problem = dup_problem (self, server, field);
      gboolean            is_empty = backstay_server_get_text (server, field)[0] == '\0';

      mark (self->text_rows[field], is_empty ? NULL : problem);
      is_right &= problem == NULL;

      if (problem != NULL && first == NULL && !is_empty)
        first = g_steal_pointer (&problem);
    }

  if (first != NULL)
    backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, first, NULL);
  else
    backstay_notice_hide (self->notice);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "server-dialog.save", is_right);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "server-dialog.test", first == NULL);
}

static void
stop_test (BackstayServerDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_button_set_label (self->test_button, _ ("_Test Connection"));
}

/* What was found is not of what is in the form now. */
static void
changed_cb (BackstayServerDialog *self)
{
  if (self->is_filling || self->server == NULL)
    return;

  self->may_discard = FALSE;
  stop_test (self);
  backstay_notice_hide (self->result_notice);
  check (self);
}

static void
fill_from_uri (BackstayServerDialog *self,
               const char           *uri)
{
  g_autoptr (BackstayServer) server = read_form (self);
  g_autoptr (GError) error = NULL;
  char *password = NULL;

  if (!backstay_server_take_uri (server, uri, &password, &error))
    {
      backstay_notice_show (self->notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
      return;
    }

  fill (self, server);

  /* Or there would be something to apply again. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->uri_row), FALSE);
  gtk_editable_set_text (self->uri_row, "");
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->uri_row), TRUE);
  gtk_widget_grab_focus (self->text_rows[BACKSTAY_SERVER_NAME]);

  if (password != NULL)
    gtk_editable_set_text (self->password_row, password);
  backstay_secrets_free_password (password);
  changed_cb (self);
}

static void
take_uri (BackstayServerDialog *self)
{
  fill_from_uri (self, gtk_editable_get_text (self->uri_row));
}

static void
pasted_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayServerDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  fill_from_uri (self, text != NULL ? text : "");
}

static void
paste_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  BackstayServerDialog *self = BACKSTAY_SERVER_DIALOG (widget);

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), self->paste_cancellable, pasted_cb, self);
}

/* Testing */

static void
tested_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  BackstayServerDialog *self = user_data; /* Dangling if cancelled. */
  g_autoptr (GError) error = NULL;
  g_autoptr (BackstayAccess) access = backstay_server_test_finish (result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  stop_test (self);

  if (access == NULL)
    {
      backstay_notice_show (self->result_notice, BACKSTAY_NOTICE_ERROR, error->message, NULL);
      if (backstay_db_error_get_wants_password (error))
        gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
      return;
    }

  text = backstay_server_test_describe (access);
  backstay_notice_show (self->result_notice,
                        backstay_access_can_write (access) ? BACKSTAY_NOTICE_SUCCESS : BACKSTAY_NOTICE_WARNING,
                        text, NULL);
}

static void
test_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayServerDialog *self = BACKSTAY_SERVER_DIALOG (widget);
  g_autoptr (BackstayServer) server = NULL;

  if (self->cancellable != NULL)
    {
      stop_test (self);
      backstay_notice_show (self->result_notice, BACKSTAY_NOTICE_INFO, _ ("The test was cancelled."), NULL);
      return;
    }

  /* It need not have a name for that. */
  server = read_form (self);
  if (backstay_server_get_text (server, BACKSTAY_SERVER_NAME)[0] == '\0')
    backstay_server_set_text (server, BACKSTAY_SERVER_NAME, _ ("this server"));

  backstay_notice_hide (self->result_notice);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_button_set_label (self->test_button, _ ("S_top Testing"));
  backstay_server_test_async (server, gtk_editable_get_text (self->password_row), self->secrets,
                              self->cancellable, tested_cb, self);
}

/* Saving */

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BackstayServerDialog *self = BACKSTAY_SERVER_DIALOG (widget);
  g_autoptr (BackstayServer) server = read_form (self);

  g_signal_emit (self, signals[SIGNAL_SAVED], 0, server, gtk_editable_get_text (self->password_row));
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
discard_cb (BackstayServerDialog *self)
{
  if (self->may_discard)
    gtk_window_destroy (GTK_WINDOW (self));
}

/* What was typed is not lost by mistake. */
static gboolean
close_request_cb (BackstayServerDialog *self)
{
  g_autoptr (BackstayServer) server = read_form (self);

  if (self->may_discard ||
      (backstay_server_equal (server, self->server) && gtk_editable_get_text (self->password_row)[0] == '\0'))
    return GDK_EVENT_PROPAGATE;

  self->may_discard = TRUE;
  backstay_notice_show (self->notice, BACKSTAY_NOTICE_WARNING,
                        _ ("What you changed is not saved."), _ ("Discard"));

  return GDK_EVENT_STOP;
}

static void
backstay_server_dialog_dispose (GObject *object)
{
  BackstayServerDialog *self = BACKSTAY_SERVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->paste_cancellable);
  g_clear_object (&self->paste_cancellable);
  g_clear_object (&self->server);
  g_clear_object (&self->servers);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (backstay_server_dialog_parent_class)->dispose (object);
}

static void
backstay_server_dialog_class_init (BackstayServerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = backstay_server_dialog_dispose;

  /**
   * BackstayServerDialog::saved:
   * @server: the server, as it is to be
   * @password: the password that was typed; empty where there was none
   *
   * Emitted when the server is to be saved.
   */
  signals[SIGNAL_SAVED] =
    g_signal_new ("saved",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, BACKSTAY_TYPE_SERVER, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);

  g_type_ensure (BACKSTAY_TYPE_NOTICE);

  gtk_widget_class_set_template_from_resource (widget_class, BACKSTAY_RESOURCE_PATH "/ui/backstay-server-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, result_notice);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, uri_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, color_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, tls_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, safe_row);
  gtk_widget_class_bind_template_child (widget_class, BackstayServerDialog, target_row);
  for (guint i = 0; i < G_N_ELEMENTS (text_rows); i++)
    gtk_widget_class_bind_template_child_full (
      widget_class, text_rows[i].id, FALSE,
      (gssize) (G_STRUCT_OFFSET (BackstayServerDialog, text_rows) + text_rows[i].field * sizeof (GtkWidget *)));
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_uri);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);

  gtk_widget_class_install_action (widget_class, "server-dialog.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "server-dialog.test", NULL, test_action);
  gtk_widget_class_install_action (widget_class, "server-dialog.save", NULL, save_action);
}

static void
backstay_server_dialog_init (BackstayServerDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->paste_cancellable = g_cancellable_new ();
}

/**
 * backstay_server_dialog_new:
 * @parent: the window
 * @server: what is known of the server
 * @is_new: whether it is to be added
 * @servers: the others
 * @secrets: where its password is or will be
 *
 * Returns: (transfer none): the dialog, which GTK owns
 */
BackstayServerDialog *
backstay_server_dialog_new (GtkWindow          *parent,
                            BackstayServer     *server,
                            gboolean            is_new,
                            BackstayServerList *servers,
                            BackstaySecrets    *secrets)
{
  BackstayServerDialog *self;

  g_return_val_if_fail (BACKSTAY_IS_SERVER (server), NULL);
  g_return_val_if_fail (BACKSTAY_IS_SERVER_LIST (servers), NULL);
  g_return_val_if_fail (BACKSTAY_IS_SECRETS (secrets), NULL);

  self = g_object_new (BACKSTAY_TYPE_SERVER_DIALOG,
                       "transient-for", parent,
                       "title", is_new ? _ ("Add a Server") : _ ("Edit the Server"),
                       NULL);
  self->servers = g_object_ref (servers);
  self->secrets = g_object_ref (secrets);
  fill (self, server);
  self->server = g_object_ref (server);
  check (self);
  gtk_widget_grab_focus (is_new ? GTK_WIDGET (self->uri_row) : self->text_rows[BACKSTAY_SERVER_NAME]);

  return self;
}
