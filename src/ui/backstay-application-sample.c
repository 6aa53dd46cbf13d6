/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-application-sample"

#include "config.h"

#include "backstay-application-private.h"

#include <glib/gi18n-lib.h>

/* The sample data: their server runs once for all windows that want it. */

/* Who the sample data begin with: an administrator of data/sql/sample.sql. */
#define SAMPLE_ADMIN_ID "00000000-0000-4000-8000-0000000000a1"
#define SAMPLE_ADMIN_NAME "alice"

static void
add_script (BackstayApplication *self,
            const char          *name,
            const char          *status)
{
  g_autofree char *path = g_strdup_printf (BACKSTAY_RESOURCE_PATH "/sql/%s", name);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (sql != NULL);
  backstay_local_server_add_script (self->server, status, sql);
}

static void
server_lost_cb (BackstayApplication *self)
{
  g_clear_object (&self->sample_config);
}

static void
server_status_cb (BackstayApplication *self)
{
  const char *status = backstay_local_server_get_status (self->server);

  for (guint i = 0; status != NULL && i < self->waiting_windows->len; i++)
    {
      BackstayWindow *window = g_ptr_array_index (self->waiting_windows, i);

      if (backstay_window_get_wants_sample (window))
        backstay_window_show_progress (window, status);
    }
}

static void
ensure_server (BackstayApplication *self)
{
  g_autofree char *directory = backstay_local_server_dup_default_directory ();

  if (self->server != NULL)
    return;

  if (self->throw_away)
    self->server = backstay_local_server_new_throw_away ();
  else
    self->server = backstay_local_server_new (directory);

  add_script (self, "schema.sql", _ ("Preparing the database…"));
  add_script (self, "sample.sql", _ ("Loading the sample data…"));

  g_signal_connect_object (self->server, "lost", G_CALLBACK (server_lost_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->server, "notify::status", G_CALLBACK (server_status_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
show_sample (BackstayApplication *self,
             BackstayWindow      *window)
{
  g_autoptr (BackstayIdentity) admin = backstay_identity_new (SAMPLE_ADMIN_ID, SAMPLE_ADMIN_NAME);

  backstay_window_open (window, self->sample_config, admin, TRUE);
}

/* For whoever started Backstay in a terminal. */
static void
say_where (BackstayDbConfig *config)
{
  g_autofree char *command = backstay_db_config_dup_psql_command (config);

  g_print (_ ("The sample data are in a PostgreSQL server of Backstay's own:\n  %s\n"), command);
}

static void
server_started_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (BackstayApplication) self = user_data;
  g_autoptr (GPtrArray) windows = g_steal_pointer (&self->waiting_windows);
  g_autoptr (GError) error = NULL;

  self->waiting_windows = g_ptr_array_new_with_free_func (g_object_unref);
  self->sample_config = backstay_local_server_start_finish (BACKSTAY_LOCAL_SERVER (object), result, &error);

  if (self->sample_config != NULL && !self->throw_away)
    say_where (self->sample_config);

  for (guint i = 0; i < windows->len; i++)
    {
      BackstayWindow *window = g_ptr_array_index (windows, i);

      /* Its user may have thought better of it, or closed it. */
      if (!backstay_window_get_wants_sample (window))
        continue;

      if (self->sample_config != NULL)
        show_sample (self, window);
      else
        backstay_window_show_failure (window, _ ("The Sample Data Cannot Be Shown"), error->message);
    }

  g_application_release (G_APPLICATION (self));
}

/* A window wants the sample data. */
void
backstay_application_show_sample (BackstayApplication *self,
                                  BackstayWindow      *window)
{
  if (self->sample_config != NULL)
    {
      show_sample (self, window);
      return;
    }

  ensure_server (self);
  backstay_window_show_progress (window, _ ("Starting PostgreSQL…"));
  g_ptr_array_add (self->waiting_windows, g_object_ref (window));

  /* The first one starts it for all. */
  if (self->waiting_windows->len > 1)
    return;

  g_application_hold (G_APPLICATION (self));
  backstay_local_server_start_async (self->server, NULL, server_started_cb, g_object_ref (self));
}
