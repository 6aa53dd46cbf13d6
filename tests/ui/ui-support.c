/* Copyright 2026 The Backstay developers */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "ui-support"

#include "config.h"

#include "ui-support.h"

#include "backstay-application.h"
#include "backstay-history-view.h"
#include "support-wait.h"
#include "ui-display.h"

#include <string.h>

/* Far beyond what anything takes, also under sanitizers on a busy machine: this only ends a test
 * that hangs. */
#define LIMIT_SECONDS 60

#define TICK_MSEC 5

#define MAX_BORDERS 20

typedef struct
{
  guint n_frames; /* Still to come. */
} Frames;

/* The program's own, with its styles and its keyboard shortcuts; it is never run. */
static BackstayApplication *application;

/* Waiting */

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_wait_begin (UiWait     *wait,
               const char *where,
               const char *what)
{
  wait->where = where;
  wait->what = what;
  wait->deadline = g_get_monotonic_time () + LIMIT_SECONDS * G_USEC_PER_SEC;
  wait->tick_id = g_timeout_add (TICK_MSEC, tick_cb, NULL);
}

void
ui_wait_step (UiWait *wait)
{
  if (g_get_monotonic_time () > wait->deadline)
    g_error ("%s: not after %d seconds: %s", wait->where, LIMIT_SECONDS, wait->what);

  g_main_context_iteration (NULL, TRUE);
}

void
ui_wait_end (UiWait *wait)
{
  g_source_remove (wait->tick_id);
}

static void
after_paint_cb (GdkFrameClock *clock,
                Frames        *frames)
{
  if (frames->n_frames > 0)
    frames->n_frames--;
}

/* Waits until a widget's window was painted so many times. */
void
ui_wait_frames (gpointer widget,
                guint    n)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  Frames         frames = { n };
  gulong         id;

  g_assert_nonnull (clock);
  id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &frames);
  gdk_frame_clock_begin_updating (clock);
  ui_wait_until (frames.n_frames == 0);
  gdk_frame_clock_end_updating (clock);
  g_signal_handler_disconnect (clock, id);
}

/* Windows */

/* GTK may paint a popover once more while it closes, and then warns of its own inner parts. All else
 * that is fatal stays so. */
static gboolean
is_fatal_cb (const char    *domain,
             GLogLevelFlags level,
             const char    *message,
             gpointer       user_data)
{
  return g_strcmp0 (domain, "Gtk") != 0 || !g_str_has_prefix (message, "Trying to snapshot GtkGizmo");
}

/* GLib's own would say "Bail out!", which ends the test for Meson. */
static void
log_gtk_cb (const char    *domain,
            GLogLevelFlags level,
            const char    *message,
            gpointer       user_data)
{
  if (is_fatal_cb (domain, level, message, NULL))
    g_log_default_handler (domain, level, message, NULL);
  else
    g_test_message ("%s", message);
}

void
ui_init (int    *argc,
         char ***argv)
{
  g_autoptr (GError) error = NULL;

  g_test_init (argc, argv, NULL);
  g_test_log_set_fatal_handler (is_fatal_cb, NULL);
  g_log_set_handler ("Gtk", G_LOG_LEVEL_WARNING | G_LOG_FLAG_FATAL, log_gtk_cb, NULL);
  ui_display_start ();
  gtk_init ();

  /* As GNOME has it. Three buttons would be too wide for a narrow window. */
  g_object_set (gtk_settings_get_default (),
                "gtk-decoration-layout", ":close",
                "gtk-font-name", "Cantarell 11",
                NULL);

  application = backstay_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

/* Runs the tests that were added, with a server of their own that has the sample. */
int
ui_run_tests (void)
{
  int status = support_server_run_tests (SUPPORT_CONTENT_SAMPLE);

  g_clear_object (&application);
  ui_display_stop ();

  return status;
}

GtkApplication *
ui_get_application (void)
{
  return GTK_APPLICATION (application);
}

/* A window on the screen that shows nothing yet. */
BackstayWindow *
ui_new_window (void)
{
  BackstayWindow *window = backstay_window_new (GTK_APPLICATION (application));

  /* Not the size of the test before. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return window;
}

BackstayWindow *
ui_open_window (BackstayDbConfig *config,
                const char       *profile,
                gboolean          is_sample)
{
  BackstayWindow *window = ui_new_window ();
  g_autoptr (BackstayIdentity) identity = NULL;

  if (profile != NULL)
    identity = backstay_identity_new (profile, NULL);
  backstay_window_open (window, config, identity, is_sample);

  return window;
}

/* What everybody sees first: the sample as alice, loaded and painted. */
BackstayWindow *
ui_open_overview (void)
{
  BackstayWindow *window = ui_open_window (support_server_get_config (), SUPPORT_ALICE, TRUE);

  ui_wait_until_ready (window);

  return window;
}

/* Goes to the model type where something changed last, if there is one. */
void
ui_select_newest_type (BackstayWindow *window)
{
  g_autofree char *model_type = NULL;

  model_type = support_sql_query (support_server_get_sql (),
                                  "SELECT model_type FROM model_config_history"
                                  " WHERE is_active AND isfinite(created_at)"
                                  " ORDER BY created_at DESC LIMIT 1");

  if (model_type != NULL)
    ui_select_type (window, model_type);
}

/* The sample as alice, where something changed last. */
BackstayWindow *
ui_open_sample (void)
{
  BackstayWindow *window = ui_open_overview ();

  ui_select_newest_type (window);

  return window;
}

void
ui_wait_until_ready (BackstayWindow *window)
{
  ui_wait_until (backstay_window_get_ready (window));
  ui_wait_frames (window, 2);
}

/* Without a compositor a window has borders, which are not the content's. */
void
ui_resize_window (gpointer window,
                  int      width,
                  int      height)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  ui_wait_until (ABS (gdk_surface_get_width (surface) - width) <= MAX_BORDERS &&
                 ABS (gdk_surface_get_height (surface) - height) <= MAX_BORDERS);
  ui_wait_frames (window, 2);
}

/* Closes a window, and sees that it does not stay. */
void
ui_close_window (gpointer window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_destroy (GTK_WINDOW (window));
  ui_wait_until (weak == NULL);
}

/* Finds a window or a dialog that is on the screen. */
gpointer
ui_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

gpointer
ui_wait_for_window (GType type)
{
  ui_wait_until (ui_find_window (type) != NULL);
  ui_wait_frames (ui_find_window (type), 1);

  return ui_find_window (type);
}

/* The content */

static guint
find_position (GListModel *model,
               const char *property,
               const char *value)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      const char *found;

      if (BACKSTAY_IS_MODEL_TYPE (item))
        found = backstay_model_type_get_name (BACKSTAY_MODEL_TYPE (item));
      else
        found = backstay_version_get_id (BACKSTAY_VERSION (item));

      if (strcmp (found, value) == 0)
        return i;
    }

  g_error ("There is no %s %s", property, value);
}

static void
select_item (GtkWidget  *list_view,
             const char *property,
             const char *value)
{
  guint position = find_position (ui_get_model (list_view), property, value);

  /* What scrolling and a click do. */
  g_assert_true (gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position));
  g_assert_true (gtk_widget_activate_action (list_view, "list.select-item", "(ubb)", position, FALSE, FALSE));
}

void
ui_select_type (BackstayWindow *window,
                const char     *model_type)
{
  select_item (ui_find (ui_find (window, "sidebar"), "list_view"), "model type", model_type);
  ui_wait_until_ready (window);
}

void
ui_select_version (BackstayWindow *window,
                   const char     *id)
{
  select_item (ui_find (ui_find (window, "history_view"), "list_view"), "version", id);
  ui_wait_until_ready (window);
}

/* Tells which version is selected in the history. */
const char *
ui_get_selected_id (BackstayWindow *window)
{
  BackstayHistoryView *history_view = BACKSTAY_HISTORY_VIEW (ui_find (window, "history_view"));
  BackstayVersion     *version = backstay_history_view_get_selected (history_view);

  return version != NULL ? backstay_version_get_id (version) : NULL;
}

/* The id of the version with that name, of the newest one where there are more. */
char *
ui_dup_id (const char *config_name)
{
  char *id = support_sql_query (support_server_get_sql (),
                                "SELECT id FROM model_config_history WHERE config_name = '%s'"
                                " ORDER BY created_at DESC LIMIT 1",
                                config_name);

  g_assert_nonnull (id);

  return id;
}

/* What was copied. */
char *
ui_read_clipboard (gpointer widget)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  gdk_clipboard_read_text_async (clipboard, NULL, support_keep_result_cb, &result);
  support_wait_for_result (&result);
  text = gdk_clipboard_read_text_finish (clipboard, result, &error);
  g_assert_no_error (error);

  return text;
}
