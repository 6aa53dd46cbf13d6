/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-settings"

#include "config.h"

#include "backstay-settings.h"

/* What is remembered from one start to the next. Nothing of it is a secret, and Backstay works
 * without: where the schema is not installed, nothing is remembered. */

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, BACKSTAY_APP_ID, TRUE);

  if (schema == NULL)
    {
      g_debug ("The settings' schema is not installed");
      return NULL;
    }

  return g_settings_new (BACKSTAY_APP_ID);
}

/**
 * backstay_settings_restore_window:
 * @window: a window that is not shown yet
 *
 * Gives a window the size that one had before.
 */
void
backstay_settings_restore_window (GtkWindow *window)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings == NULL)
    return;

  gtk_window_set_default_size (window,
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));

  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);
}

/**
 * backstay_settings_save_window:
 * @window: a window
 *
 * Remembers the size of a window.
 */
void
backstay_settings_save_window (GtkWindow *window)
{
  g_autoptr (GSettings) settings = open_settings ();
  int width;
  int height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

/**
 * backstay_settings_dup_identity:
 * @server: what the server is called
 *
 * Finds who was signed in on a server the last time.
 *
 * Returns: (transfer full) (nullable): a profile's uuid
 */
char *
backstay_settings_dup_identity (const char *server)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) identities = NULL;
  char *identity = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  if (settings == NULL)
    return NULL;

  identities = g_settings_get_value (settings, "identities");
  g_variant_lookup (identities, server, "s", &identity);

  return identity;
}

/**
 * backstay_settings_save_identity:
 * @server: what the server is called
 * @identity: a profile's uuid
 *
 * Remembers who is signed in on a server.
 */
void
backstay_settings_save_identity (const char *server,
                                 const char *identity)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) identities = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *key;
  const char     *value;

  g_return_if_fail (server != NULL && identity != NULL);

  if (settings == NULL)
    return;

  identities = g_settings_get_value (settings, "identities");
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, identities);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      if (!g_str_equal (key, server))
        g_variant_builder_add (&builder, "{ss}", key, value);
    }
  g_variant_builder_add (&builder, "{ss}", server, identity);

  g_settings_set_value (settings, "identities", g_variant_builder_end (&builder));
}

/**
 * backstay_settings_dup_path_sets:
 * @server: what the server is called
 *
 * Finds the sets of paths that are compared on a server.
 *
 * Returns: (transfer full) (nullable): names with their JSON Pointers, of the type `a(sas)`
 */
GVariant *
backstay_settings_dup_path_sets (const char *server)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) servers = NULL;

  g_return_val_if_fail (server != NULL, NULL);

  if (settings == NULL)
    return NULL;

  servers = g_settings_get_value (settings, "path-sets");

  return g_variant_lookup_value (servers, server, G_VARIANT_TYPE ("a(sas)"));
}

/**
 * backstay_settings_save_path_sets:
 * @server: what the server is called
 * @sets: names with their JSON Pointers, of the type `a(sas)`; if it is floating, it is taken
 *
 * Remembers the sets of paths that are compared on a server.
 */
void
backstay_settings_save_path_sets (const char *server,
                                  GVariant   *sets)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) taken = g_variant_ref_sink (sets);
  g_autoptr (GVariant) servers = NULL;
  g_autoptr (GVariantDict) dict = NULL;

  g_return_if_fail (server != NULL);

  if (settings == NULL)
    return;

  servers = g_settings_get_value (settings, "path-sets");
  dict = g_variant_dict_new (servers);
  g_variant_dict_insert_value (dict, server, taken);
  g_settings_set_value (settings, "path-sets", g_variant_dict_end (dict));
}

/**
 * backstay_settings_get_needs_notes:
 *
 * Returns: whether nobody may save a new version without saying why
 */
gboolean
backstay_settings_get_needs_notes (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL && g_settings_get_boolean (settings, "require-notes");
}

/**
 * backstay_settings_get_notifications:
 *
 * Returns: whether the desktop may tell of changes
 */
gboolean
backstay_settings_get_notifications (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings == NULL || g_settings_get_boolean (settings, "notifications");
}

/**
 * backstay_settings_create_notifications_action:
 *
 * Makes the switch for it.
 *
 * Returns: (transfer full) (nullable): an action; %NULL where it could not be remembered
 */
GAction *
backstay_settings_create_notifications_action (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? g_settings_create_action (settings, "notifications") : NULL;
}
