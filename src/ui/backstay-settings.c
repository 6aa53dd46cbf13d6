/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "backstay-settings"

#include "config.h"

#include "backstay-settings.h"

#include <string.h>

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

/* Dictionaries of strings */

static char *
dup_entry (const char *name,
           const char *key)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) entries = NULL;
  char *value = NULL;

  if (settings == NULL)
    return NULL;

  entries = g_settings_get_value (settings, name);
  g_variant_lookup (entries, key, "s", &value);

  return value;
}

/* Sets an entry, or removes it where there is no value. */
static void
save_entry (const char *name,
            const char *key,
            const char *value)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GVariant) entries = NULL;
  GVariantBuilder builder;
  GVariantIter    iter;
  const char     *other_key;
  const char     *other_value;

  if (settings == NULL)
    return;

  entries = g_settings_get_value (settings, name);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, entries);
  while (g_variant_iter_next (&iter, "{&s&s}", &other_key, &other_value))
    {
      if (!g_str_equal (other_key, key))
        g_variant_builder_add (&builder, "{ss}", other_key, other_value);
    }
  if (value != NULL)
    g_variant_builder_add (&builder, "{ss}", key, value);

  g_settings_set_value (settings, name, g_variant_builder_end (&builder));
}

/* Of keys that are more than a server's name, the rest. */
static const char *
get_rest (const char *key,
          const char *server)
{
  gsize length = strlen (server);

  return strncmp (key, server, length) == 0 && key[length] == '\n' ? key + length : NULL;
}

static void
adopt_filters (GSettings  *settings,
               const char *name,
               const char *server)
{
  g_autoptr (GVariant) entries = g_settings_get_value (settings, "filters");
  GVariantIter iter;
  const char  *key;
  const char  *value;

  g_variant_iter_init (&iter, entries);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    {
      const char      *rest = get_rest (key, name);
      g_autofree char *adopted = rest != NULL ? g_strconcat (server, rest, NULL) : NULL;
      g_autofree char *existing = adopted != NULL ? dup_entry ("filters", adopted) : NULL;

      if (adopted == NULL)
        continue;

      if (existing == NULL)
        save_entry ("filters", adopted, value);
      save_entry ("filters", key, NULL);
    }
}

static void
adopt_path_sets (GSettings  *settings,
                 const char *name,
                 const char *server)
{
  g_autoptr (GVariant) servers = g_settings_get_value (settings, "path-sets");
  g_autoptr (GVariantDict) dict = g_variant_dict_new (servers);
  g_autoptr (GVariant) sets = g_variant_dict_lookup_value (dict, name, NULL);

  if (sets == NULL)
    return;

  if (!g_variant_dict_contains (dict, server))
    g_variant_dict_insert_value (dict, server, sets);
  g_variant_dict_remove (dict, name);
  g_settings_set_value (settings, "path-sets", g_variant_dict_end (dict));
}

/**
 * backstay_settings_adopt_server:
 * @name: what a server is called
 * @server: what its settings are kept by
 *
 * Takes over what earlier versions kept by the server's name, which can be changed.
 */
void
backstay_settings_adopt_server (const char *name,
                                const char *server)
{
  g_autoptr (GSettings) settings = open_settings ();

  g_return_if_fail (name != NULL && server != NULL);

  if (settings == NULL)
    return;

  adopt_filters (settings, name, server);
  adopt_path_sets (settings, name, server);
}

/**
 * backstay_settings_dup_identity:
 * @server: what the server's settings are kept by
 *
 * Finds who was signed in on a server the last time.
 *
 * Returns: (transfer full) (nullable): a profile's uuid
 */
char *
backstay_settings_dup_identity (const char *server)
{
  g_return_val_if_fail (server != NULL, NULL);

  return dup_entry ("identities", server);
}

/**
 * backstay_settings_save_identity:
 * @server: what the server's settings are kept by
 * @identity: a profile's uuid
 *
 * Remembers who is signed in on a server.
 */
void
backstay_settings_save_identity (const char *server,
                                 const char *identity)
{
  g_return_if_fail (server != NULL && identity != NULL);

  save_entry ("identities", server, identity);
}

/**
 * backstay_settings_dup_filter:
 * @server: what the server's settings are kept by
 * @model_type: a model type
 *
 * Finds the filter that a history had the last time.
 *
 * Returns: (transfer full) (nullable): what backstay_settings_save_filter() was given
 */
char *
backstay_settings_dup_filter (const char *server,
                              const char *model_type)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (server != NULL && model_type != NULL, NULL);

  key = g_strconcat (server, "\n", model_type, NULL);

  return dup_entry ("filters", key);
}

/**
 * backstay_settings_save_filter:
 * @server: what the server's settings are kept by
 * @model_type: a model type
 * @filter: (nullable): its history's filter; %NULL for none
 *
 * Remembers the filter of a history.
 */
void
backstay_settings_save_filter (const char *server,
                               const char *model_type,
                               const char *filter)
{
  g_autofree char *key = NULL;

  g_return_if_fail (server != NULL && model_type != NULL);

  key = g_strconcat (server, "\n", model_type, NULL);
  save_entry ("filters", key, filter);
}

/**
 * backstay_settings_dup_path_sets:
 * @server: what the server's settings are kept by
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
 * @server: what the server's settings are kept by
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
