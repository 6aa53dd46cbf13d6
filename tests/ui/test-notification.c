/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-notification"

#include "config.h"

#include "ui-rollback.h"

#include <string.h>

/* The desktop's part is played here: a session bus of the test's own, with what shows notifications on
 * it, as freedesktop.org has it. */

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char introspection[] =
  "<node><interface name='" NAME "'>"
  "<method name='Notify'>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/>"
  "</method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
  "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
  "</interface></node>";

static struct
{
  GTestDBus       *bus;
  GDBusConnection *connection; /* The desktop's own. */
  guint            n_shown;
  char            *text;
} desktop;

static void
method_call_cb (GDBusConnection       *connection,
                const char            *sender,
                const char            *object_path,
                const char            *interface_name,
                const char            *method_name,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               user_data)
{
  const char *summary;
  const char *body;

  if (!g_str_equal (method_name, "Notify"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      return;
    }

  g_variant_get (parameters, "(&su&s&s&s^asa{sv}i)", NULL, NULL, NULL, &summary, &body, NULL, NULL, NULL);
  g_free (desktop.text);
  desktop.text = g_strdup_printf ("%s|%s", summary, body);
  desktop.n_shown++;
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", desktop.n_shown));
}

static void
start_desktop (void)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_call_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) owned = NULL;

  desktop.bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (desktop.bus);
  desktop.connection =
    g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (desktop.bus),
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (desktop.connection, PATH, info->interfaces[0], &vtable, NULL, NULL, &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (desktop.connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", NAME, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
click_notification (guint id)
{
  g_dbus_connection_emit_signal (desktop.connection, NULL, PATH, NAME, "ActionInvoked",
                                 g_variant_new ("(us)", id, "default"), NULL);
}

/* As the program opens one, so that it hears of what goes live. */
static BackstayWindow *
open_sample (void)
{
  g_autoptr (BackstayIdentity) alice = backstay_identity_new (SUPPORT_ALICE, NULL);
  GtkApplication *application = ui_get_application ();
  BackstayWindow *window;

  g_application_activate (G_APPLICATION (application));
  window = BACKSTAY_WINDOW (gtk_application_get_windows (application)->data);
  backstay_window_open (window, support_server_get_config (), alice, TRUE);
  ui_wait_until_ready (window);
  ui_wait_until (backstay_watcher_get_watching (backstay_window_get_watcher (window)));
  ui_wait_until_ready (window);
  desktop.n_shown = 0;

  return window;
}

/* Turns to another window. Where it was before is not known: other tests share the screen. */
static void
leave (BackstayWindow *window)
{
  GtkWindow *other = GTK_WINDOW (gtk_window_new ());

  gtk_window_present (other);
  ui_wait_until (!gtk_window_is_active (GTK_WINDOW (window)));
  g_signal_connect_swapped (window, "destroy", G_CALLBACK (gtk_window_destroy), other);
}

/* Bob makes a new version live. */
static void
make_live (BackstayWindow *window,
           const char     *config_name)
{
  support_sql_run (support_server_get_sql (),
                   "BEGIN;"
                   "UPDATE model_config_history SET is_active = false WHERE model_type = 'flux' AND is_active;"
                   "INSERT INTO model_config_history (model_type, config_name, config_data, is_active, created_by, created_at)"
                   " VALUES ('flux', '%s', '{}', true, '" SUPPORT_BOB "', clock_timestamp());"
                   "COMMIT",
                   config_name);
  backstay_watcher_look (backstay_window_get_watcher (window));
}

static gboolean
is_live_in_sidebar (BackstayWindow *window,
                    const char     *config_name)
{
  return ui_shows (ui_find (window, "sidebar"), config_name);
}

static void
test_others (void)
{
  BackstayWindow *window = open_sample ();

  /* Another version of it is what one looked at. */
  ui_select_type (window, "flux");
  leave (window);
  make_live (window, "By bob");
  ui_wait_until (desktop.n_shown > 0);
  g_assert_cmpstr (desktop.text, ==, "flux has changed|By bob is live now, by bob.");
  ui_wait_until_ready (window);
  g_assert_cmpstr (ui_get_label (ui_find (window, "version_view"), "name_label"), !=, "By bob");

  click_notification (1);
  ui_wait_until (g_strcmp0 (ui_get_label (ui_find (window, "version_view"), "name_label"), "By bob") == 0);
  g_assert_cmpuint (desktop.n_shown, ==, 1);

  ui_close_window (window);
  support_server_restore ();
}

static void
test_own (void)
{
  BackstayWindow *window = open_sample ();

  ui_select_newest_type (window);
  ui_roll_back (ui_open_rollback (window, UI_GOOD), "Reason");
  ui_wait_until_ready (window);
  leave (window);
  backstay_watcher_look (backstay_window_get_watcher (window));

  /* What comes after it is told, so it was not. */
  make_live (window, "By bob");
  ui_wait_until (desktop.n_shown > 0);
  g_assert_cmpuint (desktop.n_shown, ==, 1);
  g_assert_true (g_str_has_prefix (desktop.text, "flux has changed|"));

  ui_close_window (window);
  support_server_restore ();
}

static void
test_off (void)
{
  BackstayWindow *window = open_sample ();
  GActionGroup   *application = G_ACTION_GROUP (ui_get_application ());

  leave (window);
  g_action_group_change_action_state (application, "notifications", g_variant_new_boolean (FALSE));
  make_live (window, "Not told");
  ui_wait_until (is_live_in_sidebar (window, "Not told"));
  g_action_group_change_action_state (application, "notifications", g_variant_new_boolean (TRUE));
  make_live (window, "Told");
  ui_wait_until (desktop.n_shown > 0);
  g_assert_cmpuint (desktop.n_shown, ==, 1);
  g_assert_cmpstr (desktop.text, ==, "flux has changed|Told is live now, by bob.");

  ui_close_window (window);
  support_server_restore ();
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  if (daemon == NULL)
    {
      g_print ("1..0 # SKIP there is no dbus-daemon\n");
      return 0;
    }

  start_desktop ();
  ui_init (&argc, &argv);

  g_test_add_func ("/notification/others", test_others);
  g_test_add_func ("/notification/own", test_own);
  g_test_add_func ("/notification/off", test_off);

  return ui_run_tests ();
}
